//! The laboratory: measures a trial along a ladder of ε once, and keeps it for every claim that asks.

mod hypotheses;
mod ladder;
mod plan;
mod regularity;
mod rows;
mod validation;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use estimators::line::{DuhamelLedger, Resolution, duhamel_ledger};

pub use hypotheses::{CommutatorNorms, Exponent, HypothesisKind, LOCAL_SUP};
pub use ladder::{Ladder, MeasuredPair, Rung, settle};
pub use plan::Plan;
pub use regularity::{BOUNDED_ORDERS, Node, ORDERS, Regularity};
pub use rows::{rate, rates, row};

use crate::facade::{LaboratoryError, Tier};
use crate::progress::Progress;
use crate::record::Check;
use crate::trial::Trial;

/// Measures on demand and remembers; the same question costs nothing twice.
pub struct Laboratory<'a> {
    tier: Tier,
    progress: &'a dyn Progress,
    resolutions: Memo<(String, String), Resolution>,
    ladders: Memo<(String, String), Ladder>,
    ledgers: Memo<(String, u64), DuhamelLedger>,
    validations: Memo<String, Vec<Check>>,
    initial: Memo<(String, String), hypotheses::Values>,
    regularities: Memo<String, Regularity>,
    commutators: Memo<String, CommutatorNorms>,
}

impl<'a> Laboratory<'a> {
    /// An empty laboratory.
    pub fn new(tier: Tier, progress: &'a dyn Progress) -> Self {
        Self {
            tier,
            progress,
            resolutions: Memo::default(),
            ladders: Memo::default(),
            ledgers: Memo::default(),
            validations: Memo::default(),
            initial: Memo::default(),
            regularities: Memo::default(),
            commutators: Memo::default(),
        }
    }

    /// How long a verification may take.
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Where progress is told.
    pub fn progress(&self) -> &dyn Progress {
        self.progress
    }

    /// The trial along its ladder of the tier.
    pub fn ladder(&self, trial: &Trial) -> Result<Arc<Ladder>, LaboratoryError> {
        self.ladder_on(trial, &Plan::for_trial(self.tier, trial))
    }

    /// The trial along the short ladder of the controls.
    pub fn control_ladder(&self, trial: &Trial) -> Result<Arc<Ladder>, LaboratoryError> {
        self.ladder_on(trial, &Plan::control())
    }

    /// The trial along a given ladder.
    pub fn ladder_on(&self, trial: &Trial, plan: &Plan) -> Result<Arc<Ladder>, LaboratoryError> {
        self.go_on()?;
        let key = (trial.name.clone(), format!("{plan:?}"));
        self.ladders.get(key.clone(), || {
            let resolution = self.resolutions.get(key, || settle(trial, plan, self.progress))?;
            Ladder::measure(trial, plan, *resolution, self.progress)
        })
    }

    /// The chain of the argument at one ε, on [0, 1].
    pub fn ledger(&self, trial: &Trial, eps: f64) -> Result<Arc<DuhamelLedger>, LaboratoryError> {
        self.go_on()?;
        self.ledgers.get((trial.name.clone(), eps.to_bits()), || {
            let resolution = self.resolution(trial)?;
            Ok(duhamel_ledger(&trial.problem, resolution, eps, Plan::FINAL_TIME)?)
        })
    }

    /// An error if the user has asked to stop.
    fn go_on(&self) -> Result<(), LaboratoryError> {
        if self.progress.cancelled() { Err(LaboratoryError::Cancelled) } else { Ok(()) }
    }

    /// Both dynamics of the trial against their second discretisations.
    pub fn validation(&self, trial: &Trial) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        self.go_on()?;
        let epsilon = Plan::validation(self.tier);
        self.validations.get(trial.name.clone(), || validation::validate(trial, &epsilon))
    }

    /// The same for a control, at the coarsest ε: what is made wrong shows there.
    pub fn control_validation(&self, trial: &Trial) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        self.go_on()?;
        let epsilon = &Plan::validation(self.tier)[..1];
        self.validations.get(format!("{}, coarsest", trial.name), || validation::validate(trial, epsilon))
    }

    /// The norms of the hypotheses along Vlasov, on [0, 1].
    pub fn regularity(&self, trial: &Trial) -> Result<Arc<Regularity>, LaboratoryError> {
        self.go_on()?;
        self.regularities.get(trial.name.clone(), || regularity::regularity(trial))
    }

    /// The norms of the density of |[x,ω̃_t]| along Vlasov.
    pub fn commutator_norms(&self, trial: &Trial) -> Result<Arc<CommutatorNorms>, LaboratoryError> {
        self.go_on()?;
        self.commutators.get(trial.name.clone(), || CommutatorNorms::measure(self, trial))
    }

    /// What a hypothesis measures of the initial state of a trial, whatever V.
    fn of_initial(
        &self,
        trial: &Trial,
        kind: &HypothesisKind,
        measure: impl FnOnce() -> Result<hypotheses::Values, LaboratoryError>,
    ) -> Result<Arc<hypotheses::Values>, LaboratoryError> {
        self.go_on()?;
        self.initial.get((trial.problem.initial.name(), format!("{kind:?}")), measure)
    }

    /// The resolution that the budget of the trial asks for at the end of its ladder.
    pub fn resolution(&self, trial: &Trial) -> Result<Resolution, LaboratoryError> {
        let plan = Plan::for_trial(self.tier, trial);
        let key = (trial.name.clone(), format!("{plan:?}"));
        Ok(*self.resolutions.get(key, || settle(trial, &plan, self.progress))?)
    }
}

/// Results by key.
struct Memo<K, V>(Mutex<HashMap<K, Arc<V>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<K: Eq + Hash, V> Memo<K, V> {
    fn get(
        &self,
        key: K,
        measure: impl FnOnce() -> Result<V, LaboratoryError>,
    ) -> Result<Arc<V>, LaboratoryError> {
        let table = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = table().get(&key) {
            return Ok(known.clone());
        }
        let value = Arc::new(measure()?);
        table().insert(key, value.clone());
        Ok(value)
    }
}
