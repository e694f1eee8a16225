//! Laguerre functions: complete, orthonormal, for a trap or for a nucleus.
//!
//! With t = √x, the parameter a and p_k^a = (k!/Γ(k+a+1))^{1/2} L_k^a,
//!
//! u_kℓ(r) = (x^{a+1} e^{−x} d ln x/dr)^{1/2} p_k^a(x),  k = 0, 1, …, are orthonormal in L²(0,∞):
//!
//! | | x | a | near 0 | far |
//! |---|---|---|---|---|
//! | [`RadialFunctions::oscillator`] | s r²/ε | ℓ+½ | r^{ℓ+1}, even powers beyond | e^{−sr²/2ε} |
//! | [`RadialFunctions::sturmian`] | 2κr | 2ℓ+2 | r^{ℓ+1}, all powers beyond: Kato's cusp | e^{−κr} |
//!
//! The first diagonalise −ε²Δ + s²|x|², with levels εs(4k+2ℓ+3). In t both oscillate like functions of an oscillator, between 0 and
//! t = (4k+2a+2)^{1/2}, with wave numbers up to the same number.

use super::error::{GroundStateError, positive};

/// Where e^{−x/2} is still far from underflow.
const LARGEST_X: f64 = 1200.0;

/// z with Ai(z) < 10^{−10}: how far beyond its turning point the last function is followed.
const AIRY_TAIL: f64 = 10.0;

/// u_kℓ, k < `functions`, for every ℓ up to the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RadialFunctions {
    /// r = scale·t^{2/power}.
    scale: f64,
    /// d ln x/d ln r: 2 for the oscillator, 1 for the nucleus.
    power: f64,
    functions: usize,
    last: usize,
}

impl RadialFunctions {
    /// The first functions of −ε²Δ + s²|x|² in each channel ℓ ≤ `last`.
    ///
    /// # Errors
    /// ε or s not positive and finite, no function, or more than double precision carries.
    pub fn oscillator(
        eps: f64,
        stiffness: f64,
        functions: usize,
        last: usize,
    ) -> Result<Self, GroundStateError> {
        let scale = (positive("ε", eps)? / positive("the stiffness", stiffness)?).sqrt();
        Self { scale, power: 2.0, functions, last }.checked()
    }

    /// r^{ℓ+1}e^{−κr} times polynomials of degree less than `functions`, ℓ ≤ `last`.
    ///
    /// # Errors
    /// κ not positive and finite, no function, or more than double precision carries.
    pub fn sturmian(kappa: f64, functions: usize, last: usize) -> Result<Self, GroundStateError> {
        let scale = 0.5 / positive("κ", kappa)?;
        Self { scale, power: 1.0, functions, last }.checked()
    }

    fn checked(self) -> Result<Self, GroundStateError> {
        positive("the number of functions", self.functions as f64)?;
        let a = self.parameter(self.last);
        if self.end().powi(2) > LARGEST_X {
            let most = ((0.8 * LARGEST_X - 2.0 * a - 2.0) / 4.0).max(0.0) as usize;
            return Err(GroundStateError::TooManyFunctions { functions: self.functions, l: self.last, most });
        }
        Ok(self)
    }

    /// The same family with another number of functions.
    ///
    /// # Errors
    /// As the constructors.
    pub fn with_functions(self, functions: usize) -> Result<Self, GroundStateError> {
        Self { functions, ..self }.checked()
    }

    /// The number of functions of each channel.
    pub fn functions(&self) -> usize {
        self.functions
    }

    /// The last ℓ.
    pub fn last(&self) -> usize {
        self.last
    }

    /// a.
    fn parameter(&self, l: usize) -> f64 {
        if self.power == 2.0 { l as f64 + 0.5 } else { (2 * l + 2) as f64 }
    }

    /// (4k+2a+2)^{1/2} of the last function.
    pub(super) fn turning(&self) -> f64 {
        (4.0 * (self.functions - 1) as f64 + 2.0 * self.parameter(self.last) + 2.0).sqrt()
    }

    /// t beyond which every function is nothing.
    pub(super) fn end(&self) -> f64 {
        self.turning() + AIRY_TAIL / (2.0 * self.turning()).cbrt()
    }

