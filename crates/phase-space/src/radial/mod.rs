//! Rotation-invariant R³: the half-line of radii, the parities of reduced radial functions, sums over angular momenta.
//!
//! A rotation-invariant operator is `$\omega = \bigoplus_\ell \omega_\ell \otimes 1_{2\ell+1}$` on reduced radial functions
//! `$u = r\psi$`, `$\int_0^\infty |u|^2\,dr = \lVert\psi\rVert^2$`. In channel `$\ell$` a smooth state has `$u(r) = r^{\ell+1}f(r^2)$`:
//! continued to `$r<0$` with the parity `$(-1)^{\ell+1}$` it stays smooth, so that sines (even `$\ell$`) or cosines (odd `$\ell$`)
//! on the points `$r_j = (j+\tfrac12)h$`, which avoid the singularity of `$\ell(\ell+1)/r^2$`, converge spectrally.

mod angular;
mod frame;
mod grid;
mod transform;

pub use angular::{AngularMomenta, AngularMomentaError, ELL_SPACING, SparseRule};
pub use frame::{ComovingFrame, FrameError};
pub use grid::{Parity, RadialGrid, RadialGridError};
pub use transform::ParityTransform;
