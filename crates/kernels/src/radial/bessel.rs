//! j₀ and j₁ of the Fourier transform of a rotation-invariant function.

/// Below it the series, which has no cancellation.
const SMALL: f64 = 1.0;

/// j₀(x) = sin x/x.
pub(super) fn j0(x: f64) -> f64 {
    if x.abs() < SMALL { series(x * x, 1.0) } else { x.sin() / x }
}

/// j₁(x)/x = (sin x − x cos x)/x³ = −j₀′(x)/x.
pub(super) fn j1_over(x: f64) -> f64 {
    if x.abs() < SMALL {
        series(x * x, 3.0) / 3.0
    } else {
        let (sin, cos) = x.sin_cos();
        (sin - x * cos) / (x * x * x)
    }
}

/// Σ_m (−x²/2)^m/(m!·(a+2)(a+4)…(a+2m)): a = 1 gives j₀, a = 3 gives 3j₁/x.
fn series(square: f64, a: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for m in 1..=9 {
        let m = f64::from(m);
        term *= -0.5 * square / (m * (a + 2.0 * m));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_meets_the_closed_form() {
        for x in [0.999_999_9_f64, 1.0, 1.3] {
            assert!((series(x * x, 1.0) - x.sin() / x).abs() < 1e-15);
            assert!((series(x * x, 3.0) / 3.0 - (x.sin() - x * x.cos()) / x.powi(3)).abs() < 1e-15);
        }
        assert_eq!((j0(0.0), j1_over(0.0)), (1.0, 1.0 / 3.0));
    }

    #[test]
    fn j1_is_minus_the_slope_of_j0() {
        for x in [0.2, 0.7, 2.5, 31.0] {
            let slope = (j0(x + 1e-5) - j0(x - 1e-5)) / 2e-5;
            assert!((slope + x * j1_over(x)).abs() < 1e-10 && slope.abs() > 0.01, "{x}");
        }
    }
}
