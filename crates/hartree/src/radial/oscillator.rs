//! The oscillator's functions in each channel: no grid, and nothing singular at r = 0.
//!
//! With x = s r²/ε and a = ℓ + ½, the functions of −ε²Δ + s²|x|² of degree m = 2k + ℓ are
//!
//! u_kℓ(r) = (4s/ε)^{1/4} (k!/Γ(k+a+1))^{1/2} x^{(ℓ+1)/2} e^{−x/2} L_k^a(x),  level εs(2m+3),
//!
//! orthonormal in L²(0,∞). Those with m ≤ M, taken 2ℓ+1 times each, are the products of three Hermite functions of total degree
//! at most M.

use std::f64::consts::PI;

use phase_space::radial::RadialGrid;

use super::direct::DirectError;

/// Values below it are nothing, and not multiplied.
const NEGLIGIBLE: f64 = 1e-20;

/// z with Ai(z) < 10^{−10}: how far beyond its turning point the last function is followed.
const AIRY_TAIL: f64 = 10.0;

/// All functions of degree at most M.
#[derive(Clone, Debug)]
pub(super) struct OscillatorBasis {
    eps: f64,
    stiffness: f64,
    degree: usize,
}

impl OscillatorBasis {
    pub(super) fn new(eps: f64, stiffness: f64, degree: usize) -> Self {
        Self { eps, stiffness, degree }
    }

    /// M; also the largest ℓ.
    pub(super) fn degree(&self) -> usize {
        self.degree
    }

    /// The number of k with 2k + ℓ ≤ M, ℓ ≤ M.
    pub(super) fn len(&self, l: usize) -> usize {
        (self.degree - l) / 2 + 1
    }

    /// εs(2m+3).
    pub(super) fn level(&self, l: usize, k: usize) -> f64 {
        self.eps * self.stiffness * (2 * (2 * k + l) + 3) as f64
    }

    /// Half-integer points on which sums of products of two functions are their integrals.
    ///
    /// In units of (ε/s)^{1/2} the last function turns at √(2M+3) in position and in momentum; both are followed by the tail of Ai.
    pub(super) fn grid(&self) -> Result<RadialGrid, DirectError> {
        let turning = ((2 * self.degree + 3) as f64).sqrt();
        let end = turning + AIRY_TAIL / (2.0 * turning).cbrt();
        Ok(RadialGrid::new(end * (self.eps / self.stiffness).sqrt(), (end * end / PI).ceil() as usize)?)
    }

    /// `[j·n_ℓ + k]` = √h u_kℓ(r_j).
    pub(super) fn values(&self, grid: &RadialGrid, l: usize) -> Vec<f64> {
        let n = self.len(l);
        let mut values = vec![0.0; grid.len() * n];
        for (j, row) in values.chunks_exact_mut(n).enumerate() {
            self.fill(row, l, grid.point(j), 0.5 * grid.spacing().ln());
        }
        values
    }

    /// ((k+1)(k+1+a))^{1/2} u_{k+1} = (2k+1+a−x)u_k − (k(k+a))^{1/2}u_{k−1}.
    fn fill(&self, row: &mut [f64], l: usize, r: f64, log_scale: f64) {
        let (a, x) = (l as f64 + 0.5, self.stiffness * r * r / self.eps);
        let first = 0.25 * (4.0 * self.stiffness / self.eps).ln()
            + 0.5 * ((l + 1) as f64 * x.ln() - x - log_gamma_half(l));
        let (mut before, mut u) = (0.0, (first + log_scale).exp());
        for (k, value) in row.iter_mut().enumerate() {
            *value = if u.abs() < NEGLIGIBLE { 0.0 } else { u };
            let k = k as f64;
            let next = (2.0 * k + 1.0 + a - x) * u - (k * (k + a)).sqrt() * before;
            (before, u) = (u, next / ((k + 1.0) * (k + 1.0 + a)).sqrt());
        }
    }
}

/// ln Γ(ℓ + 3/2) = ln(√π/2) + Σ_{i=1}^{ℓ} ln(i + ½).
fn log_gamma_half(l: usize) -> f64 {
    (0.5 * PI.sqrt()).ln() + (1..=l).map(|i| (i as f64 + 0.5).ln()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_functions_are_orthonormal_and_their_levels_those_of_the_oscillator() {
        let basis = OscillatorBasis::new(0.4, 1.3, 60);
        let grid = basis.grid().unwrap();
        let n_r = grid.len();
        for l in [0, 1, 2, 17, 60] {
            let (n, u) = (basis.len(l), basis.values(&grid, l));
            let laplacian = grid.minus_second_derivative(phase_space::radial::Parity::of(l));
            for (k, m) in [(0, 0), (n / 2, n / 2), (n - 1, n - 1), (0, n - 1), (n / 2, n / 3)] {
                let expected = if k == m { 1.0 } else { 0.0 };
                let product: f64 = (0..n_r).map(|j| u[j * n + k] * u[j * n + m]).sum();
                assert!((product - expected).abs() < 1e-10, "ℓ = {l}: ({k},{m}) {product}");
                // ⟨u_k|ε²(−∂² + ℓ(ℓ+1)/r²) + s²r²|u_m⟩ by the second derivative of another basis
                let mut energy = 0.0;
                for i in 0..n_r {
                    let r2 = grid.point(i).powi(2);
                    let barrier = 0.16 * (l * (l + 1)) as f64 / r2 + 1.69 * r2;
                    let row = &laplacian[i * n_r..(i + 1) * n_r];
                    let second: f64 = row.iter().enumerate().map(|(j, d)| d * u[j * n + m]).sum();
                    energy += u[i * n + k] * (0.16 * second + barrier * u[i * n + m]);
                }
                assert!((energy - expected * basis.level(l, k)).abs() < 1e-7, "ℓ = {l}: ({k},{m}) {energy}");
            }
        }
    }
}
