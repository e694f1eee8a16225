//! The hypotheses of the theorems: as they are written, and how their values are judged. What measures them is a geometry's own.

use estimators::{Estimate, Verdict, verdict};
use kernels::Measured;
use states::line::local_sup::ForceWindow;

use super::{Geometry, Laboratory, Plan, Values};
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

/// p, in the order in which the norms are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exponent {
    /// p = 1.
    One,
    /// p = 2.
    Two,
    /// p = 4.
    Four,
    /// p = ∞.
    Infinity,
}

impl Exponent {
    /// Every p.
    pub const ALL: [Self; 4] = [Self::One, Self::Two, Self::Four, Self::Infinity];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
            Self::Four => "4",
            Self::Infinity => "∞",
        }
    }
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
    pub fn measure<P: Geometry>(
        &self,
        trial: &Trial<P>,
        laboratory: &Laboratory,
    ) -> Result<Hypothesis, LaboratoryError> {
        if self.of_interaction() || matches!(self, Self::CommutatorDensity { .. }) {
            return Ok(self.judged(trial, &P::values(laboratory, trial, self)?));
        }
        let values = laboratory.of_initial(trial, self)?;
        Ok(Hypothesis { trial: trial.state.clone(), ..self.judged(trial, &values) })
    }

    /// Whether it is about V alone.
    fn of_interaction(&self) -> bool {
        matches!(self, Self::W2Infinity | Self::LocallyIntegrable | Self::FourierWeight { .. })
    }

    /// Bounded along the ladder or not, whatever measured it.
    pub(super) fn judged<P: Geometry>(
        &self,
        trial: &Trial<P>,
        values: &[(Option<f64>, Estimate)],
    ) -> Hypothesis {
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
        Hypothesis { name: P::name_of(self), trial: trial.name.clone(), values, verdict }
    }
}

/// S_l(R,T) with its R and T, and what it is on a grid.
pub fn local_sup_name(order: u32) -> String {
    let ForceWindow { force, time } = LOCAL_SUP;
    format!("S_{order}({force},{time}) of |∇^{order}W_N|, local supremum on a grid")
}

/// A quantity that does not depend on ε; none, or one that is not finite, is infinite.
pub(super) fn once(measured: Option<Measured>) -> Values {
    match measured {
        Some(m) if m.value.is_finite() => vec![(None, Estimate::new(m.value, m.error))],
        _ => vec![(None, INFINITE)],
    }
}
