//! Particles forwards against characteristics backwards: no formula in common but W₀, V∗ρ and the equation.
#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use kernels::{Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use phase_space::splitting::Splitting;
use semiclassical_vlasov::VlasovError;
use semiclassical_vlasov::radial::{Domain, ParticleSettings, ParticleVlasov, RadialVlasov, Settings};
use states::radial::{CenteredMixture, RadialState};

fn mixture() -> CenteredMixture {
    CenteredMixture::two_widths().unwrap()
}

/// 2·10⁴ particles: the quadrature of W₀ to round-off for t ≤ 0.5 and the 30 waves, |k| ≤ 7.
fn settings() -> ParticleSettings {
    let state = mixture();
    ParticleSettings {
        radius: state.reach(0.0, 1e-14),
        velocity: state.speed(1e-14),
        nodes: [30, 28, 36],
        reach: state.reach(0.5, 1e-13) + 1.0,
        waves: 30,
        speed: 2.0,
        force: 1.0,
    }
}

fn particles(v: &dyn Interaction, settings: ParticleSettings) -> ParticleVlasov {
    let state = mixture();
    ParticleVlasov::new(|r, v_r, v_t| state.wigner(r, v_r, v_t), v, settings).unwrap()
}

/// max|ρ − exact|/max ρ.
fn miss(rho: &[f64], exact: &[f64]) -> f64 {
    let largest = exact.iter().fold(0.0_f64, |m, rho| m.max(rho.abs()));
    rho.iter().zip(exact).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / largest
}

/// ρ(r) after x(t) = ax + bv.
fn linear(points: &[f64], a: f64, b: f64) -> Vec<f64> {
    let state = mixture();
    let at = |r: &f64| -> f64 {
        let one = |c: &states::radial::CenteredComponent| {
            let deviation = (c.sigma_x * (a + b * c.chirp)).hypot(c.sigma_v * b);
            c.weight * (-0.5 * (r / deviation).powi(2)).exp() / ((2.0 * PI).sqrt() * deviation).powi(3)
        };
        state.components().iter().map(one).sum()
    };
    points.iter().map(at).collect()
}

#[test]
fn free_and_harmonic_flow_are_exact_and_misprints_are_not() {
    let free = |speed: f64| {
        let mut state = particles(&NoInteraction, ParticleSettings { speed, ..settings() });
        state.evolve(0.5, 1);
        miss(&state.density(), &linear(&state.points(), 1.0, 1.0))
    };
    let (right, wrong) = (free(2.0), free(1.0));
    assert!(right < 1e-9 && wrong > 0.1, "{right:.1e} {wrong:.1e}");
    let (kappa, t) = (0.9_f64, 0.4);
    let omega = (2.0 * kappa).sqrt();
    let harmonic = |speed: f64, force: f64| {
        let state =
            particles(&Quadratic::new(kappa).unwrap(), ParticleSettings { speed, force, ..settings() });
        let exact = linear(&state.points(), (omega * t).cos(), 2.0 / omega * (omega * t).sin());
        miss(&state.extrapolated(t, 4).unwrap().density, &exact)
    };
    assert!(harmonic(2.0, 1.0) < 1e-9, "{:.1e}", harmonic(2.0, 1.0));
    assert!(harmonic(1.0, 1.0) > 0.01 && harmonic(2.0, -1.0) > 0.01);
}

/// ρ by the flow iteration at the points of the particles, by its sine series.
fn backwards(v: &dyn Interaction, t: f64) -> (Vec<f64>, f64) {
    let (state, s) = (mixture(), settings());
    let spacing = s.reach / s.waves as f64;
    let domain = Domain { spacing, points: s.waves, speed: state.speed(1e-14) };
    let fine =
        Settings { nodes: 13, steps: 8, shells: 24, angles: 20, tolerance: 1e-12, ..Settings::default() };
    let initial = |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
    let solution = RadialVlasov::solve(initial, v, &domain, t, fine).unwrap();
    (solution.density(t), solution.invariants(t).energy)
}

