//! The hypotheses of the theorems, measured along the ladder.

mod commutator;
mod initial;

use estimators::{Estimate, Verdict, verdict};
use kernels::Measured;
use states::line::local_sup::ForceWindow;

pub use commutator::{CommutatorNorms, Exponent};

use super::{Laboratory, Plan};
use crate::facade::LaboratoryError;
use crate::record::{Hypothesis, HypothesisValue};
use crate::trial::Trial;

/// What a theorem may suppose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HypothesisKind {
    /// V ∈ W^{2,∞}.
    W2Infinity,
    /// V ∈ L¹ near 0, so that V∗ρ exists.
    LocallyIntegrable,
    /// ∫|V̂(p)|(1+|p|^power)dp < ∞.
    FourierWeight {
        /// The power.
        power: u32,
    },
    /// ‖W_N‖_{H^s_4} < C.
    WeightedSobolev {
        /// Number of derivatives.
        s: u32,
    },
    /// ‖W_N‖_{W^{1,1}} ≤ C.
    W11,
    /// tr|[x, ω_N]| ≤ CNε.
    PositionCommutator,
    /// tr|[ε∇, ω_N]| ≤ CNε.
    GradientCommutator,
    /// 0 ≤ ω_N ≤ 1.
    Pauli,
    /// tr(−ε²Δ)ω_N ≤ CN, from the matrix of ω_N; it equals N∬v²W_N.
    KineticEnergy,
    /// H_m = ∬|v|^m W_N < ∞. L19.T1 asks for H_2 and all H_m, m < m₀, for an m₀ > 6α/(2−α), which is at most 2 for α < 1/2; L19.T2
    /// for an m₀ > 3. H_4 < ∞ gives every m ≤ 4, since ∬W_N = 1: m = 2 and m = 4 serve both.
    VelocityMoment {
        /// The power.
        m: u32,
    },
    /// The local sup condition of L19.T1 and L19.T2 for |∇^l W_N|, at the R and T of [`LOCAL_SUP`]; how it is discretised is said in
    /// [`states::line::local_sup`].
    LocalSup {
        /// l ≤ 5.
        order: u32,
    },
    /// ‖ρ_{|[x,ω̃_t]|}‖_{L^p} ≤ CNε along Vlasov: (iv) of L19.T2.
    CommutatorDensity {
        /// p.
        p: Exponent,
    },
}

/// A norm that is infinite: the hypothesis does not hold.
const INFINITE: Estimate = Estimate { value: f64::INFINITY, error: f64::INFINITY };
/// The window of the local sup condition: the theorems' times end at T = 1, and P19.5 checks that ‖∇V∗ρ̃_t‖_∞ ≤ R on its trials.
pub const LOCAL_SUP: ForceWindow = ForceWindow { force: 2.0, time: Plan::FINAL_TIME };
/// Pauli's principle is seen to this accuracy.
const PAULI_TOLERANCE: f64 = 1e-6;

impl HypothesisKind {
    /// As it is written in the theorem.
    pub fn name(&self) -> String {
        match self {
            Self::W2Infinity => "‖V‖_{W^{2,∞}}".into(),
            Self::LocallyIntegrable => "∫_{|x|<1}|V|dx".into(),
            Self::FourierWeight { power } => format!("(2π)^(−1)∫|V̂(p)|(1+|p|^{power})dp"),
            Self::WeightedSobolev { s } => format!("‖W_N‖_{{H_4^{s}}}"),
            Self::W11 => "‖W_N‖_{W^{1,1}}".into(),
            Self::PositionCommutator => "tr|[x,ω_N]|/(Nε)".into(),
            Self::GradientCommutator => "tr|[ε∇,ω_N]|/(Nε)".into(),
            Self::Pauli => "distance of the spectrum of ω_N from [0,1]".into(),
            Self::KineticEnergy => "tr(−ε²Δ)ω_N/N".into(),
            Self::VelocityMoment { m } => format!("∬|v|^{m}W_N"),
            Self::LocalSup { order } => local_sup_name(*order),
            Self::CommutatorDensity { p } => {
                format!("sup_{{t∈{{0,½,1}}}} ‖ρ_{{|[x,ω̃_t]|}}‖_{{L^{}}}/(Nε)", p.name())
            }
        }
    }

