//! The self-consistent field: h[ω]ω = ωh[ω], ω the projection on the lowest shells of h.
//!
//! Pulay's iteration: of the last h and [h,ω] the combination with the smallest commutator gives the next shells. The particles of
//! the start are those of h without V. It ends when ‖[h,ω]‖_HS ≤ tolerance·‖hω‖_HS, within the basis; what the basis leaves out
//! is seen by another one ([`refined_energy`]).

use kernels::Measured;
use operators::Eigenvectors;

use super::aufbau::{Configuration, aufbau};
use super::error::GroundStateError;
use super::extrapolation::Extrapolation;
use super::functions::RadialFunctions;
use super::hamiltonian::{Block, Discretised, MeanField};
use super::problem::{ClosedShells, External};

/// The commutators kept for the extrapolation.
const DEPTH: usize = 10;

/// Changes of the filling before it is said to alternate.
const FILLINGS: usize = 10;

/// How far the iteration goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convergence {
    /// ‖[h,ω]‖/‖hω‖ to be reached.
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
    /// The number of levels of h_ℓ below it: the nodes of u.
    pub nodes: usize,
    /// Its level.
    pub level: f64,
}

/// E and its parts, in the units of −ε²Δ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Energy {
    /// tr(−ε²Δ)ω.
    pub kinetic: f64,
    /// tr V_ext ω.
    pub external: f64,
    /// (N/2)∫(V∗ρ)ρ.
    pub direct: f64,
    /// −(g/2)Σ(2ℓ+1)⟨u|X_ℓ|u⟩, times x.
    pub exchange: f64,
}

impl Energy {
    /// E.
    pub fn total(&self) -> f64 {
        self.kinetic + self.external + self.direct + self.exchange
    }
}

/// A critical point of the energy whose shells are the lowest of its own h.
#[derive(Clone, Debug)]
pub struct GroundState {
    discretised: Discretised,
    spectra: Vec<Eigenvectors<f64>>,
    filled: Configuration,
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
    let none = discretised.empty();
    let bare = discretised.spectra(&discretised.hamiltonian(&none))?;
    let mut filled = filling(&discretised, &bare)?;
    let mut spectra = bare;
    for _ in 0..FILLINGS {
        let state = iterate(&discretised, spectra, filled.clone(), convergence)?;
        let wanted = filling(&discretised, &state.spectra)?;
        if wanted == filled {
            return state.checked();
        }
        (spectra, filled) = (state.spectra, wanted);
    }
    Err(GroundStateError::Alternating(FILLINGS))
}

/// E with its error: the changes by a basis of two thirds of the functions, and by half as dense points again, twice over.
///
/// The energy decreases to its limit as the basis grows; with the geometric decrease of an analytic state the last change is an upper estimate of what is left.
///
/// # Errors
/// As [`ground_state`].
pub fn refined_energy(
    problem: &ClosedShells,
    functions: &RadialFunctions,
    convergence: &Convergence,
) -> Result<Measured, GroundStateError> {
    let fewer = functions.with_functions((2 * functions.functions()).div_ceil(3))?;
    let denser = Convergence { refinement: 1.5 * convergence.refinement, ..*convergence };
    let energy = |functions: &RadialFunctions, convergence: &Convergence| {
        Ok::<_, GroundStateError>(ground_state(problem, functions, convergence)?.energy.total())
    };
    let value = energy(functions, convergence)?;
    let error = (value - energy(&fewer, convergence)?).abs() + (value - energy(functions, &denser)?).abs();
    Ok(Measured { value, error: 2.0 * error + 64.0 * f64::EPSILON * value.abs() })
}

/// The lowest levels filled, with a channel left empty above them.
fn filling(
    discretised: &Discretised,
    spectra: &[Eigenvectors<f64>],
) -> Result<Configuration, GroundStateError> {
    let levels: Vec<Vec<f64>> = spectra.iter().map(|s| s.values().to_vec()).collect();
    let problem = discretised.problem();
    let filled = aufbau(&levels, problem.spins(), problem.particles())?;
    if filled.last() == discretised.functions().last() {
        return Err(GroundStateError::LastChannel { l: filled.last() });
    }
    Ok(filled)
}

