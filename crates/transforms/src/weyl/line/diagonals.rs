//! The diagonals of a Weyl matrix.

use num_complex::Complex64;
use phase_space::line::WignerFunction;

use crate::dot::dot;
use crate::interpolation::Interpolation;

/// The diagonals G(x_j + dh/2, dh/ε), x_j = start + jh, of the Weyl matrix of a symbol S on m points of its x-box.
///
/// The sum G(x,y) = Δv Σ_l S(x,v_l) e^{i(v_l−v_c)y} is spectrally exact at every |y| ≤ π/Δv, since S vanishes at the
/// ends of the v-box; the step from the grid in x to the midpoints is trigonometric interpolation. v_c shifts the
/// momentum: the matrix is conjugated by the unitary phase e^{−iv_c x/ε}.
pub(crate) struct Diagonals<'a> {
    symbol: &'a WignerFunction,
    v_center: f64,
    points: usize,
    interpolation: Interpolation,
    column: Vec<Complex64>,
    cosines: Vec<f64>,
    sines: Vec<f64>,
    target: Vec<Complex64>,
}

impl<'a> Diagonals<'a> {
    /// Diagonals on m points of the x-box of S.
    pub fn new(symbol: &'a WignerFunction, v_center: f64, points: usize) -> Self {
        let grid = symbol.grid();
        Self {
            symbol,
            v_center,
            points,
            interpolation: Interpolation::new(grid.x.len(), points),
            column: vec![Complex64::ZERO; grid.x.len()],
            cosines: vec![0.0; grid.v.len()],
            sines: vec![0.0; grid.v.len()],
            target: vec![Complex64::ZERO; points],
        }
    }

    /// `[j]` = G(x_j + dh/2, dh/ε), j = 0..m: the entry (j+d, j) of the matrix divided by h.
    pub fn diagonal(&mut self, d: usize, eps: f64) -> &[Complex64] {
        let grid = *self.symbol.grid();
        let y = d as f64 * grid.x.length() / (self.points as f64 * eps);
        let dv = grid.v.spacing();
        for l in 0..grid.v.len() {
            let (sine, cosine) = ((grid.v.point(l) - self.v_center) * y).sin_cos();
            (self.cosines[l], self.sines[l]) = (dv * cosine, dv * sine);
        }
        for (g, row) in self.column.iter_mut().zip(self.symbol.values().chunks_exact(grid.v.len())) {
            *g = Complex64::new(dot(row, &self.cosines), dot(row, &self.sines));
        }
        let shift = 0.5 * d as f64 / self.points as f64;
        self.interpolation.shifted(&mut self.column, shift, &mut self.target);
        &self.target
    }
}
