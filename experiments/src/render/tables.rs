//! The tables of one claim: rates, constants, ladder, hypotheses, checks, controls.

use super::number::{bare, claimed_order, epsilon, exact, interval, measured, order, time};
use super::table::{Align::Left, Align::Right, Format, Table};
use super::words;
use crate::record::{Check, ClaimRecord, Constant, Control, Document, Hypothesis, Rate, Row};

/// Every table of a document, one after the other.
pub fn document(document: &Document, format: Format) -> String {
    let mut parts: Vec<String> = document.claims.iter().map(|c| heading(c, format)).collect();
    if !document.rates.is_empty() {
        parts.push(rates(&document.rates).print(format));
    }
    if !document.constants.is_empty() {
        parts.push(constants(&document.constants).print(format));
    }
    if !document.rows.is_empty() {
        parts.push(ladder(&document.rows).print(format));
    }
    for claim in &document.claims {
        if !claim.hypotheses.is_empty() {
            parts.push(hypotheses(&claim.hypotheses).print(format));
        }
        if !claim.checks.is_empty() {
            parts.push(checks(&claim.checks).print(format));
        }
        if !claim.controls.is_empty() {
            parts.push(controls(&claim.controls).print(format));
        }
    }
    parts.join("\n")
}

fn heading(claim: &ClaimRecord, format: Format) -> String {
    match format {
        Format::Latex => format!(
            "% {}: {}\n% Needs \\usepackage{{booktabs,amsmath,amssymb}}.\n",
            words::title(claim),
            claim.statement
        ),
        Format::Markdown => {
            let said = std::iter::once(&claim.statement).chain(&claim.remark);
            let paragraphs: Vec<String> =
                said.map(|s| format!("{}\n", super::table::markdown_escaped(s))).collect();
            format!("# {}\n\n{}", words::title(claim), paragraphs.join("\n"))
        }
        Format::Text => format!("{}  {}\n", words::title(claim), claim.statement),
    }
}

/// value ≈ C ε^order for every (trial, quantity, t).
pub fn rates(rates: &[Rate]) -> Table<8> {
    let mut table = Table::new(
        "Fitted orders, value ≈ C ε^{order}, with 95% intervals; local orders from coarse to fine",
        [
            ("trial", Left),
            ("quantity", Left),
            ("t", Right),
            ("claimed", Right),
            ("order", Right),
            ("without coarsest", Right),
            ("local orders", Left),
            ("settled", Left),
        ],
    );
    for rate in rates {
        let local: Vec<String> = rate.local_orders.iter().map(|&o| bare(o)).collect();
        table.push([
            rate.trial.clone(),
            words::quantity(&rate.quantity).into(),
            time(rate.time),
            rate.claimed.map_or("—".into(), claimed_order),
            order_or_note(rate),
            rate.order_without_coarsest.map_or("—".into(), bare),
            if local.is_empty() { "—".into() } else { local.join(", ") },
            words::yes(rate.settled),
        ]);
    }
    table
}

/// The order with its interval, or why there is none.
fn order_or_note(rate: &Rate) -> String {
    match (&rate.order, &rate.note) {
        (None, Some(note)) => note.clone(),
        _ => order(rate.order, rate.ci_low, rate.ci_high),
    }
}

/// C_tr, C_HS, C_ρ for every (trial, t), each beside the limit along the ladder.
pub fn constants(constants: &[Constant]) -> Table<8> {
    let mut table = Table::new(
        "Constants: value = Cε² + O(ε⁴), C from an equation without ε, and the limit of value/ε² along the ladder",
        [
            ("trial", Left),
            ("t", Right),
            ("C of tr|ω−ω̃|/N", Right),
            ("ladder", Right),
            ("C of ‖ω−ω̃‖_HS/√N", Right),
            ("ladder", Right),
            ("C of ‖ρ−ρ̃‖_{L¹}", Right),
            ("ladder", Right),
        ],
    );
    let mut places: Vec<(&str, f64)> = Vec::new();
    for constant in constants {
        if !places.contains(&(constant.trial.as_str(), constant.time)) {
            places.push((&constant.trial, constant.time));
        }
    }
    for (trial, t) in places {
        let at = |quantity: &str| {
            let found = constants.iter().find(|c| c.trial == trial && c.time == t && c.quantity == quantity);
            let limit = found.and_then(|c| c.ladder.as_ref());
            let none = || "—".to_owned();
            [
                found.map_or_else(none, |c| measured(c.value, c.error)),
                limit.map_or_else(none, |l| measured(l.value, l.error)),
            ]
        };
        let [trace, hilbert_schmidt, density] = ["trace", "hilbert-schmidt", "density-l1"].map(at);
        let ([a, b], [c, d], [e, f]) = (trace, hilbert_schmidt, density);
        table.push([trial.to_owned(), time(t), a, b, c, d, e, f]);
    }
    table
}

