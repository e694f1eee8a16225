//! The norms of D, W_t − W̃_t = ε²D_t + O(ε⁴), in R³.

use std::f64::consts::TAU;

use rayon::prelude::*;
use vlasov::CorrectionSource;
use vlasov::radial::{CorrectionSettings, PhaseNorms, PhasePoints, PhaseRule, RadialCorrection, Settings};

use super::reference::solve;
use super::{Problem, Resolution, SetUpError};
use crate::{Estimate, SharpConstants};

/// Where the norms are taken; fewer points, farther out, for the error.
const FINE: PhasePoints = PhasePoints { step: 1.0, shells: 24, angles: 20, reach: 0.75 };
const FEWER: PhasePoints = PhasePoints { step: 1.3, shells: 22, angles: 18, reach: 0.85 };

/// What D is made of, coarser, for the error.
const COARSE: CorrectionSettings = CorrectionSettings {
    nodes: 7,
    instants: 7,
    shells: 10,
    angles: 7,
    step: 1.0 / 110.0,
    tolerance: 1e-7,
    sweeps: 30,
};

/// The constants of G16.T1, G16.T2, L19.T1, L19.T2 at the times. A source other than the default is a negative control; alterations of the
/// problem do not enter.
///
/// The error is the norm of what a coarser solution of both equations changes, and what fewer points change in the norm itself: |·| has kinks.
///
/// # Errors
/// As [`super::settle`].
pub fn sharp_constants(
    problem: &Problem,
    times: &[f64],
    resolution: &Resolution,
    source: CorrectionSource,
) -> Result<Vec<SharpConstants>, SetUpError> {
    let Some(last) = times.last().copied().filter(|t| *t > 0.0 && t.is_finite()) else {
        return Err(SetUpError::Times(times.to_vec()));
    };
    let problem = Problem::new(problem.interaction.clone(), problem.initial.clone());
    let [settings, coarser] = [resolution.vlasov_until(last), resolution.coarse_vlasov_until(last)];
    // the derivatives of W̃ need its flow to 10⁻⁵, no better: one step a unit of time would do
    let solved = |settings, steps| solve(&problem, resolution, last, Settings { steps, ..settings });
    let steps = |a_unit: f64| (a_unit * last).ceil() as usize;
    let (vlasov, coarse) = (solved(settings, steps(2.0))?, solved(coarser, steps(1.0))?);
    let fine = RadialCorrection::solve(&vlasov, CorrectionSettings::default(), source)?;
    let coarse = RadialCorrection::solve(&coarse, COARSE, source)?;
    let at = |&t: &f64| {
        let (d, other) = (fine.at(t), coarse.at(t));
        let change = |points: &[Point]| -> Vec<f64> {
            d(points).iter().zip(other(points)).map(|(a, b)| b - a).collect()
        };
        let [rule, few] = [FINE, FEWER].map(|points| vlasov.phase_rule(t, points));
        let (norms, fewer, change) = (norms(&rule, &d), norms(&few, &d), norms(&few, change));
        let estimate = |norm: fn(&PhaseNorms) -> f64| {
            Estimate::new(norm(&norms), norm(&change) + (norm(&norms) - norm(&fewer)).abs())
        };
        SharpConstants {
            time: t,
            trace: estimate(|n| n.l1),
            hilbert_schmidt: estimate(|n| n.l2).scaled(TAU.powf(1.5)),
            density_l1: estimate(|n| n.density),
        }
    };
    Ok(times.iter().map(at).collect())
}

/// (r, v_r, v_t).
type Point = (f64, f64, f64);

fn norms(rule: &PhaseRule, f: impl Fn(&[Point]) -> Vec<f64> + Sync) -> PhaseNorms {
    rule.norms(&rule.rows().par_iter().map(|row| f(row.points())).collect::<Vec<_>>())
}
