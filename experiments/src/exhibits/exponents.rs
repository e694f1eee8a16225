//! Measured order of the trace norm against α, beside the exponent that is claimed.

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Plan, rates};
use crate::record::{Curve, Exhibit};
use crate::scenario::Quantity;
use crate::trial::{self, Trial};

/// Order at the last time for V = ±c|x|^(−α), (c, α) from `powers`, with its interval; the line θ(α). The quick tier knows one α,
/// and draws nothing.
pub fn against_alpha(
    laboratory: &Laboratory,
    id: &str,
    powers: &[(f64, f64)],
    theta: fn(f64) -> f64,
) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let mut powers = powers.to_vec();
    powers.sort_by(|a, b| a.1.total_cmp(&b.1));
    let measured = |label: &str, sign: f64| -> Result<Curve, LaboratoryError> {
        let mut points = Vec::new();
        for &(strength, alpha) in &powers {
            points.extend(
                order(laboratory, &trial::power(sign * strength, alpha)?)?.map(|(p, e)| [alpha, p, e]),
            );
        }
        Ok(Curve { label: label.to_owned(), points, guide: false })
    };
    let claimed = powers.iter().map(|&(_, alpha)| [alpha, theta(alpha), 0.0]).collect();
    let exhibit = Exhibit::Curves {
        name: format!("{id}-order-against-alpha"),
        title: format!("order of tr|ω−ω̃| at t = {}", Plan::FINAL_TIME),
        x_label: "α".into(),
        y_label: "order".into(),
        log_x: false,
        log_y: false,
        curves: vec![
            measured("measured, repulsive", 1.0)?,
            measured("measured, attractive", -1.0)?,
            Curve { label: "claimed: a lower bound".into(), points: claimed, guide: true },
        ],
    };
    Ok(Findings { exhibits: vec![exhibit], ..Findings::default() })
}

/// The fitted order at the last time and half its 95% interval.
fn order(laboratory: &Laboratory, trial: &Trial) -> Result<Option<(f64, f64)>, LaboratoryError> {
    let rates = rates(&laboratory.ladder(trial)?.rows(Quantity::Trace));
    let last = rates.iter().max_by(|a, b| a.time.total_cmp(&b.time));
    Ok(last.and_then(|r| Some((r.order?, 0.5 * (r.ci_high? - r.ci_low?)))))
}
