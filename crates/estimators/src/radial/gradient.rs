//! What hypothesis (iv) of L19.T2 tends to: \[x,ω̃\]/ε has the symbol i∇ᵥW̃, and ρ_{|K|}/(Nε) → ∫|∇ᵥW̃|dv as ε → 0.

use rayon::prelude::*;
use vlasov::radial::{PhasePoints, PhaseRow, PhaseShell, RadialVlasov};

use super::commutators::EXPONENTS;
use super::reference::{Initial, solve};
use super::{Problem, Resolution, SetUpError};
use crate::Estimate;

/// Where ∇ᵥW̃ is taken; fewer points, farther out, for the error.
const FINE: PhasePoints = PhasePoints { step: 0.5, shells: 20, angles: 14, reach: 0.85 };
const FEWER: PhasePoints = PhasePoints { step: 0.7, shells: 17, angles: 11, reach: 0.95 };
/// Step of its differences, over the largest speed of W_N.
const STEP: f64 = 2e-3;

/// ‖∫|∇ᵥW̃_t|dv‖_{L^p}, p = 1, 2, 4, ∞, at each time, from Vlasov's flow alone.
///
/// # Errors
/// As [`super::settle`].
pub fn gradient_norms(
    problem: &Problem,
    times: &[f64],
    resolution: &Resolution,
) -> Result<Vec<[Estimate; 4]>, SetUpError> {
    let Some(last) = times.last().copied().filter(|t| *t > 0.0 && t.is_finite()) else {
        return Err(SetUpError::Times(times.to_vec()));
    };
    let fine = solve(problem, resolution, last, resolution.vlasov_until(last))?;
    let coarse = solve(problem, resolution, last, resolution.coarse_vlasov_until(last))?;
    let at = |&t: &f64| {
        let (fine, coarse) = (norms(&fine, t, FINE, STEP), norms(&coarse, t, FEWER, 2.0 * STEP));
        std::array::from_fn(|p| Estimate::new(fine[p], (fine[p] - coarse[p]).abs()))
    };
    Ok(times.iter().map(at).collect())
}

fn norms(vlasov: &RadialVlasov<Initial>, t: f64, points: PhasePoints, step: f64) -> [f64; 4] {
    let (rule, snapshot) = (vlasov.phase_rule(t, points), vlasov.at(t));
    let h = step * vlasov.domain().speed;
    let gradient = |row: &PhaseRow| -> Vec<f64> {
        let beside =
            |&(r, p, q): &(f64, f64, f64)| [(r, p + h, q), (r, p - h, q), (r, p, q + h), (r, p, q - h)];
        let values = snapshot.wigner_many(&row.points().iter().flat_map(beside).collect::<Vec<_>>());
        values.chunks_exact(4).map(|w| (w[0] - w[1]).hypot(w[2] - w[3]) / (2.0 * h)).collect()
    };
    let values: Vec<Vec<f64>> = rule.rows().par_iter().map(gradient).collect();
    let shells = rule.density(&values);
    EXPONENTS.map(|p| {
        if p.is_finite() {
            let sum: f64 = shells.iter().map(|shell| shell.volume * shell.value.powf(p)).sum();
            sum.powf(1.0 / p)
        } else {
            supremum(&shells)
        }
    })
}

/// The largest value, and that at r = 0 by the parabola through the first two, even in r.
fn supremum(shells: &[PhaseShell]) -> f64 {
    let largest = shells.iter().map(|shell| shell.value).fold(0.0, f64::max);
    match shells {
        [a, b, ..] => {
            let (square, other) = (a.radius * a.radius, b.radius * b.radius);
            largest.max((other * a.value - square * b.value) / (other - square))
        }
        _ => largest,
    }
}
