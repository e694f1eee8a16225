//! Norms of V and W_N in R³: those in closed form. Of the others nothing is known, an infinite error, which decides nothing.

use std::f64::consts::PI;

use kernels::{Convolution, Interaction, Measured};
use states::line::local_sup::ForceWindow;
use states::radial::RadialState;

/// Nothing is known.
pub const UNKNOWN: Measured = Measured { value: 0.0, error: f64::INFINITY };

/// ∫_{|x|<1}|V|dx; 4π|strength|/(3−α) for an inverse power.
pub fn local_l1(interaction: &dyn Interaction) -> Option<Measured> {
    match interaction.convolution() {
        Convolution::Power { alpha, .. } if alpha >= 3.0 => None,
        Convolution::Power { strength, alpha } => {
            let value = 4.0 * PI * strength.abs() / (3.0 - alpha);
            Some(Measured { value, error: 4.0 * f64::EPSILON * value })
        }
        // TODO: the norms of V in R³
        _ => Some(UNKNOWN),
    }
}

/// (2π)^{−3}∫|V̂(p)||p|^s dp.
pub fn fourier_moment(_interaction: &dyn Interaction, _s: u32) -> Option<Measured> {
    // TODO: the norms of V in R³
    Some(UNKNOWN)
}

/// ‖W_N‖_{H_4^s}; `None` where it is infinite.
pub fn weighted_sobolev(_state: &dyn RadialState, _s: u32) -> Option<Measured> {
    // TODO: the norms of W_N in R³
    Some(UNKNOWN)
}

/// ∬|v|^m W_N.
pub fn velocity_moment(state: &dyn RadialState, m: u32) -> Measured {
    match m {
        0 => Measured { value: 1.0, error: 0.0 },
        2 => Measured { value: state.kinetic_energy(), error: 1e-14 * state.kinetic_energy() },
        // TODO: the norms of W_N in R³
        _ => UNKNOWN,
    }
}

/// A bound of S_l(R,T) of W_N.
pub fn local_sup(_state: &dyn RadialState, _order: u32, _window: ForceWindow) -> Option<Measured> {
    // TODO: the norms of W_N in R³
    Some(UNKNOWN)
}
