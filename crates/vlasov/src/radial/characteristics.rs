//! W(x,v,t) = W₀(X(0), V(0)) along ẋ = 2v, v̇ = −∇U(x,t), U = V∗ρ, ρ(r,t) = 2π∬W v_t dv_t dv_r.
//!
//! There is no phase-space grid. The state is the history of the field, U′(r,t)/r at Chebyshev nodes of [0, T]; a sweep of
//! Picard's iteration traces the characteristics back through the last history and integrates the next ρ over the velocities.
//! W is available at any point, undamped (numerical flow iteration).

use kernels::Interaction;
use kernels::radial::{MeanField, Potential};
use phase_space::splitting::Stage;
use rayon::prelude::*;

use super::history::{Cells, ChebyshevNodes, Polynomial};
use super::measures::{Invariants, Residuals, Snapshot};
use super::path::{Batch, Leg, LocalField, Path};
use super::settings::{Domain, Flow, Settings, check};
use super::velocities::{Ellipsoid, Fit, VelocityRule};
use crate::VlasovError;

/// W below this fraction of sup W is nothing.
const NEGLIGIBLE: f64 = 1e-14;

/// Most ellipsoids tried at one point and time.
const FITS: usize = 12;

/// The solution on [0, T] for an initial W₀(r, v_r, v_t) given by formula.
pub struct RadialVlasov<W> {
    initial: W,
    domain: Domain,
    settings: Settings,
    flow: Flow,
    duration: f64,
    nodes: ChebyshevNodes,
    rule: VelocityRule,
    field: MeanField,
    cells: Cells,
    /// |W| below it is nothing.
    negligible: f64,
    /// stiffness[m] = U′(r,t_m)/r, cell by cell.
    stiffness: Vec<Vec<Polynomial>>,
    /// shells[m][j]: what was found at (r_j, t_m).
    shells: Vec<Vec<Shell>>,
    residuals: Residuals,
}

/// Velocity integrals at one point and time, and the ellipsoid on which they were taken.
#[derive(Clone, Copy, Debug)]
struct Shell {
    ellipsoid: Ellipsoid,
    /// W is something on it.
    found: bool,
    /// ρ = ∫W dv.
    density: f64,
    /// ∫v²W dv.
    kinetic: f64,
    /// ∫W²dv.
    square: f64,
}

impl<W: Fn(f64, f64, f64) -> f64 + Sync> RadialVlasov<W> {
    /// Solves on [0, T].
    ///
    /// # Errors
    /// Settings out of range; an interaction without a mean field in R³; a density that has not settled after the last sweep.
    pub fn solve(
        initial: W,
        interaction: &dyn Interaction,
        domain: &Domain,
        duration: f64,
        settings: Settings,
    ) -> Result<Self, VlasovError> {
        Self::solve_with(initial, interaction, domain, duration, settings, Flow::default())
    }

    /// Solves with another flow than Vlasov's: negative controls.
    ///
    /// # Errors
    /// As [`RadialVlasov::solve`].
    pub fn solve_with(
        initial: W,
        interaction: &dyn Interaction,
        domain: &Domain,
        duration: f64,
        settings: Settings,
        flow: Flow,
    ) -> Result<Self, VlasovError> {
        check(domain, duration, &settings)?;
        // what is farther when traced back never comes from the support of W₀
        let reach = domain.radius() + duration * flow.speed.abs() * domain.speed;
        let cells = (reach / domain.spacing).ceil() as usize;
        let reach = cells as f64 * domain.spacing;
        let field = MeanField::new(interaction, domain.spacing, domain.points, reach)?;
        let mut solution = Self {
            initial,
            domain: *domain,
            settings,
            flow,
            duration,
            nodes: ChebyshevNodes::new(duration, settings.nodes),
            rule: VelocityRule::new(settings.shells, settings.angles),
            cells: Cells::new(&field, domain.spacing, cells),
            field,
            negligible: 0.0,
            stiffness: Vec::new(),
            shells: Vec::new(),
            residuals: Residuals { sweeps: 0, change: f64::INFINITY, mass: 0.0, spectrum: 0.0, nodes: 0.0 },
        };
        solution.start();
        while solution.residuals.sweeps < settings.sweeps {
            solution.sweep();
            if solution.residuals.change <= settings.tolerance {
                return Ok(solution);
            }
        }
        Err(VlasovError::NotConverged {
            sweeps: solution.residuals.sweeps,
            change: solution.residuals.change,
            tolerance: settings.tolerance,
        })
    }

    /// What is left of each approximation after the last sweep.
    pub fn residuals(&self) -> Residuals {
        self.residuals
    }

    /// The domain.
    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    /// The mean field: U from ρ, and integrals over r.
    pub fn field(&self) -> &MeanField {
        &self.field
    }

