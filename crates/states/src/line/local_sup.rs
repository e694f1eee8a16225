//! S_l(R,T) = sup_{0≤t≤T} sup_x ∫ sup{ |∇^lW|(y,w) : |y−(x−2vt)| ≤ Rt², |w−v| ≤ Rt } dv, the local sup condition of L19.T1, L19.T2.
//!
//! The window is where the characteristic through (x,v) at time t can have started: for ẋ = 2v, v̇ = −U′(x), |U′| ≤ R,
//! backwards from time t, |V(0) − v| ≤ Rt and |X(0) − (x − 2vt)| ≤ 2∫₀ᵗRs ds = Rt². Free flow runs to x + 2vt, so that its foot is
//! x − 2vt; the printed y + 2vt is the same condition for negative times, or for W(x,−v). Hence for R ≥ ‖∇V∗ρ̃‖_∞ on `[0,T]`
//!
//! - ‖ρ̃_t‖_∞ ≤ S_0(R,T),
//! - the condition propagates: S_0(R,T) of W̃_s is at most S_0(R,T+s) of W_N, since Rt² + 2Rts + Rs² = R(t+s)².
//!
//! |∇^lW|² = Σ_i (l over i)(∂ₓ^i∂ᵥ^{l−i}W)², by spectral differentiation.
//!
//! Discretised: the interpolant of ∇^lW on a finer grid of spacing h; for each of 5 equidistant t the sliding maximum over the grid
//! points of the window and its ends, where |∇^lW| is interpolated linearly, first along v and then along x; the shear, again
//! linear; the rectangle rule in v; the largest value over the grid points x and the times. Errors are O(h²) and from below. The
//! error is the change against spacing 2h plus the change against 3 times.

use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::{GridError, PhaseGrid, WignerFunction};
use phase_space::vertex;
use rayon::prelude::*;

use super::static_grid;
use super::weighted_sobolev::Modes;
use crate::{InitialState, Measured, StateError};

/// Intervals of [0,T]; even.
const INTERVALS: usize = 8;

/// The interpolant has spacing h = spacing/FINE for the value, twice that for the error.
const FINE: usize = 6;

/// Points of a grid beyond which it is refined less.
const MOST_POINTS: usize = 1 << 20;

/// Resolution of the grid of a state.
const TOLERANCE: f64 = 1e-10;

/// The window of the condition: R bounds the force, T the time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForceWindow {
    /// R ≥ 0.
    pub force: f64,
    /// T ≥ 0.
    pub time: f64,
}

/// S_l(R,T) of an initial state.
///
/// Where W ∉ H^l ([`InitialState::sobolev_index`]) a bounded ∇^lW is impossible, and value and error are ∞; where W ∈ H^l but
/// not H^{l+1}, which in the plane would make ∇^lW bounded, no grid decides, and the error is ∞.
///
/// # Errors
/// A state that needs too large a grid.
pub fn local_sup_of_state(
    state: &dyn InitialState,
    order: u32,
    window: ForceWindow,
) -> Result<Measured, StateError> {
    const INFINITE: Measured = Measured { value: f64::INFINITY, error: f64::INFINITY };
    let index = state.sobolev_index().unwrap_or(f64::INFINITY);
    if f64::from(order) >= index {
        return Ok(INFINITE);
    }
    let w = static_grid(state, TOLERANCE)?.sample(|x, v| state.wigner(x, v))?;
    let measured = local_sup(&w, order, window)?;
    let error = if f64::from(order) + 1.0 < index { measured.error } else { f64::INFINITY };
    Ok(Measured { error, ..measured })
}

