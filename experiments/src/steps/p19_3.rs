//! P19.3. tr|[|·|^(−α)∗(ρ−ρ̃),ω̃]| ≤ C_α∫₀^∞r^{−1−α}∫|ρ−ρ̃|(y) tr|[χ_{(r,y)},ω̃]|dy dr, C_α = 2/Γ(α/2).
//!
//! The triangle inequality for |·|^(−α)∗f = C_α∫₀^∞r^{−1−α}∫f(y)χ_{(r,y)}dy dr, f = ρ−ρ̃. It holds for any f and any ω̃: what
//! is not known of the trajectories is no part of it. The right-hand side is integrated over ε/16 ≤ r ≤ 16ε and
//! |y − ⟨x⟩| ≤ 3σ_x alone; leaving out the rest only lowers it.

use std::f64::consts::PI;

use estimators::Estimate;
use estimators::line::{LocalisedCommutator, Resolution, trace_norm};
use kernels::fefferman_de_la_llave::gaussian;
use kernels::line::MeanField;
use kernels::{FeffermanDeLaLlave, InversePower};
use phase_space::line::WignerFunction;
use rayon::prelude::*;

use super::chain::at_most_one;
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, row};
use crate::record::Check;
use crate::trial;

const RATIO: &str = "tr|[|·|^(−α)∗(ρ−ρ̃),ω̃]| / C_α∫r^(−1−α)∫|ρ−ρ̃| tr|[χ,ω̃]|";
const IDENTITY: &str = "|·|^(−α)∗(ρ−ρ̃) − C_α∫r^(−1−α)χ_r∗(ρ−ρ̃)dr, relative";
const NARROW: &str = "share of r < ε/16, continued by r^{1/2}";

/// Times of the trajectory.
const TIMES: [f64; 2] = [0.5, 1.0];
/// Where W and its transform are cut off.
const TAIL: f64 = 1e-10;
/// ln(r/ε)/ln 2 from minus to plus this.
const OCTAVES: i32 = 4;
/// Nodes in y, over ±3σ_x.
const NODES: usize = 13;
/// The identity is seen to this.
const ACCURACY: f64 = 1e-7;

/// The claim.
pub fn claim() -> Claim {
    let names = trials(Tier::Standard).into_iter().filter_map(|(s, a)| trial::power(s, a).ok());
    let names: Vec<String> = names.map(|t| t.name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P19.3",
        "tr|[|·|^(−α)∗(ρ−ρ̃),ω̃]| ≤ C_α∫r^(−1−α)∫|ρ−ρ̃|(y) tr|[χ_{(r,y)},ω̃]|dy dr, C_α = 2/Γ(α/2)",
        Box::new(measure),
    )
    .measuring(&[RATIO, IDENTITY, NARROW])
    .on(&names)
    .control("one octave, 8ε ≤ r ≤ 16ε, in place of all r", Box::new(|_| one_octave()))
    .control("C_α = 2/Γ(α) in the identity behind it", Box::new(|_| wrong_constant()))
}

fn trials(tier: Tier) -> Vec<(f64, f64)> {
    match tier {
        Tier::Quick => vec![(1.0, 0.25), (-1.0, 0.25)],
        Tier::Standard | Tier::Deep => vec![(1.0, 0.1), (1.0, 0.25), (-1.0, 0.25), (-1.0, 0.4)],
    }
}

fn ladder(tier: Tier) -> Vec<f64> {
    let last = match tier {
        Tier::Quick => 3,
        Tier::Standard => 5,
        Tier::Deep => 7,
    };
    (3..=last).map(|k| 0.5_f64.powi(k)).collect()
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let (trials, ladder) = (trials(laboratory.tier()), ladder(laboratory.tier()));
    let jobs: Vec<(f64, f64, f64)> =
        trials.iter().flat_map(|&(s, alpha)| ladder.iter().map(move |&eps| (s, alpha, eps))).collect();
    let measured: Vec<(Findings, Vec<Estimate>)> = jobs
        .par_iter()
        .with_max_len(1)
        .map(|&(strength, alpha, eps)| on_rung(strength, alpha, eps, eps == ladder[0]))
        .collect::<Result<_, LaboratoryError>>()?;
    let mut found = Findings::default();
    for ((strength, alpha), rungs) in trials.into_iter().zip(measured.chunks(ladder.len())) {
        let ratios: Vec<Estimate> = rungs.iter().flat_map(|(_, ratios)| ratios.clone()).collect();
        found = rungs.iter().fold(found, |found, (rung, _)| found.merged(rung.clone()));
        found.checks.push(at_most_one(&trial::power(strength, alpha)?.name, RATIO, ratios));
    }
    Ok(found)
}

