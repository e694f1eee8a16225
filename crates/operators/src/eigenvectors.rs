//! Eigenvectors of dense Hermitian matrices, by faer, on one thread.

use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{ComputeEigenvectors, self_adjoint_evd, self_adjoint_evd_scratch};
use faer::{Mat, Par};
use num_complex::Complex64;

use crate::SpectrumError;

/// A = Σ_k λ_k q_k q_k*, ascending λ_k, orthonormal q_k; all of A, or a part of its spectrum.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigenvectors<T> {
    n: usize,
    values: Vec<f64>,
    /// vectors[k·n + j] = q_k(j).
    vectors: Vec<T>,
}

impl<T: Copy> Eigenvectors<T> {
    /// Order n of the matrix.
    pub fn n(&self) -> usize {
        self.n
    }

    /// Number of eigenpairs.
    pub fn rank(&self) -> usize {
        self.values.len()
    }

    /// λ_k, ascending.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// q_k, of Euclidean norm 1.
    pub fn vector(&self, k: usize) -> &[T] {
        &self.vectors[k * self.n..(k + 1) * self.n]
    }

    /// The eigenpairs with |λ| > threshold: what is left out has the trace norm Σ|λ| over the others.
    pub fn above(&self, threshold: f64) -> Self {
        let kept = |k: &usize| self.values[*k].abs() > threshold;
        let indices: Vec<usize> = (0..self.rank()).filter(kept).collect();
        Self {
            n: self.n,
            values: indices.iter().map(|&k| self.values[k]).collect(),
            vectors: indices.iter().flat_map(|&k| self.vector(k).iter().copied()).collect(),
        }
    }
}

/// Eigenpairs of the real symmetric matrix A of order n, A_ij = `entry(i, j)` read for i ≥ j.
///
/// # Errors
/// An entry that is not finite, or no convergence.
pub fn symmetric_eigenvectors(
    n: usize,
    entry: impl Fn(usize, usize) -> f64,
) -> Result<Eigenvectors<f64>, SpectrumError> {
    let a = Mat::from_fn(n, n, |i, j| if i >= j { entry(i, j) } else { 0.0 });
    if !a.col_iter().all(|column| column.iter().all(|x| x.is_finite())) {
        return Err(SpectrumError::NotFinite { n });
    }
    let (mut s, mut q) = (Diag::<f64>::zeros(n), Mat::<f64>::zeros(n, n));
    let need = self_adjoint_evd_scratch::<f64>(n, ComputeEigenvectors::Yes, Par::Seq, Default::default());
    let mut memory = MemBuffer::new(need);
    let stack = MemStack::new(&mut memory);
    self_adjoint_evd(a.as_ref(), s.as_mut(), Some(q.as_mut()), Par::Seq, stack, Default::default())
        .map_err(|_| SpectrumError::NoConvergence { n })?;
    let values = s.column_vector().iter().copied().collect();
    sorted(n, values, |j, k| q[(j, k)])
}

/// Eigenpairs of the Hermitian matrix A of order n, A_ij = `entry(i, j)` read for i ≥ j.
///
/// # Errors
/// As [`symmetric_eigenvectors`].
pub fn hermitian_eigenvectors(
    n: usize,
    entry: impl Fn(usize, usize) -> Complex64,
) -> Result<Eigenvectors<Complex64>, SpectrumError> {
    let a = Mat::from_fn(n, n, |i, j| if i >= j { entry(i, j) } else { Complex64::ZERO });
    if !a.col_iter().all(|column| column.iter().all(|z| z.is_finite())) {
        return Err(SpectrumError::NotFinite { n });
    }
    let (mut s, mut q) = (Diag::<Complex64>::zeros(n), Mat::<Complex64>::zeros(n, n));
    let need =
        self_adjoint_evd_scratch::<Complex64>(n, ComputeEigenvectors::Yes, Par::Seq, Default::default());
    let mut memory = MemBuffer::new(need);
    let stack = MemStack::new(&mut memory);
    self_adjoint_evd(a.as_ref(), s.as_mut(), Some(q.as_mut()), Par::Seq, stack, Default::default())
        .map_err(|_| SpectrumError::NoConvergence { n })?;
    let values = s.column_vector().iter().map(|z| z.re).collect();
    sorted(n, values, |j, k| q[(j, k)])
}

/// The pairs in ascending order; for small orders faer may return NaN without an error.
fn sorted<T>(
    n: usize,
    values: Vec<f64>,
    q: impl Fn(usize, usize) -> T,
) -> Result<Eigenvectors<T>, SpectrumError> {
    if values.iter().any(|v| !v.is_finite()) {
        return Err(SpectrumError::NoConvergence { n });
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let vectors = order.iter().flat_map(|&k| (0..n).map(move |j| (j, k))).map(|(j, k)| q(j, k)).collect();
    Ok(Eigenvectors { n, values: order.iter().map(|&k| values[k]).collect(), vectors })
}
