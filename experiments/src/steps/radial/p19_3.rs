//! P19.3 in R³, over spheres. With f = ρ−ρ̃, a function of |y|, and χ̄_{(r,s)} the mean of χ_{(r,y)} over |y| = s,
//!
//! tr|[|·|^(−α)∗f,ω̃]| ≤ C_α∫r^{−1−α}∫₀^∞4πs²|f|(s) tr|[χ̄_{(r,s)},ω̃]|ds dr ≤ C_α∫r^{−1−α}∫|f|(y) tr|[χ_{(r,y)},ω̃]|dy dr.
//!
//! Both are triangle inequalities, the first for the integrals over r and |y|, the second for the mean over a sphere. χ_{(r,y)} is not
//! rotation-invariant unless y = 0; χ̄_{(r,s)} is, and what is measured is the first of them, which is stronger than the printed one.
//! The integral is taken over 2h ≤ r ≤ 32h, h the step of the radii, and |y| ≤ 3.5σ_x alone; leaving out the rest only lowers it.
//!
//! All is taken in the comoving frame x = bξ: both sides are b^{−α} times what they are there.

use std::f64::consts::{PI, SQRT_2};
use std::sync::Arc;

use estimators::Estimate;
use estimators::radial::{At, Problem, Reference, Resolution, measure, settle};
use kernels::radial::MeanField;
use kernels::{FeffermanDeLaLlave, InversePower};
use phase_space::radial::RadialGrid;

use super::{commutator_norm, own as in_own_setting, refused, rungs};
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Memo, row_in};
use crate::steps::chain::at_most_one;
use crate::steps::p19_3::over_r;
use crate::trial::radial;

const RATIO: &str = "tr|[|·|^(−α)∗(ρ−ρ̃),ω̃]| / C_α∫r^(−1−α)∫|ρ−ρ̃|(s) tr|[χ̄_(r,s),ω̃]|, χ̄_(r,s) the mean of χ_(r,y) over |y| = s";

/// The time of the trajectories.
const TIME: f64 = 0.5;
/// (strength, α).
const TRIALS: [(f64, f64); 3] = [(1.0, 1.0), (-1.0, 1.0), (1.0, 0.25)];
/// r over the step of the radii, by half octaves from the narrowest that they carry.
const RADII: [f64; 9] = [2.0, 2.0 * SQRT_2, 4.0, 4.0 * SQRT_2, 8.0, 8.0 * SQRT_2, 16.0, 16.0 * SQRT_2, 32.0];
/// Nodes in |y|, up to so many σ_x.
const NODES: usize = 9;
const WIDTHS: f64 = 3.5;

