//! P16.6 in R³. ‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS = C√N with C = π²/(2π)^{3/2}, the constant that the talk needs.

use estimators::Estimate;
use operators::radial::{RESOLVENT_CONSTANT, weighted_resolvent};
use phase_space::radial::RadialGrid;

use super::{own as in_own_setting, refused, rungs};
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, row_in};
use crate::record::Check;
use crate::render::number::epsilon;

/// The channels and the points reach this.
const ACCURACY: f64 = 5e-3;
/// R of the grid, and largest L = εℓ: the tails beyond are summed.
const RADIUS: f64 = 5.0;
const MOMENTUM: f64 = 10.0;

/// The claim in its own setting.
pub fn own() -> Claim {
    in_own_setting(
        "P16.6",
        "‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS = C√N, C = π²/(2π)^{3/2}",
        Box::new(|lab| resolvent(lab, RESOLVENT_CONSTANT)),
    )
    .measuring(&["the Hilbert–Schmidt norm over C√N"])
    .control(
        "the symbol v²/2 for v²",
        Box::new(|lab| resolvent(lab, 2.0_f64.powf(0.75) * RESOLVENT_CONSTANT)),
    )
    .control(
        "(2π)^{1/2} for (2π)^{3/2}",
        Box::new(|lab| resolvent(lab, std::f64::consts::TAU * RESOLVENT_CONSTANT)),
    )
}

fn resolvent(laboratory: &Laboratory, constant: f64) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for &eps in rungs(laboratory.tier()).iter().take(3) {
        let grid = RadialGrid::new(RADIUS, (40.0 / eps) as usize + 40).map_err(refused)?;
        let (value, error) = weighted_resolvent(eps, &grid, (MOMENTUM / eps) as usize).map_err(refused)?;
        let ratio = Estimate::new(value, error).scaled(eps.powf(1.5) / constant);
        let (operator, quantity) = ("(1−ε²Δ)^(−1)(1+x²)^(−1)", "HS norm / (C√N)");
        found.rows.push(row_in::<estimators::radial::Problem>(operator, eps, 0.0, quantity, ratio));
        let name = format!("‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS / (C√N) at ε = {}", epsilon(eps));
        found.checks.push(Check::near(name, "resolvent", &ratio, 1.0, ACCURACY));
    }
    Ok(found)
}
