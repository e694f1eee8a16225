//! V(x) = strength·|x|^(−α): the singular interactions of L19.T1 and L19.T2. 0 < α < 1 on the line, where α ≥ 1 is not locally
//! integrable, and refused; 0 < α ≤ 1 in R³, Coulomb and gravity included.
//!
//! V̂(k) = strength·2Γ(1−α) sin(πα/2)|k|^{α−1}, singular at k = 0: V∗ρ follows from the restriction of V to the distances
//! that occur, not from samples of V̂. V lies outside G16.T1 (V′ is unbounded) and G16.T2, G16.T3 (∫|V̂||p|²dp = ∞).

use std::f64::consts::{FRAC_PI_2, PI};

use crate::error::{finite, positive, within};
use crate::{Convolution, Interaction, KernelError, Measured};

const FAMILY: &str = "power";

/// V(x) = strength·|x|^(−α); a negative strength attracts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InversePower {
    strength: f64,
    alpha: f64,
}

impl InversePower {
    /// An inverse power that the line can carry, 0 < α < 1; it serves in R³ as well.
    ///
    /// # Errors
    /// A strength that is not finite, an α that is not finite and positive, or α ≥ 1: not locally integrable on the line.
    pub fn new(strength: f64, alpha: f64) -> Result<Self, KernelError> {
        let (strength, alpha) = (finite(FAMILY, "strength", strength)?, positive(FAMILY, "alpha", alpha)?);
        if alpha >= 1.0 {
            return Err(KernelError::NotIntegrable { alpha });
        }
        Ok(Self { strength, alpha })
    }

    /// An inverse power in R³, 0 < α ≤ 1, as L19.T2 supposes: α = 1 is Coulomb's repulsion (strength > 0) or gravity.
    ///
    /// # Errors
    /// A strength that is not finite, an α that is not finite and positive, or α > 1.
    pub fn in_space(strength: f64, alpha: f64) -> Result<Self, KernelError> {
        let (strength, alpha) = (finite(FAMILY, "strength", strength)?, positive(FAMILY, "alpha", alpha)?);
        within(FAMILY, "alpha", alpha, [0.0, 1.0])?;
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

    /// 2|strength|/(1−α); infinite for α = 1.
    fn local_l1(&self) -> Option<Measured> {
        if self.alpha >= 1.0 {
            return None;
        }
        let value = 2.0 * self.strength.abs() / (1.0 - self.alpha);
        Some(Measured { value, error: 4.0 * f64::EPSILON * value })
    }

    /// strength·2Γ(1−α) sin(πα/2)|k|^{α−1}; `None` at k = 0, and for α = 1.
    fn fourier(&self, k: f64) -> Option<f64> {
        if self.alpha >= 1.0 {
            return None;
        }
        let constant = 2.0 * libm::tgamma(1.0 - self.alpha) * (FRAC_PI_2 * self.alpha).sin();
        (k != 0.0).then(|| self.strength * constant * k.abs().powf(self.alpha - 1.0))
    }

    /// ∫|V̂||p|^s dp diverges at large p for every s ≥ 0.
    fn fourier_moment(&self, _s: u32) -> Option<Measured> {
        None
    }

    /// 4π|strength|/(3−α).
    fn local_l1_in_space(&self) -> Option<Measured> {
        let value = 4.0 * PI * self.strength.abs() / (3.0 - self.alpha);
        Some(Measured { value, error: 4.0 * f64::EPSILON * value })
    }

    /// V̂ ∝ |p|^{α−3}: ∫|V̂||p|^s dp diverges at large p for every s ≥ 0, in R³ as well.
    fn fourier_moment_in_space(&self, _s: u32) -> Option<Measured> {
        None
    }

    fn reach(&self, _tolerance: f64) -> f64 {
        f64::INFINITY
    }

    fn convolution(&self) -> Convolution {
        Convolution::Power { strength: self.strength, alpha: self.alpha }
    }
}
