//! The table of results in the README, between two marks, so that no number in it is typed.

use super::number::{claimed_order, order};
use super::table::{Align::Left, Align::Right, Format, Table};
use super::{Stored, words};

const BEGIN: &str = "<!-- results: begin (written by `semiclassical report`) -->\n";
const END: &str = "<!-- results: end -->";

/// The README with its table of results renewed; `None` if it has no marks.
pub fn renewed(readme: &str, stored: &[Stored]) -> Option<String> {
    let (before, rest) = readme.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{}{END}{after}", results(stored)))
}

fn results(stored: &[Stored]) -> String {
    let header = [
        ("claim", Left),
        ("statement", Left),
        ("claimed order", Right),
        ("measured, lowest interval of its trials", Right),
        ("verdict", Left),
        ("controls failed as they must", Left),
    ];
    let mut table = Table::new("", header);
    for claim in stored.iter().flat_map(|s| &s.document.claims) {
        table.push([
            claim.id.clone(),
            claim.statement.clone(),
            claim.claimed.map_or("—".into(), claimed_order),
            order(claim.order, claim.ci_low, claim.ci_high),
            format!("{} ({})", words::verdict(claim.verdict), words::setting(claim.setting)),
            words::controls_failed(claim),
        ]);
    }
    table.print(Format::Markdown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let readme = format!("a\n{BEGIN}old\n{END}\nb\n");
        let fresh = renewed(&readme, &[]).unwrap();
        assert!(
            fresh.starts_with("a\n") && fresh.ends_with(&format!("{END}\nb\n")) && !fresh.contains("old")
        );
        assert_eq!(renewed(&fresh, &[]).unwrap(), fresh);
        assert_eq!(renewed("no marks", &[]), None);
    }
}
