//! The diagonal of |K| = (K²)^{1/2} without eigenvectors.
//!
//! |x| on the spectrum is a sum over poles is_k ([`rational`]), and the diagonal of each (K − is_k)^(−1) a selected inversion of
//! the band ([`selected`]):
//!
//!   |K|_jj ≈ Σ_k w_k (1 − s_k Im(K − is_k)^(−1)_jj),   about 3nb² complex multiply-adds a pole.

mod rational;
mod selected;

use num_complex::Complex64;
use rational::Rational;
use selected::imaginary_diagonals;

use crate::{BandHermitian, SpectrumError, dense};

/// The diagonal of |K|, with the largest error of its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct AbsoluteDiagonal {
    /// `[j]` = |K|_jj; Σ_j |K|_jj = tr|K|.
    pub values: Vec<f64>,
    /// Bound of every |K|_jj: that of the rational function, sup||x|−r(x)|·‖K‖ (the diagonal of an operator is at most its norm),
    /// and what another order of elimination changes at the smallest poles, where rounding is largest.
    pub error: f64,
}

/// Entries below this part of ‖K‖ are taken for zero, which keeps products away from underflow.
const NEGLIGIBLE: f64 = 1e-100;

impl BandHermitian {
    /// The diagonal of |A| with `error` about `tolerance`·‖A‖: by poles while b ≤ n/8, else by eigenvectors.
    ///
    /// The line between the two is where the bench `absolute` finds them equal at 10⁻⁸: b = 17 at n = 128, 60 at 576, about 110
    /// at 1152.
    ///
    /// # Errors
    /// [`SpectrumError`]: a tolerance outside [10⁻¹⁰, 1); eigenvalues that do not converge.
    pub fn absolute_diagonal(&self, tolerance: f64) -> Result<AbsoluteDiagonal, SpectrumError> {
        if 8 * self.half_bandwidth() <= self.n() {
            self.banded_absolute_diagonal(tolerance)
        } else {
            check(tolerance)?;
            self.dense_absolute_diagonal()
        }
    }

    /// The diagonal of |A| by poles, O(nb² ln²(1/tolerance)).
    ///
    /// # Errors
    /// [`SpectrumError::Tolerance`].
    pub fn banded_absolute_diagonal(&self, tolerance: f64) -> Result<AbsoluteDiagonal, SpectrumError> {
        check(tolerance)?;
        let (n, b, norm) = (self.n(), self.half_bandwidth(), self.norm_bound());
        if norm == 0.0 {
            return Ok(AbsoluteDiagonal { values: vec![0.0; n], error: 0.0 });
        }
        let clean = |x: f64| if x.abs() < NEGLIGIBLE { 0.0 } else { x };
        let entry = |i: usize, j: usize| {
            let a = self.entry(i, j) / norm;
            Complex64::new(clean(a.re), clean(a.im))
        };
        let rational = Rational::within(tolerance);
        let (groups, _) = rational.poles.as_chunks::<4>();
        let mut values = vec![0.0; n];
        let mut smallest = Vec::new();
        for group in groups {
            smallest = terms(n, b, entry, group);
            values.iter_mut().zip(&smallest).for_each(|(value, term)| *value += term);
        }
        // the same four poles, eliminated from the last row to the first
        let reversed = |i: usize, j: usize| entry(n - 1 - i, n - 1 - j);
        let again = groups.last().map(|group| terms(n, b, reversed, group)).unwrap_or_default();
        let rounding =
            smallest.iter().zip(again.iter().rev()).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()));
        let floor = f64::EPSILON * rational.poles.len() as f64;
        values.iter_mut().for_each(|value| *value *= norm);
        Ok(AbsoluteDiagonal { values, error: norm * (rational.error + rounding + floor) })
    }

    /// The diagonal of |A| = Q|Λ|Q* through the full matrix: O(n³), the slow oracle of [`Self::absolute_diagonal`].
    ///
    /// # Errors
    /// [`SpectrumError`] of the eigenvalues.
    pub fn dense_absolute_diagonal(&self) -> Result<AbsoluteDiagonal, SpectrumError> {
        let norm = self.norm_bound();
        // in units of ‖A‖, as squares of small entries underflow
        let unit = if norm == 0.0 { 1.0 } else { norm };
        let mut values = dense::hermitian_absolute_diagonal(self.n(), |i, j| self.entry(i, j) / unit)?;
        values.iter_mut().for_each(|value| *value *= norm);
        Ok(AbsoluteDiagonal { values, error: f64::EPSILON * self.n() as f64 * norm })
    }

    /// ‖A‖ ≤ max_i Σ_j|A_ij|; no squares, so that small entries do not vanish.
    fn norm_bound(&self) -> f64 {
        let (n, b) = (self.n(), self.half_bandwidth());
        let row = |i: usize| (i.saturating_sub(b)..(i + b + 1).min(n)).map(|j| self.entry(i, j).norm()).sum();
        (0..n).map(row).fold(0.0, f64::max)
    }
}

/// Σ_k w_k (1 − s_k Im(K − is_k)^(−1)_jj) over four poles.
fn terms(n: usize, b: usize, entry: impl Fn(usize, usize) -> Complex64, poles: &[(f64, f64); 4]) -> Vec<f64> {
    let inverse = imaginary_diagonals(n, b, entry, poles.map(|(s, _)| s));
    let term = |z: &[f64; 4]| poles.iter().zip(z).map(|((s, w), z)| w * (1.0 - s * z)).sum();
    inverse.iter().map(term).collect()
}

/// Whether a diagonal can be had to this accuracy.
pub(crate) fn check(tolerance: f64) -> Result<(), SpectrumError> {
    if (rational::BEST..1.0).contains(&tolerance) { Ok(()) } else { Err(SpectrumError::Tolerance(tolerance)) }
}
