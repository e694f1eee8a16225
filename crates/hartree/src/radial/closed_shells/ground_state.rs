//! The self-consistent field: h[ω]ω = ωh[ω], ω the projection on the lowest shells of h.
//!
//! Pulay's iteration: of the last h and [h,ω] the combination with the smallest commutator gives the next shells. The particles of
//! the start are those of h without V. It ends when ‖[h,ω]‖_HS ≤ tolerance·‖hω‖_HS, within the basis; what the basis leaves out
//! is seen by another one ([`refined_energy`]).

use std::f64::consts::PI;

use kernels::Measured;
use operators::Eigenvectors;

use super::aufbau::{Configuration, DEGENERATE, Filling, aufbau};
use super::energy::Energy;
use super::error::GroundStateError;
use super::functions::RadialFunctions;
use super::hamiltonian::Discretised;
use super::problem::{ClosedShells, External};
use crate::extrapolation::Extrapolation;

/// The commutators kept for the extrapolation.
const DEPTH: usize = 10;

/// Changes of the filling before it is said to alternate.
const FILLINGS: usize = 10;

/// Round-off of E, as a fraction: sums of some hundred points of energies a hundred times E.
const ROUND_OFF: f64 = 1e-13;

/// Fields of an open shell tried at the start.
const SCREENINGS: usize = 5;

/// How far the iteration goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convergence {
    /// `‖[h,ω]‖/‖hω‖` to be reached.
    pub tolerance: f64,
    /// Iterations allowed.
    pub iterations: usize,
    /// Points of the quadrature: 1 resolves products of two functions, 2 has twice as many panels.
    pub refinement: f64,
}

impl Default for Convergence {
    fn default() -> Self {
        Self { tolerance: 1e-10, iterations: 200, refinement: 1.0 }
    }
}

/// A level of h_ℓ with its 2ℓ+1 states and g spins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shell {
    /// ℓ.
    pub l: usize,
    /// The number of levels of h_ℓ below it; without exchange, of nodes of u.
    pub nodes: usize,
    /// Its level.
    pub level: f64,
}

/// A critical point of the energy whose shells are the lowest of its own h: what a minimiser must be, and no more than that.
#[derive(Clone, Debug)]
pub struct GroundState {
    problem: ClosedShells,
    functions: RadialFunctions,
    filled: Configuration,
    field: SelfConsistent,
    /// ∫ρ, ∫|x|²ρ.
    moments: (f64, f64),
}

/// Where the iteration ended.
#[derive(Clone, Debug)]
struct SelfConsistent {
    spectra: Vec<Eigenvectors<f64>>,
    energy: Energy,
    commutator: f64,
    drop: f64,
    iterations: usize,
}

/// The Hartree–Fock ground state in a basis.
///
/// # Errors
/// [`GroundStateError`]: an N that closes no shell, an iteration that does not converge, an interaction without multipoles.
pub fn ground_state(
    problem: &ClosedShells,
    functions: &RadialFunctions,
    convergence: &Convergence,
) -> Result<GroundState, GroundStateError> {
    let discretised = Discretised::new(problem, functions, convergence.refinement)?;
    let (mut spectra, mut filled) = start(&discretised)?;
    for _ in 0..FILLINGS {
        let field = iterate(&discretised, spectra, &filled, convergence)?;
        let wanted = closed(&discretised, &field.spectra)?;
        if wanted == filled {
            let moments = discretised.moments(&discretised.density(&field.spectra, &filled, None));
            let (problem, functions) = (problem.clone(), *functions);
            return GroundState { problem, functions, filled, field, moments }.settled();
        }
        (spectra, filled) = (field.spectra, wanted);
    }
    Err(GroundStateError::Alternating(FILLINGS))
}

