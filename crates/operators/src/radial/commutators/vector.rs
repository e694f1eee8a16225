//! |K| = (Σ_i|\[x_i,ω\]|²)^{1/2}, a scalar operator.
//!
//! On a function u(r)Y_ℓm the part of `[x,ω]` that leads to ℓ′ = ℓ±1 is x̂(rω_ℓ − ω_ℓ′r)u, and Σ_i x̂_i P_ℓ′ x̂_i = c_ℓℓ′ on channel ℓ, with
//! c = ℓ/(2ℓ+1) for ℓ−1 and (ℓ+1)/(2ℓ+1) for ℓ+1, so that
//!
//!   (K*K)_ℓ = Σ_{ℓ′=ℓ±1} c_ℓℓ′ (rω_ℓ − ω_ℓ′r)*(rω_ℓ − ω_ℓ′r).
//!
//! The square root of K*K would lose half of the digits. K is the column of the two √c (rω_ℓ − ω_ℓ′r), and of the band matrix
//!
//!   H = [0 K*; K 0],  |H| = |K| ⊕ |K*|,
//!
//! half the trace norm is tr|K| and the first diagonal block of |H| is |K|. Where the band is wide the singular values of the full K are cheaper. tr|\[x₃,ω\]| ≤ tr|K| ≤ 3tr|\[x₃,ω\]|.

use std::f64::consts::PI;

use num_complex::Complex64;
use phase_space::radial::{AngularMomenta, RadialGrid};
use phase_space::vertex;

use crate::absolute::check;
use crate::radial::Channels;
use crate::{BandHermitian, SpectrumError, dense};

/// (c_ℓ,ℓ−1, c_ℓ,ℓ+1) = (ℓ/(2ℓ+1), (ℓ+1)/(2ℓ+1)).
pub fn position_weights(l: usize) -> [f64; 2] {
    let l = l as f64;
    [l / (2.0 * l + 1.0), (l + 1.0) / (2.0 * l + 1.0)]
}

/// Channel ℓ of |K|.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorChannel {
    /// tr|K|_ℓ, in the units of rω.
    pub trace_norm: f64,
    /// Bound of what the interpolated neighbours ℓ±1 cost tr|K|_ℓ.
    pub interpolation: f64,
    /// `[j]` = h|K|_ℓ(r_j;r_j).
    pub diagonal: Vec<f64>,
    /// Bound of what the modulus costs every h|K|_ℓ(r_j;r_j).
    pub modulus: f64,
}

impl VectorChannel {
    /// Channel ℓ = ℓ_i of |K|, its diagonal to about `tolerance`·‖K‖: by singular values while n ≤ 32(b+1), else by the dilation. The weights
    /// are [`position_weights`]`(ℓ)`; others are wrong: negative controls.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence, a tolerance outside [10⁻¹⁰, 1).
    pub fn new(omega: &Channels, i: usize, weights: [f64; 2], tolerance: f64) -> Result<Self, SpectrumError> {
        check(tolerance)?;
        let column = Column::new(omega, i, weights);
        if column.n() <= 32 * (column.half_bandwidth + 1) {
            column.by_singular_values()
        } else {
            column.by_dilation(tolerance)
        }
    }

    /// [`Self::new`] from the singular values of the full 2n×n matrix, O(n³): |K| = UΣU* of K = VΣU*.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn by_singular_values(omega: &Channels, i: usize, weights: [f64; 2]) -> Result<Self, SpectrumError> {
        Column::new(omega, i, weights).by_singular_values()
    }

    /// [`Self::new`] from the band matrix H, O(n²b).
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn by_dilation(
        omega: &Channels,
        i: usize,
        weights: [f64; 2],
        tolerance: f64,
    ) -> Result<Self, SpectrumError> {
        Column::new(omega, i, weights).by_dilation(tolerance)
    }
}

