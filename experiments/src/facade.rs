//! What the commands ask of the laboratory: the list of claims, `verify` and `run`.

use std::time::Instant;

use estimators::line::SetUpError;
use serde::{Deserialize, Serialize};
use states::StateError;
use thiserror::Error;
use transforms::TransformError;

use crate::claim::Claim;
use crate::claims;
use crate::laboratory::{HypothesisKind, Laboratory, Ladder, Plan, rates, settle};
use crate::progress::Progress;
use crate::record::{ClaimRecord, Document, Setting, Verdict};
use crate::scenario::{Quantity, Scenario, ScenarioError};
use crate::trial::Trial;

/// How long a verification may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Short ladders, every claim touched.
    Quick,
    /// The ladders of the report.
    #[default]
    Standard,
    /// The longest ladders, for a machine left alone.
    Deep,
}

impl Tier {
    /// The word of the command line and of the records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Standard => "standard",
            Self::Deep => "deep",
        }
    }
}

/// A claim in words: what `list` and `explain` print.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimSummary {
    /// Id, e.g. `G16.T1`.
    pub id: String,
    /// The statement in one line.
    pub statement: String,
    /// Where it is stated.
    pub source: String,
    /// Own dimension or analogue.
    pub setting: Setting,
    /// Tiers on which it is measured.
    pub tiers: Vec<Tier>,
    /// What is supposed, and measured along the ladder.
    pub hypotheses: Vec<String>,
    /// What is measured.
    pub measured: Vec<String>,
    /// The same check with one thing wrong.
    pub controls: Vec<String>,
    /// Interaction and initial state of each trial.
    pub trials: Vec<String>,
    /// What the verdict does not say by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// Why the laboratory could not measure; bad input, never a verdict.
