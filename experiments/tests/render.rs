//! The rendering, on sample documents: every number in them is invented, only their shape is that of a result.

#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
mod sample;

use std::path::Path;

use sample::*;
use semiclassical_experiments::document;
use semiclassical_experiments::record::{
    Check, ClaimRecord, Constant, Document, Exhibit, HypothesisValue, Lowest, Verdict,
};
use semiclassical_experiments::render::{self, table::Format, tables, terminal};

/// Writes the sample data of three claims under `reports`.
fn write_sample(reports: &Path) {
    let data = reports.join("data");
    std::fs::create_dir_all(&data).unwrap();
    let mut first = sample_document("G16.T1");
    first.exhibits = vec![sample_curves(), sample_fields()];
    let mut second = sample_document("G16.T2");
    second.exhibits = vec![sample_curves()];
    let third = Document {
        claims: vec![ClaimRecord {
            claimed: None,
            order: None,
            ci_low: None,
            ci_high: None,
            lowest: None,
            ..sample_claim("P16.1", 0.0)
        }],
        provenance: sample_provenance(),
        ..Document::default()
    };
    for (stem, document) in [("G16.T1", first), ("G16.T2", second), ("P16.1", third)] {
        std::fs::write(data.join(format!("{stem}.json")), serde_json::to_string_pretty(&document).unwrap())
            .unwrap();
    }
}

#[test]
fn writes_every_file_and_the_same_bytes_again() {
    let kept = std::env::var_os("SEMICLASSICAL_SAMPLE_REPORT");
    let folder = tempfile::tempdir().unwrap();
    let reports = kept.as_deref().map_or(folder.path(), Path::new);
    write_sample(reports);
    let written = render::write_report(reports).unwrap();
    let first: Vec<Vec<u8>> = written.iter().map(|p| std::fs::read(p).unwrap()).collect();
    assert_eq!(render::write_report(reports).unwrap(), written);
    for (path, bytes) in written.iter().zip(&first) {
        assert_eq!(&std::fs::read(path).unwrap(), bytes, "{}", path.display());
        assert!(bytes.len() < 300 * 1024, "{} has {} bytes", path.display(), bytes.len());
    }
    let names: Vec<String> =
        written.iter().map(|p| p.strip_prefix(reports).unwrap().display().to_string()).collect();
    insta::assert_snapshot!(names.join("\n"));
}

#[test]
fn every_link_of_the_ledger_leads_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    write_sample(folder.path());
    render::write_report(folder.path()).unwrap();
    let ledger = std::fs::read_to_string(folder.path().join("verdicts.md")).unwrap();
    let links: Vec<&str> = ledger.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() > 10);
    for link in links {
        assert!(folder.path().join(link).is_file(), "{link}");
    }
    insta::assert_snapshot!(ledger);
}

#[test]
fn pdfs_hold_text_set_in_the_embedded_font() {
    let figure = render::document_figures("G16.T1", &sample_document("G16.T1")).unwrap().remove(0);
    let pdf = render::pdf::from_svg(&figure).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    let holds = |needle: &[u8]| pdf.windows(needle.len()).any(|w| w == needle);
    assert!(holds(b"DejaVuSans"), "the text was dropped: no font is embedded");
}

#[test]
fn a_character_without_a_glyph_is_an_error() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\" viewBox=\"0 0 9 9\"><text>漢</text></svg>";
    let figure = render::Figure { stem: "sample".into(), svg: svg.into() };
    assert!(matches!(render::pdf::from_svg(&figure), Err(render::RenderError::Pdf { .. })));
}

#[test]
fn a_file_that_is_no_document_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/G16.T1.json"), "{}").unwrap();
    let error = render::write_report(folder.path()).unwrap_err().to_string();
    assert!(error.contains("G16.T1.json"), "{error}");
}

#[test]
fn tables_in_markdown() {
    insta::assert_snapshot!(tables::document(&small_document(), Format::Markdown));
}

/// A constant whose ladder has a limit, and one whose ladder is too short.
#[test]
fn constants_in_markdown() {
    let constant = |quantity: &str, value: f64, ladder: Option<HypothesisValue>| Constant {
        trial: "sample-repulsive".into(),
        quantity: quantity.into(),
        time: 0.5,
        value,
        error: 4.1e-4 * value,
        ladder,
    };
    let limit = HypothesisValue { epsilon: None, value: 0.0123, error: 5e-6 };
    let constants = [constant("trace", 0.0123, Some(limit)), constant("hilbert-schmidt", 0.0045, None)];
    insta::assert_snapshot!(tables::constants(&constants).print(Format::Markdown));
}

#[test]
fn tables_in_latex() {
    let latex = tables::document(&small_document(), Format::Latex);
    let unescaped = latex.replace("\\$", "").replace("\\{", "").replace("\\}", "");
    assert_eq!(unescaped.matches('$').count() % 2, 0);
    assert_eq!(unescaped.matches('{').count(), unescaped.matches('}').count());
    insta::assert_snapshot!(latex);
}

