//! Occupation numbers: Fermi–Dirac states, natural orbitals and thermal states against what is known of them.

#![allow(clippy::unwrap_used)]

use std::f64::consts::{LN_2, PI};

use kernels::{Gaussian, InversePower};
use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_hartree::FermiDirac;
use semiclassical_hartree::line::{
    Exchange, External, KernelHartree, Model, NaturalOrbitals, OrbitalDynamics, OrbitalError, Orbitals,
    dense_evolution, ground_state, oscillator_levels, thermal_state,
};

fn scaling(n: usize) -> Scaling {
    Scaling::line(1.0 / n as f64).unwrap()
}

/// σ² = 1: eigenvalues N(1−q)q^k, q = (2−ε)/(2+ε).
fn thermal_gaussian() -> WignerFunction {
    let grid = PhaseGrid::new(Axis::new(0.0, 16.0, 160).unwrap(), Axis::new(0.0, 16.0, 160).unwrap());
    WignerFunction::sample(&grid, |x, v| (-0.5 * (x * x + v * v)).exp() / (2.0 * PI)).unwrap()
}

fn released(v: Gaussian) -> Model {
    Model::hartree_fock(v, External::None)
}

/// Two levels share what one particle is.
#[test]
fn levels_are_filled_to_n() {
    let two = FermiDirac::fill(&[(0.0, 1.0), (0.0, 1.0)], 1.0, 0.3, 1e-9).unwrap();
    assert!(two.chemical_potential.abs() < 1e-12 && (two.entropy() - 2.0 * LN_2).abs() < 1e-12);
    let f = oscillator_levels(scaling(8), 1.0, 0.4, 1e-10).unwrap();
    assert!((f.occupations.iter().sum::<f64>() - 8.0).abs() < 1e-9 && f.left_out < 1e-8 && f.left_out > 0.0);
    let ratio = |k: usize| (f.occupations[k] / (1.0 - f.occupations[k])).ln();
    assert!((0.4 * (ratio(3) - ratio(5)) - 4.0 / 8.0).abs() < 1e-6, "{}", ratio(3) - ratio(5));
    let cold = oscillator_levels(scaling(8), 1.0, 1e-3, 1e-10).unwrap();
    assert!(cold.occupations.len() == 8 && cold.occupations.iter().all(|f| (f - 1.0).abs() < 1e-14));
    let axis = Axis::new(0.0, 16.0, 192).unwrap();
    let sea = Orbitals::fermi_dirac(&axis, scaling(8), 1.0, 1e-3, 1e-10).unwrap();
    assert!(sea.is_determinant());
    let exact = Orbitals::oscillator_sea(&axis, scaling(8), 1.0).unwrap();
    assert!(sea.hilbert_schmidt_distance(&exact).unwrap() < 1e-12);
    assert!(matches!(oscillator_levels(scaling(8), 1.0, 0.0, 1e-10), Err(OrbitalError::Filling(_))));
    assert!(matches!(oscillator_levels(scaling(8), 1.0, 0.4, 0.0), Err(OrbitalError::Filling(_))));
    assert!(FermiDirac::fill(&[(0.0, 1.0)], 1.0, 0.3, 1e-9).is_err());
    // a shell of three is three levels
    let shell = FermiDirac::fill(&[(0.0, 1.0), (1.0, 3.0)], 2.0, 0.3, 1e-9).unwrap();
    let levels = FermiDirac::fill(&[(0.0, 1.0), (1.0, 1.0), (1.0, 1.0), (1.0, 1.0)], 2.0, 0.3, 1e-9).unwrap();
    assert!((shell.entropy() - levels.entropy()).abs() < 1e-12);
    let apart = shell.occupations.iter().zip(&levels.occupations).map(|(a, b)| (a - b).abs());
    assert!(apart.fold(0.0, f64::max) < 1e-12);
}

#[test]
fn what_is_no_density_operator_is_refused() {
    let axis = Axis::new(0.0, 16.0, 128).unwrap();
    let sea = Orbitals::oscillator_sea(&axis, scaling(4), 1.0).unwrap();
    let filled = |f: [f64; 4]| Orbitals::mixed(&axis, scaling(4), f.to_vec(), sea.values().to_vec());
    assert!(filled([1.0; 4]).unwrap().is_determinant());
    assert!(matches!(filled([1.5, 0.5, 1.0, 1.0]), Err(OrbitalError::Occupation { orbital: 0, .. })));
    assert!(matches!(filled([1.0, 0.5, 1.0, 1.0]), Err(OrbitalError::Particles { n: 4, .. })));
}

