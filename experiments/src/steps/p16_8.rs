//! P16.8. Grönwall closes: with K(s) = sup_z ε^(−1)tr|[V(z−·),ω̃_s]|/N and b(s) = ε^(−1)tr|B_s|/N as measured,
//!
//! tr|ω_t−ω̃_t|/N ≤ ∫₀ᵗ b(s) exp(∫ₛᵗK) ds.

use estimators::line::DuhamelLedger;

use super::{chain, p16_2};
use crate::claim::{Claim, Findings};
use crate::exhibits::ledger_rungs;
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;
use crate::trial;

const RATIO: &str = "distance / Grönwall bound";

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step("P16.8", "tr|ω_t−ω̃_t|/N ≤ ∫₀ᵗ b(s) exp(∫ₛᵗK)ds with the measured K and b", Box::new(measure))
        .measuring(&[RATIO])
        .on(&names)
        .control(
            "half of b",
            Box::new(|lab| {
                let trial = trial::repulsive()?;
                let ledger = lab.ledger(&trial, ledger_rungs(lab.tier())[0])?;
                let half = |l: &DuhamelLedger| l.gronwall.iter().map(|(t, e)| (*t, e.scaled(0.5))).collect();
                Ok(p16_2::against_bound(&trial, &ledger, half, RATIO))
            }),
        )
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in chain::TRIALS {
        let trial = make()?;
        for ledger in chain::ledgers(laboratory, &trial)? {
            found = found.merged(p16_2::against_bound(&trial, &ledger, |l| l.gronwall.clone(), RATIO));
        }
    }
    Ok(found)
}
