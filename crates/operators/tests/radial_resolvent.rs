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

/// (8πε³)^{−1} at every radius; halving the channels or the step changes what the asymptotic sum or the momenta beyond πε/h are worth.
#[test]
fn the_diagonal_of_the_squared_resolvent_is_the_same_everywhere() {
    for eps in [0.5_f64, 0.25] {
        let exact = 1.0 / (8.0 * PI * eps.powi(3));
        let worst = |points: f64, l: f64, from: f64| {
            let grid = RadialGrid::new(10.0 * eps + 2.0, (points * (10.0 + 2.0 / eps)) as usize).unwrap();
            let density = resolvent_density(eps, &grid, (l / eps) as usize, barrier).unwrap();
            let inner = (0..grid.len()).filter(|j| (from..2.0).contains(&grid.point(*j)));
            inner.map(|j| (density[j] / exact - 1.0).abs()).fold(0.0, f64::max)
        };
        let misses =
            [worst(4.0, 6.0, 1.0), worst(8.0, 6.0, 1.0), worst(16.0, 6.0, 1.0), worst(8.0, 3.0, 1.0)];
        println!("ε = {eps}: {misses:?}");
    }
}

#[test]
fn the_norm_grows_like_the_root_of_n() {
    for eps in [1.0_f64, 0.5, 0.25] {
        let grid = RadialGrid::new(14.0 * eps, 180).unwrap();
        let (value, error) = weighted_resolvent(eps, &grid, 24).unwrap();
        let ratio = value / (RESOLVENT_CONSTANT * eps.powf(-1.5));
        println!("ε = {eps}: {ratio} ± {:.1e}", error / value);
    }
}
