//! W_t − W̃_t = ε²D_t + O(ε⁴): the pair against the correction that is solved without ε.
#![allow(clippy::unwrap_used)]

mod common;

use common::{attractive, evolved, quadratic, repulsive, resolution, rough, two_bumps};
use kernels::InversePower;
use phase_space::line::WignerFunction;
use semiclassical_estimators::line::{Problem, Resolution, sharp_constants};
use vlasov::CorrectionSource;

const TIME: f64 = 0.5;

/// D at the end of `count` equal intervals.
fn correction(problem: &Problem, r: Resolution, count: usize) -> WignerFunction {
    let mut w = problem.initial_on(&r.grid).unwrap();
    let mut d = WignerFunction::zeros(&r.grid);
    problem.correction(&r.grid, r.splitting).unwrap().evolve(&mut w, &mut d, TIME, count);
    d
}

/// ‖(W−W̃)/ε² − D‖/‖D‖ at 1/16 and 1/32 on one grid, with the same steps: no discretisation enters, a quarter is left.
#[test]
fn the_difference_over_eps_squared_converges_to_the_correction_like_eps_squared() {
    let power = |alpha| two_bumps(InversePower::new(1.0, alpha).unwrap());
    for problem in [repulsive(), attractive(), rough(), power(0.25), power(0.75)] {
        let (r, count) = (resolution(&problem, TIME), 4);
        let d = correction(&problem, r, count);
        let left = |eps: f64| {
            let (w, w_tilde) = evolved(&problem, r, eps, TIME, count);
            let mut off = d.clone();
            off.add_scaled(-1.0 / (eps * eps), &w.minus(&w_tilde).unwrap()).unwrap();
            off.l2() / d.l2()
        };
        let (coarse, fine) = (left(1.0 / 16.0), left(1.0 / 32.0));
        let name = problem.interaction.name();
        assert!(fine < 1e-2 && (coarse / fine - 4.0).abs() < 0.1, "{name}: {coarse:.2e}, {fine:.2e}");
    }
}

#[test]
fn a_quadratic_field_has_no_constant() {
    let problem = quadratic();
    let r = resolution(&problem, TIME);
    let at = sharp_constants(&problem, r, &[TIME], CorrectionSource::default()).unwrap()[0];
    assert_eq!([at.trace.value, at.hilbert_schmidt.value, at.density_l1.value], [0.0; 3]);
}

/// The budget of a coarse resolution covers what a fine one changes.
#[test]
fn the_budget_covers_the_error() {
    let problem = attractive();
    let at = |r: Resolution| {
        let c = sharp_constants(&problem, r, &[TIME], CorrectionSource::default()).unwrap()[0];
        [c.trace, c.hilbert_schmidt, c.density_l1]
    };
    let coarse = Resolution::for_problem(&problem, &[TIME], 1e-6).unwrap();
    for (coarse, fine) in at(coarse).into_iter().zip(at(resolution(&problem, TIME))) {
        let off = (coarse.value - fine.value).abs();
        assert!(off <= coarse.error + fine.error && fine.error < 1e-3 * fine.value, "{coarse:?}, {fine:?}");
    }
}
