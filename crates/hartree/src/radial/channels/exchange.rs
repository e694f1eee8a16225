//! Hartree–Fock: X(x;y) = V(x−y)ω(x;y)/N beside V∗ρ, and its flow.
//!
//! With ω(x;y) = Σ_ℓ(2ℓ+1)P_ℓ(c)ω_ℓ(r,r′)/(4πrr′), c the cosine of the angle between x and y,
//!
//! X_ℓ(r,r′) = N^{−1} ∫_{−1}^1 P_ℓ(c) V(|x−y|) Σ_ℓ′(ℓ′+½)P_ℓ′(c)ω_ℓ′(r,r′) dc:
//!
//! at each pair of radii a Legendre synthesis, a product and a Legendre analysis. V may be infinite at x = y; but ω(x;·)φ has no wave numbers
//! above those of the points, V∗ does not see others, and V_K of [`MeanField::interaction`] takes its place, which is smooth.
//!
//! In the frame r = bξ, on its clock, iε∂_sω = [… − b²X, ω] with V(b·) for V. As on the line the flow of −b²X alone keeps ρ and commutes with
//! every kick, so that kick and exchange are together the exact flow of b²(V∗ρ − X). It is weak, ‖X‖ ≤ V(0)‖ω‖/N for a V of positive type, and the
//! midpoint rule carries it out, with an error of a part (τb²‖X‖/ε)² of it.

use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use kernels::radial::MeanField;
use num_complex::Complex64;
use operators::{product, product_with_adjoint, real_product};
use phase_space::eight_points;
use phase_space::radial::{AngularMomenta, RadialGrid};
use rayon::prelude::*;

use super::{Channel, ChannelHartree};
use crate::HartreeError;
use crate::radial::closed_shells::legendre;

/// Nodes of the table of V_K between two radii: interpolated by eight of them its error is at most 1.1·10⁻³(π/16)⁸ = 2·10⁻⁹ of V_K(0).
const REFINED: usize = 16;
/// Places of the table before distance 0.
const MARGIN: usize = 4;
/// Angles beyond those that the degrees ask for.
const SPARE: usize = 8;

/// What exchange is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExchangeTerm {
    /// −X.
    Fock,
    /// The potential −Xω(x;x)/ω(x;x), its average: a negative control.
    Averaged,
}

/// The angular integrals, which do not depend on the state.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    term: ExchangeTerm,
    /// ξ_j.
    radii: Vec<f64>,
    /// c_q.
    cosines: Vec<f64>,
    /// `[ℓ·Q + q]` = (ℓ+½)P_ℓ(c_q).
    synthesis: Vec<f64>,
    /// `[q·(L+1) + ℓ]` = w_q P_ℓ(c_q)/N.
    analysis: Vec<f64>,
    channels: usize,
}

/// `[i][j·Q + q]`, j ≤ i.
type Potential = Vec<Vec<f64>>;

/// A matrix of one channel, `[i·n + j]`; or its factors, `[j·rank + k]`.
type Matrix = Vec<Complex64>;

impl Exchange {
    /// V_K has no degree above K times a radius, and of its products with P_ℓP_ℓ′ those with degrees up to 2L count.
    fn new(grid: &RadialGrid, last: usize, n_particles: f64, term: ExchangeTerm) -> Self {
        // Kr ≤ πn
        let degree = (std::f64::consts::PI * grid.len() as f64).ceil() as usize;
        let count = NonZeroUsize::MIN.saturating_add(last + degree / 2 + SPARE);
        let rule = GaussLegendre::new(count);
        let (cosines, weights): (Vec<f64>, Vec<f64>) = rule.iter().copied().unzip();
        let polynomials: Vec<Vec<f64>> = cosines.iter().map(|c| legendre(*c, last)).collect();
        let synthesis = (0..=last).flat_map(|l| polynomials.iter().map(move |p| (l as f64 + 0.5) * p[l]));
        let analysis =
            polynomials.iter().zip(&weights).flat_map(|(p, w)| p.iter().map(move |p| w * p / n_particles));
        Self {
            term,
            radii: grid.points(),
            synthesis: synthesis.collect(),
            analysis: analysis.collect(),
            cosines,
            channels: last + 1,
        }
    }

