//! Points pushed forward: exact flows, the solution in Weyl variables, conservation laws, orders, and what is refused.

#![allow(clippy::unwrap_used)]

use std::f64::consts::TAU;

use kernels::{Gaussian, InversePower, NoInteraction, Quadratic};
use num_complex::Complex64;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_vlasov::VlasovError;
use semiclassical_vlasov::line::{PushedForward, WeylVlasov};

fn grid() -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, 12.0, 96).unwrap(), Axis::new(0.0, 11.0, 108).unwrap())
}

/// Two bumps of unequal weight, so that no symmetry helps.
fn bumps(x: f64, v: f64) -> f64 {
    let gaussian = |x: f64, v: f64| (-0.5 * (x * x / 0.36 + v * v / 0.25)).exp() / (0.3 * TAU);
    0.6 * gaussian(x - 0.9, v + 0.4) + 0.4 * gaussian(x + 1.1, v - 0.3)
}

const STEP: f64 = 0.4;
const Q: [f64; 3] = [-2.0, 0.0, 1.3];

/// ∬W e^{i(px+qv)} by the plain double sum.
fn naive(w: &WignerFunction, p: f64, q: f64) -> Complex64 {
    let (grid, n_v) = (w.grid(), w.grid().v.len());
    let wave = |at: usize| Complex64::cis(p * grid.x.point(at / n_v) + q * grid.v.point(at % n_v));
    w.values().iter().enumerate().map(|(at, w)| w * wave(at)).sum::<Complex64>() * grid.cell()
}

fn farthest(a: &[Complex64], b: &[Complex64]) -> f64 {
    a.iter().zip(b).fold(0.0, |m: f64, (a, b)| m.max((a - b).norm()))
}

fn of(w: &WignerFunction) -> Vec<Complex64> {
    Q.iter().flat_map(|&q| (0..6).map(move |a| (a as f64 * STEP, q))).map(|(p, q)| naive(w, p, q)).collect()
}

#[test]
fn the_free_flow_shears_the_transform() {
    let w = grid().sample(bumps).unwrap();
    let mut points = PushedForward::new(&w, &NoInteraction, 8.0).unwrap();
    assert!((points.mass() - 1.0).abs() < 1e-13);
    points.evolve(0.7, 1, Splitting::Strang);
    // ∬W(x−2tv,v)e^{i(px+qv)} = Ŵ(p, q+2tp)
    let sheared = |(p, q): (f64, f64)| naive(&w, p, q + 1.4 * p);
    let exact: Vec<_> =
        Q.iter().flat_map(|&q| (0..6).map(move |a| (a as f64 * STEP, q))).map(sheared).collect();
    assert!(farthest(&points.observables(STEP, 6, &Q), &exact) < 1e-13);
    let mut slow = PushedForward::new(&w, &NoInteraction, 8.0).unwrap().with_speed(1.0);
    slow.evolve(0.7, 1, Splitting::Strang);
    assert!(farthest(&slow.observables(STEP, 6, &Q), &exact) > 0.1, "v for 2v is seen");
}

#[test]
fn it_is_the_solution_in_weyl_variables() {
    let fine = PhaseGrid::new(Axis::new(0.0, 20.0, 240).unwrap(), Axis::new(0.0, 13.0, 320).unwrap());
    let v = Gaussian::new(-3.0, 1.0).unwrap();
    let mut w = fine.sample(bumps).unwrap();
    WeylVlasov::new(&fine, &v, Splitting::Order6).unwrap().evolve(&mut w, 0.5, 12);
    let mut points = PushedForward::new(&grid().sample(bumps).unwrap(), &v, 8.0).unwrap();
    let before = points.observables(STEP, 6, &Q);
    points.evolve(0.5, 12, Splitting::Order6);
    let after = points.observables(STEP, 6, &Q);
    assert!(farthest(&after, &of(&w)) < 1e-9, "{:e}", farthest(&after, &of(&w)));
    assert!(farthest(&before, &after) > 0.1);
}

#[test]
fn energy_is_conserved_with_the_order_of_the_composition() {
    let start =
        PushedForward::new(&grid().sample(bumps).unwrap(), &Gaussian::new(-3.0, 1.0).unwrap(), 8.0).unwrap();
    let run = |steps: usize| {
        let mut points = start.clone();
        points.evolve(1.0, steps, Splitting::Order6);
        points
    };
    let exact = run(24).observables(STEP, 6, &Q);
    let [coarse, half] = [3, 6].map(|steps| farthest(&run(steps).observables(STEP, 6, &Q), &exact));
    let order = (coarse / half).log2();
    assert!((order - 6.0).abs() < 0.7 && half > 1e-12, "{order}: {coarse:e} {half:e}");
    let end = run(12);
    assert!((end.energy() - start.energy()).abs() < 1e-9 && (end.energy() - start.energy()).abs() > 0.0);
    let mut back = end;
    back.evolve(-1.0, 12, Splitting::Order6);
    assert!(farthest(&back.observables(STEP, 6, &Q), &start.observables(STEP, 6, &Q)) < 1e-12);
}

#[test]
fn threads_do_not_change_a_bit() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let w = grid().sample(bumps).unwrap();
            let mut points = PushedForward::new(&w, &Gaussian::new(1.0, 1.0).unwrap(), 8.0).unwrap();
            points.evolve(0.3, 2, Splitting::Order4);
            points.observables(STEP, 6, &Q)
        })
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn fields_without_finitely_many_modes_are_refused() {
    let w = grid().sample(bumps).unwrap();
    for v in [
        Box::new(Quadratic::new(1.0).unwrap()) as Box<dyn kernels::Interaction>,
        Box::new(InversePower::new(1.0, 0.5).unwrap()),
    ] {
        let refused = PushedForward::new(&w, v.as_ref(), 8.0);
        assert!(matches!(refused.unwrap_err(), VlasovError::Unsummed { .. }));
    }
}
