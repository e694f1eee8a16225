//! The theorems' own setting d = 3: N = ε^(−3), rotation-invariant states in channels of angular momentum.

mod hypotheses;
mod ladder;
mod plan;
pub mod scenario;

use std::sync::{Arc, Mutex, PoisonError};

use estimators::SharpConstants;
use estimators::radial::{
    Agreement, Alteration, CommutatorNorms, Problem, Reference, Resolution, commutator_norms,
    sharp_constants, validate, validate_quantisation,
};
use vlasov::CorrectionSource;

use kernels::Measured;
pub use ladder::{Ladder, MeasuredPair, Rung, Shown};
pub use plan::Plan;

use super::{Geometry, HypothesisKind, Laboratory, Memo, Rungs, Values};
use crate::exhibits::sharp_constant::of_source;
use crate::facade::{LaboratoryError, Tier};
use crate::progress::Progress;
use crate::record::{Check, Hypothesis, Row, Setting};
use crate::scenario::{Quantity, Scenario};
use crate::store::Store;
use crate::trial::radial::RadialTrial;

/// What the laboratory keeps of trials in channels.
#[derive(Default)]
pub(super) struct Shelf {
    ladders: Memo<(String, String), Ladder>,
    commutators: Memo<String, Vec<CommutatorNorms>>,
    quantisations: Memo<String, Agreement>,
    local_sups: Memo<String, Vec<Option<Measured>>>,
    constants: Memo<String, Vec<SharpConstants>>,
    /// The last of Vlasov's solutions, which controls of Hartree and of the quantisation share; they are too large to keep all.
    solution: Mutex<Option<(String, Arc<Reference>)>>,
}

impl Geometry for Problem {
    const SETTING: Setting = Setting::Own;
    type Alteration = Alteration;
    type Ladder = Ladder;

    fn altered(&self, alteration: Alteration) -> Self {
        Problem::altered(self, alteration)
    }

    fn n(eps: f64) -> f64 {
        eps.powi(-3)
    }

    fn initial_name(&self) -> String {
        self.initial.name()
    }

    fn ladder(laboratory: &Laboratory, trial: &RadialTrial) -> Result<Arc<Ladder>, LaboratoryError> {
        laboratory.radial_ladder_on(trial, &Plan::of(laboratory.tier()))
    }

    fn control_ladder(
        laboratory: &Laboratory,
        trial: &RadialTrial,
    ) -> Result<Option<Arc<Ladder>>, LaboratoryError> {
        // each costs as much as a trial of the quick tier
        let short = laboratory.tier() != Tier::Quick;
        short.then(|| laboratory.radial_ladder_on(trial, &Plan::control())).transpose()
    }

