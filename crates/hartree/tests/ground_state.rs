//! Self-consistent fields: exact levels, the variational principle, two mixings, and what must be refused.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::{Bump, Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use phase_space::Scaling;
use phase_space::line::Axis;
use semiclassical_hartree::line::{
    Exchange, External, Mixing, Model, OrbitalError, Orbitals, SelfConsistency, ground_state,
    ground_state_with,
};

const TRAP: External = External::Harmonic { s: 1.0 };

fn scaling(n: usize) -> Scaling {
    Scaling::line(1.0 / n as f64).unwrap()
}

fn axis(points: usize) -> Axis {
    Axis::new(0.0, 9.0, points).unwrap()
}

fn gaussian(strength: f64) -> Gaussian {
    Gaussian::new(strength, 0.5).unwrap()
}

/// Levels εs(2n+1), total ½·2·sN/2 = sN, the orbitals of the recurrence.
#[test]
fn without_interaction_it_is_the_oscillator_sea() {
    let (model, axis) = (Model::hartree(NoInteraction, TRAP), axis(128));
    let state = ground_state(&model, &axis, scaling(8)).unwrap();
    for (n, level) in state.levels.iter().take(16).enumerate() {
        assert!((level - (2 * n + 1) as f64 / 8.0).abs() < 1e-11, "e_{n} = {level}");
    }
    assert!((state.gap - 0.25).abs() < 1e-11 && (state.energy.total() - 8.0).abs() < 1e-11);
    let sea = Orbitals::oscillator_sea(&axis, scaling(8), 1.0).unwrap();
    let distance = state.orbitals.hilbert_schmidt_distance(&sea).unwrap();
    assert!(distance < 1e-11, "{distance:.1e}");
}

/// V = κx²/2 leaves the trap harmonic: V∗ρ = (κ/2)(x² + ∫x²ρ), so that s² ↦ s² + κ/2, and the sea is exact.
#[test]
fn a_quadratic_interaction_stiffens_the_trap() {
    let (kappa, n) = (1.25, 8);
    let axis = axis(128);
    let model = Model::hartree(Quadratic::new(kappa).unwrap(), TRAP);
    let state = ground_state(&model, &axis, scaling(n)).unwrap();
    let s = (1.0 + 0.5 * kappa).sqrt();
    let sea = Orbitals::oscillator_sea(&axis, scaling(n), s).unwrap();
    let distance = state.orbitals.hilbert_schmidt_distance(&sea).unwrap();
    assert!(distance < 1e-9, "{distance:.1e}");
    // ∫x²ρ = Σε(2n+1)/(2s)/N = 1/(2s); the direct energy is (N/2)κ∫x²ρ
    let direct = 0.5 * n as f64 * kappa * 0.5 / s;
    assert!((state.energy.direct - direct).abs() < 1e-9, "{} {direct}", state.energy.direct);
    assert!(state.history.len() > 2);
}

#[test]
fn the_reported_numbers_belong_to_the_reported_orbitals() {
    let model = Model::hartree_fock(gaussian(2.0), External::Quartic { g: 0.7 });
    let state = ground_state(&model, &axis(128), scaling(8)).unwrap();
    assert!(state.commutator < 1e-9 && state.gap > 0.05, "{:.1e} {}", state.commutator, state.gap);
    let seen = state.resolution;
    assert!(seen.edge < 1e-12 && seen.tail < 1e-12 && seen.aliasing < 1e-12, "{seen:?}");
    // two formulas of E, by orbitals and by ½tr(h + t)ω
    let last = state.history.last().unwrap();
    assert!((last.energy - state.energy.total()).abs() < 1e-11);
    // ∂E: the sum of the filled levels counts the interaction twice
    let sum: f64 = state.levels.iter().take(8).sum();
    let interaction = state.energy.direct + state.energy.exchange;
    assert!(interaction > 0.5 && (sum - interaction - state.energy.total()).abs() < 1e-9);
}

/// The minimum over determinants: below the Hartree sea with its exchange counted; the wrong sign lies above.
#[test]
fn hartree_fock_lies_below_the_hartree_sea_and_the_wrong_sign_above() {
    let (axis, scaling) = (axis(128), scaling(8));
    for strength in [2.0, -1.0] {
        let hartree = Model::hartree(gaussian(strength), TRAP);
        let fock = hartree.with_exchange(Exchange::Fock);
        let sea = ground_state(&hartree, &axis, scaling).unwrap();
        let best = ground_state(&fock, &axis, scaling).unwrap().energy.total();
        let counted = sea.orbitals.energy(&fock).unwrap().total();
        assert!(best < counted - 1e-7, "strength {strength}: {best} {counted}");
        let wrong = hartree.with_exchange(Exchange::WrongSign);
        let control = ground_state(&wrong, &axis, scaling).unwrap();
        // E with the right sign, at the orbitals of the wrong one
        let raised = control.orbitals.energy(&fock).unwrap().total();
        assert!(raised > counted + 1e-7, "strength {strength}: {raised} {counted}");
        if strength > 0.0 {
            assert!(control.energy.total() > sea.energy.total() + 0.1, "{:?}", control.energy);
        }
    }
}

