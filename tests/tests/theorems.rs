//! Every claim on the short ladders: verdicts, controls, orders, budgets, and the numbers to three significant digits.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::OnceLock;

use experiments::facade::{LaboratoryError, Tier, claims, verify};
use experiments::progress::Silent;
use experiments::record::{ClaimRecord, Document, Hypothesis, Rate, Row, Verdict};
use experiments::store::Store;

fn documents() -> &'static [Document] {
    static DOCUMENTS: OnceLock<Vec<Document>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let mut documents = Vec::new();
        verify(&[], Tier::Quick, &Store::none(), &Silent::default(), |document| {
            documents.push(document);
            Ok::<_, LaboratoryError>(())
        })
        .unwrap();
        documents
    })
}

fn records() -> impl Iterator<Item = &'static ClaimRecord> {
    documents().iter().flat_map(|d| &d.claims)
}

fn document(slug: &str) -> &'static Document {
    documents().iter().find(|d| d.claims[0].slug() == slug).unwrap()
}

/// In each setting, with the quantity that is judged.
const THEOREMS: [(&str, &str); 9] = [
    ("G16.T1-own", "trace"),
    ("G16.T2-own", "hilbert-schmidt"),
    ("L19.T1-own", "trace"),
    ("L19.T2-own", "trace"),
    ("G16.T1", "trace"),
    ("G16.T2", "hilbert-schmidt"),
    ("G16.T3", "observables"),
    ("L19.T1", "trace"),
    ("L19.T2", "trace"),
];

/// Gaussian V, or |x|^(−α) with a smooth ρ: smooth data stay smooth.
fn smooth(trial: &str) -> bool {
    // oscillations are smooth at each ε and not along a ladder
    !trial.contains("cos(yv)") && (trial.starts_with("gaussian(") || trial.contains("|x|^("))
}

#[test]
fn every_claim_is_measured_and_consistent() {
    let asked: Vec<String> = claims().into_iter().map(|c| c.setting.slug(&c.id)).collect();
    let answered: Vec<String> = records().map(ClaimRecord::slug).collect();
    assert_eq!(asked, answered);
    let failed: Vec<_> = records().filter(|r| r.verdict != Verdict::Consistent).collect();
    let said: Vec<String> =
        failed.iter().map(|r| format!("{}: {}: {}", r.id, r.verdict.word(), r.reason)).collect();
    assert!(failed.is_empty(), "{said:#?}");
}

#[test]
fn every_control_fails_and_says_why() {
    for record in records() {
        assert!(!record.controls.is_empty(), "{} has no control", record.id);
        for control in &record.controls {
            let place = format!("{}, {}: {}", record.id, control.name, control.reason);
            assert!(control.failed_as_it_must && control.verdict != Verdict::Consistent, "{place}");
            assert!(!control.reason.is_empty(), "{place}");
        }
    }
}

#[test]
fn every_hypothesis_of_a_theorem_is_measured_on_every_judged_trial() {
    for (id, quantity) in THEOREMS {
        let record = &document(id).claims[0];
        let names: BTreeSet<&str> = record.hypotheses.iter().map(|h| h.name.as_str()).collect();
        assert!(!names.is_empty(), "{id}");
        for trial in record.trials.iter().filter(|t| !t.contains("not judged")) {
            // what V does not enter is measured on the initial state
            let about = |h: &&Hypothesis| h.trial == *trial || trial.ends_with(&format!("/{}", h.trial));
            let measured: BTreeSet<&str> =
                record.hypotheses.iter().filter(about).map(|h| h.name.as_str()).collect();
            assert_eq!(measured, names, "{id}: {trial}");
            let orders = document(id).rates.iter().filter(|r| r.trial == *trial && r.quantity == quantity);
            // those of the quick tier; in channels each time costs as much as another ε
            let times = if id.ends_with("-own") { 1 } else { 2 };
            assert_eq!(orders.count(), times, "{id}: {trial}");
        }
        let bounded = |h: &Hypothesis| h.verdict == Verdict::Consistent && !h.values.is_empty();
        assert!(record.hypotheses.iter().all(bounded), "{id}");
    }
}

#[test]
fn the_lowest_order_of_g16_t2_is_that_of_a_family_inside_its_hypotheses() {
    let record = &document("G16.T2").claims[0];
    let lowest = record.lowest.as_ref().unwrap();
    assert!((lowest.order - 4.0 / 3.0).abs() < 5e-3 && lowest.ci_low > 1.0, "{lowest:?}");
    let measured =
        |h: &Hypothesis| lowest.family == format!("{}, t = 0.5", h.trial) && h.verdict == Verdict::Consistent;
    assert!(record.hypotheses.iter().any(measured), "{lowest:?}");
}

