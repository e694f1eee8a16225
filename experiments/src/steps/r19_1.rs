//! R19.1. Attractive and repulsive interactions alike: for V = +|x|^(−α) and V = −|x|^(−α) the order of the trace norm is the
//! same, and neither is below the claimed exponent.

use estimators::Estimate;

use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Ladder, Plan, rates};
use crate::record::{Check, Rate};
use crate::scenario::Quantity;
use crate::theorem::altered;
use crate::theorems::{l19_t1, l19_t2};
use crate::trial::{self, Trial};

/// Two orders are the same to this.
const ALIKE: f64 = 0.02;

/// The claim.
pub fn claim() -> Claim {
    let names: Vec<String> = powers()
        .iter()
        .flat_map(|&(c, alpha, _)| [trial::power(c, alpha), trial::power(-c, alpha)])
        .filter_map(Result::ok)
        .map(|t| t.name)
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step("R19.1", "the theorems hold for V = +|x|^(−α) and V = −|x|^(−α) alike", Box::new(measure))
        .measuring(&["order of tr|ω−ω̃| for +V and for −V, and their difference"])
        .on(&names)
        .control(
            "Hartree attracts, Vlasov repels",
            Box::new(|lab| {
                let flipped =
                    |a: &mut estimators::line::Alteration| a.vlasov_force = vlasov::line::ForceSign::Flipped;
                let (c, alpha, theta) = powers()[0];
                let wrong = altered(|| trial::power(-c, alpha), "flipped force in Vlasov", flipped)?;
                let pair = [trial::power(c, alpha)?, wrong];
                let ladders = [&pair[0], &pair[1]].map(|trial| lab.ladder_on(trial, &Plan::control()));
                let [right, wrong] = ladders;
                compare([&*right?, &*wrong?], &pair, theta)
            }),
        )
}

/// (|strength|, α, θ), those of L19.T1 and L19.T2.
fn powers() -> Vec<(f64, f64, f64)> {
    let weak = l19_t1::ALPHAS.map(|alpha| (1.0, alpha, l19_t1::theta(alpha)));
    let strong = l19_t2::POWERS.map(|(c, alpha)| (c, alpha, 1.0));
    [&weak[..], &strong[..]].concat()
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut powers = powers();
    if laboratory.tier() == Tier::Quick {
        powers.truncate(1);
    }
    let mut found = Findings::default();
    for (c, alpha, theta) in powers {
        let pair = [trial::power(c, alpha)?, trial::power(-c, alpha)?];
        let ladders = [&*laboratory.ladder(&pair[0])?, &*laboratory.ladder(&pair[1])?];
        found = found.merged(compare(ladders, &pair, theta)?);
    }
    Ok(found)
}

/// |order(+V) − order(−V)| ≤ 0.02 and both orders at least θ, at every time.
fn compare(ladders: [&Ladder; 2], pair: &[Trial; 2], theta: f64) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    let orders = ladders.map(|ladder| rates(&ladder.rows(Quantity::Trace)));
    for (plus, minus) in orders[0].iter().zip(&orders[1]) {
        let (p, m) = (estimate(plus), estimate(minus));
        let difference = Estimate::new((p.value - m.value).abs(), p.error + m.error);
        let name = format!("|order(+V) − order(−V)| at t = {}", plus.time);
        found.checks.push(Check::vanishing(name, &pair[1].name, &difference, ALIKE));
        for (order, trial) in [(p, &pair[0]), (m, &pair[1])] {
            let name = format!("order of tr|ω−ω̃| at t = {}", plus.time);
            found.checks.push(Check::at_least(name, &trial.name, &order, theta));
        }
    }
    Ok(found)
}

/// The order with half its interval, unknown where it was not fitted or has not settled.
fn estimate(rate: &Rate) -> Estimate {
    match (rate.settled, rate.order, rate.ci_low, rate.ci_high) {
        (true, Some(order), Some(low), Some(high)) => Estimate::new(order, 0.5 * (high - low)),
        _ => Estimate::unknown(),
    }
}
