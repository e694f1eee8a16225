//! The correction of order ε² to Vlasov: a closed form, the order of its splitting, what it must leave alone, one wrong factor.

#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, NoInteraction, Quadratic};
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_vlasov::CorrectionSource;
use semiclassical_vlasov::line::{VlasovCorrection, WeylVlasov};

fn grid() -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, 18.0, 192).unwrap(), Axis::new(0.0, 15.0, 288).unwrap())
}

/// 1/deviation² in x and in v.
const PRECISIONS: [f64; 2] = [1.0 / 0.36, 1.0 / 0.25];

fn gaussian(x: f64, v: f64) -> f64 {
    let [a, b] = PRECISIONS;
    (a * b).sqrt() / std::f64::consts::TAU * (-0.5 * (a * x * x + b * v * v)).exp()
}

fn bumps(x: f64, v: f64) -> f64 {
    0.6 * gaussian(x - 0.9, v + 0.4) + 0.4 * gaussian(x + 1.1, v - 0.3)
}

fn distance(a: &WignerFunction, b: &WignerFunction) -> f64 {
    a.minus(b).unwrap().l2()
}

/// (W̃_t, D_t) of two bumps.
fn evolved(mut solver: VlasovCorrection, t: f64, steps: usize) -> [WignerFunction; 2] {
    let (mut w, mut d) = (grid().sample(bumps).unwrap(), WignerFunction::zeros(&grid()));
    solver.evolve(&mut w, &mut d, t, steps);
    [w, d]
}

fn attracted(splitting: Splitting) -> VlasovCorrection {
    VlasovCorrection::new(&grid(), &Gaussian::new(-3.0, 1.0).unwrap(), splitting).unwrap()
}

/// (e·∇)³ of the Gaussian: (3qℓ − ℓ³)W, ℓ = ae_x x + be_v v, q = ae_x² + be_v².
fn third_derivative([e_x, e_v]: [f64; 2], x: f64, v: f64) -> f64 {
    let [a, b] = PRECISIONS;
    let (l, q) = (a * e_x * x + b * e_v * v, a * e_x * e_x + b * e_v * e_v);
    (3.0 * q * l - l.powi(3)) * gaussian(x, v)
}

/// Of U = κx²/2 the flow is a rotation R_t; were U‴ = λ beside it, D_t = −(λ/24)∫₀ᵗ(e_s·∇)³W₀(R_{−t}z)ds with e_s = R_{−s}(0,1).
#[test]
fn a_constant_third_derivative_in_a_rotating_frame_is_a_closed_form() {
    let (kappa, lambda, t) = (0.8_f64, 1.7, 0.9);
    let omega = (2.0 * kappa).sqrt();
    let back = |[x, v]: [f64; 2], t: f64| {
        let (sin, cos) = (omega * t).sin_cos();
        [x * cos - 2.0 / omega * v * sin, v * cos + 0.5 * omega * x * sin]
    };
    // Simpson in s, far beyond the accuracy asked
    let nodes = 200;
    let integral = |x: f64, v: f64| {
        let [x, v] = back([x, v], t);
        let at = |k: usize| {
            let weight = if k == 0 || k == nodes { 1.0 } else { 2.0 + 2.0 * (k % 2) as f64 };
            weight * third_derivative(back([0.0, 1.0], t * k as f64 / nodes as f64), x, v)
        };
        (0..=nodes).map(at).sum::<f64>() * t / (3.0 * nodes as f64)
    };
    let exact = grid().sample(|x, v| -lambda / 24.0 * integral(x, v)).unwrap();
    let mut solver = VlasovCorrection::new(&grid(), &NoInteraction, Splitting::Order6)
        .unwrap()
        .with_external(|x| kappa * x, |_| lambda);
    let (mut w, mut d) = (grid().sample(gaussian).unwrap(), WignerFunction::zeros(&grid()));
    solver.evolve(&mut w, &mut d, t, 24);
    let error = distance(&d, &exact) / exact.l2();
    assert!(error < 1e-7 && exact.l2() > 0.1, "{error:.1e}, {:.1e}", exact.l2());
}

