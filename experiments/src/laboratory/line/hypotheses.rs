//! What the hypotheses measure on the line.

use estimators::Estimate;
use kernels::Measured;

use super::initial;
use crate::facade::LaboratoryError;
use crate::laboratory::hypotheses::once;
use crate::laboratory::{HypothesisKind, LOCAL_SUP, Values};
use crate::record::Hypothesis;
use crate::trial::Trial;

/// A hypothesis on a trial at the given ε, coarse to fine.
pub fn measure_at(
    kind: &HypothesisKind,
    trial: &Trial,
    epsilon: &[f64],
) -> Result<Hypothesis, LaboratoryError> {
    Ok(kind.judged(trial, &values(kind, trial, epsilon)?))
}

/// Its values.
pub fn values(kind: &HypothesisKind, trial: &Trial, epsilon: &[f64]) -> Result<Values, LaboratoryError> {
    use HypothesisKind as H;
    let interaction = &trial.problem.interaction;
    let w_n = trial.problem.initial.as_ref();
    Ok(match kind {
        H::W2Infinity => {
            let exact = |value: f64| Measured { value, error: f64::EPSILON * value };
            once(interaction.w2_infinity().map(exact))
        }
        H::LocallyIntegrable => once(interaction.local_l1()),
        H::FourierWeight { power } => once(weight(trial, *power)),
        H::WeightedSobolev { s } => once(initial::weighted_sobolev(w_n, *s)?),
        H::W11 => once(Some(initial::w11(w_n)?)),
        H::PositionCommutator => initial::trace_norms(w_n, epsilon, |w| w.d_v(1))?,
        H::GradientCommutator => initial::trace_norms(w_n, epsilon, |w| w.d_x(1))?,
        H::Pauli => initial::pauli(w_n, epsilon)?,
        H::KineticEnergy => initial::kinetic_energy(w_n, epsilon)?,
        H::VelocityMoment { m } => once(Some(initial::velocity_moment(w_n, *m)?)),
        H::LocalSup { order } => once(Some(initial::local_sup(w_n, *order, LOCAL_SUP)?)),
        // asks for a trajectory, which the laboratory has
        H::CommutatorDensity { .. } => vec![(None, Estimate::unknown())],
    })
}

fn weight(trial: &Trial, power: u32) -> Option<Measured> {
    let (low, high) =
        (trial.problem.interaction.fourier_moment(0)?, trial.problem.interaction.fourier_moment(power)?);
    Some(Measured { value: low.value + high.value, error: low.error + high.error })
}
