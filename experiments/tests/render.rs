//! The rendering, on sample documents: every number in them is invented, only their shape is that of a result.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use semiclassical_experiments::document;
use semiclassical_experiments::record::{
    Check, ClaimRecord, Control, Curve, Document, Exhibit, Hypothesis, HypothesisValue, Lowest, Panel,
    Provenance, Rate, Relation, Row, Setting, Verdict,
};
use semiclassical_experiments::render::{self, table::Format, tables, terminal};

const TIMES: [f64; 3] = [0.25, 0.5, 1.0];
const RUNGS: std::ops::RangeInclusive<i32> = 3..=10;

fn sample_rows(trial: &str, quantity: &str, order: f64, unresolved_from: i32) -> Vec<Row> {
    let mut rows = Vec::new();
    for (t, time) in TIMES.into_iter().enumerate() {
        for k in RUNGS {
            let epsilon = 2f64.powi(-k);
            let value = 0.31 * (1.0 + 0.7 * t as f64) * epsilon.powf(order) * (1.0 + 0.4 * epsilon);
            let resolved = k < unresolved_from;
            let error = if resolved { 0.004 * value } else { 0.3 * value };
            let (trial, quantity) = (trial.into(), quantity.into());
            rows.push(Row { trial, epsilon, n: 1.0 / epsilon, time, quantity, value, error, resolved });
        }
    }
    rows
}

fn sample_rates(trial: &str, quantity: &str, order: f64) -> Vec<Rate> {
    TIMES
        .map(|time| Rate {
            trial: trial.into(),
            quantity: quantity.into(),
            time,
            order: Some(order + 0.003),
            ci_low: Some(order - 0.009),
            ci_high: Some(order + 0.015),
            order_without_coarsest: Some(order + 0.0012),
            local_orders: (0..7).map(|k| order + 0.05 * 0.5f64.powi(k)).collect(),
            settled: true,
            note: None,
        })
        .to_vec()
}

fn sample_claim(id: &str, order: f64) -> ClaimRecord {
    let values = RUNGS.map(|k| HypothesisValue {
        epsilon: Some(2f64.powi(-k)),
        value: 3.214 - 0.1 * 0.5f64.powi(k),
        error: 0.0021,
    });
    ClaimRecord {
        id: id.into(),
        statement: "tr|ω_t−ω̃_t| ≤ C N ε exp(C exp(C|t|)) [1+Σ_{k=1}^3 ε^k‖W_N‖_{H_4^{k+2}}]".into(),
        setting: Setting::Analogue,
        verdict: Verdict::Consistent,
        claimed: Some(1.0),
        order: Some(order),
        ci_low: Some(order - 0.012),
        ci_high: Some(order + 0.012),
        lowest: Some(Lowest {
            order: 1.21, ci_low: 1.16, ci_high: 1.26, family: "sample cat, θ = 1".into()
        }),
        hypotheses: vec![
            Hypothesis {
                name: "‖W_N‖_{H⁵₄}".into(),
                trial: "sample-repulsive".into(),
                values: values.collect(),
                verdict: Verdict::Consistent,
            },
            Hypothesis {
                name: "‖∇²V‖_∞".into(),
                trial: "sample-repulsive".into(),
                values: vec![HypothesisValue { epsilon: None, value: 1.0, error: 0.0 }],
                verdict: Verdict::Consistent,
            },
        ],
        checks: vec![Check {
            name: "tr|ω−ω̃| ≤ Duhamel bound".into(),
            trial: "sample-repulsive".into(),
            relation: Relation::AtMost,
            value: 0.0312,
            error: 1.2e-5,
            target: 0.0871,
            verdict: Verdict::Consistent,
        }],
        controls: vec![
            Control {
                name: "v in place of 2v in Vlasov".into(),
                verdict: Verdict::Violated,
                failed_as_it_must: true,
                reason: "order 0.02 ± 0.01".into(),
            },
            Control {
                name: "unmasked Weyl matrix".into(),
                verdict: Verdict::Unresolved,
                failed_as_it_must: true,
                reason: "not settled".into(),
            },
        ],
        trials: vec!["sample-repulsive".into(), "sample-bump".into()],
        reason: "sample: every fitted order lies above 1 and every hypothesis is bounded".into(),
        tier: "standard".into(),
        command: format!("semiclassical verify {id} --tier standard"),
        seconds: 12.3,
    }
}

