//! G16.T3 beyond its hypotheses: pure states on the line, from the trap to the release.
//!
//! The Wigner function of N orbitals oscillates on the scale ε, and ‖W_N‖_{W^{1,1}} grows like √N: the theorem supposes that it does not.
//! The commutators that it supposes small are. What is claimed is measured all the same, and not judged.

mod portrait;
pub mod radial;

use std::sync::Arc;

pub use portrait::portrait;

use estimators::line::{Preparation, Release};
use estimators::{Estimate, ReleasedAt, ReleasedNorms, verdict};
use hartree::line::External;
use kernels::Gaussian;
use rayon::prelude::*;

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::scenario::{self, ScenarioRung};
use crate::laboratory::{Laboratory, rate, rates, row};
use crate::progress::Progress;
use crate::record::{Hypothesis, HypothesisValue, Rate, Row};
use crate::scenario::{Quantity, Scenario};
use crate::store::Store;

/// sup over (p,q) on a lattice.
pub const OBSERVABLES: &str = "observables on the lattice";
pub(crate) const POSITION: &str = "tr|[x,ω_N]|/(Nε)";
pub(crate) const GRADIENT: &str = "tr|[ε∇,ω_N]|/(Nε)";
pub(crate) const W11: &str = "‖W_N‖_{W^{1,1}}";

const TIMES: [f64; 3] = [0.25, 0.5, 1.0];
const LADDER: [usize; 7] = [8, 16, 32, 64, 128, 256, 512];
/// That of the quick tier and of the controls.
const SHORT: [usize; 4] = [8, 12, 16, 24];
/// Rungs of ground states, and of what is measured at t = 0 alone.
const GROUND_STATES: usize = 4;
const AT_THE_START: usize = 5;
/// What is bounded does not grow faster than this power of N.
const BOUNDED: f64 = 0.05;

/// A release, its name, and how many rungs it is followed.
struct Released {
    name: &'static str,
    release: Release,
    rungs: usize,
}

/// ε = 1/N.
fn inverses(ladder: &[usize]) -> Vec<f64> {
    ladder.iter().map(|&n| 1.0 / n as f64).collect()
}

/// The names of the trials.
pub const TRIALS: [&str; 3] = [
    "gaussian(+1)/oscillator sea, released",
    "gaussian(+1)/ground state of x², released",
    "gaussian(−1)/ground state of x⁴, released",
];

fn trials() -> Result<[Released; 3], LaboratoryError> {
    let gaussian = |strength: f64| Gaussian::new(strength, 1.0).map(Arc::new).map_err(refused);
    let [sea, harmonic, quartic] = TRIALS;
    let ground_state = |trap: External| Preparation::GroundState { trap };
    let of = |name, strength, preparation, rungs| {
        Ok::<_, LaboratoryError>(Released {
            name,
            release: Release::new(gaussian(strength)?, preparation),
            rungs,
        })
    };
    Ok([
        of(sea, 1.0, Preparation::OscillatorSea { s: 1.0 }, LADDER.len())?,
        of(harmonic, 1.0, ground_state(External::Harmonic { s: 1.0 }), GROUND_STATES)?,
        of(quartic, -1.0, ground_state(External::Quartic { g: 1.0 }), GROUND_STATES)?,
    ])
}

/// The observables along the ladder, what the theorem supposes, and in a sentence what holds.
pub fn released(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let quick = laboratory.tier() == Tier::Quick;
    let mut found = Findings::default();
    for Released { name, release, rungs } in trials()?.into_iter().take(if quick { 1 } else { usize::MAX }) {
        let ladder = inverses(if quick { &SHORT } else { &LADDER[..rungs] });
        let observed = observed(laboratory, name, &release, &ladder)?;
        let supposed = supposed(name, &release, &ladder[..ladder.len().min(AT_THE_START)])?;
        let orders = rates(&observed);
        found.notes.push(said(name, &orders, &supposed));
        found.beside.extend(
            orders.into_iter().chain(supposed.iter().map(|rows| rate(&rows.iter().collect::<Vec<_>>()))),
        );
        found.rows.extend(observed.into_iter().chain(supposed.into_iter().flatten()));
    }
    Ok(found)
}

/// The oscillator sea with v for 2v in Vlasov: its order, which is judged.
pub fn too_slow(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let [Released { name, release, .. }, ..] = trials()?;
    let wrong = Release { vlasov_speed: 1.0, ..release };
    let rows = observed(laboratory, &format!("{name} [v for 2v in Vlasov]"), &wrong, &inverses(&SHORT))?;
    Ok(Findings { rates: rates(&rows), rows, ..Findings::default() })
}

/// A user's scenario of the kind `trap-ground-state`: its rows, and the norms that G16.T3 supposes bounded.
pub fn of_scenario(
    release: &Release,
    scenario: &Scenario,
    store: &Store,
    progress: &dyn Progress,
) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
    let measure = |eps: f64| release.measure(eps, &scenario.times).map_err(refused);
    let (name, quantity) = (&scenario.name, Quantity::Observables.name());
    let rungs = scenario::climb(scenario, store, progress, |place| {
        let rung = &scenario.epsilon[place..=place];
        let observed = climb(progress, name, quantity, rung, measure)?;
        let supposed = supposed(name, release, rung)?;
        let rows = observed.into_iter().chain(supposed.into_iter().flatten()).collect();
        Ok(ScenarioRung { rows, ..ScenarioRung::default() })
    })?;
    Ok(with_norms(rungs))
}

