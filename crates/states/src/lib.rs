//! # Initial states
//!
//! An initial state is its Wigner function `$W_N(x,v)$` with `$\iint W_N = 1$`; its Weyl quantisation is the density operator
//! `$\omega_N$` with trace `$N$`. Pauli's `$0\le\omega_N\le 1$` is, semiclassically, `$0\le W_N\le(2\pi)^{-d}$`.
//!
//! | family | `$W_N(x,v)$` for `$d=1$` | regularity | `$\sup W_N$` |
//! |---|---|---|---|
//! | [`GaussianMixture`] | `$\sum_i \frac{w_i}{2\pi\sigma_x\sigma_v}\,e^{-(x-x_i)^2/2\sigma_x^2-(v-v_i-c_i(x-x_i))^2/2\sigma_v^2}$` | analytic | measured |
//! | [`FermiDirac`] | `$\frac1{2\pi}\,\big(1+e^{(x^2+v^2-\mu)/T}\big)^{-1}$` | analytic | `$<\frac1{2\pi}$` |
//! | [`RadialBump`] | `$\frac{\beta+1}{2\pi}\,\big(1-\tfrac12(x^2+v^2)\big)_+^{\beta}$` | `$H^s$`, `$s<\beta+\frac12$` | `$\frac{\beta+1}{2\pi}$` |
//! | [`Cat`] | a mixture and `$\frac{a}{2\pi}\,e^{-(x^2+v^2)/2w^2}\cos yv$`, over the mass of both | analytic, `$y\sim\varepsilon^{-\theta}$` | measured |
//!
//! [`FAMILIES`] lists them all; each has one file in `families/`, which opens with its definition. A state says where it
//! lives, in phase space and in Fourier space, along any direction ([`InitialState::spread`],
//! [`InitialState::frequency_spread`]), from which [`line::grid_for`] chooses a grid that stays fine enough up to a given
//! time: after free flow by `$t$` the state extends as far in `$x$` as it did along `$x+2tv$`, and its transform as far in `$y$`
//! as it did along `$y-2tk$`.
//!
//! Rotation-invariant states in `$\mathbb R^3$`, functions of `$r=|x|$`, `$v_r=x\cdot v/|x|$`, `$v_t=|x\times v|/|x|$`, are in
//! [`radial`]:
//!
//! | family | `$W_N(x,v)$` for `$d=3$` | regularity | `$\sup W_N$` |
//! |---|---|---|---|
//! | [`radial::CenteredMixture`] | `$\sum_i \frac{w_i}{(2\pi\sigma_x\sigma_v)^3}\,e^{-x^2/2\sigma_x^2-\lvert v-c_ix\rvert^2/2\sigma_v^2}$` | analytic | at 0 |
//! | [`radial::Plummer`] | `$\frac{96a^2}{7\pi^3\lambda^5}\big(\frac{\lambda}{\sqrt{x^2+a^2}}-v^2\big)_+^{7/2}$` | `$H^s$`, `$s<4$` | `$\frac{96}{7\pi^3}(\lambda a)^{-3/2}$` |
//!
//! [`line::weighted_sobolev`] measures the norms that the theorems suppose,
//!
//! ```math
//! \lVert W\rVert_{H^s_a}^2=\sum_{\lvert\beta\rvert\le s}\iint(1+x^2+v^2)^a\,\lvert\nabla^\beta W\rvert^2\,dx\,dv,
//! \qquad \lVert W\rVert_{W^{1,1}}=\lVert W\rVert_{L^1}+\lVert\partial_xW\rVert_{L^1}+\lVert\partial_vW\rVert_{L^1},
//! ```
//!
//! each with an error from refinement; [`radial::weighted_sobolev`] has them in closed form for the Gaussians of `$\mathbb R^6$`, and
//! [`radial::Roughness`] says where they are infinite.

mod error;
mod families;
pub mod line;
pub mod radial;
mod state;

pub use error::StateError;
pub use families::{Cat, Component, FAMILIES, Family, FermiDirac, GaussianMixture, RadialBump};
pub use kernels::Measured;
pub use state::{Extent, InitialState};
