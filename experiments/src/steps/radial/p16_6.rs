//! P16.6 in R³. ‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS = C√N with C = π²/(2π)^{3/2}, the constant that the talk needs.

use std::sync::Arc;

use estimators::Estimate;
use operators::radial::{RESOLVENT_CONSTANT, weighted_resolvent};
use phase_space::radial::RadialGrid;
use rayon::prelude::*;

use super::{own as in_own_setting, refused, rungs};
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, Memo, row_in};
use crate::record::Check;
use crate::render::number::epsilon;

/// The channels and the points reach this.
const ACCURACY: f64 = 5e-3;
/// R of the grid, and largest L = εℓ: the tails beyond are summed.
const RADIUS: f64 = 5.0;
const MOMENTUM: f64 = 10.0;

/// The claim in its own setting.
pub fn own() -> Claim {
    let norms = Arc::new(Norms::default());
    let (symbol, constant) = (norms.clone(), norms.clone());
    in_own_setting(
        "P16.6",
        "‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS = C√N, C = π²/(2π)^{3/2}",
        Box::new(move |lab| resolvent(lab, &norms, RESOLVENT_CONSTANT)),
    )
    .measuring(&["the Hilbert–Schmidt norm over C√N"])
    .control(
        "the symbol v²/2 for v²",
        Box::new(move |lab| resolvent(lab, &symbol, 2.0_f64.powf(0.75) * RESOLVENT_CONSTANT)),
    )
    .control(
        "(2π)^{1/2} for (2π)^{3/2}",
        Box::new(move |lab| resolvent(lab, &constant, std::f64::consts::TAU * RESOLVENT_CONSTANT)),
    )
}

/// The norms along the ladder of the tier, once for the claim and its controls: a wrong constant changes what they are held against.
type Norms = Memo<(), Vec<(f64, Estimate)>>;

/// (ε, ‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS).
fn norms(laboratory: &Laboratory) -> Result<Vec<(f64, Estimate)>, LaboratoryError> {
    let at = |&eps: &f64| -> Result<(f64, Estimate), LaboratoryError> {
        let grid = RadialGrid::new(RADIUS, (40.0 / eps) as usize + 40).map_err(refused)?;
        let (value, error) = weighted_resolvent(eps, &grid, (MOMENTUM / eps) as usize).map_err(refused)?;
        Ok((eps, Estimate::new(value, error)))
    };
    rungs(laboratory.tier()).par_iter().take(3).map(at).collect()
}

fn resolvent(laboratory: &Laboratory, known: &Norms, constant: f64) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for &(eps, norm) in known.get((), || norms(laboratory))?.iter() {
        let ratio = norm.scaled(eps.powf(1.5) / constant);
        let (operator, quantity) = ("(1−ε²Δ)^(−1)(1+x²)^(−1)", "HS norm / (C√N)");
        found.rows.push(row_in::<estimators::radial::Problem>(operator, eps, 0.0, quantity, ratio));
        let name = format!("‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS / (C√N) at ε = {}", epsilon(eps));
        found.checks.push(Check::near(name, "resolvent", &ratio, 1.0, ACCURACY));
    }
    Ok(found)
}
