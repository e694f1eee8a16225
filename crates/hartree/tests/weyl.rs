//! The split flow of Hartree: exact solutions, orders, conservation laws, reversibility.

#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, NoInteraction, Quadratic};
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseFlow, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_hartree::line::{
    External, HartreeMultiplier, Model, OrbitalDynamics, Orbitals, WeylHartree,
};

fn grid() -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, 18.0, 192).unwrap(), Axis::new(0.0, 13.0, 288).unwrap())
}

/// A normalised Gaussian about (x₀, v₀) with deviations 0.6 and 0.5, a = 1/deviation².
fn gaussian(x: f64, v: f64) -> f64 {
    let (a, b) = (1.0_f64 / 0.36, 1.0 / 0.25);
    (a * b).sqrt() / std::f64::consts::TAU * (-0.5 * (a * x * x + b * v * v)).exp()
}

/// Two bumps, of unequal weight, so that no symmetry helps.
fn bumps(x: f64, v: f64) -> f64 {
    0.6 * gaussian(x - 0.9, v + 0.4) + 0.4 * gaussian(x + 1.1, v - 0.3)
}

fn distance(a: &WignerFunction, b: &WignerFunction) -> f64 {
    a.minus(b).unwrap().l2()
}

fn scaling() -> Scaling {
    Scaling::line(0.25).unwrap()
}

fn solver(splitting: Splitting) -> WeylHartree {
    WeylHartree::new(&grid(), &Gaussian::new(-3.0, 1.0).unwrap(), scaling(), splitting).unwrap()
}

#[test]
fn free_flow_is_exact_in_one_step() {
    let mut w = grid().sample(bumps).unwrap();
    let exact = grid().sample(|x, v| bumps(x - 1.4 * v, v)).unwrap();
    WeylHartree::new(&grid(), &NoInteraction, scaling(), Splitting::Strang).unwrap().evolve(&mut w, 0.7, 1);
    assert!(distance(&w, &exact) < 1e-12 * exact.l2());
}

#[test]
fn another_transport_speed_is_seen() {
    let mut w = grid().sample(bumps).unwrap();
    let exact = grid().sample(|x, v| bumps(x - 1.4 * v, v)).unwrap();
    let slow = PhaseFlow::with_speed(&grid(), 1.0);
    WeylHartree::with_flow(slow, &NoInteraction, scaling(), Splitting::Strang)
        .unwrap()
        .evolve(&mut w, 0.7, 1);
    assert!(distance(&w, &exact) > 0.1 * exact.l2());
}

/// ẋ = 2v, v̇ = −κ(x − x̄): a rotation by Ωt, Ω = √(2κ), about the mean, which moves freely.
#[test]
fn harmonic_flow_rotates_about_the_mean() {
    let (kappa, t) = (0.8_f64, 0.9_f64);
    let mean = (0.6 * 0.9 - 0.4 * 1.1, -0.6 * 0.4 + 0.4 * 0.3);
    let omega = (2.0 * kappa).sqrt();
    let (sin, cos) = (omega * t).sin_cos();
    let exact = grid()
        .sample(|x, v| {
            let (q, p) = (x - mean.0 - 2.0 * t * mean.1, v - mean.1);
            let (q0, p0) = (q * cos - 2.0 / omega * p * sin, p * cos + 0.5 * omega * q * sin);
            bumps(mean.0 + q0, mean.1 + p0)
        })
        .unwrap();
    let mut w = grid().sample(bumps).unwrap();
    WeylHartree::new(&grid(), &Quadratic::new(kappa).unwrap(), scaling(), Splitting::Order6)
        .unwrap()
        .evolve(&mut w, t, 12);
    let error = distance(&w, &exact);
    assert!(error < 1e-10 * exact.l2(), "{error:.1e}");
}

/// V_ext = ½κ(x−c)², no V: a rotation by Ωt, Ω = √(2κ), about (c, 0).
#[test]
fn a_trap_rotates_about_its_centre() {
    let (kappa, c, t) = (0.8_f64, 0.5, 0.9);
    let omega = (2.0 * kappa).sqrt();
    let (sin, cos) = (omega * t).sin_cos();
    let back =
        |x: f64, v: f64| (c + (x - c) * cos - 2.0 / omega * v * sin, v * cos + 0.5 * omega * (x - c) * sin);
    let exact = grid().sample(|x, v| bumps(back(x, v).0, back(x, v).1)).unwrap();
    let run = |trap: fn(f64) -> f64| {
        let multiplier =
            HartreeMultiplier::new(&NoInteraction, &grid(), scaling()).unwrap().with_external(trap);
        let mut w = grid().sample(bumps).unwrap();
        WeylHartree::from_parts(PhaseFlow::new(&grid()), multiplier, Splitting::Order6).evolve(&mut w, t, 12);
        distance(&w, &exact) / exact.l2()
    };
    let error = run(|x| 0.4 * (x - 0.5).powi(2));
    assert!(error < 1e-10, "{error:.1e}");
    assert!(run(|x| 0.4 * x * x) > 0.1, "the centre must be seen");
}

