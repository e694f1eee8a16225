//! Products of dense matrices that are kept row by row, by faer, on one thread.

use faer::linalg::matmul::matmul;
use faer::traits::ComplexField;
use faer::{Accum, MatMut, MatRef, Par};
use num_complex::Complex64;

/// C = AB: `c[i·m + j]` = Σ_k `a[i·p + k]`·`b[k·m + j]`, B being p × m, p = `inner`.
///
/// # Panics
/// If the lengths are not those of such matrices.
pub fn product(a: &[Complex64], b: &[Complex64], inner: usize, c: &mut [Complex64]) {
    multiply(a, b, inner, c, Complex64::ONE);
}

/// [`product`] of real matrices.
///
/// # Panics
/// As there.
pub fn real_product(a: &[f64], b: &[f64], inner: usize, c: &mut [f64]) {
    multiply(a, b, inner, c, 1.0);
}

fn multiply<T: ComplexField>(a: &[T], b: &[T], inner: usize, c: &mut [T], one: T) {
    let (rows, columns) = (a.len() / inner, b.len() / inner);
    assert!(a.len() == rows * inner && b.len() == inner * columns && c.len() == rows * columns, "C = AB");
    let a = MatRef::from_row_major_slice(a, rows, inner);
    let b = MatRef::from_row_major_slice(b, inner, columns);
    let c = MatMut::from_row_major_slice_mut(c, rows, columns);
    matmul(c, Accum::Replace, a, b, one, Par::Seq);
}

/// C = AB*: `c[i·m + j]` = Σ_k `a[i·p + k]`·conj `b[j·p + k]`, B being m × p, p = `inner`.
///
/// # Panics
/// If the lengths are not those of such matrices.
pub fn product_with_adjoint(a: &[Complex64], b: &[Complex64], inner: usize, c: &mut [Complex64]) {
    let (rows, columns) = (a.len() / inner, b.len() / inner);
    assert!(a.len() == rows * inner && b.len() == inner * columns && c.len() == rows * columns, "C = AB*");
    let a = MatRef::from_row_major_slice(a, rows, inner);
    let b = MatRef::from_row_major_slice(b, columns, inner);
    let c = MatMut::from_row_major_slice_mut(c, rows, columns);
    matmul(c, Accum::Replace, a, b.adjoint(), Complex64::ONE, Par::Seq);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_the_obvious_sums() {
        let entry = |k: usize| Complex64::new((0.7 * k as f64).sin(), (1.3 * k as f64).cos());
        let matrix = |rows: usize, columns: usize| (0..rows * columns).map(entry).collect::<Vec<_>>();
        let (n, p, m) = (5, 3, 4);
        let (a, b, adjoint) = (matrix(n, p), matrix(p, m), matrix(m, p));
        let (mut c, mut d) = (vec![Complex64::ZERO; n * m], vec![Complex64::ZERO; n * m]);
        product(&a, &b, p, &mut c);
        product_with_adjoint(&a, &adjoint, p, &mut d);
        for (i, j) in (0..n).flat_map(|i| (0..m).map(move |j| (i, j))) {
            let sum: Complex64 = (0..p).map(|k| a[i * p + k] * b[k * m + j]).sum();
            let other: Complex64 = (0..p).map(|k| a[i * p + k] * adjoint[j * p + k].conj()).sum();
            assert!((c[i * m + j] - sum).norm() < 1e-14 && (d[i * m + j] - other).norm() < 1e-14);
            assert!(sum.norm() > 1e-3 && (sum - other).norm() > 1e-3);
        }
    }
}
