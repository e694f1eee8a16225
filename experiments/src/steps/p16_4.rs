//! P16.4. sup_z tr|[V(z−·),ω̃_s]| ≲ tr|[x,ω̃_s]| = Nε‖∇ᵥW̃_s‖_{L¹}(1+o(1)) ≤ CNε‖∇W_0‖_{L¹}e^{C|s|}.
//!
//! The constants are explicit: [V(z−·),ω̃] is a superposition of [e^{ipx},ω̃], each at most |p| tr|[x,ω̃]|, so that the first
//! is (2π)^(−1)∫|V̂(p)||p|dp; and the flow ẋ = 2v, v̇ = −U′ stretches by at most exp(max(2, ‖V″‖_∞)|s|).

use estimators::Estimate;

use super::chain;
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::Laboratory;
use crate::trial;

const FIRST: &str = "sup_z tr|[V(z−·),ω̃]| / ((2π)^(−1)∫|V̂||p|dp · tr|[x,ω̃]|)";
const LIMIT: &str = "tr|[x,ω̃]| / (Nε‖∂ᵥW̃‖_{L¹})";
const GROWTH: &str = "‖∂ᵥW̃_s‖_{L¹} / (‖∇W_0‖_{L¹} exp(max(2,‖V″‖_∞)s))";

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P16.4",
        "sup_z tr|[V(z−·),ω̃_s]| ≲ tr|[x,ω̃_s]| = Nε‖∇ᵥW̃_s‖_{L¹}(1+o(1)) ≤ CNε‖∇W_0‖_{L¹}e^{C|s|}",
        Box::new(measure),
    )
    .measuring(&[FIRST, LIMIT, GROWTH])
    .on(&names)
    .control(
        "‖∂ₓW̃‖ in place of ‖∂ᵥW̃‖",
        Box::new(|lab| chain::tends_to_one(lab, LIMIT, |l| l.x_commutator.over(&l.position_gradient_l1))),
    )
    .control(
        "a third of (2π)^(−1)∫|V̂||p|dp",
        Box::new(|lab| {
            let weight = weight()? / 3.0;
            chain::control_ratio(lab, FIRST, |l| l.sup_commutator.over(&l.x_commutator.scaled(weight)))
        }),
    )
    .control(
        "no stretching, exp(0) in place of exp(max(2,‖V″‖_∞)s), and half of ‖∇W_0‖",
        Box::new(|lab| {
            chain::control_ratio(lab, GROWTH, |l| l.gradient_l1.over(&l.initial_gradient_l1.scaled(0.5)))
        }),
    )
}

/// (2π)^(−1)∫|V̂||p|dp, the same for both trials.
fn weight() -> Result<f64, LaboratoryError> {
    let moment = trial::repulsive()?.problem.interaction.fourier_moment(1);
    Ok(moment.map_or(f64::INFINITY, |m| m.value + m.error))
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    // both trials have |V| = exp(−x²/2), and so the same constants
    let interaction = trial::repulsive()?.problem.interaction;
    let weight = weight()?;
    let stretch = interaction.second_derivative_sup().map_or(f64::INFINITY, |c| c.max(2.0));
    let first = chain::ratios_at_most_one(laboratory, FIRST, |l| {
        // both sides carry ε^(−1): sup_commutator is already divided by Nε
        l.sup_commutator.over(&l.x_commutator.scaled(weight))
    })?;
    let limit = chain::tends_to_one(laboratory, LIMIT, |l| l.x_commutator.over(&l.gradient_l1))?;
    let growth = chain::ratios_at_most_one(laboratory, GROWTH, |l| {
        let bound = l.initial_gradient_l1.scaled((stretch * l.time).exp());
        l.gradient_l1.over(&Estimate::new(bound.value, bound.error))
    })?;
    Ok(first.merged(limit).merged(growth))
}
