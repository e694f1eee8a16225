//! P19.5. Regularity propagates along Vlasov: the norms of the hypotheses stay finite on [0,T], here on ±|x|^(−α), T = 1.
//!
//! Finite on a grid says little, so that each norm is held against a bound that follows from the characteristics ẋ = 2v, v̇ = −U′,
//! U = V∗ρ̃, with the measured derivatives of U and no free constant (`laboratory::regularity` derives the rates):
//!
//! - ‖W̃_t‖_{H_4^k} ≤ ‖W_N‖_{H_4^k} exp ∫(2κ + λ_k), k = 0, …, 4;
//! - ‖∇W̃_t‖_{L²} ≤ ‖∇W_N‖_{L²} exp ∫½‖U″ − 2‖_∞, the rate at which a free flow sets out;
//! - H_m(t)^{1/m} ≤ H_m(0)^{1/m} + ∫‖U′‖_∞, from Ḣ_m ≤ m‖U′‖_∞H_{m−1};
//! - S_0(R,1) of W̃_t ≤ S_0(R,1+t) of W_N, and S_1 with the factor exp ∫½‖U″ − 2‖_∞, for R ≥ ‖U′‖_∞: the windows of two
//!   flights fit into that of one (`states::line::local_sup`);
//! - ‖∂ᵏU‖_∞ ≤ |strength|(2/(1−α)‖∂ᵏρ̃‖_∞ + ‖∂ᵏρ̃‖_{L¹}): V∗ρ̃ is as smooth as ρ̃, however singular V.
//!
//! ‖W̃_t‖_{H_4^k}, k = 5, 6, and S_l, l = 2, …, 5, have no such bound here; they must be resolved to 1%, like every norm.

use std::sync::Arc;

use estimators::line::Problem;
use estimators::{Estimate, Verdict};
use rayon::prelude::*;
use states::line::local_sup::{ForceWindow, local_sup, local_sup_of_state};
use states::{InitialState, RadialBump};

use super::chain::at_most_one;
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{BOUNDED_ORDERS, LOCAL_SUP, Laboratory, Node, ORDERS, Plan, Regularity, row};
use crate::record::{Check, Curve, Exhibit};
use crate::trial::{self, Trial};

const SOBOLEV: &str = "‖W̃_t‖_{H_4^k} / (‖W_N‖_{H_4^k} exp ∫(2κ+λ_k)), k ≤ 4";
const GRADIENT: &str = "‖∇W̃_t‖_{L²} / (‖∇W_N‖_{L²} exp ∫½‖U″−2‖_∞)";
const MOMENTS: &str = "H_m(t)^{1/m} / (H_m(0)^{1/m} + ∫‖U′‖_∞), m = 2, 4";
const WINDOWS: &str = "S_l(R,1)[W̃_t] / S_l(R,1+t)[W_N] exp(−l∫½‖U″−2‖_∞), l = 0, 1";
const FORCE: &str = "‖U′‖_∞/R";
const SMOOTHING: &str = "‖∂ᵏU‖_∞ / |strength|(2/(1−α)‖∂ᵏρ̃‖_∞ + ‖∂ᵏρ̃‖_{L¹}), k = 1, …, 4";
const RESOLVED: &str = "largest relative error of all norms on [0,1]";
/// To which a norm must be known to count as finite.
const RESOLUTION: f64 = 1e-2;
/// No ε enters Vlasov: its rows carry ε = 1.
const NO_EPSILON: f64 = 1.0;
/// Highest order of the local sup condition.
const LOCAL_ORDERS: u32 = 5;

/// Strengths and exponents. At full strength −|x|^(−0.9) contracts until no grid resolves six derivatives at t = 1.
const POWERS: [(f64, f64); 8] =
    [REPULSIVE, ATTRACTIVE, (1.0, 0.25), (1.0, 0.75), (1.0, 0.9), (-1.0, 0.25), (-1.0, 0.45), (-0.25, 0.9)];
/// α inside L19.T1, and repulsive: it spreads and speeds up.
const REPULSIVE: (f64, f64) = (1.0, 0.45);
/// α inside L19.T2 alone, and attractive: it contracts.
const ATTRACTIVE: (f64, f64) = (-1.0, 0.75);
/// The quick tier takes so many of them, those of the controls.
const QUICK: usize = 2;

