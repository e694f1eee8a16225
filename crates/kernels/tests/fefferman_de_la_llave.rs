//! P19.2: the representation of |s|^(−α) by Gaussians of every width, with one centre and with two.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use semiclassical_kernels::fefferman_de_la_llave::{gaussian, overlap};
use semiclassical_kernels::quadrature::integrate;
use semiclassical_kernels::{FeffermanDeLaLlave, KernelError};

/// ∫f(r)dr over r > 0 where f lives on |ln(r/s)| ≲ 3 towards 0 and falls like r^{−1−α} towards ∞.
fn over_radii(f: impl Fn(f64) -> f64, s: f64, alpha: f64) -> f64 {
    let in_logarithm = |x: f64| {
        let r = s * x.exp();
        r * f(r)
    };
    let end = 30.0 / alpha;
    integrate(in_logarithm, -3.0, 3.0, 1e-9).unwrap().value
        + integrate(in_logarithm, 3.0, end, 1e-9).unwrap().value
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn the_integral_is_the_power(alpha in 1e-3..=1.0_f64, exponent in -6.0..=3.0_f64) {
        let s = 10.0_f64.powf(exponent);
        let exact = s.powf(-alpha);
        let measured = FeffermanDeLaLlave::new(alpha).unwrap().evaluate(s).unwrap();
        let error = (measured.value - exact).abs();
        prop_assert!(error <= measured.error, "α = {alpha}, s = {s}: {error:.1e} > {:.1e}", measured.error);
        prop_assert!(measured.error <= 1e-10 * exact, "{:.1e}", measured.error / exact);
        prop_assert!(error <= 1e-13 * exact, "{:.1e}", error / exact);
    }

    /// Control: Γ(α) in place of Γ(α/2) is never the constant.
    #[test]
    fn the_constant_with_gamma_of_alpha_misses(alpha in 1e-3..=1.0_f64, exponent in -6.0..=3.0_f64) {
        let s = 10.0_f64.powf(exponent);
        let representation = FeffermanDeLaLlave::new(alpha).unwrap();
        let measured = representation.evaluate(s).unwrap();
        let wrong = measured.value / representation.constant() * 2.0 / libm::tgamma(alpha);
        prop_assert!((wrong / s.powf(-alpha) - 1.0).abs() > 0.7);
    }
}

#[test]
fn the_constants_are_those_of_the_tables() {
    let coulomb = FeffermanDeLaLlave::new(1.0).unwrap();
    assert!((coulomb.constant() - 2.0 / std::f64::consts::PI.sqrt()).abs() < 1e-15);
    // 1/|x−y| on R³: C_{1,3} = √2·(2/π)^{3/2}/√π = 4/π²
    let exact = 4.0 / std::f64::consts::PI.powi(2);
    assert!((coulomb.two_centre_constant(3) - exact).abs() < 1e-15);
}

#[test]
fn the_overlap_of_two_gaussians_is_an_integral_over_the_line() {
    for (s, r) in [(0.7_f64, 0.4_f64), (2.0, 1.5), (0.1, 3.0)] {
        let over_z = |z: f64| gaussian(z, r) * gaussian(s - z, r);
        let (low, high) = (0.5 * s - 6.0 * r, 0.5 * s + 6.0 * r);
        let measured = integrate(over_z, low, high, 1e-12).unwrap();
        assert!((measured.value - overlap(1, s, r)).abs() < 1e-11, "{measured:?}");
    }
}

/// In R³ about x: with ρ = |z−x| the angle integrates to (r²/(2ρs))[e^{−(ρ−s)²/r²} − e^{−(ρ+s)²/r²}].
#[test]
fn the_overlap_of_two_gaussians_is_a_radial_integral_in_space() {
    for (s, r) in [(0.7_f64, 0.4_f64), (2.0, 1.5), (0.5, 3.0)] {
        let shell = |rho: f64| {
            let angle = 0.5 * r * r / (rho * s) * (gaussian(rho - s, r) - gaussian(rho + s, r));
            2.0 * std::f64::consts::PI * rho * rho * gaussian(rho, r) * angle
        };
        let measured = integrate(shell, 0.0, s + 6.0 * r, 1e-11).unwrap();
        assert!((measured.value / overlap(3, s, r) - 1.0).abs() < 1e-10, "{measured:?}");
    }
}

/// d = 1 as the double integral over z and r, without the closed form of the overlap.
#[test]
fn two_centres_on_the_line_give_the_power() {
    for (alpha, s) in [(0.5, 0.3), (0.9, 2.0)] {
        let representation = FeffermanDeLaLlave::new(alpha).unwrap();
        let over_z = |r: f64| {
            let product = |z: f64| gaussian(z, r) * gaussian(s - z, r);
            integrate(product, 0.5 * s - 6.0 * r, 0.5 * s + 6.0 * r, 1e-12 * r).unwrap().value
        };
        let value = representation.two_centre_constant(1)
            * over_radii(|r| r.powf(-2.0 - alpha) * over_z(r), s, alpha);
        assert!((value / s.powf(-alpha) - 1.0).abs() < 1e-8, "α = {alpha}: {value}");
    }
}

#[test]
fn two_centres_in_every_dimension_give_the_power() {
    for dimension in 1..=3 {
        for (alpha, s) in [(0.25, 0.6), (0.5, 1.0), (1.0, 4.0)] {
            let representation = FeffermanDeLaLlave::new(alpha).unwrap();
            let integral = over_radii(|r| representation.two_centre_integrand(dimension, s, r), s, alpha);
            let value = representation.two_centre_constant(dimension) * integral;
            assert!((value / s.powf(-alpha) - 1.0).abs() < 1e-8, "d = {dimension}, α = {alpha}: {value}");
            // the constant of another dimension is wrong by a factor √(2/π) or its inverse
            let wrong = representation.two_centre_constant(dimension + 1) * integral;
            assert!((wrong / s.powf(-alpha) - 1.0).abs() > 0.2);
        }
    }
}

#[test]
fn one_centre_is_the_integral_over_r() {
    let representation = FeffermanDeLaLlave::new(0.4).unwrap();
    let value = representation.constant() * over_radii(|r| representation.integrand(0.2, r), 0.2, 0.4);
    assert!((value / 0.2_f64.powf(-0.4) - 1.0).abs() < 1e-8);
    assert_eq!(representation.alpha(), 0.4);
}

#[test]
fn what_has_no_power_is_refused() {
    assert!(matches!(FeffermanDeLaLlave::new(0.0), Err(KernelError::NotPositive { .. })));
    assert!(matches!(FeffermanDeLaLlave::new(f64::NAN), Err(KernelError::NotFinite { .. })));
    let representation = FeffermanDeLaLlave::new(0.5).unwrap();
    assert!(matches!(representation.evaluate(0.0), Err(KernelError::NotPositive { .. })));
    assert!(representation.evaluate(f64::INFINITY).is_err());
    assert_eq!(representation.evaluate(-2.0), representation.evaluate(2.0));
}
