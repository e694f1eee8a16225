//! Why a problem in R³ could not be set up.

use thiserror::Error;

/// Why a problem in R³ could not be set up.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// ε.
    #[error(transparent)]
    Scaling(#[from] phase_space::ScalingError),
    /// The frame.
    #[error(transparent)]
    Frame(#[from] phase_space::radial::FrameError),
    /// The radii.
    #[error(transparent)]
    Grid(#[from] phase_space::radial::RadialGridError),
    /// The angular momenta.
    #[error(transparent)]
    Momenta(#[from] phase_space::radial::AngularMomentaError),
    /// The mean field.
    #[error(transparent)]
    Kernel(#[from] kernels::KernelError),
    /// Hartree.
    #[error(transparent)]
    Hartree(#[from] hartree::HartreeError),
    /// Vlasov.
    #[error(transparent)]
    Vlasov(#[from] vlasov::VlasovError),
    /// The quantisation of W̃.
    #[error(transparent)]
    Quantisation(#[from] transforms::weyl::radial::ChannelQuantisationError),
    /// The second discretisation of Hartree.
    #[error(transparent)]
    Direct(#[from] hartree::radial::DirectError),
    /// Matrices of closed shells.
    #[error(transparent)]
    ClosedShells(#[from] hartree::radial::closed_shells::GroundStateError),
    /// A ground state that no trap holds has no size that is known beforehand.
    #[error("a ground state is released from a trap: prepare it with one")]
    NotTrapped,
    /// A Hamiltonian of a channel.
    #[error(transparent)]
    Hamiltonian(#[from] operators::radial::HamiltonianError),
    /// A band.
    #[error(transparent)]
    Band(#[from] operators::BandError),
    /// Channels that do not fit.
    #[error(transparent)]
    Channel(#[from] operators::radial::ChannelError),
    /// Eigenvalues.
    #[error(transparent)]
    Spectrum(#[from] operators::SpectrumError),
    /// Times not positive and increasing.
    #[error("times must be positive and increasing, not {0:?}")]
    Times(Vec<f64>),
    /// W_N reaches too far for one box.
    #[error(
        "{state} falls to {tail:.0e} of its supremum only at |x| = {reach:.0}, {widths:.0} times its width: no box of channels holds it. Take \
         a state that falls faster"
    )]
    Tail {
        /// Name of W_N.
        state: String,
        /// The tail that a box leaves out.
        tail: f64,
        /// |x| where it begins.
        reach: f64,
        /// The same over the width.
        widths: f64,
    },
    /// W_N is not finite, or nothing.
    #[error("the initial state is nothing, or not finite, where it should be largest")]
    Nothing,
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
