//! Theorems: a rate along a ladder, under measured hypotheses.

use std::sync::Arc;

use crate::claim::{Claim, ControlSpec, Findings};
use crate::exhibits::sharp_constant::{WRONG, against_ladder};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Geometry, HypothesisKind, Laboratory, Rungs, rates};
use crate::record::{Hypothesis, Rate};
use crate::scenario::Quantity;
use crate::trial::Trial;
use estimators::Verdict;
use vlasov::CorrectionSource;

/// Makes a trial that has no parameters.
type Fixed<P> = fn() -> Result<Trial<P>, LaboratoryError>;

/// Makes a trial of a family, whose parameters it carries.
type Maker<P> = Arc<dyn Fn() -> Result<Trial<P>, LaboratoryError> + Send + Sync>;

/// Makes exhibits or checks of its own from the laboratory.
pub type Extra = fn(&Laboratory) -> Result<Findings, LaboratoryError>;

/// A theorem as it is read: what is supposed, what is measured, what is claimed, and on which trials, all of one geometry.
pub struct Theorem<P: Geometry> {
    id: &'static str,
    statement: &'static str,
    hypotheses: Vec<HypothesisKind>,
    quantities: Vec<Quantity>,
    beside: Vec<Quantity>,
    theta: f64,
    /// Each with an exponent of its own, or the theorem's.
    trials: Vec<(Maker<P>, Option<f64>)>,
    beyond: Vec<Fixed<P>>,
    /// Each with an exponent of its own, or the theorem's.
    controls: Vec<(&'static str, Verdict, Maker<P>, Option<f64>)>,
    extras: Vec<Extra>,
    /// Whether trials are compared with their constants.
    sharp: bool,
    /// How many trials the quick tier measures.
    quick: usize,
}

impl<P: Geometry> Theorem<P> {
    /// A theorem with its id and statement.
    pub fn new(id: &'static str, statement: &'static str) -> Self {
        Self {
            id,
            statement,
            hypotheses: Vec::new(),
            quantities: Vec::new(),
            beside: Vec::new(),
            theta: 0.0,
            trials: Vec::new(),
            beyond: Vec::new(),
            controls: Vec::new(),
            extras: Vec::new(),
            sharp: false,
            quick: usize::MAX,
        }
    }

    /// What the theorem supposes; each is measured on every trial.
    pub fn suppose(mut self, hypotheses: impl IntoIterator<Item = HypothesisKind>) -> Self {
        self.hypotheses.extend(hypotheses);
        self
    }

    /// The quantity whose order is judged.
    pub fn measure(mut self, quantity: Quantity) -> Self {
        self.quantities.push(quantity);
        self
    }

    /// A quantity that is reported beside it.
    pub fn beside(mut self, quantity: Quantity) -> Self {
        self.beside.push(quantity);
        self
    }

    /// The claimed exponent of ε; the largest, where trials have exponents of their own.
    pub fn at_most_eps_to(mut self, theta: f64) -> Self {
        self.theta = theta;
        self
    }

    /// A trial inside the hypotheses.
    pub fn trial(
        mut self,
        trial: impl Fn() -> Result<Trial<P>, LaboratoryError> + Send + Sync + 'static,
    ) -> Self {
        self.trials.push((Arc::new(trial), None));
        self
    }

    /// A trial inside the hypotheses, with a claimed exponent of its own.
    pub fn trial_to(
        mut self,
        theta: f64,
        trial: impl Fn() -> Result<Trial<P>, LaboratoryError> + Send + Sync + 'static,
    ) -> Self {
        self.trials.push((Arc::new(trial), Some(theta)));
        self
    }

    /// The quick tier measures the first `trials` alone.
    pub fn quick(mut self, trials: usize) -> Self {
        self.quick = trials;
        self
    }

    /// A trial outside the hypotheses: measured and reported, not judged.
    pub fn beyond(mut self, trial: Fixed<P>) -> Self {
        self.beyond.push(trial);
        self
    }

    /// A negative control: a trial with one thing wrong.
    pub fn control(
        mut self,
        name: &'static str,
        trial: impl Fn() -> Result<Trial<P>, LaboratoryError> + Send + Sync + 'static,
    ) -> Self {
        self.controls.push((name, Verdict::Violated, Arc::new(trial), None));
        self
    }

    /// A negative control of which nothing can be said.
    pub fn undecidable(
        mut self,
        name: &'static str,
        trial: impl Fn() -> Result<Trial<P>, LaboratoryError> + Send + Sync + 'static,
    ) -> Self {
        self.controls.push((name, Verdict::Unresolved, Arc::new(trial), None));
        self
    }

    /// A negative control of a trial with a claimed exponent of its own.
    pub fn control_to(
        mut self,
        theta: f64,
        name: &'static str,
        trial: impl Fn() -> Result<Trial<P>, LaboratoryError> + Send + Sync + 'static,
    ) -> Self {
        self.controls.push((name, Verdict::Violated, Arc::new(trial), Some(theta)));
        self
    }

    /// Checks and exhibits of its own.
    pub fn also(mut self, extra: Extra) -> Self {
        self.extras.push(extra);
        self
    }

    /// On every trial, Cε² + O(ε⁴) against the C of an equation without ε; with one thing wrong in it on the first trial, which must show.
    pub fn with_constants(mut self) -> Self {
        self.sharp = true;
        self
    }

