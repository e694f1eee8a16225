//! What can be wrong with a ground state.

use operators::SpectrumError;

/// Why a ground state was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum GroundStateError {
    /// A parameter that must be finite and positive.
    #[error("{parameter} = {value} must be finite and positive")]
    NotPositive {
        /// Its name.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// More functions than the recurrence reaches without underflow.
    #[error("{functions} Laguerre functions with ℓ = {l} reach beyond e^(−700): take at most {most}")]
    TooManyFunctions {
        /// Functions asked for.
        functions: usize,
        /// ℓ.
        l: usize,
        /// What the recurrence reaches.
        most: usize,
    },
    /// The quadrature does not integrate the products of two functions.
    #[error("the points leave ∫u_a u_b − δ_ab = {defect:.1e} for ℓ = {l}: refine the panels")]
    Overlap {
        /// ℓ.
        l: usize,
        /// The largest defect.
        defect: f64,
    },
    /// V has no smooth Legendre coefficients, and is not Coulomb's.
    #[error(
        "the Legendre coefficients of {interaction} are not resolved by {angles} angles; of the singular V, 1/|x| is known, and |x|^(−α), 0 < α < 1, in oscillator functions"
    )]
    Multipoles {
        /// Name of the interaction.
        interaction: String,
        /// Nodes of the finest rule tried.
        angles: usize,
    },
    /// N particles do not fill whole shells.
    #[error("N = {n} particles do not close a shell: the levels close at N = {below} and N = {above}")]
    NotClosed {
        /// N asked for.
        n: usize,
        /// The last closed shell below.
        below: usize,
        /// The first closed shell above.
        above: usize,
    },
    /// The basis has fewer states than particles.
    #[error("the basis holds {states} states for {n} particles: enlarge it, or add angular momenta")]
    TooFewStates {
        /// N.
        n: usize,
        /// States of the basis.
        states: usize,
    },
    /// The levels put another channel below an occupied shell that the basis does not hold.
    #[error("the highest occupied ℓ = {l} is the last of the basis: add angular momenta up to ℓ = {}", l + 1)]
    LastChannel {
        /// ℓ.
        l: usize,
    },
    /// The filling by levels does not settle.
    #[error(
        "the filling of the shells still changed after {0} changes: two configurations compete, choose another N or interaction"
    )]
    Alternating(usize),
    /// Degenerate levels of which some are full.
    #[error(
        "full and empty shells share the level {level:.6}: the ground state is not unique, take an N that fills all of them"
    )]
    NoGap {
        /// The level.
        level: f64,
    },
    /// A particle that the field does not hold.
    #[error(
        "the shell ℓ = {l} has the level {level:.3e} ≥ 0: the field does not bind so many, take fewer or a stronger attraction"
    )]
    Unbound {
        /// ℓ.
        l: usize,
        /// Its level.
        level: f64,
    },
    /// Without an excess of charge the density reaches to infinity.
    #[error(
        "Thomas and Fermi's cloud ends only if the nucleus has more charge than the particles: {charge} is not above {strength}"
    )]
    NoEdge {
        /// Z.
        charge: f64,
        /// N, the strength of the repulsion.
        strength: f64,
    },
    /// The field is not self-consistent.
    #[error(
        "‖[h,ω]‖/‖hω‖ = {residual:.1e} > {tolerance:.1e} after {iterations} iterations: allow more, or start from a weaker interaction"
    )]
    NotConverged {
        /// Iterations made.
        iterations: usize,
        /// `‖[h,ω]‖/‖hω‖` reached.
        residual: f64,
        /// What was asked for.
        tolerance: f64,
    },
    /// Radii on which particles are lost.
    #[error("the radii hold {trace:.8} of {wanted} particles: enlarge the box, or take more points")]
    Released {
        /// tr ω on the radii.
        trace: f64,
        /// N/g.
        wanted: f64,
    },
    /// A step too long for its midpoint.
    #[error("the midpoint of a step does not settle, change {change:.1e}: take more steps")]
    Midpoint {
        /// The last change of its ω, as a fraction.
        change: f64,
    },
    /// A channel that is no band matrix.
    #[error(transparent)]
    Band(#[from] operators::BandError),
    /// Channels that do not fit together.
    #[error(transparent)]
    Channel(#[from] operators::radial::ChannelError),
    /// A channel without eigenvectors.
    #[error(transparent)]
    Spectrum(#[from] SpectrumError),
    /// The interaction.
    #[error(transparent)]
    Kernel(#[from] kernels::KernelError),
}

/// A finite, positive parameter.
pub(super) fn positive(parameter: &'static str, value: f64) -> Result<f64, GroundStateError> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else {
        Err(GroundStateError::NotPositive { parameter, value })
    }
}
