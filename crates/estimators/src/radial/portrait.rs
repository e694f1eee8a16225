//! What a figure shows of a pair: densities, and the (r, v_r) plane at one angular momentum.

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;
use operators::BandHermitian;
use phase_space::radial::{Parity, ParityTransform, RadialGrid};
use rayon::prelude::*;

use super::density::shells;
use super::reference::in_frame;
use super::{At, Reference};

/// ρ_t and ρ̃_t on the same radii.
#[derive(Clone, Debug, PartialEq)]
pub struct Densities {
    /// r.
    pub radii: Vec<f64>,
    /// ρ_t(r), Hartree.
    pub hartree: Vec<f64>,
    /// ρ̃_t(r), Vlasov.
    pub vlasov: Vec<f64>,
}

/// ρ_t and ρ̃_t of a pair in the laboratory, r = bξ.
pub fn densities(at: &At) -> Densities {
    let pair = &at.pair;
    let (grid, b) = (pair.hartree.grid(), pair.scale);
    let of = |omega: &operators::radial::Channels| -> Vec<f64> {
        let shells = shells(omega, pair.scaling.n());
        let volume = |j: usize| 4.0 * PI * grid.point(j).powi(2) * b.powi(3);
        shells.iter().enumerate().map(|(j, shell)| shell / volume(j)).collect()
    };
    let radii = grid.points().iter().map(|xi| b * xi).collect();
    Densities { radii, hartree: of(&pair.hartree), vlasov: of(&pair.vlasov) }
}

/// W_t and W̃_t in the (r, v_r) plane at one angular momentum.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// L = ε(ℓ+½) = |x×v|.
    pub angular_momentum: f64,
    /// [min, max] of r.
    pub radii: [f64; 2],
    /// [min, max] of v_r.
    pub velocities: [f64; 2],
    /// Points in r.
    pub columns: usize,
    /// Points in v_r.
    pub rows: usize,
    /// `[row·columns + column]`: (2π)^{−3}∫ω_ℓ(r+εy/2; r−εy/2)e^{−iv_ry}ε dy, the Wigner function of the channel, Hartree.
    pub hartree: Vec<f64>,
    /// Likewise W̃_t(r, v_r, L/r), Vlasov.
    pub vlasov: Vec<f64>,
}

/// Points of a portrait in each direction.
const POINTS: usize = 96;

/// W_t and W̃_t of a pair for |x×v| ≈ `angular_momentum`, that of the nearest channel that was evolved.
///
/// For ε → 0 the Wigner function of channel ℓ is W(r, v_r, L/r), L = ε(ℓ+½), up to O(ε²): the two panels of a figure are to be compared by
/// eye alone.
pub fn portrait(reference: &Reference, at: &At, angular_momentum: f64) -> Portrait {
    let (pair, frame) = (&at.pair, &reference.frame);
    let (grid, eps) = (pair.hartree.grid(), pair.scaling.eps());
    let apart = |l: usize| (eps * (l as f64 + 0.5) - angular_momentum).abs();
    let momenta = pair.hartree.momenta().momenta();
    let nearest = (0..momenta.len()).min_by(|a, b| apart(momenta[*a]).total_cmp(&apart(momenta[*b])));
    let index = nearest.unwrap_or(0);
    let angular_momentum = eps * (momenta[index] as f64 + 0.5);
    let kernel = Doubled::new(grid, Parity::of(momenta[index]), &pair.hartree.blocks()[index]);
    let (b, expansion) = frame.scale(at.time);
    // seven tenths of the box: at its edge there is nothing to see
    let (radius, speed) = (0.7 * reference.extent.radius, 0.7 * reference.extent.speed);
    let fastest = speed / b + 0.5 * expansion.abs() * radius;
    let columns: Vec<usize> =
        (1..=POINTS).map(|c| kernel.nearest(radius * c as f64 / POINTS as f64)).collect();
    let velocity = |row: usize| fastest * (2.0 * row as f64 / (POINTS - 1) as f64 - 1.0);
    let point = |row: usize, column: usize| {
        let xi = kernel.point(columns[column]);
        (xi, b * velocity(row) - 0.5 * b * expansion * xi)
    };
    let places: Vec<(usize, usize)> = (0..POINTS * POINTS).map(|p| (p / POINTS, p % POINTS)).collect();
    let hartree = places
        .par_iter()
        .map(|&(row, column)| kernel.wigner(columns[column], point(row, column).1, eps) / TAU.powi(3))
        .collect();
    let phase_points: Vec<(f64, f64, f64)> = places
        .iter()
        .map(|&(row, column)| {
            let (xi, eta) = point(row, column);
            (xi, eta, angular_momentum / xi)
        })
        .collect();
    let vlasov = in_frame(reference.vlasov(), frame, at.time)(&phase_points);
    let ends = [columns[0], columns[POINTS - 1]].map(|c| b * kernel.point(c));
    Portrait {
        angular_momentum,
        radii: ends,
        velocities: [-fastest, fastest],
        columns: POINTS,
        rows: POINTS,
        hartree,
        vlasov,
    }
}

