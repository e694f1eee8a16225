//! The distances between ω_t and ω̃_t.

use std::f64::consts::TAU;

use phase_space::line::WignerFunction;

use super::{Pair, SetUpError, trace_norm};
use crate::Estimate;

/// All distances of one pair, each with its budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distances {
    /// tr|ω_t − ω̃_t| / N (G16.T1).
    pub trace: Option<Estimate>,
    /// ‖ω_t − ω̃_t‖_HS / √N = √(2π) ‖W_t − W̃_t‖_{L²} (G16.T2).
    pub hilbert_schmidt: Estimate,
    /// ‖W_t − W̃_t‖_{L¹}, the limit of the trace distance.
    pub wigner_l1: Estimate,
    /// ‖ρ_t − ρ̃_t‖_{L¹}.
    pub density_l1: Estimate,
}

/// Measures a pair; the trace distance only where asked, since it alone costs O(ε⁻²).
pub fn distances(pair: &Pair, with_trace: bool, masked: bool) -> Result<Distances, SetUpError> {
    let d = &pair.difference;
    let hilbert_schmidt = Estimate::new(TAU.sqrt() * d.l2(), TAU.sqrt() * pair.budget(WignerFunction::l2));
    let wigner_l1 = l1(d, pair.budget(WignerFunction::l1));
    let density = density_l1(d);
    let density_l1 = Estimate::new(
        density.value,
        density.error + pair.budget(|e| density_norm(&e.density(), e.grid().x.spacing())),
    );
    let trace = if with_trace {
        let matrix = trace_norm(d, pair.eps, pair.time, masked)?;
        Some(Estimate::new(matrix.value, matrix.error + trace_budget(pair)))
    } else {
        None
    };
    Ok(Distances { trace, hilbert_schmidt, wigner_l1, density_l1 })
}

/// tr|Op(E)|/N ≤ √rank ‖Op(E)‖_HS/N ≤ √|box| ‖E‖_{L²}: the box holds |box|/(2πε) orthogonal states.
pub(super) fn trace_budget(pair: &Pair) -> f64 {
    let grid = pair.difference.grid();
    (grid.x.length() * grid.v.length()).sqrt() * pair.budget(WignerFunction::l2)
}

/// ‖D‖_{L¹} on a spectrally refined grid; the change from half the refinement measures the kinks of |D|.
pub(super) fn l1(d: &WignerFunction, budget: f64) -> Estimate {
    let (fine, next, coarse) = (d.refined(4).l1(), d.refined(3).l1(), d.refined(2).l1());
    // two changes, so that the error of the kinks does not vanish by accident
    Estimate::new(fine, (fine - next).abs().max((fine - coarse).abs()) + budget)
}

/// ‖ρ − ρ̃‖_{L¹} of a difference D on an eightfold refined grid, with a bound of what the kinks of |ρ − ρ̃| cost.
///
/// In a cell where ρ − ρ̃ changes sign between a and b the trapezoid is off by h(|a|+|b|)·[θ(1−θ) − 1/6],
/// θ = |a|/(|a|+|b|), beyond the rule's spectral accuracy: at most h(|a|+|b|)/6.
pub(super) fn density_l1(d: &WignerFunction) -> Estimate {
    let fine = d.resampled(8 * d.grid().x.len(), d.grid().v.len());
    let (rho, h) = (fine.density(), fine.grid().x.spacing());
    let kinks: f64 =
        rho.windows(2).filter(|ab| ab[0] * ab[1] < 0.0).map(|ab| ab[0].abs() + ab[1].abs()).sum();
    Estimate::new(density_norm(&rho, h), h * kinks / 6.0)
}

pub(super) fn density_norm(rho: &[f64], spacing: f64) -> f64 {
    rho.iter().map(|rho| rho.abs()).sum::<f64>() * spacing
}