#[test]
fn verdict_table_on_a_terminal() {
    let document = sample_document("G16.T1");
    let plain = terminal::verdict_table(&document, false);
    assert!(!plain.contains('\u{1b}'));
    assert!(terminal::verdict_table(&document, true).contains("\u{1b}[32mconsistent\u{1b}[0m"));
    insta::assert_snapshot!(plain);
}

#[test]
fn tables_of_a_document_without_claims() {
    let document = Document { rows: Vec::new(), rates: Vec::new(), ..Document::default() };
    assert_eq!(tables::document(&document, Format::Markdown), "");
    assert!(render::document_figures("none", &document).unwrap().is_empty());
}

/// A document in which a row, a rate, a check, a hypothesis, a curve and a field lack their numbers.
fn document_without_numbers() -> Document {
    const NONE: [f64; 3] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let mut document = sample_document("G16.T1");
    for (k, row) in document.rows.iter_mut().enumerate().filter(|(k, _)| k % 2 == 0) {
        row.resolved = false;
        if k % 4 == 0 { (row.value, row.error) = (NONE[k % 3], f64::INFINITY) } else { row.error = f64::NAN }
    }
    // one panel has nothing to show
    for row in document.rows.iter_mut().filter(|r| r.trial == "sample-bump") {
        (row.value, row.error, row.resolved) = (f64::NAN, f64::INFINITY, false);
    }
    for rate in document.rates.iter_mut().filter(|r| r.time == 0.5) {
        (rate.order, rate.ci_low, rate.ci_high) = (None, None, None);
        rate.note = Some("only 3 of 8 rungs are resolved; an order needs 4".into());
    }
    document.rates[0].order = Some(f64::NAN);
    document.rates[0].local_orders[1] = f64::NAN;
    let claim = &mut document.claims[0];
    claim.checks[0] = Check {
        value: f64::NAN,
        error: f64::INFINITY,
        target: f64::INFINITY,
        verdict: Verdict::Unresolved,
        ..claim.checks[0].clone()
    };
    (claim.hypotheses[0].values[0].value, claim.hypotheses[0].values[0].error) = (f64::NAN, f64::INFINITY);
    (claim.order, claim.ci_low) = (Some(f64::NAN), Some(f64::NEG_INFINITY));
    claim.lowest = Some(Lowest {
        order: f64::NAN,
        ci_low: f64::NEG_INFINITY,
        ci_high: f64::INFINITY,
        family: "sample".into(),
    });
    let (mut curves, mut fields) = (sample_curves(), sample_fields());
    if let Exhibit::Curves { curves, .. } = &mut curves {
        curves[0].points[3] = [0.15, f64::NAN, f64::INFINITY];
        curves[0].points[4] = [f64::NAN, 1.0, 0.1];
        curves[0].points[5][2] = f64::INFINITY;
        curves[1].points.iter_mut().for_each(|p| *p = [p[0], f64::INFINITY, f64::NAN]);
    }
    if let Exhibit::Fields { panels, .. } = &mut fields {
        panels[0].values[77] = f64::NAN;
        panels[1].values.fill(f64::NAN);
        panels[2].values[78] = f64::NEG_INFINITY;
    }
    document.exhibits = vec![curves, fields];
    document
}

#[test]
fn what_has_no_number_is_stored_read_and_rendered() {
    let document = document_without_numbers();
    let folder = tempfile::tempdir().unwrap();
    document::store(&document, folder.path(), "G16.T1").unwrap();
    let stored = document::load(&document::path_in(folder.path(), "G16.T1")).unwrap();
    let check = &stored.claims[0].checks[0];
    assert!(check.value.is_nan() && check.error == f64::INFINITY && check.target.is_nan());
    for path in render::write_report(folder.path()).unwrap() {
        if path.extension().is_some_and(|e| e != "pdf") {
            let text = std::fs::read_to_string(&path).unwrap();
            // a PNG in base64 may spell anything
            let text = text.split("base64,").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
            let text = text.collect::<String>();
            for word in ["NaN", "inf,", "inf\"", "∞ ±", "± ∞", "± —"] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
    for document in [&document, &stored] {
        let tables = tables::document(document, Format::Markdown);
        assert!(tables.contains("| only 3 of 8 rungs are resolved; an order needs 4 |"), "{tables}");
        assert!(
            tables.lines().any(|l| l.contains("Duhamel bound") && l.matches(" — ").count() == 2),
            "{tables}"
        );
        assert!(terminal::rate_table(document).contains("an order needs 4"));
        assert!(terminal::verdict_table(document, false).contains("consistent"));
        assert!(!terminal::row_table(document).contains("NaN"));
        assert_eq!(render::document_figures("G16.T1", document).unwrap().len(), 3);
    }
}

/// One trial, one quantity, one time: enough to see every column.
fn small_document() -> Document {
    let mut document = sample_document("G16.T1");
    document.rows.retain(|r| r.trial == "sample-repulsive" && r.quantity == "trace" && r.time == 0.5);
    document.rates.retain(|r| r.trial == "sample-repulsive" && r.quantity == "trace" && r.time == 0.5);
    document
}
