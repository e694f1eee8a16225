//! Both dynamics against their second, independent discretisations: one engine for both would hide an error common to both.

use estimators::Estimate;
use hartree::line::KernelHartree;
use kernels::Convolution;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;
use vlasov::line::{CharacteristicVlasov, Settings};

use estimators::line::Resolution;

use crate::facade::LaboratoryError;
use crate::record::Check;
use crate::trial::Trial;

/// Where the comparison is made.
const TIME: f64 = 0.25;
/// Where W is cut off, well below the agreement.
const TAIL: f64 = 1e-12;
/// The two must agree in ‖·‖_{L²} to this.
const AGREEMENT: f64 = 1e-8;
/// The same where V″ jumps: the second discretisations integrate V and V′ by sums over the grid, of order 3 and 2 there.
const ROUGH_AGREEMENT: f64 = 2e-4;
/// Of the backward characteristics: enough for a thousandth of the agreement on so short a time.
const SETTINGS: Settings = Settings {
    nodes: 9,
    steps: 3,
    splitting: Splitting::Order6,
    refinement: 2,
    tolerance: 1e-12,
    sweeps: 40,
};
/// Round-off of a distance.
const ROUND_OFF: f64 = 1e-14;

/// Compares W_t at each ε, and W̃_t, with the kernel ω(x;y) evolved directly and with backward characteristics.
pub fn validate(trial: &Trial, epsilon: &[f64]) -> Result<Vec<Check>, LaboratoryError> {
    let problem = &trial.problem;
    let resolution = Resolution::for_problem(problem, &[TIME], TAIL)?;
    let grid = resolution.grid;
    let steps = resolution.steps(TIME);
    let initial = problem.initial_on(&grid)?;
    let distance = |a: &WignerFunction, b: &WignerFunction| -> Result<f64, LaboratoryError> {
        Ok(a.minus(b).map_err(refused)?.l2() / initial.l2())
    };
    let hartree = || -> Result<Vec<Check>, LaboratoryError> {
        let at = |&eps: &f64| {
            let mut w = initial.clone();
            problem.hartree(&grid, eps, resolution.splitting)?.evolve(&mut w, TIME, steps);
            let name = format!("Hartree against the kernel ω(x;y) at ε = 1/{}", (1.0 / eps).round());
            Ok(check(trial, &name, distance(&w, &kernel_hartree(trial, &grid, eps, steps)?)?))
        };
        epsilon.iter().map(at).collect()
    };
    let vlasov = || -> Result<Check, LaboratoryError> {
        let mut w = initial.clone();
        problem.vlasov(&grid, resolution.splitting)?.evolve(&mut w, TIME, steps);
        let characteristics = characteristic_vlasov(trial, &grid)?;
        Ok(check(trial, "Vlasov against backward characteristics", distance(&w, &characteristics)?))
    };
    let (hartree, vlasov) = rayon::join(hartree, vlasov);
    let mut checks = hartree?;
    checks.push(vlasov?);
    Ok(checks)
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

fn check(trial: &Trial, name: &str, distance: f64) -> Check {
    let interaction = trial.problem.interaction.as_ref();
    let rough =
        interaction.convolution() == Convolution::Multiplier && interaction.fourier_moment(2).is_none();
    let target = if rough { ROUGH_AGREEMENT } else { AGREEMENT };
    let name = format!("{name}: relative L² distance");
    Check::vanishing(name, &trial.name, &Estimate::new(distance, ROUND_OFF), target)
}

/// W_t from the kernel ω(x;y) itself. Its box is that of W widened by the reach of the mask |x−y| ≤ επ/Δv, its spacing
/// carries every velocity of the grid.
fn kernel_hartree(
    trial: &Trial,
    grid: &PhaseGrid,
    eps: f64,
    steps: usize,
) -> Result<WignerFunction, LaboratoryError> {
    let problem = &trial.problem;
    let fastest = grid.v.start().abs().max((grid.v.start() + grid.v.length()).abs());
    let length = grid.x.length() + eps * grid.v.nyquist();
    let points = friendly_length((1.05 * length * fastest / (eps * std::f64::consts::PI)).ceil() as usize);
    let axis = Axis::new(grid.x.center(), length, points).map_err(refused)?;
    let scaling = Scaling::line(eps).map_err(refused)?;
    let initial = problem.initial_on(grid)?;
    let splitting = Splitting::Order6;
    let mut kernel =
        KernelHartree::from_wigner(&initial, &axis, problem.interaction.as_ref(), scaling, splitting)
            .map_err(refused)?;
    kernel.evolve(TIME, steps);
    kernel.wigner(grid).map_err(refused)
}

/// W̃_t along backward characteristics.
fn characteristic_vlasov(trial: &Trial, grid: &PhaseGrid) -> Result<WignerFunction, LaboratoryError> {
    let problem = &trial.problem;
    let initial = problem.initial.clone();
    let w = move |x: f64, v: f64| initial.wigner(x, v);
    let interaction = problem.interaction.as_ref();
    let solution = CharacteristicVlasov::solve(w, interaction, grid, TIME, SETTINGS).map_err(refused)?;
    solution.wigner(grid, TIME).map_err(refused)
}
