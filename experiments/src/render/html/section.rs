//! What the page says of one claim, and the ledger of all.

use serde::Serialize;

use super::{ladder, mathematics, table};
use crate::claim::source_of;
use crate::record::{ClaimRecord, Hypothesis, Provenance, Setting};
use crate::render::number::{claimed_order, order, seconds};
use crate::render::table::{Align::Left, Align::Right, Table};
use crate::render::{Figure, RenderError, Stored, tables, words};

/// One claim in one setting.
#[derive(Serialize)]
pub struct Section {
    /// File stem, and anchor.
    pub slug: String,
    /// Id with its setting.
    title: String,
    setting: &'static str,
    /// The space of the setting.
    space: &'static str,
    /// Verdict in a word.
    pub verdict: &'static str,
    statement_html: String,
    source: &'static str,
    reasons_html: Vec<String>,
    /// What was measured beyond the claim.
    notes_html: Vec<String>,
    /// The lowest order found by a search.
    lowest_html: Option<String>,
    remark_html: Option<String>,
    trials_html: Vec<String>,
    /// Title, number of entries, tables.
    details: Vec<(&'static str, usize, String)>,
    hypotheses_html: String,
    figures: Vec<FigureView>,
    command: String,
    tier: String,
    seconds: String,
    /// Where the data lie.
    pub data_href: String,
    tables_href: String,
    provenance: String,
    #[serde(skip)]
    record: ClaimRecord,
}

#[derive(Serialize)]
struct FigureView {
    stem: String,
    svg_html: String,
    href: String,
}

/// A reason of more clauses than this is folded.
const MOST: usize = 5;

/// The section of the claim at `place` in a document.
///
/// # Errors
/// A formula that cannot be read.
pub fn of(stored: &Stored, place: usize, figures: &[Figure], base: &str) -> Result<Section, RenderError> {
    let (document, claim) = (&stored.document, &stored.document.claims[place]);
    let slug = claim.slug();
    let data_href = format!("{base}data/{}.json", stored.stem);
    let of_claim = |list: &str| format!("{data_href}#/claims/{place}/{list}");
    let to = |list: String| move |row: usize, _: usize| Some(format!("{list}/{row}"));

    let mut details = Vec::new();
    if !document.rates.is_empty() {
        let link = |row: usize, column: usize| (column > 3).then(|| format!("{data_href}#/rates/{row}"));
        details.push((
            "Fitted orders",
            document.rates.len(),
            table::linked(&tables::rates(&document.rates), link),
        ));
    }
    if !document.constants.is_empty() {
        let link = |_: usize, column: usize| (column > 1).then(|| format!("{data_href}#/constants"));
        let constants = tables::constants(&document.constants);
        details.push(("Constants", document.constants.len(), table::linked(&constants, link)));
    }
    if !document.rows.is_empty() {
        details.push(("Ladder", document.rows.len(), ladder::ladders(&document.rows, &data_href)));
    }
    if !claim.checks.is_empty() {
        let link = to(of_claim("checks"));
        let link = |row: usize, column: usize| link(row, column).filter(|_| column == 2 || column == 4);
        details.push(("Checks", claim.checks.len(), table::linked(&tables::checks(&claim.checks), link)));
    }
    if !claim.controls.is_empty() {
        let link = to(of_claim("controls"));
        let link = |row: usize, column: usize| link(row, column).filter(|_| column == 3);
        details.push((
            "Controls",
            claim.controls.len(),
            table::linked(&tables::controls(&claim.controls), link),
        ));
    }
    let shown = |stem: &String| {
        let figure = figures.iter().find(|figure| figure.stem == *stem)?;
        let href = format!("{base}figures/{stem}");
        Some(FigureView { stem: stem.clone(), svg_html: inline(figure), href })
    };
    let mut reasons: Vec<String> = clauses(&claim.reason).into_iter().map(table::marked).collect();
    let notes = if reasons.len() > MOST { reasons.split_off(MOST - 1) } else { Vec::new() };
    let remark_html = claim.remark.as_deref().map(mathematics::text).transpose()?;
    Ok(Section {
        title: claim.id.clone(),
        setting: words::setting(claim.setting),
        space: if claim.setting == Setting::Own { "R³" } else { "the line" },
        verdict: words::verdict(claim.verdict),
        statement_html: mathematics::text(&claim.statement)?,
        source: source_of(&claim.id),
        reasons_html: reasons,
        notes_html: notes,
        lowest_html: claim.lowest.as_ref().map(|_| table::marked(&tables::lowest(claim))),
        remark_html,
        trials_html: claim.trials.iter().map(|t| table::marked(t)).collect(),
        details,
        hypotheses_html: hypotheses(&claim.hypotheses, &of_claim("hypotheses"))?,
        figures: stored.figures.iter().filter_map(shown).collect(),
        command: claim.command.clone(),
        tier: claim.tier.clone(),
        seconds: seconds(claim.seconds),
        tables_href: format!("{base}tables/{}", stored.stem),
        provenance: provenance(&document.provenance),
        record: claim.clone(),
        data_href,
        slug,
    })
}

/// The measured hypotheses, their names in MathML; empty if there are none.
fn hypotheses(measured: &[Hypothesis], list: &str) -> Result<String, RenderError> {
    if measured.is_empty() {
        return Ok(String::new());
    }
    let link = |row: usize, column: usize| (2..=4).contains(&column).then(|| format!("{list}/{row}"));
    let mut html = table::linked(&tables::hypotheses(measured), link);
    let mut names: Vec<&str> = measured.iter().map(|h| h.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let cell = |inside: &str| format!("<th scope=\"row\">{inside}</th>");
        html = html.replace(&cell(&table::marked(name)), &cell(&mathematics::text(name)?));
    }
    Ok(html)
}

/// What stands between semicolons outside brackets.
fn clauses(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut clauses) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        if depth == 0 && text[at..].starts_with("; ") {
            clauses.push(&text[start..at]);
            start = at + 2;
        }
    }
    clauses.push(&text[start..]);
    clauses
}

