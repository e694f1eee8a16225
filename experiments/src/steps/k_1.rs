//! K.1. The exponents of the literature beside the measured ones, on the line.
//!
//! Every theorem says distance ≤ C_t ε^θ, so that the order bounds θ from above for data inside its hypotheses. For each paper of
//! [`literature::PAPERS`] whose limit and topology are measured here, the distance it speaks of is measured on a trial
//! of the theorem's kind; what it says of R³ alone is measured there. The rest is said in notes.

mod weak;

use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Ladder, Plan, rates};
use crate::literature::{self, Claimed, Paper};
use crate::record::{Rate, Row};
use crate::scenario::Quantity::{self, HilbertSchmidt, Observables, Trace};
use crate::theorems::{l19_t1, wrong};
use crate::trial::{self, Trial, TrialMaker};

pub(super) const ID: &str = "K.1";
pub(super) const STATEMENT: &str =
    "the exponents θ of the literature, distance ≤ C_t ε^θ, beside the measured orders: none is above";

/// What a theorem says of one distance on one trial.
struct Line {
    paper: Paper,
    quantity: Quantity,
    trial: TrialMaker,
    /// θ; none where no number was read.
    theta: Option<f64>,
}

/// The last time of the ladders.
const TIME: f64 = Plan::FINAL_TIME;

/// What control exponents add to θ: more than smooth data have.
pub(super) const TOO_MUCH: f64 = 1.5;

fn lines() -> Vec<Line> {
    let line = |paper, quantity, trial, theta| Line { paper, quantity, trial, theta };
    vec![
        line(literature::REGULAR, Trace, trial::repulsive, Some(1.0)),
        line(literature::REGULAR, Trace, trial::attractive, Some(1.0)),
        line(literature::REGULAR, HilbertSchmidt, trial::repulsive, Some(1.0)),
        line(literature::REGULAR, Observables, trial::repulsive, Some(1.0)),
        line(literature::INVERSE_POWER, Trace, repelled, Some(l19_t1::theta(ALPHA))),
        line(literature::INVERSE_POWER, Trace, attracted, Some(l19_t1::theta(ALPHA))),
        line(literature::ATHANASSOULIS, HilbertSchmidt, trial::repulsive, None),
    ]
}

const ALPHA: f64 = 0.25;

fn repelled() -> Result<Trial, LaboratoryError> {
    trial::power(1.0, ALPHA)
}

fn attracted() -> Result<Trial, LaboratoryError> {
    trial::power(-1.0, ALPHA)
}

/// The claim, read in the analogue d = 1.
pub fn claim() -> Claim {
    let trials: Vec<String> =
        lines().iter().filter_map(|l| Some(label(&l.paper, &(l.trial)().ok()?.name))).collect();
    let step = Claim::step(ID, STATEMENT, Box::new(measure))
        .measuring(&[
            "order of the distance of each theorem",
            "order of W₂ of the marginals, of Husimi functions in L¹, of ‖·‖_{H^{−1}}",
        ])
        .on(&trials)
        .remark(
            "One line a theorem and a distance. The theorems are those of R³, the trials analogues; what needs α = 1 is measured in R³. \
             Papers, the texts read of them and what was left out: docs/literature.md.",
        )
        .control("v for 2v in Vlasov", Box::new(too_slow))
        .control("v for 2v in Vlasov, in weak distances", Box::new(weak::too_slow))
        .control("every θ raised by 3/2", Box::new(|laboratory| measured(laboratory, TOO_MUCH)));
    Claim { theta: Some(1.0), source: SOURCE, ..step }
}

pub(super) const SOURCE: &str = "the papers of docs/literature.md";

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let (trial, plan) = (trial::repulsive()?, plan(laboratory.tier(), &trial::repulsive()?));
    let weak = Plan { times: vec![TIME], ..plan };
    let found = measured(laboratory, 0.0)?.merged(weak::beside(laboratory, &trial, &weak)?);
    Ok(Findings { notes: vec![elsewhere()], ..found })
}

/// What is in the table and not measured.
fn elsewhere() -> String {
    let of = |claimed: fn(&Claimed) -> bool| -> String {
        let keys: Vec<&str> =
            literature::PAPERS.iter().filter(|p| claimed(&p.claimed)).map(|p| p.key).collect();
        keys.join(", ")
    };
    format!(
        "not measured, since they start from many bodies: {}; not judged, for want of an exponent that was read: {}",
        of(|c| matches!(c, Claimed::Elsewhere(_))),
        of(|c| matches!(c, Claimed::Unread)),
    )
}

/// The orders of every line, θ raised by `more`.
fn measured(laboratory: &Laboratory, more: f64) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for line in lines() {
        let trial = (line.trial)()?;
        let ladder = laboratory.ladder_on(&trial, &plan(laboratory.tier(), &trial))?;
        let rows = at_last(&ladder, line.quantity);
        judged(&mut found, &line.paper, rows, line.theta.map(|theta| theta + more));
    }
    Ok(found)
}

/// The quick tier's own ladder, which every theorem has; in the others one that is long enough for an order that has settled.
fn plan(tier: Tier, trial: &Trial) -> Plan {
    let quick = Plan::for_trial(Tier::Quick, trial);
    if tier == Tier::Quick {
        return quick;
    }
    let epsilon: Vec<f64> = (3..=7).map(|k| 0.5_f64.powi(k)).collect();
    Plan { trace_down_to: epsilon[4], epsilon, times: vec![TIME], ..quick }
}

fn at_last(ladder: &Ladder, quantity: Quantity) -> Vec<Row> {
    ladder.rows(quantity).into_iter().filter(|row| row.time == TIME).collect()
}

/// The rows of a distance under the name of the paper, and their order: judged where θ is known, beside where not.
pub(super) fn judged(found: &mut Findings, paper: &Paper, rows: Vec<Row>, theta: Option<f64>) {
    let rows: Vec<Row> = rows.into_iter().map(|row| Row { trial: label(paper, &row.trial), ..row }).collect();
    let rates = rates(&rows).into_iter().map(|rate| Rate { claimed: theta, ..rate });
    let place = if theta.is_some() { &mut found.rates } else { &mut found.beside };
    place.extend(rates);
    found.rows.extend(rows);
}

/// `Saffirio 2019a: +|x|^(−0.25)/two-bumps`.
pub(super) fn label(paper: &Paper, trial: &str) -> String {
    format!("{}: {trial}", paper.key)
}

/// W̃ with half of its speed tends to no ω: order 0.
fn too_slow(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let ladder = laboratory.ladder_on(&wrong::speed_in_vlasov()?, &Plan::control())?;
    let mut found = Findings::default();
    for quantity in [Trace, HilbertSchmidt, Observables] {
        judged(&mut found, &literature::REGULAR, ladder.rows(quantity), Some(1.0));
    }
    Ok(found)
}
