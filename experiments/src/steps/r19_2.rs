//! R19.2. Superpositions of coherent states satisfy the hypotheses: with
//!
//! ω = ∬M(p,r)|f_pr⟩⟨f_pr| dp dr,  f_pr(x) = ε^(−1/2) e^{ip·x/ε} g(x−r),  ‖g‖ = 1,  0 ≤ M ≤ (2π)^(−1),  ∬M = 1,
//!
//! tr ω = N, 0 ≤ ω ≤ 1 and ‖ρ_{|[x,ω]|}‖_{L¹} ≤ CNε. The talk prints 0 ≤ M ≤ 1 and e^{−ip·x/ε}: ∬|f_pr⟩⟨f_pr| dp dr = (2π)^d, and
//! e^{−ip·x/ε} has momentum −p; both are controls. g is a Gaussian of width √ε (anti-Wick) or of a fixed width.

use std::f64::consts::{PI, TAU};

use estimators::line::commutator_density;
use estimators::{Estimate, verdict};
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};
use rayon::prelude::*;
use transforms::toeplitz::line::{superposition, toeplitz};
use transforms::weyl::line::{kernel, weyl_band};

use super::chain::stays_bounded;
use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, Plan, row};
use crate::record::{Check, Relation};

/// A symbol M(p,r) = m(r,p), ∬M = 1, and the box that holds W: half-lengths in x and v, points each way.
struct Symbol {
    name: &'static str,
    m: fn(f64, f64) -> f64,
    half: (f64, f64),
    points: usize,
}

/// (2π)^(−1)e^{−(r²+p²)/2}: a Gaussian of the greatest height allowed.
const GAUSSIAN: Symbol =
    Symbol { name: "gaussian", m: |r, p| bump(r, p, 1.0, 1.0), half: (9.0, 9.0), points: 64 };

/// Two bumps at (∓1, ±½), without symmetry under p ↦ −p.
const MIXTURE: Symbol = Symbol {
    name: "two-bumps",
    m: |r, p| 0.5 * (bump(r + 1.0, p - 0.5, 1.2, 0.9) + bump(r - 1.0, p + 0.5, 1.2, 0.9)),
    half: (12.0, 9.0),
    points: 64,
};

/// (2π)^(−1)P(r)P(p), P a plateau of length √(2π) with edges of width ½.
const PLATEAU: Symbol =
    Symbol { name: "plateau", m: |r, p| plateau(r) * plateau(p) / TAU, half: (10.0, 10.0), points: 256 };

/// e^{−π(r²+p²)}: M ≤ 1 and no more.
const TOO_HIGH: Symbol =
    Symbol { name: "height 1", m: |r, p| (-PI * (r * r + p * p)).exp(), half: (6.0, 6.0), points: 80 };

fn bump(r: f64, p: f64, sigma_r: f64, sigma_p: f64) -> f64 {
    (-0.5 * ((r / sigma_r).powi(2) + (p / sigma_p).powi(2))).exp() / (TAU * sigma_r * sigma_p)
}

/// ½[tanh((s+a)/w) − tanh((s−a)/w)], ∫ = 2a = √(2π).
fn plateau(s: f64) -> f64 {
    let (a, w) = (0.5 * TAU.sqrt(), 0.5);
    0.5 * (((s + a) / w).tanh() - ((s - a) / w).tanh())
}

/// The width σ of g(x) = (πσ²)^(−1/4)e^{−x²/2σ²}.
#[derive(Clone, Copy)]
enum Width {
    /// σ = √ε.
    RootOfEps,
    /// σ = ½ at every ε.
    Fixed,
}

impl Width {
    fn at(self, eps: f64) -> f64 {
        match self {
            Self::RootOfEps => eps.sqrt(),
            Self::Fixed => 0.5,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::RootOfEps => "σ = √ε",
            Self::Fixed => "σ = ½",
        }
    }
}

const SYMBOLS: [&Symbol; 3] = [&GAUSSIAN, &PLATEAU, &MIXTURE];
const WIDTHS: [Width; 2] = [Width::RootOfEps, Width::Fixed];
const SUM: &str = "coherent-states/two-bumps, the sum over the states";

