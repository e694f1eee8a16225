//! F(R, Y∥, Y⊥) on a grid, for a W that is known point by point.

use std::f64::consts::{PI, TAU};
use std::num::NonZeroUsize;

use num_complex::Complex64;
use phase_space::eight_points;
use rayon::prelude::*;

use super::legendre::rule;
use super::{ChannelQuantisationError, RadialWeylVariables};

/// Points of the local interpolation in each of the three directions: order 8.
const POINTS: usize = 8;

/// Points beyond each end, where F continues by its symmetries or its definition.
const MARGIN: usize = POINTS / 2;

/// The box and the spacings of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableExtent {
    /// W is negligible for |x| beyond this.
    pub radius: f64,
    /// W is negligible for |v| beyond this (for |v−κx| if there is a chirp).
    pub velocity: f64,
    /// F is negligible for |Y| beyond this, which is checked.
    pub reach: f64,
    /// What is negligible, as a fraction of the largest |F|: [`super::NEGLIGIBLE`], or more.
    pub negligible: f64,
    /// Distance of the points in R; the interpolation errs by about 10⁻³ of the eighth derivative times its eighth power.
    pub spacing_r: f64,
    /// Distance of the points in Y∥ and Y⊥.
    pub spacing_y: f64,
}

/// F on equispaced R, Y∥ ≥ 0 and Y⊥ ≥ 0, interpolated to order 8; independent of ε.
#[derive(Clone, Debug)]
pub struct WeylTable {
    spacing_r: f64,
    spacing_y: f64,
    n_y: usize,
    chirp: f64,
    reach: f64,
    /// [i] = |Y| beyond which F is negligible at all R from (i−4)Δ_R on: it falls with i.
    reaches: Vec<f64>,
    radius: f64,
    /// values[(i·n_y + j)·n_y + k] = F at R = (i−4)Δ_R, Y∥ = (j−4)Δ_Y, Y⊥ = (k−4)Δ_Y.
    values: Vec<Complex64>,
}

impl TableExtent {
    fn check(&self) -> Result<(), ChannelQuantisationError> {
        let sizes = [self.radius, self.velocity, self.reach, self.negligible, self.spacing_r, self.spacing_y];
        let good = sizes.iter().all(|x| x.is_finite() && *x > 0.0);
        let fits =
            MARGIN as f64 * self.spacing_r < self.radius && MARGIN as f64 * self.spacing_y < self.reach;
        if good && fits { Ok(()) } else { Err(ChannelQuantisationError::Extent) }
    }
}

impl WeylTable {
    /// The table of W(r, v_r, v_t), with the chirp κ taken out: `wigner` is W_0 in W(x,v) = W_0(x, v − κx), the same W for κ = 0.
    ///
    /// v_r by the rectangle rule of spacing below π/reach, whose images lie outside the window, v_t by Gauss–Legendre.
    ///
    /// # Errors
    /// [`ChannelQuantisationError`]: extents that are not positive, a W that is not finite, |F| that has not decayed at the reach.
    pub fn new(
        extent: &TableExtent,
        chirp: f64,
        wigner: impl Fn(f64, f64, f64) -> f64 + Sync,
    ) -> Result<Self, ChannelQuantisationError> {
        Self::of_many(extent, chirp, |points| {
            points.iter().map(|&(r, v_r, v_t)| wigner(r, v_r, v_t)).collect()
        })
    }

    /// [`Self::new`] for a W that is evaluated at many points (r, v_r, v_t) at a time.
    ///
    /// # Errors
    /// As there.
    pub fn of_many(
        extent: &TableExtent,
        chirp: f64,
        wigner: impl Fn(&[(f64, f64, f64)]) -> Vec<f64> + Sync,
    ) -> Result<Self, ChannelQuantisationError> {
        extent.check()?;
        let points = |length: f64, spacing: f64| (length / spacing).ceil() as usize + 1 + 2 * MARGIN;
        let n_r = points(extent.radius, extent.spacing_r);
        let n_y = points(extent.reach, extent.spacing_y);
        let velocities = Velocities::new(extent, n_y);
        // R ≥ 0; the points at R < 0 follow from F(−R, Y∥, Y⊥) = F(R, −Y∥, Y⊥)
        let slab = |i: usize| velocities.slab(&wigner(&velocities.points(i as f64 * extent.spacing_r)));
        let slabs: Vec<Vec<Complex64>> = (0..n_r - MARGIN).into_par_iter().map(slab).collect();
        if let Some(i) = slabs.iter().position(|slab| slab.iter().any(|f| !f.is_finite())) {
            return Err(ChannelQuantisationError::NotFinite(i as f64 * extent.spacing_r));
        }
        let place = |index: usize| index as isize - MARGIN as isize;
        let value = |i: usize, j: usize, k: usize| {
            let f = slabs[place(i).unsigned_abs()][place(j).unsigned_abs() * n_y + place(k).unsigned_abs()];
            if (place(i) < 0) == (place(j) < 0) { f } else { f.conj() }
        };
        let indices = (0..n_r).flat_map(|i| (0..n_y * n_y).map(move |at| (i, at / n_y, at % n_y)));
        let table = Self {
            spacing_r: extent.spacing_r,
            spacing_y: extent.spacing_y,
            n_y,
            chirp,
            reach: extent.reach,
            reaches: vec![0.0; n_r],
            radius: extent.radius,
            values: indices.map(|(i, j, k)| value(i, j, k)).collect(),
        };
        table.with_reach(extent.negligible)
    }

