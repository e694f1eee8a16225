//! The flow traced back in the field of points pushed forward: feet, free flow, the other solvers, orders, what is conserved.

#![allow(clippy::unwrap_used)]

use std::f64::consts::TAU;

use kernels::{Gaussian, Interaction, NoInteraction};
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_vlasov::line::{BackwardFlow, CharacteristicVlasov, PushedForward, Settings, WeylVlasov};

const TIME: f64 = 0.5;

fn grid() -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, 12.0, 96).unwrap(), Axis::new(0.0, 11.0, 108).unwrap())
}

/// Two bumps of unequal weight, so that no symmetry helps.
fn bumps(x: f64, v: f64) -> f64 {
    let gaussian = |x: f64, v: f64| (-0.5 * (x * x / 0.36 + v * v / 0.25)).exp() / (0.3 * TAU);
    0.6 * gaussian(x - 0.9, v + 0.4) + 0.4 * gaussian(x + 1.1, v - 0.3)
}

fn gravity() -> Gaussian {
    Gaussian::new(-3.0, 1.0).unwrap()
}

fn points(v: &dyn Interaction) -> PushedForward {
    PushedForward::new(&grid().sample(bumps).unwrap(), v, 8.0).unwrap()
}

fn traced(v: &dyn Interaction, steps: usize, splitting: Splitting) -> BackwardFlow {
    points(v).evolve_traced(TIME, steps, splitting)
}

/// A lattice over both bumps at the end.
fn lattice() -> [Vec<f64>; 2] {
    [5.0, 2.5].map(|half| (0..41).map(|j| half * (f64::from(j) / 20.0 - 1.0)).collect())
}

fn farthest(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |m: f64, (a, b)| m.max((a - b).abs()))
}

#[test]
fn without_a_field_the_foot_is_exact() {
    for splitting in Splitting::ALL {
        let back = traced(&NoInteraction, 3, splitting);
        for (x, v) in [(0.4, 0.1), (-1.3, 0.8), (2.2, -1.7)] {
            let foot = back.foot(x, v);
            assert!((foot.0 - (x - 2.0 * v * TIME)).abs() < 1e-14 && foot.1 == v, "{splitting:?} {foot:?}");
        }
    }
    let slow = points(&NoInteraction).with_speed(1.0).evolve_traced(TIME, 3, Splitting::Strang);
    assert!((slow.foot(0.4, 0.6).0 - (0.4 - 0.6 * TIME)).abs() < 1e-14, "v for 2v is traced back as such");
}

/// There and back: pushed back in the same field, points are at their feet. Only a negative time undoes a field that moves, so that the
/// feet are compared with those of the reversed evolution.
#[test]
fn what_was_pushed_forward_comes_back_to_its_foot() {
    let mut there = points(&gravity());
    let back = there.evolve_traced(TIME, 6, Splitting::Order6);
    let home = there.evolve_traced(-TIME, 6, Splitting::Order6);
    for (x, v) in [(0.9, -0.4), (-1.1, 0.3), (0.2, 1.4), (-2.0, -0.7)] {
        // `home` undone is the flow from 0 to t
        let end = home.foot(x, v);
        let foot = back.foot(end.0, end.1);
        assert!((foot.0 - x).hypot(foot.1 - v) < 1e-12, "{foot:?}");
        assert!((end.0 - x - 2.0 * v * TIME).abs() > 1e-2, "the field is felt");
        // W̃_t is constant along the flow
        assert!((bumps(foot.0, foot.1) - bumps(x, v)).abs() < 1e-12);
    }
}

/// `[b·n_x + a]` of W(x_a,v_b).
fn rows(w: &WignerFunction) -> Vec<f64> {
    let (n_x, n_v) = (w.grid().x.len(), w.grid().v.len());
    (0..n_x * n_v).map(|p| w.values()[(p % n_x) * n_v + p / n_x]).collect()
}

#[test]
fn it_is_the_solution_of_both_other_solvers() {
    let fine = PhaseGrid::new(Axis::new(0.0, 18.0, 180).unwrap(), Axis::new(0.0, 12.0, 240).unwrap());
    let start = fine.sample(bumps).unwrap();
    let back = traced(&gravity(), 12, Splitting::Order6);
    let pushed = back.transported(bumps, &fine.x.points(), &fine.v.points());
    assert!(farthest(&pushed, &rows(&start)) > 0.1);

    let mut w = start;
    WeylVlasov::new(&fine, &gravity(), Splitting::Order6).unwrap().evolve(&mut w, TIME, 12);
    assert!(farthest(&pushed, &rows(&w)) < 1e-8, "{:e}", farthest(&pushed, &rows(&w)));

    let wide = PhaseGrid::new(Axis::new(0.0, 16.0, 128).unwrap(), Axis::new(0.0, 11.0, 108).unwrap());
    let settings = Settings { nodes: 9, steps: 4, tolerance: 1e-9, ..Settings::default() };
    let other = CharacteristicVlasov::solve(bumps, &gravity(), &wide, TIME, settings).unwrap();
    let other = rows(&other.wigner(&fine, TIME).unwrap());
    assert!(farthest(&pushed, &other) < 1e-7, "{:e}", farthest(&pushed, &other));
}

#[test]
fn mass_and_square_are_conserved() {
    let (x, v) = (Axis::new(0.0, 18.0, 180).unwrap(), Axis::new(0.0, 12.0, 240).unwrap());
    let cell = x.spacing() * v.spacing();
    let back = traced(&gravity(), 8, Splitting::Order6);
    let sums = |w: &[f64]| [w.iter().sum::<f64>() * cell, w.iter().map(|w| w * w).sum::<f64>() * cell];
    let after = sums(&back.transported(bumps, &x.points(), &v.points()));
    let before = sums(grid().sample(bumps).unwrap().values()).map(|s| s * grid().cell() / cell);
    assert!(farthest(&after, &before) < 1e-9, "{before:?} {after:?}");
}

#[test]
fn every_composition_has_its_order() {
    let [x, v] = lattice();
    let run = |steps, splitting| traced(&gravity(), steps, splitting).transported(bumps, &x, &v);
    let exact = run(24, Splitting::Order6);
    for (splitting, order, steps) in
        [(Splitting::Strang, 2.0, 8), (Splitting::Order4, 4.0, 3), (Splitting::Order6, 6.0, 2)]
    {
        let [coarse, half] = [steps, 2 * steps].map(|steps| farthest(&run(steps, splitting), &exact));
        let seen = (coarse / half).log2();
        assert!((seen - order).abs() < 0.15 * order && half > 1e-12, "{splitting:?}: {seen} {half:e}");
    }
}
