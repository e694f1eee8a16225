//! Rotation-invariant initial states in R³.
//!
//! W(x,v) depends on r = |x|, v_r = x·v/|x| and v_t = |x×v|/|x| alone; in these, dx dv = 8π²r²v_t dr dv_r dv_t, and
//! ρ(r) = 2π∬W v_t dv_t dv_r.

mod derivatives;
mod gaussian_mixture;
mod l1_norms;
pub mod local_sup;
mod plummer;
mod weighted_sobolev;

use std::fmt::Debug;

use phase_space::convention::pauli_height;

use crate::{Measured, StateError};

pub use gaussian_mixture::{CenteredComponent, CenteredMixture};
pub use l1_norms::L1Norms;
pub use plummer::Plummer;
pub use weighted_sobolev::weighted_sobolev;

/// Nothing is known.
const UNKNOWN: Measured = Measured { value: 0.0, error: f64::INFINITY };

/// From where on norms of derivatives are infinite; `None` where no order is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roughness {
    /// The least s with ‖W‖_{H^s_4} = ∞.
    pub weighted_sobolev: Option<u32>,
    /// The least l with sup|∇^lW| = ∞.
    pub bounded_derivatives: Option<u32>,
}

/// A rotation-invariant Wigner function in R³, ∬W = 1, as data without any grid.
///
/// No method can fail, since every family checks its parameters in `new`.
pub trait RadialState: Debug + Send + Sync {
    /// Family and parameters, e.g. `plummer(strength = 15, scale = 1.53)`.
    fn name(&self) -> String;

    /// W(r, v_r, v_t); even in v_t, and at r = 0 independent of the direction of v.
    fn wigner(&self, r: f64, v_r: f64, v_t: f64) -> f64;

    /// ρ(r) = ∫W dv.
    fn density(&self, r: f64) -> f64;

    /// ⟨v²⟩ = ∬v²W.
    fn kinetic_energy(&self) -> f64;

    /// sup W.
    fn sup(&self) -> f64;

    /// (2π)³ sup W; Pauli's bound is that it does not exceed 1.
    fn pauli_ratio(&self) -> f64 {
        self.sup() / pauli_height(3)
    }

    /// [a, β, c] of the [`ComovingFrame`](phase_space::radial::ComovingFrame) in which the state spreads least.
    fn comoving(&self) -> [f64; 3];

    /// A radius beyond which W(x − 2tv, v), the free flow of W, is at most tolerance·sup W for all v.
    fn reach(&self, t: f64, tolerance: f64) -> f64;

    /// A speed |v| beyond which W ≤ tolerance·sup W.
    fn speed(&self, tolerance: f64) -> f64;

    /// H_m = ∬|v|^m W with its error; `None` where it is infinite. An infinite error: not known.
    fn velocity_moment(&self, _m: u32) -> Option<Measured> {
        Some(UNKNOWN)
    }

    /// The Gaussians that W is a sum of, if it is one: all its derivatives are then in closed form.
    fn gaussians(&self) -> Option<&[CenteredComponent]> {
        None
    }

    /// Which derivatives W lacks.
    fn roughness(&self) -> Roughness {
        Roughness::default()
    }
}

/// A family: its name and one member on which every law is tested.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The name; the file has the same name with `_`.
    pub kind: &'static str,
    /// A member.
    pub example: fn() -> Result<Box<dyn RadialState>, StateError>,
}

/// Every family.
pub const FAMILIES: [Family; 2] = [
    Family { kind: "gaussian-mixture", example: || Ok(Box::new(CenteredMixture::two_widths()?)) },
    Family { kind: "plummer", example: || Ok(Box::new(Plummer::new(15.0, 1.53)?)) },
];
