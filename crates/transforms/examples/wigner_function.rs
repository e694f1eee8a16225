//! From a Wigner function to its operator: tr ω = N, ‖ω‖²_HS = 2πN‖W‖²_{L²}, and the largest eigenvalue of a Gaussian.
//!
//! `cargo run --release -p semiclassical-transforms --example wigner_function`

use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid};
use semiclassical_transforms::weyl::line::weyl_band;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scaling = Scaling::line(1.0 / 16.0)?;
    let grid = PhaseGrid::new(Axis::new(0.0, 16.0, 160)?, Axis::new(0.0, 16.0, 160)?);
    let w = grid.sample(|x, v| (-0.5 * (x * x + v * v)).exp() / std::f64::consts::TAU)?;
    let omega = weyl_band(&w, &scaling, 1e-10)?;
    let n = scaling.n();
    let (lowest, highest) = omega.matrix.spectrum_extent()?;
    println!("tr ω/N = {:.12}", omega.matrix.trace());
    println!(
        "eigenvalues of ω from {:.1e} to {:.6}, exactly 1/(1+ε/2) = {:.6}",
        n * lowest,
        n * highest,
        1.0 / (1.0 + 0.5 / n)
    );
    Ok(())
}
