//! Two scales against the whole state on one grid, and against what is known.
#![allow(clippy::unwrap_used)]

use std::f64::consts::TAU;
use std::sync::Arc;

use kernels::{Gaussian, Interaction, Quadratic};
use semiclassical_estimators::line::{Carriage, Resolution, TwoScale, pair, vlasov_reference};
use states::GaussianMixture;

fn two_scale(interaction: Arc<dyn Interaction>) -> TwoScale {
    let smooth = GaussianMixture::two_bumps().unwrap();
    TwoScale { interaction, smooth, width: 0.7, carriage: Carriage::default() }
}

fn gaussian() -> Arc<dyn Interaction> {
    Arc::new(Gaussian::new(1.0, 1.0).unwrap())
}

#[test]
fn both_scales_are_the_state_on_one_grid() {
    let (amplitude, times) = (0.01, [0.25, 1.0]);
    for (eps, frequency) in [(0.125, 12.0), (0.0625, 16.0)] {
        let problem = two_scale(gaussian());
        let measured = problem.measure(eps, &[frequency], &times).unwrap();
        let whole = problem.whole(amplitude, frequency).unwrap();
        let resolution = Resolution::for_problem(&whole, &times, 1e-11).unwrap();
        let reference = vlasov_reference(&whole, resolution, &times).unwrap();
        for (at, pair) in measured[0].iter().zip(pair(&whole, &reference, eps).unwrap()) {
            let estimate = problem.hilbert_schmidt(amplitude, frequency, at);
            let direct = TAU.sqrt() * pair.difference.l2();
            let budget = TAU.sqrt() * pair.budget(|d| d.l2());
            // the oscillation is most of it
            assert!(at.smooth.value < 0.4 * direct, "{at:?} {direct:e}");
            assert!(
                (estimate.value - direct).abs() <= estimate.error + budget && estimate.error < 2e-4 * direct,
                "ε = {eps}, t = {}: {estimate:?} against {direct:e} ± {budget:.1e}",
                at.time
            );
        }
    }
}

#[test]
fn a_quadratic_field_leaves_nothing() {
    let measured =
        two_scale(Arc::new(Quadratic::new(0.6).unwrap())).measure(1.0 / 64.0, &[32.0], &[0.5]).unwrap();
    let at = measured[0][0];
    assert!(at.carried.value < 1e-9 && at.duhamel.value < 1e-9 && at.smooth.value < 1e-10, "{at:?}");
}

#[test]
fn the_limit_of_large_frequencies() {
    let problem = two_scale(gaussian());
    // X = ε²y³ = 8 twice, and the same curve
    let distance = |eps: f64| {
        let at = problem.measure(eps, &[2.0 * eps.powf(-2.0 / 3.0)], &[0.5]).unwrap()[0][0];
        assert!(at.carried.error < 1e-4 * at.carried.value && at.carried.value <= at.duhamel.value, "{at:?}");
        (at.carried.value / at.eikonal.value - 1.0).abs()
    };
    let (coarse, fine) = (distance(1.0 / 64.0), distance(1.0 / 512.0));
    assert!(coarse < 0.03 && fine < 0.1 * coarse, "{coarse} {fine}");
}