    /// The reaches cut down to where |F| falls below this fraction of its largest value for good.
    fn with_reach(mut self, negligible: f64) -> Result<Self, ChannelQuantisationError> {
        let largest = self.values.iter().fold(0.0_f64, |m, f| m.max(f.norm_sqr())).sqrt();
        let threshold = (negligible * largest).powi(2);
        let mut edge = 0.0_f64;
        for (at, f) in self.values.iter().enumerate() {
            let (i, j, k) = (at / (self.n_y * self.n_y), (at / self.n_y) % self.n_y, at % self.n_y);
            if j < MARGIN || k < MARGIN || f.norm_sqr() <= threshold {
                continue;
            }
            let y = self.spacing_y * ((j - MARGIN) as f64).hypot((k - MARGIN) as f64);
            self.reaches[i] = self.reaches[i].max(y);
            if y >= self.reach {
                edge = edge.max(f.norm());
            }
        }
        if edge > 0.0 {
            return Err(ChannelQuantisationError::Truncated {
                reach: self.reach,
                edge: edge / largest,
                negligible,
            });
        }
        let (spacing, farthest) = (self.spacing_y, self.reach);
        let mut beyond = 0.0_f64;
        for reach in self.reaches.iter_mut().rev() {
            beyond = beyond.max((*reach + spacing).min(farthest));
            *reach = beyond;
        }
        self.reach = beyond;
        Ok(self)
    }
}

impl RadialWeylVariables for WeylTable {
    fn value(&self, r: f64, y_parallel: f64, y_perpendicular: f64) -> Complex64 {
        let inside = r <= self.radius
            && y_parallel * y_parallel + y_perpendicular * y_perpendicular <= self.reach * self.reach;
        if !inside {
            return Complex64::ZERO;
        }
        let (i, a) = eight_points(r / self.spacing_r);
        let (j, b) = eight_points(y_parallel.abs() / self.spacing_y);
        let (k, c) = eight_points(y_perpendicular.abs() / self.spacing_y);
        // eight sums side by side, those over Y⊥ last
        let mut sums = [Complex64::ZERO; POINTS];
        for (p, a) in a.iter().enumerate() {
            for (q, b) in b.iter().enumerate() {
                let weight = a * b;
                let line = &self.values[((i + p) * self.n_y + j + q) * self.n_y + k..][..POINTS];
                for (sum, f) in sums.iter_mut().zip(line) {
                    sum.re += weight * f.re;
                    sum.im += weight * f.im;
                }
            }
        }
        let sum: Complex64 = sums.iter().zip(&c).map(|(f, c)| f * c).sum();
        if y_parallel < 0.0 { sum.conj() } else { sum }
    }

    fn reach(&self) -> f64 {
        self.reach
    }

    fn reach_beyond(&self, r: f64) -> f64 {
        // the first row that the interpolation at R looks at
        let row = (r / self.spacing_r) as usize + 1;
        self.reaches.get(row).copied().unwrap_or(0.0)
    }

    fn chirp(&self) -> f64 {
        self.chirp
    }
}

/// The two transforms over the velocities, at one R.
struct Velocities {
    n_y: usize,
    /// Equispaced, of both signs.
    v_r: Vec<f64>,
    v_t: Vec<f64>,
    /// waves[j·n_r + a] = Δv e^{iv_a Y∥_j}.
    waves: Vec<Complex64>,
    /// bessel[b·n_y + k] = 2πw_b v_b J₀(v_b Y⊥_k).
    bessel: Vec<f64>,
}

impl Velocities {
    fn new(extent: &TableExtent, n_y: usize) -> Self {
        let y = |j: usize| j as f64 * extent.spacing_y;
        let farthest = y(n_y);
        let count = (extent.velocity * farthest / PI).ceil() as isize + 1;
        let step = extent.velocity / count as f64;
        let v_r: Vec<f64> = (-count..=count).map(|a| a as f64 * step).collect();
        let nodes = (0.75 * extent.velocity * farthest) as usize + 24;
        let half = 0.5 * extent.velocity;
        let radial: Vec<(f64, f64)> = rule(NonZeroUsize::MIN.saturating_add(nodes))
            .into_iter()
            .map(|(x, w)| (half * (1.0 + x), half * w))
            .collect();
        let waves = (0..n_y).flat_map(|j| v_r.iter().map(move |v| step * Complex64::cis(v * y(j)))).collect();
        let bessel = radial
            .iter()
            .flat_map(|&(v, w)| (0..n_y).map(move |k| TAU * w * v * libm::j0(v * y(k))))
            .collect();
        Self { n_y, v_t: radial.iter().map(|(v, _)| *v).collect(), v_r, waves, bessel }
    }

    /// (R, v_r, v_t) for all v_r, and for each all v_t.
    fn points(&self, r: f64) -> Vec<(f64, f64, f64)> {
        self.v_r.iter().flat_map(|&v_r| self.v_t.iter().map(move |&v_t| (r, v_r, v_t))).collect()
    }

    /// `[j·n_y + k]` = F(R, Y∥_j, Y⊥_k) from W at [`Self::points`].
    fn slab(&self, w: &[f64]) -> Vec<Complex64> {
        let n_y = self.n_y;
        let mut across = vec![0.0; self.v_r.len() * n_y];
        for (row, w) in across.chunks_exact_mut(n_y).zip(w.chunks_exact(self.v_t.len())) {
            for (value, bessel) in w.iter().zip(self.bessel.chunks_exact(n_y)) {
                row.iter_mut().zip(bessel).for_each(|(f, j)| *f += value * j);
            }
        }
        let mut slab = vec![Complex64::ZERO; n_y * n_y];
        for (row, waves) in slab.chunks_exact_mut(n_y).zip(self.waves.chunks_exact(self.v_r.len())) {
            for (wave, part) in waves.iter().zip(across.chunks_exact(n_y)) {
                row.iter_mut().zip(part).for_each(|(f, a)| *f += wave * a);
            }
        }
        slab
    }
}