/// 0 ≤ ω ≤ 1 and tr ω = N are seen to this accuracy.
const ACCURACY: f64 = 1e-6;
/// The matrices of ω are built to this, relative to N.
const MATRIX: f64 = 1e-9;
/// The two constructions of ω agree to this.
const AGREEMENT: f64 = 1e-8;
/// Smallest ε of the spectra of ω, and of the density of |[x,ω]|.
const SPECTRA_DOWN_TO: f64 = 1.0 / 32.0;
const DENSITY_DOWN_TO: f64 = 1.0 / 128.0;

/// The claim.
pub fn claim() -> Claim {
    let mut names: Vec<String> = SYMBOLS.iter().flat_map(|s| WIDTHS.map(|w| trial_name(s, w))).collect();
    names.push(SUM.to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "R19.2",
        "ω = ∬M|f_pr⟩⟨f_pr| dp dr, 0 ≤ M ≤ (2π)^(−d): tr ω = N, 0 ≤ ω ≤ 1, ‖ρ_{|[x,ω]|}‖_{L¹} ≤ CNε",
        Box::new(measure),
    )
    .measuring(&[
        "|tr ω/N − 1|",
        "distance of the spectrum of ω from [0,1]",
        "‖ρ_{|[x,ω]|}‖_{L^p}/(Nε), p = 1, 2, 4, ∞; p = 1 is judged",
        "‖ω − Σ over the coherent states‖_HS/‖ω‖_HS",
    ])
    .on(&names)
    .control(
        "0 ≤ M ≤ 1 in place of (2π)^(−1), as the talk prints it",
        Box::new(|_| state(&TOO_HIGH, Width::RootOfEps, &Plan::control().epsilon)),
    )
    .control("f_pr = ε^(−1/2) e^{−ip·x/ε} g(x−r), as the talk prints it", Box::new(|_| sum_of_states(-1.0)))
    .control("a symbol that oscillates in p on the scale ε", Box::new(oscillating))
}

fn trial_name(symbol: &Symbol, width: Width) -> String {
    format!("coherent-states/{}, {}", symbol.name, width.name())
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let epsilon = Plan::of(laboratory.tier()).epsilon;
    let cases: Vec<(&Symbol, Width)> = SYMBOLS.iter().flat_map(|s| WIDTHS.map(|w| (*s, w))).collect();
    let parts: Vec<Findings> = cases
        .into_par_iter()
        .map(|(symbol, width)| {
            Ok(state(symbol, width, &epsilon)?.merged(commutator(symbol, width, &epsilon)?))
        })
        .collect::<Result<_, LaboratoryError>>()?;
    let found = parts.into_iter().fold(Findings::default(), Findings::merged);
    Ok(found.merged(sum_of_states(1.0)?))
}

impl Symbol {
    /// M on its grid.
    fn sampled(&self, sign: f64) -> Result<WignerFunction, LaboratoryError> {
        let axis = |half: f64| Axis::new(0.0, 2.0 * half, self.points).map_err(refused);
        let grid = PhaseGrid::new(axis(self.half.0)?, axis(self.half.1)?);
        grid.sample(|r, p| (self.m)(r, sign * p)).map_err(refused)
    }
}

/// tr ω = N and 0 ≤ ω ≤ 1: the worst along the ladder.
fn state(symbol: &Symbol, width: Width, epsilon: &[f64]) -> Result<Findings, LaboratoryError> {
    let (name, m) = (trial_name(symbol, width), symbol.sampled(1.0)?);
    let (mut traces, mut distances) = (Vec::new(), Vec::new());
    let mut found = Findings::default();
    for &eps in epsilon.iter().filter(|&&eps| eps >= SPECTRA_DOWN_TO) {
        let scaling = Scaling::line(eps).map_err(refused)?;
        let w = toeplitz(&m, &scaling, width.at(eps)).map_err(refused)?;
        let band = weyl_band(&w, &scaling, MATRIX).map_err(refused)?;
        let (low, high) = band.matrix.spectrum_extent().map_err(refused)?;
        let n = scaling.n();
        traces.push(Estimate::new((band.matrix.trace() - 1.0).abs(), band.left_out));
        let distance = (-n * low).max(n * high - 1.0).max(0.0);
        distances.push(Estimate::new(distance, n * band.left_out));
        found.rows.push(row(
            &name,
            eps,
            0.0,
            "largest eigenvalue of ω",
            Estimate::new(n * high, n * band.left_out),
        ));
    }
    found.checks.push(vanishing(&name, "|tr ω/N − 1|", &Estimate::worst(traces), ACCURACY));
    let distance = "distance of the spectrum of ω from [0,1]";
    found.checks.push(vanishing(&name, distance, &Estimate::worst(distances), ACCURACY));
    Ok(found)
}

