//! From channels of angular momentum back to phase space, the inverse of [`crate::weyl::radial`].
//!
//! A rotation-invariant operator on R³ is `$\omega(x;y)=\sum_\ell(2\ell+1)P_\ell(\cos\theta)\,\omega_\ell(r,r')/(4\pi rr')$`, and in Weyl variables, at
//! `$x=X+\tfrac{\varepsilon Y}2$`, `$y=X-\tfrac{\varepsilon Y}2$`,
//!
//! ```math
//! F(R,Y_\parallel,Y_\perp)=\varepsilon^3\,\omega(x;y),\qquad
//! W(R,v_\parallel,v_\perp)=\frac1{(2\pi)^2}\int e^{-iv_\parallel Y_\parallel}\int_0^\infty J_0(v_\perp Y_\perp)\,F\,Y_\perp\,dY_\perp\,dY_\parallel .
//! ```

mod slice;
mod variables;

pub use slice::{RadialSlice, SliceExtent};
pub use variables::{weyl_variables, weyl_variables_with};
