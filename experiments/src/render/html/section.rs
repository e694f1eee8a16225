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
    reason_html: String,
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
    let remark_html = claim.remark.as_deref().map(mathematics::text).transpose()?;
    Ok(Section {
        title: claim.id.clone(),
        setting: words::setting(claim.setting),
        space: if claim.setting == Setting::Own { "R³" } else { "the line" },
        verdict: words::verdict(claim.verdict),
        statement_html: mathematics::text(&claim.statement)?,
        source: source_of(&claim.id),
        reason_html: table::marked(&claim.reason),
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
pub fn ledger(sections: &[Section]) -> Table<9> {
    let mut table = Table::new(
        "",
        [
            ("claim", Left),
            ("setting", Left),
            ("verdict", Left),
            ("claimed", Right),
            ("measured", Right),
            ("lowest", Right),
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
            tables::lowest(claim),
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
