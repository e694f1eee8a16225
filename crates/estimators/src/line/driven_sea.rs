//! O.2. A pure state on the line in one external potential, by both dynamics: the N lowest orbitals of x², or the Hartree–Fock ground state
//! of V in a trap, from t = 0 on in
//!
//! U = V_ext + V∗ρ,  V_ext(x) = h cos q(x−c).
//!
//! ω_t by Hartree on the orbitals; ω̃_t by Vlasov in Weyl variables, on a grid that resolves ε. A determinant of radius R is coherent
//! over its whole width, and its momenta over 2P: G(x,y) reaches to |y| = 2R/ε and W has wave numbers up to 2P/ε, so that a box of
//! 2R × 2P needs n = 4RP/(πε) points each way.

use std::f64::consts::PI;
use std::sync::Arc;

use hartree::line::{Exchange, External, GROUP_SPEED, HartreeMultiplier, Model, OrbitalDynamics, Orbitals};
use kernels::Interaction;
use kernels::line::minimal_length;
use phase_space::Scaling;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::{Axis, Multiplier, PhaseFlow, PhaseGrid, SplitStep, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;
use vlasov::line::VlasovMultiplier;

use super::SetUpError;
use super::preparation::{Preparation, Prepared};
use super::reference::check_times;
use super::sea_distances::{SeaDistances, Variants, mixed_distance};
use crate::Estimate;

/// V_ext(x) = h cos q(x−c).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosine {
    /// h.
    pub height: f64,
    /// q.
    pub wave_number: f64,
    /// c.
    pub centre: f64,
}

impl Cosine {
    /// V_ext(x).
    pub fn value(&self, x: f64) -> f64 {
        self.height * (self.wave_number * (x - self.centre)).cos()
    }

    /// V_ext′(x).
    pub fn slope(&self, x: f64) -> f64 {
        -self.height * self.wave_number * (self.wave_number * (x - self.centre)).sin()
    }
}

/// A determinant in V_ext + V∗ρ.
#[derive(Clone, Debug)]
pub struct DrivenSea {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// The state at t = 0.
    pub preparation: Preparation,
    /// V_ext.
    pub external: Cosine,
    /// ẋ = speed·v in Vlasov; 2, or a negative control.
    pub vlasov_speed: f64,
}

/// What a discretisation has more or less than the state needs: 1 is what it needs.
#[derive(Clone, Copy)]
struct Share {
    points: f64,
    steps: f64,
    /// Of the box at the same spacing.
    length: f64,
}

/// Widths ε^{2/3} of Airy's tail that the box holds.
const TAIL: f64 = 3.0;
/// Points beyond n = 4RP/(πε): the flow of Vlasov stretches what it carries.
const ROOM: f64 = 1.32;
/// Steps in a unit of time of Vlasov, and of Hartree in Weyl variables; of the orbitals, which cost less. From N = `MANY` on their number grows
/// like √N: their error is of order 4 in the step, and the smallest of the norms falls like ε².
const STEPS: f64 = 12.0;
const ORBITAL_STEPS: f64 = 32.0;
const MANY: f64 = 64.0;
const SPLITTING: Splitting = Splitting::Order4;

const FULL: Share = Share { points: 1.0, steps: 1.0, length: 1.0 };
/// Fewer points and fewer steps; a smaller box.
const COARSER: Share = Share { points: 0.85, steps: 2.0 / 3.0, length: 1.0 };
const SMALLER: Share = Share { points: 1.0, steps: 1.0, length: 0.9 };

impl DrivenSea {
    /// Both dynamics as they are, from the oscillator sea of x².
    pub fn new(interaction: Arc<dyn Interaction>, external: Cosine) -> Self {
        let preparation = Preparation::OscillatorSea { s: 1.0 };
        Self { interaction, preparation, external, vlasov_speed: TRANSPORT_SPEED }
    }

