//! W(x,v) on a grid.

use num_complex::Complex64;

use super::{GridError, PhaseFlow, PhaseGrid, WeylVariables};
use crate::fourier::RealTransform;

/// A real function on phase space, ∬W = 1 for a state; differences and commutator symbols are of this type too.
#[derive(Clone, Debug, PartialEq)]
pub struct WignerFunction {
    grid: PhaseGrid,
    /// values[i * n_v + j] = W(x_i, v_j).
    values: Vec<f64>,
}

impl WignerFunction {
    /// From values[i * n_v + j] = W(x_i, v_j); all finite.
    pub fn new(grid: PhaseGrid, values: Vec<f64>) -> Result<Self, GridError> {
        let (n_x, n_v) = (grid.x.len(), grid.v.len());
        if values.len() != n_x * n_v {
            return Err(GridError::Shape { n_x, n_v, given: values.len() });
        }
        if let Some(at) = values.iter().position(|w| !w.is_finite()) {
            return Err(GridError::NotFinite { x: grid.x.point(at / n_v), v: grid.v.point(at % n_v) });
        }
        Ok(Self { grid, values })
    }

    /// W ≡ 0.
    pub fn zeros(grid: &PhaseGrid) -> Self {
        Self { grid: *grid, values: vec![0.0; grid.len()] }
    }

    /// W(x_i, v_j) from a formula.
    pub fn sample(grid: &PhaseGrid, w: impl Fn(f64, f64) -> f64) -> Result<Self, GridError> {
        let mut values = Vec::with_capacity(grid.len());
        for i in 0..grid.x.len() {
            let x = grid.x.point(i);
            values.extend((0..grid.v.len()).map(|j| w(x, grid.v.point(j))));
        }
        Self::new(*grid, values)
    }

    /// The grid.
    pub fn grid(&self) -> &PhaseGrid {
        &self.grid
    }

    /// values[i * n_v + j] = W(x_i, v_j).
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Mutable [`WignerFunction::values`].
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// ∬W dx dv.
    pub fn mass(&self) -> f64 {
        self.values.iter().sum::<f64>() * self.grid.cell()
    }

    /// ‖W‖_{L²}; N(2π)^d‖W‖² = ‖ω‖²_HS (S.2).
    pub fn l2(&self) -> f64 {
        (self.values.iter().map(|w| w * w).sum::<f64>() * self.grid.cell()).sqrt()
    }

    /// ‖W‖_{L¹} by the rectangle rule; the kinks of |W| leave 1e-4 to 1e-3 of a signed function:
    /// [`WignerFunction::refined`] first.
    pub fn l1(&self) -> f64 {
        self.values.iter().map(|w| w.abs()).sum::<f64>() * self.grid.cell()
    }

    /// max |W| over the grid; NaN if a value is.
    pub fn sup(&self) -> f64 {
        if self.values.iter().any(|w| w.is_nan()) {
            return f64::NAN;
        }
        self.values.iter().fold(0.0, |sup, w| sup.max(w.abs()))
    }

    /// ρ(x_i) = ∫W(x_i, v) dv.
    pub fn density(&self) -> Vec<f64> {
        let dv = self.grid.v.spacing();
        self.values.chunks_exact(self.grid.v.len()).map(|row| row.iter().sum::<f64>() * dv).collect()
    }

    /// ∬ a(x,v) W(x,v) dx dv.
    pub fn expectation(&self, a: impl Fn(f64, f64) -> f64) -> f64 {
        let (n_v, v) = (self.grid.v.len(), self.grid.v.points());
        let mut total = 0.0;
        for (i, row) in self.values.chunks_exact(n_v).enumerate() {
            let x = self.grid.x.point(i);
            total += row.iter().zip(&v).map(|(w, &v)| a(x, v) * w).sum::<f64>();
        }
        total * self.grid.cell()
    }

    /// W − other, on the same grid.
    pub fn minus(&self, other: &Self) -> Result<Self, GridError> {
        if self.grid != other.grid {
            return Err(GridError::Mismatch);
        }
        let values = self.values.iter().zip(&other.values).map(|(a, b)| a - b).collect();
        Ok(Self { grid: self.grid, values })
    }

    /// W ← W + c·other, on the same grid.
    pub fn add_scaled(&mut self, c: f64, other: &Self) -> Result<(), GridError> {
        if self.grid != other.grid {
            return Err(GridError::Mismatch);
        }
        for (a, b) in self.values.iter_mut().zip(&other.values) {
            *a += c * b;
        }
        Ok(())
    }

