//! What can be wrong with a Hartree solver.

/// Why a solver of the Hartree equation cannot be built.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HartreeError {
    /// The interaction does not fit the grid.
    #[error(transparent)]
    Kernel(#[from] kernels::KernelError),
    /// The grid itself.
    #[error(transparent)]
    Grid(#[from] phase_space::line::GridError),
    /// The scaling of another dimension.
    #[error("the line has d = 1 and N = 1/ε, but the scaling was given for d = {0}")]
    Dimension(u32),
    /// The scaling of another dimension.
    #[error("channels of angular momentum have d = 3 and N = ε^(−3), but the scaling was given for d = {0}")]
    Space(u32),
    /// Sparse angular momenta, which exchange would couple to those that are left out.
    #[error("exchange couples every angular momentum: take AngularMomenta::full")]
    Sparse,
    /// Closed shells of an oscillator that are none.
    #[error(
        "closed shells need at least one shell and a trap s²|x|² with s > 0, not {shells} shells and s = {s}"
    )]
    Sea {
        /// M.
        shells: usize,
        /// s.
        s: f64,
    },
    /// Levels that cannot be filled.
    #[error(transparent)]
    Filling(#[from] crate::FillingError),
    /// A Hamiltonian of a channel.
    #[error(transparent)]
    Hamiltonian(#[from] operators::radial::HamiltonianError),
    /// Eigenvectors of a channel.
    #[error(transparent)]
    Spectrum(#[from] operators::SpectrumError),
    /// Bands of the channels.
    #[error(transparent)]
    Band(#[from] operators::BandError),
    /// The channels.
    #[error(transparent)]
    Channel(#[from] operators::radial::ChannelError),
    /// A time before that of the state, or one that is not finite.
    #[error("the state stands at t = {now} and cannot be evolved to t = {wanted}")]
    Time {
        /// t of the state.
        now: f64,
        /// t asked for.
        wanted: f64,
    },
    /// Grid of the mean field and grid of the state differ.
    #[error("the mean field lives on another x-axis than the state")]
    Axis,
    /// Periodic images of the kernel would enter the Wigner transform.
    #[error(
        "the kernel reaches to |x − y| = επ/Δv = {reach:.3}, beyond half the box of length {length:.3}: coarsen Δv or enlarge the box"
    )]
    Mask {
        /// επ/Δv.
        reach: f64,
        /// Length of the box.
        length: f64,
    },
    /// The kernel's grid cannot carry the velocities of the Wigner function.
    #[error(
        "a kernel on points {spacing:.2e} apart carries |v| ≤ επ/Δx = {carried:.3}, less than {wanted:.3}: take at least {points} points"
    )]
    Velocity {
        /// Δx of the kernel.
        spacing: f64,
        /// επ/Δx.
        carried: f64,
        /// The edge of the velocity box.
        wanted: f64,
        /// Points that would do.
        points: usize,
    },
}
