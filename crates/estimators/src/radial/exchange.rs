//! S.5 in R³: Hartree–Fock against Hartree from the same state, the levels of the trap s²|x|² filled at a temperature T and released at t = 0.
//!
//! tr|ω^HF_t − ω^H_t|/N,  ‖ω^HF_t − ω^H_t‖_HS/√N,  ‖ρ^HF_t − ρ^H_t‖_{L¹}.
//!
//! At T > 0 fixed ω is the quantisation of a smooth W; at T = 0 it is that of closed shells, a determinant.

use std::sync::Arc;

use hartree::radial::closed_shells::{ClosedShells, HartreeFock, RadialFunctions};
use hartree::radial::{ChannelHartree, ExchangeTerm, OscillatorSea, Settings, ThermalOscillator};
use kernels::{Convolution, Interaction};
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{ComovingFrame, RadialGrid};
use phase_space::splitting::Splitting;

use super::SetUpError;
use super::density::density_l1;
use super::pair::norms_of_difference;
use crate::{Estimate, ExchangeAt};

/// One state, two dynamics.
#[derive(Clone, Debug)]
pub struct ExchangePair {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// The trap is s²|x|².
    pub s: f64,
    /// T; 0 for closed shells.
    pub temperature: f64,
    /// −X, or what stands for it in a negative control.
    pub term: ExchangeTerm,
}

/// Levels that are filled less are left out, from both dynamics alike; ten times as much in the run that measures what it costs.
const NEGLIGIBLE: f64 = 1e-6;
/// Widths ε^{2/3} of Airy's tail beyond which a level is nothing: of full ones, and of nearly empty ones.
const TAILS: [f64; 2] = [6.5, 4.0];
/// Share of points and tails in the coarser run.
const COARSER: f64 = 0.9;
/// Longest step of the frame's clock, times its a, of closed shells and of mixed states.
const CLOCK: [f64; 2] = [0.4, 0.8];
/// Points over what the largest speed asks for: of ω alone, and of ω(x;·)φ too, which a singular V needs.
const ROOM: [f64; 2] = [1.15, 1.4];
/// Functions of each ℓ and steps of the second discretisation, and fewer of both.
const MATRICES: [(usize, usize); 2] = [(12, 4), (9, 3)];

/// What two compositions of the same steps differ by, so many times: they share the midpoint rule of the exchange flow, whose error is as large as that.
const SHARED: f64 = 2.0;

/// How much of everything.
#[derive(Clone, Copy)]
struct Fineness {
    share: f64,
    negligible: f64,
    /// Share of the longest step.
    step: f64,
}

const FINE: Fineness = Fineness { share: 1.0, negligible: NEGLIGIBLE, step: 1.0 };
const COARSE: Fineness = Fineness { share: COARSER, negligible: 10.0 * NEGLIGIBLE, step: 1.0 };

/// What the second discretisation finds over what the first does; 1 if both are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AgainstMatrices {
    /// Of ‖ω^HF − ω^H‖_HS, which does not see the sign of X.
    pub hilbert_schmidt: Estimate,
    /// Of ∫|x|²(ρ^HF − ρ^H)dx, which does: exchange holds back what repulsion drives apart.
    pub second_moment: Estimate,
}

/// ω^HF and ω^H at the times.
struct Both {
    scaling: Scaling,
    frame: ComovingFrame,
    times: Vec<f64>,
    fock: Vec<Channels>,
    hartree: Vec<Channels>,
}

impl ExchangePair {
    /// Hartree–Fock and Hartree from the state at a temperature.
    pub fn new(interaction: Arc<dyn Interaction>, s: f64, temperature: f64) -> Self {
        Self { interaction, s, temperature, term: ExchangeTerm::Fock }
    }

    /// ε of a rung: 1/ε itself, or the number M of closed shells at T = 0, N = M(M+1)(M+2)/6.
    ///
    /// # Errors
    /// [`SetUpError`]: a rung 0, an s out of range.
    pub fn eps(&self, rung: usize) -> Result<f64, SetUpError> {
        if self.temperature == 0.0 {
            return Ok(OscillatorSea::new(rung, self.s)?.eps());
        }
        Ok(Scaling::new(3, 1.0 / rung as f64)?.eps())
    }

