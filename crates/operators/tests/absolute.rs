//! The diagonal of |K|: poles against eigenvectors, exact cases, tr|K|.
#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use num_complex::Complex64;
use proptest::prelude::*;
use semiclassical_operators::{AbsoluteDiagonal, BandHermitian, SpectrumError};

/// A band matrix from a stream of numbers in [−1, 1].
fn band_of(n: usize, b: usize, seed: u64) -> BandHermitian {
    let mut state = seed | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    let mut entry = |d: usize| {
        let (re, im) = (next(), next());
        Complex64::new(re, if d == 0 { 0.0 } else { im })
    };
    let diagonals = (0..=b).map(|d| (0..n - d).map(|_| entry(d)).collect()).collect();
    BandHermitian::from_diagonals(n, diagonals).unwrap()
}

/// max_j |values_j − exact_j|.
fn largest_off(found: &AbsoluteDiagonal, exact: &[f64]) -> f64 {
    assert_eq!(found.values.len(), exact.len());
    assert!(exact.iter().any(|e| *e > 0.0), "the tested diagonal is not zero");
    found.values.iter().zip(exact).fold(0.0, |m, (a, b)| m.max((a - b).abs()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn poles_agree_with_eigenvectors_within_their_error(
        n in 1_usize..120, width in 0_usize..60, seed in 1_u64.., digits in 2_i32..=10,
    ) {
        let k = band_of(n, width.min(n - 1), seed);
        let tolerance = 10.0_f64.powi(-digits);
        let (fast, slow) = (k.banded_absolute_diagonal(tolerance).unwrap(), k.dense_absolute_diagonal().unwrap());
        let off = largest_off(&fast, &slow.values);
        prop_assert!(off <= fast.error + slow.error, "{off:e} beyond {:e} + {:e}", fast.error, slow.error);
        // the norm is at most (2b+1)√2
        let norm = (2 * width + 1) as f64 * 2.0_f64.sqrt();
        prop_assert!(fast.error <= 2.0 * tolerance * norm, "{:e} at {tolerance:e}", fast.error);
    }

    #[test]
    fn the_sum_is_the_trace_norm(n in 2_usize..200, width in 0_usize..30, seed in 1_u64..) {
        let k = band_of(n, width.min(n - 1), seed);
        let trace_norm = k.trace_norm().unwrap();
        for found in [k.absolute_diagonal(1e-9).unwrap(), k.dense_absolute_diagonal().unwrap()] {
            let off = (found.values.iter().sum::<f64>() - trace_norm).abs();
            prop_assert!(trace_norm > 0.0 && off <= n as f64 * found.error, "{off:e} beyond {:e}", found.error);
        }
    }
}

#[test]
fn a_diagonal_matrix_and_the_zero_matrix_have_theirs() {
    let entries = [-2.0, 0.0, 1e-9, 0.5, -1e-3, 3.0];
    let diagonal = vec![entries.iter().map(|&x| Complex64::new(x, 0.0)).collect()];
    let k = BandHermitian::from_diagonals(6, diagonal).unwrap();
    let found = k.banded_absolute_diagonal(1e-9).unwrap();
    let off = largest_off(&found, &entries.map(f64::abs));
    assert!(off <= found.error && found.error < 1e-8, "{off:e} {:e}", found.error);
    let zero = k.scaled(0.0).absolute_diagonal(1e-9).unwrap();
    assert_eq!(zero, AbsoluteDiagonal { values: vec![0.0; 6], error: 0.0 });
}

/// Reflections r·[[cos θ, e^{−iφ}sin θ], [e^{iφ}sin θ, −cos θ]]: K² = r², so that |K| = r though the diagonal of K changes sign.
#[test]
fn reflections_have_constant_modulus() {
    let blocks = 20;
    let (mut main, mut below) = (Vec::new(), Vec::new());
    let mut exact = Vec::new();
    for k in 0..blocks {
        let (r, theta, phi) = (1.0 + 0.1 * k as f64, 0.3 * k as f64, 1.7 * k as f64);
        main.extend([Complex64::new(r * theta.cos(), 0.0), Complex64::new(-r * theta.cos(), 0.0)]);
        below.extend([Complex64::from_polar(r * theta.sin(), phi), Complex64::ZERO]);
        exact.extend([r, r]);
    }
    below.pop();
    let k = BandHermitian::from_diagonals(2 * blocks, vec![main, below]).unwrap();
    let found = k.banded_absolute_diagonal(1e-9).unwrap();
    let off = largest_off(&found, &exact);
    assert!(off <= found.error && found.error < 1e-8, "{off:e} {:e}", found.error);
}

/// Hopping with phases: λ_k = 2cos(πk/(n+1)), |q_jk|² = (2/(n+1)) sin²(πjk/(n+1)); the diagonal of K itself is 0.
#[test]
fn hopping_has_its_exact_diagonal_at_every_tolerance() {
    let n = 101;
    let angle = |k: usize| PI * k as f64 / (n + 1) as f64;
    let term = |j: usize, k: usize| (2.0 * angle(k).cos()).abs() * (angle(j * k)).sin().powi(2);
    let exact: Vec<f64> =
        (1..=n).map(|j| (1..=n).map(|k| term(j, k)).sum::<f64>() * 2.0 / (n + 1) as f64).collect();
    let phases = (0..n - 1).map(|j| Complex64::cis(0.3 * (j * j) as f64)).collect();
    let k = BandHermitian::from_diagonals(n, vec![vec![Complex64::ZERO; n], phases]).unwrap();
    let mut errors = Vec::new();
    for tolerance in [1e-2, 1e-4, 1e-6, 1e-8, 1e-10] {
        let found = k.banded_absolute_diagonal(tolerance).unwrap();
        let off = largest_off(&found, &exact);
        println!("tolerance {tolerance:.0e}: off {off:.2e}, error {:.2e}", found.error);
        assert!(off <= found.error && found.error <= 3.0 * tolerance, "{off:e} {:e}", found.error);
        errors.push(found.error);
    }
    assert!(errors.is_sorted_by(|a, b| a > b));
    let off = largest_off(&k.dense_absolute_diagonal().unwrap(), &exact);
    assert!(off < 1e-13, "{off:e}");
}

/// A spectrum that crowds at 0, as that of a state in a wide box does.
#[test]
fn entries_that_decay_to_nothing_are_harmless() {
    let decay = |d: usize, j: usize| {
        let x = 0.1 * (j as f64 - 150.0) + 0.05 * d as f64;
        Complex64::from_polar(
            (-3.0 * x * x - 0.1 * (d * d) as f64).exp(),
            if d == 0 { 0.0 } else { 0.2 * d as f64 + x },
        )
    };
    let diagonals = (0..=12).map(|d| (0..300 - d).map(|j| decay(d, j)).collect()).collect();
    let k = BandHermitian::from_diagonals(300, diagonals).unwrap();
    for factor in [1e-280, 1.0, 1e280] {
        let k = k.scaled(factor);
        let found = k.absolute_diagonal(1e-9).unwrap();
        let off = largest_off(&found, &k.dense_absolute_diagonal().unwrap().values);
        assert!(off <= found.error && found.error < 1e-7 * factor, "{off:e} {:e}", found.error);
    }
}

#[test]
fn the_same_bits_on_every_call_and_in_every_thread() {
    let k = band_of(200, 17, 99);
    let here = k.absolute_diagonal(1e-8).unwrap();
    let there = std::thread::spawn(move || k.absolute_diagonal(1e-8).unwrap());
    assert_eq!(there.join().unwrap(), here);
}

#[test]
fn a_tolerance_out_of_reach_is_refused() {
    let k = band_of(9, 2, 7);
    for tolerance in [0.0, 1e-12, 1.0, -1.0] {
        assert_eq!(k.absolute_diagonal(tolerance).unwrap_err(), SpectrumError::Tolerance(tolerance));
    }
    assert!(k.banded_absolute_diagonal(f64::NAN).is_err());
}