    /// V_K(b|ξ−ξ′|) at every pair of radii and every angle, from a field on the points bξ_j.
    fn potential(&self, field: &MeanField, b: f64, spacing: f64) -> Potential {
        let end = self.radii.last().map_or(0.0, |r| 2.0 * r);
        let table = Tabulated::new(field, b, spacing, end);
        let row = |i: usize| {
            let r = self.radii[i];
            let at =
                |s: f64| self.cosines.iter().map(move |c| ((r - s).powi(2) + 2.0 * r * s * (1.0 - c)).sqrt());
            self.radii[..=i].iter().flat_map(|s| at(*s)).map(|u| table.at(u)).collect()
        };
        (0..self.radii.len()).into_par_iter().map(row).collect()
    }

    /// hX_ℓ(ξ_i;ξ_j) from hω_ℓ(ξ_i;ξ_j), for every ℓ.
    fn matrices(&self, potential: &Potential, omega: &[Matrix]) -> Vec<Matrix> {
        let (n, count) = (self.radii.len(), self.cosines.len());
        let row = |i: usize| {
            let entry =
                |j: usize, part: fn(&Complex64) -> f64| omega.iter().map(move |a| part(&a[i * n + j]));
            let of = |part: fn(&Complex64) -> f64| (0..=i).flat_map(move |j| entry(j, part));
            let values: Vec<f64> = of(|z| z.re).chain(of(|z| z.im)).collect();
            let mut kernel = vec![0.0; 2 * (i + 1) * count];
            real_product(&values, &self.synthesis, self.channels, &mut kernel);
            let (re, im) = kernel.split_at_mut((i + 1) * count);
            for ((re, im), v) in re.iter_mut().zip(im).zip(&potential[i]) {
                (*re, *im) = (*re * v, *im * v);
            }
            let mut channels = vec![0.0; 2 * (i + 1) * self.channels];
            real_product(&kernel, &self.analysis, count, &mut channels);
            channels
        };
        let rows: Vec<Vec<f64>> = (0..n).into_par_iter().map(row).collect();
        let channel = |l: usize| {
            let mut x = vec![Complex64::ZERO; n * n];
            for (i, row) in rows.iter().enumerate() {
                let (re, im) = row.split_at((i + 1) * self.channels);
                for j in 0..=i {
                    let z = Complex64::new(re[j * self.channels + l], im[j * self.channels + l]);
                    (x[j * n + i], x[i * n + j]) = (z.conj(), z);
                }
            }
            x
        };
        (0..self.channels).into_par_iter().map(channel).collect()
    }
}

impl ChannelHartree {
    /// The same state with exchange: Hartree–Fock from now on.
    ///
    /// # Errors
    /// [`HartreeError::Sparse`]: exchange couples every ℓ, and needs all of them.
    pub fn with_exchange(self, term: ExchangeTerm) -> Result<Self, HartreeError> {
        let last = self.momenta.last();
        if self.momenta != AngularMomenta::full(last) {
            return Err(HartreeError::Sparse);
        }
        let exchange = Exchange::new(&self.grid, last, self.n_particles, term);
        Ok(Self { exchange: Some(exchange), ..self })
    }

    /// −(2N)^{−1}tr Xω, the exchange energy a particle; 0 without exchange.
    ///
    /// # Errors
    /// [`HartreeError`]: no mean field.
    pub fn exchange_energy(&self) -> Result<f64, HartreeError> {
        let Some(exchange) = &self.exchange else { return Ok(0.0) };
        let potential = self.potential(exchange, self.frame.scale(self.time).0)?;
        let omega = kernels(&self.channels, &self.rows());
        let x = exchange.matrices(&potential, &omega);
        let trace = |(x, omega): (&Matrix, &Matrix)| {
            x.iter().zip(omega).map(|(x, omega)| (x * omega.conj()).re).sum::<f64>()
        };
        let traces: Vec<f64> = x.iter().zip(&omega).map(trace).collect();
        Ok(-0.5 * self.momenta.sum(&traces) / self.n_particles)
    }

