//! Grids of phase space on the line, and the norms measured on them.

pub mod local_sup;
pub mod weighted_sobolev;

use std::f64::consts::PI;

use kernels::line::{MeanField, minimal_length};
use kernels::{Convolution, Interaction};
use num_complex::Complex64;
use phase_space::convention::{TRANSPORT_SPEED, pauli_height};
use phase_space::fourier::PlaneTransform;
use phase_space::line::{Axis, Multiplier, PhaseGrid, SplitStep, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;

use crate::{InitialState, StateError};

/// The largest grid admitted, 128 MiB for one Wigner function.
const MOST_POINTS: usize = 1 << 24;

/// Margin of a box over the extent of the state.
const BOX_MARGIN: f64 = 1.06;

/// Margin of the resolved frequencies over those extrapolated from the pilot: distortion is not the same at every height.
const FREQUENCY_MARGIN: f64 = 1.25;

/// Height at which the pilot is resolved and measured.
const PILOT_TOLERANCE: f64 = 1e-6;

/// Steps of the pilot.
const PILOT_STEPS: usize = 24;

/// Margin of the mean field and its curvature at later times over those at time 0.
const FIELD_MARGIN: f64 = 1.25;

/// Margin of the box over the reach of V, so that a box shrunk to estimate its error still has no images.
const REACH_MARGIN: f64 = 1.3;

/// sup W/(2π)^{−1}: at most 1 where the state respects Pauli's bound.
pub fn pauli_ratio(state: &dyn InitialState) -> f64 {
    state.sup() / pauli_height(1)
}

/// A grid on which the state itself is resolved to `tolerance`.
///
/// # Errors
/// A grid beyond 2²⁴ points.
pub fn static_grid(state: &dyn InitialState, tolerance: f64) -> Result<PhaseGrid, StateError> {
    let (k, y) = state.bandwidth(tolerance);
    let (x_range, v_range) = (state.spread([1.0, 0.0], tolerance), state.spread([0.0, 1.0], tolerance));
    grid_of(x_range, v_range, 0.0, BOX_MARGIN * k, BOX_MARGIN * y)
}

/// A grid on which W_t stays resolved to about `tolerance` for 0 ≤ t ≤ `final_time`.
///
/// A pilot, Vlasov at tolerance 1e-6 on a grid of the a-priori bounds (`bounding_grid`), measures by what factors the
/// state spreads in x, v, k and y; the same factors are taken at `tolerance`, with a margin. Without forces, or with
/// linear ones, the flow is known and no pilot is needed. The tail of the computed W_t remains the error bar.
///
/// # Errors
/// A grid beyond 2²⁴ points.
pub fn grid_for(
    state: &dyn InitialState,
    interaction: &dyn Interaction,
    final_time: f64,
    tolerance: f64,
) -> Result<PhaseGrid, StateError> {
    let time = final_time.abs();
    match interaction.convolution() {
        Convolution::Zero => return harmonic_grid(state, 0.0, time, tolerance),
        Convolution::Moments { strength } => return harmonic_grid(state, strength, time, tolerance),
        Convolution::Multiplier | Convolution::Power { .. } => {}
    }
    let grid = bounding_grid(state, interaction, time, PILOT_TOLERANCE.max(tolerance))?;
    let mut w = grid.sample(|x, v| state.wigner(x, v))?;
    let start = Occupied::of(&w, PILOT_TOLERANCE);
    let multiplier = Pilot { field: MeanField::new(interaction, &grid.x)?, y: grid.y_points() };
    SplitStep::new(&grid, multiplier, Splitting::Strang).evolve(&mut w, time, PILOT_STEPS);
    let end = Occupied::of(&w, PILOT_TOLERANCE);

    let spread = |direction, start: (f64, f64), end: (f64, f64)| {
        let (low, high) = state.spread(direction, tolerance);
        let half = 0.5 * (high - low) * (end.1 - end.0) / (start.1 - start.0);
        let center = 0.5 * (end.0 + end.1);
        (low.min(center - half), high.max(center + half))
    };
    let (k, y) = state.bandwidth(tolerance);
    let reach = REACH_MARGIN * minimal_length(interaction, 0.0);
    grid_of(
        spread([1.0, 0.0], start.x, end.x),
        spread([0.0, 1.0], start.v, end.v),
        reach,
        FREQUENCY_MARGIN * k * (end.k / start.k).max(1.0),
        FREQUENCY_MARGIN * y * (end.y / start.y).max(1.0),
    )
}

/// The Vlasov multiplier U′(x)y of the pilot.
struct Pilot {
    field: MeanField,
    y: Vec<f64>,
}

impl Multiplier for Pilot {
    fn evaluate(&mut self, rho: &[f64], m: &mut [f64]) {
        let potential = self.field.potential(rho);
        self.field.gradient_times(&potential, &self.y, m);
    }
}

/// Where a function on a grid exceeds a fraction of its largest value, in phase space and in Fourier space.
struct Occupied {
    x: (f64, f64),
    v: (f64, f64),
    k: f64,
    y: f64,
}

impl Occupied {
    fn of(w: &WignerFunction, tolerance: f64) -> Self {
        let grid = w.grid();
        let (n_x, n_v) = (grid.x.len(), grid.v.len());
        let mut modes: Vec<Complex64> = w.values().iter().map(|&w| w.into()).collect();
        PlaneTransform::new(n_x, n_v).forward(&mut modes);
        let (floor, mode_floor) = (tolerance * w.sup(), tolerance * modes[0].norm());
        let nothing = (f64::INFINITY, f64::NEG_INFINITY);
        let mut occupied =
            Self { x: nothing, v: nothing, k: grid.x.wave_number(1), y: grid.v.wave_number(1) };
        for i in 0..n_x {
            for j in 0..n_v {
                if w.values()[i * n_v + j].abs() > floor {
                    let (x, v) = (grid.x.point(i), grid.v.point(j));
                    occupied.x = (occupied.x.0.min(x), occupied.x.1.max(x));
                    occupied.v = (occupied.v.0.min(v), occupied.v.1.max(v));
                }
                if modes[i * n_v + j].norm() > mode_floor {
                    occupied.k = occupied.k.max(grid.x.wave_number(i.min(n_x - i)));
                    occupied.y = occupied.y.max(grid.v.wave_number(j.min(n_v - j)));
                }
            }
        }
        occupied
    }
}

/// A grid on which W_t stays resolved by a-priori bounds, up to three times too fine in each direction.
///
/// With F = sup|U′| and c = sup|U″| of the mean field at time 0 (and a margin), the flow ẋ = 2v, v̇ = −U′ moves v by at
/// most FT and x by at most FT² from free flow, under which the extent in x at time T is that along x + 2Tv. Frequencies
/// obey ẏ = −2k, k̇ = U″y, and grow at most like the solutions for U″ = ±c, λ = √(2c):
///
/// |y_T| ≤ |y cosh λT ∓ k·2 sinh(λT)/λ|,  |k_T| ≤ |k cosh λT ± y·c sinh(λT)/λ|.
fn bounding_grid(
    state: &dyn InitialState,
    interaction: &dyn Interaction,
    time: f64,
    tolerance: f64,
) -> Result<PhaseGrid, StateError> {
    let (force, curvature) = field_bounds(state, interaction, tolerance)?;
    let still = state.spread([1.0, 0.0], tolerance);
    let moved = state.spread([1.0, TRANSPORT_SPEED * time], tolerance);
    let shift = 0.5 * TRANSPORT_SPEED * force * time * time;
    let x_range = (still.0.min(moved.0) - shift, still.1.max(moved.1) + shift);
    let v_still = state.spread([0.0, 1.0], tolerance);
    let v_range = (v_still.0 - force * time, v_still.1 + force * time);

    let rate = (TRANSPORT_SPEED * curvature).sqrt();
    let growth = (rate * time).cosh();
    let drift = if rate > 0.0 { (rate * time).sinh() / rate } else { time };
    let largest = |a: f64, b: f64| {
        state.frequency_spread([a, b], tolerance).max(state.frequency_spread([a, -b], tolerance))
    };
    let k = largest(growth, curvature * drift);
    let y = largest(TRANSPORT_SPEED * drift, growth);
    let reach = BOX_MARGIN * minimal_length(interaction, 0.0);
    grid_of(x_range, v_range, reach, BOX_MARGIN * k, BOX_MARGIN * y)
}

/// The grid for V = strength·x²/2, where the flow about the mean z̄_t = (x̄ + 2tv̄, v̄) is linear: with λ² = 2·strength,
///
/// x_t = x cos λt + 2v sin(λt)/λ,  v_t = v cos λt − strength·x sin(λt)/λ,
/// k_t = k cos λt + strength·y sin(λt)/λ,  y_t = y cos λt − 2k sin(λt)/λ.
fn harmonic_grid(
    state: &dyn InitialState,
    strength: f64,
    time: f64,
    tolerance: f64,
) -> Result<PhaseGrid, StateError> {
    const TIMES: i32 = 16;
    let start = static_grid(state, tolerance)?.sample(|x, v| state.wigner(x, v))?;
    let (x_mean, v_mean) = (start.expectation(|x, _| x), start.expectation(|_, v| v));
    let rate = (TRANSPORT_SPEED * strength.abs()).sqrt();
    let (mut x_range, mut v_range, mut k, mut y) =
        (state.spread([1.0, 0.0], tolerance), state.spread([0.0, 1.0], tolerance), 0.0_f64, 0.0_f64);
    for step in -TIMES..=TIMES {
        let t = time * f64::from(step) / f64::from(TIMES);
        let (cos, sin) = match strength {
            s if s > 0.0 => ((rate * t).cos(), (rate * t).sin() / rate),
            s if s < 0.0 => ((rate * t).cosh(), (rate * t).sinh() / rate),
            _ => (1.0, t),
        };
        let widen = |range: &mut (f64, f64), direction: [f64; 2], mean: f64| {
            let (low, high) = state.spread(direction, tolerance);
            let shift = mean - direction[0] * x_mean - direction[1] * v_mean;
            *range = (range.0.min(low + shift), range.1.max(high + shift));
        };
        widen(&mut x_range, [cos, TRANSPORT_SPEED * sin], x_mean + TRANSPORT_SPEED * t * v_mean);
        widen(&mut v_range, [-strength * sin, cos], v_mean);
        k = k.max(state.frequency_spread([cos, strength * sin], tolerance));
        y = y.max(state.frequency_spread([-TRANSPORT_SPEED * sin, cos], tolerance));
    }
    grid_of(x_range, v_range, 0.0, BOX_MARGIN * k, BOX_MARGIN * y)
}

/// (sup|U′|, sup|U″|) of the mean field at time 0 where the state lives, with a margin for later times.
fn field_bounds(
    state: &dyn InitialState,
    interaction: &dyn Interaction,
    tolerance: f64,
) -> Result<(f64, f64), StateError> {
    let (k, y) = state.bandwidth(tolerance);
    let (x_range, v_range) = (state.spread([1.0, 0.0], tolerance), state.spread([0.0, 1.0], tolerance));
    let grid = grid_of(x_range, v_range, minimal_length(interaction, 0.0), k, y)?;
    let density = grid.sample(|x, v| state.wigner(x, v))?.density();
    let mut field = MeanField::new(interaction, &grid.x)?;
    let potential = field.potential(&density);
    let sup = |values: Vec<f64>| values.iter().fold(0.0_f64, |sup, u| sup.max(u.abs()));
    let slope = sup(field.derivative(&potential, 1));
    let curvature = sup(field.derivative(&potential, 2));
    let least = |measured: f64, bound: Option<f64>| bound.map_or(measured, |bound| measured.min(bound));
    Ok((
        least(FIELD_MARGIN * slope, interaction.derivative_sup()),
        least(FIELD_MARGIN * curvature, interaction.second_derivative_sup()),
    ))
}

/// The grid of given ranges and largest frequencies, with boxes centred on the ranges and friendly lengths.
fn grid_of(
    x_range: (f64, f64),
    v_range: (f64, f64),
    least_x: f64,
    k: f64,
    y: f64,
) -> Result<PhaseGrid, StateError> {
    let axis = |(low, high): (f64, f64), least: f64, frequency: f64| {
        let length = (BOX_MARGIN * (high - low)).max(least);
        // saturates for absurd requests, which the limit below refuses
        let points = (length * frequency / PI).ceil().min(1e9) as usize;
        (0.5 * (low + high), length, points)
    };
    let (x_center, x_length, n_x) = axis(x_range, least_x, k);
    let (v_center, v_length, n_v) = axis(v_range, 0.0, y);
    if n_x.saturating_mul(n_v) > MOST_POINTS {
        return Err(StateError::GridTooLarge { n_x, n_v, most: MOST_POINTS });
    }
    Ok(PhaseGrid::new(
        Axis::new(x_center, x_length, friendly_length(n_x))?,
        Axis::new(v_center, v_length, friendly_length(n_v))?,
    ))
}
