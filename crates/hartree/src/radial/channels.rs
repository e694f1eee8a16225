//! iε∂ₜω_ℓ = [h_ℓ(t), ω_ℓ], h_ℓ = ε²(−∂_r² + ℓ(ℓ+1)/r²) + U(r,t), U = V∗ρ, in a comoving frame.
//!
//! In the frame r = bξ of [`ComovingFrame`] and its clock ds = dt/b²
//!
//! ```math
//! i\varepsilon\,\partial_s\omega_\ell=\big[\,\underbrace{\varepsilon^2\big(-\partial_\xi^2+\tfrac{\ell(\ell+1)}{\xi^2}\big)+\tfrac14a^2\xi^2}_{k_\ell}
//!   +\underbrace{b^2U(b\xi)-\tfrac14c\,b^4\xi^2}_{Q},\;\omega_\ell\big].
//! ```
//!
//! ω_ℓ is carried by its eigenvectors with eigenvalue above a threshold. k_ℓ does not depend on time: its eigenvectors are
//! computed once, and e^{−iτk_ℓ/ε} is two products with them; e^{−iτQ/ε} is a phase at each radius. The two are composed as a symmetric
//! splitting for a perturbation Q of k_ℓ, whose flow is exact; a Runge–Kutta–Nyström splitting keeps its order too, since
//! `$[Q,[Q,[Q,k_\ell]]]=0$`. Q is taken at the time that the drifts have reached.

mod exchange;
mod observables;

use std::f64::consts::PI;
use std::sync::Arc;

use kernels::Interaction;
use kernels::radial::MeanField;
use num_complex::Complex64;
use operators::radial::{Channels, Factors, RadialHamiltonian, SpectralFlow};
use phase_space::Scaling;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::radial::{AngularMomenta, ComovingFrame, Parity, RadialGrid};
use phase_space::splitting::{Splitting, Stage};
use rayon::prelude::*;

use crate::HartreeError;

pub use exchange::ExchangeTerm;

/// The centrifugal term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Barrier {
    /// ℓ(ℓ+1), that of −Δ.
    #[default]
    Exact,
    /// (ℓ+½)², Langer's: it is not that of −Δ, a negative control.
    Langer,
}

impl Barrier {
    fn value(self, l: usize) -> f64 {
        match self {
            Self::Exact => (l * (l + 1)) as f64,
            Self::Langer => (l as f64 + 0.5).powi(2),
        }
    }
}

/// What is kept of the state, and how it is evolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Eigenvalues of ω up to this are left out.
    pub threshold: f64,
    /// States of k_ℓ above this energy are left out.
    pub cutoff: f64,
    /// The symmetric composition.
    pub splitting: Splitting,
    /// ẋ = speed·v; 2, or a negative control.
    pub speed: f64,
    /// ℓ(ℓ+1), or a negative control.
    pub barrier: Barrier,
}

impl Settings {
    /// The splitting for perturbations, eigenvalues above 10⁻¹², states of k_ℓ up to an energy.
    pub fn up_to(cutoff: f64) -> Self {
        Self {
            threshold: 1e-12,
            cutoff,
            splitting: Splitting::Aba1064,
            speed: TRANSPORT_SPEED,
            barrier: Barrier::Exact,
        }
    }
}

/// What the equation conserves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Invariants {
    /// tr ω/N = 1.
    pub mass: f64,
    /// tr(−ε²Δ)ω/N + ½∫(V∗ρ)ρ.
    pub energy: f64,
}

/// A rotation-invariant state that evolves.
#[derive(Clone, Debug)]
pub struct ChannelHartree {
    grid: RadialGrid,
    momenta: AngularMomenta,
    eps: f64,
    n_particles: f64,
    frame: ComovingFrame,
    interaction: Arc<dyn Interaction>,
    field: MeanField,
    channels: Vec<Channel>,
    splitting: Splitting,
    exchange: Option<exchange::Exchange>,
    left_out: f64,
    time: f64,
}

#[derive(Clone, Debug)]
struct Channel {
    factors: Factors,
    flow: SpectralFlow,
}

