//! Sample documents: every number in them is invented, only their shape is that of a result.

use semiclassical_experiments::record::{
    Check, ClaimRecord, Control, Curve, Document, Exhibit, Film, FilmFrame, Hypothesis, HypothesisValue,
    Lowest, Panel, Plane, Provenance, Rate, Relation, Row, Setting, Verdict,
};

const TIMES: [f64; 3] = [0.25, 0.5, 1.0];
const RUNGS: std::ops::RangeInclusive<i32> = 3..=10;

pub fn sample_rows(trial: &str, quantity: &str, order: f64, unresolved_from: i32) -> Vec<Row> {
    let mut rows = Vec::new();
    for (t, time) in TIMES.into_iter().enumerate() {
        for k in RUNGS {
            let epsilon = 2f64.powi(-k);
            let value = 0.31 * (1.0 + 0.7 * t as f64) * epsilon.powf(order) * (1.0 + 0.4 * epsilon);
            let resolved = k < unresolved_from;
            let error = if resolved { 0.004 * value } else { 0.3 * value };
            let (trial, quantity) = (trial.into(), quantity.into());
            let (setting, n) = (Setting::Analogue, 1.0 / epsilon);
            rows.push(Row { trial, setting, epsilon, n, time, quantity, value, error, resolved });
        }
    }
    rows
}

pub fn sample_rates(trial: &str, quantity: &str, order: f64) -> Vec<Rate> {
    TIMES
        .map(|time| Rate {
            trial: trial.into(),
            quantity: quantity.into(),
            time,
            claimed: Some(1.0),
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

pub fn sample_claim(id: &str, order: f64) -> ClaimRecord {
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
        remark: Some("On the sample line nothing is lost.".into()),
        tier: "standard".into(),
        command: format!("semiclassical verify {id} --tier standard"),
        seconds: 12.3,
    }
}

pub fn sample_document(id: &str) -> Document {
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

pub fn sample_provenance() -> Provenance {
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

pub fn sample_curves() -> Exhibit {
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

pub fn sample_fields() -> Exhibit {
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

/// Three frames of 12 × 8 cells, each unlike the others.
pub fn sample_film() -> Exhibit {
    use base64::Engine as _;
    let (columns, rows) = (12, 8);
    let plane = |seed: usize, low: f64, high: f64| {
        let level = |at: usize| (at * (seed + 1) * 7 % (usize::from(Plane::LEVELS) + 1)) as u8;
        let levels: Vec<u8> = (0..columns * rows).map(level).collect();
        let levels = base64::engine::general_purpose::STANDARD.encode(levels);
        Plane { sup: high, error: 1e-3 * high, low, high, levels }
    };
    let frame = |k: usize| {
        let d = 1e-6 * k as f64;
        FilmFrame {
            time: 0.5 * k as f64,
            hartree: plane(k, 0.0, 0.09),
            vlasov: plane(k + 1, 0.0, 0.0901),
            difference: plane(k + 2, -d, d),
        }
    };
    Exhibit::Film(Film {
        name: "sample-film".into(),
        title: "sample, ε = 1/16".into(),
        x_label: "x".into(),
        y_label: "v".into(),
        x_range: [-6.0, 6.0],
        y_range: [-4.0, 4.0],
        columns,
        rows,
        frames: (0..3).map(frame).collect(),
    })
}
