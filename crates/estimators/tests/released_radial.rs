//! Rotation-invariant states, released and seen through observables.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::{Gaussian, Interaction, NoInteraction};
use semiclassical_estimators::ReleasedAt;
use semiclassical_estimators::radial::{Preparation, Release};
use states::radial::CenteredMixture;
use vlasov::radial::Flow;

fn shells() -> Preparation {
    Preparation::ClosedShells { s: 1.0 }
}

fn ground_state() -> Preparation {
    Preparation::GroundState { s: 1.0 }
}

fn mixture() -> Preparation {
    Preparation::Mixture(CenteredMixture::two_widths().unwrap())
}

fn gaussian(strength: f64) -> Arc<dyn Interaction> {
    Arc::new(Gaussian::new(strength, 1.0).unwrap())
}

fn measure(release: &Release, rungs: &[usize]) -> Vec<(f64, Vec<ReleasedAt>)> {
    release.climb(rungs, &[0.5, 1.0], |_| true).unwrap()
}

/// Without an interaction the two agree: channels with turned phase space against particles, nothing in common.
#[test]
fn without_an_interaction_both_dynamics_are_one() {
    for (preparation, rungs) in [(shells(), [4, 11]), (ground_state(), [3, 6]), (mixture(), [2, 3])] {
        let release = Release::new(Arc::new(NoInteraction), preparation);
        for (eps, times) in measure(&release, &rungs) {
            for at in times {
                assert!(at.weighted_sup.value < 3e-8 && at.weighted_sup.error < 2e-6, "{eps}: {at:?}");
            }
        }
        let slow = Release { flow: Flow { speed: 1.0, ..Flow::default() }, ..release };
        assert!(measure(&slow, &rungs[..1])[0].1[0].weighted_sup.value > 1e-3);
    }
}

#[test]
fn pure_and_mixed_states_have_order_two() {
    for (preparation, rungs) in [(shells(), [4, 15]), (ground_state(), [4, 8]), (mixture(), [3, 5])] {
        let release = Release::new(gaussian(1.0), preparation);
        let measured = measure(&release, &rungs);
        for k in 0..2 {
            let [a, b] = [0, 1].map(|i| (measured[i].0, measured[i].1[k].weighted_sup));
            let order = (a.1.value / b.1.value).ln() / (a.0 / b.0).ln();
            assert!((order - 2.0).abs() < 0.02, "{order} {a:?} {b:?}");
            assert!(b.1.error < 0.05 * b.1.value, "{b:?}");
        }
    }
}

/// V so weak that it makes the ground state no other, and the distance linear in V: W_N by quadrature of its channels against its closed form.
#[test]
fn ground_states_of_a_weak_interaction_are_closed_shells() {
    let strength = 1e-2;
    let at = |preparation: Preparation| {
        let release = Release::new(gaussian(strength), preparation);
        measure(&release, &[4])[0].1[0].weighted_sup
    };
    let (general, closed) = (at(ground_state()), at(shells()));
    assert!(
        closed.value > 1e-8
            && (general.value - closed.value).abs() < 2.0 * strength * closed.value + general.error
    );
    assert!(general.error < 0.02 * general.value, "{general:?} {closed:?}");
}

/// ‖W_N‖_{W^{1,1}} by differences in three variables against the integral over the energy alone.
#[test]
fn gradients_of_a_ground_state_without_interaction_are_those_of_closed_shells() {
    for rung in [3, 4, 8] {
        let at = |preparation| Release::new(gaussian(1e-9), preparation).norms(rung).unwrap().1.w11;
        let (general, closed) = (at(ground_state()), at(shells()));
        assert!(
            (general.value - closed.value).abs() < general.error + closed.error,
            "{general:?} {closed:?}"
        );
        assert!(general.error < 1e-3 * general.value);
    }
}

#[test]
fn commutators_stay_bounded_and_the_gradient_of_a_pure_state_does_not() {
    let pure = Release::new(gaussian(1.0), shells());
    let [a, b] = [11, 46].map(|rung| pure.norms(rung).unwrap().1);
    assert!(b.position.value < 1.05 * a.position.value && b.w11.value > 1.5 * a.w11.value, "{a:?} {b:?}");
    let mixed = Release::new(gaussian(1.0), mixture());
    let [a, b] = [2, 3].map(|rung| mixed.norms(rung).unwrap().1);
    for (a, b) in [(a.position, b.position), (a.gradient, b.gradient)] {
        assert!((b.value / a.value - 1.0).abs() < 0.05 && a.error < 0.02 * a.value, "{a:?} {b:?}");
    }
}

#[test]
fn the_climb_stops_when_it_is_told_to() {
    let release = Release::new(gaussian(1.0), shells());
    let mut seen = 0;
    let begin = |_| {
        seen += 1;
        seen < 2
    };
    assert_eq!(release.climb(&[2, 3, 4], &[0.25], begin).unwrap().len(), 1);
}
