//! P16.6. ‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS = C√N with C = (π/2)/(2π)^{1/2} for d = 1, and the chain
//!
//! tr|[V(z−·),ω̃]| ≤ CNε [‖W‖_{H¹₄} + ε‖W‖_{H²₄} + ε²‖W‖_{H³₄} + ε³‖W‖_{H⁴₄}].

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use estimators::Estimate;
use operators::weighted_resolvent;
use rayon::prelude::*;
use states::line::weighted_sobolev::weighted_norms;

use super::chain;
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Memo, Plan, row};
use crate::record::Check;

/// ‖f(x)g(−iε∇)‖_HS = (2πε)^(−1/2)‖f‖‖g‖ with f = (1+x²)^(−1), g = (1+v²)^(−1).
const LINE: f64 = 0.5 * PI;
/// The discretised kernel reaches this.
const ACCURACY: f64 = 1e-3;
/// Half-length of the box; (1+x²)^(−2) leaves a fraction 2e-5 of the square beyond it.
const HALF_LENGTH: f64 = 30.0;

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let norms = Arc::new(Norms::default());
    let wrong = norms.clone();
    Claim::step(
        "P16.6",
        "‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS = C√N; tr|[V(z−·),ω̃]| ≤ CNε[‖W‖_{H_4^1}+ε‖W‖_{H_4^2}+ε²‖W‖_{H_4^3}+ε³‖W‖_{H_4^4}]",
        Box::new(move |lab| Ok(resolvent(lab, &norms, LINE / TAU.sqrt())?.merged(bracket(lab)?))),
    )
    .measuring(&["the Hilbert–Schmidt norm over C√N", "the commutator over the bracket"])
    .on(&names)
    .control(
        "the constant without (2π)^{−1/2}",
        Box::new(move |lab| resolvent(lab, &wrong, LINE)),
    )
}

/// The norms along the ladder of the tier, once for the claim and its control.
type Norms = Memo<(), Vec<(f64, Estimate)>>;

/// (ε, the norm of the discretised kernel e^{−|x−y|/ε}/(2ε)·(1+y²)^(−1)): its kink makes an error of order h², removed by one
/// extrapolation; what a second extrapolation changes is the error.
fn norms(laboratory: &Laboratory) -> Result<Vec<(f64, Estimate)>, LaboratoryError> {
    // n ∝ 1/ε, and n² operations
    let many = if laboratory.tier() == Tier::Quick { 3 } else { 4 };
    let at = |&eps: &f64| {
        let cells = |per_eps: f64| {
            weighted_resolvent(eps, HALF_LENGTH, (2.0 * HALF_LENGTH / eps * per_eps) as usize + 1)
        };
        let (first, (second, third)) =
            rayon::join(|| cells(3.0), || rayon::join(|| cells(6.0), || cells(12.0)));
        let extrapolated = |coarse: f64, fine: f64| (4.0 * fine - coarse) / 3.0;
        let (once, twice) = (extrapolated(first, second), extrapolated(second, third));
        // beyond the box ∫(1+x²)^(−2) leaves at most 2/(3L³) of π/2
        let tail = 2.0 / (3.0 * HALF_LENGTH.powi(3)) / LINE * twice;
        (eps, Estimate::new(twice, (twice - once).abs() + tail))
    };
    Ok(Plan::of(laboratory.tier()).epsilon[..].par_iter().take(many).map(at).collect())
}

fn resolvent(laboratory: &Laboratory, known: &Norms, constant: f64) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for &(eps, norm) in known.get((), || norms(laboratory))?.iter() {
        let ratio = norm.scaled(eps.sqrt() / constant);
        found.rows.push(row("(1−ε²Δ)^(−1)(1+x²)^(−1)", eps, 0.0, "HS norm / (C√N)", ratio));
        let name = format!("‖(1−ε²Δ)^(−1)(1+x²)^(−1)‖_HS / (C√N) at ε = 1/{}", (1.0 / eps).round());
        found.checks.push(Check::near(name, "resolvent", &ratio, 1.0, ACCURACY));
    }
    Ok(found)
}

/// The least C of the chain at each ε, at the last time. The bracket decreases to ‖W‖_{H¹₄} as ε → 0, so the chain holds with
/// one C as soon as the commutator over Nε‖W‖_{H¹₄} stays bounded, which is what is judged.
fn bracket(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in chain::TRIALS {
        let trial = make()?;
        let ladder = laboratory.ladder(&trial)?;
        let Some(pair) = ladder.coarsest.last() else { continue };
        // W̃ does not depend on ε
        let norms =
            weighted_norms(&pair.vlasov, 4, 4).map_err(|e| LaboratoryError::Refused(e.to_string()))?;
        let mut constants = Vec::new();
        for ledger in chain::ledgers(laboratory, &trial)? {
            let Some(link) = ledger.links.last() else { continue };
            let bracket: f64 = (1..=4).map(|k| ledger.eps.powi(k - 1) * norms[k as usize]).sum();
            let constant = link.sup_commutator.scaled(1.0 / bracket);
            found.rows.push(row(&trial.name, ledger.eps, link.time, "tr|[V(z−·),ω̃]| / (Nε[…])", constant));
            constants.push(link.sup_commutator.scaled(1.0 / norms[1]));
        }
        found.checks.push(chain::stays_bounded(&trial.name, "tr|[V(z−·),ω̃]|/(Nε‖W‖_{H_4^1})", &constants));
    }
    Ok(found)
}
