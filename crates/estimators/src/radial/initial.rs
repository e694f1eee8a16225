//! What the channels of ω_N say of the hypotheses.

use operators::radial::{Channels, RadialHamiltonian};
use phase_space::radial::ComovingFrame;
use rayon::prelude::*;

use super::reference::{coarsely_tabulated, quantised, tabulated};
use super::{Reference, SetUpError};
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

/// ω_N from its channels in the laboratory, and the same from a coarser table: by Weyl's inequality no eigenvalue of a channel differs by more
/// than ‖·‖_HS of the difference.
///
/// # Errors
/// [`SetUpError`]: ε outside (0,1], spectra that do not converge.
pub fn initial(reference: &Reference, eps: f64) -> Result<InitialChannels, SetUpError> {
    let rest = ComovingFrame::at_rest(reference.frame.oscillator())?;
    let fine = quantised(&tabulated(reference, &rest, 0.0)?, &reference.extent, &rest, eps)?;
    let coarse = quantised(&coarsely_tabulated(reference, &rest, 0.0)?, &reference.extent, &rest, eps)?;
    let change = fine.minus(&coarse)?;
    let apart = change.blocks().iter().map(|block| block.hilbert_schmidt()).fold(0.0, f64::max);
    let extents: Vec<(f64, f64)> =
        fine.blocks().par_iter().map(|block| block.spectrum_extent()).collect::<Result<_, _>>()?;
    let lowest = extents.iter().fold(f64::INFINITY, |m, e| m.min(e.0));
    let highest = extents.iter().fold(f64::NEG_INFINITY, |m, e| m.max(e.1));
    let (kinetic, other) = (kinetic_energy(&fine, eps)?, kinetic_energy(&coarse, eps)?);
    Ok(InitialChannels {
        lowest: Estimate::new(lowest, apart),
        highest: Estimate::new(highest, apart),
        kinetic_energy: Estimate::new(kinetic, (kinetic - other).abs() + 1e-14 * kinetic),
    })
}

/// Σ(2ℓ+1)tr(h_ℓω_ℓ)/N with U = 0.
fn kinetic_energy(omega: &Channels, eps: f64) -> Result<f64, SetUpError> {
    let (grid, n) = (omega.grid(), omega.grid().len());
    let free = vec![0.0; n];
    let of = |i: usize| -> Result<f64, SetUpError> {
        let h = RadialHamiltonian::new(grid, eps, omega.momenta().momenta()[i], &free)?;
        let block = &omega.blocks()[i];
        // both are Hermitian: the upper half is the lower one
        let diagonal = |d: usize| -> f64 {
            block.diagonal(d).iter().enumerate().map(|(j, a)| a.re * h.matrix()[(j + d) * n + j]).sum()
        };
        Ok(diagonal(0) + 2.0 * (1..=block.half_bandwidth()).map(diagonal).sum::<f64>())
    };
    let traces: Vec<f64> = (0..omega.blocks().len()).into_par_iter().map(of).collect::<Result<_, _>>()?;
    Ok(omega.momenta().sum(&traces) * eps.powi(3))
}