/// V_ext = ½cos 2x and V against the orbitals, which know nothing of Weyl variables: three orbitals of x², ε = 1/3.
#[test]
fn an_external_potential_acts_as_it_does_on_orbitals() {
    let scaling = Scaling::line(1.0 / 3.0).unwrap();
    let (v, cosine) = (Gaussian::new(-2.0, 1.0).unwrap(), |x: f64| 0.5 * (2.0 * x).cos());
    let grid = PhaseGrid::new(Axis::new(0.0, 22.0, 192).unwrap(), Axis::new(0.0, 12.0, 256).unwrap());
    let axis = Axis::new(0.0, 48.0, 320).unwrap();
    let mut orbitals = Orbitals::oscillator_sea(&axis, scaling, 1.0).unwrap();
    let mut w = Orbitals::oscillator_sea_wigner(&grid, scaling, 1.0).unwrap();
    let start = w.clone();
    let model = Model::hartree(v, External::function(cosine));
    OrbitalDynamics::new(&model, &axis, scaling, Splitting::Order6)
        .unwrap()
        .evolve(&mut orbitals, 0.4, 8)
        .unwrap();
    let multiplier = HartreeMultiplier::new(&v, &grid, scaling).unwrap().with_external(cosine);
    WeylHartree::from_parts(PhaseFlow::new(&grid), multiplier, Splitting::Order6).evolve(&mut w, 0.4, 8);
    let error = distance(&w, &orbitals.wigner(&grid).unwrap()) / w.l2();
    assert!(error < 1e-8, "{error:.1e}");
    let mut without = start;
    WeylHartree::new(&grid, &v, scaling, Splitting::Order6).unwrap().evolve(&mut without, 0.4, 8);
    assert!(distance(&w, &without) > 0.1 * w.l2(), "V_ext must be seen");
}

#[test]
fn every_splitting_has_its_order() {
    let start = grid().sample(bumps).unwrap();
    let run = |splitting, steps| {
        let mut w = start.clone();
        solver(splitting).evolve(&mut w, 1.0, steps);
        w
    };
    let fine = run(Splitting::Order6, 48);
    for (splitting, steps) in [(Splitting::Strang, 16), (Splitting::Order4, 24), (Splitting::Order6, 8)] {
        let errors = [steps, 2 * steps].map(|n| distance(&run(splitting, n), &fine));
        let order = (errors[0] / errors[1]).log2();
        let claimed = f64::from(splitting.order());
        assert!((order / claimed - 1.0).abs() < 0.05, "{splitting:?}: order {order:.3}, errors {errors:?}");
        assert!(errors[1] > 1e-13, "{splitting:?}: the order must be measured above round-off");
    }
}

#[test]
fn mass_and_norm_are_conserved_and_energy_to_the_order() {
    let start = grid().sample(bumps).unwrap();
    let drifted = |splitting, steps| {
        let mut w = start.clone();
        let mut solver = solver(splitting);
        let before = solver.energy(&w);
        solver.evolve(&mut w, 1.0, steps);
        assert!((w.mass() - 1.0).abs() < 1e-12 && (w.l2() / start.l2() - 1.0).abs() < 1e-12);
        (solver.energy(&w) - before).abs()
    };
    for (splitting, steps) in [(Splitting::Strang, 16), (Splitting::Order4, 12), (Splitting::Order6, 5)] {
        let (coarse, fine) = (drifted(splitting, steps), drifted(splitting, 2 * steps));
        let order = (coarse / fine).log2();
        assert!(
            order > f64::from(splitting.order()) - 0.5,
            "{splitting:?}: order {order:.2}, {coarse:.1e}, {fine:.1e}"
        );
    }
}

#[test]
fn time_reverses() {
    let start = grid().sample(bumps).unwrap();
    for splitting in Splitting::ALL {
        let (mut w, mut solver) = (start.clone(), solver(splitting));
        solver.evolve(&mut w, 0.8, 5);
        assert!(distance(&w, &start) > 0.1 * start.l2());
        solver.evolve(&mut w, -0.8, 5);
        let error = distance(&w, &start) / start.l2();
        assert!(error < 1e-12, "{splitting:?}: {error:.1e}");
    }
}

#[test]
fn refuses_another_dimension() {
    let scaling = Scaling::new(3, 0.25).unwrap();
    assert!(WeylHartree::new(&grid(), &NoInteraction, scaling, Splitting::Strang).is_err());
}
