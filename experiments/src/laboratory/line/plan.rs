//! Which ε, which times, how far the trace norm goes.

use kernels::Convolution;

use crate::facade::Tier;
use crate::trial::Trial;

/// A ladder: rungs and times.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// ε, coarse to fine.
    pub epsilon: Vec<f64>,
    /// The smallest ε at which trace norms are computed.
    pub trace_down_to: f64,
    /// t.
    pub times: Vec<f64>,
    /// Whether tr e^{ip·x+εq·∇}(ω − ω̃) is measured over (p, q).
    pub observables: bool,
}

impl Plan {
    /// The last time of every theorem's ladder.
    pub const FINAL_TIME: f64 = 1.0;

    /// The ladder of a tier: quick to 1/64, standard to 1/1024 with traces to 1/256, deep to 1/4096 with traces to 1/1024.
    pub fn of(tier: Tier) -> Self {
        let (last, trace) = match tier {
            Tier::Quick => (6, 6),
            Tier::Standard => (10, 8),
            Tier::Deep => (12, 10),
        };
        let times = match tier {
            Tier::Quick => vec![0.5, Self::FINAL_TIME],
            Tier::Standard | Tier::Deep => vec![0.25, 0.5, Self::FINAL_TIME],
        };
        Self {
            epsilon: (3..=last).map(inverse_power_of_two).collect(),
            trace_down_to: inverse_power_of_two(trace),
            times,
            observables: true,
        }
    }

    /// The ladder of a trial: the tier's; for |x|^(−α), of which the theorems speak in trace norm alone and which is tried with
    /// many α, traces on every rung, to 1/128 in the standard tier.
    pub fn for_trial(tier: Tier, trial: &Trial) -> Self {
        if !matches!(trial.problem.interaction.convolution(), Convolution::Power { .. }) {
            return Self::of(tier);
        }
        let last = match tier {
            Tier::Quick => 6,
            Tier::Standard => 7,
            Tier::Deep => 9,
        };
        Self {
            epsilon: (3..=last).map(inverse_power_of_two).collect(),
            trace_down_to: inverse_power_of_two(last),
            observables: false,
            ..Self::of(tier)
        }
    }

    /// The short ladder on which controls must fail.
    pub fn control() -> Self {
        Self {
            epsilon: (3..=6).map(inverse_power_of_two).collect(),
            trace_down_to: inverse_power_of_two(6),
            times: vec![0.5],
            observables: true,
        }
    }

    /// The ε at which Hartree is compared with its second discretisation.
    pub fn validation(tier: Tier) -> Vec<f64> {
        match tier {
            Tier::Quick => vec![inverse_power_of_two(3)],
            Tier::Standard | Tier::Deep => vec![inverse_power_of_two(3), inverse_power_of_two(5)],
        }
    }

    /// Longer times at one ε, for the growth in t: four equal intervals.
    pub fn long(tier: Tier) -> Self {
        let eps = inverse_power_of_two(3);
        let interval = match tier {
            Tier::Quick => 0.5,
            Tier::Standard => 0.75,
            Tier::Deep => 1.0,
        };
        let times = (1..=4).map(|k| interval * f64::from(k)).collect();
        Self { epsilon: vec![eps], trace_down_to: eps, times, observables: true }
    }

    /// The smallest ε.
    pub fn finest(&self) -> f64 {
        self.epsilon.iter().copied().fold(1.0, f64::min)
    }

    /// Whether trace norms are computed at ε.
    pub fn with_trace(&self, eps: f64) -> bool {
        eps >= 0.999 * self.trace_down_to
    }
}

fn inverse_power_of_two(k: i32) -> f64 {
    0.5_f64.powi(k)
}
