//! Legendre polynomials by their distance from c = 1, and the nodes in the angle θ, c = cos θ.

use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;

/// P_ℓ(1 − t) at many t at once, ℓ = 0, 1, 2, …
///
/// With d_ℓ = P_{ℓ+1} − P_ℓ the three-term recurrence is (ℓ+1)d_ℓ = ℓ d_{ℓ−1} − (2ℓ+1)t P_ℓ, in which no digit of a small t is lost.
pub struct Legendre<'a> {
    t: &'a [f64],
    l: usize,
    p: Vec<f64>,
    d: Vec<f64>,
}

impl<'a> Legendre<'a> {
    /// P_0 = 1.
    pub fn new(t: &'a [f64]) -> Self {
        Self { t, l: 0, p: vec![1.0; t.len()], d: vec![0.0; t.len()] }
    }

    /// P_ℓ(1 − t_i), ℓ not below that of the last call.
    pub fn at(&mut self, l: usize) -> &[f64] {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the feature was detected in the line above.
            unsafe { self.climb_avx2(l) };
            return &self.p;
        }
        self.climb(l);
        &self.p
    }

    /// [`Self::climb`] compiled for AVX2: the same operations, four at a time, and so the same bits.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn climb_avx2(&mut self, l: usize) {
        self.climb(l);
    }

    /// The recurrence up to ℓ.
    #[inline(always)]
    fn climb(&mut self, l: usize) {
        while self.l < l {
            let (a, b) = (self.l as f64 / (self.l + 1) as f64, (2 * self.l + 1) as f64 / (self.l + 1) as f64);
            for ((p, d), t) in self.p.iter_mut().zip(&mut self.d).zip(self.t) {
                *d = a * *d - b * t * *p;
                *p += *d;
            }
            self.l += 1;
        }
    }
}

/// Nodes of one panel.
const NODES: NonZeroUsize = NonZeroUsize::new(16).unwrap();

/// Gauss–Legendre panels.
pub struct Panels {
    /// (node, weight) on [−1, 1].
    rule: Vec<(f64, f64)>,
}

impl Panels {
    /// Sixteen nodes a panel: waves of up to 12 radians across a panel are integrated to round-off.
    pub fn new() -> Self {
        Self { rule: rule(NODES) }
    }

    /// (node, weight) of `count` equal panels on [0, b].
    pub fn nodes(&self, b: f64, count: usize) -> impl Iterator<Item = (f64, f64)> {
        let half = 0.5 * b / count as f64;
        (0..count).flat_map(move |panel| {
            let centre = (2 * panel + 1) as f64 * half;
            self.rule.iter().map(move |(x, w)| (centre + half * x, half * w))
        })
    }
}

/// (node, weight) on [−1, 1].
pub fn rule(nodes: NonZeroUsize) -> Vec<(f64, f64)> {
    GaussLegendre::new(nodes).iter().map(|(x, w)| (*x, *w)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legendre_polynomials_are_the_cosine_sums() {
        let angles = [1e-4_f64, 0.01, 0.3, 1.0, 1.6, 2.5, 3.1];
        let t: Vec<f64> = angles.iter().map(|a| 2.0 * (0.5 * a).sin().powi(2)).collect();
        let mut legendre = Legendre::new(&t);
        for l in [0_usize, 1, 2, 7, 60, 400] {
            // P_ℓ(cos θ) = Σ_k g_k g_{ℓ−k} cos((ℓ−2k)θ), g_k = (2k−1)!!/(2k)!!: no cancellation, all terms of order g
            let g: Vec<f64> = (1..=l)
                .scan(1.0, |g, k| {
                    *g *= (2 * k - 1) as f64 / (2 * k) as f64;
                    Some(*g)
                })
                .collect();
            let g = |k: usize| if k == 0 { 1.0 } else { g[k - 1] };
            for (p, angle) in legendre.at(l).iter().zip(&angles) {
                let term = |k: usize| g(k) * g(l - k) * ((l as f64 - 2.0 * k as f64) * angle).cos();
                let exact: f64 = (0..=l).map(term).sum();
                assert!((p - exact).abs() < 1e-12, "ℓ = {l}, θ = {angle}: {p} {exact}");
            }
        }
    }

    #[test]
    fn panels_integrate_waves() {
        let panels = Panels::new();
        let integral: f64 = panels.nodes(7.0, 6).map(|(x, w)| w * (10.0 * x).cos()).sum();
        assert!((integral - 70.0_f64.sin() / 10.0).abs() < 1e-14);
    }
}