#[test]
fn smooth_data_have_order_two() {
    for (id, quantity) in THEOREMS.into_iter().filter(|(_, quantity)| *quantity != "observables") {
        let within = match id {
            // four coarse rungs
            _ if id.ends_with("-own") => 0.06,
            _ if id.starts_with("L19") => 0.02,
            _ => 0.05,
        };
        let rates: Vec<&Rate> =
            document(id).rates.iter().filter(|r| r.quantity == quantity && smooth(&r.trial)).collect();
        // two times, two trials at least
        let fewest = if id.ends_with("-own") { 1 } else { 4 };
        assert!(rates.len() >= fewest, "{id}: {rates:?}");
        for rate in rates {
            let order = rate.order.unwrap();
            assert!((order - 2.0).abs() < within, "{id}: {rate:?}");
            assert!(
                rate.settled && (rate.order_without_coarsest.unwrap() - 2.0).abs() < within,
                "{id}: {rate:?}"
            );
        }
    }
}

#[test]
fn budgets_of_smooth_rows_are_below_a_hundredth() {
    for (id, quantity) in THEOREMS {
        let rows: Vec<&Row> =
            document(id).rows.iter().filter(|r| r.quantity == quantity && smooth(&r.trial)).collect();
        assert!(!rows.is_empty(), "{id}");
        for row in rows {
            assert!(row.resolved && row.error < 0.01 * row.value, "{id}: {row:?}");
        }
    }
}

/// The trials and times of a quantity with its values at the coarsest and the finest ε and its order.
fn ladders(document: &Document, quantity: &str) -> String {
    let mut table = String::new();
    for rate in document.rates.iter().filter(|r| r.quantity == quantity) {
        let mut rows = document
            .rows
            .iter()
            .filter(|r| r.quantity == quantity && r.trial == rate.trial && r.time == rate.time)
            .collect::<Vec<&Row>>();
        rows.sort_by(|a, b| b.epsilon.total_cmp(&a.epsilon));
        let ends = [rows[0], rows[rows.len() - 1]]
            .map(|r| format!("1/{}: {:.2e}", (1.0 / r.epsilon).round(), r.value));
        let order = rate.order.map_or_else(|| "-".to_owned(), |p| format!("{p:.2}"));
        writeln!(table, "  {}, t = {}: {}, order {order}", rate.trial, rate.time, ends.join(", ")).unwrap();
    }
    table
}

#[test]
fn the_numbers_to_three_digits() {
    let mut table = String::new();
    for record in records() {
        let order = record.order.map_or_else(String::new, |p| format!(", lowest order {p:.2}"));
        let slug = record.slug();
        writeln!(table, "{slug}: {}{order}", record.verdict.word()).unwrap();
        for control in &record.controls {
            writeln!(table, "  control {}: {}", control.name, control.verdict.word()).unwrap();
        }
        if let Some((_, quantity)) = THEOREMS.iter().find(|(id, _)| *id == slug) {
            table += &ladders(document(&slug), quantity);
        }
    }
    insta::assert_snapshot!(table);
}

/// The committed reports are stale if the same rungs give other numbers now, at three significant digits beyond both errors.
#[test]
fn the_committed_data_are_what_comes_out_now() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../reports/data");
    for document in documents() {
        let claim = &document.claims[0];
        let text = std::fs::read_to_string(folder.join(format!("{}.json", claim.slug()))).unwrap();
        let committed: Document = serde_json::from_str(&text).unwrap();
        assert_eq!(committed.claims[0].verdict, claim.verdict, "{}: run `just verify-theorems`", claim.id);
        let resolved = |document: &Document| -> Vec<Row> {
            document.rows.iter().filter(|r| r.resolved).cloned().collect()
        };
        let (now, stored) = (resolved(document), resolved(&committed));
        let mut compared = 0;
        for row in &now {
            let same = |r: &&Row| {
                (&r.trial, &r.quantity) == (&row.trial, &row.quantity)
                    && (r.epsilon, r.time) == (row.epsilon, row.time)
            };
            let Some(old) = stored.iter().find(same) else { continue };
            let unit = 10.0_f64.powf(row.value.abs().log10().floor() - 2.0);
            let allowed = unit + row.error + old.error;
            assert!(
                (row.value - old.value).abs() <= allowed,
                "{}: {row:?} against the committed {old:?}; run `just verify-theorems`",
                claim.id
            );
            compared += 1;
        }
        assert!(
            compared * 2 >= now.len(),
            "{}: only {compared} of {} rows are committed",
            claim.id,
            now.len()
        );
    }
}
