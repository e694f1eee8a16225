//! The natural orbitals of a mixed state: eigenvectors of the Weyl kernel of W,
//!
//! ω(x;y) = N∫W((x+y)/2,v)e^{iv(x−y)/ε}dv = Σ_k λ_k φ_k(x)φ̄_k(y).
//!
//! For a smooth W the λ_k fall off fast, and a number of orbitals of order N is all of ω.

use num_complex::Complex64;
use operators::hermitian_eigenvectors;
use phase_space::Scaling;
use phase_space::line::{Axis, WignerFunction};

use super::orbital_error::OrbitalError;
use super::orbitals::{Orbitals, particles};
use super::{direct, kernel};

/// Orbitals of a mixed state, and what they are without.
#[derive(Clone, Debug, PartialEq)]
pub struct NaturalOrbitals {
    /// The orbitals with λ_k above the threshold, scaled to tr ω = N.
    pub orbitals: Orbitals,
    /// Σ|λ_k| of the others, negative ones included: the trace norm of what is left out.
    pub left_out: f64,
    /// The smallest λ_k: below 0 where the quantisation of W is no density operator.
    pub lowest: f64,
}

impl NaturalOrbitals {
    /// The orbitals of W with λ_k > `negligible` on an axis, masked to |x−y| ≤ επ/Δv; W is 0 outside its box.
    ///
    /// # Errors
    /// A scaling with d ≠ 1, an ε that is not 1/N; a box too short for the mask, fewer points than the velocities need; a λ_k above 1: W
    /// breaks Pauli's principle.
    pub fn of_wigner(
        w: &WignerFunction,
        axis: &Axis,
        scaling: Scaling,
        negligible: f64,
    ) -> Result<Self, OrbitalError> {
        let (n, points) = (particles(scaling)?, axis.len());
        if !(negligible > 0.0 && negligible <= 1e-3) {
            let wanted = "in (0, 1e-3]";
            return Err(OrbitalError::Setting { name: "negligible", value: negligible, wanted });
        }
        kernel::admissible(axis, w.grid(), scaling.eps())?;
        let omega = direct::weyl(w, axis, scaling);
        let h = axis.spacing();
        let pairs = hermitian_eigenvectors(points, |i, j| h * omega[i * points + j])?;
        let filled: Vec<usize> = (0..points).rev().filter(|k| pairs.values()[*k] > negligible).collect();
        let all: f64 = pairs.values().iter().map(|l| l.abs()).sum();
        let sum: f64 = filled.iter().map(|k| pairs.values()[*k]).sum();
        let occupations: Vec<f64> = filled.iter().map(|k| pairs.values()[*k] * n as f64 / sum).collect();
        let scale = h.powf(-0.5);
        let values: Vec<Complex64> =
            filled.iter().flat_map(|k| pairs.vector(*k)).map(|q| q * scale).collect();
        Ok(Self {
            orbitals: Orbitals::mixed(axis, scaling, occupations, values)?,
            left_out: all - sum,
            lowest: pairs.values()[0],
        })
    }
}
