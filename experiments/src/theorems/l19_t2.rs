//! L19.T2. C. Saffirio, CIRM Luminy 2019, Theorem 2.
//!
//! Let V(x) = ±|x|^(−α), α ∈ (0, 1], let H_m < ∞ for some m > 3, let the local supremum of |∇^kW_N|, k ≤ 5, be integrable in v,
//! ‖W_N‖_{H^k₄} ≤ C, k ≤ 6, and (iv) ‖ρ_{|[x,ω̃_t]|}‖_{L^p} ≤ CNε for all p ∈ [1, ∞] and t ≤ T. Then
//!
//! tr|ω_t − ω̃_t| ≤ C_T N ε [1 + Σ_{i=1}⁴ ε^i ‖W_N‖_{H^{i+2}₄}].
//!
//! On the line |x|^(−α) is integrable near 0 for α < 1 alone, and like 2δ/(1−α) as α → 1. At full strength −|x|^(−0.9) is nearly
//! −20δ: it folds the attracted bumps within t = 1 beyond what a grid of reasonable size resolves. α = 0.9 is therefore tried
//! at a tenth, V = ±0.1|x|^(−0.9).

use super::wrong;
use super::wrong::radial::Wrong;
use crate::claim::Claim;
use crate::exhibits;
use crate::facade::LaboratoryError;
use crate::laboratory::Exponent;
use crate::laboratory::HypothesisKind::{
    CommutatorDensity, LocalSup, LocallyIntegrable, Pauli, VelocityMoment, WeightedSobolev,
};
use crate::scenario::Quantity;
use crate::theorem::Theorem;
use crate::trial::radial::{self, RadialTrial};
use crate::trial::{self, Trial};

const ID: &str = "L19.T2";

/// (strength, α) in the analogue; the first is measured in every tier.
pub const POWERS: [(f64, f64); 3] = [(1.0, 0.75), (1.0, 0.5), (0.1, 0.9)];

/// α in the theorem's own setting, Coulomb's and gravity's first.
pub const OWN_ALPHAS: [f64; 2] = [1.0, 0.75];

/// The claim, read in the analogue d = 1.
pub fn claim() -> Claim {
    let theorem = Theorem::new(
        ID,
        "tr|ω_t−ω̃_t| ≤ C_T Nε [1+Σ_{i=1}^4 ε^i‖W_N‖_{H_4^{i+2}}], V = ±|x|^(−α), on the line 0 < α < 1",
    )
    .suppose([LocallyIntegrable, VelocityMoment { m: 4 }, WeightedSobolev { s: 6 }, Pauli])
    .suppose((0..=5).map(|order| LocalSup { order }))
    .suppose(Exponent::ALL.map(|p| CommutatorDensity { p }))
    .measure(Quantity::Trace)
    .at_most_eps_to(1.0)
    .quick(2);
    let both_signs = |theorem: Theorem<_>, (strength, alpha): (f64, f64)| {
        theorem.trial(move || trial::power(strength, alpha)).trial(move || trial::power(-strength, alpha))
    };
    POWERS
        .into_iter()
        .fold(theorem, both_signs)
        .trial(|| trial::power_and_fermi_dirac(0.25, 0.75))
        .control("v for 2v in Vlasov", || wrong::speed_in_vlasov_of(singular))
        .control("v for 2v in both dynamics", || wrong::speed_in_both_of(singular))
        .control("the 2019 sign of the force", || wrong::flipped_force_of(singular))
        .with_constants()
        .also(|laboratory| exhibits::against_alpha(laboratory, ID, &POWERS, |_| 1.0))
        .claim()
        .remark(
            "On the line α = 1 is not locally integrable, and refused. At α = 0.9 the strength is 0.1: −|x|^(−0.9) at full strength \
             folds the state within t = 1 beyond what was resolved.",
        )
        .undecidable("α = 1, which the line does not carry", Box::new(wrong::coulomb_on_the_line))
}

/// The claim in its own setting, for rotation-invariant data: Coulomb's repulsion and gravity among them.
pub fn own() -> Claim {
    let theorem =
        Theorem::new(ID, "tr|ω_t−ω̃_t| ≤ C_T Nε [1+Σ_{i=1}^4 ε^i‖W_N‖_{H_4^{i+2}}], V = ±|x|^(−α), 0 < α ≤ 1")
            .suppose([LocallyIntegrable, VelocityMoment { m: 4 }, WeightedSobolev { s: 6 }, Pauli])
            .suppose((0..=5).map(|order| LocalSup { order }))
            .suppose(Exponent::ALL.map(|p| CommutatorDensity { p }))
            .measure(Quantity::Trace)
            .beside(Quantity::HilbertSchmidt)
            .beside(Quantity::DensityL1)
            .at_most_eps_to(1.0)
            .quick(1);
    let both_signs = |theorem: Theorem<_>, alpha: f64| {
        theorem.trial(move || radial::power(1.0, alpha)).trial(move || radial::power(-1.0, alpha))
    };
    let theorem = OWN_ALPHAS
        .into_iter()
        .fold(theorem, both_signs)
        .trial(|| radial::power_and_chirped(1.0, OWN_ALPHAS[0]))
        .with_constants();
    wrong::radial::made(theorem, &[Wrong::FlippedForce, Wrong::Langer], coulomb)
        .also(|laboratory| exhibits::own::side_by_side(laboratory, ID, coulomb))
        .also(exhibits::own::every_alpha)
        .also(|laboratory| exhibits::own::budget(laboratory, ID, coulomb))
        .also(|laboratory| exhibits::own::cost(laboratory, ID, coulomb))
        .claim()
        .remark(
            "Rotation-invariant data alone. Hypothesis (iv) is measured at t = 0 and at the times of the ladder, through |K| ≥ |[x_i,ω̃_t]|.",
        )
}

/// Coulomb's repulsion, on which things are made wrong.
fn coulomb() -> Result<RadialTrial, LaboratoryError> {
    radial::power(1.0, 1.0)
}

/// The first of the trials, on which things are made wrong.
fn singular() -> Result<Trial, LaboratoryError> {
    trial::power(POWERS[0].0, POWERS[0].1)
}