/// Every measured number.
pub fn ladder(rows: &[Row]) -> Table<8> {
    let mut table = Table::new(
        "Measured values with their error budgets",
        [
            ("trial", Left),
            ("setting", Left),
            ("quantity", Left),
            ("t", Right),
            ("ε", Right),
            ("N", Right),
            ("value", Right),
            ("resolved", Left),
        ],
    );
    for row in rows {
        table.push([
            row.trial.clone(),
            words::setting(row.setting).into(),
            words::quantity(&row.quantity).into(),
            time(row.time),
            epsilon(row.epsilon),
            exact(row.n.round()),
            measured(row.value, row.error),
            words::yes(row.resolved),
        ]);
    }
    table
}

/// Every hypothesis at the coarsest and the finest rung; growth = finest/coarsest.
pub fn hypotheses(hypotheses: &[Hypothesis]) -> Table<6> {
    let mut table = Table::new(
        "Hypotheses measured along the ladder; growth is the finest value over the coarsest",
        [
            ("hypothesis", Left),
            ("trial", Left),
            ("coarsest", Right),
            ("finest", Right),
            ("growth", Right),
            ("verdict", Left),
        ],
    );
    for hypothesis in hypotheses {
        let (first, last) = (hypothesis.values.first(), hypothesis.values.last());
        let growth = match (first, last) {
            // a value below its error has no ratio
            (Some(a), Some(b)) if hypothesis.values.len() > 1 && a.value.abs() > a.error => {
                bare(b.value / a.value)
            }
            _ => "—".into(),
        };
        let print = |v: Option<&crate::record::HypothesisValue>| {
            v.map_or("—".into(), |v| measured(v.value, v.error))
        };
        table.push([
            hypothesis.name.clone(),
            hypothesis.trial.clone(),
            print(first),
            print(last),
            growth,
            words::verdict(hypothesis.verdict).into(),
        ]);
    }
    table
}

/// Bounds, identities, limits: the value, what it must be, the target.
pub fn checks(checks: &[Check]) -> Table<6> {
    let mut table = Table::new(
        "Bounds, identities and limits, at their worst along the ladder",
        [
            ("check", Left),
            ("trial", Left),
            ("value", Right),
            ("must be", Left),
            ("target", Right),
            ("verdict", Left),
        ],
    );
    for check in checks {
        table.push([
            check.name.clone(),
            check.trial.clone(),
            measured(check.value, check.error),
            words::relation(check.relation).into(),
            bare(check.target),
            words::verdict(check.verdict).into(),
        ]);
    }
    table
}

/// Negative controls.
pub fn controls(controls: &[Control]) -> Table<4> {
    let mut table = Table::new(
        "Negative controls: the same check with one thing wrong must come out violated, or unresolved where nothing can be said",
        [("made wrong", Left), ("verdict", Left), ("failed as it must", Left), ("what gave it away", Left)],
    );
    for control in controls {
        table.push([
            control.name.clone(),
            words::verdict(control.verdict).into(),
            words::yes(control.failed_as_it_must),
            control.reason.clone(),
        ]);
    }
    table
}

/// `1.0000 ± 0.0021` for the lowest order found, with its family; `—` if none was sought.
pub fn lowest(claim: &ClaimRecord) -> String {
    claim
        .lowest
        .as_ref()
        .map_or("—".into(), |l| format!("{} ({})", interval(l.order, l.ci_low, l.ci_high), l.family))
}
