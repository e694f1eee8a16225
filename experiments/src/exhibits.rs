//! Checks and figures that belong to a theorem beside its ladder.

use estimators::line::{ObservableMap, Pair};
use estimators::{Estimate, Verdict, verdict};
use phase_space::line::WignerFunction;

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Ladder};
use crate::record::{Check, Curve, Exhibit, Panel, Relation};
use crate::scenario::Quantity;
use crate::trial::{self, Trial};

/// W_t, W̃_t and their difference in phase space, at the coarsest ε and the last time.
pub fn portraits(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let trial = trial::repulsive()?;
    let ladder = laboratory.ladder(&trial)?;
    let Some(pair) = ladder.coarsest.last() else { return Ok(Findings::default()) };
    Ok(Findings { exhibits: vec![portrait(&trial, pair)], ..Findings::default() })
}

/// Points of a portrait in each direction.
const PIXELS: usize = 96;

fn portrait(trial: &Trial, pair: &Pair) -> Exhibit {
    let extent = support(&pair.vlasov);
    let panel = |label: &str, w: &WignerFunction, signed: bool| Panel {
        label: label.to_owned(),
        columns: PIXELS,
        rows: PIXELS,
        signed,
        values: pixels(w, extent),
    };
    let difference = "W_t − W̃_t";
    Exhibit::Fields {
        name: "phase-space".into(),
        title: format!("{}, ε = 1/{}, t = {}", trial.name, (1.0 / pair.eps).round(), pair.time),
        x_label: "x".into(),
        y_label: "v".into(),
        x_range: [extent.0, extent.1],
        y_range: [extent.2, extent.3],
        panels: vec![
            panel("W_t (Hartree)", &pair.hartree, false),
            panel("W̃_t (Vlasov)", &pair.vlasov, false),
            panel(difference, &pair.difference, true),
        ],
    }
}

/// The rectangle outside of which W is below 1e-3 of its maximum.
fn support(w: &WignerFunction) -> (f64, f64, f64, f64) {
    let (grid, cut) = (w.grid(), 1e-3 * w.sup());
    let n_v = grid.v.len();
    let (mut x, mut v) = ((f64::MAX, f64::MIN), (f64::MAX, f64::MIN));
    for (at, _) in w.values().iter().enumerate().filter(|(_, w)| w.abs() > cut) {
        let (a, b) = (grid.x.point(at / n_v), grid.v.point(at % n_v));
        x = (x.0.min(a), x.1.max(a));
        v = (v.0.min(b), v.1.max(b));
    }
    (x.0, x.1, v.0, v.1)
}

/// Bilinear samples at four significant digits: a picture, not data.
fn pixels(w: &WignerFunction, extent: (f64, f64, f64, f64)) -> Vec<f64> {
    let grid = w.grid();
    let place = |axis: &phase_space::line::Axis, low: f64, high: f64, pixel: usize| {
        let at = low + (high - low) * pixel as f64 / (PIXELS - 1) as f64;
        let cell = ((at - axis.start()) / axis.spacing()).clamp(0.0, axis.len() as f64 - 2.0);
        (cell as usize, cell.fract())
    };
    let mut values = Vec::with_capacity(PIXELS * PIXELS);
    for row in 0..PIXELS {
        let (j, b) = place(&grid.v, extent.2, extent.3, row);
        for column in 0..PIXELS {
            let (i, a) = place(&grid.x, extent.0, extent.1, column);
            let w = |i: usize, j: usize| w.values()[i * grid.v.len() + j];
            let low = (1.0 - a) * w(i, j) + a * w(i + 1, j);
            let high = (1.0 - a) * w(i, j + 1) + a * w(i + 1, j + 1);
            values.push(four_digits((1.0 - b) * low + b * high));
        }
    }
    values
}

fn four_digits(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(0.0)
}

