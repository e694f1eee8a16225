//! The pair in R³: orders within budgets, the null test, what is wrong is seen, spectra, portraits.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;
use std::sync::Arc;

use kernels::{Gaussian, Interaction, InversePower, Quadratic};
use semiclassical_estimators::Estimate;
use semiclassical_estimators::radial::{
    Alteration, Barrier, Problem, Projection, Resolution, SetUpError, densities, measure, portrait, settle,
    sharp_constants, validate, validate_quantisation, weighted_observables, wigner_l1,
};
use states::radial::{CenteredMixture, Plummer};
use vlasov::CorrectionSource;
use vlasov::radial::{CorrectionSettings, PhasePoints, RadialCorrection};

/// The tests' own, cheap one.
const RESOLUTION: fn() -> Resolution = Resolution::quick;

fn problem(v: impl Interaction + 'static) -> Problem {
    Problem::new(Arc::new(v), Arc::new(CenteredMixture::two_widths().unwrap()))
}

fn coulomb(strength: f64) -> Problem {
    problem(InversePower::in_space(strength, 1.0).unwrap())
}

/// One thing made wrong.
type Change = fn(&mut Alteration);

/// tr|ω−ω̃|/N at the last time.
fn last_trace(problem: &Problem, times: &[f64], eps: f64) -> Estimate {
    let reference = settle(problem, times, &RESOLUTION()).unwrap();
    measure(problem, &reference, eps).unwrap().times.last().unwrap().distances.trace
}

#[test]
fn smooth_data_have_order_two_within_their_budgets() {
    // what the resolution of the standard ladder promises, and that of the short ones
    let attractive = problem(Gaussian::new(-1.0, 1.0).unwrap());
    for (problem, resolution, promised) in
        [(coulomb(1.0), Resolution::fine(), 1e-7), (attractive, Resolution::quick(), 1.5e-6)]
    {
        let reference = settle(&problem, &[0.25, 0.5], &resolution).unwrap();
        let at = |eps: f64| measure(&problem, &reference, eps).unwrap().times;
        let (coarse, fine) = (at(0.5), at(0.25));
        for (a, b) in coarse.iter().zip(&fine) {
            let pairs = [
                (a.distances.trace, b.distances.trace),
                (a.distances.hilbert_schmidt, b.distances.hilbert_schmidt),
                (a.distances.density_l1, b.distances.density_l1),
            ];
            for (x, y) in pairs {
                let order = (x.value / y.value).log2();
                assert!((1.9..2.15).contains(&order), "t = {}: {order}", a.time);
                assert!(y.value > 1e-6 && y.is_resolved(), "{y:?}");
            }
            assert!(b.distances.trace.error < promised, "{:?}", b.budget);
            assert!(b.distances.density_l1.value < b.distances.trace.value, "P16.5");
            // HS² ≤ tr·‖·‖_op, and the operators have norm at most 1
            assert!(b.distances.hilbert_schmidt.value.powi(2) < b.distances.trace.value);
        }
    }
}

/// value/ε² at 1/3 and 1/4, extrapolated in ε², against the constants of the equation without ε.
#[test]
fn the_distances_tend_to_their_constants() {
    let (problem, times) = (coulomb(-1.0), [0.5]);
    let reference = settle(&problem, &times, &Resolution::fine()).unwrap();
    let at = |n: f64| measure(&problem, &reference, 1.0 / n).unwrap().times[0].distances;
    let (coarse, fine) = (at(3.0), at(4.0));
    let source = CorrectionSource::default();
    let constants = sharp_constants(&problem, &times, &Resolution::fine(), source).unwrap()[0];
    for (coarse, fine, constant, within) in [
        (coarse.trace, fine.trace, constants.trace, 2e-3),
        (coarse.hilbert_schmidt, fine.hilbert_schmidt, constants.hilbert_schmidt, 3e-4),
        (coarse.density_l1, fine.density_l1, constants.density_l1, 2e-3),
    ] {
        let limit = (4.0_f64.powi(4) * fine.value - 3.0_f64.powi(4) * coarse.value) / 7.0;
        let off = (limit / constant.value - 1.0).abs();
        assert!(off < within && constant.error < 2e-3 * constant.value, "{off:.1e} {constant:?}");
    }
}

/// Eigenvalues that are left out change the distance by less than the budget says, for the field too, which is strongest for gravity.
#[test]
fn eigenvalues_that_are_left_out_are_in_the_budget() {
    let with = |threshold: f64| {
        let resolution = Resolution { threshold, ..RESOLUTION() };
        let reference = settle(&coulomb(-1.0), &[1.0], &resolution).unwrap();
        measure(&coulomb(-1.0), &reference, 0.5).unwrap().times.remove(0)
    };
    let (few, all) = (with(1e-8), with(1e-11));
    let change = (few.distances.trace.value - all.distances.trace.value).abs();
    let allowed = few.budget.iter().find(|source| source.name == "eigenvalues left out").unwrap().trace;
    assert!(change <= allowed && change > 0.02 * allowed, "{change:e} {allowed:e}");
}

