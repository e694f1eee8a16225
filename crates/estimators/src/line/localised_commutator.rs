//! tr|[χ_{(r,y)}, ω]|/(Nε), χ_{(r,y)}(x) = exp(−(x−y)²/r²), for many r and y at once (P19.3, P19.4).
//!
//! With A the matrix of hω/N on points of spacing h ≤ πε/V, V the momenta of ω, there are two regimes.
//!
//! - r ≳ ε: χω has momenta up to V + O(ε/r). On points that resolve them the commutator is the band matrix (χ(x_i)−χ(x_j))A_ij,
//!   and only the rows with |x_i−y| ≲ r count. The matrix is kept for a few lower bounds of r.
//! - r ≲ ε: the commutator has a rank of the order of 1 + r/ε. With E the interpolation from the natural points,
//!   (EA)(x;x_j) is exact at every x, FM = χEA is sampled on a fine grid over the support of χ, and
//!   [χ,ω] = FME* − EM*F* is handed to [`low_rank_commutator`].
//!
//! Three limits are known, T = tr|[χ,ω]|/(Nε) ([`RadiusLimits`]):
//!
//! - r ≪ ε: χω ≈ |χ⟩⟨ω(·;y)| has rank one, ‖χ‖² = r√(π/2), ‖ω(·;y)‖² = 2πN²ε∫W(y,v)²dv, and the two are nearly orthogonal:
//!   T ≈ 2(π/2)^{1/4}(2π∫W(y,v)²dv)^{1/2}·(r/ε)^{1/2};
//! - ε ≪ r: the symbol of [χ,ω]/(iε) is χ′∂ᵥW, T ≈ ‖χ′∂ᵥW‖_{L¹}; for ε ≪ r ≪ 1, where ∫|χ′| = 2, T ≈ 2‖∂ᵥW(y,·)‖_{L¹};
//! - r ≫ 1: χ′ ≈ −2(x−y)/r², T ≈ 2r^{−2}∬|x−y||∂ᵥW|.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use kernels::fefferman_de_la_llave::gaussian;
use num_complex::Complex64;
use operators::{BandHermitian, low_rank_commutator};
use phase_space::Scaling;
use phase_space::line::{WignerFunction, friendly_length};
use rayon::prelude::*;
use transforms::weyl::line::{sampled_band, weyl_band};

use super::{Knob, SetUpError, VlasovReference};
use crate::Estimate;

/// Accuracy asked of the natural matrix, relative to ‖W‖_{L¹}.
const TOLERANCE: f64 = 1e-8;
/// χ is cut off at this many r: e^{−CUT²} = 1e-10.
const CUT: f64 = 4.8;
/// (K−V)r/(2ε) on the points of the band matrices, K their largest momentum: ‖1_{|p|>K}χ1_{|p|≤V}‖ ≤ erfc of it, 5e-10.
const ROOM: f64 = 4.4;
/// (K−V)r/ε on the fine grid of a narrow χ, where products are integrated: e^{−ROOM²/2} = 1e-11.
const NARROW_ROOM: f64 = 7.1;
/// Bounds of r/ε from which band matrices are used.
const LEVELS: [f64; 5] = [2.0, 4.0, 8.0, 32.0, 128.0];

/// tr|[χ_{(r,y)}, Op(W)]|/(Nε) for one W and one ε.
pub struct LocalisedCommutator {
    eps: f64,
    natural: Points,
    /// Distance beyond which ω(x;x′) is left out.
    reach: f64,
    /// By the smallest r for which the points resolve χω, ascending.
    finer: Vec<(f64, Points)>,
    /// Bound of tr|·|/N of what the natural matrix leaves out of ω, and of what is not known of W.
    left_out: f64,
    /// √n‖A‖_HS ≥ tr|ω|/N.
    size: f64,
}

/// A_ij = (h/N)ω(x_i;x_j) on x_i = start + ih.
struct Points {
    matrix: BandHermitian,
    start: f64,
    spacing: f64,
}

impl Points {
    fn at(&self, i: usize) -> f64 {
        self.start + i as f64 * self.spacing
    }

    /// The indices with |x_i − y| ≤ distance, as a range that may be empty.
    fn near(&self, y: f64, distance: f64) -> std::ops::Range<usize> {
        let place = |x: f64| ((x - self.start) / self.spacing).clamp(0.0, self.matrix.n() as f64);
        let first = place(y - distance).ceil() as usize;
        first..((place(y + distance).floor() as usize + 1).min(self.matrix.n())).max(first)
    }
}

