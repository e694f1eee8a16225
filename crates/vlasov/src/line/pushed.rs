//! Vlasov by pushing W₀ forward: for a W₀ that is too rough to be traced back.
//!
//! W̃_t is W₀ carried along ẋ = 2v, v̇ = −U′(x,t), U = V∗ρ̃, and for every smooth f
//!
//! ∬W̃_t f dx dv = ∬W₀ f(X_t,V_t) dx dv ≈ Σ_j w_j f(X_t(z_j),V_t(z_j)),  w_j = W₀(z_j)ΔxΔv.
//!
//! The flow is smooth even where W₀ is not: the Wigner function of N fermions oscillates as fast as its coherences are long,
//! |Y| ≤ 2R/ε for a state of radius R, and no faster. With Δx, Δv < πε/R the sum is the integral, to the tails of both: nothing rough
//! is ever interpolated. Observables are kept; where W₀ is known at every point, [`BackwardFlow`] has W̃_t at every point too. ρ̃ enters through its modes alone,
//!
//! ρ̂(k) = Σ_j w_j e^{−ikX_j},  U(x) = L⁻¹Σ_k V̂(k)ρ̂(k)e^{ikx},  k = 2πm/L,
//!
//! on a circle of length L that is longer than the state by the reach of V, so that there are no images.

use std::f64::consts::TAU;

use kernels::{Convolution, Interaction};
use num_complex::Complex64;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::WignerFunction;
use phase_space::splitting::{Splitting, Stage};
use phase_space::turn;
use rayon::prelude::*;

use super::backward::{BackwardFlow, Impulse, Leg};
use super::waves::{LANES, Waves, lanes};
use crate::VlasovError;

/// |W₀| below this fraction of its largest value is not carried along.
const NOTHING: f64 = 1e-17;
/// |V| below this fraction of its largest value is nothing, and V̂ likewise.
const NEGLIGIBLE: f64 = 1e-16;
/// Characteristics that are moved together; sums are taken chunk by chunk, in their order.
const CHUNK: usize = 2048;
/// Most modes of the field.
const MODES: usize = 4096;

/// W̃_t as a sum of weighted points.
#[derive(Clone, Debug)]
pub struct PushedForward {
    x: Vec<f64>,
    v: Vec<f64>,
    weights: Vec<f64>,
    speed: f64,
    length: f64,
    /// V̂(k_m)/L, m = 0, 1, …
    multipliers: Vec<f64>,
}

impl PushedForward {
    /// The points of a grid that carry W₀, which stay within |x| ≤ `radius` for all times.
    ///
    /// # Errors
    /// [`VlasovError`]: a V whose mean field is not V̂ρ̂, or which reaches too far for its modes to be summed.
    pub fn new(
        initial: &WignerFunction,
        interaction: &dyn Interaction,
        radius: f64,
    ) -> Result<Self, VlasovError> {
        let least = NOTHING * initial.sup();
        let (grid, n_v) = (initial.grid(), initial.grid().v.len());
        let kept: Vec<usize> =
            (0..initial.values().len()).filter(|&at| initial.values()[at].abs() > least).collect();
        let length = 2.0 * radius + interaction.reach(NEGLIGIBLE);
        Ok(Self {
            x: kept.iter().map(|at| grid.x.point(at / n_v)).collect(),
            v: kept.iter().map(|at| grid.v.point(at % n_v)).collect(),
            weights: kept.iter().map(|&at| initial.values()[at] * grid.cell()).collect(),
            speed: TRANSPORT_SPEED,
            length,
            multipliers: multipliers(interaction, length)?,
        })
    }

    /// ẋ = speed·v in place of 2v: a negative control.
    pub fn with_speed(self, speed: f64) -> Self {
        Self { speed, ..self }
    }

