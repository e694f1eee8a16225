//! G16.T2. C. Saffirio, Grenoble 2016, Theorem 2.
//!
//! Let ∫|V̂(p)|(1+|p|²)dp < ∞ and ‖W_N‖_{H²₄} < C. Then for all t
//!
//! ‖ω_t − ω̃_t‖_HS ≤ C √N ε exp(C exp(C|t|)),  equivalently  ‖W_t − W̃_t‖_{L²} ≤ C ε exp(C exp(C|t|)).

pub mod extremal;

use super::wrong;
use super::wrong::radial::Wrong;
use crate::claim::Claim;
use crate::exhibits;
use crate::laboratory::HypothesisKind::{FourierWeight, WeightedSobolev};
use crate::scenario::Quantity;
use crate::theorem::Theorem;
use crate::trial::{self, radial};

const ID: &str = "G16.T2";
const STATEMENT: &str =
    "‖ω_t−ω̃_t‖_HS ≤ C√N ε exp(C exp(C|t|)); equivalently ‖W_t−W̃_t‖_{L²} ≤ Cε exp(C exp(C|t|))";

/// The claim, read in the analogue d = 1.
pub fn claim() -> Claim {
    Theorem::new(ID, STATEMENT)
        .suppose([FourierWeight { power: 2 }, WeightedSobolev { s: 2 }])
        .measure(Quantity::HilbertSchmidt)
        .at_most_eps_to(1.0)
        .trial(trial::repulsive)
        .trial(trial::attractive)
        .trial(trial::fermi_dirac)
        .beyond(trial::rough_interaction)
        .control("v for 2v in Vlasov", wrong::speed_in_vlasov)
        .control("v for 2v in both dynamics", wrong::speed_in_both)
        .control("the 2019 sign of the force", wrong::flipped_force)
        .undecidable("quadratic null test: ω = ω̃, no rate", trial::quadratic)
        .with_constants()
        .also(exhibits::equivalence_in_l2)
        .also(exhibits::null_test)
        .also(|laboratory| exhibits::growth_in_time(laboratory, Quantity::HilbertSchmidt))
        .also(exhibits::growth_models)
        .also(exhibits::order_against_temperature)
        .also(exhibits::order_against_regularity)
        .also(exhibits::film)
        .also(extremal::search)
        .claim()
        .on(&extremal::trials())
        .undecidable("an oscillation outside H²: s = 1", Box::new(extremal::outside))
        .undecidable("a coherence at distance O(1) on a ladder that ends at 1/256", Box::new(extremal::cut))
        .control(
            "the oscillation carried with v for 2v",
            Box::new(|lab| extremal::carried_wrongly(lab, extremal::SLOW)),
        )
        .control(
            "the oscillation with the other sign of its symbol",
            Box::new(|lab| extremal::carried_wrongly(lab, extremal::REVERSED)),
        )
}

/// The claim in its own setting, for rotation-invariant data.
pub fn own() -> Claim {
    let theorem = Theorem::new(ID, STATEMENT)
        .suppose([FourierWeight { power: 2 }, WeightedSobolev { s: 2 }])
        .measure(Quantity::HilbertSchmidt)
        .beside(Quantity::DensityL1)
        .at_most_eps_to(1.0)
        .quick(1)
        .trial(radial::repulsive)
        .trial(radial::attractive)
        .trial(radial::repulsive_and_chirped)
        .with_constants();
    wrong::radial::made(theorem, &[Wrong::SpeedInVlasov, Wrong::HalfLine], radial::repulsive).claim()
}