    /// ω_t against ω̃_t at the times, which increase from 0.
    ///
    /// # Errors
    /// [`SetUpError`]: an ε that is not 1/N, times that do not increase, a box shorter than the reach of V, a ground state that does not
    /// converge.
    pub fn measure(&self, eps: f64, times: &[f64]) -> Result<Vec<SeaDistances>, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let size = self.preparation.size(self.interaction.as_ref())?;
        let grid = self.grid(size, eps, times, FULL)?;
        let start = |share: Share| self.preparation.prepared(&self.interaction, size, scaling, share.points);
        let (exact, rough) = (start(FULL)?, start(COARSER)?);
        let vlasov = |start: &Prepared, share: Share| {
            let grid = self.grid(size, eps, times, share)?;
            self.vlasov(start.wigner(&grid)?, eps, times, share.steps)
        };
        let hartree = |start: &Prepared, share: Share| self.orbitals(start.on(&grid.x)?, times, share.steps);
        let (full, coarser) = (vlasov(&exact, FULL)?, vlasov(&rough, COARSER)?);
        let smaller = vlasov(&exact, SMALLER)?;
        let (orbitals, fewer) = (hartree(&exact, FULL)?, hartree(&rough, COARSER)?);
        let at = |k: usize| {
            let coarser = coarser[k].resampled(grid.x.len(), grid.v.len());
            let vlasov = [&coarser, &smaller[k].embedded(&grid)?].map(|w| w.minus(&full[k]));
            let [coarser, smaller] = vlasov;
            let variants = Variants { vlasov: [coarser?, smaller?], hartree: &fewer[k] };
            SeaDistances::new(times[k], size[0], &orbitals[k], &full[k], &variants)
        };
        (0..times.len()).map(at).collect()
    }

    /// ‖ω_t − ω̃_t‖_HS/√N for a smooth W_N in place of the sea, Hartree in Weyl variables: what mixed data would show.
    ///
    /// # Errors
    /// As [`Self::measure`], but that any ε will do.
    pub fn measure_mixed(
        &self,
        initial: impl Fn(f64, f64) -> f64,
        grid: &PhaseGrid,
        eps: f64,
        times: &[f64],
    ) -> Result<Vec<Estimate>, SetUpError> {
        check_times(times)?;
        let run = |grid: &PhaseGrid, share: Share| {
            let w = grid.sample(&initial)?;
            let hartree = self.hartree_weyl(w.clone(), Scaling::line(eps)?, times, share.steps)?;
            let vlasov = self.vlasov(w, eps, times, share.steps)?;
            let pairs = hartree.iter().zip(&vlasov);
            Ok::<_, SetUpError>(pairs.map(|(w, v)| w.minus(v)).collect::<Result<Vec<_>, _>>()?)
        };
        let coarse = run(&grid.coarsened(COARSER.points), COARSER)?;
        let (fine, small) = (run(grid, FULL)?, run(&grid.shrunk(SMALLER.length), SMALLER)?);
        let at = |k: usize| {
            let varied = [coarse[k].resampled(grid.x.len(), grid.v.len()), small[k].embedded(grid)?];
            mixed_distance(&fine[k], &varied)
        };
        (0..times.len()).map(at).collect()
    }

    /// |x| ≤ R and |v| ≤ P until the last time, in either dynamics: v² grows by 2|h| + sup V at most.
    fn grid(
        &self,
        [radius, fastest]: [f64; 2],
        eps: f64,
        times: &[f64],
        share: Share,
    ) -> Result<PhaseGrid, SetUpError> {
        check_times(times)?;
        let spread = GROUP_SPEED.max(self.vlasov_speed) * times[times.len() - 1];
        let gained = 2.0 * self.external.height.abs() + self.interaction.sup().unwrap_or(0.0);
        let (speed, tail) = (fastest.hypot(gained.sqrt()), TAIL * eps.powf(2.0 / 3.0));
        let (r, p) = (radius.hypot(spread * speed) + tail * 1.0_f64.hypot(spread), speed + tail);
        // the smaller box, too, is longer than V reaches
        let r = r.max(0.51 * minimal_length(self.interaction.as_ref(), 0.0) / SMALLER.length);
        let points = friendly_length((share.points * ROOM * 4.0 * r * p / (PI * eps)).ceil() as usize);
        let grid = PhaseGrid::new(Axis::new(0.0, 2.0 * r, points)?, Axis::new(0.0, 2.0 * p, points)?);
        Ok(if share.length < 1.0 { grid.shrunk(share.length) } else { grid })
    }

    /// W̃_t at the times.
    fn vlasov(
        &self,
        w: WignerFunction,
        eps: f64,
        times: &[f64],
        share: f64,
    ) -> Result<Vec<WignerFunction>, SetUpError> {
        let multiplier = VlasovMultiplier::new(self.interaction.as_ref(), w.grid())?
            .with_external(|x| self.external.slope(x));
        let flow = PhaseFlow::with_speed(w.grid(), self.vlasov_speed);
        Ok(trajectory(SplitStep::with_flow(flow, multiplier, SPLITTING), w, eps, times, share))
    }

    /// W_t at the times, in Weyl variables: for mixed data, and the second discretisation of the orbitals.
    pub(super) fn hartree_weyl(
        &self,
        w: WignerFunction,
        scaling: Scaling,
        times: &[f64],
        share: f64,
    ) -> Result<Vec<WignerFunction>, SetUpError> {
        let multiplier = HartreeMultiplier::new(self.interaction.as_ref(), w.grid(), scaling)?
            .with_external(|x| self.external.value(x));
        let (flow, eps) = (PhaseFlow::new(w.grid()), scaling.eps());
        Ok(trajectory(SplitStep::with_flow(flow, multiplier, SPLITTING), w, eps, times, share))
    }

    /// The orbitals at the times.
    fn orbitals(
        &self,
        mut orbitals: Orbitals,
        times: &[f64],
        share: f64,
    ) -> Result<Vec<Orbitals>, SetUpError> {
        let external = self.external;
        let model = Model {
            interaction: self.interaction.clone(),
            external: External::function(move |x| external.value(x)),
            exchange: Exchange::Neglected,
        };
        let mut dynamics = OrbitalDynamics::new(&model, orbitals.axis(), orbitals.scaling(), SPLITTING)?;
        let step = |(from, to): (f64, f64)| {
            let many = steps(ORBITAL_STEPS, orbitals.scaling().eps(), to - from, share);
            dynamics.evolve(&mut orbitals, to - from, many)?;
            Ok(orbitals.clone())
        };
        intervals(times).map(step).collect()
    }

    /// ‖W_t − W′_t‖_{L²}/‖W_t‖_{L²} of Hartree on the orbitals and in Weyl variables at the last time, which share no formula.
    ///
    /// # Errors
    /// As [`Self::measure`].
    pub fn second_discretisation(&self, eps: f64, times: &[f64]) -> Result<f64, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let size = self.preparation.size(self.interaction.as_ref())?;
        let grid = self.grid(size, eps, times, FULL)?;
        let start = self.preparation.prepared(&self.interaction, size, scaling, FULL.points)?;
        let weyl = self.hartree_weyl(start.wigner(&grid)?, scaling, times, FULL.steps)?;
        // a circle of twice the longest coherence, its highest third of wave numbers empty
        let length = 2.0 * (eps * grid.v.nyquist()).max(grid.x.length());
        let points = friendly_length((1.5 * length * grid.v.length() / (2.0 * PI * eps)).ceil() as usize);
        let axis = Axis::new(0.0, length, points)?;
        let orbitals = self.orbitals(start.on(&axis)?, times, FULL.steps)?;
        let last = times.len() - 1;
        let w = orbitals[last].wigner(&grid)?;
        Ok(w.minus(&weyl[last])?.l2() / w.l2())
    }
}

/// (0, t₁), (t₁, t₂), …
fn intervals(times: &[f64]) -> impl Iterator<Item = (f64, f64)> {
    std::iter::once(&0.0).chain(times).copied().zip(times.iter().copied())
}

fn trajectory<M: Multiplier>(
    mut solver: SplitStep<M>,
    mut w: WignerFunction,
    eps: f64,
    times: &[f64],
    share: f64,
) -> Vec<WignerFunction> {
    let step = |(from, to): (f64, f64)| {
        solver.evolve(&mut w, to - from, steps(STEPS, eps, to - from, share));
        w.clone()
    };
    intervals(times).map(step).collect()
}

/// At least two, so that two thirds are fewer.
fn steps(per_unit: f64, eps: f64, duration: f64, share: f64) -> usize {
    let more = (MANY * eps).recip().max(1.0).sqrt();
    ((per_unit * more * duration).round().max(2.0) * share).round() as usize
}
