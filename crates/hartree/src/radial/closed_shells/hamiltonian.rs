//! The matrices of h_ℓ = ε²(−∂_r² + ℓ(ℓ+1)/r²) + V_ext + V∗ρ − x X_ℓ in the functions u_aℓ.
//!
//! With the density matrices D_ℓ = Σ_n c_nℓ c_nℓᵀ of the full shells and D_ℓ(r,s) = Σ_ab u_aℓ(r)(D_ℓ)_ab u_bℓ(s),
//!
//! - 4πr²Nρ(r) = gΣ_ℓ(2ℓ+1)D_ℓ(r,r), (V∗ρ)(r) = ∫v_0(r,s)4πs²ρ(s)ds;
//! - X_ℓ(r,s) = N^{−1}Σ_ℓ′(2ℓ′+1)D_ℓ′(r,s)Σ_k(ℓ k ℓ′; 0 0 0)² v_k(r,s): particles of the same spin alone exchange.

use operators::{Eigenvectors, real_product, symmetric_eigenvectors};
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
        let filled = density.iter().enumerate().filter(|(_, d)| d.iter().any(|d| *d != 0.0));
        let channel = |(l, d): (usize, &Block)| -> Vec<f64> {
            let (u, m) = (&self.values[l], self.problem.multiplicity(l));
            let applied = multiplied(u, d, n);
            applied.chunks_exact(n).zip(u.chunks_exact(n)).map(|(a, u)| m * dot(a, u)).collect()
        };
        let channels: Vec<Vec<f64>> = filled.collect::<Vec<_>>().into_par_iter().map(channel).collect();
        let mut sum = vec![0.0; self.panels.len()];
        for channel in &channels {
            sum.iter_mut().zip(channel).for_each(|(sum, of_channel)| *sum += of_channel);
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
        let (n, u) = (self.functions.functions(), &self.values[l]);
        let weighted = u.chunks_exact(n).zip(field).flat_map(|(row, f)| row.iter().map(move |u| f * u));
        multiplied(&transposed(u, n), &weighted.collect::<Vec<_>>(), field.len())
    }

    /// (ℓ′, D_ℓ′(r_i,r_j)), [i·points + j], of the ℓ′ where there is anything to exchange.
    fn kernels(&self, density: &[Block]) -> Vec<(usize, Vec<f64>)> {
        let exchanged = |d: &Block| self.problem.exchange() != 0.0 && d.iter().any(|d| *d != 0.0);
        let kernel = |(l, d): (usize, &Block)| {
            let n = self.functions.functions();
            let applied = multiplied(&self.values[l], d, n);
            (l, multiplied(&applied, &transposed(&self.values[l], n), n))
        };
        let filled: Vec<_> = density.iter().enumerate().filter(|(_, d)| exchanged(d)).collect();
        filled.into_par_iter().map(kernel).collect()
    }

    /// Σ_ij u_a(r_i) X_ℓ(r_i,r_j) u_b(r_j), weights in the multipoles, of D symmetric (`parity` 1) or antisymmetric (−1).
    fn exchange(&self, l: usize, kernels: &[(usize, Vec<f64>)], parity: f64) -> Block {
        let (n, points) = (self.functions.functions(), self.panels.len());
        if kernels.is_empty() {
            return vec![0.0; n * n];
        }
        let mut exchange = vec![0.0; points * points];
        let mut row = vec![0.0; points];
        for (other, kernel) in kernels {
            let scale = (2 * other + 1) as f64 / self.problem.n();
            let coefficients: Vec<f64> =
                (0..=self.multipoles.last()).map(|k| scale * three_j_squared(l, k, *other)).collect();
            for i in 0..points {
                let row = &mut row[..=i];
                self.multipoles.row(i, &coefficients, row);
                let line = i * points..i * points + i + 1;
                let terms = row.iter().zip(&kernel[line.clone()]);
                exchange[line].iter_mut().zip(terms).for_each(|(sum, (v, d))| *sum += v * d);
            }
        }
        for i in 0..points {
            for j in 0..i {
                exchange[j * points + i] = parity * exchange[i * points + j];
            }
        }
        let u = &self.values[l];
        multiplied(&transposed(u, n), &multiplied(&exchange, u, points), points)
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

/// a b, where b has `inner` rows.
fn multiplied(a: &[f64], b: &[f64], inner: usize) -> Vec<f64> {
    let mut product = vec![0.0; (a.len() / inner) * (b.len() / inner)];
    real_product(a, b, inner, &mut product);
    product
}

/// Rows of length n in place of columns.
fn transposed(u: &[f64], n: usize) -> Vec<f64> {
    let rows = u.len() / n;
    (0..u.len()).map(|at| u[at % rows * n + at / rows]).collect()
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