/// The spectrum of the thermal Gaussian, its density, norms and Wigner function.
#[test]
fn natural_orbitals_are_the_state_that_they_are_made_of() {
    let (w, n) = (thermal_gaussian(), 4);
    let axis = Axis::new(0.0, 16.0, 180).unwrap();
    let natural = NaturalOrbitals::of_wigner(&w, &axis, scaling(n), 1e-11).unwrap();
    let (omega, eps) = (&natural.orbitals, 0.25);
    let q = (2.0 - eps) / (2.0 + eps);
    for (k, f) in omega.occupations().iter().enumerate().take(30) {
        let exact = n as f64 * (1.0 - q) * f64::powi(q, k as i32);
        assert!((f - exact).abs() < 1e-10, "{k}: {f} {exact}");
    }
    assert!(
        natural.left_out < 1e-8 && natural.lowest > -1e-10,
        "{:.1e} {:.1e}",
        natural.left_out,
        natural.lowest
    );
    assert!((omega.trace() - n as f64).abs() < 1e-9 && !omega.is_determinant());
    let worst = omega
        .density()
        .into_iter()
        .enumerate()
        .map(|(i, rho)| (rho - (-0.5 * axis.point(i).powi(2)).exp() / (2.0 * PI).sqrt()).abs());
    assert!(worst.fold(0.0, f64::max) < 1e-9);
    let square: f64 = omega.occupations().iter().map(|f| f * f).sum();
    assert!((square - n as f64 * 2.0 * PI * w.l2().powi(2)).abs() < 1e-8);
    assert!((omega.density_operator().unwrap().hilbert_schmidt().powi(2) - square).abs() < 1e-9);
    // Hartree of the orbitals is that of the kernel, from the same W
    let v = Gaussian::new(2.0, 1.0).unwrap();
    let mut dynamics = OrbitalDynamics::new(
        &Model::hartree(v, External::None),
        &Axis::new(0.0, 24.0, 270).unwrap(),
        scaling(n),
        Splitting::Order6,
    )
    .unwrap();
    let wide = Axis::new(0.0, 24.0, 270).unwrap();
    let mut orbitals = NaturalOrbitals::of_wigner(&w, &wide, scaling(n), 1e-11).unwrap().orbitals;
    let before = orbitals.density();
    dynamics.evolve(&mut orbitals, 0.3, 6).unwrap();
    let mut kernel = KernelHartree::from_wigner(&w, &wide, &v, scaling(n), Splitting::Order6).unwrap();
    kernel.evolve(0.3, 6);
    let apart = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart(&orbitals.density(), &kernel.density()) < 1e-8);
    assert!(apart(&orbitals.density(), &before) > 1e-2);
}

/// Distances of mixed states against those of determinants, where both can be had, and commutators.
#[test]
fn distances_of_mixed_states_are_those_of_kernels() {
    let axis = Axis::new(0.0, 16.0, 128).unwrap();
    let (a, b) = (sea(&axis, 1.0), sea(&axis, 1.3));
    // one orbital a millionth short, and one that takes it
    let almost = |s: f64| {
        let more = Orbitals::fermi_dirac(&axis, scaling(4), s, 0.02, 1e-9).unwrap();
        assert!(!more.is_determinant() && more.rank() > 4);
        more
    };
    let (c, d) = (almost(1.0), almost(1.3));
    let (trace, hs) = (a.trace_distance(&b).unwrap(), a.hilbert_schmidt_distance(&b).unwrap());
    assert!(trace > 0.5 && hs > 0.3);
    assert!((c.trace_distance(&d).unwrap() - trace).abs() < 1e-2 * trace);
    assert!((c.hilbert_schmidt_distance(&d).unwrap() - hs).abs() < 1e-2 * hs);
    assert!((c.position_commutator().unwrap() - a.position_commutator().unwrap()).abs() < 0.05);
    assert!((c.momentum_commutator().unwrap() - a.momentum_commutator().unwrap()).abs() < 0.05);
    let f: Vec<f64> = c.occupations().to_vec();
    // tr|[x,ω]| ≥ |tr A[x,ω]|: here the part of the highest level
    assert!(c.orthonormality_defect() < 1e-10 && f[4] > 1e-9);
}

fn sea(axis: &Axis, s: f64) -> Orbitals {
    Orbitals::oscillator_sea(axis, scaling(4), s).unwrap()
}

