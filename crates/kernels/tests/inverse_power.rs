//! The mean field of |x|^(−α) on the line: two ways of its own, a closed form, and direct quadrature.

#![allow(clippy::unwrap_used)]

mod common;

use std::f64::consts::PI;

use common::{exact_field, normal};
use phase_space::line::Axis;
use proptest::prelude::*;
use semiclassical_kernels::line::{MeanField, minimal_length};
use semiclassical_kernels::quadrature::integrate;
use semiclassical_kernels::{GaussianSum, Interaction, InversePower, KernelError};

/// The largest |U − exact| and |U′ − exact| for a normal density on the axis.
fn errors(field: &mut MeanField, alpha: f64, center: f64, sigma: f64) -> (f64, f64) {
    let points = field.axis().points();
    let rho: Vec<f64> = points.iter().map(|x| normal(x - center, sigma)).collect();
    let potential = field.potential(&rho);
    let (values, slopes) = (field.values(&potential), field.gradient(&potential));
    let mut worst = (0.0_f64, 0.0_f64);
    for ((x, u), slope) in points.iter().zip(values).zip(slopes) {
        let (exact, exact_slope) = exact_field(alpha, sigma, x - center);
        worst = (worst.0.max((u - exact).abs()), worst.1.max((slope - exact_slope).abs()));
    }
    worst
}

fn by_gaussians(alpha: f64, axis: &Axis) -> MeanField {
    let sum = GaussianSum::new(alpha, [1e-2, axis.length()], 1e-12).unwrap();
    MeanField::of_gaussians(&sum, 1.0, axis).unwrap()
}

#[test]
fn both_fields_of_a_gaussian_density_are_the_confluent_hypergeometric_function() {
    for alpha in [0.1, 0.25, 0.45, 0.5, 0.75, 0.9] {
        for (center, length, sigma) in [(0.3, 24.0, 0.7), (-5.0, 24.0, 0.6), (0.0, 40.0, 1.0)] {
            let axis = Axis::new(0.1, length, 512).unwrap();
            let mut direct = MeanField::new(&InversePower::new(1.0, alpha).unwrap(), &axis).unwrap();
            for field in [&mut direct, &mut by_gaussians(alpha, &axis)] {
                let (value, slope) = errors(field, alpha, center, sigma);
                assert!(value < 1e-11 && slope < 1e-11, "α = {alpha}: {value:.1e} {slope:.1e}");
            }
        }
    }
}

/// The two ways share nothing but ρ: the transform of the power, and Gaussians.
#[test]
fn the_transform_and_the_gaussians_agree_for_any_density() {
    let axis = Axis::new(-0.4, 20.0, 400).unwrap();
    let rho: Vec<f64> = axis
        .points()
        .iter()
        .map(|x| (0.6 * normal(x - 2.1, 0.4) + 0.4 * normal(x + 3.0, 0.8)) * (1.0 + 0.5 * (3.0 * x).sin()))
        .collect();
    for alpha in [0.1, 0.5, 0.9] {
        let mut direct = MeanField::new(&InversePower::new(1.0, alpha).unwrap(), &axis).unwrap();
        let mut gaussians = by_gaussians(alpha, &axis);
        let (u, w) = (direct.potential(&rho), gaussians.potential(&rho));
        for order in 0..=2 {
            let (u, w) = (direct.derivative(&u, order), gaussians.derivative(&w, order));
            let difference = u.iter().zip(&w).map(|(u, w)| (u - w).abs()).fold(0.0, f64::max);
            assert!(difference < 1e-10, "α = {alpha}, order {order}: {difference:.1e}");
            assert!(u.iter().any(|u| u.abs() > 0.01));
        }
    }
}

/// U(x) = (1−α)^{−1}∫[ρ(x−r) + ρ(x+r)]dt, r = t^{1/(1−α)}, for a density that is no Gaussian.
#[test]
fn the_field_is_the_integral() {
    let rho = |x: f64| normal(x - 1.0, 0.5) + 0.3 * x * x * normal(x + 2.0, 0.6);
    let axis = Axis::new(0.0, 20.0, 320).unwrap();
    for alpha in [0.1, 0.4, 0.75] {
        let interaction = InversePower::new(-1.7, alpha).unwrap();
        let mut field = MeanField::new(&interaction, &axis).unwrap();
        let samples: Vec<f64> = axis.points().into_iter().map(rho).collect();
        let potential = field.potential(&samples);
        let values = field.values(&potential);
        let q = 1.0 / (1.0 - alpha);
        for i in (0..axis.len()).step_by(29) {
            let x = axis.point(i);
            let density = |t: f64| rho(x - t.powf(q)) + rho(x + t.powf(q));
            let ends = [0.0, 0.5, 1.0, 2.0, 4.0, 7.0, 11.0, 20.0].map(|r: f64| r.powf(1.0 / q));
            let pieces = ends.windows(2).map(|e| integrate(density, e[0], e[1], 1e-10).unwrap().value);
            let exact = -1.7 * q * pieces.sum::<f64>();
            assert!((values[i] - exact).abs() < 1e-10, "α = {alpha}, x = {x}: {} {exact}", values[i]);
        }
    }
}

