//! iε∂ₜω = [h[ω],ω] on the kernel itself by the classical Runge–Kutta method: a second discretisation of Hartree–Fock, without orbitals, without a
//! splitting and without a transform.
//!
//! P_ij = Δx ω(x_i;x_j),  h_ij = t_{i−j} + [V_ext + V∗ρ](x_i)δ_ij − f v_{|i−j|}P_ij/N,  Ṗ = −(i/ε)(hP − (hP)*).
//!
//! Stable for τ‖h‖/ε ≤ 1.4, and of order 4: for small N.

use num_complex::Complex64;
use operators::{DensityOperator, product};

use super::fock::Fock;
use super::model::Model;
use super::orbital_error::OrbitalError;
use super::orbitals::Orbitals;

/// The density operator after a time, from that of the orbitals, in `steps` equal steps.
///
/// # Errors
/// A model that does not fit the axis; `steps` = 0; a result that is not finite: too few steps.
pub fn dense_evolution(
    model: &Model,
    start: &Orbitals,
    duration: f64,
    steps: usize,
) -> Result<DensityOperator, OrbitalError> {
    if steps == 0 || !duration.is_finite() {
        let (name, value) = ("duration/steps", duration / steps as f64);
        return Err(OrbitalError::Setting { name, value, wanted: "finite" });
    }
    let flow = Flow::new(Fock::new(model, start.axis(), start.scaling())?);
    let (h, tau) = (start.axis().spacing(), duration / steps as f64);
    let mut p: Vec<Complex64> = start.kernel().into_iter().map(|w| h * w).collect();
    for _ in 0..steps {
        let moved =
            |k: &[Complex64], c: f64| p.iter().zip(k).map(|(p, k)| p + k * (c * tau)).collect::<Vec<_>>();
        let first = flow.slope(&p);
        let second = flow.slope(&moved(&first, 0.5));
        let third = flow.slope(&moved(&second, 0.5));
        let fourth = flow.slope(&moved(&third, 1.0));
        for (at, p) in p.iter_mut().enumerate() {
            *p += (first[at] + (second[at] + third[at]) * 2.0 + fourth[at]) * (tau / 6.0);
        }
    }
    let kernel = p.into_iter().map(|p| p / h).collect();
    Ok(DensityOperator::new(start.axis().start(), h, start.axis().len(), kernel)?)
}

/// h and ε.
struct Flow {
    fock: Fock,
    /// t_m.
    kinetic: Vec<f64>,
}

impl Flow {
    fn new(fock: Fock) -> Self {
        Self { kinetic: fock.kinetic_row(), fock }
    }

    /// −(i/ε)(hP − (hP)*).
    fn slope(&self, p: &[Complex64]) -> Vec<Complex64> {
        let n = self.fock.axis.len();
        let mut product_of = vec![Complex64::ZERO; n * n];
        product(&self.hamiltonian(p), p, n, &mut product_of);
        let factor = Complex64::new(0.0, -1.0 / self.fock.scaling.eps());
        let entry = |at: usize| factor * (product_of[at] - product_of[(at % n) * n + at / n].conj());
        (0..n * n).map(entry).collect()
    }

    /// h_ij; ρ(x_i) = P_ii/(NΔx).
    fn hamiltonian(&self, p: &[Complex64]) -> Vec<Complex64> {
        let (n, particles) = (self.fock.axis.len(), self.fock.n as f64);
        let rho: Vec<f64> =
            (0..n).map(|i| p[i * n + i].re / (particles * self.fock.axis.spacing())).collect();
        let u = self.fock.potential(&rho);
        let entry = |at: usize| {
            let (i, j) = (at / n, at % n);
            let exchanged = p[at] * (self.fock.exchange * self.fock.weights[i.abs_diff(j)] / particles);
            self.kinetic[i.abs_diff(j)] + if i == j { u[i] } else { 0.0 } - exchanged
        };
        (0..n * n).map(entry).collect()
    }
}
