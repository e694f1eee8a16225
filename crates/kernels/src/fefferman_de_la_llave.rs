//! The Fefferman–de la Llave representation of |s|^(−α), P19.2: an integral over Gaussians of every width.
//!
//! |s|^(−α) = C_α ∫₀^∞ r^{−1−α} e^{−s²/r²} dr,  C_α = 2/Γ(α/2),  since u = s²/r² turns the integral into ½|s|^{−α}Γ(α/2).
//!
//! In d dimensions with χ_{(r,z)}(x) = exp(−|x−z|²/r²), where the identity |x−z|² + |y−z|² = 2|z−(x+y)/2|² + ½|x−y|² gives
//!
//! ∫χ_{(r,z)}(x)χ_{(r,z)}(y)dz = (π/2)^{d/2} r^d e^{−|x−y|²/(2r²)},
//!
//! |x−y|^(−α) = C_{α,d} ∫₀^∞∫ r^{−1−α−d} χ_{(r,z)}(x)χ_{(r,z)}(y) dz dr,  C_{α,d} = 2^{1−α/2}(2/π)^{d/2}/Γ(α/2).

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use crate::error::{finite, positive};
use crate::quadrature::integrate;
use crate::{KernelError, Measured};

const FAMILY: &str = "Fefferman–de la Llave";

/// u = s²/r² beyond which e^{−u} is left out, with its error.
const NARROWEST: f64 = 44.0;

/// ln(r/|s|) beyond which e^{−s²/r²} is 1, with the error e^{−2·WIDEST}.
const WIDEST: f64 = 18.5;

/// What the integral over r may err by, relative to the integral.
const TOLERANCE: f64 = 1e-12;

/// |s|^(−α) = C_α ∫₀^∞ r^{−1−α} e^{−s²/r²} dr for one α > 0 (P19.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeffermanDeLaLlave {
    alpha: f64,
}

impl FeffermanDeLaLlave {
    /// # Errors
    /// An α that is not finite and positive.
    pub fn new(alpha: f64) -> Result<Self, KernelError> {
        Ok(Self { alpha: positive(FAMILY, "alpha", alpha)? })
    }

    /// α.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// C_α = 2/Γ(α/2).
    pub fn constant(&self) -> f64 {
        2.0 / libm::tgamma(0.5 * self.alpha)
    }

    /// C_{α,d} = 2^{1−α/2}(2/π)^{d/2}/Γ(α/2).
    pub fn two_centre_constant(&self, dimension: u32) -> f64 {
        self.constant() * 2.0_f64.powf(-0.5 * self.alpha) * FRAC_2_PI.powf(0.5 * f64::from(dimension))
    }

    /// r^{−1−α} e^{−s²/r²}, for r > 0.
    pub fn integrand(&self, s: f64, r: f64) -> f64 {
        r.powf(-1.0 - self.alpha) * gaussian(s, r)
    }

    /// r^{−1−α−d} ∫χ_{(r,z)}(x)χ_{(r,z)}(y)dz at |x−y| = s, for r > 0.
    pub fn two_centre_integrand(&self, dimension: u32, s: f64, r: f64) -> f64 {
        r.powf(-1.0 - self.alpha - f64::from(dimension)) * overlap(dimension, s, r)
    }

    /// |s|^(−α) from the representation, by the double exponential rule.
    ///
    /// With r = |s|e^x the integral is |s|^{−α}∫e^{−αx}exp(−e^{−2x})dx. The rule takes −½ln 44 ≤ x ≤ 18.5; to the right
    /// stands ∫e^{−αx}dx = e^{−18.5α}/α, too large by at most e^{−18.5(α+2)}/(α+2), and what is left out on the left,
    /// ½∫_{44}^∞u^{α/2−1}e^{−u}du, is of size e^{−44}. All of it is counted in the error.
    ///
    /// # Errors
    /// A distance that is not finite or 0, and an integral on which two rules do not agree to 1e-12 (α far above 1).
    pub fn evaluate(&self, s: f64) -> Result<Measured, KernelError> {
        let (alpha, s) = (self.alpha, positive(FAMILY, "distance", finite(FAMILY, "distance", s)?.abs())?);
        let exact = 0.5 * libm::tgamma(0.5 * alpha);
        let narrow = -0.5 * NARROWEST.ln();
        let middle = integrate(|x| (-alpha * x - (-2.0 * x).exp()).exp(), narrow, WIDEST, TOLERANCE * exact)?;
        let wide = (-WIDEST * alpha).exp() / alpha;
        let cut = (-WIDEST * (alpha + 2.0)).exp() / (alpha + 2.0)
            + (-NARROWEST).exp() * NARROWEST.powf(0.5 * alpha);
        let scale = self.constant() * s.powf(-alpha);
        let value = scale * (middle.value + wide);
        Ok(Measured { value, error: scale * (middle.error + cut) + 32.0 * f64::EPSILON * value })
    }
}

/// χ_{(r,z)}(x) = exp(−s²/r²) at |x−z| = s: the Gaussians of P19.2, P19.3 and P19.4.
pub fn gaussian(s: f64, r: f64) -> f64 {
    (-(s / r) * (s / r)).exp()
}

/// ∫χ_{(r,z)}(x)χ_{(r,z)}(y)dz = (π/2)^{d/2} r^d e^{−s²/(2r²)} at |x−y| = s in d dimensions.
pub fn overlap(dimension: u32, s: f64, r: f64) -> f64 {
    FRAC_PI_2.powf(0.5 * f64::from(dimension))
        * r.powf(f64::from(dimension))
        * (-0.5 * (s / r) * (s / r)).exp()
}
