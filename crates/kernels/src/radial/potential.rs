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

/// U′(r)/r at fixed radii for many potentials of one mean field: each spherical wave is evaluated once.
#[derive(Clone, Debug)]
pub struct StiffnessTable {
    radii: usize,
    /// k_i, one row of `waves` each.
    wave_numbers: Vec<f64>,
    /// waves[i·radii + p] = −k_i² j₁(k_i r_p)/(k_i r_p).
    waves: Vec<f64>,
}

impl StiffnessTable {
    /// The table for the potentials with these wave numbers.
    pub(super) fn new(wave_numbers: Vec<f64>, radii: &[f64]) -> Self {
        let waves = wave_numbers.iter().flat_map(|k| radii.iter().map(move |r| -k * k * j1_over(k * r)));
        Self { radii: radii.len(), waves: waves.collect(), wave_numbers }
    }

    /// U′(r_p)/r_p at every radius.
    ///
    /// # Panics
    /// If the potential comes from another mean field.
    pub fn values(&self, potential: &Potential) -> Vec<f64> {
        let same = potential.waves.iter().map(|(k, _)| k).eq(&self.wave_numbers);
        assert!(same, "a table serves the potentials of its own mean field");
        let mut values = vec![2.0 * potential.polynomial[1]; self.radii];
        if self.radii == 0 {
            return values;
        }
        for ((_, c), row) in potential.waves.iter().zip(self.waves.chunks_exact(self.radii)) {
            for (value, wave) in values.iter_mut().zip(row) {
                *value += c * wave;
            }
        }
        values
    }
}