/// hω_ℓ interpolated to twice as many points: a Wigner function needs r ± εy/2 at the spacing of y.
struct Doubled {
    spacing: f64,
    n: usize,
    /// `[i·n + j]`.
    kernel: Vec<Complex64>,
}

impl Doubled {
    fn new(grid: &RadialGrid, parity: Parity, block: &BandHermitian) -> Self {
        let (m, n, spacing) = (grid.len(), 2 * grid.len(), 0.5 * grid.spacing());
        let transform = ParityTransform::new(grid, parity);
        // [i][k]: the interpolant of the k-th unit vector at the i-th point
        let interpolant = |i: usize| -> Vec<f64> {
            let mut values = vec![0.0; m];
            for (wave, mode) in transform.waves_at((i as f64 + 0.5) * spacing).iter().zip(0..m) {
                values.iter_mut().zip(transform.row(mode)).for_each(|(value, t)| *value += wave * t);
            }
            values
        };
        let interpolants: Vec<Vec<f64>> = (0..n).into_par_iter().map(interpolant).collect();
        let dense = block.to_dense();
        let row = |i: usize| -> Vec<Complex64> {
            let mut half = vec![Complex64::ZERO; m];
            for (weight, row) in interpolants[i].iter().zip(dense.chunks_exact(m)) {
                half.iter_mut().zip(row).for_each(|(sum, a)| *sum += weight * a);
            }
            let at = |other: &Vec<f64>| half.iter().zip(other).map(|(a, weight)| a * weight).sum();
            interpolants.iter().map(at).collect()
        };
        let kernel = (0..n).into_par_iter().flat_map_iter(row).collect();
        Self { spacing, n, kernel }
    }

    fn point(&self, i: usize) -> f64 {
        (i as f64 + 0.5) * self.spacing
    }

    fn nearest(&self, xi: f64) -> usize {
        ((xi / self.spacing - 0.5).round().max(0.0) as usize).min(self.n - 1)
    }

    /// Σ_m A(i+m, i−m)e^{−iη·2mh/ε}: the points are h apart, y = 2mh/ε, dy·ε = 2h, and the block carries the h of twice the spacing. Beyond
    /// the velocities that the points carry, |η| > πε/(2h), the sum repeats itself, and W is nothing.
    fn wigner(&self, i: usize, eta: f64, eps: f64) -> f64 {
        if eta.abs() > PI * eps / (2.0 * self.spacing) {
            return 0.0;
        }
        let reach = i.min(self.n - 1 - i) as isize;
        let term = |m: isize| {
            let (a, b) = ((i as isize + m) as usize, (i as isize - m) as usize);
            (self.kernel[a * self.n + b] * Complex64::cis(-eta * 2.0 * m as f64 * self.spacing / eps)).re
        };
        (-reach..=reach).map(term).sum()
    }
}
