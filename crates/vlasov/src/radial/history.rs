//! The history of the field, the only state of the solution: U′(r)/r as polynomials in each cell of r, at Chebyshev nodes in t.

use std::f64::consts::PI;

use kernels::radial::{MeanField, StiffnessTable};

use super::path::LocalField;

/// Degree 9.
const TERMS: usize = 10;

/// Coefficients of a polynomial in s ∈ [−1, 1], the place in a cell.
pub(super) type Polynomial = [f64; TERMS];

/// t_m = (T/2)(1 − cos(πm/M)), m = 0..=M, with the weights of the barycentric formula.
pub(super) struct ChebyshevNodes {
    times: Vec<f64>,
}

impl ChebyshevNodes {
    /// M + 1 = `nodes` ≥ 2 nodes on [0, T].
    pub(super) fn new(duration: f64, nodes: usize) -> Self {
        let last = (nodes - 1) as f64;
        Self { times: (0..nodes).map(|m| 0.5 * duration * (1.0 - (PI * m as f64 / last).cos())).collect() }
    }

    pub(super) fn times(&self) -> &[f64] {
        &self.times
    }

    /// The index of the node next to t.
    pub(super) fn nearest(&self, t: f64) -> usize {
        let distance = |m: &usize| (self.times[*m] - t).abs();
        (0..self.times.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
    }

    /// ℓ_m(t): f(t) = Σ_m ℓ_m(t)f(t_m), by [w_m/(t−t_m)] / Σ[w_m/(t−t_m)], w_m = (−1)^m, halved at both ends.
    pub(super) fn lagrange(&self, t: f64) -> Vec<f64> {
        if let Some(at) = self.times.iter().position(|node| *node == t) {
            return (0..self.times.len()).map(|m| if m == at { 1.0 } else { 0.0 }).collect();
        }
        let terms: Vec<f64> = self
            .times
            .iter()
            .enumerate()
            .map(|(m, node)| self.end_weight(m) * sign(m) / (t - node))
            .collect();
        let sum: f64 = terms.iter().sum();
        terms.iter().map(|term| term / sum).collect()
    }

    /// The larger of the last two Chebyshev coefficients of f, given by its values at the nodes: what the nodes do not resolve.
    pub(super) fn tail(&self, f: impl Fn(usize) -> f64) -> f64 {
        let last = self.times.len() - 1;
        let coefficient = |p: usize| {
            let term = |m: usize| self.end_weight(m) * (PI * (p * m) as f64 / last as f64).cos() * f(m);
            2.0 / last as f64 * (0..=last).map(term).sum::<f64>()
        };
        (0.5 * coefficient(last)).abs().max(coefficient(last - 1).abs())
    }

    fn end_weight(&self, m: usize) -> f64 {
        if m == 0 || m == self.times.len() - 1 { 0.5 } else { 1.0 }
    }
}

fn sign(m: usize) -> f64 {
    if m.is_multiple_of(2) { 1.0 } else { -1.0 }
}

/// Cells [pΔ, (p+1)Δ], p = 0..cells, and the map from 10 values in a cell to its polynomial of degree 9.
///
/// With Δ the spacing of the density, a wave that its grid just resolves is interpolated to 5·10⁻⁸ of its amplitude, which is
/// nothing if the density is resolved.
pub(super) struct Cells {
    width: f64,
    /// Ten Chebyshev points in each cell.
    table: StiffnessTable,
    /// basis[q][d] = coefficient of s^d in the Lagrange polynomial of s_q.
    basis: [Polynomial; TERMS],
}

impl Cells {
    pub(super) fn new(field: &MeanField, width: f64, count: usize) -> Self {
        let mut points = [0.0; TERMS];
        for (q, s) in points.iter_mut().enumerate() {
            *s = -(PI * (q as f64 + 0.5) / TERMS as f64).cos();
        }
        let mut basis = [[0.0; TERMS]; TERMS];
        for (q, polynomial) in basis.iter_mut().enumerate() {
            polynomial[0] = 1.0;
            for other in (0..TERMS).filter(|other| *other != q) {
                // times (s − s_other)/(s_q − s_other)
                for d in (0..TERMS).rev() {
                    let lower = if d == 0 { 0.0 } else { polynomial[d - 1] };
                    polynomial[d] = (lower - points[other] * polynomial[d]) / (points[q] - points[other]);
                }
            }
        }
        let point = |p: usize, s: f64| width * (p as f64 + 0.5 * (1.0 + s));
        let radii: Vec<f64> = (0..count).flat_map(|p| points.map(|s| point(p, s))).collect();
        Self { width, table: field.stiffness_table(&radii), basis }
    }

