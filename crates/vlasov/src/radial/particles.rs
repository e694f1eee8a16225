//! Vlasov forwards, by particles: a second discretisation, that shares no formula with the characteristics traced back.
//!
//! W₀dx dv is a sum of weighted points, m_i = W₀·8π²r²s²·(weights), at the nodes of a quadrature in r, s = |v| and the cosine μ of
//! the angle between x and v: midpoint rules in r and s, spectral since r²s²W₀ is even under (r,μ) ↦ −(r,μ) and (s,μ) ↦ −(s,μ),
//! and Gauss–Legendre in μ. Each moves in the plane of its x and v by ẋ = speed·v, v̇ = −x U′(|x|)/|x|, Störmer–Verlet. The density is
//!
//! ρ̂(k,t) = Σ_i m_i j₀(k|x_i|),  ρ(r) = (2πR r)^{−1} Σ_m k_m ρ̂(k_m) sin(k_m r),  k_m = πm/R,
//!
//! for all r < R. A smooth flow keeps the quadrature spectral: there is no noise. The error of Störmer–Verlet is even in τ, and
//! Richardson's extrapolation of three runs removes its first two terms; [`ParticleVlasov::evolve_by`] takes another composition.

use std::f64::consts::PI;
use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use kernels::Interaction;
use kernels::radial::{MeanField, StiffnessTable};
use num_complex::Complex64;
use phase_space::splitting::{Splitting, Stage};
use phase_space::turn;
use rayon::prelude::*;

use super::Flow;
use super::kepler::kepler;
use super::local_table::LocalTable;
use super::rotations::rotation_means;
use crate::VlasovError;

/// Particles of one task.
const BLOCK: usize = 4096;

/// Particles whose waves are summed side by side.
const LANES: usize = 8;

/// Particles below this fraction of the mass do not move, and do not count.
const NEGLIGIBLE: f64 = 1e-16;

/// The quadrature of W₀, the domain of ρ, and what can be wrong with the equation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParticleSettings {
    /// W₀ is nothing beyond this |x|.
    pub radius: f64,
    /// W₀ is nothing beyond this |v|.
    pub velocity: f64,
    /// Nodes in |x|, in |v| and in the angle between them.
    pub nodes: [usize; 3],
    /// R: no particle comes farther.
    pub reach: f64,
    /// n: wave numbers of ρ, up to πn/R, and points r_j = (j+½)R/n.
    pub waves: usize,
    /// 2, the derivative of |v|²; anything else is a negative control.
    pub speed: f64,
    /// 1; −1 is the flipped force, a negative control.
    pub force: f64,
}

/// The particles at one time.
#[derive(Clone, Debug)]
pub struct ParticleVlasov {
    reach: f64,
    waves: usize,
    flow: Flow,
    /// Z of the field −Z/|x|, whose flow is part of the drift.
    nucleus: f64,
    masses: Vec<f64>,
    /// (x, y, p, q) of each, x and v in their plane.
    places: Vec<[f64; 4]>,
    field: MeanField,
    table: StiffnessTable,
}

/// What three runs say after their extrapolation.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtrapolatedParticles {
    /// ρ(r_j).
    pub density: Vec<f64>,
    /// ρ(r_j) without the last column of the extrapolation: the difference is above the error in time.
    pub coarser: Vec<f64>,
    /// ∬v²W + ½∫(V∗ρ)ρ.
    pub energy: f64,
}

impl ParticleVlasov {
    /// The particles of W₀(r, v_r, v_t).
    ///
    /// # Errors
    /// Settings out of range; an interaction without a mean field in R³.
    pub fn new(
        initial: impl Fn(f64, f64, f64) -> f64,
        interaction: &dyn Interaction,
        settings: ParticleSettings,
    ) -> Result<Self, VlasovError> {
        check(&settings)?;
        let flow = Flow { speed: settings.speed, force: settings.force };
        Self::of_points(&quadrature(initial, &settings), interaction, settings.reach, settings.waves, flow)
    }