    /// The distances at the times, which increase from 0. Their error is twice what another composition of the same steps changes, in norm, and
    /// what fewer points in a smaller box and fewer levels change.
    ///
    /// # Errors
    /// [`SetUpError`]: an ε out of range, an interaction without a mean field in R³, spectra that do not converge.
    pub fn measure(&self, rung: usize, times: &[f64]) -> Result<Vec<ExchangeAt>, SetUpError> {
        let fine = self.both(rung, times, FINE, Splitting::Aba1064)?;
        let other = self.both(rung, times, FINE, Splitting::Aba864)?;
        let coarse = self.both(rung, times, COARSE, Splitting::Aba1064)?;
        let at = |k: usize| {
            let (difference, other) = (fine.difference(k)?, other.difference(k)?);
            let [trace, hilbert_schmidt, _] = fine.norms(k)?;
            let [coarse_trace, coarse_hilbert_schmidt, _] = coarse.norms(k)?;
            let steps =
                norms_of_difference(&difference, &other, &fine.scaling)?.map(|change| SHARED * change);
            let n = fine.scaling.n();
            let density = density_l1(&difference, n);
            let coarser = density_l1(&coarse.difference(k)?, n);
            let of =
                |value: f64, coarse: f64, steps: f64| Estimate::new(value, (value - coarse).abs() + steps);
            Ok(ExchangeAt {
                time: times[k],
                trace: of(trace, coarse_trace, steps[0]),
                hilbert_schmidt: of(hilbert_schmidt, coarse_hilbert_schmidt, steps[1]),
                density: of(density.value, coarser.value, steps[2] + density.error),
            })
        };
        (0..times.len()).map(at).collect()
    }

    /// What exchange has changed by t by the matrices of closed shells in oscillator functions, with multipoles, in the laboratory's frame, over
    /// the same by channels, at a T → 0 that fills few shells. `exchange`: whether those matrices have it.
    ///
    /// # Errors
    /// As [`Self::measure`]; functions or steps that do not serve.
    pub fn against_matrices(
        &self,
        rung: usize,
        time: f64,
        exchange: bool,
    ) -> Result<AgainstMatrices, SetUpError> {
        let [pair, other] = [Splitting::Aba1064, Splitting::Aba864]
            .map(|splitting| self.both(rung, &[time], FINE, splitting));
        let (pair, other) = (pair?, other?);
        let channels = [pair.norms(0)?[1], pair.second_moment(0)?];
        let steps = [
            SHARED * norms_of_difference(&pair.difference(0)?, &other.difference(0)?, &pair.scaling)?[1],
            SHARED * (channels[1] - other.second_moment(0)?).abs(),
        ];
        let occupations = self.occupations(rung, NEGLIGIBLE)?;
        let (eps, n) = (pair.scaling.eps(), pair.scaling.n().round() as usize);
        let filled = |l: usize, k: usize| occupations.get(2 * k + l).copied().unwrap_or(0.0);
        let evolved = |(functions, steps): (usize, usize), x: f64| -> Result<HartreeFock, SetUpError> {
            let problem = ClosedShells::free(n, self.interaction.clone())?.with_exchange(x);
            let functions = RadialFunctions::oscillator(eps, self.s, functions, occupations.len() - 1)?;
            let mut state = HartreeFock::occupied(&problem, &functions, 1.0, filled)?;
            state.evolve(time, steps)?;
            Ok(state)
        };
        let changed = |fineness: (usize, usize)| -> Result<[f64; 2], SetUpError> {
            let fock = evolved(fineness, f64::from(u8::from(exchange)))?;
            let hartree = evolved(fineness, 0.0)?;
            Ok([fock.hilbert_schmidt(&hartree), fock.moments().1 - hartree.moments().1])
        };
        let (fine, coarse) = (changed(MATRICES[0])?, changed(MATRICES[1])?);
        let ratio = |k: usize| {
            let error = (fine[k] - coarse[k]).abs() + steps[k];
            Estimate::new(fine[k] / channels[k], error / channels[k].abs())
        };
        Ok(AgainstMatrices { hilbert_schmidt: ratio(0), second_moment: ratio(1) })
    }

    /// f_m of the levels of degree m.
    fn occupations(&self, rung: usize, negligible: f64) -> Result<Vec<f64>, SetUpError> {
        if self.temperature == 0.0 {
            return Ok(vec![1.0; rung]);
        }
        let state = self.thermal(rung, negligible)?;
        Ok(state.filled().occupations.clone())
    }

    fn thermal(&self, rung: usize, negligible: f64) -> Result<ThermalOscillator, SetUpError> {
        let scaling = Scaling::new(3, self.eps(rung)?)?;
        Ok(ThermalOscillator::new(scaling, self.s, self.temperature, negligible)?)
    }

