//! S.4. Vlasov and its Weyl-transformed form are the same dynamics: iε∂ₜω̃ = [−ε²Δ, ω̃] + A against characteristics.
//!
//! The Weyl-transformed form is evolved in Weyl variables, i∂ₜG = −2∂ₓ∂_yG + U′(x)yG; Vlasov itself by backward characteristics.

use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;
use crate::theorem::TrialMaker;
use crate::trial;

/// The claim.
pub fn claim() -> Claim {
    Claim::step(
        "S.4",
        "Vlasov and its Weyl-transformed form are the same dynamics",
        Box::new(|lab| Ok(vlasov_only(lab, trial::repulsive)?.merged(vlasov_only(lab, trial::attractive)?))),
    )
    .measuring(&["‖W̃ (Weyl-transformed) − W̃ (characteristics)‖_{L²}/‖W‖_{L²}"])
    .on(&["gaussian(+1)/two-bumps", "gaussian(−1)/two-bumps"])
    .control("v for 2v", Box::new(|lab| vlasov_only(lab, crate::theorems::wrong::speed_in_vlasov)))
    .control(
        "the 2019 sign of the force",
        Box::new(|lab| vlasov_only(lab, crate::theorems::wrong::flipped_force)),
    )
}

fn vlasov_only(laboratory: &Laboratory, make: TrialMaker) -> Result<Findings, LaboratoryError> {
    let checks =
        laboratory.validation(&make()?)?.iter().filter(|c| c.name.starts_with("Vlasov")).cloned().collect();
    Ok(Findings { checks, ..Findings::default() })
}
