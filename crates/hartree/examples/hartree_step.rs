//! Hartree on the line for a Gaussian repulsion: the density spreads, the Hilbert–Schmidt norm stays.
//!
//! `cargo run --release -p semiclassical-hartree --example hartree_step`

use kernels::Gaussian;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, SplitStep};
use phase_space::splitting::Splitting;
use semiclassical_hartree::line::HartreeMultiplier;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let grid = PhaseGrid::new(Axis::new(0.0, 36.0, 256)?, Axis::new(0.0, 16.0, 160)?);
    let mut w = grid.sample(|x, v| (-0.5 * (x * x + v * v)).exp() / std::f64::consts::TAU)?;
    let multiplier = HartreeMultiplier::new(&Gaussian::new(1.0, 1.0)?, &grid, Scaling::line(1.0 / 16.0)?)?;
    let mut hartree = SplitStep::new(&grid, multiplier, Splitting::Order6);
    for step in 0..4 {
        let variance = w.expectation(|x, _| x * x);
        println!("t = {:.2}: ⟨x²⟩ = {variance:.8}, ‖W‖ = {:.12}", 0.25 * f64::from(step), w.l2());
        hartree.evolve(&mut w, 0.25, 2);
    }
    Ok(())
}
