//! |x−y|^{−α}, 0 < α < 1, by spherical waves: its Legendre coefficients as sums of products.
//!
//! With V̂(q) = C q^{α−3}, C = π^{3/2}2^{3−α}Γ((3−α)/2)/Γ(α/2), and Gegenbauer's j₀(q|x−y|) = Σ_k(2k+1)j_k(qr)j_k(qs)P_k,
//!
//! v_k(r,s) = ((2k+1)C/2π²) ∫₀^∞ q^{α−1} j_k(qr) j_k(qs) dq.
//!
//! No kink at r = s is ever sampled: what is integrated against two functions is their transforms ∫f j_k(qr)dr, and for products of
//! oscillator functions those are nothing beyond the sum of two of their momenta, which ends the integral.

use std::f64::consts::PI;
use std::num::NonZeroUsize;

use gauss_quad::{FiniteAboveNegOneF64, GaussJacobi, GaussLegendre};
use rayon::prelude::*;

use super::panels::Panels;

/// Nodes a panel. Even: the Gauss–Jacobi rule of the library puts a node of an odd rule at the wrong place.
const NODES: NonZeroUsize = NonZeroUsize::new(40).unwrap();

/// q(r+s) along a panel.
const PHASE: f64 = 60.0;

/// M_k[i,j] = w_i w_j v_k(r_i,r_j), q ≤ `end`: lower triangles. `None` for an α that no rule carries.
pub(super) fn inverse_power(
    strength: f64,
    alpha: f64,
    panels: &Panels,
    end: f64,
    last: usize,
) -> Option<Vec<Vec<f64>>> {
    let gammas = libm::tgamma(0.5 * (3.0 - alpha)) / libm::tgamma(0.5 * alpha);
    let constant = strength * PI.powf(1.5) * 2.0_f64.powf(3.0 - alpha) * gammas / (2.0 * PI * PI);
    let (r, w) = (panels.radii(), panels.weights());
    let rule = rule(alpha - 1.0, end, 2.0 * r[r.len() - 1])?;
    // waves[i][m][k] = j_k(q_m r_i)
    let at = |r: &f64| rule.iter().map(|(q, _)| spherical_bessel(q * r, last)).collect();
    let waves: Vec<Vec<Vec<f64>>> = r.par_iter().map(at).collect();
    let triangle = |k: usize| {
        let scale = constant * (2 * k + 1) as f64;
        let column: Vec<Vec<f64>> = waves.iter().map(|wave| wave.iter().map(|j| j[k]).collect()).collect();
        let entry = |(i, j): (usize, usize)| {
            let waves = column[i].iter().zip(&column[j]).zip(&rule);
            w[i] * w[j] * scale * waves.map(|((a, b), (_, weight))| weight * a * b).sum::<f64>()
        };
        (0..r.len()).flat_map(|i| (0..=i).map(move |j| (i, j))).map(entry).collect()
    };
    Some((0..=last).into_par_iter().map(triangle).collect())
}

/// (q, weight) of ∫₀^end q^β f(q)dq, f turning like e^{iqL}: Gauss–Jacobi on the first panel.
fn rule(beta: f64, end: f64, length: f64) -> Option<Vec<(f64, f64)>> {
    let count = (end * length / PHASE).ceil().max(1.0) as usize;
    let half = 0.5 * end / count as f64;
    let first = GaussJacobi::new(NODES, FiniteAboveNegOneF64::new(0.0)?, FiniteAboveNegOneF64::new(beta)?);
    let mut nodes: Vec<(f64, f64)> =
        first.iter().map(|(x, w)| (half * (1.0 + x), half.powf(beta + 1.0) * w)).collect();
    let smooth = GaussLegendre::new(NODES);
    for panel in 1..count {
        let place = |x: f64| half * ((2 * panel + 1) as f64 + x);
        nodes.extend(smooth.iter().map(|(x, w)| (place(*x), half * w * place(*x).powf(beta))));
    }
    Some(nodes)
}

