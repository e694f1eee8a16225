//! What a claim is measured on: an interaction and an initial state.

use std::sync::Arc;

use estimators::line::{Alteration, Problem};
use kernels::{Bump, Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use states::{Component, FermiDirac, GaussianMixture, InitialState, RadialBump};

use crate::facade::LaboratoryError;
use crate::record::Setting;
use crate::scenario::{InitialSpec, InteractionSpec, Scenario};

/// A named problem in a setting.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Name in rows and rates, e.g. `gaussian(+1)/two-bumps`.
    pub name: String,
    /// Own dimension or analogue.
    pub setting: Setting,
    /// V and W_N.
    pub problem: Problem,
}

impl Trial {
    /// The same trial with one thing made wrong, under a name that says so.
    pub fn altered(&self, what: &str, alteration: Alteration) -> Self {
        let name = format!("{} [{what}]", self.name);
        Self { name, setting: self.setting, problem: self.problem.altered(alteration) }
    }
}

impl Trial {
    /// The trial of a user's scenario.
    pub fn from_scenario(scenario: &Scenario) -> Result<Self, LaboratoryError> {
        let interaction: Arc<dyn Interaction> = match &scenario.interaction {
            InteractionSpec::Gaussian { strength, width } => {
                Arc::new(Gaussian::new(*strength, *width).map_err(refused)?)
            }
            InteractionSpec::Bump { strength, width } => {
                Arc::new(Bump::new(*strength, *width).map_err(refused)?)
            }
            InteractionSpec::Quadratic { strength } => Arc::new(Quadratic::new(*strength).map_err(refused)?),
            InteractionSpec::None => Arc::new(NoInteraction),
        };
        let initial: Arc<dyn InitialState> = match &scenario.initial {
            InitialSpec::GaussianMixture { components } => {
                let component = |c: &crate::scenario::Component| Component {
                    weight: c.weight,
                    x: c.x,
                    v: c.v,
                    sigma_x: c.sigma_x,
                    sigma_v: c.sigma_v,
                    chirp: c.chirp,
                };
                Arc::new(GaussianMixture::new(components.iter().map(component).collect()).map_err(refused)?)
            }
            InitialSpec::FermiDirac { temperature } => {
                Arc::new(FermiDirac::new(*temperature).map_err(refused)?)
            }
            InitialSpec::RadialBump { beta } => Arc::new(RadialBump::new(*beta).map_err(refused)?),
        };
        let problem = Problem::new(interaction, initial);
        Ok(Self { name: scenario.name.clone(), setting: Setting::Analogue, problem })
    }
}

/// A trial on the line.
fn analogue(interaction: (&str, Arc<dyn Interaction>), initial: (&str, Arc<dyn InitialState>)) -> Trial {
    let name = format!("{}/{}", interaction.0, initial.0);
    Trial { name, setting: Setting::Analogue, problem: Problem::new(interaction.1, initial.1) }
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

/// V = ±exp(−x²/2).
fn gaussian(strength: f64) -> Result<Arc<dyn Interaction>, LaboratoryError> {
    Ok(Arc::new(Gaussian::new(strength, 1.0).map_err(refused)?))
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

/// V = strength·|x|^(−α), the interaction of L19: outside G16's hypotheses, integrable on the line for α < 1.
pub fn power(strength: f64, alpha: f64) -> Result<Trial, LaboratoryError> {
    let power: Arc<dyn Interaction> = Arc::new(InversePower::new(strength, alpha).map_err(refused)?);
    let sign = if strength < 0.0 { "−" } else { "+" };
    let size = if strength.abs() == 1.0 { String::new() } else { format!("{}", strength.abs()) };
    Ok(analogue((&format!("{sign}{size}|x|^(−{alpha})"), power), ("two-bumps", two_bumps()?)))
}
