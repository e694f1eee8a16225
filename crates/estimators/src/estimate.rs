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

    /// A residual that should be zero: it is its own error bar.
    pub fn residual(value: f64) -> Self {
        Self::new(value.abs(), value.abs())
    }

    /// Not a number: what a comparison without a measurement has to offer.
    pub fn unknown() -> Self {
        Self { value: f64::NAN, error: f64::INFINITY }
    }

    /// The estimate that reaches highest, value + error; unknown if there is none or any is unknown.
    pub fn worst(estimates: impl IntoIterator<Item = Estimate>) -> Self {
        let mut worst: Option<Estimate> = None;
        for estimate in estimates {
            if !(estimate.value.is_finite() && estimate.error.is_finite()) {
                return Self::unknown();
            }
            if worst.is_none_or(|w| estimate.value + estimate.error > w.value + w.error) {
                worst = Some(estimate);
            }
        }
        worst.unwrap_or_else(Self::unknown)
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
    fn the_worst_of_nothing_or_of_a_nan_is_unknown() {
        let known = [Estimate::new(1.0, 0.1), Estimate::new(0.9, 0.3), Estimate::new(0.2, 0.0)];
        assert_eq!(Estimate::worst(known), known[1]);
        assert!(Estimate::worst([]).value.is_nan());
        assert!(Estimate::worst([known[0], Estimate::new(f64::NAN, 0.0)]).value.is_nan());
        assert!(Estimate::worst([Estimate::new(0.0, f64::INFINITY)]).value.is_nan());
    }

    #[test]
    fn errors_propagate() {
        let a = Estimate::new(2.0, 0.1).over(&Estimate::new(4.0, 0.2));
        assert!((a.value - 0.5).abs() < 1e-15 && (a.error - 0.05).abs() < 1e-15);
    }
}
