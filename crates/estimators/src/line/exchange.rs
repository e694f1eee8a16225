//! S.5: Hartree–Fock against Hartree from the same state, a Fermi–Dirac state of the trap s²x² released at t = 0.
//!
//! tr|ω^HF_t − ω^H_t|/N,  ‖ω^HF_t − ω^H_t‖_HS/√N,  ‖ρ^HF_t − ρ^H_t‖_{L¹}.
//!
//! At T > 0 fixed ω is the quantisation of a smooth W; at T = 0 it is the oscillator sea, a determinant.

use std::f64::consts::PI;
use std::sync::Arc;

use hartree::line::{
    Exchange, External, Model, OrbitalDynamics, OrbitalError, Orbitals, dense_evolution, oscillator_levels,
};
use kernels::{Convolution, Interaction};
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::{Axis, friendly_length};
use phase_space::splitting::Splitting;

use super::SetUpError;
use super::sea_distances::{FINER, difference, l1_with_kinks};
use crate::{Estimate, ExchangeAt};

/// One state, two dynamics.
#[derive(Clone, Debug)]
pub struct ExchangePair {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// The trap is s²x².
    pub s: f64,
    /// T; 0 for the oscillator sea.
    pub temperature: f64,
    /// Exchange as a potential, its average over ω: a negative control.
    pub averaged: bool,
}

/// Levels that are filled less are left out, from both dynamics alike.
const NEGLIGIBLE: f64 = 1e-6;
/// Widths ε^{2/3} of Airy's tail beyond which an orbital is nothing: of full levels, and of nearly empty ones.
const TAILS: [f64; 2] = [8.0, 5.0];
/// Steps in a unit of time, and the share of them, and of points, that a coarser run has.
const STEPS: f64 = 8.0;
const FEWER: f64 = 2.0 / 3.0;
const COARSER: f64 = 0.9;
/// Points over what the largest speed asks for: orbitals alone, and ω(x;y)φ(y) too, which a singular V needs.
const ROOM: [f64; 2] = [1.25, 1.4];
/// Round-off of a distance.
const ROUND_OFF: f64 = 1e-12;
/// ‖X‖τ/ε of a part of the exchange flow; its error is 10⁻³ of this to the power 6.
const EXCHANGE_TURN: f64 = 0.3;
/// τ‖h‖/ε of a step of Runge and Kutta on the kernel.
const TURN: f64 = 0.2;

impl ExchangePair {
    /// Hartree–Fock and Hartree from the state at a temperature.
    pub fn new(interaction: Arc<dyn Interaction>, s: f64, temperature: f64) -> Self {
        Self { interaction, s, temperature, averaged: false }
    }

