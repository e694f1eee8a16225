//! Dense Hermitian eigenvalues, the diagonal of |A| and singular values, by faer, on one thread: the same bits whatever the number of threads.

use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{ComputeEigenvectors, self_adjoint_evd, self_adjoint_evd_scratch};
use faer::linalg::svd::{ComputeSvdVectors, svd, svd_scratch};
use faer::traits::ComplexField;
use faer::{Mat, Par};
use num_complex::Complex64;

use crate::SpectrumError;

/// Ascending eigenvalues of the Hermitian matrix A of order n, A_ij = `entry(i, j)` read for i ≥ j.
///
/// Real arithmetic where every entry is real: a quarter of the cost.
///
/// # Errors
/// An entry that is not finite (faer would iterate for minutes on it), or no convergence.
pub fn hermitian_eigenvalues(
    n: usize,
    entry: impl Fn(usize, usize) -> Complex64,
) -> Result<Vec<f64>, SpectrumError> {
    if n == 0 {
        return Ok(Vec::new());
    }
    let (mut finite, mut real) = (true, true);
    for j in 0..n {
        for i in j..n {
            let a = entry(i, j);
            finite &= a.is_finite();
            real &= i == j || a.im == 0.0;
        }
    }
    if !finite {
        return Err(SpectrumError::NotFinite { n });
    }
    // faer reads the lower triangle alone.
    let mut values: Vec<f64> = if real {
        let a = Mat::from_fn(n, n, |i, j| if i >= j { entry(i, j).re } else { 0.0 });
        let mut s = Diag::<f64>::zeros(n);
        let need = self_adjoint_evd_scratch::<f64>(n, ComputeEigenvectors::No, Par::Seq, Default::default());
        let mut memory = MemBuffer::new(need);
        self_adjoint_evd(
            a.as_ref(),
            s.as_mut(),
            None,
            Par::Seq,
            MemStack::new(&mut memory),
            Default::default(),
        )
        .map_err(|_| SpectrumError::NoConvergence { n })?;
        s.column_vector().iter().copied().collect()
    } else {
        let zero = Complex64::new(0.0, 0.0);
        let a = Mat::from_fn(n, n, |i, j| if i >= j { entry(i, j) } else { zero });
        let mut s = Diag::<Complex64>::zeros(n);
        let need =
            self_adjoint_evd_scratch::<Complex64>(n, ComputeEigenvectors::No, Par::Seq, Default::default());
        let mut memory = MemBuffer::new(need);
        self_adjoint_evd(
            a.as_ref(),
            s.as_mut(),
            None,
            Par::Seq,
            MemStack::new(&mut memory),
            Default::default(),
        )
        .map_err(|_| SpectrumError::NoConvergence { n })?;
        s.column_vector().iter().map(|z| z.re).collect()
    };
    if values.iter().any(|v| !v.is_finite()) {
        return Err(SpectrumError::NoConvergence { n });
    }
    values.sort_by(f64::total_cmp);
    Ok(values)
}

/// `[j]` = |A|_jj = Σ_k |λ_k||q_jk|² of the Hermitian matrix A = Q diag(λ) Q* of order n ≥ 1, A_ij = `entry(i, j)` read for i ≥ j.
///
/// # Errors
/// As [`hermitian_eigenvalues`].
pub(crate) fn hermitian_absolute_diagonal(
    n: usize,
    entry: impl Fn(usize, usize) -> Complex64,
) -> Result<Vec<f64>, SpectrumError> {
    let zero = Complex64::new(0.0, 0.0);
    let a = Mat::from_fn(n, n, |i, j| if i >= j { entry(i, j) } else { zero });
    if (0..n).any(|j| (j..n).any(|i| !a[(i, j)].is_finite())) {
        return Err(SpectrumError::NotFinite { n });
    }
    let (mut s, mut q) = (Diag::<Complex64>::zeros(n), Mat::<Complex64>::zeros(n, n));
    let need =
        self_adjoint_evd_scratch::<Complex64>(n, ComputeEigenvectors::Yes, Par::Seq, Default::default());
    self_adjoint_evd(
        a.as_ref(),
        s.as_mut(),
        Some(q.as_mut()),
        Par::Seq,
        MemStack::new(&mut MemBuffer::new(need)),
        Default::default(),
    )
    .map_err(|_| SpectrumError::NoConvergence { n })?;
    let moduli: Vec<f64> = s.column_vector().iter().map(|z| z.re.abs()).collect();
    let value = |j: usize| (0..n).map(|k| moduli[k] * q[(j, k)].norm_sqr()).sum::<f64>();
    let values: Vec<f64> = (0..n).map(value).collect();
    if values.iter().any(|v| !v.is_finite()) {
        return Err(SpectrumError::NoConvergence { n });
    }
    Ok(values)
}

