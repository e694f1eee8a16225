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
}

/// Largest distance of neighbouring L = ε(ℓ+½) in the sparse set.
pub const ELL_SPACING: f64 = 0.8;

/// All ℓ up to here are in every sparse set: near r = 0 only these contribute, and the sums are exact.
const ALL_UP_TO: usize = 10;

/// How a sparse set is chosen and its weights made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SparseRule {
    /// Largest distance of neighbouring ℓ, times ε; below ℓ = 8·spacing/ε the distance is ℓ/8.
    pub spacing: f64,
    /// γ: the summand is taken to fall roughly like e^{−γεℓ}.
    pub decay: f64,
    /// Points of the local interpolation, even.
    pub points: usize,
}

impl Default for SparseRule {
    /// Spacing 0.8, decay 0.7, ten points: for states whose L are of order 1. For thermal traces with decay 1 the error
    /// is 10⁻¹², with eight points on the same set 10⁻¹⁰; the error that [`AngularMomenta::sum_with_error`] states is that of eight.
    fn default() -> Self {
        Self { spacing: ELL_SPACING, decay: 0.7, points: 10 }
    }
}

/// Why a set of angular momenta was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum AngularMomentaError {
    /// ε outside (0, 1].
    #[error("ε = {0} is not in (0, 1]")]
    Epsilon(f64),
    /// Spacing, decay or number of points out of range.
    #[error("a sparse rule needs a positive spacing, a finite decay ≥ 0 and 4, 6, 8 or 10 points, not {0:?}")]
    Rule(SparseRule),
}

impl AngularMomenta {
    /// Every ℓ ≤ ℓ_max, with 2ℓ+1.
    pub fn full(l_max: usize) -> Self {
        let multiplicities: Vec<f64> = (0..=l_max).map(|l| (2 * l + 1) as f64).collect();
        let (companions, squares) = (multiplicities.clone(), multiplicities.clone());
        Self { momenta: (0..=l_max).collect(), multiplicities, companions, squares }
    }

    /// All ℓ ≤ 10, then at distances min(ℓ/8, 0.8/ε), up to and with ℓ_max.
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
        let positive = rule.spacing > 0.0 && rule.decay >= 0.0 && rule.decay.is_finite();
        if !(positive && [4, 6, 8, 10].contains(&rule.points)) {
            return Err(AngularMomentaError::Rule(*rule));
        }
        let momenta = chosen(rule.spacing / eps, l_max);
        let rate = rule.decay * eps;
        Ok(Self {
            multiplicities: multiplicities(&momenta, rate, rule.points),
            companions: multiplicities(&momenta, rate, rule.points - 2),
            squares: multiplicities(&momenta, 2.0 * rate, rule.points),
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

    /// [`Self::sum`] and its error: the distance to the same sum by interpolation with two points fewer. 0 for the full set; what
    /// lies above ℓ_max is not in it.
    ///
    /// # Panics
    /// If the number of values is not that of the ℓ_i.
    pub fn sum_with_error(&self, values: &[f64]) -> (f64, f64) {
        let value = self.sum(values);
        let coarser: f64 = values.iter().zip(&self.companions).map(|(g, m)| g * m).sum();
        (value, (value - coarser).abs())
    }
}

/// All ℓ ≤ 10, then steps min(ℓ/8, widest), and ℓ_max.
fn chosen(widest: f64, l_max: usize) -> Vec<usize> {
    let mut momenta: Vec<usize> = (0..=l_max.min(ALL_UP_TO)).collect();
    let mut l = ALL_UP_TO;
    while l < l_max {
        let step = (l as f64 / 8.0).min(widest).floor().max(1.0) as usize;
        l = (l + step).min(l_max);
        momenta.push(l);
    }
    momenta
}

/// m_i = Σ_ℓ (2ℓ+1)e^{−γε(ℓ−ℓ_i)} Λ_i(ℓ), Λ_i the Lagrange polynomials through the `points` momenta around ℓ.
fn multiplicities(momenta: &[usize], rate: f64, points: usize) -> Vec<f64> {
    let mut weights = vec![0.0; momenta.len()];
    let width = points.min(momenta.len());
    for (i, &l) in momenta.iter().enumerate() {
        weights[i] += (2 * l + 1) as f64;
        let next = momenta.get(i + 1).copied().unwrap_or(l);
        let first = (i + 1).saturating_sub(width / 2).min(momenta.len() - width);
        let stencil = &momenta[first..first + width];
        for between in l + 1..next {
            for (k, &node) in stencil.iter().enumerate() {
                let growth = (-rate * (between as f64 - node as f64)).exp();
                weights[first + k] +=
                    (2 * between + 1) as f64 * growth * lagrange(stencil, k, between as f64);
            }
        }
    }
    weights
}

/// Π_{q≠k} (ℓ−ℓ_q)/(ℓ_k−ℓ_q).
fn lagrange(stencil: &[usize], k: usize, l: f64) -> f64 {
    let node = stencil[k] as f64;
    let others = stencil.iter().enumerate().filter(|(q, _)| *q != k);
    others.map(|(_, &other)| (l - other as f64) / (node - other as f64)).product()
}
