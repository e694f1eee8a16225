//! The Fermi edge of the oscillator sea: Wigner's and Husimi's functions against closed forms, and the orders of what Airy and erfc leave.

#![allow(clippy::unwrap_used)]

use std::f64::consts::{SQRT_2, TAU};

use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid};
use semiclassical_hartree::line::{Orbitals, airy_tail, husimi_edge, sea_at_the_edge, wigner_edge};
use transforms::husimi::line::husimi;

fn sup(of: impl Fn(f64) -> f64) -> f64 {
    (0..=200).map(|k| of(-2.0 + 0.02 * f64::from(k)).abs()).fold(0.0, f64::max)
}

#[test]
fn at_the_edge_it_is_the_wigner_function() {
    let (n, s) = (10, 1.3);
    let grid = PhaseGrid::new(Axis::new(0.0, 4.0, 20).unwrap(), Axis::new(0.1, 4.0, 20).unwrap());
    let w = Orbitals::oscillator_sea_wigner(&grid, Scaling::line(0.1).unwrap(), s).unwrap();
    for (i, j) in [(7, 14), (12, 3), (10, 19)] {
        let (x, v) = (grid.x.point(i), grid.v.point(j));
        let a = ((v * v + s * s * x * x) / (2.0 * s) - 1.0) * 10.0_f64.powf(2.0 / 3.0);
        assert!((sea_at_the_edge(a, n) - TAU * w.values()[i * 20 + j]).abs() < 1e-13);
    }
}

#[test]
fn airys_edge_is_left_by_two_thirds_and_only_with_its_scale() {
    let order = |profile: fn(f64) -> f64| {
        let [coarse, fine] = [512, 4096].map(|n| sup(|a| sea_at_the_edge(a, n) - profile(a)));
        (coarse / fine).log2() / 3.0
    };
    assert!((order(wigner_edge) - 2.0 / 3.0).abs() < 0.02, "{}", order(wigner_edge));
    assert!(order(airy_tail).abs() < 0.02, "without 2^(2/3): {}", order(airy_tail));
}

/// 2πH_N(z) = Σ_{k<N} e^{−λ}λᵏ/k!, λ = |z|²/2ε: coherent states see a level k with a Poisson law.
#[test]
fn husimis_function_is_poissons() {
    let n = 12;
    let scaling = Scaling::line(1.0 / n as f64).unwrap();
    let axis = || Axis::new(0.0, 7.0, 160).unwrap();
    let grid = PhaseGrid::new(axis(), axis());
    let h = husimi(&Orbitals::oscillator_sea_wigner(&grid, scaling, 1.0).unwrap(), &scaling).unwrap();
    let (mut worst, mut edge) = (0.0_f64, 0.0_f64);
    for (at, value) in h.values().iter().enumerate() {
        let r = grid.x.point(at / 160).hypot(grid.v.point(at % 160));
        let lambda = 0.5 * r * r * n as f64;
        let terms = (0..n).scan((-lambda).exp(), |term, k| {
            let now = *term;
            *term *= lambda / (k + 1) as f64;
            Some(now)
        });
        worst = worst.max((TAU * value - terms.sum::<f64>()).abs());
        edge = edge.max((TAU * value - husimi_edge((r - SQRT_2) * (n as f64).sqrt())).abs());
    }
    assert!(worst < 1e-12, "{worst:.1e}");
    assert!((0.01..0.1).contains(&edge), "erfc is a limit: {edge:.1e}");
}
