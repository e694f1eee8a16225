//! tr|C| of a commutator whose range is small in a space that is large.
//!
//! Let E: ℂ^J → H and F: ℂ^A → H be isometries into one Hilbert space, F*E = S their overlap, and M an A×J matrix. Then
//!
//! C = FME* − EM*F*
//!
//! is anti-Hermitian on H, and lives on the span of the singular vectors of M: with M = VΣU*, R = (EU)*(FV) = U*S*V,
//! FV = EUR + QB with (EU)*Q = 0, Q*Q = 1 and B*B = 1 − R*R, in the orthonormal basis (EU, Q)
//!
//! C = [[RΣ − ΣR*, −ΣB*], [BΣ, 0]].
//!
//! For [χ,ω] with a χ narrower than the wave lengths of ω (P19.4), E interpolates the grid of ω, F the fine grid on the support
//! of χ, and FM = χωE.

use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{ComputeEigenvectors, self_adjoint_evd, self_adjoint_evd_scratch};
use faer::linalg::matmul::matmul;
use faer::linalg::svd::{ComputeSvdVectors, svd, svd_scratch};
use faer::{Accum, Mat, MatRef, Par};
use num_complex::Complex64;

use crate::{SpectrumError, dense, schatten};

/// √u: the accuracy of B where 1 − R*R is all cancellation.
const ROOT: f64 = 1e-8;

/// Singular values are left out once the sum of all smaller ones is below this fraction of the largest.
const NEGLIGIBLE: f64 = 1e-11;

/// ‖C‖_tr with its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LowRankTraceNorm {
    /// ‖C‖_tr.
    pub value: f64,
    /// 2Σσ over the singular values left out, and 10⁻⁸ of the sum of all: Q is known to that where the ranges coincide.
    pub error: f64,
    /// Number of singular values kept: C has rank at most twice this.
    pub rank: usize,
}

/// ‖FME* − EM*F*‖_tr for M_aj = `m(a, j)` and S_aj = `overlap(a, j)`, a < rows, j < columns. One thread, the same bits on every call.
///
/// # Errors
/// An entry that is not finite, or an iteration that does not converge.
pub fn low_rank_commutator(
    rows: usize,
    columns: usize,
    m: impl Fn(usize, usize) -> Complex64,
    overlap: impl Fn(usize, usize) -> f64,
) -> Result<LowRankTraceNorm, SpectrumError> {
    let nothing = LowRankTraceNorm { value: 0.0, error: 0.0, rank: 0 };
    if rows == 0 || columns == 0 {
        return Ok(nothing);
    }
    let m = Mat::from_fn(rows, columns, m);
    let s = Mat::from_fn(rows, columns, |a, j| Complex64::new(overlap(a, j), 0.0));
    let finite = |a: &Mat<Complex64>| a.col_iter().all(|c| c.iter().all(|z| z.is_finite()));
    if !(finite(&m) && finite(&s)) {
        return Err(SpectrumError::NotFinite { n: rows.max(columns) });
    }
    let (v, sigma, u) = singular_values(m.as_ref())?;
    let (rank, left_out) = kept(&sigma);
    if rank == 0 {
        return Ok(nothing);
    }
    // R = U*(S*V)
    let (v, u) = (v.subcols(0, rank), u.subcols(0, rank));
    let r = adjoint_product(u, adjoint_product(s.as_ref(), v).as_ref());
    let b = complement(r.as_ref())?;
    let block = |i: usize, j: usize| {
        let c = match (i < rank, j < rank) {
            (true, true) => r[(i, j)] * sigma[j] - sigma[i] * r[(j, i)].conj(),
            (false, true) => b[(i - rank, j)] * sigma[j],
            (true, false) => -sigma[i] * b[(j - rank, i)].conj(),
            (false, false) => Complex64::ZERO,
        };
        Complex64::i() * c
    };
    let value = schatten::trace_norm(&dense::hermitian_eigenvalues(2 * rank, block)?);
    Ok(LowRankTraceNorm { value, error: left_out + ROOT * sigma.iter().sum::<f64>(), rank })
}

type Singular = (Mat<Complex64>, Vec<f64>, Mat<Complex64>);

/// M = VΣU*, σ descending.
fn singular_values(m: MatRef<'_, Complex64>) -> Result<Singular, SpectrumError> {
    let (rows, columns) = (m.nrows(), m.ncols());
    let size = rows.min(columns);
    let (mut v, mut u) = (Mat::zeros(rows, size), Mat::zeros(columns, size));
    let mut sigma = Diag::<Complex64>::zeros(size);
    let thin = ComputeSvdVectors::Thin;
    let need = svd_scratch::<Complex64>(rows, columns, thin, thin, Par::Seq, Default::default());
    let mut memory = MemBuffer::new(need);
    let stack = MemStack::new(&mut memory);
    svd(m, sigma.as_mut(), Some(v.as_mut()), Some(u.as_mut()), Par::Seq, stack, Default::default())
        .map_err(|_| SpectrumError::NoConvergence { n: size })?;
    Ok((v, sigma.column_vector().iter().map(|z| z.re).collect(), u))
}

/// How many singular values stay, and twice the sum of the others.
fn kept(sigma: &[f64]) -> (usize, f64) {
    let (mut rank, mut tail) = (sigma.len(), 0.0);
    while rank > 0 && tail + sigma[rank - 1] <= NEGLIGIBLE * sigma[0] {
        rank -= 1;
        tail += sigma[rank];
    }
    (rank, 2.0 * tail)
}

/// B with B*B = 1 − R*R: D^{1/2}Y* from the eigenvectors Y.
fn complement(r: MatRef<'_, Complex64>) -> Result<Mat<Complex64>, SpectrumError> {
    let n = r.ncols();
    let square = adjoint_product(r, r);
    let z = Mat::from_fn(n, n, |i, j| Complex64::from(if i == j { 1.0 } else { 0.0 }) - square[(i, j)]);
    let mut values = Diag::<Complex64>::zeros(n);
    let mut vectors = Mat::zeros(n, n);
    let need =
        self_adjoint_evd_scratch::<Complex64>(n, ComputeEigenvectors::Yes, Par::Seq, Default::default());
    let mut memory = MemBuffer::new(need);
    let stack = MemStack::new(&mut memory);
    self_adjoint_evd(
        z.as_ref(),
        values.as_mut(),
        Some(vectors.as_mut()),
        Par::Seq,
        stack,
        Default::default(),
    )
    .map_err(|_| SpectrumError::NoConvergence { n })?;
    let values = values.column_vector();
    Ok(Mat::from_fn(n, n, |i, j| values[i].re.max(0.0).sqrt() * vectors[(j, i)].conj()))
}

/// A*B.
fn adjoint_product(a: MatRef<'_, Complex64>, b: MatRef<'_, Complex64>) -> Mat<Complex64> {
    let mut c = Mat::zeros(a.ncols(), b.ncols());
    matmul(c.as_mut(), Accum::Replace, a.adjoint(), b, Complex64::ONE, Par::Seq);
    c
}
