//! Rules for ∫₀^K k^{β}f(k)dk of a function that oscillates like e^{ikL}: panels, the singular weight absorbed in the first.

use std::num::NonZeroUsize;

use gauss_quad::{FiniteAboveNegOneF64, GaussJacobi, GaussLegendre};

/// Nodes a panel. Even: the Gauss–Jacobi rule of the library puts a node of an odd rule at the wrong place.
const NODES: NonZeroUsize = NonZeroUsize::new(40).unwrap();

/// kL along a panel: 2·40 exceeds 90/2 by 35, which leaves less than round-off.
const PHASE: f64 = 90.0;

/// A node k with the weight of ∫₀^K k^{β}f(k)dk = Σ w f(k).
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub k: f64,
    pub weight: f64,
}

/// Gauss–Jacobi on the first panel, Gauss–Legendre with the weight k^{β} on the others, where it is smooth; β > −1.
///
/// `None` if β ≤ −1.
pub(super) fn panels(beta: f64, end: f64, length: f64) -> Option<Vec<Node>> {
    let count = (end * length / PHASE).ceil().max(1.0) as usize;
    let width = end / count as f64;
    let half = 0.5 * width;
    let singular = GaussJacobi::new(NODES, FiniteAboveNegOneF64::new(0.0)?, FiniteAboveNegOneF64::new(beta)?);
    let scale = half.powf(beta + 1.0);
    let mut nodes: Vec<Node> =
        singular.iter().map(|(x, w)| Node { k: half * (1.0 + x), weight: scale * w }).collect();
    let smooth = GaussLegendre::new(NODES);
    for panel in 1..count {
        let middle = (panel as f64 + 0.5) * width;
        nodes.extend(smooth.iter().map(|(x, w)| {
            let k = middle + half * x;
            Node { k, weight: half * w * k.powf(beta) }
        }));
    }
    Some(nodes)
}

/// Gauss–Legendre on [0, end] for a function that oscillates like e^{ikL}.
pub(super) fn smooth(end: f64, length: f64) -> Vec<Node> {
    panels(0.0, end, length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panels_integrate_a_wave_with_a_singular_weight() {
        // ∫₀^K k^{β}dk, and ∫₀^K k^{−1/2}cos(kL)dk by t = √k
        for (beta, end, length) in [(-0.99, 3.0, 1.0), (-0.5, 12.0, 60.0), (0.0, 12.0, 60.0)] {
            let total: f64 = panels(beta, end, length).unwrap().iter().map(|n| n.weight).sum();
            let exact = end.powf(beta + 1.0) / (beta + 1.0);
            assert!((total / exact - 1.0).abs() < 1e-13, "{beta}");
        }
        let wave: f64 = panels(-0.5, 12.0, 60.0).unwrap().iter().map(|n| n.weight * (60.0 * n.k).cos()).sum();
        let fine: f64 = smooth(12.0_f64.sqrt(), 2.0 * 60.0 * 12.0_f64.sqrt())
            .iter()
            .map(|n| 2.0 * n.weight * (60.0 * n.k * n.k).cos())
            .sum();
        assert!((wave - fine).abs() < 1e-13 && wave.abs() > 0.01, "{wave} {fine}");
        assert!(panels(-1.0, 1.0, 1.0).is_none());
    }
}
