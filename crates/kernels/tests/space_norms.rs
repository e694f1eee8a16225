//! The norms of V(|x|) on R³ that the theorems suppose.
#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use semiclassical_kernels::quadrature::integrate;
use semiclassical_kernels::{Bump, FAMILIES, Gaussian, Interaction, InversePower};

/// V̂(k) = (4π/k)∫₀^∞ r V(r) sin kr dr, by quadrature alone.
fn transform_in_space(v: &dyn Interaction, k: f64) -> f64 {
    let reach = v.reach(1e-18);
    4.0 * PI * integrate(|r| r * v.value(r) * (k * r).sin() / k, 0.0, reach, 1e-11).unwrap().value
}

#[test]
fn fourier_moments_are_those_of_the_transform() {
    let gaussian = Gaussian::new(-1.3, 0.8).unwrap();
    for s in 0..=3_u32 {
        let by_quadrature = integrate(
            |p| p.powi(s as i32 + 2) * transform_in_space(&gaussian, p).abs() / (2.0 * PI * PI),
            0.0,
            12.0,
            1e-8,
        );
        let (value, exact) = (by_quadrature.unwrap().value, gaussian.fourier_moment_in_space(s).unwrap());
        assert!((value - exact.value).abs() < 1e-7, "s = {s}: {value} {exact:?}");
        // control: the formula of the line
        assert!(s == 0 || (gaussian.fourier_moment(s).unwrap().value / value - 1.0).abs() > 0.3);
    }
    assert!((gaussian.fourier_moment_in_space(0).unwrap().value - 1.3).abs() < 1e-14, "∫V̂ = (2π)³V(0)");
}

/// V̂ of the bump decays like k^{−4}: ∫|V̂|p²·p dp grows like ln K.
#[test]
fn the_bump_has_no_fourier_moment_from_one_on() {
    let bump = Bump::new(1.0, 1.0).unwrap();
    assert!(bump.fourier_moment_in_space(1).is_none() && bump.fourier_moment_in_space(3).is_none());
    assert!(bump.fourier_moment_in_space(0).unwrap().error.is_infinite(), "not measured");
    let octave = |k: f64| {
        let at = |j: i32| k * (1.0 + (f64::from(j) + 0.5) / 400.0);
        (0..400).map(|j| at(j).powi(3) * transform_in_space(&bump, at(j)).abs() * k / 400.0).sum::<f64>()
    };
    let octaves = [octave(20.0), octave(40.0)];
    assert!(octaves[0] > 1.0 && (octaves[1] / octaves[0] - 1.0).abs() < 0.2, "{octaves:?}");
}

#[test]
fn the_ball_holds_what_it_should() {
    for alpha in [0.25, 0.9, 1.0] {
        let power = InversePower::in_space(-2.0, alpha).unwrap();
        let by_quadrature = integrate(|r| 4.0 * PI * r * r * power.value(r).abs(), 0.0, 1.0, 1e-9).unwrap();
        let exact = power.local_l1_in_space().unwrap();
        assert!((by_quadrature.value - exact.value).abs() < 1e-8 && exact.value > 8.0);
        assert!(power.fourier_moment_in_space(2).is_none());
    }
    for family in FAMILIES {
        let v = (family.example)().unwrap();
        assert!(v.local_l1_in_space().unwrap().value.is_finite(), "{}", v.name());
    }
}

/// The eigenvalues of ∇²V(|x|), V″ and V′/r, reach ‖V″‖_∞ and no more.
#[test]
fn the_hessian_in_space_has_the_norm_of_the_line() {
    for v in [
        Box::new(Gaussian::new(1.5, 0.7).unwrap()) as Box<dyn Interaction>,
        Box::new(Bump::new(-1.0, 1.2).unwrap()),
    ] {
        let second = |r: f64| (v.derivative(r + 1e-6) - v.derivative(r - 1e-6)) / 2e-6;
        let largest = (1..4000)
            .map(|k| 1e-3 * f64::from(k))
            .fold(0.0_f64, |m, r| m.max(second(r).abs()).max((v.derivative(r) / r).abs()));
        let bound = v.second_derivative_sup().unwrap();
        assert!(largest <= bound * (1.0 + 1e-6) && largest > 0.98 * bound, "{}: {largest}", v.name());
    }
}
