//! Ground states of N particles in full shells of angular momentum, by Hartree–Fock.
//!
//! Every shell (n,ℓ) holds its 2ℓ+1 orbitals (u_nℓ/r)Y_ℓm, so that ω is rotation-invariant and
//!
//! ```math
//! h_\ell=\varepsilon^2\Big(-\partial_r^2+\frac{\ell(\ell+1)}{r^2}\Big)+V_{ext}+V*\rho-X_\ell,\qquad
//! X_\ell(r,s)=\frac1N\sum_{n'\ell'}(2\ell'+1)\sum_k\begin{pmatrix}\ell&k&\ell'\\0&0&0\end{pmatrix}^2v_k(r,s)\,u_{n'\ell'}(r)\,u_{n'\ell'}(s),
//! ```
//!
//! with the Legendre coefficients `$V(|x-y|)=\sum_kv_k(r,s)P_k(\cos)$`.

mod aufbau;
mod energy;
mod error;
mod evolution;
mod functions;
mod ground_state;
mod hamiltonian;
mod multipoles;
mod panels;
mod problem;
mod released;
mod spherical_waves;
mod thomas_fermi;
mod three_j;

pub use aufbau::Configuration;
pub use energy::Energy;
pub use error::GroundStateError;
pub use evolution::HartreeFock;
pub use functions::RadialFunctions;
pub use ground_state::{Convergence, GroundState, Shell, ground_state, refined_energy};
pub(super) use panels::legendre;
pub use problem::{ClosedShells, External};
pub use thomas_fermi::{ThomasFermi, thomas_fermi};