    /// ρ(r_j,t), j = 0..n.
    ///
    /// # Panics
    /// If t is not in [0, T].
    pub fn density(&self, t: f64) -> Vec<f64> {
        self.shells_at(t).iter().map(|shell| shell.density).collect()
    }

    /// U(·,t).
    ///
    /// # Panics
    /// If t is not in [0, T].
    pub fn potential(&self, t: f64) -> Potential {
        self.field.potential(&self.density(t))
    }

    /// W(·,·,t), t ∈ [0, T].
    ///
    /// # Panics
    /// If t is not in [0, T].
    pub fn at(&self, t: f64) -> Snapshot<'_, W> {
        Snapshot::new(&self.initial, self.path(t))
    }

    /// Mass, energy and ∬W² at time t.
    ///
    /// # Panics
    /// If t is not in [0, T].
    pub fn invariants(&self, t: f64) -> Invariants {
        let shells = self.shells_at(t);
        let list = |f: fn(&Shell) -> f64| -> Vec<f64> { shells.iter().map(f).collect() };
        let density = list(|s| s.density);
        Invariants {
            mass: self.field.integral(&density),
            energy: self.field.integral(&list(|s| s.kinetic)) + self.field.energy(&density),
            casimir: self.field.integral(&list(|s| s.square)),
        }
    }

    /// The history of a field that stands still, that of W₀.
    fn start(&mut self) {
        let ball = Ellipsoid::ball(self.domain.speed);
        let at = self.at(0.0);
        let sup = |j: usize| {
            let points: Vec<_> =
                self.rule.nodes(&ball).map(|(v_r, v_t, _)| (self.domain.point(j), v_r, v_t)).collect();
            at.wigner_many(&points).into_iter().fold(0.0_f64, |m, w| m.max(w.abs()))
        };
        let sup = (0..self.domain.points).map(sup).fold(0.0, f64::max);
        self.negligible = NEGLIGIBLE * sup;
        let empty = Shell { ellipsoid: ball, found: false, density: 0.0, kinetic: 0.0, square: 0.0 };
        let first = self.integrated(&Path { legs: Vec::new() }, &vec![empty; self.domain.points]);
        let rho: Vec<f64> = first.iter().map(|shell| shell.density).collect();
        self.stiffness = vec![self.cells.stiffness(&self.field, &rho); self.settings.nodes];
        self.shells = vec![first];
    }

    /// Old history ↦ ρ ↦ new history, at every node.
    fn sweep(&mut self) {
        let mut swept: Vec<Vec<Shell>> = Vec::with_capacity(self.settings.nodes);
        for (m, t) in self.nodes.times().iter().enumerate() {
            // the ellipsoids of the last sweep, or in the first one those of the last node
            let guess = self.shells.get(m).or(swept.last()).unwrap_or(&self.shells[0]);
            swept.push(self.integrated(&self.path(*t), guess));
        }
        let densities: Vec<Vec<f64>> =
            swept.iter().map(|shells| shells.iter().map(|s| s.density).collect()).collect();
        self.judge(&densities, self.shells.len() == swept.len());
        self.stiffness = densities.iter().map(|rho| self.cells.stiffness(&self.field, rho)).collect();
        self.shells = swept;
    }

    fn judge(&mut self, densities: &[Vec<f64>], comparable: bool) {
        let largest = densities.iter().flatten().fold(0.0_f64, |m, rho| m.max(rho.abs()));
        let old = self.shells.iter().flatten().map(|shell| shell.density);
        let change =
            densities.iter().flatten().zip(old).fold(0.0_f64, |m, (new, old)| m.max((new - old).abs()));
        let masses: Vec<f64> = densities.iter().map(|rho| self.field.integral(rho)).collect();
        let tail = |j: usize| self.nodes.tail(|m| densities[m][j]);
        self.residuals = Residuals {
            sweeps: self.residuals.sweeps + 1,
            change: if comparable { change / largest } else { f64::INFINITY },
            mass: masses.iter().fold(0.0, |m, mass| m.max((mass - masses[0]).abs())),
            spectrum: densities.iter().map(|rho| self.field.spectral_tail(rho)).fold(0.0, f64::max),
            nodes: (0..self.domain.points).map(tail).fold(0.0, f64::max) / largest,
        };
    }

    fn shells_at(&self, t: f64) -> Vec<Shell> {
        self.integrated(&self.path(t), &self.shells[self.nodes.nearest(t)])
    }

    /// The velocity integrals at every r_j, from ellipsoids that were good elsewhere.
    fn integrated(&self, path: &Path, guess: &[Shell]) -> Vec<Shell> {
        let at = |j: usize| self.fitted(path, self.domain.point(j), guess[j].ellipsoid);
        let mut shells: Vec<Shell> = (0..self.domain.points).into_par_iter().map(at).collect();
        // where nothing is found the neighbour knows better: after free flow v is near x/2t, in an ever smaller ball
        for j in 1..shells.len() {
            if !shells[j].found && shells[j - 1].found {
                let neighbour = shells[j - 1].ellipsoid;
                let center = neighbour.center * self.domain.point(j) / self.domain.point(j - 1);
                shells[j] = self.fitted(path, self.domain.point(j), Ellipsoid { center, ..neighbour });
            }
        }
        shells
    }

    /// The velocity integrals at r on an ellipsoid that fits, found from `ellipsoid`, or else from the whole ball.
    fn fitted(&self, path: &Path, r: f64, mut ellipsoid: Ellipsoid) -> Shell {
        let whole = Ellipsoid::ball(self.domain.speed);
        let mut batch = Batch::default();
        let (mut shell, mut fit) = self.integral(path, r, ellipsoid, &mut batch);
        for _ in 0..FITS {
            ellipsoid = match fit {
                Fit::Good => break,
                Fit::Change(better) => better,
                Fit::Empty if ellipsoid != whole => whole,
                Fit::Empty => return Shell { found: false, ..shell },
            };
            (shell, fit) = self.integral(path, r, ellipsoid, &mut batch);
        }
        shell
    }

    fn integral(&self, path: &Path, r: f64, ellipsoid: Ellipsoid, batch: &mut Batch) -> (Shell, Fit) {
        batch.clear();
        for (v_r, v_t, _) in self.rule.nodes(&ellipsoid) {
            batch.push(r, v_r, v_t);
        }
        path.back(batch);
        let mut shell = Shell { ellipsoid, found: true, density: 0.0, kinetic: 0.0, square: 0.0 };
        let mut values = Vec::new();
        for (i, (v_r, v_t, weight)) in self.rule.nodes(&ellipsoid).enumerate() {
            let (r, old_r, old_t) = batch.invariants(i);
            let w = (self.initial)(r, old_r, old_t);
            shell.density += weight * w;
            shell.kinetic += weight * (v_r * v_r + v_t * v_t) * w;
            shell.square += weight * w * w;
            values.push(w);
        }
        (shell, self.rule.fit(&ellipsoid, &values, self.negligible))
    }

    /// The composition from t back to 0, with the field of each of its kicks.
    fn path(&self, t: f64) -> Path {
        self.path_between(t, 0.0)
    }

    /// The same from `from` back to `to`.
    pub(super) fn path_between(&self, from: f64, to: f64) -> Path {
        assert!(
            0.0 <= to && to <= from && from <= self.duration,
            "the history of the field is that of [0, T]"
        );
        if from == to {
            return Path { legs: Vec::new() };
        }
        let share = (from - to) / self.duration;
        let steps = ((self.settings.steps as f64 * share).ceil() as usize).max(1);
        let tau = -(from - to) / steps as f64;
        let mut clock = from;
        let mut legs = Vec::new();
        for stage in self.settings.splitting.composed(steps) {
            match stage {
                // the clock drifts with x: [∂ₜ, 2v∂ₓ] = 0, so that a force in time keeps the order
                Stage::Drift(a) => {
                    clock += a * tau;
                    legs.push(Leg::Drift(a * tau * self.flow.speed));
                }
                Stage::Kick(b) => legs.push(Leg::Kick(self.stiffness(clock, -b * tau * self.flow.force))),
            }
        }
        Path { legs }
    }

    /// factor·U′(r,t)/r.
    pub(super) fn stiffness(&self, t: f64, factor: f64) -> LocalField {
        self.cells.interpolated(&self.nodes, &self.stiffness, t, factor)
    }

    /// U′(r)/r of a history of densities at other nodes.
    pub(super) fn field_of(&self, densities: &[Vec<f64>]) -> Vec<Vec<Polynomial>> {
        densities.iter().map(|rho| self.cells.stiffness(&self.field, rho)).collect()
    }

    /// Such a history at t.
    pub(super) fn field_at(&self, nodes: &ChebyshevNodes, history: &[Vec<Polynomial>], t: f64) -> LocalField {
        self.cells.interpolated(nodes, history, t, 1.0)
    }

    /// [0, T].
    pub(super) fn duration(&self) -> f64 {
        self.duration
    }

    /// Where there is anything in velocity at each r_j, at time t.
    pub(super) fn ellipsoids(&self, t: f64) -> Vec<Option<Ellipsoid>> {
        self.shells_at(t).iter().map(|shell| shell.found.then_some(shell.ellipsoid)).collect()
    }

    /// The same at any of the radii r, from a guess.
    pub(super) fn ellipsoids_near(&self, t: f64, guesses: &[(f64, Ellipsoid)]) -> Vec<Option<Ellipsoid>> {
        let path = self.path(t);
        let at = |&(r, guess): &(f64, Ellipsoid)| {
            let shell = self.fitted(&path, r, guess);
            shell.found.then_some(shell.ellipsoid)
        };
        guesses.par_iter().map(at).collect()
    }
}
