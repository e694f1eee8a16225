//! # Phase space
//!
//! Scaling, grids and their duals, the one Fourier convention, and the split flow that Hartree and Vlasov share.
//!
//! A density operator `$\omega$` of `$N$` fermions in dimension `$d$` has trace `$N = \varepsilon^{-d}$`; its Wigner function is
//!
//! ```math
//! W(x,v) = \Big(\frac{\varepsilon}{2\pi}\Big)^{d} \int \omega\big(x+\tfrac{\varepsilon y}{2};\, x-\tfrac{\varepsilon y}{2}\big)\, e^{-iv\cdot y}\, dy, \qquad \iint W = 1 .
//! ```
//!
//! Its partial Fourier transform, the **Weyl variables**, needs no `$\varepsilon$`:
//!
//! ```math
//! G(x,y) = \int W(x,v)\, e^{iv\cdot y}\, dv = \frac1N\,\omega\big(x+\tfrac{\varepsilon y}{2};\, x-\tfrac{\varepsilon y}{2}\big).
//! ```
//!
//! On the line Hartree and Vlasov are one equation in these variables,
//!
//! ```math
//! i\,\partial_t G = -2\,\partial_x\partial_y G + m(x,y)\, G,
//! ```
//!
//! with `$m = [U(x+\varepsilon y/2)-U(x-\varepsilon y/2)]/\varepsilon$` for Hartree and `$m = U'(x)\,y$` for Vlasov,
//! `$U = V*\rho$`. The two parts are solved exactly in turn: the drift `$W(x,v)\mapsto W(x-2v\tau,v)$` and the kick
//! `$G\mapsto e^{-i\tau m}G$`, during which `$\rho(x) = G(x,0)$` does not change.
//!
//! In `$\mathbb R^3$` the data are rotation-invariant: `$W$` is a function of `$r=|x|$`, `$v_r=x\cdot v/|x|$`,
//! `$v_t=|x\times v|/|x|$`, and an operator a sum of channels of angular momentum on reduced radial functions `$u=r\psi$`,
//!
//! ```math
//! \omega=\bigoplus_\ell\omega_\ell\otimes1_{2\ell+1},\qquad \operatorname{tr}|\omega|=\sum_\ell(2\ell+1)\operatorname{tr}|\omega_\ell| .
//! ```
//!
//! A state that spreads stands still in the comoving frame `$x=b\xi$`, `$v=\eta/b+\tfrac12\dot b\,\xi$`, `$\ddot b=a^2/b^3-cb$`: the
//! map is canonical, and an exact unitary of operators, so that their norms are the same there.
//!
//! - [`Scaling`]: ε and N.
//! - [`fourier`]: the only module of the laboratory that calls an FFT.
//! - [`mod@line`]: grids, [`line::WignerFunction`], [`line::WeylVariables`], and the split flow for d = 1.
//! - [`vertex`]: a supremum between three samples; [`SincSums`]: sin(z)/z at equidistant places; [`turn()`]: z e^{iθ} for many θ.
//! - [`mod@radial`]: radii, parities, sparse sums over angular momenta and comoving frames for rotation-invariant d = 3.
//! - [`splitting`]: symmetric compositions of order 2, 4 and 6.
//! - [`convention`]: the constants that both dynamics read.

pub mod convention;
pub mod fourier;
pub mod line;
mod peak;
pub mod radial;
mod scaling;
mod sinc;
pub mod splitting;
mod stencil;
mod turn;

pub use peak::vertex;
pub use scaling::{Scaling, ScalingError};
pub use sinc::SincSums;
pub use stencil::eight_points;
pub use turn::turn;
