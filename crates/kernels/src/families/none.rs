//! V = 0: free flow, for which both dynamics shear phase space, W_t(x, v) = W_0(x − 2tv, v).

use crate::{Convolution, Interaction, Measured};

/// V = 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoInteraction;

impl Interaction for NoInteraction {
    fn name(&self) -> String {
        "none".to_owned()
    }

    fn value(&self, _r: f64) -> f64 {
        0.0
    }

    fn derivative(&self, _r: f64) -> f64 {
        0.0
    }

    fn sup(&self) -> Option<f64> {
        Some(0.0)
    }

    fn derivative_sup(&self) -> Option<f64> {
        Some(0.0)
    }

    fn second_derivative_sup(&self) -> Option<f64> {
        Some(0.0)
    }

    fn fourier(&self, _k: f64) -> Option<f64> {
        Some(0.0)
    }

    fn fourier_moment(&self, _s: u32) -> Option<Measured> {
        Some(Measured { value: 0.0, error: 0.0 })
    }

    fn fourier_moment_in_space(&self, _s: u32) -> Option<Measured> {
        Some(Measured { value: 0.0, error: 0.0 })
    }

    fn reach(&self, _tolerance: f64) -> f64 {
        0.0
    }

    fn convolution(&self) -> Convolution {
        Convolution::Zero
    }
}
