//! The pair and its budget: nothing where there is no difference, and never less than the true error.
#![allow(clippy::unwrap_used)]

mod common;

use common::{attractive, bare, free, pairs, quadratic, repulsive, resolution, rough, twice_refined};
use semiclassical_estimators::Estimate;
use semiclassical_estimators::line::{Pair, Problem, Resolution, distances, observable_map};
use semiclassical_estimators::rates::{Rung, fit};

const NAMES: [&str; 5] = ["trace", "hilbert-schmidt", "wigner-l1", "density-l1", "observables"];

fn measured(pair: &Pair) -> [Estimate; 5] {
    let d = distances(pair, true, true).unwrap();
    let observables = observable_map(pair).weighted_sup;
    [d.trace.unwrap(), d.hilbert_schmidt, d.wigner_l1, d.density_l1, observables]
}

#[test]
fn free_flow_makes_no_difference() {
    let problem = free();
    let r = resolution(&problem, 1.0);
    for pair in pairs(&problem, r, 0.125, &[0.5, 1.0]) {
        for (name, e) in NAMES.iter().zip(measured(&pair)) {
            assert!(e.value <= e.error.max(1e-14) && !e.is_resolved(), "{name}: {e:?}");
        }
    }
}

#[test]
fn a_quadratic_field_makes_no_difference_and_no_rate() {
    let problem = quadratic();
    let r = resolution(&problem, 0.5);
    let mut ladders = vec![Vec::new(); 5];
    for k in 3..=6 {
        let eps = 0.5_f64.powi(k);
        let pair = &pairs(&problem, r, eps, &[0.5])[0];
        assert!(pair.difference.l2() < 1e-13 * pair.vlasov.l2(), "{}", pair.difference.l2());
        for (ladder, estimate) in ladders.iter_mut().zip(measured(pair)) {
            ladder.push(Rung { eps, estimate });
        }
    }
    for (name, ladder) in NAMES.iter().zip(&ladders) {
        for rung in ladder {
            assert!(rung.estimate.value < 1e-11, "{name}: {rung:?}");
            assert!(
                rung.estimate.value < 1e-13 || *name == "trace" || *name == "wigner-l1",
                "{name}: {rung:?}"
            );
        }
        assert!(fit(ladder).is_err(), "{name}: {ladder:?}");
    }
}

/// Q on a finer resolution, the L¹ norms with kinks resolved eight times better than the estimates resolve them; the error
/// is what the finer matrix leaves out itself.
fn truth(pair: &Pair) -> [Estimate; 5] {
    let [trace, hs, _, _, observables] = measured(pair);
    let d = &pair.difference;
    let on_line = d.resampled(64 * d.grid().x.len(), d.grid().v.len());
    let density: f64 = on_line.density().iter().map(|r| r.abs() * on_line.grid().x.spacing()).sum();
    let bare = |value: f64| Estimate::new(value, 0.0);
    [trace, bare(hs.value), bare(d.refined(16).l1()), bare(density), bare(observables.value)]
}

/// |Q − Q_fine| ≤ error.
fn assert_budget(problem: &Problem, time: f64, eps: f64, resolution: Resolution, finer: Resolution) {
    let coarse = measured(&pairs(problem, resolution, eps, &[time])[0]);
    let fine = truth(&bare(problem, finer, eps, time));
    for ((name, q), truth) in NAMES.iter().zip(coarse).zip(fine) {
        let off = (q.value - truth.value).abs();
        println!(
            "{name} {eps}: {:.6e} ± {:.1e}, off {off:.1e} (fine ± {:.1e})",
            q.value, q.error, truth.error
        );
        assert!(off <= q.error + truth.error, "{name} at {eps}: {q:?} against {truth:?}");
    }
}

#[test]
fn the_kinks_of_the_density_are_in_its_budget() {
    for problem in [repulsive(), attractive(), rough()] {
        let r = resolution(&problem, 0.5);
        for eps in [0.125, 1.0 / 64.0] {
            let q = measured(&pairs(&problem, r, eps, &[0.5])[0])[3];
            let truth = truth(&bare(&problem, twice_refined(r), eps, 0.5))[3];
            assert!((q.value - truth.value).abs() <= q.error, "{eps}: {q:?} against {}", truth.value);
            assert!(q.error < 5e-3 * q.value, "{q:?}");
        }
    }
}

fn assert_budget_is_honest(problem: &Problem) {
    let r = resolution(problem, 0.5);
    println!("{r:?}");
    for eps in [0.125, 1.0 / 64.0] {
        assert_budget(problem, 0.5, eps, r, twice_refined(r));
    }
}

#[test]
fn the_budget_is_honest_repulsive() {
    assert_budget_is_honest(&repulsive());
}

#[test]
fn the_budget_is_honest_attractive() {
    assert_budget_is_honest(&attractive());
}

#[test]
fn the_budget_is_honest_without_two_derivatives() {
    assert_budget_is_honest(&rough());
}

#[test]
fn a_resolution_too_coarse_is_caught() {
    let problem = repulsive();
    let good = resolution(&problem, 0.5);
    for (what, poor) in [
        ("grid", Resolution { grid: good.grid.coarsened(0.45), ..good }),
        ("box", Resolution { grid: good.grid.shrunk(0.55), ..good }),
        ("step", Resolution { step: 0.25, splitting: phase_space::splitting::Splitting::Strang, ..good }),
    ] {
        let eps = 1.0 / 64.0;
        let truth = measured(&pairs(&problem, good, eps, &[0.5])[0]);
        let caught = measured(&pairs(&problem, poor, eps, &[0.5])[0]);
        for ((name, q), truth) in NAMES.iter().zip(caught).zip(truth) {
            println!("{what}, {name}: {q:?} against {truth:?}");
            assert!(q.error > 3.0 * truth.error, "{what}, {name}: {q:?} against {truth:?}");
            let off = (q.value - truth.value).abs();
            assert!(
                !q.is_resolved() || off <= q.error + truth.error,
                "{what}, {name}: {q:?} against {truth:?}"
            );
        }
    }
}

#[test]
fn the_trace_norm_tends_to_the_l1_norm() {
    let problem = repulsive();
    let r = resolution(&problem, 0.5);
    let off: Vec<f64> = (3..=6)
        .map(|k| {
            let [trace, _, l1, ..] = measured(&bare(&problem, r, 0.5_f64.powi(k), 0.5));
            (trace.value / l1.value - 1.0).abs()
        })
        .collect();
    println!("{off:?}");
    assert!(off[0] < 0.2 && off[3] < 5e-3, "{off:?}");
    assert!(off.windows(2).all(|o| o[1] < 0.5 * o[0]), "{off:?}");
}