    /// Particles of the given masses at (r, v_r, v_t), none of which comes farther than `reach`: of a W₀ that is rough, where a quadrature of one's own is
    /// needed. The density has wave numbers up to π·`waves`/`reach`.
    ///
    /// # Errors
    /// A reach that is not positive, fewer than two waves; an interaction without a mean field in R³.
    pub fn of_points(
        points: &[(f64, [f64; 3])],
        interaction: &dyn Interaction,
        reach: f64,
        waves: usize,
        flow: Flow,
    ) -> Result<Self, VlasovError> {
        check_density(reach, waves)?;
        let spacing = reach / waves as f64;
        let field = MeanField::new(interaction, spacing, waves, reach)?;
        let table = field.stiffness_table(&LocalTable::radii(spacing, waves));
        let kept = points.iter().filter(|(mass, _)| mass.abs() > NEGLIGIBLE);
        let (masses, places) = kept.map(|(mass, [r, v_r, v_t])| (mass, [*r, 0.0, *v_r, *v_t])).unzip();
        Ok(Self { reach, waves, flow, nucleus: 0.0, masses, places, field, table })
    }

    /// The same about a nucleus, in the field −Z/|x| beside V∗ρ: its flow is exact, collisions included.
    pub fn about_nucleus(self, charge: f64) -> Self {
        Self { nucleus: charge, ..self }
    }

    /// The number of particles.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.masses.len()
    }

    /// Moves every particle over `duration` in `steps` steps: drift ½, kick, drift ½; a negative duration goes back in time.
    pub fn evolve(&mut self, duration: f64, steps: usize) {
        let tau = duration / steps as f64;
        for step in 0..steps {
            self.drift(if step == 0 { 0.5 * tau } else { tau });
            self.kick(tau);
        }
        self.drift(0.5 * tau);
    }

    /// The same by `steps` steps of a composition.
    pub fn evolve_by(&mut self, duration: f64, steps: usize, splitting: Splitting) {
        let tau = duration / steps as f64;
        for stage in splitting.composed(steps) {
            match stage {
                Stage::Drift(a) => self.drift(a * tau),
                Stage::Kick(b) => self.kick(b * tau),
            }
        }
    }

    /// values\[j−1\] = ∬W e^{ij(p·x + q·v)}, j = 1, …, `count`, for p ∥ q of these lengths and signs: Σ_i m_i j₀(j|px_i + qv_i|), the mean over
    /// rotations.
    pub fn observables(&self, p: f64, q: f64, count: usize) -> Vec<f64> {
        let length = |z: &[f64; 4]| {
            let (along, across) = (p * z[0] + q * z[2], p * z[1] + q * z[3]);
            (along * along + across * across).sqrt()
        };
        let sums = self.sine_sums(count, 1.0, length);
        sums.iter().enumerate().map(|(j, sum)| sum / (j + 1) as f64).collect()
    }

    /// ∬W e^{i(p·x + q·v)} for each (|p|, |q|, angle between them): Σ_i m_i times the mean over rotations.
    pub fn observables_at(&self, places: &[[f64; 3]]) -> Vec<f64> {
        rotation_means(places, &self.masses, &self.places)
    }

    /// The density after `duration`, from n, 2n and 4n steps: ρ = (64ρ_{4n} − 20ρ_{2n} + ρ_n)/45.
    ///
    /// # Errors
    /// No steps.
    pub fn extrapolated(&self, duration: f64, steps: usize) -> Result<ExtrapolatedParticles, VlasovError> {
        if steps == 0 {
            return refuse("steps", 0.0, "at least 1");
        }
        let runs = [steps, 2 * steps, 4 * steps].map(|n| {
            let mut run = self.clone();
            run.evolve(duration, n);
            (run.density(), run.energy())
        });
        let combined = |[a, b, c]: [f64; 3]| -> Vec<f64> {
            (0..self.waves).map(|j| a * runs[0].0[j] + b * runs[1].0[j] + c * runs[2].0[j]).collect()
        };
        Ok(ExtrapolatedParticles {
            density: combined([1.0 / 45.0, -20.0 / 45.0, 64.0 / 45.0]),
            coarser: combined([0.0, -1.0 / 3.0, 4.0 / 3.0]),
            energy: (64.0 * runs[2].1 - 20.0 * runs[1].1 + runs[0].1) / 45.0,
        })
    }

    /// ρ̂(k) = Σ_i m_i j₀(k|x_i|).
    pub fn transform(&self, k: f64) -> f64 {
        let wave = |z: &[f64; 4]| {
            let x = k * distance(z);
            if x < 1e-4 { 1.0 - x * x / 6.0 } else { x.sin() / x }
        };
        self.masses.iter().zip(&self.places).map(|(m, z)| m * wave(z)).sum()
    }

    /// r_j = (j+½)R/n.
    pub fn points(&self) -> Vec<f64> {
        (0..self.waves).map(|j| self.field.point(j)).collect()
    }

    /// ρ(r_j).
    pub fn density(&self) -> Vec<f64> {
        let (n, reach) = (self.waves, self.reach);
        // k ρ̂(k) = Σ_i m_i sin(k|x_i|)/|x_i|
        let modes = self.sine_sums(n, PI / reach, distance);
        let at = |r: f64| {
            let wave = |(m, mode): (usize, &f64)| mode * (PI * (m + 1) as f64 * r / reach).sin();
            modes.iter().enumerate().map(wave).sum::<f64>() / (2.0 * PI * reach * r)
        };
        self.points().into_iter().map(at).collect()
    }

    /// ∬W.
    pub fn mass(&self) -> f64 {
        self.masses.iter().sum()
    }

    /// ∬(v² − Z/|x|)W + ½∫(V∗ρ)ρ.
    pub fn energy(&self) -> f64 {
        let alone = |z: &[f64; 4]| {
            let nucleus = if self.nucleus == 0.0 { 0.0 } else { self.nucleus / z[0].hypot(z[1]) };
            z[2] * z[2] + z[3] * z[3] - nucleus
        };
        let single: f64 = self.masses.iter().zip(&self.places).map(|(m, z)| m * alone(z)).sum();
        single + self.field.energy(&self.density())
    }

    /// Σ_i m_i sin(jks_i)/s_i, j = 1, …, `count`, block by block and then in their order: the same bits for any number of threads.
    fn sine_sums(&self, count: usize, k: f64, s: impl Fn(&[f64; 4]) -> f64 + Sync) -> Vec<f64> {
        let blocks = self.masses.par_chunks(BLOCK).zip(self.places.par_chunks(BLOCK));
        let part = |(masses, places): (&[f64], &[[f64; 4]])| {
            sine_sums(count, k, masses, &places.iter().map(&s).collect::<Vec<_>>())
        };
        let parts: Vec<Vec<f64>> = blocks.map(part).collect();
        let mut sums = vec![0.0; count];
        for part in &parts {
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
        sums
    }

    fn drift(&mut self, tau: f64) {
        let speed = self.flow.speed;
        if self.nucleus == 0.0 {
            self.places.par_chunks_mut(BLOCK).flatten_iter().for_each(|z| {
                z[0] += tau * speed * z[2];
                z[1] += tau * speed * z[3];
            });
            return;
        }
        // w = speed·v is the velocity
        let mu = speed * self.nucleus;
        self.places.par_chunks_mut(BLOCK).flatten_iter().for_each(|z| {
            let [x, y, p, q] = kepler(mu, tau, [z[0], z[1], speed * z[2], speed * z[3]]);
            *z = [x, y, p / speed, q / speed];
        });
    }

    /// v ↦ v − τ x U′(|x|)/|x|.
    fn kick(&mut self, tau: f64) {
        let values = self.table.values(&self.field.potential(&self.density()));
        let stiffness = LocalTable::new(self.reach / self.waves as f64, &values);
        let tau = tau * self.flow.force;
        self.places.par_chunks_mut(BLOCK).flatten_iter().for_each(|z| {
            let f = tau * stiffness.at(distance(z));
            z[2] -= f * z[0];
            z[3] -= f * z[1];
        });
    }
}

