//! U = V∗ρ by shells: integrals over distances, no Fourier transform and no wave numbers.
//!
//! With g(s) = sρ(s), odd, and Φ(t) = ∫₀^t V(u)u du,
//!
//! U(r) = −(2π/r) ∫₀^∞ [g(r+t) + g(r−t)] Φ(t) dt.
//!
//! g decays and is resolved by the points s_b = (b+½)h: g(s) = Σ_b g(s_b)[S(s−s_b) − S(s+s_b)], S(s) = sin(πs/h)/(πs/h). What
//! remains is one number for each distance ph,
//!
//! G_p = ∫₀^L [S(ph+t) + S(ph−t)] Φ(t) dt,  U(r_a) = −(2π/r_a) Σ_b s_b ρ(s_b) [G_{a−b} − G_{a+b+1}].
//!
//! The integrals run over panels of Gauss–Legendre nodes; for an inverse power Φ = strength·t^{2−α}/(2−α), and Gauss–Jacobi nodes
//! on the first panel absorb t^{2−α}.

use std::f64::consts::PI;
use std::num::NonZeroUsize;

use gauss_quad::{FiniteAboveNegOneF64, GaussJacobi, GaussLegendre};
use kernels::quadrature::integrate;
use kernels::{Convolution, Interaction};
use phase_space::radial::RadialGrid;

use super::direct::DirectError;

/// Nodes a panel. Even: the Gauss–Jacobi rule of the library puts a node of an odd rule at the wrong place.
const NODES: NonZeroUsize = NonZeroUsize::new(32).unwrap();

/// Points of the grid a panel: S turns through π from one to the next.
const POINTS_A_PANEL: usize = 12;

/// Accuracy of Φ, as a fraction of sup|V|·L².
const TOLERANCE: f64 = 1e-14;

/// U(r_a) = Σ_b matrix[a·n + b] ρ(r_b).
#[derive(Clone, Debug)]
pub(super) struct Shells {
    n: usize,
    matrix: Vec<f64>,
}

impl Shells {
    /// For densities that vanish beyond the radius of the grid.
    pub(super) fn new(interaction: &dyn Interaction, grid: &RadialGrid) -> Result<Self, DirectError> {
        let (n, h) = (grid.len(), grid.spacing());
        let weights = distances(interaction, 2.0 * grid.radius(), (2 * n).div_ceil(POINTS_A_PANEL))?;
        let wave = |p: usize, t: f64| cardinal(p as f64 + t / h) + cardinal(p as f64 - t / h);
        let sums: Vec<f64> = (0..2 * n).map(|p| weights.iter().map(|(t, w)| w * wave(p, *t)).sum()).collect();
        let entry = |a: usize, b: usize| {
            -2.0 * PI * grid.point(b) / grid.point(a) * (sums[a.abs_diff(b)] - sums[a + b + 1])
        };
        let matrix: Vec<f64> = (0..n * n).map(|at| entry(at / n, at % n)).collect();
        if matrix.iter().any(|u| !u.is_finite()) {
            return Err(DirectError::NoMeanField);
        }
        Ok(Self { n, matrix })
    }

    /// U(r_a).
    pub(super) fn potential(&self, rho: &[f64]) -> Vec<f64> {
        self.matrix
            .chunks_exact(self.n)
            .map(|row| row.iter().zip(rho).map(|(u, rho)| u * rho).sum())
            .collect()
    }
}

/// sin(πx)/(πx).
fn cardinal(x: f64) -> f64 {
    let u = PI * x;
    if u.abs() < 1e-4 { 1.0 - u * u / 6.0 } else { u.sin() / u }
}

