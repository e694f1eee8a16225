//! P16.6 in R³: ‖(1−ε²Δ)^{−1}(1+x²)^{−1}‖_HS = C√N, C = π²/(2π)^{3/2}, from channels.
//!
//! With T = (1−ε²Δ)^{−1} and D(x) = T²(x;x), ‖T(1+x²)^{−1}‖²_HS = ∫D(x)(1+x²)^{−2}dx; D does not depend on x, and ∫(1+x²)^{−2}dx = π². In
//! channels
//!
//!   D(r) = Σ_ℓ(2ℓ+1)(T_ℓ²)(r;r)/(4πr²),  T_ℓ = (1 + ε²(−∂_r² + ℓ(ℓ+1)/r²))^{−1},
//!
//! is the same at every r only if the barriers, the multiplicities and the powers of ε are right. Beyond ℓ_max, with ν = ℓ+½,
//! (T_ℓ²)(r;r) = (r³/4ε⁴)(ν² + r²/ε²)^{−3/2}(1 + O(ν^{−2})), whose sum is (r³/2ε⁴)((ℓ_max+1)² + r²/ε²)^{−1/2}.

use std::f64::consts::PI;

use phase_space::radial::{Parity, RadialGrid, RadialGridError};

use crate::SpectrumError;
use crate::radial::{HamiltonianError, RadialHamiltonian};

/// ‖(1+x²)^{−1}‖²_{L²(R³)} = π².
const WEIGHT: f64 = PI * PI;

/// C = π²/(2π)^{3/2} of d = 3; it equals that of d = 1, (π/2)/(2π)^{1/2}, but N = ε^{−3}.
pub const RESOLVENT_CONSTANT: f64 = crate::WEIGHTED_RESOLVENT_CONSTANT;

/// Points without which nothing is measured.
const LEAST_POINTS: usize = 20;

/// Why T² was not computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ResolventError {
    /// −ε²Δ in a channel was refused.
    #[error(transparent)]
    Hamiltonian(#[from] HamiltonianError),
    /// A grid of so few points, fewer than 20 in [`weighted_resolvent`].
    #[error(transparent)]
    Grid(#[from] RadialGridError),
    /// Its eigenvalues did not converge.
    #[error(transparent)]
    Spectrum(#[from] SpectrumError),
}

/// D(r_j) from the channels up to ℓ_max and the asymptotic sum beyond. `barrier(ℓ)` is ℓ(ℓ+1); others are wrong: negative controls.
///
/// Good where r_j is several ε from the edge R of the grid, and εℓ_max/r_j is below half of the largest momentum πε/h.
///
/// # Errors
/// [`ResolventError`]: ε or a barrier that is not finite, no convergence.
pub fn resolvent_density(
    eps: f64,
    grid: &RadialGrid,
    l_max: usize,
    barrier: impl Fn(usize) -> f64,
) -> Result<Vec<f64>, ResolventError> {
    let (n, h) = (grid.len(), grid.spacing());
    let shell = |r: f64| 4.0 * PI * r * r;
    let beyond = |r: f64| {
        let (next, z) = ((l_max + 1) as f64, r / eps);
        r.powi(3) / (2.0 * eps.powi(4) * next.hypot(z)) / shell(r)
    };
    let mut density: Vec<f64> = grid.points().into_iter().map(beyond).collect();
    for l in 0..=l_max {
        let kinetic = RadialHamiltonian::with_barrier(grid, eps, Parity::of(l), barrier(l), &vec![0.0; n])?
            .eigenvectors()?;
        let weights = kinetic.values().iter().map(|p| (1.0 + p).powi(-2));
        for (k, weight) in weights.enumerate() {
            for (j, q) in kinetic.vector(k).iter().enumerate() {
                density[j] += (2 * l + 1) as f64 * weight * q * q / (h * shell(grid.point(j)));
            }
        }
    }
    Ok(density)
}

/// ‖(1−ε²Δ)^{−1}(1+x²)^{−1}‖_HS = (π²D)^{1/2}, (value, error): the mean of D over the radii between 0.3R and 0.6R; the error is its spread
/// there, the change against half as many channels and that against half as many points.
///
/// # Errors
/// As [`resolvent_density`].
pub fn weighted_resolvent(eps: f64, grid: &RadialGrid, l_max: usize) -> Result<(f64, f64), ResolventError> {
    let measured = |grid: &RadialGrid, l_max: usize| -> Result<[f64; 2], ResolventError> {
        let density = resolvent_density(eps, grid, l_max, |l| (l * (l + 1)) as f64)?;
        let inner = |j: &usize| (0.3..=0.6).contains(&(grid.point(*j) / grid.radius()));
        let norms: Vec<f64> = (0..grid.len()).filter(inner).map(|j| (WEIGHT * density[j]).sqrt()).collect();
        let mean = norms.iter().sum::<f64>() / norms.len() as f64;
        Ok([mean, norms.iter().fold(0.0, |spread: f64, norm| spread.max((norm - mean).abs()))])
    };
    if grid.len() < LEAST_POINTS {
        return Err(RadialGridError::Points(grid.len()).into());
    }
    let half = RadialGrid::new(grid.radius(), grid.len() / 2)?;
    let [value, spread] = measured(grid, l_max)?;
    let ([fewer, _], [coarse, _]) = (measured(grid, l_max / 2)?, measured(&half, l_max)?);
    Ok((value, spread + (value - fewer).abs() + (value - coarse).abs()))
}
