//! G16.T3 in R³: rotation-invariant states, pure ones among them, released at t = 0 and seen through observables.
//!
//! ω_t by Hartree in channels; ω̃_t by particles, which push W_N forward and never interpolate it: the Wigner function of closed shells
//! oscillates on the scale ε. Compared is
//!
//! sup over (p,q) of (1+|p|+|q|)^{−2}·|tr e^{ip·x+εq·∇}(ω_t−ω̃_t)|/N.
//!
//! Of a rotation-invariant state the observable is a function of |p|, |q| and p·q; p ∥ q are those with |p·q| = |p||q|, which turning phase space
//! carries into densities. With the frame's b, ḃ and a they are taken at
//!
//! p = κ(cos φ/b − ḃ sin φ/a), q = κ(2b/a) sin φ, φ = πm/12, κ = ½, 1, …, 8,
//!
//! the same for every ε. At other angles |p| and |q| are ½, 1, 2 or 4 and the angle π/4, π/2 or 3π/4: the kernel of ω_t, synthesised from its channels,
//! against the mean of a wave over rotations of each particle.

mod determinant;
mod lattice;
mod particles;

use std::sync::Arc;

use hartree::radial::closed_shells::GroundState;
use hartree::radial::{ChannelHartree, OscillatorSea, Settings};
use kernels::Interaction;
use operators::BandHermitian;
use operators::radial::{Channels, VectorCommutator};
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, ComovingFrame, RadialGrid};
use phase_space::splitting::Splitting;
use states::radial::{CenteredMixture, L1Norms, RadialState};
use transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};
use vlasov::radial::Flow;

use super::SetUpError;
use super::observables::{Waves, observables};
use crate::{Estimate, ReleasedAt, ReleasedNorms};

use lattice::{COUNT, DIRECTIONS, Observed, STEP, crossed, directions, lattice, weighted_sup};

/// How the state is prepared.
#[derive(Clone, Debug)]
pub enum Preparation {
    /// Closed shells of −ε²Δ + s²|x|², a pure state with N = M(M+1)(M+2)/6.
    ClosedShells {
        /// s.
        s: f64,
    },
    /// The Hartree–Fock ground state of −ε²Δ + s²|x|² and V, N = M(M+1)(M+2)/6.
    GroundState {
        /// s.
        s: f64,
    },
    /// A mixed state.
    Mixture(CenteredMixture),
}

/// A state that is released, and what may be wrong with Vlasov.
#[derive(Clone, Debug)]
pub struct Release {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// The state at t = 0.
    pub preparation: Preparation,
    /// Vlasov's; anything but the default is a negative control.
    pub flow: Flow,
}

/// W of a mixed state below this fraction of its height is outside the box; ten times that in the coarser run.
const MIXED_TAIL: f64 = 1e-10;
/// Eigenvalues of a mixed state up to this are left out.
const THRESHOLD: f64 = 1e-12;
/// Widths ε^{2/3} of Airy's tail beyond which closed shells are nothing.
const AIRY_TAIL: f64 = 6.5;
/// Share of points, tails, energies and nodes in the coarser runs.
const COARSER: f64 = 0.88;
/// Longest step of the frame's clock, times its a, and steps of Vlasov in a unit of time.
const CLOCK: f64 = 0.3;
const STEPS: f64 = 6.0;
/// Most shells of a scenario, and the digits of ε that a user types.
const SHELLS: usize = 60;
const TYPED: f64 = 1e-5;
/// Points beyond what the largest speed asks for.
const ROOM: f64 = 1.15;
/// Accuracy of a modulus, relative.
const TOLERANCE: f64 = 1e-3;

/// Entries of a turned state lie farther from the diagonal.
const TURNED: f64 = 1.5;

/// The state of one rung.
enum Prepared<'a> {
    Sea(OscillatorSea),
    GroundState(Box<GroundState>),
    Mixture { eps: f64, state: &'a CenteredMixture },
}

impl Prepared<'_> {
    fn eps(&self) -> f64 {
        match self {
            Self::Sea(sea) => sea.eps(),
            Self::GroundState(state) => state.problem().eps(),
            Self::Mixture { eps, .. } => *eps,
        }
    }
}

/// How much of everything.
#[derive(Clone, Copy)]
struct Fineness {
    share: f64,
    /// Of the trap in each channel of a ground state, beyond half of its shells.
    functions: usize,
    tail: f64,
    splitting: Splitting,
}

