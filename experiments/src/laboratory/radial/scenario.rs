//! A user's scenario in R³.

use estimators::radial::SetUpError;

use super::hypotheses::{known, measure_on, of_interaction};
use super::ladder::solution;
use super::{Ladder, Plan};
use crate::facade::LaboratoryError;
use crate::laboratory::HypothesisKind;
use crate::laboratory::scenario::{ScenarioRung, climb, joined};
use crate::outlook::{Outlook, rungs};
use crate::progress::Progress;
use crate::record::{Hypothesis, Row};
use crate::scenario::Scenario;
use crate::store::Store;
use crate::trial::radial::RadialTrial;

/// Its rows, and what it satisfies of the theorems' hypotheses. Vlasov's solution waits for the first rung that is not in the store.
pub fn measure(
    trial: &RadialTrial,
    scenario: &Scenario,
    store: &Store,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let plan = |epsilon: &[f64]| Plan {
        epsilon: epsilon.to_vec(),
        times: scenario.times.clone(),
        shown: None,
        quantities: scenario.quantities.clone(),
    };
    let mut shared = None;
    let rungs = climb(scenario, store, progress, |place| {
        let reference = match &mut shared {
            Some(reference) => reference,
            none => {
                let solved = solution(trial, &plan(&scenario.epsilon), progress);
                none.insert(solved.map_err(|error| at_its_place(scenario, error))?)
            }
        };
        let ladder = Ladder::measure(trial, &plan(&scenario.epsilon[place..=place]), reference, progress)
            .map_err(|error| at_its_place(scenario, error))?;
        let kinds = [HypothesisKind::Pauli, of_interaction(trial)];
        Ok(ScenarioRung {
            rows: scenario.quantities.iter().flat_map(|&q| ladder.rows(q)).collect(),
            hypotheses: kinds.iter().map(|kind| measure_on(kind, trial, &ladder)).collect(),
        })
    })?;
    Ok(joined(scenario, rungs))
}

/// A rung as it was timed on two cores.
struct Timed {
    seconds: f64,
    radii: f64,
    channels: f64,
    times: f64,
}

const RUNG: Timed = Timed { seconds: 38.0, radii: 419.0, channels: 76.0, times: 3.0 };
/// Seconds of Vlasov's solution.
const VLASOV: f64 = 5.0;

/// What is known of a trial before it is measured: radii and channels from the energies of W_N in its comoving frame.
pub fn outlook(trial: &RadialTrial, scenario: &Scenario) -> Outlook {
    let state = trial.problem.initial.as_ref();
    let plan = Plan {
        epsilon: scenario.epsilon.clone(),
        times: scenario.times.clone(),
        shown: None,
        quantities: scenario.quantities.clone(),
    };
    let (a, tail) = (state.comoving()[0], plan.resolution().tail);
    let energy = state.speed(tail).max(0.5 * a * state.reach(0.0, tail)).powi(2);
    let radii = |eps: f64| 2.0 * energy / (a * std::f64::consts::PI * eps);
    let channels = |eps: f64| 37.0 + 9.0 * eps.recip().log2();
    let of_rung = |eps: &f64| {
        let size = (radii(*eps) / RUNG.radii).powi(3) * channels(*eps) / RUNG.channels;
        RUNG.seconds * (size * scenario.times.len() as f64 / RUNG.times).max(0.02)
    };
    let finest = plan.finest();
    let (points, many) = (radii(finest), channels(finest));
    let bytes = 8.0 * many * (4.5 * points * points + 12.0 * points * BAND);
    let kinds = [
        of_interaction(trial),
        HypothesisKind::WeightedSobolev { s: 2 },
        HypothesisKind::WeightedSobolev { s: 5 },
    ];
    Outlook {
        scenario: scenario.name.clone(),
        dimension: 3,
        rungs: rungs(3, &scenario.epsilon),
        hypotheses: kinds.iter().map(|kind| known(kind, trial)).collect(),
        discretisation: format!("about {points:.0} radii and {many:.0} channels at the finest ε"),
        memory_gib: Some(bytes / (1u64 << 30) as f64),
        seconds: Some(VLASOV + scenario.epsilon.iter().map(of_rung).sum::<f64>()),
    }
}

/// Off-diagonals of ω.
const BAND: f64 = 35.0;

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
