//! Vlasov in R³ for rotation-invariant data, along characteristics.
//!
//! The plane spanned by x and v is invariant under ẋ = 2v, v̇ = −x·U′(|x|)/|x|, so that two Cartesian components of each
//! suffice, and r = 0 is no singularity: U′(r)/r is smooth.

mod characteristics;
mod history;
mod kepler;
mod local_table;
mod measures;
mod particles;
mod path;
mod rotations;
mod settings;
mod velocities;

pub use characteristics::RadialVlasov;
pub use measures::{Invariants, Residuals, Snapshot};
pub use particles::{ExtrapolatedParticles, ParticleSettings, ParticleVlasov, isotropic_points};
pub use settings::{Domain, Flow, Settings};
