//! iε∂ₜφ_j = hφ_j, h = −ε²Δ + V_ext + V∗ρ − X: Hartree and Hartree–Fock on orbitals, the trap on or off.
//!
//! - drift: φ̂_j(k) ↦ e^{−iτεk²} φ̂_j(k);
//! - kick: φ_j(x) ↦ e^{−iτ(V_ext+V∗ρ)(x)/ε} φ_j(x), ρ standing still;
//! - exchange: iε∂ₜφ_j = −Xφ_j (`exchange_flow`), which keeps ρ and commutes with the kick, so that both are one part.
//!
//! The composition of order 6 supposes [U,[U,[U,T]]] = 0, which holds for functions of positions and fails for X: with exchange it
//! has order 4 only, and is refused.

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::fourier::ComplexTransform;
use phase_space::line::Axis;
use phase_space::splitting::{Splitting, Stage};
use rayon::prelude::*;

use super::exchange_flow::ExchangeFlow;
use super::fock::{Fock, OrbitalEnergy};
use super::model::{Exchange, Model};
use super::orbital_error::OrbitalError;
use super::orbital_resolution::OrbitalResolution;
use super::orbitals::{Orbitals, kinetic_symbol};

/// Orbitals that one thread transforms in a row.
const TOGETHER: usize = 8;

/// The dynamics of N orbitals on an axis.
pub struct OrbitalDynamics {
    fock: Fock,
    splitting: Splitting,
    exchange: Option<ExchangeFlow>,
    /// Exchange as a potential: wrong.
    averaged: bool,
    /// ε²k² of the modes of the transform.
    kinetic: Vec<f64>,
    transform: ComplexTransform,
}

impl OrbitalDynamics {
    /// The dynamics of a model.
    ///
    /// # Errors
    /// A model that does not fit the axis, a scaling with d ≠ 1 or 1/ε no integer; order 6 together with exchange.
    pub fn new(
        model: &Model,
        axis: &Axis,
        scaling: Scaling,
        splitting: Splitting,
    ) -> Result<Self, OrbitalError> {
        if splitting == Splitting::Order6 && model.exchange != Exchange::Neglected {
            return Err(OrbitalError::OrderWithExchange);
        }
        let fock = Fock::new(model, axis, scaling)?;
        Ok(Self {
            exchange: ExchangeFlow::new(&fock),
            averaged: false,
            splitting,
            kinetic: kinetic_symbol(axis, scaling.eps()),
            transform: ComplexTransform::new(axis.len()),
            fock,
        })
    }

    /// The same with the exchange flow in parts that turn by up to `turn` ≥ ‖X‖τ/ε instead of 0.03: its error grows like turn⁶, from round-off.
    ///
    /// # Errors
    /// A turn that is not in (0, 1].
    pub fn with_exchange_turn(mut self, turn: f64) -> Result<Self, OrbitalError> {
        if !(turn > 0.0 && turn <= 1.0) {
            return Err(OrbitalError::Setting { name: "turn", value: turn, wanted: "in (0, 1]" });
        }
        if let Some(exchange) = &mut self.exchange {
            exchange.turn = turn;
        }
        Ok(self)
    }

    /// The same with exchange as a potential, X_loc(x) = ∫V(x−y)|ω(x;y)|²dy/(Nω(x;x)), its average over ω: wrong, for negative controls only.
    pub fn with_averaged_exchange(self) -> Self {
        Self { averaged: true, ..self }
    }

    /// Evolves the orbitals over `duration` in `steps` equal steps; a negative duration goes back in time.
    ///
    /// # Errors
    /// Orbitals on another axis or of another ε; `steps` = 0; orbitals that have reached the ends of the box or the highest
    /// wave numbers at the end, where they are left.
    pub fn evolve(
        &mut self,
        orbitals: &mut Orbitals,
        duration: f64,
        steps: usize,
    ) -> Result<(), OrbitalError> {
        self.admits(orbitals)?;
        if steps == 0 || !duration.is_finite() {
            return Err(OrbitalError::Setting {
                name: "duration/steps",
                value: duration / steps as f64,
                wanted: "finite",
            });
        }
        let tau = duration / steps as f64;
        for stage in self.splitting.composed(steps) {
            match stage {
                Stage::Drift(a) => self.drift(orbitals, a * tau),
                Stage::Kick(b) => self.kick(orbitals, b * tau),
            }
        }
        self.fock.resolution(orbitals).holds()
    }

