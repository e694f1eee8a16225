//! What is evolved: V, W_N, and, for negative controls, what is made wrong.

use std::sync::Arc;

use hartree::line::HartreeMultiplier;
use kernels::Interaction;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::{PhaseFlow, PhaseGrid, SplitStep, WignerFunction};
use phase_space::splitting::Splitting;
use phase_space::{Scaling, ScalingError};
use states::InitialState;
use thiserror::Error;
use vlasov::line::{ForceSign, VlasovCorrection, VlasovMultiplier};

/// An interaction and an initial state on the line.
#[derive(Clone, Debug)]
pub struct Problem {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// W_N.
    pub initial: Arc<dyn InitialState>,
    /// Nothing, unless this is a negative control.
    pub alteration: Alteration,
}

/// One thing made wrong on purpose: a negative control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alteration {
    /// ẋ = speed·v in Hartree; 2 is right.
    pub hartree_speed: f64,
    /// ẋ = speed·v in Vlasov; 2 is right, the talks print 1.
    pub vlasov_speed: f64,
    /// The sign of the force in Vlasov; the 2019 talk prints the opposite one.
    pub vlasov_force: ForceSign,
    /// Whether Weyl matrices are masked to |x−y|/ε ≤ π/Δv; without it periodic images enter.
    pub masked: bool,
}

impl Default for Alteration {
    fn default() -> Self {
        Self {
            hartree_speed: TRANSPORT_SPEED,
            vlasov_speed: TRANSPORT_SPEED,
            vlasov_force: ForceSign::Convention,
            masked: true,
        }
    }
}

/// Why a problem could not be set up.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// A bump whose Fourier transform is not at hand.
    #[error("the Fourier transform of (1−|z|²/2)₊^{beta} is known here for β = 1/2 and integers up to 19")]
    NoTransform {
        /// β.
        beta: f64,
    },
    /// ε.
    #[error(transparent)]
    Scaling(#[from] ScalingError),
    /// The grid.
    #[error(transparent)]
    Grid(#[from] phase_space::line::GridError),
    /// An axis.
    #[error(transparent)]
    Axis(#[from] phase_space::line::AxisError),
    /// The mean field.
    #[error(transparent)]
    Kernel(#[from] kernels::KernelError),
    /// Hartree.
    #[error(transparent)]
    Hartree(#[from] hartree::HartreeError),
    /// Vlasov.
    #[error(transparent)]
    Vlasov(#[from] vlasov::VlasovError),
    /// The initial state.
    #[error(transparent)]
    State(#[from] states::StateError),
    /// A Weyl matrix.
    #[error(transparent)]
    Transform(#[from] transforms::TransformError),
    /// A kernel ω(x;y).
    #[error(transparent)]
    Operator(#[from] operators::KernelError),
    /// Eigenvalues.
    #[error(transparent)]
    Spectrum(#[from] operators::SpectrumError),
    /// Orbitals, or the trap that they are prepared in.
    #[error(transparent)]
    Orbitals(#[from] hartree::line::OrbitalError),
    /// The size of a trapped state.
    #[error(transparent)]
    ThomasFermi(#[from] hartree::line::ThomasFermiError),
    /// A portrait of a ground state.
    #[error(
        "W_N of a ground state is not known in closed form: a portrait can be drawn of an oscillator sea"
    )]
    NoClosedForm,
    /// Times not positive and increasing.
    #[error("times must be positive and increasing, not {0:?}")]
    Times(Vec<f64>),
    /// The grid would not fit.
    #[error(
        "the grid of {n_x} × {n_v} points needs {needed:.1} GiB of memory, more than the {allowed:.1} GiB allowed: \
         shorten the times, or choose a smoother or narrower initial state"
    )]
    TooLarge {
        /// Points in x.
        n_x: usize,
        /// Points in v.
        n_v: usize,
        /// GiB needed.
        needed: f64,
        /// GiB allowed.
        allowed: f64,
    },
}

impl Problem {
    /// The problem as the theorems state it.
    pub fn new(interaction: Arc<dyn Interaction>, initial: Arc<dyn InitialState>) -> Self {
        Self { interaction, initial, alteration: Alteration::default() }
    }

    /// The same problem with one thing made wrong.
    pub fn altered(&self, alteration: Alteration) -> Self {
        Self { alteration, ..self.clone() }
    }

    /// W_N on a grid.
    pub fn initial_on(&self, grid: &PhaseGrid) -> Result<WignerFunction, SetUpError> {
        Ok(WignerFunction::sample(grid, |x, v| self.initial.wigner(x, v))?)
    }

    /// The Hartree solver.
    pub fn hartree(
        &self,
        grid: &PhaseGrid,
        eps: f64,
        splitting: Splitting,
    ) -> Result<SplitStep<HartreeMultiplier>, SetUpError> {
        let multiplier = HartreeMultiplier::new(self.interaction.as_ref(), grid, Scaling::line(eps)?)?;
        let flow = PhaseFlow::with_speed(grid, self.alteration.hartree_speed);
        Ok(SplitStep::with_flow(flow, multiplier, splitting))
    }

    /// The Vlasov solver.
    pub fn vlasov(
        &self,
        grid: &PhaseGrid,
        splitting: Splitting,
    ) -> Result<SplitStep<VlasovMultiplier>, SetUpError> {
        let multiplier = VlasovMultiplier::new(self.interaction.as_ref(), grid)?;
        let multiplier = multiplier.with_force_sign(self.alteration.vlasov_force);
        let flow = PhaseFlow::with_speed(grid, self.alteration.vlasov_speed);
        Ok(SplitStep::with_flow(flow, multiplier, splitting))
    }

    /// The solver of Vlasov's correction of order ε², of the problem without its alteration.
    pub fn correction(&self, grid: &PhaseGrid, splitting: Splitting) -> Result<VlasovCorrection, SetUpError> {
        Ok(VlasovCorrection::new(grid, self.interaction.as_ref(), splitting)?)
    }
}
