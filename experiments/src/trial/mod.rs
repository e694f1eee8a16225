//! What a claim is measured on: an interaction and an initial state.

mod line;
pub mod radial;

use std::sync::Arc;

use estimators::line::{Preparation, Release};
use hartree::line::External;
use kernels::{Bump, Gaussian, Interaction, InversePower, NoInteraction, Quadratic};

pub use line::{
    TrialMaker, attractive, fermi_dirac, power, power_and_fermi_dirac, quadratic, repulsive,
    rough_interaction,
};

use crate::facade::LaboratoryError;
use crate::laboratory::Geometry;
use crate::scenario::{InitialSpec, InteractionSpec, Scenario};

/// A named problem in a geometry; without another word, on the line.
#[derive(Clone, Debug)]
pub struct Trial<P = estimators::line::Problem> {
    /// Name in rows and rates, e.g. `gaussian(+1)/two-bumps`.
    pub name: String,
    /// Name of W_N, e.g. `two-bumps`.
    pub state: String,
    /// V and W_N.
    pub problem: P,
}

impl<P: Geometry> Trial<P> {
    /// The same trial with one thing made wrong, under a name that says so.
    pub fn altered(&self, what: &str, alteration: P::Alteration) -> Self {
        let name = format!("{} [{what}]", self.name);
        Self { name, state: self.state.clone(), problem: self.problem.altered(alteration) }
    }
}

/// The trial of a user's scenario, in the geometry that the scenario asks for.
#[derive(Clone, Debug)]
pub enum ScenarioTrial {
    /// On the line, one initial state for every ε.
    Line(Trial),
    /// On the line, an initial state for each ε of the ladder.
    LineAtEach(Vec<Trial>),
    /// Rotation-invariant.
    Radial(Trial<estimators::radial::Problem>),
    /// A pure state on the line, released from a trap.
    Released(Release),
    /// Closed shells in R³, released from a trap.
    ReleasedInSpace(estimators::radial::Release),
}

impl ScenarioTrial {
    /// The trial of a scenario.
    ///
    /// # Errors
    /// Data that a constructor refuses.
    pub fn of(scenario: &Scenario) -> Result<Self, LaboratoryError> {
        if let (3, InitialSpec::TrapGroundState { trap }) = (scenario.dimension, &scenario.initial) {
            let preparation = estimators::radial::Preparation::GroundState { s: *trap };
            let interaction = interaction_of(&scenario.interaction)?;
            return Ok(Self::ReleasedInSpace(estimators::radial::Release::new(interaction, preparation)));
        }
        if let InitialSpec::TrapGroundState { trap } = scenario.initial {
            let preparation = Preparation::GroundState { trap: External::Harmonic { s: trap } };
            return Ok(Self::Released(Release::new(interaction_of(&scenario.interaction)?, preparation)));
        }
        let on_the_line = |eps: &f64| line::from_scenario(scenario, *eps);
        Ok(match (scenario.dimension, &scenario.initial) {
            (1, InitialSpec::Cat { .. }) => {
                Self::LineAtEach(scenario.epsilon.iter().map(on_the_line).collect::<Result<_, _>>()?)
            }
            (1, _) => Self::Line(on_the_line(&1.0)?),
            _ => Self::Radial(radial::from_scenario(scenario)?),
        })
    }
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

/// A state of another geometry, or a pure one: none that comes here from a scenario that was read.
fn elsewhere(initial: &InitialSpec) -> LaboratoryError {
    LaboratoryError::Refused(format!("{initial:?} is no mixed state of this dimension"))
}

/// V as a user writes it; a power with the largest α that any geometry carries.
fn interaction_of(spec: &InteractionSpec) -> Result<Arc<dyn Interaction>, LaboratoryError> {
    Ok(match spec {
        InteractionSpec::Gaussian { strength, width } => {
            Arc::new(Gaussian::new(*strength, *width).map_err(refused)?)
        }
        InteractionSpec::Bump { strength, width } => Arc::new(Bump::new(*strength, *width).map_err(refused)?),
        InteractionSpec::Power { strength, alpha } => {
            Arc::new(InversePower::in_space(*strength, *alpha).map_err(refused)?)
        }
        InteractionSpec::Quadratic { strength } => Arc::new(Quadratic::new(*strength).map_err(refused)?),
        InteractionSpec::None => Arc::new(NoInteraction),
    })
}

/// V = ±exp(−|x|²/2).
fn gaussian(strength: f64) -> Result<Arc<dyn Interaction>, LaboratoryError> {
    Ok(Arc::new(Gaussian::new(strength, 1.0).map_err(refused)?))
}

/// The name of V = strength·|x|^(−α), e.g. `−|x|^(−0.25)`, `+0.1|x|^(−0.9)`.
fn power_name(strength: f64, alpha: f64) -> String {
    let sign = if strength < 0.0 { '−' } else { '+' };
    let factor = if strength.abs() == 1.0 { String::new() } else { strength.abs().to_string() };
    format!("{sign}{factor}|x|^(−{alpha})")
}
