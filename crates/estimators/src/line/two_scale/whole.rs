//! Both scales as one state.

use std::f64::consts::TAU;

use states::{GaussianMixture, InitialState};

/// B + c y^{−s}e^{−(x²+v²)/2w²}cos(yv)/2π, the oscillation inside B and small beside it.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub(super) smooth: GaussianMixture,
    pub(super) width: f64,
    /// c y^{−s}.
    pub(super) amplitude: f64,
    /// y.
    pub(super) frequency: f64,
}

impl InitialState for Whole {
    fn name(&self) -> String {
        format!("{} + {}·cos({}v)", self.smooth.name(), self.amplitude, self.frequency)
    }

    fn wigner(&self, x: f64, v: f64) -> f64 {
        let envelope = (-0.5 * (x * x + v * v) / self.width.powi(2)).exp() / TAU;
        self.smooth.wigner(x, v) + self.amplitude * envelope * (self.frequency * v).cos()
    }

    /// At most that of both together.
    fn sup(&self) -> f64 {
        self.smooth.sup() + self.amplitude / TAU
    }

    fn spread(&self, direction: [f64; 2], tolerance: f64) -> (f64, f64) {
        self.smooth.spread(direction, tolerance)
    }

    fn frequency_spread(&self, direction: [f64; 2], tolerance: f64) -> f64 {
        let envelope = direction[0].hypot(direction[1]) / self.width * (-2.0 * tolerance.ln()).sqrt();
        let carried = self.frequency * direction[1].abs() + envelope;
        self.smooth.frequency_spread(direction, tolerance).max(carried)
    }
}
