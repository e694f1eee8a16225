//! ‖FME* − EM*F*‖_tr against the full matrix in a large space.
#![allow(clippy::unwrap_used)]

use num_complex::Complex64;
use semiclassical_operators::{DensityOperator, low_rank_commutator};

/// Entries without pattern.
fn noise(i: usize, j: usize) -> Complex64 {
    let t = (0.4 + 12.9898 * i as f64 + 78.233 * j as f64).sin() * 43758.5453;
    Complex64::new(t.fract(), (1.7 * t).fract())
}

/// Two planes of ℝ¹² with real bases: columns of a rotation each.
fn basis(columns: usize, seed: f64) -> Vec<Vec<f64>> {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for c in 0..columns {
        let mut v: Vec<f64> =
            (0..12).map(|i| (seed * (i * i) as f64 + 1.3 * c as f64 + i as f64).sin()).collect();
        for _ in 0..2 {
            for b in &basis {
                let dot: f64 = v.iter().zip(b).map(|(x, y)| x * y).sum();
                v.iter_mut().zip(b).for_each(|(x, y)| *x -= dot * y);
            }
        }
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        basis.push(v.iter().map(|x| x / norm).collect());
    }
    basis
}

fn full(f: &[Vec<f64>], e: &[Vec<f64>]) -> f64 {
    let fme = |p: usize, q: usize| -> Complex64 {
        (0..f.len())
            .flat_map(|a| (0..e.len()).map(move |j| (a, j)))
            .map(|(a, j)| f[a][p] * noise(a, j) * e[j][q])
            .sum()
    };
    let kernel =
        (0..144).map(|k| Complex64::i() * (fme(k / 12, k % 12) - fme(k % 12, k / 12).conj())).collect();
    DensityOperator::new(0.0, 1.0, 12, kernel).unwrap().trace_norm().unwrap()
}

#[test]
fn the_small_matrix_has_the_norm_of_the_large_one() {
    for (rows, columns) in [(3, 5), (5, 3), (1, 1), (4, 4)] {
        let (f, e) = (basis(rows, 0.7), basis(columns, 0.31));
        let overlap = |a: usize, j: usize| f[a].iter().zip(&e[j]).map(|(x, y)| x * y).sum::<f64>();
        let fast = low_rank_commutator(rows, columns, noise, overlap).unwrap();
        let slow = full(&f, &e);
        assert!(slow > 0.1 && (fast.value - slow).abs() < 1e-12 * slow, "{fast:?} {slow}");
        assert_eq!(fast.rank, rows.min(columns));
    }
}

/// One space: the commutator is M − M*, to the accuracy √u.
#[test]
fn equal_spaces() {
    let same = |a: usize, j: usize| f64::from(a == j);
    let fast = low_rank_commutator(4, 4, noise, same).unwrap();
    let kernel =
        (0..16).map(|k| Complex64::i() * (noise(k / 4, k % 4) - noise(k % 4, k / 4).conj())).collect();
    let slow = DensityOperator::new(0.0, 1.0, 4, kernel).unwrap().trace_norm().unwrap();
    assert!((fast.value - slow).abs() <= fast.error && fast.error < 1e-6 * slow, "{fast:?} {slow}");
}

#[test]
fn nothing_and_no_number() {
    let zero = |_, _| Complex64::new(0.0, 0.0);
    assert_eq!(low_rank_commutator(3, 2, zero, |_, _| 0.0).unwrap().value, 0.0);
    assert_eq!(low_rank_commutator(0, 2, zero, |_, _| 0.0).unwrap().rank, 0);
    let nan = |_, _| Complex64::new(f64::NAN, 0.0);
    assert!(low_rank_commutator(2, 2, nan, |_, _| 0.0).is_err());
    assert!(low_rank_commutator(2, 2, noise, |_, _| f64::INFINITY).is_err());
}