#[test]
fn damped_mixing_finds_the_energy_of_diis_in_more_iterations() {
    let model = Model::hartree_fock(gaussian(2.0), TRAP);
    let fast = ground_state(&model, &axis(96), scaling(6)).unwrap();
    let settings = SelfConsistency {
        mixing: Mixing::Damped { fraction: 0.4 },
        most_iterations: 300,
        ..SelfConsistency::default()
    };
    let slow = ground_state_with(&model, &axis(96), scaling(6), &settings).unwrap();
    let difference = (fast.energy.total() - slow.energy.total()).abs();
    assert!(difference < 1e-11, "{difference:.1e}");
    assert!(fast.orbitals.hilbert_schmidt_distance(&slow.orbitals).unwrap() < 1e-8);
    assert!(2 * fast.history.len() < slow.history.len(), "{} {}", fast.history.len(), slow.history.len());
}

/// More points, a longer box and a box shifted by half a cell change nothing.
#[test]
fn the_energy_converges_with_the_grid() {
    let model = Model::hartree_fock(gaussian(2.0), TRAP);
    let energy = |center, length, points| {
        let axis = Axis::new(center, length, points).unwrap();
        ground_state(&model, &axis, scaling(8)).unwrap().energy.total()
    };
    let fine = energy(0.0, 9.0, 160);
    for (center, length, points) in [(0.0, 9.0, 112), (0.013, 9.0, 128), (0.0, 11.0, 160)] {
        let error = (energy(center, length, points) - fine).abs();
        assert!(error < 1e-10, "{center} {length} {points}: {error:.1e}");
    }
}

/// V = |x|^(−α): the corrected weights serve the exchange as well, and the energy converges as for a smooth V.
#[test]
fn a_singular_interaction_has_its_exchange() {
    let model = Model::hartree_fock(InversePower::new(0.5, 0.4).unwrap(), TRAP);
    let energy = |points| ground_state(&model, &axis(points), scaling(4)).unwrap().energy;
    let (coarse, fine) = (energy(90), energy(126));
    assert!(fine.exchange < -0.1);
    assert!((coarse.total() - fine.total()).abs() < 1e-10, "{coarse:?} {fine:?}");
}

/// Pairs have twice the wave numbers of the orbitals, and a V that feels them says so: the reported aliasing bounds the error.
#[test]
fn the_aliasing_of_pairs_is_reported_and_refused() {
    let state = |v: Arc<dyn Interaction>, points| {
        let model = Model { interaction: v, external: TRAP, exchange: Exchange::Fock };
        ground_state(&model, &Axis::new(0.0, 7.0, points).unwrap(), scaling(16))
    };
    let cases: [(Arc<dyn Interaction>, usize); 3] = [
        (Arc::new(InversePower::new(0.5, 0.8).unwrap()), 128),
        (Arc::new(Gaussian::new(2.0, 0.08).unwrap()), 112),
        (Arc::new(Bump::new(2.0, 0.7).unwrap()), 128),
    ];
    for (v, points) in cases {
        let (coarse, fine) = (state(v.clone(), points).unwrap(), state(v.clone(), 224).unwrap());
        let error = (coarse.energy.total() - fine.energy.total()).abs();
        let aliasing = coarse.resolution.aliasing;
        assert!(error > 1e-10 && error < aliasing, "{}: {error:.1e} {aliasing:.1e}", v.name());
        assert!(fine.resolution.aliasing < 0.2 * aliasing, "{}: {:?}", v.name(), fine.resolution);
        let error = state(v.clone(), 90).unwrap_err();
        let refused = matches!(error, OrbitalError::Aliasing { .. } | OrbitalError::Resolution { .. });
        assert!(refused, "{}: {error}", v.name());
    }
    // orbitals that the points carry, in a V that they do not
    let narrow = state(Arc::new(Gaussian::new(2.0, 0.02).unwrap()), 144).unwrap_err();
    assert!(matches!(narrow, OrbitalError::Aliasing { .. }), "{narrow}");
}

#[test]
fn what_has_no_ground_state_here_is_refused() {
    let (wide, n) = (axis(96), scaling(6));
    let refused = |model: &Model, axis: &Axis| ground_state(model, axis, n).unwrap_err();
    let trapped = Model::hartree_fock(gaussian(2.0), TRAP);
    let few = SelfConsistency { most_iterations: 3, ..SelfConsistency::default() };
    let error = ground_state_with(&trapped, &wide, n, &few).unwrap_err();
    assert!(matches!(error, OrbitalError::NotConverged { iterations: 3, .. }), "{error}");
    assert!(error.to_string().contains("try damped mixing"));
    assert!(matches!(
        refused(&trapped.released(), &wide),
        OrbitalError::Box { .. } | OrbitalError::NoGap { .. } | OrbitalError::NotConverged { .. }
    ));
    assert!(matches!(refused(&trapped, &Axis::new(0.0, 3.0, 60).unwrap()), OrbitalError::Box { .. }));
    assert!(matches!(refused(&trapped, &axis(36)), OrbitalError::Resolution { .. }));
    assert!(matches!(refused(&trapped, &axis(6)), OrbitalError::Points { .. }));
    let hole = External::Function(Arc::new(|x: f64| 1.0 / x.abs()));
    let model = Model::hartree(NoInteraction, hole);
    assert!(matches!(refused(&model, &wide), OrbitalError::External { .. }));
    // two wells far apart: levels in pairs, and an odd N fills half of one
    let wells = External::function(|x| 4.0 * (x.abs() - 2.0).powi(2));
    let odd = Model::hartree(NoInteraction, wells);
    let error = ground_state(&odd, &axis(120), scaling(7)).unwrap_err();
    assert!(matches!(error, OrbitalError::NoGap { .. }), "{error}");
    let never = SelfConsistency { mixing: Mixing::Damped { fraction: 0.0 }, ..SelfConsistency::default() };
    assert!(matches!(ground_state_with(&trapped, &wide, n, &never), Err(OrbitalError::Setting { .. })));
}
