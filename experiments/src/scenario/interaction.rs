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
        /// α in (0, 1) for dimension 1, in (0, 1] for dimension 3, where 1 is Coulomb's or gravity's.
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
pub(super) fn read(section: &Section<'_>, dimension: u32) -> Result<InteractionSpec, ScenarioError> {
    let strength = || Ok(section.number("strength")?.value);
    match kind(section, &AVAILABLE, &[], dimension)?.as_str() {
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
            Ok(InteractionSpec::Power { strength: strength()?, alpha: alpha(section, dimension)? })
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

/// α in (0, 1) on the line, where |x|^(−α) must be integrable near 0; in (0, 1] in R³, as L19.T2 supposes.
fn alpha(section: &Section<'_>, dimension: u32) -> Result<f64, ScenarioError> {
    let alpha = section.number("alpha")?;
    let (most, allowed) = match dimension {
        1 => (alpha.value < 1.0, "allowed in dimension 1: 0 < alpha < 1"),
        _ => (alpha.value <= 1.0, "allowed in dimension 3: 0 < alpha ≤ 1"),
    };
    if alpha.value > 0.0 && most {
        return Ok(alpha.value);
    }
    let problem = if alpha.value <= 0.0 {
        format!("{} is not positive", alpha.value)
    } else if dimension == 1 {
        format!("|x|^(−{}) is not locally integrable on the line", alpha.value)
    } else {
        format!("|x|^(−{}) is more singular than Coulomb's interaction", alpha.value)
    };
    Err(section.refuse(&alpha, problem, allowed))
}

/// The `kind` of a section: one of `available`; one of `later` is recognised and refused, anything else is unknown. Both lists are those
/// of the dimension.
pub(super) fn kind(
    section: &Section<'_>,
    available: &[&str],
    later: &[&str],
    dimension: u32,
) -> Result<String, ScenarioError> {
    let kind = section.word("kind")?;
    let word = kind.value.as_str();
    if available.contains(&word) {
        return Ok(kind.value);
    }
    let place = if dimension == 1 { String::new() } else { format!(" in dimension {dimension}") };
    let allowed = format!("available{place}: {}", available.join(", "));
    if later.contains(&word) {
        let problem = format!("not available yet in this version{place}: `{word}`");
        return Err(section.refuse(&kind, problem, allowed));
    }
    let hint = did_you_mean(word, available.iter().chain(later).copied());
    Err(section.refuse(&kind, format!("unknown kind `{word}`{hint}"), allowed))
}
