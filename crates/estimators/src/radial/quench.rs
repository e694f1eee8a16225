//! R19.4, the release: the ground state of a neutral atom, whose nucleus takes another charge at t = 0.
//!
//! In atomic units −½Δ − Z/|x| + Σ1/|x_i−x_j| with N = Z electrons of two spins; −½Δ = −ε²Δ with ε² = ½ and V = N/|x|. Lengths are of order Z^{−1/3},
//! momenta of order Z^{2/3} and times of order Z^{−1}: in those units ε = Z^{−1/3}. From t = 0 on the nucleus has the charge fZ, and
//!
//! iε∂ₜω = [−ε²Δ − fZ/|x| + V∗ρ − X, ω],  ∂ₜW̃ + 2v·∇ₓW̃ = ∇(−fZ/|x| + V∗ρ̃)·∇ᵥW̃,
//!
//! both from the Hartree–Fock ground state; W_N is its Wigner function, that of both spins together. Beside Hartree–Fock stands Hartree, X = 0, whose
//! mean field is Vlasov's. Compared is tr e^{ip·x}(ω_t−ω̃_t)/N for |p| = κZ^{1/3}, κ = ½, 1, …, 4.
//!
//! What stands beside W_N in an observable at time t varies slowly in v: the coherences |Y| beyond a window do not enter, and the particles
//! need not resolve them. The window and the largest velocity scale with that of the field at each radius.

use std::f64::consts::PI;
use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use hartree::radial::closed_shells::{
    ClosedShells, Convergence, GroundState, HartreeFock, RadialFunctions, ground_state,
};
use num_complex::Complex64;
use phase_space::eight_points;
use phase_space::splitting::Splitting;
use rayon::prelude::*;
use transforms::wigner::radial::{RadialSlice, SliceExtent};
use vlasov::radial::{Flow, ParticleVlasov};

use super::SetUpError;
use crate::Estimate;

/// A neutral atom, the functions in which it is described, and the new charge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChargeQuench {
    /// Z.
    pub charge: usize,
    /// f ≥ 0; 0 takes the nucleus away.
    pub factor: f64,
    /// κ of r^{ℓ+1}e^{−κr}·polynomial, their number, and the last ℓ.
    pub functions: (f64, usize, usize),
    /// Vlasov's; anything but the default is a negative control.
    pub flow: Flow,
}

/// What is seen of a quench at one time, by Hartree–Fock and by Hartree from the same determinant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuenchedAt {
    /// t, in units of Z^{−1}.
    pub time: f64,
    /// Hartree–Fock, whose exchange Vlasov has not.
    pub fock: Seen,
    /// Hartree, whose mean field Vlasov shares.
    pub hartree: Seen,
}

/// One quantum dynamics beside Vlasov.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// sup over p of |tr e^{ip·x}(ω_t−ω̃_t)|/N.
    pub distance: Estimate,
    /// sup over p of |tr e^{ip·x}(ω_t−ω_0)|/N.
    pub motion: Estimate,
}

/// Step and number of the |p|.
const STEP: f64 = 0.5;
const COUNT: usize = 8;
/// The largest velocity, in that of the bare field.
const FASTEST: f64 = 3.6;
/// Velocities sinh(ax)/sinh(a), denser where they are small.
const STRETCH: f64 = 2.2;
/// |Y| times the largest velocity where the window ends, and its exponent: e^{−36(y/y_end)^{12}} is 1 in the middle.
const WINDOW: f64 = 130.0;
const CUT: f64 = 36.0;
const FLAT: i32 = 12;
/// Nodes in |x|, in v∥ and in v⊥, and those of the orbitals' table.
const NODES: [f64; 3] = [44.0, 48.0, 36.0];
const TABLE: usize = 2000;
/// ρ/ρ(0) at the largest radius.
const TAIL: f64 = 1e-10;
/// Wave numbers of the density, times Z^{−1/3}.
const WAVES: f64 = 36.0;

/// How much of everything.
#[derive(Clone, Copy)]
struct Fineness {
    /// Of nodes, of waves and of the window.
    share: f64,
    /// Functions left out.
    fewer: usize,
    /// Steps of every dynamics in a unit of time.
    steps: f64,
}

const FINE: Fineness = Fineness { share: 1.0, fewer: 0, steps: 16.0 };
const COARSE: Fineness = Fineness { share: 0.8, fewer: 8, steps: 8.0 };