    /// What the axis leaves out of orbitals.
    ///
    /// # Errors
    /// Orbitals on another axis or of another ε.
    pub fn resolution(&self, orbitals: &Orbitals) -> Result<OrbitalResolution, OrbitalError> {
        self.admits(orbitals)?;
        Ok(self.fock.resolution(orbitals))
    }

    /// The parts of E, conserved by the exact flow.
    ///
    /// # Errors
    /// Orbitals on another axis or of another ε.
    pub fn energy(&self, orbitals: &Orbitals) -> Result<OrbitalEnergy, OrbitalError> {
        self.fock.energy(orbitals)
    }

    fn admits(&self, orbitals: &Orbitals) -> Result<(), OrbitalError> {
        let same = orbitals.axis() == &self.fock.axis && orbitals.scaling() == self.fock.scaling;
        if same { Ok(()) } else { Err(OrbitalError::Mismatch) }
    }

    /// φ̂_j(k) ↦ e^{−iτεk²} φ̂_j(k).
    fn drift(&self, orbitals: &mut Orbitals, tau: f64) {
        let phases = phases(&self.kinetic, tau / self.fock.scaling.eps());
        let some = TOGETHER * phases.len();
        orbitals.values_mut().par_chunks_mut(some).for_each_init(
            || self.transform.clone(),
            |transform, values| {
                transform.forward(values);
                multiply(values, &phases);
                transform.inverse(values);
            },
        );
    }

    /// φ_j(x) ↦ e^{−iτ(V_ext+V∗ρ)(x)/ε} φ_j(x), and the exchange flow by τ.
    fn kick(&mut self, orbitals: &mut Orbitals, tau: f64) {
        let mut potential = self.fock.potential(&orbitals.density());
        if let (true, Some(exchange)) = (self.averaged, &self.exchange) {
            let averaged = exchange.averaged(orbitals.values());
            potential.iter_mut().zip(averaged).for_each(|(u, x)| *u -= x);
        }
        multiply(orbitals.values_mut(), &phases(&potential, tau / self.fock.scaling.eps()));
        if let (false, Some(exchange)) = (self.averaged, &self.exchange) {
            exchange.advance(orbitals.values_mut(), tau);
        }
    }
}

/// e^{−iτu}.
fn phases(u: &[f64], tau: f64) -> Vec<Complex64> {
    u.iter().map(|u| Complex64::cis(-tau * u)).collect()
}

/// Every orbital times one function.
fn multiply(values: &mut [Complex64], function: &[Complex64]) {
    let one = |phi: &mut [Complex64]| phi.iter_mut().zip(function).for_each(|(z, f)| *z *= f);
    let many = |some: &mut [Complex64]| some.chunks_exact_mut(function.len()).for_each(one);
    values.par_chunks_mut(TOGETHER * function.len()).for_each(many);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::line::External;
    use kernels::Gaussian;

    /// Why `new` refuses it: the error falls like τ⁴ with exchange, and like τ⁶ without.
    #[test]
    fn the_composition_of_order_six_loses_two_orders_to_exchange() {
        let (axis, scaling) = (Axis::new(0.0, 18.0, 120).unwrap(), Scaling::line(0.5).unwrap());
        let start = Orbitals::oscillator_sea(&axis, scaling, 1.2).unwrap();
        let order = |exchange, steps: [usize; 2]| {
            let model = Model::hartree(Gaussian::new(12.0, 0.5).unwrap(), External::None);
            let mut dynamics =
                OrbitalDynamics::new(&model.with_exchange(exchange), &axis, scaling, Splitting::Order4)
                    .unwrap();
            dynamics.splitting = Splitting::Order6;
            let mut run = |steps| {
                let mut orbitals = start.clone();
                dynamics.evolve(&mut orbitals, 0.5, steps).unwrap();
                orbitals
            };
            let fine = run(64);
            let [coarse, half] = steps.map(|n| run(n).hilbert_schmidt_distance(&fine).unwrap());
            assert!(half > 1e-12, "{half:.1e} is round-off");
            (coarse / half).log2()
        };
        let (without, with) = (order(Exchange::Neglected, [8, 16]), order(Exchange::Fock, [12, 24]));
        assert!((without - 6.0_f64).abs() < 0.3, "{without}");
        assert!((with - 4.0_f64).abs() < 0.3, "{with}");
    }
}
