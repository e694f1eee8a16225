//! Thomas and Fermi's minimiser: exact energies, atoms, and the ground states of closed shells that tend to it.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::{Gaussian, Interaction, NoInteraction, Quadratic};
use semiclassical_hartree::radial::closed_shells::{
    ClosedShells, Convergence, GroundStateError, RadialFunctions, ground_state, thomas_fermi,
};

fn trapped(n: usize, stiffness: f64, v: Arc<dyn Interaction>) -> ClosedShells {
    ClosedShells::trapped(n, stiffness, v).unwrap()
}

/// 1 = (2π)^{−3}·(π³/6)(μ/s)³ and E/N = ¾μ.
#[test]
fn the_oscillator_without_and_with_a_quadratic_interaction() {
    for (stiffness, kappa) in [(1.0_f64, 0.0), (0.7, 0.0), (1.0, 0.9)] {
        let v: Arc<dyn Interaction> =
            if kappa == 0.0 { Arc::new(NoInteraction) } else { Arc::new(Quadratic::new(kappa).unwrap()) };
        let found = thomas_fermi(&trapped(20, stiffness, v)).unwrap();
        let effective = (stiffness.powi(2) + 0.5 * kappa).sqrt();
        let mu = effective * 48.0_f64.cbrt();
        assert!((found.energy.value - 0.75 * mu).abs() < 1e-9, "{found:?} {}", 0.75 * mu);
        assert!((found.energy.value - 0.75 * mu).abs() <= found.energy.error);
        assert!((found.radius - mu.sqrt() / effective).abs() < 1e-9, "{found:?}");
    }
}

#[test]
fn the_minimiser_depends_on_n_and_eps_by_their_product_alone() {
    let energy =
        |n: usize| thomas_fermi(&trapped(n, 1.0, Arc::new(Gaussian::new(1.0, 1.0).unwrap()))).unwrap();
    let (few, many) = (energy(20), energy(2024));
    assert!((few.energy.value - many.energy.value).abs() < 1e-10);
    // Euler: μ = (5/3)T + ∫V_ext ρ + 2·½∫(V∗ρ)ρ
    let euler = 5.0 / 3.0 * few.parts.kinetic + few.parts.external + 2.0 * few.parts.direct;
    assert!((euler - few.chemical_potential).abs() < 1e-9, "{few:?}");
    assert!(few.parts.direct > 0.05 && few.energy.error < 1e-9, "{few:?}");
}

/// −0.768745 Z^{7/3} hartree for neutral atoms; slightly fewer electrons than Z change it by the power 7/3 of their share.
#[test]
fn atoms_have_their_constant() {
    for z in [1.0_f64, 30.0] {
        let charge = 1.001 * z;
        let found = thomas_fermi(&ClosedShells::atom(charge, z as usize).unwrap()).unwrap();
        let constant = found.energy.value * z / charge.powf(7.0 / 3.0);
        assert!((constant + 0.768_745).abs() < 2e-6, "{constant} {found:?}");
        let virial = -(found.energy.value - found.parts.kinetic) / found.parts.kinetic;
        assert!((virial - 2.0).abs() < 1e-7, "{virial} {found:?}");
    }
    // Thomas and Fermi bind no negative ion
    let ion = thomas_fermi(&ClosedShells::atom(2.0, 3).unwrap());
    assert!(matches!(ion, Err(GroundStateError::NoEdge { .. })), "{ion:?}");
}

/// E/N − E_TF = O(ε²): without V it is E_TF·(6N)^{−2/3}/3.
#[test]
fn ground_states_tend_to_thomas_fermi() {
    let excess = |n: usize, v: Arc<dyn Interaction>| {
        let problem = trapped(n, 1.0, v);
        let last = (6.0 * n as f64).cbrt() as usize;
        let functions = RadialFunctions::oscillator(problem.eps(), 1.0, last / 2 + 6, last).unwrap();
        let state = ground_state(&problem, &functions, &Convergence::default()).unwrap();
        state.energy().total() / n as f64 - thomas_fermi(&problem).unwrap().energy.value
    };
    let v: Arc<dyn Interaction> = Arc::new(Gaussian::new(1.0, 1.0).unwrap());
    let sizes = [20, 56, 120, 220];
    let excesses: Vec<f64> = sizes.iter().map(|n| excess(*n, v.clone())).collect();
    let orders: Vec<f64> = (1..4)
        .map(|i| -3.0 * (excesses[i] / excesses[i - 1]).ln() / (sizes[i] as f64 / sizes[i - 1] as f64).ln())
        .collect();
    println!("{excesses:?} {orders:?}");
    let bare = excess(220, Arc::new(NoInteraction));
    let exact = 0.75 * 48.0_f64.cbrt() * (6.0_f64 * 220.0).powf(-2.0 / 3.0) / 3.0;
    assert!((bare / exact - 1.0).abs() < 1e-2, "{bare} {exact}");
}
