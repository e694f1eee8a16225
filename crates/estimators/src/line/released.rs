//! G16.T3 for pure states: a determinant of N orbitals of a trap, released at t = 0.
//!
//! ω_t by Hartree on the orbitals; ω̃_t by pushing the Wigner function of the determinant forward. Compared are observables alone,
//!
//! sup over (p,q) of (1+|p|+|q|)^{−2}·|tr e^{ip·x+εq·∇}(ω_t−ω̃_t)|/N,
//!
//! on the lattice p, q ∈ {−8, −7½, …, 8}: no norm of W_t − W̃_t is asked for, of which pure states have none that is small.

mod portrait;

use std::f64::consts::PI;
use std::sync::Arc;

use hartree::line::{Exchange, External, GROUP_SPEED, Model, OrbitalDynamics, Orbitals, ground_state};
use kernels::Interaction;
use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;
use vlasov::line::PushedForward;

pub use portrait::ReleasePortrait;

use super::SetUpError;
use super::preparation::Preparation;
use crate::{Estimate, ReleasedAt, ReleasedNorms};

/// N fermions in a trap that is switched off.
#[derive(Clone, Debug)]
pub struct Release {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// The state at t = 0.
    pub preparation: Preparation,
    /// ẋ = speed·v in Vlasov; 2, or a negative control.
    pub vlasov_speed: f64,
}

/// Distance of neighbouring p and q.
pub const LATTICE: f64 = 0.5;
/// p = 0 … 8; the negative ones are conjugates.
const COUNT: usize = 17;
/// Widths ε^{2/3} of Airy's tail beyond which an orbital is nothing.
const TAIL: f64 = 8.0;
/// Steps in a unit of time of Hartree and of Vlasov, and the share of them, of points and of tails that a coarser run has.
const STEPS: [usize; 2] = [12, 12];
const FEWER: f64 = 2.0 / 3.0;
const COARSER: f64 = 0.9;
/// Points beyond what the largest speed asks for.
const ROOM: f64 = 1.4;

impl Release {
    /// The release as the theorem has it.
    pub fn new(interaction: Arc<dyn Interaction>, preparation: Preparation) -> Self {
        Self { interaction, preparation, vlasov_speed: TRANSPORT_SPEED }
    }

