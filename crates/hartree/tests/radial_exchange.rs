//! Hartree–Fock in R³: exact cases, order, conservation, and the matrices of closed shells beside it.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::{Gaussian, Interaction, InversePower};
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, ComovingFrame, RadialGrid};
use phase_space::splitting::Splitting;
use semiclassical_hartree::HartreeError;
use semiclassical_hartree::radial::closed_shells::{ClosedShells, HartreeFock, RadialFunctions};
use semiclassical_hartree::radial::{
    ChannelHartree, ExchangeTerm, OscillatorSea, Settings, ThermalOscillator,
};

fn gaussian() -> Arc<dyn Interaction> {
    Arc::new(Gaussian::new(1.0, 1.0).unwrap())
}

fn power(strength: f64, alpha: f64) -> Arc<dyn Interaction> {
    Arc::new(InversePower::in_space(strength, alpha).unwrap())
}

/// s = 1, seen in the frame in which it would stand still.
fn started(
    initial: &Channels,
    scaling: Scaling,
    v: &Arc<dyn Interaction>,
    splitting: Splitting,
) -> ChannelHartree {
    let energy = (initial.grid().radius()).powi(2);
    let settings = Settings { threshold: 1e-7, splitting, ..Settings::up_to(energy) };
    let frame = ComovingFrame::new(2.0, 0.0, 0.0).unwrap();
    ChannelHartree::new(initial, v.clone(), &scaling, frame, &settings).unwrap()
}

fn sea(shells: usize, v: &Arc<dyn Interaction>, splitting: Splitting) -> ChannelHartree {
    let sea = OscillatorSea::new(shells, 1.0).unwrap();
    let edge = sea.fermi_energy().sqrt() + 5.5 * sea.eps().powf(2.0 / 3.0);
    let grid = RadialGrid::resolving(edge, sea.eps(), 1.5 * edge).unwrap();
    started(&sea.channels(&grid).unwrap(), sea.scaling().unwrap(), v, splitting)
}

fn hilbert_schmidt(a: &ChannelHartree, b: &ChannelHartree, n: f64) -> f64 {
    let all = |state: &ChannelHartree| state.channels(state.density().len() - 1).unwrap();
    all(a).minus(&all(b)).unwrap().hilbert_schmidt() / n.sqrt()
}

/// X[ω]φ = (V∗|φ|²)φ: one particle does not feel itself, and stands still in its frame, for a singular V too.
#[test]
fn one_particle_is_free() {
    for v in [gaussian(), power(1.0, 1.0), power(-1.0, 1.0), power(1.0, 0.5)] {
        let start = sea(1, &v, Splitting::Aba864);
        let mut hartree = start.clone();
        let mut fock = start.clone().with_exchange(ExchangeTerm::Fock).unwrap();
        hartree.evolve_to(0.5, 16).unwrap();
        fock.evolve_to(0.5, 16).unwrap();
        let (moved, still) = (hilbert_schmidt(&hartree, &start, 1.0), hilbert_schmidt(&fock, &start, 1.0));
        assert!(moved > 1e-2 && still < 1e-4 * moved, "{}: {moved:e} {still:e}", v.name());
    }
}

/// Four particles, ℓ = 0 and 1, against multipoles on panels, whose kink at r = r′ is integrated exactly.
#[test]
fn exchange_energy_is_that_of_multipoles() {
    for v in [gaussian(), power(1.0, 1.0), power(1.0, 0.5)] {
        let state = sea(2, &v, Splitting::Aba864).with_exchange(ExchangeTerm::Fock).unwrap();
        let problem = ClosedShells::free(4, v.clone()).unwrap();
        let functions = RadialFunctions::oscillator(problem.eps(), 1.0, 6, 2).unwrap();
        let filled = |l: usize, k: usize| f64::from(u8::from(2 * k + l < 2));
        let exact = HartreeFock::occupied(&problem, &functions, 1.0, filled).unwrap().energy();
        let (exchange, direct) = (state.exchange_energy().unwrap(), state.invariants().unwrap().energy);
        assert!((4.0 * exchange / exact.exchange - 1.0).abs() < 1e-10, "{}: {exchange} {exact:?}", v.name());
        assert!(
            (4.0 * direct - exact.total() + exact.exchange).abs() < 1e-10,
            "{}: {direct} {exact:?}",
            v.name()
        );
        assert!(exchange < -0.02);
    }
}

