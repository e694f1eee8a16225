//! The Fermi edge of W_N against Airy's, and that of Husimi's function against the error function: sup deviations along ε.
//!
//! 2πW_N(x,v) → ∫_{κa}^∞Ai(u)du,  κ = 2^{2/3},  a = (H/E_F − 1)ε^{−2/3},  to O(ε^{2/3}), and 2πH_N → ½erfc(d),  d = (|z|−√2)/√ε,
//! to O(ε^{1/2}): the next terms of both expansions.

use std::f64::consts::{SQRT_2, TAU};

use estimators::Estimate;
use hartree::line::{Orbitals, husimi_edge, sea_at_the_edge, wigner_edge};
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};
use transforms::husimi::line::husimi;

use super::super::s_1::ordered;
use super::refused;
use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{rates, row};
use crate::record::{Curve, Exhibit, Row};

pub const TRIAL: &str = "oscillator sea at its Fermi edge";
const WIGNER: &str = "sup|2πW_N − ∫Ai|, |a| ≤ 2";
const HUSIMI: &str = "sup|2πH_N − ½erfc|, |d| ≤ 2";
pub const MEASURED: [&str; 2] = [WIGNER, HUSIMI];

/// |a| ≤ 2 and |d| ≤ 2; the figure shows more.
const SHOWN_RANGE: [f64; 2] = [-4.0, 3.0];
const SAMPLES: usize = 400;
const REACH: f64 = 2.0;
/// Next orders of the two expansions, each seen to `WITHIN`.
const ORDERS: [f64; 2] = [2.0 / 3.0, 0.5];
const WITHIN: f64 = 0.05;
/// Of sums over N terms.
const ROUND_OFF: f64 = 1e-11;
/// N of the figure.
const SHOWN: usize = 64;

/// N of W_N, which is known in closed form, and of H_N, which is computed on a grid.
const CLOSED: [usize; 6] = [128, 256, 512, 1024, 2048, 4096];
const SMOOTHED: [usize; 5] = [8, 16, 32, 64, 128];

/// Both edges along the ladder, and their figure.
pub fn measure(tier: Tier) -> Result<Findings, LaboratoryError> {
    let some = &SMOOTHED[..if tier == Tier::Quick { 4 } else { SMOOTHED.len() }];
    let found = judged(wigner(wigner_edge), ORDERS[0]);
    let found = found.merged(judged(husimis(some, husimi_edge)?, ORDERS[1]));
    Ok(Findings { exhibits: vec![figure()?], ..found })
}

/// Airy's edge with its argument as if 2^{2/3} were 1.
pub fn unscaled() -> Result<Findings, LaboratoryError> {
    Ok(judged(wigner(|a| wigner_edge(a * 0.5_f64.powf(2.0 / 3.0))), ORDERS[0]))
}

/// Husimi's edge as if the Gaussian were √(ε/4) wide.
pub fn too_narrow() -> Result<Findings, LaboratoryError> {
    Ok(judged(husimis(&SMOOTHED[..4], |d| husimi_edge(2.0 * d))?, ORDERS[1]))
}

fn judged(rows: Vec<Row>, order: f64) -> Findings {
    let beside = rates(&rows);
    let checks = beside.iter().map(|rate| ordered(rate, Some(order), WITHIN)).collect();
    Findings { rows, beside, checks, ..Findings::default() }
}

/// W_N in closed form; its error is what half of the samples change.
fn wigner(profile: impl Fn(f64) -> f64) -> Vec<Row> {
    let at = |&n: &usize| {
        let off = |k: usize| {
            let a = abscissa([-REACH, REACH], k);
            (sea_at_the_edge(a, n) - profile(a)).abs()
        };
        let sup = |step: usize| (0..=SAMPLES).step_by(step).map(off).fold(0.0, f64::max);
        row(TRIAL, 1.0 / n as f64, 0.0, WIGNER, sampled(sup(1), sup(2)))
    };
    CLOSED.iter().map(at).collect()
}

fn abscissa([from, to]: [f64; 2], k: usize) -> f64 {
    from + (to - from) * k as f64 / SAMPLES as f64
}