/// S_l(R,T) of a function that vanishes at the edge of its grid.
///
/// # Errors
/// A derivative that overflows.
pub fn local_sup(w: &WignerFunction, order: u32, window: ForceWindow) -> Result<Measured, GridError> {
    let mut fine = FINE;
    while fine > 2 && w.grid().len() * fine * fine > MOST_POINTS {
        fine -= 2;
    }
    let derivatives = derivatives(w, order)?;
    let at = |factor: usize| along_times(&magnitude(&derivatives, factor), window);
    let (coarse, all) = rayon::join(|| at(fine / 2), || at(fine));
    let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let sampled = largest(&mut all.iter().copied());
    let change_of_grid = (sampled - largest(&mut coarse.into_iter())).abs();
    // between the times: the parabolas through the local maxima, and what they add
    let value = all.windows(3).map(|three| vertex([three[0], three[1], three[2]])).fold(sampled, f64::max);
    let change_of_times = sampled - largest(&mut all.into_iter().step_by(2));
    Ok(Measured { value, error: change_of_grid + change_of_times.max(value - sampled) })
}

/// ∂ₓ^i∂ᵥ^{l−i}W, i = 0..=l, each with its weight (l over i).
fn derivatives(w: &WignerFunction, order: u32) -> Result<Vec<(f64, WignerFunction)>, GridError> {
    let mut modes = Modes::of(w);
    let mut binomial = 1.0;
    let mut derivatives = Vec::new();
    for i in 0..=order {
        derivatives.push((binomial, modes.derivative(i, order - i)?));
        binomial *= f64::from(order - i) / f64::from(i + 1);
    }
    Ok(derivatives)
}

/// |∇^lW| on a grid, `values[i * n_v + j]` at (x_i, v_j).
struct Magnitude {
    grid: PhaseGrid,
    values: Vec<f64>,
}

/// (Σ_i (l over i)(∂ₓ^i∂ᵥ^{l−i}W)²)^{1/2} on a grid `factor` times as fine.
fn magnitude(derivatives: &[(f64, WignerFunction)], factor: usize) -> Magnitude {
    let refined: Vec<_> = derivatives.iter().map(|(weight, d)| (*weight, d.refined(factor))).collect();
    let grid = *refined[0].1.grid();
    let sum = |p: usize| refined.iter().map(|(weight, d)| weight * d.values()[p].powi(2)).sum::<f64>();
    Magnitude { grid, values: (0..grid.len()).map(|p| sum(p).sqrt()).collect() }
}

/// sup_x ∫ sup{…} dv at t = 0, T/8, …, T.
fn along_times(magnitude: &Magnitude, window: ForceWindow) -> Vec<f64> {
    let time = |k: usize| window.time * k as f64 / INTERVALS as f64;
    (0..=INTERVALS).into_par_iter().map(|k| at_time(magnitude, window.force, time(k))).collect()
}

/// sup_x ∫ sup{ |∇^lW|(y,w) : |y−(x−2vt)| ≤ Rt², |w−v| ≤ Rt } dv at one t; |∇^lW| is 0 outside its grid.
fn at_time(magnitude: &Magnitude, force: f64, time: f64) -> f64 {
    let Magnitude { grid, values } = magnitude;
    let (n_x, n_v) = (grid.x.len(), grid.v.len());
    // half-widths of the window, in cells
    let reach_v = force * time / grid.v.spacing();
    let reach_x = force * time * time / grid.x.spacing();
    let (pad_v, pad_x) = (reach_v.ceil() as usize, reach_x.ceil() as usize);
    let (padded_v, padded_x) = (n_v + 2 * pad_v, n_x + 2 * pad_x);

    // rows of constant v, x along them
    let mut columns = vec![0.0; padded_v * padded_x];
    let (mut source, mut target) = (vec![0.0; padded_v], vec![0.0; padded_v]);
    let mut sliding = SlidingMaximum::new(reach_v);
    for (i, row) in values.chunks_exact(n_v).enumerate() {
        source[pad_v..pad_v + n_v].copy_from_slice(row);
        sliding.of(&source, &mut target);
        for (j, value) in target.iter().enumerate() {
            columns[j * padded_x + pad_x + i] = *value;
        }
    }
    let lowest = grid.v.start() - pad_v as f64 * grid.v.spacing();
    let shift = |j: usize| TRANSPORT_SPEED * (lowest + j as f64 * grid.v.spacing()) * time / grid.x.spacing();
    let first = shift(0).floor();
    let mut integral = vec![0.0; padded_x + (shift(padded_v - 1) - first).ceil() as usize + 1];
    let mut moved = vec![0.0; padded_x];
    let mut sliding = SlidingMaximum::new(reach_x);
    for (j, row) in columns.chunks_exact(padded_x).enumerate() {
        sliding.of(row, &mut moved);
        add_shifted(&moved, shift(j) - first, &mut integral);
    }
    integral.iter().fold(0.0_f64, |sup, value| sup.max(*value)) * grid.v.spacing()
}

