//! The quadratic Wasserstein distance of two densities on an axis, by their quantile functions.

use num_complex::Complex64;
use phase_space::fourier::RealTransform;
use phase_space::line::Axis;

use crate::Estimate;

/// Refinement of the points, and the coarser one that the error is read from.
const FINER: [usize; 2] = [16, 8];
/// Densities below this part of their maximum are left out, and below this one for the error: round-off of F is amplified by 1/f.
const CUT: [f64; 2] = [1e-13, 1e-11];

/// W₂(f,g), W₂² = ∫₀¹|F⁻¹(u) − G⁻¹(u)|²du = ∫|T(x) − x|²f(x)dx, G(T(x)) = F(x); both divided by their mass.
///
/// f, g: values on the points of the axis, ≥ 0 but for round-off, 0 at its ends. F and G are the exact antiderivatives of the trigonometric
/// interpolants. The error is what half of the refined points and a hundredfold cut change; it does not know the errors of f and g:
/// [`wasserstein_budget`].
pub fn wasserstein(f: &[f64], g: &[f64], axis: &Axis) -> Estimate {
    let [fine, coarse] = FINER.map(|finer| squares(f, g, axis, finer).map(|square| square.max(0.0).sqrt()));
    let changes = (fine[0] - coarse[0]).abs() + (fine[0] - fine[1]).abs();
    Estimate::new(fine[0], changes)
}

/// An upper bound of W₂(f, f+e), ∫e = 0: 2(∫E²/f dx)^{1/2}, E' = e (R. Peyre), where f is above the cut.
pub fn wasserstein_budget(f: &[f64], e: &[f64], axis: &Axis) -> f64 {
    let [(f, _), (_, primitive)] = [f, e].map(|f| refined(f, axis, 1));
    let cut = CUT[0] * maximum(&f);
    let sum: f64 = f.iter().zip(&primitive).filter(|(f, _)| **f > cut).map(|(f, p)| p * p / f).sum();
    2.0 * (axis.spacing() * sum).sqrt()
}

/// W₂² with either cut.
fn squares(f: &[f64], g: &[f64], axis: &Axis, finer: usize) -> [f64; 2] {
    let [(f, big_f), (g, big_g)] = [f, g].map(|f| unit(refined(f, axis, finer)));
    let h = axis.spacing() / finer as f64;
    let cell = Cells { density: &g, primitive: &big_g, h };
    let most = maximum(&f);
    let mut sums = [0.0; 2];
    // both run through the axis once, since T is monotone
    let mut at = 0;
    for (i, (f, u)) in f.iter().zip(&big_f).enumerate() {
        if *f < CUT[0] * most {
            continue;
        }
        while at + 2 < big_g.len() && big_g[at + 1] < *u {
            at += 1;
        }
        let displaced = (at as f64 - i as f64) * h + cell.within(at, *u);
        let term = displaced * displaced * f;
        sums.iter_mut().zip(CUT).filter(|(_, cut)| *f >= cut * most).for_each(|(sum, _)| *sum += term);
    }
    sums.map(|sum| h * sum)
}

/// G between its nodes: Hermite's cubic through G and g.
struct Cells<'a> {
    density: &'a [f64],
    primitive: &'a [f64],
    h: f64,
}

impl Cells<'_> {
    /// x ∈ \[0,h\] with G(x_at + x) = u, by bisection and secants.
    fn within(&self, at: usize, u: f64) -> f64 {
        let (a, b) = (self.primitive[at], self.primitive[at + 1]);
        let (slope_a, slope_b) = (self.h * self.density[at], self.h * self.density[at + 1]);
        let rise = b - a;
        // G(x_at + θh) − a
        let value = |s: f64| {
            let (q, r) = (1.0 - s, s * (1.0 - s));
            rise * s * s * (3.0 - 2.0 * s) + r * (slope_a * q - slope_b * s)
        };
        let (target, mut low, mut high) = (u - a, 0.0, 1.0);
        let mut s = if rise > 0.0 { (target / rise).clamp(0.0, 1.0) } else { 0.5 };
        for _ in 0..MOST_STEPS {
            let off = value(s) - target;
            if off > 0.0 {
                high = s
            } else {
                low = s
            };
            let slope = (1.0 - s) * slope_a + s * slope_b;
            let next = s - off / slope;
            let next = if next > low && next < high { next } else { 0.5 * (low + high) };
            if (next - s).abs() < 1e-15 {
                break;
            }
            s = next;
        }
        s * self.h
    }
}

const MOST_STEPS: usize = 60;

fn maximum(f: &[f64]) -> f64 {
    f.iter().copied().fold(0.0, f64::max)
}

/// Divided by the mass F(end).
fn unit((mut f, mut primitive): (Vec<f64>, Vec<f64>)) -> (Vec<f64>, Vec<f64>) {
    let mass = primitive[primitive.len() - 1];
    f.iter_mut().chain(&mut primitive).for_each(|value| *value /= mass);
    (f, primitive)
}