#[test]
fn a_quadratic_field_leaves_nothing_but_errors() {
    let problem = problem(Quadratic::new(0.5).unwrap());
    let reference = settle(&problem, &[0.4], &RESOLUTION()).unwrap();
    for eps in [0.5, 0.25] {
        let at = &measure(&problem, &reference, eps).unwrap().times[0];
        let trace = at.distances.trace;
        assert!(trace.value <= trace.error && trace.error < 1e-6, "{trace:?} {:?}", at.budget);
    }
}

#[test]
fn what_is_wrong_is_seen() {
    let right = coulomb(1.0);
    let (times, eps) = ([0.25], 0.5);
    let reference = last_trace(&right, &times, eps);
    let wrong = |change: fn(&mut Alteration)| {
        let mut alteration = Alteration::default();
        change(&mut alteration);
        right.altered(alteration)
    };
    let seen_by_distance: [(&str, Change); 5] = [
        ("v for 2v", |a| a.vlasov_speed = 1.0),
        ("flipped force", |a| a.vlasov_force = -1.0),
        ("(ℓ+½)²", |a| a.barrier = Barrier::Langer),
        ("half-line", |a| a.projection = Projection::HalfLine),
        ("P_ℓ of norm 1", |a| a.projection = Projection::Unnormalised),
    ];
    for (name, change) in seen_by_distance {
        let seen = last_trace(&wrong(change), &times, eps);
        println!("{name}: {seen:?} {reference:?}");
        assert!(seen.value > 5.0 * reference.value && seen.is_resolved(), "{name}: {seen:?} {reference:?}");
    }
    let agreement = |problem: &Problem| {
        let mut compared = validate(problem, eps, &RESOLUTION()).unwrap();
        compared.push(validate_quantisation(problem.alteration.projection, eps).unwrap());
        compared
    };
    for a in agreement(&right) {
        assert!(a.distance.value + a.distance.error < 1e-7, "{a:?}");
    }
    // index of what must disagree
    let seen_by_validation: [(usize, Change); 6] = [
        (0, |a| (a.vlasov_speed, a.hartree_speed) = (1.0, 1.0)),
        (1, |a| (a.vlasov_speed, a.hartree_speed) = (1.0, 1.0)),
        (1, |a| a.vlasov_force = -1.0),
        (0, |a| a.barrier = Barrier::Langer),
        (2, |a| a.projection = Projection::HalfLine),
        (2, |a| a.projection = Projection::Unnormalised),
    ];
    for (index, change) in seen_by_validation {
        let found = &agreement(&wrong(change))[index];
        println!("{found:?}");
        assert!(found.distance.value > 1e-4 && found.distance.is_resolved(), "{found:?}");
    }
}

#[test]
fn the_initial_channels_are_those_of_the_state() {
    let eps = 0.25;
    let thermal = CenteredMixture::single(1.0, 1.1, 0.0).unwrap();
    let problem = Problem::new(Arc::new(InversePower::in_space(1.0, 1.0).unwrap()), Arc::new(thermal));
    let reference = settle(&problem, &[0.1], &Resolution::fine()).unwrap();
    let found = measure(&problem, &reference, eps).unwrap().initial;
    // λ = N(1−q)³q^m, q = (2σ_xσ_v−ε)/(2σ_xσ_v+ε)
    let q = (2.2 - eps) / (2.2 + eps);
    let highest = (1.0_f64 - q).powi(3) / eps.powi(3);
    assert!(
        (found.highest.value - highest).abs() < 1e-8 && found.highest.error < 1e-7,
        "{found:?} {highest}"
    );
    assert!(found.lowest.value.abs() < 1e-8, "{found:?}");
    assert!((found.kinetic_energy.value - 3.63).abs() < 1e-7, "{found:?}");
}

