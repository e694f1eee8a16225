//! The searched supremum over (p,q) against a fine grid of direct sums.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::{attractive, pairs, repulsive};
use kernels::Gaussian;
use num_complex::Complex64;
use phase_space::line::WignerFunction;
use semiclassical_estimators::line::{Problem, Resolution, observable_map};
use states::FermiDirac;

/// max of |∬e^{i(px+qv)}D|/(1+|p|+|q|)² over the points of a grid of step 1/16 in |p|, |q| ≤ 8.
fn on_a_fine_grid(d: &WignerFunction) -> f64 {
    let (x, v) = (d.grid().x.points(), d.grid().v.points());
    let wave =
        |points: &[f64], k: f64| -> Vec<Complex64> { points.iter().map(|x| Complex64::cis(k * x)).collect() };
    let in_x: Vec<(f64, Vec<Complex64>)> =
        (-128..=128).map(|a| f64::from(a) / 16.0).map(|p| (p, wave(&x, p))).collect();
    let mut largest = 0.0_f64;
    for b in 0..=128 {
        let q = f64::from(b) / 16.0;
        let in_v = wave(&v, q);
        let rows = d.values().chunks_exact(v.len());
        let g: Vec<Complex64> = rows.map(|row| row.iter().zip(&in_v).map(|(w, e)| e * w).sum()).collect();
        for (p, in_x) in &in_x {
            let sum: Complex64 = g.iter().zip(in_x).map(|(g, e)| g * e).sum();
            largest = largest.max(sum.norm() * d.grid().cell() / (1.0 + p.abs() + q).powi(2));
        }
    }
    largest
}

#[test]
fn the_supremum_is_not_below_a_fine_grid_and_little_above_it() {
    let interaction = Arc::new(Gaussian::new(1.0, 1.0).unwrap());
    let released = Problem::new(interaction, Arc::new(FermiDirac::new(1.0).unwrap()));
    for (name, problem) in
        [("repulsive", repulsive()), ("attractive", attractive()), ("fermi-dirac", released)]
    {
        for time in [0.25, 1.0] {
            let resolution = Resolution::for_problem(&problem, &[time], 1e-10).unwrap();
            let pair = &pairs(&problem, resolution, 0.125, &[time])[0];
            let (sup, grid) = (observable_map(pair).weighted_sup, on_a_fine_grid(&pair.difference));
            assert!(sup.error < 1e-2 * sup.value, "{name} at {time}: {sup:?}");
            assert!(grid <= sup.value + sup.error, "{name} at {time}: {sup:?} misses {grid:e}");
            assert!(sup.value < 1.01 * grid, "{name} at {time}: {sup:?} far above {grid:e}");
        }
    }
}
