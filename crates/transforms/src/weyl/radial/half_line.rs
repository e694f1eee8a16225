//! The half-line Weyl transform of each fibre: what the quantisation into channels is not.

use std::f64::consts::TAU;

use num_complex::Complex64;
use operators::BandHermitian;
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use rayon::prelude::*;

use super::ChannelQuantisationError;

/// (2π)³/(2πε)·∫W(s, v_r, L/s)e^{iv_rδ}dv_r, L = ε(ℓ+½), s = (r+r′)/2, δ = (r−r′)/ε: a negative control.
///
/// It has the right limit as ε → 0 and the wrong correction: the exact channels are the Legendre projections of
/// [`super::weyl_channels`]. `reach` in |δ| and the largest |v_r| bound the integrals; W is evaluated at many points (r, v_r, v_t) at a time.
///
/// # Errors
/// [`ChannelQuantisationError`]: a scaling with d ≠ 3, a W that is not finite.
pub fn half_line_channels(
    wigner: impl Fn(&[(f64, f64, f64)]) -> Vec<f64> + Sync,
    [reach, speed]: [f64; 2],
    scaling: &Scaling,
    grid: &RadialGrid,
    momenta: &AngularMomenta,
) -> Result<Channels, ChannelQuantisationError> {
    if scaling.dimension() != 3 {
        return Err(ChannelQuantisationError::Dimension(scaling.dimension()));
    }
    let (n, eps, h) = (grid.len(), scaling.eps(), grid.spacing());
    let band = ((reach * eps / h) as usize).min(n - 1);
    // the rectangle rule: its images lie beyond 2·reach
    let count = (speed * reach / std::f64::consts::PI).ceil() as isize + 1;
    let step = speed / count as f64;
    let speeds: Vec<f64> = (-count..=count).map(|a| a as f64 * step).collect();
    let block = |&l: &usize| -> Result<BandHermitian, ChannelQuantisationError> {
        let momentum = eps * (l as f64 + 0.5);
        // s = (i+j+1)h/2
        let fibre = |sum: usize| {
            let s = 0.5 * (sum + 1) as f64 * h;
            wigner(&speeds.iter().map(|v| (s, *v, momentum / s)).collect::<Vec<_>>())
        };
        let fibres: Vec<Vec<f64>> = (0..2 * n - 1).map(fibre).collect();
        let entry = |i: usize, j: usize| -> Complex64 {
            let delta = (i as f64 - j as f64) * h / eps;
            let terms = fibres[i + j].iter().zip(&speeds);
            let wave = |(w, v): (&f64, &f64)| w * Complex64::cis(v * delta);
            let integral: Complex64 = terms.map(wave).sum();
            let value = h * TAU * TAU / eps * step * integral;
            if i == j { value.re.into() } else { value }
        };
        Ok(BandHermitian::from_diagonals(
            n,
            (0..=band).map(|d| (0..n - d).map(|j| entry(j + d, j)).collect()).collect(),
        )?)
    };
    let blocks: Vec<BandHermitian> = momenta.momenta().par_iter().map(block).collect::<Result<_, _>>()?;
    Ok(Channels::new(*grid, momenta.clone(), blocks)?)
}
