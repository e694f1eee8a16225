//! Hartree–Fock against Hartree, and Fermi–Dirac states between pure and mixed.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::{Gaussian, InversePower, NoInteraction, Quadratic};
use semiclassical_estimators::Estimate;
use semiclassical_estimators::line::{ExchangePair, ThermalRelease};
use semiclassical_estimators::radial;

fn pair(temperature: f64) -> ExchangePair {
    ExchangePair::new(Arc::new(Gaussian::new(1.0, 1.0).unwrap()), 1.0, temperature)
}

fn order(coarse: &Estimate, fine: &Estimate) -> f64 {
    assert!(coarse.is_resolved() && fine.is_resolved());
    (coarse.value / fine.value).log2()
}

#[test]
fn exchange_is_of_order_one_for_a_determinant_and_three_for_a_mixed_state() {
    let at = |temperature: f64, n: f64| pair(temperature).measure(1.0 / n, &[0.25]).unwrap()[0];
    let (a, b) = (at(0.0, 8.0), at(0.0, 16.0));
    assert!((order(&a.trace, &b.trace) - 1.0).abs() < 0.05);
    assert!((order(&a.hilbert_schmidt, &b.hilbert_schmidt) - 0.5).abs() < 0.05);
    assert!((order(&a.density, &b.density) - 1.0).abs() < 0.15);
    let (a, b) = (at(1.0, 4.0), at(1.0, 8.0));
    assert!((order(&a.trace, &b.trace) - 3.0).abs() < 0.15);
    let wrong = |n: f64| ExchangePair { averaged: true, ..pair(1.0) }.measure(1.0 / n, &[0.25]).unwrap()[0];
    assert!(order(&wrong(4.0).trace, &wrong(8.0).trace) < 1.5);
}

#[test]
fn it_is_of_order_one_minus_alpha_for_an_inverse_power() {
    let v = Arc::new(InversePower::new(1.0, 0.5).unwrap());
    let at = |n: f64| ExchangePair::new(v.clone(), 1.0, 0.5).measure(1.0 / n, &[0.25]).unwrap()[0];
    let (a, b) = (at(4.0), at(8.0));
    assert!((order(&a.trace, &b.trace) - 0.5).abs() < 0.15, "{}", order(&a.trace, &b.trace));
    assert!((order(&a.hilbert_schmidt, &b.hilbert_schmidt) - 0.5).abs() < 0.1);
}

/// Released, its exchange is of order one; in its trap it stands still with exchange and not without.
#[test]
fn a_ground_state_has_the_order_of_the_sea_and_stands_still() {
    let pair = ExchangePair::of_the_ground_state(Arc::new(Gaussian::new(1.0, 1.0).unwrap()), 1.0);
    let at = |n: f64| pair.measure(1.0 / n, &[0.25]).unwrap()[0];
    let (a, b) = (at(8.0), at(16.0));
    assert!((order(&a.trace, &b.trace) - 1.0).abs() < 0.02);
    assert!((order(&a.hilbert_schmidt, &b.hilbert_schmidt) - 0.5).abs() < 0.02);
    let [still, moved] = [true, false].map(|exchange| pair.in_the_trap(0.125, 0.5, exchange).unwrap());
    assert!(still.value + still.error < 1e-7 && moved.value > 1e-2, "{still:?} {moved:?}");
    let free = ExchangePair::of_the_ground_state(Arc::new(NoInteraction), 1.0);
    let nothing = free.measure(0.125, &[0.25]).unwrap()[0];
    assert!(nothing.trace.value < 1e-9 && nothing.hilbert_schmidt.value < 1e-9, "{nothing:?}");
    let singular = ExchangePair::of_the_ground_state(Arc::new(InversePower::new(1.0, 0.5).unwrap()), 1.0);
    assert!(singular.measure(0.125, &[0.25]).is_err());
}

