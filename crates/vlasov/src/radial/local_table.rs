//! An even smooth function of r by polynomials of degree 9 through ten equispaced values, cell by cell.

use crate::polynomial::polynomial;

/// Degree 9.
const TERMS: usize = 10;

/// Cells for each spacing of the density: a wave that its grid just resolves is carried to 2·10⁻⁸ of its amplitude.
const REFINEMENT: usize = 8;

/// Cells [pΔ, (p+1)Δ], Δ = spacing/8.
pub(super) struct LocalTable {
    inverse_width: f64,
    /// Coefficients in s = r/Δ − p − ½.
    cells: Vec<[f64; TERMS]>,
}

impl LocalTable {
    /// The radii pΔ at which values are needed, up to `points` spacings and a stencil beyond.
    pub(super) fn radii(spacing: f64, points: usize) -> Vec<f64> {
        let width = spacing / REFINEMENT as f64;
        (0..REFINEMENT * points + TERMS / 2 + 1).map(|p| p as f64 * width).collect()
    }

    /// The table of these values; f(−r) = f(r).
    pub(super) fn new(spacing: f64, values: &[f64]) -> Self {
        let basis = lagrange();
        let cell = |p: usize| {
            let mut coefficients = [0.0; TERMS];
            for (q, polynomial) in basis.iter().enumerate() {
                let value = values[(p + q).abs_diff(TERMS / 2 - 1)];
                for (c, b) in coefficients.iter_mut().zip(polynomial) {
                    *c += value * b;
                }
            }
            coefficients
        };
        let cells = (0..values.len() - TERMS / 2).map(cell).collect();
        Self { inverse_width: REFINEMENT as f64 / spacing, cells }
    }

    /// f(r); beyond the last cell its value at the end.
    pub(super) fn at(&self, r: f64) -> f64 {
        let u = (r * self.inverse_width).min(self.cells.len() as f64);
        let cell = (u as usize).min(self.cells.len() - 1);
        let s = u - cell as f64 - 0.5;
        polynomial(&self.cells[cell], s)
    }
}

/// [q] = the polynomial that is 1 at s_q = q − 9/2 and 0 at the other nine.
fn lagrange() -> [[f64; TERMS]; TERMS] {
    let node = |q: usize| q as f64 - 0.5 * (TERMS - 1) as f64;
    let mut basis = [[0.0; TERMS]; TERMS];
    for (q, polynomial) in basis.iter_mut().enumerate() {
        polynomial[0] = 1.0;
        for other in (0..TERMS).filter(|other| *other != q) {
            for d in (0..TERMS).rev() {
                let lower = if d == 0 { 0.0 } else { polynomial[d - 1] };
                polynomial[d] = (lower - node(other) * polynomial[d]) / (node(q) - node(other));
            }
        }
    }
    basis
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_carries_a_wave() {
        let f = |r: f64| (6.0 * r).cos() + (-0.3 * r * r).exp();
        let values: Vec<f64> = LocalTable::radii(0.4, 20).into_iter().map(f).collect();
        let table = LocalTable::new(0.4, &values);
        for r in [0.0, 0.013, 0.4, 1.77, 5.0, 7.999] {
            assert!((table.at(r) - f(r)).abs() < 2e-9, "{r}: {:e}", table.at(r) - f(r));
        }
        assert_eq!(table.at(9.0), table.at(20.0));
    }
}
