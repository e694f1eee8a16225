//! P19.1. The Duhamel split with V = ±|x|^(−α):
//!
//! tr|ω_t−ω̃_t| ≤ ε^(−1)∫₀ᵗ tr|[V∗(ρ_s−ρ̃_s),ω̃_s]|ds + ε^(−1)∫₀ᵗ tr|B_s|ds,
//!
//! B = [V∗ρ̃,ω̃] − ∇(V∗ρ̃)((x+y)/2)·(x−y)ω̃. The talk calls the first term dominant, since it is the one in which V stays
//! singular, and the second the error term. For smooth data both are O(ε²), and the second is larger by far: V∗ρ̃ is as smooth
//! as ρ̃, and the first is proportional to the small ρ−ρ̃.

use std::sync::Arc;

use estimators::Estimate;
use estimators::line::{Alteration, DuhamelLedger, Link};

use super::{chain, p16_2};
use crate::claim::{Claim, Findings};
use crate::exhibits::ledger_rungs;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, row};
use crate::theorem::altered;
use crate::trial::{self, Trial};

/// (strength, α).
const POWERS: [(f64, f64); 3] = [(1.0, 0.25), (-1.0, 0.25), (-1.0, 0.75)];

const BOUND: &str = "distance / Duhamel bound";
const WITHOUT_B: &str = "distance / ∫ of the first term alone";
const DOMINANT: &str = "ε^(−1)tr|[V∗(ρ−ρ̃),ω̃]|/N";
const ERROR: &str = "ε^(−1)tr|B|/N";
const RATIO: &str = "tr|B| / tr|[V∗(ρ−ρ̃),ω̃]|";

/// The claim.
pub fn claim() -> Claim {
    let names: Vec<String> =
        POWERS.iter().filter_map(|&(c, alpha)| trial::power(c, alpha).ok()).map(|t| t.name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P19.1",
        "tr|ω_t−ω̃_t| ≤ ε^(−1)∫tr|[V∗(ρ_s−ρ̃_s),ω̃_s]|ds + ε^(−1)∫tr|B_s|ds with V = ±|x|^(−α)",
        Box::new(measure),
    )
    .measuring(&[BOUND, DOMINANT, ERROR, RATIO])
    .on(&names)
    .control(
        "v for 2v in Vlasov: the distance leaves the bound",
        Box::new(|lab| {
            let slow = |a: &mut Alteration| a.vlasov_speed = 1.0;
            let trial = altered(singular, "v for 2v in Vlasov", slow)?;
            let ledger = lab.ledger(&trial, ledger_rungs(lab.tier())[0])?;
            Ok(p16_2::against_bound(&trial, &ledger, |l| l.bound.clone(), BOUND))
        }),
    )
    .control(
        "the bound without B",
        Box::new(|lab| {
            let trial = singular()?;
            let ledger = lab.ledger(&trial, ledger_rungs(lab.tier())[0])?;
            Ok(p16_2::against_bound(&trial, &ledger, |l| l.mean_field_bound.clone(), WITHOUT_B))
        }),
    )
}

fn singular() -> Result<Trial, LaboratoryError> {
    trial::power(POWERS[0].0, POWERS[0].1)
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let many = if laboratory.tier() == Tier::Quick { 1 } else { POWERS.len() };
    let mut found = Findings::default();
    for &(strength, alpha) in &POWERS[..many] {
        let trial = trial::power(strength, alpha)?;
        let ledgers = ledgers(laboratory, &trial)?;
        for ledger in &ledgers {
            found = found.merged(p16_2::against_bound(&trial, ledger, |l| l.bound.clone(), BOUND));
        }
        found = found.merged(terms(&trial, &ledgers));
        if found.exhibits.is_empty() {
            found
                .exhibits
                .extend(ledgers.last().map(|ledger| p16_2::figure("duhamel-ledger-power", &trial, ledger)));
        }
    }
    Ok(found)
}

/// Coarse to fine; one rung less than for a smooth V, since there are twice as many trials.
fn ledgers(laboratory: &Laboratory, trial: &Trial) -> Result<Vec<Arc<DuhamelLedger>>, LaboratoryError> {
    let rungs = ledger_rungs(laboratory.tier());
    let many = rungs.len().saturating_sub(1).max(2);
    rungs.iter().take(many).map(|&eps| laboratory.ledger(trial, eps)).collect()
}

/// Both terms at the last time: their rows, their ratio, and ε^(−2) times each bounded along the ladder.
fn terms(trial: &Trial, ledgers: &[Arc<DuhamelLedger>]) -> Findings {
    let mut found = Findings::default();
    type Term = fn(&Link) -> Estimate;
    let terms: [(&str, Term); 3] = [
        (DOMINANT, |l| l.mean_field_term),
        (ERROR, |l| l.error_term),
        (RATIO, |l| l.error_term.over(&l.mean_field_term)),
    ];
    for (name, term) in terms {
        let last = ledgers.iter().filter_map(|ledger| ledger.links.last());
        found.rows.extend(last.map(|l| row(&trial.name, l.eps, l.time, name, term(l))));
    }
    for (name, term) in &terms[..2] {
        let last = ledgers.iter().filter_map(|ledger| ledger.links.last());
        let scaled: Vec<Estimate> = last.map(|l| term(l).scaled(l.eps.powi(-2))).collect();
        found.checks.push(chain::stays_bounded(&trial.name, &format!("ε^(−2)·{name}"), &scaled));
    }
    found
}
