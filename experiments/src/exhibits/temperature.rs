//! Between pure and mixed: ‖ω_t−ω̃_t‖_HS/√N from Fermi–Dirac states of a trap at temperature T, released, and its order in ε against T/ε.
//!
//! At a fixed T > 0 ω_N is the quantisation of a W that is smooth uniformly in ε, and the order is 2 once ε ≪ T. At T = 0 it is a determinant, W_N oscillates on
//! the scale ε, and the distance need not fall at all. Where one becomes the other depends on T/ε: the distance is measured at T = τε, τ = ¼ … 8, and its
//! order at a fixed T is read off neighbours (ε,τ) and (ε/2,2τ). None of this is judged: no state with T of order ε is inside the hypotheses of G16.T2.

use std::sync::Arc;

use estimators::Estimate;
use estimators::line::ThermalRelease;
use estimators::rates::{Rung, local_orders};
use kernels::Gaussian;
use rayon::prelude::*;

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, row};
use crate::record::{Curve, Exhibit};

const DISTANCE: &str = "‖ω−ω̃‖_HS/√N";
const STRENGTH: f64 = 1.0;
const TRAP: f64 = 1.0;
const TIME: f64 = 0.5;
/// N; each is twice the one before.
const LADDER: [usize; 3] = [8, 16, 32];
/// τ = T/ε; each is twice the one before.
const RATIOS: [f64; 6] = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0];

/// The distances at one N.
struct Rungs {
    eps: f64,
    /// At T = 0.
    pure: Estimate,
    /// At T = τε.
    warm: Vec<Estimate>,
}

/// Distances and orders, in figures and in a sentence. The quick tier has no time for them.
pub fn order_against_temperature(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let mut ladder = Vec::new();
    for n in LADDER {
        if laboratory.progress().cancelled() {
            return Ok(Findings::default());
        }
        laboratory.progress().message(&format!("Fermi–Dirac states at T = τε: N = {n}"));
        ladder.push(rungs(1.0 / n as f64)?);
    }
    let mut found = Findings { exhibits: vec![orders(&ladder), distances(&ladder)], ..Findings::default() };
    found.notes.extend(said(&ladder));
    for rung in &ladder {
        let at = |name: &str, value| row(name, rung.eps, TIME, DISTANCE, value);
        found.rows.push(at("gaussian(+1)/oscillator sea, released", rung.pure));
        for (tau, value) in RATIOS.iter().zip(&rung.warm) {
            found.rows.push(at(&format!("gaussian(+1)/fermi-dirac({tau}ε), released"), *value));
        }
    }
    Ok(found)
}

fn rungs(eps: f64) -> Result<Rungs, LaboratoryError> {
    let interaction = Arc::new(Gaussian::new(STRENGTH, 1.0).map_err(refused)?);
    let release = ThermalRelease { interaction, s: TRAP };
    let at = |tau: f64| release.hilbert_schmidt(eps, tau * eps, TIME).map_err(refused);
    let warm = RATIOS.par_iter().map(|tau| at(*tau)).collect::<Result<_, _>>()?;
    Ok(Rungs { eps, pure: at(0.0)?, warm })
}

/// [T/ε, order, error] between neighbouring N at a fixed T, T/ε the geometric mean of both.
fn at_fixed_temperature(pair: &[Rungs]) -> Vec<[f64; 3]> {
    let [coarse, fine] = pair else { return Vec::new() };
    let neighbours = RATIOS.iter().zip(coarse.warm.iter().zip(fine.warm.iter().skip(1)));
    neighbours
        .filter_map(|(tau, (a, b))| order([coarse, fine], a, b).map(|[p, e]| [tau * 2f64.sqrt(), p, e]))
        .collect()
}

/// [order, error] between two rungs, if both are resolved.
fn order([coarse, fine]: [&Rungs; 2], a: &Estimate, b: &Estimate) -> Option<[f64; 2]> {
    let rungs = [Rung { eps: coarse.eps, estimate: *a }, Rung { eps: fine.eps, estimate: *b }];
    let order = (a.is_resolved() && b.is_resolved()).then(|| local_orders(&rungs))?;
    order.first().map(|p| [p.value, p.error])
}

fn between(pair: &[Rungs]) -> String {
    let [first, last] = [pair.first(), pair.last()].map(|r| r.map_or(f64::NAN, |r| (1.0 / r.eps).round()));
    format!("N = {first} to {last}")
}

fn said(ladder: &[Rungs]) -> Option<String> {
    let pair = ladder.windows(2).last()?;
    let [pure, _] = order([&pair[0], &pair[1]], &pair[0].pure, &pair[1].pure)?;
    let warm: Vec<String> =
        at_fixed_temperature(pair).iter().map(|[tau, p, _]| format!("{p:.2} at {tau:.2}")).collect();
    Some(format!(
        "not judged, Fermi–Dirac states of the trap x² at T, released: the order of {DISTANCE} at a fixed T, {}, is {pure:.2} at T/ε = 0, {}",
        between(pair),
        warm.join(", ")
    ))
}

fn orders(ladder: &[Rungs]) -> Exhibit {
    let measured = ladder.windows(2).map(|pair| Curve {
        label: between(pair),
        points: at_fixed_temperature(pair),
        guide: false,
    });
    let level = |label: &str, order: f64| Curve {
        label: label.into(),
        points: [RATIOS[0], RATIOS[RATIOS.len() - 1]].map(|tau| [tau, order, 0.0]).to_vec(),
        guide: true,
    };
    let pure = ladder
        .windows(2)
        .last()
        .and_then(|pair| order([&pair[0], &pair[1]], &pair[0].pure, &pair[1].pure))
        .map(|[p, _]| level("T = 0", p));
    Exhibit::Curves {
        name: "order-against-temperature".into(),
        title: format!("order of {DISTANCE} at a fixed T, t = {TIME}, gaussian(+1), states of the trap x²"),
        x_label: "T/ε".into(),
        y_label: "order".into(),
        log_x: true,
        log_y: false,
        curves: measured.chain(pure).chain([level("smooth mixed states", 2.0)]).collect(),
    }
}

fn distances(ladder: &[Rungs]) -> Exhibit {
    let scaled = |rung: &Rungs| {
        let at = |(tau, d): (&f64, &Estimate)| [*tau, d.value * rung.eps.sqrt(), d.error * rung.eps.sqrt()];
        let points = RATIOS.iter().zip(&rung.warm).filter(|(_, d)| d.is_resolved()).map(at).collect();
        Curve { label: format!("N = {}", (1.0 / rung.eps).round()), points, guide: false }
    };
    // ε^{1/2}·ε²·T^{−5/2}: order 2 at a fixed T
    let steep = |reference: &Rungs| {
        let (tau, d) =
            (RATIOS[RATIOS.len() - 1], reference.warm[RATIOS.len() - 1].value * reference.eps.sqrt());
        RATIOS.iter().filter(|at| **at >= 1.0).map(|at| [*at, d * (at / tau).powf(-2.5), 0.0]).collect()
    };
    let guide =
        ladder.last().map(|rung| Curve { label: "(T/ε)^(−5/2)".into(), points: steep(rung), guide: true });
    Exhibit::Curves {
        name: "distance-against-temperature".into(),
        title: format!("ε^(1/2)·{DISTANCE} at t = {TIME}, gaussian(+1), states of the trap x²"),
        x_label: "T/ε".into(),
        y_label: format!("ε^(1/2)·{DISTANCE}"),
        log_x: true,
        log_y: true,
        curves: ladder.iter().map(scaled).chain(guide).collect(),
    }
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
