//! Time-dependent Hartree–Fock of rotation-invariant states, in the functions u_aℓ:
//!
//! iε∂ₜD_ℓ = [h_ℓ(D), D_ℓ],  h_ℓ = k_ℓ + V_ext + V∗ρ − x X_ℓ(D),
//!
//! D_ℓ Hermitian, 2ℓ+1 times each, and g spins. One step is the exponential midpoint rule
//!
//! D′ = e^{−iτh/ε} D e^{iτh/ε},  h = h((D+D′)/2),
//!
//! solved to round-off: unitary, hence the spectrum of D stays, and symmetric in time. Suzuki's composition of five of them,
//! τ ↦ pτ, pτ, (1−4p)τ, pτ, pτ with p = 1/(4−4^{1/3}), has order 4.

use num_complex::Complex64;
use operators::hermitian_eigenvectors;
use rayon::prelude::*;

use super::energy::Energy;
use super::error::GroundStateError;
use super::functions::RadialFunctions;
use super::ground_state::GroundState;
use super::hamiltonian::{Block, Discretised};
use super::problem::ClosedShells;

/// ‖change of D′‖/‖D‖ at which the midpoint is settled, and the sweeps allowed.
const SETTLED: f64 = 1e-14;
const SWEEPS: usize = 60;

/// A Hermitian matrix of one channel, [a·n + b].
type Matrix = Vec<Complex64>;

/// ω_t by its D_ℓ.
#[derive(Clone, Debug)]
pub struct HartreeFock {
    discretised: Discretised,
    density: Vec<Matrix>,
}

impl HartreeFock {
    /// A ground state under the field, interaction and exchange of another problem, with the same ε and N.
    ///
    /// # Errors
    /// [`GroundStateError`]: an interaction without multipoles; another N.
    pub fn released(
        state: &GroundState,
        problem: &ClosedShells,
        refinement: f64,
    ) -> Result<Self, GroundStateError> {
        let discretised = Discretised::new(problem, state.functions(), refinement)?;
        let blocks = state.blocks(&discretised);
        Self { density: blocks.iter().map(complex).collect(), discretised }.checked()
    }

    /// D_ℓ = diag f(ℓ,k) in the functions: for those of an oscillator a mixed state that its h keeps.
    ///
    /// # Errors
    /// [`GroundStateError`]: gΣ(2ℓ+1)f ≠ N, an interaction without multipoles.
    pub fn occupied(
        problem: &ClosedShells,
        functions: &RadialFunctions,
        refinement: f64,
        f: impl Fn(usize, usize) -> f64,
    ) -> Result<Self, GroundStateError> {
        let discretised = Discretised::new(problem, functions, refinement)?;
        let n = functions.functions();
        let entry = |l: usize, at: usize| if at / n == at % n { f(l, at / n) } else { 0.0 };
        let block = |l: usize| (0..n * n).map(|at| Complex64::from(entry(l, at))).collect();
        Self { density: (0..=functions.last()).map(block).collect(), discretised }.checked()
    }

    /// tr ω = N.
    fn checked(self) -> Result<Self, GroundStateError> {
        let (trace, wanted) = (self.trace(), self.discretised.problem().n());
        if (trace - wanted).abs() <= 1e-6 * wanted {
            Ok(self)
        } else {
            Err(GroundStateError::Released { trace, wanted })
        }
    }

    /// Evolves over `duration` in `steps` steps of order 4; a negative duration goes back.
    ///
    /// # Errors
    /// [`GroundStateError::Midpoint`]: steps that are too long.
    pub fn evolve(&mut self, duration: f64, steps: usize) -> Result<(), GroundStateError> {
        let p = 1.0 / (4.0 - 4.0_f64.cbrt());
        for _ in 0..steps {
            for share in [p, p, 1.0 - 4.0 * p, p, p] {
                self.midpoint(share * duration / steps as f64)?;
            }
        }
        Ok(())
    }

