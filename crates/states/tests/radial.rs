//! Laws of every rotation-invariant state in R³, and Plummer's self-consistency.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use kernels::InversePower;
use kernels::quadrature::integrate;
use kernels::radial::{MeanField, newton};
use semiclassical_states::StateError;
use semiclassical_states::radial::{CenteredComponent, CenteredMixture, FAMILIES, Plummer, RadialState};

/// 2π∬g(v_r, v_t)W(r, v_r, v_t)v_t dv_t dv_r by nested checked integrals over a disc, v = s(cos θ, sin θ).
fn velocity_integral(
    state: &dyn RadialState,
    r: f64,
    speed: f64,
    tolerance: f64,
    g: impl Fn(f64, f64) -> f64,
) -> f64 {
    let angle = |s: f64| {
        let at = |theta: f64| {
            let (sin, cos) = theta.sin_cos();
            g(s * cos, s * sin) * state.wigner(r, s * cos, s * sin) * sin
        };
        integrate(at, 0.0, PI, 0.1 * tolerance).unwrap().value
    };
    integrate(|s| 2.0 * PI * s * s * angle(s), 0.0, speed, tolerance).unwrap().value
}

/// The largest speed at r.
fn speed(state: &dyn RadialState, r: f64) -> f64 {
    let mut speed = state.speed(1e-17);
    // Plummer's W ends at the speed of escape; integrals should end there as well
    while state.wigner(r, 0.99 * speed, 0.0) == 0.0 && speed > 1e-3 {
        speed *= 0.99;
    }
    speed
}

#[test]
fn the_density_is_the_velocity_integral() {
    for family in FAMILIES {
        let state = (family.example)().unwrap();
        for r in [0.0, 0.7, 2.1] {
            let rho = velocity_integral(&*state, r, speed(&*state, r), 1e-9, |_, _| 1.0);
            assert!((rho - state.density(r)).abs() < 1e-9 && rho > 1e-3, "{} at {r}: {rho}", state.name());
        }
    }
}

#[test]
fn the_mass_is_one_and_the_kinetic_energy_what_it_says() {
    for family in FAMILIES {
        let state = (family.example)().unwrap();
        // r = tan u maps the tail of Plummer's sphere to a finite interval
        let shells = |f: &dyn Fn(f64) -> f64| {
            let shell = |u: f64| 4.0 * PI * u.tan().powi(2) * f(u.tan()) / u.cos().powi(2);
            integrate(shell, 0.0, 0.5 * PI, 1e-8).unwrap().value
        };
        assert!((shells(&|r| state.density(r)) - 1.0).abs() < 1e-8, "{}", state.name());
        let coarse = (0..60).map(|j| {
            let u = 0.5 * PI * (f64::from(j) + 0.5) / 60.0;
            let (r, weight) = (u.tan(), 0.5 * PI / 60.0 / u.cos().powi(2));
            if r > 40.0 {
                return 0.0;
            }
            let fastest = speed(&*state, r);
            4.0 * PI * r * r * weight * velocity_integral(&*state, r, fastest, 1e-6, |p, q| p * p + q * q)
        });
        let kinetic: f64 = coarse.sum();
        // beyond r = 40 Plummer's sphere has 2e-5 of its kinetic energy
        assert!((kinetic / state.kinetic_energy() - 1.0).abs() < 1e-3, "{}: {kinetic}", state.name());
    }
}

#[test]
fn the_supremum_is_at_the_centre_and_below_pauli() {
    for family in FAMILIES {
        let state = (family.example)().unwrap();
        assert_eq!(state.wigner(0.0, 0.0, 0.0), state.sup());
        assert!(state.pauli_ratio() <= 1.0 && state.pauli_ratio() > 0.7, "{}", state.pauli_ratio());
        for (r, p, q) in [(0.1, 0.2, 0.1), (1.0, -0.5, 0.3), (0.0, 0.3, 0.4)] {
            assert!(state.wigner(r, p, q) < state.sup());
        }
        assert!((state.wigner(0.0, 0.5, 0.0) - state.wigner(0.0, 0.3, 0.4)).abs() < 1e-16);
    }
    // the least λa of Plummer's sphere
    let bound = (768.0_f64 / 7.0).powf(2.0 / 3.0);
    assert!((Plummer::new(bound, 1.0).unwrap().pauli_ratio() - 1.0).abs() < 1e-13);
    assert!(CenteredMixture::single(1.0, 0.9, 0.0).unwrap().pauli_ratio() > 1.0);
}

