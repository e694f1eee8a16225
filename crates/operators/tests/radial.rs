//! Channels against exact spectra, and h_ℓ against the oscillator and hydrogen.
#![allow(clippy::unwrap_used)]

use num_complex::Complex64;
use phase_space::radial::{AngularMomenta, Parity, RadialGrid};
use semiclassical_operators::radial::{ChannelError, Channels, HamiltonianError, RadialHamiltonian};
use semiclassical_operators::{BandHermitian, hermitian_eigenvectors, symmetric_eigenvectors};

fn sampled(grid: &RadialGrid, f: impl Fn(f64) -> f64) -> Vec<f64> {
    grid.points().into_iter().map(f).collect()
}

fn levels(grid: &RadialGrid, eps: f64, l: usize, u: impl Fn(f64) -> f64) -> Vec<f64> {
    RadialHamiltonian::new(grid, eps, l, &sampled(grid, u)).unwrap().eigenvalues().unwrap()
}

/// −ε²Δ + x²: ε(2(2k+ℓ)+3).
#[test]
fn the_oscillator_has_its_levels() {
    for eps in [0.5, 0.125] {
        let grid = RadialGrid::resolving(5.5, eps, 5.5).unwrap();
        for l in [0, 1, 2, 5, 8] {
            for (k, level) in levels(&grid, eps, l, |r| r * r).iter().enumerate().take(3) {
                let exact = eps * (2 * (2 * k + l) + 3) as f64;
                assert!((level - exact).abs() < 1e-9, "ε = {eps}, ℓ = {l}, k = {k}: {:e}", level - exact);
            }
        }
    }
}
