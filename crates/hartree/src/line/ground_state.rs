//! The self-consistent field: ω projects on the N lowest levels of h[ω], so that [h[ω],ω] = 0.
//!
//! From ω_0, the sea of −ε²Δ + V_ext, each iteration diagonalises a mean of the Hamiltonians h[ω_i] met so far (`mixing`) and fills
//! its N lowest levels (aufbau), until ‖[h[ω],ω]‖_HS is below a tolerance. The energy is stationary there, and its error from an
//! incomplete convergence is of second order, about ‖[h,ω]‖²_HS/gap. A stationary point in aufbau order is a ground
//! state wherever E is convex; in general it is a candidate for it, like every self-consistent field.

use num_complex::Complex64;
use operators::{Eigenvectors, symmetric_eigenvectors};
use phase_space::Scaling;
use phase_space::line::Axis;

use super::fock::{Fock, OrbitalEnergy};
use super::mixing::{Mixer, Mixing};
use super::model::Model;
use super::orbital_error::OrbitalError;
use super::orbital_resolution::OrbitalResolution;
use super::orbitals::Orbitals;

/// How the self-consistent field is sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelfConsistency {
    /// How Hamiltonians are combined.
    pub mixing: Mixing,
    /// ‖\[h,ω\]‖_HS at which the field counts as self-consistent.
    pub tolerance: f64,
    /// Iterations after which the search is given up.
    pub most_iterations: usize,
}

impl Default for SelfConsistency {
    fn default() -> Self {
        Self { mixing: Mixing::Diis { history: 8 }, tolerance: 1e-10, most_iterations: 100 }
    }
}

/// One iteration: E\[ω\] and ‖\[h\[ω\],ω\]‖_HS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iteration {
    /// E.
    pub energy: f64,
    /// ‖\[h,ω\]‖_HS.
    pub commutator: f64,
}

/// A self-consistent determinant.
#[derive(Clone, Debug)]
pub struct GroundState {
    /// The N lowest eigenfunctions of h, real.
    pub orbitals: Orbitals,
    /// E in parts.
    pub energy: OrbitalEnergy,
    /// All levels of h on the axis, ascending; the first N are filled.
    pub levels: Vec<f64>,
    /// e_{N+1} − e_N.
    pub gap: f64,
    /// ‖\[h\[ω\],ω\]‖_HS of these very orbitals.
    pub commutator: f64,
    /// What the axis leaves out; E has the error of its aliasing.
    pub resolution: OrbitalResolution,
    /// E and ‖\[h,ω\]‖ of every iteration.
    pub history: Vec<Iteration>,
}

/// The ground state of a trapped model by DIIS, to ‖\[h,ω\]‖_HS ≤ 10⁻¹⁰.
///
/// # Errors
/// As [`ground_state_with`].
pub fn ground_state(model: &Model, axis: &Axis, scaling: Scaling) -> Result<GroundState, OrbitalError> {
    ground_state_with(model, axis, scaling, &SelfConsistency::default())
}

/// The ground state of a trapped model.
///
/// # Errors
/// A model that does not fit the axis; settings out of range; no convergence; no gap above the N-th level;
/// orbitals that reach the ends of the box or the highest wave numbers, pairs of which V needs higher ones.
pub fn ground_state_with(
    model: &Model,
    axis: &Axis,
    scaling: Scaling,
    settings: &SelfConsistency,
) -> Result<GroundState, OrbitalError> {
    let tolerance = settings.tolerance;
    if !(tolerance > 0.0 && tolerance.is_finite()) {
        return Err(OrbitalError::Setting {
            name: "tolerance",
            value: tolerance,
            wanted: "positive and finite",
        });
    }
    let mut mixer = Mixer::new(settings.mixing)?;
    let field = Field::new(Fock::new(model, axis, scaling)?);
    let mut state = field.lowest(&field.bare())?;
    let mut history = Vec::new();
    for _ in 0..settings.most_iterations {
        let (h, commutator) = field.commutator(&state);
        let norm = euclidean(&commutator);
        history.push(Iteration { energy: field.energy(&state), commutator: norm });
        if norm <= tolerance {
            return field.finished(&h, tolerance, history);
        }
        state = field.lowest(&mixer.mixed(h, commutator))?;
    }
    let commutator = history.last().map_or(f64::NAN, |last| last.commutator);
    Err(OrbitalError::NotConverged { iterations: history.len(), commutator, tolerance })
}

/// h[P] as a real symmetric matrix, [i·n_x + j], and its levels.
pub(super) struct Field {
    pub fock: Fock,
    /// t_m.
    kinetic: Vec<f64>,
}

/// The eigenpairs of a Hamiltonian and P = Σ_kf_kq_kq_kᵀ, the projector on the N lowest at T = 0, P_ij = Δx ω(x_i;x_j).
pub(super) struct Filled {
    pub pairs: Eigenvectors<f64>,
    pub projector: Vec<f64>,
}

impl Field {
    pub(super) fn new(fock: Fock) -> Self {
        Self { kinetic: fock.kinetic_row(), fock }
    }

