//! The problems of the tests, and the pair evolved directly, without budget.
#![allow(dead_code)]

use std::sync::Arc;

use kernels::{Bump, Gaussian, Interaction, NoInteraction, Quadratic};
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_estimators::line::{Knob, Pair, Problem, Resolution, pair, vlasov_reference};
use states::GaussianMixture;

/// An interaction with the two bumps.
pub fn two_bumps(interaction: impl Interaction + 'static) -> Problem {
    Problem::new(Arc::new(interaction), Arc::new(GaussianMixture::two_bumps().unwrap()))
}

pub fn repulsive() -> Problem {
    two_bumps(Gaussian::new(1.0, 1.0).unwrap())
}

pub fn attractive() -> Problem {
    two_bumps(Gaussian::new(-1.0, 1.0).unwrap())
}

pub fn rough() -> Problem {
    two_bumps(Bump::new(1.0, 2.0).unwrap())
}

pub fn free() -> Problem {
    two_bumps(NoInteraction)
}

pub fn quadratic() -> Problem {
    two_bumps(Quadratic::new(1.0).unwrap())
}

/// A box of length 24 in x and 15 in v, on which ω(x;y) is dense at ε = 1/8.
pub fn fixed(n_x: usize, n_v: usize) -> Resolution {
    let grid = PhaseGrid::new(Axis::new(0.0, 24.0, n_x).unwrap(), Axis::new(0.0, 15.0, n_v).unwrap());
    Resolution { grid, splitting: Splitting::Order6, step: 0.125, fewer_steps: false }
}

/// The resolution of the ladders, for one time.
pub fn resolution(problem: &Problem, time: f64) -> Resolution {
    Resolution::for_problem(problem, &[time], 1e-13).unwrap()
}

/// The pairs with their budgets.
pub fn pairs(problem: &Problem, resolution: Resolution, eps: f64, times: &[f64]) -> Vec<Pair> {
    pair(problem, &vlasov_reference(problem, resolution, times).unwrap(), eps).unwrap()
}

/// W_t and W̃_t by `count` equal intervals.
pub fn evolved(
    problem: &Problem,
    resolution: Resolution,
    eps: f64,
    time: f64,
    count: usize,
) -> (WignerFunction, WignerFunction) {
    let mut w = problem.initial_on(&resolution.grid).unwrap();
    let mut w_tilde = w.clone();
    let mut hartree = problem.hartree(&resolution.grid, eps, resolution.splitting).unwrap();
    let mut vlasov = problem.vlasov(&resolution.grid, resolution.splitting).unwrap();
    let interval = time / count as f64;
    for _ in 0..count {
        hartree.evolve(&mut w, interval, resolution.steps(interval));
        vlasov.evolve(&mut w_tilde, interval, resolution.steps(interval));
    }
    (w, w_tilde)
}

/// The pair without budget.
pub fn bare(problem: &Problem, resolution: Resolution, eps: f64, time: f64) -> Pair {
    let (hartree, vlasov) = evolved(problem, resolution, eps, time, 1);
    let difference = hartree.minus(&vlasov).unwrap();
    Pair { eps, time, hartree, vlasov, difference, perturbations: Vec::new() }
}

/// Refined twice in every knob.
pub fn twice_refined(resolution: Resolution) -> Resolution {
    let once = |r: Resolution| Knob::ALL.iter().fold(r, |r, &knob| r.refined(knob).unwrap());
    once(once(resolution))
}