/// ∫e^{−r²/2}(ρ−ρ̃)dx/ε² → ∫e^{−r²/2}ρ_D dx: no norm of D knows the sign of D, nor that of Moyal's term where it is the only source.
#[test]
fn the_correction_has_the_sign_of_the_difference() {
    let (problem, time) = (coulomb(-1.0), 0.5);
    let reference = settle(&problem, &[time], &Resolution::fine()).unwrap();
    let weight = |r: f64| (-0.5 * r * r).exp();
    let of_pair = |eps: f64| {
        let d = densities(&measure(&problem, &reference, eps).unwrap().times[0]);
        let spacing = d.radii[1] - d.radii[0];
        let shell = |(r, (a, b)): (&f64, (&f64, &f64))| 4.0 * PI * r * r * spacing * weight(*r) * (a - b);
        d.radii.iter().zip(d.hartree.iter().zip(&d.vlasov)).map(shell).sum::<f64>() / (eps * eps)
    };
    let (coarse, fine) = (of_pair(1.0 / 3.0), of_pair(0.25));
    let limit = (16.0 * fine - 9.0 * coarse) / 7.0;
    let of_correction = |source: CorrectionSource| {
        let d = RadialCorrection::solve(reference.vlasov(), CorrectionSettings::default(), source).unwrap();
        let points = PhasePoints { step: 1.0, shells: 20, angles: 14, reach: 0.75 };
        let (rule, d) = (reference.vlasov().phase_rule(time, points), d.at(time));
        let values: Vec<Vec<f64>> = rule.rows().iter().map(|row| d(row.points())).collect();
        rule.density(&values).iter().map(|s| s.volume * weight(s.radius) * s.value).sum::<f64>()
    };
    let right = of_correction(CorrectionSource::default());
    let flipped = of_correction(CorrectionSource { moyal: -1.0 / 24.0, self_consistent: true });
    println!("{coarse:.4e} {fine:.4e} {limit:.4e} {right:.4e} {flipped:.4e}");
    assert!((limit / right - 1.0).abs() < 1e-2, "{limit:.4e} {right:.4e}");
    assert!((limit / flipped - 1.0).abs() > 1.0, "{limit:.4e} {flipped:.4e}");
}

#[test]
fn portraits_and_densities_show_both_dynamics() {
    let problem = coulomb(1.0);
    // long enough for the expansion to shear W beyond the velocities that the points carry
    let reference = settle(&problem, &[1.0], &RESOLUTION()).unwrap();
    let apart = |eps: f64| {
        let at = &measure(&problem, &reference, eps).unwrap().times[0];
        let d = densities(at);
        let largest = d.vlasov.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        let rho = d.hartree.iter().zip(&d.vlasov).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / largest;
        assert!(
            (d.vlasov[2] - reference.vlasov().potential(1.0).laplacian_at(d.radii[2]) / (-4.0 * PI)).abs()
                < 1e-5 * largest
        );
        let p = portrait(&reference, at, 1.0);
        let height = p.vlasov.iter().fold(0.0_f64, |m, w| m.max(*w));
        assert!(height > 1e-4);
        let w = p.hartree.iter().zip(&p.vlasov).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / height;
        (rho, w)
    };
    let (coarse, fine) = (apart(0.25), apart(0.125));
    println!("{coarse:?} {fine:?}");
    assert!(coarse.0 < 1e-2 && fine.0 < 0.4 * coarse.0, "{coarse:?} {fine:?}");
    assert!(coarse.1 < 0.2 && fine.1 < 0.5 * coarse.1, "{coarse:?} {fine:?}");
}

/// ρ integrates W over v, an observable is an integral of W times a wave, and tr|Op(d)| → N‖d‖_{L¹}.
#[test]
fn distances_of_symbols_lie_between_those_of_densities_and_the_trace_norm() {
    let problem = coulomb(1.0);
    let reference = settle(&problem, &[0.5], &RESOLUTION()).unwrap();
    let mut ratios = Vec::new();
    for eps in [1.0 / 3.0, 1.0 / 6.0] {
        let at = &measure(&problem, &reference, eps).unwrap().times[0];
        let d = at.distances;
        let symbol = wigner_l1(&reference, &at.pair, d.hilbert_schmidt.error);
        let observables = weighted_observables(&reference, &at.pair, d.trace.error);
        assert!(symbol.error < 0.05 * symbol.value && observables.error < 0.05 * observables.value);
        let above = |small: f64, large: Estimate| small > 1e-8 && small < large.value + large.error;
        assert!(above(d.density_l1.value, symbol), "{symbol:?} {d:?}");
        assert!(above(4.0 * observables.value, symbol), "{symbol:?} {observables:?}");
        ratios.push(symbol.value / d.trace.value - 1.0);
    }
    // an operator of order ε² apart
    assert!(ratios[0].abs() < 0.1 && ratios[1].abs() < 0.5 * ratios[0].abs(), "{ratios:?}");
}

#[test]
fn bad_requests_stop_at_the_door() {
    let problem = coulomb(1.0);
    for times in [vec![], vec![0.0], vec![0.5, 0.25], vec![f64::NAN]] {
        assert!(matches!(settle(&problem, &times, &RESOLUTION()), Err(SetUpError::Times(_))));
    }
    let plummer = Problem::new(problem.interaction.clone(), Arc::new(Plummer::new(15.0, 1.53).unwrap()));
    assert!(matches!(settle(&plummer, &[0.1], &RESOLUTION()), Err(SetUpError::Tail { .. })));
    let reference = settle(&problem, &[0.1], &RESOLUTION()).unwrap();
    assert!(measure(&problem, &reference, 0.0).is_err());
    let Err(error) = measure(&problem, &reference, 1e-4) else { panic!("too large") };
    assert!(error.to_string().contains("GiB"), "{error}");
}