/// j_0(x), …, j_last(x), x > 0, by Miller's downward recurrence j_{k−1} = (2k+1)j_k/x − j_{k+1}, Σ(2k+1)j_k² = 1.
pub(super) fn spherical_bessel(x: f64, last: usize) -> Vec<f64> {
    const LARGE: f64 = 1e120;
    let start = last.max(x.ceil() as usize) + 30 + (4.0 * x.cbrt()) as usize;
    let mut j = vec![0.0; last + 1];
    let (mut above, mut here, mut sum) = (0.0_f64, 1.0 / LARGE, 0.0);
    for k in (0..=start).rev() {
        if k <= last {
            j[k] = here;
        }
        sum += (2 * k + 1) as f64 * here * here;
        if k > 0 {
            (above, here) = (here, (2 * k + 1) as f64 / x * here - above);
        }
        if here.abs() > LARGE {
            let scale = 1.0 / LARGE;
            (above, here, sum) = (above * scale, here * scale, sum * scale * scale);
            j.iter_mut().for_each(|j| *j *= scale);
        }
    }
    // here = j_0 and above = j_1 up to the scale, whose sign the larger of the two exact ones gives
    let (sin, cos) = x.sin_cos();
    let (zero, one) = (sin / x, (sin / x - cos) / x);
    let sign = if zero.abs() > one.abs() { zero * here } else { one * above };
    let scale = sum.sqrt().recip().copysign(sign);
    j.into_iter().map(|j| j * scale).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::functions::RadialFunctions;
    use super::*;

    #[test]
    fn spherical_bessel_functions() {
        for x in [0.001_f64, 0.3, 2.0, PI, 17.0, 90.0] {
            let j = spherical_bessel(x, 40);
            let (sin, cos) = x.sin_cos();
            assert!((j[0] - sin / x).abs() < 1e-14, "{x}: {} {}", j[0], sin / x);
            // the closed form of j_2 cancels like x^{−3}
            let two = (3.0 / x.powi(3) - 1.0 / x) * sin - 3.0 * cos / (x * x);
            let exact = if x < 0.1 { x * x / 15.0 * (1.0 - x * x / 14.0) } else { two };
            assert!((j[2] - exact).abs() < 1e-13, "{x}: {} {exact}", j[2]);
            // cos-free law: Σ(2k+1)(−1)^k j_k² = j_0(2x)
            let all = spherical_bessel(x, 160);
            let sum: f64 =
                all.iter().enumerate().map(|(k, j)| (2 * k + 1) as f64 * j * j * [1.0, -1.0][k % 2]).sum();
            assert!((sum - (2.0 * x).sin() / (2.0 * x)).abs() < 1e-12, "{x}: {sum}");
        }
    }

    #[test]
    fn the_rule_integrates_a_wave_with_a_singular_weight() {
        // ∫₀^12 q^{−1/2}cos(30q)dq by q = t²
        let wave: f64 = rule(-0.5, 12.0, 30.0).unwrap().iter().map(|(q, w)| w * (30.0 * q).cos()).sum();
        let fine = rule(0.0, 12.0_f64.sqrt(), 60.0 * 12.0_f64.sqrt()).unwrap();
        let exact: f64 = fine.iter().map(|(t, w)| 2.0 * w * (30.0 * t * t).cos()).sum();
        assert!((wave - exact).abs() < 1e-13 && wave.abs() > 0.01, "{wave} {exact}");
    }

    /// ∬ρ(x)ρ(y)|x−y|^{−α} = (2^{1/2}s)^{−α}Γ((3−α)/2)/Γ(3/2), s² = 2σ², for a normal ρ of variance σ² = ε/2.
    #[test]
    fn the_energy_of_a_normal_density() {
        let functions = RadialFunctions::oscillator(0.3, 1.0, 4, 0).unwrap();
        let panels = Panels::new(&functions, 1.0);
        let density: Vec<f64> = panels.radii().iter().map(|r| functions.at(0, *r)[0][0].powi(2)).collect();
        for alpha in [0.1, 0.4, 0.9, 1.0] {
            let m = inverse_power(1.0, alpha, &panels, functions.band().unwrap(), 0).unwrap();
            let entry = |i: usize, j: usize| m[0][i.max(j) * (i.max(j) + 1) / 2 + i.min(j)];
            let n = density.len();
            let energy: f64 =
                (0..n * n).map(|at| density[at / n] * entry(at / n, at % n) * density[at % n]).sum();
            let exact = 0.6_f64.powf(-0.5 * alpha) * libm::tgamma(0.5 * (3.0 - alpha)) / libm::tgamma(1.5);
            assert!((energy - exact).abs() < 1e-11, "{alpha}: {energy} {exact}");
        }
    }
}
