//! Vlasov along its characteristics: a second discretisation, that shares no formula with the Weyl variables.
//!
//! ẋ = 2v, because the symbol v² of −ε²Δ has the derivative 2v; v̇ = F(x,t) = −∫V′(x−x′)ρ(x′,t)dx′. The solution is
//! constant along them, W(x,v,t) = W₀(X(0), V(0)) with (X,V)(t) = (x,v), and ρ(x,t) = ∫W(x,v,t)dv closes the system.
//!
//! The state is F at Chebyshev nodes of [0, T]; a sweep of Picard's iteration traces the characteristics back through the
//! last F and sums up the next ρ. There is no phase-space grid: W is available at any point (numerical flow iteration).

use kernels::Interaction;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::{Splitting, Stage};
use rayon::prelude::*;

use super::force::{ChebyshevNodes, ForceSum, LocalBasis, LocalPolynomials};
use crate::VlasovError;

/// How finely the characteristics are resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Chebyshev nodes of the force on [0, T].
    pub nodes: usize,
    /// Steps of the composition from T back to 0.
    pub steps: usize,
    /// The symmetric composition.
    pub splitting: Splitting,
    /// Points of the force table in each cell of the x-axis; its interpolation has order 10.
    pub refinement: usize,
    /// The iteration stops when no density changes by more than this fraction of the largest.
    pub tolerance: f64,
    /// Most sweeps.
    pub sweeps: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            nodes: 17,
            steps: 8,
            splitting: Splitting::Order6,
            refinement: 2,
            tolerance: 1e-12,
            sweeps: 40,
        }
    }
}

/// The solution on [0, T] for an initial W₀(x,v) given by formula.
pub struct CharacteristicVlasov<W> {
    initial: W,
    grid: PhaseGrid,
    settings: Settings,
    duration: f64,
    nodes: ChebyshevNodes,
    force_sum: ForceSum,
    basis: LocalBasis,
    /// forces[m] = F(·, t_m) at the points of the table.
    forces: Vec<Vec<f64>>,
    /// densities[m] = ρ(x_i, t_m).
    densities: Vec<Vec<f64>>,
    sweeps: usize,
    last_change: f64,
}

/// ẋ = ∂(v²)/∂v = 2v.
fn velocity(v: f64) -> f64 {
    2.0 * v
}

/// The stages from t back to 0: lengths of the drifts, lengths of the kicks with their forces.
struct Path {
    legs: Vec<Leg>,
}

enum Leg {
    Drift(f64),
    Kick(f64, LocalPolynomials),
}

impl Path {
    /// (x, v) at t ↦ (X(0), V(0)), for many at a time: one alone would wait for each of its sums.
    fn back(&self, x: &mut [f64], v: &mut [f64]) {
        for leg in &self.legs {
            let pairs = x.iter_mut().zip(v.iter_mut());
            match leg {
                Leg::Drift(tau) => pairs.for_each(|(x, v)| *x += tau * velocity(*v)),
                Leg::Kick(tau, force) => pairs.for_each(|(x, v)| *v += tau * force.at(*x)),
            }
        }
    }
}

impl<W: Fn(f64, f64) -> f64 + Sync> CharacteristicVlasov<W> {
    /// Solves on [0, T]. `grid.x` carries ρ and must contain it for all times; `grid.v` is the rectangle rule for ∫W dv.
    ///
    /// # Errors
    /// Settings out of range; a V′ that is not finite and no inverse power; a density that has not settled after the last
    /// sweep.
    pub fn solve(
        initial: W,
        interaction: &dyn Interaction,
        grid: &PhaseGrid,
        duration: f64,
        settings: Settings,
    ) -> Result<Self, VlasovError> {
        check(duration, &settings)?;
        let fastest = grid.v.center().abs() + 0.5 * grid.v.length();
        let margin = duration * velocity(fastest);
        let mut solution = Self {
            initial,
            grid: *grid,
            settings,
            duration,
            nodes: ChebyshevNodes::new(duration, settings.nodes),
            force_sum: ForceSum::new(interaction, &grid.x, margin, settings.refinement)?,
            basis: LocalBasis::new(),
            forces: Vec::new(),
            densities: Vec::new(),
            sweeps: 0,
            last_change: f64::INFINITY,
        };
        // the first sweep is the free flow
        let silence = solution.force_sum.at_points(&vec![0.0; grid.x.len()]);
        solution.forces = vec![silence; settings.nodes];
        while solution.sweeps < settings.sweeps {
            solution.sweep();
            if solution.last_change <= settings.tolerance {
                return Ok(solution);
            }
        }
        Err(VlasovError::NotConverged {
            sweeps: solution.sweeps,
            change: solution.last_change,
            tolerance: settings.tolerance,
        })
    }

