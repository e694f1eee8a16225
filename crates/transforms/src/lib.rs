//! # Transforms between operators and phase space
//!
//! With `$N = \varepsilon^{-d}$`, a real symbol `$S$` and its Weyl variables
//! `$G(x,y) = \int S(x,v)\,e^{iv\cdot y}\,dv$`:
//!
//! | transform | formula | here |
//! |---|---|---|
//! | Weyl quantisation | `$\omega(x;y) = N\,G\big(\tfrac{x+y}{2}, \tfrac{x-y}{\varepsilon}\big)$` | [`weyl::line::kernel`], [`weyl::line::weyl_band`] |
//! | Wigner transform | `$W(x,v) = \tfrac{\varepsilon}{2\pi}\int \omega\big(x+\tfrac{\varepsilon y}{2}; x-\tfrac{\varepsilon y}{2}\big)\,e^{-ivy}\,dy$` | [`wigner::line::wigner`] |
//! | Husimi transform | `$H = W * \tfrac{1}{\pi\varepsilon}e^{-(x^2+v^2)/\varepsilon}$` | [`husimi::line::husimi`] |
//! | superposition of coherent states | `$\omega = \iint M(p,r)\,|f_{pr}\rangle\langle f_{pr}|\,dp\,dr$` | [`toeplitz::line::toeplitz`] |
//! | quantisation into channels, d = 3 | `$\omega_\ell(r,r') = 2\pi rr'\int_{-1}^1 P_\ell(c)\,\omega(r,r',c)\,dc$` | [`weyl::radial::weyl_channels`] |
//!
//! They satisfy (S.2), on the line
//!
//! ```math
//! \mathrm{tr}\,\omega = N\iint W, \qquad \|\omega\|_{HS}^2 = 2\pi N\,\|W\|_{L^2}^2, \qquad \mathrm{Wigner}\circ\mathrm{Weyl} = 1 .
//! ```
//!
//! ## Channels in R³
//!
//! Of a rotation-invariant symbol the Weyl variables are a function `$F(R,Y_\parallel,Y_\perp)$`, free of `$\varepsilon$`: in closed form for
//! Gaussians ([`weyl::radial::GaussianVariables`]), a table for a symbol that is known point by point ([`weyl::radial::WeylTable`]). With
//! `$s=\tfrac{r+r'}2$`, `$\delta=\tfrac{r-r'}\varepsilon$`, `$R^2=s^2-\tfrac{\varepsilon^2u^2}4$`, `$Y_\parallel=\tfrac{s\delta}R$`,
//! `$Y_\perp^2=\delta^2+u^2-Y_\parallel^2$`
//!
//! ```math
//! \omega_\ell(r,r')=\frac{2\pi}\varepsilon\int_0^{2\sqrt{rr'}/\varepsilon}P_\ell\Big(1-\frac{\varepsilon^2u^2}{2rr'}\Big)\,F(R,Y_\parallel,Y_\perp)\,u\,du,
//! ```
//!
//! and `$\|\omega\|_{HS}^2=N(2\pi)^3\|W\|_{L^2}^2$`. The half-line Weyl transform of each fibre `$|x\times v|=\varepsilon(\ell+\tfrac12)$` has the same
//! limit and misses every channel by a relative `$O(\varepsilon^2)$`: a negative control ([`weyl::radial::half_line_channels`]).
//!
//! ## The band matrix of the line
//!
//! On points of spacing `$h$` the operator `$\mathrm{Op}(S)/N$` is the matrix
//!
//! ```math
//! A_{ij} = \tfrac hN\,\omega(x_i;x_j) = h\,G\big(\tfrac{x_i+x_j}{2}, \tfrac{x_i-x_j}{\varepsilon}\big).
//! ```
//!
//! For a smooth symbol `$G$` decays in `$y$`, so the matrix is banded, with a band that does not grow as
//! `$\varepsilon \to 0$`. What the matrix leaves out is bounded by Hilbert–Schmidt norms, since
//! `$\|E\|_{tr} \le \sqrt{\mathrm{rank}}\,\|E\|_{HS}$` and all of them are read off the symbol:
//!
//! - the mass at positions outside `$x_a \le x \le x_b$`, `$\sum |G(x,y)|^2$` over `$x \pm \varepsilon y/2$` outside;
//! - the mass at momenta outside `$|v - v_c| \le v_{1/2}$`, `$\sum |\hat S(k,v)|^2$` over `$v \pm \varepsilon k/2$`
//!   outside; it aliases when `$h \le \pi\varepsilon/v_{1/2}$` and so counts twice;
//! - the mass beyond the band, `$2\varepsilon\int_{y>y_b}\!\int |G|^2\,dx\,dy$`;
//! - the excess of the identity `$\|A\|_{HS} = \sqrt{2\pi/N}\,\|S\|_{L^2}$` over these three.
//!
//! The discrete sum over `$v$` repeats itself in `$y$` with period `$2\pi/\Delta v$`. Entries with `$|y| > \pi/\Delta v$` are such
//! images and are masked; without the mask the last of the four bounds becomes large.

mod dot;
mod error;
pub mod husimi;
mod interpolation;
pub mod toeplitz;
pub mod weyl;
pub mod wigner;

pub use error::TransformError;
