//! P16.1. Conjugation by the Hartree propagator, an identity: with iε∂ₜU = h(t)U, h = −ε²Δ + V∗ρ_t,
//!
//! iε∂ₜ U*(ω−ω̃)U = U*([V∗(ρ−ρ̃), ω̃] + B)U,  B(x;y) = [(V∗ρ̃)(x) − (V∗ρ̃)(y) − ∇(V∗ρ̃)((x+y)/2)·(x−y)] ω̃(x;y).

use estimators::Estimate;
use estimators::line::{Alteration, IdentityResidual, SourceTerm, conjugation_identity};
use rayon::prelude::*;

use super::chain;
use crate::claim::{Claim, Findings};
use crate::exhibits::ledger_rungs;
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, row};
use crate::record::Check;
use crate::theorem::altered;
use crate::trial::{self, Trial};

/// The two sides must agree to this fraction of ‖ω_t − ω̃_t‖_HS.
const AGREEMENT: f64 = 1e-5;
const TIME: f64 = 0.5;

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step("P16.1", "iε∂ₜ U*(ω−ω̃)U = U*([V∗(ρ−ρ̃),ω̃]+B)U, an identity", Box::new(measure))
        .measuring(&["‖(ω_t−ω̃_t) − (iε)^(−1)∫U(t,s)([V∗(ρ_s−ρ̃_s),ω̃_s]+B_s)U(t,s)*ds‖_HS / ‖ω_t−ω̃_t‖_HS"])
        .on(&names)
        .control(
            "B without (x−y), as one slide prints it",
            Box::new(|lab| residuals(lab, &trial::repulsive()?, SourceTerm::WithoutDistance)),
        )
        .control(
            "v for 2v in Vlasov",
            Box::new(|lab| {
                let slow = |a: &mut Alteration| a.vlasov_speed = 1.0;
                residuals(lab, &altered(trial::repulsive, "v for 2v in Vlasov", slow)?, SourceTerm::Correct)
            }),
        )
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in chain::TRIALS {
        found = found.merged(residuals(laboratory, &make()?, SourceTerm::Correct)?);
    }
    Ok(found)
}

fn residuals(laboratory: &Laboratory, trial: &Trial, term: SourceTerm) -> Result<Findings, LaboratoryError> {
    let resolution = laboratory.resolution(trial)?;
    let mut found = Findings::default();
    let identities: Vec<IdentityResidual> = ledger_rungs(laboratory.tier())
        .into_par_iter()
        .map(|eps| Ok(conjugation_identity(&trial.problem, resolution, eps, TIME, term)?))
        .collect::<Result<_, LaboratoryError>>()?;
    for identity in &identities {
        found.rows.push(row(&trial.name, identity.eps, TIME, "P16.1 residual", identity.residual));
    }
    // a difference of size 0 would make the residual a NaN, and the verdict unresolved
    let worst = Estimate::worst(identities.iter().map(|identity| identity.residual));
    let name = "relative residual of the identity";
    found.checks.push(Check::vanishing(name, &trial.name, &worst, AGREEMENT));
    Ok(found)
}
