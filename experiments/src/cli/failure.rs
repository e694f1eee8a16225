//! Why a command ended without a result.

use std::io;
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use thiserror::Error;

use crate::facade::LaboratoryError;
use crate::scenario::ScenarioError;

/// Exit status of bad input.
pub const BAD_INPUT: u8 = 2;

/// Why a command ended without a result; never a verdict.
#[derive(Debug, Error, Diagnostic)]
pub enum Failure {
    /// The scenario is refused.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Scenario(#[from] ScenarioError),
    /// The laboratory refused its input.
    #[error("{0}")]
    Laboratory(LaboratoryError),
    /// No claim has this id.
    #[error("there is no claim `{id}`{hint}")]
    #[diagnostic(help("{allowed}"))]
    UnknownClaim { id: String, hint: String, allowed: String },
    /// A file could not be read or written.
    #[error("cannot {verb} {}: {error}", path.display())]
    File { verb: &'static str, path: PathBuf, error: io::Error },
    /// What is stored could not be rendered.
    #[error("cannot write the report: {0}")]
    Report(String),
    /// The thread pool could not be made.
    #[error("--threads: {0}")]
    Threads(String),
}

impl Failure {
    /// `cannot <verb> <path>: …`.
    pub fn file(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::File { verb, path, error }
    }
}

impl From<LaboratoryError> for Failure {
    fn from(error: LaboratoryError) -> Self {
        match error {
            LaboratoryError::Scenario(error) => Self::Scenario(error),
            other => Self::Laboratory(other),
        }
    }
}
