//! Thomas–Fermi on the line, the limit N → ∞ of N fermions in a trap (S.1).
//!
//! ```math
//! W(x,v) = \frac1{2\pi}\,1_{\{v^2+U(x)\le\mu\}}, \qquad U = V_{ext}+V*\rho, \qquad \rho = \frac1\pi(\mu-U)_+^{1/2}, \qquad \int\rho = 1,
//! ```
//!
//! a steady state of Vlasov in the trap, and the minimiser of
//!
//! ```math
//! E = \iint(v^2+V_{ext})\,W\,dx\,dv+\frac12\int(V*\rho)\rho\,dx
//!   = \frac{\pi^2}3\int\rho^3+\int V_{ext}\,\rho+\frac12\int(V*\rho)\rho .
//! ```
//!
//! In a single even well ρ lives on [−a,a], and ρ(as) = (1−s²)^{1/2}g(s) with a smooth g: Chebyshev's rule of the second kind at s_k =
//! cos(kπ/(n+1)) integrates it spectrally, ends and all.

use std::f64::consts::PI;

use kernels::Interaction;
use thiserror::Error;

/// The fixed point counts as reached when nothing changes by more than this.
const SETTLED: f64 = 1e-13;
/// Iterations after which the search is given up.
const MOST_ITERATIONS: usize = 2000;
/// Share of the new density in the next.
const DAMPING: f64 = 0.5;
/// The trap is looked for up to this radius.
const FARTHEST: f64 = 1e4;

/// The ground state of infinitely many fermions in an even trap with a single well.
#[derive(Clone, Debug, PartialEq)]
pub struct ThomasFermi {
    radius: f64,
    /// g(s_k).
    profile: Vec<f64>,
    /// μ.
    pub chemical_potential: f64,
    /// (π²/3)∫ρ³, a particle.
    pub kinetic: f64,
    /// ∫V_ext ρ.
    pub external: f64,
    /// ½∫(V∗ρ)ρ.
    pub interaction: f64,
}

/// Why there is no such state.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ThomasFermiError {
    /// V is not finite at 0, where the rule needs it.
    #[error("V(0) is not finite: Thomas–Fermi on the line takes a bounded V")]
    Singular,
    /// The rule has no nodes.
    #[error("Chebyshev's rule needs at least 4 nodes, not {0}")]
    Nodes(usize),
    /// No radius holds all particles.
    #[error(
        "U does not rise enough on [0, {FARTHEST}] to hold one unit of mass: the trap is too weak, or the attraction too strong"
    )]
    NotTrapped,
    /// U is below U(a) outside, or above it inside.
    #[error("U = V_ext + V∗ρ is no single well: it exceeds U(a) at x = {at}, inside [−a,a], a = {radius}")]
    NoSingleWell {
        /// Where.
        at: f64,
        /// a.
        radius: f64,
    },
    /// The iteration does not settle.
    #[error("the density still changes by {change:.1e} after {MOST_ITERATIONS} iterations: take a weaker V")]
    NotSettled {
        /// Largest change of g.
        change: f64,
    },
}

impl ThomasFermi {
    /// The state of V and V_ext, an even function, on n nodes.
    ///
    /// # Errors
    /// [`ThomasFermiError`]: a V that is unbounded, a trap that holds no state or one of several wells, no fixed point.
    pub fn solve(
        interaction: &dyn Interaction,
        external: impl Fn(f64) -> f64,
        nodes: usize,
    ) -> Result<Self, ThomasFermiError> {
        if nodes < 4 {
            return Err(ThomasFermiError::Nodes(nodes));
        }
        if !interaction.value(0.0).is_finite() {
            return Err(ThomasFermiError::Singular);
        }
        let mut cloud = Cloud::new(1.0, vec![0.0; nodes]);
        let mut change = f64::INFINITY;
        for _ in 0..MOST_ITERATIONS {
            let next = cloud.filled(interaction, &external)?;
            change = cloud.distance(&next);
            if change < SETTLED {
                return Ok(next.finished(interaction, &external));
            }
            let share = if cloud.mass() > 0.0 { DAMPING } else { 1.0 };
            cloud.mix(&next, share);
        }
        Err(ThomasFermiError::NotSettled { change })
    }

    /// a: ρ vanishes beyond.
    pub fn radius(&self) -> f64 {
        self.radius
    }