/// E with its error, from bases of n, n−m and n−2m functions, m = n/6, and from points half as dense again.
///
/// With the last two falls d₁, d₂ of E and q = d₂/d₁ a geometric series leaves d₂q/(1−q): the error is d₂ where that is less, and
/// infinite where E does not settle.
///
/// # Errors
/// As [`ground_state`].
pub fn refined_energy(
    problem: &ClosedShells,
    basis: &RadialFunctions,
    convergence: &Convergence,
) -> Result<Measured, GroundStateError> {
    let n = basis.functions();
    let step = (n / 6).max(1);
    let energy = |functions: usize, convergence: &Convergence| -> Result<f64, GroundStateError> {
        Ok(ground_state(problem, &basis.with_functions(functions)?, convergence)?.energy().total())
    };
    let value = energy(n, convergence)?;
    let fewer = energy(n - step, convergence)?;
    let fewest = energy(n.saturating_sub(2 * step), convergence)?;
    let denser = Convergence { refinement: 1.5 * convergence.refinement, ..*convergence };
    let points = (value - energy(n, &denser)?).abs();
    let round_off = ROUND_OFF * value.abs();
    let (last, before) = ((fewer - value).abs(), (fewest - fewer).abs());
    let ratio = last / before;
    let left = if last <= round_off {
        last
    } else if ratio < 1.0 {
        last * (ratio / (1.0 - ratio)).max(1.0)
    } else {
        f64::INFINITY
    };
    Ok(Measured { value, error: left + 2.0 * points + round_off })
}

/// The shells of h without V; where those leave one open, as hydrogen's degenerate levels do, with the field of a share of it.
fn start(discretised: &Discretised) -> Result<(Vec<Eigenvectors<f64>>, Configuration), GroundStateError> {
    let mut spectra = discretised.spectra(&discretised.hamiltonian(&discretised.empty()))?;
    for _ in 0..SCREENINGS {
        let filling = filling(discretised, &spectra)?;
        if filling.open.is_none() {
            break;
        }
        let density = discretised.density(&spectra, &filling.full, filling.open);
        spectra = discretised.spectra(&discretised.hamiltonian(&discretised.mean_field(&density)))?;
    }
    let filled = closed(discretised, &spectra)?;
    Ok((spectra, filled))
}

/// The lowest levels filled.
fn filling(discretised: &Discretised, spectra: &[Eigenvectors<f64>]) -> Result<Filling, GroundStateError> {
    let levels: Vec<Vec<f64>> = spectra.iter().map(|s| s.values().to_vec()).collect();
    let problem = discretised.problem();
    aufbau(&levels, problem.spins(), problem.particles())
}

/// The lowest levels filled, no shell left open, and a channel left empty above them.
fn closed(
    discretised: &Discretised,
    spectra: &[Eigenvectors<f64>],
) -> Result<Configuration, GroundStateError> {
    let problem = discretised.problem();
    let filled = filling(discretised, spectra)?.closed(problem.spins(), problem.particles())?;
    if filled.last() == discretised.functions().last() {
        return Err(GroundStateError::LastChannel { l: filled.last() });
    }
    Ok(filled)
}

fn iterate(
    discretised: &Discretised,
    mut spectra: Vec<Eigenvectors<f64>>,
    filled: &Configuration,
    convergence: &Convergence,
) -> Result<SelfConsistent, GroundStateError> {
    let mut history = Extrapolation::new(DEPTH);
    let (mut residual, mut before) = (f64::INFINITY, f64::INFINITY);
    for iterations in 1..=convergence.iterations {
        let density = discretised.density(&spectra, filled, None);
        let field = discretised.mean_field(&density);
        let h = discretised.hamiltonian(&field);
        let energy = discretised.energy(&density, &field);
        let (commutators, size) = discretised.commutators(&h, &density);
        residual = norm(&commutators) / size;
        if residual <= convergence.tolerance {
            let spectra = discretised.spectra(&h)?;
            let drop = before - energy.total();
            return Ok(SelfConsistent { spectra, energy, commutator: residual, drop, iterations });
        }
        before = energy.total();
        let (best, _) = history.next(h.concat(), commutators);
        let n = h[0].len();
        spectra = discretised.spectra(&best.chunks_exact(n).map(<[f64]>::to_vec).collect::<Vec<_>>())?;
    }
    let iterations = convergence.iterations;
    Err(GroundStateError::NotConverged { iterations, residual, tolerance: convergence.tolerance })
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|v| v * v).sum::<f64>().sqrt()
}

