//! An upper bound of S_l(R,T) = sup_{0≤t≤T} sup_x ∫ sup{ |∇^lW|(y,w) : |y−(x−2vt)| ≤ Rt², |w−v| ≤ Rt } dv, the local sup condition of
//! L19.T1 and L19.T2, in R³.
//!
//! Why the window is what it is: [`crate::line::local_sup`]. |∇^lW|² = Σ_{|β|=l} (l!/β!)(∂^βW)² depends on |y|, |w| and the angle between
//! them. With M(ρ,σ) the largest |∇^lW| over that angle, |y| lies within Rt² of |x−2vt| and |w| within Rt of |v|, so that
//!
//! S_l ≤ sup_t sup_r 2π∫₀^∞∫_{−1}^1 sup{ M(ρ,σ) : |ρ−|x−2vt|| ≤ Rt², |σ−s| ≤ Rt } dμ s²ds,  |x−2vt|² = r² + 4t²s² − 4rtsμ,
//!
//! an equality where W does not depend on the angle and t = 0. What is finite there is finite in the theorem.
//!
//! Discretised: M on a grid in (ρ, σ) and 33 angles; sliding maxima over the points of the window and its ends;
//! linear interpolation in ρ, the trapezoidal rule in s, the midpoint rule in μ; 9 times, with parabolas through the largest values. The error is the change against half the points
//! in each direction.

use phase_space::convention::TRANSPORT_SPEED;
use phase_space::vertex;
use rayon::prelude::*;

use super::derivatives::{Axis, Derivatives, MOST_DERIVATIVES, factorial, threefold};
use super::{CenteredComponent, RadialState, UNKNOWN};
use crate::Measured;
use crate::line::local_sup::ForceWindow;

/// Intervals in ρ and in σ.
const INTERVALS: usize = 96;

/// Intervals of the angle.
const ANGLES: usize = 32;

/// Times besides t = 0.
const TIMES: usize = 8;

/// Points of the midpoint rule in μ.
const DIRECTIONS: usize = 32;

/// The box ends where W is below this part of its supremum, with a margin for the derivatives.
const TAIL: f64 = 1e-10;
const MARGIN: f64 = 1.2;

/// `[l]` = the bound of S_l(R,T) of a state with its error of discretisation, l = 0..=`last`; `None` where ∇^lW is unbounded, an infinite
/// error where nothing is known.
///
/// # Panics
/// If `last` > 6.
pub fn local_sups_of_state(state: &dyn RadialState, last: u32, window: ForceWindow) -> Vec<Option<Measured>> {
    assert!(last as usize <= MOST_DERIVATIVES, "no theorem asks for more than five derivatives");
    let bounded =
        |order: u32| state.roughness().bounded_derivatives.is_none_or(|unbounded| order < unbounded);
    let Some(gaussians) = state.gaussians() else {
        return (0..=last).map(|order| bounded(order).then_some(UNKNOWN)).collect();
    };
    let box_ends = [MARGIN * state.reach(0.0, TAIL), MARGIN * state.speed(TAIL)];
    let majorants = Majorant::up_to(last as usize, gaussians, box_ends);
    let supremum = |majorant: &Majorant| {
        let (coarse, value) = (majorant.halved().over_times(window, 2), majorant.over_times(window, 1));
        Measured { value, error: (value - coarse).abs() + 1e-9 * value }
    };
    (0..=last).zip(&majorants).map(|(order, m)| bounded(order).then(|| supremum(m))).collect()
}

/// `[l]` = |∇^lW| at x = (r, 0, 0), v = s(cos θ, sin θ, 0), l = 0..=`last`, 0 beyond.
pub fn gradient_norms(
    gaussians: &[CenteredComponent],
    last: usize,
    r: f64,
    s: f64,
    theta: f64,
) -> [f64; MOST_DERIVATIVES + 1] {
    let axes = [[r, s * theta.cos()], [0.0, s * theta.sin()], [0.0, 0.0]];
    let derivatives: Vec<_> =
        gaussians.iter().map(|g| axes.map(|[x, v]| Axis::of(g).derivatives(x, v, last))).collect();
    let mut squares = [0.0; MOST_DERIVATIVES + 1];
    for (i, g) in derivatives.iter().enumerate() {
        for (k, h) in derivatives[..=i].iter().enumerate() {
            let products = [0, 1, 2].map(|axis| by_order(&g[axis], &h[axis], last));
            let pairs = if i == k { 1.0 } else { 2.0 };
            let heights = pairs * gaussians[i].height() * gaussians[k].height();
            for (order, square) in squares.iter_mut().enumerate().take(last + 1) {
                *square += heights * threefold(&products[0], &products[1], &products[2], order);
            }
        }
    }
    std::array::from_fn(|order| (factorial(order) * squares[order].max(0.0)).sqrt())
}

/// `[o]` = Σ_{i+k=o} g^{(i,k)}h^{(i,k)}/(i!k!).
fn by_order(g: &Derivatives, h: &Derivatives, order: usize) -> [f64; MOST_DERIVATIVES + 1] {
    let mut sums = [0.0; MOST_DERIVATIVES + 1];
    for (o, sum) in sums.iter_mut().enumerate().take(order + 1) {
        *sum = (0..=o).map(|i| g[i][o - i] * h[i][o - i] / (factorial(i) * factorial(o - i))).sum();
    }
    sums
}

/// M(ρ,σ) at ρ = i·dρ, σ = k·dσ, `values[k·(n+1) + i]`; 0 beyond.
struct Majorant {
    intervals: usize,
    steps: [f64; 2],
    values: Vec<f64>,
}