impl LocalisedCommutator {
    /// The matrices of W; `unknown` bounds tr|Op(W) − ω|/N, W being known to that.
    ///
    /// # Errors
    /// As `weyl_band`: a matrix that does not fit.
    pub fn new(w: &WignerFunction, eps: f64, unknown: f64) -> Result<Self, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let band = weyl_band(w, &scaling, TOLERANCE)?;
        let (order, half) = (band.matrix.n(), band.matrix.half_bandwidth());
        let reach = half as f64 * band.spacing;
        let extent = [band.points[0], band.points[order - 1]];
        let level = |ratio: f64| -> Result<(f64, Points), SetUpError> {
            let fastest = PI * eps / band.spacing + 2.0 * ROOM / ratio;
            let n = friendly_length((w.grid().x.length() * fastest / (PI * eps)).ceil() as usize);
            Ok((ratio * eps, finer(w, &scaling, band.momentum, n, reach, extent)?))
        };
        let reaching = LEVELS.iter().filter(|&&ratio| ratio * eps <= 1.0);
        let finer = reaching.map(|&ratio| level(ratio)).collect::<Result<_, _>>()?;
        let size = (order as f64).sqrt() * band.matrix.hilbert_schmidt();
        let natural = Points { matrix: band.matrix, start: extent[0], spacing: band.spacing };
        Ok(Self { eps, natural, reach, finer, left_out: band.left_out + unknown, size })
    }

    /// ε.
    pub fn eps(&self) -> f64 {
        self.eps
    }

    /// tr|[χ_{(r,y)}, ω]|/(Nε); unknown unless r is positive and both are finite.
    ///
    /// # Errors
    /// Eigenvalues or singular values that do not converge.
    pub fn at(&self, r: f64, y: f64) -> Result<Estimate, SetUpError> {
        if !(r.is_finite() && r > 0.0 && y.is_finite()) {
            return Ok(Estimate::unknown());
        }
        let norm = match self.finer.iter().rev().find(|(least, _)| *least <= r) {
            Some((_, points)) => self.band(points, r, y)?,
            None => self.narrow(r, y)?,
        };
        // [χ,δ] = [χ−c,δ], |χ−c| ≤ half the oscillation of χ
        let unknown = self.oscillation(r, y) * self.left_out + 4.0 * (-CUT * CUT).exp() * self.size;
        Ok(Estimate::new(norm.value, norm.error + unknown).scaled(1.0 / self.eps))
    }

    /// [`Self::at`] for every (r, y), in their order.
    ///
    /// # Errors
    /// As there.
    pub fn at_all(&self, points: &[(f64, f64)]) -> Result<Vec<Estimate>, SetUpError> {
        points.par_iter().with_max_len(1).map(|&(r, y)| self.at(r, y)).collect()
    }

    /// max χ − min χ over the points.
    fn oscillation(&self, r: f64, y: f64) -> f64 {
        let ends = [self.natural.at(0), self.natural.at(self.natural.matrix.n() - 1)];
        let nearest = (y - y.clamp(ends[0], ends[1])).abs();
        let farthest = (y - ends[0]).abs().max((ends[1] - y).abs());
        gaussian(nearest, r) - gaussian(farthest, r)
    }

    /// ‖(χ(x_i)−χ(x_j))A_ij‖_tr over the rows and columns where χ is not negligible, and their neighbours in the band.
    fn band(&self, points: &Points, r: f64, y: f64) -> Result<Estimate, SetUpError> {
        let near = points.near(y, CUT * r + self.reach);
        if near.len() < 2 {
            return Ok(Estimate::default());
        }
        let (n, most) = (near.len(), points.matrix.half_bandwidth().min(near.len() - 1));
        let rows = (0..=most).map(|d| points.matrix.diagonal(d)[near.start..][..n - d].to_vec()).collect();
        let matrix = BandHermitian::from_diagonals(n, rows).map_err(transforms::TransformError::from)?;
        let chi: Vec<f64> = near.map(|i| gaussian(points.at(i) - y, r)).collect();
        let commutator = matrix.commutator_with(&chi).map_err(transforms::TransformError::from)?;
        let room = 0.5 * PI * r * (1.0 / points.spacing - 1.0 / self.natural.spacing);
        Ok(Estimate::new(commutator.trace_norm()?, 8.0 * erfc_bound(room) * self.size))
    }

    /// ‖FME* − EM*F*‖_tr with M_aj = χ(x_a)Σ_i S_ai A_ij, S_ai = √(h_f/h) sinc((x_a−x_i)/h), x_a on the fine grid over χ.
    fn narrow(&self, r: f64, y: f64) -> Result<Estimate, SetUpError> {
        let Points { matrix, spacing: h, .. } = &self.natural;
        let spacing = PI * self.eps / (PI * self.eps / h + NARROW_ROOM * self.eps / r);
        let half = (CUT * r / spacing).ceil() as i64;
        let fine: Vec<f64> = (-half..=half).map(|a| y + a as f64 * spacing).collect();
        let columns = self.natural.near(y, CUT * r + 1.25 * self.reach);
        let b = matrix.half_bandwidth();
        let (first, end) = (columns.start.saturating_sub(b), (columns.end + b).min(matrix.n()));
        let sample = |x: f64, i: usize| (spacing / h).sqrt() * sinc((x - self.natural.at(i)) / h);
        let samples: Vec<Vec<f64>> =
            fine.iter().map(|&x| (first..end).map(|i| sample(x, i)).collect()).collect();
        let (rows, width) = (fine.len(), columns.len());
        let mut m = vec![Complex64::ZERO; rows * width];
        for j in columns.clone() {
            let (low, high) = (j.saturating_sub(b).max(first), (j + b + 1).min(end));
            let column: Vec<Complex64> = (low..high).map(|i| matrix.entry(i, j)).collect();
            for (a, (x, samples)) in fine.iter().zip(&samples).enumerate() {
                let sum: Complex64 = column.iter().zip(&samples[low - first..]).map(|(a, s)| a * s).sum();
                m[a * width + j - columns.start] = gaussian(x - y, r) * sum;
            }
        }
        let norm = low_rank_commutator(
            rows,
            width,
            |a, j| m[a * width + j],
            |a, j| samples[a][j + columns.start - first],
        )?;
        let quadrature = 8.0 * (-0.5 * NARROW_ROOM * NARROW_ROOM).exp() * self.size;
        Ok(Estimate::new(norm.value, norm.error + quadrature))
    }
}