    /// The wave number in r beyond which the product of two functions is nothing, for functions of an oscillator: a cusp has no such bound.
    pub(super) fn band(&self) -> Option<f64> {
        (self.power == 2.0).then(|| 2.0 * self.end() / self.scale)
    }

    /// (r, dr/dt) at t.
    pub(super) fn radius(&self, t: f64) -> (f64, f64) {
        let r = self.scale * t.powf(2.0 / self.power);
        (r, 2.0 / self.power * r / t)
    }

    /// (u_kℓ(r), u′_kℓ(r)) for all k.
    ///
    /// ((k+1)(k+1+a))^{1/2} p_{k+1} = (2k+1+a−x)p_k − (k(k+a))^{1/2}p_{k−1},  x p_k′ = k p_k − (k(k+a))^{1/2}p_{k−1}.
    pub(super) fn at(&self, l: usize, r: f64) -> Vec<[f64; 2]> {
        let a = self.parameter(l);
        let x = (r / self.scale).powf(self.power);
        // ln u_0, u_0 ∝ x^{(a+1)/2} r^{−1/2} e^{−x/2}
        let log = 0.5 * ((a + 1.0) * x.ln() - x + (self.power / r).ln() - libm::lgamma(a + 1.0));
        let (mut before, mut u) = (0.0, log.exp());
        let mut values = Vec::with_capacity(self.functions);
        for k in 0..self.functions {
            let k = k as f64;
            let lower = (k * (k + a)).sqrt() * before;
            // r u′ = (d ln x/d ln r)·((a+1)/2 − x/2 + x p′/p)u − u/2
            let slope = self.power * ((0.5 * (a + 1.0 - x) + k) * u - lower) - 0.5 * u;
            values.push([u, slope / r]);
            let next = (2.0 * k + 1.0 + a - x) * u - lower;
            (before, u) = (u, next / ((k + 1.0) * (k + 1.0 + a)).sqrt());
        }
        values
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_first_functions_and_slopes_are_those_of_their_definition() {
        let sturmian = RadialFunctions::sturmian(1.7, 6, 2).unwrap();
        let oscillator = RadialFunctions::oscillator(0.4, 1.3, 6, 2).unwrap();
        for r in [0.01_f64, 0.4, 2.0, 5.0] {
            // 2κ^{3/2} r e^{−κr}; 2(s/ε)^{3/4}π^{−1/4} r e^{−sr²/2ε}
            let hydrogen = 2.0 * 1.7_f64.powf(1.5) * r * (-1.7 * r).exp();
            let gauss =
                2.0 * 3.25_f64.powf(0.75) / std::f64::consts::PI.powf(0.25) * r * (-1.625 * r * r).exp();
            // sturmian: a = 2, u_0 ∝ r e^{−κr}
            assert!((sturmian.at(0, r)[0][0] / hydrogen - 1.0).abs() < 1e-12);
            assert!((oscillator.at(0, r)[0][0] / gauss - 1.0).abs() < 1e-12);
            for functions in [sturmian, oscillator] {
                for l in 0..3 {
                    let h = 1e-5 * r;
                    let (up, down) = (functions.at(l, r + h), functions.at(l, r - h));
                    for (k, [u, slope]) in functions.at(l, r).into_iter().enumerate() {
                        let difference = (up[k][0] - down[k][0]) / (2.0 * h);
                        let size = slope.abs() + (u / r).abs() + 1e-3;
                        assert!(
                            (difference - slope).abs() < 1e-6 * size,
                            "{l} {k} {r}: {difference} {slope}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn what_underflows_is_refused() {
        assert!(RadialFunctions::sturmian(1.0, 100, 0).is_ok());
        assert!(matches!(
            RadialFunctions::sturmian(1.0, 400, 0),
            Err(GroundStateError::TooManyFunctions { most, .. }) if RadialFunctions::sturmian(1.0, most, 0).is_ok()
        ));
        assert!(RadialFunctions::oscillator(0.0, 1.0, 3, 0).is_err());
        assert!(RadialFunctions::oscillator(1.0, f64::NAN, 3, 0).is_err());
        assert!(RadialFunctions::sturmian(1.0, 0, 0).is_err());
    }
}
