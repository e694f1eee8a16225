//! The (p, q) at which released states are seen.

use std::f64::consts::PI;

use phase_space::radial::ComovingFrame;

use crate::radial::PhaseVector;

/// Directions φ in phase space, and κ = ½, …, 8.
pub(super) const DIRECTIONS: usize = 12;
pub(super) const STEP: f64 = 0.5;
pub(super) const COUNT: usize = 16;
/// |p| and |q| where they are not parallel.
const LENGTHS: [f64; 4] = [0.5, 1.0, 2.0, 4.0];

/// Observables at one time: for p ∥ q in the directions of the frame, and at other angles.
pub(super) type Observed = [Vec<f64>; 2];

/// (p, q)/κ for every φ.
pub(super) fn directions(frame: &ComovingFrame, time: f64) -> Vec<(f64, f64)> {
    let (b, speed) = frame.scale(time);
    let a = frame.oscillator();
    let direction = |m: usize| {
        let (sine, cosine) = (PI * m as f64 / DIRECTIONS as f64).sin_cos();
        (cosine / b - speed * sine / a, 2.0 * b / a * sine)
    };
    (0..DIRECTIONS).map(direction).collect()
}

/// All (p, q), in the order of the observables.
pub(super) fn lattice(frame: &ComovingFrame, time: f64) -> Vec<(f64, f64)> {
    let multiples = |(p, q): (f64, f64)| (1..=COUNT).map(move |j| (STEP * j as f64 * p, STEP * j as f64 * q));
    directions(frame, time).into_iter().flat_map(multiples).collect()
}

/// (p, q) at angles other than 0 and π.
pub(super) fn crossed() -> Vec<PhaseVector> {
    let pairs = LENGTHS.iter().flat_map(|&p| LENGTHS.iter().map(move |&q| (p, q)));
    let angle = |k: usize| 0.25 * PI * k as f64;
    pairs.flat_map(|(p, q)| (1..4).map(move |k| PhaseVector { p, q, angle: angle(k) })).collect()
}

/// sup (1+|p|+|q|)^{−2}|A − B| over both lattices and where it is taken.
pub(super) fn weighted_sup(lattices: &[Vec<(f64, f64)>; 2], a: &Observed, b: &Observed) -> (f64, (f64, f64)) {
    let mut best = (0.0, (0.0, 0.0));
    let values = a.iter().flatten().zip(b.iter().flatten());
    for (&(p, q), (a, b)) in lattices.iter().flatten().zip(values) {
        let value = (a - b).abs() * (1.0 + p.abs() + q.abs()).powi(-2);
        if value.is_nan() || value > best.0 {
            best = (value, (p, q));
        }
    }
    best
}