impl ChannelHartree {
    /// The state `initial` at t = 0, on the radii ξ of the frame; there r = ξ, and the chirp ḃ(0)/2 of the frame is taken out of it.
    ///
    /// # Errors
    /// [`HartreeError`]: a scaling with d ≠ 3, an interaction without a mean field in R³, eigenvectors that do not converge.
    pub fn new(
        initial: &Channels,
        interaction: Arc<dyn Interaction>,
        scaling: &Scaling,
        frame: ComovingFrame,
        settings: &Settings,
    ) -> Result<Self, HartreeError> {
        if scaling.dimension() != 3 {
            return Err(HartreeError::Space(scaling.dimension()));
        }
        let (grid, momenta, eps) = (*initial.grid(), initial.momenta().clone(), scaling.eps());
        let field = MeanField::new(interaction.as_ref(), grid.spacing(), grid.len(), grid.radius())?;
        let oscillator: Vec<f64> =
            grid.points().iter().map(|xi| 0.25 * (frame.oscillator() * xi).powi(2)).collect();
        // kinetic energy (speed/2)·ε²(…)
        let kinetic = eps * (settings.speed / TRANSPORT_SPEED).sqrt();
        let channel = |i: usize| -> Result<(Channel, f64), HartreeError> {
            let l = momenta.momenta()[i];
            let (parity, barrier) = (Parity::of(l), settings.barrier.value(l));
            let h = RadialHamiltonian::with_barrier(&grid, kinetic, parity, barrier, &oscillator)?;
            let flow = SpectralFlow::new(&h, settings.cutoff)?;
            let factors = Factors::new(&initial.low_rank(i, settings.threshold)?);
            let left_out = (initial.blocks()[i].trace() - factors.trace()).abs();
            Ok((Channel { factors, flow }, left_out))
        };
        let made: Vec<(Channel, f64)> =
            (0..momenta.len()).into_par_iter().map(channel).collect::<Result<_, _>>()?;
        let (channels, left_out): (Vec<Channel>, Vec<f64>) = made.into_iter().unzip();
        let left_out = momenta.sum(&left_out) / scaling.n();
        Ok(Self {
            n_particles: scaling.n(),
            splitting: settings.splitting,
            exchange: None,
            time: 0.0,
            grid,
            momenta,
            eps,
            frame,
            interaction,
            field,
            channels,
            left_out,
        })
    }

    /// The same state, evolved from now on by another composition, to see what the step costs.
    pub fn composed_by(mut self, splitting: Splitting) -> Self {
        self.splitting = splitting;
        self
    }

    /// The same state with a lower cutoff, to see what it costs.
    pub fn in_smaller_basis(&self, cutoff: f64) -> Self {
        let cut = |channel: &Channel| Channel {
            factors: channel.factors.clone(),
            flow: channel.flow.below(cutoff),
        };
        Self {
            channels: self.channels.par_iter().map(cut).collect(),
            grid: self.grid,
            momenta: self.momenta.clone(),
            eps: self.eps,
            n_particles: self.n_particles,
            frame: self.frame,
            interaction: self.interaction.clone(),
            field: self.field.clone(),
            splitting: self.splitting,
            exchange: self.exchange.clone(),
            left_out: self.left_out,
            time: self.time,
        }
    }

    /// Evolves to the time t, by equal steps of the frame's clock.
    ///
    /// # Errors
    /// [`HartreeError::Time`]: t before the time of the state; a mean field that is not finite.
    pub fn evolve_to(&mut self, t: f64, steps: usize) -> Result<(), HartreeError> {
        if !(t.is_finite() && t >= self.time) {
            return Err(HartreeError::Time { now: self.time, wanted: t });
        }
        let (begin, end) = (self.frame.clock(self.time), self.frame.clock(t));
        let tau = (end - begin) / steps as f64;
        let mut clock = begin;
        // each kick is carried out together with the drift that follows it
        let mut kick: Option<Vec<Complex64>> = None;
        let mut diagonal = self.diagonal();
        for stage in self.splitting.composed(steps) {
            match stage {
                Stage::Kick(b) => {
                    let (t, theta) = (self.frame.time(clock), b * tau / self.eps);
                    kick = Some(self.phases(&diagonal, t, theta)?);
                    // it keeps ρ and commutes with the kick
                    self.exchange(t, theta)?;
                }
                Stage::Drift(a) => {
                    diagonal = self.kick_and_drift(kick.take().as_deref(), a * tau / self.eps);
                    clock += a * tau;
                }
            }
        }
        if let Some(phases) = kick {
            self.channels.par_iter_mut().for_each(|channel| channel.factors.rotate(&phases));
        }
        self.time = t;
        Ok(())
    }

    /// The diagonals Σ(2ℓ+1)(A_ℓ)_jj after a kick and a drift.
    fn kick_and_drift(&mut self, phases: Option<&[Complex64]>, theta: f64) -> Vec<f64> {
        let advance = |channel: &mut Channel| {
            if let Some(phases) = phases {
                channel.factors.rotate(phases);
            }
            channel.flow.evolve(&mut channel.factors, theta);
            channel.factors.diagonal()
        };
        let diagonals: Vec<Vec<f64>> = self.channels.par_iter_mut().map(advance).collect();
        self.summed(&diagonals)
    }

    fn diagonal(&self) -> Vec<f64> {
        let diagonals: Vec<Vec<f64>> =
            self.channels.par_iter().map(|channel| channel.factors.diagonal()).collect();
        self.summed(&diagonals)
    }

    /// Σ_ℓ m_ℓ(A_ℓ)_jj, in the order of ℓ whatever the threads.
    fn summed(&self, diagonals: &[Vec<f64>]) -> Vec<f64> {
        let mut sum = vec![0.0; diagonals.first().map_or(0, Vec::len)];
        for (diagonal, m) in diagonals.iter().zip(self.momenta.multiplicities()) {
            sum.iter_mut().zip(diagonal).for_each(|(s, d)| *s += m * d);
        }
        sum
    }

