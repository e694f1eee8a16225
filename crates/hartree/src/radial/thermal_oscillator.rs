//! The isotropic oscillator's levels, filled: ω = Σ_m f_mP_m, P_m the projection on the states of degree m of −ε²Δ + s²|x|².
//!
//! The level of degree m, εs(2m+3), has (m+1)(m+2)/2 states: u_kℓ of every channel with 2k + ℓ = m.

use num_complex::Complex64;
use operators::BandHermitian;
use operators::radial::{ChannelError, Channels};
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};

use super::oscillator::OscillatorBasis;
use crate::{FermiDirac, HartreeError};

/// Levels beyond that of T = 0, over T: e^{−40} is nothing.
const ABOVE: f64 = 40.0;

/// Most levels beyond that of T = 0.
const MOST: f64 = 1e5;

/// The Fermi–Dirac state of N = ε^{−3} particles in the trap s²|x|²: for T of order one the quantisation of a smooth W, for T → 0 closed shells
/// ([`super::OscillatorSea`]), if N fills them.
#[derive(Clone, Debug, PartialEq)]
pub struct ThermalOscillator {
    scaling: Scaling,
    s: f64,
    filled: FermiDirac,
}

impl ThermalOscillator {
    /// Levels that are filled less than `negligible` are left out.
    ///
    /// # Errors
    /// [`HartreeError`]: a scaling with d ≠ 3, an s, T or `negligible` out of range.
    pub fn new(scaling: Scaling, s: f64, temperature: f64, negligible: f64) -> Result<Self, HartreeError> {
        if scaling.dimension() != 3 {
            return Err(HartreeError::Space(scaling.dimension()));
        }
        if !(s > 0.0 && s.is_finite()) {
            return Err(HartreeError::Sea { shells: 1, s });
        }
        let (spacing, n) = (2.0 * scaling.eps() * s, scaling.n());
        let above = ABOVE * temperature / spacing;
        // M shells hold at least M³/6; a T that asks for too many is refused, with no level at all
        let count = if above < MOST { (6.0 * n).cbrt() + 2.0 + above } else { 0.0 };
        let level = |m: usize| {
            let m = m as f64;
            (spacing * (m + 1.5), 0.5 * (m + 1.0) * (m + 2.0))
        };
        let levels: Vec<_> = (0..count as usize).map(level).collect();
        Ok(Self { scaling, s, filled: FermiDirac::fill(&levels, n, temperature, negligible)? })
    }

    /// ε, N and d = 3.
    pub fn scaling(&self) -> Scaling {
        self.scaling
    }

    /// μ, f_m and what is left out.
    pub fn filled(&self) -> &FermiDirac {
        &self.filled
    }

    /// The highest level with particles.
    pub fn highest(&self) -> f64 {
        self.scaling.eps() * self.s * (2 * self.filled.occupations.len() + 1) as f64
    }

    /// The channels hω_ℓ(r_i;r_j) = hΣ_k f_{2k+ℓ}u_kℓ(r_i)u_kℓ(r_j), full matrices, and an empty last one.
    ///
    /// # Errors
    /// [`ChannelError`]: values that are not finite.
    pub fn channels(&self, grid: &RadialGrid) -> Result<Channels, ChannelError> {
        filled_channels(self.scaling.eps(), self.s, &self.filled.occupations, grid)
    }
}

/// hω_ℓ(r_i;r_j) of Σ_m f_mP_m, m < M, for ℓ ≤ M: the last is empty.
pub(super) fn filled_channels(
    eps: f64,
    s: f64,
    occupations: &[f64],
    grid: &RadialGrid,
) -> Result<Channels, ChannelError> {
    let last = occupations.len();
    let basis = OscillatorBasis::new(eps, s, last.max(1) - 1);
    let empty = |n: usize| {
        BandHermitian::from_diagonals(n, vec![vec![Complex64::ZERO; n]]).map_err(|_| ChannelError::Mismatch)
    };
    let block = |l: usize| {
        if l == last {
            return empty(grid.len());
        }
        let (n, u) = (basis.len(l), basis.values(grid, l));
        let row = |i: usize| u[i * n..(i + 1) * n].iter().zip(occupations[l..].iter().step_by(2));
        let entry = |i: usize, j: usize| {
            let sum: f64 = row(i).zip(row(j)).map(|((a, f), (b, _))| f * a * b).sum();
            Complex64::from(sum)
        };
        let diagonals = (0..grid.len()).map(|d| (d..grid.len()).map(|i| entry(i, i - d)).collect()).collect();
        BandHermitian::from_diagonals(grid.len(), diagonals).map_err(|_| ChannelError::Mismatch)
    };
    let blocks = (0..=last).map(block).collect::<Result<Vec<_>, _>>()?;
    Channels::new(*grid, AngularMomenta::full(last), blocks)
}
