//! The dense kernel ω(x;y).

use num_complex::Complex64;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::line::WignerFunction;

use super::diagonals::Diagonals;
use crate::TransformError;
use crate::error::on_the_line;

/// ω(x_i;x_j) = N·G((x_i+x_j)/2, (x_i−x_j)/ε) at n points x_i = start + iL_x/n of the x-box of W, 0 beyond the mask
/// |x_i−x_j|/ε ≤ π/Δv.
///
/// tr ω = N∬W, ‖ω‖²_HS = 2πN‖W‖² if the points resolve the momenta, L_x/n ≤ πε/v_max (S.2).
///
/// # Errors
/// [`TransformError`]: a scaling with d ≠ 1, fewer than two points.
pub fn kernel(w: &WignerFunction, scaling: &Scaling, n: usize) -> Result<DensityOperator, TransformError> {
    on_the_line(scaling)?;
    if n < 2 {
        return Err(TransformError::Points(n));
    }
    let (grid, eps) = (w.grid(), scaling.eps());
    let spacing = grid.x.length() / n as f64;
    let masked = ((grid.v.nyquist() * eps / spacing) as usize).min(n - 1);
    let mut diagonals = Diagonals::new(w, 0.0, n);
    let mut kernel = vec![Complex64::ZERO; n * n];
    for d in 0..=masked {
        for (j, g) in diagonals.diagonal(d, eps)[..n - d].iter().enumerate() {
            let value = scaling.n() * g;
            kernel[(j + d) * n + j] = value;
            kernel[j * n + j + d] = value.conj();
        }
    }
    Ok(DensityOperator::new(grid.x.start(), spacing, n, kernel)?)
}
