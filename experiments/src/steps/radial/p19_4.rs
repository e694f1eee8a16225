//! P19.4 in R³ at y = 0. tr|[χ_{(r,y)},ω̃]| ≲ √r Nε, and ≲ r^{3/2−δ}Σᵢ‖ρ_{|[xᵢ,ω̃]|}‖_{L¹}^{1/6+δ}‖ρ_{|[xᵢ,ω̃]|}‖_{L^∞}^{5/6−δ}.
//!
//! For r ≪ ε the left side is 2(π/2)^{3/4}r^{3/2}(ω²)(0;0)^{1/2} ∝ N(εr)^{3/2}, for r ≫ ε it is Nε∬|∇χ·∇ᵥW|, which is ∝ r² for r ≪ 1: both printed
//! bounds hold for all r with constants that do not depend on ε, other than on the line.

use std::sync::Arc;

use estimators::Estimate;
use estimators::radial::Problem;
use operators::radial::{LocalisedCommutator, VectorCommutator};
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use rayon::prelude::*;
use transforms::weyl::radial::{ChannelOptions, RadialWeylVariables, weyl_channels_with};

use super::{THERMAL, own as in_own_setting, refused, rungs, thermal, thermal_channels};
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::{Memo, row_in};
use crate::record::Check;
use crate::render::number::epsilon;
use crate::steps::chain::stays_bounded;

const VALUE: &str = "tr|[χ_(r,0),ω]|/(Nε)";
const FIRST: &str = "max over r = ε2^k < 6 of tr|[χ_(r,0),ω]|/(√r Nε)";
const SECOND: &str = "max over r = ε2^k < 6 of tr|[χ_(r,0),ω]|/(r^{3/2−δ}‖ρ_{|K|}‖_{L¹}^{1/6+δ}‖ρ_{|K|}‖_{L^∞}^{5/6−δ}), δ = 1/20";
const DELTA: f64 = 0.05;
/// r of the wide windows, ε ≪ r.
const WIDE: [f64; 3] = [0.7, 1.4, 3.0];
/// r/ε of the narrow ones.
const NARROW: [f64; 2] = [1.0 / 16.0, 1.0 / 32.0];

/// The claim in its own setting.
pub fn own() -> Claim {
    let study = Arc::new(Study::default());
    let (line, square, power) = (study.clone(), study.clone(), study.clone());
    in_own_setting(
        "P19.4",
        "tr|[χ_{(r,y)},ω̃]| ≲ √r Nε, and ≲ r^{3/2−δ}Σᵢ‖ρ_{|[xᵢ,ω̃]|}‖_{L¹}^{1/6+δ}‖ρ_{|[xᵢ,ω̃]|}‖_{L^∞}^{5/6−δ}",
        Box::new(move |lab| {
            let rungs = rungs(lab.tier());
            let narrow = study.narrow_slopes(&rungs[..rungs.len() - 2], 1.5)?;
            Ok(narrow.merged(study.wide_windows(rungs, 0.0)?).merged(study.bounds(rungs, 0.0)?))
        }),
    )
    .measuring(&["slope in r for r ≪ ε", VALUE, FIRST, SECOND])
    .on(&[THERMAL])
    .control(
        "the line's slope ½ for r ≪ ε",
        Box::new(move |lab| line.narrow_slopes(&rungs(lab.tier())[..1], 0.5)),
    )
    .control(
        "r¹ for r² between ε and 1",
        Box::new(move |lab| square.wide_windows(&rungs(lab.tier())[..1], -1.0)),
    )
    .control(
        "a power of ε too many in both bounds",
        Box::new(move |lab| power.bounds(&rungs(lab.tier())[..2], 1.0)),
    )
    .remark(
        "y = 0 alone, where χ_{(r,y)} is rotation-invariant. The constants of \
         the second bound are those with ρ_{|K|}, |K|² = Σ_i|[x_i,ω]|², at most three times smaller than the printed ones; both are \
         maxima over the sampled r, and their errors those of the values there.",
    )
}

