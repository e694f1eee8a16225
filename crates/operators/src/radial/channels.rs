//! ⊕_ℓ ω_ℓ ⊗ 1_{2ℓ+1}.

use std::f64::consts::PI;

use num_complex::Complex64;
use phase_space::radial::{AngularMomenta, RadialGrid};

use crate::{BandHermitian, Eigenvectors, SpectrumError, hermitian_eigenvectors};

/// A rotation-invariant Hermitian operator: a density operator ω, or the difference of two.
///
/// Shape: one n×n matrix A_ℓ = hω_ℓ(r_i;r_j) for each chosen ℓ, a band where ω_ℓ decays in |r−r′|/ε. Its eigenvalues are those
/// of ω_ℓ, each of multiplicity 2ℓ+1 in ω. A channel stands alone: the spectra of several may be taken by several
/// threads, and their sums by [`AngularMomenta::sum`], in a fixed order.
#[derive(Clone, Debug, PartialEq)]
pub struct Channels {
    grid: RadialGrid,
    momenta: AngularMomenta,
    blocks: Vec<BandHermitian>,
}

/// Entries of ω up to this are nothing: a tenth of the smallest that its symbol's table keeps, next to its largest eigenvalue 1.
const NOTHING: f64 = 1e-14;

/// Why channels were refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChannelError {
    /// One matrix for each ℓ is needed.
    #[error("{wanted} angular momenta need as many channels, not {given}")]
    Count {
        /// Angular momenta.
        wanted: usize,
        /// Matrices.
        given: usize,
    },
    /// A matrix of another order than the number of points.
    #[error("channel ℓ = {l} has order {order} on a grid of {points} points")]
    Order {
        /// ℓ.
        l: usize,
        /// Order of its matrix.
        order: usize,
        /// Points of the grid.
        points: usize,
    },
    /// Two operators on different grids or sets of ℓ, or a function with another number of values than points.
    #[error("the radial grids or the angular momenta do not match")]
    Mismatch,
}

impl Channels {
    /// ω from `blocks[i]` = hω_ℓ(r;r′), ℓ = `momenta.momenta()[i]`.
    ///
    /// # Errors
    /// [`ChannelError`]: another number of matrices than of ℓ, a matrix of another order than the grid.
    pub fn new(
        grid: RadialGrid,
        momenta: AngularMomenta,
        blocks: Vec<BandHermitian>,
    ) -> Result<Self, ChannelError> {
        if blocks.len() != momenta.len() {
            return Err(ChannelError::Count { wanted: momenta.len(), given: blocks.len() });
        }
        let wrong = blocks.iter().position(|block| block.n() != grid.len());
        if let Some(i) = wrong {
            let (l, order) = (momenta.momenta()[i], blocks[i].n());
            return Err(ChannelError::Order { l, order, points: grid.len() });
        }
        Ok(Self { grid, momenta, blocks })
    }

    /// The radii.
    pub fn grid(&self) -> &RadialGrid {
        &self.grid
    }

    /// The ℓ_i and their multiplicities.
    pub fn momenta(&self) -> &AngularMomenta {
        &self.momenta
    }

    /// `[i]` = hω_ℓ(r;r′), ℓ = ℓ_i.
    pub fn blocks(&self) -> &[BandHermitian] {
        &self.blocks
    }

    /// `[i]` = tr ω_ℓ.
    pub fn traces(&self) -> Vec<f64> {
        self.blocks.iter().map(BandHermitian::trace).collect()
    }

    /// tr ω = Σ(2ℓ+1)tr ω_ℓ; N for a state.
    pub fn trace(&self) -> f64 {
        self.momenta.sum(&self.traces())
    }

    /// ‖ω‖_HS = (Σ(2ℓ+1)‖ω_ℓ‖²_HS)^{1/2}.
    pub fn hilbert_schmidt(&self) -> f64 {
        let norms: Vec<f64> = self.blocks.iter().map(BandHermitian::hilbert_schmidt).collect();
        self.momenta.sum_of_squares(&norms).sqrt()
    }

    /// ω_ℓ for any ℓ ≤ ℓ_max, and what two points fewer in the interpolation change, none at a chosen ℓ. Its entries, not its spectrum, are
    /// smooth functions of ℓ.
    ///
    /// # Panics
    /// If ℓ > ℓ_max.
    pub fn channel(&self, l: usize) -> (BandHermitian, Option<BandHermitian>) {
        let [fine, coarse] = self.momenta.interpolation(l);
        if let [(i, _)] = fine[..] {
            return (self.blocks[i].clone(), None);
        }
        let channel = BandHermitian::combination(fine.iter().map(|(i, a)| (*a, &self.blocks[*i])));
        let less = coarse.iter().map(|(i, a)| (-a, &self.blocks[*i]));
        let defect = BandHermitian::combination(fine.iter().map(|(i, a)| (*a, &self.blocks[*i])).chain(less));
        (channel, Some(defect))
    }

