//! # Vlasov dynamics
//!
//! The semiclassical limit of the Hartree equation with kinetic energy `$-\varepsilon^2\Delta$`, whose symbol is `$v^2$`:
//!
//! ```math
//! \partial_tW+2v\cdot\nabla_xW=\nabla(V*\rho)\cdot\nabla_vW,\qquad \rho(x)=\int W(x,v)\,dv,
//! ```
//!
//! with the characteristics `$\dot x=2v$`, `$\dot v=-\nabla(V*\rho)(x)$`. The line, `$d=1$`, has two discretisations that share
//! neither grid, transform nor constant, so that neither can hide an error of the other:
//!
//! | | [`line::WeylVlasov`] | [`line::CharacteristicVlasov`] |
//! |---|---|---|
//! | unknown | `$W(x,v)$` on a grid | the force `$F(x,t)=-U'(x,t)$`, Chebyshev nodes in time |
//! | method | `$W\mapsto W(x-2v\tau,v)$` and `$G\mapsto e^{-i\tau U'(x)y}G$` in turn | `$W(x,v,t)=W_0(X(0),V(0))$` along characteristics traced back, Picard sweeps |
//! | `$U=V*\rho$` | multiplication by `$\hat V(k)$` | direct sum of `$V'(x-x')\rho(x')$` |
//!
//! The second is the idea of numerical flow iteration: no phase-space grid, so that `$W$` is available at any point, undamped.
//!
//! A third, [`line::PushedForward`], carries the points of a grid along: for a `$W_0$` as rough as the Wigner function of a determinant, of which it
//! keeps the observables `$\iint\tilde W_t\,e^{i(px+qv)}$`; where `$W_0$` is known at every point, [`line::BackwardFlow`] has
//! `$\tilde W_t$` at every point too, by undoing the drifts and kicks that were made.
//!
//! What Hartree adds to Vlasov, `$W_t-\tilde W_t=\varepsilon^2D_t+O(\varepsilon^4)$`, solves an equation without `$\varepsilon$`,
//! [`line::VlasovCorrection`]:
//!
//! ```math
//! \partial_tD+2v\,\partial_xD=\tilde U'\,\partial_vD+(V*\rho_D)'\,\partial_v\tilde W-\tfrac1{24}\,\tilde U'''\,\partial_v^3\tilde W,
//! \qquad \tilde U=V*\tilde\rho,\quad D_0=0 .
//! ```
//!
//! In `$\mathbb R^3$` the data are rotation-invariant, functions of `$r=|x|$`, `$v_r=x\cdot v/|x|$`, `$v_t=|x\times v|/|x|$`, characteristics
//! stay in the plane of `$x$` and `$v$`, so that `$r=0$` is no singularity, and
//!
//! ```math
//! W(x,v,t)=W_0(X(0),V(0)),\qquad \rho(r,t)=2\pi\iint W(r,v_r,v_t,t)\,v_t\,dv_t\,dv_r .
//! ```
//!
//! | | [`radial::RadialVlasov`] | [`radial::ParticleVlasov`] |
//! |---|---|---|
//! | unknown | the history of `$U'(r,t)/r$`, Chebyshev nodes in time | particles, the nodes of a quadrature of `$W_0$` with masses `$m_i$` |
//! | method | characteristics traced back, Picard sweeps; no phase-space grid | forwards by Störmer–Verlet, extrapolated from three runs |
//! | `$\rho$` | an integral over an ellipsoid of velocities that follows the flow | `$\hat\rho(k,t)=\sum_im_i\,j_0(k\lvert x_i\rvert)$`, without noise |
//!
//! The correction of order `$\varepsilon^2$` in `$\mathbb R^3$` is [`radial::RadialCorrection`], along the same characteristics.
//!
//! Negative controls: another transport speed ([`line::WeylVlasov::with_flow`], [`radial::Flow`], [`radial::ParticleSettings`]) and the flipped force
//! ([`line::ForceSign::Flipped`], [`radial::Flow`]) are the two ways in which the equation is misprinted.

mod correction_source;
mod error;
pub mod line;
mod polynomial;
pub mod radial;

pub use correction_source::CorrectionSource;
pub use error::VlasovError;
