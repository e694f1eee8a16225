//! Weyl quantisation of a rotation-invariant W(x,v) on R³, into channels of angular momentum.
//!
//! W is a function of `$r=|x|$`, `$v_r = x\cdot v/|x|$`, `$v_t = |x\times v|/|x|$`, and its Weyl variables one of `$R=|X|$` and of
//! the parts of `$Y$` along and across `$X$`, the same for every `$\varepsilon$`:
//!
//! ```math
//! F(R, Y_\parallel, Y_\perp) = \int W(X,v)\,e^{iv\cdot Y}\,dv
//!   = \int e^{iv_rY_\parallel}\;2\pi\!\int_0^\infty J_0(v_tY_\perp)\,W(R,v_r,v_t)\,v_t\,dv_t\;dv_r .
//! ```
//!
//! With `$x\cdot y = rr'c$`, `$s=\tfrac{r+r'}2$`, `$\delta=\tfrac{r-r'}\varepsilon$` and `$u^2 = 2rr'(1-c)/\varepsilon^2$`,
//!
//! ```math
//! X=\tfrac{x+y}2,\; Y=\tfrac{x-y}\varepsilon:\qquad
//!   |X|^2 = s^2-\tfrac{\varepsilon^2u^2}4 = R^2, \quad |Y|^2=\delta^2+u^2, \quad X\cdot Y = s\delta ,
//! ```
//!
//! so that `$\omega(x;y)=N F$`, `$N=\varepsilon^{-3}$` and `$dc=-\varepsilon^2u\,du/(rr')$` turn the Legendre projection into
//!
//! ```math
//! \omega_\ell(r,r') = 2\pi rr'\!\int_{-1}^1\!P_\ell(c)\,\omega\,dc
//!   = \frac{2\pi}{\varepsilon}\int_0^{2\sqrt{rr'}/\varepsilon}\!
//!     P_\ell\Big(1-\frac{\varepsilon^2u^2}{2rr'}\Big)\,
//!     F\Big(R,\frac{s\delta}R,\sqrt{\delta^2+u^2-(s\delta/R)^2}\Big)\,u\,du .
//! ```
//!
//! The integrand is smooth in `$u^2$`, since F is a smooth function of `$|X|^2$`, `$X\cdot Y$`, `$|Y|^2$`. It is no Weyl transform on
//! the half-line `$r>0$`: that one differs from it in every channel.
//!
//! A chirp, `$W(x,v)=W_0(x,v-\kappa x)$`, is the phase `$e^{i\kappa X\cdot Y}=e^{i\kappa(r^2-r'^2)/2\varepsilon}$` of
//! `$\omega_\ell$`: it is kept out of F and put in exactly.

mod error;
mod half_line;
mod kernel;
mod legendre;
mod mixture;
mod polytrope;
mod quantisation;
mod table;

use num_complex::Complex64;

pub use error::ChannelQuantisationError;
pub use half_line::half_line_channels;
pub use kernel::kernel;
pub(crate) use legendre::{Legendre, rule};
pub use mixture::{GaussianTerm, GaussianVariables};
pub use polytrope::PolytropicVariables;
pub use quantisation::{ChannelOptions, half_bandwidth, weyl_channels, weyl_channels_with};
pub use table::{TableExtent, WeylTable};

/// |F| below this fraction of its largest value is left out, unless asked otherwise.
pub const NEGLIGIBLE: f64 = 3e-12;

/// F(R, Y∥, Y⊥), the Weyl variables of a rotation-invariant W, without its chirp.
///
/// F(R,−Y∥,Y⊥) is the complex conjugate, F is even in Y⊥, and ρ(r) = F(r,0,0).
pub trait RadialWeylVariables: Sync {
    /// F(R, Y∥, Y⊥)e^{−iκRY∥}.
    fn value(&self, r: f64, y_parallel: f64, y_perpendicular: f64) -> Complex64;

    /// |F| is negligible, at most 3·10⁻¹² max|F| unless asked otherwise, wherever |Y| is larger.
    fn reach(&self) -> f64;

    /// The same at all radii from R on: where W falls off, F is negligible sooner.
    fn reach_beyond(&self, _r: f64) -> f64 {
        self.reach()
    }

    /// κ: the phase e^{iκX·Y} that [`Self::value`] leaves out.
    fn chirp(&self) -> f64 {
        0.0
    }
}
