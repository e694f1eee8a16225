//! tr|[χ_{(r,y)}, ω]| against dense matrices on fine grids, against its limits, and across the seam of the two regimes.
#![allow(clippy::unwrap_used)]

mod common;

use common::{evolved, repulsive, resolution};
use kernels::fefferman_de_la_llave::gaussian;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use semiclassical_estimators::line::{LocalisedCommutator, RadiusLimits};
use states::InitialState;
use transforms::weyl::line::kernel;

const EPS: f64 = 0.125;

fn at(time: f64) -> WignerFunction {
    let problem = repulsive();
    let resolution = resolution(&problem, 1.0);
    if time == 0.0 {
        return problem.initial_on(&resolution.grid).unwrap();
    }
    evolved(&problem, resolution, EPS, time, 1).1
}

/// One thermal Gaussian of small area: few eigenvalues, and a small box on which a fine dense matrix is cheap.
fn small() -> WignerFunction {
    let state = states::GaussianMixture::new(vec![states::Component {
        weight: 1.0,
        x: 0.1,
        v: 0.2,
        sigma_x: 0.4,
        sigma_v: 0.5,
        chirp: 0.7,
    }])
    .unwrap();
    let axis = |center, length, points| Axis::new(center, length, points).unwrap();
    let grid = PhaseGrid::new(axis(0.1, 6.4, 96), axis(0.2, 9.6, 96));
    WignerFunction::sample(&grid, |x, v| state.wigner(x, v)).unwrap()
}

/// tr|[χ,ω]|/(Nε) from the full matrix on n points of the whole box: slow, and without any regime.
fn dense(w: &WignerFunction, n: usize, points: &[(f64, f64)]) -> Vec<f64> {
    let omega = kernel(w, &Scaling::line(EPS).unwrap(), n).unwrap();
    let x = omega.points();
    let norm = |&(r, y): &(f64, f64)| {
        let chi: Vec<f64> = x.iter().map(|x| gaussian(x - y, r)).collect();
        omega.commutator_with(&chi).unwrap().trace_norm().unwrap()
    };
    points.iter().map(norm).collect()
}

#[test]
fn both_regimes_are_the_full_matrix() {
    let w = small();
    let points: Vec<(f64, f64)> = [0.25, 0.6, 1.0, 1.9, 2.0, 5.0, 30.0]
        .iter()
        .flat_map(|ratio| [(ratio * EPS, 0.1), (ratio * EPS, -0.53)])
        .collect();
    let fast = LocalisedCommutator::new(&w, EPS, 0.0).unwrap().at_all(&points).unwrap();
    // 800 points carry momenta to 49 = 10 + 9.7ε/r at r = ε/4
    for ((p, fast), slow) in points.iter().zip(&fast).zip(dense(&w, 800, &points)) {
        let off = (fast.value - slow).abs();
        println!("{p:?} {fast:?} off {off:.1e}");
        assert!(
            slow > 1e-3 && off < 1e-7 * slow + 1e-8 && off <= fast.error,
            "{p:?}: {fast:?}, off {off:.1e}"
        );
        assert!(fast.error < 1e-3 * fast.value);
    }
}

#[test]
fn a_sheared_state_is_the_full_matrix_too() {
    let w = at(1.0);
    let points = [(0.25, 0.3), (0.5, -2.0), (4.0, 1.0)];
    let fast = LocalisedCommutator::new(&w, EPS, 0.0).unwrap().at_all(&points).unwrap();
    for ((p, fast), slow) in points.iter().zip(&fast).zip(dense(&w, 900, &points)) {
        let off = (fast.value - slow).abs();
        println!("{p:?} {fast:?} off {off:.1e}");
        assert!(off < 1e-7 && off <= fast.error, "{p:?}: {fast:?}, off {off:.1e}");
    }
}

/// The seam at r = 2ε, at an ε where no full matrix is cheap.
#[test]
fn the_two_regimes_meet() {
    let t = LocalisedCommutator::new(&at(1.0), 1.0 / 64.0, 0.0).unwrap();
    for y in [0.0, 1.7] {
        let r = 2.0 / 64.0;
        // T is smooth in r: a jump would be seen in the fourth difference
        let d = 1e-3 * r;
        let radii = [r - 2.0 * d, r - d, r, r + d, r + 2.0 * d];
        let v: Vec<f64> = radii.iter().map(|&r| t.at(r, y).unwrap().value).collect();
        let fourth = v[0] - 4.0 * v[1] + 6.0 * v[2] - 4.0 * v[3] + v[4];
        println!("{v:?} {fourth:.1e}");
        assert!(fourth.abs() < 6e-7 * v[2], "{fourth:.1e}");
        assert!((v[4] - v[0]).abs() > 1e-5 * v[2], "T changes");
    }
}

#[test]
fn the_limits_are_met() {
    let w = at(1.0);
    let limits = RadiusLimits::of(&w);
    let i = w.grid().x.len() / 2 + 7;
    let y = w.grid().x.point(i);
    let t = |eps: f64, r: f64| LocalisedCommutator::new(&w, eps, 0.0).unwrap().at(r, y).unwrap().value;
    // the correction is O(r/ε): halved with r
    let narrow = [64.0, 128.0].map(|k| 1.0 - t(EPS, EPS / k) / (limits.narrow[i] * k.powf(-0.5)));
    println!("{narrow:?}");
    assert!(narrow[1] < 3e-3 && narrow[0] > 1.7 * narrow[1] && narrow[1] > 0.0);
    let middle = t(1.0 / 64.0, 0.25) / limits.middle[i] - 1.0;
    println!("{middle}");
    assert!(middle.abs() < 0.02);
    // O(1/r²), beside what the limit ε → 0 is short of at ε = 1/8
    let wide = [16.0, 32.0, 64.0].map(|r| 1.0 - t(EPS, r) * r * r / limits.wide[i]);
    println!("{wide:?}");
    let ratio = (wide[0] - wide[1]) / (wide[1] - wide[2]);
    assert!(wide[2].abs() < 4e-3 && (ratio - 4.0).abs() < 0.5, "{ratio}");
}

#[test]
fn the_door_and_the_threads() {
    let t = LocalisedCommutator::new(&small(), EPS, 0.0).unwrap();
    for (r, y) in [(0.0, 0.0), (-1.0, 0.0), (f64::NAN, 0.0), (1.0, f64::INFINITY)] {
        assert!(t.at(r, y).unwrap().value.is_nan());
    }
    let far = t.at(0.1, 50.0).unwrap();
    assert!(far.value <= far.error);
    let points = [(0.1, 0.0), (0.2, 0.3), (0.9, 0.0), (3.0, 0.1)];
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| t.at_all(&points).unwrap())
    };
    assert_eq!(on(1), on(3));
    // what is not known of ω counts, and for a wide χ only as far as χ varies
    let loose = LocalisedCommutator::new(&small(), EPS, 1e-3).unwrap();
    assert!(loose.at(0.1, 0.1).unwrap().error > 0.9e-3 / EPS);
    assert!(loose.at(100.0, 0.1).unwrap().error < 1e-5 / EPS);
}
