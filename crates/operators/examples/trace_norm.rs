//! The trace norm of a banded matrix, −1 beside the diagonal: Σ|2cos(πk/(n+1))|.
//!
//! `cargo run --release -p semiclassical-operators --example trace_norm`

use num_complex::Complex64;
use semiclassical_operators::BandHermitian;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let n = 500;
    let diagonals = vec![vec![Complex64::ZERO; n], vec![Complex64::from(-1.0); n - 1]];
    let hopping = BandHermitian::from_diagonals(n, diagonals)?;
    let angle = std::f64::consts::PI / (n + 1) as f64;
    let exact: f64 = (1..=n).map(|k| (2.0 * (k as f64 * angle).cos()).abs()).sum();
    println!(
        "tr|A| = {:.10}, exactly {exact:.10}; ‖A‖_HS = {:.10}",
        hopping.trace_norm()?,
        hopping.hilbert_schmidt()
    );
    Ok(())
}
