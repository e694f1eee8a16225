//! F(R, Y∥, Y⊥) from the channels.

use std::f64::consts::PI;

use num_complex::Complex64;
use operators::radial::Channels;
use operators::{BandHermitian, real_product};
use phase_space::eight_points;
use phase_space::radial::{AngularMomenta, Parity, ParityTransform, RadialGrid};
use rayon::prelude::*;

use crate::weyl::radial::Legendre;

/// Points that one thread takes at a time.
const CHUNK: usize = 512;
/// So many times as many points stand between the radii before the local interpolation: 10⁻⁷ of F.
const FINER: usize = 3;

/// F(R,Y∥,Y⊥) = ε³ω(X+εY/2; X−εY/2) at each (R, Y∥, Y⊥), Y⊥ ≥ 0, of a rotation-invariant ω: 1/N of its kernel.
///
/// Every ℓ ≤ ℓ_max is summed, the channels between the chosen ones interpolated ([`AngularMomenta::interpolation`]); in r and r′ the channels are
/// taken at three times as many points by their sines and cosines and then interpolated through 8×8 of them. Beyond the radii ω is nothing. Points
/// are shared among threads; the same bits for any number of them.
pub fn weyl_variables(omega: &Channels, eps: f64, points: &[(f64, f64, f64)]) -> Vec<Complex64> {
    weyl_variables_with(omega, eps, points, FINER)
}

/// [`weyl_variables`] with `finer` ≥ 1 times as many points for the local interpolation: fewer show what it costs.
pub fn weyl_variables_with(
    omega: &Channels,
    eps: f64,
    points: &[(f64, f64, f64)],
    finer: usize,
) -> Vec<Complex64> {
    let place = |&point: &(f64, f64, f64)| Place::new(point, eps, omega.grid(), finer);
    let places: Vec<Place> = points.iter().map(place).collect();
    let mut sums: Vec<Vec<Complex64>> =
        places.chunks(CHUNK).map(|c| vec![Complex64::ZERO; c.len()]).collect();
    let legendre: Vec<Vec<f64>> =
        places.par_chunks(CHUNK).map(|chunk| projected(omega.momenta(), chunk)).collect();
    let [odd, even] = [Parity::Odd, Parity::Even].map(|parity| Refinement::new(omega.grid(), parity, finer));
    for (index, (block, &l)) in omega.blocks().iter().zip(omega.momenta().momenta()).enumerate() {
        let finer = Finer::new(block, if Parity::of(l) == Parity::Odd { &odd } else { &even });
        let add = |((chunk, sums), q): ((&[Place], &mut Vec<Complex64>), &Vec<f64>)| {
            for (k, (place, sum)) in chunk.iter().zip(sums).enumerate() {
                *sum += q[index * chunk.len() + k] * finer.value(place);
            }
        };
        places.par_chunks(CHUNK).zip(&mut sums).zip(&legendre).for_each(add);
    }
    let scale = eps.powi(3) / (4.0 * PI * omega.grid().spacing());
    let values = places.iter().zip(sums.into_iter().flatten());
    values
        .map(|(place, sum)| if place.inside { scale / place.product * sum } else { Complex64::ZERO })
        .collect()
}

/// Where the kernel is to be taken: the two radii, in the spacing of the finer points, and the angle between them.
struct Place {
    radii: [f64; 2],
    /// rr′.
    product: f64,
    /// 1 − cos θ.
    t: f64,
    inside: bool,
}

impl Place {
    fn new((radius, along, across): (f64, f64, f64), eps: f64, grid: &RadialGrid, finer: usize) -> Self {
        let y = 0.25 * eps * eps * (along * along + across * across);
        let shifted = |sign: f64| (radius * radius + sign * eps * radius * along + y).max(0.0).sqrt();
        let (r, r_prime) = (shifted(1.0), shifted(-1.0));
        // r − r′ without cancellation
        let (product, difference) = (r * r_prime, 2.0 * eps * radius * along / (r + r_prime));
        let t = ((4.0 * y - difference * difference) / (2.0 * product)).clamp(0.0, 2.0);
        let inside = r.max(r_prime) < grid.radius() && product > 0.0;
        Self { radii: [r, r_prime].map(|r| r * finer as f64 / grid.spacing()), product, t, inside }
    }
}

