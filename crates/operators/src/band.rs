//! Complex Hermitian band matrices.

use num_complex::Complex64;

use crate::{BandError, SpectrumError, dense, reduction, schatten, tridiagonal};

/// An n×n Hermitian matrix A with A_ij = 0 for |i − j| > b.
///
/// Shape: `lower[d·n + j] = A[j+d][j]`, d = 0…b, the lower diagonals one after another, each padded with zeros to
/// length n; `A[j][j+d]` is the conjugate.
#[derive(Debug, Clone, PartialEq)]
pub struct BandHermitian {
    n: usize,
    half_bandwidth: usize,
    lower: Vec<Complex64>,
}

/// Imaginary parts on the diagonal up to this multiple of max|A| count as rounding and are dropped.
const ROUNDING: f64 = 1e-12;

impl BandHermitian {
    /// A from its lower diagonals, `diagonals[d][j] = A[j+d][j]`, d = 0…b, of length n − d.
    ///
    /// # Errors
    /// [`BandError`]: no row, more than n diagonals, a wrong length, an entry that is not finite, a diagonal that is
    /// not real beyond rounding (10⁻¹² of the largest entry).
    pub fn from_diagonals(n: usize, diagonals: Vec<Vec<Complex64>>) -> Result<Self, BandError> {
        if n == 0 {
            return Err(BandError::Empty);
        }
        if diagonals.is_empty() || diagonals.len() > n {
            return Err(BandError::DiagonalCount { n, given: diagonals.len() });
        }
        for (d, diagonal) in diagonals.iter().enumerate() {
            if diagonal.len() != n - d {
                return Err(BandError::Length { diagonal: d, given: diagonal.len(), wanted: n - d });
            }
            if let Some(j) = diagonal.iter().position(|a| !a.is_finite()) {
                return Err(BandError::NotFinite { row: j + d, column: j });
            }
        }
        let largest = diagonals.iter().flatten().fold(0.0_f64, |m, a| m.max(a.re.abs()).max(a.im.abs()));
        if let Some(j) = diagonals[0].iter().position(|a| a.im.abs() > ROUNDING * largest) {
            return Err(BandError::NotReal { row: j, imaginary: diagonals[0][j].im });
        }
        Ok(Self::from_entries(n, diagonals.len() - 1, |i, j| diagonals[i - j][j]))
    }

    /// A from its entries, read for i ≥ j ≥ i − b; they are finite by the caller's care.
    pub(crate) fn from_entries(n: usize, b: usize, entry: impl Fn(usize, usize) -> Complex64) -> Self {
        let mut lower = vec![Complex64::new(0.0, 0.0); (b + 1) * n];
        for d in 0..=b {
            for j in 0..n - d {
                let a = entry(j + d, j);
                lower[d * n + j] = if d == 0 { Complex64::new(a.re, 0.0) } else { a };
            }
        }
        Self { n, half_bandwidth: b, lower }
    }

    /// Order n.
    pub fn n(&self) -> usize {
        self.n
    }

    /// b: A_ij = 0 for |i − j| > b.
    pub fn half_bandwidth(&self) -> usize {
        self.half_bandwidth
    }

    /// A_ij, zero outside the band.
    pub fn entry(&self, i: usize, j: usize) -> Complex64 {
        if i < j {
            self.entry(j, i).conj()
        } else if i - j > self.half_bandwidth || i >= self.n {
            Complex64::new(0.0, 0.0)
        } else {
            self.lower[(i - j) * self.n + j]
        }
    }

    /// Diagonal d below the main one: `[j] = A[j+d][j]`, n − d entries; empty for d > b.
    pub fn diagonal(&self, d: usize) -> &[Complex64] {
        if d > self.half_bandwidth { &[] } else { &self.lower[d * self.n..(d + 1) * self.n - d] }
    }

    /// tr A = Σ_j A_jj.
    pub fn trace(&self) -> f64 {
        self.diagonal(0).iter().map(|a| a.re).sum()
    }

    /// ‖A‖_HS = (Σ_ij |A_ij|²)^{1/2}.
    pub fn hilbert_schmidt(&self) -> f64 {
        let square = |d: usize| self.diagonal(d).iter().map(Complex64::norm_sqr).sum::<f64>();
        (square(0) + 2.0 * (1..=self.half_bandwidth).map(square).sum::<f64>()).sqrt()
    }

    /// The eigenvalues, ascending: by the band while 4b ≤ n + 160, else by the full matrix.
    ///
    /// The line between the two is where the bench `band` finds them equal: b = 0.8n at n = 64, 0.4n at 256, 0.28n at
    /// 1024. One thread, the same bits on every call.
    ///
    /// # Errors
    /// [`SpectrumError`]; finite entries of moderate size never meet it.
    pub fn eigenvalues(&self) -> Result<Vec<f64>, SpectrumError> {
        if 4 * self.half_bandwidth <= self.n + 160 {
            self.banded_eigenvalues()
        } else {
            self.dense_eigenvalues()
        }
    }

    /// The eigenvalues, ascending, by reduction of the band to tridiagonal form, O(n²b).
    ///
    /// # Errors
    /// [`SpectrumError`] as there.
    pub fn banded_eigenvalues(&self) -> Result<Vec<f64>, SpectrumError> {
        let complex = self.lower.iter().any(|a| a.im != 0.0);
        let n = self.n;
        let (d, e) = reduction::tridiagonal(n, self.half_bandwidth, complex, |d, j| self.lower[d * n + j]);
        tridiagonal::eigenvalues(d, e)
    }