/// f on `finer` times the points, and F(x) = ∫_{x_0}^x f there.
fn refined(f: &[f64], axis: &Axis, finer: usize) -> (Vec<f64>, Vec<f64>) {
    let (n, m) = (f.len(), finer * f.len());
    let mut spectrum = vec![Complex64::ZERO; n / 2 + 1];
    RealTransform::new(n).forward(&mut f.to_vec(), &mut spectrum);
    let mut inverse = RealTransform::new(m);
    let mut sampled = |map: &dyn Fn(usize, Complex64) -> Complex64| {
        let mut wide = vec![Complex64::ZERO; m / 2 + 1];
        for (k, (w, s)) in wide.iter_mut().zip(&spectrum).enumerate() {
            // the last mode is shared by ±n/2, and has no antiderivative on the points
            let shared = if 2 * k == n && finer > 1 { 0.5 } else { 1.0 };
            *w = map(k, *s) * (finer as f64 * shared);
        }
        let mut values = vec![0.0; m];
        inverse.inverse(&mut wide, &mut values);
        values
    };
    let values = sampled(&|_, s| s);
    let waves = sampled(&|k, s| match k {
        0 => Complex64::ZERO,
        _ => s / Complex64::new(0.0, axis.wave_number(k)),
    });
    let (mean, h) = (spectrum[0].re / n as f64, axis.spacing() / finer as f64);
    let primitive = waves.iter().enumerate().map(|(i, w)| mean * h * i as f64 + w - waves[0]).collect();
    (values, primitive)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn axis(n: usize) -> Axis {
        Axis::new(0.0, 24.0, n).unwrap()
    }

    fn gaussian(axis: &Axis, mean: f64, sigma: f64) -> Vec<f64> {
        let at = |x: f64| (-0.5 * ((x - mean) / sigma).powi(2)).exp() / (TAU.sqrt() * sigma);
        axis.points().into_iter().map(at).collect()
    }

    /// W₂ = ((m₁−m₂)² + (σ₁−σ₂)²)^{1/2}.
    fn exact(a: [f64; 2], b: [f64; 2]) -> f64 {
        (a[0] - b[0]).hypot(a[1] - b[1])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn gaussians_are_as_far_apart_as_their_moments(
            m in -1.0..1.0_f64, s in 0.7..1.2_f64, dm in -0.5..0.5_f64, ds in -0.2..0.2_f64
        ) {
            let axis = axis(256);
            let found = wasserstein(&gaussian(&axis, m, s), &gaussian(&axis, m + dm, s + ds), &axis);
            let truth = exact([m, s], [m + dm, s + ds]);
            prop_assert!((found.value - truth).abs() < found.error + 1e-9, "{found:?} {truth}");
            prop_assert!(found.error < 1e-4 * truth + 1e-6, "{found:?} {truth}");
        }
    }

    #[test]
    fn small_distances_are_resolved() {
        let axis = axis(256);
        for shift in [1e-3, 1e-5, 1e-7] {
            let (f, g) = (gaussian(&axis, 0.3, 1.0), gaussian(&axis, 0.3 + shift, 1.0 + 0.5 * shift));
            let (found, truth) = (wasserstein(&f, &g, &axis), shift * 1.25_f64.sqrt());
            assert!((found.value - truth).abs() <= found.error + 1e-5 * truth, "{found:?} {truth}");
            assert!(found.is_resolved(), "{found:?}");
            let swapped = wasserstein(&g, &f, &axis);
            assert!((found.value - swapped.value).abs() <= found.error + swapped.error + 1e-6 * truth);
        }
    }

    #[test]
    fn equal_densities_are_at_no_distance_that_is_resolved() {
        let axis = axis(256);
        let f = gaussian(&axis, 0.3, 1.0);
        let found = wasserstein(&f, &f, &axis);
        assert!(found.value < 1e-9, "{found:?}");
    }

    #[test]
    fn the_budget_bounds_the_distance_and_is_at_most_twice_it() {
        let axis = axis(256);
        for shift in [1e-2, 1e-4] {
            let (f, g) = (gaussian(&axis, 0.0, 1.0), gaussian(&axis, shift, 1.0 + shift));
            let e: Vec<f64> = g.iter().zip(&f).map(|(g, f)| g - f).collect();
            let (bound, truth) = (wasserstein_budget(&f, &e, &axis), shift * 2.0_f64.sqrt());
            assert!(bound > truth && bound < 2.1 * truth, "{bound} {truth}");
        }
    }

    /// Sums over particles at equal quantiles, each at the midpoint of its mass.
    #[test]
    fn two_bumps_against_sorted_particles() {
        let axis = axis(512);
        let mix =
            |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| 0.5 * (a + b)).collect() };
        let f = mix(&gaussian(&axis, -1.0, 0.8), &gaussian(&axis, 1.2, 0.7));
        let g = mix(&gaussian(&axis, -1.1, 0.8), &gaussian(&axis, 1.4, 0.9));
        let quantiles = |f: &[f64]| {
            let (_, big) = unit(refined(f, &axis, 64));
            let h = axis.spacing() / 64.0;
            let particles = 20_000;
            let mut at = 0;
            (0..particles)
                .map(|p| {
                    let u = (f64::from(p) + 0.5) / f64::from(particles);
                    while big[at + 1] < u {
                        at += 1;
                    }
                    h * (at as f64 + (u - big[at]) / (big[at + 1] - big[at]))
                })
                .collect::<Vec<f64>>()
        };
        let (a, b) = (quantiles(&f), quantiles(&g));
        let slow = (a.iter().zip(&b).map(|(a, b)| (a - b).powi(2)).sum::<f64>() / a.len() as f64).sqrt();
        let fast = wasserstein(&f, &g, &axis);
        assert!((fast.value - slow).abs() < 1e-4 * slow, "{fast:?} {slow}");
    }
}
