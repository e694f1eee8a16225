//! U = V∗ρ and F = −V′∗ρ by direct sums over the points of an axis: slow, and sharing nothing with
//! [`MeanField`](super::MeanField) but V.
//!
//! Where V is finite, the plain trapezoid rule, spectral for a smooth V:
//!
//! U(x_i) = Δx Σ_j V(x_i−x_j)ρ(x_j),  F(x) = −Δx Σ_j V′(x−x_j)ρ(x_j).
//!
//! For V = strength·|x|^(−α) the rule is punctured at x′ = x and corrected there by values of ζ (`punctured`), and the derivative
//! is moved to the density, since V′ is not integrable; on the points x_p of a refined axis, of spacing Δ,
//!
//! F(x_p) = −Σ_{p′} ∫V(x_p−x′)φ_{p′}(x′)dx′ ρ′(x_{p′}),  ρ′(x_p) = Σ_j sinc′((x_p−x_j)/Δx)ρ(x_j)/Δx.
//!
//! Both are exact, but for round-off, if ρ is resolved by its axis and nothing at its ends: the density is continued by zero, and
//! has no images.

mod punctured;

use std::f64::consts::PI;

use phase_space::line::Axis;

use crate::error::{finite, within};
use crate::{Convolution, Interaction, KernelError};

/// What a refusal calls this file.
const NAME: &str = "direct sum";

/// U(x_i) = Δx Σ_j v_{|i−j|}ρ(x_j) on an axis.
#[derive(Clone, Debug)]
pub struct DirectPotential {
    axis: Axis,
    /// `[n−1+m] = v_m`, v_m = V(mΔx), or for a power strength·Δx^(−α)w_m; |m| < n.
    weights: Vec<f64>,
}

impl DirectPotential {
    /// The sums on an axis.
    ///
    /// # Errors
    /// A V that is not finite on the axis and no power; a power with α ≥ 1.
    pub fn new(interaction: &dyn Interaction, axis: &Axis) -> Result<Self, KernelError> {
        let n = axis.len();
        let weights: Vec<f64> = match interaction.convolution() {
            Convolution::Power { strength, alpha } => power_weights(strength, alpha, axis.spacing(), n)?,
            _ => (0..n)
                .map(|m| finite(NAME, "V", interaction.value(m as f64 * axis.spacing())))
                .collect::<Result<_, _>>()?,
        };
        let mirrored = weights.iter().skip(1).rev().chain(&weights).copied().collect();
        Ok(Self { axis: *axis, weights: mirrored })
    }

    /// U(x_i) for ρ(x_i) on the axis.
    ///
    /// # Panics
    /// If `rho` has not the length of the axis.
    pub fn values(&self, rho: &[f64]) -> Vec<f64> {
        assert_eq!(rho.len(), self.axis.len(), "a density lives on the axis of its sums");
        let mut values = vec![0.0; rho.len()];
        // all points beside each other: no sum waits for another
        for (j, rho) in rho.iter().enumerate() {
            let v = &self.weights[values.len() - 1 - j..];
            values.iter_mut().zip(v).for_each(|(u, v)| *u += v * rho);
        }
        values.iter_mut().for_each(|u| *u *= self.axis.spacing());
        values
    }
}

/// F(x_p) = −(V∗ρ)′(x_p) on the points x_p = start + pΔ, Δ = Δx/refinement, p = −beyond … n·refinement + beyond − 1.
#[derive(Clone, Debug)]
pub struct DirectForce {
    density: Axis,
    /// A difference x_p − x_j depends on p − refinement·j alone.
    refinement: usize,
    beyond: usize,
    rule: Rule,
}

#[derive(Clone, Debug)]
enum Rule {
    /// slope[d] = V′(x_p − x_j) at d = p + beyond + refinement·(n−1−j).
    Smooth { slope: Vec<f64> },
    /// derivative[d] = sinc′(s)/Δx at s = d/refinement − (n−1), d = p + refinement·(n−1−j); weights[m] = strength·Δ^(−α)w_m.
    Power { derivative: Vec<f64>, weights: Vec<f64> },
}

