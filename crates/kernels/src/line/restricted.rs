//! V restricted to the distances that occur on an axis: V∗ρ for interactions that never end, without images.
//!
//! For x and x′ on an axis of length L, |x−x′| ≤ L. There V = p + (V−p), where p is the polynomial in r² that meets V at
//! r = L with its slope,
//!
//! p(r) = V(L) + (r²−L²)V′(L)/(2L),
//!
//! so that p∗ρ follows from three moments of ρ, and (V−p)∗ρ from the transform of (V−p)·1_{|r|≤L} at k_j = πj/L, exactly:
//! on the doubled box no distance that occurs is cut or repeated. Continued evenly about r = L, V−p has two continuous
//! derivatives, so that nothing but V itself limits the decay of the transform.

use std::f64::consts::{FRAC_PI_2, PI};
use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use num_complex::Complex64;
use phase_space::fourier::RealTransform;
use phase_space::line::Axis;

use crate::GaussianSum;
use crate::gaussian_sum::GaussianTerm;

/// A Gaussian of radius up to L/6.2 is e^{−38} at the distance L.
const WIDTHS: f64 = 6.2;

/// V on |r| ≤ L: p(r) = a + b r²/2, and the transform of the rest.
#[derive(Clone, Debug)]
pub(super) struct Restricted {
    /// a.
    pub constant: f64,
    /// b.
    pub curvature: f64,
    /// ∫_{−L}^{L}(V−p)(r) cos(k_j r)dr, k_j = πj/L, j = 0..=n.
    pub transform: Vec<f64>,
}

impl Restricted {
    /// The polynomial that has the value and the slope of V at r = L.
    fn meeting(value: f64, slope: f64, length: f64) -> Self {
        let curvature = slope / length;
        Self { constant: value - 0.5 * curvature * length * length, curvature, transform: Vec::new() }
    }

    /// V = strength·|r|^(−α): with κ = πj,
    ///
    /// ∫_{−L}^{L}(V−p)(r) cos(k_j r)dr = 2·strength·L^{1−α}[κ^{α−1}Γ(1−α) sin(πα/2) + (−1)^j R(κ)],
    ///
    /// and 1/(1−α) − 1 − α/3 in the brackets for j = 0.
    pub(super) fn power(strength: f64, alpha: f64, axis: &Axis) -> Self {
        let length = axis.length();
        let at_end = strength * length.powf(-alpha);
        let half_line = libm::tgamma(1.0 - alpha) * (FRAC_PI_2 * alpha).sin();
        let rule = nodes();
        let bracket = |j: usize| {
            if j == 0 {
                return 1.0 / (1.0 - alpha) - 1.0 - alpha / 3.0;
            }
            let kappa = PI * j as f64;
            let sign = if j.is_multiple_of(2) { 1.0 } else { -1.0 };
            kappa.powf(alpha - 1.0) * half_line + sign * end_point(&rule, alpha, kappa)
        };
        let scale = 2.0 * length * at_end;
        let transform = (0..=axis.len()).map(|j| scale * bracket(j)).collect();
        Self { transform, ..Self::meeting(at_end, -alpha * at_end / length, length) }
    }

    /// V = strength·Σ_j w_j e^{−r²/r_j²}, with the narrower Gaussians of the same trapezoid rule.
    ///
    /// Gaussians of radius up to L/6.2 have no images, and their own transform w r√π e^{−k²r²/4}; those without end below
    /// the grid sum up to a multiple of δ. The sum of the wider ones is smooth on the grid, and transformed there.
    pub(super) fn gaussians(sum: &GaussianSum, strength: f64, axis: &Axis) -> Self {
        let (length, n) = (axis.length(), axis.len());
        let (narrow, wide): (Vec<&GaussianTerm>, Vec<&GaussianTerm>) =
            sum.terms().iter().partition(|t| WIDTHS * t.radius <= length);
        let wide_sum = |s: f64| -> f64 {
            wide.iter().map(|t| t.weight * (-(s / t.radius) * (s / t.radius)).exp()).sum()
        };
        let slope: f64 = wide
            .iter()
            .map(|t| -2.0 * length / t.radius.powi(2) * t.weight * (-(length / t.radius).powi(2)).exp())
            .sum();
        let mut restricted = Self::meeting(strength * wide_sum(length), strength * slope, length);
        let polynomial = |r: f64| restricted.constant + 0.5 * restricted.curvature * r * r;
        let mut even = vec![0.0; 2 * n];
        for d in 0..=n {
            let r = axis.spacing() * d as f64;
            even[d] = axis.spacing() * (strength * wide_sum(r) - polynomial(r));
            even[(2 * n - d) % (2 * n)] = even[d];
        }
        let mut spectrum = vec![Complex64::ZERO; n + 1];
        RealTransform::new(2 * n).forward(&mut even, &mut spectrum);
        let (narrower, mass) = below_the_grid(sum, axis.nyquist());
        let of_narrow = |k: f64| -> f64 {
            narrow.iter().copied().chain(&narrower).map(|t| transform(t, k)).sum::<f64>() + mass
        };
        let wave_number = |j: usize| PI * j as f64 / length;
        restricted.transform =
            (0..=n).map(|j| spectrum[j].re + strength * of_narrow(wave_number(j))).collect();
        restricted
    }
}

