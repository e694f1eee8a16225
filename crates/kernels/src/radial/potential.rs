//! U = V∗ρ as data.

use super::bessel::{j0, j1_over};

/// The mean-field potential of one density: a polynomial in r² plus a sum of spherical waves,
///
/// U(r) = a + b r² + Σ_i c_i j₀(k_i r),
///
/// for 0 ≤ r ≤ the reach of its [`MeanField`](super::MeanField).
#[derive(Clone, Debug, PartialEq)]
pub struct Potential {
    /// a, b.
    pub(super) polynomial: [f64; 2],
    /// (k_i, c_i).
    pub(super) waves: Vec<(f64, f64)>,
}

impl Potential {
    /// U = 0.
    pub fn zero() -> Self {
        Self { polynomial: [0.0; 2], waves: Vec::new() }
    }

    /// U(r).
    pub fn value_at(&self, r: f64) -> f64 {
        let [a, b] = self.polynomial;
        a + b * r * r + self.waves.iter().map(|(k, c)| c * j0(k * r)).sum::<f64>()
    }

    /// U′(r) = r·[`Potential::stiffness_at`].
    pub fn derivative_at(&self, r: f64) -> f64 {
        r * self.stiffness_at(r)
    }

    /// U′(r)/r, even and smooth, so that ∇U(x) = x U′(|x|)/|x| has no singularity at 0.
    pub fn stiffness_at(&self, r: f64) -> f64 {
        2.0 * self.polynomial[1] - self.waves.iter().map(|(k, c)| c * k * k * j1_over(k * r)).sum::<f64>()
    }

    /// ΔU(r) = U″ + 2U′/r.
    pub fn laplacian_at(&self, r: f64) -> f64 {
        6.0 * self.polynomial[1] - self.waves.iter().map(|(k, c)| c * k * k * j0(k * r)).sum::<f64>()
    }

    /// Σ_i a_i U_i, e.g. V∗(ρ − ρ̃) of P16.2, or an interpolation in time.
    ///
    /// # Panics
    /// If the potentials have different wave numbers.
    pub fn combination(terms: &[(f64, &Self)]) -> Self {
        let mut sum = Self::zero();
        for &(factor, term) in terms {
            for (a, b) in sum.polynomial.iter_mut().zip(term.polynomial) {
                *a += factor * b;
            }
            if sum.waves.is_empty() {
                sum.waves = term.waves.iter().map(|(k, c)| (*k, factor * c)).collect();
            } else if !term.waves.is_empty() {
                sum.add_waves(factor, &term.waves);
            }
        }
        sum
    }

    fn add_waves(&mut self, factor: f64, waves: &[(f64, f64)]) {
        assert_eq!(self.waves.len(), waves.len(), "potentials of different mean fields cannot be combined");
        for ((k, c), (other, d)) in self.waves.iter_mut().zip(waves) {
            assert_eq!(k, other, "potentials of different mean fields cannot be combined");
            *c += factor * d;
        }
    }
}
