//! Weak distances beside the exponents: no exponent of theirs was read, so that their orders are reported, and what smooth data must have is
//! checked.
//!
//! W₂ of marginals and negative Sobolev norms have order 2. Husimi functions are smoothed by e^{εΔ/4}: ‖H−W̃‖_{L¹} and W₂(∫H dv,ρ̃) have order
//! 1, with constants that are known, and ‖H−H̃‖_{L¹}/‖W−W̃‖_{L¹} → 1, all with corrections of the order ε.

use estimators::Estimate;
use estimators::line::WeakDistances;

use super::judged;
use crate::claim::Findings;
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, Plan, rates, row};
use crate::literature;
use crate::record::{Check, Rate, Row};
use crate::theorems::wrong;
use crate::trial::Trial;

/// An order is 2, and a ratio 1, to this.
const NEAR: f64 = 0.02;

/// The weak distances of a trial, their orders and limits.
pub fn beside(laboratory: &Laboratory, trial: &Trial, plan: &Plan) -> Result<Findings, LaboratoryError> {
    let ladder = laboratory.weak_distances(trial, plan)?;
    let time = plan.times[plan.times.len() - 1];
    let rows: Vec<Row> = (0..ladder[0].1.named().len())
        .flat_map(|which| ladder.iter().map(move |(eps, d)| (*eps, d.named()[which])))
        .map(|(eps, (name, estimate))| row(&trial.name, eps, time, name, estimate))
        .collect();
    let mut found = Findings::default();
    // H is a Husimi function, H^{−1} is not
    let smoothed = |rate: &&Rate| rate.quantity.replace("H^", "").contains('H');
    for rate in rates(&rows).iter().filter(|rate| !smoothed(rate)) {
        let name = format!("order of {}", rate.quantity);
        found.checks.push(Check::near(name, &trial.name, &settled(rate), 2.0, NEAR));
    }
    for (name, ratio) in LIMITS {
        let ratios: Vec<Estimate> = ladder.iter().map(|(_, d)| ratio(d)).collect();
        let name = format!("{name}, extrapolated to ε = 0");
        found.checks.push(Check::near(name, &trial.name, &extrapolated(&ratios), 1.0, NEAR));
    }
    let (transported, rows): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| row.quantity.starts_with("W₂"));
    judged(&mut found, &literature::GOLSE_PAUL, transported, None);
    found.beside.extend(rates(&rows));
    found.rows.extend(rows);
    Ok(found)
}

type Ratio = fn(&WeakDistances) -> Estimate;

/// What tends to 1.
const LIMITS: [(&str, Ratio); 3] = [
    ("‖H−W̃‖_{L¹}/(ε‖ΔW̃‖_{L¹}/4)", |d| d.husimi_against_vlasov.over(&d.limits.laplacian)),
    ("‖H−H̃‖_{L¹}/‖W−W̃‖_{L¹}", |d| d.husimi.over(&d.limits.wigner_l1)),
    ("W₂(∫H dv,ρ̃)/((ε/4)(∫ρ̃'²/ρ̃)^{1/2})", |d| d.husimi_wasserstein.over(&d.limits.fisher)),
];

/// r₀ from r = r₀ + aε + bε² at ε, ε/2 and ε/4; what it differs by from r₀ + aε is its error, and the errors of the three.
fn extrapolated(ratios: &[Estimate]) -> Estimate {
    let Some([a, b, c]) = ratios.last_chunk::<3>() else { return Estimate::unknown() };
    let quadratic = (8.0 * c.value - 6.0 * b.value + a.value) / 3.0;
    let linear = 2.0 * c.value - b.value;
    Estimate::new(quadratic, (quadratic - linear).abs() + (8.0 * c.error + 6.0 * b.error + a.error) / 3.0)
}

/// The order with half its interval, unknown where it was not fitted or has not settled.
fn settled(rate: &Rate) -> Estimate {
    match (rate.settled, rate.order, rate.ci_low, rate.ci_high) {
        (true, Some(order), Some(low), Some(high)) => Estimate::new(order, 0.5 * (high - low)),
        _ => Estimate::unknown(),
    }
}

/// The same checks of W̃ with half of its speed.
pub fn too_slow(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let found = beside(laboratory, &wrong::speed_in_vlasov()?, &Plan::control())?;
    Ok(Findings { checks: found.checks, ..Findings::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_is_extrapolated_exactly_and_a_jump_is_not() {
        let at = |eps: f64| Estimate::new(1.0 - 2.0 * eps + 3.0 * eps * eps, 0.0);
        let found = extrapolated(&[0.5, 0.25, 0.125, 0.0625].map(at));
        assert!((found.value - 1.0).abs() < 1e-12 && found.error < 0.05, "{found:?}");
        let jump = extrapolated(&[1.0, 1.0, 1.3].map(|r| Estimate::new(r, 0.0)));
        assert!(jump.error > 0.1, "{jump:?}");
        assert!(extrapolated(&[]).value.is_nan());
    }
}
