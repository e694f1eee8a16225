//! Why the quantisation of a rotation-invariant function was refused.

use operators::BandError;
use operators::radial::ChannelError;
use thiserror::Error;

/// Why the quantisation of a rotation-invariant function was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ChannelQuantisationError {
    /// A scaling with d ≠ 3.
    #[error("channels of angular momentum need a scaling with d = 3, not d = {0}")]
    Dimension(u32),
    /// A refinement that is not positive and finite.
    #[error("the refinement of the quadrature must be positive and finite, not {0}")]
    Refinement(f64),
    /// A reach in Y that is not positive and finite.
    #[error("the Weyl variables need a positive finite reach, not {0}")]
    Reach(f64),
    /// The extent or a spacing of a table.
    #[error("a table of Weyl variables needs positive finite extents and spacings, the latter smaller")]
    Extent,
    /// A table that ends before F has decayed.
    #[error(
        "|F| is {edge:.1e} of its largest value at |Y| = {reach}, more than {negligible:.0e}: the table must reach farther"
    )]
    Truncated {
        /// Where the table ends.
        reach: f64,
        /// |F| there over max|F|.
        edge: f64,
        /// What would be negligible.
        negligible: f64,
    },
    /// W is NaN or infinite somewhere.
    #[error("W or its Weyl variables are not finite at |X| = {0}")]
    NotFinite(f64),
    /// A width or a weight of a Gaussian.
    #[error("a Gaussian needs a finite weight and chirp and positive finite widths")]
    Gaussian,
    /// No Gaussian at all.
    #[error("a mixture needs at least one Gaussian")]
    Empty,
    /// A matrix was refused.
    #[error(transparent)]
    Band(#[from] BandError),
    /// The channels were refused.
    #[error(transparent)]
    Channel(#[from] ChannelError),
}
