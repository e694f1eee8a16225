//! Hypothesis (iv) of L19.T2 along Vlasov, in R³.

use operators::radial::{VectorChannel, VectorCommutator, position_weights};
use phase_space::Scaling;
use rayon::prelude::*;
use transforms::weyl::radial::{WeylTable, weyl_channels};

use super::reference::{momenta, radii};
use super::{Extent, Reference, SetUpError};
use crate::Estimate;

/// p of the norms.
pub const EXPONENTS: [f64; 4] = [1.0, 2.0, 4.0, f64::INFINITY];
/// Accuracy of the modulus, relative to ‖K‖.
const TOLERANCE: f64 = 1e-6;
/// The box and the momenta of the grid are larger by this, to see what they cost.
const LARGER: f64 = 1.2;

/// ‖ρ_{|K|}‖_{L^p}/(Nε) at one ε for p = 1, 2, 4, ∞.
#[derive(Clone, Debug, PartialEq)]
pub struct CommutatorNorms {
    /// ε.
    pub eps: f64,
    /// At t = 0 and the times of the reference; p = 1 is tr|K|/(Nε).
    pub times: Vec<(f64, [Estimate; 4])>,
}

impl CommutatorNorms {
    /// The largest over the times.
    pub fn suprema(&self) -> [Estimate; 4] {
        std::array::from_fn(|p| Estimate::worst(self.times.iter().map(|(_, norms)| norms[p])))
    }
}

/// `[rung]`: ‖ρ_{|K|}‖_{L^p}/(Nε) at each ε for p = 1, 2, 4, ∞, at t = 0 and the times of the reference; |K|² = Σ_i|\[x_i,ω̃_t\]|², so that
/// |\[x_i,ω̃_t\]| ≤ |K|.
///
/// In the comoving frame x = bξ: ‖ρ_{|K|}‖_{L^p} = b^{3/p−2}‖ρ_{|[ξ,·]|}‖_{L^p}. To every error is added, relatively, what a larger grid changes
/// at the first ε and the last time.
///
/// # Errors
/// [`SetUpError`]: ε outside (0,1], spectra that do not converge.
pub fn commutator_norms(reference: &Reference, epsilon: &[f64]) -> Result<Vec<CommutatorNorms>, SetUpError> {
    let slices = reference.slices.iter().map(|slice| (slice.time, &slice.table));
    let states: Vec<(f64, &WeylTable)> = std::iter::once((0.0, &reference.initial)).chain(slices).collect();
    let extent = &reference.extent;
    let at = |eps: f64| -> Result<Vec<[Estimate; 4]>, SetUpError> {
        states.iter().map(|(time, table)| norms(reference, table, *time, eps, extent)).collect()
    };
    let all: Vec<Vec<[Estimate; 4]>> = epsilon.iter().map(|eps| at(*eps)).collect::<Result<_, _>>()?;
    let (Some(coarsest), Some(&eps)) = (all.first(), epsilon.first()) else { return Ok(Vec::new()) };
    let larger = Extent { energy: LARGER * extent.energy, momentum: LARGER * extent.momentum, ..*extent };
    let (time, table) = states[states.len() - 1];
    let varied = norms(reference, table, time, eps, &larger)?;
    let last = coarsest[states.len() - 1];
    let relative: [f64; 4] = std::array::from_fn(|p| (varied[p].value / last[p].value - 1.0).abs());
    let widened = |e: Estimate, p: usize| Estimate::new(e.value, e.error + relative[p] * e.value);
    let rung = |(&eps, norms): (&f64, &Vec<[Estimate; 4]>)| CommutatorNorms {
        eps,
        times: states
            .iter()
            .zip(norms)
            .map(|((time, _), norms)| (*time, std::array::from_fn(|p| widened(norms[p], p))))
            .collect(),
    };
    Ok(epsilon.iter().zip(&all).map(rung).collect())
}

fn norms(
    reference: &Reference,
    table: &WeylTable,
    time: f64,
    eps: f64,
    extent: &Extent,
) -> Result<[Estimate; 4], SetUpError> {
    let scaling = Scaling::new(3, eps)?;
    let (grid, momenta) = (radii(extent, &reference.frame, eps)?, momenta(extent, eps)?);
    let omega = weyl_channels(table, &scaling, &grid, &momenta)?;
    let channel = |(i, &l): (usize, &usize)| VectorChannel::new(&omega, i, position_weights(l), TOLERANCE);
    let channels = momenta.momenta().par_iter().enumerate().map(channel).collect::<Result<Vec<_>, _>>()?;
    let commutator = VectorCommutator::from_channels(&omega, channels);
    let b = reference.frame.scale(time).0;
    Ok(EXPONENTS.map(|p| {
        let (value, error) = commutator.density_norm(p);
        Estimate::new(value, error).scaled(b.powf(3.0 / p - 2.0) / (scaling.n() * eps))
    }))
}