    /// The claim.
    pub fn claim(mut self) -> Claim {
        let inside = self.trials.iter().filter_map(|(make, _)| make().ok()).map(|t| t.name);
        let beyond = self.beyond.iter().filter_map(|make| make().ok());
        let trials = inside
            .chain(beyond.map(|t| format!("{} (outside the hypotheses, not judged)", t.name)))
            .collect();
        let controls: Vec<ControlSpec> = std::mem::take(&mut self.controls)
            .into_iter()
            .map(|(name, wanted, make, theta)| {
                let (quantities, theta) = (self.quantities.clone(), theta.unwrap_or(self.theta));
                ControlSpec {
                    name: name.to_owned(),
                    wanted,
                    quick: true,
                    measure: Box::new(move |lab| control(lab, &make()?, &quantities, theta)),
                }
            })
            .collect();
        let controls = controls.into_iter().chain(self.wrong_constants()).collect();
        let (id, statement, theta) = (self.id, self.statement, self.theta);
        let hypotheses = self.hypotheses.iter().map(P::name_of).collect();
        let measured = self.quantities.iter().map(|q| q.name().to_owned()).collect();
        let step = Claim::step(id, statement, Box::new(move |lab| self.findings(lab)));
        Claim { setting: P::SETTING, theta: Some(theta), hypotheses, measured, trials, controls, ..step }
    }

    /// The controls of [`Theorem::with_constants`].
    fn wrong_constants(&self) -> Vec<ControlSpec> {
        let first = self.trials.first().filter(|_| self.sharp);
        let controls = WRONG.iter().zip(first.into_iter().cycle()).map(|((name, source), (make, _))| {
            let (make, quantities, source) = (make.clone(), self.with_quantities_beside(), *source);
            ControlSpec {
                name: (*name).to_owned(),
                wanted: Verdict::Violated,
                quick: P::QUICK_CONSTANTS,
                measure: Box::new(move |lab| {
                    let checks = against_ladder(lab, &make()?, &quantities, source)?.checks;
                    Ok(Findings { checks, ..Findings::default() })
                }),
            }
        });
        controls.collect()
    }

    fn with_quantities_beside(&self) -> Vec<Quantity> {
        self.quantities.iter().chain(&self.beside).copied().collect()
    }

    fn findings(&self, laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
        let mut found = Findings::default();
        let many = if laboratory.tier() == Tier::Quick { self.quick } else { usize::MAX };
        // compared with the second discretisations: the quick tier's first trial, the standard tier's all that the quick one has
        let compared = match laboratory.tier() {
            Tier::Quick => 1,
            Tier::Standard => self.quick,
            Tier::Deep => usize::MAX,
        };
        for (place, (make, theta)) in self.trials.iter().take(many).enumerate() {
            let trial = make()?;
            let ladder = laboratory.ladder(&trial)?;
            for hypothesis in &self.hypotheses {
                let measured = hypothesis.measure(&trial, laboratory)?;
                // what V does not enter is said once for an initial state
                let known = |h: &Hypothesis| (&h.name, &h.trial) == (&measured.name, &measured.trial);
                if !found.hypotheses.iter().any(known) {
                    found.hypotheses.push(measured);
                }
            }
            for &quantity in &self.quantities {
                let rows = ladder.rows(quantity);
                let claimed = Some(theta.unwrap_or(self.theta));
                found.rates.extend(rates(&rows).into_iter().map(|rate| Rate { claimed, ..rate }));
                found.rows.extend(rows);
            }
            self.report_beside(ladder.as_ref(), &self.beside, &mut found);
            // the quick tier has time for one, if for any
            let quick = laboratory.tier() == Tier::Quick;
            if self.sharp && (!quick || P::QUICK_CONSTANTS && place == 0) {
                let quantities = self.with_quantities_beside();
                let right = CorrectionSource::default();
                found = found.merged(against_ladder(laboratory, &trial, &quantities, right)?);
            }
            if place < compared {
                found.checks.extend(laboratory.validation(&trial)?.iter().cloned());
            }
        }
        // a quick tier that leaves trials out has no time for those outside the hypotheses
        let beyond = if many < self.trials.len() { &[] } else { self.beyond.as_slice() };
        for make in beyond {
            let trial = make()?;
            let ladder = laboratory.ladder(&trial)?;
            self.report_beside(ladder.as_ref(), &self.quantities, &mut found);
        }
        for extra in &self.extras {
            found = found.merged(extra(laboratory)?);
        }
        Ok(found)
    }

    fn report_beside(&self, ladder: &P::Ladder, quantities: &[Quantity], found: &mut Findings) {
        for &quantity in quantities {
            let rows = ladder.rows(quantity);
            found.beside.extend(rates(&rows));
            found.rows.extend(rows);
        }
    }
}

/// The same check on a trial with one thing wrong: its rates, and its dynamics against their second discretisations.
pub fn control<P: Geometry>(
    laboratory: &Laboratory,
    trial: &Trial<P>,
    quantities: &[Quantity],
    theta: f64,
) -> Result<Findings, LaboratoryError> {
    let ladder = laboratory.control_ladder(trial)?;
    let mut found = Findings::default();
    for &quantity in quantities {
        let rows = ladder.as_ref().map_or_else(Vec::new, |ladder| ladder.rows(quantity));
        found.rates.extend(rates(&rows).into_iter().map(|rate| Rate { claimed: Some(theta), ..rate }));
        found.rows.extend(rows);
    }
    found.checks.extend(laboratory.control_validation(trial)?.iter().cloned());
    Ok(found)
}

/// The trial with one thing wrong.
pub fn altered<P: Geometry>(
    trial: impl FnOnce() -> Result<Trial<P>, LaboratoryError>,
    what: &str,
    change: fn(&mut P::Alteration),
) -> Result<Trial<P>, LaboratoryError> {
    let trial = trial()?;
    let mut alteration = P::Alteration::default();
    change(&mut alteration);
    Ok(trial.altered(what, alteration))
}
