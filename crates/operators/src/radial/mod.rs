//! Rotation-invariant operators on R³ as channels of angular momentum.
//!
//! ```math
//! \omega = \bigoplus_\ell \omega_\ell\otimes 1_{2\ell+1}, \qquad
//!   \omega_\ell(r,r') = 2\pi rr'\int_{-1}^{1}P_\ell(c)\,\omega(r,r',c)\,dc
//! ```
//!
//! on reduced radial functions `$u = r\psi$`. On the points `$r_j = (j+\tfrac12)h$` channel `$\ell$` is the matrix
//! `$A_\ell = (h\,\omega_\ell(r_i;r_j))_{ij}$`, and
//!
//! ```math
//! \operatorname{tr}\omega = \sum_\ell(2\ell+1)\operatorname{tr}A_\ell, \qquad
//!   \operatorname{tr}|\omega| = \sum_\ell(2\ell+1)\lVert A_\ell\rVert_{tr}, \qquad
//!   \lVert\omega\rVert_{HS}^2 = \sum_\ell(2\ell+1)\lVert A_\ell\rVert_{HS}^2, \qquad
//!   \rho(r) = \sum_\ell(2\ell+1)\frac{\omega_\ell(r;r)}{4\pi r^2N}.
//! ```
//!
//! **Commutators** with a function of `$|x|$` stay in the channels, those with the components of `$x$` do not, but their squares add up to a
//! scalar,
//!
//! ```math
//! [f,\omega]_\ell = (f(r)-f(r'))\,\omega_\ell(r,r'), \qquad
//!   \Big(\sum_i|[x_i,\omega]|^2\Big)_\ell = \sum_{\ell'=\ell\pm1}c_{\ell\ell'}\,
//!     (r\omega_\ell-\omega_{\ell'}r)^\ast(r\omega_\ell-\omega_{\ell'}r), \qquad
//!   c_{\ell,\ell-1}=\tfrac{\ell}{2\ell+1},\; c_{\ell,\ell+1}=\tfrac{\ell+1}{2\ell+1} .
//! ```
//!
//! The sums are those of [`phase_space::radial::AngularMomenta`]: all ℓ, or a sparse set with multiplicities.

mod channels;
mod commutators;
mod factors;
mod hamiltonian;
mod localised;
mod resolvent;

pub use channels::{ChannelError, Channels};
pub use commutators::{ComponentCommutator, VectorChannel, VectorCommutator, position_weights};
pub use factors::{Factors, SpectralFlow};
pub use hamiltonian::{HamiltonianError, RadialHamiltonian};
pub use localised::{LocalisedCommutator, LocalisedError, localised_scan};
pub use resolvent::{RESOLVENT_CONSTANT, ResolventError, resolvent_density, weighted_resolvent};
