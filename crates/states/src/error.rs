//! What can be wrong with an initial state or its grid.

use kernels::KernelError;
use phase_space::line::{AxisError, GridError};

/// Why a state, its grid or its norms cannot be built.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StateError {
    /// A parameter is NaN or infinite.
    #[error("{family}: {parameter} = {value} is not a finite number")]
    NotFinite {
        /// Family of the state.
        family: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter must be positive.
    #[error("{family}: {parameter} = {value} must be positive")]
    NotPositive {
        /// Family of the state.
        family: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// A mixture without components.
    #[error("gaussian-mixture: there are no components")]
    NoComponents,
    /// The weights of a mixture do not sum to 1.
    #[error("gaussian-mixture: the weights sum to {sum}, not to 1")]
    Weights {
        /// Their sum.
        sum: f64,
    },
    /// The temperature is so low that the profile has no finite grid.
    #[error(
        "fermi-dirac: temperature = {temperature} is below {lowest}, where the profile is a step for any grid"
    )]
    TooCold {
        /// T.
        temperature: f64,
        /// The lowest admissible T.
        lowest: f64,
    },
    /// The grid would need too much memory.
    #[error("the state needs a grid of {n_x} × {n_v} points, more than the {most} that fit")]
    GridTooLarge {
        /// Points in x.
        n_x: usize,
        /// Points in v.
        n_v: usize,
        /// The largest product admitted.
        most: usize,
    },
    /// A grid.
    #[error(transparent)]
    Grid(#[from] GridError),
    /// An axis.
    #[error(transparent)]
    Axis(#[from] AxisError),
    /// The mean field of the state.
    #[error(transparent)]
    Kernel(#[from] KernelError),
}

/// Accepts a finite parameter.
pub(crate) fn finite(family: &'static str, parameter: &'static str, value: f64) -> Result<f64, StateError> {
    if value.is_finite() { Ok(value) } else { Err(StateError::NotFinite { family, parameter, value }) }
}

/// Accepts a finite, positive parameter.
pub(crate) fn positive(family: &'static str, parameter: &'static str, value: f64) -> Result<f64, StateError> {
    match finite(family, parameter, value)? {
        v if v > 0.0 => Ok(v),
        _ => Err(StateError::NotPositive { family, parameter, value }),
    }
}
