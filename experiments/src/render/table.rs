//! A plain table that prints itself as Markdown, as LaTeX (booktabs) and as aligned text.

use super::latex;

/// Where the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// What a table is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GitHub Markdown; the caption in bold above.
    Markdown,
    /// A `table` environment with booktabs rules; the caption above.
    Latex,
    /// Aligned columns for a terminal; no caption.
    Text,
}

/// A table of `K` columns: a caption, a header, rows of cells.
///
/// Cells are words with Unicode mathematics; each format escapes them in its own way.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<const K: usize> {
    caption: String,
    header: [(&'static str, Align); K],
    rows: Vec<[String; K]>,
}

impl<const K: usize> Table<K> {
    /// An empty table.
    pub fn new(caption: impl Into<String>, header: [(&'static str, Align); K]) -> Self {
        Self { caption: caption.into(), header, rows: Vec::new() }
    }

    /// Appends a row.
    pub fn push(&mut self, row: [String; K]) {
        self.rows.push(row);
    }

    /// Its caption.
    pub fn caption(&self) -> &str {
        &self.caption
    }

    /// Names of the columns, and where their cells stand.
    pub fn header(&self) -> &[(&'static str, Align); K] {
        &self.header
    }

    /// Its rows.
    pub fn rows(&self) -> &[[String; K]] {
        &self.rows
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table in `format`, ending with a line break.
    pub fn print(&self, format: Format) -> String {
        match format {
            Format::Markdown => self.markdown(),
            Format::Latex => self.latex(),
            Format::Text => self.text(),
        }
    }

    fn markdown(&self) -> String {
        let head: [String; K] = self.header.map(|(name, _)| markdown_escaped(name));
        let rows: Vec<[String; K]> =
            self.rows.iter().map(|r| r.each_ref().map(|c| markdown_escaped(c))).collect();
        let widths = self.widths(&head, &rows);
        let line = |cells: &[String; K]| format!("| {} |\n", self.aligned(cells, &widths).join(" | "));
        let rule: Vec<String> = (0..K)
            .map(|k| match self.header[k].1 {
                Align::Left => format!("{}-", "-".repeat(widths[k] + 1)),
                Align::Right => format!("{}:", "-".repeat(widths[k] + 1)),
            })
            .collect();
        let caption = if self.caption.is_empty() {
            String::new()
        } else {
            format!("**{}**\n\n", markdown_escaped(&self.caption))
        };
        let body: String = rows.iter().map(line).collect();
        format!("{caption}{}|{}|\n{body}", line(&head), rule.join("|"))
    }

    fn latex(&self) -> String {
        let columns: String =
            self.header.iter().map(|h| if h.1 == Align::Left { 'l' } else { 'r' }).collect();
        let line = |cells: [String; K]| format!("    {} \\\\\n", cells.join(" & "));
        let head = line(self.header.map(|(name, _)| latex::text(name)));
        let body: String = self.rows.iter().map(|r| line(r.each_ref().map(|c| latex::text(c)))).collect();
        format!(
            "\\begin{{table}}[htbp]\n  \\centering\n  \\caption{{{}}}\n  \\begin{{tabular}}{{{columns}}}\n    \\toprule\n\
             {head}    \\midrule\n{body}    \\bottomrule\n  \\end{{tabular}}\n\\end{{table}}\n",
            latex::text(&self.caption)
        )
    }

    fn text(&self) -> String {
        let head = self.header.map(|(name, _)| name.to_string());
        let widths = self.widths(&head, &self.rows);
        let line = |cells: &[String; K]| format!("{}\n", self.aligned(cells, &widths).join("  ").trim_end());
        let rule = "─".repeat(widths.iter().sum::<usize>() + 2 * K.saturating_sub(1));
        let body: String = self.rows.iter().map(line).collect();
        format!("{}{rule}\n{body}", line(&head))
    }

    fn widths(&self, head: &[String; K], rows: &[[String; K]]) -> [usize; K] {
        std::array::from_fn(|k| rows.iter().map(|r| width(&r[k])).chain([width(&head[k])]).max().unwrap_or(0))
    }

    fn aligned(&self, cells: &[String; K], widths: &[usize; K]) -> Vec<String> {
        (0..K)
            .map(|k| {
                let space = " ".repeat(widths[k].saturating_sub(width(&cells[k])));
                match self.header[k].1 {
                    Align::Left => format!("{}{space}", cells[k]),
                    Align::Right => format!("{space}{}", cells[k]),
                }
            })
            .collect()
    }
}

/// Columns that a text takes on a terminal: combining accents take none.
pub fn width(text: &str) -> usize {
    text.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).count()
}

/// Text with the characters that Markdown would read as marks escaped; `code` in backticks stays as it is.
pub fn markdown_escaped(text: &str) -> String {
    let mut code = false;
    let mut out = String::new();
    for c in text.chars() {
        code ^= c == '`';
        if c == '|' || (!code && matches!(c, '*' | '_' | '<' | '>' | '[' | ']')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Table<3> {
        let mut table = Table::new(
            "Distance of ω̃ from ω",
            [("trial", Align::Left), ("‖ω−ω̃‖/√N", Align::Right), ("resolved", Align::Left)],
        );
        table.push(["two_bumps".into(), "3.12e-2 ± 4.0e-4".into(), "yes".into()]);
        table.push(["free |V| = 0".into(), "0".into(), "no".into()]);
        table
    }

    #[test]
    fn prints_markdown() {
        insta::assert_snapshot!(sample().print(Format::Markdown), @r"
        **Distance of ω̃ from ω**

        | trial          |         ‖ω−ω̃‖/√N | resolved |
        |----------------|-----------------:|----------|
        | two\_bumps     | 3.12e-2 ± 4.0e-4 | yes      |
        | free \|V\| = 0 |                0 | no       |
        ");
    }

    #[test]
    fn prints_latex() {
        insta::assert_snapshot!(sample().print(Format::Latex), @r"
        \begin{table}[htbp]
          \centering
          \caption{Distance of $\tilde{\omega}$ from $\omega$}
          \begin{tabular}{lrl}
            \toprule
            trial & $\|\omega-\tilde{\omega}\|/\sqrt{N}$ & resolved \\
            \midrule
            two\_bumps & $3.12 \times 10^{-2} \pm 4.0 \times 10^{-4}$ & yes \\
            free $|V| = 0$ & 0 & no \\
            \bottomrule
          \end{tabular}
        \end{table}
        ");
    }

    #[test]
    fn prints_text() {
        insta::assert_snapshot!(sample().print(Format::Text), @r"
        trial                 ‖ω−ω̃‖/√N  resolved
        ────────────────────────────────────────
        two_bumps     3.12e-2 ± 4.0e-4  yes
        free |V| = 0                 0  no
        ");
    }
}