impl GroundState {
    /// Every shell is bound where no trap holds it, and full and empty levels be apart.
    fn settled(self) -> Result<Self, GroundStateError> {
        let (full, empty) = self.gap();
        if empty - full <= DEGENERATE * full.abs() {
            return Err(GroundStateError::NoGap { level: full });
        }
        let free = self.shells().into_iter().find(|s| s.level >= 0.0);
        match (self.problem.external(), free) {
            (External::Nucleus { .. } | External::None, Some(s)) => {
                Err(GroundStateError::Unbound { l: s.l, level: s.level })
            }
            _ => Ok(self),
        }
    }

    /// D_ℓ of the full shells in the functions.
    pub(super) fn blocks(&self, discretised: &Discretised) -> Vec<Vec<f64>> {
        discretised.density(&self.field.spectra, &self.filled, None)
    }

    /// The functions.
    pub fn functions(&self) -> &RadialFunctions {
        &self.functions
    }

    /// What was minimised.
    pub fn problem(&self) -> &ClosedShells {
        &self.problem
    }

    /// E and its parts.
    pub fn energy(&self) -> Energy {
        self.field.energy
    }

    /// `‖[h,ω]‖_HS/‖hω‖_HS` within the basis.
    pub fn commutator(&self) -> f64 {
        self.field.commutator
    }

    /// By how much the last iteration lowered E; ∞ after a single one.
    pub fn drop(&self) -> f64 {
        self.field.drop
    }

    /// The iterations that it took.
    pub fn iterations(&self) -> usize {
        self.field.iterations
    }

    /// The filling.
    pub fn configuration(&self) -> &Configuration {
        &self.filled
    }

    /// The full shells, by ℓ, then by level.
    pub fn shells(&self) -> Vec<Shell> {
        let of = |l: usize| {
            let values = self.field.spectra[l].values();
            (0..self.filled.shells(l)).map(move |nodes| Shell { l, nodes, level: values[nodes] })
        };
        (0..self.field.spectra.len()).flat_map(of).collect()
    }

    /// The highest full and the lowest empty level.
    pub fn gap(&self) -> (f64, f64) {
        let full = self.shells().iter().map(|s| s.level).fold(f64::NEG_INFINITY, f64::max);
        let first = |l: usize| self.field.spectra[l].values().get(self.filled.shells(l)).copied();
        (full, (0..self.field.spectra.len()).filter_map(first).fold(f64::INFINITY, f64::min))
    }

    /// u(r) of a shell, r > 0, ∫u² = 1; the orbitals are (u/r)Y_ℓm.
    pub fn orbital(&self, shell: &Shell, r: f64) -> f64 {
        let values = self.functions.at(shell.l, r);
        let vector = self.field.spectra[shell.l].vector(shell.nodes);
        values.iter().zip(vector).map(|(u, c)| u[0] * c).sum()
    }

    /// ρ(r) = gΣ(2ℓ+1)u²/(4πr²N), r > 0.
    pub fn density(&self, r: f64) -> f64 {
        let at = |s: &Shell| self.problem.multiplicity(s.l) * self.orbital(s, r).powi(2);
        let particles: f64 = self.shells().iter().map(at).sum();
        particles / (4.0 * PI * r * r * self.problem.n())
    }

    /// ∫ρ = 1 and ∫|x|²ρ.
    pub fn moments(&self) -> (f64, f64) {
        self.moments
    }
}
