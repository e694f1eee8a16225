//! Oscillations on a smooth state, each measured once.

use std::f64::consts::TAU;
use std::sync::Arc;

use estimators::Estimate;
use estimators::line::{Pair, Resolution, TwoScale, TwoScaleAt, pair, vlasov_reference};

use super::{Ladder, Plan, settle};
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;
use crate::record::Row;
use crate::scenario::Quantity;
use crate::trial::Trial;

/// Where the whole state and its transform are cut off.
const TAIL: f64 = 1e-10;

impl Laboratory<'_> {
    /// At every frequency and every time.
    pub fn oscillations(
        &self,
        problem: &TwoScale,
        eps: f64,
        frequencies: &[f64],
        times: &[f64],
    ) -> Result<Arc<Vec<Vec<TwoScaleAt>>>, LaboratoryError> {
        self.go_on()?;
        self.progress.message(&format!("oscillations on a smooth state: ε = 1/{}", eps.recip()));
        let key = format!("{problem:?} {eps} {frequencies:?} {times:?}");
        self.line.oscillations.get(key, || Ok(problem.measure(eps, frequencies, times)?))
    }

    /// Trace and Hilbert–Schmidt distances of both scales on one grid, under the name of their family.
    pub fn whole_rows(
        &self,
        problem: &TwoScale,
        (eps, frequency, amplitude): (f64, f64, f64),
        time: f64,
        family: &str,
    ) -> Result<Vec<Row>, LaboratoryError> {
        self.go_on()?;
        let (name, state) = (family.to_owned(), family.to_owned());
        let trial = Trial { name, state, problem: problem.whole(amplitude, frequency)? };
        let plan = Plan { epsilon: vec![eps], trace_down_to: eps, times: vec![time], observables: false };
        let ladder = Ladder::measure(&trial, &plan, settle(&trial, &plan, self.progress)?, self.progress)?;
        Ok([Quantity::Trace, Quantity::HilbertSchmidt].iter().flat_map(|q| ladder.rows(*q)).collect())
    }

    /// ‖ω_t−ω̃_t‖_HS/√N of both scales on one grid, the oscillation c y^{−s} = `amplitude` times Re T.
    pub fn whole_state(
        &self,
        problem: &TwoScale,
        (eps, frequency, amplitude): (f64, f64, f64),
        time: f64,
    ) -> Result<Arc<Estimate>, LaboratoryError> {
        self.go_on()?;
        let whole = problem.whole(amplitude, frequency)?;
        let key = format!("{} {eps} {time}", whole.initial.name());
        self.line.whole_states.get(key, || {
            let resolution = Resolution::for_problem(&whole, &[time], TAIL)?;
            let reference = vlasov_reference(&whole, resolution, &[time])?;
            let pairs = pair(&whole, &reference, eps)?;
            let of = |p: &Pair| Estimate::new(p.difference.l2(), p.budget(|d| d.l2()));
            Ok(pairs.last().map_or_else(Estimate::unknown, |p| of(p).scaled(TAU.sqrt())))
        })
    }
}
