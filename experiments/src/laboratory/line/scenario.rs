//! A user's scenario on the line.

use estimators::line::{Resolution, SetUpError, VlasovReference, vlasov_reference};
use kernels::Convolution;
use states::StateError;
use transforms::TransformError;

use super::hypotheses::measure_at;
use super::ladder::FIRST_TAIL;
use super::{Ladder, Plan, settle};
use crate::facade::LaboratoryError;
use crate::laboratory::HypothesisKind;
use crate::laboratory::scenario::{ScenarioRung, climb, joined};
use crate::outlook::{Outlook, rungs as rungs_of};
use crate::progress::Progress;
use crate::record::{Hypothesis, Row};
use crate::scenario::{Quantity, Scenario};
use crate::store::Store;
use crate::trial::Trial;

/// Its rows, and what it satisfies of the theorems' hypotheses. The resolution and Vlasov's solution, which all rungs share, wait for the first that is
/// not in the store.
pub fn measure(
    trial: &Trial,
    scenario: &Scenario,
    store: &Store,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let mut shared = None;
    let rungs = climb(scenario, store, progress, |place| {
        let reference = match &mut shared {
            Some(reference) => reference,
            none => none.insert(reference(trial, scenario, &plan(scenario, &scenario.epsilon), progress)?),
        };
        let rung = measure_rung(trial, scenario, scenario.epsilon[place], reference, progress)?;
        // those of one state along the ladder stand with its first rung
        let hypotheses = if place == 0 { hypotheses(trial, &scenario.epsilon)? } else { Vec::new() };
        Ok(ScenarioRung { hypotheses, ..rung })
    })?;
    Ok(joined(scenario, rungs))
}

/// The same with a trial for each ε.
pub fn measure_at_each(
    trials: &[Trial],
    scenario: &Scenario,
    store: &Store,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let rungs = climb(scenario, store, progress, |place| {
        let (trial, eps) = (&trials[place], scenario.epsilon[place]);
        let reference = reference(trial, scenario, &plan(scenario, &[eps]), progress)?;
        let rung = measure_rung(trial, scenario, eps, &reference, progress)?;
        Ok(ScenarioRung { hypotheses: hypotheses(trial, &[eps])?, ..rung })
    })?;
    Ok(joined(scenario, rungs))
}

fn plan(scenario: &Scenario, epsilon: &[f64]) -> Plan {
    let finest = scenario.epsilon.last().copied().unwrap_or(1.0);
    let with_trace = scenario.quantities.contains(&Quantity::Trace);
    Plan {
        epsilon: epsilon.to_vec(),
        trace_down_to: if with_trace { finest } else { f64::INFINITY },
        times: scenario.times.clone(),
        observables: scenario.quantities.contains(&Quantity::Observables),
    }
}

fn reference(
    trial: &Trial,
    scenario: &Scenario,
    plan: &Plan,
    progress: &dyn Progress,
) -> Result<VlasovReference, LaboratoryError> {
    let settled = settle(trial, plan, progress)
        .and_then(|resolution| Ok(vlasov_reference(&trial.problem, resolution, &plan.times)?));
    settled.map_err(|error| at_its_place(scenario, error))
}

fn measure_rung(
    trial: &Trial,
    scenario: &Scenario,
    eps: f64,
    reference: &VlasovReference,
    progress: &dyn Progress,
) -> Result<ScenarioRung, LaboratoryError> {
    let ladder = Ladder::measure_beside(trial, &plan(scenario, &[eps]), reference, progress)
        .map_err(|error| at_its_place(scenario, error))?;
    let rows = scenario.quantities.iter().flat_map(|&q| ladder.rows(q)).collect();
    Ok(ScenarioRung { rows, ..ScenarioRung::default() })
}