#[test]
fn nothing_is_left_beyond_the_extents() {
    for family in FAMILIES {
        let state = (family.example)().unwrap();
        let tolerance = 1e-4;
        for t in [0.0, 0.6] {
            let (reach, speed) = (1.001 * state.reach(t, tolerance), 1.001 * state.speed(tolerance));
            for i in 0..60 {
                for j in 0..30 {
                    let (p, q) = (0.1 * f64::from(i) - 3.0, 0.1 * f64::from(j));
                    // the data of the free flow at x = reach·e, v = (p, q)
                    let (x, y) = (reach - 2.0 * t * p, -2.0 * t * q);
                    let r = x.hypot(y);
                    let (v_r, v_t) = ((x * p + y * q) / r, (x * q - y * p) / r);
                    assert!(state.wigner(r, v_r, v_t) <= tolerance * state.sup(), "{}", state.name());
                }
                let r = 0.1 * f64::from(i);
                assert!(state.wigner(r, speed, 0.0) <= tolerance * state.sup());
            }
            assert!(state.wigner(0.0, 0.8 * speed, 0.0) > tolerance * state.sup());
        }
    }
}

/// −∇U of Plummer's potential is the force of Plummer's density, by Newton's theorem and by spherical waves.
#[test]
fn plummers_sphere_carries_itself() {
    let plummer = Plummer::new(15.0, 1.53).unwrap();
    let slope = |r: f64| 15.0 * r / (r * r + 1.53 * 1.53).powf(1.5);
    for r in [0.2, 1.0, 3.0, 9.0] {
        let force = newton(-15.0, |s| plummer.density(s), r, 1e-9).unwrap();
        assert!((force.value - slope(r)).abs() < 1e-9, "{r}: {} {}", force.value, slope(r));
        let difference = (plummer.potential(r + 1e-5) - plummer.potential(r - 1e-5)) / 2e-5;
        assert!((difference - slope(r)).abs() < 1e-8);
    }
    let gravity = InversePower::in_space(-15.0, 1.0).unwrap();
    let field = MeanField::new(&gravity, 0.18, 170, 20.0).unwrap();
    let rho = field.sample(|r| plummer.density(r));
    let potential = field.potential(&rho);
    // the tail beyond r = 30.6 is missing: a shell, which adds a constant to U and no force
    for r in [0.2, 1.0, 3.0, 9.0] {
        assert!((potential.derivative_at(r) - slope(r)).abs() < 1e-6, "{r}");
    }
    assert!((field.energy(&rho) / plummer.potential_energy() - 1.0).abs() < 0.01);
    // the virial theorem, and the speed of the convention: ẋ = 2v
    assert!((2.0 * plummer.kinetic_energy() + plummer.potential_energy()).abs() < 1e-14);
    assert!((plummer.crossing_time() - 1.273).abs() < 1e-3);
}

#[test]
fn bad_parameters_stop_at_the_door() {
    assert!(matches!(CenteredMixture::new(Vec::new()), Err(StateError::NoComponents)));
    let half = CenteredComponent { weight: 0.5, sigma_x: 1.0, sigma_v: 1.0, chirp: 0.0 };
    assert!(matches!(CenteredMixture::new(vec![half]), Err(StateError::Weights { .. })));
    assert!(matches!(CenteredMixture::single(0.0, 1.0, 0.0), Err(StateError::NotPositive { .. })));
    assert!(matches!(CenteredMixture::single(1.0, 1.0, f64::NAN), Err(StateError::NotFinite { .. })));
    assert!(Plummer::new(-1.0, 1.0).is_err());
}
