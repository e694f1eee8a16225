//! `reports/verdicts.md`, the ledger of every claim.

use super::number::{claimed_order, order, seconds};
use super::table::{Align::Left, Align::Right, Format, Table, markdown_escaped};
use super::{Stored, tables::lowest, words};
use crate::record::{ClaimRecord, Provenance};

const OPENING: &str = "# Verdicts

A computation proves no theorem. For every claim a verdict says one of three things:

- **consistent**: every measured hypothesis stays bounded along the ladder, and the fitted exponent, its 95% interval
  included, is not below the claimed one;
- **violated**: the interval lies below the claimed exponent although the hypotheses are satisfied;
- **unresolved**: the numerical error exceeds a tenth of the measured quantity, the local orders have not settled, or a
  hypothesis could not be measured. Unresolved rows never enter a fit.

`own` is a trial in the theorem's own dimension d = 3, `analogue` one in d = 1, where ε = 1/N. Trace-like values are
divided by N, Hilbert–Schmidt values by √N. A claimed exponent bounds the order from below: the measured one may be
larger. Every claim carries controls, the same check with one thing wrong; they must come out
violated, or, where the data decide nothing, unresolved.

";

/// The ledger: one table, then a section for every claim with its files.
pub fn ledger(stored: &[Stored]) -> String {
    let claims = || stored.iter().flat_map(|s| s.document.claims.iter().map(move |c| (s, c)));
    let mut out = String::from(OPENING);
    out.push_str(&summary(claims().map(|(_, c)| c)).print(Format::Markdown));
    for (stored, claim) in claims() {
        out.push_str(&section(stored, claim));
    }
    out
}

fn summary<'a>(claims: impl Iterator<Item = &'a ClaimRecord>) -> Table<11> {
    let mut table = Table::new(
        "",
        [
            ("claim", Left),
            ("setting", Left),
            ("hypotheses hold", Left),
            ("checks agree", Left),
            ("claimed", Right),
            ("measured", Right),
            ("lowest", Right),
            ("verdict", Left),
            ("controls failed as they must", Left),
            ("command", Left),
            ("time", Right),
        ],
    );
    for claim in claims {
        table.push([
            claim.id.clone(),
            words::setting(claim.setting).into(),
            words::hypotheses_hold(claim),
            words::checks_agree(claim),
            claim.claimed.map_or("—".into(), claimed_order),
            order(claim.order, claim.ci_low, claim.ci_high),
            lowest(claim),
            words::verdict(claim.verdict).into(),
            words::controls_failed(claim),
            format!("`{}`", claim.command),
            seconds(claim.seconds),
        ]);
    }
    table
}

fn section(stored: &Stored, claim: &ClaimRecord) -> String {
    let link = |folder: &str, file: &str| format!("[{file}]({folder}/{file})");
    let stem = &stored.stem;
    let mut files = vec![link("tables", &format!("{stem}.md")), link("tables", &format!("{stem}.tex"))];
    for figure in &stored.figures {
        files.push(link("figures", &format!("{figure}.svg")));
        files.push(link("figures", &format!("{figure}.pdf")));
    }
    files.push(link("data", &format!("{stem}.json")));
    let remark = claim.remark.as_ref().map_or(String::new(), |r| format!("{}\n\n", markdown_escaped(r)));
    format!(
        "\n## {}\n\n{}\n\n**{}** ({}, tier {}): {}\n\n{remark}Files: {}\n\n{}",
        words::title(claim),
        markdown_escaped(&claim.statement),
        words::verdict(claim.verdict),
        words::setting(claim.setting),
        claim.tier,
        markdown_escaped(&claim.reason),
        files.join(", "),
        provenance(&stored.document.provenance)
    )
}

/// One line that names the machine; it is exempt from the staleness comparison.
fn provenance(p: &Provenance) -> String {
    let commit = p.commit.as_deref().map_or("an unknown commit", |c| c.get(..12).unwrap_or(c));
    let dirty = if p.dirty == Some(true) { " with uncommitted changes" } else { "" };
    format!(
        "Measured by version {}, commit {commit}{dirty}, {}, on {} with {} threads. {}\n",
        p.version,
        p.compiler,
        p.cpu,
        p.threads,
        super::stale::VARIES
    )
}
