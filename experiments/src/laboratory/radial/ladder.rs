//! A trial measured along a ladder, rung after rung: each keeps every thread busy by itself.

use std::time::Instant;

use estimators::Estimate;
use estimators::radial::{
    At, Densities, Distances, InitialChannels, Portrait, Problem, Reference, Source, densities, measure,
    portrait, settle, weighted_observables, wigner_l1,
};

use super::Plan;
use crate::facade::LaboratoryError;
use crate::laboratory::row_in;
use crate::progress::Progress;
use crate::record::Row;
use crate::scenario::Quantity;
use crate::trial::radial::RadialTrial;

/// All measurements of one trial.
#[derive(Debug)]
pub struct Ladder {
    /// Name of the trial.
    pub trial: String,
    /// One entry an ε, coarse to fine.
    pub rungs: Vec<Rung>,
    /// What the figures show, where the plan asks for it.
    pub shown: Option<Shown>,
}

/// One ε.
#[derive(Clone, Debug)]
pub struct Rung {
    /// ε.
    pub eps: f64,
    /// What the channels of ω_N say.
    pub initial: InitialChannels,
    /// One entry a time.
    pub times: Vec<MeasuredPair>,
    /// Wall-clock seconds of the rung, Vlasov's solution not counted.
    pub seconds: f64,
}

/// One ε and one time.
#[derive(Clone, Debug)]
pub struct MeasuredPair {
    /// t.
    pub time: f64,
    /// Trace, Hilbert–Schmidt and density distances.
    pub distances: Distances,
    /// Where their errors come from.
    pub budget: Vec<Source>,
    /// ‖W_t−W̃_t‖_{L¹}, where the plan asks for it.
    pub wigner_l1: Option<Estimate>,
    /// sup (1+|p|+|q|)^(−2)|tr e^{ip·x+εq·∇}(ω_t−ω̃_t)|/N on a lattice, where the plan asks for it.
    pub observables: Option<Estimate>,
}

/// ω_t beside ω̃_t at one ε and the last time.
#[derive(Clone, Debug)]
pub struct Shown {
    /// ε.
    pub eps: f64,
    /// t.
    pub time: f64,
    /// ρ_t and ρ̃_t.
    pub densities: Densities,
    /// (r, v_r) at one |x×v|.
    pub portrait: Portrait,
}

/// Vlasov's solution for every rung of a ladder.
pub fn solution(
    trial: &RadialTrial,
    plan: &Plan,
    progress: &dyn Progress,
) -> Result<Reference, LaboratoryError> {
    progress.message(&format!("{}: Vlasov's solution", trial.name));
    Ok(settle(&trial.problem, &plan.times, &plan.resolution())?)
}

/// |x×v| of the portrait.
const PORTRAIT_MOMENTUM: f64 = 1.0;

impl Ladder {
    /// Measures every rung; those that were finished, if the user asks to stop.
    pub fn measure(
        trial: &RadialTrial,
        plan: &Plan,
        reference: &Reference,
        progress: &dyn Progress,
    ) -> Result<Self, LaboratoryError> {
        progress.begin(&trial.name, plan.epsilon.iter().map(|&eps| cost(eps)).sum());
        let mut ladder = Self { trial: trial.name.clone(), rungs: Vec::new(), shown: None };
        let measured = ladder.climb(trial, plan, reference, progress);
        progress.finish();
        measured.map(|()| ladder)
    }

    fn climb(
        &mut self,
        trial: &RadialTrial,
        plan: &Plan,
        reference: &Reference,
        progress: &dyn Progress,
    ) -> Result<(), LaboratoryError> {
        for &eps in &plan.epsilon {
            if progress.cancelled() {
                break;
            }
            let at_rung = |source| LaboratoryError::ChannelRung { eps, source };
            let begun = Instant::now();
            let measured = measure(&trial.problem, reference, eps).map_err(at_rung)?;
            let seconds = begun.elapsed().as_secs_f64();
            if let Some(last) = measured.times.last().filter(|_| plan.shown == Some(eps)) {
                self.shown = Some(shown(reference, eps, last));
            }
            // the operators of a rung are large: only numbers stay
            let times = measured.times.into_iter().map(|at| measured_pair(reference, at, plan)).collect();
            self.rungs.push(Rung { eps, initial: measured.initial, times, seconds });
            progress.advance(cost(eps));
        }
        Ok(())
    }

    /// The rows of a quantity, coarse to fine; none of what the plan does not ask for.
    pub fn rows(&self, quantity: Quantity) -> Vec<Row> {
        let estimate = |at: &MeasuredPair| match quantity {
            Quantity::Trace => Some(at.distances.trace),
            Quantity::HilbertSchmidt => Some(at.distances.hilbert_schmidt),
            Quantity::DensityL1 => Some(at.distances.density_l1),
            Quantity::WignerL1 => at.wigner_l1,
            Quantity::Observables => at.observables,
        };
        let pairs = self.rungs.iter().flat_map(|rung| rung.times.iter().map(move |at| (rung.eps, at)));
        pairs
            .filter_map(|(eps, at)| {
                let estimate = estimate(at)?;
                Some(row_in::<Problem>(&self.trial, eps, at.time, quantity.name(), estimate))
            })
            .collect()
    }
}

fn measured_pair(reference: &Reference, at: At, plan: &Plan) -> MeasuredPair {
    let asked = |quantity| plan.quantities.contains(&quantity);
    let (pair, distances) = (&at.pair, at.distances);
    MeasuredPair {
        time: at.time,
        wigner_l1: asked(Quantity::WignerL1)
            .then(|| wigner_l1(reference, pair, distances.hilbert_schmidt.error)),
        observables: asked(Quantity::Observables)
            .then(|| weighted_observables(reference, pair, distances.trace.error)),
        distances,
        budget: at.budget,
    }
}

fn shown(reference: &Reference, eps: f64, at: &At) -> Shown {
    let portrait = portrait(reference, at, PORTRAIT_MOMENTUM);
    Shown { eps, time: at.time, densities: densities(at), portrait }
}

/// Work of a rung in arbitrary units, for the time left: about ε^(−3), and as much again at every ε.
fn cost(eps: f64) -> f64 {
    10.0 + eps.powi(-3)
}
