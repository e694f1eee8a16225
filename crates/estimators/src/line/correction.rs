//! The norms of D, W_t − W̃_t = ε²D_t + O(ε⁴), from Vlasov's correction of order ε², an equation without ε.

use std::f64::consts::TAU;

use phase_space::line::WignerFunction;
use vlasov::CorrectionSource;

use super::distances::{density_l1, density_norm, l1};
use super::pair::on_grid;
use super::reference::{check_times, with_variants};
use super::{Knob, Problem, Resolution, SetUpError};
use crate::{Estimate, SharpConstants};

/// The constants of G16.T1, G16.T2, L19.T1, L19.T2 at the times, at a resolution and its coarser variants. A source other than the default is a
/// negative control; alterations of the problem do not enter.
///
/// # Errors
/// As for [`super::vlasov_reference`].
pub fn sharp_constants(
    problem: &Problem,
    resolution: Resolution,
    times: &[f64],
    source: CorrectionSource,
) -> Result<Vec<SharpConstants>, SetUpError> {
    check_times(times)?;
    let (corrections, variants) = with_variants(&resolution, |r| trajectory(problem, r, times, source))?;
    let mut constants = Vec::new();
    for (at, (&time, d)) in times.iter().zip(&corrections).enumerate() {
        let mut perturbations = Vec::new();
        for (&knob, variant) in Knob::ALL.iter().zip(&variants) {
            perturbations.push(on_grid(knob, &variant[at], &resolution.grid)?.minus(d)?);
        }
        constants.push(norms(time, d, &perturbations));
    }
    Ok(constants)
}

/// | ‖D'‖ − ‖D‖ | ≤ ‖D' − D‖ in each norm.
fn norms(time: f64, d: &WignerFunction, perturbations: &[WignerFunction]) -> SharpConstants {
    let budget = |norm: &dyn Fn(&WignerFunction) -> f64| perturbations.iter().map(norm).sum::<f64>();
    let density = density_l1(d);
    let of_density = budget(&|e| density_norm(&e.density(), e.grid().x.spacing()));
    SharpConstants {
        time,
        trace: l1(d, budget(&WignerFunction::l1)),
        hilbert_schmidt: Estimate::new(d.l2(), budget(&WignerFunction::l2)).scaled(TAU.sqrt()),
        density_l1: Estimate::new(density.value, density.error + of_density),
    }
}

/// D at each of the times.
fn trajectory(
    problem: &Problem,
    resolution: &Resolution,
    times: &[f64],
    source: CorrectionSource,
) -> Result<Vec<WignerFunction>, SetUpError> {
    let mut solver = problem.correction(&resolution.grid, resolution.splitting)?.with_source(source);
    let mut w = problem.initial_on(&resolution.grid)?;
    let mut d = WignerFunction::zeros(&resolution.grid);
    let mut now = 0.0;
    let mut reached = |t: f64| {
        solver.evolve(&mut w, &mut d, t - now, resolution.varied_steps(t - now));
        now = t;
        d.clone()
    };
    Ok(times.iter().map(|&t| reached(t)).collect())
}