#[test]
fn the_kernel_agrees_with_exchange_and_not_without() {
    let right = pair(0.25).against_the_kernel(0.25, 0.25, true).unwrap();
    let wrong = pair(0.25).against_the_kernel(0.25, 0.25, false).unwrap();
    assert!(right.value + right.error < 1e-6, "{right:?}");
    assert!(wrong.value > 1e3 * right.value, "{wrong:?} {right:?}");
    let singular = ExchangePair::new(Arc::new(InversePower::new(1.0, 0.25).unwrap()), 1.0, 0.25);
    let right = singular.against_the_kernel(0.25, 0.25, true).unwrap();
    assert!(right.value + right.error < 1e-6, "{right:?}");
}

#[test]
fn a_fixed_temperature_has_order_two_and_a_determinant_has_not() {
    let release = ThermalRelease { interaction: Arc::new(Gaussian::new(1.0, 1.0).unwrap()), s: 1.0 };
    let at = |eps: f64, temperature: f64| release.hilbert_schmidt(eps, temperature, 0.5).unwrap();
    let warm = order(&at(1.0 / 8.0, 0.5), &at(1.0 / 16.0, 0.5));
    assert!((warm - 2.0).abs() < 0.1, "{warm}");
    // the distance of determinants grows here
    let (a, b) = (at(1.0 / 8.0, 0.0), at(1.0 / 16.0, 0.0));
    let cold = order(&a, &b);
    assert!((-0.6..0.0).contains(&cold), "{cold}");
    // at T = τε too
    assert!(order(&at(1.0 / 8.0, 0.125), &at(1.0 / 16.0, 0.0625)) < 0.0);
}

/// A quadratic mean field: ω = ω̃ for pure states too.
#[test]
fn a_quadratic_interaction_leaves_nothing() {
    let release = ThermalRelease { interaction: Arc::new(Quadratic::new(1.0).unwrap()), s: 1.0 };
    for temperature in [0.0, 0.2] {
        let nothing = release.hilbert_schmidt(0.125, temperature, 0.5).unwrap();
        assert!(nothing.value < 1e-9, "{nothing:?}");
    }
}

/// d − α for an inverse power, 3 for closed shells and a smooth V; and the matrices of closed shells see the same.
#[test]
fn in_space_it_is_of_order_three_minus_alpha_and_of_order_three_for_determinants() {
    let gaussian = Arc::new(Gaussian::new(1.0, 1.0).unwrap());
    let coulomb = Arc::new(InversePower::in_space(1.0, 1.0).unwrap());
    let sea = radial::ExchangePair::new(gaussian.clone(), 1.0, 0.0);
    let at = |pair: &radial::ExchangePair, rung: usize| {
        (pair.eps(rung).unwrap(), pair.measure(rung, &[0.25]).unwrap()[0])
    };
    let order = |(coarse, a): (f64, Estimate), (fine, b): (f64, Estimate)| {
        assert!(a.is_resolved() && b.is_resolved());
        (a.value / b.value).ln() / (coarse / fine).ln()
    };
    let ((e, a), (f, b)) = (at(&sea, 5), at(&sea, 8));
    assert!((order((e, a.trace), (f, b.trace)) - 2.9).abs() < 0.05);
    assert!((order((e, a.hilbert_schmidt), (f, b.hilbert_schmidt)) - 2.58).abs() < 0.05);
    let warm = radial::ExchangePair::new(coulomb, 1.0, 1.0);
    let ((e, a), (f, b)) = (at(&warm, 2), at(&warm, 4));
    assert!((order((e, a.trace), (f, b.trace)) - 2.0).abs() < 0.08);
    let cold = radial::ExchangePair::new(gaussian, 1.0, 1e-3);
    let ratio = cold.against_matrices(2, 0.25, true).unwrap();
    for ratio in [ratio.hilbert_schmidt, ratio.second_moment] {
        assert!((ratio.value - 1.0).abs() < 1e-3 && ratio.error < 1e-3, "{ratio:?}");
    }
}