/// The claim.
pub fn claim() -> Claim {
    let names: Vec<String> =
        POWERS.iter().filter_map(|&(s, a)| trial::power(s, a).ok()).map(|t| t.name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P19.5",
        "regularity propagates along Vlasov: the norms of the hypotheses stay finite on [0,T]",
        Box::new(measure),
    )
    .measuring(&[SOBOLEV, GRADIENT, MOMENTS, WINDOWS, FORCE, SMOOTHING, RESOLVED])
    .on(&names)
    .control("no stretching: exp(0) in the bounds of ‖·‖_{H_4^k}", Box::new(|lab| without(lab, SOBOLEV)))
    .control("no stretching: exp(0) in that of ‖∇W̃‖_{L²}", Box::new(|lab| without(lab, GRADIENT)))
    .control("no force in the bounds of H_m", Box::new(|lab| without(lab, MOMENTS)))
    .control(
        "windows without force: ‖ρ̃_t‖_∞ = S_0(0,0) of W̃_t against S_0(0,t) of W_N",
        Box::new(|lab| without(lab, WINDOWS)),
    )
    .undecidable("a rough state, (1−|z|²/2)₊, outside H²", Box::new(rough))
}

fn trials(tier: Tier) -> Result<Vec<Trial>, LaboratoryError> {
    let many = if tier == Tier::Quick { QUICK } else { POWERS.len() };
    POWERS[..many].iter().map(|&(s, a)| trial::power(s, a)).collect()
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let trials = trials(laboratory.tier())?;
    let measured: Vec<Result<Arc<Regularity>, LaboratoryError>> =
        trials.par_iter().map(|trial| laboratory.regularity(trial)).collect();
    // one W_N for all trials
    let longer = |order: u32| initial_window(&trials[0], order, LOCAL_SUP, Plan::FINAL_TIME);
    let windows = [longer(0)?, longer(1)?];
    let measured = measured.into_iter().collect::<Result<Vec<_>, _>>()?;
    let found: Vec<Result<Findings, LaboratoryError>> =
        measured.par_iter().map(|measured| findings(measured, &windows)).collect();
    let mut all = Findings::default();
    for one in found {
        all = all.merged(one?);
    }
    // a repulsive and an attractive trial
    all.exhibits.extend([measured.first(), measured.last()].into_iter().flatten().map(|m| figure(m)));
    Ok(all)
}

/// All rows and checks of one trial; `longer[l]` = S_l(R,2) of W_N.
fn findings(measured: &Regularity, longer: &[Estimate; 2]) -> Result<Findings, LaboratoryError> {
    let mut found = bounds(measured);
    let windows = windows(measured, longer)?;
    let norms = measured.nodes.iter().flat_map(Node::norms).chain(windows.norms.iter().copied());
    found.checks.push(at_most_one(&measured.trial, WINDOWS, windows.ratios));
    found.checks.push(resolved(&measured.trial, norms));
    found.rows.extend(windows.rows);
    Ok(found)
}

fn bounds(measured: &Regularity) -> Findings {
    let mut found = Findings::default();
    let start = &measured.nodes[0];
    let later = || measured.nodes[1..].iter();
    let mut check = |name: &str, ratios: Vec<Estimate>| {
        found.checks.push(at_most_one(&measured.trial, name, ratios));
    };
    check(SOBOLEV, later().flat_map(|n| sobolev_ratios(start, n, 1.0)).collect());
    check(GRADIENT, later().map(|n| gradient_ratio(start, n, 1.0)).collect());
    check(MOMENTS, later().flat_map(|n| moment_ratios(start, n, 1.0)).collect());
    let forces = measured.nodes.iter().map(|n| n.potential[0].scaled(1.0 / LOCAL_SUP.force));
    check(FORCE, forces.collect());
    let smoothing: Vec<Estimate> = measured.nodes.iter().flat_map(|n| n.smoothing.clone()).collect();
    if !smoothing.is_empty() {
        check(SMOOTHING, smoothing);
    }
    for node in &measured.nodes {
        found.rows.extend(rows(&measured.trial, start, node));
    }
    found
}