/// `[i·points + k]` = Σ_ℓ (2ℓ+1)a_ℓi P_ℓ(cos θ_k), where ω_ℓ = Σ_i a_ℓi ω_{ℓ_i}.
fn projected(momenta: &AngularMomenta, places: &[Place]) -> Vec<f64> {
    let t: Vec<f64> = places.iter().map(|place| place.t).collect();
    let mut legendre = Legendre::new(&t);
    let mut projected = vec![0.0; momenta.len() * t.len()];
    for l in 0..=momenta.last() {
        let p = legendre.at(l);
        let [fine, _] = momenta.interpolation(l);
        for (i, a) in fine {
            let weight = (2 * l + 1) as f64 * a;
            projected[i * t.len()..][..t.len()].iter_mut().zip(p).for_each(|(q, p)| *q += weight * p);
        }
    }
    projected
}

/// The interpolant of a parity at the finer points, and its transpose.
struct Refinement {
    parity: Parity,
    /// Points: `finer` times those of the grid.
    size: usize,
    /// `[i·n + j]`: what u_j adds to the finer point i.
    matrix: Vec<f64>,
    /// `[j·m + i]`.
    transposed: Vec<f64>,
}

impl Refinement {
    fn new(grid: &RadialGrid, parity: Parity, finer: usize) -> Self {
        let (n, m) = (grid.len(), finer * grid.len());
        let transform = ParityTransform::new(grid, parity);
        let place = |i: usize| (i as f64 + 0.5) * grid.spacing() / finer as f64;
        let waves: Vec<f64> =
            (0..m).into_par_iter().flat_map_iter(|i| transform.waves_at(place(i))).collect();
        let modes: Vec<f64> = (0..n).flat_map(|k| transform.row(k)).copied().collect();
        let mut matrix = vec![0.0; m * n];
        real_product(&waves, &modes, n, &mut matrix);
        let transposed = (0..n * m).map(|at| matrix[(at % m) * n + at / m]).collect();
        Self { parity, size: m, matrix, transposed }
    }
}

/// hω_ℓ on the finer points, continued by its parity to four points at r < 0 and by nothing beyond the radii.
struct Finer {
    size: usize,
    values: Vec<Complex64>,
}

/// Points at r < 0, and beyond the radii.
const MARGIN: usize = 4;

impl Finer {
    fn new(block: &BandHermitian, refinement: &Refinement) -> Self {
        let (n, m, sigma) = (block.n(), refinement.size, refinement.parity.sign());
        // C A Cᵀ
        let part = |of: fn(Complex64) -> f64| {
            let a: Vec<f64> = (0..n * n).map(|at| of(block.entry(at / n, at % n))).collect();
            let (mut half, mut whole) = (vec![0.0; m * n], vec![0.0; m * m]);
            let rows = 1.max(m.div_ceil(16));
            let products = half.par_chunks_mut(rows * n).zip(whole.par_chunks_mut(rows * m));
            products.zip(refinement.matrix.par_chunks(rows * n)).for_each(|((half, whole), c)| {
                real_product(c, &a, n, half);
                real_product(half, &refinement.transposed, n, whole);
            });
            whole
        };
        let [re, im] = [part(|a| a.re), part(|a| a.im)];
        let size = m + 2 * MARGIN;
        let place = |at: usize| at as isize - MARGIN as isize;
        let value = |at: usize| {
            let (i, j) = (place(at / size), place(at % size));
            let fold = |i: isize| if i < 0 { (-1 - i) as usize } else { i as usize };
            let (a, b) = (fold(i), fold(j));
            if a >= m || b >= m {
                return Complex64::ZERO;
            }
            let sign = if (i < 0) == (j < 0) { 1.0 } else { sigma };
            sign * Complex64::new(re[a * m + b], im[a * m + b])
        };
        Self { size, values: (0..size * size).into_par_iter().map(value).collect() }
    }

    /// Index 0 of the stencil stands at −4, that of the values at r = (−4+½)h.
    fn value(&self, place: &Place) -> Complex64 {
        if !place.inside {
            return Complex64::ZERO;
        }
        let [(i, a), (j, b)] = place.radii.map(|r| {
            let (first, weights) = eight_points(r + 0.5);
            (first - 1, weights)
        });
        let row = |k: usize| &self.values[(i + k) * self.size + j..][..b.len()];
        let along = |k: usize| -> Complex64 { row(k).iter().zip(&b).map(|(v, b)| b * v).sum() };
        (0..a.len()).map(|k| a[k] * along(k)).sum()
    }
}
