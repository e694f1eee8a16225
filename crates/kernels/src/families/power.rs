//! V(x) = strength·|x|^(−α), 0 < α < 1 on the line: the singular interactions of L19.T1 and L19.T2; α ≥ 1 is not locally
//! integrable there, and refused.
//!
//! V̂(k) = strength·2Γ(1−α) sin(πα/2)|k|^{α−1}, singular at k = 0: V∗ρ follows from the restriction of V to the distances
//! that occur, not from samples of V̂. V lies outside G16.T1 (V′ is unbounded) and G16.T2, G16.T3 (∫|V̂||p|²dp = ∞).

use std::f64::consts::FRAC_PI_2;

use crate::error::{finite, positive};
use crate::{Convolution, Interaction, KernelError, Measured};

/// V(x) = strength·|x|^(−α); a negative strength attracts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InversePower {
    strength: f64,
    alpha: f64,
}

impl InversePower {
    /// # Errors
    /// A strength that is not finite, an α that is not finite and positive, or α ≥ 1: not locally integrable on the line.
    pub fn new(strength: f64, alpha: f64) -> Result<Self, KernelError> {
        let family = "power";
        let (strength, alpha) = (finite(family, "strength", strength)?, positive(family, "alpha", alpha)?);
        if alpha >= 1.0 {
            return Err(KernelError::NotIntegrable { alpha });
        }
        Ok(Self { strength, alpha })
    }

    /// The strength, V(1).
    pub fn strength(&self) -> f64 {
        self.strength
    }

    /// α.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }
}

impl Interaction for InversePower {
    fn name(&self) -> String {
        format!("power(strength = {}, alpha = {})", self.strength, self.alpha)
    }

    /// Infinite at r = 0.
    fn value(&self, r: f64) -> f64 {
        self.strength * r.abs().powf(-self.alpha)
    }

    /// V′(r) = −α·strength·|r|^{−α−1} sign r, infinite at r = 0.
    fn derivative(&self, r: f64) -> f64 {
        -self.alpha * self.strength * r.abs().powf(-self.alpha - 1.0).copysign(r)
    }

    fn sup(&self) -> Option<f64> {
        None
    }

    fn derivative_sup(&self) -> Option<f64> {
        None
    }

    fn second_derivative_sup(&self) -> Option<f64> {
        None
    }

    /// 2|strength|/(1−α).
    fn local_l1(&self) -> Option<Measured> {
        let value = 2.0 * self.strength.abs() / (1.0 - self.alpha);
        Some(Measured { value, error: 4.0 * f64::EPSILON * value })
    }

    /// strength·2Γ(1−α) sin(πα/2)|k|^{α−1}; `None` at k = 0.
    fn fourier(&self, k: f64) -> Option<f64> {
        let constant = 2.0 * libm::tgamma(1.0 - self.alpha) * (FRAC_PI_2 * self.alpha).sin();
        (k != 0.0).then(|| self.strength * constant * k.abs().powf(self.alpha - 1.0))
    }

    /// ∫|V̂||p|^s dp diverges at large p for every s ≥ 0.
    fn fourier_moment(&self, _s: u32) -> Option<Measured> {
        None
    }

    fn reach(&self, _tolerance: f64) -> f64 {
        f64::INFINITY
    }

    fn convolution(&self) -> Convolution {
        Convolution::Power { strength: self.strength, alpha: self.alpha }
    }
}
