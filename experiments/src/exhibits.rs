//! Checks and figures that belong to a theorem beside its ladder.

mod exponents;
mod film;
mod growth;
pub mod own;
pub mod pure_states;
mod regularity;
pub mod sharp_constant;
mod temperature;

use estimators::Estimate;
use estimators::line::{ObservableMap, Pair};
use phase_space::line::WignerFunction;

pub use exponents::against_alpha;
pub use film::film;
pub use growth::growth_models;
pub use regularity::order_against_regularity;
pub use temperature::order_against_temperature;

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Ladder, Plan};
use crate::record::{Check, Curve, Exhibit, Panel};
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

/// Samples at four significant digits: a picture, not data.
fn pixels(w: &WignerFunction, extent: (f64, f64, f64, f64)) -> Vec<f64> {
    samples(w, extent).into_iter().map(four_digits).collect()
}

/// Bilinear samples on [`PIXELS`]² points of a rectangle.
fn samples(w: &WignerFunction, extent: (f64, f64, f64, f64)) -> Vec<f64> {
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
            values.push((1.0 - b) * low + b * high);
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
    let mut residuals = Vec::new();
    for pair in &ladder.coarsest {
        let scaling = phase_space::Scaling::line(pair.eps).map_err(refused)?;
        let matrix =
            transforms::weyl::line::weyl_band(&pair.difference, &scaling, 1e-8).map_err(refused)?.matrix;
        // the matrix is that of ω/N, and ‖ω‖_HS = √N √(2π) ‖W‖
        let from_matrix = matrix.hilbert_schmidt() * scaling.n();
        let from_function = scaling.hilbert_schmidt_factor() * pair.difference.l2();
        residuals.push(Estimate::residual(from_matrix / from_function - 1.0));
    }
    let worst = Estimate::worst(residuals);
    let name = "‖ω−ω̃‖_HS = √(2πN) ‖W−W̃‖_{L²}: relative difference";
    let check = Check::vanishing(name, &trial.name, &worst, 1e-7);
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

/// Growth in t against exp(C|t|), on times T/4, T/2, 3T/4, T: the growth rate d ln e/dt over the last interval is at most that
/// over the first. Under a bound C exp(C|t|) the rate stays bounded; C exp(C exp(C|t|)) allows more.
pub fn growth_in_time(laboratory: &Laboratory, quantity: Quantity) -> Result<Findings, LaboratoryError> {
    let (mut found, mut curves) = (Findings::default(), Vec::new());
    let plan = Plan::long(laboratory.tier());
    for make in [trial::repulsive, trial::attractive] {
        let trial = make()?;
        let rows = laboratory.ladder_on(&trial, &plan)?.rows(quantity);
        found.checks.push(rate_falls(&trial, quantity, &rows));
        let points = rows.iter().map(|r| [r.time, r.value, r.error]).collect();
        curves.push(Curve { label: trial.name, points, guide: false });
        found.rows.extend(rows);
    }
    if let Some(last) = curves[0].points.first().copied() {
        let rate = growth_rate(&curves[0].points, 0).value;
        let guide = |t: f64| [t, last[1] * (rate * (t - last[0])).exp(), 0.0];
        let span = plan.times[plan.times.len() - 1] - last[0];
        let points = (0..=24).map(|k| guide(last[0] + span * f64::from(k) / 24.0)).collect();
        curves.push(Curve { label: "exp(Ct), C of the first interval".into(), points, guide: true });
    }
    found.exhibits.push(Exhibit::Curves {
        name: format!("growth-{}", quantity.name()),
        title: format!("growth in time, ε = 1/{}", (1.0 / plan.finest()).round()),
        x_label: "t".into(),
        y_label: crate::render::words::quantity(quantity.name()).to_owned(),
        log_x: false,
        log_y: true,
        curves,
    });
    Ok(found)
}

/// (ln e(b) − ln e(a))/(b − a) between neighbouring points.
fn growth_rate(points: &[[f64; 3]], at: usize) -> Estimate {
    let (Some(a), Some(b)) = (points.get(at), points.get(at + 1)) else { return Estimate::unknown() };
    let interval = b[0] - a[0];
    Estimate::new((b[1] / a[1]).ln() / interval, (a[2] / a[1] + b[2] / b[1]) / interval)
}

fn rate_falls(trial: &Trial, quantity: Quantity, rows: &[crate::record::Row]) -> Check {
    let resolved = !rows.is_empty() && rows.iter().all(|r| r.resolved);
    let points: Vec<[f64; 3]> = rows.iter().map(|r| [r.time, r.value, r.error]).collect();
    let (first, last) = match (resolved, points.len()) {
        (true, 3..) => (growth_rate(&points, 0), growth_rate(&points, points.len() - 2)),
        _ => (Estimate::unknown(), Estimate::unknown()),
    };
    let name = format!("growth rate in t of {}: last interval ≤ first", quantity.name());
    Check::at_most(name, &trial.name, &last, &first)
}

/// The null test: with a quadratic interaction ω = ω̃, so that the Hilbert–Schmidt distance is 0 to round-off, while both
/// dynamics move the state; each agrees with its second discretisation.
pub fn null_test(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let trial = trial::quadratic()?;
    let ladder = laboratory.ladder_on(&trial, &Plan::control())?;
    let rows = ladder.rows(Quantity::HilbertSchmidt);
    let worst = Estimate::worst(rows.iter().map(|r| Estimate::new(r.value, r.error)));
    let mut found = Findings { rows, ..Findings::default() };
    let name = "null test: ‖ω−ω̃‖_HS/√N for a quadratic interaction";
    found.checks.push(Check::vanishing(name, &trial.name, &worst, NULL));
    found.checks.extend(laboratory.validation(&trial)?.iter().cloned());
    Ok(found)
}

/// Round-off of a null test.
const NULL: f64 = 1e-10;

/// The ε at which the chain of the argument is measured.
pub fn ledger_rungs(tier: Tier) -> Vec<f64> {
    let last = match tier {
        Tier::Quick => 4,
        Tier::Standard => 6,
        Tier::Deep => 7,
    };
    (3..=last).map(|k| 0.5_f64.powi(k)).collect()
}

/// The (p, q) map at the coarsest ε, and the growth in (p, q) against (1+|p|+|q|)².
pub fn observable_growth(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in [trial::repulsive, trial::attractive, trial::fermi_dirac] {
        let trial = make()?;
        let ladder = laboratory.ladder(&trial)?;
        found.checks.push(inside_the_weight(&ladder));
    }
    let ladder = laboratory.ladder(&trial::repulsive()?)?;
    let coarsest = ladder.rungs.first().and_then(|r| r.times.last().map(|t| (r.eps, t)));
    if let Some((eps, last)) = coarsest
        && let Some(map) = &last.observables
    {
        found.exhibits.push(observable_figure(&ladder.trial, eps, last.time, map));
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
    let worst = Estimate::worst(
        ladder
            .rungs
            .iter()
            .flat_map(|r| &r.times)
            .map(|at| at.observables.as_ref().map_or(Estimate::unknown(), outer_over_inner)),
    );
    let name = "growth in (p,q): sup over the outer half of the grid / sup over the inner, weighted by (1+|p|+|q|)^(−2)";
    Check::at_most(name, &ladder.trial, &worst, &Estimate::new(1.0, 0.0))
}

fn outer_over_inner(map: &ObservableMap) -> Estimate {
    let reach = map.p.iter().fold(0.0_f64, |m, p| m.max(p.abs()));
    let (mut inner, mut outer) = (0.0_f64, 0.0_f64);
    for (at, modulus) in map.modulus.iter().enumerate() {
        let (p, q) = (map.p[at % map.p.len()], map.q[at / map.p.len()]);
        if modulus.is_nan() {
            return Estimate::unknown();
        }
        let side = if p.abs().max(q.abs()) > 0.5 * reach { &mut outer } else { &mut inner };
        *side = side.max(modulus / (1.0 + p.abs() + q.abs()).powi(2));
    }
    let error = map.weighted_sup.error;
    Estimate::new(outer, error).over(&Estimate::new(inner, error))
}
