//! Rotation-invariant states in R³, released: rows of observables, and what G16.T3 supposes of them.

use estimators::Estimate;
use estimators::radial::{Problem, Release};

use super::{refused, rows_of_norms, with_norms};
use crate::facade::LaboratoryError;
use crate::laboratory::row_in;
use crate::laboratory::scenario::{self, ScenarioRung};
use crate::progress::Progress;
use crate::record::{Hypothesis, Row};
use crate::scenario::{Quantity, Scenario};
use crate::store::Store;

/// The weighted supremum, rung after rung; those that were finished, if the user asks to stop.
pub fn climb(
    progress: &dyn Progress,
    name: &str,
    quantity: &str,
    release: &Release,
    rungs: &[usize],
    times: &[f64],
) -> Result<Vec<Row>, LaboratoryError> {
    let begin = |eps: f64| {
        progress.message(&format!("{name}: N = {:.0}", eps.powi(-3)));
        !progress.cancelled()
    };
    let measured = release.climb(rungs, times, begin).map_err(refused)?;
    let rows = measured.iter().flat_map(|(eps, times)| times.iter().map(|at| (*eps, at)));
    Ok(rows.map(|(eps, at)| in_space(name, eps, at.time, quantity, at.weighted_sup)).collect())
}

/// The norms, each along the rungs.
pub fn supposed(name: &str, release: &Release, rungs: &[usize]) -> Result<Vec<Vec<Row>>, LaboratoryError> {
    let norms =
        rungs.iter().map(|&rung| release.norms(rung)).collect::<Result<Vec<_>, _>>().map_err(refused)?;
    Ok(rows_of_norms(&norms, |eps, quantity, value| in_space(name, eps, 0.0, quantity, value)))
}

/// A user's scenario of the kind `trap-ground-state`: its rows, and the norms that G16.T3 supposes bounded.
pub fn of_scenario(
    release: &Release,
    scenario: &Scenario,
    store: &Store,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let (name, quantity) = (&scenario.name, Quantity::Observables.name());
    let rungs = scenario::climb(scenario, store, progress, |place| {
        // the scenario was read: every ε closes shells
        let rung: Vec<usize> = Release::shells(scenario.epsilon[place]).into_iter().collect();
        let observed = climb(progress, name, quantity, release, &rung, &scenario.times)?;
        let supposed = supposed(name, release, &rung)?;
        let rows = observed.into_iter().chain(supposed.into_iter().flatten()).collect();
        Ok(ScenarioRung { rows, ..ScenarioRung::default() })
    })?;
    Ok(with_norms(rungs))
}

fn in_space(trial: &str, eps: f64, time: f64, quantity: &str, estimate: Estimate) -> Row {
    row_in::<Problem>(trial, eps, time, quantity, estimate)
}
