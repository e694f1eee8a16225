//! G(x,y) = ∫W(x,v) e^{iv·y} dv.

use num_complex::Complex64;

use super::{GridError, PhaseGrid, WignerFunction};
use crate::fourier::RealTransform;

/// G(x_i, y_j) at y_j = 2πj/L_v ≥ 0; W is real, so G(x,−y) is the complex conjugate.
#[derive(Clone, Debug, PartialEq)]
pub struct WeylVariables {
    grid: PhaseGrid,
    /// values[i * n_y + j] = G(x_i, y_j).
    values: Vec<Complex64>,
}

impl WeylVariables {
    /// G(x_i, y_j) = Δv Σ_l W(x_i, v_l) e^{i v_l y_j}, spectrally exact for W below round-off at the edge of the box.
    pub fn of(w: &WignerFunction) -> Self {
        let grid = *w.grid();
        let (n_v, n_y) = (grid.v.len(), grid.n_y());
        let mut transform = RealTransform::new(n_v);
        let phases = phases(&grid);
        let mut row = vec![0.0; n_v];
        let mut values = vec![Complex64::ZERO; grid.x.len() * n_y];
        for (source, g) in w.values().chunks_exact(n_v).zip(values.chunks_exact_mut(n_y)) {
            row.copy_from_slice(source);
            transform.forward(&mut row, g);
            for (value, phase) in g.iter_mut().zip(&phases) {
                *value = value.conj() * phase * grid.v.spacing();
            }
        }
        Self { grid, values }
    }

    /// The inverse of [`WeylVariables::of`]: W(x,v) = (1/2π) ∫ G(x,y) e^{−iv·y} dy.
    pub fn wigner(&self) -> Result<WignerFunction, GridError> {
        let (n_v, n_y) = (self.grid.v.len(), self.grid.n_y());
        let mut transform = RealTransform::new(n_v);
        let phases = phases(&self.grid);
        let mut spectrum = vec![Complex64::ZERO; n_y];
        let mut values = vec![0.0; self.grid.len()];
        for (g, row) in self.values.chunks_exact(n_y).zip(values.chunks_exact_mut(n_v)) {
            for ((s, value), phase) in spectrum.iter_mut().zip(g).zip(&phases) {
                *s = (value * phase.conj() / self.grid.v.spacing()).conj();
            }
            transform.inverse(&mut spectrum, row);
        }
        WignerFunction::new(self.grid, values)
    }

    /// The grid of the Wigner function.
    pub fn grid(&self) -> &PhaseGrid {
        &self.grid
    }

    /// values[i * n_y + j] = G(x_i, y_j).
    pub fn values(&self) -> &[Complex64] {
        &self.values
    }

    /// G ↦ −i m G, the Weyl variables of the (real) symbol of the commutator divided by iε: (iε)^(−1)[U, ω] where
    /// m = [U(x+εy/2) − U(x−εy/2)]/ε. `m[i * n_y + j]` is odd in y.
    pub fn times_minus_i(mut self, m: &[f64]) -> Self {
        let n_y = self.grid.n_y();
        for (g, m) in self.values.chunks_exact_mut(n_y).zip(m.chunks_exact(n_y)) {
            for (value, m) in g.iter_mut().zip(m) {
                *value *= Complex64::new(0.0, -m);
            }
            // the highest y has no partner at −y on the grid, and an odd multiplier vanishes on their mean
            g[n_y - 1] = Complex64::ZERO;
        }
        self
    }
}

/// e^{i v_0 y_j}: the axis starts at v_0, the discrete transform at 0.
fn phases(grid: &PhaseGrid) -> Vec<Complex64> {
    grid.y_points().iter().map(|y| Complex64::cis(grid.v.start() * y)).collect()
}