/// |x|.
fn distance(z: &[f64; 4]) -> f64 {
    (z[0] * z[0] + z[1] * z[1]).sqrt()
}

/// Σ_i m_i sin(jks_i)/s_i, j = 1, …, `count`, for particles by LANES side by side: sin((j+1)a) = 2cos a sin(ja) − sin((j−1)a).
fn sine_sums(count: usize, k: f64, masses: &[f64], s: &[f64]) -> Vec<f64> {
    let radii: Vec<f64> = s.iter().map(|s| s.max(f64::MIN_POSITIVE)).collect();
    let mut waves = vec![Complex64::ONE; radii.len()];
    turn(&mut waves, k, &radii);
    let mut sums = vec![[0.0; LANES]; count];
    for first in (0..radii.len()).step_by(LANES) {
        // lanes beyond the last particle have no mass
        let (mut scale, mut wave, mut twice) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for (lane, i) in (first..radii.len().min(first + LANES)).enumerate() {
            (scale[lane], wave[lane], twice[lane]) = (masses[i] / radii[i], waves[i].im, 2.0 * waves[i].re);
        }
        let mut before = [0.0; LANES];
        for sum in &mut sums {
            for lane in 0..LANES {
                sum[lane] += scale[lane] * wave[lane];
                (before[lane], wave[lane]) = (wave[lane], twice[lane] * wave[lane] - before[lane]);
            }
        }
    }
    sums.iter().map(|sum| sum.iter().sum()).collect()
}

