//! P16.8. Grönwall closes: with K(s) = sup_z ε^(−1)tr|[V(z−·),ω̃_s]|/N and b(s) = ε^(−1)tr|B_s|/N as measured,
//!
//! tr|ω_t−ω̃_t|/N ≤ ∫₀ᵗ b(s) exp(∫ₛᵗK) ds.

use estimators::Estimate;

use super::{chain, p16_2};
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;

const RATIO: &str = "distance / Grönwall bound";

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step("P16.8", "tr|ω_t−ω̃_t|/N ≤ ∫₀ᵗ b(s) exp(∫ₛᵗK)ds with the measured K and b", Box::new(measure))
        .measuring(&[RATIO])
        .on(&names)
        .control(
            "the bound with b of order ε² times too small",
            Box::new(|lab| {
                let (trial, ledger) = chain::altered_ledger(lab, "correct", |_| ())?;
                let eps2 = ledger.eps.powi(2);
                let small = |l: &estimators::line::DuhamelLedger| -> Vec<(f64, Estimate)> {
                    l.gronwall.iter().map(|(t, e)| (*t, e.scaled(eps2))).collect()
                };
                Ok(p16_2::against_bound(&trial, &ledger, small, RATIO))
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
