//! The band matrix against exact spectra, invariances, the semiclassical limit and its own error bound.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::f64::consts::PI;

use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use semiclassical_transforms::TransformError;
use semiclassical_transforms::weyl::line::{WeylOptions, weyl_band, weyl_band_with};

fn grid(length_x: f64, length_v: f64, n: usize) -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.0, length_x, n).unwrap(), Axis::new(0.0, length_v, n).unwrap())
}

/// The thermal Gaussian e^{−(x²+v²)/2σ²}/(2πσ²), moved to (x_0, v_0).
fn thermal(grid: &PhaseGrid, sigma: f64, x_0: f64, v_0: f64) -> WignerFunction {
    let s = 2.0 * sigma * sigma;
    grid.sample(|x, v| (-((x - x_0).powi(2) + (v - v_0).powi(2)) / s).exp() / (PI * s)).unwrap()
}

/// q = (2σ²−ε)/(2σ²+ε): the eigenvalues of Op/N are (1−q)q^k.
fn ratio(sigma: f64, eps: f64) -> f64 {
    let s = 2.0 * sigma * sigma;
    (s - eps) / (s + eps)
}

/// A smooth signed symbol without symmetry: two bumps of opposite sign, one with a ripple.
fn signed(grid: &PhaseGrid) -> WignerFunction {
    let bump = |x: f64, v: f64| (-(x * x + v * v)).exp();
    grid.sample(|x, v| {
        bump(x - 0.8, v + 0.3) - 0.7 * bump(x + 0.6, v - 0.5) * (1.0 + 0.4 * (2.0 * x + v).sin())
    })
    .unwrap()
}

fn trace_norm(symbol: &WignerFunction, eps: f64, tolerance: f64) -> (f64, f64) {
    let band = weyl_band(symbol, &Scaling::line(eps).unwrap(), tolerance).unwrap();
    (band.matrix.trace_norm().unwrap(), band.left_out)
}

#[test]
fn a_thermal_gaussian_has_its_geometric_spectrum() {
    for (eps, sigma) in [(0.125, 0.7), (0.0625, 0.5)] {
        let w = thermal(&grid(14.0, 14.0, 128), sigma, 0.3, -0.4);
        let band = weyl_band(&w, &Scaling::line(eps).unwrap(), 1e-11).unwrap();
        let mut values = band.matrix.eigenvalues().unwrap();
        values.reverse();
        let q = ratio(sigma, eps);
        for (k, value) in values.iter().enumerate() {
            assert!((value - (1.0 - q) * q.powi(k as i32)).abs() < 1e-12, "{k}: {value}");
        }
        assert!((band.matrix.trace() - 1.0).abs() < 1e-11);
    }
}

#[test]
fn the_pure_coherent_state_has_one_eigenvalue() {
    let eps = 0.25_f64;
    let w = thermal(&grid(12.0, 12.0, 128), (eps / 2.0).sqrt(), 0.5, 0.7);
    let (norm, left_out) = trace_norm(&w, eps, 1e-10);
    assert!((norm - 1.0).abs() < 1e-10 && left_out < 1e-10, "{norm} {left_out}");
}

#[test]
fn two_thermal_gaussians_differ_by_the_exact_trace_norm() {
    let grid = grid(14.0, 14.0, 160);
    for eps in [0.5_f64, 0.125, 0.0625, 1.0 / 32.0] {
        let (a, b) = (0.7, 0.55);
        let difference = thermal(&grid, a, 0.0, 0.0).minus(&thermal(&grid, b, 0.0, 0.0)).unwrap();
        let (p, q) = (ratio(a, eps), ratio(b, eps));
        let exact: f64 = (0..4000).map(|k| ((1.0 - p) * p.powi(k) - (1.0 - q) * q.powi(k)).abs()).sum();
        let (norm, left_out) = trace_norm(&difference, eps, 1e-9);
        assert!(exact > 0.1 && (norm - exact).abs() < 1e-9, "ε = {eps}: {norm} instead of {exact}");
        assert!((norm - exact).abs() <= left_out + 1e-12 && left_out < 1.1e-9, "ε = {eps}: {left_out}");
    }
}

#[test]
fn left_out_bounds_the_change_under_a_hundred_times_smaller_tolerance() {
    let symbol = signed(&grid(14.0, 14.0, 128));
    for eps in [0.25, 0.0625, 1.0 / 32.0] {
        for tolerance in [1e-1, 1e-2, 1e-3, 1e-5] {
            let (coarse, left_out) = trace_norm(&symbol, eps, tolerance);
            let (fine, finer_left_out) = trace_norm(&symbol, eps, tolerance / 100.0);
            assert!(
                (coarse - fine).abs() <= left_out + finer_left_out,
                "{eps} {tolerance}: {coarse} {fine} {left_out}"
            );
            assert!(left_out <= tolerance * symbol.l1() * 1.01, "{eps} {tolerance}: {left_out}");
        }
    }
}

