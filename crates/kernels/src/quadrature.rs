//! Checked integrals ∫_a^b f(x) dx: the double exponential rule, confirmed by a second rule.
//!
//! The rule of the `quadrature` crate replaces NaN and ∞ by 0, and its own error estimate can be far too small.
//! Here a non-finite value is an error, and the same rule on three unequal pieces, whose nodes lie elsewhere,
//! must give the same integral. Neither rule evaluates the end points, so integrable singularities may sit there.

use std::cell::Cell;

use crate::Measured;

/// Where [a, b] is cut for the second rule, as fractions of b − a: no simple ratios, so that no nodes coincide.
const CUTS: [f64; 4] = [0.0, 0.271_828_182_8, 0.613_706_938_4, 1.0];

/// Why an integral has no value.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum QuadratureError {
    /// The limits are not finite or not increasing.
    #[error("the limits of integration [{a}, {b}] are not finite and increasing")]
    Limits {
        /// Lower limit.
        a: f64,
        /// Upper limit.
        b: f64,
    },
    /// The integrand is NaN or infinite at an interior point.
    #[error("the integrand is {value} at x = {x}")]
    NotFinite {
        /// The point.
        x: f64,
        /// The value there.
        value: f64,
    },
    /// The two rules disagree by more than the tolerance.
    #[error(
        "two quadrature rules give {value} and differ by {error:.1e}, above the tolerance {tolerance:.1e}"
    )]
    NotConfirmed {
        /// The integral by the finer rule.
        value: f64,
        /// The disagreement.
        error: f64,
        /// What was allowed.
        tolerance: f64,
    },
}

/// ∫_a^b f(x) dx to the absolute `tolerance`, with an error that two rules agree on.
///
/// # Errors
/// Limits that do not increase, a non-finite integrand, or rules that disagree by more than `tolerance`.
pub fn integrate(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    tolerance: f64,
) -> Result<Measured, QuadratureError> {
    if !(a.is_finite() && b.is_finite() && a < b) {
        return Err(QuadratureError::Limits { a, b });
    }
    let offender: Cell<Option<(f64, f64)>> = Cell::new(None);
    let scale = Cell::new(0.0_f64);
    let watched = |x: f64| {
        let value = f(x);
        if value.is_finite() {
            scale.set(scale.get().max(value.abs()));
        } else if offender.get().is_none() {
            offender.set(Some((x, value)));
        }
        value
    };
    let target = 0.1 * tolerance;
    let coarse = quadrature::integrate(watched, a, b, target);
    let (mut value, mut estimate) = (0.0, 0.0);
    for cut in CUTS.windows(2) {
        let piece = quadrature::integrate(watched, a + cut[0] * (b - a), a + cut[1] * (b - a), target);
        value += piece.integral;
        estimate += piece.error_estimate.abs();
    }
    if let Some((x, value)) = offender.get() {
        return Err(QuadratureError::NotFinite { x, value });
    }
    // The pieces near a singular end point miss about half of what the whole misses: twice the difference is honest.
    let round_off = 32.0 * f64::EPSILON * (scale.get() * (b - a)).min(1e3 * value.abs().max(tolerance));
    let error = (2.0 * (value - coarse.integral).abs()).max(estimate) + round_off;
    if error > tolerance + 2.0 * round_off {
        return Err(QuadratureError::NotConfirmed { value, error, tolerance });
    }
    Ok(Measured { value, error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_integral_is_exact_and_its_error_honest() {
        let exact = std::f64::consts::E - 1.0;
        let measured = integrate(f64::exp, 0.0, 1.0, 1e-12).unwrap();
        assert!((measured.value - exact).abs() <= 1e-13);
        assert!((measured.value - exact).abs() <= measured.error, "{measured:?}");
    }

    #[test]
    fn an_end_point_singularity_is_integrated() {
        // nodes reach x ≈ 1e-15 and no nearer, so that √x ≈ 3e-8 of the integral is missed, and said to be
        let measured = integrate(|x| x.powf(-0.5), 0.0, 1.0, 1e-6).unwrap();
        assert!((measured.value - 2.0).abs() <= measured.error, "{measured:?}");
        assert!(integrate(|x| x.powf(-0.5), 0.0, 1.0, 1e-12).is_err());
    }

    #[test]
    fn what_the_bare_rule_hides_is_an_error() {
        let hidden = integrate(|_| f64::NAN, 0.0, 1.0, 1e-9);
        assert!(matches!(hidden, Err(QuadratureError::NotFinite { .. })));
        let reversed = integrate(f64::exp, 1.0, 0.0, 1e-9);
        assert!(matches!(reversed, Err(QuadratureError::Limits { .. })));
        let oscillating = integrate(|x| (3000.0 * x).sin().abs(), 0.0, 1.0, 1e-9);
        assert!(matches!(oscillating, Err(QuadratureError::NotConfirmed { .. })));
    }
}
