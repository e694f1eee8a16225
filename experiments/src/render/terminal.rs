//! The verdict table on a terminal.

use super::number::{claimed_order, order, seconds};
use super::table::{Align::Left, Align::Right, Format, Table};
use super::words;
use crate::record::{Document, Verdict};

/// The verdict table with the reason of every claim below it; ANSI colours only if `colour`.
pub fn verdict_table(document: &Document, colour: bool) -> String {
    let mut table = Table::new(
        "",
        [
            ("claim", Left),
            ("setting", Left),
            ("hypotheses", Left),
            ("checks", Left),
            ("claimed", Right),
            ("measured", Right),
            ("verdict", Left),
            ("controls", Left),
            ("time", Right),
        ],
    );
    for claim in &document.claims {
        table.push([
            claim.id.clone(),
            words::setting(claim.setting).into(),
            words::hypotheses_hold(claim),
            words::checks_agree(claim),
            claim.claimed.map_or("—".into(), claimed_order),
            order(claim.order, claim.ci_low, claim.ci_high),
            words::verdict(claim.verdict).into(),
            words::controls_failed(claim),
            seconds(claim.seconds),
        ]);
    }
    let printed = table.print(Format::Text);
    // Two lines of header, then one line a claim, in order: each is coloured by its own verdict.
    let verdicts = document.claims.iter().map(|c| Some(c.verdict));
    let lines = printed.lines().zip([None, None].into_iter().chain(verdicts));
    let mut out: String =
        lines.map(|(line, verdict)| painted(line, verdict.filter(|_| colour)) + "\n").collect();
    if !document.claims.is_empty() {
        out.push('\n');
    }
    for claim in &document.claims {
        out.push_str(&format!("{}: {}\n", words::title(claim), claim.reason));
    }
    out
}

/// The rates of a user's own scenario.
pub fn rate_table(document: &Document) -> String {
    super::tables::rates(&document.rates).print(Format::Text)
}

/// The measured numbers of a user's own scenario.
pub fn row_table(document: &Document) -> String {
    super::tables::ladder(&document.rows).print(Format::Text)
}

/// The word of the verdict in green, red or yellow.
fn painted(line: &str, verdict: Option<Verdict>) -> String {
    let Some(verdict) = verdict else { return line.into() };
    let code = match verdict {
        Verdict::Consistent => 32,
        Verdict::Violated => 31,
        Verdict::Unresolved => 33,
    };
    let word = words::verdict(verdict);
    line.replacen(word, &format!("\u{1b}[{code}m{word}\u{1b}[0m"), 1)
}
