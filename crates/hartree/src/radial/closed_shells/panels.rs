//! Points and weights of ∫₀^∞ f(r)dr, and of ∫₀^{r_i} f(r)dr, for products of radial functions.
//!
//! r = scale·t^{2/c}, and panels of equal length in t carry Gauss–Legendre nodes. On its panel f dr/dt is the polynomial through its values
//! at the nodes, so that ∫_{begin}^{r_i} f dr = Σ_j `within[i][j]` f(r_j): no order is lost where an integrand has a kink at r = r_i.

use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;

use super::functions::RadialFunctions;

/// Nodes a panel.
pub(super) const NODES: usize = 16;
const RULE: NonZeroUsize = NonZeroUsize::new(NODES).unwrap();

/// Phase through which the product of the two fastest functions turns on half a panel: 16 nodes integrate e^{iqx} on (−1,1) to 10^{−14} for q ≤ 8.
const PHASE: f64 = 7.0;

/// The points of a quadrature over radii.
#[derive(Clone, Debug)]
pub(super) struct Panels {
    radii: Vec<f64>,
    weights: Vec<f64>,
    /// dr/dt·(half a panel) at each point.
    stretch: Vec<f64>,
    /// ∫_{−1}^{x_i} of the j-th Lagrange polynomial: [i·NODES + j].
    integration: Vec<f64>,
    /// ℓ_j(1).
    edge: Vec<f64>,
}

impl Panels {
    /// For products of two functions; `refinement` 1 resolves them, 2 halves the panels.
    pub(super) fn new(functions: &RadialFunctions, refinement: f64) -> Self {
        let count = (functions.end() * functions.turning() / PHASE * refinement).ceil() as usize;
        Self::mapped(functions.end(), count.max(1), |t| functions.radius(t))
    }

    /// `count` equal panels of (0, end), with (r, dr/dt) = `map`(t).
    pub(super) fn mapped(end: f64, count: usize, map: impl Fn(f64) -> (f64, f64)) -> Self {
        let rule = GaussLegendre::new(RULE);
        let mut nodes: Vec<(f64, f64)> = rule.iter().map(|(x, w)| (*x, *w)).collect();
        nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = 0.5 * end / count as f64;
        let (mut radii, mut weights, mut stretch) = (Vec::new(), Vec::new(), Vec::new());
        for panel in 0..count {
            for (x, w) in &nodes {
                let (r, slope) = map(half * ((2 * panel + 1) as f64 + x));
                radii.push(r);
                weights.push(w * half * slope);
                stretch.push(half * slope);
            }
        }
        Self { radii, weights, stretch, integration: integration(&nodes), edge: edge(&nodes) }
    }

    pub(super) fn len(&self) -> usize {
        self.radii.len()
    }

    /// r_i, ascending.
    pub(super) fn radii(&self) -> &[f64] {
        &self.radii
    }

    /// ∫f dr = Σ weights[i] f(r_i).
    pub(super) fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// f at the end of the last panel, by the polynomial through its values there.
    pub(super) fn at_end(&self, f: &[f64]) -> f64 {
        f[f.len() - NODES..].iter().zip(&self.edge).map(|(f, l)| f * l).sum()
    }

    /// The share of ∫f dr at r_j that lies in (0, r_i): all of its weight, none, or a row of the integration matrix on the panel of both.
    pub(super) fn below(&self, i: usize, j: usize) -> f64 {
        match (j / NODES).cmp(&(i / NODES)) {
            std::cmp::Ordering::Less => self.weights[j],
            std::cmp::Ordering::Greater => 0.0,
            std::cmp::Ordering::Equal => self.integration[(i % NODES) * NODES + j % NODES] * self.stretch[j],
        }
    }
}