/// The matrix on n points of the x-box, cut to the extent of the natural one.
fn finer(
    w: &WignerFunction,
    scaling: &Scaling,
    momentum: f64,
    n: usize,
    reach: f64,
    extent: [f64; 2],
) -> Result<Points, SetUpError> {
    let spacing = w.grid().x.length() / n as f64;
    let half = ((reach / spacing).ceil() as usize).min(n - 1);
    let whole =
        Points { matrix: sampled_band(w, scaling, momentum, n, half)?, start: w.grid().x.start(), spacing };
    let kept = whole.near(0.5 * (extent[0] + extent[1]), 0.5 * (extent[1] - extent[0]));
    let half = half.min(kept.len() - 1);
    let rows =
        (0..=half).map(|d| whole.matrix.diagonal(d)[kept.start..][..kept.len() - d].to_vec()).collect();
    let matrix = BandHermitian::from_diagonals(kept.len(), rows).map_err(transforms::TransformError::from)?;
    Ok(Points { matrix, start: whole.at(kept.start), spacing })
}

/// sin(πt)/(πt).
fn sinc(t: f64) -> f64 {
    if t == 0.0 { 1.0 } else { (PI * t).sin() / (PI * t) }
}

/// erfc z ≤ e^{−z²}/(z√π).
fn erfc_bound(z: f64) -> f64 {
    (-z * z).exp() / (z * PI.sqrt())
}

/// The constants of the three limits at y = x_i of the grid of W.
#[derive(Clone, Debug, PartialEq)]
pub struct RadiusLimits {
    /// lim T(ε/r)^{1/2} for r ≪ ε: 2(π/2)^{1/4}(2π∫W(y,v)²dv)^{1/2}.
    pub narrow: Vec<f64>,
    /// lim T for ε ≪ r ≪ 1: 2‖∂ᵥW(y,·)‖_{L¹}.
    pub middle: Vec<f64>,
    /// lim Tr² for r ≫ 1: 2∬|x−y||∂ᵥW|.
    pub wide: Vec<f64>,
}

impl RadiusLimits {
    /// The constants of W; |∂ᵥW| is summed on a refined grid, for its kinks.
    pub fn of(w: &WignerFunction) -> Self {
        const REFINED: usize = 6;
        let (x, n_v, dv) = (w.grid().x, w.grid().v.len(), w.grid().v.spacing());
        let squares = |row: &[f64]| row.iter().map(|w| w * w).sum::<f64>() * dv;
        let narrow = |row| 2.0 * FRAC_PI_2.powf(0.25) * (TAU * squares(row)).sqrt();
        let slope = w.d_v(1).refined(REFINED);
        let (fine, dv) = (slope.grid().x, slope.grid().v.spacing());
        let sizes = slope.values().chunks_exact(slope.grid().v.len());
        let gradients: Vec<f64> = sizes.map(|row| row.iter().map(|s| s.abs()).sum::<f64>() * dv).collect();
        let wide = |y: f64| -> f64 {
            let weighted = gradients.iter().enumerate().map(|(i, g)| (fine.point(i) - y).abs() * g);
            2.0 * fine.spacing() * weighted.sum::<f64>()
        };
        Self {
            narrow: w.values().chunks_exact(n_v).map(narrow).collect(),
            middle: gradients.iter().step_by(REFINED).map(|g| 2.0 * g).collect(),
            wide: x.points().into_iter().map(wide).collect(),
        }
    }
}

/// Bound of tr|Op(W̃_t) − ω̃_t|/N at time number `at`: ‖δ‖_tr ≤ √rank‖δ‖_HS, hence √|box|Σ‖W̃' − W̃‖_{L²} over the variants of
/// the trajectory.
///
/// # Errors
/// None for a reference that was measured: its variants live on its own boxes.
pub fn trajectory_budget(reference: &VlasovReference, at: usize) -> Result<f64, SetUpError> {
    let w = &reference.trajectory[at];
    let grid = w.grid();
    let mut total = 0.0;
    for (knob, variant) in Knob::ALL.iter().zip(&reference.variants) {
        let varied = match knob {
            Knob::Step => variant[at].clone(),
            Knob::Grid => variant[at].resampled(grid.x.len(), grid.v.len()),
            Knob::Box => variant[at].embedded(grid)?,
        };
        total += varied.minus(w)?.l2();
    }
    Ok((grid.x.length() * grid.v.length()).sqrt() * total)
}
