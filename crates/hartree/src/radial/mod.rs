//! Hartree dynamics of rotation-invariant states in R³, ω = ⊕_ℓ ω_ℓ ⊗ 1_{2ℓ+1}, in two independent discretisations.

mod channels;
pub mod closed_shells;
mod direct;
mod factors;
mod oscillator;
mod oscillator_sea;
mod shells;
mod thermal_oscillator;

pub use channels::{Barrier, ChannelHartree, ExchangeTerm, Invariants, Settings};
pub use direct::{DirectError, DirectHartree, DirectSettings, Extrapolated};
pub use oscillator_sea::OscillatorSea;
pub use thermal_oscillator::ThermalOscillator;
