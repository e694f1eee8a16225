//! P16.3. tr|[V∗(ρ−ρ̃),ω̃]| ≤ ‖ρ−ρ̃‖_{L¹} sup_z tr|[V(z−·),ω̃]|. The supremum over a grid of z bounds it from below.

use estimators::Estimate;

use super::chain;
use crate::claim::{Claim, Findings};

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
        "‖ρ−ρ̃‖²_{L¹} in place of ‖ρ−ρ̃‖_{L¹}",
        Box::new(|lab| {
            let (trial, ledger) = chain::altered_ledger(lab, "correct", |_| ())?;
            let ratios = ledger.links[1..]
                .iter()
                .map(|l| l.mean_field_term.over(&l.density_l1).over(&l.density_l1).over(&l.sup_commutator))
                .collect::<Vec<Estimate>>();
            let check = chain::at_most_one(&trial.name, RATIO, ratios);
            Ok(Findings { checks: vec![check], ..Findings::default() })
        }),
    )
}
