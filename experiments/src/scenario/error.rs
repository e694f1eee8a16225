//! Why a scenario is refused, with the place in the file.

use std::fmt::Display;
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, SourceCode};
use thiserror::Error;

use super::origin::Origin;

/// A place in a scenario file.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Name of the file.
    pub file: Arc<str>,
    /// Its whole text.
    pub text: Arc<str>,
    /// The key with its path, e.g. `initial.components[1].weight`; empty for the file as a whole.
    pub key: String,
    /// Line, from 1.
    pub line: usize,
    /// Bytes of the text.
    pub span: Range<usize>,
}

impl Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}, line {}", self.file, self.line)?;
        if self.key.is_empty() { Ok(()) } else { write!(formatter, ", `{}`", self.key) }
    }
}

/// Why a scenario is refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ScenarioError {
    /// The file is not a TOML document.
    #[error("{place}: not a TOML document: {message}")]
    Syntax {
        /// What the TOML reader says.
        message: String,
        /// Where.
        place: Box<Place>,
    },
    /// A key, a type or a value that is not allowed.
    #[error("{place}: {problem}")]
    Refused {
        /// What is wrong.
        problem: String,
        /// What is allowed.
        allowed: String,
        /// Where.
        place: Box<Place>,
    },
    /// A phase-space grid that would need more memory than there is.
    #[error(
        "{place}: the grid that resolves this state and interaction up to the last time would need {} of memory; {} are \
         available", gib(*needed_gib), gib_below(*available_gib)
    )]
    GridTooLarge {
        /// Estimated need in GiB.
        needed_gib: f64,
        /// What the machine has free, in GiB.
        available_gib: f64,
        /// Where.
        place: Box<Place>,
    },
    /// A phase-space grid with more points than are admitted, however much memory there is.
    #[error(
        "{place}: the grid that resolves this state and interaction up to the last time would need more than {most} \
         points ({} × {})", points(*n_x), points(*n_v)
    )]
    GridTooFine {
        /// Points in x; at least 10⁹ stand for more than that.
        n_x: usize,
        /// Points in v, likewise.
        n_v: usize,
        /// The largest product admitted.
        most: usize,
        /// Where.
        place: Box<Place>,
    },
    /// A rung whose Weyl matrix would be larger than is allowed.
    #[error(
        "{place}: the Weyl matrix at ε = {epsilon} would need {}, more than the {} allowed for one matrix",
        gib(*needed_gib), gib_below(*allowed_gib)
    )]
    MatrixTooLarge {
        /// ε of the rung.
        epsilon: f64,
        /// Need in GiB.
        needed_gib: f64,
        /// Largest size of a matrix in GiB.
        allowed_gib: f64,
        /// Where.
        place: Box<Place>,
    },
    /// A rung whose channels of angular momentum would be larger than is allowed.
    #[error(
        "{place}: the channels of angular momentum at ε = {epsilon} would need {}, more than the {} allowed",
        gib(*needed_gib), gib_below(*allowed_gib)
    )]
    ChannelsTooLarge {
        /// ε of the rung.
        epsilon: f64,
        /// Need in GiB.
        needed_gib: f64,
        /// What is allowed in GiB.
        allowed_gib: f64,
        /// Where.
        place: Box<Place>,
    },
    /// A state in dimension 3 that falls too slowly for a box.
    #[error(
        "{place}: the state falls to {tail:.0e} of its supremum only at |x| = {reach:.0}, {widths:.0} times its width: no box holds it"
    )]
    Tail {
        /// The tail that a box leaves out.
        tail: f64,
        /// |x| where it begins.
        reach: f64,
        /// The same over the width.
        widths: f64,
        /// Where.
        place: Box<Place>,
    },
}

/// From here on a number of points is only a lower bound.
const COUNTLESS: usize = 1_000_000_000;

fn points(n: usize) -> String {
    if n >= COUNTLESS { "more than 10⁹".to_owned() } else { n.to_string() }
}

/// A need in GiB, rounded up to two decimals, so that it shows by how little it exceeds a limit.
fn gib(need: f64) -> String {
    match need {
        need if need.is_nan() => "an unknown amount".to_owned(),
        need if need > 1e6 => "more than 10⁶ GiB".to_owned(),
        need => format!("{:.2} GiB", (100.0 * need).ceil() / 100.0),
    }
}

/// A limit in GiB, rounded down likewise.
fn gib_below(limit: f64) -> String {
    if limit.is_finite() { format!("{:.2} GiB", (100.0 * limit).floor() / 100.0) } else { gib(limit) }
}

impl ScenarioError {
    pub(super) fn syntax(origin: &Origin, error: &toml::de::Error) -> Self {
        let place = origin.place("", error.span().unwrap_or(0..0));
        Self::Syntax { message: error.message().to_owned(), place: Box::new(place) }
    }

    /// Where in the file.
    pub fn place(&self) -> &Place {
        match self {
            Self::Syntax { place, .. }
            | Self::Refused { place, .. }
            | Self::MatrixTooLarge { place, .. }
            | Self::ChannelsTooLarge { place, .. }
            | Self::Tail { place, .. }
            | Self::GridTooFine { place, .. }
            | Self::GridTooLarge { place, .. } => place,
        }
    }
}

impl Diagnostic for ScenarioError {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        None
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let help = match self {
            Self::Syntax { .. } => "a scenario is a TOML file: `key = value`, tables as `[name]`",
            Self::Refused { allowed, .. } => allowed,
            Self::GridTooFine { .. } | Self::GridTooLarge { .. } => {
                "the grid grows with a narrow or elongated initial state, with the times, and with a strong or narrow \
                 interaction: choose a smoother or rounder state, shorter times, or a weaker or wider interaction"
            }
            Self::MatrixTooLarge { .. } => "leave out the smallest ε, or drop the quantity `trace`",
            Self::Tail { .. } => "take a state that falls faster, e.g. a gaussian-mixture",
            Self::ChannelsTooLarge { .. } => "leave out the smallest ε, or choose shorter times",
        };
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let place = self.place();
        (!place.text.is_empty()).then_some(place as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = match self {
            Self::Syntax { .. } => "here",
            Self::Refused { .. } => "this is refused",
            Self::MatrixTooLarge { .. } | Self::ChannelsTooLarge { .. } => "too small",
            Self::Tail { .. } => "reaches too far",
            Self::GridTooFine { .. } | Self::GridTooLarge { .. } => "needs too large a grid",
        };
        Some(Box::new(std::iter::once(LabeledSpan::at(self.place().span.clone(), label))))
    }
}

impl SourceCode for Place {
    fn read_span<'a>(
        &'a self,
        span: &miette::SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        let contents = self.text.as_ref().read_span(span, lines_before, lines_after)?;
        Ok(Box::new(miette::MietteSpanContents::new_named(
            self.file.to_string(),
            contents.data(),
            *contents.span(),
            contents.line(),
            contents.column(),
            contents.line_count(),
        )))
    }
}
