//! What is evolved: V, W_N, and, for negative controls, what is made wrong.

use std::sync::Arc;

use kernels::Interaction;
use phase_space::convention::TRANSPORT_SPEED;
use states::radial::RadialState;
use thiserror::Error;

/// An interaction and a rotation-invariant initial state in R³.
#[derive(Clone, Debug)]
pub struct Problem {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// W_N.
    pub initial: Arc<dyn RadialState>,
    /// Nothing, unless this is a negative control.
    pub alteration: Alteration,
}

/// The centrifugal term of Hartree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Barrier {
    /// ℓ(ℓ+1)/r².
    #[default]
    Exact,
    /// (ℓ+½)²/r²: a negative control.
    Langer,
}

/// How a Weyl symbol becomes channels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Projection {
    /// ω_ℓ = 2πrr′∫P_ℓ(c)ω dc, the exact one.
    #[default]
    Legendre,
    /// The Weyl transform of each fibre on the half-line: a negative control.
    HalfLine,
    /// P_ℓ of norm 1 in L²(−1,1) in place of P_ℓ(1) = 1: a negative control.
    Unnormalised,
}

/// One thing made wrong on purpose: a negative control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alteration {
    /// ẋ = speed·v in Hartree; 2 is right.
    pub hartree_speed: f64,
    /// ẋ = speed·v in Vlasov; 2 is right, the talks print 1.
    pub vlasov_speed: f64,
    /// The factor of the force in Vlasov; 1 is right, the 2019 talk prints −1.
    pub vlasov_force: f64,
    /// The centrifugal term of Hartree.
    pub barrier: Barrier,
    /// How W̃ becomes ω̃; W_N becomes ω_N by the right one.
    pub projection: Projection,
}

impl Default for Alteration {
    fn default() -> Self {
        Self {
            hartree_speed: TRANSPORT_SPEED,
            vlasov_speed: TRANSPORT_SPEED,
            vlasov_force: 1.0,
            barrier: Barrier::Exact,
            projection: Projection::Legendre,
        }
    }
}

/// Why a problem in R³ could not be set up.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// ε.
    #[error(transparent)]
    Scaling(#[from] phase_space::ScalingError),
    /// Times not positive and increasing.
    #[error("times must be positive and increasing, not {0:?}")]
    Times(Vec<f64>),
    /// The channels would not fit.
    #[error(
        "ε = {eps} needs {needed:.1} GiB for its channels ({points} radii, {channels} of {all} angular momenta), more than the \
         {allowed:.1} GiB allowed: take a larger ε"
    )]
    TooLarge {
        /// ε.
        eps: f64,
        /// Radii.
        points: usize,
        /// Angular momenta that are evolved.
        channels: usize,
        /// ℓ_max + 1.
        all: usize,
        /// GiB needed.
        needed: f64,
        /// GiB allowed.
        allowed: f64,
    },
}

impl Problem {
    /// The problem as the theorems state it.
    pub fn new(interaction: Arc<dyn Interaction>, initial: Arc<dyn RadialState>) -> Self {
        Self { interaction, initial, alteration: Alteration::default() }
    }

    /// The same problem with one thing made wrong.
    pub fn altered(&self, alteration: Alteration) -> Self {
        Self { alteration, ..self.clone() }
    }
}