/// Off the grid, and beyond the box as long as ρ is nearer than L.
#[test]
fn the_field_holds_between_the_points_and_a_little_beyond_the_box() {
    let axis = Axis::new(0.0, 20.0, 300).unwrap();
    let mut field = MeanField::new(&InversePower::new(1.0, 0.6).unwrap(), &axis).unwrap();
    let rho: Vec<f64> = axis.points().iter().map(|x| normal(x - 0.5, 0.6)).collect();
    let potential = field.potential(&rho);
    for x in [-12.0, -3.217, 0.0123, 4.4444, 13.0] {
        let (value, slope) = exact_field(0.6, 0.6, x - 0.5);
        assert!((potential.value_at(x) - value).abs() < 1e-12, "{x}");
        assert!((potential.derivative_at(x) - slope).abs() < 1e-12, "{x}");
    }
}

/// Control: samples of V̂ with any finite value at k = 0 are the field of a torus, with all its images.
#[test]
fn samples_of_the_singular_transform_miss() {
    let axis = Axis::new(0.0, 24.0, 256).unwrap();
    let interaction = InversePower::new(1.0, 0.5).unwrap();
    let torus = Axis::new(12.0, 48.0, 512).unwrap();
    let mut wrong = MeanField::periodic(&torus, |k| interaction.fourier(k).unwrap_or(0.0)).unwrap();
    let (_, slope) = errors(&mut wrong, 0.5, 0.0, 0.7);
    assert!(slope > 1e-4, "{slope:.1e}");
    let mut right = MeanField::new(&interaction, &axis).unwrap();
    assert!(errors(&mut right, 0.5, 0.0, 0.7).1 < 1e-12);
}

#[test]
fn the_transform_of_the_power_is_that_of_its_gaussians() {
    for alpha in [0.1, 0.5, 0.9] {
        let interaction = InversePower::new(1.3, alpha).unwrap();
        let sum = GaussianSum::new(alpha, [1e-6, 1e6], 1e-11).unwrap();
        for k in [0.3_f64, 2.0, 17.0] {
            // narrower Gaussians are missing: their mass is of size r_min^{1−α}
            let transform = |w: f64, r: f64| w * r * PI.sqrt() * (-0.25 * (k * r).powi(2)).exp();
            let narrower: f64 = sum.narrower().take(4000).map(|t| transform(t.weight, t.radius)).sum();
            let total: f64 = sum.terms().iter().map(|t| transform(t.weight, t.radius)).sum();
            let exact = interaction.fourier(k).unwrap();
            assert!((1.3 * (total + narrower) / exact - 1.0).abs() < 1e-9, "α = {alpha}, k = {k}");
        }
        assert!(interaction.fourier(0.0).is_none() && interaction.fourier_moment(0).is_none());
    }
}

#[test]
fn powers_that_the_line_cannot_carry_are_refused() {
    for alpha in [1.0, 1.2] {
        let refusal = InversePower::new(1.0, alpha).unwrap_err();
        assert_eq!(refusal, KernelError::NotIntegrable { alpha });
        assert!(refusal.to_string().contains("not locally integrable on the line"));
    }
    assert!(matches!(InversePower::new(1.0, -0.5), Err(KernelError::NotPositive { .. })));
    assert!(matches!(InversePower::new(f64::NAN, 0.5), Err(KernelError::NotFinite { .. })));
    let axis = Axis::new(0.0, 10.0, 64).unwrap();
    let coulomb = GaussianSum::new(1.0, [0.01, 10.0], 1e-6).unwrap();
    assert!(matches!(MeanField::of_gaussians(&coulomb, 1.0, &axis), Err(KernelError::NotIntegrable { .. })));
    let short = GaussianSum::new(0.5, [0.01, 9.0], 1e-6).unwrap();
    assert!(matches!(MeanField::of_gaussians(&short, 1.0, &axis), Err(KernelError::OutOfRange { .. })));
    assert_eq!(minimal_length(&InversePower::new(1.0, 0.5).unwrap(), 7.0), 7.0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn the_field_scales_and_moves_with_the_density(
        alpha in 0.02..=0.97_f64,
        center in -3.0..=3.0_f64,
        sigma in 0.4..=1.0_f64,
        scale in 0.1..=10.0_f64,
    ) {
        let axis = Axis::new(0.2 * scale, 24.0 * scale, 384).unwrap();
        let mut field = MeanField::new(&InversePower::new(1.0, alpha).unwrap(), &axis).unwrap();
        let (value, slope) = errors(&mut field, alpha, center * scale, sigma * scale);
        let size = exact_field(alpha, sigma * scale, 0.0).0;
        prop_assert!(value < 1e-12 * size && slope * scale < 1e-11 * size, "{value:.1e} {slope:.1e} {size:.1e}");
    }
}