/// Every norm at one time, and the bounds of the first kind.
fn rows(trial: &str, start: &Node, node: &Node) -> Vec<crate::record::Row> {
    let at = |name: String, e: Estimate| row(trial, NO_EPSILON, node.time, &name, e);
    let mut rows = Vec::new();
    rows.extend(node.sobolev.iter().enumerate().map(|(k, e)| at(format!("‖W̃_t‖_{{H_4^{k}}}"), *e)));
    rows.push(at("‖∇W̃_t‖_{L²}".into(), node.gradient));
    rows.extend(["H_2", "H_4"].iter().zip(node.moments).map(|(name, e)| at((*name).into(), e)));
    rows.extend(node.potential.iter().enumerate().map(|(k, e)| at(format!("‖∂^{}U‖_∞", k + 1), *e)));
    if node.time > 0.0 {
        let ratios = sobolev_ratios(start, node, 1.0).into_iter().enumerate();
        rows.extend(ratios.map(|(k, e)| at(format!("‖W̃_t‖_{{H_4^{k}}} / its bound"), e)));
        rows.push(at(GRADIENT.into(), gradient_ratio(start, node, 1.0)));
    }
    rows
}

/// ‖W̃_t‖/(‖W_N‖ exp(share·∫rate)).
fn over_bound(start: &Estimate, now: &Estimate, exponent: &Estimate, share: f64) -> Estimate {
    let factor = (share * exponent.value).exp();
    now.over(&start.plus(&Estimate::new(0.0, start.value * share * exponent.error)).scaled(factor))
}

fn sobolev_ratios(start: &Node, node: &Node, share: f64) -> Vec<Estimate> {
    (0..BOUNDED_ORDERS as usize)
        .map(|k| over_bound(&start.sobolev[k], &node.sobolev[k], &node.growth[k], share))
        .collect()
}

fn gradient_ratio(start: &Node, node: &Node, share: f64) -> Estimate {
    over_bound(&start.gradient, &node.gradient, &node.stretch, share)
}

fn moment_ratios(start: &Node, node: &Node, share: f64) -> Vec<Estimate> {
    let root = |e: &Estimate, m: i32| {
        let root = e.value.powf(1.0 / f64::from(m));
        Estimate::new(root, root * e.relative_error() / f64::from(m))
    };
    let pairs = [2, 4].into_iter().zip(start.moments.iter().zip(&node.moments));
    pairs
        .map(|(m, (then, now))| root(now, m).over(&root(then, m).plus(&node.impulse.scaled(share))))
        .collect()
}

/// The local suprema of one trial.
struct Windows {
    ratios: Vec<Estimate>,
    norms: Vec<Estimate>,
    rows: Vec<crate::record::Row>,
}

/// S_l at t = 1, l ≤ 5, those of l ≤ 1 against their bounds. The trajectory's own error enters as the relative change of
/// ‖W̃_t‖_{H_4^6}, the largest of all.
fn windows(measured: &Regularity, longer: &[Estimate; 2]) -> Result<Windows, LaboratoryError> {
    let mut all = Windows { ratios: Vec::new(), norms: Vec::new(), rows: Vec::new() };
    let Some(node) = measured.nodes.last() else { return Ok(all) };
    for order in 0..=LOCAL_ORDERS {
        let now = window_of(node, order, LOCAL_SUP)?;
        let name = format!("S_{order}({},{})[W̃_t]", LOCAL_SUP.force, LOCAL_SUP.time);
        all.rows.push(row(&measured.trial, NO_EPSILON, node.time, &name, now));
        all.norms.push(now);
        if let Some(bound) = longer.get(order as usize) {
            all.ratios.push(over_bound(bound, &now, &node.stretch, f64::from(order)));
        }
    }
    Ok(all)
}

fn window_of(node: &Node, order: u32, window: ForceWindow) -> Result<Estimate, LaboratoryError> {
    let measured = local_sup(&node.w, order, window).map_err(refused)?;
    let trajectory = node.sobolev.last().map_or(f64::INFINITY, Estimate::relative_error);
    Ok(Estimate::new(measured.value, measured.error + trajectory * measured.value))
}

/// S_l(R,T+t) of W_N.
fn initial_window(
    trial: &Trial,
    order: u32,
    window: ForceWindow,
    later: f64,
) -> Result<Estimate, LaboratoryError> {
    let longer = ForceWindow { time: window.time + later, ..window };
    let measured = local_sup_of_state(trial.problem.initial.as_ref(), order, longer).map_err(refused)?;
    Ok(Estimate::new(measured.value, measured.error))
}

