//! Derivatives of Gaussians about the origin, axis by axis.
//!
//! A component is h·Π_j g(x_j, v_j) over the three axes, g(x,v) = exp(−½(a x² + 2b xv + c v²)), and with g^{(i,k)} = ∂ₓ^i∂ᵥ^k g
//!
//! g^{(i+1,k)} = −(ax + bv)g^{(i,k)} − i a g^{(i−1,k)} − k b g^{(i,k−1)},
//! g^{(i,k+1)} = −(bx + cv)g^{(i,k)} − k c g^{(i,k−1)} − i b g^{(i−1,k)}.

use super::CenteredComponent;

/// The largest order of derivatives.
pub const MOST_DERIVATIVES: usize = 6;

/// `[i][k]` = ∂ₓ^i∂ᵥ^k g at one point, i + k ≤ the order asked for, 0 beyond.
pub type Derivatives = [[f64; MOST_DERIVATIVES + 1]; MOST_DERIVATIVES + 1];

/// The exponent of one axis, ½(a x² + 2b xv + c v²).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// 1/σ_x² + κ²/σ_v².
    pub a: f64,
    /// −κ/σ_v².
    pub b: f64,
    /// 1/σ_v².
    pub c: f64,
}

impl Axis {
    /// The axis of x²/σ_x² + (v − κx)²/σ_v².
    pub fn of(component: &CenteredComponent) -> Self {
        let c = component.sigma_v.powi(-2);
        let b = -component.chirp * c;
        Self { a: component.sigma_x.powi(-2) + component.chirp * component.chirp * c, b, c }
    }

    /// g and its derivatives at (x, v).
    pub fn derivatives(self, x: f64, v: f64, order: usize) -> Derivatives {
        let Self { a, b, c } = self;
        let (along_x, along_v) = (a * x + b * v, b * x + c * v);
        let mut g = Derivatives::default();
        g[0][0] = (-0.5 * (x * along_x + v * along_v)).exp();
        let before = |g: &Derivatives, i: usize, k: usize| if k > 0 { k as f64 * g[i][k - 1] } else { 0.0 };
        let above = |g: &Derivatives, i: usize, k: usize| if i > 0 { i as f64 * g[i - 1][k] } else { 0.0 };
        for i in 0..=order {
            for k in 0..order - i {
                g[i][k + 1] = -along_v * g[i][k] - c * before(&g, i, k) - b * above(&g, i, k);
            }
            if i < order {
                g[i + 1][0] = -along_x * g[i][0] - a * above(&g, i, 0);
            }
        }
        g
    }
}

/// Σ_{p+q+r=n} f_p g_q h_r.
pub fn threefold(f: &[f64], g: &[f64], h: &[f64], n: usize) -> f64 {
    let term = |p: usize| f[p] * (0..=n - p).map(|q| g[q] * h[n - p - q]).sum::<f64>();
    (0..=n).map(term).sum()
}

/// n!
pub fn factorial(n: usize) -> f64 {
    (1..=n).map(|k| k as f64).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every derivative against a central difference of the one below.
    #[test]
    fn the_recurrence_is_that_of_differences() {
        let axis = Axis::of(&CenteredComponent { weight: 1.0, sigma_x: 1.1, sigma_v: 0.8, chirp: -0.4 });
        let (x, v, step) = (0.7, -0.5, 1e-4);
        let at = |x: f64, v: f64| axis.derivatives(x, v, MOST_DERIVATIVES);
        let g = at(x, v);
        for (i, k) in (0..6).flat_map(|i| (0..6 - i).map(move |k| (i, k))) {
            let along_x = (at(x + step, v)[i][k] - at(x - step, v)[i][k]) / (2.0 * step);
            let along_v = (at(x, v + step)[i][k] - at(x, v - step)[i][k]) / (2.0 * step);
            assert!((along_x - g[i + 1][k]).abs() < 1e-4, "{i} {k}: {along_x} {}", g[i + 1][k]);
            assert!((along_v - g[i][k + 1]).abs() < 1e-4, "{i} {k}: {along_v} {}", g[i][k + 1]);
            assert!(g[i + 1][k].abs() > 1e-3, "{i} {k}");
        }
    }
}
