//! Σ_ℓ (2ℓ+1)g(ℓ) from a sparse set of ℓ.
//!
//! In a semiclassical state the contribution of channel ℓ is a smooth function of L = ε(ℓ+½), so that the number of channels that
//! are needed does not grow like 1/ε. The summand falls like a Gaussian or an exponential in L; what is interpolated between
//! the chosen ℓ is e^{γεℓ}g(ℓ), which is flatter, by the Lagrange polynomial through the nearest ten of them:
//!
//! ```math
//! \sum_{\ell\le\ell_{\max}}(2\ell+1)\,g(\ell) \approx \sum_i m_i\,g(\ell_i), \qquad
//!   m_i = \sum_{\ell\le\ell_{\max}}(2\ell+1)\,e^{-\gamma\varepsilon(\ell-\ell_i)}\,\Lambda_i(\ell).
//! ```

use thiserror::Error;

/// Angular momenta ℓ_i with the multiplicities m_i of Σ_ℓ (2ℓ+1)g(ℓ) ≈ Σ_i m_i g(ℓ_i); m_i = 2ℓ_i+1 in the full set.
#[derive(Clone, Debug, PartialEq)]
pub struct AngularMomenta {
    momenta: Vec<usize>,
    multiplicities: Vec<f64>,
    /// The multiplicities of the rule with two points fewer, on the same ℓ.
    companions: Vec<f64>,
    /// The multiplicities for summands that fall like e^{−2γεℓ}.
    squares: Vec<f64>,
    interpolation: Interpolation,
}

/// e^{−rate·ℓ} times the Lagrange polynomial of the values through so many neighbouring ℓ_i.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Interpolation {
    rate: f64,
    points: usize,
}

/// Largest distance of neighbouring L = ε(ℓ+½) in the sparse set.
pub const ELL_SPACING: f64 = 0.8;

/// All ℓ up to here are in every sparse set: near r = 0 only these contribute, and the sums are exact.
const ALL_UP_TO: usize = 10;

/// How a sparse set is chosen and its weights made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SparseRule {
    /// Largest distance of neighbouring ℓ, times ε.
    pub spacing: f64,
    /// Largest distance of neighbouring ℓ, over ℓ.
    pub ratio: f64,
    /// γ: the summand is taken to fall roughly like e^{−γεℓ}.
    pub decay: f64,
    /// Points of the local interpolation, even.
    pub points: usize,
}

impl Default for SparseRule {
    /// Spacing 0.8, ratio 1/12, decay 0.7, ten points: for states whose L are of order 1.
    ///
    /// Thermal states of width 1 at ε = 1/16: 75 of 449 channels, trace to 2·10⁻¹¹, density to 4·10⁻¹⁰ everywhere. With ratio 1/8, 63
    /// channels and 2·10⁻⁸, from small radii, where the density is a Gaussian of L/r; with ratio 1/16, 88 channels and 2·10⁻¹¹.
    fn default() -> Self {
        Self { spacing: ELL_SPACING, ratio: 1.0 / 12.0, decay: 0.7, points: 10 }
    }
}

/// Why a set of angular momenta was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum AngularMomentaError {
    /// ε outside (0, 1].
    #[error("ε = {0} is not in (0, 1]")]
    Epsilon(f64),
    /// Spacing, decay or number of points out of range.
    #[error(
        "a sparse rule needs a positive spacing and ratio, a finite decay ≥ 0 and 4, 6, 8, 10 or 12 points, not {0:?}"
    )]
    Rule(SparseRule),
}

impl AngularMomenta {
    /// Every ℓ ≤ ℓ_max, with 2ℓ+1.
    pub fn full(l_max: usize) -> Self {
        let multiplicities: Vec<f64> = (0..=l_max).map(|l| (2 * l + 1) as f64).collect();
        let (companions, squares) = (multiplicities.clone(), multiplicities.clone());
        let interpolation = Interpolation { rate: 0.0, points: 2 };
        Self { momenta: (0..=l_max).collect(), multiplicities, companions, squares, interpolation }
    }

    /// All ℓ ≤ 10, then at distances min(ℓ/12, 0.8/ε), up to and with ℓ_max.
    ///
    /// # Errors
    /// [`AngularMomentaError::Epsilon`].
    pub fn sparse(eps: f64, l_max: usize) -> Result<Self, AngularMomentaError> {
        Self::sparse_with(eps, l_max, &SparseRule::default())
    }

    /// [`Self::sparse`] by another rule.
    ///
    /// # Errors
    /// [`AngularMomentaError`]: ε outside (0, 1], a rule out of range.
    pub fn sparse_with(eps: f64, l_max: usize, rule: &SparseRule) -> Result<Self, AngularMomentaError> {
        if !(eps > 0.0 && eps <= 1.0) {
            return Err(AngularMomentaError::Epsilon(eps));
        }
        let positive = rule.spacing > 0.0 && rule.ratio > 0.0 && rule.decay >= 0.0 && rule.decay.is_finite();
        if !(positive && [4, 6, 8, 10, 12].contains(&rule.points)) {
            return Err(AngularMomentaError::Rule(*rule));
        }
        let momenta = chosen(rule.spacing / eps, rule.ratio, l_max);
        let interpolation = Interpolation { rate: rule.decay * eps, points: rule.points };
        let twice = Interpolation { rate: 2.0 * interpolation.rate, ..interpolation };
        Ok(Self {
            multiplicities: interpolation.multiplicities(&momenta),
            companions: interpolation.coarser().multiplicities(&momenta),
            squares: twice.multiplicities(&momenta),
            interpolation,
            momenta,
        })
    }