impl DirectForce {
    /// The force of a density on an axis, at `refinement` ≥ 1 points in each of its cells and `beyond` more at each end.
    ///
    /// # Errors
    /// A V′ that is not finite on these points and no power; a power with α ≥ 1; a refinement of 0.
    pub fn new(
        interaction: &dyn Interaction,
        density: &Axis,
        refinement: usize,
        beyond: usize,
    ) -> Result<Self, KernelError> {
        within(NAME, "refinement", refinement as f64, [1.0, f64::MAX])?;
        let (n, spacing) = (density.len(), density.spacing() / refinement as f64);
        let rule = match interaction.convolution() {
            Convolution::Power { strength, alpha } => Rule::Power {
                derivative: (0..refinement * (2 * n - 1))
                    .map(|d| sinc_slope(d, refinement, n - 1) / density.spacing())
                    .collect(),
                weights: power_weights(strength, alpha, spacing, refinement * n + beyond)?,
            },
            _ => {
                let lowest = (refinement * (n - 1) + beyond) as f64;
                let slope =
                    |d: usize| finite(NAME, "V′", interaction.derivative((d as f64 - lowest) * spacing));
                let differences = refinement * (2 * n - 1) + 2 * beyond;
                Rule::Smooth { slope: (0..differences).map(slope).collect::<Result<_, _>>()? }
            }
        };
        Ok(Self { density: *density, refinement, beyond, rule })
    }

    /// The number of points x_p.
    pub fn points(&self) -> usize {
        self.density.len() * self.refinement + 2 * self.beyond
    }

    /// Δ, the distance between two points.
    pub fn spacing(&self) -> f64 {
        self.density.spacing() / self.refinement as f64
    }

    /// The first point.
    pub fn start(&self) -> f64 {
        self.density.start() - self.beyond as f64 * self.spacing()
    }

    /// F(x_p) for ρ(x_i) on the axis of the density.
    ///
    /// # Panics
    /// If `rho` has not the length of the axis.
    pub fn values(&self, rho: &[f64]) -> Vec<f64> {
        assert_eq!(rho.len(), self.density.len(), "a density lives on the axis of its sums");
        match &self.rule {
            Rule::Smooth { slope } => {
                self.sums(slope, rho, self.points()).map(|sum| -self.density.spacing() * sum).collect()
            }
            Rule::Power { derivative, weights } => {
                let slope: Vec<f64> = self.sums(derivative, rho, self.refinement * rho.len()).collect();
                let at = |p: usize| -> f64 {
                    slope.iter().enumerate().map(|(q, s)| weights[(q + self.beyond).abs_diff(p)] * s).sum()
                };
                (0..self.points()).map(|p| -self.spacing() * at(p)).collect()
            }
        }
    }

    /// Σ_j table[p + refinement·(n−1−j)]ρ(x_j), p = 0..points.
    fn sums<'a>(&'a self, table: &'a [f64], rho: &'a [f64], points: usize) -> impl Iterator<Item = f64> + 'a {
        (0..points).map(move |p| {
            let first = p + self.refinement * (rho.len() - 1);
            rho.iter().enumerate().map(|(j, rho)| table[first - self.refinement * j] * rho).sum()
        })
    }
}

/// strength·h^(−α)w_m, m = 0..count: h Σ_m of them times f(mh) is ∫V(r)f(r)dr.
fn power_weights(strength: f64, alpha: f64, spacing: f64, count: usize) -> Result<Vec<f64>, KernelError> {
    if !(0.0 < alpha && alpha < 1.0) {
        return Err(KernelError::NotIntegrable { alpha });
    }
    let scale = finite(NAME, "strength", strength)? * spacing.powf(-alpha);
    Ok(punctured::weights(alpha, count).into_iter().map(|w| scale * w).collect())
}

/// sinc′(s) = [cos πs − sin(πs)/(πs)]/s, sinc(s) = sin(πs)/(πs), at s = d/refinement − whole.
fn sinc_slope(d: usize, refinement: usize, whole: usize) -> f64 {
    let s = (d as f64 - (whole * refinement) as f64) / refinement as f64;
    if s == 0.0 {
        return 0.0;
    }
    // s = integer + fraction, so that sin and cos see small arguments
    let sign = if (d / refinement + whole).is_multiple_of(2) { 1.0 } else { -1.0 };
    let (sin, cos) = (PI * (d % refinement) as f64 / refinement as f64).sin_cos();
    sign * (cos - sin / (PI * s)) / s
}
