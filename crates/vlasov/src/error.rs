//! What can be wrong with a Vlasov solver.

/// Why the Vlasov equation cannot be solved as asked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum VlasovError {
    /// The interaction does not fit the grid.
    #[error(transparent)]
    Kernel(#[from] kernels::KernelError),
    /// The grid, or the values on it.
    #[error(transparent)]
    Grid(#[from] phase_space::line::GridError),
    /// Grid of the mean field and grid of the state differ.
    #[error("the mean field lives on another x-axis than the state")]
    Axis,
    /// A V whose modes on a circle are no finite sum.
    #[error(
        "points are pushed forward in a field of finitely many modes V̂(k)ρ̂(k), and {name} has none: its V̂ must be known and decay, \
         and V end or fall off fast"
    )]
    Unsummed {
        /// The interaction.
        name: String,
    },
    /// A setting of the characteristics outside its range.
    #[error("{setting} = {value} is not admissible: {needs}")]
    Setting {
        /// The setting.
        setting: &'static str,
        /// Its value.
        value: f64,
        /// What it should be.
        needs: &'static str,
    },
    /// The sweeps of Picard's iteration did not settle.
    #[error("after {sweeps} sweeps the density still changes by {change:.1e}, more than {tolerance:.1e}")]
    NotConverged {
        /// Sweeps made.
        sweeps: usize,
        /// The last change of the density.
        change: f64,
        /// What was asked.
        tolerance: f64,
    },
}
