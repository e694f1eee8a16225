//! The list of all families of interactions: one file each in `families/`, one line each here.

mod bump;
mod gaussian;
mod none;
mod power;
mod quadratic;

pub use bump::Bump;
pub use gaussian::Gaussian;
pub use none::NoInteraction;
pub use power::InversePower;
pub use quadratic::Quadratic;

use crate::{Interaction, KernelError};

/// A family: the name of its file and of its scenario kind, and one member on which every law is tested.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// `kind` in a scenario and stem of the file in `families/`.
    pub kind: &'static str,
    /// A member with parameters that differ from all defaults.
    pub example: fn() -> Result<Box<dyn Interaction>, KernelError>,
}

/// Every family.
pub const FAMILIES: [Family; 5] = [
    Family { kind: "gaussian", example: || Ok(Box::new(Gaussian::new(1.3, 0.8)?)) },
    Family { kind: "bump", example: || Ok(Box::new(Bump::new(-0.7, 1.9)?)) },
    Family { kind: "quadratic", example: || Ok(Box::new(Quadratic::new(0.6)?)) },
    Family { kind: "power", example: || Ok(Box::new(InversePower::new(-0.9, 0.45)?)) },
    Family { kind: "none", example: || Ok(Box::new(NoInteraction)) },
];
