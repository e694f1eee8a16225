//! S.3. tr|[x, ω_N]| ≲ Nε, here for mixed states.

use estimators::Estimate;
use estimators::line::trace_norm;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};

use super::chain::stays_bounded;
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::{HypothesisKind, Laboratory, row};
use crate::trial;

const CONSTANT: &str = "tr|[x,ω_N]|/(Nε)";

/// The claim.
pub fn claim() -> Claim {
    Claim::step("S.3", "tr|[x,ω_N]| ≲ Nε (mixed states)", Box::new(measure))
        .measuring(&[CONSTANT])
        .on(&["gaussian(+1)/two-bumps", "gaussian(+1)/fermi-dirac(1)"])
        .control("a state that oscillates in v on the scale ε", Box::new(oscillating))
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in [trial::repulsive as fn() -> _, trial::fermi_dirac] {
        let trial: crate::trial::Trial = make()?;
        let hypothesis = HypothesisKind::PositionCommutator.measure(&trial, laboratory)?;
        let ladder: Vec<(f64, Estimate)> = hypothesis
            .values
            .iter()
            .filter_map(|v| v.epsilon.map(|eps| (eps, Estimate::new(v.value, v.error))))
            .collect();
        found = found.merged(bounded_along(&trial.name, &ladder));
    }
    Ok(found)
}

fn bounded_along(trial: &str, ladder: &[(f64, Estimate)]) -> Findings {
    let values: Vec<Estimate> = ladder.iter().map(|(_, e)| *e).collect();
    let check = stays_bounded(trial, CONSTANT, &values);
    let rows = ladder.iter().map(|(eps, e)| row(trial, *eps, 0.0, CONSTANT, *e)).collect();
    Findings { rows, checks: vec![check], ..Findings::default() }
}

/// W ∝ (1 + cos(v/ε)) e^{−(x²+v²)/2}: a superposition of packets at distance O(1), for which tr|[x,ω]| ~ N.
fn oscillating(_: &Laboratory) -> Result<Findings, LaboratoryError> {
    let refused = |e: &dyn std::fmt::Display| LaboratoryError::Refused(e.to_string());
    let axis = |points| Axis::new(0.0, 18.0, points).map_err(|e| refused(&e));
    let grid = PhaseGrid::new(axis(128)?, axis(512)?);
    let ladder: Vec<(f64, Estimate)> = (2..=5)
        .map(|k| {
            let eps = 0.5_f64.powi(k);
            let w = |x: f64, v: f64| (1.0 + (v / eps).cos()) * (-0.5 * (x * x + v * v)).exp();
            let w = WignerFunction::sample(&grid, w).map_err(|e| refused(&e))?;
            Ok((eps, trace_norm(&w.d_v(1), eps, 0.0, true)?))
        })
        .collect::<Result<_, LaboratoryError>>()?;
    Ok(bounded_along("oscillating state", &ladder))
}
