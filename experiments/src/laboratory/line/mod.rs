//! The analogue d = 1: N = 1/ε, both dynamics in Weyl variables on one phase-space grid.

mod commutator;
mod hypotheses;
mod initial;
mod ladder;
mod oscillation;
mod plan;
mod regularity;
pub mod scenario;
mod validation;
mod weak;

use std::sync::Arc;

use estimators::line::{
    Alteration, DuhamelLedger, Problem, Resolution, TwoScaleAt, duhamel_ledger, sharp_constants,
};
use estimators::{Estimate, SharpConstants};
use vlasov::CorrectionSource;

pub use commutator::CommutatorNorms;
pub use ladder::{Ladder, MeasuredPair, Rung, settle};
pub use plan::Plan;
pub use regularity::{BOUNDED_ORDERS, Node, ORDERS, Regularity, field_norms};

use super::{Geometry, HypothesisKind, Laboratory, Memo, Rungs, Values, row_in};
use crate::exhibits::sharp_constant::of_source;
use crate::facade::LaboratoryError;
use crate::progress::Progress;
use crate::record::{Check, Hypothesis, Row, Setting};
use crate::scenario::{Quantity, Scenario};
use crate::store::Store;
use crate::trial::Trial;

/// What the laboratory keeps of trials on the line.
#[derive(Default)]
pub(super) struct Shelf {
    resolutions: Memo<(String, String), Resolution>,
    ladders: Memo<(String, String), Ladder>,
    ledgers: Memo<(String, u64), DuhamelLedger>,
    regularities: Memo<String, Regularity>,
    commutators: Memo<String, CommutatorNorms>,
    constants: Memo<String, Vec<SharpConstants>>,
    oscillations: Memo<String, Vec<Vec<TwoScaleAt>>>,
    whole_states: Memo<String, Estimate>,
}

/// One row.
pub fn row(trial: &str, eps: f64, time: f64, quantity: &str, estimate: Estimate) -> Row {
    row_in::<Problem>(trial, eps, time, quantity, estimate)
}

impl Geometry for Problem {
    const SETTING: Setting = Setting::Analogue;
    type Alteration = Alteration;
    type Ladder = Ladder;

    fn altered(&self, alteration: Alteration) -> Self {
        Problem::altered(self, alteration)
    }

    fn n(eps: f64) -> f64 {
        1.0 / eps
    }

    fn initial_name(&self) -> String {
        self.initial.name()
    }

    fn ladder(laboratory: &Laboratory, trial: &Trial) -> Result<Arc<Ladder>, LaboratoryError> {
        laboratory.ladder_on(trial, &Plan::for_trial(laboratory.tier(), trial))
    }

    fn control_ladder(
        laboratory: &Laboratory,
        trial: &Trial,
    ) -> Result<Option<Arc<Ladder>>, LaboratoryError> {
        laboratory.ladder_on(trial, &Plan::control()).map(Some)
    }

    fn validation(laboratory: &Laboratory, trial: &Trial) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        let epsilon = Plan::validation(laboratory.tier());
        laboratory.validated(trial.name.clone(), || validation::validate(trial, &epsilon))
    }

    fn control_validation(
        laboratory: &Laboratory,
        trial: &Trial,
    ) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        let epsilon = &Plan::validation(laboratory.tier())[..1];
        let name = format!("{}, coarsest", trial.name);
        laboratory.validated(name, || validation::validate(trial, epsilon))
    }

    fn sharp_constants(
        laboratory: &Laboratory,
        trial: &Trial,
        source: CorrectionSource,
    ) -> Result<Arc<Vec<SharpConstants>>, LaboratoryError> {
        laboratory.go_on()?;
        laboratory.line.constants.get(format!("{} {source:?}", trial.name), || {
            let times = Plan::for_trial(laboratory.tier(), trial).times;
            Ok(sharp_constants(
                &trial.problem,
                laboratory.resolution(trial)?,
                of_source(&times, source),
                source,
            )?)
        })
    }

    const QUICK_CONSTANTS: bool = true;

    fn agreement(_quantity: Quantity) -> f64 {
        3e-3
    }

    fn values(
        laboratory: &Laboratory,
        trial: &Trial,
        kind: &HypothesisKind,
    ) -> Result<Values, LaboratoryError> {
        match kind {
            HypothesisKind::CommutatorDensity { p } => Ok(laboratory.commutator_norms(trial)?.values(*p)),
            _ => hypotheses::values(kind, trial, &Plan::of(laboratory.tier()).epsilon),
        }
    }

    fn of_scenario(
        trial: &Trial,
        scenario: &Scenario,
        store: &Store,
        progress: &dyn Progress,
    ) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError> {
        scenario::measure(trial, scenario, store, progress)
    }
}

impl Rungs for Ladder {
    fn rows(&self, quantity: Quantity) -> Vec<Row> {
        Ladder::rows(self, quantity)
    }
}

impl Laboratory<'_> {
    /// The trial along a given ladder.
    pub fn ladder_on(&self, trial: &Trial, plan: &Plan) -> Result<Arc<Ladder>, LaboratoryError> {
        self.go_on()?;
        let key = (trial.name.clone(), format!("{plan:?}"));
        self.line.ladders.get(key.clone(), || {
            let resolution = self.line.resolutions.get(key, || settle(trial, plan, self.progress))?;
            Ladder::measure(trial, plan, *resolution, self.progress)
        })
    }

    /// The chain of the argument at one ε, on [0, 1].
    pub fn ledger(&self, trial: &Trial, eps: f64) -> Result<Arc<DuhamelLedger>, LaboratoryError> {
        self.go_on()?;
        self.line.ledgers.get((trial.name.clone(), eps.to_bits()), || {
            let resolution = self.resolution(trial)?;
            Ok(duhamel_ledger(&trial.problem, resolution, eps, Plan::FINAL_TIME)?)
        })
    }

    /// The norms of the hypotheses along Vlasov, on [0, 1].
    pub fn regularity(&self, trial: &Trial) -> Result<Arc<Regularity>, LaboratoryError> {
        self.go_on()?;
        self.line.regularities.get(trial.name.clone(), || regularity::regularity(trial))
    }

    /// The norms of the density of |[x,ω̃_t]| along Vlasov.
    pub fn commutator_norms(&self, trial: &Trial) -> Result<Arc<CommutatorNorms>, LaboratoryError> {
        self.go_on()?;
        self.line.commutators.get(trial.name.clone(), || CommutatorNorms::measure(self, trial))
    }

    /// The resolution that the budget of the trial asks for at the end of its ladder.
    pub fn resolution(&self, trial: &Trial) -> Result<Resolution, LaboratoryError> {
        let plan = Plan::for_trial(self.tier, trial);
        let key = (trial.name.clone(), format!("{plan:?}"));
        Ok(*self.line.resolutions.get(key, || settle(trial, &plan, self.progress))?)
    }
}