/// The column of the two √c (rω_ℓ − ω_ℓ′r), ℓ′ = ℓ−1 and ℓ+1.
struct Column<'a> {
    grid: &'a RadialGrid,
    middle: &'a BandHermitian,
    /// ω_ℓ′ and the bound of its interpolation.
    neighbours: [(BandHermitian, f64); 2],
    /// √c.
    roots: [f64; 2],
    half_bandwidth: usize,
}

impl<'a> Column<'a> {
    fn new(omega: &'a Channels, i: usize, weights: [f64; 2]) -> Self {
        let (l, middle) = (omega.momenta().momenta()[i], &omega.blocks()[i]);
        let neighbours = [omega.neighbour(l.saturating_sub(1)), omega.neighbour(l + 1)];
        let widest = neighbours.iter().map(|(block, _)| block.half_bandwidth()).max().unwrap_or(0);
        let half_bandwidth = widest.max(middle.half_bandwidth());
        Self { grid: omega.grid(), middle, neighbours, roots: weights.map(f64::sqrt), half_bandwidth }
    }

    fn n(&self) -> usize {
        self.grid.len()
    }

    /// Entry (i, j) of part c.
    fn entry(&self, c: usize, i: usize, j: usize) -> Complex64 {
        let other = self.neighbours[c].0.entry(i, j);
        self.roots[c] * (self.grid.point(i) * self.middle.entry(i, j) - other * self.grid.point(j))
    }

    fn interpolation(&self) -> f64 {
        (0..2).map(|c| self.roots[c] * self.neighbours[c].1).sum()
    }

    fn by_singular_values(&self) -> Result<VectorChannel, SpectrumError> {
        let n = self.n();
        let modulus = dense::modulus(2 * n, n, |row, j| self.entry(row / n, row % n, j))?;
        Ok(VectorChannel {
            trace_norm: modulus.trace_norm,
            interpolation: self.interpolation(),
            diagonal: modulus.diagonal,
            modulus: modulus.error,
        })
    }

    fn by_dilation(&self, tolerance: f64) -> Result<VectorChannel, SpectrumError> {
        let dilation = self.dilation();
        let modulus = dilation.absolute_diagonal(tolerance)?;
        Ok(VectorChannel {
            trace_norm: 0.5 * dilation.trace_norm()?,
            interpolation: self.interpolation(),
            diagonal: modulus.values.iter().step_by(3).copied().collect(),
            modulus: modulus.error,
        })
    }

    /// H with the points of the three components side by side, index 3j + c, which keeps it a band.
    fn dilation(&self) -> BandHermitian {
        let entry = |row: usize, column: usize| {
            let (i, j) = (row / 3, column / 3);
            match (row % 3, column % 3) {
                (c, 0) if c > 0 => self.entry(c - 1, i, j),
                (0, c) if c > 0 => self.entry(c - 1, j, i).conj(),
                _ => Complex64::ZERO,
            }
        };
        let n = 3 * self.n();
        BandHermitian::from_entries(n, (3 * self.half_bandwidth + 2).min(n - 1), entry)
    }
}

/// |K| over all channels: tr|K| and ρ_{|K|}(r) = |K|(x;x), |x| = r.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorCommutator {
    grid: RadialGrid,
    momenta: AngularMomenta,
    channels: Vec<VectorChannel>,
}

impl VectorCommutator {
    /// |K| of ω from the chosen ℓ alone: |∇ᵥW| does not change its sign, so that tr|K|_ℓ is smooth in ℓ and sparse sums hold.
    ///
    /// Several threads may take the channels by [`VectorChannel::new`] and put them together by [`Self::from_channels`].
    ///
    /// # Errors
    /// As [`VectorChannel::new`].
    pub fn new(omega: &Channels, tolerance: f64) -> Result<Self, SpectrumError> {
        let channel = |(i, &l): (usize, &usize)| VectorChannel::new(omega, i, position_weights(l), tolerance);
        let channels: Result<Vec<_>, _> = omega.momenta().momenta().iter().enumerate().map(channel).collect();
        Ok(Self::from_channels(omega, channels?))
    }