/// tr e^{ip·x}ω/N for every p, at t = 0 and at the times.
type Trajectory = Vec<Vec<f64>>;

/// All dynamics from one determinant.
struct Run {
    fock: Trajectory,
    hartree: Trajectory,
    vlasov: Trajectory,
}

impl ChargeQuench {
    /// All dynamics from the Hartree–Fock ground state at the times, in units of Z^{−1}, which increase from 0.
    ///
    /// # Errors
    /// [`SetUpError`]: an atom without closed shells, functions that do not serve, steps that are too long.
    pub fn measure(&self, times: &[f64]) -> Result<Vec<QuenchedAt>, SetUpError> {
        let (fine, coarse) = rayon::join(|| self.run(times, FINE), || self.run(times, COARSE));
        let (fine, coarse) = (fine?, coarse?);
        let seen = |of: fn(&Run) -> &Trajectory, k: usize| {
            let distance = |run: &Run, k: usize, j: usize| of(run)[k][j] - run.vlasov[k][j];
            let motion = |run: &Run, j: usize| of(run)[k][j] - of(run)[0][j];
            // all begin with the same ω_N: what differs at t = 0 is the quadrature of W_N
            let begun = sup(|j| distance(&fine, 0, j));
            let change = sup(|j| distance(&fine, k, j) - distance(&coarse, k, j));
            let moved = sup(|j| motion(&fine, j) - motion(&coarse, j));
            Seen {
                distance: Estimate::new(sup(|j| distance(&fine, k, j)), change + begun),
                motion: Estimate::new(sup(|j| motion(&fine, j)), moved),
            }
        };
        let at = |k: usize| QuenchedAt {
            time: times[k],
            fock: seen(|run| &run.fock, k + 1),
            hartree: seen(|run| &run.hartree, k + 1),
        };
        Ok((0..times.len()).map(at).collect())
    }

    /// n in sup_p |p|^{−2}|tr e^{ip·x}(ω̃_t−ω̃_0)| ~ tⁿ between `time` and twice that, from the Hartree ground state of the atom.
    ///
    /// Two derivatives by t of the observable are the same in both dynamics, {{e^{ip·x},h},h} being quadratic in v, and about the nucleus of its own
    /// Hartree's stand still: nothing in Vlasov moves like t². What does begins at t³, since the Coulomb field is singular; with the wrong field, or
    /// the wrong speed in it, n = 2.
    ///
    /// # Errors
    /// As [`Self::measure`].
    pub fn unrest(&self, time: f64) -> Result<Estimate, SetUpError> {
        let exponent = |fineness: Fineness| -> Result<f64, SetUpError> {
            let state = self.ground_state(0.0, fineness)?;
            let mut particles = self.particles(&state, &self.quenched()?, fineness)?;
            let start = self.transforms(|p| particles.transform(p));
            let mut moved = || {
                particles.evolve_by(self.duration(time), self.steps(time, fineness), Splitting::Aba864);
                let now = self.transforms(|p| particles.transform(p));
                sup(|j| (now[j] - start[j]) / ((j + 1) as f64).powi(2))
            };
            let (once, twice) = (moved(), moved());
            Ok((twice / once).log2())
        };
        let (fine, coarse) = rayon::join(|| exponent(FINE), || exponent(COARSE));
        let (fine, coarse) = (fine?, coarse?);
        Ok(Estimate::new(fine, (fine - coarse).abs()))
    }

    fn run(&self, times: &[f64], fineness: Fineness) -> Result<Run, SetUpError> {
        let (state, quenched) = (self.ground_state(1.0, fineness)?, self.quenched()?);
        let mut vlasov = self.particles(&state, &quenched, fineness)?;
        let released =
            |exchange: f64| HartreeFock::released(&state, &quenched.clone().with_exchange(exchange), 1.0);
        let (mut fock, mut hartree) = (released(1.0)?, released(0.0)?);
        let mut run = Run { fock: Vec::new(), hartree: Vec::new(), vlasov: Vec::new() };
        let mut now = 0.0;
        for &time in [0.0].iter().chain(times) {
            if time > now {
                let (duration, steps) = (self.duration(time - now), self.steps(time - now, fineness));
                fock.evolve(duration, steps)?;
                hartree.evolve(duration, steps)?;
                vlasov.evolve_by(duration, steps, Splitting::Aba864);
                now = time;
            }
            run.fock.push(self.transforms(|p| fock.transform(p)));
            run.hartree.push(self.transforms(|p| hartree.transform(p)));
            run.vlasov.push(self.transforms(|p| vlasov.transform(p)));
        }
        Ok(run)
    }

