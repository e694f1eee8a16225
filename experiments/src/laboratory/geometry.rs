//! What a geometry gives the laboratory: everything above it judges rows, hypotheses and checks, whatever they were measured on.

use std::fmt::Debug;
use std::sync::Arc;

use estimators::{Estimate, SharpConstants};
use vlasov::CorrectionSource;

use super::{HypothesisKind, Laboratory};
use crate::facade::LaboratoryError;
use crate::progress::Progress;
use crate::record::{Check, Hypothesis, Row, Setting};
use crate::scenario::{Quantity, Scenario};
use crate::store::Store;
use crate::trial::Trial;

/// Values with their ε, coarse to fine, or one without where the quantity does not depend on ε.
pub type Values = Vec<(Option<f64>, Estimate)>;

/// Numbers measured along a ladder of ε.
pub trait Rungs: Send + Sync {
    /// The rows of a quantity, coarse to fine; none if the geometry does not measure it.
    fn rows(&self, quantity: Quantity) -> Vec<Row>;
}

/// The problem of a geometry: V, W_N, and, for negative controls, what is made wrong.
pub trait Geometry: Clone + Debug + Send + Sync + Sized + 'static {
    /// Own or analogue.
    const SETTING: Setting;
    /// What a negative control makes wrong; nothing, by default.
    type Alteration: Default;
    /// A trial along a ladder.
    type Ladder: Rungs;

    /// The same problem with one thing made wrong.
    fn altered(&self, alteration: Self::Alteration) -> Self;

    /// N.
    fn n(eps: f64) -> f64;

    /// Name of W_N with its parameters.
    fn initial_name(&self) -> String;

    /// The trial along its ladder of the tier.
    fn ladder(laboratory: &Laboratory, trial: &Trial<Self>) -> Result<Arc<Self::Ladder>, LaboratoryError>;

    /// The trial along the short ladder of the controls; none where the tier leaves them to the second discretisations.
    fn control_ladder(
        laboratory: &Laboratory,
        trial: &Trial<Self>,
    ) -> Result<Option<Arc<Self::Ladder>>, LaboratoryError>;

    /// Both dynamics against their second discretisations.
    fn validation(laboratory: &Laboratory, trial: &Trial<Self>) -> Result<Arc<Vec<Check>>, LaboratoryError>;

    /// The same for a control, at the coarsest ε: what is made wrong shows there.
    fn control_validation(
        laboratory: &Laboratory,
        trial: &Trial<Self>,
    ) -> Result<Arc<Vec<Check>>, LaboratoryError>;

    /// The constants of the distances, from an equation without ε. A source other than the default is a negative control, at the last time alone.
    fn sharp_constants(
        laboratory: &Laboratory,
        trial: &Trial<Self>,
        source: CorrectionSource,
    ) -> Result<Arc<Vec<SharpConstants>>, LaboratoryError>;

    /// Whether the quick tier has time for them.
    const QUICK_CONSTANTS: bool;

    /// |lim Q/ε²/C − 1|, errors included, is at most this: what the ladder carries.
    fn agreement(quantity: Quantity) -> f64;

    /// What a hypothesis says here, where it is not read the same everywhere.
    fn name_of(kind: &HypothesisKind) -> String {
        kind.name()
    }

    /// What a hypothesis measures on a trial.
    fn values(
        laboratory: &Laboratory,
        trial: &Trial<Self>,
        kind: &HypothesisKind,
    ) -> Result<Values, LaboratoryError>;

    /// The rows of a user's scenario, and the hypotheses of the theorems that are measured beside them.
    fn of_scenario(
        trial: &Trial<Self>,
        scenario: &Scenario,
        store: &Store,
        progress: &dyn Progress,
    ) -> Result<(Vec<Row>, Vec<Hypothesis>), LaboratoryError>;
}
