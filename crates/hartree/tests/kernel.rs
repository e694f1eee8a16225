//! The kernel discretisation of Hartree by itself: transforms, orders, conservation laws. Its agreement with the Weyl
//! variables is a test of the workspace.

#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, Interaction, NoInteraction};
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_hartree::HartreeError;
use semiclassical_hartree::line::KernelHartree;

fn grid() -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, 12.0, 96).unwrap(), Axis::new(0.0, 9.0, 96).unwrap())
}

/// Two normalised bumps.
fn bumps(x: f64, v: f64) -> f64 {
    let gaussian =
        |x: f64, v: f64| (-0.5 * (x * x / 0.36 + v * v / 0.25)).exp() / (0.3 * std::f64::consts::TAU);
    0.6 * gaussian(x - 0.7, v + 0.4) + 0.4 * gaussian(x + 0.8, v - 0.3)
}

fn start() -> WignerFunction {
    grid().sample(bumps).unwrap()
}

fn kernel(interaction: &dyn Interaction, splitting: Splitting) -> KernelHartree {
    let (axis, scaling) = (Axis::new(0.1, 12.5, 160).unwrap(), Scaling::line(0.125).unwrap());
    KernelHartree::from_wigner(&start(), &axis, interaction, scaling, splitting).unwrap()
}

fn distance(a: &WignerFunction, b: &WignerFunction) -> f64 {
    a.minus(b).unwrap().l2()
}

#[test]
fn wigner_inverts_weyl_on_unrelated_grids() {
    let mut kernel = kernel(&NoInteraction, Splitting::Strang);
    let error = distance(&kernel.wigner(&grid()).unwrap(), &start());
    assert!(error < 1e-11, "{error:.1e}");
    assert!((kernel.trace() / 8.0 - 1.0).abs() < 1e-12);
    let factor = Scaling::line(0.125).unwrap().hilbert_schmidt_factor();
    assert!((kernel.hilbert_schmidt() / (factor * start().l2()) - 1.0).abs() < 1e-11);
}

#[test]
fn kinetic_energy_is_the_second_moment_in_v() {
    let energy = kernel(&NoInteraction, Splitting::Strang).energy();
    assert!((energy - start().expectation(|_, v| v * v)).abs() < 1e-11);
}

#[test]
fn free_flow_is_exact_in_one_step() {
    let mut kernel = kernel(&NoInteraction, Splitting::Strang);
    kernel.evolve(0.4, 1);
    let exact = grid().sample(|x, v| bumps(x - 0.8 * v, v)).unwrap();
    let error = distance(&kernel.wigner(&grid()).unwrap(), &exact);
    assert!(error < 1e-11, "{error:.1e}");
}

#[test]
fn every_splitting_has_its_order_and_keeps_the_laws() {
    let interaction = Gaussian::new(-4.0, 1.0).unwrap();
    let run = |splitting, steps| {
        let mut kernel = kernel(&interaction, splitting);
        let (norm, energy) = (kernel.hilbert_schmidt(), kernel.energy());
        kernel.evolve(0.5, steps);
        assert!((kernel.trace() / 8.0 - 1.0).abs() < 1e-12);
        assert!((kernel.hilbert_schmidt() / norm - 1.0).abs() < 1e-12);
        (kernel.wigner(&grid()).unwrap(), (kernel.energy() - energy).abs())
    };
    let (fine, drifted) = run(Splitting::Order6, 24);
    assert!(drifted < 1e-10, "{drifted:.1e}");
    for (splitting, steps) in [(Splitting::Strang, 16), (Splitting::Order4, 12), (Splitting::Order6, 3)] {
        let errors = [steps, 2 * steps].map(|n| distance(&run(splitting, n).0, &fine));
        let order = (errors[0] / errors[1]).log2();
        let claimed = f64::from(splitting.order());
        assert!((order / claimed - 1.0).abs() < 0.05, "{splitting:?}: order {order:.3}, errors {errors:?}");
    }
}

#[test]
fn refuses_images_and_lost_velocities() {
    let build = |axis: Axis| {
        let scaling = Scaling::line(0.125).unwrap();
        KernelHartree::from_wigner(&start(), &axis, &NoInteraction, scaling, Splitting::Strang).map(|_| ())
    };
    assert!(matches!(build(Axis::new(0.0, 8.0, 160).unwrap()), Err(HartreeError::Mask { .. })));
    assert!(matches!(build(Axis::new(0.0, 12.0, 100).unwrap()), Err(HartreeError::Velocity { .. })));
}
