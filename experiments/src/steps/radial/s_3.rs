//! S.3 in R³. tr|[x, ω_N]| ≲ Nε for mixed states, and tr|[|x|², ω_N]| ≲ Nε.
//!
//! |K| = (Σ_i|[x_i,ω]|²)^{1/2} is a scalar operator; tr|[x₃,ω]| ≤ tr|K| ≤ 3tr|[x₃,ω]|, and tr|K| → Nε‖∇ᵥW‖_{L¹}. [x₃,ω] itself couples ℓ with
//! ℓ±1 and needs a matrix for every m: its cost grows like ε^(−6), and it is measured at the largest ε alone.

use estimators::Estimate;
use estimators::radial::Problem;
use operators::radial::ComponentCommutator;
use rayon::prelude::*;
use states::radial::L1Norms;

use super::{THERMAL, commutator_norm, own as in_own_setting, refused, rungs, thermal_channels};
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, row_in};
use crate::record::Check;
use crate::steps::chain::stays_bounded;
use crate::trial::radial;

const VECTOR: &str = "tr|K|/(Nε), |K|² = Σ_i|[x_i,ω_N]|²";
const SQUARE: &str = "tr|[|x|²,ω_N]|/(Nε)";
const COMPONENT: &str = "tr|[x₃,ω_N]|/(Nε)";
/// ‖2x·∇ᵥW‖_{L¹} of the thermal state: 2⟨|x·v|⟩ = ⟨|x|⟩⟨|v|⟩ = 8/π.
const SQUARE_LIMIT: f64 = 8.0 / std::f64::consts::PI;
/// The limits are reached up to this many ε².
const SECOND_ORDER: f64 = 0.2;

/// The claim in its own setting.
pub fn own() -> Claim {
    in_own_setting(
        "S.3",
        "tr|[x,ω_N]| ≲ Nε (mixed states)",
        Box::new(|lab| Ok(vector(lab, 1.0)?.merged(square(lab)?).merged(component(lab, 1.0)?))),
    )
    .measuring(&[VECTOR, SQUARE, COMPONENT])
    .on(&["+|x|^(−1)/two-widths", THERMAL])
    .control("Nε² in place of Nε", Box::new(|lab| vector(lab, 2.0)))
    .control("tr|K| ≤ tr|[x₃,ω]|, a single component", Box::new(|lab| component(lab, 1.0 / 3.0)))
    .remark(
        "tr|[x₃,ω_N]| is measured exactly, by its ℓ±1 blocks, at ε = 1/2, in the standard tier at 1/3 as well, in the deep tier at 1/4: its cost \
         grows like ε^(−6). At smaller ε it lies between tr|K|/3 and tr|K|.",
    )
}

/// tr|K|/(Nε^power), of the two widths, and its limit.
fn vector(laboratory: &Laboratory, power: f64) -> Result<Findings, LaboratoryError> {
    let trial = radial::power(1.0, 1.0)?;
    let limit = L1Norms::of_state(trial.problem.initial.as_ref()).d_v;
    let limit = Estimate::new(limit.value, limit.error);
    let mut found = Findings::default();
    let mut values = Vec::new();
    for norms in laboratory.radial_commutator_norms(&trial)?.iter() {
        let value = norms.times[0].1[0].scaled(norms.eps.powf(1.0 - power));
        found.rows.push(row_in::<Problem>(&trial.name, norms.eps, 0.0, VECTOR, value));
        found.checks.push(limit_check(&trial.name, VECTOR, norms.eps, &value.over(&limit)));
        values.push(value);
    }
    found.checks.push(stays_bounded(&trial.name, VECTOR, &values));
    Ok(found)
}

/// |value/limit − 1| ≤ 0.2ε².
fn limit_check(trial: &str, what: &str, eps: f64, ratio: &Estimate) -> Check {
    let scaled = Estimate::new((ratio.value - 1.0).abs(), ratio.error).scaled(1.0 / (eps * eps));
    let name =
        format!("{what}: distance from its limit over ε² at ε = {}", crate::render::number::epsilon(eps));
    Check::vanishing(name, trial, &scaled, SECOND_ORDER)
}

/// tr|[|x|²,ω]|/(Nε) of the thermal state, on two boxes.
fn square(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for &eps in rungs(laboratory.tier()) {
        let norm = |larger: f64| -> Result<Estimate, LaboratoryError> {
            let omega = thermal_channels(eps, larger, false)?;
            let squares: Vec<f64> = omega.grid().points().iter().map(|r| r * r).collect();
            Ok(commutator_norm(&omega, &squares)?.scaled(eps * eps))
        };
        let (value, larger) = (norm(1.0)?, norm(1.15)?);
        let value = Estimate::new(value.value, value.error + (value.value - larger.value).abs());
        found.rows.push(row_in::<Problem>(THERMAL, eps, 0.0, SQUARE, value));
        found.checks.push(limit_check(THERMAL, SQUARE, eps, &value.scaled(1.0 / SQUARE_LIMIT)));
    }
    Ok(found)
}

/// tr|[x₃,ω]| ≤ tr|K| ≤ 3·factor·tr|[x₃,ω]|, by the exact blocks on two boxes.
fn component(laboratory: &Laboratory, factor: f64) -> Result<Findings, LaboratoryError> {
    let affordable = match laboratory.tier() {
        Tier::Quick => 1,
        Tier::Standard => 2,
        Tier::Deep => 3,
    };
    let mut found = Findings::default();
    for &eps in &rungs(laboratory.tier())[..affordable] {
        let exact = |larger: f64| -> Result<(f64, f64), LaboratoryError> {
            let omega = thermal_channels(eps, larger, true)?;
            let commutator = ComponentCommutator::new(&omega);
            let sector = |m: usize| commutator.sector_trace_norm(m).map_err(refused);
            let norms: Vec<(f64, f64)> =
                (0..=commutator.last()).into_par_iter().map(sector).collect::<Result<_, _>>()?;
            // m and −m alike
            let sum: f64 = norms.iter().enumerate().map(|(m, n)| if m == 0 { n.0 } else { 2.0 * n.0 }).sum();
            let vector = operators::radial::VectorCommutator::new(&omega, 1e-7).map_err(refused)?;
            Ok((sum * eps * eps, vector.trace_norm().0 * eps * eps))
        };
        let ((x3, k), (larger_x3, larger_k)) = (exact(0.85)?, exact(0.75)?);
        let x3 = Estimate::new(x3, (x3 - larger_x3).abs());
        let k = Estimate::new(k, (k - larger_k).abs());
        found.rows.push(row_in::<Problem>(THERMAL, eps, 0.0, COMPONENT, x3));
        let at = format!("at ε = {}", crate::render::number::epsilon(eps));
        found.checks.push(Check::at_most(format!("tr|[x₃,ω]| ≤ tr|K| {at}"), THERMAL, &x3, &k));
        found.checks.push(Check::at_most(
            format!("tr|K| ≤ 3tr|[x₃,ω]| {at}"),
            THERMAL,
            &k,
            &x3.scaled(3.0 * factor),
        ));
    }
    Ok(found)
}
