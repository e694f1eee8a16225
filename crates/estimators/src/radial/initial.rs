//! What the channels of ω_N say of the hypotheses.

use operators::radial::{Channels, RadialHamiltonian};
use phase_space::radial::{ComovingFrame, Parity};
use rayon::prelude::*;

use super::SetUpError;
use crate::Estimate;

/// The spectrum and the kinetic energy of ω_N.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InitialChannels {
    /// min λ of ω_N.
    pub lowest: Estimate,
    /// max λ of ω_N.
    pub highest: Estimate,
    /// tr(−ε²Δ)ω_N/N.
    pub kinetic_energy: Estimate,
}

/// What changes between two tables of ω_N: its largest change of a channel in ‖·‖_HS, which by Weyl's inequality no eigenvalue exceeds, and that of
/// the kinetic energy.
pub(super) fn change(
    fine: &Channels,
    coarse: &Channels,
    frame: &ComovingFrame,
    eps: f64,
) -> Result<[f64; 2], SetUpError> {
    let difference = fine.minus(coarse)?;
    let apart = difference.blocks().iter().map(|block| block.hilbert_schmidt()).fold(0.0, f64::max);
    let energies = [kinetic_energy(fine, frame, eps)?, kinetic_energy(coarse, frame, eps)?];
    Ok([apart, (energies[0] - energies[1]).abs()])
}

/// ω_N from its channels in the frame at t = 0, with the errors of its table.
pub(super) fn initial_channels(
    omega: &Channels,
    frame: &ComovingFrame,
    eps: f64,
    [apart, energy]: [f64; 2],
) -> Result<InitialChannels, SetUpError> {
    let extents: Vec<(f64, f64)> =
        omega.blocks().par_iter().map(|block| block.spectrum_extent()).collect::<Result<_, _>>()?;
    let lowest = extents.iter().fold(f64::INFINITY, |m, e| m.min(e.0));
    let highest = extents.iter().fold(f64::NEG_INFINITY, |m, e| m.max(e.1));
    let kinetic = kinetic_energy(omega, frame, eps)?;
    // what lies beyond ℓ_max and beyond the radii has at most its share of the largest energy
    let missing = (1.0 - omega.trace() * eps.powi(3)).abs()
        * omega.grid().wave_number(Parity::Odd, omega.grid().len() - 1).powi(2)
        * eps
        * eps;
    Ok(InitialChannels {
        lowest: Estimate::new(lowest, apart),
        highest: Estimate::new(highest, apart),
        kinetic_energy: Estimate::new(kinetic, energy + missing),
    })
}

/// tr(−ε²Δ)ω/N = ⟨η²⟩ + β⟨ξη⟩ + ¼β²⟨ξ²⟩ at t = 0, since v = η + ½βξ; ⟨ξη⟩ = (4ε)^{−1}tr i[h,ξ²]ω with h = −ε²Δ.
fn kinetic_energy(omega: &Channels, frame: &ComovingFrame, eps: f64) -> Result<f64, SetUpError> {
    let (grid, n) = (omega.grid(), omega.grid().len());
    let (free, square) = (vec![0.0; n], grid.points().iter().map(|xi| xi * xi).collect::<Vec<f64>>());
    let beta = frame.expansion();
    let of = |i: usize| -> Result<f64, SetUpError> {
        let h = RadialHamiltonian::new(grid, eps, omega.momenta().momenta()[i], &free)?;
        let block = &omega.blocks()[i];
        let (mut energy, mut mixed, mut second) = (0.0, 0.0, 0.0);
        for (j, a) in block.diagonal(0).iter().enumerate() {
            energy += a.re * h.matrix()[j * n + j];
            second += a.re * square[j];
        }
        // both are Hermitian: the upper half is the lower one
        for d in 1..=block.half_bandwidth() {
            for (j, a) in block.diagonal(d).iter().enumerate() {
                let entry = h.matrix()[(j + d) * n + j];
                energy += 2.0 * a.re * entry;
                mixed += 2.0 * a.im * entry * (square[j] - square[j + d]);
            }
        }
        Ok(energy + beta * mixed / (4.0 * eps) + 0.25 * beta * beta * second)
    };
    let traces: Vec<f64> = (0..omega.blocks().len()).into_par_iter().map(of).collect::<Result<_, _>>()?;
    Ok(omega.momenta().sum(&traces) * eps.powi(3))
}
