//! The atom, released.

#![allow(clippy::unwrap_used)]

use semiclassical_estimators::radial::{ChargeQuench, QuenchedAt};
use vlasov::radial::Flow;

/// Beryllium.
const ATOM: ChargeQuench = ChargeQuench {
    charge: 4,
    factor: 0.0,
    functions: (3.0, 24, 1),
    exchange: 1.0,
    flow: Flow { speed: 2.0, force: 1.0 },
};

fn at(quench: ChargeQuench, time: f64) -> QuenchedAt {
    quench.measure(&[time]).unwrap()[0]
}

/// Both from one ω_N, by a determinant in Laguerre functions and by particles: nothing in common but the start.
#[test]
fn vlasov_follows_the_electrons_that_have_lost_their_nucleus() {
    let [fock, hartree] = [1.0, 0.0].map(|exchange| at(ChargeQuench { exchange, ..ATOM }, 0.125));
    assert!(fock.motion.value > 0.02 && fock.motion.error < 0.02 * fock.motion.value, "{fock:?}");
    // what is left without exchange is smaller still
    assert!(fock.distance.value + fock.distance.error < 0.1 * fock.motion.value, "{fock:?}");
    assert!(
        hartree.distance.value + hartree.distance.error < 0.5 * fock.distance.value,
        "{hartree:?} {fock:?}"
    );
    let slow = at(ChargeQuench { flow: Flow { speed: 1.0, ..ATOM.flow }, ..ATOM }, 0.125);
    assert!(slow.distance.value - slow.distance.error > 0.4 * slow.motion.value, "{slow:?}");
}

/// The determinant stands still about its own nucleus, and its Wigner function does not: the innermost shell is not classical.
#[test]
fn about_its_own_nucleus_the_determinant_alone_stands_still() {
    let kept = at(ChargeQuench { factor: 1.0, ..ATOM }, 0.25);
    assert!(kept.motion.value < 1e-9, "{kept:?}");
    assert!(kept.distance.value > 0.01 && kept.distance.error < 0.1 * kept.distance.value, "{kept:?}");
}