impl Majorant {
    /// Of |∇^lW|, l = 0..=`last`.
    fn up_to(last: usize, gaussians: &[CenteredComponent], ends: [f64; 2]) -> Vec<Self> {
        let (points, steps) = (INTERVALS + 1, ends.map(|end| end / INTERVALS as f64));
        let largest = |at: usize| {
            let (rho, sigma) = ((at % points) as f64 * steps[0], (at / points) as f64 * steps[1]);
            let norms = |j: usize| {
                let theta = std::f64::consts::PI * j as f64 / ANGLES as f64;
                gradient_norms(gaussians, last, rho, sigma, theta)
            };
            let along: Vec<_> = (0..=ANGLES).map(norms).collect();
            let of = |order: usize| highest(&along.iter().map(|norms| norms[order]).collect::<Vec<f64>>());
            (0..=last).map(of).collect()
        };
        let values: Vec<Vec<f64>> = (0..points * points).into_par_iter().map(largest).collect();
        let of = |order: usize| values.iter().map(|norms| norms[order]).collect();
        (0..=last).map(|order| Self { intervals: INTERVALS, steps, values: of(order) }).collect()
    }

    /// On every other point.
    fn halved(&self) -> Self {
        let rows = self.values.chunks_exact(self.intervals + 1).step_by(2);
        let values = rows.flat_map(|row| row.iter().step_by(2).copied()).collect();
        Self { intervals: self.intervals / 2, steps: self.steps.map(|step| 2.0 * step), values }
    }

    /// The largest bound over 0 ≤ t ≤ T, by TIMES/`coarser` times besides 0 and as many fewer directions.
    fn over_times(&self, window: ForceWindow, coarser: usize) -> f64 {
        let times = TIMES / coarser;
        let bound = |k: usize| {
            let t = window.time * k as f64 / times as f64;
            let (force, speed) = (window.force, TRANSPORT_SPEED);
            self.bound(force * t * t, force * t, speed * t, DIRECTIONS / coarser)
        };
        highest(&(0..=times).map(bound).collect::<Vec<f64>>())
    }

    /// sup_r 2π∬ sup{M} dμ s²ds with windows |ρ−·| ≤ `reach_x`, |σ−·| ≤ `reach_v`, and x − v·`travel` for x − 2vt.
    fn bound(&self, reach_x: f64, reach_v: f64, travel: f64, directions: usize) -> f64 {
        let [d_rho, d_sigma] = self.steps;
        let (reach_x, reach_v) = (reach_x / d_rho, reach_v / d_sigma);
        let speeds = self.intervals + reach_v.ceil() as usize;
        let rows: Vec<Vec<f64>> = (0..=speeds).map(|k| self.row(k, reach_x, reach_v)).collect();
        let farthest = self.intervals as f64 * d_rho + reach_x * d_rho + travel * speeds as f64 * d_sigma;
        let at = |r: f64| {
            let shell = |k: usize| {
                let s = k as f64 * d_sigma;
                let of = |j: usize| {
                    let mu = (2 * j + 1) as f64 / directions as f64 - 1.0;
                    let foot = r * r + (travel * s).powi(2) - 2.0 * r * travel * s * mu;
                    interpolated(&rows[k], foot.max(0.0).sqrt() / d_rho)
                };
                s * s * (0..directions).map(of).sum::<f64>() * 2.0 / directions as f64
            };
            2.0 * std::f64::consts::PI * d_sigma * (0..=speeds).map(shell).sum::<f64>()
        };
        let radii = (farthest / d_rho).ceil() as usize;
        highest(&(0..=radii).into_par_iter().map(|i| at(i as f64 * d_rho)).collect::<Vec<f64>>())
    }

    /// Row k of the maxima over windows of half-widths in cells, not whole ones.
    fn row(&self, k: usize, reach_x: f64, reach_v: f64) -> Vec<f64> {
        let n = self.intervals;
        let column = |i: usize| within(k, reach_v, n, |k| self.values[k * (n + 1) + i]);
        let columns: Vec<f64> = (0..=n).map(column).collect();
        (0..=n + reach_x.ceil() as usize).map(|i| within(i, reach_x, n, |i| columns[i])).collect()
    }
}

/// The largest of f(0..=n), 0 beyond n, on [i−reach, i+reach]: the points inside and the interpolated ends. f(−k) = f(k) is inside already.
fn within(i: usize, reach: f64, n: usize, f: impl Fn(usize) -> f64) -> f64 {
    let value = |k: usize| if k <= n { f(k) } else { 0.0 };
    let end = |place: f64| {
        let k = place as usize;
        value(k) + (place - k as f64) * (value(k + 1) - value(k))
    };
    let (low, high) = ((i as f64 - reach).max(0.0), i as f64 + reach);
    let inside = (low.ceil() as usize..=(high as usize).min(n)).map(&value);
    inside.fold(end(low).max(end(high)), f64::max)
}

/// The row at a place between its points, 0 beyond its end.
fn interpolated(row: &[f64], place: f64) -> f64 {
    let i = place as usize;
    let part = place - i as f64;
    let value = |i: usize| row.get(i).copied().unwrap_or(0.0);
    value(i) + part * (value(i + 1) - value(i))
}

/// The largest of equidistant samples, or the top of the parabola through three of them.
fn highest(samples: &[f64]) -> f64 {
    let sampled = samples.iter().copied().fold(0.0, f64::max);
    samples.windows(3).map(|w| vertex([w[0], w[1], w[2]])).fold(sampled, f64::max)
}
