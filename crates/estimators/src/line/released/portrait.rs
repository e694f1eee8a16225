//! What a figure shows of a release: densities and Wigner functions before it and after.
//!
//! W_t of the orbitals is a direct sum over ω_t(x+εy/2; x−εy/2). W̃_t = W_N∘(flow traced back), W_N in closed form at the feet. Neither is
//! interpolated.

use hartree::line::{External, OrbitalDynamics, Orbitals};
use phase_space::Scaling;
use phase_space::line::{Axis, AxisError, PhaseGrid};
use phase_space::splitting::Splitting;
use vlasov::line::{BackwardFlow, PushedForward};

use super::super::preparation::coherent_axis;
use super::{Preparation, Release, STEPS, SetUpError, steps};

/// ρ and W of a release at t = 0 and at one time, Hartree and Vlasov.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleasePortrait {
    /// t.
    pub time: f64,
    /// x of the densities, some to a pixel.
    pub x: Vec<f64>,
    /// ρ(x) at t = 0.
    pub initial_density: Vec<f64>,
    /// ρ_t(x), Hartree.
    pub hartree_density: Vec<f64>,
    /// ρ̃_t(x) = ∫W̃_t dv, Vlasov.
    pub vlasov_density: Vec<f64>,
    /// x of the columns.
    pub columns: Vec<f64>,
    /// v of the rows.
    pub rows: Vec<f64>,
    /// `[row·n_x + column]`: W_N.
    pub initial: Vec<f64>,
    /// Likewise W_t, Hartree.
    pub hartree: Vec<f64>,
    /// Likewise W̃_t, Vlasov.
    pub vlasov: Vec<f64>,
}

/// Points of a density to a pixel.
const DENSER: usize = 3;
/// Points in v to a pixel, for the sums over all velocities; even, so that the pixels are among them.
const BETWEEN: usize = 2;
/// The part of Airy's tails that is shown.
const SHOWN: f64 = 0.2;

impl Release {
    /// ρ and W of an oscillator sea at t = 0 and at `time`, on an even number of `pixels` in x and in v.
    ///
    /// # Errors
    /// [`SetUpError`]: as [`Self::measure`]; a ground state, whose W_N is not known in closed form; pixels that are odd, or fewer than the
    /// coherences of ω_t ask for.
    pub fn portrait(&self, eps: f64, time: f64, pixels: usize) -> Result<ReleasePortrait, SetUpError> {
        let Preparation::OscillatorSea { s } = self.preparation else { return Err(SetUpError::NoClosedForm) };
        let scaling = Scaling::line(eps)?;
        let size = self.preparation.size(self.interaction.as_ref())?;
        let [radius, speed] = self.reach(&size, eps, time, SHOWN);
        let (x, dense) = (centred(radius, pixels)?, centred(radius, DENSER * pixels)?);
        let velocities = self.velocity_axis(speed, self.reach(&size, eps, time, 1.0)[1], pixels)?;

        let before = self.orbitals(&size, &self.axis(&size, eps, time, 1.0)?, scaling)?;
        let after = self.released_orbitals(&before, scaling, time)?;
        let grid = PhaseGrid::new(x, velocities);
        let hartree = after.on(&coherent_axis(&grid, eps)?)?.wigner(&grid)?;

        let full = vec![1.0; before.rank()];
        let w = Orbitals::oscillator_wigner_at(scaling, s, &full)?;
        let back = self.traced_back(&size, scaling, time)?;
        let (x, rows) = (x.points(), centred(speed, pixels)?.points());
        let initial = rows.iter().flat_map(|v| x.iter().map(|x| w(*x, *v)).collect::<Vec<_>>()).collect();
        let first = velocities.len() / 2 - BETWEEN / 2 * (pixels - 1);
        let pixel = |p: usize| (p % pixels) * velocities.len() + first + BETWEEN * (p / pixels);
        let of_vlasov = back.transported(&w, &dense.points(), &velocities.points());
        let vlasov_density = (0..dense.len())
            .map(|i| of_vlasov[i..].iter().step_by(dense.len()).sum::<f64>() * velocities.spacing())
            .collect();
        Ok(ReleasePortrait {
            time,
            initial_density: density(&before, &dense),
            hartree_density: density(&after, &dense),
            vlasov_density,
            x: dense.points(),
            initial,
            hartree: (0..pixels * pixels).map(|p| hartree.values()[pixel(p)]).collect(),
            vlasov: back.transported(&w, &x, &rows),
            columns: x,
            rows,
        })
    }

    /// All velocities up to `fastest`, with the centres of the pixels |v| ≤ `shown` among them.
    fn velocity_axis(&self, shown: f64, fastest: f64, pixels: usize) -> Result<Axis, AxisError> {
        let spacing = 2.0 * shown / (BETWEEN * pixels) as f64;
        let half = ((fastest / spacing).ceil() as usize).max(BETWEEN * pixels / 2);
        Axis::new(0.0, 2.0 * half as f64 * spacing, 2 * half)
    }

    /// ω_t.
    fn released_orbitals(
        &self,
        before: &Orbitals,
        scaling: Scaling,
        time: f64,
    ) -> Result<Orbitals, SetUpError> {
        let mut orbitals = before.clone();
        let model = self.model(External::None);
        let mut dynamics = OrbitalDynamics::new(&model, before.axis(), scaling, Splitting::Order6)?;
        dynamics.evolve(&mut orbitals, time, steps(STEPS[0], time, 1.0))?;
        Ok(orbitals)
    }

    /// From t back to 0 in Vlasov's field.
    fn traced_back(&self, size: &[f64; 2], scaling: Scaling, time: f64) -> Result<BackwardFlow, SetUpError> {
        let radius = self.reach(size, scaling.eps(), time, 1.0)[0];
        let initial = self.wigner(size, scaling, 1.0, 1)?;
        let mut points =
            PushedForward::new(&initial, self.interaction.as_ref(), radius)?.with_speed(self.vlasov_speed);
        Ok(points.evolve_traced(time, steps(STEPS[1], time, 1.0), Splitting::Order6))
    }
}

/// The centres of `pixels` cells of \[−half, half\].
fn centred(half: f64, pixels: usize) -> Result<Axis, AxisError> {
    Axis::new(half / pixels as f64, 2.0 * half, pixels)
}

/// ρ(x_i) = N⁻¹Σ_j|φ_j(x_i)|² at the points of any axis.
fn density(orbitals: &Orbitals, axis: &Axis) -> Vec<f64> {
    let values = orbitals.values_on(axis);
    let at = |i: usize| values[i..].iter().step_by(axis.len()).map(|z| z.norm_sqr()).sum::<f64>();
    (0..axis.len()).map(|i| at(i) / orbitals.n() as f64).collect()
}
