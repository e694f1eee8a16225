//! Determinants released from a trap: order 2 within the budgets, the null test, what is wrong is seen, and what G16.T3 supposes.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use hartree::line::External;
use kernels::{Gaussian, InversePower, NoInteraction, Quadratic};
use semiclassical_estimators::line::{Preparation, Release};

const TIMES: [f64; 2] = [0.25, 0.5];

fn gaussian(strength: f64) -> Arc<Gaussian> {
    Arc::new(Gaussian::new(strength, 1.0).unwrap())
}

fn sea() -> Release {
    Release::new(gaussian(1.0), Preparation::OscillatorSea { s: 1.0 })
}

fn quartic() -> Release {
    Release::new(gaussian(-1.0), Preparation::GroundState { trap: External::Quartic { g: 1.0 } })
}

#[test]
fn observables_of_pure_states_have_order_two() {
    for (release, n) in [(sea(), 16.0), (quartic(), 24.0)] {
        let [coarse, fine] = [n, 2.0 * n].map(|n| release.measure(1.0 / n, &TIMES).unwrap());
        for (a, b) in coarse.iter().zip(&fine) {
            let order = (a.weighted_sup.value / b.weighted_sup.value).log2();
            assert!((order - 2.0).abs() < 0.08, "N = {n}, t = {}: {order}", a.time);
            assert!(b.weighted_sup.error < 1e-4 * b.weighted_sup.value && b.weighted_sup.value > 1e-7);
        }
    }
}

#[test]
fn without_interaction_both_dynamics_are_the_free_flow() {
    let free = Release::new(Arc::new(NoInteraction), Preparation::OscillatorSea { s: 1.3 });
    for at in free.measure(1.0 / 12.0, &TIMES).unwrap() {
        assert!(at.weighted_sup.value < 1e-11, "{at:?}");
    }
}

#[test]
fn another_transport_speed_is_seen_and_has_no_order() {
    let wrong = Release { vlasov_speed: 1.0, ..sea() };
    let [coarse, fine] = [8.0, 16.0].map(|n| wrong.measure(1.0 / n, &TIMES).unwrap()[1].weighted_sup);
    assert!(fine.value > 1e-2 && (coarse.value / fine.value).log2().abs() < 0.1, "{coarse:?} {fine:?}");
}

/// tr|[x,ω]| = √(2/s) and tr|[ε∇,ω]| = √(2s) for every N; ‖W_N‖_{W^{1,1}} grows.
#[test]
fn the_commutators_stay_bounded_and_the_gradient_does_not() {
    let s = 1.4;
    let release = Release::new(gaussian(1.0), Preparation::OscillatorSea { s });
    let [few, many] = [8.0, 32.0].map(|n| release.norms(1.0 / n).unwrap());
    for norms in [few, many] {
        assert!((norms.position.value - (2.0 / s).sqrt()).abs() < 1e-9);
        assert!((norms.gradient.value - (2.0 * s).sqrt()).abs() < 1e-9);
        assert!(norms.w11.error < 1e-2);
    }
    assert!(many.w11.value > 1.5 * few.w11.value, "{few:?} {many:?}");
    let quartic = quartic().norms(1.0 / 16.0).unwrap();
    assert!(quartic.position.error < 1e-9 && quartic.position.value > 1.0, "{quartic:?}");
}

#[test]
fn what_cannot_be_released_is_refused() {
    assert!(sea().measure(0.3, &TIMES).is_err(), "1/ε is no number of particles");
    let sea = |v: Arc<dyn kernels::Interaction>| Release::new(v, Preparation::OscillatorSea { s: 1.0 });
    assert!(sea(Arc::new(InversePower::new(1.0, 0.4).unwrap())).measure(0.125, &TIMES).is_err());
    assert!(sea(Arc::new(Quadratic::new(1.0).unwrap())).measure(0.125, &TIMES).is_err());
}
