//! A user's scenario on the line.

use estimators::Verdict;
use estimators::line::SetUpError;
use kernels::Convolution;
use states::StateError;
use transforms::TransformError;

use super::hypotheses::measure_at;
use super::{Ladder, Plan, settle};
use crate::facade::LaboratoryError;
use crate::laboratory::HypothesisKind;
use crate::progress::Progress;
use crate::record::{Hypothesis, Row};
use crate::scenario::{Quantity, Scenario};
use crate::trial::Trial;

/// Its rows, and what it satisfies of the theorems' hypotheses.
pub fn measure(
    trial: &Trial,
    scenario: &Scenario,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    measure_rungs(trial, scenario, &scenario.epsilon, progress)
}

/// The same with a trial for each ε.
pub fn measure_at_each(
    trials: &[Trial],
    scenario: &Scenario,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let (mut rows, mut hypotheses) = (Vec::new(), Vec::<Hypothesis>::new());
    for (trial, eps) in trials.iter().zip(&scenario.epsilon) {
        let (more, measured) = measure_rungs(trial, scenario, &[*eps], progress)?;
        rows.extend(more);
        for hypothesis in measured {
            let Some(known) = hypotheses.iter_mut().find(|h| h.name == hypothesis.name) else {
                hypotheses.push(hypothesis);
                continue;
            };
            let new = hypothesis.values.into_iter().filter(|value| value.epsilon.is_some());
            known.values.extend(new);
            known.verdict = Verdict::all([known.verdict, hypothesis.verdict]);
        }
    }
    let place = |row: &Row| scenario.quantities.iter().position(|q| q.name() == row.quantity);
    rows.sort_by_key(place);
    Ok((rows, hypotheses))
}

fn measure_rungs(
    trial: &Trial,
    scenario: &Scenario,
    epsilon: &[f64],
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let finest = epsilon.last().copied().unwrap_or(1.0);
    let with_trace = scenario.quantities.contains(&Quantity::Trace);
    let plan = Plan {
        epsilon: epsilon.to_vec(),
        trace_down_to: if with_trace { finest } else { f64::INFINITY },
        times: scenario.times.clone(),
        observables: scenario.quantities.contains(&Quantity::Observables),
    };
    let ladder = settle(trial, &plan, progress)
        .and_then(|resolution| Ladder::measure(trial, &plan, resolution, progress))
        .map_err(|error| at_its_place(scenario, error))?;
    let rows: Vec<_> = scenario.quantities.iter().flat_map(|&q| ladder.rows(q)).collect();
    // |x|^(−α) belongs to the theorems of 2019, every other V to those of 2016
    let of_interaction = match trial.problem.interaction.convolution() {
        Convolution::Power { .. } => HypothesisKind::LocallyIntegrable,
        _ => HypothesisKind::W2Infinity,
    };
    let hypotheses = [HypothesisKind::Pauli, of_interaction]
        .iter()
        .map(|kind| measure_at(kind, trial, epsilon))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((rows, hypotheses))
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
