//! The matrices of h_ℓ = ε²(−∂_r² + ℓ(ℓ+1)/r²) + V_ext + V∗ρ − x X_ℓ in the functions u_aℓ.
//!
//! With the density matrices D_ℓ = Σ_n c_nℓ c_nℓᵀ of the full shells and D_ℓ(r,s) = Σ_ab u_aℓ(r)(D_ℓ)_ab u_bℓ(s),
//!
//! - 4πr²Nρ(r) = gΣ_ℓ(2ℓ+1)D_ℓ(r,r), (V∗ρ)(r) = ∫v_0(r,s)4πs²ρ(s)ds;
//! - X_ℓ(r,s) = N^{−1}Σ_ℓ′(2ℓ′+1)D_ℓ′(r,s)Σ_k(ℓ k ℓ′; 0 0 0)² v_k(r,s): particles of the same spin alone exchange.

use operators::{Eigenvectors, symmetric_eigenvectors};
use rayon::prelude::*;

use super::aufbau::Configuration;
use super::error::{GroundStateError, positive};
use super::functions::RadialFunctions;
use super::multipoles::Multipoles;
use super::panels::Panels;
use super::problem::ClosedShells;
use super::three_j::three_j_squared;

/// Largest defect of the overlaps that a quadrature may leave.
const OVERLAP: f64 = 1e-9;

/// A symmetric matrix of one channel, [a·n + b].
pub(super) type Block = Vec<f64>;

/// What does not depend on the state.
#[derive(Clone, Debug)]
pub(super) struct Discretised {
    problem: ClosedShells,
    functions: RadialFunctions,
    panels: Panels,
    multipoles: Multipoles,
    /// [ℓ][i·n + a] = u_aℓ(r_i).
    values: Vec<Vec<f64>>,
    /// ε²∫(u_a′u_b′ + ℓ(ℓ+1)u_a u_b/r²)dr.
    kinetic: Vec<Block>,
    /// ∫V_ext u_a u_b dr.
    external: Vec<Block>,
}

/// V∗ρ and X_ℓ in the basis.
#[derive(Clone, Debug)]
pub(super) struct MeanField {
    pub(super) direct: Vec<Block>,
    pub(super) exchange: Vec<Block>,
}

/// The part of X_ℓ that the shells of one ℓ′ make.
struct Term<'a> {
    /// (2ℓ′+1)/N.
    scale: f64,
    /// (ℓ k ℓ′; 0 0 0)² for each k.
    multipoles: Vec<f64>,
    /// [i·n + a] = Σ_b (D_ℓ′)_ab u_bℓ′(r_i).
    left: &'a [f64],
    /// [i·n + a] = u_aℓ′(r_i).
    right: &'a [f64],
}

impl Discretised {
    /// Points for the functions, `refinement` times as dense as their products need.
    pub(super) fn new(
        problem: &ClosedShells,
        functions: &RadialFunctions,
        refinement: f64,
    ) -> Result<Self, GroundStateError> {
        let panels = Panels::new(functions, positive("the refinement", refinement)?);
        let multipoles =
            Multipoles::new(problem.interaction(), &panels, 2 * functions.last(), functions.band())?;
        let (mut values, mut kinetic, mut external) = (Vec::new(), Vec::new(), Vec::new());
        let eps2 = problem.eps().powi(2);
        for l in 0..=functions.last() {
            let table: Vec<Vec<[f64; 2]>> = panels.radii().iter().map(|r| functions.at(l, *r)).collect();
            let [u, slope] =
                [0, 1].map(|part| table.iter().flatten().map(|pair| pair[part]).collect::<Vec<f64>>());
            let barrier = |r: f64| eps2 * (l * (l + 1)) as f64 / (r * r);
            overlaps(&panels, &u, l)?;
            let mut motion = weighted(&panels, &slope, |_| eps2);
            let turning = weighted(&panels, &u, barrier);
            motion.iter_mut().zip(turning).for_each(|(t, b)| *t += b);
            kinetic.push(motion);
            external.push(weighted(&panels, &u, |r| problem.external().value(r)));
            values.push(u);
        }
        Ok(Self {
            problem: problem.clone(),
            functions: *functions,
            panels,
            multipoles,
            values,
            kinetic,
            external,
        })
    }

