//! ω_ℓ = Σ_k λ_k|q_k⟩⟨q_k| and what moves the q_k: phases in r, and phases in the eigenbasis of a reference Hamiltonian.

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, Par};
use num_complex::Complex64;

use super::RadialHamiltonian;
use crate::{BandHermitian, Eigenvectors, SpectrumError};

/// One channel by its eigenvectors: A_ℓ = Σ_k λ_k q_k q_k*, √h u(r_j) = q_k(j).
#[derive(Clone, Debug)]
pub struct Factors {
    weights: Vec<f64>,
    /// n × 2k: the real parts of all q_k, then the imaginary ones.
    parts: Mat<f64>,
}

impl Factors {
    /// From eigenpairs.
    pub fn new(pairs: &Eigenvectors<Complex64>) -> Self {
        let rank = pairs.rank();
        let part = |j: usize, column: usize| {
            let q = pairs.vector(column % rank.max(1))[j];
            if column < rank { q.re } else { q.im }
        };
        Self { weights: pairs.values().to_vec(), parts: Mat::from_fn(pairs.n(), 2 * rank, part) }
    }

    /// Number of points.
    pub fn n(&self) -> usize {
        self.parts.nrows()
    }

    /// Number of vectors.
    pub fn rank(&self) -> usize {
        self.weights.len()
    }

    /// λ_k.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// `[j·rank + k]` = q_k(j).
    pub fn rows(&self) -> Vec<Complex64> {
        let rank = self.rank();
        let row =
            |j: usize| (0..rank).map(move |k| Complex64::new(self.parts[(j, k)], self.parts[(j, rank + k)]));
        (0..self.n()).flat_map(row).collect()
    }

    /// Other q_k with the same weights, in the shape of [`Self::rows`].
    ///
    /// # Panics
    /// If there are not n times rank of them.
    pub fn set_rows(&mut self, rows: &[Complex64]) {
        let (n, rank) = (self.n(), self.rank());
        assert_eq!(rows.len(), n * rank, "as many values as before are needed");
        for (j, k) in (0..n).flat_map(|j| (0..rank).map(move |k| (j, k))) {
            let q = rows[j * rank + k];
            (self.parts[(j, k)], self.parts[(j, rank + k)]) = (q.re, q.im);
        }
    }

    /// q_k(j) ↦ e^{−iθ_j}q_k(j).
    ///
    /// # Panics
    /// If there is not one phase for each point.
    pub fn rotate(&mut self, phases: &[Complex64]) {
        assert_eq!(phases.len(), self.n(), "one phase for each point is needed");
        let rank = self.rank();
        let (mut re, mut im) = self.parts.as_mut().split_at_col_mut(rank);
        for k in 0..rank {
            let (re, im) = (re.as_mut().col_mut(k), im.as_mut().col_mut(k));
            for ((a, b), phase) in re.iter_mut().zip(im.iter_mut()).zip(phases) {
                (*a, *b) = (*a * phase.re - *b * phase.im, *a * phase.im + *b * phase.re);
            }
        }
    }

    /// (A_ℓ)_jj = Σ_k λ_k|q_k(j)|².
    pub fn diagonal(&self) -> Vec<f64> {
        let mut diagonal = vec![0.0; self.n()];
        for (column, part) in self.parts.col_iter().enumerate() {
            let weight = self.weights[column % self.rank()];
            for (d, q) in diagonal.iter_mut().zip(part.iter()) {
                *d += weight * q * q;
            }
        }
        diagonal
    }

    /// tr A_ℓ = Σ_k λ_k‖q_k‖².
    pub fn trace(&self) -> f64 {
        self.diagonal().iter().sum()
    }

    /// The entries of A_ℓ with |i−j| ≤ b.
    ///
    /// # Errors
    /// [`crate::BandError`]: entries that are not finite.
    pub fn to_band(&self, half_bandwidth: usize) -> Result<BandHermitian, crate::BandError> {
        let rows = Rows::new(self);
        let mut diagonals: Vec<_> =
            (0..=half_bandwidth.min(self.n() - 1)).map(|d| rows.diagonal(d)).collect();
        diagonals[0].iter_mut().for_each(|d| d.im = 0.0);
        BandHermitian::from_diagonals(self.n(), diagonals)
    }

    /// (tr|R|, ‖R‖_HS) of the entries R of A_ℓ with |i−j| > b: ‖R‖_HS = (2Σ|R_ij|²)^{1/2} over i > j, and tr|R| ≤ min(2Σ|R_ij|, √n‖R‖_HS), from
    /// every eighth of the diagonals b+1 … 2b+8, beyond which a kernel that falls off has nothing left.
    pub fn beyond_band(&self, half_bandwidth: usize) -> [f64; 2] {
        const EVERY: usize = 8;
        let rows = Rows::new(self);
        let (mut sum, mut squares) = (0.0, 0.0);
        for d in (half_bandwidth + 1..(2 * half_bandwidth + 1 + EVERY).min(self.n())).step_by(EVERY) {
            for entry in rows.diagonal(d) {
                sum += entry.norm();
                squares += entry.norm_sqr();
            }
        }
        let hilbert_schmidt = (2.0 * EVERY as f64 * squares).sqrt();
        [(2.0 * EVERY as f64 * sum).min((self.n() as f64).sqrt() * hilbert_schmidt), hilbert_schmidt]
    }
}

