//! Weak distances along a ladder.

use estimators::line::{WeakDistances, pair, vlasov_reference, weak_distances};
use rayon::prelude::*;

use super::{Plan, settle};
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;
use crate::trial::Trial;

impl Laboratory<'_> {
    /// ε and the weak distances of a trial at the last time of a plan, coarse to fine.
    pub fn weak_distances(
        &self,
        trial: &Trial,
        plan: &Plan,
    ) -> Result<Vec<(f64, WeakDistances)>, LaboratoryError> {
        self.go_on()?;
        let key = (trial.name.clone(), format!("{plan:?}"));
        let resolution = *self.line.resolutions.get(key, || settle(trial, plan, self.progress))?;
        let reference = vlasov_reference(&trial.problem, resolution, &plan.times)?;
        let last = plan.times.len() - 1;
        let at_rung = |&eps: &f64| {
            let pairs = pair(&trial.problem, &reference, eps)?;
            let found = weak_distances(&pairs[last], &reference, last);
            Ok((eps, found.map_err(|source| LaboratoryError::Rung { eps, source })?))
        };
        plan.epsilon.par_iter().map(at_rung).collect()
    }
}
