//! Back from the channels to the kernel.

use std::f64::consts::PI;

use num_complex::Complex64;
use operators::radial::Channels;

use super::legendre::Legendre;

/// ω(x;y) = Σ_ℓ (2ℓ+1) P_ℓ(cos θ) ω_ℓ(r_i;r_j)/(4πr_ir_j), θ the angle between x and y, |x| = r_i, |y| = r_j.
///
/// The inverse of the Legendre projection: N F for the channels of [`super::weyl_channels`]. θ = 0 and i = j give Nρ(r_i). With a sparse
/// set of ℓ only small angles are summed well, ℓ_max θ of order 1.
pub fn kernel(omega: &Channels, i: usize, j: usize, theta: f64) -> Complex64 {
    let t = [2.0 * (0.5 * theta).sin().powi(2)];
    let mut legendre = Legendre::new(&t);
    let (grid, momenta) = (omega.grid(), omega.momenta());
    let terms = momenta.momenta().iter().zip(momenta.multiplicities()).zip(omega.blocks());
    let sum: Complex64 = terms.map(|((&l, m), block)| m * legendre.at(l)[0] * block.entry(i, j)).sum();
    sum / (4.0 * PI * grid.point(i) * grid.point(j) * grid.spacing())
}
