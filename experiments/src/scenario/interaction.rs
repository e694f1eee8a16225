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
    /// `power`: V(x) = strength·|x|^(−alpha).
    Power {
        /// V(1); negative: attractive.
        strength: f64,
        /// α in (0, 1) for dimension 1.
        alpha: f64,
    },
    /// `quadratic`: V(x) = strength·|x|²/2, the null test ω = ω̃.
    Quadratic {
        /// V″; negative: repulsive.
        strength: f64,
    },
    /// `none`: V = 0.
    None,
}

const AVAILABLE: [&str; 5] = ["gaussian", "power", "bump", "quadratic", "none"];

/// Reads `[interaction]`.
pub(super) fn read(section: &Section<'_>) -> Result<InteractionSpec, ScenarioError> {
    let strength = || Ok(section.number("strength")?.value);
    match kind(section, &AVAILABLE, &[])?.as_str() {
        "gaussian" => {
            section.only(&["kind", "strength", "width"])?;
            Ok(InteractionSpec::Gaussian { strength: strength()?, width: section.positive("width")? })
        }
        "bump" => {
            section.only(&["kind", "strength", "width"])?;
            Ok(InteractionSpec::Bump { strength: strength()?, width: section.positive("width")? })
        }
        "power" => {
            section.only(&["kind", "strength", "alpha"])?;
            Ok(InteractionSpec::Power { strength: strength()?, alpha: integrable_power(section)? })
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

/// α in (0, 1): |x|^(−α) is integrable near 0 on the line.
fn integrable_power(section: &Section<'_>) -> Result<f64, ScenarioError> {
    let alpha = section.number("alpha")?;
    if alpha.value > 0.0 && alpha.value < 1.0 {
        return Ok(alpha.value);
    }
    let problem = if alpha.value >= 1.0 {
        format!("|x|^(−{}) is not locally integrable on the line", alpha.value)
    } else {
        format!("{} is not positive", alpha.value)
    };
    Err(section.refuse(&alpha, problem, "allowed in dimension 1: 0 < alpha < 1"))
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
