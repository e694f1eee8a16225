//! W(x,v) = (β+1)/(2π)·(1 − |z|²/2)₊^β, z = (x,v): support of radius √2, W ∈ H^s exactly for s < β + ½.
//!
//! Its height is (β+1)/(2π): for β > 0 it exceeds Pauli's (2π)^{−1}, which the laboratory reports among the hypotheses.
//! Its Fourier transform is 2^{β+1}Γ(β+2)·J_{β+1}(√2|κ|)/(√2|κ|)^{β+1}, which decays like |κ|^{−β−3/2} only.

use std::f64::consts::{PI, SQRT_2, TAU};

use crate::error::positive;
use crate::{InitialState, StateError};

const FAMILY: &str = "radial-bump";

/// Where the algebraic tail of the Fourier transform is cut: |Ŵ| is about 8e-8 there for β = 3, 5e-10 for β = 5.
const FREQUENCY_CAP: f64 = 96.0;

/// The radial bump of exponent β.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RadialBump {
    beta: f64,
}

impl RadialBump {
    /// # Errors
    /// An exponent that is not finite, or negative; β = 0 is the disc.
    pub fn new(beta: f64) -> Result<Self, StateError> {
        let beta = if beta == 0.0 { 0.0 } else { positive(FAMILY, "beta", beta)? };
        Ok(Self { beta })
    }

    /// β.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// Ŵ at |κ| for β = ½ and integers, whose Bessel functions are at hand: 3j₁(z)/z and 2^{β+1}(β+1)!·J_{β+1}(z)/z^{β+1}, z = √2|κ|.
    pub fn fourier(&self, kappa: f64) -> Option<f64> {
        let z = SQRT_2 * kappa.abs();
        let order = self.beta + 1.0;
        if self.beta == 0.5 {
            // j₁(z)/z = (sin z − z cos z)/z³
            let small = 1.0 - z * z / 10.0;
            return Some(if z < 1e-3 { small } else { 3.0 * (z.sin() - z * z.cos()) / z.powi(3) });
        }
        if order.fract() != 0.0 || order > 20.0 {
            return None;
        }
        let scale = (1..=order as u32).map(|m| 2.0 * f64::from(m) / z).product::<f64>();
        // J_n(z) ≈ (z/2)ⁿ/n!·(1 − z²/(4(n+1)))
        let small = 1.0 - z * z / (4.0 * (order + 1.0));
        Some(if z < 1e-2 { small } else { scale * libm::jn(order as i32, z) })
    }

    /// ‖W‖_{L²} = (β+1)/√(2π(2β+1)).
    pub fn l2(&self) -> f64 {
        (self.beta + 1.0) / (TAU * (2.0 * self.beta + 1.0)).sqrt()
    }

    /// |Ŵ(κ)| ≤ 2^{β+1}Γ(β+2)√(2/π)(√2κ)^{−β−3/2} for large κ, solved for κ; at most 96, where the tail is cut.
    fn frequency(&self, tolerance: f64) -> f64 {
        let power = self.beta + 1.5;
        let log_constant =
            (self.beta + 1.0) * 2.0_f64.ln() + libm::lgamma(self.beta + 2.0) + 0.5 * (2.0 / PI).ln();
        (((log_constant - tolerance.ln()) / power).exp() / SQRT_2).min(FREQUENCY_CAP)
    }
}

impl InitialState for RadialBump {
    fn name(&self) -> String {
        format!("{FAMILY}(beta = {})", self.beta)
    }

    fn wigner(&self, x: f64, v: f64) -> f64 {
        let inside = 1.0 - 0.5 * (x * x + v * v);
        if inside > 0.0 { (self.beta + 1.0) / TAU * inside.powf(self.beta) } else { 0.0 }
    }

    /// β + ½: |Ŵ| ~ |k|^{−β−3/2} in the plane.
    fn sobolev_index(&self) -> Option<f64> {
        Some(self.beta + 0.5)
    }

    /// (β+1)/(2π), attained at the origin: above Pauli's bound.
    fn sup(&self) -> f64 {
        (self.beta + 1.0) / TAU
    }

    fn spread(&self, direction: [f64; 2], _tolerance: f64) -> (f64, f64) {
        let reach = direction[0].hypot(direction[1]) * SQRT_2;
        (-reach, reach)
    }

    fn frequency_spread(&self, direction: [f64; 2], tolerance: f64) -> f64 {
        direction[0].hypot(direction[1]) * self.frequency(tolerance)
    }
}
