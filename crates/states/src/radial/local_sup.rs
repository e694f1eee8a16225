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

/// The bound of S_l(R,T) of a state with its error of discretisation; `None` where ∇^lW is unbounded, an infinite error where nothing is
/// known.
///
/// # Panics
/// If l > 6.
pub fn local_sup_of_state(state: &dyn RadialState, order: u32, window: ForceWindow) -> Option<Measured> {
    assert!(order as usize <= MOST_DERIVATIVES, "no theorem asks for more than five derivatives");
    if state.roughness().bounded_derivatives.is_some_and(|first| order >= first) {
        return None;
    }
    let Some(gaussians) = state.gaussians() else { return Some(UNKNOWN) };
    let box_ends = [MARGIN * state.reach(0.0, TAIL), MARGIN * state.speed(TAIL)];
    let at = |halvings: usize| {
        let majorant = Majorant::new(gaussians, order as usize, box_ends, INTERVALS >> halvings);
        let times = TIMES >> halvings;
        let bound = |k: usize| {
            let t = window.time * k as f64 / times as f64;
            majorant.bound(
                window.force * t * t,
                window.force * t,
                TRANSPORT_SPEED * t,
                DIRECTIONS >> halvings,
            )
        };
        highest(&(0..=times).map(bound).collect::<Vec<f64>>())
    };
    let (coarse, value) = (at(1), at(0));
    Some(Measured { value, error: (value - coarse).abs() + 1e-9 * value })
}

/// |∇^lW| at x = (r, 0, 0), v = s(cos θ, sin θ, 0).
pub fn gradient_norm(gaussians: &[CenteredComponent], order: usize, r: f64, s: f64, theta: f64) -> f64 {
    let axes = [[r, s * theta.cos()], [0.0, s * theta.sin()], [0.0, 0.0]];
    let derivatives: Vec<_> =
        gaussians.iter().map(|g| axes.map(|[x, v]| Axis::of(g).derivatives(x, v, order))).collect();
    let heights: Vec<f64> = gaussians.iter().map(CenteredComponent::height).collect();
    let mut square = 0.0;
    for (i, g) in derivatives.iter().enumerate() {
        for (k, h) in derivatives.iter().enumerate() {
            let products = [0, 1, 2].map(|axis| by_order(&g[axis], &h[axis], order));
            square += heights[i] * heights[k] * threefold(&products[0], &products[1], &products[2], order);
        }
    }
    (factorial(order) * square.max(0.0)).sqrt()
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
    fn new(gaussians: &[CenteredComponent], order: usize, ends: [f64; 2], intervals: usize) -> Self {
        let steps = ends.map(|end| end / intervals as f64);
        let largest = |k: usize, i: usize| {
            let at = |j: usize| {
                let theta = std::f64::consts::PI * j as f64 / ANGLES as f64;
                gradient_norm(gaussians, order, i as f64 * steps[0], k as f64 * steps[1], theta)
            };
            highest(&(0..=ANGLES).map(at).collect::<Vec<f64>>())
        };
        let points = intervals + 1;
        let values =
            (0..points * points).into_par_iter().map(|at| largest(at / points, at % points)).collect();
        Self { intervals, steps, values }
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
