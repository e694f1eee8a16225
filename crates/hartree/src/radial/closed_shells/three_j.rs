//! (ℓ k ℓ′; 0 0 0)², the square of Wigner's 3j symbol, by Racah's closed form.
//!
//! For 2g = ℓ+k+ℓ′ even, |ℓ−ℓ′| ≤ k ≤ ℓ+ℓ′, and 0 otherwise,
//!
//! (ℓ k ℓ′; 0 0 0)² = A(g−ℓ) A(g−k) A(g−ℓ′)/((2g+1) A(g)),  A(n) = (2n)!/(4ⁿ n!²) = Π_{i=1}^n (1 − 1/(2i)),
//!
//! which is Adams' formula P_ℓ P_k = Σ_ℓ′ (2ℓ′+1)(ℓ k ℓ′; 0 0 0)² P_ℓ′. No factorial is formed.

/// (ℓ k ℓ′; 0 0 0)².
pub(super) fn three_j_squared(l: usize, k: usize, other: usize) -> f64 {
    let sum = l + k + other;
    if sum % 2 == 1 || k > l + other || l > k + other || other > k + l {
        return 0.0;
    }
    let g = sum / 2;
    central(g - l) * central(g - k) * central(g - other) / ((2 * g + 1) as f64 * central(g))
}

/// A(n).
fn central(n: usize) -> f64 {
    (1..=n).map(|i| 1.0 - 0.5 / i as f64).product()
}

#[cfg(test)]
mod tests {
    use super::super::panels::legendre;
    use super::*;

    #[test]
    fn tabulated_values() {
        for (l, k, other, exact) in [
            (0, 0, 0, 1.0),
            (0, 3, 3, 1.0 / 7.0),
            (1, 1, 2, 2.0 / 15.0),
            (1, 2, 1, 2.0 / 15.0),
            (2, 2, 2, 2.0 / 35.0),
            (2, 2, 4, 2.0 / 35.0),
            (1, 3, 2, 3.0 / 35.0),
            (1, 1, 1, 0.0),
            (1, 5, 2, 0.0),
        ] {
            assert!((three_j_squared(l, k, other) - exact).abs() < 1e-15, "({l} {k} {other})");
        }
    }

    #[test]
    fn products_of_legendre_polynomials_are_their_sums() {
        for (l, k) in [(0, 5), (3, 4), (20, 17), (60, 60)] {
            for x in [-0.9, 0.123, 0.7] {
                let p = legendre(x, l + k + 1);
                let sum: f64 =
                    (0..=l + k).map(|m| (2 * m + 1) as f64 * three_j_squared(l, k, m) * p[m]).sum();
                assert!((sum - p[l] * p[k]).abs() < 1e-13, "{l} {k} {x}: {sum}");
            }
        }
    }
}