    /// |K| from one [`VectorChannel`] for each chosen ℓ of ω.
    ///
    /// # Panics
    /// If there are more or fewer.
    pub fn from_channels(omega: &Channels, channels: Vec<VectorChannel>) -> Self {
        assert_eq!(channels.len(), omega.momenta().len(), "one channel for each angular momentum is needed");
        Self { grid: *omega.grid(), momenta: omega.momenta().clone(), channels }
    }

    /// tr|K| = Σ(2ℓ+1)tr|K|_ℓ and its error.
    pub fn trace_norm(&self) -> (f64, f64) {
        let (value, sum) = self.momenta.sum_with_error(&self.of_channels(|c| c.trace_norm));
        (value, sum + self.absolute_sum(&self.of_channels(|c| c.interpolation)))
    }

    /// ρ_{|K|}(r_j) = Σ(2ℓ+1)|K|_ℓ(r_j;r_j)/(4πr_j²) and its error, (value, error) at each radius. It is at least the angular average
    /// of every ρ_{|\[x_i,ω\]|}, since |K| ≥ |\[x_i,ω\]|.
    pub fn density(&self) -> Vec<(f64, f64)> {
        let modulus = self.absolute_sum(&self.of_channels(|c| c.modulus));
        let at = |j: usize| {
            let shell = 4.0 * PI * self.grid.point(j).powi(2) * self.grid.spacing();
            let (value, error) = self.momenta.sum_with_error(&self.of_channels(|c| c.diagonal[j]));
            (value / shell, (error + modulus) / shell)
        };
        (0..self.grid.len()).map(at).collect()
    }

    /// ‖ρ_{|K|}‖_{L^p(R³)} and its error, 1 ≤ p ≤ ∞: hypothesis (iv) of L19.T2 compares it with Nε.
    ///
    /// ∫ρ^p by the midpoint rule, whose error is at most the change against every second point; the supremum by the parabola through the
    /// largest values of ρ, even in r, and the change against the largest value itself.
    pub fn density_norm(&self, p: f64) -> (f64, f64) {
        let (values, errors): (Vec<f64>, Vec<f64>) = self.density().into_iter().unzip();
        if p == f64::INFINITY {
            return self.supremum(&values, &errors);
        }
        let shell = |j: usize| 4.0 * PI * self.grid.spacing() * self.grid.point(j).powi(2);
        let norm = |f: &[f64], first: usize, step: usize| {
            let points = (first..f.len()).step_by(step);
            points.map(|j| step as f64 * shell(j) * f[j].abs().powf(p)).sum::<f64>().powf(1.0 / p)
        };
        (norm(&values, 0, 1), norm(&errors, 0, 1) + (norm(&values, 0, 2) - norm(&values, 1, 2)).abs())
    }

    fn supremum(&self, values: &[f64], errors: &[f64]) -> (f64, f64) {
        let at = |j: usize| if j == 0 { values[0] } else { values[j - 1] };
        let mut highest = (0.0, 0.0);
        for j in 1..values.len() {
            let (top, right) = (at(j), at(j + 1));
            // the mirror image of r_0 is its left neighbour
            let peak = vertex([if j == 1 { top } else { at(j - 1) }, top, right]);
            if peak > highest.0 {
                highest = (peak, (peak - top) + errors[j - 1]);
            }
        }
        highest
    }

    fn of_channels(&self, f: impl Fn(&VectorChannel) -> f64) -> Vec<f64> {
        self.channels.iter().map(f).collect()
    }

    /// Σ_i |m_i| e_i of errors e_i ≥ 0.
    fn absolute_sum(&self, errors: &[f64]) -> f64 {
        errors.iter().zip(self.momenta.multiplicities()).map(|(e, m)| e * m.abs()).sum()
    }
}
