//! Where a state lives in the comoving frame: its box, its energies, its angular momenta.

use std::f64::consts::PI;

use rayon::prelude::*;

/// Bounds of the points (ξ, η) of the frame at which W exceeds a tolerance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Extent {
    /// |ξ|.
    pub radius: f64,
    /// |η|.
    pub speed: f64,
    /// |η|² + ¼a²ξ², the energy of the frame's oscillator.
    pub energy: f64,
    /// |ξ × η|.
    pub momentum: f64,
}

const RADII: usize = 48;
const SPEEDS: usize = 32;
const ANGLES: usize = 10;

impl Extent {
    /// Scans W(ξ, η_r, η_t) ≥ `least` for |ξ| ≤ `radius`, |η| ≤ `speed`; a point that exceeds it counts with its cell.
    pub fn scan(
        oscillator: f64,
        [radius, speed]: [f64; 2],
        least: f64,
        w: impl Fn(&[(f64, f64, f64)]) -> Vec<f64> + Sync,
    ) -> Self {
        let (step_r, step_v) = (radius / RADII as f64, speed / SPEEDS as f64);
        let at = |i: usize| {
            let xi = (i as f64 + 0.5) * step_r;
            let point = |k: usize| {
                let eta = ((k / ANGLES) as f64 + 0.5) * step_v;
                let (sine, cosine) = (PI * ((k % ANGLES) as f64 + 0.5) / ANGLES as f64).sin_cos();
                (xi, eta * cosine, eta * sine)
            };
            let points: Vec<_> = (0..SPEEDS * ANGLES).map(point).collect();
            let mut extent = Self::default();
            for ((xi, eta_r, eta_t), w) in points.iter().zip(w(&points)) {
                if w.abs() >= least {
                    let speed = eta_r.hypot(*eta_t);
                    let (r, v) = (xi + 0.5 * step_r, speed + 0.5 * step_v);
                    // the angular momentum along the direction of the cell's centre: its corner would count an angle twice
                    extent = extent.joined(&Self {
                        radius: r,
                        speed: v,
                        energy: v * v + (0.5 * oscillator * r).powi(2),
                        momentum: r * v * (eta_t / speed),
                    });
                }
            }
            extent
        };
        let rows: Vec<Self> = (0..RADII).into_par_iter().map(at).collect();
        rows.iter().fold(Self::default(), |a, b| a.joined(b))
    }

    /// The larger of both in everything.
    pub fn joined(&self, other: &Self) -> Self {
        Self {
            radius: self.radius.max(other.radius),
            speed: self.speed.max(other.speed),
            energy: self.energy.max(other.energy),
            momentum: self.momentum.max(other.momentum),
        }
    }
}
