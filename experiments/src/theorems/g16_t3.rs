//! G16.T3. C. Saffirio, Grenoble 2016, Theorem 3.
//!
//! Let ∫|V̂(p)|(1+|p|³)dp < ∞, tr|[x,ω_N]| ≤ CNε, tr|[ε∇,ω_N]| ≤ CNε and ‖W_N‖_{W^{1,1}} ≤ C. Then for all p, q, t
//!
//! |tr e^{ip·x+εq·∇}(ω_t − ω̃_t)| ≤ C N ε (1+|p|+|q|)² exp(C|t|).
//!
//! Pure states are allowed by the theorem where ‖W_N‖_{W^{1,1}} stays bounded. On the line it does not: determinants of a trap, released, are
//! followed beside the mixed states, and what holds for them is said and not judged.

mod radial;

use super::wrong;
use crate::claim::Claim;
use crate::exhibits::{self, pure_states};
use crate::laboratory::HypothesisKind::{FourierWeight, GradientCommutator, PositionCommutator, W11};
use crate::scenario::Quantity;
use crate::theorem::Theorem;
use crate::trial;

pub use radial::own;

const ID: &str = "G16.T3";
const STATEMENT: &str = "|tr e^{ip·x+εq·∇}(ω_t−ω̃_t)| ≤ CNε(1+|p|+|q|)² exp(C|t|) for all p, q, t";

/// The claim, read in the analogue d = 1.
pub fn claim() -> Claim {
    Theorem::new(ID, STATEMENT)
        .suppose([FourierWeight { power: 3 }, PositionCommutator, GradientCommutator, W11])
        .measure(Quantity::Observables)
        .at_most_eps_to(1.0)
        .trial(trial::repulsive)
        .trial(trial::attractive)
        .trial(trial::fermi_dirac)
        .beyond(trial::rough_interaction)
        .control("v for 2v in Vlasov", wrong::speed_in_vlasov)
        .control("v for 2v in both dynamics", wrong::speed_in_both)
        .control("the 2019 sign of the force", wrong::flipped_force)
        .undecidable("quadratic null test: ω = ω̃, no rate", trial::quadratic)
        .also(exhibits::observable_growth)
        .also(|laboratory| exhibits::growth_in_time(laboratory, Quantity::Observables))
        .also(pure_states::released)
        .also(pure_states::portrait)
        .claim()
        .on(&pure_states::TRIALS.map(|name| format!("{name} (outside the hypotheses, not judged)")))
        .control("pure states: v for 2v in Vlasov", Box::new(pure_states::too_slow))
}
