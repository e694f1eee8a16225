//! Vlasov along characteristics by itself: exact solutions, orders, determinism. Its agreement with the Weyl variables is a
//! test of the workspace.

#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, Interaction, NoInteraction, Quadratic};
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_vlasov::VlasovError;
use semiclassical_vlasov::line::{CharacteristicVlasov, Settings};

fn grid() -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, 16.0, 80).unwrap(), Axis::new(0.0, 9.0, 72).unwrap())
}

/// A normalised bump about (0.5, −0.3).
fn bump(x: f64, v: f64) -> f64 {
    let (x, v) = (x - 0.5, v + 0.3);
    (-0.5 * (x * x / 0.36 + v * v / 0.25)).exp() / (0.3 * std::f64::consts::TAU)
}

fn solve(interaction: &dyn Interaction, settings: Settings) -> CharacteristicVlasov<fn(f64, f64) -> f64> {
    CharacteristicVlasov::solve(bump as fn(f64, f64) -> f64, interaction, &grid(), 0.8, settings).unwrap()
}

fn distance(a: &WignerFunction, b: &WignerFunction) -> f64 {
    a.minus(b).unwrap().l2()
}

#[test]
fn free_characteristics_are_straight() {
    let solution = solve(&NoInteraction, Settings { nodes: 5, steps: 1, ..Settings::default() });
    for (t, x, v) in [(0.0, 0.4, 0.1), (0.3, 1.0, -0.5), (0.8, -0.2, 0.3)] {
        assert!((solution.wigner_at(t, x, v) - bump(x - 2.0 * v * t, v)).abs() < 1e-15);
    }
}

/// ẋ = 2v, v̇ = −κ(x − x̄): a rotation by Ωt, Ω = √(2κ), about the mean, which moves freely.
#[test]
fn harmonic_characteristics_rotate_about_the_mean() {
    let (kappa, t) = (0.8_f64, 0.7);
    let omega = (2.0 * kappa).sqrt();
    let (sin, cos) = (omega * t).sin_cos();
    let exact = |x: f64, v: f64| {
        let (q, p) = (x - 0.5 + 0.6 * t, v + 0.3);
        bump(0.5 + q * cos - 2.0 / omega * p * sin, -0.3 + p * cos + 0.5 * omega * q * sin)
    };
    let solution = solve(&Quadratic::new(kappa).unwrap(), Settings::default());
    let error = distance(&solution.wigner(&grid(), t).unwrap(), &grid().sample(exact).unwrap());
    assert!(error < 1e-10, "{error:.1e}");
}

#[test]
fn every_splitting_has_its_order_in_a_force_that_moves() {
    let interaction = Gaussian::new(-3.0, 1.0).unwrap();
    // the force between the nodes is part of the problem, the same for every run
    let run = |splitting, steps| {
        let settings = Settings { splitting, steps, nodes: 9, tolerance: 1e-11, ..Settings::default() };
        solve(&interaction, settings).wigner(&grid(), 0.8).unwrap()
    };
    let fine = run(Splitting::Order6, 16);
    for (splitting, steps) in [(Splitting::Strang, 10), (Splitting::Order4, 16), (Splitting::Order6, 4)] {
        let errors = [steps, 2 * steps].map(|n| distance(&run(splitting, n), &fine));
        let order = (errors[0] / errors[1]).log2();
        let claimed = f64::from(splitting.order());
        assert!((order / claimed - 1.0).abs() < 0.05, "{splitting:?}: order {order:.3}, errors {errors:?}");
    }
}

#[test]
fn the_density_carries_the_mass_and_converges_in_the_nodes() {
    let interaction = Gaussian::new(1.0, 1.0).unwrap();
    let run = |nodes| solve(&interaction, Settings { nodes, steps: 3, ..Settings::default() });
    let (fine, middle, coarse) = (run(17), run(13), run(5));
    let rho = fine.density(0.37);
    assert!((rho.iter().sum::<f64>() * fine.axis().spacing() - 1.0).abs() < 1e-9);
    let error = |other: &CharacteristicVlasov<_>| {
        other.density(0.37).iter().zip(&rho).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()))
    };
    assert!(error(&coarse) > 1e-8 && error(&middle) < 1e-9, "{:.1e} {:.1e}", error(&coarse), error(&middle));
    assert!(fine.last_change() <= 1e-12 && fine.sweeps() > 3);
}

#[test]
fn the_same_bits_whatever_the_number_of_threads() {
    let interaction = Gaussian::new(1.0, 1.0).unwrap();
    let settings = Settings { nodes: 5, steps: 1, tolerance: 1e-6, ..Settings::default() };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| solve(&interaction, settings).wigner(&grid(), 0.8).unwrap())
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn refuses_what_cannot_be_solved() {
    let attempt = |duration, settings| {
        CharacteristicVlasov::solve(bump, &Gaussian::new(1.0, 1.0).unwrap(), &grid(), duration, settings)
            .map(|_| ())
    };
    let few = Settings { sweeps: 2, nodes: 5, steps: 1, ..Settings::default() };
    assert!(matches!(attempt(0.5, few), Err(VlasovError::NotConverged { sweeps: 2, .. })));
    assert!(matches!(attempt(-1.0, Settings::default()), Err(VlasovError::Setting { .. })));
    let none = Settings { steps: 0, ..Settings::default() };
    assert!(matches!(attempt(0.5, none), Err(VlasovError::Setting { setting: "steps", .. })));
}
