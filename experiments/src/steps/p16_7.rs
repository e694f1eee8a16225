//! P16.7. tr|[x,[x,ω̃]]| = Nε²‖∂ᵥ²W̃‖_{L¹}(1+o(1)); it controls tr|B|.
//!
//! Explicitly, with U = V∗ρ̃: B is a superposition of e^{ip(x+y)/2}[2i sin(p(x−y)/2) − ip(x−y)] ω̃(x;y), each at most
//! p²/4 tr|[x,[x,ω̃]]|, so that tr|B| ≤ ¼(2π)^(−1)∫|Û(p)|p²dp · tr|[x,[x,ω̃]]|. For smooth U the bound is far from sharp:
//! tr|B| = Nε³‖U‴∂ᵥ³W̃‖_{L¹}/24 (1+o(1)), which is measured beside it.

use estimators::Estimate;
use estimators::line::Link;

use super::chain;
use crate::claim::Claim;

const LIMIT: &str = "tr|[x,[x,ω̃]]| / (Nε²‖∂ᵥ²W̃‖_{L¹})";
const SHARP: &str = "tr|B| / (Nε³‖U‴∂ᵥ³W̃‖_{L¹}/24)";
const CONTROL: &str = "tr|B| / (¼(2π)^(−1)∫|Û|p²dp · tr|[x,[x,ω̃]]|)";

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P16.7",
        "tr|[x,[x,ω̃]]| = Nε²‖∂ᵥ²W̃‖_{L¹}(1+o(1)); it controls tr|B|",
        Box::new(|lab| {
            let limit = chain::tends_to_one(lab, LIMIT, |l| l.double_commutator.over(&l.second_gradient_l1))?;
            let control = chain::ratios_at_most_one(lab, CONTROL, |l| {
                // error_term = ε^(−1)tr|B|/N, double_commutator = tr|[x,[x,ω̃]]|/(Nε²)
                l.error_term.over(&l.double_commutator.scaled(l.curvature * l.eps))
            })?;
            let sharp = chain::tends_to_one(lab, SHARP, sharp)?;
            Ok(limit.merged(control).merged(sharp))
        }),
    )
    .measuring(&[LIMIT, CONTROL, SHARP])
    .on(&names)
    .control(
        "‖∂ᵥW̃‖ in place of ‖∂ᵥ²W̃‖",
        Box::new(|lab| chain::tends_to_one(lab, LIMIT, |l| l.double_commutator.over(&l.gradient_l1))),
    )
    .control(
        "1/12 in place of 1/24",
        Box::new(|lab| chain::tends_to_one(lab, SHARP, |l| sharp(l).scaled(0.5))),
    )
}

fn sharp(l: &Link) -> Estimate {
    l.error_term.over(&l.error_limit.scaled(l.eps.powi(2)))
}
