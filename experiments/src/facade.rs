//! What the commands ask of the laboratory: the list of claims, `verify` and `run`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::progress::Progress;
use crate::record::{Document, Setting};
use crate::scenario::{Scenario, ScenarioError};

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
    /// A constructor refused its data at the door.
    #[error("{0}")]
    Refused(String),
}

/// Every claim, in the order of the list.
pub fn claims() -> Vec<ClaimSummary> {
    Vec::new()
}

/// Measures and judges the claims `ids` (all of them if empty): one document a claim, in the order of the list. If it is
/// cancelled on the way, the documents of the claims that were finished.
///
/// # Errors
/// [`LaboratoryError`] for an unknown id or data that a constructor refuses.
pub fn verify(
    _ids: &[String],
    _tier: Tier,
    _progress: &dyn Progress,
) -> Result<Vec<Document>, LaboratoryError> {
    Ok(Vec::new())
}

/// Measures a scenario along its ladder. If it is cancelled on the way, the rows of the rungs that were finished.
///
/// # Errors
/// [`LaboratoryError`] if a rung would need more memory than there is, or a constructor refuses the data.
pub fn run(_scenario: &Scenario, _progress: &dyn Progress) -> Result<Document, LaboratoryError> {
    Ok(Document::default())
}