#[test]
fn energy_is_kept_and_the_midpoint_has_order_two() {
    for v in [gaussian(), power(1.0, 1.0)] {
        let start = sea(3, &v, Splitting::Order4).with_exchange(ExchangeTerm::Fock).unwrap();
        let run = |steps: usize| {
            let mut state = start.clone();
            state.evolve_to(0.4, steps).unwrap();
            state
        };
        let energy =
            |state: &ChannelHartree| state.invariants().unwrap().energy + state.exchange_energy().unwrap();
        let [a, b, c] = [4, 8, 24].map(run);
        let [coarse, fine] = [&a, &b].map(|state| hilbert_schmidt(state, &c, 10.0));
        let drift = (energy(&c) - energy(&start)).abs();
        assert!(drift < 1e-6, "{drift:e}");
        let order = (coarse / fine).log2();
        assert!(fine < 1e-6 && (1.8..2.6).contains(&order), "{fine:e} {order}");
    }
}

/// Matrices of closed shells by midpoints of their exponentials, in the laboratory: ‖ω^HF − ω^H‖_HS/√N of both.
#[test]
fn both_discretisations_see_the_same_exchange() {
    // one shell of two thirds: eight particles
    let scaling = Scaling::new(3, 0.5).unwrap();
    let cold = ThermalOscillator::new(scaling, 1.0, 1e-3, 1e-9).unwrap();
    let occupations = &cold.filled().occupations;
    assert!(occupations.len() == 3 && (occupations[2] - 2.0 / 3.0).abs() < 1e-12);
    let edge = cold.highest().sqrt() + 5.5 * 0.5_f64.powf(2.0 / 3.0);
    let grid = RadialGrid::resolving(edge, 0.5, 1.5 * edge).unwrap();
    for (v, time) in [(gaussian(), 0.25), (power(1.0, 1.0), 0.25)] {
        let start = started(&cold.channels(&grid).unwrap(), scaling, &v, Splitting::Aba864);
        let run = |mut state: ChannelHartree| {
            state.evolve_to(time, 12).unwrap();
            state
        };
        let fock = run(start.clone().with_exchange(ExchangeTerm::Fock).unwrap());
        let apart = hilbert_schmidt(&fock, &run(start), 8.0);
        let matrices = |exchange: f64| {
            let problem = ClosedShells::free(8, v.clone()).unwrap().with_exchange(exchange);
            let functions = RadialFunctions::oscillator(0.5, 1.0, 12, 2).unwrap();
            let filled = |l: usize, k: usize| occupations.get(2 * k + l).copied().unwrap_or(0.0);
            let mut state = HartreeFock::occupied(&problem, &functions, 1.0, filled).unwrap();
            state.evolve(time, 4).unwrap();
            state
        };
        let other = matrices(1.0).hilbert_schmidt(&matrices(0.0));
        assert!((other / apart - 1.0).abs() < 3e-5 && apart > 1e-3, "{}: {apart:e} {other:e}", v.name());
    }
}

#[test]
fn a_thermal_state_tends_to_closed_shells_and_sparse_momenta_are_refused() {
    let scaling = OscillatorSea::new(2, 1.0).unwrap().scaling().unwrap();
    let grid = RadialGrid::resolving(5.0, scaling.eps(), 7.0).unwrap();
    let cold = ThermalOscillator::new(scaling, 1.0, 0.01, 1e-10).unwrap();
    let sea = OscillatorSea::new(2, 1.0).unwrap().channels(&grid).unwrap();
    assert!(cold.channels(&grid).unwrap().minus(&sea).unwrap().hilbert_schmidt() < 1e-10);
    let warm = ThermalOscillator::new(Scaling::new(3, 0.5).unwrap(), 1.0, 1.0, 1e-9).unwrap();
    let grid = RadialGrid::resolving(7.0, 0.5, 8.0).unwrap();
    let channels = warm.channels(&grid).unwrap();
    assert!((channels.trace() - 8.0).abs() < 1e-8, "{}", channels.trace());
    assert!(ThermalOscillator::new(scaling, -1.0, 1.0, 1e-9).is_err());
    assert!(ThermalOscillator::new(Scaling::line(0.25).unwrap(), 1.0, 1.0, 1e-9).is_err());
    let some = AngularMomenta::sparse(0.5, 40).unwrap();
    let blocks =
        some.momenta().iter().map(|&l| channels.channel(l.min(channels.momenta().last())).0).collect();
    let sparse = Channels::new(grid, some, blocks).unwrap();
    let refused = started(&sparse, Scaling::new(3, 0.5).unwrap(), &gaussian(), Splitting::Aba864);
    assert!(matches!(refused.with_exchange(ExchangeTerm::Fock), Err(HartreeError::Sparse)));
}
