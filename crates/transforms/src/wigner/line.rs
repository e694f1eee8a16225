//! The Wigner transform on the line.

use std::f64::consts::TAU;

use num_complex::Complex64;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::line::{PhaseGrid, WignerFunction};

use crate::TransformError;
use crate::error::on_the_line;
use crate::interpolation::Interpolation;

/// W(x,v) = (ε/2π) ∫ ω(x+εy/2; x−εy/2) e^{−ivy} dy, the inverse of [`crate::weyl::line::kernel`].
///
/// The diagonal d of ω is the function G(·, dh/ε)·N on points of spacing h, shifted by dh/2; it is interpolated to the
/// points of the grid, and W(x,v) = (h/2πε)[G(x,0) + 2 Re Σ_{d≥1} G(x,y_d)e^{−ivy_d}] is a direct sum.
///
/// # Errors
/// [`TransformError`]: a scaling with d ≠ 1, a grid whose x-box is not that of ω, or whose v-box is longer than 2πε/h.
pub fn wigner(
    omega: &DensityOperator,
    scaling: &Scaling,
    grid: &PhaseGrid,
) -> Result<WignerFunction, TransformError> {
    on_the_line(scaling)?;
    let (n, h, eps) = (omega.n(), omega.spacing(), scaling.eps());
    let length = n as f64 * h;
    let off = (omega.point(0) - grid.x.start()).abs().max((length - grid.x.length()).abs());
    if off > 1e-9 * length {
        return Err(TransformError::Box { start: omega.point(0), length });
    }
    let resolved = TAU * eps / h;
    if grid.v.length() > resolved * (1.0 + 1e-9) {
        return Err(TransformError::Resolution { resolved, wanted: grid.v.length() });
    }
    let (n_x, n_v) = (grid.x.len(), grid.v.len());
    let mut interpolation = Interpolation::new(n, n_x);
    let mut samples = vec![Complex64::ZERO; n];
    let mut g = vec![Complex64::ZERO; n_x];
    let mut values = vec![0.0; n_x * n_v];
    for d in 0..n {
        samples.fill(Complex64::ZERO);
        for j in 0..n - d {
            samples[j] = omega.value(j + d, j);
        }
        if samples.iter().all(|s| *s == Complex64::ZERO) {
            continue;
        }
        interpolation.shifted(&mut samples, -0.5 * d as f64 / n as f64, &mut g);
        let weight = if d == 0 { 1.0 } else { 2.0 } * h / (TAU * eps * scaling.n());
        let y = d as f64 * h / eps;
        let waves: Vec<_> = (0..n_v).map(|l| weight * Complex64::cis(-grid.v.point(l) * y)).collect();
        for (row, g) in values.chunks_exact_mut(n_v).zip(&g) {
            for (value, wave) in row.iter_mut().zip(&waves) {
                *value += g.re * wave.re - g.im * wave.im;
            }
        }
    }
    Ok(WignerFunction::new(*grid, values)?)
}
