//! P16.5. ‖ρ−ρ̃‖_{L¹} ≤ N^(−1) tr|ω−ω̃|.

use estimators::Estimate;

use super::chain;
use crate::claim::{Claim, Findings};

const RATIO: &str = "‖ρ−ρ̃‖_{L¹} / (N^(−1)tr|ω−ω̃|)";

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P16.5",
        "‖ρ−ρ̃‖_{L¹} ≤ N^(−1) tr|ω−ω̃|",
        Box::new(|lab| chain::ratios_at_most_one(lab, RATIO, |l| l.density_l1.over(&l.distance))),
    )
    .measuring(&[RATIO])
    .on(&names)
    .control(
        "‖ω−ω̃‖²_HS in place of tr|ω−ω̃|",
        Box::new(|lab| {
            let (trial, ledger) = chain::altered_ledger(lab, "correct", |_| ())?;
            let ratios: Vec<Estimate> =
                ledger.links[1..].iter().map(|l| l.density_l1.over(&l.hilbert_schmidt_squared)).collect();
            let check = chain::at_most_one(&trial.name, RATIO, ratios);
            Ok(Findings { checks: vec![check], ..Findings::default() })
        }),
    )
}
