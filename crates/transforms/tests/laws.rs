//! Laws of the three transforms: inverse of each other, norm identities, positivity.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::f64::consts::PI;

use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use proptest::prelude::*;
use semiclassical_transforms::husimi::line::husimi;
use semiclassical_transforms::weyl::line::{kernel, weyl_band};
use semiclassical_transforms::wigner::line::wigner;

fn grid() -> PhaseGrid {
    PhaseGrid::new(Axis::new(0.2, 14.0, 96).unwrap(), Axis::new(-0.1, 14.0, 100).unwrap())
}

fn gaussian(x: f64, v: f64, s: f64) -> f64 {
    (-(x * x + v * v) / (2.0 * s)).exp() / (2.0 * PI * s)
}

fn two_bumps(x_0: f64, v_0: f64, s: f64, c: f64) -> WignerFunction {
    grid().sample(|x, v| gaussian(x - x_0, v - v_0, s) + c * gaussian(x + v_0, v + x_0, 0.5)).unwrap()
}

/// Points with πε/h above the largest velocity of these states.
fn points(eps: f64) -> usize {
    (14.0 * 7.5 / (PI * eps)).ceil() as usize
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn weyl_and_wigner_are_inverse_and_norms_agree(
        x_0 in -0.6..0.6, v_0 in -0.6..0.6, s in 0.3..0.5, c in -1.0..1.0, inverse_eps in 4.0..12.0_f64,
    ) {
        let w = two_bumps(x_0, v_0, s, c);
        let scaling = Scaling::line(1.0 / inverse_eps).unwrap();
        let omega = kernel(&w, &scaling, points(scaling.eps())).unwrap();
        let n = scaling.n();
        prop_assert!((omega.trace() - n * w.mass()).abs() < 1e-12 * n);
        let norm = scaling.hilbert_schmidt_factor() * w.l2();
        prop_assert!(norm > 0.1 && (omega.hilbert_schmidt() - norm).abs() < 1e-12 * norm);
        let back = wigner(&omega, &scaling, w.grid()).unwrap();
        let off = back.minus(&w).unwrap().sup();
        prop_assert!(off < 1e-12, "{off}");
    }

    #[test]
    fn wigner_then_weyl_is_the_identity(
        x_0 in -0.6..0.6, v_0 in -0.6..0.6, s in 0.3..0.5, inverse_eps in 4.0..10.0_f64,
    ) {
        let scaling = Scaling::line(1.0 / inverse_eps).unwrap();
        let omega = kernel(&two_bumps(x_0, v_0, s, -0.4), &scaling, points(scaling.eps())).unwrap();
        let w = wigner(&omega, &scaling, &grid()).unwrap();
        let back = kernel(&w, &scaling, omega.n()).unwrap();
        prop_assert!(back.minus(&omega).unwrap().hilbert_schmidt() < 1e-12 * omega.hilbert_schmidt());
    }

    #[test]
    fn husimi_of_a_gaussian_is_the_wider_gaussian(
        x_0 in -1.0..1.0, v_0 in -1.0..1.0, s in 0.1..0.4, eps in 0.05..0.4,
    ) {
        let w = grid().sample(|x, v| gaussian(x - x_0, v - v_0, s)).unwrap();
        let h = husimi(&w, &Scaling::line(eps).unwrap()).unwrap();
        let exact = grid().sample(|x, v| gaussian(x - x_0, v - v_0, s + eps / 2.0)).unwrap();
        prop_assert!(h.minus(&exact).unwrap().sup() < 1e-12);
        prop_assert!((h.mass() - w.mass()).abs() < 1e-13);
    }
}

/// (|z⟩ + |−z⟩)/norm with z = (a, 0) up to a factor: the cross term oscillates like cos(2av/ε).
fn cat(n_v: usize, eps: f64) -> WignerFunction {
    let a = 1.0;
    let bump = |x: f64, v: f64| (-(x * x + v * v) / eps).exp();
    let w = |x, v: f64| bump(x - a, v) + bump(x + a, v) + 2.0 * (2.0 * a * v / eps).cos() * bump(x, v);
    PhaseGrid::new(grid().x, grid().v.with_points(n_v)).sample(w).unwrap()
}

#[test]
fn husimi_of_a_pure_superposition_is_not_negative_where_wigner_is() {
    let w = cat(160, 0.25);
    let h = husimi(&w, &Scaling::line(0.25).unwrap()).unwrap();
    let least = |w: &WignerFunction| w.values().iter().fold(f64::INFINITY, |m, &v| m.min(v));
    assert!(least(&w) < -0.5 && least(&h) > -1e-14, "{} {}", least(&w), least(&h));
}

#[test]
fn a_pure_superposition_is_a_projection() {
    let w = cat(160, 0.25);
    let band = weyl_band(&w, &Scaling::line(0.25).unwrap(), 1e-8).unwrap();
    let values = band.matrix.eigenvalues().unwrap();
    let (top, rest) = values.split_last().unwrap();
    assert!((top / w.mass() - 1.0).abs() < 1e-8 && rest.iter().all(|v| v.abs() < 1e-8));
    assert!(band.left_out < 2e-8, "{:?}", band.parts);
}

#[test]
fn fringes_that_the_velocities_do_not_resolve_show_in_left_out() {
    // π/Δv = 22 cuts e^{−ε(|y|−2a/ε)²/4} at 5e-6
    let w = cat(100, 0.25);
    let band = weyl_band(&w, &Scaling::line(0.25).unwrap(), 1e-8).unwrap();
    let error = (band.matrix.trace_norm().unwrap() - w.mass()).abs();
    assert!(error > 1e-7 && error < band.left_out && band.left_out > 1e-6, "{error} {:?}", band.parts);
}

#[test]
fn the_band_matrix_is_the_kernel() {
    let w = two_bumps(0.4, -0.3, 0.4, -0.6);
    let scaling = Scaling::line(0.2).unwrap();
    let omega = kernel(&w, &scaling, points(0.2)).unwrap();
    let dense = omega.trace_norm().unwrap() / scaling.n();
    let band = weyl_band(&w, &scaling, 1e-10).unwrap().matrix.trace_norm().unwrap();
    assert!(dense > 0.4 && (dense - band).abs() < 1e-10, "{dense} {band}");
}

#[test]
fn wigner_refuses_another_box_and_too_long_velocities() {
    let scaling = Scaling::line(0.25).unwrap();
    let omega = kernel(&two_bumps(0.0, 0.0, 0.4, 0.0), &scaling, 40).unwrap();
    assert!(wigner(&omega, &scaling, &grid()).is_err());
    let shifted = PhaseGrid::new(Axis::new(1.0, 14.0, 32).unwrap(), Axis::new(0.0, 4.0, 32).unwrap());
    assert!(wigner(&omega, &scaling, &shifted).is_err());
}
