//! The ladder of a claim: one table for each trial and quantity, ε down, t across.

use super::mathematics::escaped;
use super::table::{marked, scrolling};
use crate::record::{Row, Setting};
use crate::render::number::{epsilon, exact, measured, time};
use crate::render::words;

/// Every measured number; row k of the data is linked as `<data>#/rows/k`.
pub fn ladders(rows: &[Row], data: &str) -> String {
    let mut kinds: Vec<(&str, Setting, &str)> = Vec::new();
    for row in rows {
        if !kinds.contains(&kind(row)) {
            kinds.push(kind(row));
        }
    }
    let one = |wanted: &(&str, Setting, &str)| {
        let numbered = rows.iter().enumerate().filter(|(_, row)| kind(row) == *wanted);
        ladder(*wanted, &numbered.collect::<Vec<_>>(), data)
    };
    kinds.iter().map(one).collect()
}

fn kind(row: &Row) -> (&str, Setting, &str) {
    (&row.trial, row.setting, &row.quantity)
}

fn ladder((trial, setting, quantity): (&str, Setting, &str), rows: &[(usize, &Row)], data: &str) -> String {
    let (mut times, mut rungs): (Vec<f64>, Vec<(f64, f64)>) = (Vec::new(), Vec::new());
    for (_, row) in rows {
        if !times.contains(&row.time) {
            times.push(row.time);
        }
        if !rungs.contains(&(row.epsilon, row.n)) {
            rungs.push((row.epsilon, row.n));
        }
    }
    times.sort_by(f64::total_cmp);
    let mut html = format!(
        "<table><caption>{} on {} ({})</caption><thead><tr><th scope=\"col\" class=\"n\">ε</th><th scope=\"col\" class=\"n\">N</th>",
        marked(words::quantity(quantity)),
        marked(trial),
        words::setting(setting)
    );
    for t in &times {
        html.push_str(&format!("<th scope=\"col\" class=\"n\">t = {}</th>", time(*t)));
    }
    html.push_str("</tr></thead>\n<tbody>");
    for (eps, n) in rungs {
        html.push_str(&format!(
            "<tr><th scope=\"row\" class=\"n\">{}</th><td class=\"n\">{}</td>",
            epsilon(eps),
            exact(n.round())
        ));
        for t in &times {
            let here = rows.iter().filter(|(_, row)| row.time == *t && row.epsilon == eps);
            let cells: Vec<String> = here.map(|(k, row)| cell(*k, row, data)).collect();
            html.push_str(&format!("<td class=\"n\">{}</td>", cells.join("; ")));
        }
        html.push_str("</tr>\n");
    }
    scrolling(&(html + "</tbody></table>"))
}

/// The number with its error, in parentheses where it is not resolved.
fn cell(place: usize, row: &Row, data: &str) -> String {
    let said = measured(row.value, row.error);
    if !said.contains(|c: char| c.is_ascii_digit()) {
        return said;
    }
    let said = if row.resolved { said } else { format!("({said})") };
    format!("<a href=\"{}#/rows/{place}\">{said}</a>", escaped(data))
}
