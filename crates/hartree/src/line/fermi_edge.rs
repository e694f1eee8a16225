//! The Fermi edge of the oscillator sea of V_ext = s²x² in phase space, where H = v² + s²x² passes E_F = 2s.
//!
//! The Weyl symbol of e^{−iτ(−ε²Δ+s²x²)/ε} is sec(sτ)·e^{−iH tan(sτ)/(sε)}, and tan(sτ)/s = τ + s²τ³/3 + …, so that for H near E_F
//!
//! 2πW_N = (2πi)⁻¹∫e^{i(E_F−H)τ/ε − iE_F s²τ³/3ε}dτ/(τ−i0) + … = ∫_b^∞Ai(u)du + O(ε^{2/3}),
//!
//! b = (H − E_F)/(ε²E_Fs²)^{1/3} = 2^{2/3}a,  a = (H/E_F − 1)ε^{−2/3}:
//!
//! the edge is ε^{2/3} wide. Smoothed with the Gaussian of Husimi's function, which is √ε wide, it is Airy's no more: for s = 1,
//! 2πH_N = ½erfc(d) + O(√ε) with d = (|z| − √2)/√ε the distance from the circle |z|² = x² + v² = 2.

use std::f64::consts::PI;

use num_complex::Complex64;

use super::oscillator_sea::alternating_laguerre;

/// 2^{2/3}, from a to Airy's variable.
pub const WIGNER_EDGE_SCALE: f64 = 1.587_401_051_968_199_5;

/// 2πW_N at H = E_F(1 + aε^{2/3}), N = n = 1/ε, as it is: 2Σ_{k<n}(−1)ᵏL_k(X)e^{−X/2}, X = 4nH/E_F.
pub fn sea_at_the_edge(a: f64, n: usize) -> f64 {
    let count = n as f64;
    2.0 * alternating_laguerre(4.0 * count * (1.0 + a * count.powf(-2.0 / 3.0)), &vec![1.0; n])
}

/// 2πW_N at H = E_F(1 + aε^{2/3}), as ε → 0: ∫_{2^{2/3}a}^∞Ai(u)du.
pub fn wigner_edge(a: f64) -> f64 {
    airy_tail(WIGNER_EDGE_SCALE * a)
}

/// 2πH_N at the distance d√ε from the circle |z|² = 2, as ε → 0: ½erfc(d), s = 1.
pub fn husimi_edge(d: f64) -> f64 {
    0.5 * libm::erfc(d)
}

/// ∫_b^∞Ai(u)du = (2πi)⁻¹∫e^{t³/3−bt}dt/t over Re t = c > 0, by the trapezoidal rule in Im t.
///
/// The integrand falls like e^{−c|Im t|²}, and c is the saddle √b where there is one: the rule converges faster than any power. The
/// error is some 10⁻¹⁵ for b > 0 and grows like e^{|b|/2} for b < 0: 10⁻¹³ at b = −12.
pub fn airy_tail(b: f64) -> f64 {
    let c = b.max(0.0).sqrt().max(0.5);
    // the pole at 0 costs e^{−2πc/h}, the width of the Gaussian e^{−π²/(ch²)}
    let h = (c / 6.0).min(0.45 / c.sqrt());
    let points = (40.0 / c).sqrt() / h;
    let term = |j: usize| {
        let t = Complex64::new(c, j as f64 * h);
        ((t * t * t / 3.0 - b * t).exp() / t).re
    };
    h / PI * (0.5 * term(0) + (1..=points as usize).map(term).sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1/3 − ∫_0^b Σ a_n uⁿ du, a_{n+3} = a_n/((n+2)(n+3)), Ai(0) = 3^{−2/3}/Γ(2/3), Ai′(0) = −3^{−1/3}/Γ(1/3).
    fn by_its_series(b: f64) -> f64 {
        let third = 1.0 / 3.0_f64;
        let mut a = [3.0_f64.powf(-2.0 * third) / libm::tgamma(2.0 * third), 0.0, 0.0];
        a[1] = -(3.0_f64.powf(-third)) / libm::tgamma(third);
        let (mut sum, mut power) = (third, b);
        for n in 0..120 {
            sum -= a[n % 3] * power / (n + 1) as f64;
            a[n % 3] /= ((n + 2) * (n + 3)) as f64;
            power *= b;
        }
        sum
    }

    #[test]
    fn the_contour_gives_the_series() {
        for b in [-5.0, -3.3, -1.0, 0.0, 0.2, 1.0, 2.5] {
            let off = airy_tail(b) - by_its_series(b);
            assert!(off.abs() < 1e-13 * (1.0 + (-b).max(0.0).exp()), "b = {b}: {off:.1e}");
        }
        assert!((airy_tail(0.0) - 1.0 / 3.0).abs() < 1e-15);
    }

    /// ∫_b^∞Ai ≈ e^{−z}/(2√π b^{3/4})·(1 − 41/(72z) + …), z = 2b^{3/2}/3; and 1 far inside, with oscillations of amplitude |b|^{−3/4}/√π.
    #[test]
    fn far_outside_and_far_inside() {
        let b = 40.0_f64;
        let z = 2.0 / 3.0 * b.powf(1.5);
        let leading = (-z).exp() / (2.0 * PI.sqrt() * b.powf(0.75));
        assert!((airy_tail(b) / leading - (1.0 - 41.0 / (72.0 * z))).abs() < 1e-4);
        let b = -12.0_f64;
        let phase = 2.0 / 3.0 * (-b).powf(1.5) + 0.25 * PI;
        let oscillating = 1.0 - phase.cos() / (PI.sqrt() * (-b).powf(0.75));
        assert!((airy_tail(b) - oscillating).abs() < 3e-3 && (oscillating - 1.0).abs() > 0.01);
    }
}