/// The rows of one ε, the identity if asked for, and the ratios at all times.
fn on_rung(
    strength: f64,
    alpha: f64,
    eps: f64,
    with_identity: bool,
) -> Result<(Findings, Vec<Estimate>), LaboratoryError> {
    let name = trial::power(strength, alpha)?.name;
    let radii: Vec<f64> = (-OCTAVES..=OCTAVES).map(|p| eps * 2.0_f64.powi(p)).collect();
    let constant = FeffermanDeLaLlave::new(alpha).map_err(refused)?.constant();
    let (mut found, mut ratios) = (Findings::default(), Vec::new());
    for pair in evolved(strength, alpha, eps, &TIMES)? {
        let (right, narrow_share) = pair.right(&radii)?;
        let ratio = pair.left()?.over(&right);
        found.rows.push(row(&name, eps, pair.time, RATIO, ratio));
        found.rows.push(row(&name, eps, pair.time, NARROW, narrow_share));
        ratios.push(ratio);
        if with_identity {
            found.checks.push(pair.identity(&name, constant)?);
        }
    }
    Ok((found, ratios))
}

fn one_octave() -> Result<Findings, LaboratoryError> {
    let eps = 0.125;
    let radii = [8.0, 8.0 * 2.0_f64.sqrt(), 16.0].map(|ratio| ratio * eps);
    let pairs = evolved(1.0, 0.25, eps, &TIMES[..1])?;
    let ratios = pairs.iter().map(|pair| Ok(pair.left()?.over(&pair.right(&radii)?.0)));
    let ratios = ratios.collect::<Result<Vec<_>, LaboratoryError>>()?;
    let check = at_most_one(&trial::power(1.0, 0.25)?.name, "left / (right over 8ε ≤ r ≤ 16ε)", ratios);
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

fn wrong_constant() -> Result<Findings, LaboratoryError> {
    let name = trial::power(1.0, 0.25)?.name;
    let checks = evolved(1.0, 0.25, 0.125, &TIMES[..1])?
        .iter()
        .map(|pair| pair.identity(&name, 2.0 / gamma(0.25)))
        .collect::<Result<_, _>>()?;
    Ok(Findings { checks, ..Findings::default() })
}

/// Γ(α) = 2/C_{2α}.
fn gamma(alpha: f64) -> f64 {
    FeffermanDeLaLlave::new(2.0 * alpha).map_or(f64::NAN, |representation| 2.0 / representation.constant())
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

/// ω − ω̃ and ω̃ at one time.
struct Evolved {
    alpha: f64,
    eps: f64,
    time: f64,
    difference: WignerFunction,
    w_tilde: WignerFunction,
}

/// ω − ω̃ and ω̃ of a trial at increasing times.
fn evolved(strength: f64, alpha: f64, eps: f64, times: &[f64]) -> Result<Vec<Evolved>, LaboratoryError> {
    let problem = trial::power(strength, alpha)?.problem;
    let resolution = Resolution::for_problem(&problem, &TIMES, TAIL)?;
    let grid = resolution.grid;
    let (mut w, mut now) = (problem.initial_on(&grid)?, 0.0);
    let mut w_tilde = w.clone();
    let mut hartree = problem.hartree(&grid, eps, resolution.splitting)?;
    let mut vlasov = problem.vlasov(&grid, resolution.splitting)?;
    let mut pairs = Vec::new();
    for &time in times {
        let steps = resolution.steps(time - now);
        hartree.evolve(&mut w, time - now, steps);
        vlasov.evolve(&mut w_tilde, time - now, steps);
        now = time;
        let difference = w.minus(&w_tilde).map_err(refused)?;
        pairs.push(Evolved { alpha, eps, time, difference, w_tilde: w_tilde.clone() });
    }
    Ok(pairs)
}

impl Evolved {
    /// C_α∫r^{−1−α}∫|ρ−ρ̃|(y)T(r,y)dy dr between the radii, T = tr|[χ_{(r,y)},ω̃]|/(Nε), and the share of smaller r in the whole
    /// if T continues like r^{1/2}.
    ///
    /// The error holds what every second radius and every second y make of it.
    fn right(&self, radii: &[f64]) -> Result<(Estimate, Estimate), LaboratoryError> {
        let nodes = self.nodes();
        let (fine, coarse) = (self.weights(&nodes, 1), self.weights(&nodes, 2));
        let commutator = LocalisedCommutator::new(&self.w_tilde, self.eps, 0.0)?;
        // the widest first: they cost most
        let points: Vec<(f64, f64)> =
            radii.iter().rev().flat_map(|&r| nodes.iter().map(move |&y| (r, y))).collect();
        let values = commutator.at_all(&points)?;
        let over_y = |values: &[Estimate], weights: &[f64]| {
            let terms = values.iter().zip(weights);
            terms.fold(Estimate::default(), |sum, (t, w)| sum.plus(&t.scaled(*w)))
        };
        let inner: Vec<Estimate> = values
            .chunks_exact(NODES)
            .rev()
            .map(|values| {
                let (fine, coarse) = (over_y(values, &fine), over_y(values, &coarse));
                Estimate::new(fine.value, fine.error + (fine.value - coarse.value).abs())
            })
            .collect();
        let constant = FeffermanDeLaLlave::new(self.alpha).map_err(refused)?.constant();
        let [all, rare] = [1, 2].map(|stride| over_r(radii, &inner, stride, self.alpha));
        let right = Estimate::new(all.value, all.error + (all.value - rare.value).abs()).scaled(constant);
        let narrow = inner[0].scaled(constant * radii[0].powf(-self.alpha) / (0.5 - self.alpha));
        Ok((right, narrow.over(&narrow.plus(&right))))
    }

    /// tr|[|·|^(−α)∗(ρ−ρ̃), ω̃]|/(Nε).
    fn left(&self) -> Result<Estimate, LaboratoryError> {
        let grid = self.w_tilde.grid();
        let y = grid.y_points();
        let mut field = self.field()?;
        let potential = field.potential(&self.difference.density());
        let mut m = vec![0.0; grid.x.len() * y.len()];
        field.difference_quotient(&potential, &y, self.eps, &mut m);
        let symbol = self.w_tilde.weyl().times_minus_i(&m).wigner().map_err(refused)?;
        Ok(trace_norm(&symbol, self.eps, self.time, true)?)
    }

    fn field(&self) -> Result<MeanField, LaboratoryError> {
        let power = InversePower::new(1.0, self.alpha).map_err(refused)?;
        MeanField::new(&power, &self.w_tilde.grid().x).map_err(refused)
    }

    /// y over ±3σ_x.
    fn nodes(&self) -> Vec<f64> {
        let mean = self.w_tilde.expectation(|x, _| x);
        let width = self.w_tilde.expectation(|x, _| (x - mean).powi(2)).sqrt();
        (0..NODES).map(|i| mean + 3.0 * width * (2.0 * i as f64 / (NODES - 1) as f64 - 1.0)).collect()
    }

    /// ∫|ρ−ρ̃|(y)·hat_i(y)dy for the hats on every `stride`-th node, 0 at the others.
    fn weights(&self, nodes: &[f64], stride: usize) -> Vec<f64> {
        let (fine, rho) = self.fine_density();
        let step = stride as f64 * (nodes[1] - nodes[0]);
        let mut weights = vec![0.0; nodes.len()];
        for (i, node) in nodes.iter().enumerate().step_by(stride) {
            let hat = |y: f64| (1.0 - (y - node).abs() / step).max(0.0);
            let sum: f64 = rho.iter().enumerate().map(|(j, rho)| hat(fine.point(j)) * rho.abs()).sum();
            weights[i] = sum * fine.spacing();
        }
        weights
    }

    fn fine_density(&self) -> (phase_space::line::Axis, Vec<f64>) {
        let fine =
            self.difference.resampled(8 * self.difference.grid().x.len(), self.difference.grid().v.len());
        (fine.grid().x, fine.density())
    }

    /// |·|^(−α)∗(ρ−ρ̃) at points of the grid against the r-integral with the given constant.
    fn identity(&self, trial: &str, constant: f64) -> Result<Check, LaboratoryError> {
        let mut field = self.field()?;
        let potential = field.potential(&self.difference.density());
        let exact = field.values(&potential);
        let size = exact.iter().fold(0.0_f64, |m, u| m.max(u.abs()));
        let n = exact.len();
        let derivatives = [0, 2, 4].map(|k| self.difference.d_x(k).density());
        let (fine, rho) = self.fine_density();
        let residuals = (n * 3 / 8..=n * 5 / 8).step_by((n / 16).max(1)).map(|i| {
            let x = self.difference.grid().x.point(i);
            let [a, b] = [400, 200].map(|panels| {
                constant * rebuilt(self.alpha, x, &fine, &rho, [0, 1, 2].map(|k| derivatives[k][i]), panels)
            });
            Estimate::new((a - exact[i]).abs() / size, (a - b).abs() / size)
        });
        let worst = Estimate::worst(residuals);
        let name = format!("{IDENTITY}, ε = 1/{}, t = {}", (1.0 / self.eps).round(), self.time);
        Ok(Check::vanishing(name, trial, &worst, ACCURACY))
    }
}

/// ∫r^{−1−α}f(r)dr over every `stride`-th radius, f a power of r in between.
pub fn over_r(radii: &[f64], f: &[Estimate], stride: usize, alpha: f64) -> Estimate {
    let samples: Vec<(f64, Estimate)> =
        radii.iter().copied().zip(f.iter().copied()).step_by(stride).collect();
    samples.windows(2).fold(Estimate::default(), |sum, pair| {
        let [(a, fa), (b, fb)] = [pair[0], pair[1]];
        let slope = (fb.value / fa.value).ln() / (b / a).ln() - alpha;
        let weight = if slope == 0.0 { (b / a).ln() } else { ((b / a).powf(slope) - 1.0) / slope };
        let value = fa.value * a.powf(-alpha) * weight;
        sum.plus(&Estimate::new(value, value * (fa.relative_error() + fb.relative_error())))
    })
}

/// ∫₀^∞r^{−1−α}(χ_r∗f)(x)dr: between 2h and 2000 by Simpson's rule in ln r of sums over f_j, below by
/// χ_r∗f = r√π(f + r²f″/4 + r⁴f⁗/32 + …), above by the moments of f, χ = 1 − s²/r² + s⁴/(2r⁴) − …
fn rebuilt(
    alpha: f64,
    x: f64,
    axis: &phase_space::line::Axis,
    f: &[f64],
    [f0, f2, f4]: [f64; 3],
    panels: usize,
) -> f64 {
    let h = axis.spacing();
    let sum = |weight: &dyn Fn(f64) -> f64| -> f64 {
        (0..f.len()).map(|j| weight(axis.point(j) - x) * f[j]).sum::<f64>() * h
    };
    let (low, high) = (2.0 * h, 2000.0_f64);
    let below = low.powf(1.0 - alpha) / (1.0 - alpha) * f0
        + low.powf(3.0 - alpha) / (4.0 * (3.0 - alpha)) * f2
        + low.powf(5.0 - alpha) / (32.0 * (5.0 - alpha)) * f4;
    let above = high.powf(-alpha) / alpha * sum(&|_| 1.0)
        - high.powf(-alpha - 2.0) / (alpha + 2.0) * sum(&|s| s * s)
        + high.powf(-alpha - 4.0) / (2.0 * (alpha + 4.0)) * sum(&|s| s.powi(4));
    let step = (high / low).ln() / panels as f64;
    let middle: f64 = (0..=panels)
        .map(|k| {
            let r = low * (k as f64 * step).exp();
            let weight = if k == 0 || k == panels { 1.0 } else { 2.0 + 2.0 * (k % 2) as f64 };
            weight * r.powf(-alpha) * sum(&|s| gaussian(s, r))
        })
        .sum();
    PI.sqrt() * below + middle * step / 3.0 + above
}
