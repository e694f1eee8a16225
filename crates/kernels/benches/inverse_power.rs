//! V∗ρ on 512 points for V = |x|^(−α) and a sum of two Gaussians ρ, each way good to 1e-11:
//!
//! - the sum of Gaussians, once its multiplier is built, and with its building;
//! - the transform of the power, likewise;
//! - direct quadrature ∫₀^R r^{−α}[ρ(x−r) + ρ(x+r)]dr at each x, by a Gauss–Jacobi rule that absorbs r^{−α}. It evaluates ρ as a
//!   function, where the other two take its samples.
//!
//! Before it is timed each is compared with the transform of the power, which the tests hold against a closed form.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use gauss_quad::GaussJacobi;
use phase_space::line::Axis;
use semiclassical_kernels::line::MeanField;
use semiclassical_kernels::{GaussianSum, InversePower};

const ERROR: f64 = 1e-11;

/// The longest distance, and the number of nodes on it.
const LENGTH: f64 = 20.0;
const NODES: usize = 140;

fn density(x: f64) -> f64 {
    let normal = |x: f64, sigma: f64| (-0.5 * (x / sigma).powi(2)).exp() / (sigma * (2.0 * PI).sqrt());
    0.6 * normal(x - 2.1, 0.7) + 0.4 * normal(x + 3.0, 0.8)
}

fn gauss_jacobi(alpha: f64) -> GaussJacobi {
    let exponent = |e: f64| e.try_into().unwrap();
    GaussJacobi::new(NODES.try_into().unwrap(), exponent(0.0), exponent(-alpha))
}

/// (R/2)^{1−α} Σ w[ρ(x−r) + ρ(x+r)], r = (R/2)(1 + node): the rule is for (1 + node)^{−α}.
fn by_nodes(rule: &GaussJacobi, alpha: f64, points: &[f64]) -> Vec<f64> {
    let half = 0.5 * LENGTH;
    let at = |x: f64| -> f64 {
        let term = |(node, w): &(f64, f64)| {
            let r = half * (1.0 + node);
            w * (density(x - r) + density(x + r))
        };
        half.powf(1.0 - alpha) * rule.as_node_weight_pairs().iter().map(term).sum::<f64>()
    };
    points.iter().map(|&x| at(x)).collect()
}

fn fields(criterion: &mut Criterion) {
    let axis = Axis::new(0.0, LENGTH, 512).unwrap();
    let points = axis.points();
    let rho: Vec<f64> = points.iter().map(|&x| density(x)).collect();
    for alpha in [0.25, 0.5, 0.9] {
        let interaction = InversePower::new(1.0, alpha).unwrap();
        let transform = || MeanField::new(&interaction, &axis).unwrap();
        let gaussians = || {
            let sum = GaussianSum::new(alpha, [1e-2, LENGTH], ERROR).unwrap();
            MeanField::of_gaussians(&sum, 1.0, &axis).unwrap()
        };
        let field = |field: &mut MeanField| {
            let potential = field.potential(black_box(&rho));
            field.values(&potential)
        };
        let rule = gauss_jacobi(alpha);
        let exact = field(&mut transform());
        for (name, values) in
            [("gaussians", field(&mut gaussians())), ("Gauss–Jacobi", by_nodes(&rule, alpha, &points))]
        {
            let error = values.iter().zip(&exact).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(error <= ERROR, "{name}, α = {alpha}: {error:.1e}");
        }

        let mut group = criterion.benchmark_group(format!("512 points, alpha = {alpha}"));
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(200))
            .measurement_time(Duration::from_secs(1));
        let (mut direct, mut fast) = (transform(), gaussians());
        group.bench_function("sum of Gaussians", |b| b.iter(|| field(&mut fast)));
        group.bench_function("sum of Gaussians, built", |b| b.iter(|| field(&mut gaussians())));
        group.bench_function("transform", |b| b.iter(|| field(&mut direct)));
        group.bench_function("transform, built", |b| b.iter(|| field(&mut transform())));
        group.bench_function("Gauss-Jacobi", |b| b.iter(|| by_nodes(&rule, alpha, black_box(&points))));
        group.bench_function("Gauss-Jacobi, built", |b| {
            b.iter(|| by_nodes(&gauss_jacobi(alpha), alpha, black_box(&points)))
        });
        group.finish();
    }
}

criterion_group!(benches, fields);
criterion_main!(benches);
