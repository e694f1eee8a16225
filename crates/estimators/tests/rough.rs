//! The order of the distance of data with a rim is two thirds of their index in L².
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::Gaussian;
use semiclassical_estimators::line::RoughRelease;
use states::RadialBump;

fn order(beta: f64) -> f64 {
    let interaction = Arc::new(Gaussian::new(4.0, 1.0).unwrap());
    let release = RoughRelease { interaction, bump: RadialBump::new(beta).unwrap(), cut: 16.0 };
    let at = |eps: f64| release.measure(eps, 0.5).unwrap().hilbert_schmidt.value;
    (at(1.0 / 16.0) / at(1.0 / 32.0)).log2()
}

#[test]
fn the_order_is_two_thirds_of_the_index() {
    for (beta, exact) in [(0.0, 1.0 / 3.0), (0.5, 2.0 / 3.0), (1.0, 1.0), (2.0, 5.0 / 3.0)] {
        let order = order(beta);
        assert!((order - exact).abs() < 0.02, "{beta}: {order}");
    }
}

/// From s = 3 on the order is that of smooth data.
#[test]
fn a_rim_that_is_smooth_enough_does_not_show() {
    assert!((order(4.0) - 2.0).abs() < 0.02);
}
