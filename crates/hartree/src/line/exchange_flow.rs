//! iε∂ₜφ_j = −fX[ω]φ_j, X(x;y) = V(x−y)ω(x;y)/N, ω changing with it: the flow of the exchange energy alone.
//!
//! It keeps ρ, since ∂ₜω(x;x) = (2f/ε)Im∫V(x−y)|ω(x;y)|²dy/N = 0, and it commutes with every ω(x;y) ↦ e^{iθ(x)−iθ(y)}ω(x;y),
//! which leaves |ω(x;y)| alone: kick and exchange are, together and in either order, the exact flow of V_ext + V∗ρ − fX.
//! It is not stiff: ‖X‖ ≤ V(0)‖ω‖/N = εV(0) for a V of positive type (Schur), so that ‖X‖/ε is of order one for every ε.
//!
//! Butcher's Runge–Kutta method of order 6 with 7 stages, in so many parts that a part turns by less than [`FINE_TURN`], which
//! leaves an error near round-off, orthonormality included: the method does not keep that by itself.

use num_complex::Complex64;
use operators::{product, product_with_adjoint};
use rayon::prelude::*;

use super::fock::Fock;

/// Largest ‖X‖τ/ε of one part, ‖X‖ by the sums of its rows, for an error near round-off.
pub(super) const FINE_TURN: f64 = 0.03;

/// Rows of X that one thread works on: fixed, so that the bits do not depend on the number of threads.
const TOGETHER: usize = 48;

/// Where ρ is smaller than this part of its maximum, orbitals are rounding.
const EMPTY: f64 = 1e-27;

/// a_ij of the stages 2 to 7.
const A: [&[f64]; 6] = [
    &[1.0 / 3.0],
    &[0.0, 2.0 / 3.0],
    &[1.0 / 12.0, 1.0 / 3.0, -1.0 / 12.0],
    &[-1.0 / 16.0, 9.0 / 8.0, -3.0 / 16.0, -3.0 / 8.0],
    &[0.0, 9.0 / 8.0, -3.0 / 8.0, -3.0 / 4.0, 1.0 / 2.0],
    &[9.0 / 44.0, -9.0 / 11.0, 63.0 / 44.0, 18.0 / 11.0, 0.0, -16.0 / 11.0],
];

/// b_i.
const B: [f64; 7] = [11.0 / 120.0, 0.0, 27.0 / 40.0, 27.0 / 40.0, -4.0 / 15.0, -4.0 / 15.0, 11.0 / 120.0];

/// The exchange flow of a model on an axis.
#[derive(Clone, Debug)]
pub(super) struct ExchangeFlow {
    n_x: usize,
    eps: f64,
    /// weights[m] = f v_m Δx/N: X_ij = weights[|i−j|] ω(x_i;x_j).
    weights: Vec<f64>,
    /// Largest ‖X‖τ/ε of one part.
    pub turn: f64,
}

impl ExchangeFlow {
    /// `None` without exchange.
    pub(super) fn new(fock: &Fock) -> Option<Self> {
        let scale = fock.exchange * fock.axis.spacing() / fock.n as f64;
        (scale != 0.0).then(|| Self {
            n_x: fock.axis.len(),
            eps: fock.scaling.eps(),
            weights: fock.weights.iter().map(|v| v * scale).collect(),
            turn: FINE_TURN,
        })
    }

    /// The orbitals, `values[j·n_x + i] = √f_j φ_j(x_i)`, after a time τ.
    pub(super) fn advance(&self, values: &mut [Complex64], tau: f64) {
        let points = self.occupied(values);
        let rank = values.len() / self.n_x;
        let mut psi: Vec<_> =
            points.iter().flat_map(|i| values.chunks_exact(self.n_x).map(|phi| phi[*i])).collect();
        let parts = ((tau.abs() * self.rate(&points, &psi) / self.turn).ceil() as usize).max(1);
        for _ in 0..parts {
            self.runge_kutta(&points, &mut psi, tau / parts as f64);
        }
        for (i, row) in points.iter().zip(psi.chunks_exact(rank)) {
            values.chunks_exact_mut(self.n_x).zip(row).for_each(|(phi, z)| phi[*i] = *z);
        }
    }

