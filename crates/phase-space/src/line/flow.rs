//! The two exact parts of both dynamics on the line.

use num_complex::Complex64;

use super::{PhaseGrid, WignerFunction};
use crate::convention::TRANSPORT_SPEED;
use crate::fourier::RealTransform;
use crate::turn;

/// Columns transformed at once, so that the strided pass over x stays in cache.
const STRIP: usize = 16;

/// Drift and kick on one grid, with their plans and working space.
pub struct PhaseFlow {
    grid: PhaseGrid,
    speed: f64,
    along_x: RealTransform,
    along_v: RealTransform,
    columns: Vec<f64>,
    spectrum: Vec<Complex64>,
    tangent: Vec<Complex64>,
    /// Translation phases by drift time, so that a composition computes each of its few drifts once.
    shears: Vec<(f64, Vec<Complex64>)>,
}

impl PhaseFlow {
    /// The flow of the convention: ẋ = 2v.
    pub fn new(grid: &PhaseGrid) -> Self {
        Self::with_speed(grid, TRANSPORT_SPEED)
    }

    /// ẋ = speed·v. Any speed but 2 is wrong for −ε²Δ: negative controls only.
    pub fn with_speed(grid: &PhaseGrid, speed: f64) -> Self {
        let (along_x, along_v) = (RealTransform::new(grid.x.len()), RealTransform::new(grid.v.len()));
        let longest = along_x.spectrum_len().max(along_v.spectrum_len());
        Self {
            grid: *grid,
            speed,
            along_x,
            along_v,
            columns: vec![0.0; STRIP * grid.x.len()],
            spectrum: vec![Complex64::ZERO; longest],
            tangent: Vec::new(),
            shears: Vec::new(),
        }
    }

    /// The grid.
    pub fn grid(&self) -> &PhaseGrid {
        &self.grid
    }

    /// W(x,v) ↦ W(x − 2vτ, v), exact: Ŵ(k,v) ↦ e^{−2ikvτ} Ŵ(k,v).
    ///
    /// # Panics
    /// If W lives on another grid.
    pub fn drift(&mut self, w: &mut WignerFunction, tau: f64) {
        assert_eq!(w.grid(), &self.grid, "the flow and the function live on different grids");
        let (n_x, n_v) = (self.grid.x.len(), self.grid.v.len());
        let n_k = self.along_x.spectrum_len();
        let phases = self.shear(tau);
        let values = w.values_mut();
        for first in (0..n_v).step_by(STRIP) {
            let width = STRIP.min(n_v - first);
            for i in 0..n_x {
                for (c, &value) in values[i * n_v + first..][..width].iter().enumerate() {
                    self.columns[c * n_x + i] = value;
                }
            }
            for c in 0..width {
                let column = &mut self.columns[c * n_x..][..n_x];
                let spectrum = &mut self.spectrum[..n_k];
                self.along_x.forward(column, spectrum);
                for (s, phase) in spectrum.iter_mut().zip(&self.shears[phases].1[(first + c) * n_k..]) {
                    *s *= phase;
                }
                self.along_x.inverse(spectrum, column);
            }
            for i in 0..n_x {
                for (c, value) in values[i * n_v + first..][..width].iter_mut().enumerate() {
                    *value = self.columns[c * n_x + i];
                }
            }
        }
    }

    /// G(x,y) ↦ e^{−iτ m(x,y)} G(x,y), exact while ρ stands still; `m[i * n_y + j]` at y_j ≥ 0, odd in y.
    ///
    /// # Panics
    /// If W lives on another grid, or m has another shape.
    pub fn kick(&mut self, w: &mut WignerFunction, tau: f64, m: &[f64]) {
        assert_eq!(w.grid(), &self.grid, "the flow and the function live on different grids");
        let (n_v, n_y) = (self.grid.v.len(), self.grid.n_y());
        assert_eq!(m.len(), self.grid.x.len() * n_y, "the multiplier has another shape");
        let spectrum = &mut self.spectrum[..n_y];
        for (row, m) in w.values_mut().chunks_exact_mut(n_v).zip(m.chunks_exact(n_y)) {
            self.along_v.forward(row, spectrum);
            // the discrete transform is the conjugate of G up to the phase of v_0, hence e^{+iτm}
            turn(spectrum, tau, m);
            self.along_v.inverse(spectrum, row);
        }
    }

    /// The derivative of [`PhaseFlow::kick`] along (D, c), beside the kick itself, in one pass:
    /// (G, G_D) ↦ (e^{−iτm}G, e^{−iτm}(G_D − iτcG)); c has the shape of m, and is odd in y as m is.
    ///
    /// # Panics
    /// If W or D lives on another grid, or m or c has another shape.
    pub fn kick_with_tangent(&mut self, [w, d]: [&mut WignerFunction; 2], tau: f64, [m, c]: [&[f64]; 2]) {
        assert!(w.grid() == &self.grid && d.grid() == &self.grid, "the flow lives on another grid");
        let (n_v, n_y) = (self.grid.v.len(), self.grid.n_y());
        let shape = self.grid.x.len() * n_y;
        assert!(m.len() == shape && c.len() == shape, "the multiplier has another shape");
        self.tangent.resize(n_y, Complex64::ZERO);
        let (g, g_d) = (&mut self.spectrum[..n_y], &mut self.tangent[..]);
        let rows = w.values_mut().chunks_exact_mut(n_v).zip(d.values_mut().chunks_exact_mut(n_v));
        let multipliers = m.chunks_exact(n_y).zip(c.chunks_exact(n_y));
        for ((w, d), (m, c)) in rows.zip(multipliers) {
            self.along_v.forward(w, g);
            self.along_v.forward(d, g_d);
            for ((g_d, g), c) in g_d.iter_mut().zip(&*g).zip(c) {
                *g_d += Complex64::new(0.0, tau * c) * g;
            }
            turn(g, tau, m);
            turn(g_d, tau, m);
            self.along_v.inverse(g, w);
            self.along_v.inverse(g_d, d);
        }
    }

    /// Index of the table e^{−i·speed·v_j·k·τ} at [j * n_k + k].
    fn shear(&mut self, tau: f64) -> usize {
        if let Some(at) = self.shears.iter().position(|(t, _)| *t == tau) {
            return at;
        }
        const MOST: usize = 16;
        if self.shears.len() == MOST {
            self.shears.clear();
        }
        let n_k = self.along_x.spectrum_len();
        let wave_numbers: Vec<f64> = (0..n_k).map(|k| self.grid.x.wave_number(k)).collect();
        let mut table = vec![Complex64::ONE; self.grid.v.len() * n_k];
        for (j, row) in table.chunks_exact_mut(n_k).enumerate() {
            turn(row, -(self.speed * self.grid.v.point(j) * tau), &wave_numbers);
        }
        self.shears.push((tau, table));
        self.shears.len() - 1
    }
}
