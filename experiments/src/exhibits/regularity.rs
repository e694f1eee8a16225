//! Order against regularity: W_N = (β+1)/2π·(1−|z|²/2)₊^β, whose rim is a power β, released into a smooth field of its own.
//!
//! An oscillation of frequency y and amplitude y^{−s} costs y^{−s}min(1, ε²y³t), most at y ~ ε^{−2/3}: the order is expected to be min(2, 2s/3), with s the index of W_N in the
//! topology of the norm, β + ½ in L² (‖·‖_HS) and β + 1 in L¹ (tr|·|). The index is measured: ‖Δ_h^m W_N‖_{L^p} ~ h^s. Nothing of this is judged: β < 3/2 is outside the
//! hypotheses of every theorem, and the expectation is no theorem.

use std::sync::Arc;

use estimators::line::RoughRelease;
use estimators::rates::MINIMUM_RUNGS;
use estimators::{Estimate, line::RoughAt};
use kernels::Gaussian;
use rayon::prelude::*;
use states::{InitialState, RadialBump};

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, rates, row};
use crate::record::{Curve, Exhibit, Rate, Row};
use crate::render::number;
use crate::scenario::Quantity;
use crate::theorems::l19_t1;

const STRENGTH: f64 = 4.0;
const TIME: f64 = 0.5;
const BETAS: [f64; 6] = [0.0, 0.5, 1.0, 2.0, 3.0, 4.0];
/// Y = cε^{−2/3}; what is above it is the larger part of a jump.
const CUT: f64 = 16.0;
const CUT_OF_JUMPS: f64 = 26.0;
/// ε = 2^{−k}.
const STANDARD: [i32; MINIMUM_RUNGS] = [3, 4, 5, 6];
const DEEP: [i32; 6] = [3, 4, 5, 6, 7, 8];
/// s of the figure's line.
const RANGE: [f64; 3] = [0.0, 3.0, 7.0];
/// (s, θ, its name): what the theorems suppose and claim.
const THEOREMS: [(f64, f64, &str); 4] = [
    (2.0, 1.0, "G16.T2"),
    (5.0, 1.0, "G16.T1"),
    (6.0, 1.0, "L19.T2"),
    (6.0, l19_t1::theta(0.45), "L19.T1, α = 0.45"),
];

/// One β.
struct Bump {
    rows: Vec<Row>,
    rates: Vec<Rate>,
    /// s in L² and in L¹.
    indices: [Estimate; 2],
}

const MEASURED: [Quantity; 2] = [Quantity::HilbertSchmidt, Quantity::Trace];

/// Orders, indices and the figure of both. The quick tier has no time for them.
pub fn order_against_regularity(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let ladder = match laboratory.tier() {
        Tier::Quick => return Ok(Findings::default()),
        Tier::Standard => &STANDARD[..],
        Tier::Deep => &DEEP[..],
    };
    let mut bumps = Vec::new();
    for beta in BETAS {
        if laboratory.progress().cancelled() {
            return Ok(Findings::default());
        }
        laboratory.progress().message(&format!("order against regularity: β = {beta}"));
        bumps.push(measured(beta, ladder)?);
    }
    let mut found =
        Findings { exhibits: vec![map(&bumps)], notes: vec![said(&bumps)], ..Findings::default() };
    for bump in bumps {
        found.rows.extend(bump.rows);
        found.beside.extend(bump.rates);
    }
    Ok(found)
}

fn measured(beta: f64, ladder: &[i32]) -> Result<Bump, LaboratoryError> {
    let refused = |error: &dyn std::fmt::Display| LaboratoryError::Refused(error.to_string());
    let bump = RadialBump::new(beta).map_err(|e| refused(&e))?;
    let interaction = Arc::new(Gaussian::new(STRENGTH, 1.0).map_err(|e| refused(&e))?);
    let cut = if beta == 0.0 { CUT_OF_JUMPS } else { CUT };
    let release = RoughRelease { interaction, bump, cut };
    let at = |k: &i32| -> Result<(f64, RoughAt), LaboratoryError> {
        let eps = 0.5_f64.powi(*k);
        Ok((eps, release.measure(eps, TIME)?))
    };
    let measured: Vec<(f64, RoughAt)> = ladder.iter().map(at).collect::<Result<_, _>>()?;
    let name = format!("gaussian(+{STRENGTH})/radial-bump({beta})");
    let of = |quantity: Quantity| {
        let name = &name;
        measured.iter().map(move |(eps, at)| {
            let value = if quantity == Quantity::Trace { at.trace } else { at.hilbert_schmidt };
            row(name, *eps, TIME, quantity.name(), value)
        })
    };
    let rows: Vec<Row> = MEASURED.into_iter().flat_map(of).collect();
    Ok(Bump { rates: rates(&rows), rows, indices: [2, 1].map(|p| index(&bump, p)) })
}

/// Largest differences of W_N, their step, and points in each step and across.
const DIFFERENCES: usize = 8;
const STEPS: [f64; 3] = [0.04, 0.02, 0.01];
const PER_STEP: usize = 12;
const ACROSS: usize = 600;