/// "Equivalently": ‖ω−ω̃‖_HS/√N = √(2π)‖W−W̃‖_{L²} for the matrix of the difference, to the accuracy of the matrix (S.2).
pub fn equivalence_in_l2(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let trial = trial::repulsive()?;
    let ladder = laboratory.ladder(&trial)?;
    let mut worst = 0.0_f64;
    for pair in &ladder.coarsest {
        let scaling = phase_space::Scaling::line(pair.eps).map_err(refused)?;
        let matrix =
            transforms::weyl::line::weyl_band(&pair.difference, &scaling, 1e-8).map_err(refused)?.matrix;
        // the matrix is that of ω/N, and ‖ω‖_HS = √N √(2π) ‖W‖
        let from_matrix = matrix.hilbert_schmidt() * scaling.n();
        let from_function = scaling.hilbert_schmidt_factor() * pair.difference.l2();
        worst = worst.max((from_matrix / from_function - 1.0).abs());
    }
    let check = Check {
        name: "‖ω−ω̃‖_HS = √(2πN) ‖W−W̃‖_{L²}: relative difference".into(),
        trial: trial.name,
        relation: Relation::AtMost,
        value: worst,
        error: 0.0,
        target: 1e-7,
        verdict: verdict::vanishes(&Estimate::new(worst, 0.0), 1e-7),
    };
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

/// tr|ω−ω̃|/(Nε²) against t at a few ε.
pub fn growth_in_time(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let trial = trial::repulsive()?;
    let mut curves = Vec::new();
    for eps in ledger_rungs(laboratory.tier()) {
        let ledger = laboratory.ledger(&trial, eps)?;
        let point = |l: &estimators::line::Link| {
            let scaled = l.distance.scaled(eps.powi(-2));
            [l.time, scaled.value, scaled.error]
        };
        let points = ledger.links.iter().skip(1).map(point).collect();
        curves.push(Curve { label: format!("ε = 1/{}", (1.0 / eps).round()), points, guide: false });
    }
    let exhibit = Exhibit::Curves {
        name: "growth".into(),
        title: format!("growth in time, {}", trial.name),
        x_label: "t".into(),
        y_label: "tr|ω_t−ω̃_t| / (Nε²)".into(),
        log_x: false,
        log_y: true,
        curves,
    };
    Ok(Findings { exhibits: vec![exhibit], ..Findings::default() })
}

/// The ε at which the chain of the argument is measured.
pub fn ledger_rungs(tier: Tier) -> Vec<f64> {
    let last = match tier {
        Tier::Quick => 4,
        Tier::Standard => 6,
        Tier::Deep => 7,
    };
    (3..=last).map(|k| 0.5_f64.powi(k)).collect()
}

/// The (p, q) map at the coarsest ε, the growth in (p, q) against (1+|p|+|q|)², and in t against exp(C|t|).
pub fn observable_growth(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in [trial::repulsive, trial::attractive, trial::fermi_dirac] {
        let trial = make()?;
        let ladder = laboratory.ladder(&trial)?;
        found.checks.push(inside_the_weight(&ladder));
        found.checks.push(exponential_constant(&ladder));
    }
    let ladder = laboratory.ladder(&trial::repulsive()?)?;
    if let Some((rung, last)) = ladder.rungs.first().and_then(|r| r.times.last().map(|t| (r, t))) {
        found.exhibits.push(observable_figure(&ladder.trial, rung.eps, last.time, &last.observables));
    }
    Ok(found)
}

fn observable_figure(trial: &str, eps: f64, time: f64, map: &ObservableMap) -> Exhibit {
    let ends = |axis: &[f64]| [axis[0], axis[axis.len() - 1]];
    let weighted = |at: usize| {
        let (p, q) = (map.p[at % map.p.len()], map.q[at / map.p.len()]);
        map.modulus[at] / (1.0 + p.abs() + q.abs()).powi(2)
    };
    let panel = |label: &str, value: &dyn Fn(usize) -> f64| Panel {
        label: label.to_owned(),
        columns: map.p.len(),
        rows: map.q.len(),
        signed: false,
        values: (0..map.modulus.len()).map(|at| four_digits(value(at))).collect(),
    };
    Exhibit::Fields {
        name: "observables".into(),
        title: format!("{trial}, ε = 1/{}, t = {time}", (1.0 / eps).round()),
        x_label: "p".into(),
        y_label: "q".into(),
        x_range: ends(&map.p),
        y_range: ends(&map.q),
        panels: vec![
            panel("|tr e^{ip·x+εq·∇}(ω−ω̃)|/N", &|at| map.modulus[at]),
            panel("divided by (1+|p|+|q|)²", &weighted),
        ],
    }
}

/// The weighted supremum is taken inside the (p, q) grid, not at its rim: sup over the outer half ≤ sup over the inner.
fn inside_the_weight(ladder: &Ladder) -> Check {
    let mut worst = Estimate::default();
    for at in ladder.rungs.iter().flat_map(|r| &r.times) {
        let map = &at.observables;
        let reach = map.p.iter().fold(0.0_f64, |m, p| m.max(p.abs()));
        let (mut inner, mut outer) = (0.0_f64, 0.0_f64);
        for (b, q) in map.q.iter().enumerate() {
            for (a, p) in map.p.iter().enumerate() {
                let value = map.modulus[b * map.p.len() + a] / (1.0 + p.abs() + q.abs()).powi(2);
                let side = if p.abs().max(q.abs()) > 0.5 * reach { &mut outer } else { &mut inner };
                *side = side.max(value);
            }
        }
        let error = map.weighted_sup.relative_error();
        if outer / inner > worst.value {
            worst = Estimate::new(outer / inner, 2.0 * error);
        }
    }
    Check {
        name: "growth in (p,q): sup over the outer half of the grid / sup over the inner, weighted by (1+|p|+|q|)^(−2)".into(),
        trial: ladder.trial.clone(),
        relation: Relation::AtMost,
        value: worst.value,
        error: worst.error,
        target: 1.0,
        verdict: verdict::at_most(&worst, &Estimate::new(1.0, 0.0)),
    }
}

/// The smallest C with sup_{p,q} … ≤ C ε exp(C t) at all measured times, at the finest ε against the coarsest.
fn exponential_constant(ladder: &Ladder) -> Check {
    let rows = ladder.rows(Quantity::Observables);
    let constant = |eps: f64| {
        rows.iter()
            .filter(|r| r.epsilon == eps && r.resolved)
            .map(|r| {
                Estimate::new(
                    smallest_constant(r.value / eps, r.time),
                    smallest_constant(r.error / eps, r.time),
                )
            })
            .fold(Estimate::default(), |a, b| if b.value > a.value { b } else { a })
    };
    let resolved: Vec<f64> = rows.iter().filter(|r| r.resolved).map(|r| r.epsilon).collect();
    let (coarse, fine) = match (resolved.first(), resolved.last()) {
        (Some(&a), Some(&b)) if a > b => (constant(a), constant(b)),
        _ => (Estimate::default(), Estimate::new(f64::NAN, f64::INFINITY)),
    };
    Check {
        name: "the least C with |tr …| ≤ CNε(1+|p|+|q|)² exp(C|t|): finest rung ≤ coarsest".into(),
        trial: ladder.trial.clone(),
        relation: Relation::AtMost,
        value: fine.value,
        error: fine.error,
        target: coarse.value,
        verdict: if fine.value.is_finite() { verdict::at_most(&fine, &coarse) } else { Verdict::Unresolved },
    }
}

/// The root of C e^{Ct} = value, by bisection: the left side increases.
fn smallest_constant(value: f64, time: f64) -> f64 {
    let (mut low, mut high) = (0.0, value);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle * (middle * time).exp() < value {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