    fn midpoint(&mut self, tau: f64) -> Result<(), GroundStateError> {
        let n = self.discretised.functions().functions();
        let eps = self.discretised.problem().eps();
        let (mut next, mut change) = (self.density.clone(), f64::INFINITY);
        for _ in 0..SWEEPS {
            let middle: Vec<Matrix> = self.density.iter().zip(&next).map(|(a, b)| mean(a, b)).collect();
            let h = self.hamiltonian(&middle);
            let channels = h.par_iter().zip(&self.density);
            let moved: Vec<Matrix> =
                channels.map(|(h, d)| rotated(n, h, d, tau / eps)).collect::<Result<_, _>>()?;
            let before = change;
            change = distance(&moved, &next);
            next = moved;
            // round-off ends the fixed point where it stops to contract
            if change <= SETTLED || (change <= 100.0 * SETTLED && change >= before) {
                self.density = next;
                return Ok(());
            }
        }
        Err(GroundStateError::Midpoint { change })
    }

    /// h_ℓ(D) = h_ℓ(Re D) − i x X_ℓ(Im D).
    fn hamiltonian(&self, density: &[Matrix]) -> Vec<Matrix> {
        let [real, imaginary] = parts(density);
        let h = self.discretised.hamiltonian(&self.discretised.mean_field(&real));
        let x = self.discretised.problem().exchange();
        let turned = self.discretised.antisymmetric_exchange(&imaginary);
        let channel =
            |(h, t): (&Block, &Block)| h.iter().zip(t).map(|(re, im)| Complex64::new(*re, -x * im)).collect();
        h.iter().zip(&turned).map(channel).collect()
    }

    /// tr ω = gΣ(2ℓ+1)tr D_ℓ.
    pub fn trace(&self) -> f64 {
        let n = self.discretised.functions().functions();
        let channel = |(l, d): (usize, &Matrix)| {
            self.discretised.problem().multiplicity(l) * (0..n).map(|a| d[a * n + a].re).sum::<f64>()
        };
        self.density.iter().enumerate().map(channel).sum()
    }

    /// E and its parts; tr X(Im D)(Im D) belongs to the exchange.
    pub fn energy(&self) -> Energy {
        let [real, imaginary] = parts(&self.density);
        let mut energy = self.discretised.energy(&real, &self.discretised.mean_field(&real));
        let turned = self.discretised.antisymmetric_exchange(&imaginary);
        let problem = self.discretised.problem();
        for (l, (x, d)) in turned.iter().zip(&imaginary).enumerate() {
            let product: f64 = x.iter().zip(d).map(|(x, d)| x * d).sum();
            energy.exchange -= 0.5 * problem.exchange() * problem.multiplicity(l) * product;
        }
        energy
    }

    /// ∫ρ and ∫|x|²ρ.
    pub fn moments(&self) -> (f64, f64) {
        self.discretised.moments(&parts(&self.density)[0])
    }

    /// tr e^{ip·x}ω/N = ∫ρ(x) sin(|p|r)/(|p|r) dx.
    pub fn transform(&self, p: f64) -> f64 {
        self.discretised.transform(&parts(&self.density)[0], p)
    }

    /// ‖ω − ω′‖_HS/√N of two states in the same functions.
    pub fn hilbert_schmidt(&self, other: &Self) -> f64 {
        let problem = self.discretised.problem();
        let channel = |(l, (a, b)): (usize, (&Matrix, &Matrix))| {
            problem.multiplicity(l) * a.iter().zip(b).map(|(a, b)| (a - b).norm_sqr()).sum::<f64>()
        };
        let sum: f64 = self.density.iter().zip(&other.density).enumerate().map(channel).sum();
        (sum / problem.n()).sqrt()
    }
}

fn complex(block: &Block) -> Matrix {
    block.iter().map(|d| Complex64::from(*d)).collect()
}

/// Re D and Im D.
fn parts(density: &[Matrix]) -> [Vec<Block>; 2] {
    let part = |f: fn(&Complex64) -> f64| density.iter().map(|d| d.iter().map(f).collect()).collect();
    [part(|z| z.re), part(|z| z.im)]
}

fn mean(a: &Matrix, b: &Matrix) -> Matrix {
    a.iter().zip(b).map(|(a, b)| 0.5 * (a + b)).collect()
}

