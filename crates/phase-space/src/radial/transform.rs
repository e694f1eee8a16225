//! The orthonormal sine or cosine transform, and −∂_r².

use std::f64::consts::PI;

use super::{Parity, RadialGrid};

/// The orthonormal n×n matrix T_mj = c_m sin(k_m r_j) or c_m cos(k_m r_j) of one parity.
///
/// c_m = √(2/n), but √(1/n) for the sine m = n and the cosine m = 0. Then TTᵀ = 1, and Σ_j|u(r_j)|² = Σ_m|û_m|².
#[derive(Clone, Debug)]
pub struct ParityTransform {
    grid: RadialGrid,
    parity: Parity,
    /// matrix[m * n + j] = T_mj.
    matrix: Vec<f64>,
}

impl ParityTransform {
    /// The transform of one parity on a grid, n² numbers.
    pub fn new(grid: &RadialGrid, parity: Parity) -> Self {
        let n = grid.len();
        let matrix = (0..n * n).map(|at| basis(n, parity, at / n, (at % n) as f64 + 0.5)).collect();
        Self { grid: *grid, parity, matrix }
    }

    /// û_m = Σ_j T_mj u(r_j).
    ///
    /// # Panics
    /// If u has another length than the grid.
    pub fn forward(&self, u: &[f64]) -> Vec<f64> {
        let n = self.grid.len();
        assert_eq!(u.len(), n, "one value for each point is needed");
        self.matrix.chunks_exact(n).map(|row| row.iter().zip(u).map(|(t, u)| t * u).sum()).collect()
    }

    /// u(r_j) = Σ_m T_mj û_m.
    ///
    /// # Panics
    /// If û has another length than the grid.
    pub fn inverse(&self, modes: &[f64]) -> Vec<f64> {
        let n = self.grid.len();
        assert_eq!(modes.len(), n, "one value for each wave number is needed");
        let mut u = vec![0.0; n];
        for (row, mode) in self.matrix.chunks_exact(n).zip(modes) {
            u.iter_mut().zip(row).for_each(|(u, t)| *u += t * mode);
        }
        u
    }

    /// The interpolant Σ_m c_m û_m sin(k_m r) (or cos) at any r.
    pub fn evaluate(&self, modes: &[f64], r: f64) -> f64 {
        modes.iter().zip(self.waves_at(r)).map(|(mode, wave)| mode * wave).sum()
    }

    /// `[m]` = c_m sin(k_m r) (or cos) at any r: for many functions at one place.
    pub fn waves_at(&self, r: f64) -> Vec<f64> {
        let n = self.grid.len();
        let place = r / self.grid.spacing();
        (0..n).map(|m| basis(n, self.parity, m, place)).collect()
    }

    /// `[j]` = T_mj at one m.
    ///
    /// # Panics
    /// If m is not below the number of points.
    pub fn row(&self, m: usize) -> &[f64] {
        &self.matrix[m * self.grid.len()..][..self.grid.len()]
    }

    /// k_m.
    pub fn wave_number(&self, m: usize) -> f64 {
        self.grid.wave_number(self.parity, m)
    }
}

/// c_m sin(k_m r) or c_m cos(k_m r) at r = place·h; k_m r = π·order·place/n.
fn basis(n: usize, parity: Parity, m: usize, place: f64) -> f64 {
    let length = n as f64;
    match parity {
        Parity::Even if m == 0 => (1.0 / length).sqrt(),
        Parity::Even => (2.0 / length).sqrt() * angle(m, place, n).cos(),
        Parity::Odd if m + 1 == n => (1.0 / length).sqrt() * angle(n, place, n).sin(),
        Parity::Odd => (2.0 / length).sqrt() * angle(m + 1, place, n).sin(),
    }
}

/// π·order·place/n with whole turns taken out, which keeps the last digits at high order.
fn angle(order: usize, place: f64, n: usize) -> f64 {
    let period = 2.0 * n as f64;
    PI * ((order as f64 * place) % period) / n as f64
}

impl RadialGrid {
    /// −∂_r² on functions of one parity as a symmetric matrix, `[i·n + j]`; its eigenvalues are the k_m².
    ///
    /// D_ij = t_{i−j} + σ t_{i+j+1} with σ = ±1 the parity: the second derivative of the 2n-periodic interpolant, folded,
    /// t_0 = (π/R)²(n²/3 + 1/6), t_p = (π/R)²(−1)^p/(2 sin²(πp/2n)).
    pub fn minus_second_derivative(&self, parity: Parity) -> Vec<f64> {
        let n = self.len();
        let scale = (PI / self.radius()).powi(2);
        let t: Vec<f64> = (0..2 * n)
            .map(|p| {
                let sign = if p.is_multiple_of(2) { 1.0 } else { -1.0 };
                let sine = (0.5 * PI * p as f64 / n as f64).sin();
                scale * if p == 0 { (n * n) as f64 / 3.0 + 1.0 / 6.0 } else { 0.5 * sign / (sine * sine) }
            })
            .collect();
        let entry = |i: usize, j: usize| t[i.abs_diff(j)] + parity.sign() * t[i + j + 1];
        (0..n * n).map(|at| entry(at / n, at % n)).collect()
    }
}