fn sampled(fine: f64, coarse: f64) -> Estimate {
    Estimate::new(fine, (fine - coarse).abs() + ROUND_OFF)
}

/// Husimi's function of W_N on its grid; the points of the grid are the samples, and every second of them the fewer.
fn husimis(ladder: &[usize], profile: impl Fn(f64) -> f64) -> Result<Vec<Row>, LaboratoryError> {
    let at = |&n: &usize| {
        let (eps, h) = (1.0 / n as f64, smoothed(n)?);
        let n_v = h.grid().v.len();
        let mut sups = [0.0_f64; 2];
        for (at, value) in h.values().iter().enumerate() {
            let (i, j) = (at / n_v, at % n_v);
            let d = (h.grid().x.point(i).hypot(h.grid().v.point(j)) - SQRT_2) / eps.sqrt();
            if d.abs() <= REACH {
                let off = (TAU * value - profile(d)).abs();
                sups[0] = sups[0].max(off);
                sups[1] = sups[1].max(if (i + j).is_multiple_of(2) { off } else { 0.0 });
            }
        }
        Ok(row(TRIAL, eps, 0.0, HUSIMI, sampled(sups[0], sups[1])))
    };
    ladder.iter().map(at).collect()
}

/// H_N on a grid that holds the disc and resolves W_N.
fn smoothed(n: usize) -> Result<WignerFunction, LaboratoryError> {
    let eps = 1.0 / n as f64;
    let half = SQRT_2 + (REACH + 4.0) * eps.sqrt();
    // wave numbers of W_N: 2√2/ε
    let points = friendly_length((1.2 * 2.0 * half * 2.0 * SQRT_2 / (TAU / 2.0 * eps)).ceil() as usize);
    let axis = || Axis::new(0.0, 2.0 * half, points).map_err(refused);
    let (grid, scaling) = (PhaseGrid::new(axis()?, axis()?), Scaling::line(eps).map_err(refused)?);
    let w = Orbitals::oscillator_sea_wigner(&grid, scaling, 1.0).map_err(refused)?;
    husimi(&w, &scaling).map_err(refused)
}

/// Both edges over a at one N, each with its limit.
fn figure() -> Result<Exhibit, LaboratoryError> {
    let eps = 1.0 / SHOWN as f64;
    let every = |of: &dyn Fn(f64) -> f64| -> Vec<[f64; 3]> {
        let at = |k: usize| abscissa(SHOWN_RANGE, k);
        (0..=SAMPLES).step_by(4).map(|k| [at(k), of(at(k)), 0.0]).collect()
    };
    // H/E_F = |z|²/2
    let radius = |a: f64| (2.0 * (1.0 + a * eps.powf(2.0 / 3.0))).sqrt();
    let h = smoothed(SHOWN)?;
    let (grid, middle) = (h.grid(), h.grid().x.len() / 2);
    let along: Vec<[f64; 3]> = (middle..grid.v.len())
        .map(|j| [(0.5 * grid.v.point(j).powi(2) - 1.0) * eps.powf(-2.0 / 3.0), j as f64])
        .filter(|[a, _]| (SHOWN_RANGE[0]..=SHOWN_RANGE[1]).contains(a))
        .map(|[a, j]| [a, TAU * h.values()[middle * grid.v.len() + j as usize], 0.0])
        .collect();
    let curve = |label: &str, points, guide| Curve { label: label.into(), points, guide };
    Ok(Exhibit::Curves {
        name: "edge-profile".into(),
        title: format!("the Fermi edge of the oscillator sea, N = {SHOWN}"),
        x_label: "a = (H/E_F − 1)ε^(−2/3)".into(),
        y_label: "2πW_N, 2πH_N".into(),
        log_x: false,
        log_y: false,
        curves: vec![
            curve("Wigner", every(&|a| sea_at_the_edge(a, SHOWN)), false),
            curve("∫Ai from 2^(2/3)a", every(&wigner_edge), true),
            curve("Husimi", along, false),
            curve("½erfc(d)", every(&|a| husimi_edge((radius(a) - SQRT_2) / eps.sqrt())), true),
        ],
    })
}