/// ‖a − b‖/‖a‖.
fn distance(a: &[Matrix], b: &[Matrix]) -> f64 {
    let (a, b) = (a.iter().flatten(), b.iter().flatten());
    let size: f64 = a.clone().map(Complex64::norm_sqr).sum();
    (a.zip(b).map(|(a, b)| (a - b).norm_sqr()).sum::<f64>() / size).sqrt()
}

/// [a·n + b] = Σ_c x_ac y_cb.
fn product(n: usize, x: &[Complex64], y: &[Complex64]) -> Matrix {
    let mut sum = vec![Complex64::ZERO; n * n];
    for (line, x) in sum.chunks_exact_mut(n).zip(x.chunks_exact(n)) {
        for (x, y) in x.iter().zip(y.chunks_exact(n)) {
            line.iter_mut().zip(y).for_each(|(sum, y)| *sum += x * y);
        }
    }
    sum
}

/// e^{−ish} d e^{ish}.
fn rotated(n: usize, h: &Matrix, d: &Matrix, s: f64) -> Result<Matrix, GroundStateError> {
    let spectrum = hermitian_eigenvectors(n, |a, b| h[a * n + b])?;
    let mut u = vec![Complex64::ZERO; n * n];
    for (k, e) in spectrum.values().iter().enumerate() {
        let (v, phase) = (spectrum.vector(k), Complex64::cis(-s * e));
        for (at, u) in u.iter_mut().enumerate() {
            *u += phase * v[at / n] * v[at % n].conj();
        }
    }
    let adjoint: Matrix = (0..n * n).map(|at| u[at % n * n + at / n].conj()).collect();
    Ok(product(n, &product(n, &u, d), &adjoint))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use kernels::{Gaussian, Interaction, NoInteraction};

    use super::super::ground_state::{Convergence, ground_state};
    use super::*;

    /// Four fermions of the trap s = 1, released into s = 1.3.
    fn released(v: Arc<dyn Interaction>, exchange: f64) -> HartreeFock {
        let start = ClosedShells::trapped(4, 1.0, Arc::new(NoInteraction)).unwrap();
        let functions = RadialFunctions::oscillator(start.eps(), 1.1, 14, 2).unwrap();
        let state = ground_state(&start, &functions, &Convergence::default()).unwrap();
        let problem = ClosedShells::trapped(4, 1.3, v).unwrap().with_exchange(exchange);
        HartreeFock::released(&state, &problem, 1.0).unwrap()
    }

    fn gaussian() -> Arc<dyn Interaction> {
        Arc::new(Gaussian::new(3.0, 1.0).unwrap())
    }

    /// ⟨x²⟩_t = ⟨x²⟩(cos²θ + (s/s′)²sin²θ), θ = 2s′t, since ⟨v²⟩ = s²⟨x²⟩.
    #[test]
    fn a_trap_without_interaction_breathes() {
        let mut state = released(Arc::new(NoInteraction), 1.0);
        let before = state.moments().1;
        state.evolve(0.4, 3).unwrap();
        let theta: f64 = 2.0 * 1.3 * 0.4;
        let exact = before * (theta.cos().powi(2) + (theta.sin() / 1.3).powi(2));
        assert!(
            (state.moments().1 - exact).abs() < 1e-6 && exact < 0.9 * before,
            "{exact} {:?}",
            state.moments()
        );
    }

    #[test]
    fn order_four_and_energy() {
        let start = released(gaussian(), 1.0);
        let run = |steps: usize| {
            let mut state = start.clone();
            state.evolve(0.5, steps).unwrap();
            state
        };
        let [a, b, c] = [4, 8, 16].map(run);
        let order = (a.hilbert_schmidt(&b) / b.hilbert_schmidt(&c)).log2();
        assert!((order - 4.0).abs() < 0.2, "{order} {:e}", a.hilbert_schmidt(&b));
        assert!((c.energy().total() / start.energy().total() - 1.0).abs() < 1e-7);
        assert!((c.trace() - 4.0).abs() < 1e-10);
        assert!(start.hilbert_schmidt(&c) > 0.1);
        // without exchange it is another motion
        let mut hartree = released(gaussian(), 0.0);
        hartree.evolve(0.5, 16).unwrap();
        assert!(hartree.hilbert_schmidt(&c) > 1e-3, "{:e}", hartree.hilbert_schmidt(&c));
    }
}
