//! P16.6 in R³.
#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use phase_space::radial::RadialGrid;
use semiclassical_operators::radial::{RESOLVENT_CONSTANT, resolvent_density, weighted_resolvent};

fn barrier(l: usize) -> f64 {
    (l * (l + 1)) as f64
}

#[test]
fn the_constant_is_that_of_three_dimensions() {
    assert!((RESOLVENT_CONSTANT - PI * PI / TAU.powf(1.5)).abs() < 1e-15);
}

/// max|D(r)/(8πε³)^{−1} − 1| over 1 ≤ r ≤ 2, with `points` to each ε and channels to L = `l`.
fn worst(eps: f64, points: f64, l: f64, barrier: fn(usize) -> f64) -> f64 {
    let exact = 1.0 / (8.0 * PI * eps.powi(3));
    let radius = 10.0 * eps + 2.0;
    let grid = RadialGrid::new(radius, (points * radius / eps) as usize).unwrap();
    let density = resolvent_density(eps, &grid, (l / eps) as usize, barrier).unwrap();
    let inner = (0..grid.len()).filter(|j| (1.0..2.0).contains(&grid.point(*j)));
    inner.map(|j| (density[j] / exact - 1.0).abs()).fold(0.0, f64::max)
}

#[test]
fn the_diagonal_of_the_squared_resolvent_is_the_same_everywhere() {
    for eps in [0.5, 0.25] {
        let misses = [4.0, 8.0, 16.0].map(|points| worst(eps, points, 6.0, barrier));
        assert!(misses.windows(2).all(|m| m[1] < 0.45 * m[0]) && misses[2] < 4e-4, "ε = {eps}: {misses:?}");
        // half of the channels, twice what the asymptotic sum is asked for
        assert!(worst(eps, 8.0, 3.0, barrier) < 2e-3);
    }
}

/// Controls: the barriers of Langer and of the line.
#[test]
fn other_barriers_are_not_the_same_everywhere() {
    let langer = worst(0.5, 16.0, 6.0, |l| (l as f64 + 0.5).powi(2));
    assert!(langer > 1e-2, "{langer:e}");
    assert!(worst(0.5, 8.0, 6.0, |_| 0.0) > 1.0);
}

/// Fixed radii, ε by ε: C√N with N = ε^{−3}; a root of ε^{−1} or the symbol v²/2 would miss.
#[test]
fn the_norm_grows_like_the_root_of_n() {
    for (eps, points) in [(0.5_f64, 120), (0.25, 200)] {
        let grid = RadialGrid::new(5.0, points).unwrap();
        let (value, error) = weighted_resolvent(eps, &grid, (10.0 / eps) as usize).unwrap();
        let miss = |limit: f64| (value / limit - 1.0).abs();
        let limit = RESOLVENT_CONSTANT * eps.powf(-1.5);
        println!("ε = {eps}: ‖·‖/(C√N) − 1 = {:e}, error {:.1e}", value / limit - 1.0, error / value);
        assert!(miss(limit) < error / value && error < 5e-3 * value, "ε = {eps}: {value} ± {error}");
        assert!(miss(RESOLVENT_CONSTANT * eps.powf(-0.5)) > 0.5);
        assert!(miss(limit * 2.0_f64.powf(0.75)) > 0.3);
    }
}