/// Entries of [`modulus`] below this part of the largest are taken for zero.
const NEGLIGIBLE: f64 = 1e-100;

/// |K| = (K*K)^{1/2} of a matrix that need not be square.
pub(crate) struct Modulus {
    /// tr|K| = Σσ.
    pub trace_norm: f64,
    /// `[j]` = |K|_jj = Σ_k σ_k|u_jk|².
    pub diagonal: Vec<f64>,
    /// Bound of the rounding in every |K|_jj.
    pub error: f64,
}

/// |K| of the rows×columns matrix K = VΣU*, rows ≥ columns ≥ 1, K_ij = `entry(i, j)`; real arithmetic where every entry is real.
///
/// # Errors
/// As [`hermitian_eigenvalues`].
pub(crate) fn modulus(
    rows: usize,
    columns: usize,
    entry: impl Fn(usize, usize) -> Complex64,
) -> Result<Modulus, SpectrumError> {
    let a = Mat::from_fn(rows, columns, entry);
    let largest = a.col_iter().flat_map(|c| c.iter()).fold(0.0_f64, |m, z| m.max(z.re.abs()).max(z.im.abs()));
    if a.col_iter().any(|c| c.iter().any(|z| !z.is_finite())) {
        return Err(SpectrumError::NotFinite { n: columns });
    }
    if largest == 0.0 {
        return Ok(Modulus { trace_norm: 0.0, diagonal: vec![0.0; columns], error: 0.0 });
    }
    // in units of the largest entry, and without those whose squares underflow
    let clean = |x: f64| if x.abs() < NEGLIGIBLE { 0.0 } else { x };
    let (sigma, squares) = if a.col_iter().all(|c| c.iter().all(|z| z.im == 0.0)) {
        let real = Mat::from_fn(rows, columns, |i, j| clean(a[(i, j)].re / largest));
        let (sigma, u) = right_singular(&real)?;
        (sigma, Mat::from_fn(columns, columns, |j, k| u[(j, k)] * u[(j, k)]))
    } else {
        let complex = Mat::from_fn(rows, columns, |i, j| {
            let z = a[(i, j)] / largest;
            Complex64::new(clean(z.re), clean(z.im))
        });
        let (sigma, u) = right_singular(&complex)?;
        let sigma = sigma.into_iter().map(|z| z.re).collect();
        (sigma, Mat::from_fn(columns, columns, |j, k| u[(j, k)].norm_sqr()))
    };
    let sigma: Vec<f64> = sigma.into_iter().map(|s: f64| s * largest).collect();
    let value = |j: usize| (0..columns).map(|k| sigma[k] * squares[(j, k)]).sum::<f64>();
    let diagonal: Vec<f64> = (0..columns).map(value).collect();
    let (trace_norm, norm) = (sigma.iter().sum::<f64>(), sigma.iter().copied().fold(0.0, f64::max));
    if !trace_norm.is_finite() || diagonal.iter().any(|v| !v.is_finite()) {
        return Err(SpectrumError::NoConvergence { n: columns });
    }
    Ok(Modulus { trace_norm, diagonal, error: f64::EPSILON * (rows + columns) as f64 * norm })
}

/// Σ and U of K = VΣU*.
fn right_singular<T: ComplexField>(k: &Mat<T>) -> Result<(Vec<T>, Mat<T>), SpectrumError> {
    let (rows, columns) = (k.nrows(), k.ncols());
    let (none, thin) = (ComputeSvdVectors::No, ComputeSvdVectors::Thin);
    let (mut sigma, mut u) = (Diag::<T>::zeros(columns), Mat::<T>::zeros(columns, columns));
    let mut memory =
        MemBuffer::new(svd_scratch::<T>(rows, columns, none, thin, Par::Seq, Default::default()));
    let stack = MemStack::new(&mut memory);
    svd(k.as_ref(), sigma.as_mut(), None, Some(u.as_mut()), Par::Seq, stack, Default::default())
        .map_err(|_| SpectrumError::NoConvergence { n: columns })?;
    Ok((sigma.column_vector().iter().cloned().collect(), u))
}
