//! ‖ρ − ρ̃‖_{L¹}.

use operators::radial::Channels;
use phase_space::radial::{Parity, ParityTransform, RadialGrid};

use crate::Estimate;

/// Points between two radii.
const REFINED: usize = 8;

/// ‖ρ‖_{L¹} = ∫|4πr²ρ|dr of a difference of operators, from 4πr²ρ(r) = Σ(2ℓ+1)ω_ℓ(r;r)/N, an even function of r, interpolated spectrally.
///
/// Scaling r = bξ changes nothing. In a cell where it changes its sign the rectangle rule is off by at most its half.
pub(super) fn density_l1(difference: &Channels, n_particles: f64) -> Estimate {
    let shells = shells(difference, n_particles);
    let grid = difference.grid();
    let fine = refined(grid, &shells);
    let step = grid.spacing() / REFINED as f64;
    let value = step * fine.iter().map(|f| f.abs()).sum::<f64>();
    let crossing = fine.windows(2).filter(|f| f[0] * f[1] < 0.0);
    let kinks: f64 = crossing.map(|f| f[0].abs() + f[1].abs()).sum();
    Estimate::new(value, 0.5 * step * kinks)
}

/// 4πr_j²ρ(r_j).
pub(super) fn shells(omega: &Channels, n_particles: f64) -> Vec<f64> {
    let scale = 1.0 / (omega.grid().spacing() * n_particles);
    let mut sum = vec![0.0; omega.grid().len()];
    for (block, m) in omega.blocks().iter().zip(omega.momenta().multiplicities()) {
        sum.iter_mut().zip(block.diagonal(0)).for_each(|(s, a)| *s += scale * m * a.re);
    }
    sum
}

fn refined(grid: &RadialGrid, values: &[f64]) -> Vec<f64> {
    let transform = ParityTransform::new(grid, Parity::Even);
    let modes = transform.forward(values);
    let step = grid.spacing() / REFINED as f64;
    (0..grid.len() * REFINED).map(|j| transform.evaluate(&modes, (j as f64 + 0.5) * step)).collect()
}
