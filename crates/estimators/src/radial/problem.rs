//! What is evolved: V, W_N, and, for negative controls, what is made wrong.

use std::sync::Arc;

use hartree::radial::Barrier;
use kernels::Interaction;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::radial::ComovingFrame;
use states::radial::RadialState;
use vlasov::radial::Flow;

use super::SetUpError;

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
        let flow = Flow::default();
        Self {
            hartree_speed: TRANSPORT_SPEED,
            vlasov_speed: flow.speed,
            vlasov_force: flow.force,
            barrier: Barrier::Exact,
            projection: Projection::Legendre,
        }
    }
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

    /// The frame that follows the state; at rest where the transport speed is wrong, since no frame follows that.
    pub fn frame(&self) -> Result<ComovingFrame, SetUpError> {
        let [a, beta, c] = self.initial.comoving();
        Ok(if self.alteration.hartree_speed == TRANSPORT_SPEED {
            ComovingFrame::new(a, beta, c)?
        } else {
            ComovingFrame::at_rest(a)?
        })
    }

    /// Vlasov's flow.
    pub fn flow(&self) -> Flow {
        Flow { speed: self.alteration.vlasov_speed, force: self.alteration.vlasov_force }
    }
}