/// sum[k] += f(k − shift), f linear between the integers and 0 outside; shift ≥ 0.
fn add_shifted(f: &[f64], shift: f64, sum: &mut [f64]) {
    let (cells, theta) = (shift.floor() as usize, shift.fract());
    for (s, f) in sum[cells..].iter_mut().zip(f) {
        *s += (1.0 - theta) * f;
    }
    for (s, f) in sum[cells + 1..].iter_mut().zip(f) {
        *s += theta * f;
    }
}

/// target[j] = max{ f(s) : |s − j| ≤ reach }, f ≥ 0 linear between the integers and 0 outside: the maximum over the integers of the
/// window and its two ends.
struct SlidingMaximum {
    cells: usize,
    theta: f64,
    /// f with zeros at both ends, then maxima over 2^k of its values in turn.
    padded: Vec<f64>,
    maxima: Vec<f64>,
    next: Vec<f64>,
}

impl SlidingMaximum {
    fn new(reach: f64) -> Self {
        let (padded, maxima, next) = (Vec::new(), Vec::new(), Vec::new());
        Self { cells: reach.floor() as usize, theta: reach.fract(), padded, maxima, next }
    }

    fn of(&mut self, f: &[f64], target: &mut [f64]) {
        let (cells, theta) = (self.cells, self.theta);
        self.padded.clear();
        self.padded.resize(f.len() + 2 * cells + 2, 0.0);
        self.padded[cells + 1..][..f.len()].copy_from_slice(f);
        self.maxima.clone_from(&self.padded);
        // maxima[j] = max f over `width` values from j on
        let (window, mut width) = (2 * cells + 1, 1);
        while 2 * width <= window {
            let pairs = self.maxima.iter().zip(&self.maxima[width..]);
            self.next.clear();
            self.next.extend(pairs.map(|(&a, &b)| larger(a, b)));
            std::mem::swap(&mut self.maxima, &mut self.next);
            width *= 2;
        }
        let inside = self.maxima[1..].iter().zip(&self.maxima[1 + window - width..]);
        let left = self.padded[1..].iter().zip(&self.padded);
        let right = self.padded[window..].iter().zip(&self.padded[window + 1..]);
        for (((target, (&a, &b)), (l, ll)), (r, rr)) in target.iter_mut().zip(inside).zip(left).zip(right) {
            let ends = larger((1.0 - theta) * r + theta * rr, (1.0 - theta) * l + theta * ll);
            *target = larger(larger(a, b), ends);
        }
    }
}

/// The larger of two numbers, in one instruction for many.
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sliding_maximum_is_the_maximum_of_the_window() {
        let f: Vec<f64> = (0..40).map(|j| (1.7 * j as f64).sin().abs() + 0.02 * j as f64).collect();
        let value = |s: f64| {
            let at = |j: f64| if (0.0..40.0).contains(&j) { f[j as usize] } else { 0.0 };
            (1.0 - (s - s.floor())) * at(s.floor()) + (s - s.floor()) * at(s.floor() + 1.0)
        };
        for reach in [0.0, 0.3, 1.0, 2.75, 60.0] {
            let mut fast = vec![0.0; 40];
            SlidingMaximum::new(reach).of(&f, &mut fast);
            for (j, fast) in fast.iter().enumerate() {
                let ends = [j as f64 - reach, j as f64 + reach].map(value);
                let inside = (0..40).filter(|&k| (k as f64 - j as f64).abs() <= reach).map(|k| f[k]);
                let slow = inside.chain(ends).fold(0.0, f64::max);
                assert!((slow - fast).abs() < 1e-14, "reach {reach}, j = {j}: {slow} {fast}");
            }
        }
    }
}
