//! Polynomials of degree 9, those of local interpolation.

/// Σ_q c_q s^q in pairs: fewer sums wait for one another than in Horner's form.
#[inline]
pub(crate) fn polynomial(c: &[f64; 10], s: f64) -> f64 {
    let (s2, s4) = (s * s, (s * s) * (s * s));
    let low = (c[0] + c[1] * s) + s2 * (c[2] + c[3] * s);
    let middle = (c[4] + c[5] * s) + s2 * (c[6] + c[7] * s);
    low + s4 * (middle + s4 * (c[8] + c[9] * s))
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
}
