//! A number and its error.

use serde::{Deserialize, Serialize};

/// A measured value with its numerical error budget, in the same units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Value.
    pub value: f64,
    /// Error budget, ≥ 0.
    pub error: f64,
}

/// A row is resolved if its budget is at most this fraction of its value.
pub const RESOLVED_FRACTION: f64 = 0.1;

impl Estimate {
    /// value ± |error|; an error that is not finite makes the estimate unresolved for good.
    pub fn new(value: f64, error: f64) -> Self {
        let error = if error.is_finite() && value.is_finite() { error.abs() } else { f64::INFINITY };
        Self { value, error }
    }

    /// A number known to round-off.
    pub fn exact(value: f64) -> Self {
        Self::new(value, value.abs() * f64::EPSILON)
    }

    /// error ≤ |value|/10.
    pub fn is_resolved(&self) -> bool {
        self.error.is_finite() && self.error <= RESOLVED_FRACTION * self.value.abs() && self.value != 0.0
    }

    /// error/|value|.
    pub fn relative_error(&self) -> f64 {
        self.error / self.value.abs()
    }

    /// c · (value ± error).
    pub fn scaled(&self, c: f64) -> Self {
        Self::new(c * self.value, c * self.error)
    }

    /// Sum; errors add.
    pub fn plus(&self, other: &Self) -> Self {
        Self::new(self.value + other.value, self.error + other.error)
    }

    /// Quotient; relative errors add.
    pub fn over(&self, other: &Self) -> Self {
        let value = self.value / other.value;
        Self::new(value, (self.error + value.abs() * other.error) / other.value.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolution_is_a_tenth() {
        assert!(Estimate::new(1.0, 0.1).is_resolved());
        assert!(!Estimate::new(1.0, 0.11).is_resolved());
        assert!(!Estimate::new(0.0, 0.0).is_resolved());
        assert!(!Estimate::new(1.0, f64::NAN).is_resolved());
        assert!(!Estimate::new(f64::NAN, 0.0).is_resolved());
    }

    #[test]
    fn errors_propagate() {
        let a = Estimate::new(2.0, 0.1).over(&Estimate::new(4.0, 0.2));
        assert!((a.value - 0.5).abs() < 1e-15 && (a.error - 0.05).abs() < 1e-15);
    }
}
