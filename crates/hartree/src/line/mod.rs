//! Hartree on the line: in Weyl variables, on the kernel itself, and on orbitals; Hartree–Fock and trapped ground states on orbitals,
//! and Thomas–Fermi, which the latter tend to.

mod dense_evolution;
mod direct;
mod exchange_flow;
mod fermi_dirac;
mod fermi_edge;
mod fock;
mod ground_state;
mod kernel;
mod mixing;
mod model;
mod natural_orbitals;
mod orbital_commutators;
mod orbital_dynamics;
mod orbital_error;
mod orbital_observables;
mod orbital_resolution;
mod orbitals;
mod oscillator_sea;
mod other_axis;
mod thermal_state;
mod thomas_fermi;
mod weyl;

pub use dense_evolution::dense_evolution;
pub use fermi_dirac::oscillator_levels;
pub use fermi_edge::{WIGNER_EDGE_SCALE, airy_tail, husimi_edge, sea_at_the_edge, wigner_edge};
pub use fock::OrbitalEnergy;
pub use ground_state::{GroundState, Iteration, SelfConsistency, ground_state, ground_state_with};
pub use kernel::KernelHartree;
pub use mixing::Mixing;
pub use model::{Exchange, External, Model};
pub use natural_orbitals::NaturalOrbitals;
pub use orbital_dynamics::OrbitalDynamics;
pub use orbital_error::OrbitalError;
pub use orbital_resolution::OrbitalResolution;
pub use orbitals::{GROUP_SPEED, Orbitals};
pub use thermal_state::{ThermalState, thermal_state};
pub use thomas_fermi::{ThomasFermi, ThomasFermiError};
pub use weyl::{HartreeMultiplier, WeylHartree};
