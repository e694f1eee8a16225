//! Both dynamics against their second, independent discretisations: one engine for both would hide an error common to both.

use estimators::{Estimate, Verdict, verdict};
use hartree::line::KernelHartree;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;
use vlasov::line::{CharacteristicVlasov, Settings};

use estimators::line::Resolution;

use crate::facade::LaboratoryError;
use crate::record::{Check, Relation};
use crate::trial::Trial;

/// Where the comparison is made.
const EPS: f64 = 0.125;
const TIME: f64 = 0.25;
/// Where W is cut off, well below the agreement.
const TAIL: f64 = 1e-12;
/// The two must agree in ‖·‖_{L²} to this.
const AGREEMENT: f64 = 1e-7;

/// Compares W_t and W̃_t with the kernel ω(x;y) evolved directly and with backward characteristics.
pub fn validate(trial: &Trial) -> Result<Vec<Check>, LaboratoryError> {
    let problem = &trial.problem;
    let resolution = Resolution::for_problem(problem, &[TIME], TAIL)?;
    let grid = resolution.grid;
    let steps = resolution.steps(TIME);
    let initial = problem.initial_on(&grid)?;

    let fast = |vlasov: bool| -> Result<WignerFunction, LaboratoryError> {
        let mut w = initial.clone();
        if vlasov {
            problem.vlasov(&grid, resolution.splitting)?.evolve(&mut w, TIME, steps);
        } else {
            problem.hartree(&grid, EPS, resolution.splitting)?.evolve(&mut w, TIME, steps);
        }
        Ok(w)
    };
    let (hartree, vlasov) = (fast(false)?, fast(true)?);
    let (kernel, characteristics) =
        rayon::join(|| kernel_hartree(trial, &grid, steps), || characteristic_vlasov(trial, &grid));
    let (kernel, characteristics) = (kernel?, characteristics?);
    let size = initial.l2();
    let distance = |a: &WignerFunction, b| a.minus(b).map(|d| d.l2() / size).map_err(refused);
    Ok(vec![
        check(trial, "Hartree against the kernel ω(x;y)", distance(&hartree, &kernel)?),
        check(trial, "Vlasov against backward characteristics", distance(&vlasov, &characteristics)?),
    ])
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

fn check(trial: &Trial, name: &str, distance: f64) -> Check {
    let estimate = Estimate::new(distance, 0.0);
    let verdict =
        if distance.is_finite() { verdict::vanishes(&estimate, AGREEMENT) } else { Verdict::Unresolved };
    Check {
        name: format!("{name}: relative L² distance"),
        trial: trial.name.clone(),
        relation: Relation::AtMost,
        value: distance,
        error: 0.0,
        target: AGREEMENT,
        verdict,
    }
}

/// W_t from the kernel ω(x;y) itself. Its box is that of W widened by the reach of the mask |x−y| ≤ επ/Δv, its spacing
/// carries every velocity of the grid.
fn kernel_hartree(trial: &Trial, grid: &PhaseGrid, steps: usize) -> Result<WignerFunction, LaboratoryError> {
    let problem = &trial.problem;
    let fastest = grid.v.start().abs().max((grid.v.start() + grid.v.length()).abs());
    let length = grid.x.length() + EPS * grid.v.nyquist();
    let points = friendly_length((1.05 * length * fastest / (EPS * std::f64::consts::PI)).ceil() as usize);
    let axis = Axis::new(grid.x.center(), length, points).map_err(refused)?;
    let scaling = Scaling::line(EPS).map_err(refused)?;
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
    let solution =
        CharacteristicVlasov::solve(w, interaction, grid, TIME, Settings::default()).map_err(refused)?;
    solution.wigner(grid, TIME).map_err(refused)
}