    /// The flow of −b²X, b at the time t of the laboratory, for a time τ of the clock; `theta` = τ/ε.
    pub(super) fn exchange(&mut self, t: f64, theta: f64) -> Result<(), HartreeError> {
        let Some(exchange) = &self.exchange else { return Ok(()) };
        let b = self.frame.scale(t).0;
        let (potential, theta) = (self.potential(exchange, b)?, theta * b * b);
        let start = self.rows();
        if exchange.term == ExchangeTerm::Averaged {
            let phases = averaged(exchange, &potential, &kernels(&self.channels, &start), &self.momenta);
            let phases: Vec<Complex64> = phases.iter().map(|x| Complex64::cis(theta * x)).collect();
            self.channels.par_iter_mut().for_each(|channel| channel.factors.rotate(&phases));
            return Ok(());
        }
        // q̇ = iθXq
        let step = |at: &[Matrix], theta: f64| -> Vec<Matrix> {
            let x = exchange.matrices(&potential, &kernels(&self.channels, at));
            let moved = |((x, q), start): ((&Matrix, &Matrix), &Matrix)| {
                let mut slope = vec![Complex64::ZERO; q.len()];
                if !q.is_empty() {
                    product(x, q, self.grid.len(), &mut slope);
                }
                slope.iter().zip(start).map(|(k, q)| q + Complex64::new(0.0, theta) * k).collect()
            };
            x.par_iter().zip(at).zip(&start).map(moved).collect()
        };
        let middle = step(&start, 0.5 * theta);
        let end = step(&middle, theta);
        self.channels.par_iter_mut().zip(&end).for_each(|(channel, rows)| channel.factors.set_rows(rows));
        Ok(())
    }

    fn rows(&self) -> Vec<Matrix> {
        self.channels.par_iter().map(|channel| channel.factors.rows()).collect()
    }

    fn potential(&self, exchange: &Exchange, b: f64) -> Result<Potential, HartreeError> {
        let field = self.field.dilated(self.interaction.as_ref(), b)?;
        Ok(exchange.potential(&field, b, self.grid.spacing()))
    }
}

/// hω_ℓ = Σ_k λ_k q_k q_k* for factors q with the weights of the channels.
fn kernels(channels: &[Channel], rows: &[Matrix]) -> Vec<Matrix> {
    let kernel = |(Channel { factors, .. }, q): (&Channel, &Matrix)| {
        let (n, rank) = (factors.n(), factors.rank());
        let mut omega = vec![Complex64::ZERO; n * n];
        if rank > 0 {
            let weighted: Matrix =
                q.iter().enumerate().map(|(at, q)| q * factors.weights()[at % rank]).collect();
            product_with_adjoint(&weighted, q, rank, &mut omega);
        }
        omega
    };
    channels.par_iter().zip(rows).map(kernel).collect()
}

/// Σ(2ℓ+1)(X_ℓω_ℓ)(ξ_j;ξ_j)/Σ(2ℓ+1)ω_ℓ(ξ_j;ξ_j), 0 where there is nothing.
fn averaged(
    exchange: &Exchange,
    potential: &Potential,
    omega: &[Matrix],
    momenta: &AngularMomenta,
) -> Vec<f64> {
    let (n, x) = (exchange.radii.len(), exchange.matrices(potential, omega));
    let at = |i: usize| {
        let row = i * n..(i + 1) * n;
        let products = |(x, omega): (&Matrix, &Matrix)| {
            x[row.clone()].iter().zip(&omega[row.clone()]).map(|(x, omega)| (x * omega.conj()).re).sum()
        };
        let products: Vec<f64> = x.iter().zip(omega).map(products).collect();
        let density: Vec<f64> = omega.iter().map(|omega| omega[i * n + i].re).collect();
        let density = momenta.sum(&density);
        if density > f64::MIN_POSITIVE { momenta.sum(&products) / density } else { 0.0 }
    };
    (0..n).map(at).collect()
}

/// V_K(bu) at 0 ≤ u ≤ end, between points by polynomials.
struct Tabulated {
    step: f64,
    /// Values at (m − `MARGIN`)·step: V_K is even.
    values: Vec<f64>,
}

impl Tabulated {
    fn new(field: &MeanField, b: f64, spacing: f64, end: f64) -> Self {
        let step = spacing / REFINED as f64;
        let count = (end / step).ceil() as usize + 2 * MARGIN;
        let half = field.interaction(b * step, count);
        let mirrored = (0..MARGIN).map(|m| half[MARGIN - m]);
        Self { step, values: mirrored.chain(half.iter().copied()).collect() }
    }

    fn at(&self, u: f64) -> f64 {
        let (first, weights) = eight_points(u / self.step);
        weights.iter().zip(&self.values[first..]).map(|(w, v)| w * v).sum()
    }
}
