//! The mean field on the line against exact convolutions, direct sums and limits.

use std::f64::consts::PI;

use phase_space::line::Axis;
use semiclassical_kernels::line::{MeanField, Potential, minimal_length};
use semiclassical_kernels::quadrature::integrate;
use semiclassical_kernels::{Bump, FAMILIES, Gaussian, Interaction, KernelError, NoInteraction, Quadratic};

/// A normalised Gaussian density.
fn density(axis: &Axis, center: f64, sigma: f64) -> Vec<f64> {
    axis.points().iter().map(|x| normal(x - center, sigma)).collect()
}

fn normal(x: f64, sigma: f64) -> f64 {
    (-0.5 * (x / sigma).powi(2)).exp() / (sigma * (2.0 * PI).sqrt())
}

fn largest_difference(a: &[f64], b: impl Iterator<Item = f64>) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// Gaussian ∗ Gaussian is a Gaussian, also where ρ sits at the edge of the box: there are no images.
#[test]
fn gaussian_field_of_a_gaussian_density_is_exact() {
    let (strength, width, sigma) = (1.4_f64, 0.9_f64, 0.5_f64);
    let interaction = Gaussian::new(strength, width).unwrap();
    let axis = Axis::new(0.7, 18.0, 240).unwrap();
    let total = (width * width + sigma * sigma).sqrt();
    for center in [0.7, 0.7 - 4.7, 0.7 + 4.7] {
        let mut field = MeanField::new(&interaction, &axis).unwrap();
        let potential = field.potential(&density(&axis, center, sigma));
        let exact = |x: f64| strength * width * (2.0 * PI).sqrt() * normal(x - center, total);
        let slope = |x: f64| -(x - center) / (total * total) * exact(x);
        let points = axis.points();
        assert!(largest_difference(&field.values(&potential), points.iter().map(|&x| exact(x))) < 1e-14);
        assert!(largest_difference(&field.gradient(&potential), points.iter().map(|&x| slope(x))) < 1e-13);
        // beyond the box too, as long as x is nearer to ρ than to its image
        for x in [axis.start() - 2.0, axis.start() + axis.length() + 2.0, 0.123] {
            assert!((potential.value_at(x) - exact(x)).abs() < 1e-14);
            assert!((potential.derivative_at(x) - slope(x)).abs() < 1e-13);
        }
    }
}

#[test]
fn bump_field_is_the_integral() {
    let interaction = Bump::new(-0.8, 2.0).unwrap();
    let axis = Axis::new(0.0, 14.0, 200).unwrap();
    let mut field = MeanField::new(&interaction, &axis).unwrap();
    let (center, sigma) = (0.4, 0.6);
    let potential = field.potential(&density(&axis, center, sigma));
    let (values, gradient) = (field.values(&potential), field.gradient(&potential));
    for i in (0..axis.len()).step_by(9) {
        let x = axis.point(i);
        let convolve = |f: &dyn Fn(f64) -> f64| {
            integrate(|r| f(r) * normal(x - r - center, sigma), -2.0, 2.0, 1e-12).unwrap().value
        };
        assert!((values[i] - convolve(&|r| interaction.value(r))).abs() < 1e-12);
        assert!((gradient[i] - convolve(&|r| interaction.derivative(r))).abs() < 1e-12);
    }
}

#[test]
fn derivatives_of_every_field_are_consistent() {
    let axis = Axis::new(0.0, 20.0, 256).unwrap();
    for family in FAMILIES {
        let interaction = (family.example)().unwrap();
        let mut field = MeanField::new(&*interaction, &axis).unwrap();
        let potential = field.potential(&density(&axis, 0.3, 0.8));
        for order in 0..=3 {
            let on_axis = field.derivative(&potential, order);
            let direct = axis.points().into_iter().map(|x| potential.derivative_of_order_at(order, x));
            assert!(largest_difference(&on_axis, direct) < 1e-11, "{} order {order}", family.kind);
        }
    }
}

#[test]
fn difference_quotient_is_the_quotient_of_differences() {
    let axis = Axis::new(-0.2, 20.0, 250).unwrap();
    let y: Vec<f64> = (0..29).map(|j| 0.31 * f64::from(j)).collect();
    for family in FAMILIES {
        let interaction = (family.example)().unwrap();
        let mut field = MeanField::new(&*interaction, &axis).unwrap();
        let potential = field.potential(&density(&axis, 0.5, 0.7));
        let mut out = vec![f64::NAN; axis.len() * y.len()];
        for eps in [0.5, 0.125, 1.0 / 1024.0] {
            field.difference_quotient(&potential, &y, eps, &mut out);
            let mut largest = 0.0_f64;
            for (i, x) in axis.points().into_iter().enumerate().step_by(7) {
                for (j, y) in y.iter().enumerate() {
                    let (right, left) =
                        (potential.value_at(x + 0.5 * eps * y), potential.value_at(x - 0.5 * eps * y));
                    let error = (out[i * 29 + j] - (right - left) / eps).abs();
                    assert!(error < 1e-13 / eps.min(0.1) * 10.0, "{} {error}", family.kind);
                    largest = largest.max(out[i * 29 + j].abs());
                }
            }
            assert!(largest > 0.1 || family.kind == "none");
        }
    }
}