    /// The atom at t = 0, with x times the exchange.
    fn ground_state(&self, exchange: f64, fineness: Fineness) -> Result<GroundState, SetUpError> {
        let (kappa, count, last) = self.functions;
        let functions = RadialFunctions::sturmian(kappa, count - fineness.fewer, last)?;
        let atom = ClosedShells::atom(self.charge as f64, self.charge)?.with_exchange(exchange);
        Ok(ground_state(&atom, &functions, &Convergence::default())?)
    }

    /// What it is from t = 0 on.
    fn quenched(&self) -> Result<ClosedShells, SetUpError> {
        let z = self.charge as f64;
        Ok(match self.factor {
            0.0 => ClosedShells::atom(z, self.charge)?.released(),
            factor => ClosedShells::atom(factor * z, self.charge)?,
        })
    }

    /// tr e^{ip·x}ω/N for |p| = ½Z^{1/3}, …, 4Z^{1/3}.
    fn transforms(&self, of: impl Fn(f64) -> f64) -> Vec<f64> {
        (1..=COUNT).map(|j| of(STEP * j as f64 * (self.charge as f64).cbrt())).collect()
    }

    /// A time in units of Z^{−1}, in those of iε∂ₜ with ε² = ½.
    fn duration(&self, time: f64) -> f64 {
        time * 0.5_f64.sqrt() / self.charge as f64
    }

    fn steps(&self, time: f64, fineness: Fineness) -> usize {
        (fineness.steps * time).ceil().max(1.0) as usize
    }

    /// W_N at t = 0, about the new nucleus.
    fn particles(
        &self,
        state: &GroundState,
        quenched: &ClosedShells,
        fineness: Fineness,
    ) -> Result<ParticleVlasov, SetUpError> {
        let (z, share) = (self.charge as f64, fineness.share);
        let points = points(state, z, share);
        let radius = points.iter().map(|(_, [r, _, _])| *r).fold(0.0, f64::max);
        let reach = radius + 2.0 / z.cbrt();
        let waves = (share * WAVES * z.cbrt() * reach / PI).ceil() as usize;
        let particles = ParticleVlasov::of_points(&points, quenched.interaction(), reach, waves, self.flow)?;
        Ok(particles.about_nucleus(self.factor * z))
    }
}

/// sup over the p.
fn sup(of: impl Fn(usize) -> f64) -> f64 {
    (0..COUNT).map(|j| of(j).abs()).fold(0.0, f64::max)
}

/// Points (mass, (r, v_r, v_t)) of the Wigner function of the determinant, its coherences cut off by the window.
fn points(state: &GroundState, z: f64, share: f64) -> Vec<(f64, [f64; 3])> {
    let orbitals = Orbitals::new(state);
    let rule = |count: f64, length: f64| -> Vec<(f64, f64)> {
        let nodes = NonZeroUsize::MIN.saturating_add((share * count) as usize);
        let node = |(x, w): (&f64, &f64)| (0.5 * length * (1.0 + x), 0.5 * length * w);
        GaussLegendre::new(nodes).iter().map(|(x, w)| node((x, w))).collect()
    };
    // r = t²: orbitals are smooth in t, and denser where they are small
    let radii: Vec<(f64, f64)> =
        rule(NODES[0], orbitals.radius.sqrt()).into_iter().map(|(t, w)| (t * t, 2.0 * t * w)).collect();
    let steps = (share * NODES[1]).ceil();
    let stretched = |(x, w): (f64, f64)| {
        let scale = STRETCH.sinh();
        ((STRETCH * x).sinh() / scale, w * STRETCH * (STRETCH * x).cosh() / scale)
    };
    let midpoint = |i: usize| ((2.0 * i as f64 + 1.0) / steps - 1.0, 2.0 / steps);
    let along: Vec<(f64, f64)> = (0..steps as usize).map(|i| stretched(midpoint(i))).collect();
    let across: Vec<(f64, f64)> = rule(NODES[2], 1.0).into_iter().map(stretched).collect();
    let speeds = |nodes: &[(f64, f64)]| nodes.iter().map(|(v, _)| *v).collect::<Vec<f64>>();
    let reach = share * WINDOW;
    let slice = RadialSlice::new(SliceExtent { reach, speed: 1.0 }, &speeds(&along), &speeds(&across));
    let nodes = slice.nodes();
    let at_radius = |&(r, weight): &(f64, f64)| -> Vec<(f64, [f64; 3])> {
        let fastest = FASTEST * (z / (r + 0.25 / z)).sqrt();
        let windowed = |&(a, b): &(f64, f64)| {
            let window = (-CUT * (a.hypot(b) / reach).powi(FLAT)).exp();
            Complex64::from(window * orbitals.variables(r, a / fastest, b / fastest))
        };
        let w = slice.wigner(&nodes.iter().map(windowed).collect::<Vec<_>>());
        // W(r, v) = W(r, v/v_max)/v_max³, and dv that of v/v_max
        let shell = 8.0 * PI * PI * r * r * weight;
        let point = |(at, w): (usize, &f64)| {
            let ((v, length), (w_t, weight)) = (along[at / across.len()], across[at % across.len()]);
            (shell * length * weight * w_t * w, [r, fastest * v, fastest * w_t])
        };
        let all = w.iter().enumerate().map(point);
        all.filter(|(_, [_, v, w])| v.hypot(*w) <= fastest).collect()
    };
    radii.par_iter().map(at_radius).collect::<Vec<_>>().concat()
}