    /// Hartree against Vlasov at the times, which increase from 0.
    ///
    /// # Errors
    /// [`SetUpError`]: an ε that is not 1/N, a ground state that does not converge, boxes that do not hold the state, a V whose mean field
    /// has no modes.
    pub fn measure(&self, eps: f64, times: &[f64]) -> Result<Vec<ReleasedAt>, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let last = times.last().copied().unwrap_or(0.0);
        let size = self.preparation.size(self.interaction.as_ref())?;
        let hartree = |share: f64, points: f64| self.hartree(&size, scaling, times, last, share, points);
        let vlasov = |share: f64, tails: f64| self.vlasov(&size, scaling, times, last, share, tails);
        let (fine, coarse) = (hartree(1.0, 1.0)?, hartree(FEWER, COARSER)?);
        let (pushed, fewer) = (vlasov(1.0, 1.0)?, vlasov(FEWER, COARSER)?);
        let at = |k: usize| {
            let (value, at) = weighted_sup(&fine[k], &pushed[k]);
            let error = weighted_sup(&fine[k], &coarse[k]).0 + weighted_sup(&pushed[k], &fewer[k]).0;
            ReleasedAt { time: times[k], weighted_sup: Estimate::new(value, error), at }
        };
        Ok((0..times.len()).map(at).collect())
    }

    /// What the theorem supposes of ω_N.
    ///
    /// # Errors
    /// As [`Self::measure`].
    pub fn norms(&self, eps: f64) -> Result<ReleasedNorms, SetUpError> {
        let (scaling, size) = (Scaling::line(eps)?, self.preparation.size(self.interaction.as_ref())?);
        let commutators = |points: f64| -> Result<[f64; 2], SetUpError> {
            let orbitals = self.orbitals(&size, &self.axis(&size, eps, 0.0, points)?, scaling)?;
            Ok([orbitals.position_commutator()?, orbitals.momentum_commutator()?])
        };
        let (fine, coarse) = (commutators(1.0)?, commutators(COARSER)?);
        let w = self.wigner(&size, scaling, 1.0, 2)?;
        let w11 = |factor: usize| {
            let fine = w.refined(factor);
            fine.l1() + fine.d_x(1).l1() + fine.d_v(1).l1()
        };
        // of the sums of |·|, which has kinks
        let refined = |fine: f64, coarse: f64| Estimate::new(fine, (fine - coarse).abs() + 1e-12 * fine);
        Ok(ReleasedNorms {
            position: refined(fine[0], coarse[0]),
            gradient: refined(fine[1], coarse[1]),
            w11: refined(w11(3), w11(2)),
        })
    }

    /// |x| and |v| up to `time`, V at most adding its supremum to v², and Airy's tails.
    fn reach(&self, [radius, fastest]: &[f64; 2], eps: f64, time: f64, tails: f64) -> [f64; 2] {
        let tail = tails * TAIL * eps.powf(2.0 / 3.0);
        let gained = if time > 0.0 { self.interaction.sup().unwrap_or(0.0) } else { 0.0 };
        let speed = (fastest * fastest + gained).sqrt();
        let spread = GROUP_SPEED.max(self.vlasov_speed) * time;
        [radius.hypot(spread * speed) + tail * 1.0_f64.hypot(spread), speed + tail]
    }

    /// A circle of length 4πm that holds the state until `time`, on which e^{ipx} is periodic.
    fn axis(&self, size: &[f64; 2], eps: f64, time: f64, points: f64) -> Result<Axis, SetUpError> {
        let [radius, speed] = self.reach(size, eps, time, 1.0);
        let unit = 2.0 * PI / LATTICE;
        let length = unit * (2.0 * radius / unit).ceil();
        // the highest quarter of the wave numbers is empty
        let count = ROOM * points * length * speed / (PI * eps);
        Ok(Axis::new(0.0, length, friendly_length(count.ceil() as usize))
            .map_err(phase_space::line::GridError::from)?)
    }

    fn orbitals(&self, size: &[f64; 2], axis: &Axis, scaling: Scaling) -> Result<Orbitals, SetUpError> {
        let trap = match &self.preparation {
            Preparation::OscillatorSea { s } => return Ok(Orbitals::oscillator_sea(axis, scaling, *s)?),
            Preparation::GroundState { trap } => trap.clone(),
        };
        // the part of the axis that holds the trapped state; beyond it the orbitals are nothing
        let half = self.reach(size, scaling.eps(), 0.0, 1.0)[0];
        let margin = ((0.5 * axis.length() - half) / axis.spacing()).max(0.0) as usize;
        let model = self.model(trap).with_exchange(Exchange::Fock);
        let trapped = ground_state(&model, &axis.cropped(margin), scaling)?.orbitals;
        let nothing = vec![Complex64::ZERO; margin];
        let padded = (0..trapped.n()).flat_map(|j| [&nothing, trapped.orbital(j), &nothing].concat());
        Ok(Orbitals::new(axis, scaling, padded.collect())?)
    }

    fn model(&self, external: External) -> Model {
        Model { interaction: self.interaction.clone(), external, exchange: Exchange::Neglected }
    }

    /// W_N on points with Δx < πε/|v|, Δv < πε/|x|, enough for its integrals against smooth functions; `finer` = 2 resolves it.
    fn wigner(
        &self,
        size: &[f64; 2],
        scaling: Scaling,
        tails: f64,
        finer: usize,
    ) -> Result<WignerFunction, SetUpError> {
        let eps = scaling.eps();
        let [radius, speed] = self.reach(size, eps, 0.0, tails);
        let points = friendly_length((2.0 * radius * speed / (PI * eps)).ceil() as usize + 16);
        let axis = |half: f64, finer: usize| Axis::new(0.0, 2.0 * half, finer * points);
        let grid = PhaseGrid::new(axis(radius, finer)?, axis(speed, finer)?);
        if let Preparation::OscillatorSea { s } = self.preparation {
            return Ok(Orbitals::oscillator_sea_wigner(&grid, scaling, s)?);
        }
        // coherences reach over twice the radius: they need all velocities, of which every second is kept
        let resolved = PhaseGrid::new(grid.x, axis(speed, 2)?);
        let unit = 2.0 * PI / LATTICE;
        let length = unit * (2.0 * eps * resolved.v.nyquist() / unit).ceil();
        let count = ROOM * length * speed / (PI * eps);
        let wide = Axis::new(0.0, length, friendly_length(count.ceil() as usize))?;
        let w = self.orbitals(size, &wide, scaling)?.wigner(&resolved)?;
        let every = 2 / finer;
        Ok(WignerFunction::new(grid, w.values().iter().copied().step_by(every).collect())?)
    }

    /// tr e^{ip·x+εq·∇}ω_t/N at the times.
    fn hartree(
        &self,
        size: &[f64; 2],
        scaling: Scaling,
        times: &[f64],
        last: f64,
        share: f64,
        points: f64,
    ) -> Result<Vec<Vec<Complex64>>, SetUpError> {
        let axis = self.axis(size, scaling.eps(), last, points)?;
        let mut orbitals = self.orbitals(size, &axis, scaling)?;
        let mut dynamics =
            OrbitalDynamics::new(&self.model(External::None), &axis, scaling, Splitting::Order6)?;
        let stride = (axis.length() * LATTICE / (2.0 * PI)).round() as usize;
        let mut at = 0.0;
        let step = |time: &f64| {
            dynamics.evolve(&mut orbitals, time - at, steps(STEPS[0], time - at, share))?;
            at = *time;
            Ok(orbitals.observables(stride, COUNT, &velocities()))
        };
        times.iter().map(step).collect()
    }

    /// ∬W̃_t e^{i(px+qv)} at the times.
    fn vlasov(
        &self,
        size: &[f64; 2],
        scaling: Scaling,
        times: &[f64],
        last: f64,
        share: f64,
        tails: f64,
    ) -> Result<Vec<Vec<Complex64>>, SetUpError> {
        let radius = self.reach(size, scaling.eps(), last, 1.0)[0];
        let initial = self.wigner(size, scaling, tails, 1)?;
        let mut points =
            PushedForward::new(&initial, self.interaction.as_ref(), radius)?.with_speed(self.vlasov_speed);
        let mut at = 0.0;
        let step = |time: &f64| {
            points.evolve(time - at, steps(STEPS[1], time - at, share), Splitting::Order6);
            at = *time;
            points.observables(LATTICE, COUNT, &velocities())
        };
        Ok(times.iter().map(step).collect())
    }
}

/// Steps over a duration.
fn steps(per_unit: usize, duration: f64, share: f64) -> usize {
    ((per_unit as f64 * duration * share).round() as usize).max(1)
}

/// q = −8 … 8.
fn velocities() -> Vec<f64> {
    let most = (COUNT - 1) as f64 * LATTICE;
    (0..2 * COUNT - 1).map(|b| b as f64 * LATTICE - most).collect()
}

/// sup (1+|p|+|q|)^{−2}|A − B| and where it is taken.
fn weighted_sup(a: &[Complex64], b: &[Complex64]) -> (f64, (f64, f64)) {
    let q = velocities();
    let mut best = (0.0, (0.0, 0.0));
    for (at, (a, b)) in a.iter().zip(b).enumerate() {
        let (p, q) = ((at % COUNT) as f64 * LATTICE, q[at / COUNT]);
        let value = (a - b).norm() * (1.0 + p + q.abs()).powi(-2);
        if value.is_nan() || value > best.0 {
            best = (value, (p, q));
        }
    }
    best
}
