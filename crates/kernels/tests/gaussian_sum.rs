//! The sum of Gaussians against the power, and the bound of its error.

use proptest::prelude::*;
use semiclassical_kernels::{GaussianSum, KernelError};

/// The largest relative error at n points, equidistant in ln s.
fn worst(sum: &GaussianSum, [low, high]: [f64; 2], n: usize) -> f64 {
    let at = |i: usize| low * ((high / low).ln() * i as f64 / (n - 1) as f64).exp();
    (0..n).map(|i| (sum.value(at(i)) * at(i).powf(sum.alpha()) - 1.0).abs()).fold(0.0, f64::max)
}

#[test]
fn the_bound_holds_on_a_dense_grid_and_is_no_idle_one() {
    for alpha in [0.1, 0.25, 0.5, 0.75, 0.9, 1.0] {
        for range in [[1e-6, 1e3], [1e-3, 40.0]] {
            for tolerance in [1e-3, 1e-6, 1e-9, 1e-12] {
                let sum = GaussianSum::new(alpha, range, tolerance).unwrap();
                let (error, bound) = (worst(&sum, range, 4001), sum.error_bound());
                assert!(error <= bound && bound <= tolerance, "{error:.2e} {bound:.2e}");
                assert!(error >= 0.8 * tolerance, "{error:.2e} is far below {tolerance:.0e}");
            }
        }
    }
}

/// The number of Gaussians, and that of the trapezoid rule without its reduction.
#[test]
fn the_sums_are_short() {
    let table = [
        (0.1, [54, 457], [116, 1690], [30, 433], [65, 1638]),
        (0.25, [59, 235], [122, 779], [33, 209], [68, 726]),
        (0.5, [64, 158], [127, 469], [35, 130], [70, 413]),
        (0.75, [67, 132], [130, 365], [37, 103], [72, 307]),
        (1.0, [69, 120], [133, 313], [39, 90], [74, 254]),
    ];
    let (wide, narrow) = ([1e-6, 1e3], [1e-3, 40.0]);
    for (alpha, wide_coarse, wide_fine, narrow_coarse, narrow_fine) in table {
        for (range, tolerance, expected) in [
            (wide, 1e-6, wide_coarse),
            (wide, 1e-12, wide_fine),
            (narrow, 1e-6, narrow_coarse),
            (narrow, 1e-12, narrow_fine),
        ] {
            let sum = GaussianSum::new(alpha, range, tolerance).unwrap();
            assert_eq!([sum.terms().len(), sum.trapezoid_len()], expected, "α = {alpha}, {tolerance:.0e}");
        }
    }
}

/// Control: below r_min the sum stays finite and the power does not.
#[test]
fn a_cut_off_too_large_for_the_distances_misses() {
    let sum = GaussianSum::new(0.5, [1e-2, 10.0], 1e-9).unwrap();
    assert!(worst(&sum, [1e-3, 10.0], 501) > 1e-2);
    assert!(worst(&sum, [1e-2, 1e6], 501) > 1e-2);
    assert!(sum.value(0.0).is_finite());
}

/// With the narrower Gaussians of the trapezoid rule the range reaches further down, to the aliasing alone.
#[test]
fn narrower_gaussians_extend_the_range() {
    let sum = GaussianSum::new(0.6, [1e-2, 10.0], 1e-9).unwrap();
    for s in [1e-5_f64, 1e-4, 3e-3] {
        let narrower: f64 = sum
            .narrower()
            .take_while(|term| term.radius > 0.1 * s)
            .map(|term| term.weight * (-(s / term.radius).powi(2)).exp())
            .sum();
        assert!(((sum.value(s) + narrower) * s.powf(0.6) - 1.0).abs() < 1e-9);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn every_sum_keeps_its_bound(
        alpha in 0.005..=1.0_f64,
        low in -7.0..=2.0_f64,
        decades in 0.01..=9.0_f64,
        digits in 1.0..=12.5_f64,
    ) {
        let range = [10.0_f64.powf(low), 10.0_f64.powf(low + decades)];
        let tolerance = 10.0_f64.powf(-digits);
        let sum = GaussianSum::new(alpha, range, tolerance).unwrap();
        prop_assert!(sum.error_bound() <= tolerance);
        prop_assert!(worst(&sum, range, 401) <= sum.error_bound());
        prop_assert!(sum.terms().is_sorted_by(|a, b| a.radius < b.radius));
        prop_assert!(sum.terms().iter().all(|t| t.weight > 0.0 && t.radius.is_finite()));
    }

    #[test]
    fn the_derivative_is_that_of_the_power(alpha in 0.05..=1.0_f64, exponent in -3.0..=1.0_f64) {
        let sum = GaussianSum::new(alpha, [1e-3, 10.0], 1e-11).unwrap();
        let s = 10.0_f64.powf(exponent);
        // f bounded by 1e-11 in a sector loses a factor 1/(its angle) in sf′
        prop_assert!((sum.derivative(s) * s.powf(alpha + 1.0) / -alpha - 1.0).abs() < 1e-8);
        prop_assert_eq!(sum.derivative(s), -sum.derivative(-s));
    }
}

#[test]
fn what_has_no_bound_is_refused() {
    let refused = |alpha, range, tolerance| GaussianSum::new(alpha, range, tolerance).is_err();
    assert!(
        refused(1.2, [0.1, 1.0], 1e-6)
            && refused(0.0, [0.1, 1.0], 1e-6)
            && refused(f64::NAN, [0.1, 1.0], 1e-6)
    );
    assert!(refused(0.5, [0.0, 1.0], 1e-6) && refused(0.5, [1.0, 0.1], 1e-6));
    assert!(refused(0.5, [0.1, 1.0], 1e-15) && refused(0.5, [0.1, 1.0], 1.0));
    let sum = GaussianSum::new(0.5, [0.1, 1.0], 1e-6).unwrap();
    assert_eq!((sum.alpha(), sum.range()), (0.5, [0.1, 1.0]));
    assert!(matches!(
        GaussianSum::new(0.5, [0.1, f64::INFINITY], 1e-6),
        Err(KernelError::OutOfRange { parameter: "r_max", .. })
    ));
}
