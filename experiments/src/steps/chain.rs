//! What the links of the chain P16.2–P16.8 share: the ledgers of two trials, and how a ratio along them is judged.

use std::sync::Arc;

use estimators::line::{Alteration, DuhamelLedger, Link};
use estimators::{Estimate, verdict};

use crate::claim::Findings;
use crate::exhibits::ledger_rungs;
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, row};
use crate::record::Check;
use crate::theorem::altered;
use crate::trial::{self, Trial, TrialMaker};

/// The trials on which the chain is measured.
pub const TRIALS: [TrialMaker; 2] = [trial::repulsive, trial::attractive];

/// Their names.
pub fn trial_names() -> Vec<String> {
    TRIALS.iter().filter_map(|make| make().ok()).map(|t| t.name).collect()
}

/// The ledgers of a trial, coarse to fine.
pub fn ledgers(laboratory: &Laboratory, trial: &Trial) -> Result<Vec<Arc<DuhamelLedger>>, LaboratoryError> {
    ledger_rungs(laboratory.tier()).iter().map(|&eps| laboratory.ledger(trial, eps)).collect()
}

/// The ledger of the repulsive trial with one thing wrong, at the coarsest ε.
pub fn altered_ledger(
    laboratory: &Laboratory,
    what: &str,
    change: fn(&mut Alteration),
) -> Result<(Trial, Arc<DuhamelLedger>), LaboratoryError> {
    let trial = altered(trial::repulsive, what, change)?;
    let ledger = laboratory.ledger(&trial, ledger_rungs(laboratory.tier())[0])?;
    Ok((trial, ledger))
}

/// A ratio that must not exceed 1 any more, on the correct ledger of the repulsive trial at the coarsest ε: the claim with a
/// constant too small.
pub fn control_ratio(
    laboratory: &Laboratory,
    name: &str,
    ratio: impl Fn(&Link) -> Estimate,
) -> Result<Findings, LaboratoryError> {
    let trial = trial::repulsive()?;
    let ledger = laboratory.ledger(&trial, ledger_rungs(laboratory.tier())[0])?;
    let check = at_most_one(&trial.name, name, ledger.links[1..].iter().map(ratio));
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

/// `ratio` ≤ 1 at every link after time 0, on every trial and ε.
pub fn ratios_at_most_one(
    laboratory: &Laboratory,
    name: &str,
    ratio: impl Fn(&Link) -> Estimate,
) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in TRIALS {
        let trial = make()?;
        let mut ratios = Vec::new();
        for ledger in ledgers(laboratory, &trial)? {
            for link in &ledger.links[1..] {
                let estimate = ratio(link);
                found.rows.push(row(&trial.name, ledger.eps, link.time, name, estimate));
                ratios.push(estimate);
            }
        }
        found.checks.push(at_most_one(&trial.name, name, ratios));
    }
    Ok(found)
}

/// The largest ratio against 1.
pub fn at_most_one(trial: &str, name: &str, ratios: impl IntoIterator<Item = Estimate>) -> Check {
    Check::at_most(format!("{name} ≤ 1"), trial, &Estimate::worst(ratios), &Estimate::new(1.0, 0.0))
}

/// `ratio` → 1 as ε → 0: |ratio − 1| ≤ ε on every rung, at the last time. That is more than o(1); smooth data do O(ε²), which
/// the finest rungs cannot tell from the budgets of the norms.
pub fn tends_to_one(
    laboratory: &Laboratory,
    name: &str,
    ratio: impl Fn(&Link) -> Estimate,
) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in TRIALS {
        let trial = make()?;
        let mut scaled = Vec::new();
        for ledger in ledgers(laboratory, &trial)? {
            if let Some(link) = ledger.links.last() {
                let r = ratio(link);
                found.rows.push(row(&trial.name, ledger.eps, link.time, name, r));
                scaled.push(Estimate::new((r.value - 1.0).abs(), r.error).scaled(1.0 / ledger.eps));
            }
        }
        found.checks.push(at_most_one(&trial.name, &format!("ε^(−1)|{name} − 1|"), scaled));
    }
    Ok(found)
}

/// A quantity (coarse to fine) that stays bounded along the ladder.
pub fn stays_bounded(trial: &str, name: &str, values: &[Estimate]) -> Check {
    let (fine, allowed) = verdict::growth(values).unwrap_or((Estimate::unknown(), Estimate::unknown()));
    let name = format!("{name} stays bounded along the ladder");
    Check { verdict: verdict::bounded(values), ..Check::at_most(name, trial, &fine, &allowed) }
}