/// [U(x + εy/2) − U(x − εy/2)]/ε → U′(x)y with order ε²; for a quadratic V the two are equal.
#[test]
fn hartree_tends_to_vlasov_with_order_two() {
    let axis = Axis::new(0.0, 20.0, 256).unwrap();
    let y: Vec<f64> = (0..17).map(|j| 0.4 * f64::from(j)).collect();
    let difference = |interaction: &dyn Interaction, eps: f64| {
        let mut field = MeanField::new(interaction, &axis).unwrap();
        let potential = field.potential(&density(&axis, 0.5, 0.7));
        let mut hartree = vec![0.0; axis.len() * y.len()];
        let mut vlasov = hartree.clone();
        field.difference_quotient(&potential, &y, eps, &mut hartree);
        field.gradient_times(&potential, &y, &mut vlasov);
        largest_difference(&hartree, vlasov.into_iter())
    };
    for interaction in [&Gaussian::new(1.0, 1.0).unwrap() as &dyn Interaction, &Bump::new(1.0, 2.0).unwrap()]
    {
        let order = (difference(interaction, 0.04) / difference(interaction, 0.02)).log2();
        assert!((order - 2.0).abs() < 0.01, "{} {order}", interaction.name());
    }
    assert!(difference(&Quadratic::new(1.0).unwrap(), 0.25) == 0.0);
}

#[test]
fn quadratic_and_free_fields_are_exact() {
    let axis = Axis::new(0.0, 16.0, 128).unwrap();
    let (center, sigma) = (0.6, 0.9);
    let rho = density(&axis, center, sigma);
    let mut field = MeanField::new(&Quadratic::new(1.7).unwrap(), &axis).unwrap();
    let potential = field.potential(&rho);
    for x in [-3.0, 0.0, 5.5] {
        let exact = 0.5 * 1.7 * ((x - center) * (x - center) + sigma * sigma);
        assert!((potential.value_at(x) - exact).abs() < 1e-12);
        assert!((potential.derivative_at(x) - 1.7 * (x - center)).abs() < 1e-12);
    }
    let mut free = MeanField::new(&NoInteraction, &axis).unwrap();
    assert_eq!(free.potential(&rho), Potential::zero());
    assert_eq!(free.energy(&rho), 0.0);
}

#[test]
fn energy_is_the_double_integral() {
    let (strength, width, sigma) = (2.0_f64, 1.1_f64, 0.8_f64);
    let axis = Axis::new(1.0, 18.0, 180).unwrap();
    let mut field = MeanField::new(&Gaussian::new(strength, width).unwrap(), &axis).unwrap();
    // ½∬ρ V ρ = ½·strength·width/√(width² + 2σ²)
    let exact = 0.5 * strength * width / (width * width + 2.0 * sigma * sigma).sqrt();
    assert!((field.energy(&density(&axis, 1.3, sigma)) - exact).abs() < 1e-14);
}

#[test]
fn fields_are_linear_in_the_density() {
    let axis = Axis::new(0.0, 16.0, 128).unwrap();
    for family in FAMILIES {
        let mut field = MeanField::new(&*(family.example)().unwrap(), &axis).unwrap();
        let (one, two) = (density(&axis, 0.3, 0.8), density(&axis, -0.9, 0.6));
        let difference: Vec<_> = one.iter().zip(&two).map(|(a, b)| a - b).collect();
        let (u, w) = (field.potential(&one), field.potential(&two));
        let direct = field.potential(&difference);
        let combined = u.minus(&w);
        for x in [-2.0, 0.1, 3.0] {
            assert!((combined.value_at(x) - direct.value_at(x)).abs() < 1e-12);
        }
        let mean = Potential::combination(&[(0.25, &u), (0.75, &w)]);
        assert!((mean.value_at(0.4) - 0.25 * u.value_at(0.4) - 0.75 * w.value_at(0.4)).abs() < 1e-12);
    }
}

#[test]
fn on_the_torus_images_are_meant() {
    let axis = Axis::new(PI, 2.0 * PI, 32).unwrap();
    let mut field = MeanField::periodic(&axis, |k| if k > 0.0 { k.powi(-2) } else { 0.0 }).unwrap();
    let rho: Vec<_> = axis.points().iter().map(|x| 1.0 + 0.1 * (2.0 * x).cos()).collect();
    let potential = field.potential(&rho);
    let values = field.values(&potential);
    assert!(largest_difference(&values, axis.points().iter().map(|x| 0.025 * (2.0 * x).cos())) < 1e-15);
    assert!(MeanField::periodic(&axis, |k| 1.0 / k).is_err());
}

#[test]
fn a_short_box_is_refused_with_the_length_it_needs() {
    let interaction = Gaussian::new(1.0, 2.0).unwrap();
    let short = Axis::new(0.0, 10.0, 128).unwrap();
    let Err(KernelError::BoxTooShort { needed, .. }) = MeanField::new(&interaction, &short) else {
        unreachable!("a box of length 10 is too short for width 2")
    };
    assert_eq!(needed, minimal_length(&interaction, 8.0));
    let enough = Axis::new(0.0, needed, 128).unwrap();
    assert!(MeanField::new(&interaction, &enough).is_ok());
}
