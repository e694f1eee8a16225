//! A user's scenario in R³.

use estimators::radial::SetUpError;

use super::hypotheses::{measure_on, of_interaction};
use super::ladder::solution;
use super::{Ladder, Plan};
use crate::facade::LaboratoryError;
use crate::laboratory::HypothesisKind;
use crate::progress::Progress;
use crate::record::{Hypothesis, Row};
use crate::scenario::Scenario;
use crate::trial::radial::RadialTrial;

/// Its rows, and what it satisfies of the theorems' hypotheses.
pub fn measure(
    trial: &RadialTrial,
    scenario: &Scenario,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let (epsilon, times) = (scenario.epsilon.clone(), scenario.times.clone());
    let plan = Plan { epsilon, times, shown: None, quantities: scenario.quantities.clone() };
    let ladder = solution(trial, &plan, progress)
        .and_then(|reference| Ladder::measure(trial, &plan, &reference, progress))
        .map_err(|error| at_its_place(scenario, error))?;
    let rows = scenario.quantities.iter().flat_map(|&q| ladder.rows(q)).collect();
    let kinds = [HypothesisKind::Pauli, of_interaction(trial)];
    Ok((rows, kinds.iter().map(|kind| measure_on(kind, trial, &ladder)).collect()))
}

/// What does not fit, said at the place of the file that asks for it.
fn at_its_place(scenario: &Scenario, error: LaboratoryError) -> LaboratoryError {
    match &error {
        LaboratoryError::ChannelRung { eps, source: SetUpError::TooLarge { needed, allowed, .. } } => {
            let rung = scenario.epsilon.iter().position(|e| e == eps).unwrap_or(0);
            scenario.channels_too_large(rung, *needed, *allowed).into()
        }
        LaboratoryError::Channels(SetUpError::Tail { tail, reach, widths, .. }) => {
            scenario.too_wide(*tail, *reach, *widths).into()
        }
        _ => error,
    }
}
