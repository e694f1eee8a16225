//! P16.3. tr|[V∗(ρ−ρ̃),ω̃]| ≤ ‖ρ−ρ̃‖_{L¹} sup_z tr|[V(z−·),ω̃]|. The supremum over a grid of z bounds it from below.

use super::chain;
use crate::claim::Claim;

const RATIO: &str = "tr|[V∗(ρ−ρ̃),ω̃]| / (‖ρ−ρ̃‖_{L¹} sup_z tr|[V(z−·),ω̃]|)";

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P16.3",
        "tr|[V∗(ρ−ρ̃),ω̃]| ≤ ‖ρ−ρ̃‖_{L¹} sup_z tr|[V(z−·),ω̃]|",
        Box::new(|lab| {
            chain::ratios_at_most_one(lab, RATIO, |l| {
                l.mean_field_term.over(&l.density_l1).over(&l.sup_commutator)
            })
        }),
    )
    .measuring(&[RATIO])
    .on(&names)
    .control(
        "half the right-hand side",
        Box::new(|lab| {
            chain::control_ratio(lab, RATIO, |l| {
                l.mean_field_term.over(&l.density_l1).over(&l.sup_commutator).scaled(2.0)
            })
        }),
    )
}
