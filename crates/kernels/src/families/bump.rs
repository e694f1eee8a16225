//! V(x) = strength·(1 − |x|²/width²)₊²: in W^{2,∞} but not C², the smallest space in which G16.T1 is stated.
//!
//! V̂(k) = 16·strength·width·j₂(κ)/κ², κ = width·k, which decays like |k|^{−3}: ∫|V̂||p|²dp diverges
//! (logarithmically), so that the bump lies inside the hypotheses of G16.T1 and outside those of G16.T2 and G16.T3.

use std::f64::consts::PI;

use crate::error::{finite, positive};
use crate::quadrature::integrate;
use crate::{Interaction, KernelError, Measured};

/// V(x) = strength·(1 − |x|²/width²)₊²; a negative strength attracts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bump {
    strength: f64,
    width: f64,
}

impl Bump {
    /// # Errors
    /// A strength that is not finite, or a width that is not finite and positive.
    pub fn new(strength: f64, width: f64) -> Result<Self, KernelError> {
        let family = "bump";
        Ok(Self { strength: finite(family, "strength", strength)?, width: positive(family, "width", width)? })
    }
}

impl Interaction for Bump {
    fn name(&self) -> String {
        format!("bump(strength = {}, width = {})", self.strength, self.width)
    }

    fn value(&self, r: f64) -> f64 {
        let u = r / self.width;
        let s = (1.0 - u * u).max(0.0);
        self.strength * s * s
    }

    /// V′(r) = −4·strength·(r/width²)·(1 − r²/width²)₊.
    fn derivative(&self, r: f64) -> f64 {
        let u = r / self.width;
        -4.0 * self.strength / self.width * u * (1.0 - u * u).max(0.0)
    }

    fn sup(&self) -> Option<f64> {
        Some(self.strength.abs())
    }

    /// Attained at r = width/√3.
    fn derivative_sup(&self) -> Option<f64> {
        Some(self.strength.abs() * 8.0 / (27.0_f64.sqrt() * self.width))
    }

    /// V″(r) = −4·strength·(1 − 3r²/width²)/width² inside; the supremum is the jump at r = width.
    fn second_derivative_sup(&self) -> Option<f64> {
        Some(8.0 * self.strength.abs() / (self.width * self.width))
    }

    fn fourier(&self, k: f64) -> Option<f64> {
        Some(16.0 * self.strength * self.width * j2_over_square(self.width * k))
    }

    /// (2π)^{−1}∫|V̂||p|^s dp = (16/π)·|strength|·width^{−s}·∫₀^∞|j₂(κ)|κ^{s−2}dκ for s ≤ 1; diverges from s = 2 on.
    fn fourier_moment(&self, s: u32) -> Option<Measured> {
        if self.strength == 0.0 {
            return Some(Measured { value: 0.0, error: 0.0 });
        }
        let integral = absolute_bessel_moment(s)?;
        let scale = 16.0 / PI * self.strength.abs() * self.width.powi(-i32::try_from(s).ok()?);
        Some(Measured { value: scale * integral.value, error: scale * integral.error })
    }

    /// V̂ ∝ j₃(κ)/κ³ in R³, so that ∫|V̂||p|^s dp ∝ ∫₀^∞|j₃(κ)|κ^{s−1}dκ diverges from s = 1 on; s = 0 is not measured.
    fn fourier_moment_in_space(&self, s: u32) -> Option<Measured> {
        match s {
            _ if self.strength == 0.0 => Some(Measured { value: 0.0, error: 0.0 }),
            0 => Some(Measured { value: 0.0, error: f64::INFINITY }),
            _ => None,
        }
    }

    fn reach(&self, _tolerance: f64) -> f64 {
        self.width
    }
}

/// j₂(κ)/κ², even: the series for |κ| < 4, the closed form [(3 − κ²) sin κ − 3κ cos κ]/κ⁵ beyond.
pub(crate) fn j2_over_square(kappa: f64) -> f64 {
    let square = kappa * kappa;
    if square < 16.0 {
        // (1/15) Σ_m (−κ²/2)^m / (m!·7·9···(2m+5))
        let (mut term, mut sum) = (1.0 / 15.0, 1.0 / 15.0);
        for m in 1..=24 {
            let m = f64::from(m);
            term *= -0.5 * square / (m * (2.0 * m + 5.0));
            sum += term;
        }
        sum
    } else {
        let (sin, cos) = kappa.sin_cos();
        ((3.0 - square) * sin - 3.0 * kappa * cos) / (square * square * kappa)
    }
}

/// ∫₀^∞|j₂(κ)|κ^{s−2}dκ for s = 0, 1: between the zeros of j₂ by quadrature, then the mean of the oscillating tail.
///
/// With j₂² + y₂² = κ^{−2}(1 + 3κ^{−2} + 9κ^{−4}) and 2/π for the mean of |sin|, the tail from a zero K on is
/// (2/π)[K^{s−2}/(2−s) + (3/2)K^{s−4}/(4−s)] up to 0.12·(3−s)K^{s−4}.
fn absolute_bessel_moment(s: u32) -> Option<Measured> {
    if s >= 2 {
        return None;
    }
    const HALF_WAVES: usize = 400;
    let s = f64::from(s);
    let integrand = |kappa: f64| j2_over_square(kappa).abs() * kappa.powf(s);
    let (mut value, mut error, mut start) = (0.0, 0.0, 0.0);
    for m in 1..=HALF_WAVES {
        let end = zero_of_j2(m);
        let piece = integrate(integrand, start, end, 1e-13).ok()?;
        value += piece.value;
        error += piece.error;
        start = end;
    }
    let tail = 2.0 / PI * (start.powf(s - 2.0) / (2.0 - s) + 1.5 * start.powf(s - 4.0) / (4.0 - s));
    Some(Measured { value: value + tail, error: error + 0.2 * (3.0 - s) * start.powf(s - 4.0) })
}

/// The m-th positive zero of j₂, by bisection in ((m+½)π, (m+1)π): tan κ = 3κ/(3−κ²) has one root there.
fn zero_of_j2(m: usize) -> f64 {
    let (mut low, mut high) = ((m as f64 + 0.5) * PI, (m as f64 + 1.0) * PI);
    let sign = j2_over_square(low).signum();
    while high - low > 4.0 * f64::EPSILON * high {
        let middle = 0.5 * (low + high);
        if j2_over_square(middle).signum() == sign {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_meets_the_closed_form() {
        let (below, above) = (j2_over_square(4.0 - 1e-9), j2_over_square(4.0 + 1e-9));
        // d/dκ (j₂/κ²) = −j₃/κ² is about −0.014 at κ = 4.
        assert!((below - above).abs() < 1e-10, "{below} {above}");
        assert!((j2_over_square(0.0) - 1.0 / 15.0).abs() < 1e-17);
    }

    #[test]
    fn the_first_zeros_of_j2_are_those_of_the_tables() {
        for (m, zero) in [(1, 5.763_459_196_894_55), (2, 9.095_011_330_476_355), (3, 12.322_940_970_566_58)] {
            assert!((zero_of_j2(m) - zero).abs() < 1e-12);
        }
    }
}