/// ∫w e^{−x²/r²}e^{−ikx}dx = w r√π e^{−k²r²/4}.
fn transform(term: &GaussianTerm, k: f64) -> f64 {
    term.weight * term.radius * PI.sqrt() * (-0.25 * (k * term.radius).powi(2)).exp()
}

/// The narrower Gaussians that wave numbers up to `largest` can tell from δ, and ∫ of all others.
fn below_the_grid(sum: &GaussianSum, largest: f64) -> (Vec<GaussianTerm>, f64) {
    const INDISTINCT: f64 = 1e-9;
    let narrower: Vec<_> = sum.narrower().take_while(|t| largest * t.radius > INDISTINCT).collect();
    let ratio = ((sum.alpha() - 1.0) * sum.step()).exp();
    let first = sum.narrower().nth(narrower.len()).map_or(0.0, |t| transform(&t, 0.0));
    (narrower, first / (1.0 - ratio))
}

/// R(κ) = α/κ² − κ^{α−1}(−1)^j∫_κ^∞t^{−α} cos t dt at κ = πj, what the end point u = 1 leaves in ∫₀¹(u^{−α}−p)cos(κu)du.
///
/// On the rotated path t = κ + iτ, R = κ^{−1}∫₀^∞[αθ − (1+θ²)^{−α/2} sin(α arctan θ)]e^{−τ}dτ, θ = τ/κ, and for large κ
/// R = Σ_{n≥1}(−1)^{n+1}α(α+1)…(α+2n)κ^{−2n−2}.
///
/// The rotated integrand is analytic but for θ = ±i, at least π away from the path: 64 Gauss–Legendre nodes on [0, 6] and
/// 64 on [6, 44], beyond which e^{−τ} is nothing, leave less than round-off.
fn end_point(rule: &GaussLegendre, alpha: f64, kappa: f64) -> f64 {
    const FAR: f64 = 40.0;
    if kappa < FAR {
        let rotated = |tau: f64| {
            let theta = tau / kappa;
            let wave = (1.0 + theta * theta).powf(-0.5 * alpha) * (alpha * theta.atan()).sin();
            (alpha * theta - wave) * (-tau).exp()
        };
        return (rule.integrate(0.0, 6.0, rotated) + rule.integrate(6.0, 44.0, rotated)) / kappa;
    }
    let (mut term, mut sum) = (alpha / (kappa * kappa), 0.0);
    for n in 1..=19 {
        let n = 2.0 * f64::from(n);
        term *= -(alpha + n - 1.0) * (alpha + n) / (kappa * kappa);
        sum -= term;
    }
    sum
}

/// The rule of [`end_point`].
fn nodes() -> GaussLegendre {
    const NODES: NonZeroUsize = NonZeroUsize::new(64).unwrap();
    GaussLegendre::new(NODES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quadrature::integrate;

    #[test]
    fn the_end_point_by_quadrature_meets_the_series() {
        for alpha in [0.01, 0.3, 0.9] {
            let (below, above) = (end_point(&nodes(), alpha, 40.0 - 1e-9), end_point(&nodes(), alpha, 40.0));
            assert!((below - above).abs() < 1e-15 * alpha.max(0.1), "{alpha}: {below} {above}");
        }
    }

    /// ∫₀¹(u^{−α}−p)cos(πju)du with u = t^{1/(1−α)}, which absorbs the singularity.
    #[test]
    fn the_transform_is_the_integral() {
        let axis = Axis::new(0.3, 1.0, 64).unwrap();
        for alpha in [0.1, 0.5, 0.8] {
            let restricted = Restricted::power(1.0, alpha, &axis);
            let q = 1.0 / (1.0 - alpha);
            for j in [0, 1, 2, 7, 12, 13, 20] {
                let cosine = |u: f64| (PI * f64::from(j) * u).cos();
                let p = |u: f64| restricted.constant + 0.5 * restricted.curvature * u * u;
                let singular = integrate(|t| q * cosine(t.powf(q)), 0.0, 1.0, 1e-9).unwrap().value;
                let smooth = integrate(|u| p(u) * cosine(u), 0.0, 1.0, 1e-9).unwrap().value;
                let error = (restricted.transform[j as usize] - 2.0 * (singular - smooth)).abs();
                assert!(error < 1e-11, "α = {alpha}, j = {j}: {error:.1e}");
            }
        }
    }
}
