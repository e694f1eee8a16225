//! The N lowest levels of −ε²Δ + s²x²: e_n = εs(2n+1), φ_n(x) = (s/ε)^{1/4} h_n(ξ), ξ = x√(s/ε), with the Hermite functions
//!
//! h_0 = π^{−1/4}e^{−ξ²/2},  h_{n+1} = √(2/(n+1)) ξ h_n − √(n/(n+1)) h_{n−1}.
//!
//! x and ε∇ couple level n to n ± 1 alone, ⟨n+1|x|n⟩ = √(ε(n+1)/2s), so that (1−ω)xω has the one singular value √(εN/2s):
//!
//! tr|[x,ω]| = √(2/s),  tr|[ε∇,ω]| = √(2s),  since Nε = 1.
//!
//! Its Wigner function is one of the energy alone, with Laguerre's polynomials at X = 2(sx²+v²/s)/ε:
//!
//! W(x,v) = π⁻¹ Σ_{n<N} (−1)ⁿ L_n(X)e^{−X/2},  (n+1)L_{n+1} = (2n+1−X)L_n − nL_{n−1}.

use std::f64::consts::FRAC_1_PI;

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use rayon::prelude::*;

use super::orbital_error::OrbitalError;
use super::orbitals::{Orbitals, particles};
use crate::HartreeError;

impl Orbitals {
    /// The oscillator sea of V_ext = s²x², exact at the points.
    ///
    /// # Errors
    /// s not positive and finite; an ε that is not 1/N; an axis that does not hold or resolve the sea, which shows in ⟨φ_j|φ_k⟩.
    pub fn oscillator_sea(axis: &Axis, scaling: Scaling, s: f64) -> Result<Self, OrbitalError> {
        if !(s > 0.0 && s.is_finite()) {
            return Err(OrbitalError::Setting { name: "s", value: s, wanted: "positive and finite" });
        }
        let values = hermite_values(axis, s / scaling.eps(), particles(scaling)?);
        Self::new(axis, scaling, values)
    }

    /// The Wigner function of the oscillator sea of V_ext = s²x², exact at the points.
    ///
    /// # Errors
    /// As [`Self::oscillator_sea`], but for the grid, which is not asked to resolve it.
    pub fn oscillator_sea_wigner(
        grid: &PhaseGrid,
        scaling: Scaling,
        s: f64,
    ) -> Result<WignerFunction, OrbitalError> {
        Self::oscillator_wigner(grid, scaling, s, &vec![1.0; particles(scaling)?])
    }

    /// The same of the levels of V_ext = s²x² with occupation numbers: W = π⁻¹Σ_n f_n(−1)ⁿL_n(X)e^{−X/2}.
    ///
    /// # Errors
    /// s not positive and finite; an ε that is not 1/N.
    pub fn oscillator_wigner(
        grid: &PhaseGrid,
        scaling: Scaling,
        s: f64,
        occupations: &[f64],
    ) -> Result<WignerFunction, OrbitalError> {
        particles(scaling)?;
        let w = Self::oscillator_wigner_at(scaling, s, occupations)?;
        // W is even in x and in v: a quarter of a centred grid is enough
        let (x, v) = (distinct(&grid.x), distinct(&grid.v));
        let row = |i: usize| -> Vec<f64> { (0..v).map(|j| w(grid.x.point(i), grid.v.point(j))).collect() };
        let quarter: Vec<Vec<f64>> = (0..x).into_par_iter().map(row).collect();
        let at = |i: usize, count: usize, all: usize| if i < count { i } else { all - i };
        let (n_x, n_v) = (grid.x.len(), grid.v.len());
        let values = (0..n_x).flat_map(|i| {
            let row = &quarter[at(i, x, n_x)];
            (0..n_v).map(move |j| row[at(j, v, n_v)])
        });
        Ok(WignerFunction::new(*grid, values.collect()).map_err(HartreeError::from)?)
    }

    /// (x,v) ↦ W(x,v) of the same levels, anywhere.
    ///
    /// # Errors
    /// s not positive and finite.
    pub fn oscillator_wigner_at(
        scaling: Scaling,
        s: f64,
        occupations: &[f64],
    ) -> Result<impl Fn(f64, f64) -> f64 + Sync, OrbitalError> {
        if !(s > 0.0 && s.is_finite()) {
            return Err(OrbitalError::Setting { name: "s", value: s, wanted: "positive and finite" });
        }
        let eps = scaling.eps();
        Ok(move |x: f64, v: f64| {
            FRAC_1_PI * alternating_laguerre(2.0 * (s * x * x + v * v / s) / eps, occupations)
        })
    }
}

/// How many points at the beginning of an axis have all the |x| there are: about half if the point n−i is minus the point i.
fn distinct(axis: &Axis) -> usize {
    if axis.center() == 0.0 { axis.len() / 2 + 1 } else { axis.len() }
}

/// Σ_n f_n(−1)ⁿL_n(X)e^{−X/2}, the exponential kept apart like that of the Hermite functions.
pub(super) fn alternating_laguerre(x: f64, occupations: &[f64]) -> f64 {
    let (mut before, mut now, mut logarithm) = (0.0, 1.0_f64, -0.5 * x);
    let mut factor = logarithm.exp();
    let mut sum = 0.0;
    for (n, f) in occupations.iter().enumerate() {
        sum += if n.is_multiple_of(2) { f * now * factor } else { -f * now * factor };
        let m = n as f64;
        (before, now) = (now, ((2.0 * m + 1.0 - x) * now - m * before) / (m + 1.0));
        if now.abs() > LARGE {
            (before, now) = (before / LARGE, now / LARGE);
            logarithm += LARGE.ln();
            factor = logarithm.exp();
        }
    }
    sum
}

/// `[j·n_x + i]` = c^{1/4}h_j(x_i√c), j = 0..count.
pub(super) fn hermite_values(axis: &Axis, c: f64, count: usize) -> Vec<Complex64> {
    let points = axis.len();
    let mut values = vec![Complex64::ZERO; count * points];
    for i in 0..points {
        for (j, h) in hermite_functions(axis.point(i) * c.sqrt(), count).into_iter().enumerate() {
            values[j * points + i] = Complex64::from(c.powf(0.25) * h);
        }
    }
    values
}

/// Where a recurrence is scaled down.
const LARGE: f64 = 1e100;

/// h_n(ξ), n = 0..count; the factor e^{−ξ²/2} is kept apart as a logarithm, so that it cannot underflow before h_n grows.
fn hermite_functions(xi: f64, count: usize) -> Vec<f64> {
    let (mut before, mut now) = (0.0, std::f64::consts::PI.powf(-0.25));
    let mut logarithm = -0.5 * xi * xi;
    let mut values = Vec::with_capacity(count);
    for n in 0..count {
        values.push(now * logarithm.exp());
        let m = (n + 1) as f64;
        (before, now) = (now, (2.0 / m).sqrt() * xi * now - (n as f64 / m).sqrt() * before);
        if now.abs() > LARGE {
            (before, now) = (before / LARGE, now / LARGE);
            logarithm += LARGE.ln();
        }
    }
    values
}
