//! What the commands ask of the laboratory: the list of claims, `verify` and `run`.

use std::time::{Duration, Instant};

use estimators::{line, radial};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::claim::Claim;
use crate::claims;
use crate::exhibits::pure_states;
use crate::laboratory::line::scenario as scenario_on_the_line;
use crate::laboratory::radial::scenario as scenario_in_space;
use crate::laboratory::{Geometry, Laboratory, rates};
use crate::outlook::{self, Outlook};
use crate::progress::Progress;
use crate::provenance::provenance;
use crate::record::{ClaimRecord, Document, Setting, Verdict};
use crate::scenario::{Scenario, ScenarioError};
use crate::store::{Store, Work};
use crate::trial::ScenarioTrial;

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

impl ClaimSummary {
    /// Whether a user who asks for `id` means this claim: by its id in every setting, or by its own slug.
    pub fn answers_to(&self, id: &str) -> bool {
        self.id == id || self.setting.slug(&self.id) == id
    }
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
    /// The pair of dynamics could not be set up on the line.
    #[error(transparent)]
    SetUp(#[from] line::SetUpError),
    /// A rung of a ladder on the line could not be measured.
    #[error("ε = {eps}: {source}")]
    Rung {
        /// ε.
        eps: f64,
        /// Why.
        source: line::SetUpError,
    },
    /// The pair of dynamics could not be set up in channels.
    #[error(transparent)]
    Channels(#[from] radial::SetUpError),
    /// A rung of a ladder in channels could not be measured.
    #[error("ε = {eps}: {source}")]
    ChannelRung {
        /// ε.
        eps: f64,
        /// Why.
        source: radial::SetUpError,
    },
    /// The user asked to stop.
    #[error("interrupted")]
    Cancelled,
    /// A constructor refused its data at the door.
    #[error("{0}")]
    Refused(String),
}

/// What is said of a claim, or of a control, that the laboratory refused to measure.
pub(crate) const NOT_MEASURED: &str = "it could not be measured";

/// Every claim, in the order of the list.
pub fn claims() -> Vec<ClaimSummary> {
    claims::all().iter().map(Claim::summary).collect()
}

/// Measures and judges the claims `ids` (all of them if empty) in every setting, in the order of the list; hands over each document as soon
/// as its claim is finished, so that an interrupted verification keeps what was done. What the store holds is not measured again.
///
/// The data of a claim are the laboratory's own. Where they are refused while it is measured, nobody else is to blame: the claim is
/// unresolved, for that reason, and the next one is measured.
///
/// # Errors
/// [`LaboratoryError`] for an unknown id; what `finished` refuses.
pub fn verify<E: From<LaboratoryError>>(
    ids: &[String],
    tier: Tier,
    store: &Store,
    progress: &dyn Progress,
    mut finished: impl FnMut(Document) -> Result<(), E>,
) -> Result<(), E> {
    let claims = claims::all();
    if let Some(id) = ids.iter().find(|id| !claims.iter().any(|c| c.answers_to(id))) {
        return Err(LaboratoryError::UnknownClaim { id: id.clone(), hint: String::new() }.into());
    }
    let laboratory = Laboratory::new(tier, progress);
    for claim in claims.iter().filter(|c| ids.is_empty() || ids.iter().any(|id| c.answers_to(id))) {
        let work = Work {
            subject: format!("{} ({})", claim.slug(), tier.name()),
            input: format!("claim {} on tier {}", claim.slug(), tier.name()),
        };
        let measured = || {
            progress.message(&format!("{}: {}", claim.slug(), claim.statement));
            let document = documented(claim, &laboratory).map(with_provenance);
            // a ladder that was cut short has no verdict
            Ok::<_, E>(document.filter(|_| !progress.cancelled()))
        };
        // what was refused, for want of memory say, may be measured another time
        match store.produce_if(&work, progress, |document| !refused_in(document), measured)? {
            Some(document) => finished(document)?,
            None => break,
        }
    }
    Ok(())
}

/// Whether the claim, or a control, could not be measured.
fn refused_in(document: &Document) -> bool {
    let reasons = |claim: &ClaimRecord| {
        claim.reason.starts_with(NOT_MEASURED)
            || claim.controls.iter().any(|control| control.reason.starts_with(NOT_MEASURED))
    };
    document.claims.iter().any(reasons)
}

/// Where a document comes from: this process, and the seconds of its claim.
fn with_provenance(document: Document) -> Document {
    let seconds = document.claims.iter().map(|claim| claim.seconds).sum();
    Document { provenance: provenance(Duration::from_secs_f64(seconds)), ..document }
}

/// One claim, measured or refused; none if the user asked to stop.
fn documented(claim: &Claim, laboratory: &Laboratory) -> Option<Document> {
    match judge(claim, laboratory) {
        Err(LaboratoryError::Cancelled) => None,
        Err(error) => Some(unmeasured(claim, laboratory, &error)),
        Ok(document) => Some(document),
    }
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
        claim.theta.is_none()
            || findings
                .rows
                .iter()
                .any(|r| **trial == r.trial || trial.starts_with(&format!("{} (", r.trial)))
    };
    let trials = claim.trials.iter().filter(measured).cloned().collect();
    let record = ClaimRecord {
        verdict,
        claimed: lowest.and_then(|r| r.claimed).or(claim.theta),
        order: lowest.and_then(|r| r.order),
        ci_low: lowest.and_then(|r| r.ci_low),
        ci_high: lowest.and_then(|r| r.ci_high),
        lowest: findings.lowest,
        hypotheses: findings.hypotheses,
        checks: findings.checks,
        controls,
        trials,
        reason,
        seconds: begun.elapsed().as_secs_f64(),
        ..unresolved(claim, laboratory)
    };
    let rates = findings.rates.into_iter().chain(findings.beside).collect();
    Ok(Document {
        rows: findings.rows,
        rates,
        claims: vec![record],
        constants: findings.constants,
        exhibits: findings.exhibits,
        ..Document::default()
    })
}

/// A claim of which nothing was measured: an error of the laboratory, which is no reason to stop.
fn unmeasured(claim: &Claim, laboratory: &Laboratory, error: &LaboratoryError) -> Document {
    let reason = format!("{NOT_MEASURED}: {error}");
    Document { claims: vec![ClaimRecord { reason, ..unresolved(claim, laboratory) }], ..Document::default() }
}

/// The record of a claim before anything is measured.
fn unresolved(claim: &Claim, laboratory: &Laboratory) -> ClaimRecord {
    ClaimRecord {
        id: claim.id.to_owned(),
        statement: claim.statement.to_owned(),
        setting: claim.setting,
        verdict: Verdict::Unresolved,
        claimed: claim.theta,
        order: None,
        ci_low: None,
        ci_high: None,
        lowest: None,
        hypotheses: Vec::new(),
        checks: Vec::new(),
        controls: Vec::new(),
        trials: claim.trials.clone(),
        reason: String::new(),
        remark: claim.remark.map(str::to_owned),
        tier: laboratory.tier().name().to_owned(),
        command: format!("semiclassical verify {} --tier {}", claim.slug(), laboratory.tier().name()),
        seconds: 0.0,
    }
}

/// What is known of a scenario before it is measured.
///
/// # Errors
/// [`LaboratoryError`] as for [`run`], as far as it shows without measuring.
pub fn check(scenario: &Scenario) -> Result<Outlook, LaboratoryError> {
    match ScenarioTrial::of(scenario)? {
        ScenarioTrial::Line(trial) => scenario_on_the_line::outlook([&trial, &trial], scenario),
        ScenarioTrial::LineAtEach(trials) => match (trials.first(), trials.last()) {
            (Some(first), Some(last)) => scenario_on_the_line::outlook([first, last], scenario),
            _ => Err(LaboratoryError::Refused("a ladder without rungs".to_owned())),
        },
        ScenarioTrial::Radial(trial) => Ok(scenario_in_space::outlook(&trial, scenario)),
        ScenarioTrial::Released(_) | ScenarioTrial::ReleasedInSpace(_) => Ok(Outlook {
            scenario: scenario.name.clone(),
            dimension: scenario.dimension,
            rungs: outlook::rungs(scenario.dimension, &scenario.epsilon),
            hypotheses: Vec::new(),
            discretisation: "orbitals of a ground state, observables alone".to_owned(),
            memory_gib: None,
            seconds: None,
        }),
    }
}

/// Measures a scenario along its ladder. If it is cancelled on the way, the rows of the rungs that were finished.
///
/// # Errors
/// [`LaboratoryError`] if a rung would need more memory than there is, or a constructor refuses the data.
pub fn run(scenario: &Scenario, store: &Store, progress: &dyn Progress) -> Result<Document, LaboratoryError> {
    let (rows, hypotheses) = match ScenarioTrial::of(scenario)? {
        ScenarioTrial::Line(trial) => Geometry::of_scenario(&trial, scenario, store, progress)?,
        ScenarioTrial::LineAtEach(trials) => {
            scenario_on_the_line::measure_at_each(&trials, scenario, store, progress)?
        }
        ScenarioTrial::Radial(trial) => Geometry::of_scenario(&trial, scenario, store, progress)?,
        ScenarioTrial::Released(release) => pure_states::of_scenario(&release, scenario, store, progress)?,
        ScenarioTrial::ReleasedInSpace(release) => {
            pure_states::radial::of_scenario(&release, scenario, store, progress)?
        }
    };
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::claim::{Findings, Measurement};
    use crate::progress::Silent;
    use crate::record::Check;
    use estimators::Estimate;

    fn refusing() -> Measurement {
        Box::new(|_| Err(LaboratoryError::Refused("the box is too small".to_owned())))
    }

    fn holding() -> Measurement {
        let check = || Check::vanishing("residual", "here", &Estimate::new(0.0, 0.0), 1.0);
        Box::new(move |_| Ok(Findings { checks: vec![check()], ..Findings::default() }))
    }

    fn violated() -> Measurement {
        let check = || Check::vanishing("residual", "here", &Estimate::new(2.0, 0.0), 1.0);
        Box::new(move |_| Ok(Findings { checks: vec![check()], ..Findings::default() }))
    }

    fn of(claim: Claim) -> Option<Document> {
        documented(&claim, &Laboratory::new(Tier::Quick, &Silent::default()))
    }

    #[test]
    fn what_the_laboratory_cannot_measure_is_unresolved_and_no_error() {
        let record = &of(Claim::step("S.2", "x = y", refusing())).unwrap().claims[0];
        assert_eq!(record.verdict, Verdict::Unresolved);
        assert_eq!(record.reason, "it could not be measured: the box is too small");
        assert!(of(Claim::step("S.2", "x = y", Box::new(|_| Err(LaboratoryError::Cancelled)))).is_none());
    }

    /// Not even where it was to come out unresolved.
    #[test]
    fn a_control_that_cannot_be_measured_has_not_failed() {
        let step = || Claim::step("S.2", "x = y", holding());
        for claim in [step().control("wrong", refusing()), step().undecidable("wrong", refusing())] {
            let record = &of(claim).unwrap().claims[0];
            assert_eq!(record.verdict, Verdict::Unresolved);
            assert!(!record.controls[0].failed_as_it_must && record.reason.contains("did not fail"));
        }
        let record = &of(step().control("wrong", violated())).unwrap().claims[0];
        assert_eq!(record.verdict, Verdict::Consistent);
    }
}
