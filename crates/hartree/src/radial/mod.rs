//! Hartree in R³ for rotation-invariant data, ω = ⊕_ℓ ω_ℓ ⊗ 1_{2ℓ+1}.

mod direct;
mod factors;
mod oscillator;
mod shells;

pub use direct::{DirectError, DirectHartree, DirectSettings, Extrapolated};
