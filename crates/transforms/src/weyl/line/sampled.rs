//! The Weyl matrix on points of any spacing, for products with functions that are rougher than the symbol.

use num_complex::Complex64;
use operators::BandHermitian;
use phase_space::Scaling;
use phase_space::line::WignerFunction;

use super::band::{WeylOptions, band_bytes};
use super::diagonals::Diagonals;
use crate::TransformError;
use crate::error::on_the_line;

/// A_ij = h·G((x_i+x_j)/2, (x_i−x_j)/ε), |i−j| ≤ b, on the n points x_i = start + iL/n of the whole x-box of S, conjugated by
/// e^{−iv_c x/ε}.
///
/// Entries with |x_i−x_j| > πε/Δv are images of others and set to 0. [`super::weyl_band`] chooses spacing and b itself and says
/// what it leaves out; here both are the caller's.
///
/// # Errors
/// [`TransformError`]: a scaling with d ≠ 1, fewer than two points, b ≥ n, more than 1 GiB.
pub fn sampled_band(
    symbol: &WignerFunction,
    scaling: &Scaling,
    momentum: f64,
    n: usize,
    half_bandwidth: usize,
) -> Result<BandHermitian, TransformError> {
    on_the_line(scaling)?;
    if n < 2 {
        return Err(TransformError::Points(n));
    }
    let (bytes, limit) = (band_bytes(n, half_bandwidth), WeylOptions::new(0.5).memory_limit);
    if bytes > limit {
        return Err(TransformError::Memory { order: n, half_bandwidth, bytes, limit });
    }
    let (grid, eps) = (symbol.grid(), scaling.eps());
    let spacing = grid.x.length() / n as f64;
    let masked = (grid.v.nyquist() * eps / spacing) as usize;
    let mut diagonals = Diagonals::new(symbol, momentum, n);
    let mut rows = Vec::with_capacity(half_bandwidth + 1);
    for d in 0..=half_bandwidth {
        let length = n.saturating_sub(d);
        if d > masked {
            rows.push(vec![Complex64::ZERO; length]);
            continue;
        }
        let g = &diagonals.diagonal(d, eps)[..length];
        // S is real, so G(x,0) is
        let entry = |g: &Complex64| spacing * if d == 0 { g.re.into() } else { *g };
        rows.push(g.iter().map(entry).collect());
    }
    Ok(BandHermitian::from_diagonals(n, rows)?)
}
