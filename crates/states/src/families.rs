//! The list of all families of initial states: one file each in `families/`, one line each here.

mod cat;
mod fermi_dirac;
mod gaussian_mixture;
mod radial_bump;

pub use cat::Cat;
pub use fermi_dirac::FermiDirac;
pub use gaussian_mixture::{Component, GaussianMixture};
pub use radial_bump::RadialBump;

use crate::{InitialState, StateError};

/// A family: the scenario kind (its file has the same name with `_`), and one member on which every law is tested.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// `kind` in a scenario.
    pub kind: &'static str,
    /// A member.
    pub example: fn() -> Result<Box<dyn InitialState>, StateError>,
}

/// Every family.
pub const FAMILIES: [Family; 4] = [
    Family { kind: "gaussian-mixture", example: || Ok(Box::new(GaussianMixture::two_bumps()?)) },
    Family { kind: "fermi-dirac", example: || Ok(Box::new(FermiDirac::new(0.5)?)) },
    Family { kind: "radial-bump", example: || Ok(Box::new(RadialBump::new(3.0)?)) },
    Family {
        kind: "cat",
        example: || Ok(Box::new(Cat::new(GaussianMixture::two_bumps()?, 0.7, 0.04, 9.0)?)),
    },
];