    pub(super) fn problem(&self) -> &ClosedShells {
        &self.problem
    }

    pub(super) fn functions(&self) -> &RadialFunctions {
        &self.functions
    }

    pub(super) fn panels(&self) -> &Panels {
        &self.panels
    }

    pub(super) fn kinetic(&self) -> &[Block] {
        &self.kinetic
    }

    pub(super) fn external(&self) -> &[Block] {
        &self.external
    }

    /// 4πr_i²Nρ(r_i), the particles at r a unit of length.
    pub(super) fn particles_at(&self, density: &[Block]) -> Vec<f64> {
        let n = self.functions.functions();
        let mut sum = vec![0.0; self.panels.len()];
        for (l, (u, d)) in self.values.iter().zip(density).enumerate() {
            if d.iter().all(|d| *d == 0.0) {
                continue;
            }
            let m = self.problem.multiplicity(l);
            for (sum, row) in sum.iter_mut().zip(u.chunks_exact(n)) {
                let applied = d.chunks_exact(n).map(|line| dot(line, row));
                *sum += m * applied.zip(row).map(|(a, b)| a * b).sum::<f64>();
            }
        }
        sum
    }

    /// V∗ρ and X_ℓ of a state.
    pub(super) fn mean_field(&self, density: &[Block]) -> MeanField {
        let n = self.problem.n();
        // weights·(V∗ρ)
        let field: Vec<f64> =
            self.multipoles.spherical(&self.particles_at(density)).iter().map(|u| u / n).collect();
        let kernels = self.kernels(density);
        let channels = 0..self.values.len();
        let direct = channels.clone().into_par_iter().map(|l| self.local(l, &field)).collect();
        let exchange = channels.into_par_iter().map(|l| self.exchange(l, &kernels, 1.0)).collect();
        MeanField { direct, exchange }
    }

    /// Im X_ℓ of Im D_ℓ, antisymmetric both: X is real and linear in D.
    pub(super) fn antisymmetric_exchange(&self, imaginary: &[Block]) -> Vec<Block> {
        let kernels = self.kernels(imaginary);
        (0..self.values.len()).into_par_iter().map(|l| self.exchange(l, &kernels, -1.0)).collect()
    }

    /// Σ_i field_i u_a(r_i)u_b(r_i).
    fn local(&self, l: usize, field: &[f64]) -> Block {
        let n = self.functions.functions();
        let mut block = vec![0.0; n * n];
        for (row, f) in self.values[l].chunks_exact(n).zip(field) {
            accumulate(&mut block, row, row, *f);
        }
        block
    }

    /// (ℓ′, Σ_b (D_ℓ′)_ab u_bℓ′(r_i)), whose products with u_aℓ′(r_j) sum to D_ℓ′(r_i,r_j).
    fn kernels(&self, density: &[Block]) -> Vec<(usize, Vec<f64>)> {
        let n = self.functions.functions();
        let table = |(l, d): (usize, &Block)| {
            let applied = |row: &[f64]| d.chunks_exact(n).map(|line| dot(line, row)).collect::<Vec<f64>>();
            (l, self.values[l].chunks_exact(n).flat_map(applied).collect())
        };
        density.iter().enumerate().filter(|(_, d)| d.iter().any(|d| *d != 0.0)).map(table).collect()
    }

