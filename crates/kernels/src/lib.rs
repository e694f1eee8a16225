//! # Interactions and their mean fields
//!
//! An interaction is data: the even function `$V$`, its derivative, its Fourier transform
//! `$\hat V(k)=\int V(x)\,e^{-ikx}\,dx$`, and the norms that the theorems suppose.
//!
//! | family | `$V(x)$` | `$\hat V(k)$`, `$\kappa = \mathrm{width}\cdot k$` | G16.T1: `$W^{2,\infty}$` | G16.T2, T3: `$\int\lvert\hat V\rvert\,\lvert p\rvert^{2,3}$` |
//! |---|---|---|---|---|
//! | [`Gaussian`] | `$g\,e^{-x^2/2w^2}$` | `$g\,w\sqrt{2\pi}\,e^{-\kappa^2/2}$` | yes | finite |
//! | [`Bump`] | `$g\,(1-x^2/w^2)_+^2$` | `$16\,g\,w\,j_2(\kappa)/\kappa^2$` | yes | infinite |
//! | [`Quadratic`] | `$g\,x^2/2$` | no function | no | – |
//! | [`NoInteraction`] | `$0$` | `$0$` | yes | 0 |
//!
//! [`FAMILIES`] lists them all; each has one file in `families/`, which opens with its definition.
//!
//! The mean field of a density is `$U = V*\rho$`, and the potential energy `$\tfrac12\int U\rho$`. [`line::MeanField`] evaluates
//! it for `$d = 1$` without periodic images: `$\rho$` on a box of length `$L$` is continued by zero to `$2L$`, where
//!
//! ```math
//! U(x)=\frac1{2L}\sum_k \hat V(k)\,\hat\rho(k)\,e^{ikx},\qquad k\in\frac{2\pi}{2L}\mathbb Z,
//! ```
//!
//! and a box shorter than the reach of `$V$` is refused. The two multipliers of the Weyl variables follow from the series,
//!
//! ```math
//! \frac{U(x+\varepsilon y/2)-U(x-\varepsilon y/2)}{\varepsilon}=\frac1{2L}\sum_k \hat U(k)\,\frac{2i\sin(\varepsilon k y/2)}{\varepsilon}\,e^{ikx},
//! \qquad U'(x)\,y .
//! ```
//!
//! [`quadrature::integrate`] is the laboratory's checked integral: non-finite values are errors and two rules must agree.

mod error;
mod families;
mod interaction;
pub mod line;
pub mod quadrature;

pub use error::KernelError;
pub use families::{Bump, FAMILIES, Family, Gaussian, NoInteraction, Quadratic};
pub use interaction::{Convolution, Interaction};

/// A number with its numerical error, in the same units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The value.
    pub value: f64,
    /// Bound or estimate of |value − exact|.
    pub error: f64,
}
