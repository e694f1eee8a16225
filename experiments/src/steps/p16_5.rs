//! P16.5. ‖ρ−ρ̃‖_{L¹} ≤ N^(−1) tr|ω−ω̃|.

use super::chain;
use crate::claim::Claim;

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
        "a third of the right-hand side",
        Box::new(|lab| chain::control_ratio(lab, RATIO, |l| l.density_l1.over(&l.distance).scaled(3.0))),
    )
    .control(
        "‖ω−ω̃‖²_HS in place of tr|ω−ω̃|",
        Box::new(|lab| chain::control_ratio(lab, RATIO, |l| l.density_l1.over(&l.hilbert_schmidt_squared))),
    )
}