/// What the theorems suppose, as far as a scenario measures it.
fn hypotheses(trial: &Trial, epsilon: &[f64]) -> Result<Vec<Hypothesis>, LaboratoryError> {
    // |x|^(−α) belongs to the theorems of 2019, every other V to those of 2016
    let of_interaction = match trial.problem.interaction.convolution() {
        Convolution::Power { .. } => HypothesisKind::LocallyIntegrable,
        _ => HypothesisKind::W2Infinity,
    };
    [HypothesisKind::Pauli, of_interaction].iter().map(|kind| measure_at(kind, trial, epsilon)).collect()
}

/// Seconds of one stage of a splitting at one point of the grid, and of one trace norm at ε = 1/256, on one core.
const STAGE: f64 = 4e-8;
const TRACE: f64 = 3.0;
/// Stages in a step of order 6.
const STAGES: f64 = 20.0;

/// What is known of a ladder before it is measured: hypotheses of the trial at the coarsest ε, work of that at the finest.
pub fn outlook(
    [at_coarsest, at_finest]: [&Trial; 2],
    scenario: &Scenario,
) -> Result<Outlook, LaboratoryError> {
    let problem = &at_finest.problem;
    let resolution = Resolution::for_problem(problem, &scenario.times, FIRST_TAIL)
        .map_err(|error| at_its_place(scenario, error.into()))?;
    let (rungs, times) = (scenario.epsilon.len() as f64, &scenario.times);
    let steps = resolution.steps(times.last().copied().unwrap_or(1.0)) as f64;
    // once to settle, once to measure; each with three variants
    let pairs = 4.0 * (rungs + 4.0);
    let evolution = pairs * steps * STAGES * resolution.grid.len() as f64 * STAGE;
    let with_trace = scenario.quantities.contains(&Quantity::Trace);
    let of_rung = |eps: &f64| TRACE * (1.0 / (256.0 * eps)).powi(2);
    let traces =
        if with_trace { times.len() as f64 * scenario.epsilon.iter().map(of_rung).sum::<f64>() } else { 0.0 };
    let power = matches!(problem.interaction.convolution(), Convolution::Power { .. });
    let of_interaction: &[HypothesisKind] = if power {
        &[HypothesisKind::LocallyIntegrable]
    } else {
        &[HypothesisKind::W2Infinity, HypothesisKind::FourierWeight { power: 2 }]
    };
    let of_state = [HypothesisKind::WeightedSobolev { s: 2 }, HypothesisKind::Pauli];
    let coarsest = &scenario.epsilon[..1];
    let kinds = of_interaction.iter().chain(&of_state);
    let (n_x, n_v) = (resolution.grid.x.len(), resolution.grid.v.len());
    Ok(Outlook {
        scenario: scenario.name.clone(),
        dimension: 1,
        rungs: rungs_of(1, &scenario.epsilon),
        hypotheses: kinds.map(|kind| measure_at(kind, at_coarsest, coarsest)).collect::<Result<_, _>>()?,
        discretisation: format!("a first grid of {n_x} × {n_v} points, {steps} steps"),
        memory_gib: Some(resolution.memory_gib(times.len()) * (rungs + 2.0)),
        seconds: Some(0.5 * (evolution + traces)),
    })
}

/// What does not fit, said at the place of the file that asks for it.
fn at_its_place(scenario: &Scenario, error: LaboratoryError) -> LaboratoryError {
    use SetUpError as E;
    const GIB: f64 = (1u64 << 30) as f64;
    match &error {
        LaboratoryError::SetUp(E::TooLarge { needed, allowed, .. }) => {
            scenario.grid_too_large(*needed, *allowed).into()
        }
        LaboratoryError::SetUp(E::State(StateError::GridTooLarge { n_x, n_v, most })) => {
            scenario.grid_too_fine(*n_x, *n_v, *most).into()
        }
        LaboratoryError::Rung { eps, source: E::Transform(TransformError::Memory { bytes, limit, .. }) } => {
            let rung = scenario.epsilon.iter().position(|e| e == eps).unwrap_or(0);
            scenario.matrix_too_large(rung, *bytes as f64 / GIB, *limit as f64 / GIB).into()
        }
        _ => error,
    }
}
