//! The laboratory: measures a trial along a ladder of ε once, and keeps it for every claim that asks.

mod geometry;
mod hypotheses;
pub mod line;
pub mod radial;
mod rows;
pub mod scenario;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

pub use geometry::{Geometry, Rungs, Values};
pub use hypotheses::{Exponent, HypothesisKind, LOCAL_SUP};
pub use line::{
    BOUNDED_ORDERS, Ladder, MeasuredPair, Node, ORDERS, Plan, Regularity, Rung, field_norms, row, settle,
};
pub use rows::{rate, rates, row_in};

use crate::facade::{LaboratoryError, Tier};
use crate::progress::Progress;
use crate::record::Check;
use crate::trial::Trial;

/// Measures on demand and remembers; the same question costs nothing twice.
pub struct Laboratory<'a> {
    tier: Tier,
    progress: &'a dyn Progress,
    validations: Memo<String, Vec<Check>>,
    initial: Memo<(String, String), Values>,
    line: line::Shelf,
    radial: radial::Shelf,
}

impl<'a> Laboratory<'a> {
    /// An empty laboratory.
    pub fn new(tier: Tier, progress: &'a dyn Progress) -> Self {
        Self {
            tier,
            progress,
            validations: Memo::default(),
            initial: Memo::default(),
            line: line::Shelf::default(),
            radial: radial::Shelf::default(),
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
    pub fn ladder<P: Geometry>(&self, trial: &Trial<P>) -> Result<Arc<P::Ladder>, LaboratoryError> {
        P::ladder(self, trial)
    }

    /// The trial along the short ladder of the controls, if the tier has one.
    pub fn control_ladder<P: Geometry>(
        &self,
        trial: &Trial<P>,
    ) -> Result<Option<Arc<P::Ladder>>, LaboratoryError> {
        P::control_ladder(self, trial)
    }

    /// Both dynamics of the trial against their second discretisations.
    pub fn validation<P: Geometry>(&self, trial: &Trial<P>) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        P::validation(self, trial)
    }

    /// The same for a control, at the coarsest ε: what is made wrong shows there.
    pub fn control_validation<P: Geometry>(
        &self,
        trial: &Trial<P>,
    ) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        P::control_validation(self, trial)
    }

    /// An error if the user has asked to stop.
    fn go_on(&self) -> Result<(), LaboratoryError> {
        if self.progress.cancelled() { Err(LaboratoryError::Cancelled) } else { Ok(()) }
    }

    /// Checks of a trial against second discretisations, made once under this name.
    fn validated(
        &self,
        name: String,
        validate: impl FnOnce() -> Result<Vec<Check>, LaboratoryError>,
    ) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        self.go_on()?;
        self.validations.get(name, validate)
    }

    /// What a hypothesis measures of the initial state of a trial, whatever V.
    fn of_initial<P: Geometry>(
        &self,
        trial: &Trial<P>,
        kind: &HypothesisKind,
    ) -> Result<Arc<Values>, LaboratoryError> {
        self.go_on()?;
        let key = (format!("{:?} {}", P::SETTING, trial.problem.initial_name()), format!("{kind:?}"));
        self.initial.get(key, || P::values(self, trial, kind))
    }
}

/// Results by key.
pub struct Memo<K, V>(Mutex<HashMap<K, Arc<V>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<K: Eq + Hash, V> Memo<K, V> {
    /// What is known of the key, or what is measured now.
    pub fn get(
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
