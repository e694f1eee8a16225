//! Observables of orbitals against their Wigner function, and the oscillator sea's Wigner function in closed form.

#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use semiclassical_hartree::line::Orbitals;

const S: f64 = 0.8;

fn sea(n: usize, points: usize) -> (Orbitals, WignerFunction) {
    let scaling = Scaling::line(1.0 / n as f64).unwrap();
    let axis = Axis::new(0.3, 4.0 * PI, 40 * n).unwrap();
    let grid = PhaseGrid::new(Axis::new(0.0, 7.4, points).unwrap(), Axis::new(0.0, 7.0, points).unwrap());
    let wigner = Orbitals::oscillator_sea_wigner(&grid, scaling, S).unwrap();
    (Orbitals::oscillator_sea(&axis, scaling, S).unwrap(), wigner)
}

#[test]
fn the_sea_has_the_wigner_function_of_its_orbitals() {
    for n in [7, 12] {
        // the velocities carry coherences up to 5.9, within half the circle
        let (orbitals, closed) = sea(n, 2 * (13 * n).div_ceil(2) + 2);
        let sampled = orbitals.wigner(closed.grid()).unwrap();
        assert!(closed.minus(&sampled).unwrap().sup() < 1e-11 * closed.sup(), "N = {n}");
    }
}

/// ∬W = 1, and 2π∬W² = 1 since ‖ω‖²_HS = N·2π∬W² = N.
#[test]
fn a_projector_has_the_norms_of_one() {
    for n in [4, 16, 40] {
        let (_, w) = sea(n, 12 * n + 60);
        assert!((w.mass() - 1.0).abs() < 1e-10, "N = {n}: ∬W = {}", w.mass());
        assert!((TAU * w.l2().powi(2) - 1.0).abs() < 1e-10, "N = {n}: 2π∬W² = {}", TAU * w.l2().powi(2));
    }
}

#[test]
fn observables_are_integrals_of_the_wigner_function() {
    let (orbitals, w) = sea(6, 76);
    let q = [-3.0, 0.0, 0.7, 5.1];
    let (stride, count) = (2, 4);
    let values = orbitals.observables(stride, count, &q);
    let step = stride as f64 * TAU / orbitals.axis().length();
    let n_v = w.grid().v.len();
    for (at, value) in values.iter().enumerate() {
        let (p, q) = ((at % count) as f64 * step, q[at / count]);
        let wave = |k: usize| Complex64::cis(p * w.grid().x.point(k / n_v) + q * w.grid().v.point(k % n_v));
        let sum: Complex64 = w.values().iter().enumerate().map(|(k, w)| w * wave(k)).sum();
        assert!((sum * w.grid().cell() - value).norm() < 1e-11, "p = {p}, q = {q}: {value}");
    }
    assert!((values[count] - 1.0).norm() < 1e-12, "tr ω = N");
    assert!(values[count + 1].norm() > 1e-2);
}

/// tr|ω−ω̃| of projectors against the eigenvalues of the kernel on the grid, and ‖·‖_HS ≤ tr|·| ≤ √(2N)‖·‖_HS.
#[test]
fn the_trace_distance_is_that_of_the_kernels() {
    let scaling = Scaling::line(1.0 / 6.0).unwrap();
    let axis = Axis::new(0.0, 10.0, 96).unwrap();
    let [a, b] = [0.8, 0.9].map(|s| Orbitals::oscillator_sea(&axis, scaling, s).unwrap());
    let trace = a.trace_distance(&b).unwrap();
    let kernel = |w: &Orbitals, i: usize, j: usize| {
        (0..w.n()).map(|k| w.orbital(k)[i] * w.orbital(k)[j].conj()).sum::<Complex64>() * axis.spacing()
    };
    let values = operators::hermitian_eigenvalues(96, |i, j| kernel(&a, i, j) - kernel(&b, i, j)).unwrap();
    let dense: f64 = values.iter().map(|v| v.abs()).sum();
    assert!((trace - dense).abs() < 1e-11 && trace > 0.1, "{trace} {dense}");
    let hilbert_schmidt = a.hilbert_schmidt_distance(&b).unwrap();
    assert!(hilbert_schmidt <= trace && trace <= 12.0_f64.sqrt() * hilbert_schmidt);
    assert!(a.trace_distance(&a).unwrap() < 1e-12);
}
