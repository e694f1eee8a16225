//! V as a user writes it.

use super::error::ScenarioError;
use super::section::Section;
use crate::nearest::did_you_mean;

/// The interaction V of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum InteractionSpec {
    /// `gaussian`: V(x) = strength·exp(−|x|²/(2 width²)).
    Gaussian {
        /// V(0); negative: attractive.
        strength: f64,
        /// Width > 0.
        width: f64,
    },
    /// `bump`: V(x) = strength·(1−|x|²/width²)₊², in W^{2,∞} but not C².
    Bump {
        /// V(0); negative: attractive.
        strength: f64,
        /// Radius of the support, > 0.
        width: f64,
    },
    /// `quadratic`: V(x) = strength·|x|²/2, the null test ω = ω̃.
    Quadratic {
        /// V″; negative: repulsive.
        strength: f64,
    },
    /// `none`: V = 0.
    None,
}

const AVAILABLE: [&str; 4] = ["gaussian", "bump", "quadratic", "none"];
const LATER: [&str; 1] = ["power"];

/// Reads `[interaction]`.
pub(super) fn read(section: &Section<'_>) -> Result<InteractionSpec, ScenarioError> {
    let strength = || Ok(section.number("strength")?.value);
    match kind(section, &AVAILABLE, &LATER)?.as_str() {
        "gaussian" => {
            section.only(&["kind", "strength", "width"])?;
            Ok(InteractionSpec::Gaussian { strength: strength()?, width: section.positive("width")? })
        }
        "bump" => {
            section.only(&["kind", "strength", "width"])?;
            Ok(InteractionSpec::Bump { strength: strength()?, width: section.positive("width")? })
        }
        "quadratic" => {
            section.only(&["kind", "strength"])?;
            Ok(InteractionSpec::Quadratic { strength: strength()? })
        }
        _ => {
            section.only(&["kind"])?;
            Ok(InteractionSpec::None)
        }
    }
}

/// The `kind` of a section: one of `available`; one of `later` is recognised and refused, anything else is unknown.
pub(super) fn kind(
    section: &Section<'_>,
    available: &[&str],
    later: &[&str],
) -> Result<String, ScenarioError> {
    let kind = section.word("kind")?;
    let word = kind.value.as_str();
    if available.contains(&word) {
        return Ok(kind.value);
    }
    let allowed = format!("available: {}", available.join(", "));
    if later.contains(&word) {
        return Err(section.refuse(&kind, format!("not available yet in this version: `{word}`"), allowed));
    }
    let hint = did_you_mean(word, available.iter().chain(later).copied());
    Err(section.refuse(&kind, format!("unknown kind `{word}`{hint}"), allowed))
}
