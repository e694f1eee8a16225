//! ‖W_t − W̃_t‖_{L¹} in R³.

use std::f64::consts::{PI, TAU};

use operators::BandHermitian;
use operators::radial::Channels;
use transforms::wigner::radial::{RadialSlice, SliceExtent, weyl_variables_with};

use super::{Extent, Pair, Reference};
use crate::Estimate;

/// Radii, a multiple of three, and points in v∥ and v⊥, with fewer of each for the error.
const RADII: usize = 60;
const SPEEDS: usize = 240;
const FEWER: usize = 150;
/// Points of the local interpolation of F, and fewer of them, in those of the radii.
const FINER: [usize; 2] = [3, 2];

/// 8π²∫R²∫∫v⊥|W − W̃| dv⊥dv∥dR, from the channels of ω − ω̃ in the comoving frame, whose map keeps volumes; `hilbert_schmidt` is what the
/// approximations of the pair cost ‖·‖_HS/√N.
///
/// ‖E‖_{L¹} ≤ |Ω|^{1/2}‖E‖_{L²} on the part Ω of phase space where there is anything, and (2π)^{3/2}‖E‖_{L²} = ‖Op(E)‖_HS/√N. The
/// integral itself is compared with a third of the radii, and with one by fewer velocities and fewer points of F: |·| has kinks.
pub fn wigner_l1(reference: &Reference, pair: &Pair, hilbert_schmidt: f64) -> Estimate {
    let integral = integral(&pair.difference, pair.scaling.eps(), &reference.extent);
    Estimate::new(integral.value, integral.error + states(&reference.extent).sqrt() * hilbert_schmidt)
}

/// (2π)^{−3}|{|ξ| ≤ R, |η| ≤ V}|.
fn states(extent: &Extent) -> f64 {
    (4.0 * PI / 3.0).powi(2) * (extent.radius * extent.speed / TAU).powi(3)
}

fn integral(difference: &Channels, eps: f64, extent: &Extent) -> Estimate {
    let band = difference.blocks().iter().map(BandHermitian::half_bandwidth).max().unwrap_or(0);
    let reach = (band + 1) as f64 * difference.grid().spacing() / eps;
    let slices = SliceExtent { reach, speed: extent.speed };
    let spacing = extent.radius / RADII as f64;
    let radius = |j: usize| (j as f64 + 0.5) * spacing;
    let [fine, fewer] = [SPEEDS, FEWER].map(|speeds| Shells::new(slices, speeds));
    let nodes = fine.slice.nodes();
    let points: Vec<_> =
        (0..RADII).flat_map(|j| nodes.iter().map(move |&(a, b)| (radius(j), a, b))).collect();
    let [fine, fewer] = [(fine, FINER[0]), (fewer, FINER[1])].map(|(shells, finer)| {
        let f = weyl_variables_with(difference, eps, &points, finer);
        let slices = shells.slice.wigner_at_radii(RADII, &f);
        let shell = |(j, w): (usize, &Vec<f64>)| 8.0 * PI * PI * radius(j).powi(2) * shells.integral(w);
        slices.iter().enumerate().map(shell).collect::<Vec<f64>>()
    });
    let value = spacing * fine.iter().sum::<f64>();
    let third = 3.0 * spacing * fine.iter().skip(1).step_by(3).sum::<f64>();
    let fewer = spacing * fewer.iter().sum::<f64>();
    Estimate::new(value, (value - third).abs() + (value - fewer).abs())
}

/// |W| integrated over the velocities at one radius.
struct Shells {
    slice: RadialSlice,
    across: Vec<f64>,
    cell: f64,
}

impl Shells {
    /// Midpoints in v∥ and, half as many, in v⊥.
    fn new(extent: SliceExtent, speeds: usize) -> Self {
        let step = 2.0 * extent.speed / speeds as f64;
        let midpoint = |i: usize| (i as f64 + 0.5) * step;
        let along: Vec<f64> = (0..speeds).map(|i| midpoint(i) - extent.speed).collect();
        let across: Vec<f64> = (0..speeds / 2).map(midpoint).collect();
        Self { slice: RadialSlice::new(extent, &along, &across), across, cell: step * step }
    }

    /// ∫∫v⊥|W|dv⊥dv∥.
    fn integral(&self, w: &[f64]) -> f64 {
        let rows = w.chunks_exact(self.across.len());
        self.cell * rows.flat_map(|row| row.iter().zip(&self.across)).map(|(w, v)| v * w.abs()).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use phase_space::Scaling;
    use phase_space::radial::{AngularMomenta, RadialGrid};
    use transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};

    use super::*;

    /// Two Gaussians of different widths, one chirped, against the integral over phase space.
    #[test]
    fn the_norm_is_the_integral_of_the_symbol() {
        let (eps, extent) = (0.25, Extent { radius: 8.0, speed: 9.0, ..Extent::default() });
        let terms = [(1.0, 1.0, 1.1, 0.2), (-1.0, 1.2, 0.9, 0.0)];
        let grid = RadialGrid::resolving(8.0, eps, 9.0).unwrap();
        let term = |&(weight, sigma_x, sigma_v, chirp): &(f64, f64, f64, f64)| GaussianTerm {
            weight,
            sigma_x,
            sigma_v,
            chirp,
        };
        let variables = GaussianVariables::new(terms.iter().map(term).collect()).unwrap();
        let momenta = AngularMomenta::sparse(eps, (30.0 / eps) as usize).unwrap();
        let difference = weyl_channels(&variables, &Scaling::new(3, eps).unwrap(), &grid, &momenta).unwrap();
        let wigner = |r: f64, v: f64, w: f64| -> f64 {
            let value = |&(weight, sigma_x, sigma_v, chirp): &(f64, f64, f64, f64)| {
                let square = (r / sigma_x).powi(2) + ((v - chirp * r).powi(2) + w * w) / (sigma_v * sigma_v);
                weight * (-0.5 * square).exp() / (TAU * sigma_x * sigma_v).powi(3)
            };
            terms.iter().map(value).sum()
        };
        let (n, step) = (240, [8.0 / 240.0, 8.0 / 240.0]);
        let mut exact = 0.0;
        for i in 0..n {
            let r = (i as f64 + 0.5) * step[0];
            for j in 0..2 * n {
                let v = (j as f64 + 0.5) * step[1] - 8.0;
                for k in 0..n {
                    let w = (k as f64 + 0.5) * step[1];
                    exact += 8.0 * PI * PI * r * r * w * wigner(r, v, w).abs() * step[0] * step[1] * step[1];
                }
            }
        }
        let found = integral(&difference, eps, &extent);
        assert!((found.value - exact).abs() < found.error + 1e-5 * exact, "{found:?} {exact}");
        assert!(found.error < 5e-3 * exact, "{found:?}");
    }
}
