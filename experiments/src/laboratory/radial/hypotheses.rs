//! What the hypotheses measure on rotation-invariant states.

use estimators::Estimate;
use kernels::{Convolution, Measured};
use states::radial::local_sup::local_sups_of_state;
use states::radial::weighted_sobolev;

use super::Ladder;
use crate::facade::LaboratoryError;
use crate::laboratory::hypotheses::once;
use crate::laboratory::{HypothesisKind, LOCAL_SUP, Laboratory, Values};
use crate::record::Hypothesis;
use crate::trial::radial::RadialTrial;

/// Nothing is known.
const UNKNOWN: Measured = Measured { value: 0.0, error: f64::INFINITY };

/// As it is written in the theorem, with its constants in R³.
pub fn name(kind: &HypothesisKind) -> String {
    match kind {
        HypothesisKind::FourierWeight { power } => format!("(2π)^(−3)∫|V̂(p)|(1+|p|^{power})dp"),
        HypothesisKind::LocalSup { order } => {
            let (force, time) = (LOCAL_SUP.force, LOCAL_SUP.time);
            format!("S_{order}({force},{time}) of |∇^{order}W_N|, a bound of it")
        }
        HypothesisKind::CommutatorDensity { p } => {
            format!("sup_t ‖ρ_{{|K|}}‖_{{L^{}}}/(Nε), |K|² = Σ_i|[x_i,ω̃_t]|²", p.name())
        }
        other => other.name(),
    }
}

/// Its values along the laboratory's ladder.
pub fn values(
    laboratory: &Laboratory,
    trial: &RadialTrial,
    kind: &HypothesisKind,
) -> Result<Values, LaboratoryError> {
    Ok(match kind {
        HypothesisKind::Pauli | HypothesisKind::KineticEnergy => {
            of_channels(kind, laboratory.ladder(trial)?.as_ref())
        }
        HypothesisKind::CommutatorDensity { p } => laboratory
            .radial_commutator_norms(trial)?
            .iter()
            .map(|norms| (Some(norms.eps), norms.suprema()[*p as usize]))
            .collect(),
        HypothesisKind::LocalSup { order } => once(laboratory.local_sups(trial)?[*order as usize]),
        _ => once(norm(trial, kind)),
    })
}

/// S_l, l = 0, …, 5, all that any theorem asks for.
pub fn local_sups(trial: &RadialTrial) -> Vec<Option<Measured>> {
    local_sups_of_state(trial.problem.initial.as_ref(), 5, LOCAL_SUP)
}

/// A hypothesis on a ladder that was measured for a user's scenario.
pub fn measure_on(kind: &HypothesisKind, trial: &RadialTrial, ladder: &Ladder) -> Hypothesis {
    match kind {
        HypothesisKind::Pauli | HypothesisKind::KineticEnergy => {
            kind.judged(trial, &of_channels(kind, ladder))
        }
        _ => kind.judged(trial, &once(norm(trial, kind))),
    }
}

/// A hypothesis that needs no operator.
pub fn known(kind: &HypothesisKind, trial: &RadialTrial) -> Hypothesis {
    kind.judged(trial, &once(norm(trial, kind)))
}

/// V ∈ W^{2,∞} for the theorems of 2016, V ∈ L¹ near 0 for those of 2019, of which the inverse powers are.
pub fn of_interaction(trial: &RadialTrial) -> HypothesisKind {
    match trial.problem.interaction.convolution() {
        Convolution::Power { .. } => HypothesisKind::LocallyIntegrable,
        _ => HypothesisKind::W2Infinity,
    }
}

/// What the channels of ω_N say at every rung.
fn of_channels(kind: &HypothesisKind, ladder: &Ladder) -> Values {
    let at = |initial: &estimators::radial::InitialChannels| match kind {
        HypothesisKind::Pauli => {
            let (low, high) = (initial.lowest, initial.highest);
            Estimate::new((-low.value).max(high.value - 1.0).max(0.0), low.error.max(high.error))
        }
        _ => initial.kinetic_energy,
    };
    ladder.rungs.iter().map(|rung| (Some(rung.eps), at(&rung.initial))).collect()
}

/// What does not depend on ε; `None` where it is infinite, an infinite error where nothing is known.
fn norm(trial: &RadialTrial, kind: &HypothesisKind) -> Option<Measured> {
    use HypothesisKind as H;
    let interaction = trial.problem.interaction.as_ref();
    let w_n = trial.problem.initial.as_ref();
    match kind {
        H::W2Infinity => {
            interaction.w2_infinity().map(|value| Measured { value, error: f64::EPSILON * value })
        }
        H::LocallyIntegrable => interaction.local_l1_in_space(),
        H::FourierWeight { power } => {
            let (low, high) =
                (interaction.fourier_moment_in_space(0)?, interaction.fourier_moment_in_space(*power)?);
            Some(Measured { value: low.value + high.value, error: low.error + high.error })
        }
        H::WeightedSobolev { s } => weighted_sobolev(w_n, *s),
        H::VelocityMoment { m } => w_n.velocity_moment(*m),
        H::LocalSup { order } => local_sups_of_state(w_n, *order, LOCAL_SUP)[*order as usize],
        // asked for by no theorem here, or measured from the channels
        H::W11
        | H::PositionCommutator
        | H::GradientCommutator
        | H::Pauli
        | H::KineticEnergy
        | H::CommutatorDensity { .. } => Some(UNKNOWN),
    }
}