fn resolved(trial: &str, norms: impl Iterator<Item = Estimate>) -> Check {
    let worst = Estimate::worst(norms.map(|e| Estimate::new(e.relative_error(), 0.0)));
    let check = Check::vanishing(RESOLVED, trial, &worst, RESOLUTION);
    // a norm that no grid settles is no contradiction
    Check { verdict: check.verdict.min(Verdict::Unresolved), ..check }
}

/// One bound with one thing left out, on the trial where it matters.
fn without(laboratory: &Laboratory, bound: &str) -> Result<Findings, LaboratoryError> {
    let (strength, alpha) = if bound == WINDOWS { ATTRACTIVE } else { REPULSIVE };
    let trial = trial::power(strength, alpha)?;
    let measured = laboratory.regularity(&trial)?;
    let (start, later) = (&measured.nodes[0], &measured.nodes[1..]);
    let ratios: Vec<Estimate> = match bound {
        SOBOLEV => later.iter().flat_map(|n| sobolev_ratios(start, n, 0.0)).collect(),
        GRADIENT => later.iter().map(|n| gradient_ratio(start, n, 0.0)).collect(),
        MOMENTS => later.iter().flat_map(|n| moment_ratios(start, n, 0.0)).collect(),
        _ => {
            let free = ForceWindow { force: 0.0, time: 0.0 };
            let ratio = |n: &Node| Ok(window_of(n, 0, free)?.over(&initial_window(&trial, 0, free, n.time)?));
            later.iter().map(ratio).collect::<Result<_, LaboratoryError>>()?
        }
    };
    Ok(Findings { checks: vec![at_most_one(&trial.name, bound, ratios)], ..Findings::default() })
}

/// (1−|z|²/2)₊ along the weakest of the interactions: ‖·‖_{H_4^k}, k ≥ 2, is infinite, and no two grids agree on it.
fn rough(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let smooth = trial::power(1.0, 0.25)?;
    let initial: Arc<dyn InitialState> = Arc::new(RadialBump::new(1.0).map_err(refused)?);
    let problem = Problem::new(smooth.problem.interaction, initial);
    let trial = Trial { name: "+|x|^(−0.25)/radial-bump(1)".into(), problem, ..smooth };
    let measured = laboratory.regularity(&trial)?;
    let check = resolved(&trial.name, measured.nodes.iter().flat_map(Node::norms));
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

fn figure(measured: &Regularity) -> Exhibit {
    let start = &measured.nodes[0];
    let along = |label: String, guide: bool, value: &dyn Fn(&Node) -> Estimate| {
        let at = |n: &Node| (n.time, value(n));
        let points = measured.nodes.iter().map(at).map(|(t, e)| [t, e.value, e.error]).collect();
        Curve { label, points, guide }
    };
    let mut curves: Vec<Curve> = (0..ORDERS as usize)
        .map(|k| along(format!("k = {k}"), false, &|n| n.sobolev[k].over(&start.sobolev[k])))
        .collect();
    curves.push(along("‖∇W̃_t‖_{L²}".into(), false, &|n| n.gradient.over(&start.gradient)));
    let bound = |n: &Node| Estimate::new(n.stretch.value.exp(), 0.0);
    curves.push(along("exp ∫½‖U″−2‖_{L^∞}, its bound".into(), true, &bound));
    Exhibit::Curves {
        name: format!("regularity-{}", stem(&measured.trial)),
        title: format!("norms of order k against t, {}", measured.trial),
        x_label: "t".into(),
        y_label: "norm at t / norm at 0".into(),
        log_x: false,
        log_y: true,
        curves,
    }
}

/// `+|x|^(−0.25)/two-bumps` → `plus-0.25`.
fn stem(trial: &str) -> String {
    let sign = if trial.starts_with('−') { "minus" } else { "plus" };
    let digits: String = trial
        .chars()
        .filter_map(|c| match c {
            '0'..='9' | '.' => Some(c),
            '(' => Some('-'),
            _ => None,
        })
        .collect();
    format!("{sign}-{}", digits.trim_matches('-'))
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
