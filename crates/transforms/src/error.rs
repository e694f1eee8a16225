//! Why a transform was refused.

use operators::{BandError, KernelError};
use phase_space::Scaling;
use phase_space::line::GridError;
use thiserror::Error;

/// Why a transform was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum TransformError {
    /// A scaling of another dimension than the geometry's.
    #[error("the transforms of the line need a scaling with d = 1, not d = {0}")]
    Dimension(u32),
    /// A tolerance outside (0, 1).
    #[error("the tolerance {0} is not in (0, 1)")]
    Tolerance(f64),
    /// The matrix needs more memory than allowed.
    #[error(
        "a matrix of order {order} and half-bandwidth {half_bandwidth} needs {bytes} bytes, the limit is {limit}"
    )]
    Memory {
        /// Order n.
        order: usize,
        /// Half-bandwidth b.
        half_bandwidth: usize,
        /// Bytes needed.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// A coherent state without a width.
    #[error("a coherent state needs a positive finite width, not {0}")]
    Width(f64),
    /// Fewer than two points.
    #[error("a kernel needs at least 2 points, not {0}")]
    Points(usize),
    /// Operator and phase-space grid on different position boxes.
    #[error("the operator lives on [{start}, {start} + {length}), the grid of the Wigner function does not")]
    Box {
        /// First point of the operator.
        start: f64,
        /// Number of its points times their spacing.
        length: f64,
    },
    /// The velocity box is longer than what the points of the operator resolve.
    #[error(
        "points at this spacing resolve velocities in an interval of length {resolved}, the grid's is {wanted}"
    )]
    Resolution {
        /// 2πε/dx.
        resolved: f64,
        /// L_v.
        wanted: f64,
    },
    /// The matrix was refused.
    #[error(transparent)]
    Band(#[from] BandError),
    /// The kernel was refused.
    #[error(transparent)]
    Kernel(#[from] KernelError),
    /// The function on phase space was refused.
    #[error(transparent)]
    Grid(#[from] GridError),
}

/// d = 1, or an error.
pub(crate) fn on_the_line(scaling: &Scaling) -> Result<(), TransformError> {
    match scaling.dimension() {
        1 => Ok(()),
        d => Err(TransformError::Dimension(d)),
    }
}
