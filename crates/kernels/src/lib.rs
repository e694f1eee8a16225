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
//! | [`InversePower`] | `$g\,\lvert x\rvert^{-\alpha}$`, `$0<\alpha<1$`, in `$\mathbb R^3$` also 1 | `$2g\,\Gamma(1-\alpha)\sin(\pi\alpha/2)\,\lvert k\rvert^{\alpha-1}$` | no | infinite |
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
//! and a box shorter than the reach of `$V$` is refused. An inverse power has no reach: it is restricted to the distances
//! `$|r|\le L$` that occur, less the polynomial in `$r^2$` that meets it at `$r=L$` with its slope, whose field is a
//! polynomial; [`line::MeanField::of_gaussians`] does without the transform of the power. The two multipliers of the Weyl variables follow from the series,
//!
//! ```math
//! \frac{U(x+\varepsilon y/2)-U(x-\varepsilon y/2)}{\varepsilon}=\frac1{2L}\sum_k \hat U(k)\,\frac{2i\sin(\varepsilon k y/2)}{\varepsilon}\,e^{ikx},
//! \qquad U'(x)\,y .
//! ```
//!
//! In `$\mathbb R^3$` the mean field of a rotation-invariant density is [`radial::MeanField`]: with `$j_0(x)=\sin x/x$`,
//!
//! ```math
//! U(r)=\frac1{2\pi^2}\int_0^\infty\hat V(k)\,\hat\rho(k)\,j_0(kr)\,k^2\,dk,\qquad \hat\rho(k)=4\pi\int_0^\infty\rho(r)\,j_0(kr)\,r^2\,dr,
//! ```
//!
//! where a Gauss–Jacobi rule absorbs the weight `$k^{\alpha-1}$` of an inverse power, `$0<\alpha\le1$`.
//!
//! A singular interaction is a superposition of Gaussians, [`FeffermanDeLaLlave`] (P19.2): with `$C_\alpha=2/\Gamma(\alpha/2)$`,
//! `$\chi_{(r,z)}(x)=e^{-|x-z|^2/r^2}$` and `$C_{\alpha,d}=2^{1-\alpha/2}(2/\pi)^{d/2}/\Gamma(\alpha/2)$`,
//!
//! ```math
//! |x-y|^{-\alpha}=C_\alpha\int_0^\infty r^{-1-\alpha}\,\chi_{(r,y)}(x)\,dr
//! =C_{\alpha,d}\int_0^\infty\!\!\int_{\mathbb R^d} r^{-1-\alpha-d}\,\chi_{(r,z)}(x)\,\chi_{(r,z)}(y)\,dz\,dr .
//! ```
//!
//! The trapezoid rule in `$\ln r$` makes it a sum, [`GaussianSum`], whose relative error on `$r_{\min}\le|s|\le r_{\max}$` is bounded:
//!
//! ```math
//! \Big|\,|s|^{\alpha}\sum_j w_j\,e^{-s^2/r_j^2}-1\Big|\le 2\sum_{k\ge1}\frac{|\Gamma(\alpha/2+i\pi k/h)|}{\Gamma(\alpha/2)}+\text{two tails}.
//! ```
//!
//! [`quadrature::integrate`] is the laboratory's checked integral: non-finite values are errors and two rules must agree.

mod error;
mod families;
pub mod fefferman_de_la_llave;
pub mod gaussian_sum;
mod interaction;
pub mod line;
pub mod quadrature;
pub mod radial;

pub use error::KernelError;
pub use families::{Bump, FAMILIES, Family, Gaussian, InversePower, NoInteraction, Quadratic};
pub use fefferman_de_la_llave::FeffermanDeLaLlave;
pub use gaussian_sum::GaussianSum;
pub use interaction::{Convolution, Interaction};

/// A number with its numerical error, in the same units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The value.
    pub value: f64,
    /// Bound or estimate of |value − exact|.
    pub error: f64,
}