#[test]
fn particles_agree_with_characteristics_traced_back() {
    let t = 0.5;
    let list: [Box<dyn Interaction>; 3] = [
        Box::new(Gaussian::new(1.0, 1.0).unwrap()),
        Box::new(InversePower::in_space(1.0, 1.0).unwrap()),
        Box::new(InversePower::in_space(-1.0, 1.0).unwrap()),
    ];
    for v in list {
        let state = particles(&*v, settings());
        let forwards = state.extrapolated(t, 6).unwrap();
        let (exact, energy) = backwards(&*v, t);
        let free = linear(&state.points(), 1.0, 2.0 * t);
        let (by, change, seen) =
            (miss(&forwards.density, &exact), miss(&forwards.coarser, &exact), miss(&free, &exact));
        assert!(by < 1e-9 && by < 0.1 * change, "{}: {by:.1e} {change:.1e}", v.name());
        assert!(seen > 1e-3, "{}: the force is not seen, {seen:.1e}", v.name());
        assert!(
            (forwards.energy / energy - 1.0).abs() < 5e-10 && (state.energy() / energy - 1.0).abs() < 5e-10
        );
        assert!((state.mass() - 1.0).abs() < 1e-11);
        for wrong in
            [ParticleSettings { speed: 1.0, ..settings() }, ParticleSettings { force: -1.0, ..settings() }]
        {
            let wrong = particles(&*v, wrong).extrapolated(t, 1).unwrap();
            assert!(miss(&wrong.density, &exact) > 1e-3, "{}", v.name());
        }
    }
}

#[test]
fn stormer_verlet_has_order_two_and_its_extrapolation_order_six() {
    let gravity = InversePower::in_space(-8.0, 1.0).unwrap();
    let state = particles(&gravity, ParticleSettings { nodes: [20, 18, 18], waves: 20, ..settings() });
    let exact = state.extrapolated(0.5, 32).unwrap().density;
    let plain = |steps| {
        let mut run = state.clone();
        run.evolve(0.5, steps);
        miss(&run.density(), &exact)
    };
    let sixth = |steps| miss(&state.extrapolated(0.5, steps).unwrap().density, &exact);
    let (a, b, c, d) = (plain(16), plain(32), sixth(4), sixth(8));
    assert!(((a / b).log2() - 2.0).abs() < 0.05 && b > 1e-6, "{a:.1e} {b:.1e}");
    assert!(((c / d).log2() - 6.0).abs() < 0.6 && d > 1e-11, "{c:.1e} {d:.1e}");
}

/// Spectral in the nodes, without noise: from one quadrature to the next the error falls by decades.
#[test]
fn the_nodes_converge() {
    let gravity = InversePower::in_space(-1.0, 1.0).unwrap();
    let run = |nodes: [usize; 3]| {
        particles(&gravity, ParticleSettings { nodes, ..settings() }).extrapolated(0.5, 2).unwrap().density
    };
    let exact = run([36, 34, 44]);
    let errors =
        [[12, 11, 14], [16, 15, 19], [20, 19, 24], [30, 28, 36]].map(|nodes| miss(&run(nodes), &exact));
    assert!(errors.windows(2).all(|pair| pair[1] < 0.2 * pair[0]) && errors[0] > 1e-5, "{errors:?}");
    assert!(errors[3] < 1e-9, "{errors:?}");
}

#[test]
fn refuses_what_cannot_be_solved() {
    let attempt = |settings| ParticleVlasov::new(|_, _, _| 0.0, &NoInteraction, settings).map(|_| ());
    let few = ParticleSettings { nodes: [4, 1, 4], ..settings() };
    assert!(matches!(attempt(few), Err(VlasovError::Setting { setting: "nodes", .. })));
    let nan = ParticleSettings { reach: f64::NAN, ..settings() };
    assert!(matches!(attempt(nan), Err(VlasovError::Setting { setting: "reach", .. })));
}

/// A Gaussian of electrons about a nucleus: the energy stays to what the quadrature makes of 1/r, though many of them pass it closely; without it they
/// fly apart.
#[test]
fn about_a_nucleus_the_energy_is_conserved() {
    let initial = |r: f64, v: f64, w: f64| (-0.5 * (r * r + v * v + w * w)).exp() / TAU.powi(3);
    let settings = ParticleSettings {
        radius: 7.0,
        velocity: 7.0,
        nodes: [24, 24, 16],
        reach: 16.0,
        waves: 150,
        speed: 2.0,
        force: 1.0,
    };
    let repulsion = InversePower::in_space(1.0, 1.0).unwrap();
    let start = ParticleVlasov::new(initial, &repulsion, settings).unwrap();
    let run = |charge: f64, steps: usize| {
        let mut atom = start.clone().about_nucleus(charge);
        let before = (atom.energy(), atom.transform(1.0));
        atom.evolve_by(0.5, steps, Splitting::Aba864);
        (atom.energy() - before.0, before.0, atom.transform(1.0) - before.1)
    };
    let (change, energy, held) = run(8.0, 16);
    assert!(energy.abs() > 1.0 && change.abs() < 2e-4 * energy.abs(), "{change:e} {energy}");
    let (_, _, free) = run(0.0, 4);
    assert!(free < -0.1 && held > 0.5 * free, "{free} {held}");
}
