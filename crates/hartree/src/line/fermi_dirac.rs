//! f_k = 1/(1 + e^{(e_k−μ)/T}), Σ_kf_k = N: levels filled at a temperature, and the trap's own.
//!
//! The entropy is S = −Σ_k[f_k ln f_k + (1−f_k)ln(1−f_k)]. In the trap V_ext = s²x² alone e_k = εs(2k+1), and as T → 0 the state becomes the
//! oscillator sea. For T of order one ω is the quantisation of a smooth W; T = τε fills a number of levels of order τ in part.

use phase_space::Scaling;
use phase_space::line::Axis;

use super::orbital_error::OrbitalError;
use super::orbitals::{Orbitals, particles};
use super::oscillator_sea::hermite_values;

/// Levels filled at a temperature.
#[derive(Clone, Debug, PartialEq)]
pub struct FermiDirac {
    /// μ.
    pub chemical_potential: f64,
    /// f_k of the lowest levels, scaled to Σf_k = N once the higher ones are left out.
    pub occupations: Vec<f64>,
    /// Σf_k of what is left out, or of what no level is there for.
    pub left_out: f64,
}

impl FermiDirac {
    /// N particles on ascending levels; those that are filled less than `negligible` are left out.
    ///
    /// # Errors
    /// T or `negligible` not positive and finite, `negligible` above 10⁻³; no more levels than N.
    pub fn fill(levels: &[f64], n: usize, temperature: f64, negligible: f64) -> Result<Self, OrbitalError> {
        if !(temperature > 0.0 && temperature.is_finite()) {
            let wanted = "positive and finite";
            return Err(OrbitalError::Setting { name: "temperature", value: temperature, wanted });
        }
        if !(negligible > 0.0 && negligible <= 1e-3) {
            let wanted = "in (0, 1e-3]";
            return Err(OrbitalError::Setting { name: "negligible", value: negligible, wanted });
        }
        if levels.len() <= n {
            return Err(OrbitalError::Points { n, points: levels.len() });
        }
        let filled = |mu: f64| levels.iter().map(move |e| occupation(*e, mu, temperature));
        // Σf increases with μ: all that can be is between these
        let (mut low, mut high) =
            (levels[0] - 800.0 * temperature, levels[levels.len() - 1] + 800.0 * temperature);
        while 0.5 * (low + high) > low && 0.5 * (low + high) < high {
            let middle = 0.5 * (low + high);
            if filled(middle).sum::<f64>() < n as f64 { low = middle } else { high = middle }
        }
        let mu = 0.5 * (low + high);
        let (kept, rest): (Vec<f64>, Vec<f64>) = filled(mu).partition(|f| *f >= negligible);
        let scale = n as f64 / kept.iter().sum::<f64>();
        let occupations = kept.iter().map(|f| (f * scale).min(1.0)).collect();
        Ok(Self { chemical_potential: mu, occupations, left_out: rest.iter().sum() })
    }

    /// S.
    pub fn entropy(&self) -> f64 {
        let x_ln_x = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
        -self.occupations.iter().map(|f| x_ln_x(*f) + x_ln_x(1.0 - f)).sum::<f64>()
    }
}

/// 1/(1 + e^{(e−μ)/T}).
fn occupation(e: f64, mu: f64, temperature: f64) -> f64 {
    1.0 / (1.0 + ((e - mu) / temperature).exp())
}

impl Orbitals {
    /// The Fermi–Dirac state of the trap V_ext = s²x² alone, exact at the points; levels filled less than `negligible` are left out.
    ///
    /// # Errors
    /// s not positive and finite; an ε that is not 1/N; T or `negligible` out of range; an axis that does not hold or resolve the state,
    /// which shows in ⟨φ_j|φ_k⟩.
    pub fn fermi_dirac(
        axis: &Axis,
        scaling: Scaling,
        s: f64,
        temperature: f64,
        negligible: f64,
    ) -> Result<Self, OrbitalError> {
        let filled = oscillator_levels(scaling, s, temperature, negligible)?;
        let values = hermite_values(axis, s / scaling.eps(), filled.occupations.len());
        Self::mixed(axis, scaling, filled.occupations, values)
    }
}

/// The levels εs(2k+1) filled at a temperature.
///
/// # Errors
/// s not positive and finite; an ε that is not 1/N; T or `negligible` out of range.
pub fn oscillator_levels(
    scaling: Scaling,
    s: f64,
    temperature: f64,
    negligible: f64,
) -> Result<FermiDirac, OrbitalError> {
    if !(s > 0.0 && s.is_finite()) {
        return Err(OrbitalError::Setting { name: "s", value: s, wanted: "positive and finite" });
    }
    let (n, spacing) = (particles(scaling)?, 2.0 * scaling.eps() * s);
    // f at level k is below e^{−(e_k−μ)/T}, and μ below the level N of T = 0 by Jensen's inequality but for a spacing
    let above = (40.0 * temperature / spacing).ceil();
    let count = if above < 1e6 { n + 2 + above as usize } else { n };
    let levels: Vec<f64> = (0..count).map(|k| spacing * (k as f64 + 0.5)).collect();
    FermiDirac::fill(&levels, n, temperature, negligible)
}