    fn validation(laboratory: &Laboratory, trial: &RadialTrial) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        let epsilon = Plan::validation(laboratory.tier());
        laboratory.validated(trial.name.clone(), || laboratory.compared(trial, &epsilon, laboratory.tier()))
    }

    fn control_validation(
        laboratory: &Laboratory,
        trial: &RadialTrial,
    ) -> Result<Arc<Vec<Check>>, LaboratoryError> {
        let epsilon = &Plan::validation(laboratory.tier())[..1];
        laboratory.validated(format!("{}, coarsest", trial.name), || {
            laboratory.compared(trial, epsilon, Tier::Quick)
        })
    }

    fn sharp_constants(
        laboratory: &Laboratory,
        trial: &RadialTrial,
        source: CorrectionSource,
    ) -> Result<Arc<Vec<SharpConstants>>, LaboratoryError> {
        laboratory.go_on()?;
        laboratory.radial.constants.get(format!("{} {source:?}", trial.name), || {
            let plan = Plan::of(laboratory.tier());
            Ok(sharp_constants(&trial.problem, of_source(&plan.times, source), &plan.resolution(), source)?)
        })
    }

    const QUICK_CONSTANTS: bool = false;

    fn agreement(quantity: Quantity) -> f64 {
        match quantity {
            Quantity::HilbertSchmidt => 1.5e-3,
            // ρ − ρ̃ is the smallest part of a difference, least of all at first
            Quantity::DensityL1 => 3e-2,
            _ => 1e-2,
        }
    }

    fn name_of(kind: &HypothesisKind) -> String {
        hypotheses::name(kind)
    }

    fn values(
        laboratory: &Laboratory,
        trial: &RadialTrial,
        kind: &HypothesisKind,
    ) -> Result<Values, LaboratoryError> {
        hypotheses::values(laboratory, trial, kind)
    }

    fn of_scenario(
        trial: &RadialTrial,
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
    /// The trial in channels along a given ladder.
    pub fn radial_ladder_on(&self, trial: &RadialTrial, plan: &Plan) -> Result<Arc<Ladder>, LaboratoryError> {
        self.go_on()?;
        let key = (trial.name.clone(), format!("{plan:?}"));
        self.radial.ladders.get(key, || {
            let reference = self.solution(trial, plan)?;
            Ladder::measure(trial, plan, &reference, self.progress)
        })
    }

    /// The norms of hypothesis (iv) along Vlasov, at the larger ε: each costs as much as a rung.
    pub fn radial_commutator_norms(
        &self,
        trial: &RadialTrial,
    ) -> Result<Arc<Vec<CommutatorNorms>>, LaboratoryError> {
        self.go_on()?;
        self.radial.commutators.get(trial.name.clone(), || {
            let reference = self.solution(trial, &Plan::of(self.tier))?;
            let epsilon = Plan::commutators(self.tier);
            let at_rungs = |source| LaboratoryError::ChannelRung { eps: epsilon[0], source };
            commutator_norms(&reference, &epsilon).map_err(at_rungs)
        })
    }

    /// The local sup condition of every order; one pass over phase space serves all.
    fn local_sups(&self, trial: &RadialTrial) -> Result<Arc<Vec<Option<Measured>>>, LaboratoryError> {
        self.go_on()?;
        self.radial.local_sups.get(trial.problem.initial.name(), || Ok(hypotheses::local_sups(trial)))
    }

    /// Both dynamics against their second discretisations at each ε, and the quantisation, which trials share.
    fn compared(
        &self,
        trial: &RadialTrial,
        rungs: &[f64],
        tier: Tier,
    ) -> Result<Vec<Check>, LaboratoryError> {
        let (resolution, tolerance) = match tier {
            Tier::Quick => (Resolution::quick(), AGREEMENT[0]),
            Tier::Standard | Tier::Deep => (Resolution::fine(), AGREEMENT[1]),
        };
        let projection = trial.problem.alteration.projection;
        let mut checks: Vec<Check> = Vec::new();
        for &eps in rungs {
            let at_rung = |source| LaboratoryError::ChannelRung { eps, source };
            let mut compared = validate(&trial.problem, eps, &resolution).map_err(at_rung)?;
            let quantisation = self.radial.quantisations.get(format!("{projection:?} {eps}"), || {
                validate_quantisation(projection, eps).map_err(at_rung)
            })?;
            compared.push(quantisation.as_ref().clone());
            let check = |a: Agreement| Check::vanishing(a.name, &trial.name, &a.distance, tolerance);
            checks.extend(compared.into_iter().map(check));
        }
        Ok(checks)
    }

    /// Vlasov's solution on a trial, and the frame, which knows Hartree's speed.
    fn solution(&self, trial: &RadialTrial, plan: &Plan) -> Result<Arc<Reference>, LaboratoryError> {
        let (v, w, wrong) = (&trial.problem.interaction, &trial.problem.initial, &trial.problem.alteration);
        let speeds = [wrong.hartree_speed, wrong.vlasov_speed, wrong.vlasov_force];
        let key = format!("{} {} {speeds:?} {:?} {:?}", v.name(), w.name(), plan.times, plan.resolution());
        let slot = || self.radial.solution.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = slot().as_ref().filter(|(known, _)| *known == key) {
            return Ok(known.clone());
        }
        // the old one goes before the new one is made
        *slot() = None;
        let reference = Arc::new(ladder::solution(trial, plan, self.progress)?);
        *slot() = Some((key, reference.clone()));
        Ok(reference)
    }
}

/// The agreement asked of tr|ω−ω′|/N and of the relative densities: at the resolution of the short ladders, and of the others.
const AGREEMENT: [f64; 2] = [5e-6, 2e-7];
