//! ω_ℓ(r,r′) for all chosen ℓ at once.

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;
use operators::BandHermitian;
use operators::radial::Channels;
use phase_space::radial::{AngularMomenta, RadialGrid};
use phase_space::{Scaling, turn};
use rayon::prelude::*;

use super::legendre::{Legendre, Panels};
use super::{ChannelQuantisationError, RadialWeylVariables};
use crate::dot::dot;

/// How the integral over u is cut into panels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChannelOptions {
    /// Panels are shorter by this factor; another value gives the error of the quadrature.
    pub refinement: f64,
}

impl Default for ChannelOptions {
    /// Refinement 1: round-off for smooth F.
    fn default() -> Self {
        Self { refinement: 1.0 }
    }
}

/// Radians that P_ℓmax turns through in one panel of sixteen nodes.
const PHASE: f64 = 13.0;

/// Panels across the reach of F.
const ACROSS_REACH: f64 = 6.0;

/// b: |r_i−r_j|/ε reaches beyond the window of F for |i−j| > b.
pub fn half_bandwidth(variables: &impl RadialWeylVariables, eps: f64, grid: &RadialGrid) -> usize {
    ((variables.reach() * eps / grid.spacing()) as usize).min(grid.len() - 1)
}

/// The channels hω_ℓ(r_i;r_j) of ω(x;y) = N F((x+y)/2, (x−y)/ε), N = ε^(−3), for every chosen ℓ; zero for |r−r′|/ε beyond the reach of F.
///
/// tr ω = N∬W, ‖ω‖²_HS = N(2π)³‖W‖²_{L²} if the radii resolve the momenta, h ≤ πε/v_max, and ℓ_max > |x×v|/ε.
/// Rows are shared among threads; the same bits for any number of them.
///
/// # Errors
/// [`ChannelQuantisationError`]: a scaling with d ≠ 3, a reach that is not positive, values of F that are not finite.
pub fn weyl_channels(
    variables: &impl RadialWeylVariables,
    scaling: &Scaling,
    grid: &RadialGrid,
    momenta: &AngularMomenta,
) -> Result<Channels, ChannelQuantisationError> {
    weyl_channels_with(variables, scaling, grid, momenta, &ChannelOptions::default())
}

/// [`weyl_channels`] with panels of one's own.
///
/// # Errors
/// As there, or a refinement that is not positive and finite.
pub fn weyl_channels_with(
    variables: &impl RadialWeylVariables,
    scaling: &Scaling,
    grid: &RadialGrid,
    momenta: &AngularMomenta,
    options: &ChannelOptions,
) -> Result<Channels, ChannelQuantisationError> {
    if scaling.dimension() != 3 {
        return Err(ChannelQuantisationError::Dimension(scaling.dimension()));
    }
    if !(options.refinement.is_finite() && options.refinement > 0.0) {
        return Err(ChannelQuantisationError::Refinement(options.refinement));
    }
    let reach = variables.reach();
    if !(reach.is_finite() && reach > 0.0) {
        return Err(ChannelQuantisationError::Reach(reach));
    }
    let (n, b, n_l) = (grid.len(), half_bandwidth(variables, scaling.eps(), grid), momenta.len());
    let projection = Projection { variables, eps: scaling.eps(), momenta, options, panels: Panels::new() };
    // row i: ω_ℓ(r_i; r_j) for j = i−b..=i at [(i−j)·n_ℓ + index of ℓ]
    let row = |i: usize| -> Vec<Complex64> {
        (0..=b.min(i)).flat_map(|d| projection.entries(grid.point(i), grid.point(i - d))).collect()
    };
    let rows: Vec<Vec<Complex64>> = (0..n).into_par_iter().map(row).collect();
    let block = |index: usize| {
        let entry = |d: usize, j: usize| grid.spacing() * rows[j + d][d * n_l + index];
        BandHermitian::from_diagonals(n, (0..=b).map(|d| (0..n - d).map(|j| entry(d, j)).collect()).collect())
    };
    let blocks: Result<Vec<_>, _> = (0..n_l).map(block).collect();
    Ok(Channels::new(*grid, momenta.clone(), blocks?)?)
}

/// The integral over the angle θ between x and y, u = (2√(rr′)/ε) sin(θ/2).
struct Projection<'a, V> {
    variables: &'a V,
    eps: f64,
    momenta: &'a AngularMomenta,
    options: &'a ChannelOptions,
    panels: Panels,
}

impl<V: RadialWeylVariables> Projection<'_, V> {
    /// ω_ℓ(r,r′) for every chosen ℓ: 2πN rr′∫P_ℓ(cos θ)F sin θ dθ.
    fn entries(&self, r: f64, r_prime: f64) -> Vec<Complex64> {
        let eps = self.eps;
        let (s, delta, product) = (0.5 * (r + r_prime), (r - r_prime) / eps, r * r_prime);
        // R² ≥ s² − ε²Y²/4 on all of the integral
        let innermost = (s * s - (0.5 * eps * self.variables.reach()).powi(2)).max(0.0).sqrt();
        let reach = self.variables.reach_beyond(innermost);
        if reach <= delta.abs() {
            return vec![Complex64::ZERO; self.momenta.len()];
        }
        let farthest = (reach * reach - delta * delta).max(0.0).sqrt();
        let longest = 2.0 * product.sqrt() / eps;
        let theta = if farthest < longest { 2.0 * (farthest / longest).asin() } else { PI };
        let waves = (self.momenta.last() as f64 + 0.5) * theta / PHASE;
        let bumps = 0.5 * theta * longest * ACROSS_REACH / reach;
        let count = (self.options.refinement * waves.max(bumps)).ceil().max(1.0) as usize;
        let (angles, weights): (Vec<f64>, Vec<f64>) = self.panels.nodes(theta, count).unzip();
        // cos(θ/2) + i sin(θ/2)
        let mut halves = vec![Complex64::ONE; angles.len()];
        turn(&mut halves, 0.5, &angles);
        let (mut t, mut real, mut imaginary) = (Vec::new(), Vec::new(), Vec::new());
        let scale = TAU * product / eps.powi(3);
        for (Complex64 { re: cosine, im: half }, weight) in halves.into_iter().zip(weights) {
            let u = longest * half;
            // R² = s² − ε²u²/4 without cancellation: cos² from the angle, s² − rr′ from r − r′
            let capital = (product * (cosine * cosine) + (0.5 * eps * delta).powi(2)).sqrt();
            let along = s * delta / capital;
            let across = (delta * delta + u * u - along * along).max(0.0).sqrt();
            let sine = 2.0 * half * cosine;
            let f = scale * weight * sine * self.variables.value(capital, along, across);
            t.push(2.0 * half * half);
            real.push(f.re);
            imaginary.push(f.im);
        }
        let phase = Complex64::cis(self.variables.chirp() * s * delta);
        let is_real = imaginary.iter().all(|f| *f == 0.0);
        let mut legendre = Legendre::new(&t);
        let entry = |&l: &usize| {
            let p = legendre.at(l);
            let value = Complex64::new(dot(p, &real), if is_real { 0.0 } else { dot(p, &imaginary) });
            if delta == 0.0 { value.re.into() } else { phase * value }
        };
        self.momenta.momenta().iter().map(entry).collect()
    }
}
