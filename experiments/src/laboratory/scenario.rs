//! A user's scenario rung after rung: each is kept as soon as it is measured.

use serde::{Deserialize, Serialize};

use crate::facade::LaboratoryError;
use crate::progress::Progress;
use crate::record::{Hypothesis, Row, Verdict};
use crate::render::number;
use crate::scenario::Scenario;
use crate::store::{Store, Work};

/// What is measured at one ε.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ScenarioRung {
    /// The rows, quantity after quantity.
    pub rows: Vec<Row>,
    /// The hypotheses of the theorems, as far as they are judged at one ε.
    pub hypotheses: Vec<Hypothesis>,
}

/// Coarse to fine, loaded or measured; those that were finished, if the user asks to stop. `measure` knows a rung by its place in the ladder.
pub fn climb(
    scenario: &Scenario,
    store: &Store,
    progress: &dyn Progress,
    mut measure: impl FnMut(usize) -> Result<ScenarioRung, LaboratoryError>,
) -> Result<Vec<ScenarioRung>, LaboratoryError> {
    let mut rungs = Vec::new();
    for (place, eps) in scenario.epsilon.iter().enumerate() {
        if progress.cancelled() {
            break;
        }
        let work = Work {
            subject: format!("{} at ε = {}", scenario.name, number::epsilon(*eps)),
            input: format!("scenario {}, rung {place}", scenario.content()),
        };
        // what the user has cut short is no rung
        let make = || measure(place).map(|rung| (!progress.cancelled()).then_some(rung));
        match store.produce(&work, progress, make)? {
            Some(rung) => rungs.push(rung),
            None => break,
        }
    }
    Ok(rungs)
}

/// All rows, quantity after quantity in the order of the scenario, and each hypothesis with the values of every ε.
pub fn joined(scenario: &Scenario, rungs: Vec<ScenarioRung>) -> (Vec<Row>, Vec<Hypothesis>) {
    let (mut rows, mut hypotheses) = (Vec::new(), Vec::<Hypothesis>::new());
    for rung in rungs {
        rows.extend(rung.rows);
        for hypothesis in rung.hypotheses {
            let Some(known) = hypotheses.iter_mut().find(|h| h.name == hypothesis.name) else {
                hypotheses.push(hypothesis);
                continue;
            };
            // what does not depend on ε is said once
            known.values.extend(hypothesis.values.into_iter().filter(|value| value.epsilon.is_some()));
            known.verdict = Verdict::all([known.verdict, hypothesis.verdict]);
        }
    }
    rows.sort_by_key(|row: &Row| scenario.quantities.iter().position(|q| q.name() == row.quantity));
    (rows, hypotheses)
}
