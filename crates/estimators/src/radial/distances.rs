//! The distances between ω_t and ω̃_t in R³.

use rayon::prelude::*;

use super::density::density_l1;
use super::{Pair, SetUpError, Source};
use crate::Estimate;

/// All distances of one pair, each with its budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// tr|ω_t − ω̃_t| / N (G16.T1, L19.T1, L19.T2).
    pub trace: Estimate,
    /// ‖ω_t − ω̃_t‖_HS / √N = (2π)^{3/2} ‖W_t − W̃_t‖_{L²} (G16.T2).
    pub hilbert_schmidt: Estimate,
    /// ‖ρ_t − ρ̃_t‖_{L¹}, both densities by the same sums over ℓ.
    pub density_l1: Estimate,
}

/// Measures a pair; adds to the budget what the sum over ℓ costs.
pub(super) fn distances(pair: &Pair, budget: &mut Vec<Source>) -> Result<Distances, SetUpError> {
    let n = pair.scaling.n();
    let momenta = pair.difference.momenta();
    let channel = |l: usize| pair.difference.channel_trace_norm(l);
    let norms: Vec<(f64, f64)> =
        (0..=momenta.last()).into_par_iter().map(channel).collect::<Result<_, _>>()?;
    let (mut trace, mut between) = (0.0, 0.0);
    for (l, (norm, error)) in norms.iter().enumerate() {
        trace += (2 * l + 1) as f64 * norm / n;
        between += (2 * l + 1) as f64 * error / n;
    }
    let hilbert_schmidt = pair.difference.hilbert_schmidt() / n.sqrt();
    // the full sum of squares, with the same interpolated operators, would cost what the trace norm does
    budget.push(Source::new("angular momenta between the chosen ones", [between; 3]));
    let total = |of: fn(&Source) -> f64| budget.iter().map(of).sum::<f64>();
    let (trace_error, hs_error) = (total(|s| s.trace), total(|s| s.hilbert_schmidt));
    let density = density_l1(&pair.difference, n);
    Ok(Distances {
        trace: Estimate::new(trace, trace_error),
        hilbert_schmidt: Estimate::new(hilbert_schmidt, hs_error),
        density_l1: Estimate::new(density.value, density.error + total(|s| s.density)),
    })
}