/// s of ‖Δ_h^m W_N‖_{L^p} ~ h^s between the two smaller steps h; it moves by less than twice as far again as from the two larger ones.
fn index(bump: &RadialBump, p: i32) -> Estimate {
    let norms: Vec<f64> = STEPS.par_iter().map(|h| difference_norm(bump, *h, p)).collect();
    let slope = |k: usize| (norms[k] / norms[k + 1]).ln() / (STEPS[k] / STEPS[k + 1]).ln();
    Estimate::new(slope(1), 2.0 * (slope(1) - slope(0)).abs())
}

fn difference_norm(bump: &RadialBump, h: f64, p: i32) -> f64 {
    let binomial: Vec<f64> = (0..=DIFFERENCES)
        .map(|k| {
            (0..k).fold(if k % 2 == 0 { 1.0 } else { -1.0 }, |c, i| {
                c * (DIFFERENCES - i) as f64 / (i + 1) as f64
            })
        })
        .collect();
    let reach = 2.0_f64.sqrt() + h * DIFFERENCES as f64;
    let (dx, dv) = (h / PER_STEP as f64, 2.0_f64.sqrt() / ACROSS as f64);
    let many = (2.0 * reach / dx).ceil() as usize + DIFFERENCES * PER_STEP;
    let mut sum = 0.0;
    for j in 0..ACROSS {
        let v = (j as f64 + 0.5) * dv;
        let line: Vec<f64> = (0..many).map(|i| bump.wigner(i as f64 * dx - reach, v)).collect();
        for start in 0..many - DIFFERENCES * PER_STEP {
            let terms = binomial.iter().enumerate().map(|(k, c)| c * line[start + k * PER_STEP]);
            sum += terms.sum::<f64>().abs().powi(p);
        }
    }
    (2.0 * sum * dx * dv).powf(1.0 / f64::from(p))
}

/// min(2, 2s/3).
fn expected(s: f64) -> f64 {
    (2.0 * s / 3.0).min(2.0)
}

/// The order of a quantity, with half of its interval.
fn order(bump: &Bump, quantity: Quantity) -> Option<Estimate> {
    let rate = bump.rates.iter().find(|r| r.quantity == quantity.name())?;
    Some(Estimate::new(rate.order?, 0.5 * (rate.ci_high? - rate.ci_low?)))
}

fn settled(bump: &Bump, quantity: Quantity) -> bool {
    bump.rates.iter().any(|r| r.quantity == quantity.name() && r.settled)
}

fn said(bumps: &[Bump]) -> String {
    let of = |which: usize| {
        let one = |bump: &Bump| {
            let s = bump.indices[which];
            let doubt = if settled(bump, MEASURED[which]) { "" } else { ", not settled" };
            let order = order(bump, MEASURED[which])
                .map_or("none".to_owned(), |e| number::measured(e.value, e.error) + doubt);
            format!("{order} for s = {} ({:.2})", number::measured(s.value, s.error), expected(s.value))
        };
        bumps.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let betas = BETAS.map(|b| b.to_string()).join(", ");
    format!(
        "not judged, (1−|z|²/2)₊^β with β = {betas} at t = {TIME}: orders of ‖ω−ω̃‖_HS: {}; of tr|ω−ω̃|: {}; in brackets min(2, 2s/3) with s measured in L² and in L¹",
        of(0),
        of(1)
    )
}

/// Orders against the index, the line min(2, 2s/3), and the theorems where they suppose and claim.
fn map(bumps: &[Bump]) -> Exhibit {
    let curve = |which: usize, label: &str, wanted: bool| Curve {
        label: label.into(),
        points: bumps
            .iter()
            .filter(|bump| settled(bump, MEASURED[which]) == wanted)
            .filter_map(|b| order(b, MEASURED[which]).map(|e| [b.indices[which].value, e.value, e.error]))
            .collect(),
        guide: false,
    };
    let theorem = |&(s, theta, name): &(f64, f64, &str)| Curve {
        label: format!("claimed: {name}"),
        points: vec![[s, theta, 0.0]],
        guide: false,
    };
    let line = Curve {
        label: "min(2, 2s/3)".into(),
        points: RANGE.map(|s| [s, expected(s), 0.0]).to_vec(),
        guide: true,
    };
    let measured = [
        curve(0, "HS, s in L²", true),
        curve(0, "HS, not settled", false),
        curve(1, "trace, s in L¹", true),
        curve(1, "trace, not settled", false),
    ];
    let curves = measured
        .into_iter()
        .filter(|c| !c.points.is_empty())
        .chain(THEOREMS.iter().map(theorem))
        .chain([line]);
    Exhibit::Curves {
        name: "order-against-regularity".into(),
        title: "order against regularity, and what the theorems claim".into(),
        x_label: "s, the index of W_N".into(),
        y_label: "order in ε".into(),
        log_x: false,
        log_y: false,
        curves: curves.collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// β + ½ in L² and β + 1 in L¹, within their errors.
    #[test]
    fn the_index_is_that_of_the_rim() {
        for beta in BETAS {
            let bump = RadialBump::new(beta).unwrap();
            for (p, exact) in [(2, beta + 0.5), (1, beta + 1.0)] {
                let s = index(&bump, p);
                assert!((s.value - exact).abs() < s.error && s.error < 0.1, "{beta} {p}: {s:?}");
            }
        }
    }
}