    /// W(x − 2tv, v), the exact free flow by time t; norms of operators and functions do not change under it.
    pub fn sheared(&self, t: f64) -> Self {
        let mut w = self.clone();
        PhaseFlow::new(&self.grid).drift(&mut w, t);
        w
    }

    /// G(x_i, y_j).
    pub fn weyl(&self) -> WeylVariables {
        WeylVariables::of(self)
    }

    /// ∂ₓ^order W, spectral.
    pub fn d_x(&self, order: u32) -> Self {
        self.transposed().d_v(order).transposed()
    }

    /// ∂ᵥ^order W, spectral.
    pub fn d_v(&self, order: u32) -> Self {
        let axis = self.grid.v;
        let symbol = |k: usize| {
            if order % 2 == 1 && 2 * k == axis.len() {
                return Complex64::ZERO;
            }
            Complex64::new(0.0, axis.wave_number(k)).powu(order)
        };
        let factors: Vec<_> = (0..axis.dual_len()).map(symbol).collect();
        self.rows_mapped(axis.len(), |spectrum| {
            for (s, factor) in spectrum.iter_mut().zip(&factors) {
                *s *= factor;
            }
        })
    }

    /// The trigonometric interpolant on n_x × n_v points of the same boxes.
    pub fn resampled(&self, n_x: usize, n_v: usize) -> Self {
        self.rows_mapped(n_v, |_| ()).transposed().rows_mapped(n_x, |_| ()).transposed()
    }

    /// The trigonometric interpolant on `factor` times as many points in each direction.
    pub fn refined(&self, factor: usize) -> Self {
        self.resampled(self.grid.x.len() * factor, self.grid.v.len() * factor)
    }

    /// The same function on a larger box with the same spacing, continued by 0; the box must contain this one.
    pub fn embedded(&self, grid: &PhaseGrid) -> Result<Self, GridError> {
        let offset = |small: &super::Axis, large: &super::Axis| {
            let cells = (small.start() - large.start()) / large.spacing();
            let aligned = (cells - cells.round()).abs() < 1e-6
                && (small.spacing() - large.spacing()).abs() < 1e-9 * large.spacing()
                && cells.round() >= 0.0
                && cells.round() as usize + small.len() <= large.len();
            aligned.then_some(cells.round() as usize).ok_or(GridError::Mismatch)
        };
        let (di, dj) = (offset(&self.grid.x, &grid.x)?, offset(&self.grid.v, &grid.v)?);
        let mut embedded = Self::zeros(grid);
        for (i, row) in self.values.chunks_exact(self.grid.v.len()).enumerate() {
            embedded.values[(i + di) * grid.v.len() + dj..][..row.len()].copy_from_slice(row);
        }
        Ok(embedded)
    }

    /// Exchanges the roles of x and v.
    fn transposed(&self) -> Self {
        let (n_x, n_v) = (self.grid.x.len(), self.grid.v.len());
        let grid = PhaseGrid::new(self.grid.v, self.grid.x);
        let mut values = vec![0.0; self.values.len()];
        for (i, row) in self.values.chunks_exact(n_v).enumerate() {
            for (j, &w) in row.iter().enumerate() {
                values[j * n_x + i] = w;
            }
        }
        Self { grid, values }
    }

    /// Applies a map to the half spectrum (in v) of every row and returns to `points` points.
    fn rows_mapped(&self, points: usize, map: impl Fn(&mut [Complex64])) -> Self {
        let n = self.grid.v.len();
        let grid = PhaseGrid::new(self.grid.x, self.grid.v.with_points(points));
        let m = grid.v.len();
        let (mut forward, mut inverse) = (RealTransform::new(n), RealTransform::new(m));
        let mut spectrum = vec![Complex64::ZERO; n / 2 + 1];
        let mut resized = vec![Complex64::ZERO; m / 2 + 1];
        let mut row = vec![0.0; n];
        let mut values = vec![0.0; grid.len()];
        let shared = spectrum.len().min(resized.len());
        for (source, target) in self.values.chunks_exact(n).zip(values.chunks_exact_mut(m)) {
            row.copy_from_slice(source);
            forward.forward(&mut row, &mut spectrum);
            map(&mut spectrum);
            resized.fill(Complex64::ZERO);
            for (r, s) in resized[..shared].iter_mut().zip(&spectrum) {
                *r = s * (m as f64 / n as f64);
            }
            // the Nyquist mode of the shorter grid is shared by ±n/2 on the longer one
            if m > n {
                resized[n / 2] *= 0.5;
            } else if m < n {
                resized[m / 2] *= 2.0;
            }
            inverse.inverse(&mut resized, target);
        }
        Self { grid, values }
    }
}