    /// Number of points.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// ∬W̃_t = Σ_j w_j, conserved.
    pub fn mass(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// ∬(v² + ½V∗ρ̃)W̃ dx dv, conserved by the exact flow.
    pub fn energy(&self) -> f64 {
        let kinetic: f64 = self.v.iter().zip(&self.weights).map(|(v, w)| w * v * v).sum();
        let modes = self.density_modes();
        let potential = modes.iter().zip(&self.multipliers).enumerate();
        let twice = |m: usize| if m == 0 { 1.0 } else { 2.0 };
        kinetic + 0.5 * potential.map(|(m, (rho, c))| twice(m) * c * rho.norm_sqr()).sum::<f64>()
    }

    /// Carries the points over `duration` in `steps` equal steps; a negative duration goes back.
    pub fn evolve(&mut self, duration: f64, steps: usize, splitting: Splitting) {
        self.evolve_traced(duration, steps, splitting);
    }

    /// The same, and the way back.
    pub fn evolve_traced(&mut self, duration: f64, steps: usize, splitting: Splitting) -> BackwardFlow {
        let tau = duration / steps.max(1) as f64;
        let leg = |stage| match stage {
            Stage::Drift(a) => Leg::Drift(self.drift(a * tau)),
            Stage::Kick(b) => Leg::Kick(self.kick(b * tau)),
        };
        BackwardFlow::of(splitting.composed(steps).into_iter().map(leg).collect())
    }

    /// ∬W̃_t e^{i(px+qv)} = tr e^{ip·x+εq·∇}ω̃_t/N for p = 0, Δ, …, (n−1)Δ and any q: `[b·n + a]` at (aΔ, q_b).
    pub fn observables(&self, step: f64, n: usize, q: &[f64]) -> Vec<Complex64> {
        let part = |(x, (v, w)): (&[f64], (&[f64], &[f64]))| {
            let mut sums = vec![Complex64::ZERO; n * q.len()];
            let mut turns = vec![Complex64::ONE; x.len()];
            turn(&mut turns, step, x);
            for (row, q) in sums.chunks_exact_mut(n).zip(q) {
                let mut starts: Vec<Complex64> = w.iter().map(|w| Complex64::from(*w)).collect();
                turn(&mut starts, *q, v);
                for (start, turn) in starts.chunks(LANES).zip(turns.chunks(LANES)) {
                    add_waves(row, Waves::new(lanes(start), lanes(turn)));
                }
            }
            sums
        };
        let chunks =
            self.x.par_chunks(CHUNK).zip(self.v.par_chunks(CHUNK).zip(self.weights.par_chunks(CHUNK)));
        summed(chunks.map(part).collect(), n * q.len())
    }

    /// x_j += τ·2v_j; returns 2τ.
    fn drift(&mut self, tau: f64) -> f64 {
        let rate = tau * self.speed;
        self.x.par_chunks_mut(CHUNK).zip(self.v.par_chunks(CHUNK)).for_each(|(x, v)| {
            x.iter_mut().zip(v).for_each(|(x, v)| *x += rate * v);
        });
        rate
    }

    /// v_j −= τU′(x_j), U′(x) = Re Σ_{m≥1}2ik_mV̂(k_m)ρ̂(k_m)e^{ik_mx}/L, ρ̃ standing still; returns τU′.
    fn kick(&mut self, tau: f64) -> Impulse {
        let k = TAU / self.length;
        let rho = self.density_modes();
        let slope = |(m, (rho, c)): (usize, (&Complex64, &f64))| {
            Complex64::new(0.0, 2.0 * k * m as f64 * c * tau) * rho
        };
        let modes = rho.iter().zip(&self.multipliers).enumerate().skip(1).map(slope).collect();
        let impulse = Impulse { wave_number: k, modes };
        self.v.par_chunks_mut(CHUNK).zip(self.x.par_chunks(CHUNK)).for_each(|(v, x)| {
            for (v, x) in v.chunks_mut(LANES).zip(x.chunks(LANES)) {
                v.iter_mut().zip(impulse.at(lanes(x))).for_each(|(v, gained)| *v -= gained);
            }
        });
        impulse
    }

    /// ρ̂(k_m) = Σ_j w_j e^{−ik_mX_j}, for all m that V̂ sees.
    fn density_modes(&self) -> Vec<Complex64> {
        let k = TAU / self.length;
        let count = self.multipliers.len();
        let part = |(x, w): (&[f64], &[f64])| {
            let mut sums = vec![Complex64::ZERO; count];
            for (x, w) in x.chunks(LANES).zip(w.chunks(LANES)) {
                let turn = lanes(x).map(|x| Complex64::cis(-k * x));
                add_waves(&mut sums, Waves::new(lanes(w).map(Complex64::from), turn));
            }
            sums
        };
        let chunks = self.x.par_chunks(CHUNK).zip(self.weights.par_chunks(CHUNK));
        summed(chunks.map(part).collect(), count)
    }
}

/// sums_m += Σ w e^{imθ}.
fn add_waves(sums: &mut [Complex64], mut waves: Waves<LANES>) {
    for sum in sums {
        *sum += waves.sum();
        waves.turn();
    }
}

/// Chunk after chunk, whatever the number of threads.
fn summed(parts: Vec<Vec<Complex64>>, len: usize) -> Vec<Complex64> {
    let mut total = vec![Complex64::ZERO; len];
    for part in parts {
        total.iter_mut().zip(part).for_each(|(sum, term)| *sum += term);
    }
    total
}

/// V̂(2πm/L)/L up to where V̂ is nothing for good.
fn multipliers(interaction: &dyn Interaction, length: f64) -> Result<Vec<f64>, VlasovError> {
    if interaction.convolution() == Convolution::Zero {
        return Ok(Vec::new());
    }
    let refuse = || VlasovError::Unsummed { name: interaction.name() };
    if interaction.convolution() != Convolution::Multiplier || !length.is_finite() {
        return Err(refuse());
    }
    let at = |m: usize| interaction.fourier(TAU * m as f64 / length);
    let all: Vec<f64> = (0..MODES).map(at).collect::<Option<_>>().ok_or_else(refuse)?;
    let largest = all.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let last = all.iter().rposition(|v| v.abs() > NEGLIGIBLE * largest).unwrap_or(0);
    if last + 1 == MODES {
        return Err(refuse());
    }
    Ok(all[..=last].iter().map(|v| v / length).collect())
}
