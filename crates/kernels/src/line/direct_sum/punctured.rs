//! The trapezoid rule for ∫|r|^(−α)f(r)dr, without the point r = 0 and corrected for it.
//!
//! For f(r) = e^{iθr/h} the sum over m ≠ 0 differs from the integral by a power series (Navot; Jonquière's expansion of the
//! polylogarithm), which converges for |θ| < 2π, that is, for every f that the points resolve (|θ| ≤ π):
//!
//! ∫|r|^(−α)f(r)dr = h Σ_{m≠0}|mh|^(−α)f(mh) + h^{1−α} Σ_{q≥0}(−1)^q a_q h^{2q} f^{(2q)}(0),
//! a_q = −2(−1)^q ζ(α−2q)/(2q)!,  0 < α < 1.
//!
//! The series C(θ) = Σ_q a_qθ^{2q} is the symbol of a convolution on the points: with c_m its Fourier coefficients,
//!
//! ∫|r|^(−α)f(r)dr = h^{1−α} Σ_m w_m f(mh),  w_m = |m|^(−α)1_{m≠0} + c_m.
//!
//! No Fourier transform of |x|^(−α) enters, and none of its Gaussians: only ζ, by the sum that defines it.

use std::f64::consts::TAU;

/// Terms of C(θ): at |θ| = π they fall by a factor of 4 each, from a_0 to less than round-off.
const TERMS: usize = 30;

/// w_m, m = 0..count: exact for trigonometric polynomials of period 2·count.
pub(super) fn weights(alpha: f64, count: usize) -> Vec<f64> {
    let punctured = |m: usize| if m == 0 { 0.0 } else { (m as f64).powf(-alpha) };
    let correction = cosine_coefficients(&symbol(alpha), count);
    correction.into_iter().enumerate().map(|(m, c)| punctured(m) + c).collect()
}

/// a_q = −2(−1)^q ζ(α−2q)/(2q)!, where the functional equation of ζ, at α and at α−2q, gives
///
/// (−1)^q ζ(α−2q)/(2q)! = ζ(α) (2π)^{−2q} ζ(2q+1−α)/ζ(1−α) Π_{p=1}^{2q}(p−α)/p.
fn symbol(alpha: f64) -> Vec<f64> {
    let first = -2.0 * zeta(alpha);
    let mut product = 1.0 / zeta(1.0 - alpha);
    let mut coefficients = vec![first];
    for q in 1..TERMS {
        let p = 2.0 * q as f64;
        product *= (p - 1.0 - alpha) * (p - alpha) / ((p - 1.0) * p * TAU * TAU);
        coefficients.push(first * product * zeta(p + 1.0 - alpha));
    }
    coefficients
}

/// c_m = P^{−1} Σ_k C(θ_k) cos(θ_k m), θ_k = 2πk/P ∈ [−π, π), P = 2·count: the direct sum.
fn cosine_coefficients(symbol: &[f64], count: usize) -> Vec<f64> {
    let period = 2 * count;
    let angle = |k: usize| TAU * k as f64 / period as f64;
    let at = |theta: f64| symbol.iter().rev().fold(0.0, |sum, a| sum * theta * theta + a);
    let cosines: Vec<f64> = (0..period).map(|k| angle(k).cos()).collect();
    // ±k together; k = 0 and k = count stand alone
    let values: Vec<f64> =
        (0..=count).map(|k| if k == 0 || k == count { at(angle(k)) } else { 2.0 * at(angle(k)) }).collect();
    let coefficient = |m: usize| {
        let sum: f64 = values.iter().enumerate().map(|(k, value)| value * cosines[k * m % period]).sum();
        sum / period as f64
    };
    (0..count).map(coefficient).collect()
}

