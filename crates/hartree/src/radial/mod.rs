//! Hartree dynamics of rotation-invariant states in R³, ω = ⊕_ℓ ω_ℓ ⊗ 1_{2ℓ+1}, in two independent discretisations.

mod channels;
pub mod closed_shells;
mod direct;
mod factors;
mod oscillator;
mod oscillator_sea;
mod shells;

pub use channels::{Barrier, ChannelHartree, Invariants, Settings};
pub use direct::{DirectError, DirectHartree, DirectSettings, Extrapolated};
pub use oscillator_sea::OscillatorSea;
