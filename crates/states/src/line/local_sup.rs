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

use std::collections::VecDeque;

use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::{GridError, PhaseGrid, WignerFunction};

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
    let (coarse, all) = (at(fine / 2), at(fine));
    let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let sampled = largest(&mut all.iter().copied());
    let change_of_grid = (sampled - largest(&mut coarse.into_iter())).abs();
    // between the times: the parabolas through the local maxima, and what they add
    let value = all.windows(3).map(vertex).fold(sampled, f64::max);
    let change_of_times = sampled - largest(&mut all.into_iter().step_by(2));
    Ok(Measured { value, error: change_of_grid + change_of_times.max(value - sampled) })
}

/// The vertex of the parabola through three equidistant samples, where the middle one is the largest.
fn vertex(three: &[f64]) -> f64 {
    let [left, top, right] = [three[0], three[1], three[2]];
    let curvature = left - 2.0 * top + right;
    let peak = top >= left && top >= right && curvature < 0.0;
    if peak { top - (right - left).powi(2) / (8.0 * curvature) } else { top }
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
    (0..=INTERVALS).map(|k| at_time(magnitude, window.force, time(k))).collect()
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
    for (i, row) in values.chunks_exact(n_v).enumerate() {
        source[pad_v..pad_v + n_v].copy_from_slice(row);
        sliding_maximum(&source, reach_v, &mut target);
        for (j, value) in target.iter().enumerate() {
            columns[j * padded_x + pad_x + i] = *value;
        }
    }
    let lowest = grid.v.start() - pad_v as f64 * grid.v.spacing();
    let shift = |j: usize| TRANSPORT_SPEED * (lowest + j as f64 * grid.v.spacing()) * time / grid.x.spacing();
    let first = shift(0).floor();
    let mut integral = vec![0.0; padded_x + (shift(padded_v - 1) - first).ceil() as usize + 1];
    let mut moved = vec![0.0; padded_x];
    for (j, row) in columns.chunks_exact(padded_x).enumerate() {
        sliding_maximum(row, reach_x, &mut moved);
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

/// target[j] = max{ f(s) : |s − j| ≤ reach }, f linear between the integers and 0 outside: the maximum over the integers of the
/// window and its two ends.
fn sliding_maximum(f: &[f64], reach: f64, target: &mut [f64]) {
    let (cells, theta) = (reach.floor() as usize, reach.fract());
    let at = |j: Option<usize>| j.and_then(|j| f.get(j)).copied().unwrap_or(0.0);
    // indices of the window whose values fall: the first is the largest
    let mut falling: VecDeque<usize> = VecDeque::new();
    let mut next = 0;
    for (j, target) in target.iter_mut().enumerate() {
        while next < f.len() && next <= j + cells {
            while falling.back().is_some_and(|&last| f[last] <= f[next]) {
                falling.pop_back();
            }
            falling.push_back(next);
            next += 1;
        }
        while falling.front().is_some_and(|&first| first + cells < j) {
            falling.pop_front();
        }
        let inside = falling.front().map_or(0.0, |&first| f[first]);
        let right = (1.0 - theta) * at(Some(j + cells)) + theta * at(Some(j + cells + 1));
        let left = (1.0 - theta) * at(j.checked_sub(cells)) + theta * at(j.checked_sub(cells + 1));
        *target = inside.max(left).max(right);
    }
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
            sliding_maximum(&f, reach, &mut fast);
            for (j, fast) in fast.iter().enumerate() {
                let ends = [j as f64 - reach, j as f64 + reach].map(value);
                let inside = (0..40).filter(|&k| (k as f64 - j as f64).abs() <= reach).map(|k| f[k]);
                let slow = inside.chain(ends).fold(0.0, f64::max);
                assert!((slow - fast).abs() < 1e-14, "reach {reach}, j = {j}: {slow} {fast}");
            }
        }
    }
}