/// What is measured at each ε, once for the claim and its controls. The keys are the bits of ε.
#[derive(Default)]
struct Study {
    /// tr|[χ,ω]|/(Nε) in the narrow windows.
    narrow: Memo<u64, [Estimate; 2]>,
    /// (r, tr|[χ,ω]|) in the wide ones.
    wide: Memo<u64, Vec<(f64, Estimate)>>,
    /// The constants of both bounds over r from ε to 6.
    constants: Memo<u64, [Estimate; 2]>,
}

/// tr|[χ,ω]|/(Nε) for r below the natural step: points of spacing r/2 to where χω lives, and the few ℓ that reach it; on two grids.
fn narrow(eps: f64, r: f64) -> Result<Estimate, LaboratoryError> {
    let variables = thermal()?;
    let radius = 6.0 * r + variables.reach() * eps;
    let on = |finer: f64| -> Result<f64, LaboratoryError> {
        let points = (finer * 2.0 * radius / r).ceil() as usize;
        let grid = RadialGrid::new(radius, points).map_err(refused)?;
        let momenta = AngularMomenta::full((42.0 * r / eps) as usize + 10);
        let scaling = Scaling::new(3, eps).map_err(refused)?;
        let innermost = LocalisedCommutator::innermost(grid.spacing(), r);
        let options = ChannelOptions::near_the_origin(innermost);
        let omega = weyl_channels_with(&variables, &scaling, &grid, &momenta, &options).map_err(refused)?;
        Ok(LocalisedCommutator::new(&omega, r).map_err(refused)?.value * eps * eps)
    };
    let (value, finer) = (on(1.0)?, on(1.25)?);
    Ok(Estimate::new(finer, (value - finer).abs()))
}

/// ∬|∇χ·∇ᵥW| = (2/π)^{1/2}·4π(2π)^{−3/2}r^{−2}/(r^{−2}+½)²: 4r²·… for r ≪ 1.
fn symbol(r: f64) -> f64 {
    use std::f64::consts::{PI, TAU};
    let inverse = r.powi(-2);
    (2.0 / PI).sqrt() * 4.0 * PI * TAU.powf(-1.5) * inverse / (inverse + 0.5).powi(2)
}

/// (r, tr|[χ_(r,0),ω]|) with what a larger box and larger momenta change.
fn scan(eps: f64, radii: &[f64]) -> Result<Vec<(f64, Estimate)>, LaboratoryError> {
    let [omega, larger] = [1.0, 1.15].map(|larger| thermal_channels(eps, larger, false));
    let (omega, larger) = (omega?, larger?);
    let at = |&r: &f64| -> Result<(f64, Estimate), LaboratoryError> {
        let [a, b] = [&omega, &larger].map(|omega| LocalisedCommutator::new(omega, r).map_err(refused));
        let (a, b) = (a?, b?);
        Ok((r, Estimate::new(a.value, a.error + (a.value - b.value).abs())))
    };
    radii.par_iter().map(at).collect()
}

/// The constants of both bounds over r from ε to 6.
fn constants(eps: f64) -> Result<[Estimate; 2], LaboratoryError> {
    let radii: Vec<f64> = (0..6).map(|k| eps * 2.0_f64.powi(k)).filter(|r| *r < 6.0).collect();
    let scan = scan(eps, &radii)?;
    let omega = thermal_channels(eps, 1.0, false)?;
    let k = VectorCommutator::new(&omega, 1e-6).map_err(refused)?;
    let [(l1, l1_error), (sup, sup_error)] = [1.0, f64::INFINITY].map(|p| k.density_norm(p));
    let [p, q] = [1.0 / 6.0 + DELTA, 5.0 / 6.0 - DELTA];
    let worst = |bound: &dyn Fn(f64) -> f64, relative: f64| {
        Estimate::worst(scan.iter().map(|(r, value)| {
            let constant = value.scaled(1.0 / bound(*r));
            Estimate::new(constant.value, constant.error + relative * constant.value)
        }))
    };
    let n_eps = eps.powi(-2);
    let norms = l1.powf(p) * sup.powf(q);
    let second = worst(&|r| r.powf(1.5 - DELTA) * norms, p * l1_error / l1 + q * sup_error / sup);
    Ok([worst(&|r| r.sqrt() * n_eps, 0.0), second])
}

