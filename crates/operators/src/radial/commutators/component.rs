//! `[x₃,ω]`, one component: it keeps m and couples ℓ with ℓ±1.
//!
//! On the functions u_ℓ(r)Y_ℓm, ℓ ≥ |m|, of a fixed m, x₃ has the elements
//!
//!   a_ℓm r between ℓ and ℓ+1,  a_ℓm = (((ℓ+1)² − m²)/((2ℓ+1)(2ℓ+3)))^{1/2},
//!
//! so that `[x₃,ω]` is block-tridiagonal, a_ℓm(rω_ℓ − ω_{ℓ+1}r) below the diagonal and minus its adjoint above; after the unitary change
//! of basis i^ℓ it is Hermitian, with the same entries below the diagonal. tr|\[x₃,ω\]| = Σ_m of its trace norms. Its order is n(ℓ_max+1),
//! and its cost O(ε^{−6}): half a second at ε = 1/2, five at 1/4, minutes at 1/8. ([`super::VectorCommutator`] serves every ε.)

use std::f64::consts::PI;

use num_complex::Complex64;
use phase_space::radial::RadialGrid;

use crate::radial::Channels;
use crate::{BandHermitian, SpectrumError};

/// `[x₃,ω]` by sectors of m.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentCommutator {
    grid: RadialGrid,
    /// ω_ℓ for every ℓ ≤ ℓ_max.
    channels: Vec<BandHermitian>,
    /// `[ℓ]` = bound of ‖E_ℓ r‖_tr, E_ℓ the error of ω_ℓ.
    errors: Vec<f64>,
}

impl ComponentCommutator {
    /// `[x₃,ω]`; channels that ω holds not itself are interpolated.
    pub fn new(omega: &Channels) -> Self {
        let (channels, errors) = (0..=omega.momenta().last()).map(|l| omega.neighbour(l)).unzip();
        Self { grid: *omega.grid(), channels, errors }
    }

    /// ℓ_max, the largest |m|.
    pub fn last(&self) -> usize {
        self.channels.len() - 1
    }

    /// The block of m, index (ℓ−|m|)n + j.
    ///
    /// # Panics
    /// If |m| > ℓ_max.
    pub fn sector(&self, m: usize) -> BandHermitian {
        assert!(m <= self.last(), "no channel has so large an |m|");
        let n = self.grid.len();
        let widest = self.channels.iter().map(BandHermitian::half_bandwidth).max().unwrap_or(0);
        let order = n * (self.channels.len() - m);
        let entry = |row: usize, column: usize| {
            let (l, i, j) = (m + column / n, row % n, column % n);
            if row / n != column / n + 1 {
                return Complex64::ZERO;
            }
            let (low, high) = (&self.channels[l], &self.channels[l + 1]);
            coefficient(l, m) * (self.grid.point(i) * low.entry(i, j) - high.entry(i, j) * self.grid.point(j))
        };
        BandHermitian::from_entries(order, (n + widest).min(order - 1), entry)
    }

    /// tr|\[x₃,ω\]| in the sector of m, and what the interpolation of channels costs it.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn sector_trace_norm(&self, m: usize) -> Result<(f64, f64), SpectrumError> {
        // each E_ℓ stands in two blocks below the diagonal and two above
        let error = (m..=self.last()).map(|l| 4.0 * self.errors[l]).sum();
        Ok((self.sector(m).trace_norm()?, error))
    }

    /// tr|\[x₃,ω\]| = Σ_m over all |m| ≤ ℓ_max, and its error; several threads may share the m by [`Self::sector_trace_norm`].
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence.
    pub fn trace_norm(&self) -> Result<(f64, f64), SpectrumError> {
        let mut total = (0.0, 0.0);
        for m in 0..=self.last() {
            let (value, error) = self.sector_trace_norm(m)?;
            let twice = if m == 0 { 1.0 } else { 2.0 };
            total = (total.0 + twice * value, total.1 + twice * error);
        }
        Ok(total)
    }

    /// The angular average of ρ_{|\[x₃,ω\]|}(x) = |\[x₃,ω\]|(x;x) at the radii, to about `tolerance`·‖`[x₃,ω]`‖: Σ_mℓ|…|_ℓℓ(r;r)/(4πr²). By
    /// symmetry it is that of every component.
    ///
    /// # Errors
    /// [`SpectrumError`]: a tolerance outside [10⁻¹⁰, 1), no convergence.
    pub fn density(&self, tolerance: f64) -> Result<Vec<f64>, SpectrumError> {
        let n = self.grid.len();
        let mut density = vec![0.0; n];
        for m in 0..=self.last() {
            let twice = if m == 0 { 1.0 } else { 2.0 };
            let modulus = self.sector(m).absolute_diagonal(tolerance)?;
            for (index, value) in modulus.values.iter().enumerate() {
                density[index % n] += twice * value;
            }
        }
        let shell = |j: usize| 4.0 * PI * self.grid.point(j).powi(2) * self.grid.spacing();
        Ok(density.iter().enumerate().map(|(j, sum)| sum / shell(j)).collect())
    }
}

/// a_ℓm.
fn coefficient(l: usize, m: usize) -> f64 {
    let (l, m) = (l as f64, m as f64);
    (((l + 1.0).powi(2) - m * m) / ((2.0 * l + 1.0) * (2.0 * l + 3.0))).sqrt()
}
