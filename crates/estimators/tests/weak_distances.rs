//! Weak distances of a pair: nothing where there is no difference, never less than the true error, and their orders in ε.
#![allow(clippy::unwrap_used)]

mod common;

use common::{free, repulsive, resolution};
use semiclassical_estimators::Estimate;
use semiclassical_estimators::line::{
    Problem, Resolution, WeakDistances, pair, vlasov_reference, weak_distances,
};
use semiclassical_estimators::rates::{Rung, fit};

fn measured(problem: &Problem, resolution: Resolution, eps: f64) -> WeakDistances {
    let reference = vlasov_reference(problem, resolution, &[0.5]).unwrap();
    weak_distances(&pair(problem, &reference, eps).unwrap()[0], &reference, 0).unwrap()
}

#[test]
fn free_flow_leaves_the_smoothing_alone() {
    let problem = free();
    let found = measured(&problem, resolution(&problem, 0.5), 0.125);
    for (name, e) in found.named() {
        let smoothed = e == found.husimi_against_vlasov || e == found.husimi_wasserstein;
        assert_eq!(e.is_resolved(), smoothed, "{name}: {e:?}");
        assert!(smoothed || e.value < 1e-8, "{name}: {e:?}");
    }
}

#[test]
fn the_smoothing_costs_one_order_and_smooth_data_have_two() {
    let problem = repulsive();
    let r = resolution(&problem, 0.5);
    let epsilon = [0.125, 0.0625, 0.03125, 0.015_625];
    let found = epsilon.map(|eps| measured(&problem, r, eps).named());
    for at in 0..found[0].len() {
        let name = found[0][at].0;
        let rungs: Vec<Rung> =
            epsilon.iter().zip(&found).map(|(&eps, f)| Rung { eps, estimate: f[at].1 }).collect();
        let fit = fit(&rungs).unwrap_or_else(|e| panic!("{name}: {e}: {rungs:?}"));
        let expected = if name.contains("H−W̃") || name.contains("H dv") { 1.0 } else { 2.0 };
        // the smoothing of D leaves corrections of the order ε
        let within = if name.replace("H^", "").contains('H') { 0.2 } else { 0.01 };
        assert!((fit.order - expected).abs() < within, "{name}: {fit:?}");
    }
    for eps in [0.015_625, 0.003_906_25] {
        let found = measured(&problem, r, eps);
        let limits = found.limits;
        for (name, ratio) in [
            ("‖H−W̃‖", found.husimi_against_vlasov.over(&limits.laplacian)),
            ("‖H−H̃‖", found.husimi.over(&limits.wigner_l1)),
            ("W₂", found.husimi_wasserstein.over(&limits.fisher)),
        ] {
            assert!((ratio.value - 1.0).abs() < 4.0 * eps + ratio.error, "{name}: {ratio:?}");
            assert!(ratio.error < 1e-2, "{name}: {ratio:?}");
        }
    }
}

/// A finer resolution moves no value by more than its error.
#[test]
fn errors_are_not_too_small() {
    let problem = repulsive();
    let coarse = measured(&problem, Resolution::for_problem(&problem, &[0.5], 1e-9).unwrap(), 0.125);
    let fine = measured(&problem, resolution(&problem, 0.5), 0.125);
    let inside = |a: Estimate, b: Estimate| (a.value - b.value).abs() <= a.error + b.error;
    for ((name, a), (_, b)) in coarse.named().into_iter().zip(fine.named()) {
        assert!(inside(a, b), "{name}: {a:?} {b:?}");
    }
}
