//! Closed shells of the oscillator: exact identities, and observables against their classical integrals.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;
use std::sync::Arc;

use kernels::NoInteraction;
use operators::radial::ComponentCommutator;
use phase_space::radial::{ComovingFrame, RadialGrid};
use semiclassical_hartree::HartreeError;
use semiclassical_hartree::radial::{ChannelHartree, OscillatorSea, Settings};

fn grid(sea: &OscillatorSea) -> RadialGrid {
    let end = sea.fermi_energy().sqrt() + 7.0 * sea.eps().powf(2.0 / 3.0);
    // a state that is turned by another oscillator comes farther
    RadialGrid::resolving(1.6 * end / sea.s(), sea.eps(), 1.4 * end).unwrap()
}

/// π³ε³∫f(ζ)ζ⁵dζ = ∬f dx dv.
fn integral(sea: &OscillatorSea, f: impl Fn(f64) -> f64) -> f64 {
    let at = |(zeta, weight): (f64, f64)| weight * f(zeta) * zeta.powi(5);
    sea.eps().powi(3) * PI.powi(3) * sea.nodes().into_iter().map(at).sum::<f64>()
}

#[test]
fn the_wigner_function_is_that_of_a_projection() {
    for shells in [1, 2, 5, 12, 22, 40] {
        let sea = OscillatorSea::new(shells, 1.3).unwrap();
        let mass = integral(&sea, |zeta| sea.wigner(zeta * zeta));
        let square = integral(&sea, |zeta| sea.wigner(zeta * zeta).powi(2));
        // the energy εs⟨ζ²⟩ is that of the levels
        let energy = sea.eps() * sea.s() * integral(&sea, |zeta| zeta * zeta * sea.wigner(zeta * zeta));
        let levels: f64 = (0..shells).map(|m| (2 * m + 3) as f64 * ((m + 1) * (m + 2)) as f64 / 2.0).sum();
        let exact = sea.eps() * sea.s() * levels / sea.n();
        assert!((mass - 1.0).abs() < 1e-10, "{shells}: {mass}");
        assert!(((2.0 * PI).powi(3) * square - 1.0).abs() < 1e-10, "{shells}: {square}");
        assert!((energy / exact - 1.0).abs() < 1e-10, "{shells}: {energy} {exact}");
    }
}

#[test]
fn the_channels_are_projections_and_their_commutators_those_of_the_ladder() {
    let sea = OscillatorSea::new(4, 0.8).unwrap();
    let channels = sea.channels(&grid(&sea)).unwrap();
    assert!((channels.trace() - 20.0).abs() < 1e-9);
    assert!((channels.hilbert_schmidt().powi(2) - 20.0).abs() < 1e-9);
    let (norm, _) = ComponentCommutator::new(&channels).trace_norm().unwrap();
    let closed = sea.position_commutator() * sea.n() * sea.eps();
    assert!((norm / closed - 1.0).abs() < 1e-8, "{norm} {closed}");
}

/// tr e^{iκe·(cos φ ξ + (2/a)sin φ η)}ω/N = ∬W e^{…} at t = 0, a function of κ alone for a = 2s; and after a free flight.
#[test]
fn observables_are_those_of_the_wigner_function() {
    let sea = OscillatorSea::new(5, 1.0).unwrap();
    let grid = grid(&sea);
    let frame = ComovingFrame::new(1.4, 0.0, 0.0).unwrap();
    let settings = Settings { threshold: 0.5, ..Settings::up_to(60.0) };
    let scaling = sea.scaling().unwrap();
    let mut state = ChannelHartree::new(
        &sea.channels(&grid).unwrap(),
        Arc::new(NoInteraction),
        &scaling,
        frame,
        &settings,
    )
    .unwrap();
    let (directions, step, count) = (6, 0.75, 8);
    for t in [0.0, 0.6] {
        state.evolve_to(t, 1).unwrap();
        let measured = state.observables(directions, step, count);
        let (b, speed) = frame.scale(t);
        for (at, value) in measured.iter().enumerate() {
            let (phi, kappa) = (PI * (at / count) as f64 / directions as f64, step * (at % count + 1) as f64);
            // back to t = 0 in the laboratory: p·x_t + q·v with x_t = x + 2tv
            let big = [kappa * phi.cos(), 2.0 / 1.4 * kappa * phi.sin()];
            let q = b * big[1];
            let p = (big[0] - 0.5 * speed * q) / b;
            let (p, q) = (p, q + 2.0 * t * p);
            // W is a function of ζ alone: the mean of e^{ikζ₁} over the sphere of R⁶ is 8J₂(kζ)/(kζ)²
            let k = (sea.eps() * (p * p / sea.s() + q * q * sea.s())).sqrt();
            let exact = integral(&sea, |zeta| sea.wigner(zeta * zeta) * mean_wave(k * zeta));
            assert!((value - exact).abs() < 1e-10, "t = {t}, φ = {phi}, κ = {kappa}: {value} {exact}");
        }
        assert!(measured.iter().any(|value| value.abs() > 0.1) && measured[3].abs() > 1e-3);
    }
}

/// 8J₂(z)/z² = Σ_k (−z²/4)^k·2/(k!(k+2)!).
fn mean_wave(z: f64) -> f64 {
    let (mut term, mut sum, mut k) = (1.0, 1.0, 0.0);
    while k < 200.0 {
        term *= -0.25 * z * z / ((k + 1.0) * (k + 3.0));
        sum += term;
        k += 1.0;
    }
    sum
}

#[test]
fn the_norm_of_the_gradient_grows() {
    let w11 = |shells| OscillatorSea::new(shells, 1.0).unwrap().w11();
    let (a, b) = (w11(11), w11(22));
    assert!(a.1 < 1e-4 * a.0 && b.1 < 1e-4 * b.0 && b.0 > 1.2 * a.0, "{a:?} {b:?}");
}

#[test]
fn shells_are_checked_at_the_door() {
    for (shells, s) in [(0, 1.0), (3, 0.0), (3, f64::NAN)] {
        assert!(matches!(OscillatorSea::new(shells, s), Err(HartreeError::Sea { .. })), "{shells} {s}");
    }
}
