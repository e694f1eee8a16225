//! Direct sums against closed forms: U and F of a Gaussian density, for smooth V and for |x|^(−α).

#![allow(clippy::unwrap_used)]

mod common;

use common::{exact_field, normal};
use phase_space::line::Axis;
use semiclassical_kernels::line::{DirectForce, DirectPotential};
use semiclassical_kernels::{Gaussian, Interaction, InversePower, KernelError, Quadratic};

/// max|U − exact| and max|F + exact′| for a normal density about `center`, at `refinement` points a cell.
fn errors(
    interaction: &dyn Interaction,
    axis: &Axis,
    (center, sigma): (f64, f64),
    refinement: usize,
    exact: impl Fn(f64) -> (f64, f64),
) -> (f64, f64) {
    let rho: Vec<f64> = axis.points().iter().map(|x| normal(x - center, sigma)).collect();
    let potential = DirectPotential::new(interaction, axis).unwrap().values(&rho);
    let force = DirectForce::new(interaction, axis, refinement, 40).unwrap();
    let u = potential.iter().zip(axis.points()).map(|(u, x)| (u - exact(x - center).0).abs());
    let x = |p: usize| force.start() + p as f64 * force.spacing() - center;
    let values = force.values(&rho);
    assert_eq!(values.len(), force.points());
    let f = values.iter().enumerate().map(|(p, f)| (f + exact(x(p)).1).abs());
    (u.fold(0.0, f64::max), f.fold(0.0, f64::max))
}

#[test]
fn the_field_of_a_gaussian_density_is_the_confluent_hypergeometric_function() {
    for alpha in [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98] {
        let interaction = InversePower::new(1.0, alpha).unwrap();
        let size = exact_field(alpha, 0.6, 0.0).0;
        for (center, length, points) in [(0.3, 20.0, 320), (-2.1, 20.0, 250), (0.0, 12.0, 200)] {
            let axis = Axis::new(0.1, length, points).unwrap();
            for refinement in [1, 2, 5] {
                let exact = |x: f64| exact_field(alpha, 0.6, x);
                let (u, f) = errors(&interaction, &axis, (center, 0.6), refinement, exact);
                assert!(u < 1e-13 * size && f < 1e-12 * size, "α = {alpha}: {u:.1e} {f:.1e} of {size:.1e}");
            }
        }
    }
}

/// The plain sums, bit for bit where no point is added, and the closed form.
#[test]
fn a_smooth_interaction_has_the_plain_trapezoid_rule() {
    let axis = Axis::new(0.5, 14.0, 100).unwrap();
    let interaction = Gaussian::new(1.0, 1.0).unwrap();
    // a Gaussian of variance ¼ with one of variance 1: variance 5/4
    let exact = |x: f64| {
        let u = (-0.4 * x * x).exp() / 1.25_f64.sqrt();
        (u, -0.8 * x * u)
    };
    for refinement in [1, 3] {
        let (u, f) = errors(&interaction, &axis, (0.2, 0.5), refinement, exact);
        assert!(u < 1e-14 && f < 1e-14, "{u:.1e} {f:.1e}");
    }
    let rho: Vec<f64> = axis.points().iter().map(|x| normal(*x, 0.5)).collect();
    let direct = DirectPotential::new(&interaction, &axis).unwrap().values(&rho);
    for (i, u) in direct.iter().enumerate() {
        let value = |j: usize| interaction.value(i.abs_diff(j) as f64 * axis.spacing());
        let sum: f64 = rho.iter().enumerate().map(|(j, rho)| value(j) * rho).sum();
        assert_eq!(*u, sum * axis.spacing());
    }
}

/// Whatever a density is: F = −U′ by the spectral derivative of U, for a density that is no Gaussian.
#[test]
fn the_force_is_minus_the_slope_of_the_potential() {
    let axis = Axis::new(0.0, 24.0, 400).unwrap();
    let rho: Vec<f64> =
        axis.points().iter().map(|x| normal(x - 0.7, 0.6) * (1.0 + 0.5 * (2.0 * x).sin())).collect();
    let interaction = InversePower::new(-1.3, 0.6).unwrap();
    let potential = DirectPotential::new(&interaction, &axis).unwrap().values(&rho);
    let force = DirectForce::new(&interaction, &axis, 1, 0).unwrap().values(&rho);
    // ∫F ρ̃ = ∫U ρ̃′ for any bump ρ̃
    let pairing = |f: &[f64], g: &dyn Fn(f64) -> f64| -> f64 {
        f.iter().zip(axis.points()).map(|(f, x)| f * g(x)).sum::<f64>() * axis.spacing()
    };
    for center in [-2.0, 0.1, 1.4] {
        let bump = |x: f64| normal(x - center, 0.5);
        let slope = |x: f64| -(x - center) / 0.25 * bump(x);
        let (left, right) = (pairing(&force, &bump), pairing(&potential, &slope));
        assert!((left - right).abs() < 1e-12 && left.abs() > 1e-2, "{left} {right}");
    }
}

#[test]
fn what_a_direct_sum_cannot_carry_is_refused() {
    let axis = Axis::new(0.0, 10.0, 40).unwrap();
    let power = InversePower::new(1.0, 0.5).unwrap();
    assert!(matches!(DirectForce::new(&power, &axis, 0, 4), Err(KernelError::OutOfRange { .. })));
    let huge = Quadratic::new(1e308).unwrap();
    assert!(matches!(DirectPotential::new(&huge, &axis), Err(KernelError::NotFinite { .. })));
    assert!(matches!(DirectForce::new(&huge, &axis, 1, 40), Err(KernelError::NotFinite { .. })));
}