/// D = −(t/24)Ũ‴∂ᵥ³W_N + O(t²), Ũ‴ by its Fourier integral; with the sign of the force.
#[test]
fn it_begins_with_the_term_of_moyal() {
    let w = grid().sample(bumps).unwrap();
    let rho = w.density();
    let v = Gaussian::new(-3.0, 1.0).unwrap();
    let mut field = kernels::line::MeanField::new(&v, &grid().x).unwrap();
    let potential = field.potential(&rho);
    let third = field.derivative(&potential, 3);
    let relative = |t: f64| {
        let [_, d] = evolved(attracted(Splitting::Order6), t, 2);
        let mut exact = w.d_v(3);
        for (row, u) in exact.values_mut().chunks_exact_mut(grid().v.len()).zip(&third) {
            row.iter_mut().for_each(|value| *value *= -t / 24.0 * u);
        }
        distance(&d, &exact) / exact.l2()
    };
    let (long, short) = (relative(2e-3), relative(1e-3));
    assert!(short < 1e-2 && (long / short - 2.0).abs() < 0.02, "{long:.2e}, {short:.2e}");
}

/// Order 6 from above: y³ amplifies round-off, which is met at ten steps.
#[test]
fn every_splitting_has_its_order() {
    let t = 0.8;
    let [_, exact] = evolved(attracted(Splitting::Order6), t, 48);
    let error = |splitting, steps| distance(&evolved(attracted(splitting), t, steps)[1], &exact);
    let pairs = [(Splitting::Strang, [24, 48]), (Splitting::Order4, [10, 20]), (Splitting::Order6, [6, 8])];
    for (splitting, [few, many]) in pairs {
        let (coarse, fine) = (error(splitting, few), error(splitting, many));
        let order = (coarse / fine).ln() / (many as f64 / few as f64).ln();
        assert!((order - f64::from(splitting.order())).abs() < 0.35, "{splitting:?}: {order}");
        assert!(fine > 1e-11 * exact.l2(), "the order must be measured above round-off");
    }
}

#[test]
fn vlasov_is_carried_unchanged_and_the_correction_has_no_mass() {
    let [w, d] = evolved(attracted(Splitting::Order6), 0.7, 8);
    let mut alone = grid().sample(bumps).unwrap();
    WeylVlasov::new(&grid(), &Gaussian::new(-3.0, 1.0).unwrap(), Splitting::Order6)
        .unwrap()
        .evolve(&mut alone, 0.7, 8);
    assert!(distance(&w, &alone) < 1e-13 * alone.l2());
    assert!(d.l1() > 1e-2 && d.mass().abs() < 1e-12, "{}, {}", d.l1(), d.mass());
    assert!(d.expectation(|_, v| v).abs() < 1e-9, "momentum {}", d.expectation(|_, v| v));
}

#[test]
fn a_quadratic_interaction_needs_no_correction() {
    let solver = VlasovCorrection::new(&grid(), &Quadratic::new(0.8).unwrap(), Splitting::Order6).unwrap();
    assert_eq!(evolved(solver, 0.9, 12)[1].sup(), 0.0);
}

#[test]
fn wrong_sources_are_seen() {
    let right = evolved(attracted(Splitting::Order6), 0.8, 12)[1].clone();
    let with = |source| evolved(attracted(Splitting::Order6).with_source(source), 0.8, 12)[1].clone();
    let doubled = with(CorrectionSource { moyal: 1.0 / 12.0, ..CorrectionSource::default() });
    // the equation is linear in its source
    assert!((doubled.l2() / right.l2() - 2.0).abs() < 1e-10);
    let unresponsive = with(CorrectionSource { self_consistent: false, ..CorrectionSource::default() });
    assert!(distance(&unresponsive, &right) > 1e-2 * right.l2());
}
