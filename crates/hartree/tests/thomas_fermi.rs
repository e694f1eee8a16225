//! Thomas and Fermi's minimiser: exact energies, atoms, and the ground states of closed shells that tend to it.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::{Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
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

/// E/N − E_TF: without V, E_TF(6N)^{−2/3}/3; with it O(ε²) for Hartree, from which Hartree–Fock differs by −½V(0)ε³.
#[test]
fn ground_states_tend_to_thomas_fermi() {
    let excess = |n: usize, v: Arc<dyn Interaction>, exchange: f64| {
        let problem = trapped(n, 1.0, v).with_exchange(exchange);
        let last = (6.0 * n as f64).cbrt() as usize;
        let functions = RadialFunctions::oscillator(problem.eps(), 1.0, last / 2 + 6, last).unwrap();
        let state = ground_state(&problem, &functions, &Convergence::default()).unwrap();
        state.energy().total() / n as f64 - thomas_fermi(&problem).unwrap().energy.value
    };
    let exact = 0.75 * 48.0_f64.cbrt() * (6.0_f64 * 220.0).powf(-2.0 / 3.0) / 3.0;
    let bare = excess(220, Arc::new(NoInteraction), 1.0);
    assert!((bare / exact - 1.0).abs() < 1e-2, "{bare} {exact}");
    for strength in [1.0, -1.0] {
        let v: Arc<dyn Interaction> = Arc::new(Gaussian::new(strength, 1.0).unwrap());
        let sizes = [35, 120, 220];
        let hartree: Vec<f64> = sizes.iter().map(|n| excess(*n, v.clone(), 0.0)).collect();
        let order = -3.0 * (hartree[2] / hartree[0]).ln() / (220.0_f64 / 35.0).ln();
        assert!((order - 2.0).abs() < 0.01 && hartree[2] > 1e-3, "{order} {hartree:?}");
        // N(E_HF − E_H)/N = −½V(0)(1 − O(ε))
        let shares: Vec<f64> = sizes
            .iter()
            .zip(&hartree)
            .map(|(n, h)| (h - excess(*n, v.clone(), 1.0)) * *n as f64 / (0.5 * strength))
            .collect();
        let rests: Vec<f64> = shares.iter().map(|s| 1.0 - s).collect();
        let order = -3.0 * (rests[2] / rests[0]).ln() / (220.0_f64 / 35.0).ln();
        assert!(rests[0] < 0.3 && (0.8..1.6).contains(&order), "{shares:?} {order}");
    }
}

/// The same up to N = 2024, where E_HF/N lies 0.0015 above the limit.
#[test]
fn two_thousand_particles() {
    for (m, n) in [(13, 560), (18, 1330), (21, 2024)] {
        let [hartree, fock] = [0.0, 1.0].map(|exchange| {
            let v = Arc::new(Gaussian::new(1.0, 1.0).unwrap());
            let problem = trapped(n, 1.0, v).with_exchange(exchange);
            let functions = RadialFunctions::oscillator(problem.eps(), 1.0, m / 2 + 8, m + 1).unwrap();
            let state = ground_state(&problem, &functions, &Convergence::default()).unwrap();
            state.energy().total() / n as f64 - thomas_fermi(&problem).unwrap().energy.value
        });
        let eps = (n as f64).powf(-1.0 / 3.0);
        println!(
            "N = {n}: (E_H/N − E_TF)/ε² = {:.6}, (E_HF/N − E_TF)/ε² = {:.6}",
            hartree / eps.powi(2),
            fock / eps.powi(2)
        );
        assert!((hartree / eps.powi(2) - 0.274).abs() < 0.003);
        assert!(((hartree - fock) / eps.powi(3) - 0.46).abs() < 0.02);
    }
}

/// A polytrope of index 3/2: ½∫(V∗ρ)ρ = −(6/7)λ/a for V = −λ/|x|, and twice the kinetic energy is minus that.
#[test]
fn gravity_alone_makes_a_polytrope() {
    let v = Arc::new(InversePower::in_space(-3.0, 1.0).unwrap());
    let found = thomas_fermi(&ClosedShells::free(20, v).unwrap()).unwrap();
    assert!((found.parts.direct * found.radius + 18.0 / 7.0).abs() < 1e-8, "{found:?}");
    assert!((2.0 * found.parts.kinetic + found.parts.direct).abs() < 1e-8 && found.parts.kinetic > 0.1);
    // repulsion holds nothing
    let v = Arc::new(InversePower::in_space(3.0, 1.0).unwrap());
    assert!(thomas_fermi(&ClosedShells::free(20, v).unwrap()).is_err());
}

/// Two spins fill phase space twice as densely: the spinless limit is not theirs.
#[test]
fn another_number_of_spins_has_another_limit() {
    let v = || Arc::new(Gaussian::new(1.0, 1.0).unwrap());
    let spinless = thomas_fermi(&trapped(20, 1.0, v())).unwrap().energy.value;
    let twice = thomas_fermi(&trapped(20, 1.0, v()).with_spins(2).unwrap()).unwrap().energy.value;
    assert!(spinless - twice > 0.4, "{spinless} {twice}");
    // without V: E ∝ g^{−1/3}
    let energy = |g| {
        let problem = trapped(20, 1.0, Arc::new(NoInteraction)).with_spins(g).unwrap();
        thomas_fermi(&problem).unwrap().energy.value
    };
    assert!((energy(1) / energy(2) - 2.0_f64.cbrt()).abs() < 1e-10);
}