    /// tr|ω_ℓ| for any ℓ ≤ ℓ_max, and its error √n‖E‖_HS ≥ tr|E|, E the change under two points fewer in the interpolation and the rows
    /// that are nothing.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    ///
    /// # Panics
    /// If ℓ > ℓ_max.
    pub fn channel_trace_norm(&self, l: usize) -> Result<(f64, f64), SpectrumError> {
        let (channel, defect) = self.channel(l);
        let (channel, left_out) = channel.trimmed(NOTHING);
        let root = (self.grid.len() as f64).sqrt();
        let error = defect.map_or(0.0, |e| e.hilbert_schmidt()) + left_out;
        Ok((channel.trace_norm()?, root * error))
    }

    /// tr|ω| = Σ(2ℓ+1)tr|ω_ℓ| over every ℓ ≤ ℓ_max, the channels between the chosen ones interpolated, and its error.
    ///
    /// A sparse sum of trace norms would not do: where ω has both signs, tr|ω_ℓ| oscillates in ℓ
    /// ([`AngularMomenta::sum_with_error`]). Several threads may share the ℓ by [`Self::channel_trace_norm`].
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn trace_norm(&self) -> Result<(f64, f64), SpectrumError> {
        let mut total = (0.0, 0.0);
        for l in 0..=self.momenta.last() {
            let (norm, error) = self.channel_trace_norm(l)?;
            total.0 += (2 * l + 1) as f64 * norm;
            total.1 += (2 * l + 1) as f64 * error;
        }
        Ok(total)
    }

    /// `[i]` = tr|ω_ℓ| of the chosen ℓ alone.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn trace_norms(&self) -> Result<Vec<f64>, SpectrumError> {
        self.blocks.iter().map(BandHermitian::trace_norm).collect()
    }

    /// (min λ, max λ) over the chosen channels: inside [0, 1] for a state.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn spectrum_extent(&self) -> Result<(f64, f64), SpectrumError> {
        let mut extent = (f64::INFINITY, f64::NEG_INFINITY);
        for block in &self.blocks {
            let (low, high) = block.spectrum_extent()?;
            extent = (extent.0.min(low), extent.1.max(high));
        }
        Ok(extent)
    }

    /// ω_ℓ ≈ Σ_k λ_k q_k q_k* with |λ_k| > threshold, ℓ = ℓ_i; √h u(r_j) = q_k(j) for the normalised reduced functions u.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn low_rank(&self, i: usize, threshold: f64) -> Result<Eigenvectors<Complex64>, SpectrumError> {
        let block = &self.blocks[i];
        Ok(hermitian_eigenvectors(block.n(), |a, b| block.entry(a, b))?.above(threshold))
    }

    /// ρ(r_j) = Σ(2ℓ+1)ω_ℓ(r_j;r_j)/(4πr_j²N) and the errors of the sparse sums, (value, error) at each radius.
    pub fn density(&self, n_particles: f64) -> Vec<(f64, f64)> {
        let shell = |j: usize| 4.0 * PI * self.grid.point(j).powi(2) * self.grid.spacing() * n_particles;
        let at = |j: usize| {
            let diagonal: Vec<f64> = self.blocks.iter().map(|block| block.diagonal(0)[j].re).collect();
            let (value, error) = self.momenta.sum_with_error(&diagonal);
            (value / shell(j), error / shell(j))
        };
        (0..self.grid.len()).map(at).collect()
    }

    /// tr f(|x|)ω = Σ(2ℓ+1)Σ_j f(r_j)(A_ℓ)_jj; `f` holds f at the radii.
    ///
    /// # Errors
    /// [`ChannelError::Mismatch`]: another number of values than radii.
    pub fn expectation(&self, f: &[f64]) -> Result<f64, ChannelError> {
        if f.len() != self.grid.len() {
            return Err(ChannelError::Mismatch);
        }
        let of = |block: &BandHermitian| block.diagonal(0).iter().zip(f).map(|(a, f)| a.re * f).sum();
        Ok(self.momenta.sum(&self.blocks.iter().map(of).collect::<Vec<f64>>()))
    }

    /// ω − ω̃.
    ///
    /// # Errors
    /// [`ChannelError::Mismatch`]: other radii or other ℓ.
    pub fn minus(&self, other: &Self) -> Result<Self, ChannelError> {
        if self.grid != other.grid || self.momenta != other.momenta {
            return Err(ChannelError::Mismatch);
        }
        let pairs = self.blocks.iter().zip(&other.blocks);
        let blocks: Result<Vec<_>, _> = pairs.map(|(a, b)| a.minus(b)).collect();
        let blocks = blocks.map_err(|_| ChannelError::Mismatch)?;
        Ok(Self { grid: self.grid, momenta: self.momenta.clone(), blocks })
    }

    /// ⊕_ℓ c(ℓ)ω_ℓ.
    pub fn scaled_by(&self, c: impl Fn(usize) -> f64) -> Self {
        let pairs = self.blocks.iter().zip(self.momenta.momenta());
        let blocks = pairs.map(|(block, &l)| block.scaled(c(l))).collect();
        Self { grid: self.grid, momenta: self.momenta.clone(), blocks }
    }

    /// cω.
    pub fn scaled(&self, c: f64) -> Self {
        let blocks = self.blocks.iter().map(|block| block.scaled(c)).collect();
        Self { grid: self.grid, momenta: self.momenta.clone(), blocks }
    }
}