/// The SVG of a figure as a part of the page: without the size of its paper, its clips told from those of other figures.
pub fn inline(figure: &Figure) -> String {
    let name = figure.stem.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let title = format!("<svg role=\"img\" aria-label=\"figure {}\"", mathematics::escaped(&figure.stem));
    figure
        .svg
        .replacen("<svg xmlns=\"http://www.w3.org/2000/svg\"", &title, 1)
        .replace("id=\"clip", &format!("id=\"{name}-clip"))
        .replace("url(#clip", &format!("url(#{name}-clip"))
}

/// One line a claim.
pub fn ledger(sections: &[Section]) -> Table<8> {
    let mut table = Table::new(
        "",
        [
            ("claim", Left),
            ("setting", Left),
            ("verdict", Left),
            ("claimed", Right),
            ("measured", Right),
            ("hypotheses hold", Right),
            ("checks agree", Right),
            ("controls failed as they must", Right),
        ],
    );
    for section in sections {
        let claim = &section.record;
        table.push([
            claim.id.clone(),
            section.setting.into(),
            section.verdict.into(),
            claim.claimed.map_or("—".into(), claimed_order),
            order(claim.order, claim.ci_low, claim.ci_high),
            words::hypotheses_hold(claim),
            words::checks_agree(claim),
            words::controls_failed(claim),
        ]);
    }
    table
}

fn provenance(p: &Provenance) -> String {
    let commit = p.commit.as_deref().map_or("an unknown commit", |c| c.get(..12).unwrap_or(c));
    let dirty = if p.dirty == Some(true) { " with uncommitted changes" } else { "" };
    format!(
        "version {}, commit {commit}{dirty}, {}, on {} with {} threads",
        p.version, p.compiler, p.cpu, p.threads
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_semicolons_outside_brackets() {
        assert_eq!(clauses("a; b (c; d); e"), ["a", "b (c; d)", "e"]);
        assert_eq!(clauses(""), [""]);
    }

    #[test]
    fn clips_of_two_figures_are_two() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\"><clipPath id=\"clip0\"/><g clip-path=\"url(#clip0)\"/></svg>";
        let html = inline(&Figure { stem: "G16.T1-ladder".into(), svg: svg.into() });
        assert!(html.starts_with("<svg role=\"img\" aria-label=\"figure G16.T1-ladder\" width"), "{html}");
        assert!(
            html.contains("id=\"G16-T1-ladder-clip0\"") && html.contains("url(#G16-T1-ladder-clip0)"),
            "{html}"
        );
    }
}
