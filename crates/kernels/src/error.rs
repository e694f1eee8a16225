//! What can be wrong with an interaction or its mean field.

/// Why an interaction or a mean field cannot be built.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum KernelError {
    /// A parameter is NaN or infinite.
    #[error("{family}: {parameter} = {value} is not a finite number")]
    NotFinite {
        /// Family of the interaction.
        family: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// A parameter must be positive.
    #[error("{family}: {parameter} = {value} must be positive")]
    NotPositive {
        /// Family of the interaction.
        family: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// Periodic images would be felt: the box is shorter than the reach of V.
    #[error(
        "{interaction} reaches to {needed:.3}, beyond the box of length {length:.3}: enlarge the box to at least {needed:.3}"
    )]
    BoxTooShort {
        /// Name of the interaction.
        interaction: String,
        /// Length of the box.
        length: f64,
        /// The shortest admissible length.
        needed: f64,
    },
    /// The multiplier V̂ is not finite at a wave number of the box.
    #[error("the transform of {interaction} is {value} at k = {k}")]
    MultiplierNotFinite {
        /// Name of the interaction.
        interaction: String,
        /// The wave number.
        k: f64,
        /// V̂(k).
        value: f64,
    },
    /// |x|^(−α) with α ≥ 1 has no convolution on the line.
    #[error(
        "power: |x|^(−{alpha}) is not locally integrable on the line, where only 0 < α < 1 has a mean field"
    )]
    NotIntegrable {
        /// The exponent.
        alpha: f64,
    },
    /// A parameter outside the range for which the formulas hold.
    #[error("{family}: {parameter} = {value} is not in [{least}, {most}]")]
    OutOfRange {
        /// What was asked for.
        family: &'static str,
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
        /// The smallest admissible value.
        least: f64,
        /// The largest admissible value.
        most: f64,
    },
    /// An integral has no confirmed value.
    #[error(transparent)]
    Quadrature(#[from] crate::quadrature::QuadratureError),
    /// The box cannot be doubled.
    #[error(transparent)]
    Axis(#[from] phase_space::line::AxisError),
}

/// Accepts a finite parameter.
pub(crate) fn finite(family: &'static str, parameter: &'static str, value: f64) -> Result<f64, KernelError> {
    if value.is_finite() { Ok(value) } else { Err(KernelError::NotFinite { family, parameter, value }) }
}

/// Accepts a finite, positive parameter.
pub(crate) fn positive(
    family: &'static str,
    parameter: &'static str,
    value: f64,
) -> Result<f64, KernelError> {
    match finite(family, parameter, value)? {
        v if v > 0.0 => Ok(v),
        _ => Err(KernelError::NotPositive { family, parameter, value }),
    }
}

/// Accepts a parameter in [least, most].
pub(crate) fn within(
    family: &'static str,
    parameter: &'static str,
    value: f64,
    [least, most]: [f64; 2],
) -> Result<f64, KernelError> {
    if least <= value && value <= most {
        Ok(value)
    } else {
        Err(KernelError::OutOfRange { family, parameter, value, least, most })
    }
}
