//! The trap's own levels filled at a temperature: in V_ext = s²x² alone e_k = εs(2k+1), and as T → 0 the state becomes the oscillator sea.
//!
//! For T of order one ω is the quantisation of a smooth W; T = τε fills a number of levels of order τ in part.

use phase_space::Scaling;
use phase_space::line::Axis;

use super::orbital_error::OrbitalError;
use super::orbitals::{Orbitals, particles};
use super::oscillator_sea::hermite_values;
use crate::FermiDirac;

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
    let levels: Vec<_> = (0..count).map(|k| (spacing * (k as f64 + 0.5), 1.0)).collect();
    Ok(FermiDirac::fill(&levels, n as f64, temperature, negligible)?)
}