/// (t, wΦ(t)) of ∫₀^L f(t)Φ(t)dt.
fn distances(
    interaction: &dyn Interaction,
    length: f64,
    panels: usize,
) -> Result<Vec<(f64, f64)>, DirectError> {
    let half = 0.5 * length / panels as f64;
    let legendre = GaussLegendre::new(NODES);
    let smooth = |first: usize| {
        let place = move |panel: usize, x: f64| half * ((2 * panel + 1) as f64 + x);
        let nodes = |panel: usize| legendre.iter().map(move |(x, w)| (place(panel, *x), half * w));
        (first..panels).flat_map(nodes).collect::<Vec<(f64, f64)>>()
    };
    match interaction.convolution() {
        Convolution::Zero => Ok(Vec::new()),
        Convolution::Power { strength, alpha } => {
            let (power, factor) = (2.0 - alpha, strength / (2.0 - alpha));
            let exponent = FiniteAboveNegOneF64::new(power).ok_or(DirectError::NoMeanField)?;
            let zero = FiniteAboveNegOneF64::new(0.0).ok_or(DirectError::NoMeanField)?;
            let singular = GaussJacobi::new(NODES, zero, exponent);
            let scale = factor * half.powf(power + 1.0);
            let first = singular.iter().map(|(x, w)| (half * (1.0 + x), scale * w));
            let others = smooth(1).into_iter().map(|(t, w)| (t, factor * w * t.powf(power)));
            Ok(first.chain(others).collect())
        }
        Convolution::Multiplier | Convolution::Moments { .. } => cumulated(interaction, &smooth(0), length),
    }
}

/// Φ at increasing nodes, integral after integral.
fn cumulated(
    interaction: &dyn Interaction,
    nodes: &[(f64, f64)],
    length: f64,
) -> Result<Vec<(f64, f64)>, DirectError> {
    let sup = interaction.value(0.0).abs().max(interaction.value(length).abs());
    let tolerance = TOLERANCE * sup * length * length;
    let (mut last, mut phi) = (0.0, 0.0);
    let mut weights = Vec::with_capacity(nodes.len());
    for &(t, w) in nodes {
        phi += integrate(|u| u * interaction.value(u), last, t, tolerance)
            .map_err(kernels::KernelError::from)?
            .value;
        last = t;
        weights.push((t, w * phi));
    }
    Ok(weights)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use kernels::radial::convolution;
    use kernels::{Gaussian, InversePower, NoInteraction, Quadratic};

    fn rho(r: f64) -> f64 {
        (1.0 + 0.5 * r * r) * (-0.5 * r * r).exp() / (2.5 * (2.0 * PI).powf(1.5))
    }

    #[test]
    fn the_matrix_is_the_convolution() {
        let grid = RadialGrid::new(12.0, 60).unwrap();
        let values: Vec<f64> = grid.points().into_iter().map(rho).collect();
        let potential = |v: &dyn Interaction| Shells::new(v, &grid).unwrap().potential(&values);
        let list: [Box<dyn Interaction>; 3] = [
            Box::new(InversePower::in_space(1.0, 1.0).unwrap()),
            Box::new(InversePower::in_space(-2.0, 0.45).unwrap()),
            Box::new(Gaussian::new(1.0, 0.8).unwrap()),
        ];
        for v in list {
            let u = potential(&*v);
            for a in [0, 1, 7, 23, 30] {
                let exact = convolution(&*v, rho, 11.5, grid.point(a), 1e-11).unwrap().value;
                assert!((u[a] - exact).abs() < 1e-11, "{} at {a}: {:e}", v.name(), u[a] - exact);
                assert!(exact.abs() > 1e-6, "{} at {a}: {exact}", v.name());
            }
        }
        // (κ/2)(r² + ⟨s²⟩), ⟨s²⟩ = (3 + 15/2)/2.5
        let u = potential(&Quadratic::new(0.7).unwrap());
        for a in [0, 7, 59] {
            let exact = 0.35 * (grid.point(a).powi(2) + 4.2);
            assert!((u[a] / exact - 1.0).abs() < 1e-11, "{a}: {} {exact}", u[a]);
        }
        assert!(potential(&NoInteraction).iter().all(|u| *u == 0.0));
    }
}
