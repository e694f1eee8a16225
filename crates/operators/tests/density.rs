//! Density operators: exact spectra of thermal Gaussians, commutators, the norm of P16.6.
#![allow(clippy::unwrap_used)]

use num_complex::Complex64;
use semiclassical_operators::{
    BandHermitian, DensityOperator, KernelError, WEIGHTED_RESOLVENT_CONSTANT, hilbert_schmidt_of_product,
    schatten, weighted_resolvent,
};

/// ω(x;y) = N exp(−((x+y)/2)²/(2σ²) − σ²((x−y)/ε)²/2)/√(2πσ²), the Weyl quantisation of
/// W = exp(−(x²+v²)/(2σ²))/(2πσ²), N = 1/ε.
fn thermal(eps: f64, sigma2: f64, x: f64, y: f64) -> f64 {
    let (centre, difference) = (0.5 * (x + y), (x - y) / eps);
    (-centre * centre / (2.0 * sigma2) - 0.5 * sigma2 * difference * difference).exp()
        / ((2.0 * std::f64::consts::PI * sigma2).sqrt() * eps)
}

/// λ_k = N(1 − q)q^k, q = (2σ² − ε)/(2σ² + ε), descending.
fn thermal_spectrum(eps: f64, sigma2: f64, count: usize) -> Vec<f64> {
    let q = (2.0 * sigma2 - eps) / (2.0 * sigma2 + eps);
    (0..count).map(|k| (1.0 - q) * q.powi(k as i32) / eps).collect()
}

/// The kernel on [−8σ, 8σ] at spacing h = πε/(8σ), cut off by 10⁻¹⁷ in distance.
fn thermal_band(eps: f64, sigma2: f64, half: f64, h: f64, b: usize) -> BandHermitian {
    let n = (2.0 * half / h).ceil() as usize;
    let x = |j: usize| (j as f64 - 0.5 * (n - 1) as f64) * h;
    let entry = |d: usize, j: usize| Complex64::new(h * thermal(eps, sigma2, x(j + d), x(j)), 0.0);
    BandHermitian::from_diagonals(n, (0..=b).map(|d| (0..n - d).map(|j| entry(d, j)).collect()).collect())
        .unwrap()
}

fn distance_to_descending(values: &[f64], exact: &[f64]) -> f64 {
    values.iter().rev().zip(exact).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / exact[0]
}

#[test]
fn thermal_gaussians_have_their_exact_spectra() {
    for (eps, sigma2) in [(0.125, 1.0), (1.0 / 32.0, 0.5), (1.0 / 64.0, 1.0), (0.125, 0.0625)] {
        let sigma = f64::sqrt(sigma2);
        let h = std::f64::consts::PI * eps / (9.0 * sigma);
        let b = (9.0 * eps / sigma / h).ceil() as usize;
        let band = thermal_band(eps, sigma2, 9.0 * sigma, h, b.min((18.0 * sigma / h) as usize - 1));
        let exact = thermal_spectrum(eps, sigma2, band.n());
        for values in [band.eigenvalues().unwrap(), band.banded_eigenvalues().unwrap()] {
            assert!(distance_to_descending(&values, &exact) < 1e-12, "ε = {eps}, σ² = {sigma2}");
        }
        assert!((band.trace() * eps - 1.0).abs() < 1e-12, "tr ω = N");
    }
}

/// Functions of one harmonic oscillator commute: tr|ω₁ − ω₂| = Σ|λ_k − μ_k|.
#[test]
fn difference_of_thermal_gaussians_has_its_exact_trace_norm() {
    for eps in [0.125, 1.0 / 32.0] {
        let h = std::f64::consts::PI * eps / 11.0;
        let b = (13.0 * eps / h).ceil() as usize;
        let (one, two) = (thermal_band(eps, 1.0, 11.0, h, b), thermal_band(eps, 0.5, 11.0, h, b));
        let (l, m) = (thermal_spectrum(eps, 1.0, one.n()), thermal_spectrum(eps, 0.5, one.n()));
        let exact: f64 = l.iter().zip(&m).map(|(a, b)| (a - b).abs()).sum();
        let measured = one.minus(&two).unwrap().trace_norm().unwrap();
        assert!(exact * eps > 0.1);
        assert!((measured / exact - 1.0).abs() < 1e-11, "ε = {eps}: {measured} against {exact}");
    }
}

fn thermal_density(eps: f64, sigma2: f64, shift: f64, momentum: f64) -> DensityOperator {
    let (n, half) = (128, 8.0);
    let h = 2.0 * half / n as f64;
    let x = |i: usize| -half + i as f64 * h;
    let value = |k: usize| {
        let (x, y) = (x(k / n), x(k % n));
        Complex64::from_polar(thermal(eps, sigma2, x - shift, y - shift), momentum * (x - y) / eps)
    };
    DensityOperator::new(-half, h, n, (0..n * n).map(value).collect()).unwrap()
}

