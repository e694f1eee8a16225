//! Laws of band matrices: fast against slow, exact spectra, invariants.
#![allow(clippy::unwrap_used)]

use num_complex::Complex64;
use proptest::prelude::*;
use semiclassical_operators::{BandError, BandHermitian, schatten};

/// A band matrix from a stream of numbers in [−1, 1].
fn band_of(n: usize, b: usize, seed: u64, real: bool) -> BandHermitian {
    let mut state = seed | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    let mut entry = |d: usize| {
        let (re, im) = (next(), next());
        Complex64::new(re, if d == 0 || real { 0.0 } else { im })
    };
    let diagonals = (0..=b).map(|d| (0..n - d).map(|_| entry(d)).collect()).collect();
    BandHermitian::from_diagonals(n, diagonals).unwrap()
}

/// max|λ − μ| / max|μ|.
fn distance(lambda: &[f64], mu: &[f64]) -> f64 {
    assert_eq!(lambda.len(), mu.len());
    let largest = schatten::operator_norm(mu);
    assert!(largest > 0.0, "the tested spectrum is not zero");
    lambda.iter().zip(mu).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / largest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn band_reduction_agrees_with_dense_eigenvalues(
        n in 1_usize..90, width in 0_usize..90, seed in 1_u64.., real: bool,
    ) {
        let a = band_of(n, width.min(n - 1), seed, real);
        let (fast, slow) = (a.banded_eigenvalues().unwrap(), a.dense_eigenvalues().unwrap());
        prop_assert!(distance(&fast, &slow) < 1e-12);
        prop_assert!(fast.is_sorted());
        prop_assert_eq!(a.eigenvalues().unwrap().len(), n);
    }

    #[test]
    fn trace_and_hilbert_schmidt_norm_are_those_of_the_spectrum(
        n in 2_usize..160, width in 0_usize..40, seed in 1_u64..,
    ) {
        let a = band_of(n, width.min(n - 1), seed, false);
        let values = a.banded_eigenvalues().unwrap();
        let hs = a.hilbert_schmidt();
        prop_assert!((values.iter().sum::<f64>() - a.trace()).abs() < 1e-12 * hs * (n as f64).sqrt());
        prop_assert!((schatten::hilbert_schmidt(&values) - hs).abs() < 1e-12 * hs);
        prop_assert!((schatten::norm(&values, 2.0) - hs).abs() < 1e-12 * hs);
    }

    #[test]
    fn commutators_are_the_products_of_full_matrices(n in 2_usize..12, width in 1_usize..6, seed in 1_u64..) {
        let a = band_of(n, width.min(n - 1), seed, false);
        let f: Vec<f64> = (0..n).map(|j| (0.7 * j as f64).sin()).collect();
        let dense = a.to_dense();
        // [f,A]_ij = f_i A_ij − A_ij f_j.
        let bracket = |m: &[Complex64]| -> Vec<Complex64> {
            (0..n * n).map(|k| f[k / n] * m[k] - m[k] * f[k % n]).collect()
        };
        let once = bracket(&dense);
        let twice = bracket(&once);
        let (i_once, hermitian_twice) = (a.commutator_with(&f).unwrap(), a.double_commutator(&f).unwrap());
        prop_assert!(i_once.hilbert_schmidt() > 0.0);
        for k in 0..n * n {
            prop_assert!((i_once.entry(k / n, k % n) - Complex64::i() * once[k]).norm() < 1e-14);
            prop_assert!((hermitian_twice.entry(k / n, k % n) - twice[k]).norm() < 1e-14);
        }
    }
}

/// −Δ on n points with Dirichlet ends: λ_k = 4 sin²(πk/(2(n+1))); its square has band 2 and the squares of them.
#[test]
fn laplacian_and_its_square_have_their_exact_spectra() {
    let n = 301;
    let sine = |k: usize| (0.5 * std::f64::consts::PI * k as f64 / (n + 1) as f64).sin();
    let exact: Vec<f64> = (1..=n).map(|k| 4.0 * sine(k) * sine(k)).collect();
    let real = |x: f64, len: usize| vec![Complex64::new(x, 0.0); len];
    let laplacian = BandHermitian::from_diagonals(n, vec![real(2.0, n), real(-1.0, n - 1)]).unwrap();
    assert!(distance(&laplacian.eigenvalues().unwrap(), &exact) < 1e-13);

    let mut centre = real(6.0, n);
    centre[0].re = 5.0;
    centre[n - 1].re = 5.0;
    let square = BandHermitian::from_diagonals(n, vec![centre, real(-4.0, n - 1), real(1.0, n - 2)]).unwrap();
    let squares: Vec<f64> = exact.iter().map(|l| l * l).collect();
    assert!(distance(&square.banded_eigenvalues().unwrap(), &squares) < 1e-13);
}