#[derive(Debug, Error)]
pub enum LaboratoryError {
    /// The scenario cannot be measured, e.g. for want of memory.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// No claim has this id.
    #[error("there is no claim `{id}`{hint}")]
    UnknownClaim {
        /// The id as asked.
        id: String,
        /// `; did you mean …?` or nothing.
        hint: String,
    },
    /// The pair of dynamics could not be set up.
    #[error(transparent)]
    SetUp(#[from] SetUpError),
    /// A rung of the ladder could not be measured.
    #[error("ε = {eps}: {source}")]
    Rung {
        /// ε.
        eps: f64,
        /// Why.
        source: SetUpError,
    },
    /// The user asked to stop.
    #[error("interrupted")]
    Cancelled,
    /// A constructor refused its data at the door.
    #[error("{0}")]
    Refused(String),
}

/// Every claim, in the order of the list.
pub fn claims() -> Vec<ClaimSummary> {
    claims::all().iter().map(Claim::summary).collect()
}

/// Measures and judges the claims `ids` (all of them if empty), in the order of the list; hands over each document as soon
/// as its claim is finished, so that an interrupted verification keeps what was done.
///
/// # Errors
/// [`LaboratoryError`] for an unknown id or data that a constructor refuses; what `finished` refuses.
pub fn verify<E: From<LaboratoryError>>(
    ids: &[String],
    tier: Tier,
    progress: &dyn Progress,
    mut finished: impl FnMut(Document) -> Result<(), E>,
) -> Result<(), E> {
    let claims = claims::all();
    if let Some(id) = ids.iter().find(|id| claims.iter().all(|c| c.id != **id)) {
        return Err(LaboratoryError::UnknownClaim { id: id.clone(), hint: String::new() }.into());
    }
    let laboratory = Laboratory::new(tier, progress);
    for claim in claims.iter().filter(|c| ids.is_empty() || ids.iter().any(|id| id == c.id)) {
        progress.message(&format!("{}: {}", claim.id, claim.statement));
        match judge(claim, &laboratory) {
            Err(LaboratoryError::Cancelled) => break,
            // a ladder that was cut short has no verdict
            Ok(_) if progress.cancelled() => break,
            document => finished(document?)?,
        }
    }
    Ok(())
}

/// Measures one claim with its controls and judges it.
fn judge(claim: &Claim, laboratory: &Laboratory) -> Result<Document, LaboratoryError> {
    let begun = Instant::now();
    let findings = (claim.measure)(laboratory)?;
    let controls = claim.run_controls(laboratory)?;
    let (mut verdict, mut reason) = findings.judge(claim.theta);
    if let Some(passed) = controls.iter().find(|c| !c.failed_as_it_must) {
        // a check that cannot fail says nothing
        let passed = format!("the control \"{}\" did not fail", passed.name);
        reason = if verdict == Verdict::Consistent { passed } else { format!("{reason}; {passed}") };
        verdict = Verdict::all([verdict, Verdict::Unresolved]);
    }
    let lowest = claim.theta.and(findings.lowest_rate());
    // the quick tier leaves some trials of a theorem out
    let measured = |trial: &&String| {
        claim.theta.is_none() || findings.rows.iter().any(|r| trial.starts_with(r.trial.as_str()))
    };
    let trials = claim.trials.iter().filter(measured).cloned().collect();
    let record = ClaimRecord {
        id: claim.id.to_owned(),
        statement: claim.statement.to_owned(),
        setting: claim.setting,
        verdict,
        claimed: lowest.and_then(|r| r.claimed).or(claim.theta),
        order: lowest.and_then(|r| r.order),
        ci_low: lowest.and_then(|r| r.ci_low),
        ci_high: lowest.and_then(|r| r.ci_high),
        lowest: None,
        hypotheses: findings.hypotheses,
        checks: findings.checks,
        controls,
        trials,
        reason,
        remark: claim.remark.map(str::to_owned),
        tier: laboratory.tier().name().to_owned(),
        command: format!("semiclassical verify {} --tier {}", claim.id, laboratory.tier().name()),
        seconds: begun.elapsed().as_secs_f64(),
    };
    let rates = findings.rates.into_iter().chain(findings.beside).collect();
    Ok(Document {
        rows: findings.rows,
        rates,
        claims: vec![record],
        exhibits: findings.exhibits,
        ..Document::default()
    })
}

/// Measures a scenario along its ladder. If it is cancelled on the way, the rows of the rungs that were finished.
///
/// # Errors
/// [`LaboratoryError`] if a rung would need more memory than there is, or a constructor refuses the data.
pub fn run(scenario: &Scenario, progress: &dyn Progress) -> Result<Document, LaboratoryError> {
    let trial = Trial::from_scenario(scenario)?;
    let finest = scenario.epsilon.last().copied().unwrap_or(1.0);
    let with_trace = scenario.quantities.contains(&Quantity::Trace);
    let plan = Plan {
        epsilon: scenario.epsilon.clone(),
        trace_down_to: if with_trace { finest } else { f64::INFINITY },
        times: scenario.times.clone(),
        observables: scenario.quantities.contains(&Quantity::Observables),
    };
    let ladder = settle(&trial, &plan, progress)
        .and_then(|resolution| Ladder::measure(&trial, &plan, resolution, progress))
        .map_err(|error| at_its_place(scenario, error))?;
    let rows: Vec<_> = scenario.quantities.iter().flat_map(|&q| ladder.rows(q)).collect();
    let hypotheses = [HypothesisKind::Pauli, HypothesisKind::W2Infinity]
        .iter()
        .map(|kind| kind.measure_at(&trial, &scenario.epsilon))
        .collect::<Result<Vec<_>, _>>()?;
    for hypothesis in hypotheses.iter().filter(|h| h.verdict != Verdict::Consistent) {
        let worst = hypothesis.values.iter().map(|v| v.value).fold(0.0, f64::max);
        progress.message(&format!(
            "{}: {} is {worst:.3e}: {} the hypotheses of the theorems",
            hypothesis.trial,
            hypothesis.name,
            if hypothesis.verdict == Verdict::Violated { "outside" } else { "not resolved among" }
        ));
    }
    Ok(Document { rates: rates(&rows), rows, hypotheses, ..Document::default() })
}

/// What does not fit, said at the place of the file that asks for it.
fn at_its_place(scenario: &Scenario, error: LaboratoryError) -> LaboratoryError {
    use estimators::line::SetUpError as E;
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