/// The vectors with all q_k(j) of one point side by side, from which entries of A_ℓ are sums.
struct Rows<'a> {
    weights: &'a [f64],
    re: Mat<f64>,
    im: Mat<f64>,
}

impl<'a> Rows<'a> {
    fn new(factors: &'a Factors) -> Self {
        let (n, rank) = (factors.n(), factors.rank());
        let rows = |column: usize| Mat::from_fn(rank, n, |k, j| factors.parts[(j, column + k)]);
        Self { weights: &factors.weights, re: rows(0), im: rows(rank) }
    }

    /// A_{j+d,j}.
    fn diagonal(&self, d: usize) -> Vec<Complex64> {
        (0..self.re.ncols() - d).map(|j| self.entry(j + d, j)).collect()
    }

    /// Σ_k λ_k q_k(i)q̄_k(j).
    fn entry(&self, i: usize, j: usize) -> Complex64 {
        let (a, b, c, d) = (self.re.col(i), self.im.col(i), self.re.col(j), self.im.col(j));
        let mut sum = (0.0, 0.0);
        let parts = a.iter().zip(b.iter()).zip(c.iter().zip(d.iter()));
        for (((a, b), (c, d)), weight) in parts.zip(self.weights) {
            sum.0 += weight * (a * c + b * d);
            sum.1 += weight * (b * c - a * d);
        }
        Complex64::new(sum.0, sum.1)
    }
}

/// The eigenbasis of a reference Hamiltonian, cut off at an energy: what evolves exactly.
#[derive(Clone, Debug)]
pub struct SpectralFlow {
    energies: Vec<f64>,
    /// n × m, one eigenvector a column.
    basis: Mat<f64>,
}

impl SpectralFlow {
    /// The eigenvectors of h with energy ≤ `cutoff`, at least one.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn new(hamiltonian: &RadialHamiltonian, cutoff: f64) -> Result<Self, SpectrumError> {
        let pairs = hamiltonian.eigenvectors()?;
        let m = pairs.values().partition_point(|e| *e <= cutoff).max(1);
        let basis = Mat::from_fn(pairs.n(), m, |j, k| pairs.vector(k)[j]);
        Ok(Self { energies: pairs.values()[..m].to_vec(), basis })
    }

    /// The eigenvectors with energy ≤ `cutoff`, at least one.
    pub fn below(&self, cutoff: f64) -> Self {
        let m = self.energies.partition_point(|e| *e <= cutoff).max(1);
        Self { energies: self.energies[..m].to_vec(), basis: self.basis.subcols(0, m).to_owned() }
    }

    /// Number of eigenvectors.
    pub fn len(&self) -> usize {
        self.energies.len()
    }

    /// Never: there is at least one.
    pub fn is_empty(&self) -> bool {
        self.energies.is_empty()
    }

    /// q_k ↦ e^{−iθh}q_k; what lies above the cutoff is projected out.
    pub fn evolve(&self, factors: &mut Factors, theta: f64) {
        let rank = factors.rank();
        let mut modes = self.modes(factors);
        let phases: Vec<Complex64> = self.energies.iter().map(|e| Complex64::cis(-theta * e)).collect();
        let (mut re, mut im) = modes.as_mut().split_at_col_mut(rank);
        for k in 0..rank {
            let (re, im) = (re.as_mut().col_mut(k), im.as_mut().col_mut(k));
            for ((a, b), phase) in re.iter_mut().zip(im.iter_mut()).zip(&phases) {
                (*a, *b) = (*a * phase.re - *b * phase.im, *a * phase.im + *b * phase.re);
            }
        }
        matmul(factors.parts.as_mut(), Accum::Replace, self.basis.as_ref(), modes.as_ref(), 1.0, Par::Seq);
    }

    /// Σ_k λ_k⟨q_k|h q_k⟩ = tr hω_ℓ, and −2 Im Σ_k λ_k⟨h q_k|f q_k⟩ = tr i\[h,f\]ω_ℓ for a function f of r.
    pub fn energy_and_rate(&self, factors: &Factors, f: &[f64]) -> (f64, f64) {
        let rank = factors.rank();
        let mut modes = self.modes(factors);
        let mut energy = 0.0;
        for (column, part) in modes.as_mut().col_iter_mut().enumerate() {
            for (a, e) in part.iter_mut().zip(&self.energies) {
                energy += factors.weights[column % rank] * e * *a * *a;
                *a *= e;
            }
        }
        let mut image = Mat::<f64>::zeros(factors.n(), 2 * rank);
        matmul(image.as_mut(), Accum::Replace, self.basis.as_ref(), modes.as_ref(), 1.0, Par::Seq);
        let mut rate = 0.0;
        for k in 0..rank {
            let (a, b) = (factors.parts.col(k), factors.parts.col(rank + k));
            let (c, d) = (image.col(k), image.col(rank + k));
            for (j, f) in f.iter().enumerate() {
                // Im(conj(hq)·f·q)
                rate -= 2.0 * factors.weights[k] * f * (c[j] * b[j] - d[j] * a[j]);
            }
        }
        (energy, rate)
    }

    /// ⟨e_m|q_k⟩, real parts and imaginary parts.
    fn modes(&self, factors: &Factors) -> Mat<f64> {
        let mut modes = Mat::<f64>::zeros(self.len(), 2 * factors.rank());
        matmul(modes.as_mut(), Accum::Replace, self.basis.transpose(), factors.parts.as_ref(), 1.0, Par::Seq);
        modes
    }
}