    /// −ε²Δ + V_ext.
    pub(super) fn bare(&self) -> Vec<f64> {
        self.matrix(&self.fock.external, |_, _| 0.0)
    }

    /// h[P]; ρ(x_i) = P_ii/(NΔx).
    pub(super) fn hamiltonian(&self, p: &[f64]) -> Vec<f64> {
        let (n, particles) = (self.fock.axis.len(), self.fock.n as f64);
        let scale = 1.0 / (particles * self.fock.axis.spacing());
        let rho: Vec<f64> = (0..n).map(|i| p[i * n + i] * scale).collect();
        let exchange = self.fock.exchange / particles;
        self.matrix(&self.fock.potential(&rho), |i, j| {
            exchange * self.fock.weights[i.abs_diff(j)] * p[i * n + j]
        })
    }

    /// t_{i−j} + u_i δ_ij − x(i, j).
    fn matrix(&self, u: &[f64], x: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let n = u.len();
        let mut h = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..n {
                h[i * n + j] = self.kinetic[i.abs_diff(j)] - x(i, j);
            }
            h[i * n + i] += u[i];
        }
        h
    }

    /// Fills the N lowest levels of h.
    fn lowest(&self, h: &[f64]) -> Result<Filled, OrbitalError> {
        self.filled(h, |_| vec![1.0; self.fock.n])
    }

    /// Fills the lowest levels of h with occupation numbers that depend on all of them.
    pub(super) fn filled(
        &self,
        h: &[f64],
        occupations: impl Fn(&[f64]) -> Vec<f64>,
    ) -> Result<Filled, OrbitalError> {
        let n = self.fock.axis.len();
        let pairs = symmetric_eigenvectors(n, |i, j| h[i * n + j])?;
        let mut projector = vec![0.0; n * n];
        for (k, f) in occupations(pairs.values()).into_iter().enumerate() {
            let q = pairs.vector(k);
            for (row, a) in projector.chunks_exact_mut(n).zip(q) {
                row.iter_mut().zip(q).for_each(|(p, b)| *p += f * a * b);
            }
        }
        Ok(Filled { pairs, projector })
    }

    /// h[P] and [h,P] = hQQᵀ − (hQQᵀ)ᵀ, Q the filled orbitals: 2n_x²N operations.
    fn commutator(&self, state: &Filled) -> (Vec<f64>, Vec<f64>) {
        let n = self.fock.axis.len();
        let h = self.hamiltonian(&state.projector);
        let mut product = vec![0.0; n * n];
        for q in (0..self.fock.n).map(|k| state.pairs.vector(k)) {
            for (row, h) in product.chunks_exact_mut(n).zip(h.chunks_exact(n)) {
                let hq: f64 = h.iter().zip(q).map(|(h, q)| h * q).sum();
                row.iter_mut().zip(q).for_each(|(p, q)| *p += hq * q);
            }
        }
        let commutator = (0..n * n).map(|at| product[at] - product[(at % n) * n + at / n]).collect();
        (h, commutator)
    }

    /// E = tr(−ε²Δ+V_ext)P + ½tr(h[P] − (−ε²Δ+V_ext))P.
    pub(super) fn energy(&self, state: &Filled) -> f64 {
        let (bare, h) = (self.bare(), self.hamiltonian(&state.projector));
        0.5 * bare.iter().zip(&h).zip(&state.projector).map(|((t, h), p)| (t + h) * p).sum::<f64>()
    }

    /// The levels of h[ω] itself, once more self-consistent, and everything that is reported of them.
    fn finished(
        &self,
        h: &[f64],
        tolerance: f64,
        mut history: Vec<Iteration>,
    ) -> Result<GroundState, OrbitalError> {
        let filled = self.fock.n;
        let state = self.lowest(h)?;
        let commutator = euclidean(&self.commutator(&state).1);
        history.push(Iteration { energy: self.energy(&state), commutator });
        if commutator > 10.0 * tolerance {
            return Err(OrbitalError::NotConverged { iterations: history.len(), commutator, tolerance });
        }
        let levels = state.pairs.values().to_vec();
        let gap = levels[filled] - levels[filled - 1];
        if gap <= 1e2 * tolerance {
            return Err(OrbitalError::NoGap { gap });
        }
        let scale = self.fock.axis.spacing().powf(-0.5);
        let values = (0..filled).flat_map(|k| state.pairs.vector(k)).map(|q| Complex64::from(q * scale));
        let orbitals = Orbitals::new(&self.fock.axis, self.fock.scaling, values.collect())?;
        let energy = self.fock.energy(&orbitals)?;
        let resolution = self.fock.resolution(&orbitals);
        resolution.resolves(&energy)?;
        Ok(GroundState { orbitals, energy, levels, gap, commutator, resolution, history })
    }
}

/// (Σ_k a_k²)^{1/2}; of the matrix of an operator, its Hilbert–Schmidt norm.
pub(super) fn euclidean(a: &[f64]) -> f64 {
    a.iter().map(|a| a * a).sum::<f64>().sqrt()
}
