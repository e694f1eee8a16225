//! Superpositions of coherent states on the line (R19.2).
//!
//! ω = ∬M(p,r)|f_pr⟩⟨f_pr| dp dr,   f_pr(x) = ε^(−1/2) e^{ipx/ε} g(x−r),   g(x) = (πσ²)^(−1/4) e^{−x²/2σ²},  ‖g‖ = 1.
//!
//! tr ω = N∬M, and ∬|f_pr⟩⟨f_pr| dp dr = 2π: so 0 ≤ M ≤ (2π)^(−1) gives 0 ≤ ω ≤ 1. The Wigner function of |f_pr⟩⟨f_pr| is
//! (πε)^(−1) e^{−(x−r)²/σ² − σ²(v−p)²/ε²}, hence W = M ∗ (πε)^(−1) e^{−x²/σ² − σ²v²/ε²}.

use std::f64::consts::PI;

use num_complex::Complex64;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::line::WignerFunction;

use crate::TransformError;
use crate::error::on_the_line;
use crate::husimi::line::smoothed;

/// The Wigner function of the superposition with the symbol M, `m.values()[i·n_v + j]` = M(p = v_j, r = x_i).
///
/// Ŵ(k,y) = e^{−σ²k²/4 − ε²y²/(4σ²)} M̂(k,y): for the width σ = √ε as far in x as in v, the anti-Wick case; for a fixed σ the
/// smoothing in x stays as ε → 0.
///
/// # Errors
/// [`TransformError`]: a scaling with d ≠ 1, a width that is not positive and finite.
pub fn toeplitz(m: &WignerFunction, scaling: &Scaling, width: f64) -> Result<WignerFunction, TransformError> {
    on_the_line(scaling)?;
    let width = positive(width)?;
    smoothed(m, width * width, (scaling.eps() / width).powi(2))
}

/// The same superposition summed over the grid of M, state by state, at n points of its x-box: slow, and independent of every
/// Wigner transform.
///
/// The points r have to resolve g: Δr ≤ σ/2 leaves e^{−(2π)²} of it.
///
/// ω(x;y) = N Σ_r Δr g(x−r)g(y−r) Σ_p Δp M(p,r) e^{ip(x−y)/ε}.
///
/// # Errors
/// As [`toeplitz`], and fewer than two points.
pub fn superposition(
    m: &WignerFunction,
    scaling: &Scaling,
    width: f64,
    n: usize,
) -> Result<DensityOperator, TransformError> {
    on_the_line(scaling)?;
    let width = positive(width)?;
    if n < 2 {
        return Err(TransformError::Points(n));
    }
    let grid = m.grid();
    let (v, spacing) = (grid.v.points(), grid.x.length() / n as f64);
    let waves: Vec<Complex64> = (0..n)
        .flat_map(|d| v.iter().map(move |p| Complex64::cis(p * d as f64 * spacing / scaling.eps())))
        .collect();
    let mut kernel = vec![Complex64::ZERO; n * n];
    for (i, row) in m.values().chunks_exact(v.len()).enumerate() {
        let sum = |wave: &[Complex64]| row.iter().zip(wave).map(|(m, e)| m * e).sum::<Complex64>();
        let of_distance: Vec<Complex64> =
            waves.chunks_exact(v.len()).map(|wave| scaling.n() * grid.cell() * sum(wave)).collect();
        let g: Vec<f64> =
            (0..n).map(|j| profile(grid.x.start() + j as f64 * spacing - grid.x.point(i), width)).collect();
        for a in 0..n {
            for b in 0..=a {
                kernel[a * n + b] += g[a] * g[b] * of_distance[a - b];
            }
        }
    }
    for a in 0..n {
        for b in 0..a {
            kernel[b * n + a] = kernel[a * n + b].conj();
        }
    }
    Ok(DensityOperator::new(grid.x.start(), spacing, n, kernel)?)
}

/// g(x) = (πσ²)^(−1/4) e^{−x²/2σ²}.
fn profile(x: f64, width: f64) -> f64 {
    (PI * width * width).powf(-0.25) * (-0.5 * (x / width).powi(2)).exp()
}

fn positive(width: f64) -> Result<f64, TransformError> {
    if width > 0.0 && width.is_finite() { Ok(width) } else { Err(TransformError::Width(width)) }
}
