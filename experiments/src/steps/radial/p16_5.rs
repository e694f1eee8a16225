//! P16.5 in R³. ‖ρ−ρ̃‖_{L¹} ≤ N^(−1) tr|ω−ω̃|.

use estimators::Estimate;

use super::own as in_own_setting;
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::radial::MeasuredPair;
use crate::laboratory::{Laboratory, row_in};
use crate::steps::chain::at_most_one;
use crate::trial::radial::{self, RadialTrial};

const RATIO: &str = "‖ρ−ρ̃‖_{L¹} / (N^(−1)tr|ω−ω̃|)";

/// The smooth repulsion and Coulomb's.
const TRIALS: [fn() -> Result<RadialTrial, LaboratoryError>; 2] =
    [radial::repulsive, || radial::power(1.0, 1.0)];

/// The claim in its own setting.
pub fn own() -> Claim {
    let names: Vec<String> = TRIALS.iter().filter_map(|make| make().ok()).map(|t| t.name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    in_own_setting("P16.5", "‖ρ−ρ̃‖_{L¹} ≤ N^(−1) tr|ω−ω̃|", Box::new(|lab| ratios(lab, &TRIALS, ratio)))
        .measuring(&[RATIO])
        .on(&names)
        .control(
            "a third of the right-hand side",
            Box::new(|lab| ratios(lab, &TRIALS[..1], |at| ratio(at).scaled(3.0))),
        )
        .control(
            "‖ω−ω̃‖²_HS in place of tr|ω−ω̃|",
            Box::new(|lab| {
                ratios(lab, &TRIALS[..1], |at| {
                    let d = &at.distances;
                    d.density_l1.over(&d.hilbert_schmidt).over(&d.hilbert_schmidt)
                })
            }),
        )
}

fn ratio(at: &MeasuredPair) -> Estimate {
    at.distances.density_l1.over(&at.distances.trace)
}

fn ratios(
    laboratory: &Laboratory,
    trials: &[fn() -> Result<RadialTrial, LaboratoryError>],
    ratio: fn(&MeasuredPair) -> Estimate,
) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in trials {
        let trial = make()?;
        let ladder = laboratory.ladder(&trial)?;
        let mut values = Vec::new();
        for (eps, at) in ladder.rungs.iter().flat_map(|rung| rung.times.iter().map(|at| (rung.eps, at))) {
            let value = ratio(at);
            found.rows.push(row_in::<estimators::radial::Problem>(&trial.name, eps, at.time, RATIO, value));
            values.push(value);
        }
        found.checks.push(at_most_one(&trial.name, RATIO, values));
    }
    Ok(found)
}