/// The claim in its own setting.
pub fn own() -> Claim {
    let names: Vec<String> =
        TRIALS.iter().filter_map(|&(c, alpha)| radial::power(c, alpha).ok()).map(|t| t.name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let study = Arc::new(Study::default());
    let control = study.clone();
    in_own_setting(
        "P19.3",
        "tr|[|·|^(−α)∗(ρ−ρ̃),ω̃]| ≤ C_α∫r^(−1−α)∫|ρ−ρ̃|(y) tr|[χ_{(r,y)},ω̃]|dy dr, C_α = 2/Γ(α/2)",
        Box::new(move |lab| {
            let (trials, many) = match lab.tier() {
                Tier::Quick => (1, 1),
                Tier::Standard | Tier::Deep => (TRIALS.len(), 3),
            };
            study.ratios(lab, &TRIALS[..trials], &rungs(lab.tier())[..many], &RADII)
        }),
    )
    .measuring(&[RATIO])
    .on(&names)
    .control(
        "one octave of r in place of all",
        Box::new(move |lab| control.ratios(lab, &TRIALS[..1], &rungs(lab.tier())[..1], &RADII[6..])),
    )
    .remark(
        "Measured is the stronger inequality over spheres, χ̄_{(r,s)} the mean of χ_{(r,y)} over |y| = s, which is rotation-invariant; the printed \
         one follows by the triangle inequality on each sphere. It holds for any ρ−ρ̃ and any ω̃.",
    )
}

/// Vlasov's solution on each trial, once for the claim and its control.
#[derive(Default)]
struct Study(Memo<String, Reference>);

impl Study {
    fn ratios(
        &self,
        laboratory: &Laboratory,
        trials: &[(f64, f64)],
        rungs: &[f64],
        radii: &[f64],
    ) -> Result<Findings, LaboratoryError> {
        let mut found = Findings::default();
        for &(strength, alpha) in trials {
            let trial = radial::power(strength, alpha)?;
            laboratory.progress().message(&format!("{}: spheres", trial.name));
            let solved = || Ok(settle(&trial.problem, &[TIME], &Resolution::quick())?);
            let reference = self.0.get(trial.name.clone(), solved)?;
            let mut values = Vec::new();
            for &eps in rungs {
                let at_rung = |source| LaboratoryError::ChannelRung { eps, source };
                for at in measure(&trial.problem, &reference, eps).map_err(at_rung)?.times {
                    let ratio = left(&at, alpha)?.over(&right(&at, alpha, radii)?);
                    found.rows.push(row_in::<Problem>(&trial.name, eps, at.time, RATIO, ratio));
                    values.push(ratio);
                }
            }
            found.checks.push(at_most_one(&trial.name, RATIO, values));
        }
        Ok(found)
    }
}

/// f(ξ_j)b³, a density in the frame: 4πξ²f = Σ(2ℓ+1)(ω−ω̃)_ℓ(ξ;ξ)/N.
fn difference(at: &At) -> Vec<f64> {
    at.pair.difference.density(at.pair.scaling.n()).iter().map(|(f, _)| *f).collect()
}

/// tr|[|·|^(−α)∗f,ω̃]|.
fn left(at: &At, alpha: f64) -> Result<Estimate, LaboratoryError> {
    let grid = at.pair.vlasov.grid();
    let power = InversePower::in_space(1.0, alpha).map_err(refused)?;
    let field = MeanField::new(&power, grid.spacing(), grid.len(), grid.radius()).map_err(refused)?;
    commutator_norm(&at.pair.vlasov, &field.values(&field.potential(&difference(at))))
}

/// C_α∫r^{−1−α}∫4πs²|f|(s)T(r,s)ds dr between the radii, T = tr|[χ̄_{(r,s)},ω̃]|. The error holds what every second radius and every
/// second s make of it, and what the kinks of |f| do.
fn right(at: &At, alpha: f64, radii: &[f64]) -> Result<Estimate, LaboratoryError> {
    let grid = *at.pair.vlasov.grid();
    let radii: Vec<f64> = radii.iter().map(|r| r * grid.spacing()).collect();
    let shells: Vec<f64> = difference(at)
        .iter()
        .enumerate()
        .map(|(j, f)| 4.0 * PI * grid.point(j).powi(2) * grid.spacing() * f.abs())
        .collect();
    let nodes = nodes(at);
    let [fine, coarse] = [1, 2].map(|stride| weights(&grid, &shells, &nodes, stride));
    let mut inner = Vec::new();
    for &r in &radii {
        let mut over_s = [Estimate::default(); 2];
        for (k, &s) in nodes.iter().enumerate() {
            let chi: Vec<f64> = grid.points().iter().map(|rho| sphere_mean(*rho, s, r)).collect();
            let norm = commutator_norm(&at.pair.vlasov, &chi)?;
            over_s = [over_s[0].plus(&norm.scaled(fine[k])), over_s[1].plus(&norm.scaled(coarse[k]))];
        }
        let [fine, coarse] = over_s;
        inner.push(Estimate::new(fine.value, fine.error + (fine.value - coarse.value).abs()));
    }
    let constant = FeffermanDeLaLlave::new(alpha).map_err(refused)?.constant();
    let all = over_r(&radii, &inner, 1, alpha);
    let rare = over_r(&radii, &inner, 2, alpha);
    let whole: f64 = shells.iter().sum();
    let kinks = (whole / at.distances.density_l1.value - 1.0).abs();
    let error = all.error + (all.value - rare.value).abs() + kinks * all.value;
    Ok(Estimate::new(all.value, error).scaled(constant))
}

/// |y| from 0 to 3.5σ_x, σ_x² = ∫|x|²ρ̃/3.
fn nodes(at: &At) -> Vec<f64> {
    let omega = &at.pair.vlasov;
    let squares: Vec<f64> = omega.grid().points().iter().map(|r| r * r).collect();
    let second: f64 = omega
        .density(at.pair.scaling.n())
        .iter()
        .zip(&squares)
        .map(|((rho, _), square)| 4.0 * PI * omega.grid().spacing() * rho * square * square)
        .sum();
    let end = WIDTHS * (second / 3.0).sqrt();
    (0..NODES).map(|k| end * k as f64 / (NODES - 1) as f64).collect()
}

/// ∫4πs²|f|·hat_k(s)ds for the hats on every `stride`-th node, 0 at the others.
fn weights(grid: &RadialGrid, shells: &[f64], nodes: &[f64], stride: usize) -> Vec<f64> {
    let step = stride as f64 * (nodes[1] - nodes[0]);
    let mut weights = vec![0.0; nodes.len()];
    for (k, node) in nodes.iter().enumerate().step_by(stride) {
        let hat = |s: f64| (1.0 - (s - node).abs() / step).max(0.0);
        weights[k] = shells.iter().enumerate().map(|(j, shell)| hat(grid.point(j)) * shell).sum();
    }
    weights
}

/// χ̄_{(r,s)}(x), |x| = ρ: e^{−(ρ²+s²)/r²}·sinh z/z, z = 2ρs/r².
fn sphere_mean(rho: f64, s: f64, r: f64) -> f64 {
    let z = 2.0 * rho * s / (r * r);
    let nearest = (-((rho - s) / r).powi(2)).exp();
    // sinh z/z = e^z(1−e^{−2z})/(2z)
    if z < 1e-9 { nearest } else { nearest * -(-2.0 * z).exp_m1() / (2.0 * z) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// ½∫e^{−|x−y|²/r²}dc, |x−y|² = ρ²+s²−2ρsc, by the midpoint rule.
    #[test]
    fn the_mean_over_a_sphere_is_its_integral() {
        for (rho, s, r) in [(1.0_f64, 0.0_f64, 0.5_f64), (0.7, 1.1, 0.4), (1.3, 1.2, 2.0), (2.0, 0.5, 8.0)] {
            let n = 20_000;
            let at = |k: i32| {
                let c = (f64::from(k) + 0.5) * 2.0 / f64::from(n) - 1.0;
                (-(rho * rho + s * s - 2.0 * rho * s * c) / (r * r)).exp()
            };
            let mean = (0..n).map(at).sum::<f64>() / f64::from(n);
            assert!((sphere_mean(rho, s, r) / mean - 1.0).abs() < 1e-6, "{rho} {s} {r}");
        }
    }
}