fn sample_document(id: &str) -> Document {
    let mut document = Document {
        claims: vec![sample_claim(id, 2.003)],
        provenance: sample_provenance(),
        ..Document::default()
    };
    for (trial, quantity, order, unresolved) in [
        ("sample-repulsive", "trace", 2.0, 9),
        ("sample-repulsive", "hilbert-schmidt", 2.0, 11),
        ("sample-repulsive", "wigner-l1", 1.5, 11),
        ("sample-bump", "trace", 1.8, 11),
    ] {
        document.rows.extend(sample_rows(trial, quantity, order, unresolved));
        document.rates.extend(sample_rates(trial, quantity, order));
    }
    document
}

fn sample_provenance() -> Provenance {
    Provenance {
        version: "0.1.0".into(),
        commit: Some("0123456789abcdef".into()),
        dirty: Some(false),
        compiler: "rustc 1.95.0".into(),
        cpu: "sample processor".into(),
        threads: 2,
        seconds: 12.3,
    }
}

fn sample_curves() -> Exhibit {
    let curve = |label: &str, guide, f: &dyn Fn(f64) -> f64| Curve {
        label: label.into(),
        points: (0..=20)
            .map(|i| 0.05 * f64::from(i))
            .map(|t| [t, f(t), if guide { 0.0 } else { 0.15 * f(t) }])
            .collect(),
        guide,
    };
    Exhibit::Curves {
        name: "sample-duhamel-ledger".into(),
        title: "Duhamel’s ledger at ε = 1/64 (sample)".into(),
        x_label: "t".into(),
        y_label: "trace norm / N".into(),
        log_x: false,
        log_y: true,
        curves: vec![
            curve("tr|ω_t−ω̃_t|", false, &|t| 1e-3 * (0.01 + t * t)),
            curve("ε⁻¹∫tr|[V∗(ρ−ρ̃),ω̃]|ds", false, &|t| 2e-3 * (0.01 + t.powf(1.5))),
            curve("ε⁻¹∫tr|B_s|ds", false, &|t| 3e-3 * (0.01 + t)),
            curve("sum: the bound", true, &|t| 7e-3 * (0.012 + t)),
            curve("C e^{Ct}", true, &|t| 5e-3 * (2.0 * t).exp()),
        ],
    }
}

fn sample_fields() -> Exhibit {
    let (columns, rows) = (160, 160);
    let field = |signed: bool, scale: f64| -> Vec<f64> {
        let at = |i: usize, n: usize, range: f64| range * (2.0 * i as f64 / (n - 1) as f64 - 1.0);
        (0..rows * columns)
            .map(|i| (at(i % columns, columns, 6.0), at(i / columns, rows, 4.0)))
            .map(|(x, v)| {
                let bump = (-(x - v).powi(2) / 3.0 - (v - 1.0).powi(2)).exp();
                scale
                    * if signed {
                        bump * (3.0 * x + 1.0 - v).sin()
                    } else {
                        bump + 0.3 * (-(x + 3.0).powi(2) - v * v).exp()
                    }
            })
            .map(|w| format!("{w:.3e}").parse().unwrap())
            .collect()
    };
    let panel = |label: &str, signed, scale| Panel {
        label: label.into(),
        columns,
        rows,
        signed,
        values: field(signed, scale),
    };
    Exhibit::Fields {
        name: "sample-phase-space".into(),
        title: "Phase space at t = 1, ε = 1/64 (sample)".into(),
        x_label: "x".into(),
        y_label: "v".into(),
        x_range: [-6.0, 6.0],
        y_range: [-4.0, 4.0],
        panels: vec![
            panel("W (Hartree)", false, 0.13),
            panel("W̃ (Vlasov)", false, 0.129),
            panel("W − W̃", true, 2.3e-5),
        ],
    }
}

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
