//! A Gaussian under free flow, W(x − 2tv, v): mass and ‖W‖_{L²} stay, the density spreads.
//!
//! `cargo run --release -p semiclassical-phase-space --example free_flow`

use semiclassical_phase_space::line::{Axis, PhaseGrid};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let grid = PhaseGrid::new(Axis::new(0.0, 40.0, 256)?, Axis::new(0.0, 14.0, 128)?);
    let w = grid.sample(|x, v| (-0.5 * (x * x + v * v)).exp() / std::f64::consts::TAU)?;
    for t in [0.0, 0.5, 1.0] {
        let moved = w.sheared(t);
        let peak = moved.density().into_iter().fold(0.0, f64::max);
        println!("t = {t}: mass {:.12}, L² norm {:.12}, largest density {peak:.6}", moved.mass(), moved.l2());
    }
    Ok(())
}
