//! V(x) = strength·|x|²/2: the null test, for which the Hartree and the Vlasov multiplier coincide and ω = ω̃.
//!
//! U = V∗ρ is the polynomial (strength/2)(M₀x² − 2M₁x + M₂) in the moments M_k = ∫x^kρ; V̂ is no function.

use crate::error::finite;
use crate::{Convolution, Interaction, KernelError, Measured};

/// V(x) = strength·|x|²/2, outside every W^{2,∞}: the theorems do not speak of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadratic {
    strength: f64,
}

impl Quadratic {
    /// # Errors
    /// A strength that is not finite.
    pub fn new(strength: f64) -> Result<Self, KernelError> {
        Ok(Self { strength: finite("quadratic", "strength", strength)? })
    }
}

impl Interaction for Quadratic {
    fn name(&self) -> String {
        format!("quadratic(strength = {})", self.strength)
    }

    fn value(&self, r: f64) -> f64 {
        0.5 * self.strength * r * r
    }

    fn derivative(&self, r: f64) -> f64 {
        self.strength * r
    }

    fn sup(&self) -> Option<f64> {
        None
    }

    fn derivative_sup(&self) -> Option<f64> {
        None
    }

    fn second_derivative_sup(&self) -> Option<f64> {
        Some(self.strength.abs())
    }

    fn fourier(&self, _k: f64) -> Option<f64> {
        None
    }

    fn fourier_moment(&self, _s: u32) -> Option<Measured> {
        None
    }

    fn fourier_moment_in_space(&self, _s: u32) -> Option<Measured> {
        None
    }

    fn reach(&self, _tolerance: f64) -> f64 {
        f64::INFINITY
    }

    fn convolution(&self) -> Convolution {
        Convolution::Moments { strength: self.strength }
    }
}