    /// E a particle.
    pub fn energy(&self) -> f64 {
        self.kinetic + self.external + self.interaction
    }

    /// (x_k, ρ(x_k)), from right to left.
    pub fn density(&self) -> Vec<(f64, f64)> {
        let n = self.profile.len();
        let at = |k: usize| (self.radius * node(k, n), angle(k, n).sin() * self.profile[k]);
        (0..n).map(at).collect()
    }
}

/// kπ/(n+1), k = 1, …, n.
fn angle(k: usize, n: usize) -> f64 {
    PI * (k + 1) as f64 / (n + 1) as f64
}

/// s_k.
fn node(k: usize, n: usize) -> f64 {
    angle(k, n).cos()
}

/// w_k in ∫(1−s²)^{1/2}f(s)ds = Σ_k w_k f(s_k).
fn weight(k: usize, n: usize) -> f64 {
    PI / (n + 1) as f64 * angle(k, n).sin().powi(2)
}

/// A density ρ(as) = (1−s²)^{1/2}g(s).
#[derive(Clone)]
struct Cloud {
    radius: f64,
    profile: Vec<f64>,
    /// (s_k, w_k), which the many fields of a search read.
    rule: Vec<(f64, f64)>,
}

impl Cloud {
    fn new(radius: f64, profile: Vec<f64>) -> Self {
        let n = profile.len();
        Self { radius, profile, rule: (0..n).map(|k| (node(k, n), weight(k, n))).collect() }
    }

    /// a∫(1−s²)^{1/2}g(s)f(as,s)ds.
    fn integral(&self, f: impl Fn(usize, f64) -> f64) -> f64 {
        let term = |(k, (s, w)): (usize, &(f64, f64))| w * self.profile[k] * f(k, self.radius * s);
        self.radius * self.rule.iter().enumerate().map(term).sum::<f64>()
    }

    fn mass(&self) -> f64 {
        self.integral(|_, _| 1.0)
    }

    /// (V∗ρ)(x).
    fn field(&self, interaction: &dyn Interaction, x: f64) -> f64 {
        self.integral(|_, y| interaction.value((x - y).abs()))
    }