impl Study {
    /// The slope between the two narrowest windows; the next term of the expansion is r/ε times the first.
    fn narrow_slopes(&self, rungs: &[f64], slope: f64) -> Result<Findings, LaboratoryError> {
        let mut found = Findings::default();
        for &eps in rungs {
            let both = || {
                let [wide, thin] = NARROW.map(|part| move || narrow(eps, part * eps));
                let (wide, thin) = rayon::join(wide, thin);
                Ok([wide?, thin?])
            };
            let [wide, thin] = *self.narrow.get(eps.to_bits(), both)?;
            let measured = Estimate::new(
                (wide.value / thin.value).log2(),
                (wide.relative_error() + thin.relative_error()) / std::f64::consts::LN_2,
            );
            found.rows.push(row_in::<Problem>(THERMAL, eps, 0.0, "slope in r for r ≪ ε", measured));
            let name = format!("slope in r between ε/32 and ε/16 at ε = {}", epsilon(eps));
            found.checks.push(Check::near(name, THERMAL, &measured, slope, 0.1));
        }
        Ok(found)
    }

    /// tr|[χ,ω]|/(Nε) of wide windows over its limit times r^power: |ratio − 1| ≤ ε²/r².
    fn wide_windows(&self, rungs: &[f64], power: f64) -> Result<Findings, LaboratoryError> {
        let mut found = Findings::default();
        for &eps in rungs {
            for (r, value) in self.wide.get(eps.to_bits(), || scan(eps, &WIDE))?.iter() {
                let value = value.scaled(eps * eps);
                let quantity = format!("{VALUE}, r = {r}");
                found.rows.push(row_in::<Problem>(THERMAL, eps, 0.0, &quantity, value));
                let ratio = value.scaled(1.0 / (symbol(*r) * r.powf(power)));
                let scaled = Estimate::new((ratio.value - 1.0).abs(), ratio.error).scaled((r / eps).powi(2));
                let name = format!("{quantity}: distance from its limit over ε²/r² at ε = {}", epsilon(eps));
                found.checks.push(Check::vanishing(name, THERMAL, &scaled, 1.0));
            }
        }
        Ok(found)
    }

    /// The constants of both bounds times ε^(−power): bounded along the ladder.
    fn bounds(&self, rungs: &[f64], power: f64) -> Result<Findings, LaboratoryError> {
        let at = |&eps: &f64| -> Result<[Estimate; 2], LaboratoryError> {
            let known = self.constants.get(eps.to_bits(), || constants(eps))?;
            Ok(known.map(|constant| constant.scaled(eps.powf(-power))))
        };
        let constants: Vec<[Estimate; 2]> = rungs.par_iter().map(at).collect::<Result<_, _>>()?;
        let mut found = Findings::default();
        for (eps, [first, second]) in rungs.iter().zip(&constants) {
            found.rows.push(row_in::<Problem>(THERMAL, *eps, 0.0, FIRST, *first));
            found.rows.push(row_in::<Problem>(THERMAL, *eps, 0.0, SECOND, *second));
        }
        let [first, second] = [0, 1].map(|k| constants.iter().map(|c| c[k]).collect::<Vec<_>>());
        found.checks.push(stays_bounded(THERMAL, FIRST, &first));
        found.checks.push(stays_bounded(THERMAL, SECOND, &second));
        Ok(found)
    }
}