    /// Number of chosen ℓ.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.momenta.len()
    }

    /// The ℓ_i, increasing.
    pub fn momenta(&self) -> &[usize] {
        &self.momenta
    }

    /// The m_i.
    pub fn multiplicities(&self) -> &[f64] {
        &self.multiplicities
    }

    /// ℓ_max.
    pub fn last(&self) -> usize {
        self.momenta.last().copied().unwrap_or(0)
    }

    /// Σ_i m_i g_i ≈ Σ_{ℓ≤ℓ_max} (2ℓ+1)g(ℓ) for the values g_i = g(ℓ_i).
    ///
    /// # Panics
    /// If the number of values is not that of the ℓ_i.
    pub fn sum(&self, values: &[f64]) -> f64 {
        assert_eq!(values.len(), self.len(), "one value for each angular momentum is needed");
        values.iter().zip(&self.multiplicities).map(|(g, m)| g * m).sum()
    }

    /// Σ_ℓ (2ℓ+1)g(ℓ)² for g_i = g(ℓ_i): e^{2γεℓ}g² is what is interpolated.
    ///
    /// # Panics
    /// If the number of values is not that of the ℓ_i.
    pub fn sum_of_squares(&self, values: &[f64]) -> f64 {
        assert_eq!(values.len(), self.len(), "one value for each angular momentum is needed");
        values.iter().zip(&self.squares).map(|(g, m)| g * g * m).sum()
    }

    /// g(ℓ) ≈ Σ_i a_i g(ℓ_i) at any ℓ ≤ ℓ_max: the (i, a_i), and those of the rule with two points fewer. For a chosen ℓ its own value.
    ///
    /// # Panics
    /// If ℓ > ℓ_max.
    pub fn interpolation(&self, l: usize) -> [Vec<(usize, f64)>; 2] {
        assert!(l <= self.last(), "only angular momenta up to the last are interpolated");
        [self.interpolation, self.interpolation.coarser()].map(|rule| rule.stencil(&self.momenta, l))
    }

    /// [`Self::sum`] and its error: the distance to the same sum by interpolation with two points fewer. 0 for the full set; what
    /// lies above ℓ_max is not in it.
    ///
    /// It holds for smooth summands. The trace norm of a difference whose symbol changes its sign is not one: the eigenvalue that
    /// is nearest to 0 moves with ℓ, and Σ_k|λ_k| oscillates from one ℓ to the next by a part of order ε², which no interpolation
    /// sees and this error neither. Interpolate the operators ([`Self::interpolation`]), or take the full set.
    ///
    /// # Panics
    /// If the number of values is not that of the ℓ_i.
    pub fn sum_with_error(&self, values: &[f64]) -> (f64, f64) {
        let value = self.sum(values);
        let coarser: f64 = values.iter().zip(&self.companions).map(|(g, m)| g * m).sum();
        (value, (value - coarser).abs())
    }
}

/// All ℓ ≤ 10, then steps min(ratio·ℓ, widest), and ℓ_max.
fn chosen(widest: f64, ratio: f64, l_max: usize) -> Vec<usize> {
    let mut momenta: Vec<usize> = (0..=l_max.min(ALL_UP_TO)).collect();
    let mut l = ALL_UP_TO;
    while l < l_max {
        let step = (l as f64 * ratio).min(widest).floor().max(1.0) as usize;
        l = (l + step).min(l_max);
        momenta.push(l);
    }
    momenta
}

impl Interpolation {
    /// The rule with two points fewer, for the error.
    fn coarser(self) -> Self {
        Self { points: self.points.saturating_sub(2).max(2), ..self }
    }

    /// (i, e^{−γε(ℓ−ℓ_i)} Λ_i(ℓ)), Λ_i the Lagrange polynomials through the ℓ_i around ℓ.
    fn stencil(self, momenta: &[usize], l: usize) -> Vec<(usize, f64)> {
        let after = momenta.partition_point(|&node| node < l);
        if momenta.get(after) == Some(&l) {
            return vec![(after, 1.0)];
        }
        let width = self.points.min(momenta.len());
        let first = after.saturating_sub(width / 2).min(momenta.len() - width);
        let stencil = &momenta[first..first + width];
        let weight =
            |k: usize| (-self.rate * (l as f64 - stencil[k] as f64)).exp() * lagrange(stencil, k, l as f64);
        (0..width).map(|k| (first + k, weight(k))).collect()
    }

    /// m_i = Σ_ℓ (2ℓ+1)e^{−γε(ℓ−ℓ_i)} Λ_i(ℓ).
    fn multiplicities(self, momenta: &[usize]) -> Vec<f64> {
        let mut multiplicities = vec![0.0; momenta.len()];
        for l in 0..=momenta.last().copied().unwrap_or(0) {
            for (i, weight) in self.stencil(momenta, l) {
                multiplicities[i] += (2 * l + 1) as f64 * weight;
            }
        }
        multiplicities
    }
}

/// Π_{q≠k} (ℓ−ℓ_q)/(ℓ_k−ℓ_q).
fn lagrange(stencil: &[usize], k: usize, l: f64) -> f64 {
    let node = stencil[k] as f64;
    let others = stencil.iter().enumerate().filter(|(q, _)| *q != k);
    others.map(|(_, &other)| (l - other as f64) / (node - other as f64)).product()
}
