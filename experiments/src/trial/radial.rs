//! Rotation-invariant trials in R³.

use std::sync::Arc;

use estimators::radial::Problem;
use kernels::{Interaction, InversePower};
use states::radial::{CenteredComponent, CenteredMixture, Plummer, RadialState};

use super::{Trial, elsewhere, gaussian, interaction_of, power_name, refused};
use crate::facade::LaboratoryError;
use crate::scenario::{InitialSpec, InteractionSpec, Scenario};

/// A trial in R³, of the theorems' own setting.
pub type RadialTrial = Trial<Problem>;

/// The trial of a user's scenario.
pub fn from_scenario(scenario: &Scenario) -> Result<RadialTrial, LaboratoryError> {
    let interaction = interaction_of(&scenario.interaction)?;
    let initial: Arc<dyn RadialState> = match (&scenario.initial, &scenario.interaction) {
        (InitialSpec::GaussianMixture { components }, _) => {
            // a user's weights sum to 1 to the digits that were typed
            let total: f64 = components.iter().map(|c| c.weight).sum();
            let component = |c: &crate::scenario::Component| CenteredComponent {
                weight: c.weight / total,
                sigma_x: c.sigma_x,
                sigma_v: c.sigma_v,
                chirp: c.chirp,
            };
            Arc::new(CenteredMixture::new(components.iter().map(component).collect()).map_err(refused)?)
        }
        (InitialSpec::Plummer { scale }, InteractionSpec::Power { strength, .. }) => {
            Arc::new(Plummer::new(-strength, *scale).map_err(refused)?)
        }
        (other, _) => return Err(elsewhere(other)),
    };
    let name = scenario.name.clone();
    Ok(Trial { state: name.clone(), name, problem: Problem::new(interaction, initial) })
}

fn own(interaction: (&str, Arc<dyn Interaction>), initial: (&str, Arc<dyn RadialState>)) -> RadialTrial {
    let name = format!("{}/{}", interaction.0, initial.0);
    Trial { name, state: initial.0.to_owned(), problem: Problem::new(interaction.1, initial.1) }
}

/// Two widths, one of them with a chirp, out of equilibrium; 0 ≤ ω ≤ 1 with room.
fn two_widths() -> Result<(&'static str, Arc<dyn RadialState>), LaboratoryError> {
    Ok(("two-widths", Arc::new(CenteredMixture::two_widths().map_err(refused)?)))
}

/// Width of the chirped Gaussian in x and in v, and its mean velocity κx: (2π)³ sup W = 0.75.
const CHIRPED: (f64, f64) = (1.05, 0.5);

/// One Gaussian of equal widths that expands, v ~ κx + σξ.
fn chirped() -> Result<(&'static str, Arc<dyn RadialState>), LaboratoryError> {
    let (width, chirp) = CHIRPED;
    Ok(("chirped", Arc::new(CenteredMixture::single(width, width, chirp).map_err(refused)?)))
}

/// V = strength·exp(−|x|²/2) and two widths.
pub fn smooth(strength: f64) -> Result<RadialTrial, LaboratoryError> {
    let name = if strength < 0.0 { "gaussian(−1)" } else { "gaussian(+1)" };
    Ok(own((name, gaussian(strength)?), two_widths()?))
}

/// Smooth, repulsive.
pub fn repulsive() -> Result<RadialTrial, LaboratoryError> {
    smooth(1.0)
}

/// Smooth, attractive.
pub fn attractive() -> Result<RadialTrial, LaboratoryError> {
    smooth(-1.0)
}

/// Smooth, repulsive, and a chirped Gaussian.
pub fn repulsive_and_chirped() -> Result<RadialTrial, LaboratoryError> {
    Ok(own(("gaussian(+1)", gaussian(1.0)?), chirped()?))
}

/// V = strength·|x|^(−α), 0 < α ≤ 1, and two widths.
pub fn power(strength: f64, alpha: f64) -> Result<RadialTrial, LaboratoryError> {
    let (name, power) = inverse_power(strength, alpha)?;
    Ok(own((&name, power), two_widths()?))
}

/// V = strength·|x|^(−α) and a chirped Gaussian.
pub fn power_and_chirped(strength: f64, alpha: f64) -> Result<RadialTrial, LaboratoryError> {
    let (name, power) = inverse_power(strength, alpha)?;
    Ok(own((&name, power), chirped()?))
}

fn inverse_power(strength: f64, alpha: f64) -> Result<(String, Arc<dyn Interaction>), LaboratoryError> {
    let power = InversePower::in_space(strength, alpha).map_err(refused)?;
    Ok((power_name(strength, alpha), Arc::new(power)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_state_is_inside_the_bound_of_pauli() {
        for trial in [smooth(1.0), repulsive_and_chirped(), power(-1.0, 1.0)] {
            let trial = trial.unwrap();
            let ratio = trial.problem.initial.pauli_ratio();
            assert!(ratio > 0.5 && ratio <= 1.0, "{}: {ratio}", trial.name);
        }
    }
}