    /// The eigenvalues, ascending, through the full matrix: O(n³), the slow oracle of [`Self::eigenvalues`].
    ///
    /// # Errors
    /// [`SpectrumError`] as there.
    pub fn dense_eigenvalues(&self) -> Result<Vec<f64>, SpectrumError> {
        dense::hermitian_eigenvalues(self.n, |i, j| self.entry(i, j))
    }

    /// ‖A‖_tr = tr|A| = Σ|λ|.
    ///
    /// # Errors
    /// [`SpectrumError`] as in [`Self::eigenvalues`].
    pub fn trace_norm(&self) -> Result<f64, SpectrumError> {
        Ok(schatten::trace_norm(&self.eigenvalues()?))
    }

    /// (min λ, max λ).
    ///
    /// # Errors
    /// [`SpectrumError`] as in [`Self::eigenvalues`].
    pub fn spectrum_extent(&self) -> Result<(f64, f64), SpectrumError> {
        let values = self.eigenvalues()?;
        Ok((values[0], values[self.n - 1]))
    }

    /// `i[f,A]`: the Hermitian matrix `i(f_i − f_j)A_ij`, whose trace norm is that of `[f,A]`.
    ///
    /// `f` holds f at the n points.
    ///
    /// # Errors
    /// [`BandError`]: another number of values than n, a result that is not finite.
    pub fn commutator_with(&self, f: &[f64]) -> Result<Self, BandError> {
        self.checked(f.len(), |i, j| Complex64::i() * (f[i] - f[j]) * self.entry(i, j))
    }

    /// `[f,[f,A]]`: the Hermitian matrix `(f_i − f_j)²A_ij` (P16.7 with f = x).
    ///
    /// # Errors
    /// [`BandError`] as in [`Self::commutator_with`].
    pub fn double_commutator(&self, f: &[f64]) -> Result<Self, BandError> {
        self.checked(f.len(), |i, j| (f[i] - f[j]).powi(2) * self.entry(i, j))
    }

    /// A finite check after a product entry by entry.
    fn checked(&self, len: usize, entry: impl Fn(usize, usize) -> Complex64) -> Result<Self, BandError> {
        if len != self.n {
            return Err(BandError::Size { left: self.n, right: len });
        }
        let (n, b) = (self.n, self.half_bandwidth);
        let result = Self::from_entries(n, b, entry);
        match result.lower.iter().position(|a| !a.is_finite()) {
            Some(k) => Err(BandError::NotFinite { row: k % n + k / n, column: k % n }),
            None => Ok(result),
        }
    }

    /// cA.
    pub fn scaled(&self, c: f64) -> Self {
        Self { lower: self.lower.iter().map(|a| c * a).collect(), ..*self }
    }

    /// A − B; the wider band of the two.
    ///
    /// # Errors
    /// [`BandError::Size`] when the orders differ.
    pub fn minus(&self, other: &Self) -> Result<Self, BandError> {
        if other.n != self.n {
            return Err(BandError::Size { left: self.n, right: other.n });
        }
        let b = self.half_bandwidth.max(other.half_bandwidth);
        Ok(Self::from_entries(self.n, b, |i, j| self.entry(i, j) - other.entry(i, j)))
    }

    /// The rows and columns between the first and the last with an entry above `threshold`, in a band no wider than those entries, and
    /// ‖·‖_HS of what is left out.
    ///
    /// A matrix that is nothing at both ends, as a channel of large ℓ is near r = 0, or far from its diagonal, is cut down to what it is.
    pub fn trimmed(&self, threshold: f64) -> (Self, f64) {
        let square = threshold * threshold;
        let (mut first, mut last, mut band) = (self.n - 1, 0, 0);
        for d in 0..=self.half_bandwidth {
            let above: Vec<usize> =
                (0..self.n - d).filter(|j| self.lower[d * self.n + j].norm_sqr() > square).collect();
            if let (Some(&low), Some(&high)) = (above.first(), above.last()) {
                (first, last, band) = (first.min(low), last.max(high + d), d);
            }
        }
        let (first, last) = if first > last { (0, 0) } else { (first, last) };
        let n = last + 1 - first;
        let kept = Self::from_entries(n, band.min(n - 1), |i, j| self.entry(first + i, first + j));
        let out = |j: usize, d: usize| d > band || j < first || j + d > last;
        let squares = |d: usize| -> f64 {
            // an entry beside the diagonal stands for its conjugate too
            let twice = if d == 0 { 1.0 } else { 2.0 };
            let left = (0..self.n - d).filter(|&j| out(j, d));
            left.map(|j| twice * self.lower[d * self.n + j].norm_sqr()).sum()
        };
        (kept, (0..=self.half_bandwidth).map(squares).sum::<f64>().sqrt())
    }

    /// Σ_k c_k A_k of one or more matrices of one order; the widest band of them.
    ///
    /// # Panics
    /// If the orders differ.
    pub fn combination<'a>(terms: impl IntoIterator<Item = (f64, &'a Self)>) -> Self {
        let mut sum = Self { n: 0, half_bandwidth: 0, lower: Vec::new() };
        for (c, term) in terms {
            if sum.lower.is_empty() {
                sum.n = term.n;
            }
            assert_eq!(sum.n, term.n, "matrices of different orders have no sum");
            sum.half_bandwidth = sum.half_bandwidth.max(term.half_bandwidth);
            sum.lower.resize((sum.half_bandwidth + 1) * sum.n, Complex64::ZERO);
            sum.lower.iter_mut().zip(&term.lower).for_each(|(s, a)| *s += c * a);
        }
        sum
    }

    /// The full matrix by rows: `[i·n + j] = A_ij`.
    pub fn to_dense(&self) -> Vec<Complex64> {
        (0..self.n * self.n).map(|k| self.entry(k / self.n, k % self.n)).collect()
    }
}
