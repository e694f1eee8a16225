//! The hypotheses of the theorems, measured along the ladder.

use estimators::line::trace_norm;
use estimators::{Estimate, Verdict, verdict};
use kernels::Measured;
use phase_space::Scaling;
use phase_space::line::WignerFunction;
use states::line::weighted_sobolev::{L1Norms, sobolev_norms};
use transforms::weyl::line::weyl_band;

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
}

/// A norm that is infinite: the hypothesis does not hold.
const INFINITE: Estimate = Estimate { value: f64::INFINITY, error: f64::INFINITY };
/// The weight (1+x²+v²)^a of the talks' Sobolev norms has a = 4.
const WEIGHT: i32 = 4;
/// Smallest ε at which spectra of the initial state are computed for a hypothesis.
const SPECTRA_DOWN_TO: f64 = 1.0 / 128.0;
/// The same for 0 ≤ ω ≤ 1, whose matrices are built to 1e-10.
const PAULI_DOWN_TO: f64 = 1.0 / 32.0;
const PAULI_ACCURACY: f64 = 1e-10;
/// Where W_N is cut off.
const TAIL: f64 = 1e-14;
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
        }
    }

    /// Measures it on a trial along the laboratory's ladder.
    pub fn measure(&self, trial: &Trial, laboratory: &Laboratory) -> Result<Hypothesis, LaboratoryError> {
        self.measure_at(trial, &Plan::of(laboratory.tier()).epsilon)
    }

    /// Measures it on a trial at the given ε, coarse to fine.
    pub fn measure_at(&self, trial: &Trial, epsilon: &[f64]) -> Result<Hypothesis, LaboratoryError> {
        let problem = &trial.problem;
        let once = |m: Option<Measured>| match m {
            Some(m) if m.value.is_finite() => vec![(None, Estimate::new(m.value, m.error))],
            _ => vec![(None, INFINITE)],
        };
        let values = match self {
            Self::W2Infinity => {
                let exact = |value: f64| Measured { value, error: f64::EPSILON * value };
                once(problem.interaction.w2_infinity().map(exact))
            }
            Self::LocallyIntegrable => once(problem.interaction.local_l1()),
            Self::FourierWeight { power } => once(weight(trial, *power)),
            Self::WeightedSobolev { s } => {
                let norms = sobolev_norms(problem.initial.as_ref(), *s, WEIGHT).map_err(refused)?;
                once(norms.last().copied())
            }
            Self::W11 => once(Some(L1Norms::of_state(problem.initial.as_ref()).map_err(refused)?.w11())),
            Self::PositionCommutator => along_ladder(trial, epsilon, |w| w.d_v(1))?,
            Self::GradientCommutator => along_ladder(trial, epsilon, |w| w.d_x(1))?,
            Self::Pauli => pauli(trial, epsilon)?,
        };
        let estimates: Vec<Estimate> = values.iter().map(|(_, e)| *e).collect();
        let of_interaction =
            matches!(self, Self::W2Infinity | Self::LocallyIntegrable | Self::FourierWeight { .. });
        let verdict = match self {
            _ if estimates.iter().any(|e| e.value == f64::INFINITY) => Verdict::Violated,
            Self::Pauli => Verdict::all(estimates.iter().map(|e| verdict::vanishes(e, PAULI_TOLERANCE))),
            // an interaction may vanish: 0 is finite
            _ if of_interaction && estimates.iter().all(|e| e.value == 0.0) => Verdict::Consistent,
            _ => verdict::bounded(&estimates),
        };
        let values = values
            .into_iter()
            .map(|(epsilon, e)| HypothesisValue { epsilon, value: e.value, error: e.error })
            .collect();
        Ok(Hypothesis { name: self.name(), trial: trial.name.clone(), values, verdict })
    }
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

fn weight(trial: &Trial, power: u32) -> Option<Measured> {
    let (low, high) =
        (trial.problem.interaction.fourier_moment(0)?, trial.problem.interaction.fourier_moment(power)?);
    Some(Measured { value: low.value + high.value, error: low.error + high.error })
}

/// W_N on a grid of its own, cut off where it is below round-off.
fn initial(trial: &Trial) -> Result<WignerFunction, LaboratoryError> {
    let grid = states::line::static_grid(trial.problem.initial.as_ref(), TAIL).map_err(refused)?;
    Ok(trial.problem.initial_on(&grid)?)
}

/// tr|Op(S)|/N of a symbol of the initial state: [x,ω]/ε and [ε∇,ω]/ε have the symbols i∂ᵥW and ∂ₓW.
fn along_ladder(
    trial: &Trial,
    epsilon: &[f64],
    symbol: fn(&WignerFunction) -> WignerFunction,
) -> Result<Vec<(Option<f64>, Estimate)>, LaboratoryError> {
    let s = symbol(&initial(trial)?);
    epsilon
        .iter()
        .filter(|&&eps| eps >= SPECTRA_DOWN_TO)
        .map(|&eps| Ok((Some(eps), trace_norm(&s, eps, 0.0, true)?)))
        .collect()
}

/// max(0, −λ_min, λ_max − 1) of ω_N.
fn pauli(trial: &Trial, epsilon: &[f64]) -> Result<Vec<(Option<f64>, Estimate)>, LaboratoryError> {
    let w = initial(trial)?;
    // the coarsest ε always, the finer ones as far as the matrices stay small
    let affordable = |(rung, eps): &(usize, &f64)| *rung == 0 || **eps >= PAULI_DOWN_TO;
    epsilon
        .iter()
        .enumerate()
        .filter(affordable)
        .map(|(_, eps)| eps)
        .map(|&eps| {
            let scaling = Scaling::line(eps).map_err(refused)?;
            let band = weyl_band(&w, &scaling, PAULI_ACCURACY).map_err(refused)?;
            let (low, high) = band.matrix.spectrum_extent().map_err(refused)?;
            let n = scaling.n();
            let distance = (-n * low).max(n * high - 1.0).max(0.0);
            Ok((Some(eps), Estimate::new(distance, n * band.left_out)))
        })
        .collect()
}
