//! The Husimi transform on the line.

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::fourier::PlaneTransform;
use phase_space::line::{Axis, WignerFunction};

use crate::TransformError;
use crate::error::on_the_line;

/// H = W ∗ (πε)⁻¹e^{−(x²+v²)/ε}: Ĥ(k,y) = e^{−ε(k²+y²)/4} Ŵ(k,y).
///
/// H(x,v) = ⟨φ_{xv}, ωφ_{xv}⟩/(2π) with coherent states φ_{xv}, so 0 ≤ H ≤ (2π)⁻¹ where 0 ≤ ω ≤ 1; ∬H = ∬W.
///
/// # Errors
/// [`TransformError::Dimension`] for a scaling with d ≠ 1.
pub fn husimi(w: &WignerFunction, scaling: &Scaling) -> Result<WignerFunction, TransformError> {
    on_the_line(scaling)?;
    smoothed(w, scaling.eps(), scaling.eps())
}

/// W ∗ (π√(ab))⁻¹e^{−x²/a−v²/b}: e^{−(ak²+by²)/4} Ŵ(k,y).
pub(crate) fn smoothed(w: &WignerFunction, a: f64, b: f64) -> Result<WignerFunction, TransformError> {
    let grid = w.grid();
    let (n_x, n_v) = (grid.x.len(), grid.v.len());
    let (along_x, along_v) = (decay(&grid.x, a), decay(&grid.v, b));
    let mut plane = PlaneTransform::new(n_x, n_v);
    let mut values: Vec<Complex64> = w.values().iter().map(|&w| w.into()).collect();
    plane.forward(&mut values);
    for (row, a) in values.chunks_exact_mut(n_v).zip(&along_x) {
        for (value, b) in row.iter_mut().zip(&along_v) {
            *value *= a * b;
        }
    }
    plane.inverse(&mut values);
    Ok(WignerFunction::new(*grid, values.iter().map(|z| z.re).collect())?)
}

/// e^{−ak²/4} at the modes of an axis.
fn decay(axis: &Axis, a: f64) -> Vec<f64> {
    let n = axis.len();
    (0..n).map(|k| (-0.25 * a * axis.wave_number(k.min(n - k)).powi(2)).exp()).collect()
}