    /// Both dynamics, on the same radii.
    fn both(
        &self,
        rung: usize,
        times: &[f64],
        fineness: Fineness,
        splitting: Splitting,
    ) -> Result<Both, SetUpError> {
        let eps = self.eps(rung)?;
        let scaling = Scaling::new(3, eps)?;
        let occupations = self.occupations(rung, fineness.negligible)?;
        let highest = eps * self.s * (2 * occupations.len() + 1) as f64;
        let mixed = usize::from(self.temperature > 0.0);
        let (tail, longest) =
            (fineness.share * TAILS[mixed] * eps.powf(2.0 / 3.0), fineness.step * CLOCK[mixed]);
        // V∗ρ ≤ sup V adds to v²; for an inverse power it is about V at the distances that occur
        let gained = self.interaction.sup().unwrap_or(2.0 * self.interaction.value(1.0).abs());
        let energy = ((highest + gained).sqrt() + tail).powi(2);
        let a = 2.0 * self.s;
        let singular = matches!(self.interaction.convolution(), Convolution::Power { .. });
        let speed = energy.sqrt() * ROOM[usize::from(singular)] * fineness.share.sqrt();
        let grid = RadialGrid::resolving(2.0 * energy.sqrt() / a, eps, speed)?;
        let (initial, threshold) = if self.temperature == 0.0 {
            (OscillatorSea::new(rung, self.s)?.channels(&grid)?, 0.5)
        } else {
            (self.thermal(rung, fineness.negligible)?.channels(&grid)?, 0.1 * fineness.negligible)
        };
        let settings = Settings { threshold, splitting, ..Settings::up_to(energy) };
        let frame = ComovingFrame::new(a, 0.0, 0.0)?;
        let interaction = self.interaction.clone();
        let start = ChannelHartree::new(&initial, interaction, &scaling, frame, &settings)?;
        let run = |mut state: ChannelHartree| -> Result<Vec<Channels>, SetUpError> {
            let step = |&time: &f64| {
                let clock = frame.clock(time) - frame.clock(state.time());
                state.evolve_to(time, (a * clock / longest).ceil().max(1.0) as usize)?;
                Ok(state.channels(grid.len() - 1)?)
            };
            times.iter().map(step).collect()
        };
        let fock = run(start.clone().with_exchange(self.term)?)?;
        Ok(Both { scaling, frame, times: times.to_vec(), fock, hartree: run(start)? })
    }
}

impl Both {
    fn difference(&self, k: usize) -> Result<Channels, SetUpError> {
        Ok(self.fock[k].minus(&self.hartree[k])?)
    }

    /// ∫|x|²(ρ^HF − ρ^H)dx, x = bξ.
    fn second_moment(&self, k: usize) -> Result<f64, SetUpError> {
        let difference = self.difference(k)?;
        let b = self.frame.scale(self.times[k]).0;
        let squares: Vec<f64> = difference.grid().points().iter().map(|xi| (b * xi).powi(2)).collect();
        Ok(difference.expectation(&squares)? / self.scaling.n())
    }

    fn norms(&self, k: usize) -> Result<[f64; 3], SetUpError> {
        norms_of_difference(&self.fock[k], &self.hartree[k], &self.scaling)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use kernels::{Gaussian, InversePower};

    use super::*;

    /// Four times as many steps, more levels in a larger box: nothing moves by more than the error.
    #[test]
    fn the_error_bounds_what_a_finer_run_changes() {
        let gaussian: Arc<dyn Interaction> = Arc::new(Gaussian::new(1.0, 1.0).unwrap());
        let coulomb: Arc<dyn Interaction> = Arc::new(InversePower::in_space(1.0, 1.0).unwrap());
        let finest = Fineness { share: 1.1, negligible: 0.1 * NEGLIGIBLE, step: 0.25 };
        for (v, temperature, rung) in [(&gaussian, 0.0, 5), (&coulomb, 0.0, 4), (&coulomb, 1.0, 3)] {
            let pair = ExchangePair::new(v.clone(), 1.0, temperature);
            let at = pair.measure(rung, &[0.25]).unwrap()[0];
            let finer = pair.both(rung, &[0.25], finest, Splitting::Aba1064).unwrap().norms(0).unwrap();
            for (measured, finer) in [(at.trace, finer[0]), (at.hilbert_schmidt, finer[1])] {
                let change = (measured.value - finer).abs();
                assert!(
                    change < measured.error && measured.is_resolved(),
                    "{}: {measured:?} {finer:e}",
                    v.name()
                );
            }
        }
    }
}
