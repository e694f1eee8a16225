//! Hypothesis (iv) of L19.T2: ‖ρ_{|[x,ω̃_t]|}‖_{L^p} ≤ CNε along Vlasov, p = 1, 2, 4, ∞.

use estimators::Estimate;
use estimators::line::{commutator_density, vlasov_reference};
use phase_space::line::WignerFunction;
use rayon::prelude::*;

use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Exponent, Laboratory, Plan, Values};
use crate::trial::Trial;

/// t at which the density is measured.
const TIMES: [f64; 3] = [0.0, 0.5, Plan::FINAL_TIME];

/// ‖ρ_{|[x,ω̃_t]|}‖_{L^p}/(Nε), the largest over t = 0, ½, 1, for every p.
#[derive(Debug)]
pub struct CommutatorNorms {
    /// ε, coarse to fine.
    epsilon: Vec<f64>,
    /// `[rung][p]`.
    suprema: Vec<[Estimate; 4]>,
}

impl CommutatorNorms {
    /// Measures them on the trial's own resolution. What its coarser variants change at the coarsest ε and the last time is
    /// added, relatively, to every error.
    pub fn measure(laboratory: &Laboratory, trial: &Trial) -> Result<Self, LaboratoryError> {
        let last = if laboratory.tier() == Tier::Quick { 4 } else { 5 };
        let epsilon: Vec<f64> = (3..=last).map(|k| 0.5_f64.powi(k)).collect();
        let reference = vlasov_reference(&trial.problem, laboratory.resolution(trial)?, &TIMES[1..])?;
        let initial = trial.problem.initial_on(&reference.resolution.grid)?;
        let states: Vec<&WignerFunction> = std::iter::once(&initial).chain(&reference.trajectory).collect();
        let jobs: Vec<(f64, &WignerFunction)> =
            epsilon.iter().flat_map(|&eps| states.iter().map(move |w| (eps, *w))).collect();
        let all: Vec<[Estimate; 4]> =
            jobs.par_iter().map(|(eps, w)| norms(w, *eps)).collect::<Result<_, _>>()?;
        let last = &all[states.len() - 1];
        let mut relative = [0.0; 4];
        for varied in reference.variants.iter().filter_map(|variant| variant.last()) {
            let varied = norms(varied, epsilon[0])?;
            for p in 0..4 {
                relative[p] += (varied[p].value / last[p].value - 1.0).abs();
            }
        }
        let supremum = |norms: &[[Estimate; 4]]| {
            std::array::from_fn(|p| {
                let worst = Estimate::worst(norms.iter().map(|n| n[p]));
                Estimate::new(worst.value, worst.error + relative[p] * worst.value)
            })
        };
        let suprema = all.chunks(states.len()).map(supremum).collect();
        Ok(Self { epsilon, suprema })
    }

    /// The values of one p along the ladder.
    pub(super) fn values(&self, p: Exponent) -> Values {
        let at = |(eps, norms): (&f64, &[Estimate; 4])| (Some(*eps), norms[p as usize]);
        self.epsilon.iter().zip(&self.suprema).map(at).collect()
    }
}

fn norms(w: &WignerFunction, eps: f64) -> Result<[Estimate; 4], LaboratoryError> {
    Ok(commutator_density(w, eps)?.norms().map(|(_, norm)| norm))
}