    /// X_loc(x_i) = Σ_j X_ij ω(x_j;x_i)/ω(x_i;x_i), 0 where there is nothing: exchange as a potential, which it is not.
    pub(super) fn averaged(&self, values: &[Complex64]) -> Vec<f64> {
        let points = self.occupied(values);
        let mut averaged = vec![0.0; self.n_x];
        for i in &points {
            let omega = |j: usize| values.chunks_exact(self.n_x).map(|phi| phi[*i] * phi[j].conj()).sum();
            let term = |j: &usize| self.weights[i.abs_diff(*j)] * Complex64::norm_sqr(&omega(*j));
            averaged[*i] = points.iter().map(term).sum::<f64>() / omega(*i).re;
        }
        averaged
    }

    /// The points with ρ(x_i) > `EMPTY`·max ρ. The flow keeps ρ, and |X(x;y)|² ≤ V(x−y)²ρ(x)ρ(y): elsewhere nothing happens.
    fn occupied(&self, values: &[Complex64]) -> Vec<usize> {
        let mut rho = vec![0.0; self.n_x];
        for phi in values.chunks_exact(self.n_x) {
            rho.iter_mut().zip(phi).for_each(|(rho, z)| *rho += z.norm_sqr());
        }
        let most = rho.iter().fold(0.0, |most: f64, rho| most.max(*rho));
        (0..self.n_x).filter(|i| rho[*i] > EMPTY * most).collect()
    }

    /// ψ ↦ ψ + τΣb_ik_i, k_i = F(ψ + τΣa_ijk_j); `psi[a·r + j] = √f_j φ_j(x_i)`, x_i the a-th of the points, r orbitals.
    fn runge_kutta(&self, points: &[usize], psi: &mut [Complex64], tau: f64) {
        let mut slopes = vec![self.slope(points, psi)];
        for row in A {
            let stage = combined(psi, &slopes, row, tau);
            slopes.push(self.slope(points, &stage));
        }
        psi.copy_from_slice(&combined(psi, &slopes, &B, tau));
    }

    /// F(ψ)(x_i) = (i/ε) Σ_j X_ij ψ(x_j).
    fn slope(&self, points: &[usize], psi: &[Complex64]) -> Vec<Complex64> {
        let factor = Complex64::new(0.0, 1.0 / self.eps);
        let rank = psi.len() / points.len();
        let mut slope = vec![Complex64::ZERO; psi.len()];
        slope.par_chunks_mut(TOGETHER * rank).enumerate().for_each(|(block, target)| {
            let rows = self.rows(points, psi, block);
            product(&rows, psi, points.len(), target);
            target.iter_mut().for_each(|t| *t *= factor);
        });
        slope
    }

    /// X_ij for the points x_i of a block and every point x_j: (ψψ*)_ij times weights.
    fn rows(&self, points: &[usize], psi: &[Complex64], block: usize) -> Vec<Complex64> {
        let rank = psi.len() / points.len();
        let some = &points[block * TOGETHER..points.len().min((block + 1) * TOGETHER)];
        let mut rows = vec![Complex64::ZERO; some.len() * points.len()];
        product_with_adjoint(&psi[block * TOGETHER * rank..][..some.len() * rank], psi, rank, &mut rows);
        for (row, i) in rows.chunks_exact_mut(points.len()).zip(some) {
            row.iter_mut().zip(points).for_each(|(w, j)| *w *= self.weights[i.abs_diff(*j)]);
        }
        rows
    }

    /// max_i Σ_j|X_ij|/ε ≥ ‖X‖/ε.
    fn rate(&self, points: &[usize], psi: &[Complex64]) -> f64 {
        let most = |block: usize| {
            let rows = self.rows(points, psi, block);
            let sums = rows.chunks_exact(points.len()).map(|row| row.iter().map(|x| x.norm()).sum());
            sums.fold(0.0, f64::max)
        };
        (0..points.len().div_ceil(TOGETHER)).into_par_iter().map(most).reduce(|| 0.0, f64::max) / self.eps
    }
}

