//! A trial measured along a ladder: everything that any claim asks of a pair, with its budget.

use std::sync::atomic::{AtomicUsize, Ordering};

use estimators::line::{
    Distances, Knob, ObservableMap, Pair, Resolution, VlasovReference, distances, observable_map, pair,
    vlasov_reference,
};
use rayon::prelude::*;

use super::{Plan, row};
use crate::facade::LaboratoryError;
use crate::progress::Progress;
use crate::provenance::available_memory;
use crate::record::Row;
use crate::scenario::Quantity;
use crate::trial::Trial;

/// All measurements of one trial.
#[derive(Debug)]
pub struct Ladder {
    /// Name of the trial.
    pub trial: String,
    /// The resolution that the budget asked for.
    pub resolution: Resolution,
    /// One entry an ε, coarse to fine.
    pub rungs: Vec<Rung>,
    /// W_t and W̃_t at the coarsest ε, for the portraits.
    pub coarsest: Vec<Pair>,
}

/// One ε.
#[derive(Clone, Debug)]
pub struct Rung {
    /// ε.
    pub eps: f64,
    /// One entry a time.
    pub times: Vec<MeasuredPair>,
}

/// One ε and one time.
#[derive(Clone, Debug)]
pub struct MeasuredPair {
    /// t.
    pub time: f64,
    /// Trace, Hilbert–Schmidt, Wigner and density distances.
    pub distances: Distances,
    /// Observables over (p, q), where the plan asks for them.
    pub observables: Option<ObservableMap>,
}

impl Ladder {
    /// Measures every rung at a resolution that [`settle`] found.
    pub fn measure(
        trial: &Trial,
        plan: &Plan,
        resolution: Resolution,
        progress: &dyn Progress,
    ) -> Result<Self, LaboratoryError> {
        let reference = vlasov_reference(&trial.problem, resolution, &plan.times)?;
        Self::measure_beside(trial, plan, &reference, progress)
    }

    /// The same beside a Vlasov solution at the times of the plan.
    pub fn measure_beside(
        trial: &Trial,
        plan: &Plan,
        reference: &VlasovReference,
        progress: &dyn Progress,
    ) -> Result<Self, LaboratoryError> {
        progress.begin(&trial.name, plan.epsilon.iter().map(|&e| cost(plan, e)).sum());
        let measured = measure_rungs(trial, plan, reference, progress);
        progress.finish();
        let (rungs, coarsest) = measured?;
        Ok(Self { trial: trial.name.clone(), resolution: reference.resolution, rungs, coarsest })
    }
}

impl Ladder {
    /// The rows of a quantity, coarse to fine.
    pub fn rows(&self, quantity: Quantity) -> Vec<Row> {
        let mut rows = Vec::new();
        for rung in &self.rungs {
            for at in &rung.times {
                let d = &at.distances;
                let estimate = match quantity {
                    Quantity::Trace => d.trace,
                    Quantity::HilbertSchmidt => Some(d.hilbert_schmidt),
                    Quantity::WignerL1 => Some(d.wigner_l1),
                    Quantity::DensityL1 => Some(d.density_l1),
                    Quantity::Observables => at.observables.as_ref().map(|map| map.weighted_sup),
                };
                rows.extend(estimate.map(|e| row(&self.trial, rung.eps, at.time, quantity.name(), e)));
            }
        }
        rows
    }
}

/// Relative L² budget of each knob at the finest rung, where the difference is smallest.
const TARGET: f64 = 2e-3;
/// Where W and its Fourier transform are cut off at first, and how much further each refinement goes.
pub(super) const FIRST_TAIL: f64 = 1e-10;
const TAIL_STEP: f64 = 1e-2;
/// Refinements before the budget is accepted as it is (the rows then say what they are worth).
const MOST_REFINEMENTS: usize = 6;

