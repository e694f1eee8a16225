//! Which ε, which times.

use estimators::radial::Resolution;
use estimators::rates::MINIMUM_RUNGS;

use crate::facade::Tier;
use crate::laboratory::line;
use crate::scenario::Quantity;

/// A ladder: rungs and times.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// ε, coarse to fine.
    pub epsilon: Vec<f64>,
    /// t.
    pub times: Vec<f64>,
    /// The ε at which densities and a portrait are kept, at the last time.
    pub shown: Option<f64>,
    /// What is asked for; `wigner-l1` and `observables` are measured only then.
    pub quantities: Vec<Quantity>,
}

/// Ladders that end here are short.
const SHORT: f64 = 0.16;

/// 1/ε, coarse to fine; the longest ladder.
const INVERSE: [f64; 11] = [2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0];

/// 1/ε of the controls: the fewest rungs that have an order, and cheap ones.
const CONTROL: [f64; MINIMUM_RUNGS] = [2.0, 2.5, 3.0, 4.0];

impl Plan {
    /// The ladder of a tier: quick to 1/6 (N = 216), standard to 1/16 (N = 4096), deep to 1/64 (N = 262 144).
    pub fn of(tier: Tier) -> Self {
        let rungs = match tier {
            Tier::Quick => 4,
            Tier::Standard => 7,
            Tier::Deep => INVERSE.len(),
        };
        let shown = 1.0 / INVERSE[4.min(rungs - 1)];
        // the short ladders have one time, and half of the way to it: each time costs as much as another ε
        let times = match tier {
            Tier::Quick => vec![0.5 * line::Plan::FINAL_TIME],
            Tier::Standard | Tier::Deep => vec![0.25, 0.5, line::Plan::FINAL_TIME],
        };
        Self { epsilon: first(rungs), times, shown: Some(shown), quantities: Vec::new() }
    }

    /// The short ladder on which controls must fail: the fewest rungs that have an order. On fewer every control would fail, of
    /// whatever is right.
    pub fn control() -> Self {
        let epsilon = CONTROL.map(|n| 1.0 / n).to_vec();
        Self { epsilon, times: vec![0.5], shown: None, quantities: Vec::new() }
    }

    /// The ε at which both dynamics are compared with their second discretisations.
    pub fn validation(tier: Tier) -> Vec<f64> {
        first(if tier == Tier::Quick { 1 } else { 2 })
    }

    /// The ε at which the densities of commutators are measured.
    pub fn commutators(tier: Tier) -> Vec<f64> {
        first(match tier {
            Tier::Quick => 2,
            Tier::Standard => 4,
            Tier::Deep => 5,
        })
    }

    /// What the smallest ε asks for: the distances fall like ε².
    pub fn resolution(&self) -> Resolution {
        if self.finest() < SHORT { Resolution::fine() } else { Resolution::quick() }
    }

    /// The smallest ε.
    pub fn finest(&self) -> f64 {
        self.epsilon.iter().copied().fold(1.0, f64::min)
    }
}

fn first(rungs: usize) -> Vec<f64> {
    INVERSE[..rungs].iter().map(|n| 1.0 / n).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use estimators::Verdict;
    use estimators::radial::Problem;

    use super::*;
    use crate::claim::Findings;
    use crate::laboratory::{rates, row_in};

    /// A control that has too few rungs for an order fails whatever it is given, and shows nothing.
    #[test]
    fn what_is_right_passes_on_the_ladder_of_the_controls() {
        let value = |eps: f64| estimators::Estimate::new(eps * eps, 1e-3 * eps * eps);
        let row = |eps: &f64| row_in::<Problem>("right", *eps, 0.5, "trace", value(*eps));
        let rows: Vec<_> = Plan::control().epsilon.iter().map(row).collect();
        let found = Findings { rates: rates(&rows), ..Findings::default() };
        assert_eq!(found.judge(Some(1.0)).0, Verdict::Consistent);
        assert_eq!(rows[0].n, 8.0);
    }

    #[test]
    fn the_ladders_grow_with_the_tier_and_show_a_rung_of_theirs() {
        let [quick, standard, deep] = [Tier::Quick, Tier::Standard, Tier::Deep].map(Plan::of);
        assert_eq!([quick.finest(), standard.finest(), deep.finest()], [1.0 / 6.0, 1.0 / 16.0, 1.0 / 64.0]);
        for plan in [quick, standard, deep] {
            assert!(plan.epsilon.contains(&plan.shown.unwrap()));
        }
    }
}