fn iterate(
    discretised: &Discretised,
    mut spectra: Vec<Eigenvectors<f64>>,
    filled: Configuration,
    convergence: &Convergence,
) -> Result<GroundState, GroundStateError> {
    let mut history = Extrapolation::new(DEPTH);
    let (mut residual, mut before) = (f64::INFINITY, f64::INFINITY);
    for iterations in 1..=convergence.iterations {
        let density = discretised.density(&spectra, &filled);
        let field = discretised.mean_field(&density);
        let h = discretised.hamiltonian(&field);
        let energy = discretised.energy(&density, &field);
        let (commutators, size) = discretised.commutators(&h, &density);
        residual = norm(&commutators) / size;
        if residual <= convergence.tolerance {
            let spectra = discretised.spectra(&h)?;
            let drop = before - energy.total();
            return Ok(GroundState {
                discretised: discretised.clone(),
                spectra,
                filled,
                energy,
                commutator: residual,
                drop,
                iterations,
            });
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

impl Discretised {
    /// No particles, no field.
    fn empty(&self) -> MeanField {
        let nothing: Vec<Block> = self.kinetic().iter().map(|t| vec![0.0; t.len()]).collect();
        MeanField { direct: nothing.clone(), exchange: nothing }
    }

    /// (g(2ℓ+1))^{1/2}[h_ℓ,D_ℓ], all channels one after the other, and ‖hω‖_HS.
    fn commutators(&self, h: &[Block], density: &[Block]) -> (Vec<f64>, f64) {
        let n = self.functions().functions();
        let (mut all, mut size) = (Vec::new(), 0.0);
        for (l, (h, d)) in h.iter().zip(density).enumerate() {
            let m = self.problem().multiplicity(l).sqrt();
            let mut product = vec![0.0; n * n];
            for (line, h) in product.chunks_exact_mut(n).zip(h.chunks_exact(n)) {
                for (h, d) in h.iter().zip(d.chunks_exact(n)) {
                    line.iter_mut().zip(d).for_each(|(sum, d)| *sum += m * h * d);
                }
            }
            size += product.iter().map(|p| p * p).sum::<f64>();
            all.extend((0..n * n).map(|at| product[at] - product[at % n * n + at / n]));
        }
        (all, size.sqrt())
    }

    /// E of a state.
    fn energy(&self, density: &[Block], field: &MeanField) -> Energy {
        let mean = |blocks: &[Block]| -> f64 {
            let channel = |(l, (a, d)): (usize, (&Block, &Block))| {
                self.problem().multiplicity(l) * a.iter().zip(d).map(|(a, d)| a * d).sum::<f64>()
            };
            blocks.iter().zip(density).enumerate().map(channel).sum()
        };
        Energy {
            kinetic: mean(self.kinetic()),
            external: mean(self.external()),
            direct: 0.5 * mean(&field.direct),
            exchange: -0.5 * self.problem().exchange() * mean(&field.exchange),
        }
    }
}

impl GroundState {
    /// A nucleus must bind every shell.
    fn checked(self) -> Result<Self, GroundStateError> {
        let free = self.shells().into_iter().find(|s| s.level >= 0.0);
        match (self.discretised.problem().external(), free) {
            (External::Nucleus { .. }, Some(s)) => Err(GroundStateError::Unbound { l: s.l, level: s.level }),
            _ => Ok(self),
        }
    }

    /// E and its parts.
    pub fn energy(&self) -> Energy {
        self.energy
    }

    /// ‖[h,ω]‖_HS/‖hω‖_HS within the basis.
    pub fn commutator(&self) -> f64 {
        self.commutator
    }

    /// By how much the last iteration lowered E.
    pub fn drop(&self) -> f64 {
        self.drop
    }

    /// The iterations that it took.
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// The filling.
    pub fn configuration(&self) -> &Configuration {
        &self.filled
    }

    /// The full shells, by ℓ, then by level.
    pub fn shells(&self) -> Vec<Shell> {
        let of = |l: usize| {
            let values = self.spectra[l].values();
            (0..self.filled.shells(l)).map(move |nodes| Shell { l, nodes, level: values[nodes] })
        };
        (0..self.spectra.len()).flat_map(of).collect()
    }

    /// The highest full and the lowest empty level: their distance is the gap.
    pub fn gap(&self) -> (f64, f64) {
        let full = self.shells().iter().map(|s| s.level).fold(f64::NEG_INFINITY, f64::max);
        let first = |l: usize| self.spectra[l].values().get(self.filled.shells(l)).copied();
        (full, (0..self.spectra.len()).filter_map(first).fold(f64::INFINITY, f64::min))
    }

    /// u of a shell at r > 0, ∫u² = 1; the orbitals are (u/r)Y_ℓm.
    pub fn orbital(&self, shell: &Shell, r: f64) -> f64 {
        let values = self.discretised.functions().at(shell.l, r);
        let vector = self.spectra[shell.l].vector(shell.nodes);
        values.iter().zip(vector).map(|(u, c)| u[0] * c).sum()
    }

    /// ρ(r) = gΣ(2ℓ+1)u²/(4πr²N).
    pub fn density(&self, r: f64) -> f64 {
        let problem = self.discretised.problem();
        let particles: f64 =
            self.shells().iter().map(|s| problem.multiplicity(s.l) * self.orbital(s, r).powi(2)).sum();
        particles / (4.0 * std::f64::consts::PI * r * r * problem.n())
    }

    /// ∫ρ and ∫|x|²ρ.
    pub fn moments(&self) -> (f64, f64) {
        let panels = self.discretised.panels();
        let at = self.discretised.particles_at(&self.discretised.density(&self.spectra, &self.filled));
        let mut sums = (0.0, 0.0);
        for ((r, w), p) in panels.radii().iter().zip(panels.weights()).zip(at) {
            sums.0 += w * p;
            sums.1 += w * p * r * r;
        }
        (sums.0 / self.discretised.problem().n(), sums.1 / self.discretised.problem().n())
    }
}
