//! The mean of e^{i(p·Rx + q·Rv)} over rotations R of R³.
//!
//! With the singular values s₁ ≥ s₂ of p xᵀ + q vᵀ, which has rank two,
//!
//! ∫_{SO(3)} e^{i tr(Rᵀ(p xᵀ + q vᵀ))} dR = ½∫_{−1}^{1} J₀(½(s₁−s₂)(1−u)) J₀(½(s₁+s₂)(1+u)) du = A(s₁−s₂, s₁+s₂),
//!
//! (s₁±s₂)² = |p|²|x|² + |q|²|v|² + 2(p·q)(x·v) ± 2|p×q||x×v|; sin(s)/s for p ∥ q. It is the normalisation of the matrix von Mises–Fisher
//! distribution (A. T. A. Wood, Austral. J. Statist. 35 (1993) 69–79) at an imaginary argument.

use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use phase_space::eight_points;
use rayon::prelude::*;

/// Distance of the points of the table: eighth derivatives are below 1, and its error 10⁻³ of the eighth power.
const SPACING: f64 = 0.25;
/// Nodes beyond half a radian each, and points of the table before 0 and beyond its end.
const MORE: usize = 16;
const MARGIN: usize = 4;

/// A on a grid of both arguments, interpolated through 8×8 points.
pub(super) struct RotationMeans {
    n: usize,
    values: Vec<f64>,
}

impl RotationMeans {
    /// For s₁+s₂ ≤ `largest`.
    pub(super) fn new(largest: f64) -> Self {
        let n = (largest / SPACING).ceil() as usize + 2 * MARGIN + 1;
        let nodes = NonZeroUsize::MIN.saturating_add((0.5 * largest) as usize + MORE);
        let rule = GaussLegendre::new(nodes);
        let nodes: Vec<(f64, f64)> = rule.iter().map(|(u, w)| (0.5 * (1.0 + u), 0.5 * w)).collect();
        let place = |i: usize| SPACING * (i as f64 - MARGIN as f64);
        // [i·nodes + k] = J₀(s_i u_k); 1 − u runs through the nodes backwards
        let waves: Vec<f64> = (0..n)
            .into_par_iter()
            .flat_map_iter(|i| nodes.iter().map(move |(u, _)| libm::j0(place(i) * u)).collect::<Vec<_>>())
            .collect();
        let of = |i: usize| &waves[i * nodes.len()..][..nodes.len()];
        let value = |at: usize| -> f64 {
            let (minus, plus) = (of(at / n), of(at % n));
            minus.iter().rev().zip(plus).zip(&nodes).map(|((a, b), (_, w))| w * a * b).sum()
        };
        Self { n, values: (0..n * n).into_par_iter().map(value).collect() }
    }

    /// A(s₁−s₂, s₁+s₂).
    pub(super) fn at(&self, minus: f64, plus: f64) -> f64 {
        let [(i, a), (j, b)] = [minus, plus].map(|s| eight_points(s / SPACING));
        // the eight columns side by side: no sum waits for another
        let mut columns = [0.0; 8];
        for (k, a) in a.iter().enumerate() {
            let row = &self.values[(i + k) * self.n + j..][..8];
            columns.iter_mut().zip(row).for_each(|(column, value)| *column += a * value);
        }
        columns.iter().zip(&b).map(|(column, b)| column * b).sum()
    }
}

/// s₁−s₂ and s₁+s₂ of p xᵀ + q vᵀ, from |p|, |q| and their angle, and from x and v in their plane.
pub(super) fn singular_values([p, q, angle]: [f64; 3], z: &[f64; 4]) -> [f64; 2] {
    let (sine, cosine) = angle.sin_cos();
    let [x, v] = [z[0] * z[0] + z[1] * z[1], z[2] * z[2] + z[3] * z[3]];
    let (inner, outer) = (z[0] * z[2] + z[1] * z[3], (z[0] * z[3] - z[1] * z[2]).abs());
    let square = p * p * x + q * q * v + 2.0 * p * q * cosine * inner;
    let product = 2.0 * p * q * sine * outer;
    [(square - product).max(0.0).sqrt(), (square + product).sqrt()]
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{PI, TAU};

    use super::*;

    /// The mean over Euler's angles, by rules that are exact to round-off.
    fn slow([p, q, angle]: [f64; 3], z: [f64; 4]) -> f64 {
        let (sine, cosine) = angle.sin_cos();
        let (n, m) = (48, 32);
        let rule = GaussLegendre::new(NonZeroUsize::new(m).unwrap_or(NonZeroUsize::MIN));
        let mut sum = 0.0;
        for (i, k) in (0..n).flat_map(|i| (0..n).map(move |k| (i, k))) {
            let ((sa, ca), (sc, cc)) =
                ((TAU * i as f64 / n as f64).sin_cos(), (TAU * k as f64 / n as f64).sin_cos());
            for (cb, w) in rule.iter() {
                // R = R_z(a)R_x(b)R_z(c) on vectors of the plane
                let rotated = |x: f64, y: f64| {
                    let (x, y) = (cc * x - sc * y, sc * x + cc * y);
                    [ca * x - sa * cb * y, sa * x + ca * cb * y]
                };
                let ([x, _], v) = (rotated(z[0], z[1]), rotated(z[2], z[3]));
                sum += w * (p * x + q * (cosine * v[0] + sine * v[1])).cos();
            }
        }
        sum / (2 * n * n) as f64
    }

    #[test]
    fn the_mean_is_the_integral_over_rotations() {
        let means = RotationMeans::new(40.0);
        for (pq, z) in [
            ([1.0, 2.0, 0.7], [0.8, 0.0, -0.4, 1.3]),
            ([3.0, 1.0, PI / 2.0], [1.5, 0.2, 0.3, 0.9]),
            ([0.5, 4.0, 2.5], [0.3, -0.7, 1.1, 0.6]),
            ([2.0, 2.0, 0.0], [1.0, 0.5, 0.2, 1.0]),
        ] {
            let [minus, plus] = singular_values(pq, &z);
            let (fast, slow) = (means.at(minus, plus), slow(pq, z));
            assert!((fast - slow).abs() < 1e-7 && slow.abs() > 1e-3, "{pq:?} {z:?}: {fast} {slow}");
        }
        // p ∥ q
        assert!((means.at(3.3, 3.3) - 3.3_f64.sin() / 3.3).abs() < 1e-8);
    }
}
