//! Norms of V and W_N in R³.
//!
//! TODO: placeholders with INVENTED numbers until the norms of V and W_N in R³ exist; the signatures are theirs.

use kernels::{Interaction, Measured};
use states::line::local_sup::ForceWindow;
use states::radial::RadialState;

/// Nothing is known.
pub const UNKNOWN: Measured = Measured { value: 0.0, error: f64::INFINITY };

fn invented(value: f64) -> Measured {
    Measured { value, error: 1e-6 * value }
}

/// ∫_{|x|<1}|V|dx.
pub fn local_l1(_interaction: &dyn Interaction) -> Option<Measured> {
    Some(invented(1.0))
}

/// (2π)^{−3}∫|V̂(p)||p|^s dp.
pub fn fourier_moment(_interaction: &dyn Interaction, _s: u32) -> Option<Measured> {
    Some(invented(1.0))
}

/// ‖W_N‖_{H_4^s}; `None` where it is infinite.
pub fn weighted_sobolev(_state: &dyn RadialState, _s: u32) -> Option<Measured> {
    Some(invented(1.0))
}

/// ∬|v|^m W_N.
pub fn velocity_moment(_state: &dyn RadialState, _m: u32) -> Measured {
    invented(1.0)
}

/// A bound of S_l(R,T) of W_N.
pub fn local_sup(_state: &dyn RadialState, _order: u32, _window: ForceWindow) -> Option<Measured> {
    Some(invented(1.0))
}
