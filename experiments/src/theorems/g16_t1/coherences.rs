//! Beside G16.T1: the oscillation of G16.T2 at its steepest, y = 2ε^{−2/3} and amplitude 4y^{−2}.
//!
//! ‖W_N‖_{H⁵₄} grows like y³, so that the hypothesis as it is printed fails; the bracket of the bound, in which ε^k stands before each norm, stays bounded,
//! ε^k y^k ≤ ε^{k/3}: a reader who allows for the bracket has these data. Reported, not judged.

use estimators::Estimate;
use estimators::rates::MINIMUM_RUNGS;
use kernels::Measured;
use states::line::weighted_sobolev::{WEIGHT, sobolev_norms};

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, rates};
use crate::record::Rate;
use crate::render::number;
use crate::theorems::g16_t2::extremal;

const TIME: f64 = 1.0;
/// ε = 2^{−k}.
const STANDARD: [i32; MINIMUM_RUNGS] = [4, 5, 6, 7];
const DEEP: [i32; 6] = [4, 5, 6, 7, 8, 9];
/// The last norm of the bracket is that of H⁵₄.
const ORDERS: usize = 5;

/// Trace and Hilbert–Schmidt distances on one grid, and the bracket.
pub fn beside(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let ladder = match laboratory.tier() {
        Tier::Quick => return Ok(Findings::default()),
        Tier::Standard => &STANDARD[..],
        Tier::Deep => &DEEP[..],
    };
    let problem = extremal::problem()?;
    let refused = |error: states::StateError| LaboratoryError::Refused(error.to_string());
    let smooth = sobolev_norms(&problem.smooth, ORDERS as u32, WEIGHT).map_err(refused)?;
    let (mut rows, mut brackets) = (Vec::new(), Vec::new());
    for &k in ladder {
        let eps = 0.5_f64.powi(k);
        let (y, a, name) = extremal::steepest(eps);
        rows.extend(laboratory.whole_rows(&problem, (eps, y, a), TIME, &name)?);
        let unit = problem.weighted_sobolev_squares(y, ORDERS, WEIGHT);
        brackets.push(bracket(eps, a, &smooth, &unit));
    }
    // a fit wants the rungs of a quantity in a row; the sort is stable
    rows.sort_by(|a, b| b.quantity.cmp(&a.quantity));
    let beside = rates(&rows);
    let notes = said(&beside, &brackets).into_iter().collect();
    Ok(Findings { rows, beside, notes, ..Findings::default() })
}

/// 1 + Σ_{k=1}³ε^k‖W_N‖_{H^{k+2}₄} and ‖W_N‖_{H⁵₄}; the oscillation and the smooth state have no frequencies in common.
fn bracket(eps: f64, amplitude: f64, smooth: &[Measured], unit: &[f64]) -> [Estimate; 2] {
    let norm = |s: usize| Estimate::new(smooth[s].value.hypot(amplitude * unit[s].sqrt()), smooth[s].error);
    let terms = (1..=3).map(|k| norm(k + 2).scaled(eps.powi(k as i32)));
    [terms.fold(Estimate::exact(1.0), |sum, term| sum.plus(&term)), norm(ORDERS)]
}

fn said(rates: &[Rate], brackets: &[[Estimate; 2]]) -> Option<String> {
    let (first, last) = (brackets.first()?, brackets.last()?);
    let order = |quantity: &str| {
        let rate = rates.iter().find(|r| r.quantity == quantity)?;
        let local = rate.local_orders.last().copied()?;
        let settled = if rate.settled { "" } else { ", not settled" };
        Some(format!(
            "{}{settled} (local {local:.2} at last)",
            number::order(rate.order, rate.ci_low, rate.ci_high)
        ))
    };
    let said = |e: &Estimate| number::measured(e.value, e.error);
    let from_to = |i: usize| format!("{} to {}", said(&first[i]), said(&last[i]));
    Some(format!(
        "not judged, 4y^(−2)cos(yv) with y = 2ε^(−2/3) on two-bumps: ‖W_N‖_{{H_4^5}} grows from {}, the bracket goes from {}; at t = 1 tr|ω−ω̃|/N has order {}, \
         ‖ω−ω̃‖_HS/√N {}",
        from_to(1),
        from_to(0),
        order("trace")?,
        order("hilbert-schmidt")?
    ))
}