    /// Measures it on a trial along the laboratory's ladder; what V does not enter is measured once for an initial state.
    pub fn measure(&self, trial: &Trial, laboratory: &Laboratory) -> Result<Hypothesis, LaboratoryError> {
        let epsilon = Plan::of(laboratory.tier()).epsilon;
        if let Self::CommutatorDensity { p } = self {
            return Ok(self.judged(trial, &laboratory.commutator_norms(trial)?.values(*p)));
        }
        if self.of_interaction() {
            return self.measure_at(trial, &epsilon);
        }
        let values = laboratory.of_initial(trial, self, || self.values(trial, &epsilon))?;
        Ok(Hypothesis { trial: trial.state.clone(), ..self.judged(trial, &values) })
    }

    /// Measures it on a trial at the given ε, coarse to fine.
    pub fn measure_at(&self, trial: &Trial, epsilon: &[f64]) -> Result<Hypothesis, LaboratoryError> {
        Ok(self.judged(trial, &self.values(trial, epsilon)?))
    }

    /// Whether it is about V alone.
    fn of_interaction(&self) -> bool {
        matches!(self, Self::W2Infinity | Self::LocallyIntegrable | Self::FourierWeight { .. })
    }

    fn values(&self, trial: &Trial, epsilon: &[f64]) -> Result<Values, LaboratoryError> {
        let interaction = &trial.problem.interaction;
        let w_n = trial.problem.initial.as_ref();
        Ok(match self {
            Self::W2Infinity => {
                let exact = |value: f64| Measured { value, error: f64::EPSILON * value };
                once(interaction.w2_infinity().map(exact))
            }
            Self::LocallyIntegrable => once(interaction.local_l1()),
            Self::FourierWeight { power } => once(weight(trial, *power)),
            Self::WeightedSobolev { s } => once(initial::weighted_sobolev(w_n, *s)?),
            Self::W11 => once(Some(initial::w11(w_n)?)),
            Self::PositionCommutator => initial::trace_norms(w_n, epsilon, |w| w.d_v(1))?,
            Self::GradientCommutator => initial::trace_norms(w_n, epsilon, |w| w.d_x(1))?,
            Self::Pauli => initial::pauli(w_n, epsilon)?,
            Self::KineticEnergy => initial::kinetic_energy(w_n, epsilon)?,
            Self::VelocityMoment { m } => once(Some(initial::velocity_moment(w_n, *m)?)),
            Self::LocalSup { order } => once(Some(initial::local_sup(w_n, *order, LOCAL_SUP)?)),
            // asks for a trajectory: [`Self::measure`] takes it from the laboratory
            Self::CommutatorDensity { .. } => vec![(None, Estimate::unknown())],
        })
    }

    fn judged(&self, trial: &Trial, values: &[(Option<f64>, Estimate)]) -> Hypothesis {
        let estimates: Vec<Estimate> = values.iter().map(|(_, e)| *e).collect();
        let verdict = match self {
            _ if estimates.iter().any(|e| e.value == f64::INFINITY) => Verdict::Violated,
            Self::Pauli => Verdict::all(estimates.iter().map(|e| verdict::vanishes(e, PAULI_TOLERANCE))),
            // an interaction may vanish: 0 is finite
            _ if self.of_interaction() && estimates.iter().all(|e| e.value == 0.0) => Verdict::Consistent,
            _ => verdict::bounded(&estimates),
        };
        let values = values
            .iter()
            .map(|(epsilon, e)| HypothesisValue { epsilon: *epsilon, value: e.value, error: e.error })
            .collect();
        Hypothesis { name: self.name(), trial: trial.name.clone(), values, verdict }
    }
}

/// Values with their ε, coarse to fine, or one without where the quantity does not depend on ε.
pub(super) type Values = Vec<(Option<f64>, Estimate)>;

/// S_l(R,T) with its R and T, and what it is on a grid.
pub fn local_sup_name(order: u32) -> String {
    let ForceWindow { force, time } = LOCAL_SUP;
    format!("S_{order}({force},{time}) of |∇^{order}W_N|, local supremum on a grid")
}

/// A quantity that does not depend on ε; none, or one that is not finite, is infinite.
fn once(measured: Option<Measured>) -> Values {
    match measured {
        Some(m) if m.value.is_finite() => vec![(None, Estimate::new(m.value, m.error))],
        _ => vec![(None, INFINITE)],
    }
}

fn weight(trial: &Trial, power: u32) -> Option<Measured> {
    let (low, high) =
        (trial.problem.interaction.fourier_moment(0)?, trial.problem.interaction.fourier_moment(power)?);
    Some(Measured { value: low.value + high.value, error: low.error + high.error })
}
