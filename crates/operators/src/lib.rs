//! Density operators, banded Hermitian matrices, commutators, Schatten norms and spectra.

mod band;
mod dense;
mod density;
mod error;
mod product;
mod reduction;
pub mod schatten;
mod tridiagonal;

pub use band::BandHermitian;
pub use dense::hermitian_eigenvalues;
pub use density::DensityOperator;
pub use error::{BandError, KernelError, SpectrumError};
pub use product::{WEIGHTED_RESOLVENT_CONSTANT, hilbert_schmidt_of_product, weighted_resolvent};