    /// Σ_ij u_a(r_i) X_ℓ(r_i,r_j) u_b(r_j), weights in the multipoles, of D symmetric (`parity` 1) or antisymmetric (−1).
    fn exchange(&self, l: usize, kernels: &[(usize, Vec<f64>)], parity: f64) -> Block {
        let (n, points) = (self.functions.functions(), self.panels.len());
        let mut half = vec![0.0; n * n];
        if self.problem.exchange() == 0.0 {
            return half;
        }
        let coefficients = |other: usize| -> Vec<f64> {
            (0..=self.multipoles.last()).map(|k| three_j_squared(l, k, other)).collect()
        };
        let terms: Vec<Term> = kernels
            .iter()
            .map(|(other, d)| Term {
                scale: (2 * other + 1) as f64 / self.problem.n(),
                multipoles: coefficients(*other),
                left: d,
                right: &self.values[*other],
            })
            .collect();
        let mut applied = vec![0.0; n];
        let (mut row, mut part) = (vec![0.0; points], vec![0.0; points]);
        for i in 0..points {
            let (row, part) = (&mut row[..=i], &mut part[..=i]);
            row.fill(0.0);
            for term in &terms {
                self.multipoles.row(i, &term.multipoles, part);
                let left = &term.left[i * n..(i + 1) * n];
                for ((sum, v), right) in row.iter_mut().zip(part.iter()).zip(term.right.chunks_exact(n)) {
                    *sum += term.scale * v * dot(left, right);
                }
            }
            // the diagonal counts half, since the transpose is added below
            row[i] *= 0.5;
            applied.fill(0.0);
            for (x, u) in row.iter().zip(self.values[l].chunks_exact(n)) {
                applied.iter_mut().zip(u).for_each(|(sum, u)| *sum += x * u);
            }
            accumulate(&mut half, &self.values[l][i * n..(i + 1) * n], &applied, 1.0);
        }
        // the rows above are D_ℓ′(r_j,r_i)
        (0..n * n).map(|at| parity * half[at] + half[at % n * n + at / n]).collect()
    }

    /// h_ℓ.
    pub(super) fn hamiltonian(&self, field: &MeanField) -> Vec<Block> {
        let x = self.problem.exchange();
        let channel = |l: usize| {
            let sum = |at: usize| {
                self.kinetic[l][at] + self.external[l][at] + field.direct[l][at] - x * field.exchange[l][at]
            };
            (0..self.kinetic[l].len()).map(sum).collect()
        };
        (0..self.kinetic.len()).map(channel).collect()
    }

    /// Levels and orbitals of each channel.
    pub(super) fn spectra(&self, h: &[Block]) -> Result<Vec<Eigenvectors<f64>>, GroundStateError> {
        let n = self.functions.functions();
        Ok(h.iter().map(|h| symmetric_eigenvectors(n, |a, b| h[a * n + b])).collect::<Result<_, _>>()?)
    }

    /// D_ℓ of the lowest shells of each ℓ, and of a share of the next.
    pub(super) fn density(
        &self,
        spectra: &[Eigenvectors<f64>],
        full: &Configuration,
        open: Option<(usize, f64)>,
    ) -> Vec<Block> {
        let n = self.functions.functions();
        let channel = |(l, spectrum): (usize, &Eigenvectors<f64>)| {
            let mut d = vec![0.0; n * n];
            for k in 0..full.shells(l) {
                accumulate(&mut d, spectrum.vector(k), spectrum.vector(k), 1.0);
            }
            if let Some((_, share)) = open.filter(|(next, _)| *next == l) {
                let vector = spectrum.vector(full.shells(l));
                accumulate(&mut d, vector, vector, share);
            }
            d
        };
        spectra.iter().enumerate().map(channel).collect()
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// block += c·a bᵀ.
fn accumulate(block: &mut [f64], a: &[f64], b: &[f64], c: f64) {
    for (line, a) in block.chunks_exact_mut(b.len()).zip(a) {
        line.iter_mut().zip(b).for_each(|(sum, b)| *sum += c * a * b);
    }
}

/// ∫f u_a u_b dr, [i·n + a] = u_a(r_i).
fn weighted(panels: &Panels, u: &[f64], f: impl Fn(f64) -> f64) -> Block {
    let n = u.len() / panels.len();
    let mut block = vec![0.0; n * n];
    for (row, (r, w)) in u.chunks_exact(n).zip(panels.radii().iter().zip(panels.weights())) {
        accumulate(&mut block, row, row, w * f(*r));
    }
    block
}

/// ∫u_a u_b = δ_ab, or the points do not serve.
fn overlaps(panels: &Panels, u: &[f64], l: usize) -> Result<(), GroundStateError> {
    let n = u.len() / panels.len();
    let products = weighted(panels, u, |_| 1.0);
    let defect = |(at, product): (usize, &f64)| (product - f64::from(u8::from(at / n == at % n))).abs();
    let defect = products.iter().enumerate().map(defect).fold(0.0, f64::max);
    if defect <= OVERLAP { Ok(()) } else { Err(GroundStateError::Overlap { l, defect }) }
}
