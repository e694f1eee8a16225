//! The collapse of all oscillations onto one curve, and the local orders of s = 2.

use std::f64::consts::SQRT_2;

use estimators::line::{TwoScale, TwoScaleAt};
use estimators::rates::{Rung, local_orders};

use super::{Carrier, Estimate, REGULAR, Row};
use crate::record::{Curve, Exhibit};

pub fn all(carriers: &[Carrier], problem: &TwoScale, last: usize) -> Vec<Exhibit> {
    vec![collapsed(carriers), orders(carriers, problem, last)]
}

/// ‖T−T̃‖/‖T‖ against the phase by which T is late, at every ε and t.
fn collapsed(carriers: &[Carrier]) -> Exhibit {
    let curve = |carrier: &Carrier| {
        let point = |at: &TwoScaleAt| [at.phase.value, at.carried.value, at.carried.error];
        let mut points: Vec<[f64; 3]> =
            carrier.rungs.iter().flat_map(|rung| rung.at.iter().map(point)).collect();
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        Curve { label: format!("y ~ ε^(−{})", carrier.name), points, guide: false }
    };
    let measured: Vec<Curve> = carriers.iter().map(curve).collect();
    let phases = || measured.iter().flat_map(|c| c.points.iter().map(|p| p[0]));
    let ends = [phases().fold(f64::INFINITY, f64::min), SQRT_2, phases().fold(0.0, f64::max)];
    let guide = ends.map(|x| [x, x.min(SQRT_2), 0.0]).to_vec();
    let guide = Curve { label: "min(phase, √2)".into(), points: guide, guide: true };
    Exhibit::Curves {
        name: "extremal-collapse".into(),
        title: "oscillations of every frequency, at every ε and t".into(),
        x_label: "phase ε²y³‖ψa‖/‖a‖".into(),
        y_label: "‖T−T̃‖/‖T‖".into(),
        log_x: true,
        log_y: true,
        curves: measured.into_iter().chain([guide]).collect(),
    }
}

/// Local orders against ε: the plateau of θ = 1, and its end.
fn orders(carriers: &[Carrier], problem: &TwoScale, last: usize) -> Exhibit {
    let rung = |row: &Row| Rung { eps: row.epsilon, estimate: Estimate::new(row.value, row.error) };
    let curve = |carrier: &Carrier| {
        let rungs: Vec<Rung> = carrier.rows(problem, REGULAR, last).iter().map(rung).collect();
        let between = rungs.windows(2).map(|pair| (pair[0].eps * pair[1].eps).sqrt());
        let points = between.zip(local_orders(&rungs)).map(|(eps, order)| [eps, order.value, order.error]);
        Curve { label: format!("y ~ ε^(−{})", carrier.name), points: points.collect(), guide: false }
    };
    let eps = || carriers.iter().flat_map(|c| c.rungs.iter().map(|r| r.eps));
    let ends = [eps().fold(f64::INFINITY, f64::min), eps().fold(0.0, f64::max)];
    let level = |label: &str, order: f64| Curve {
        label: label.into(),
        points: ends.map(|eps| [eps, order, 0.0]).to_vec(),
        guide: true,
    };
    let guides = [level("4/3", 4.0 / 3.0), level("claimed: 1", 1.0)];
    Exhibit::Curves {
        name: "extremal-local-orders".into(),
        title: "local orders of ‖ω−ω̃‖_HS for s = 2".into(),
        x_label: "ε".into(),
        y_label: "local order".into(),
        log_x: true,
        log_y: false,
        curves: carriers.iter().map(curve).chain(guides).collect(),
    }
}
