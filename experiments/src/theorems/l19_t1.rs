//! L19.T1. C. Saffirio, CIRM Luminy 2019, Theorem 1.
//!
//! Let V(x) = |x|^(−α), α ∈ (0, 1/2), tr(−ε²Δ)ω_N ≤ CN, H_2 < ∞ and H_m < ∞ for some m > 6α/(2−α), let the local supremum of
//! |∇^lW_N|, l ≤ 5, be integrable in v, and let ‖W_N‖_{H^k₄} ≤ C, k = 0, …, 6. Then
//!
//! tr|ω_t − ω̃_t| ≤ e^{Ct} N ε^{11/12 − α/2} + higher order.
//!
//! The exponent bounds the order from below: a smooth ρ makes V∗ρ smooth, and smooth data are seen to converge like ε². The
//! condition on H_m reads m > 1.742 at α = 0.45, so that H_2 serves it.

use super::wrong;
use super::wrong::radial::Wrong;
use crate::claim::Claim;
use crate::exhibits;
use crate::facade::LaboratoryError;
use crate::laboratory::HypothesisKind::{
    KineticEnergy, LocalSup, LocallyIntegrable, Pauli, VelocityMoment, WeightedSobolev,
};
use crate::scenario::Quantity;
use crate::theorem::Theorem;
use crate::trial::radial::{self, RadialTrial};
use crate::trial::{self, Trial};

const ID: &str = "L19.T1";

/// α in the analogue; the first is measured in every tier.
pub const ALPHAS: [f64; 4] = [0.25, 0.1, 0.4, 0.45];

/// α in the theorem's own setting, likewise.
pub const OWN_ALPHAS: [f64; 2] = [0.25, 0.45];

/// θ(α) = 11/12 − α/2.
pub const fn theta(alpha: f64) -> f64 {
    11.0 / 12.0 - alpha / 2.0
}

/// The claim, read in the analogue d = 1.
pub fn claim() -> Claim {
    let theorem =
        Theorem::new(ID, "tr|ω_t−ω̃_t| ≤ e^{Ct} N ε^{11/12−α/2} + h.o.t., V = ±|x|^(−α), 0 < α < 1/2")
            .suppose([
                LocallyIntegrable,
                KineticEnergy,
                VelocityMoment { m: 2 },
                WeightedSobolev { s: 6 },
                Pauli,
            ])
            .suppose((0..=5).map(|order| LocalSup { order }))
            .measure(Quantity::Trace)
            .at_most_eps_to(theta(0.1))
            .quick(2);
    let both_signs = |theorem: Theorem<_>, alpha: f64| {
        theorem
            .trial_to(theta(alpha), move || trial::power(1.0, alpha))
            .trial_to(theta(alpha), move || trial::power(-1.0, alpha))
    };
    ALPHAS
        .into_iter()
        .fold(theorem, both_signs)
        .trial_to(theta(0.25), || trial::power_and_fermi_dirac(1.0, 0.25))
        .control_to(theta(0.25), "v for 2v in Vlasov", || wrong::speed_in_vlasov_of(singular))
        .control_to(theta(0.25), "v for 2v in both dynamics", || wrong::speed_in_both_of(singular))
        .control_to(theta(0.25), "the 2019 sign of the force", || wrong::flipped_force_of(singular))
        .with_constants()
        .also(|laboratory| {
            exhibits::against_alpha(laboratory, ID, &ALPHAS.map(|alpha| (1.0, alpha)), theta)
        })
        .claim()
        .remark(
            "The exponent 11/12 − α/2 bounds the order from below; a smooth ρ makes V∗ρ smooth, and smooth data have order 2 for \
             every α. The claimed exponent in the ledger is that of the trial whose order is printed.",
        )
        .undecidable("α = 1, which the line does not carry", Box::new(wrong::coulomb_on_the_line))
}

/// The claim in its own setting, for rotation-invariant data.
pub fn own() -> Claim {
    let theorem =
        Theorem::new(ID, "tr|ω_t−ω̃_t| ≤ e^{Ct} N ε^{11/12−α/2} + h.o.t., V = ±|x|^(−α), 0 < α < 1/2")
            .suppose([
                LocallyIntegrable,
                KineticEnergy,
                VelocityMoment { m: 2 },
                WeightedSobolev { s: 6 },
                Pauli,
            ])
            .suppose((0..=5).map(|order| LocalSup { order }))
            .measure(Quantity::Trace)
            .beside(Quantity::HilbertSchmidt)
            .beside(Quantity::DensityL1)
            .at_most_eps_to(theta(OWN_ALPHAS[0]))
            .quick(1);
    let both_signs = |theorem: Theorem<_>, alpha: f64| {
        theorem
            .trial_to(theta(alpha), move || radial::power(1.0, alpha))
            .trial_to(theta(alpha), move || radial::power(-1.0, alpha))
    };
    let theorem = OWN_ALPHAS
        .into_iter()
        .fold(theorem, both_signs)
        .trial_to(theta(OWN_ALPHAS[1]), || radial::power_and_chirped(1.0, OWN_ALPHAS[1]))
        .with_constants();
    wrong::radial::made(theorem, &[Wrong::SpeedInBoth], own_singular).claim().remark(
        "The exponent 11/12 − α/2 bounds the order from below; smooth data have order 2 for every α. The claimed exponent in the \
         ledger is that of the trial whose order is printed.",
    )
}

/// The first of the trials, on which things are made wrong.
fn singular() -> Result<Trial, LaboratoryError> {
    trial::power(1.0, ALPHAS[0])
}

fn own_singular() -> Result<RadialTrial, LaboratoryError> {
    radial::power(1.0, OWN_ALPHAS[0])
}