/// ∫_{−1}^{x_i} ℓ_j(x)dx = w_j Σ_m (m+½) P_m(x_j) ∫_{−1}^{x_i}P_m, ∫_{−1}^x P_m = (P_{m+1} − P_{m−1})(x)/(2m+1).
fn integration(nodes: &[(f64, f64)]) -> Vec<f64> {
    let table: Vec<Vec<f64>> = nodes.iter().map(|(x, _)| legendre(*x, nodes.len() + 1)).collect();
    let entry = |i: usize, j: usize| {
        let term = |m: usize| {
            let primitive = if m == 0 {
                nodes[i].0 + 1.0
            } else {
                (table[i][m + 1] - table[i][m - 1]) / (2 * m + 1) as f64
            };
            (m as f64 + 0.5) * table[j][m] * primitive
        };
        nodes[j].1 * (0..nodes.len()).map(term).sum::<f64>()
    };
    (0..nodes.len() * nodes.len()).map(|at| entry(at / nodes.len(), at % nodes.len())).collect()
}

/// ℓ_j(1) = w_j Σ_m (m+½) P_m(x_j).
fn edge(nodes: &[(f64, f64)]) -> Vec<f64> {
    let value = |(x, w): &(f64, f64)| {
        let p = legendre(*x, nodes.len() - 1);
        w * p.iter().enumerate().map(|(m, p)| (m as f64 + 0.5) * p).sum::<f64>()
    };
    nodes.iter().map(value).collect()
}

/// P_0(x), …, P_last(x).
pub(in crate::radial) fn legendre(x: f64, last: usize) -> Vec<f64> {
    let mut p = vec![1.0, x];
    for m in 1..last {
        p.push(((2 * m + 1) as f64 * x * p[m] - m as f64 * p[m - 1]) / (m + 1) as f64);
    }
    p.truncate(last + 1);
    p
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn integrals_over_all_radii_and_up_to_one_are_exact() {
        let panels = Panels::mapped(6.0, 12, |t| (t * t, 2.0 * t));
        let all: f64 = panels.radii().iter().zip(panels.weights()).map(|(r, w)| w * r * (-r).exp()).sum();
        assert!((all - 1.0 + 37.0 * (-36.0_f64).exp()).abs() < 1e-14, "{all}");
        let values: Vec<f64> = panels.radii().iter().map(|r| (0.1 * r).cos()).collect();
        assert!((panels.at_end(&values) - 3.6_f64.cos()).abs() < 1e-13);
        for i in [0, 5, 40, 100, 191] {
            let r = panels.radii()[i];
            let part: f64 = (0..panels.len())
                .map(|j| panels.below(i, j) * panels.radii()[j] * (-panels.radii()[j]).exp())
                .sum();
            let exact = 1.0 - (1.0 + r) * (-r).exp();
            assert!((part - exact).abs() < 1e-14, "{i}: {part} {exact}");
        }
    }

    #[test]
    fn the_functions_are_orthonormal_on_the_points_and_not_on_fewer() {
        for functions in [
            RadialFunctions::sturmian(1.3, 40, 1).unwrap(),
            RadialFunctions::oscillator(0.3, 1.0, 30, 12).unwrap(),
        ] {
            let defect = |refinement: f64| {
                let panels = Panels::new(&functions, refinement);
                let values: Vec<Vec<[f64; 2]>> =
                    panels.radii().iter().map(|r| functions.at(functions.last(), *r)).collect();
                let n = functions.functions();
                let product = |a: usize, b: usize| {
                    let sum: f64 =
                        values.iter().zip(panels.weights()).map(|(u, w)| w * u[a][0] * u[b][0]).sum();
                    (sum - f64::from(u8::from(a == b))).abs()
                };
                (0..n * n).map(|at| product(at / n, at % n)).fold(0.0_f64, f64::max)
            };
            assert!(defect(1.0) < 1e-11, "{functions:?}: {:.1e}", defect(1.0));
            assert!(defect(0.3) > 1e-6, "{functions:?}: {:.1e}", defect(0.3));
        }
    }
}