    /// factor·f(r,t) = factor·Σ_m ℓ_m(t)f(r,t_m).
    pub(super) fn interpolated(
        &self,
        nodes: &ChebyshevNodes,
        history: &[Vec<Polynomial>],
        t: f64,
        factor: f64,
    ) -> LocalField {
        let mut cells: Vec<Polynomial> = vec![Default::default(); history[0].len()];
        for (weight, values) in nodes.lagrange(t).iter().zip(history) {
            for (c, s) in cells.as_flattened_mut().iter_mut().zip(values.as_flattened()) {
                *c += factor * weight * s;
            }
        }
        LocalField { inverse_width: 1.0 / self.width, cells }
    }

    /// The coefficients of U′(r)/r, U = V∗ρ, cell by cell.
    pub(super) fn stiffness(&self, field: &MeanField, rho: &[f64]) -> Vec<Polynomial> {
        let values = self.table.values(&field.potential(rho));
        let polynomial = |values: &[f64]| {
            let mut coefficients = [0.0; TERMS];
            for (value, basis) in values.iter().zip(&self.basis) {
                for (c, b) in coefficients.iter_mut().zip(basis) {
                    *c += value * b;
                }
            }
            coefficients
        };
        values.chunks_exact(TERMS).map(polynomial).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernels::InversePower;

    #[test]
    fn chebyshev_interpolation_reproduces_polynomials() {
        let nodes = ChebyshevNodes::new(2.0, 9);
        let f = |t: f64| 1.0 - 0.3 * t + t.powi(7);
        for t in [0.0, 0.1, 1.234, 2.0] {
            let value: f64 = nodes.lagrange(t).iter().zip(nodes.times()).map(|(l, t)| l * f(*t)).sum();
            assert!((value - f(t)).abs() < 1e-12, "{t}");
        }
        assert_eq!(nodes.nearest(0.9), 4);
        // T₈ of [0, 2] is the last of nine coefficients, T₉ is seen as T₇
        let chebyshev = |n: f64| move |m: usize| (n * PI * m as f64 / 8.0).cos();
        assert!((nodes.tail(chebyshev(8.0)) - 1.0).abs() < 1e-14);
        assert!((nodes.tail(chebyshev(9.0)) - 1.0).abs() < 1e-14 && nodes.tail(chebyshev(6.0)) < 1e-14);
    }

    #[test]
    fn the_cells_carry_the_field() {
        let field = MeanField::new(&InversePower::in_space(1.0, 1.0).unwrap(), 0.4, 25, 12.0).unwrap();
        let rho = field.sample(|r| (-0.5 * r * r).exp() / (2.0 * PI).powf(1.5));
        let potential = field.potential(&rho);
        let coefficients = Cells::new(&field, 0.4, 30).stiffness(&field, &rho);
        for r in [0.0, 0.123, 0.4, 1.7, 5.55, 11.9] {
            let cell = (r / 0.4) as usize;
            let s = 2.0 * (r / 0.4 - cell as f64) - 1.0;
            let value = coefficients[cell].iter().rev().fold(0.0, |sum, c| sum * s + c);
            assert!((value - potential.stiffness_at(r)).abs() < 1e-12, "{r}");
        }
    }
}
