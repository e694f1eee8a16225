//! Trials on the line.

use std::sync::Arc;

use estimators::line::Problem;
use kernels::{Bump, Interaction, InversePower, Quadratic};
use states::{Cat, Component, FermiDirac, GaussianMixture, InitialState, RadialBump};

use super::{Trial, elsewhere, gaussian, interaction_of, power_name, refused};
use crate::facade::LaboratoryError;
use crate::scenario::{InitialSpec, InteractionSpec, Scenario};

/// Makes a trial on the line.
pub type TrialMaker = fn() -> Result<Trial, LaboratoryError>;

/// The trial of a user's scenario at ε, on which some states depend.
pub fn from_scenario(scenario: &Scenario, eps: f64) -> Result<Trial, LaboratoryError> {
    let interaction = match &scenario.interaction {
        InteractionSpec::Power { strength, alpha } => inverse_power(*strength, *alpha)?.1,
        other => interaction_of(other)?,
    };
    let initial: Arc<dyn InitialState> = match &scenario.initial {
        InitialSpec::GaussianMixture { components } => Arc::new(mixture(components)?),
        InitialSpec::Cat { components, oscillation } => {
            let (a, y) = (oscillation.amplitude(eps), oscillation.frequency(eps));
            Arc::new(Cat::new(mixture(components)?, oscillation.width, a, y).map_err(refused)?)
        }
        InitialSpec::FermiDirac { temperature } => Arc::new(FermiDirac::new(*temperature).map_err(refused)?),
        InitialSpec::RadialBump { beta } => Arc::new(RadialBump::new(*beta).map_err(refused)?),
        other @ (InitialSpec::Plummer { .. } | InitialSpec::TrapGroundState { .. }) => {
            return Err(elsewhere(other));
        }
    };
    let name = scenario.name.clone();
    Ok(Trial { state: name.clone(), name, problem: Problem::new(interaction, initial) })
}

fn mixture(components: &[crate::scenario::Component]) -> Result<GaussianMixture, LaboratoryError> {
    let component = |c: &crate::scenario::Component| Component {
        weight: c.weight,
        x: c.x,
        v: c.v,
        sigma_x: c.sigma_x,
        sigma_v: c.sigma_v,
        chirp: c.chirp,
    };
    GaussianMixture::new(components.iter().map(component).collect()).map_err(refused)
}

/// A trial on the line.
fn analogue(interaction: (&str, Arc<dyn Interaction>), initial: (&str, Arc<dyn InitialState>)) -> Trial {
    let name = format!("{}/{}", interaction.0, initial.0);
    Trial { name, state: initial.0.to_owned(), problem: Problem::new(interaction.1, initial.1) }
}

/// Two Gaussians that move towards each other: far from every equilibrium, 0 ≤ ω ≤ 1 with room.
fn two_bumps() -> Result<Arc<dyn InitialState>, LaboratoryError> {
    Ok(Arc::new(GaussianMixture::two_bumps().map_err(refused)?))
}

/// Smooth, repulsive.
pub fn repulsive() -> Result<Trial, LaboratoryError> {
    Ok(analogue(("gaussian(+1)", gaussian(1.0)?), ("two-bumps", two_bumps()?)))
}

/// Smooth, attractive.
pub fn attractive() -> Result<Trial, LaboratoryError> {
    Ok(analogue(("gaussian(−1)", gaussian(-1.0)?), ("two-bumps", two_bumps()?)))
}

/// V = strength·|x|^(−α) and two bumps.
pub fn power(strength: f64, alpha: f64) -> Result<Trial, LaboratoryError> {
    let (name, power) = inverse_power(strength, alpha)?;
    Ok(analogue((&name, power), ("two-bumps", two_bumps()?)))
}

/// V = strength·|x|^(−α) and a Fermi–Dirac profile.
pub fn power_and_fermi_dirac(strength: f64, alpha: f64) -> Result<Trial, LaboratoryError> {
    let (name, power) = inverse_power(strength, alpha)?;
    let state: Arc<dyn InitialState> = Arc::new(FermiDirac::new(1.0).map_err(refused)?);
    Ok(analogue((&name, power), ("fermi-dirac(1)", state)))
}

/// V = strength·|x|^(−α) on the line, with its name.
fn inverse_power(strength: f64, alpha: f64) -> Result<(String, Arc<dyn Interaction>), LaboratoryError> {
    let power = InversePower::new(strength, alpha).map_err(refused)?;
    Ok((power_name(strength, alpha), Arc::new(power)))
}

/// V = (1−x²/4)₊²: in W^{2,∞}, not C².
pub fn rough_interaction() -> Result<Trial, LaboratoryError> {
    let bump: Arc<dyn Interaction> = Arc::new(Bump::new(1.0, 2.0).map_err(refused)?);
    Ok(analogue(("bump(+1)", bump), ("two-bumps", two_bumps()?)))
}

/// A Fermi–Dirac profile at temperature 1, released.
pub fn fermi_dirac() -> Result<Trial, LaboratoryError> {
    let state: Arc<dyn InitialState> = Arc::new(FermiDirac::new(1.0).map_err(refused)?);
    Ok(analogue(("gaussian(+1)", gaussian(1.0)?), ("fermi-dirac(1)", state)))
}

/// V = x²/2: the null test, ω = ω̃ identically.
pub fn quadratic() -> Result<Trial, LaboratoryError> {
    let quadratic: Arc<dyn Interaction> = Arc::new(Quadratic::new(1.0).map_err(refused)?);
    Ok(analogue(("quadratic(+1)", quadratic), ("two-bumps", two_bumps()?)))
}