const FINE: Fineness = Fineness { share: 1.0, functions: 8, tail: MIXED_TAIL, splitting: Splitting::Aba1064 };
const COARSE: Fineness =
    Fineness { share: COARSER, functions: 6, tail: 10.0 * MIXED_TAIL, splitting: Splitting::Aba864 };
/// For norms of commutators, to a few parts in a thousand.
const ROUGH: [Fineness; 2] = [Fineness { tail: 1e-5, ..FINE }, Fineness { tail: 1e-4, ..COARSE }];

/// Those of the particles at the times, and |1 − ∬W| of what they carry.
type Pushed = (Vec<Observed>, f64);

/// The fine run and the coarser one.
fn both<T: Send>(run: impl Fn(Fineness) -> Result<T, SetUpError> + Sync) -> Result<[T; 2], SetUpError> {
    let (fine, coarse) = rayon::join(|| run(FINE), || run(COARSE));
    Ok([fine?, coarse?])
}

/// The same from states that are prepared.
fn both_of<T: Send>(
    [fine, coarse]: &[(Prepared<'_>, Fineness); 2],
    run: impl Fn(&Prepared<'_>, Fineness) -> Result<T, SetUpError> + Sync,
) -> Result<[T; 2], SetUpError> {
    let (fine, coarse) = rayon::join(|| run(&fine.0, fine.1), || run(&coarse.0, coarse.1));
    Ok([fine?, coarse?])
}

/// N = M(M+1)(M+2)/6.
pub(super) fn particles(shells: usize) -> usize {
    shells * (shells + 1) * (shells + 2) / 6
}

/// `rung`: 1/ε of a mixed state, the number M of shells of a pure one, N = M(M+1)(M+2)/6.
impl Release {
    /// M where N = ε^{−3} closes shells.
    pub fn shells(eps: f64) -> Option<usize> {
        let n = eps.powi(-3);
        (1..=SHELLS).find(|&m| (particles(m) as f64 - n).abs() <= TYPED * n)
    }

    /// The release as the theorem has it.
    pub fn new(interaction: Arc<dyn Interaction>, preparation: Preparation) -> Self {
        Self { interaction, preparation, flow: Flow::default() }
    }

    /// ε of a rung.
    fn eps(&self, rung: usize) -> f64 {
        match self.preparation {
            Preparation::Mixture(_) => 1.0 / rung as f64,
            _ => (particles(rung) as f64).cbrt().recip(),
        }
    }

    fn prepared(&self, rung: usize, fineness: Fineness) -> Result<Prepared<'_>, SetUpError> {
        Ok(match &self.preparation {
            Preparation::ClosedShells { s } => Prepared::Sea(OscillatorSea::new(rung, *s)?),
            Preparation::GroundState { s } => {
                let state = determinant::ground_state(rung, *s, self.interaction.clone(), fineness)?;
                Prepared::GroundState(Box::new(state))
            }
            Preparation::Mixture(state) => Prepared::Mixture { eps: self.eps(rung), state },
        })
    }

    /// Hartree against Vlasov at the times, which increase from 0, at every rung; `begin` hears of a rung before it is measured, and stops
    /// the climb by `false`. W_N of a mixed state is the same at every rung, and Vlasov is solved once.
    ///
    /// # Errors
    /// [`SetUpError`]: a scaling out of range, an interaction without a mean field in R³, spectra that do not converge.
    pub fn climb(
        &self,
        rungs: &[usize],
        times: &[f64],
        mut begin: impl FnMut(f64) -> bool,
    ) -> Result<Vec<(f64, Vec<ReleasedAt>)>, SetUpError> {
        let (frame, mut classical) = (self.frame()?, None);
        let mut measured = Vec::new();
        for &rung in rungs {
            let eps = self.eps(rung);
            if !begin(eps) {
                break;
            }
            let prepared = both(|fineness| Ok((self.prepared(rung, fineness)?, fineness)))?;
            let pushed = match (classical.take(), &self.preparation) {
                (Some(pushed), Preparation::Mixture(_)) => pushed,
                _ => both_of(&prepared, |state, fineness| self.vlasov(state, &frame, times, fineness))?,
            };
            let hartree = both_of(&prepared, |state, fineness| self.hartree(state, &frame, times, fineness))?;
            let at = |(k, &time): (usize, &f64)| {
                let lattices = [lattice(&frame, time), crossed().iter().map(|at| (at.p, at.q)).collect()];
                let (value, at) = weighted_sup(&lattices, &hartree[0][k], &pushed[0].0[k]);
                let change =
                    |[fine, coarse]: [&Vec<Observed>; 2]| weighted_sup(&lattices, &fine[k], &coarse[k]).0;
                let error = change(hartree.each_ref()) + change([&pushed[0].0, &pushed[1].0]) + pushed[0].1;
                ReleasedAt { time, weighted_sup: Estimate::new(value, error), at }
            };
            measured.push((eps, times.iter().enumerate().map(at).collect()));
            classical = Some(pushed);
        }
        Ok(measured)
    }

    /// ε, and what the theorem supposes of ω_N; but for closed shells of the trap alone tr|K|, |K|² = Σ_i|\[x_i,ω_N\]|², which is larger than each tr|\[x_i,ω_N\]|.
    ///
    /// # Errors
    /// As [`Self::climb`].
    pub fn norms(&self, rung: usize) -> Result<(f64, ReleasedNorms), SetUpError> {
        let eps = self.eps(rung);
        let (prepared, frame) = ([self.prepared(rung, FINE)?, self.prepared(rung, COARSE)?], self.frame()?);
        let w11 = match &prepared {
            [Prepared::Mixture { state, .. }, _] => {
                let w11 = L1Norms::of_state(*state).w11();
                Estimate::new(w11.value, w11.error)
            }
            [Prepared::GroundState(fine), Prepared::GroundState(coarse)] => {
                determinant::w11([fine, coarse], self.interaction.sup().unwrap_or(0.0))?
            }
            [Prepared::GroundState(_), _] => Estimate::unknown(),
            [Prepared::Sea(sea), _] => {
                let exact = |value: f64| Estimate::new(value, 1e-12 * value);
                let (w11, error) = sea.w11();
                let [position, gradient] = [sea.position_commutator(), sea.gradient_commutator()].map(exact);
                return Ok((eps, ReleasedNorms { position, gradient, w11: Estimate::new(w11, error) }));
            }
        };
        // of κ(cos φ ξ + (2/a) sin φ η)
        let commutator = |phi: f64, k: usize| -> Result<(f64, f64), SetUpError> {
            let (hartree, band) = self.channels(&prepared[k], &frame, ROUGH[k])?;
            let channels = hartree.turned(phi).channels((TURNED * band as f64) as usize)?;
            Ok(VectorCommutator::new(&channels, TOLERANCE)?.trace_norm())
        };
        let of = |phi: f64, kappa: f64| -> Result<Estimate, SetUpError> {
            let [fine, coarse] = [0, 1].map(|k| commutator(phi, k));
            let (fine, coarse) = (fine?, coarse?);
            let estimate = Estimate::new(fine.0, fine.1 + (fine.0 - coarse.0).abs());
            Ok(estimate.scaled(kappa * eps * eps))
        };
        // v = η + ½βξ
        let (half_a, half_beta) = (0.5 * frame.oscillator(), 0.5 * frame.expansion());
        let (position, gradient) = (of(0.0, 1.0)?, of(half_a.atan2(half_beta), half_a.hypot(half_beta))?);
        Ok((eps, ReleasedNorms { position, gradient, w11 }))
    }

    /// The frame in which the state stands still under free flow.
    fn frame(&self) -> Result<ComovingFrame, SetUpError> {
        Ok(match &self.preparation {
            Preparation::ClosedShells { s } | Preparation::GroundState { s } => {
                ComovingFrame::new(2.0 * s, 0.0, 0.0)?
            }
            Preparation::Mixture(state) => {
                let [a, beta, c] = state.comoving();
                ComovingFrame::new(a, beta, c)?
            }
        })
    }

    /// The state at t = 0 in channels, and the half-bandwidth of what is not nothing.
    fn channels(
        &self,
        prepared: &Prepared<'_>,
        frame: &ComovingFrame,
        fineness: Fineness,
    ) -> Result<(ChannelHartree, usize), SetUpError> {
        let (a, eps) = (frame.oscillator(), prepared.eps());
        let scaling = Scaling::new(3, eps)?;
        let gained = self.interaction.sup().unwrap_or(0.0);
        let filled = |level: f64| {
            let tail = fineness.share * AIRY_TAIL * eps.powf(2.0 / 3.0);
            ((level + gained).sqrt() + tail).powi(2)
        };
        let energy = match prepared {
            Prepared::Sea(sea) => filled(sea.fermi_energy()),
            Prepared::GroundState(state) => filled(determinant::oscillator_energy(state, gained)),
            Prepared::Mixture { state, .. } => {
                let [r, v] = [state.reach(0.0, fineness.tail), state.speed(fineness.tail)];
                (v * v).max((0.5 * a * r).powi(2)) + gained
            }
        };
        let speed = energy.sqrt() + 2.0 * eps.powf(2.0 / 3.0);
        let grid = RadialGrid::resolving(2.0 * speed / a, eps, ROOM * fineness.share.sqrt() * speed)?;
        let (initial, threshold) = match prepared {
            Prepared::Sea(sea) => (sea.channels(&grid)?, 0.5),
            Prepared::GroundState(state) => (state.channels(&grid)?, 0.5),
            Prepared::Mixture { state, .. } => (mixture(state, frame, &scaling, &grid, energy)?, THRESHOLD),
        };
        let band = initial.blocks().iter().map(BandHermitian::half_bandwidth).max().unwrap_or(0);
        let settings = Settings { threshold, splitting: fineness.splitting, ..Settings::up_to(energy) };
        let interaction = self.interaction.clone();
        Ok((ChannelHartree::new(&initial, interaction, &scaling, *frame, &settings)?, band))
    }

    /// The observables at the times by Hartree.
    fn hartree(
        &self,
        prepared: &Prepared<'_>,
        frame: &ComovingFrame,
        times: &[f64],
        fineness: Fineness,
    ) -> Result<Vec<Observed>, SetUpError> {
        let (mut state, band) = self.channels(prepared, frame, fineness)?;
        let band = (TURNED * band as f64) as usize;
        let crossed = crossed();
        let step = |&time: &f64| {
            let clock = frame.clock(time) - frame.clock(state.time());
            let steps = (frame.oscillator() * clock / CLOCK).ceil().max(1.0) as usize;
            state.evolve_to(time, steps)?;
            let parallel = state.observables(DIRECTIONS, STEP, COUNT);
            let (channels, scale) = (state.channels(band)?, frame.scale(time));
            let radius = channels.grid().radius();
            let speed = 0.5 * frame.oscillator() * radius;
            let along = match prepared {
                Prepared::Mixture { .. } => speed,
                _ => 2.0 * speed / prepared.eps(),
            };
            let waves = Waves { radius, speed, along };
            let others = observables(&channels, prepared.eps(), scale, waves, fineness.share, &crossed);
            Ok([parallel, others])
        };
        times.iter().map(step).collect()
    }

    /// The observables at the times by Vlasov.
    fn vlasov(
        &self,
        prepared: &Prepared<'_>,
        frame: &ComovingFrame,
        times: &[f64],
        fineness: Fineness,
    ) -> Result<Pushed, SetUpError> {
        let mut particles = self.particles(prepared, times.last().copied().unwrap_or(0.0), fineness)?;
        let (mut now, missed) = (0.0, (1.0 - particles.mass()).abs());
        let places: Vec<[f64; 3]> = crossed().iter().map(|at| [at.p, at.q, at.angle]).collect();
        let step = |&time: &f64| {
            let steps = (STEPS * (time - now)).ceil().max(1.0) as usize;
            particles.evolve_by(time - now, steps, fineness.splitting);
            now = time;
            let directions = directions(frame, time);
            let along = |(p, q): &(f64, f64)| particles.observables(STEP * p, STEP * q, COUNT);
            Ok([directions.iter().flat_map(along).collect(), particles.observables_at(&places)])
        };
        Ok((times.iter().map(step).collect::<Result<_, SetUpError>>()?, missed))
    }
}

/// The channels of a sum of Gaussians, exactly quantised, its chirps taken relative to the frame's.
fn mixture(
    state: &CenteredMixture,
    frame: &ComovingFrame,
    scaling: &Scaling,
    grid: &RadialGrid,
    energy: f64,
) -> Result<Channels, SetUpError> {
    let term = |c: &states::radial::CenteredComponent| GaussianTerm {
        weight: c.weight,
        sigma_x: c.sigma_x,
        sigma_v: c.sigma_v,
        chirp: c.chirp - 0.5 * frame.expansion(),
    };
    let variables = GaussianVariables::new(state.components().iter().map(term).collect())?;
    let l_max = (energy / (frame.oscillator() * scaling.eps())).ceil() as usize + 2;
    Ok(weyl_channels(&variables, scaling, grid, &AngularMomenta::sparse(scaling.eps(), l_max)?)?)
}
