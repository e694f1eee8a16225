//! A [`Table`] as HTML, its numbers linked to the data they come from.

use super::mathematics::escaped;
use crate::render::font::{Level, runs};
use crate::render::table::{Align, Table};

/// The table; a cell that holds a number goes where `link(row, column)` says, if anywhere.
pub fn linked<const K: usize>(table: &Table<K>, link: impl Fn(usize, usize) -> Option<String>) -> String {
    let class = |align: Align| if align == Align::Right { " class=\"n\"" } else { "" };
    let mut head = String::new();
    for (name, align) in table.header() {
        head.push_str(&format!("<th scope=\"col\"{}>{}</th>", class(*align), marked(name)));
    }
    let mut body = String::new();
    for (row, cells) in table.rows().iter().enumerate() {
        body.push_str("<tr>");
        for (column, cell) in cells.iter().enumerate() {
            let said = marked(cell);
            let number = cell.contains(|c: char| c.is_ascii_digit());
            let said = match link(row, column).filter(|_| number) {
                Some(to) => format!("<a href=\"{}\">{said}</a>", escaped(&to)),
                None => said,
            };
            let align = class(table.header()[column].1);
            body.push_str(&match column {
                0 => format!("<th scope=\"row\"{align}>{said}</th>"),
                _ => format!("<td{align}>{said}</td>"),
            });
        }
        body.push_str("</tr>\n");
    }
    let caption = table.caption();
    let caption =
        if caption.is_empty() { String::new() } else { format!("<caption>{}</caption>", marked(caption)) };
    scrolling(&format!("<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"))
}

/// A table that is wider than a phone scrolls by itself, by keyboard too.
pub fn scrolling(table: &str) -> String {
    format!("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"table\">{table}</div>\n")
}

/// Escaped text with its sub- and superscripts; `` `code` `` in backticks.
pub fn marked(text: &str) -> String {
    let mut out = String::new();
    for (place, part) in text.split('`').enumerate() {
        if place % 2 == 1 {
            out.push_str(&format!("<code>{}</code>", escaped(part)));
            continue;
        }
        // ε^(−d) reads as ε^{−d}
        for (level, run) in runs(&bracketed(part).replace("_∞", "_{∞}").replace("^∞", "^{∞}")) {
            let run = escaped(&run);
            out.push_str(&match level {
                Level::Base => run,
                Level::Sub => format!("<sub>{run}</sub>"),
                Level::Super => format!("<sup>{run}</sup>"),
            });
        }
    }
    out
}

/// `^(…)` and `^0.45` with braces, unless brackets stand inside.
fn bracketed(text: &str) -> String {
    let mut pieces = text.split('^');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let number = piece[..digits].trim_end_matches('.');
        out.push_str(&match piece.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            Some((raised, rest)) if !raised.contains('(') => format!("^{{{raised}}}{rest}"),
            _ if number.contains('.') => format!("^{{{number}}}{}", &piece[number.len()..]),
            _ => format!("^{piece}"),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_linked_and_words_are_not() {
        let mut table = Table::new(
            "‖W‖_{L¹} < 2",
            [("trial", Align::Left), ("value", Align::Right), ("t", Align::Right)],
        );
        table.push(["a<b".into(), "3.1e-2".into(), "1".into()]);
        table.push(["two".into(), "—".into(), "2".into()]);
        let link = |row: usize, column: usize| (column == 1).then(|| format!("d.json#/rows/{row}"));
        let html = linked(&table, link);
        for part in [
            "<caption>‖W‖<sub>L¹</sub> &lt; 2</caption>",
            "<th scope=\"row\">a&lt;b</th>",
            "<td class=\"n\"><a href=\"d.json#/rows/0\">3.1e-2</a></td>",
            "<td class=\"n\">—</td><td class=\"n\">2</td>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn code_is_code_and_brackets_are_raised() {
        assert_eq!(marked("ε^(−2/3) x"), "ε<sup>−2/3</sup> x");
        assert_eq!(marked("N^0.45. C^2"), "N<sup>0.45</sup>. C<sup>2</sup>");
        assert_eq!(marked("e^(f(t))"), "e^(f(t))");
        assert_eq!(marked("run `a_b<c` on W_t"), "run <code>a_b&lt;c</code> on W<sub>t</sub>");
    }
}
