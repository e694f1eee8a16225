//! G16.T1. C. Saffirio, Grenoble 2016, Theorem 1.
//!
//! Let V ∈ W^{2,∞} and ‖W_N‖_{H⁵₄} < C. Then for all t
//!
//! tr|ω_t − ω̃_t| ≤ C N ε exp(C exp(C|t|)) [1 + Σ_{k=1}³ ε^k ‖W_N‖_{H^{k+2}₄}].

mod coherences;

use super::wrong;
use super::wrong::radial::Wrong;
use crate::claim::Claim;
use crate::exhibits;
use crate::laboratory::HypothesisKind::{Pauli, W2Infinity, WeightedSobolev};
use crate::scenario::Quantity;
use crate::theorem::Theorem;
use crate::trial::{self, radial};

const ID: &str = "G16.T1";
const STATEMENT: &str = "tr|ω_t−ω̃_t| ≤ CNε exp(C exp(C|t|)) [1+Σ_{k=1}^3 ε^k‖W_N‖_{H_4^{k+2}}]";

/// The claim, read in the analogue d = 1.
pub fn claim() -> Claim {
    Theorem::new(ID, STATEMENT)
        .suppose([W2Infinity, WeightedSobolev { s: 5 }, Pauli])
        .measure(Quantity::Trace)
        .beside(Quantity::WignerL1)
        .beside(Quantity::DensityL1)
        .at_most_eps_to(1.0)
        .trial(trial::repulsive)
        .trial(trial::attractive)
        .trial(trial::rough_interaction)
        .trial(trial::fermi_dirac)
        .control("v for 2v in Vlasov", wrong::speed_in_vlasov)
        .control("v for 2v in both dynamics", wrong::speed_in_both)
        .control("the 2019 sign of the force", wrong::flipped_force)
        .undecidable("the unmasked Weyl matrix", wrong::unmasked)
        .undecidable("quadratic null test: ω = ω̃, no rate", trial::quadratic)
        .with_constants()
        .also(exhibits::portraits)
        .also(|laboratory| exhibits::growth_in_time(laboratory, Quantity::Trace))
        .also(coherences::beside)
        .claim()
}

/// The claim in its own setting, for rotation-invariant data.
pub fn own() -> Claim {
    let theorem = Theorem::new(ID, STATEMENT)
        .suppose([W2Infinity, WeightedSobolev { s: 5 }, Pauli])
        .measure(Quantity::Trace)
        .beside(Quantity::HilbertSchmidt)
        .beside(Quantity::DensityL1)
        .at_most_eps_to(1.0)
        .quick(1)
        .trial(radial::repulsive)
        .trial(radial::attractive)
        .trial(radial::repulsive_and_chirped)
        .with_constants();
    let wrong = [Wrong::SpeedInVlasov, Wrong::HalfLine, Wrong::Unnormalised];
    wrong::radial::made(theorem, &wrong, radial::repulsive)
        .also(|laboratory| exhibits::own::side_by_side(laboratory, ID, radial::repulsive))
        .claim()
}
