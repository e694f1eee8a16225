//! Vlasov in R³ for rotation-invariant data, along characteristics.
//!
//! The plane spanned by x and v is invariant under ẋ = 2v, v̇ = −x·U′(|x|)/|x|, so that two Cartesian components of each
//! suffice, and r = 0 is no singularity: U′(r)/r is smooth.

mod characteristics;
mod correction;
mod history;
mod kepler;
mod local_table;
mod measures;
mod particles;
mod path;
mod phase_rule;
mod rotations;
mod settings;
mod velocities;

pub use characteristics::RadialVlasov;
pub use correction::{CorrectionSettings, RadialCorrection};
pub use measures::{Invariants, Residuals, Snapshot};
pub use particles::{ExtrapolatedParticles, ParticleSettings, ParticleVlasov, isotropic_points};
pub use phase_rule::{PhaseNorms, PhasePoints, PhaseRow, PhaseRule, PhaseShell};
pub use settings::{Domain, Flow, Settings};
