//! Where a scenario was read from, so that a later refusal can still point at the text.

use std::ops::Range;
use std::sync::Arc;

use super::error::{Place, ScenarioError};

/// The text and the name of a scenario file; empty for a scenario that a program composed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    file: Arc<str>,
    pub(super) text: Arc<str>,
    pub(super) epsilon_spans: Vec<Range<usize>>,
}

impl Origin {
    pub(super) fn new(text: &str, file: &str) -> Self {
        Self { file: file.into(), text: text.into(), epsilon_spans: Vec::new() }
    }

    pub(super) fn place(&self, key: &str, span: Range<usize>) -> Place {
        let before = self.text.get(..span.start).unwrap_or("");
        Place {
            file: self.file.clone(),
            text: self.text.clone(),
            key: key.to_owned(),
            line: 1 + before.matches('\n').count(),
            span,
        }
    }

    pub(super) fn refuse(
        &self,
        key: &str,
        span: Range<usize>,
        problem: impl Into<String>,
        allowed: impl Into<String>,
    ) -> ScenarioError {
        ScenarioError::Refused {
            problem: problem.into(),
            allowed: allowed.into(),
            place: Box::new(self.place(key, span)),
        }
    }
}