/// u(r)/r of every full shell, at equidistant √r.
struct Orbitals {
    eps: f64,
    radius: f64,
    spacing: f64,
    /// ℓ, and g(2ℓ+1)/(4πN).
    shells: Vec<(usize, f64)>,
    /// `[i·shells + k]` at √r = (i−4)·spacing, an even function.
    values: Vec<f64>,
}

impl Orbitals {
    fn new(state: &GroundState) -> Self {
        let (problem, shells) = (state.problem(), state.shells());
        let centre = state.density(1e-3);
        let mut radius = 1.0;
        while state.density(radius) > TAIL * centre {
            radius *= 1.05;
        }
        let spacing = radius.sqrt() / TABLE as f64;
        let n = problem.particles() as f64;
        let value = |i: usize| {
            // at 0 by its neighbourhood
            let t = spacing * (i as f64 - 4.0).abs().max(1e-3);
            let at = |shell| state.orbital(shell, t * t) / (t * t);
            shells.iter().map(at).collect::<Vec<f64>>()
        };
        Self {
            eps: problem.eps(),
            radius,
            spacing,
            values: (0..TABLE + 9).into_par_iter().map(value).collect::<Vec<_>>().concat(),
            shells: shells.iter().map(|s| (s.l, problem.multiplicity(s.l) / (4.0 * PI * n))).collect(),
        }
    }

    /// F(R,Y∥,Y⊥) = Σ g(2ℓ+1)/(4πN) P_ℓ(cos θ) u(r)u(r′)/(rr′), r and r′ at X ± εY/2: real, since the orbitals are.
    fn variables(&self, radius: f64, along: f64, across: f64) -> f64 {
        let half = 0.5 * self.eps;
        let squares = radius * radius + half * half * (along * along + across * across);
        let shifted = |sign: f64| (squares + sign * 2.0 * half * radius * along).max(0.0).sqrt();
        let (r, s) = (shifted(1.0), shifted(-1.0));
        if r.max(s) >= self.radius {
            return 0.0;
        }
        let cosine = (radius * radius - half * half * (along * along + across * across)) / (r * s);
        let stencils = [r, s].map(|r| eight_points(r.sqrt() / self.spacing));
        let (mut legendre, mut l, mut sum) = ([1.0, cosine], 0, 0.0);
        for (k, (of, weight)) in self.shells.iter().enumerate() {
            while l < *of {
                let next = l as f64 + 1.0;
                let after = ((2.0 * next + 1.0) * cosine * legendre[1] - next * legendre[0]) / (next + 1.0);
                (legendre, l) = ([legendre[1], after], l + 1);
            }
            let value = |(first, weights): &(usize, [f64; 8])| -> f64 {
                let at = |i: usize| self.values[(first + i) * self.shells.len() + k];
                weights.iter().enumerate().map(|(i, w)| w * at(i)).sum()
            };
            sum += weight * legendre[0] * value(&stencils[0]) * value(&stencils[1]);
        }
        sum
    }
}
