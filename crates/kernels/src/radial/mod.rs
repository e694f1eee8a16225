//! The mean field U = V∗ρ in R³ of a rotation-invariant density.
//!
//! With j₀(x) = sin x/x and r_j = (j+½)h, j = 0..n, where ρ, even in r, is spectrally accurate,
//!
//! ρ̂(k) = 4π∫₀^∞ρ(r)j₀(kr)r²dr,  U(r) = (2π²)^{−1}∫₀^∞V̂(k)ρ̂(k)j₀(kr)k²dk,  0 ≤ k ≤ π/h,
//!
//! without any box and its images. [`MeanField`] is this; [`convolution`] and [`newton`] are independent of it.

mod bessel;
mod convolution;
mod mean_field;
mod potential;
mod wave_numbers;

pub use convolution::{convolution, newton};
pub use mean_field::MeanField;
pub use potential::{Potential, StiffnessTable};