    /// The cloud that fills U = V_ext + V∗ρ up to where it holds one unit of mass.
    fn filled(
        &self,
        interaction: &dyn Interaction,
        external: &impl Fn(f64) -> f64,
    ) -> Result<Self, ThomasFermiError> {
        let n = self.profile.len();
        // tens of thousands of values of U are asked for
        let masses: Vec<(f64, f64)> =
            (0..n).map(|k| (self.radius * node(k, n), weight(k, n) * self.profile[k])).collect();
        let field = |x: f64| {
            let sum: f64 = masses.iter().map(|(y, m)| m * interaction.value((x - y).abs())).sum();
            self.radius * sum
        };
        let u = |x: f64| external(x) + field(x);
        let (nodes, sines): (Vec<f64>, Vec<f64>) =
            (0..n).map(|k| (node(k, n), PI * angle(k, n).sin())).unzip();
        let up_to = |radius: f64| -> Self {
            let top = u(radius);
            let g = |k: usize| (top - u(radius * nodes[k])).max(0.0).sqrt() / sines[k];
            // U is even: the nodes to the left mirror those to the right
            let half: Vec<f64> = (0..n.div_ceil(2)).map(g).collect();
            Self::new(radius, (0..n).map(|k| half[k.min(n - 1 - k)]).collect())
        };
        let (mut low, mut high) = (0.0, 1.0);
        while up_to(high).mass() < 1.0 {
            (low, high) = (high, 2.0 * high);
            if high > FARTHEST {
                return Err(ThomasFermiError::NotTrapped);
            }
        }
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if up_to(middle).mass() < 1.0 { low = middle } else { high = middle }
        }
        let cloud = up_to(high);
        let top = u(high);
        let above = (0..n).map(|k| high * node(k, n)).find(|x| u(*x) > top);
        above.map_or(Ok(cloud), |at| Err(ThomasFermiError::NoSingleWell { at, radius: high }))
    }

    fn distance(&self, other: &Self) -> f64 {
        let profiles = self.profile.iter().zip(&other.profile).map(|(a, b)| (a - b).abs());
        profiles.fold((self.radius - other.radius).abs(), f64::max)
    }

    fn mix(&mut self, next: &Self, share: f64) {
        self.radius += share * (next.radius - self.radius);
        self.profile.iter_mut().zip(&next.profile).for_each(|(a, b)| *a += share * (b - *a));
    }

    fn finished(self, interaction: &dyn Interaction, external: &impl Fn(f64) -> f64) -> ThomasFermi {
        let n = self.profile.len();
        let density = |k: usize| angle(k, n).sin() * self.profile[k];
        ThomasFermi {
            chemical_potential: external(self.radius) + self.field(interaction, self.radius),
            kinetic: PI * PI / 3.0 * self.integral(|k, _| density(k).powi(2)),
            external: self.integral(|_, x| external(x)),
            interaction: 0.5 * self.integral(|_, x| self.field(interaction, x)),
            radius: self.radius,
            profile: self.profile,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use kernels::{Gaussian, NoInteraction, Quadratic};

    use super::*;

    /// V_ext = s²x² alone: μ = 2s, a = (2/s)^{1/2}, kinetic and external energy s/2 each.
    #[test]
    fn a_harmonic_trap_is_exact() {
        for s in [0.7_f64, 1.0, 2.5] {
            let state = ThomasFermi::solve(&NoInteraction, |x| (s * x).powi(2), 24).unwrap();
            assert!((state.chemical_potential - 2.0 * s).abs() < 1e-11, "{state:?}");
            assert!((state.radius() - (2.0 / s).sqrt()).abs() < 1e-11);
            assert!((state.kinetic - 0.5 * s).abs() < 1e-11 && (state.external - 0.5 * s).abs() < 1e-11);
        }
    }

    /// V = κx²/2 adds ½κ(x² + ⟨x²⟩) to U: a trap of frequency s² + κ/2.
    #[test]
    fn a_quadratic_interaction_only_stiffens_the_trap() {
        let (s, kappa) = (1.0_f64, 0.9);
        let state = ThomasFermi::solve(&Quadratic::new(kappa).unwrap(), |x| (s * x).powi(2), 24).unwrap();
        let stiff = (s * s + 0.5 * kappa).sqrt();
        assert!((state.kinetic - 0.5 * stiff).abs() < 1e-11, "{state:?}");
        // ½∬½κ(x−y)²ρρ = ½κ⟨x²⟩, s′²⟨x²⟩ = s′/2
        assert!((state.interaction - 0.25 * kappa / stiff).abs() < 1e-11, "{state:?}");
    }

    /// Spectral in the number of nodes; the energy is stationary, so that it rises under dilations: 2E_kin = ∫xU′ρ.
    #[test]
    fn the_nodes_converge_and_the_virial_theorem_holds() {
        let v = Gaussian::new(3.0, 0.8).unwrap();
        let at = |n: usize| ThomasFermi::solve(&v, |x| x * x + 0.1 * x.powi(4), n).unwrap();
        let (coarse, fine, finest) = (at(16), at(32), at(64));
        let change = |a: &ThomasFermi, b: &ThomasFermi| (a.energy() - b.energy()).abs();
        assert!(change(&coarse, &fine) < 1e-4, "{:.1e}", change(&coarse, &fine));
        assert!(change(&fine, &finest) < 1e-11 && finest.interaction > 0.1);
        let cloud = Cloud::new(finest.radius, finest.profile.clone());
        let field = |x: f64| cloud.integral(|_, y| (x - y).signum() * v.derivative((x - y).abs()));
        let virial = cloud.integral(|_, x| x * (2.0 * x + 0.4 * x.powi(3) + field(x)));
        assert!((2.0 * finest.kinetic - virial).abs() < 1e-9, "{} {virial}", finest.kinetic);
    }

    #[test]
    fn what_holds_nothing_is_refused() {
        let free = ThomasFermi::solve(&NoInteraction, |_| 0.0, 16);
        assert_eq!(free, Err(ThomasFermiError::NotTrapped));
        let two_wells = ThomasFermi::solve(&NoInteraction, |x| (x * x - 9.0).powi(2), 16);
        assert!(matches!(two_wells, Err(ThomasFermiError::NoSingleWell { .. })), "{two_wells:?}");
        assert_eq!(ThomasFermi::solve(&NoInteraction, |x| x * x, 2), Err(ThomasFermiError::Nodes(2)));
    }
}
