//! The minimiser of the free energy F[ω] = E[ω] − T S[ω], tr ω = N, of a trapped model at a temperature T > 0:
//!
//! ω = 1/(1 + e^{(h[ω]−μ)/T}),  S[ω] = −tr[ω ln ω + (1−ω)ln(1−ω)].
//!
//! h̄ ↦ h[f(h̄)] is brought to a fixed point by Anderson's extrapolation of the last pairs (h̄, h[f(h̄)] − h̄) (`extrapolation`). The residual is not
//! [h,ω], which vanishes for every function of h. As T → 0 this is the ground state, if there is a gap.

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::line::Axis;

use super::fock::{Fock, OrbitalEnergy};
use super::ground_state::{Field, Filled, euclidean};
use super::model::Model;
use super::orbital_error::OrbitalError;
use super::orbital_resolution::OrbitalResolution;
use super::orbitals::Orbitals;
use crate::FermiDirac;
use crate::extrapolation::Extrapolation;

/// Pairs remembered.
const HISTORY: usize = 8;
/// ‖h[f(h̄)] − h̄‖_HS at which the field counts as self-consistent.
const TOLERANCE: f64 = 1e-10;
const MOST_ITERATIONS: usize = 200;

/// A self-consistent mixed state.
#[derive(Clone, Debug)]
pub struct ThermalState {
    /// The eigenfunctions of h, real, with their occupation numbers.
    pub orbitals: Orbitals,
    /// E in parts.
    pub energy: OrbitalEnergy,
    /// μ, f_k and what is left out.
    pub filled: FermiDirac,
    /// T.
    pub temperature: f64,
    /// All levels of h on the axis, ascending.
    pub levels: Vec<f64>,
    /// ‖h\[f(h̄)\] − h̄‖_HS.
    pub residual: f64,
    /// Iterations made.
    pub iterations: usize,
    /// What the axis leaves out; E has the error of its aliasing.
    pub resolution: OrbitalResolution,
}

impl ThermalState {
    /// S.
    pub fn entropy(&self) -> f64 {
        self.filled.entropy()
    }

    /// F = E − TS.
    pub fn free_energy(&self) -> f64 {
        self.energy.total() - self.temperature * self.entropy()
    }
}

/// The state of a trapped model at a temperature; levels filled less than `negligible` are left out, from the field as well.
///
/// # Errors
/// A model that does not fit the axis; T or `negligible` out of range; no convergence; orbitals that reach the ends of the box or the
/// highest wave numbers, pairs of which V needs higher ones.
pub fn thermal_state(
    model: &Model,
    axis: &Axis,
    scaling: Scaling,
    temperature: f64,
    negligible: f64,
) -> Result<ThermalState, OrbitalError> {
    let field = Field::new(Fock::new(model, axis, scaling)?);
    let n = field.fock.n;
    let fill = |levels: &[f64]| {
        let levels: Vec<_> = levels.iter().map(|e| (*e, 1.0)).collect();
        FermiDirac::fill(&levels, n as f64, temperature, negligible)
    };
    // what is out of range is refused here, and cannot fail below
    fill(&vec![0.0; n + 1])?;
    let filled =
        |h: &[f64]| field.filled(h, |levels| fill(levels).map_or_else(|_| Vec::new(), |f| f.occupations));
    let mut past = Extrapolation::new(HISTORY);
    let mut h = field.hamiltonian(&filled(&field.bare())?.projector);
    let mut residual = f64::INFINITY;
    for iterations in 1..=MOST_ITERATIONS {
        let state = filled(&h)?;
        let next = field.hamiltonian(&state.projector);
        let e: Vec<f64> = next.iter().zip(&h).map(|(a, b)| a - b).collect();
        residual = euclidean(&e);
        if residual <= TOLERANCE {
            let filled = fill(state.pairs.values())?;
            return finished(&field, &state, filled, temperature, residual, iterations);
        }
        let (best, least) = past.next(h, e);
        h = best.iter().zip(&least).map(|(a, b)| a + b).collect();
    }
    Err(OrbitalError::NotConverged {
        iterations: MOST_ITERATIONS,
        commutator: residual,
        tolerance: TOLERANCE,
    })
}

fn finished(
    field: &Field,
    state: &Filled,
    filled: FermiDirac,
    temperature: f64,
    residual: f64,
    iterations: usize,
) -> Result<ThermalState, OrbitalError> {
    let axis = field.fock.axis;
    let scale = axis.spacing().powf(-0.5);
    let vectors = (0..filled.occupations.len()).flat_map(|k| state.pairs.vector(k));
    let values = vectors.map(|q| Complex64::from(q * scale)).collect();
    let orbitals = Orbitals::mixed(&axis, field.fock.scaling, filled.occupations.clone(), values)?;
    let energy = field.fock.energy(&orbitals)?;
    let resolution = field.fock.resolution(&orbitals);
    resolution.resolves(&energy)?;
    let levels = state.pairs.values().to_vec();
    Ok(ThermalState { orbitals, energy, filled, temperature, levels, residual, iterations, resolution })
}
