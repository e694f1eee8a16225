//! Polynomials of degree 9, those of local interpolation.

/// Σ_q c_q s^q in pairs: fewer sums wait for one another than in Horner's form.
#[inline]
pub(crate) fn polynomial(c: &[f64; 10], s: f64) -> f64 {
    let (s2, s4) = (s * s, (s * s) * (s * s));
    let low = (c[0] + c[1] * s) + s2 * (c[2] + c[3] * s);
    let middle = (c[4] + c[5] * s) + s2 * (c[6] + c[7] * s);
    low + s4 * (middle + s4 * (c[8] + c[9] * s))
}

/// p, p′, p″ at s, by Horner's form.
pub(crate) fn polynomial_with_derivatives(c: &[f64; 10], s: f64) -> [f64; 3] {
    let step = |[p, first, half]: [f64; 3], c: &f64| [p * s + c, first * s + p, half * s + first];
    let [p, first, half] = c.iter().rev().fold([0.0; 3], step);
    [p, first, 2.0 * half]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_horner() {
        let c: [f64; 10] = std::array::from_fn(|q| (1.7 * q as f64).cos() / (q + 1) as f64);
        for s in [-1.0, -0.37, 0.0, 0.5, 1.0] {
            let horner = c.iter().rev().fold(0.0, |sum, c| sum * s + c);
            assert!((polynomial(&c, s) - horner).abs() < 1e-15, "{s}");
        }
    }

    #[test]
    fn derivatives_are_those_of_the_powers() {
        let c: [f64; 10] = std::array::from_fn(|q| (1.7 * q as f64).cos() / (q + 1) as f64);
        let s = 0.37_f64;
        let sum = |factor: fn(f64) -> f64, lower: i32| -> f64 {
            (lower..10).map(|q| c[q as usize] * factor(f64::from(q)) * s.powi(q - lower)).sum()
        };
        let exact = [sum(|_| 1.0, 0), sum(|q| q, 1), sum(|q| q * (q - 1.0), 2)];
        let found = polynomial_with_derivatives(&c, s);
        assert!(found.iter().zip(exact).all(|(a, b)| (a - b).abs() < 1e-14), "{found:?} {exact:?}");
    }
}
