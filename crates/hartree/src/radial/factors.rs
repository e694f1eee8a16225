//! One channel of ω by its eigenvectors, in oscillator functions.

use num_complex::Complex64;
use operators::{BandHermitian, hermitian_eigenvectors};
use phase_space::radial::RadialGrid;

use super::direct::DirectError;
use super::oscillator::OscillatorBasis;

/// Eigenvalues of ω_ℓ below it are left out.
const THRESHOLD: f64 = 1e-14;

/// ω_ℓ = Σ_q λ_q ψ_qψ_q*, ψ_q = Σ_k c_kq u_kℓ.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    pub l: usize,
    /// λ_q.
    pub weights: Vec<f64>,
    /// coefficients[k·rank + q] = c_kq.
    pub coefficients: Vec<Complex64>,
}

impl Factors {
    /// C_km = Σ_ij √h u_k(r_i) A_ij √h u_m(r_j), and its eigenvectors.
    pub(super) fn new(
        basis: &OscillatorBasis,
        grid: &RadialGrid,
        l: usize,
        block: &BandHermitian,
    ) -> Result<Self, DirectError> {
        let (n, n_r, b) = (basis.len(l), grid.len(), block.half_bandwidth());
        let u = basis.values(grid, l);
        let mut half = vec![Complex64::ZERO; n_r * n];
        for i in 0..n_r {
            for j in i.saturating_sub(b)..n_r.min(i + b + 1) {
                let a = block.entry(i, j);
                for k in 0..n {
                    half[i * n + k] += a * u[j * n + k];
                }
            }
        }
        let mut matrix = vec![Complex64::ZERO; n * n];
        for i in 0..n_r {
            for k in 0..n {
                for m in 0..n {
                    matrix[k * n + m] += u[i * n + k] * half[i * n + m];
                }
            }
        }
        let pairs = hermitian_eigenvectors(n, |k, m| matrix[k * n + m])?.above(THRESHOLD);
        let coefficients = (0..n).flat_map(|k| (0..pairs.rank()).map(move |q| (k, q)));
        Ok(Self {
            l,
            weights: pairs.values().to_vec(),
            coefficients: coefficients.map(|(k, q)| pairs.vector(q)[k]).collect(),
        })
    }

    /// Σ_q λ_q Σ_k f(k)|c_kq|².
    pub(super) fn weighted(&self, f: impl Fn(usize) -> f64) -> f64 {
        let rows = self.coefficients.chunks_exact(self.weights.len().max(1)).enumerate();
        let row = |(k, row): (usize, &[Complex64])| {
            f(k) * row.iter().zip(&self.weights).map(|(c, w)| w * c.norm_sqr()).sum::<f64>()
        };
        rows.map(row).sum()
    }

    /// [j·rank + q] = Σ_k u[j·n + k] c_kq.
    pub(super) fn product(&self, functions: &[f64]) -> Vec<Complex64> {
        let rank = self.weights.len().max(1);
        let n = self.coefficients.len() / rank;
        let mut waves = Vec::new();
        for row in functions.chunks_exact(n.max(1)).filter(|_| n > 0) {
            let mut sums = vec![Complex64::ZERO; rank];
            for (u, c) in row.iter().zip(self.coefficients.chunks_exact(rank)).filter(|(u, _)| **u != 0.0) {
                sums.iter_mut().zip(c).for_each(|(sum, c)| *sum += c * u);
            }
            waves.extend(sums);
        }
        waves
    }

    /// [k·rank + q] = Σ_j u[j·n + k] ψ_jq.
    pub(super) fn adjoint_product(&self, functions: &[f64], waves: &[Complex64]) -> Vec<Complex64> {
        let rank = self.weights.len().max(1);
        let n = self.coefficients.len() / rank;
        let mut coefficients = vec![Complex64::ZERO; self.coefficients.len()];
        for (row, psi) in functions.chunks_exact(n.max(1)).zip(waves.chunks_exact(rank)) {
            for (u, c) in row.iter().zip(coefficients.chunks_exact_mut(rank)).filter(|(u, _)| **u != 0.0) {
                c.iter_mut().zip(psi).for_each(|(c, psi)| *c += psi * u);
            }
        }
        coefficients
    }
}
