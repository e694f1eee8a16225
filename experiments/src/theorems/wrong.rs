//! The printed formulas and the traps that must not pass: one thing wrong in the repulsive trial.

pub mod radial;

use estimators::Verdict;
use kernels::{InversePower, KernelError};
use vlasov::line::ForceSign;

use crate::claim::Findings;
use crate::facade::LaboratoryError;
use crate::laboratory::{HypothesisKind, Laboratory};
use crate::record::{Hypothesis, HypothesisValue};
use crate::scenario::Quantity;
use crate::theorem::{altered, control};
use crate::trial::{Trial, TrialMaker, power, repulsive};

/// Both talks print v·∇ₓW in Vlasov; it is 2v·∇ₓW.
pub fn speed_in_vlasov() -> Result<Trial, LaboratoryError> {
    speed_in_vlasov_of(repulsive)
}

/// The same mistake in both dynamics: only the second discretisations can see it.
pub fn speed_in_both() -> Result<Trial, LaboratoryError> {
    speed_in_both_of(repulsive)
}

/// The sign of the force as the 2019 talk prints it.
pub fn flipped_force() -> Result<Trial, LaboratoryError> {
    flipped_force_of(repulsive)
}

/// A Weyl matrix with the periodic images of the grid.
pub fn unmasked() -> Result<Trial, LaboratoryError> {
    altered(repulsive, "unmasked Weyl matrix", |a| a.masked = false)
}

/// v·∇ₓW in Vlasov, on any trial.
pub fn speed_in_vlasov_of(trial: TrialMaker) -> Result<Trial, LaboratoryError> {
    altered(trial, "v for 2v in Vlasov", |a| a.vlasov_speed = 1.0)
}

/// v·∇ₓW in both dynamics, on any trial.
pub fn speed_in_both_of(trial: TrialMaker) -> Result<Trial, LaboratoryError> {
    altered(trial, "v for 2v in both", |a| (a.vlasov_speed, a.hartree_speed) = (1.0, 1.0))
}

/// The force as the 2019 talk prints it, on any trial.
pub fn flipped_force_of(trial: TrialMaker) -> Result<Trial, LaboratoryError> {
    altered(trial, "flipped force in Vlasov", |a| a.vlasov_force = ForceSign::Flipped)
}

/// |x|^(−1) on the line is not locally integrable: it must be refused, with that reason. Were it accepted, its ladder would
/// be judged like any other.
pub fn coulomb_on_the_line(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let refusal = match InversePower::new(1.0, 1.0) {
        Err(refusal @ KernelError::NotIntegrable { .. }) => refusal,
        Err(other) => return Err(LaboratoryError::Refused(other.to_string())),
        Ok(_) => return control(laboratory, &power(1.0, 1.0)?, &[Quantity::Trace], 1.0),
    };
    let infinite = HypothesisValue { epsilon: None, value: f64::INFINITY, error: f64::INFINITY };
    let hypothesis = Hypothesis {
        name: HypothesisKind::LocallyIntegrable.name(),
        trial: format!("+|x|^(−1): {refusal}"),
        values: vec![infinite],
        verdict: Verdict::Violated,
    };
    Ok(Findings { hypotheses: vec![hypothesis], ..Findings::default() })
}