    /// Sweeps of Picard's iteration made.
    pub fn sweeps(&self) -> usize {
        self.sweeps
    }

    /// max|ρ_new − ρ_old|/max ρ over all nodes at the last sweep.
    pub fn last_change(&self) -> f64 {
        self.last_change
    }

    /// W(x,v,t) at any point; for many points of one time take [`CharacteristicVlasov::wigner`].
    pub fn wigner_at(&self, t: f64, x: f64, v: f64) -> f64 {
        self.traced(&self.path(t), x, &[v])[0]
    }

    /// W(·,·,t) on any grid, t ∈ [0, T].
    ///
    /// # Errors
    /// Values of W₀ that are not finite.
    pub fn wigner(&self, grid: &PhaseGrid, t: f64) -> Result<WignerFunction, VlasovError> {
        let (path, v) = (self.path(t), grid.v.points());
        let row = |i: usize| self.traced(&path, grid.x.point(i), &v);
        let rows: Vec<Vec<f64>> = (0..grid.x.len()).into_par_iter().map(row).collect();
        Ok(WignerFunction::new(*grid, rows.concat())?)
    }

    /// ρ(x_i,t) = Δv Σ_j W(x_i,v_j,t) on the x-axis of the solution.
    pub fn density(&self, t: f64) -> Vec<f64> {
        let (path, v) = (self.path(t), self.grid.v.points());
        let at = |i: usize| -> f64 {
            self.grid.v.spacing() * self.traced(&path, self.grid.x.point(i), &v).iter().sum::<f64>()
        };
        (0..self.grid.x.len()).into_par_iter().map(at).collect()
    }

    /// The x-axis of the densities.
    pub fn axis(&self) -> &Axis {
        &self.grid.x
    }

    /// `[j]` = W(x, v_j) at the end of the path.
    fn traced(&self, path: &Path, x: f64, v: &[f64]) -> Vec<f64> {
        let (mut x, mut v) = (vec![x; v.len()], v.to_vec());
        path.back(&mut x, &mut v);
        x.iter().zip(&v).map(|(&x, &v)| (self.initial)(x, v)).collect()
    }

    /// F_old ↦ ρ ↦ F_new at every node.
    fn sweep(&mut self) {
        let densities: Vec<_> = self.nodes.times().iter().map(|&t| self.density(t)).collect();
        let largest = densities.iter().flatten().fold(0.0_f64, |m, rho| m.max(rho.abs()));
        let change = densities
            .iter()
            .flatten()
            .zip(self.densities.iter().flatten())
            .fold(0.0_f64, |m, (new, old)| m.max((new - old).abs()));
        self.last_change = if self.densities.is_empty() { f64::INFINITY } else { change / largest };
        self.forces = densities.iter().map(|rho| self.force_sum.at_points(rho)).collect();
        self.densities = densities;
        self.sweeps += 1;
    }

    /// The composition from t back to 0, with the force at each of its kicks tabulated once.
    fn path(&self, t: f64) -> Path {
        if t == 0.0 {
            return Path { legs: Vec::new() };
        }
        let steps = ((self.settings.steps as f64 * t / self.duration).ceil() as usize).max(1);
        let tau = -t / steps as f64;
        let mut clock = t;
        let mut legs = Vec::new();
        for stage in self.settings.splitting.composed(steps) {
            match stage {
                // the clock drifts with x: [∂ₜ, 2v∂ₓ] = 0, so that a force in time keeps the order
                Stage::Drift(a) => {
                    clock += a * tau;
                    legs.push(Leg::Drift(a * tau));
                }
                Stage::Kick(b) => legs.push(Leg::Kick(b * tau, self.force(clock))),
            }
        }
        Path { legs }
    }

    /// F(·,t) = Σ_m ℓ_m(t) F(·,t_m).
    fn force(&self, t: f64) -> LocalPolynomials {
        let mut values = vec![0.0; self.forces[0].len()];
        for (weight, force) in self.nodes.lagrange(t).iter().zip(&self.forces) {
            for (value, f) in values.iter_mut().zip(force) {
                *value += weight * f;
            }
        }
        self.force_sum.interpolated(&values, &self.basis)
    }
}

/// Checks the settings.
fn check(duration: f64, settings: &Settings) -> Result<(), VlasovError> {
    let refuse = |setting, value, needs| Err(VlasovError::Setting { setting, value, needs });
    if !(duration > 0.0 && duration.is_finite()) {
        return refuse("duration", duration, "a positive finite time");
    }
    if settings.nodes < 2 {
        return refuse("nodes", settings.nodes as f64, "at least 2 nodes in time");
    }
    for (setting, value) in
        [("steps", settings.steps), ("refinement", settings.refinement), ("sweeps", settings.sweeps)]
    {
        if value == 0 {
            return refuse(setting, 0.0, "at least 1");
        }
    }
    Ok(())
}