#[test]
fn kernel_and_band_tell_the_same() {
    let eps = 0.25;
    let omega = thermal_density(eps, 0.5, 0.3, 0.5);
    let full = omega.band(omega.n() - 1);
    let (dense, band) = (omega.eigenvalues().unwrap(), full.banded_eigenvalues().unwrap());
    assert!(distance_to_descending(&dense, &thermal_spectrum(eps, 0.5, 128)) < 1e-12);
    assert!(distance_to_descending(&band, &thermal_spectrum(eps, 0.5, 128)) < 1e-12);
    assert!((omega.trace() * eps - 1.0).abs() < 1e-12);
    assert!((omega.trace_norm().unwrap() * eps - 1.0).abs() < 1e-12);
    assert!((omega.hilbert_schmidt() - schatten::hilbert_schmidt(&dense)).abs() < 1e-12);
    assert!((omega.density(4.0).iter().sum::<f64>() * omega.spacing() - 1.0).abs() < 1e-12);
    assert!(omega.outside_band(30) < 1e-12 && omega.outside_band(3) > 1e-3);
}

/// [x,ω](x;y) = (x−y)ω, and [ε∇,ω] = ε(∂_x+∂_y)ω: a derivative in the centre, −ε(c − a)/σ²·ω for a Gaussian about a.
#[test]
fn commutators_with_position_and_momentum_are_exact_on_gaussians() {
    let (eps, sigma2, shift) = (0.25, 0.5, 0.3);
    let omega = thermal_density(eps, sigma2, shift, 0.5);
    let x = omega.points();
    let (position, momentum) = (omega.commutator_with(&x).unwrap(), omega.momentum_commutator(eps).unwrap());
    let double = omega.double_commutator(&x).unwrap();
    let size = momentum.hilbert_schmidt();
    assert!(size > 0.1);
    for i in 0..omega.n() {
        for j in 0..omega.n() {
            let w = omega.value(i, j);
            let slope = -eps * (0.5 * (x[i] + x[j]) - shift) / sigma2;
            assert!((momentum.value(i, j) - slope * w).norm() < 1e-11);
            assert!((position.value(i, j) - Complex64::i() * (x[i] - x[j]) * w).norm() < 1e-14);
            assert!((double.value(i, j) - (x[i] - x[j]).powi(2) * w).norm() < 1e-14);
        }
    }
    // Translation invariant in x: no momentum commutator.
    let n = 32;
    let wave = |k: usize| {
        Complex64::cis(2.0 * std::f64::consts::PI * 3.0 * ((k / n) as f64 - (k % n) as f64) / n as f64)
    };
    let plane = DensityOperator::new(0.0, 0.1, n, (0..n * n).map(wave).collect()).unwrap();
    assert!(plane.hilbert_schmidt() > 1.0);
    assert!(plane.momentum_commutator(0.1).unwrap().hilbert_schmidt() < 1e-12);
}

#[test]
fn weighted_resolvent_tends_to_its_constant_at_order_two() {
    let eps = 0.25;
    let limit = WEIGHTED_RESOLVENT_CONSTANT / f64::sqrt(eps);
    let error = |points: usize| weighted_resolvent(eps, 40.0, points) / limit - 1.0;
    let (coarse, fine) = (error(1601), error(3201));
    assert!(coarse > 1e-4, "the kink is seen");
    // (h/ε)²/6 with h = 0.05 and 0.025; the tails beyond 40 take 10⁻⁵.
    assert!((coarse - 0.2_f64.powi(2) / 6.0).abs() < 1e-4);
    assert!(((coarse / fine).log2() - 2.0).abs() < 0.05);
}

#[test]
fn product_norm_is_that_of_the_full_matrix() {
    let (n, h) = (9, 0.3);
    let f: Vec<f64> = (0..n).map(|i| 1.0 / (1.0 + i as f64)).collect();
    let kernel = |z: f64| (-z * z + 0.4 * z).exp();
    let mut sum = 0.0;
    for i in 0..n {
        for j in 0..n {
            sum += (h * f[i] * kernel((i as f64 - j as f64) * h)).powi(2);
        }
    }
    assert!((hilbert_schmidt_of_product(&f, h, kernel) / f64::sqrt(sum) - 1.0).abs() < 1e-14);
}

#[test]
fn bad_kernels_are_refused_at_the_door() {
    let c = |re: f64, im: f64| Complex64::new(re, im);
    let new = |spacing, n, kernel| DensityOperator::new(0.0, spacing, n, kernel).unwrap_err();
    assert_eq!(new(1.0, 2, vec![c(1.0, 0.0)]), KernelError::Length { points: 2, given: 1 });
    assert_eq!(new(0.0, 1, vec![c(1.0, 0.0)]), KernelError::Grid { start: 0.0, spacing: 0.0 });
    assert_eq!(new(1.0, 1, vec![c(f64::NAN, 0.0)]), KernelError::NotFinite { row: 0, column: 0 });
    let skew = vec![c(1.0, 0.0), c(0.0, 1.0), c(0.0, 1.0), c(1.0, 0.0)];
    assert!(matches!(new(1.0, 2, skew), KernelError::NotHermitian { row: 1, column: 0, .. }));
}
