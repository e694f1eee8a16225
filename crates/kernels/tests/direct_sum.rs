//! Direct sums against closed forms: U and F of a Gaussian density, for smooth V and for |x|^(−α).

#![allow(clippy::unwrap_used)]

mod common;

use common::{exact_field, normal};
use phase_space::line::Axis;
use semiclassical_kernels::line::{DirectForce, DirectPotential};
use semiclassical_kernels::{
    Bump, Convolution, Gaussian, Interaction, InversePower, KernelError, Measured, NoInteraction, Quadratic,
};

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
                println!("α = {alpha} n = {points} r = {refinement}: {u:.1e} {f:.1e} of {size:.1e}");
                assert!(u < 1e-13 * size && f < 1e-12 * size, "α = {alpha}: {u:.1e} {f:.1e} of {size:.1e}");
            }
        }
    }
}
