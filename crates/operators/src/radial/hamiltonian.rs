//! h_ℓ = ε²(−∂_r² + ℓ(ℓ+1)/r²) + U(r).

use phase_space::radial::{Parity, RadialGrid};

use crate::{Eigenvectors, SpectrumError, hermitian_eigenvalues, symmetric_eigenvectors};

/// One channel of −ε²Δ + U(|x|) on reduced radial functions: a real symmetric n×n matrix.
///
/// For U smooth in r² the eigenvalues converge spectrally in h. A point charge, U = −λ/r, is not smooth in r²: its levels converge
/// with order 2 at ℓ = 0, where the sum over r_j misses ∫u²U dr by (h²/24)u′(0)²λ, with order 3 once [`Self::point_charge`] makes
/// that good, with order 4 at ℓ = 1 and 6 at ℓ = 2.
#[derive(Clone, Debug, PartialEq)]
pub struct RadialHamiltonian {
    grid: RadialGrid,
    /// matrix[i·n + j].
    matrix: Vec<f64>,
}

/// Why a Hamiltonian was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HamiltonianError {
    /// One value of U at each radius.
    #[error("a potential on {points} radii needs as many values, not {given}")]
    Length {
        /// Radii.
        points: usize,
        /// Values.
        given: usize,
    },
    /// ε, the barrier or a value of U is NaN or infinite.
    #[error("ε, the barrier or the potential is not finite")]
    NotFinite,
}

impl RadialHamiltonian {
    /// h_ℓ for the values U(r_j).
    ///
    /// # Errors
    /// [`HamiltonianError`]: another number of values than radii, values that are not finite.
    pub fn new(grid: &RadialGrid, eps: f64, l: usize, potential: &[f64]) -> Result<Self, HamiltonianError> {
        Self::with_barrier(grid, eps, Parity::of(l), (l * (l + 1)) as f64, potential)
    }

    /// ε²(−∂_r² + c/r²) + U with a parity and a barrier c of one's own. Any c but ℓ(ℓ+1) is wrong for −ε²Δ: negative controls,
    /// such as (ℓ+½)².
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_barrier(
        grid: &RadialGrid,
        eps: f64,
        parity: Parity,
        barrier: f64,
        potential: &[f64],
    ) -> Result<Self, HamiltonianError> {
        let n = grid.len();
        if potential.len() != n {
            return Err(HamiltonianError::Length { points: n, given: potential.len() });
        }
        if !(eps.is_finite() && barrier.is_finite() && potential.iter().all(|u| u.is_finite())) {
            return Err(HamiltonianError::NotFinite);
        }
        let mut matrix = grid.minus_second_derivative(parity);
        matrix.iter_mut().for_each(|d| *d *= eps * eps);
        for (j, u) in potential.iter().enumerate() {
            matrix[j * n + j] += eps * eps * barrier / grid.point(j).powi(2) + u;
        }
        Ok(Self { grid: *grid, matrix })
    }

    /// U(r_j) = −λ/r_j, as channel ℓ needs it: for ℓ = 0 the first value is raised by λ/(6h), the end correction of the midpoint rule
    /// for ∫u²U dr with u ~ r. The levels of −ε²Δ − λ/|x| are −λ²/(4ε²n²), n = k+ℓ+1.
    pub fn point_charge(grid: &RadialGrid, charge: f64, l: usize) -> Vec<f64> {
        let mut u: Vec<f64> = grid.points().iter().map(|r| -charge / r).collect();
        if l == 0 {
            u[0] += charge / (6.0 * grid.spacing());
        }
        u
    }

    /// The radii.
    pub fn grid(&self) -> &RadialGrid {
        &self.grid
    }

    /// `[i·n + j]`.
    pub fn matrix(&self) -> &[f64] {
        &self.matrix
    }

    /// The levels, ascending.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn eigenvalues(&self) -> Result<Vec<f64>, SpectrumError> {
        let n = self.grid.len();
        hermitian_eigenvalues(n, |i, j| self.matrix[i * n + j].into())
    }

    /// The levels with their functions, √h u(r_j) = q_k(j).
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn eigenvectors(&self) -> Result<Eigenvectors<f64>, SpectrumError> {
        let n = self.grid.len();
        symmetric_eigenvectors(n, |i, j| self.matrix[i * n + j])
    }
}
