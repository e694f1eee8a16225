//! F(x,t) = −∫V′(x−x′)ρ(x′,t)dx′ between the nodes: direct sums, local polynomials in x, Chebyshev nodes in t.

use std::f64::consts::PI;

use kernels::line::DirectForce;
use kernels::{Interaction, KernelError};
use phase_space::line::Axis;

use crate::polynomial::polynomial;

/// Points of a local interpolation: degree 9, order 10.
const STENCIL: usize = 10;

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

    /// ℓ_m(t): f(t) = Σ_m ℓ_m(t)f(t_m), by [w_m/(t−t_m)] / Σ[w_m/(t−t_m)], w_m = (−1)^m, halved at both ends.
    pub(super) fn lagrange(&self, t: f64) -> Vec<f64> {
        if let Some(at) = self.times.iter().position(|node| *node == t) {
            return (0..self.times.len()).map(|m| if m == at { 1.0 } else { 0.0 }).collect();
        }
        let last = self.times.len() - 1;
        let weight = |m: usize| {
            let sign = if m.is_multiple_of(2) { 1.0 } else { -1.0 };
            if m == 0 || m == last { 0.5 * sign } else { sign }
        };
        let terms: Vec<f64> = self.times.iter().enumerate().map(|(m, node)| weight(m) / (t - node)).collect();
        let sum: f64 = terms.iter().sum();
        terms.iter().map(|term| term / sum).collect()
    }
}

/// The table of F on and between the points of a refined axis.
pub(super) struct ForceSum {
    sums: DirectForce,
}

impl ForceSum {
    /// The table covers the density's axis and `margin` beyond each end, with `refinement` points in each of its cells.
    ///
    /// # Errors
    /// A V′ that is not finite on the table, and no inverse power.
    pub(super) fn new(
        interaction: &dyn Interaction,
        density: &Axis,
        margin: f64,
        refinement: usize,
    ) -> Result<Self, KernelError> {
        let spacing = density.spacing() / refinement as f64;
        let beyond = (margin / spacing).ceil() as usize + STENCIL;
        Ok(Self { sums: DirectForce::new(interaction, density, refinement, beyond)? })
    }

    /// F(x_p) at the points of the table.
    pub(super) fn at_points(&self, rho: &[f64]) -> Vec<f64> {
        self.sums.values(rho)
    }

    /// The force between the points, from its values at the points.
    pub(super) fn interpolated(&self, values: &[f64], basis: &LocalBasis) -> LocalPolynomials {
        let cells = values.len() + 1 - STENCIL;
        let mut coefficients = vec![0.0; cells * STENCIL];
        for (cell, c) in coefficients.chunks_exact_mut(STENCIL).enumerate() {
            basis.coefficients(&values[cell..cell + STENCIL], c);
        }
        // cell c serves the interval between its two middle points
        let spacing = self.sums.spacing();
        let middle = self.sums.start() + 0.5 * (STENCIL - 1) as f64 * spacing;
        LocalPolynomials { middle, spacing, cells, coefficients }
    }
}

/// The polynomial of degree 9 through 10 equidistant points, in powers of s ∈ [−½, ½] about their middle.
pub(super) struct LocalBasis {
    /// basis[m][q] = coefficient of s^q in the Lagrange polynomial of the m-th point s_m = m − 9/2.
    basis: [[f64; STENCIL]; STENCIL],
}

impl LocalBasis {
    pub(super) fn new() -> Self {
        let node = |m: usize| m as f64 - 0.5 * (STENCIL - 1) as f64;
        let mut basis = [[0.0; STENCIL]; STENCIL];
        for (m, polynomial) in basis.iter_mut().enumerate() {
            polynomial[0] = 1.0;
            for other in (0..STENCIL).filter(|other| *other != m) {
                // times (s − s_other)/(s_m − s_other)
                for q in (0..STENCIL).rev() {
                    let lower = if q == 0 { 0.0 } else { polynomial[q - 1] };
                    polynomial[q] = (lower - node(other) * polynomial[q]) / (node(m) - node(other));
                }
            }
        }
        Self { basis }
    }

    /// c_q = Σ_m basis[m][q] f_m.
    fn coefficients(&self, values: &[f64], c: &mut [f64]) {
        for (f, polynomial) in values.iter().zip(&self.basis) {
            for (c, b) in c.iter_mut().zip(polynomial) {
                *c += f * b;
            }
        }
    }
}

/// F(x) at one time: one polynomial for each cell; beyond the table the value at its end.
pub(super) struct LocalPolynomials {
    middle: f64,
    spacing: f64,
    cells: usize,
    coefficients: Vec<f64>,
}

impl LocalPolynomials {
    pub(super) fn at(&self, x: f64) -> f64 {
        let u = ((x - self.middle) / self.spacing).clamp(-0.5, self.cells as f64 - 0.5);
        let cell = ((u + 0.5) as usize).min(self.cells - 1);
        let s = u - cell as f64;
        polynomial(&self.coefficients.as_chunks().0[cell], s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernels::{Gaussian, Quadratic};

    #[test]
    fn chebyshev_interpolation_reproduces_polynomials() {
        let nodes = ChebyshevNodes::new(2.0, 8);
        let f = |t: f64| 1.0 - t + 0.3 * t.powi(7);
        for t in [0.0, 0.123, 1.0, 1.77, 2.0] {
            let sum: f64 = nodes.lagrange(t).iter().zip(nodes.times()).map(|(l, &m)| l * f(m)).sum();
            assert!((sum - f(t)).abs() < 1e-12);
        }
    }

    #[test]
    fn the_force_is_the_integral_on_and_off_the_points() {
        let axis = Axis::new(0.5, 12.0, 80).unwrap();
        let rho: Vec<f64> = axis.points().iter().map(|x| (-2.0 * x * x).exp() / (0.5 * PI).sqrt()).collect();
        // a Gaussian of variance ¼ with one of variance 1: variance 5/4
        let exact = |x: f64| x / 1.25_f64.powf(1.5) * (-0.4 * x * x).exp();
        let force = |interaction: &dyn Interaction| {
            let sum = ForceSum::new(interaction, &axis, 1.0, 3).unwrap();
            sum.interpolated(&sum.at_points(&rho), &LocalBasis::new())
        };
        let (gaussian, quadratic) =
            (force(&Gaussian::new(1.0, 1.0).unwrap()), force(&Quadratic::new(0.7).unwrap()));
        for x in [-6.2, -1.234, 0.0, 0.1, 2.7, 7.3] {
            assert!((gaussian.at(x) - exact(x)).abs() < 1e-12, "{x}");
            assert!((quadratic.at(x) + 0.7 * x).abs() < 1e-11, "{x}");
        }
    }
}