/// A matrix of the form φ_j conj(φ_i) times a real one has the spectrum of the real one.
#[test]
fn phases_do_not_change_the_spectrum() {
    let (n, b) = (150, 7);
    let real = band_of(n, b, 11, true);
    let phase = |j: usize| Complex64::cis(0.3 * (j * j) as f64);
    let rotate = |d: usize, j: usize| phase(j + d) * real.entry(j + d, j) * phase(j).conj();
    let diagonals = (0..=b).map(|d| (0..n - d).map(|j| rotate(d, j)).collect()).collect();
    let rotated = BandHermitian::from_diagonals(n, diagonals).unwrap();
    assert!(distance(&rotated.banded_eigenvalues().unwrap(), &real.banded_eigenvalues().unwrap()) < 1e-13);
}

#[test]
fn extremes_of_size_and_zero_matrices_are_harmless() {
    for factor in [1e-280, 1e-30, 1.0, 1e30, 1e280] {
        let a = band_of(60, 9, 5, false);
        let values = a.scaled(factor).banded_eigenvalues().unwrap();
        let back: Vec<f64> = values.iter().map(|l| l / factor).collect();
        assert!(distance(&back, &a.dense_eigenvalues().unwrap()) < 1e-12, "factor {factor:e}");
    }
    let zero = band_of(40, 6, 5, false).scaled(0.0);
    assert_eq!(zero.banded_eigenvalues().unwrap(), vec![0.0; 40]);
    // Gaussian decay to 10⁻³⁰⁰ along the diagonal, as for a state in a wide box.
    let decay = |d: usize, j: usize| {
        let x = 0.1 * (j as f64 - 150.0) + 0.05 * d as f64;
        Complex64::from_polar((-3.0 * x * x - 0.1 * (d * d) as f64).exp(), 0.2 * d as f64)
    };
    let diagonals = (0..=12).map(|d| (0..300 - d).map(|j| decay(d, j)).collect()).collect();
    let a = BandHermitian::from_diagonals(300, diagonals).unwrap();
    assert!(distance(&a.banded_eigenvalues().unwrap(), &a.dense_eigenvalues().unwrap()) < 1e-13);
}

#[test]
fn the_same_bits_on_every_call_and_in_every_thread() {
    let a = band_of(400, 23, 99, false);
    let here = a.banded_eigenvalues().unwrap();
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let a = a.clone();
            std::thread::spawn(move || a.banded_eigenvalues().unwrap())
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), here);
    }
}

#[test]
fn bad_matrices_are_refused_at_the_door() {
    let c = |re, im| Complex64::new(re, im);
    let refused = |n, diagonals| BandHermitian::from_diagonals(n, diagonals).unwrap_err();
    assert_eq!(refused(0, vec![vec![]]), BandError::Empty);
    assert_eq!(refused(1, vec![]), BandError::DiagonalCount { n: 1, given: 0 });
    assert_eq!(
        refused(2, vec![vec![c(1.0, 0.0); 2], vec![]]),
        BandError::Length { diagonal: 1, given: 0, wanted: 1 }
    );
    assert_eq!(
        refused(2, vec![vec![c(1.0, 0.0); 2], vec![c(f64::NAN, 0.0)]]),
        BandError::NotFinite { row: 1, column: 0 }
    );
    assert_eq!(refused(1, vec![vec![c(1.0, 1e-3)]]), BandError::NotReal { row: 0, imaginary: 1e-3 });
    let a = band_of(5, 1, 3, false);
    assert_eq!(a.commutator_with(&[0.0; 4]).unwrap_err(), BandError::Size { left: 5, right: 4 });
    assert!(a.commutator_with(&[0.0, f64::NAN, 0.0, 0.0, 0.0]).is_err());
}
