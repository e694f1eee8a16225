//! S.5: Hartree–Fock against Hartree from the same state, released at t = 0 from the trap s²x²: a Fermi–Dirac state of the trap alone, or the
//! Hartree–Fock ground state in it.
//!
//! tr|ω^HF_t − ω^H_t|/N,  ‖ω^HF_t − ω^H_t‖_HS/√N,  ‖ρ^HF_t − ρ^H_t‖_{L¹}.
//!
//! At T > 0 fixed ω is the quantisation of a smooth W; at T = 0 it is the oscillator sea, a determinant, as is the ground state.

use std::f64::consts::PI;
use std::sync::Arc;

use hartree::line::{
    Exchange, External, GROUP_SPEED, Model, OrbitalDynamics, OrbitalError, Orbitals, dense_evolution,
    oscillator_levels,
};
use kernels::{Convolution, Interaction};
use num_complex::Complex64;
use operators::{DensityOperator, product_with_adjoint};
use phase_space::Scaling;
use phase_space::line::{Axis, friendly_length};
use phase_space::splitting::Splitting;

use super::SetUpError;
use super::preparation::Preparation;
use super::sea_distances::{FINER, difference, l1_with_kinks};
use crate::{Estimate, ExchangeAt};

/// One state, two dynamics.
#[derive(Clone, Debug)]
pub struct ExchangePair {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// The trap is s²x².
    pub s: f64,
    /// T; 0 for a determinant.
    pub temperature: f64,
    /// The determinant is the Hartree–Fock ground state of V in the trap, not the oscillator sea.
    pub self_consistent: bool,
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
/// Times as many steps where one run is compared with what is exact.
const FINE: f64 = 4.0;
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
        Self { interaction, s, temperature, self_consistent: false, averaged: false }
    }

    /// Hartree–Fock and Hartree from the Hartree–Fock ground state of V in the trap.
    pub fn of_the_ground_state(interaction: Arc<dyn Interaction>, s: f64) -> Self {
        Self { self_consistent: true, ..Self::new(interaction, s, 0.0) }
    }

    /// The distances at the times, which increase from 0; the norm of what fewer steps on fewer points of a smaller box change in ω^HF − ω^H is
    /// their error.
    ///
    /// # Errors
    /// [`SetUpError`]: an ε that is not 1/N, a box that does not hold the state, a V that is not integrable; for a ground state, a V that is not
    /// bounded, or no convergence.
    pub fn measure(&self, eps: f64, times: &[f64]) -> Result<Vec<ExchangeAt>, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let (fine, coarse) =
            (self.evolved(scaling, times, 1.0, 1.0)?, self.evolved(scaling, times, FEWER, COARSER)?);
        let at = |k: usize| {
            let [trace, hilbert_schmidt, density, kinks] = distances(&fine[k])?;
            let changed = changed(&fine[k], &coarse[k]).map(|change| change + ROUND_OFF);
            Ok(ExchangeAt {
                time: times[k],
                trace: Estimate::new(trace, changed[0]),
                hilbert_schmidt: Estimate::new(hilbert_schmidt, changed[1]),
                density: Estimate::new(density, changed[2] + kinks),
            })
        };
        (0..times.len()).map(at).collect()
    }

    /// ‖ω_t − ω_N‖_HS/√N in the trap, with exchange or without: 0 for the ground state with it.
    ///
    /// # Errors
    /// As [`Self::measure`].
    pub fn in_the_trap(&self, eps: f64, time: f64, exchange: bool) -> Result<Estimate, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let start = self.start(scaling, 0.0, 1.0)?;
        let exchange = if exchange { Exchange::Fock } else { Exchange::Neglected };
        let model = Model { external: External::Harmonic { s: self.s }, ..self.model(exchange) };
        let run = |share: f64| {
            let last = self.run(&model, &start, &[time], share)?;
            Ok::<_, SetUpError>(last[0].hilbert_schmidt_distance(&start)? * eps.sqrt())
        };
        let (fine, fewer) = (run(FINE)?, run(FINE * FEWER)?);
        Ok(Estimate::new(fine, (fine - fewer).abs() + ROUND_OFF))
    }

    /// ‖ω_t − P_t‖_HS/√N, P_t the Runge–Kutta evolution of the kernel with exchange, ω_t that of the orbitals, with exchange or without.
    ///
    /// # Errors
    /// As [`Self::measure`].
    pub fn against_the_kernel(&self, eps: f64, time: f64, exchange: bool) -> Result<Estimate, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let start = self.start(scaling, time, 1.0)?;
        let model = self.model(Exchange::Fock);
        let run = |share: f64| {
            let exchange = if exchange { Exchange::Fock } else { Exchange::Neglected };
            let last = self.run(&self.model(exchange), &start, &[time], share)?;
            last[0].density_operator().map_err(SetUpError::from)
        };
        // τ‖h‖/ε, ‖h‖ about the highest ε²k²
        let turns = (PI * eps / start.axis().spacing()).powi(2) / eps * time;
        let kernel =
            |share: f64| dense_evolution(&model, &start, time, (turns * share / TURN).ceil() as usize);
        let distance = |a: &DensityOperator, b: &DensityOperator| -> Result<f64, SetUpError> {
            Ok(a.minus(b).map_err(OrbitalError::from)?.hilbert_schmidt() * eps.sqrt())
        };
        // a short time has few steps
        let (omega, fine) = (run(FINE)?, kernel(1.0)?);
        let error = distance(&fine, &kernel(FEWER)?)? + distance(&omega, &run(FINE * FEWER)?)?;
        Ok(Estimate::new(distance(&omega, &fine)?, error))
    }

    /// Hartree–Fock and Hartree at the times.
    fn evolved(
        &self,
        scaling: Scaling,
        times: &[f64],
        share: f64,
        points: f64,
    ) -> Result<Vec<[Orbitals; 2]>, SetUpError> {
        let last = times.last().copied().unwrap_or(0.0);
        let start = self.start(scaling, last, points)?;
        let run = |exchange: Exchange| self.run(&self.model(exchange), &start, times, share);
        let (fock, hartree) = (run(Exchange::Fock)?, run(Exchange::Neglected)?);
        Ok(fock.into_iter().zip(hartree).map(|(a, b)| [a, b]).collect())
    }

    fn run(
        &self,
        model: &Model,
        start: &Orbitals,
        times: &[f64],
        share: f64,
    ) -> Result<Vec<Orbitals>, SetUpError> {
        let dynamics = OrbitalDynamics::new(model, start.axis(), start.scaling(), Splitting::Order4)?
            .with_exchange_turn(EXCHANGE_TURN)?;
        let mut dynamics = if self.averaged { dynamics.with_averaged_exchange() } else { dynamics };
        let (mut orbitals, mut at) = (start.clone(), 0.0);
        let step = |time: &f64| {
            dynamics.evolve(&mut orbitals, time - at, steps(time - at, share))?;
            at = *time;
            Ok(orbitals.clone())
        };
        times.iter().map(step).collect()
    }

    fn model(&self, exchange: Exchange) -> Model {
        Model { interaction: self.interaction.clone(), external: External::None, exchange }
    }

    /// ω_N on an axis that holds it until `time`; `points` is a share of the points and of the tails.
    fn start(&self, scaling: Scaling, time: f64, points: f64) -> Result<Orbitals, SetUpError> {
        let (s, eps) = (self.s, scaling.eps());
        if self.temperature > 0.0 {
            let filled = oscillator_levels(scaling, s, self.temperature, NEGLIGIBLE)?;
            let highest = (eps * s * (2 * filled.occupations.len()) as f64).sqrt();
            let axis = self.axis([highest / s, highest], TAILS[1], eps, time, points)?;
            return Ok(Orbitals::fermi_dirac(&axis, scaling, s, self.temperature, NEGLIGIBLE)?);
        }
        let state = if self.self_consistent {
            Preparation::GroundState { trap: External::Harmonic { s } }
        } else {
            Preparation::OscillatorSea { s }
        };
        let size = state.size(self.interaction.as_ref())?;
        let axis = self.axis(size, TAILS[0], eps, time, points)?;
        state.prepared(&self.interaction, size, scaling, points)?.on(&axis)
    }

    /// A box that holds the state until `time`, with points enough for its speeds.
    fn axis(
        &self,
        [radius, fastest]: [f64; 2],
        tails: f64,
        eps: f64,
        time: f64,
        points: f64,
    ) -> Result<Axis, SetUpError> {
        let tail = points * tails * eps.powf(2.0 / 3.0);
        // V∗ρ ≤ sup V adds to v²; for an inverse power it is about V at the distances that occur
        let gained = self.interaction.sup().unwrap_or(2.0 * self.interaction.value(1.0).abs());
        let (speed, spread) = (fastest.hypot(gained.sqrt()), GROUP_SPEED * time);
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
fn distances([a, b]: &[Orbitals; 2]) -> Result<[f64; 4], SetUpError> {
    let eps = a.scaling().eps();
    let rho = difference(&a.refined_density(FINER), &b.refined_density(FINER));
    let [density, kinks] = l1_with_kinks(&rho, a.axis().spacing() / FINER as f64);
    Ok([a.trace_distance(b)? * eps, a.hilbert_schmidt_distance(b)? * eps.sqrt(), density, kinks])
}

/// The same three norms of E = (ω − ω̃) − (ω′ − ω̃′), the pair ω′, ω̃′ on the axis of the other; tr|E| ≤ √rank ‖E‖_HS.
fn changed(fine: &[Orbitals; 2], coarse: &[Orbitals; 2]) -> [f64; 3] {
    let (axis, eps) = (fine[0].axis(), fine[0].scaling().eps());
    let sampled = |axis: &Axis| {
        let [a, b, c, d] =
            [&fine[0], &fine[1], &coarse[0], &coarse[1]].map(|orbitals| orbitals.values_on(axis));
        [(1.0, a), (-1.0, b), (-1.0, c), (1.0, d)]
    };
    let n = axis.len();
    let parts = sampled(axis);
    let functions: Vec<(f64, &[Complex64])> =
        parts.iter().flat_map(|(sign, values)| values.chunks_exact(n).map(|f| (*sign, f))).collect();
    let rank = functions.len();
    let columns: Vec<Complex64> = (0..n * rank).map(|at| functions[at % rank].1[at / rank]).collect();
    let signed: Vec<Complex64> =
        columns.iter().enumerate().map(|(at, z)| functions[at % rank].0 * z).collect();
    let mut kernel = vec![Complex64::ZERO; n * n];
    product_with_adjoint(&signed, &columns, rank, &mut kernel);
    let norm = axis.spacing() * kernel.iter().map(Complex64::norm_sqr).sum::<f64>().sqrt();
    // ρ has twice the wave numbers of the orbitals
    let twice = axis.with_points(2 * n);
    let mut rho = vec![0.0; 2 * n];
    for (sign, values) in sampled(&twice) {
        for f in values.chunks_exact(2 * n) {
            rho.iter_mut().zip(f).for_each(|(rho, z)| *rho += sign * eps * z.norm_sqr());
        }
    }
    let density = twice.spacing() * rho.iter().map(|r| r.abs()).sum::<f64>();
    [(rank.min(n) as f64).sqrt() * norm * eps, norm * eps.sqrt(), density]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use kernels::Gaussian;

    /// |‖D‖ − ‖D′‖| ≤ ‖D − D′‖, D′ from half of the steps on another axis; and D − D = 0.
    #[test]
    fn a_change_of_norms_is_at_most_the_norm_of_the_change() {
        let (v, scaling) = (Arc::new(Gaussian::new(1.0, 1.0).unwrap()), Scaling::line(0.125).unwrap());
        let [sea, warm] = [0.0, 0.5].map(|temperature| ExchangePair::new(v.clone(), 1.0, temperature));
        for pair in [sea, warm, ExchangePair::of_the_ground_state(v, 1.0)] {
            let at = |share, points| pair.evolved(scaling, &[0.5], share, points).unwrap().remove(0);
            let (fine, coarse) = (at(1.0, 1.0), at(0.5, COARSER));
            assert!(fine[0].axis().spacing() < coarse[0].axis().spacing());
            let (a, b) = (distances(&fine).unwrap(), distances(&coarse).unwrap());
            for (k, change) in changed(&fine, &coarse).into_iter().enumerate() {
                let slack = a[3] + b[3] + 1e-12;
                assert!((a[k] - b[k]).abs() <= change + slack, "{k}: {} {} {change}", a[k], b[k]);
                assert!(change > 1e2 * ROUND_OFF && change < 1e-2 * a[k], "{k}: {change}");
            }
            assert!(changed(&fine, &fine).iter().all(|change| *change < 1e-12));
        }
    }
}
