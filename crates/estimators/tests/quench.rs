//! The atom, released.

#![allow(clippy::unwrap_used)]

use semiclassical_estimators::radial::{ChargeQuench, QuenchedAt};
use vlasov::radial::Flow;

const RIGHT: Flow = Flow { speed: 2.0, force: 1.0 };

/// Beryllium without its nucleus.
const ATOM: ChargeQuench = ChargeQuench { charge: 4, factor: 0.0, functions: (6.0, 36, 1), flow: RIGHT };

fn at(quench: ChargeQuench, time: f64) -> QuenchedAt {
    quench.measure(&[time]).unwrap()[0]
}

/// Both from one ω_N, by a determinant in Laguerre functions and by particles: nothing in common but the start.
#[test]
fn vlasov_follows_the_electrons_that_have_lost_their_nucleus() {
    let QuenchedAt { fock, hartree, .. } = at(ATOM, 0.125);
    for seen in [fock, hartree] {
        assert!(seen.motion.value > 0.02 && seen.motion.error < 0.02 * seen.motion.value, "{seen:?}");
    }
    let part = |seen: semiclassical_estimators::radial::Seen| seen.distance.over(&seen.motion);
    // exchange is what Vlasov has not
    assert!(part(fock).value + part(fock).error < 0.1, "{fock:?}");
    assert!(part(hartree).value + part(hartree).error < 0.05, "{hartree:?}");
    for flow in [Flow { speed: 1.0, ..RIGHT }, Flow { force: 0.0, ..RIGHT }, Flow { force: -1.0, ..RIGHT }] {
        let wrong = part(at(ChargeQuench { flow, ..ATOM }, 0.125).hartree);
        assert!(wrong.value - wrong.error > 0.05, "{flow:?} {wrong:?}");
    }
}

/// The determinant stands still about its own nucleus, and its Wigner function does not: the innermost shell is not classical.
#[test]
fn about_its_own_nucleus_the_determinant_alone_stands_still() {
    let kept = at(ChargeQuench { factor: 1.0, ..ATOM }, 0.25).fock;
    assert!(kept.motion.value < 1e-9, "{kept:?}");
    assert!(kept.distance.value > 0.01 && kept.distance.error < 0.1 * kept.distance.value, "{kept:?}");
}

/// Nothing in Vlasov moves like t² from the Hartree ground state; it does under another charge, field or speed.
#[test]
fn two_derivatives_are_the_same_in_both_dynamics() {
    let own = ChargeQuench { factor: 1.0, ..ATOM };
    let right = own.unrest(0.0625).unwrap();
    assert!(right.value - right.error > 2.6, "{right:?}");
    let wrong = [
        ChargeQuench { factor: 1.25, ..own },
        ChargeQuench { flow: Flow { force: 0.0, ..RIGHT }, ..own },
        ChargeQuench { flow: Flow { force: -1.0, ..RIGHT }, ..own },
        ChargeQuench { flow: Flow { speed: 1.0, ..RIGHT }, ..own },
    ];
    for quench in wrong {
        let n = quench.unrest(0.0625).unwrap();
        assert!(n.value + n.error < 2.1, "{quench:?} {n:?}");
    }
}

/// Functions that end too soon near the nucleus cost the distance no more than its error.
#[test]
fn more_functions_change_nothing_by_more_than_the_error() {
    let [few, many] =
        [(6.0, 36, 1), (8.0, 52, 1)].map(|functions| at(ChargeQuench { functions, ..ATOM }, 0.25));
    for (few, many) in [(few.fock, many.fock), (few.hartree, many.hartree)] {
        for (a, b) in [(few.distance, many.distance), (few.motion, many.motion)] {
            assert!((a.value - b.value).abs() < a.error && b.error < a.error, "{a:?} {b:?}");
        }
    }
}
