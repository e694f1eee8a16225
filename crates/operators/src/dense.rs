//! Dense Hermitian eigenvalues and the diagonal of |A|, by faer, on one thread: the same bits whatever the number of threads.

use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{ComputeEigenvectors, self_adjoint_evd, self_adjoint_evd_scratch};
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
