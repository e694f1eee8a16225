//! V(x) = strength·exp(−|x|²/(2 width²)): analytic, inside the hypotheses of G16.T1, G16.T2 and G16.T3.
//!
//! V̂(k) = strength·width·√(2π)·exp(−width²k²/2).

use std::f64::consts::PI;

use crate::error::{finite, positive};
use crate::{Interaction, KernelError, Measured};

/// V(x) = strength·exp(−|x|²/(2 width²)); a negative strength attracts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaussian {
    strength: f64,
    width: f64,
}

impl Gaussian {
    /// # Errors
    /// A strength that is not finite, or a width that is not finite and positive.
    pub fn new(strength: f64, width: f64) -> Result<Self, KernelError> {
        let family = "gaussian";
        Ok(Self { strength: finite(family, "strength", strength)?, width: positive(family, "width", width)? })
    }
}

impl Interaction for Gaussian {
    fn name(&self) -> String {
        format!("gaussian(strength = {}, width = {})", self.strength, self.width)
    }

    fn value(&self, r: f64) -> f64 {
        let u = r / self.width;
        self.strength * (-0.5 * u * u).exp()
    }

    /// V′(r) = −(r/width²)·V(r).
    fn derivative(&self, r: f64) -> f64 {
        -(r / self.width) * self.value(r) / self.width
    }

    fn sup(&self) -> Option<f64> {
        Some(self.strength.abs())
    }

    /// Attained at r = width.
    fn derivative_sup(&self) -> Option<f64> {
        Some(self.strength.abs() * (-0.5_f64).exp() / self.width)
    }

    /// Attained at r = 0.
    fn second_derivative_sup(&self) -> Option<f64> {
        Some(self.strength.abs() / (self.width * self.width))
    }

    fn fourier(&self, k: f64) -> Option<f64> {
        let u = self.width * k;
        Some(self.strength * self.width * (2.0 * PI).sqrt() * (-0.5 * u * u).exp())
    }

    /// strength·(width√(2π))³·exp(−width²k²/2).
    fn fourier_in_space(&self, k: f64) -> Option<f64> {
        let u = self.width * k;
        Some(self.strength * (self.width * (2.0 * PI).sqrt()).powi(3) * (-0.5 * u * u).exp())
    }

    /// (2π)^{−1}∫|V̂||p|^s dp = |strength|·width^{−s}·2^{s/2}·Γ((s+1)/2)/√π.
    fn fourier_moment(&self, s: u32) -> Option<Measured> {
        let s = f64::from(s);
        let value =
            self.strength.abs() * self.width.powf(-s) * 2.0_f64.powf(0.5 * s) * libm::tgamma(0.5 * (s + 1.0))
                / PI.sqrt();
        Some(Measured { value, error: 16.0 * f64::EPSILON * value })
    }

    /// (2π)^{−3}∫|V̂||p|^s dp = |strength|·width^{−s}·2^{s/2}·Γ((s+3)/2)/Γ(3/2).
    fn fourier_moment_in_space(&self, s: u32) -> Option<Measured> {
        let s = f64::from(s);
        let ratio = libm::tgamma(0.5 * (s + 3.0)) / libm::tgamma(1.5);
        let value = self.strength.abs() * self.width.powf(-s) * 2.0_f64.powf(0.5 * s) * ratio;
        Some(Measured { value, error: 16.0 * f64::EPSILON * value })
    }

    fn reach(&self, tolerance: f64) -> f64 {
        self.width * (-2.0 * tolerance.min(1.0).ln()).sqrt()
    }
}
