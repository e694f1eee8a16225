//! What a measurement may say: consistent, violated, unresolved. It says nothing more.

use serde::{Deserialize, Serialize};

use crate::{Estimate, rates::Fit};

/// The outcome of a comparison with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Everything measured agrees with the claim.
    Consistent,
    /// The numbers do not decide.
    Unresolved,
    /// The measurement contradicts the claim.
    Violated,
}

impl Verdict {
    /// The verdict of a conjunction: one violation violates, one unresolved part leaves the rest undecided.
    pub fn all(verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
        verdicts.into_iter().max().unwrap_or(Verdict::Unresolved)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Consistent => "consistent",
            Verdict::Unresolved => "unresolved",
            Verdict::Violated => "violated",
        }
    }
}

/// Q = O(ε^θ): consistent if the whole interval is at or above θ, violated if it lies below, else unresolved; local orders
/// that have not settled decide nothing.
pub fn order_at_least(fit: &Fit, theta: f64) -> Verdict {
    if !fit.settled {
        Verdict::Unresolved
    } else if fit.ci_low >= theta {
        Verdict::Consistent
    } else if fit.ci_high < theta {
        Verdict::Violated
    } else {
        Verdict::Unresolved
    }
}

/// a ≤ b beyond both errors; b < a beyond both errors violates.
pub fn at_most(a: &Estimate, b: &Estimate) -> Verdict {
    let slack = a.error + b.error;
    if !(slack.is_finite() && a.value.is_finite() && b.value.is_finite()) {
        Verdict::Unresolved
    } else if a.value + slack <= b.value {
        Verdict::Consistent
    } else if a.value - slack > b.value {
        Verdict::Violated
    } else {
        Verdict::Unresolved
    }
}

/// |residual| ≤ tolerance, where the tolerance is the accuracy at which the identity was to be seen: consistent if the
/// residual with its error is below, violated if it is above beyond its error.
pub fn vanishes(residual: &Estimate, tolerance: f64) -> Verdict {
    at_most(&Estimate::new(residual.value.abs(), residual.error), &Estimate::new(tolerance, 0.0))
}

/// Growth allowed between the coarser and the finer half of a ladder before a hypothesis counts as unbounded.
pub const BOUNDED_GROWTH: f64 = 1.05;

/// What [`bounded`] compares: the supremum over the finer half, and [`BOUNDED_GROWTH`] times that over the coarser half
/// (values coarse to fine). `None` for fewer than two values.
pub fn growth(values: &[Estimate]) -> Option<(Estimate, Estimate)> {
    if values.len() < 2 {
        return None;
    }
    let (coarse, fine) = values.split_at(values.len().div_ceil(2));
    let largest = |part: &[Estimate]| {
        let zero = Estimate::default();
        part.iter().fold(zero, |m, v| {
            if v.value.abs() > m.value { Estimate::new(v.value.abs(), v.error) } else { m }
        })
    };
    let (coarse, fine) = (largest(coarse), largest(fine));
    Some((fine, coarse.scaled(BOUNDED_GROWTH)))
}

/// sup over the finer half of the ladder ≤ 1.05 · sup over the coarser half (values coarse to fine), beyond both errors; a single value, which
/// does not depend on ε, has only to be resolved.
pub fn bounded(values: &[Estimate]) -> Verdict {
    if values.is_empty() || values.iter().any(|v| !v.is_resolved()) {
        return Verdict::Unresolved;
    }
    growth(values).map_or(Verdict::Consistent, |(fine, allowed)| at_most(&fine, &allowed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{self, Rung};

    fn fit(order: f64) -> Fit {
        let rungs: Vec<Rung> = (3..9)
            .map(|k| {
                let eps = 0.5_f64.powi(k);
                Rung { eps, estimate: Estimate::new(eps.powf(order), 1e-3 * eps.powf(order)) }
            })
            .collect();
        rates::fit(&rungs).unwrap()
    }

    #[test]
    fn orders() {
        assert_eq!(order_at_least(&fit(2.0), 1.0), Verdict::Consistent);
        assert_eq!(order_at_least(&fit(0.6), 1.0), Verdict::Violated);
        assert_eq!(order_at_least(&fit(1.0), 1.0), Verdict::Unresolved);
        assert_eq!(order_at_least(&Fit { settled: false, ..fit(2.0) }, 1.0), Verdict::Unresolved);
    }

    #[test]
    fn inequalities_need_room_for_their_errors() {
        let e = Estimate::new;
        assert_eq!(at_most(&e(1.0, 0.1), &e(2.0, 0.1)), Verdict::Consistent);
        assert_eq!(at_most(&e(2.0, 0.1), &e(1.0, 0.1)), Verdict::Violated);
        assert_eq!(at_most(&e(1.0, 0.1), &e(1.1, 0.1)), Verdict::Unresolved);
        assert_eq!(at_most(&e(1.0, f64::INFINITY), &e(5.0, 0.1)), Verdict::Unresolved);
        assert_eq!(vanishes(&e(-3.0, 0.1), 1e-3), Verdict::Violated);
        assert_eq!(vanishes(&Estimate::unknown(), 1e-3), Verdict::Unresolved);
        assert_eq!(at_most(&e(0.0, 0.0), &Estimate { value: f64::NAN, error: 0.0 }), Verdict::Unresolved);
    }

    #[test]
    fn growth_is_not_bounded() {
        let ladder = |q: fn(f64) -> f64| -> Vec<Estimate> {
            (1..7).map(|k| Estimate::new(q(2.0_f64.powi(k)), 1e-6)).collect()
        };
        assert_eq!(bounded(&ladder(|n| 1.0 + 1.0 / n)), Verdict::Consistent);
        assert_eq!(bounded(&ladder(|n| n.sqrt())), Verdict::Violated);
        assert_eq!(bounded(&[Estimate::new(1.0, 0.5)]), Verdict::Unresolved);
        assert_eq!(bounded(&[Estimate::new(1.0, 0.1), Estimate::new(1.0, 0.0)]), Verdict::Unresolved);
        assert_eq!(bounded(&[Estimate::unknown(), Estimate::unknown()]), Verdict::Unresolved);
    }

    #[test]
    fn one_violation_violates() {
        use Verdict::*;
        assert_eq!(Verdict::all([Consistent, Unresolved, Violated]), Violated);
        assert_eq!(Verdict::all([Consistent, Unresolved]), Unresolved);
        assert_eq!(Verdict::all([Consistent]), Consistent);
        assert_eq!(Verdict::all([]), Unresolved);
    }
}