    /// e^{−iθQ(ξ_j)}, Q = b²U(bξ) − ¼cb⁴ξ².
    fn phases(&self, diagonal: &[f64], t: f64, theta: f64) -> Result<Vec<Complex64>, HartreeError> {
        let (b, _) = self.frame.scale(t);
        let field = self.field.dilated(self.interaction.as_ref(), b)?;
        let values = field.values(&field.potential(&self.density_of(diagonal, b)));
        let harmonic = 0.25 * self.frame.curvature() * b.powi(4);
        let phase = |(j, u): (usize, &f64)| {
            Complex64::cis(-theta * (b * b * u - harmonic * self.grid.point(j).powi(2)))
        };
        Ok(values.iter().enumerate().map(phase).collect())
    }

    /// ρ(bξ_j) = Σ(2ℓ+1)(A_ℓ)_jj/(4πξ_j²hb³N).
    fn density_of(&self, diagonal: &[f64], b: f64) -> Vec<f64> {
        let scale = 1.0 / (4.0 * PI * self.grid.spacing() * b.powi(3) * self.n_particles);
        diagonal.iter().enumerate().map(|(j, d)| scale * d / self.grid.point(j).powi(2)).collect()
    }

    /// t.
    pub fn time(&self) -> f64 {
        self.time
    }

    /// The frame.
    pub fn frame(&self) -> &ComovingFrame {
        &self.frame
    }

    /// ρ(bξ_j), the density in the laboratory at the radii of the frame.
    pub fn density(&self) -> Vec<f64> {
        self.density_of(&self.diagonal(), self.frame.scale(self.time).0)
    }

    /// What the threshold has left out of tr ω/N.
    pub fn left_out(&self) -> f64 {
        self.left_out
    }

    /// The number of eigenvectors kept, and of states of k_ℓ, of each channel.
    pub fn ranks(&self) -> Vec<(usize, usize)> {
        self.channels.iter().map(|c| (c.factors.rank(), c.flow.len())).collect()
    }

    /// The channels hω_ℓ(ξ_i;ξ_j) in the frame, |i−j| ≤ `half_bandwidth`.
    ///
    /// # Errors
    /// [`HartreeError`]: entries that are not finite.
    pub fn channels(&self, half_bandwidth: usize) -> Result<Channels, HartreeError> {
        let blocks: Vec<_> = self
            .channels
            .par_iter()
            .map(|channel| channel.factors.to_band(half_bandwidth))
            .collect::<Result<_, _>>()?;
        Ok(Channels::new(self.grid, self.momenta.clone(), blocks)?)
    }

    /// (tr|R|/N, ‖R‖_HS/√N) of what [`Self::channels`] leaves out beyond the band.
    pub fn beyond_band(&self, half_bandwidth: usize) -> [f64; 2] {
        let beyond: Vec<[f64; 2]> =
            self.channels.par_iter().map(|channel| channel.factors.beyond_band(half_bandwidth)).collect();
        let [traces, norms] = [0, 1].map(|i| beyond.iter().map(|b| b[i]).collect::<Vec<_>>());
        let squares = self.momenta.sum_of_squares(&norms).max(0.0);
        [self.momenta.sum(&traces).abs() / self.n_particles, (squares / self.n_particles).sqrt()]
    }

    /// Mass and energy a particle.
    ///
    /// v = η/b + ½ḃξ: ⟨v²⟩ = ⟨η²⟩/b² + (ḃ/b)⟨ξη⟩ + ¼ḃ²⟨ξ²⟩, and ⟨ξη⟩ = ¼d⟨ξ²⟩/ds under k_ℓ.
    ///
    /// # Errors
    /// [`HartreeError`]: no mean field.
    pub fn invariants(&self) -> Result<Invariants, HartreeError> {
        let square: Vec<f64> = self.grid.points().iter().map(|xi| xi * xi).collect();
        let moments = |channel: &Channel| {
            let diagonal = channel.factors.diagonal();
            let second: f64 = diagonal.iter().zip(&square).map(|(d, s)| d * s).sum();
            let (energy, rate) = channel.flow.energy_and_rate(&channel.factors, &square);
            [channel.factors.trace(), second, energy, rate]
        };
        let moments: Vec<[f64; 4]> = self.channels.par_iter().map(moments).collect();
        let total = |i: usize| {
            let values: Vec<f64> = moments.iter().map(|m| m[i]).collect();
            self.momenta.sum(&values) / self.n_particles
        };
        let (mass, second, energy, rate) = (total(0), total(1), total(2), total(3));
        let momentum = energy - 0.25 * self.frame.oscillator().powi(2) * second;
        let mixed = 0.25 * rate / self.eps;
        let (b, speed) = self.frame.scale(self.time);
        let kinetic = momentum / (b * b) + speed / b * mixed + 0.25 * speed * speed * second;
        let field = self.field.dilated(self.interaction.as_ref(), b)?;
        Ok(Invariants { mass, energy: kinetic + field.energy(&self.density()) })
    }
}