/// Refines the resolution until every knob is within the target at the finest ε and all times.
pub fn settle(trial: &Trial, plan: &Plan, progress: &dyn Progress) -> Result<Resolution, LaboratoryError> {
    progress.message(&format!("{}: the resolution at ε = {}", trial.name, plan.finest()));
    let problem = &trial.problem;
    let mut tail = FIRST_TAIL;
    let mut resolution = Resolution::for_problem(problem, &plan.times, tail)?;
    for _ in 0..MOST_REFINEMENTS {
        check_memory(&resolution, plan)?;
        let reference = vlasov_reference(problem, resolution, &plan.times)?;
        let pairs = pair(problem, &reference, plan.finest())?;
        let loose = |knob: Knob| {
            let k = Knob::ALL.iter().position(|other| *other == knob).unwrap_or(0);
            pairs.iter().any(|p| p.relative_budget()[k] > TARGET)
        };
        let (step, grid) = (loose(Knob::Step), loose(Knob::Grid) || loose(Knob::Box));
        if !step && !grid {
            return Ok(resolution);
        }
        if step {
            resolution = resolution.refined(Knob::Step)?;
        }
        if grid {
            tail *= TAIL_STEP;
            let finer = Resolution::for_problem(problem, &plan.times, tail)?;
            resolution = Resolution { grid: finer.grid, ..resolution };
        }
    }
    check_memory(&resolution, plan)?;
    Ok(resolution)
}

fn check_memory(resolution: &Resolution, plan: &Plan) -> Result<(), LaboratoryError> {
    const GIB: f64 = (1u64 << 30) as f64;
    let allowed = available_memory().map_or(4.0, |bytes| bytes as f64 / GIB);
    let needed = resolution.memory_gib(plan.times.len()) * (plan.epsilon.len() + 2) as f64;
    if needed <= 0.8 * allowed {
        return Ok(());
    }
    let (n_x, n_v) = (resolution.grid.x.len(), resolution.grid.v.len());
    Err(estimators::line::SetUpError::TooLarge { n_x, n_v, needed, allowed }.into())
}

/// All rungs: first the trajectories, then the norms, both in parallel with results in the order of the ladder.
fn measure_rungs(
    trial: &Trial,
    plan: &Plan,
    reference: &VlasovReference,
    progress: &dyn Progress,
) -> Result<(Vec<Rung>, Vec<Pair>), LaboratoryError> {
    let mut pairs: Vec<Vec<Pair>> = plan
        .epsilon
        .par_iter()
        .map(|&eps| Ok(pair(&trial.problem, reference, eps)?))
        .collect::<Result<_, LaboratoryError>>()?;
    let jobs: Vec<&Pair> = pairs.iter().flatten().collect();
    let masked = trial.problem.alteration.masked;
    let next = AtomicUsize::new(0);
    // the costliest first, so that no thread is left with it at the end
    let mut queue: Vec<usize> = (0..jobs.len()).collect();
    queue.sort_by(|&a, &b| cost(plan, jobs[b].eps).total_cmp(&cost(plan, jobs[a].eps)));
    let mut measured: Vec<(usize, Result<MeasuredPair, LaboratoryError>)> = (0..rayon::current_num_threads())
        .into_par_iter()
        .with_max_len(1)
        .flat_map_iter(|_| {
            let mut done = Vec::new();
            while let Some(&job) = queue.get(next.fetch_add(1, Ordering::Relaxed)) {
                if progress.cancelled() {
                    break;
                }
                done.push((job, measure_pair(jobs[job], plan, masked)));
                progress.advance(cost(plan, jobs[job].eps) / plan.times.len() as f64);
            }
            done
        })
        .collect();
    measured.sort_by_key(|(job, _)| *job);
    let measured: Vec<(usize, MeasuredPair)> =
        measured.into_iter().map(|(job, m)| Ok((job, m?))).collect::<Result<_, LaboratoryError>>()?;
    let rungs = plan
        .epsilon
        .iter()
        .map(|&eps| Rung {
            eps,
            times: measured.iter().filter(|(job, _)| jobs[*job].eps == eps).map(|(_, m)| m.clone()).collect(),
        })
        .collect();
    let coarsest = if pairs.is_empty() { Vec::new() } else { pairs.swap_remove(0) };
    Ok((rungs, coarsest))
}

fn measure_pair(pair: &Pair, plan: &Plan, masked: bool) -> Result<MeasuredPair, LaboratoryError> {
    let measured = distances(pair, plan.with_trace(pair.eps), masked);
    Ok(MeasuredPair {
        time: pair.time,
        distances: measured.map_err(|source| LaboratoryError::Rung { eps: pair.eps, source })?,
        observables: plan.observables.then(|| observable_map(pair)),
    })
}

/// Work of a rung in arbitrary units: the band reduction costs O(ε⁻²), the rest the same at every ε.
fn cost(plan: &Plan, eps: f64) -> f64 {
    let trace = if plan.with_trace(eps) { (0.01 / eps).powi(2) } else { 0.0 };
    1.0 + trace
}