/// ζ(s), s > 0, s ≠ 1, by Euler and Maclaurin:
///
/// ζ(s) = Σ_{n<N}n^{−s} + N^{1−s}/(s−1) + N^{−s}/2 + Σ_k B_{2k}/(2k)!·s(s+1)…(s+2k−2)N^{−s−2k+1}, N = 12.
fn zeta(s: f64) -> f64 {
    const CUT: u32 = 12;
    /// B_{2k}, k = 1..=8; the next term is below 1e-16 of the sum.
    const BERNOULLI: [f64; 8] = [
        1.0 / 6.0,
        -1.0 / 30.0,
        1.0 / 42.0,
        -1.0 / 30.0,
        5.0 / 66.0,
        -691.0 / 2730.0,
        7.0 / 6.0,
        -3617.0 / 510.0,
    ];
    let cut = f64::from(CUT);
    let tail = cut.powf(-s);
    let mut sum: f64 = (1..CUT).rev().map(|n| f64::from(n).powf(-s)).sum();
    sum += tail * (cut / (s - 1.0) + 0.5);
    // s(s+1)…(s+2k−2)N^{−s−2k+1}/(2k)!
    let mut factor = 0.5 * s * tail / cut;
    for (k, bernoulli) in (1..).zip(BERNOULLI) {
        sum += bernoulli * factor;
        let p = f64::from(2 * k);
        factor *= (s + p - 1.0) * (s + p) / ((p + 1.0) * (p + 2.0) * cut * cut);
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    #[test]
    fn zeta_has_its_known_values() {
        let known = [
            (0.5, -1.460_354_508_809_586_8),
            (0.9, -9.430_114_019_402_25),
            (0.1, -0.603_037_519_856_242),
            (2.0, PI * PI / 6.0),
            (4.0, PI.powi(4) / 90.0),
            (58.0, 1.0),
        ];
        for (s, value) in known {
            assert!((zeta(s) / value - 1.0).abs() < 1e-14, "ζ({s}) = {} and not {value}", zeta(s));
        }
    }

    /// (−1)^q ζ(α−2q)/(2q)! as α → 0 and α → 1: ζ(0) = −½, ζ(−2q) = 0; ζ(−1) = −1/12, ζ(−3) = 1/120.
    #[test]
    fn the_symbol_has_the_values_of_zeta_at_the_integers() {
        let small = symbol(1e-12);
        assert!((small[0] - 1.0).abs() < 1e-11 && small[1..].iter().all(|a| a.abs() < 1e-11));
        let near_one = symbol(1.0 - 1e-9);
        for (a, exact) in near_one[1..].iter().zip([-2.0 / 24.0, -2.0 / 2880.0]) {
            assert!((a / exact - 1.0).abs() < 1e-7, "{a} {exact}");
        }
    }

    /// ∫|r|^(−α)e^{−r²}dr = Γ((1−α)/2), f^{(2q)}(0) = (−1)^q(2q)!/q!: the rule with q < Q terms has order 2Q + 1 − α,
    /// without any (control) 1 − α.
    #[test]
    fn every_term_of_the_correction_adds_two_orders() {
        for alpha in [0.1, 0.5, 0.9] {
            let error = |h: f64, terms: usize| {
                let sum: f64 =
                    (1..400).map(|m| h * f64::from(m)).map(|r| r.powf(-alpha) * (-r * r).exp()).sum();
                let mut ratio = 1.0;
                let mut correction = 0.0;
                for (q, a) in (0..).zip(&symbol(alpha)[..terms]) {
                    correction += a * ratio * h.powf(2.0 * f64::from(q) + 1.0 - alpha);
                    // (2q+2)!/(q+1)! · q!/(2q)!
                    ratio *= f64::from(4 * q + 2);
                }
                (2.0 * h * sum + correction - libm::tgamma(0.5 * (1.0 - alpha))).abs()
            };
            for terms in 0..4 {
                let order = (error(0.1, terms) / error(0.05, terms)).log2();
                let claimed = 2.0 * f64::from(u32::try_from(terms).unwrap()) + 1.0 - alpha;
                assert!((order / claimed - 1.0).abs() < 0.05, "α = {alpha}, {terms} terms: order {order:.3}");
            }
            assert!(error(0.1, 0) > 1e-3 && error(0.1, 12) < 1e-14, "{:.1e}", error(0.1, 12));
        }
    }
}