/// ψ + τΣ_i c_ik_i.
fn combined(psi: &[Complex64], slopes: &[Vec<Complex64>], c: &[f64], tau: f64) -> Vec<Complex64> {
    let mut sum = psi.to_vec();
    for (k, c) in slopes.iter().zip(c).filter(|(_, c)| **c != 0.0) {
        sum.iter_mut().zip(k).for_each(|(s, k)| *s += k * (c * tau));
    }
    sum
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::line::{Exchange, External, Model, Orbitals};
    use kernels::Gaussian;
    use phase_space::Scaling;
    use phase_space::line::Axis;

    fn flow() -> (ExchangeFlow, Orbitals) {
        let (axis, scaling) = (Axis::new(0.0, 9.0, 64).unwrap(), Scaling::line(0.25).unwrap());
        let model = Model::hartree(Gaussian::new(6.0, 0.5).unwrap(), External::None);
        let fock = Fock::new(&model.with_exchange(Exchange::Fock), &axis, scaling).unwrap();
        let mut orbitals = Orbitals::oscillator_sea(&axis, scaling, 1.3).unwrap();
        // phases of no symmetry, or ω commutes with X
        for (j, z) in orbitals.values_mut().iter_mut().enumerate() {
            let x = axis.point(j % 64);
            *z *= Complex64::cis(3.0 * x.sin() + x * x);
        }
        (ExchangeFlow::new(&fock).unwrap(), orbitals)
    }

    /// The order of the method by itself, one part a step.
    #[test]
    fn the_method_has_order_six() {
        let (flow, orbitals) = flow();
        let points: Vec<usize> = (0..64).collect();
        let run = |steps: usize| {
            let mut psi = transposed(orbitals.values(), 64);
            (0..steps).for_each(|_| flow.runge_kutta(&points, &mut psi, 0.6 / steps as f64));
            psi
        };
        let fine = run(128);
        let error = |steps| run(steps).iter().zip(&fine).map(|(a, b)| (a - b).norm_sqr()).sum::<f64>().sqrt();
        let (coarse, half) = (error(16), error(32));
        let order = (coarse / half).log2();
        assert!((order - 6.0).abs() < 0.3 && half > 1e-10, "{order} {coarse:.1e} {half:.1e}");
    }

    #[test]
    fn it_keeps_density_and_orthonormality_and_moves_the_kernel() {
        let (flow, start) = flow();
        let mut orbitals = start.clone();
        flow.advance(orbitals.values_mut(), 0.3);
        let error = orbitals.density().into_iter().zip(start.density()).map(|(a, b)| (a - b).abs());
        let error = error.fold(0.0, f64::max);
        assert!(error < 1e-12, "{error:.1e}");
        assert!(orbitals.orthonormality_defect() < 1e-12, "{:.1e}", orbitals.orthonormality_defect());
        let moved = orbitals.hilbert_schmidt_distance(&start).unwrap();
        assert!(moved > 1e-2, "{moved}");
        flow.advance(orbitals.values_mut(), -0.3);
        assert!(orbitals.hilbert_schmidt_distance(&start).unwrap() < 1e-11);
    }

    #[test]
    fn empty_points_do_nothing() {
        let (flow, start) = flow();
        let occupied = flow.occupied(start.values());
        assert!(occupied.len() > 20 && occupied.len() < 60, "{}", occupied.len());
        let (mut some, all) = (start.clone(), (0..64).collect::<Vec<usize>>());
        flow.advance(some.values_mut(), 0.02);
        let mut psi = transposed(start.values(), 64);
        (0..64).for_each(|_| flow.runge_kutta(&all, &mut psi, 0.02 / 64.0));
        let every = transposed(&psi, 4);
        let error = some.values().iter().zip(&every).map(|(a, b)| (a - b).norm()).fold(0.0, f64::max);
        let moved = start.values().iter().zip(&every).map(|(a, b)| (a - b).norm()).fold(0.0, f64::max);
        assert!(error < 1e-12 && moved > 1e-2, "{error:.1e} {moved:.1e}");
    }

    #[test]
    fn it_commutes_with_every_kick() {
        let (flow, start) = flow();
        let kick = |orbitals: &mut Orbitals| {
            let axis = *orbitals.axis();
            for (j, z) in orbitals.values_mut().iter_mut().enumerate() {
                *z *= Complex64::cis(2.0 * axis.point(j % 64).cos());
            }
        };
        let (mut one, mut other) = (start.clone(), start);
        kick(&mut one);
        flow.advance(one.values_mut(), 0.3);
        flow.advance(other.values_mut(), 0.3);
        kick(&mut other);
        assert!(one.hilbert_schmidt_distance(&other).unwrap() < 1e-12);
    }

    /// [j·rows + i] from [i·columns + j].
    fn transposed(a: &[Complex64], columns: usize) -> Vec<Complex64> {
        let rows = a.len() / columns;
        (0..a.len()).map(|at| a[(at % rows) * columns + at / rows]).collect()
    }
}