/// W₀·dx dv = W₀·8π²r²s² dr ds dμ at the nodes.
fn quadrature(initial: impl Fn(f64, f64, f64) -> f64, settings: &ParticleSettings) -> Vec<(f64, [f64; 3])> {
    let [n_r, n_s, n_mu] = settings.nodes;
    let angles = GaussLegendre::new(NonZeroUsize::new(n_mu).unwrap_or(NonZeroUsize::MIN));
    let (h_r, h_s) = (settings.radius / n_r as f64, settings.velocity / n_s as f64);
    let mut points = Vec::with_capacity(n_r * n_s * n_mu);
    for (i, j) in (0..n_r).flat_map(|i| (0..n_s).map(move |j| (i, j))) {
        let (r, s) = ((i as f64 + 0.5) * h_r, (j as f64 + 0.5) * h_s);
        for (mu, weight) in angles.iter() {
            let (v_r, v_t) = (s * mu, s * ((1.0 - mu) * (1.0 + mu)).sqrt());
            let volume = 8.0 * PI * PI * (r * s).powi(2) * h_r * h_s * weight;
            points.push((volume * initial(r, v_r, v_t), [r, v_r, v_t]));
        }
    }
    points
}

/// Points (mass, (r, v_r, v_t)) of a W₀ = f(ζ), ζ² = (|x|/a)² + (|v|/b)², for [`ParticleVlasov::of_points`].
///
/// dx dv = 8π²(ab)³ζ⁵cos²θ sin²θ dζ dθ dμ with |x| = aζ cos θ, |v| = bζ sin θ. `profile` holds nodes ζ and weights of ∫f(ζ)ζ⁵·(…)dζ, the factor
/// fζ⁵ in them; `units` are a and b; midpoints in θ, Gauss–Legendre in μ.
pub fn isotropic_points(
    profile: &[(f64, f64)],
    units: [f64; 2],
    [n_theta, n_mu]: [usize; 2],
) -> Vec<(f64, [f64; 3])> {
    let angles = GaussLegendre::new(NonZeroUsize::new(n_mu).unwrap_or(NonZeroUsize::MIN));
    let h_theta = 0.5 * PI / n_theta as f64;
    let mut points = Vec::with_capacity(profile.len() * n_theta * n_mu);
    for (zeta, weight) in profile {
        for k in 0..n_theta {
            let (sine, cosine) = ((k as f64 + 0.5) * h_theta).sin_cos();
            let volume = 8.0 * (PI * sine * cosine).powi(2) * (units[0] * units[1]).powi(3) * h_theta;
            let (r, v) = (units[0] * zeta * cosine, units[1] * zeta * sine);
            for (mu, w) in angles.iter() {
                points.push((volume * weight * w, [r, v * mu, v * ((1.0 - mu) * (1.0 + mu)).sqrt()]));
            }
        }
    }
    points
}

fn refuse<T>(setting: &'static str, value: f64, needs: &'static str) -> Result<T, VlasovError> {
    Err(VlasovError::Setting { setting, value, needs })
}

fn check(settings: &ParticleSettings) -> Result<(), VlasovError> {
    for (setting, value) in [("radius", settings.radius), ("velocity", settings.velocity)] {
        if !(value > 0.0 && value.is_finite()) {
            return refuse(setting, value, "a positive finite number");
        }
    }
    for (setting, value) in [("speed", settings.speed), ("force", settings.force)] {
        if !value.is_finite() {
            return refuse(setting, value, "a finite number");
        }
    }
    let fewest = settings.nodes.into_iter().min().unwrap_or(0);
    if fewest < 2 {
        return refuse("nodes", fewest as f64, "at least 2");
    }
    Ok(())
}

fn check_density(reach: f64, waves: usize) -> Result<(), VlasovError> {
    if !(reach > 0.0 && reach.is_finite()) {
        return refuse("reach", reach, "a positive finite number");
    }
    if waves < 2 {
        return refuse("waves", waves as f64, "at least 2");
    }
    Ok(())
}