#[test]
fn the_trace_norm_tends_to_the_l1_norm_with_order_two() {
    let symbol = signed(&grid(14.0, 14.0, 128));
    let limit = symbol.refined(16).l1();
    let error = |eps: f64| (trace_norm(&symbol, eps, 1e-7).0 - limit).abs();
    let errors: Vec<f64> = [0.25, 0.125, 0.0625, 0.03125].map(error).to_vec();
    let order = (errors[1] / errors[3]).log2() / 2.0;
    assert!((order - 2.0).abs() < 0.3, "order {order}: {errors:?}");
}

#[test]
fn shifts_in_position_and_momentum_change_nothing() {
    let (grid, eps) = (grid(16.0, 16.0, 160), 0.0625);
    let at =
        |x: f64, v: f64| thermal(&grid, 0.7, x, v).minus(&thermal(&grid, 0.5, x + 0.3, v - 0.2)).unwrap();
    let (reference, _) = trace_norm(&at(0.0, 0.0), eps, 1e-9);
    assert!(reference > 0.1);
    for (x, v) in [(0.0, 1.7), (-1.3, 0.0), (0.9, -1.1)] {
        let (norm, _) = trace_norm(&at(x, v), eps, 1e-9);
        assert!((norm - reference).abs() < 2e-9, "({x}, {v}): {norm} {reference}");
    }
    // the momentum is taken out: a moved state needs no finer points
    let scaling = Scaling::line(eps).unwrap();
    let (still, moved) = (weyl_band(&at(0.0, 0.0), &scaling, 1e-6), weyl_band(&at(0.0, 1.5), &scaling, 1e-6));
    let (still, moved) = (still.unwrap(), moved.unwrap());
    assert!((still.points.len() as f64 / moved.points.len() as f64 - 1.0).abs() < 0.05);
    assert!((moved.momentum - still.momentum - 1.5).abs() < 0.05);
}

#[test]
fn the_free_flow_changes_nothing() {
    let symbol = signed(&grid(24.0, 14.0, 256));
    let (reference, _) = trace_norm(&symbol, 0.0625, 1e-8);
    for t in [0.2, -0.5] {
        let (norm, _) = trace_norm(&symbol.sheared(t), 0.0625, 1e-8);
        assert!((norm - reference).abs() < 2e-8, "t = {t}: {norm} {reference}");
    }
}

#[test]
fn the_band_does_not_grow_and_the_order_is_inverse_to_eps() {
    let symbol = signed(&grid(14.0, 14.0, 128));
    let band = |eps: f64| weyl_band(&symbol, &Scaling::line(eps).unwrap(), 1e-4).unwrap();
    let (coarse, fine) = (band(1.0 / 16.0), band(1.0 / 128.0));
    assert!(fine.matrix.half_bandwidth().abs_diff(coarse.matrix.half_bandwidth()) <= 3);
    let growth = fine.points.len() as f64 / coarse.points.len() as f64;
    assert!((growth - 8.0).abs() < 1.0, "{growth}");
    assert!(fine.matrix.half_bandwidth() < 60 && fine.parts.consistency < 1e-10);
}

#[test]
fn without_the_mask_the_images_are_caught() {
    // Δv = 0.25: images at |x − y| = 2πε/Δv = 25ε
    let grid = PhaseGrid::new(Axis::new(0.0, 16.0, 128).unwrap(), Axis::new(0.0, 12.0, 48).unwrap());
    let symbol = thermal(&grid, 1.0, 0.0, 0.0).minus(&thermal(&grid, 0.8, 0.0, 0.0)).unwrap();
    for eps in [1.0 / 16.0, 1.0 / 32.0, 1.0 / 64.0] {
        let scaling = Scaling::line(eps).unwrap();
        let masked = weyl_band(&symbol, &scaling, 1e-3).unwrap();
        let options = WeylOptions { mask: false, ..WeylOptions::new(1e-3) };
        let bare = weyl_band_with(&symbol, &scaling, &options).unwrap();
        let (norm, false_norm) = (masked.matrix.trace_norm().unwrap(), bare.matrix.trace_norm().unwrap());
        assert!(masked.left_out < 1.1e-3 * norm.max(symbol.l1()));
        assert!(bare.left_out > 0.1 * false_norm, "ε = {eps}: {false_norm} ± {}", bare.left_out);
        assert!((false_norm - norm).abs() > 0.05 * norm);
    }
}

#[test]
fn the_door_is_guarded() {
    let symbol = signed(&grid(14.0, 14.0, 64));
    let line = Scaling::line(0.01).unwrap();
    assert!(matches!(weyl_band(&symbol, &line, 0.0), Err(TransformError::Tolerance(_))));
    let space = Scaling::new(3, 0.1).unwrap();
    assert!(matches!(weyl_band(&symbol, &space, 1e-3), Err(TransformError::Dimension(3))));
    let options = WeylOptions { memory_limit: 10_000, ..WeylOptions::new(1e-3) };
    assert!(matches!(weyl_band_with(&symbol, &line, &options), Err(TransformError::Memory { .. })));
    let zero = weyl_band(&WignerFunction::zeros(symbol.grid()), &line, 1e-3).unwrap();
    assert_eq!((zero.matrix.trace_norm().unwrap(), zero.left_out), (0.0, 0.0));
}