/// The rows of the observables, and what is bounded along the ladder.
pub(crate) fn with_norms(rungs: Vec<ScenarioRung>) -> (Vec<Row>, Vec<Hypothesis>) {
    let (mut rows, mut hypotheses) =
        (rungs.into_iter().flat_map(|rung| rung.rows).collect::<Vec<_>>(), Vec::new());
    for norm in [POSITION, GRADIENT, W11] {
        let along: Vec<Row> = rows.extract_if(.., |row| row.quantity == norm).collect();
        if !along.is_empty() {
            hypotheses.push(hypothesis(&along));
        }
    }
    (rows, hypotheses)
}

/// Whether it stays bounded along the ladder.
pub(crate) fn hypothesis(rows: &[Row]) -> Hypothesis {
    let value = |r: &Row| HypothesisValue { epsilon: Some(r.epsilon), value: r.value, error: r.error };
    let estimates: Vec<Estimate> = rows.iter().map(|r| Estimate::new(r.value, r.error)).collect();
    Hypothesis {
        name: quantity(rows).to_owned(),
        trial: rows.first().map_or_else(String::new, |r| r.trial.clone()),
        values: rows.iter().map(value).collect(),
        verdict: verdict::bounded(&estimates),
    }
}

/// The weighted supremum, coarse to fine, at every time.
fn observed(
    laboratory: &Laboratory,
    name: &str,
    release: &Release,
    ladder: &[f64],
) -> Result<Vec<Row>, LaboratoryError> {
    let measure = |eps: f64| release.measure(eps, &TIMES).map_err(refused);
    climb(laboratory.progress(), name, OBSERVABLES, ladder, measure)
}

/// Rung after rung; those that were finished, if the user asks to stop.
fn climb(
    progress: &dyn Progress,
    name: &str,
    quantity: &str,
    ladder: &[f64],
    measure: impl Fn(f64) -> Result<Vec<ReleasedAt>, LaboratoryError>,
) -> Result<Vec<Row>, LaboratoryError> {
    let mut rows = Vec::new();
    for &eps in ladder {
        if progress.cancelled() {
            break;
        }
        progress.message(&format!("{name}: N = {}", (1.0 / eps).round()));
        rows.extend(measure(eps)?.iter().map(|at| row(name, eps, at.time, quantity, at.weighted_sup)));
    }
    Ok(rows)
}

/// The three norms of G16.T3, each along the ladder.
fn supposed(name: &str, release: &Release, ladder: &[f64]) -> Result<Vec<Vec<Row>>, LaboratoryError> {
    let measured: Vec<(f64, ReleasedNorms)> = ladder
        .par_iter()
        .map(|&eps| Ok((eps, release.norms(eps).map_err(refused)?)))
        .collect::<Result<_, LaboratoryError>>()?;
    Ok(rows_of_norms(&measured, |eps, quantity, value| row(name, eps, 0.0, quantity, value)))
}

/// One list of rows a norm, in either geometry.
pub(crate) fn rows_of_norms(
    norms: &[(f64, ReleasedNorms)],
    row: impl Fn(f64, &str, Estimate) -> Row,
) -> Vec<Vec<Row>> {
    let of = |quantity: &str, part: fn(&ReleasedNorms) -> Estimate| -> Vec<Row> {
        norms.iter().map(|(eps, norms)| row(*eps, quantity, part(norms))).collect()
    };
    vec![of(POSITION, |n| n.position), of(GRADIENT, |n| n.gradient), of(W11, |n| n.w11)]
}

/// What was supposed and is not so, what is, and the orders that were seen all the same.
pub(crate) fn said(name: &str, orders: &[Rate], supposed: &[Vec<Row>]) -> String {
    let (grows, bounded): (Vec<_>, Vec<_>) = supposed
        .iter()
        .map(|rows| (quantity(rows), growth(rows)))
        .partition(|(_, growth)| growth.is_none_or(|g| g > BOUNDED));
    let list = |these: &[(&str, Option<f64>)]| {
        let one = |(name, growth): &(&str, Option<f64>)| match growth {
            Some(growth) if *growth > BOUNDED => format!("{name} (like N^{growth:.2} at the end)"),
            Some(_) => (*name).to_owned(),
            None => format!("{name} (unresolved)"),
        };
        these.iter().map(one).collect::<Vec<_>>().join(" and ")
    };
    let lowest = orders.iter().map(|o| o.ci_low.unwrap_or(f64::NAN)).fold(f64::INFINITY, f64::min);
    let highest = orders.iter().map(|o| o.ci_high.unwrap_or(f64::NAN)).fold(f64::NEG_INFINITY, f64::max);
    let seen = if orders.iter().all(|o| o.settled && o.ci_low.is_some()) {
        format!("orders in [{lowest:.3}, {highest:.3}] are seen")
    } else {
        "no settled order is seen".to_owned()
    };
    if grows.is_empty() {
        return format!("not judged, {name}: {} stay bounded, {seen}", list(&bounded));
    }
    let holds = if bounded.is_empty() { String::new() } else { format!("{} stay bounded; ", list(&bounded)) };
    format!("not judged, {name}: supposed bounded and growing: {}; {holds}{seen} all the same", list(&grows))
}

fn quantity(rows: &[Row]) -> &str {
    rows.first().map_or("", |row| &row.quantity)
}

/// The power of N between the last two rungs.
fn growth(rows: &[Row]) -> Option<f64> {
    let [.., a, b] = rows else { return None };
    let resolved = a.resolved && b.resolved && a.value > 0.0;
    resolved.then(|| (b.value / a.value).ln() / (b.n / a.n).ln())
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