    /// The distances at the times, which increase from 0; what fewer steps on fewer points of a smaller box change is their error.
    ///
    /// # Errors
    /// [`SetUpError`]: an ε that is not 1/N, a box that does not hold the state, a V that is not integrable.
    pub fn measure(&self, eps: f64, times: &[f64]) -> Result<Vec<ExchangeAt>, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let (fine, coarse) =
            (self.distances(scaling, times, 1.0, 1.0)?, self.distances(scaling, times, FEWER, COARSER)?);
        let at = |k: usize| {
            let of = |part: usize| {
                Estimate::new(fine[k][part], (fine[k][part] - coarse[k][part]).abs() + ROUND_OFF)
            };
            let density = Estimate::new(fine[k][2], of(2).error + fine[k][3]);
            ExchangeAt { time: times[k], trace: of(0), hilbert_schmidt: of(1), density }
        };
        Ok((0..times.len()).map(at).collect())
    }

    /// ‖ω_t − P_t‖_HS/√N, P_t the Runge–Kutta evolution of the kernel with exchange, ω_t that of the orbitals, with exchange or without.
    ///
    /// # Errors
    /// As [`Self::measure`].
    pub fn against_the_kernel(&self, eps: f64, time: f64, exchange: bool) -> Result<Estimate, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let axis = self.axis(eps, time, 1.0)?;
        let start = self.orbitals(&axis, scaling)?;
        let model = self.model(Exchange::Fock);
        let run = |share: f64| {
            let exchange = if exchange { Exchange::Fock } else { Exchange::Neglected };
            let last = self.run(exchange, &start, &[time], share)?;
            last[0].density_operator().map_err(SetUpError::from)
        };
        // τ‖h‖/ε, ‖h‖ about the highest ε²k²
        let turns = (PI * eps / axis.spacing()).powi(2) / eps * time;
        let kernel =
            |share: f64| dense_evolution(&model, &start, time, (turns * share / TURN).ceil() as usize);
        let distance = |a: &DensityOperator, b: &DensityOperator| -> Result<f64, SetUpError> {
            Ok(a.minus(b).map_err(OrbitalError::from)?.hilbert_schmidt() * eps.sqrt())
        };
        // a short time has few steps
        let (omega, fine) = (run(4.0)?, kernel(1.0)?);
        let error = distance(&fine, &kernel(FEWER)?)? + distance(&omega, &run(4.0 * FEWER)?)?;
        Ok(Estimate::new(distance(&omega, &fine)?, error))
    }

    /// [tr|·|/N, ‖·‖_HS/√N, ‖·‖_{L¹}, what kinks cost the last] at the times.
    fn distances(
        &self,
        scaling: Scaling,
        times: &[f64],
        share: f64,
        points: f64,
    ) -> Result<Vec<[f64; 4]>, SetUpError> {
        let last = times.last().copied().unwrap_or(0.0);
        let axis = self.axis(scaling.eps(), last, points)?;
        let start = self.orbitals(&axis, scaling)?;
        let run = |exchange: Exchange| self.run(exchange, &start, times, share);
        let (fock, hartree) = (run(Exchange::Fock)?, run(Exchange::Neglected)?);
        fock.iter().zip(&hartree).map(|(a, b)| distances(a, b)).collect()
    }

    fn run(
        &self,
        exchange: Exchange,
        start: &Orbitals,
        times: &[f64],
        share: f64,
    ) -> Result<Vec<Orbitals>, SetUpError> {
        let mut dynamics = self.dynamics(exchange, start.axis(), start.scaling())?;
        let (mut orbitals, mut at) = (start.clone(), 0.0);
        let step = |time: &f64| {
            dynamics.evolve(&mut orbitals, time - at, steps(time - at, share))?;
            at = *time;
            Ok(orbitals.clone())
        };
        times.iter().map(step).collect()
    }

    fn dynamics(
        &self,
        exchange: Exchange,
        axis: &Axis,
        scaling: Scaling,
    ) -> Result<OrbitalDynamics, SetUpError> {
        let dynamics = OrbitalDynamics::new(&self.model(exchange), axis, scaling, Splitting::Order4)?
            .with_exchange_turn(EXCHANGE_TURN)?;
        Ok(if self.averaged { dynamics.with_averaged_exchange() } else { dynamics })
    }

    fn model(&self, exchange: Exchange) -> Model {
        Model { interaction: self.interaction.clone(), external: External::None, exchange }
    }

    fn orbitals(&self, axis: &Axis, scaling: Scaling) -> Result<Orbitals, SetUpError> {
        if self.temperature == 0.0 {
            return Ok(Orbitals::oscillator_sea(axis, scaling, self.s)?);
        }
        Ok(Orbitals::fermi_dirac(axis, scaling, self.s, self.temperature, NEGLIGIBLE)?)
    }

    /// A box that holds the state until `time`, with points enough for its speeds; `points` is a share of both and of the tails.
    fn axis(&self, eps: f64, time: f64, points: f64) -> Result<Axis, SetUpError> {
        let (highest, tails) = if self.temperature == 0.0 {
            (2.0 * self.s, TAILS[0])
        } else {
            let filled = oscillator_levels(Scaling::line(eps)?, self.s, self.temperature, NEGLIGIBLE)?;
            (eps * self.s * (2 * filled.occupations.len()) as f64, TAILS[1])
        };
        let tail = points * tails * eps.powf(2.0 / 3.0);
        // V∗ρ ≤ sup V adds to v²; for an inverse power it is about V at the distances that occur
        let gained = self.interaction.sup().unwrap_or(2.0 * self.interaction.value(1.0).abs());
        let (radius, speed, spread) =
            (highest.sqrt() / self.s, (highest + gained).sqrt(), TRANSPORT_SPEED * time);
        let half = radius.hypot(spread * speed) + tail * 1.0_f64.hypot(spread);
        let singular = matches!(self.interaction.convolution(), Convolution::Power { .. });
        let room = ROOM[usize::from(singular)] * points;
        let count = room * 2.0 * half * (speed + tail) / (PI * eps);
        Ok(Axis::new(0.0, 2.0 * half, friendly_length(count.ceil() as usize))?)
    }
}

fn steps(duration: f64, share: f64) -> usize {
    ((STEPS * duration * share).round() as usize).max(1)
}

/// [tr|ω − ω̃|/N, ‖ω − ω̃‖_HS/√N, ‖ρ − ρ̃‖_{L¹}, what its kinks cost it]: ρ − ρ̃ of pure states changes sign on the scale ε, and is
/// taken between the points before its modulus is.
fn distances(a: &Orbitals, b: &Orbitals) -> Result<[f64; 4], SetUpError> {
    let eps = a.scaling().eps();
    let rho = difference(&a.refined_density(FINER), &b.refined_density(FINER));
    let [density, kinks] = l1_with_kinks(&rho, a.axis().spacing() / FINER as f64);
    Ok([a.trace_distance(b)? * eps, a.hilbert_schmidt_distance(b)? * eps.sqrt(), density, kinks])
}
