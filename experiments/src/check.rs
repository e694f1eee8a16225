//! From a measured number to a judged [`Check`].

use estimators::{Estimate, verdict};

use crate::record::{Check, Relation};

impl Check {
    /// |residual| ≤ tolerance, the accuracy at which an identity was to be seen.
    pub fn vanishing(name: impl Into<String>, trial: &str, residual: &Estimate, tolerance: f64) -> Self {
        Self {
            name: name.into(),
            trial: trial.to_owned(),
            relation: Relation::AtMost,
            value: residual.value,
            error: residual.error,
            target: tolerance,
            verdict: verdict::vanishes(residual, tolerance),
        }
    }

    /// |value − target| ≤ within.
    pub fn near(name: impl Into<String>, trial: &str, value: &Estimate, target: f64, within: f64) -> Self {
        let distance = Estimate::new((value.value - target).abs(), value.error);
        Self {
            name: name.into(),
            trial: trial.to_owned(),
            relation: Relation::Equal,
            value: value.value,
            error: value.error,
            target,
            verdict: verdict::vanishes(&distance, within),
        }
    }

    /// value ≤ bound, the errors of both counted.
    pub fn at_most(name: impl Into<String>, trial: &str, value: &Estimate, bound: &Estimate) -> Self {
        Self {
            name: name.into(),
            trial: trial.to_owned(),
            relation: Relation::AtMost,
            value: value.value,
            error: value.error + bound.error,
            target: bound.value,
            verdict: verdict::at_most(value, bound),
        }
    }

    /// value ≥ target.
    pub fn at_least(name: impl Into<String>, trial: &str, value: &Estimate, target: f64) -> Self {
        Self {
            name: name.into(),
            trial: trial.to_owned(),
            relation: Relation::AtLeast,
            value: value.value,
            error: value.error,
            target,
            verdict: verdict::at_most(&Estimate::new(target, 0.0), value),
        }
    }
}