/// Hartree–Fock of a mixed state: the Runge–Kutta evolution of its kernel, smooth and singular V; E and Σf² conserved; occupations matter.
#[test]
fn hartree_fock_of_a_mixed_state_is_that_of_its_kernel() {
    let (n, t) = (4, 0.2);
    let axis = Axis::new(0.0, 18.0, 128).unwrap();
    let start = Orbitals::fermi_dirac(&axis, scaling(n), 1.0, 0.15, 1e-8).unwrap();
    let gaussian = released(Gaussian::new(2.0, 0.8).unwrap());
    let power = Model::hartree_fock(InversePower::new(1.0, 0.5).unwrap(), External::None);
    for model in [gaussian, power] {
        let evolved = |model: &Model| {
            let mut orbitals = start.clone();
            let mut dynamics = OrbitalDynamics::new(model, &axis, scaling(n), Splitting::Order4).unwrap();
            dynamics.evolve(&mut orbitals, t, 16).unwrap();
            orbitals
        };
        let (fock, hartree) = (evolved(&model), evolved(&model.with_exchange(Exchange::Neglected)));
        let dense = dense_evolution(&model, &start, t, 400).unwrap();
        let error = dense.minus(&fock.density_operator().unwrap()).unwrap().hilbert_schmidt();
        let effect = fock.hilbert_schmidt_distance(&hartree).unwrap();
        assert!(error < 1e-6 && effect > 1e-3, "{error:.1e} {effect:.1e}");
        let [before, after] = [&start, &fock].map(|s| s.energy(&model).unwrap());
        assert!((before.total() - after.total()).abs() < 1e-6, "{before:?} {after:?}");
        assert!((before.kinetic - after.kinetic).abs() > 1e-3);
        assert_eq!(start.occupations(), fock.occupations());
        assert!(fock.orthonormality_defect() < 1e-9);
    }
    assert!(dense_evolution(&released(Gaussian::new(2.0, 0.8).unwrap()), &start, t, 0).is_err());
}

/// The averaged exchange is another dynamics: a potential, which leaves |⟨x|ω|y⟩| to the drift alone.
#[test]
fn averaged_exchange_is_no_exchange() {
    let axis = Axis::new(0.0, 18.0, 128).unwrap();
    let start = Orbitals::fermi_dirac(&axis, scaling(4), 1.0, 0.15, 1e-8).unwrap();
    let model = released(Gaussian::new(2.0, 0.8).unwrap());
    let dynamics = || OrbitalDynamics::new(&model, &axis, scaling(4), Splitting::Order4).unwrap();
    let run = |mut dynamics: OrbitalDynamics| {
        let mut orbitals = start.clone();
        dynamics.evolve(&mut orbitals, 0.2, 8).unwrap();
        orbitals
    };
    let (right, wrong) = (run(dynamics()), run(dynamics().with_averaged_exchange()));
    assert!(right.hilbert_schmidt_distance(&wrong).unwrap() > 1e-2);
}

/// T → 0 is the ground state; dF/dT = −S; F of the thermal state is below that of others; Hartree's thermal state stands still in the trap.
#[test]
fn thermal_states_minimise_the_free_energy() {
    let (n, axis) = (5, Axis::new(0.0, 14.0, 80).unwrap());
    let model = Model::hartree_fock(Gaussian::new(1.0, 1.0).unwrap(), External::Harmonic { s: 1.0 });
    let at = |temperature: f64| thermal_state(&model, &axis, scaling(n), temperature, 1e-11).unwrap();
    let ground = ground_state(&model, &axis, scaling(n)).unwrap();
    let cold = at(5e-3);
    assert!(
        (cold.free_energy() - ground.energy.total()).abs() < 1e-9,
        "{:.2e}",
        cold.free_energy() - ground.energy.total()
    );
    assert!(cold.orbitals.hilbert_schmidt_distance(&ground.orbitals).unwrap() < 1e-6);
    let warm = at(0.3);
    assert!(warm.entropy() > 1.0 && warm.orbitals.hilbert_schmidt_distance(&ground.orbitals).unwrap() > 0.3);
    let slope = (at(0.301).free_energy() - at(0.299).free_energy()) / 0.002;
    assert!((slope + warm.entropy()).abs() < 1e-4, "{slope} {}", warm.entropy());
    // Hartree's state has the larger F of Hartree–Fock
    let other =
        thermal_state(&model.with_exchange(Exchange::Neglected), &axis, scaling(n), 0.3, 1e-11).unwrap();
    let energy = other.orbitals.energy(&model).unwrap().total() - 0.3 * other.entropy();
    assert!(energy > warm.free_energy() + 1e-6, "{energy} {}", warm.free_energy());
    let mut orbitals = warm.orbitals.clone();
    let mut dynamics = OrbitalDynamics::new(&model, &axis, scaling(n), Splitting::Order4).unwrap();
    dynamics.evolve(&mut orbitals, 0.5, 30).unwrap();
    let moved = orbitals.hilbert_schmidt_distance(&warm.orbitals).unwrap();
    assert!(moved < 1e-5, "{moved:.1e}");
    // a superposition that the trap sets in motion
    let mut pushed: Vec<Complex64> = ground.orbitals.values().to_vec();
    pushed.iter_mut().enumerate().for_each(|(k, z)| *z *= Complex64::cis(axis.point(k % axis.len())));
    let mut pushed = Orbitals::new(&axis, scaling(n), pushed).unwrap();
    dynamics.evolve(&mut pushed, 0.5, 30).unwrap();
    assert!(pushed.hilbert_schmidt_distance(&ground.orbitals).unwrap() > 0.1);
}