/// ‖ρ_{|[x,ω]|}‖_{L^p}/(Nε) along the ladder; p = 1 must stay bounded.
fn commutator(symbol: &Symbol, width: Width, epsilon: &[f64]) -> Result<Findings, LaboratoryError> {
    let m = symbol.sampled(1.0)?;
    let w = |eps: f64| toeplitz(&m, &Scaling::line(eps).map_err(refused)?, width.at(eps)).map_err(refused);
    densities(&trial_name(symbol, width), epsilon, w)
}

fn densities(
    name: &str,
    epsilon: &[f64],
    w: impl Fn(f64) -> Result<WignerFunction, LaboratoryError>,
) -> Result<Findings, LaboratoryError> {
    let (mut found, mut in_l1) = (Findings::default(), Vec::new());
    for &eps in epsilon.iter().filter(|&&eps| eps >= DENSITY_DOWN_TO) {
        let density = commutator_density(&w(eps)?, eps)?;
        found.rows.extend(density.norms().map(|(norm, e)| row(name, eps, 0.0, norm, e)));
        in_l1.push(density.l1_over_n_eps);
    }
    found.checks.push(stays_bounded(name, "‖ρ_{|[x,ω]|}‖_{L¹}/(Nε)", &in_l1));
    Ok(found)
}

/// The Weyl quantisation of the smoothed symbol against the sum over the states e^{±ip·x/ε}g(x−r) themselves, at ε = ¼, where
/// e^{−ip·x/ε} under M(p,r) is e^{ip·x/ε} under M(−p,r).
fn sum_of_states(sign: f64) -> Result<Findings, LaboratoryError> {
    let (eps, width) = (0.25, Width::RootOfEps);
    let scaling = Scaling::line(eps).map_err(refused)?;
    let m = MIXTURE.sampled(1.0)?;
    // points that resolve |v| ≤ 9
    let points = friendly_length((2.0 * MIXTURE.half.0 * MIXTURE.half.1 / (PI * eps)) as usize);
    let w = toeplitz(&m, &scaling, width.at(eps)).map_err(refused)?;
    let omega = kernel(&w, &scaling, points).map_err(refused)?;
    // more points, so that the sum resolves g; what still more change is the error
    let m = MIXTURE.sampled(sign)?;
    let sum = |factor| superposition(&m.refined(factor), &scaling, width.at(eps), points).map_err(refused);
    let (coarse, fine) = (sum(2)?, sum(3)?);
    let norm = omega.hilbert_schmidt();
    let off = omega.minus(&fine).map_err(refused)?.hilbert_schmidt() / norm;
    let change = fine.minus(&coarse).map_err(refused)?.hilbert_schmidt() / norm;
    let residual = Estimate::new(off, change);
    let name = "‖ω − Σ over the coherent states‖_HS/‖ω‖_HS";
    Ok(Findings {
        rows: vec![row(SUM, eps, 0.0, name, residual)],
        checks: vec![vanishing(SUM, name, &residual, AGREEMENT)],
        ..Findings::default()
    })
}

/// M = (1 + cos(p/ε))·(4π)^(−1)e^{−(r²+p²)/2}, between 0 and (2π)^(−1): a fixed width of g does not smooth the fringes away.
fn oscillating(_: &Laboratory) -> Result<Findings, LaboratoryError> {
    let axis = |points| Axis::new(0.0, 18.0, points).map_err(refused);
    let grid = PhaseGrid::new(axis(64)?, axis(288)?);
    let epsilon: Vec<f64> = (2..=5).map(|k| 0.5_f64.powi(k)).collect();
    densities("coherent-states/fringes, σ = 1", &epsilon, |eps| {
        let m = |r: f64, p: f64| 0.5 * (1.0 + (p / eps).cos()) * bump(r, p, 1.0, 1.0);
        let m = grid.sample(m).map_err(refused)?;
        toeplitz(&m, &Scaling::line(eps).map_err(refused)?, 1.0).map_err(refused)
    })
}

fn vanishing(trial: &str, name: &str, residual: &Estimate, target: f64) -> Check {
    Check {
        name: name.to_owned(),
        trial: trial.to_owned(),
        relation: Relation::AtMost,
        value: residual.value,
        error: residual.error,
        target,
        verdict: verdict::vanishes(residual, target),
    }
}
