//! S.4. Vlasov and its Weyl-transformed form are the same dynamics: iε∂ₜω̃ = [−ε²Δ, ω̃] + A against characteristics.
//!
//! The Weyl-transformed form is evolved in Weyl variables, i∂ₜG = −2∂ₓ∂_yG + U′(x)yG; Vlasov itself by backward characteristics.

use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;
use crate::record::Check;

use crate::theorems::wrong;
use crate::trial::{self, TrialMaker};

/// The claim.
pub fn claim() -> Claim {
    Claim::step(
        "S.4",
        "Vlasov and its Weyl-transformed form are the same dynamics",
        Box::new(|lab| {
            let repulsive = vlasov_only(&lab.validation(&trial::repulsive()?)?);
            Ok(repulsive.merged(vlasov_only(&lab.validation(&trial::attractive()?)?)))
        }),
    )
    .measuring(&["‖W̃ (Weyl-transformed) − W̃ (characteristics)‖_{L²}/‖W‖_{L²}"])
    .on(&["gaussian(+1)/two-bumps", "gaussian(−1)/two-bumps"])
    .control("v for 2v", Box::new(|lab| control(lab, wrong::speed_in_vlasov)))
    .control("the 2019 sign of the force", Box::new(|lab| control(lab, wrong::flipped_force)))
}

fn control(laboratory: &Laboratory, make: TrialMaker) -> Result<Findings, LaboratoryError> {
    Ok(vlasov_only(&laboratory.control_validation(&make()?)?))
}

fn vlasov_only(checks: &[Check]) -> Findings {
    let checks = checks.iter().filter(|c| c.name.starts_with("Vlasov")).cloned().collect();
    Findings { checks, ..Findings::default() }
}
