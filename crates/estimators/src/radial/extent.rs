//! Where a state lives in the comoving frame: its box, its energies, its angular momenta.

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

const RADII: usize = 56;
const SPEEDS: usize = 40;
const ANGLES: usize = 16;

impl Extent {
    /// Scans W(ξ, η_r, η_t) ≥ `least` for |ξ| ≤ `radius`, |η| ≤ `speed`; a point that exceeds it counts with its cell.
    pub fn scan(
        oscillator: f64,
        [radius, speed]: [f64; 2],
        least: f64,
        w: impl Fn(&[(f64, f64, f64)]) -> Vec<f64>,
    ) -> Self {
        let (step_r, step_v) = (radius / RADII as f64, speed / SPEEDS as f64);
        let mut extent = Self::default();
        for i in 0..RADII {
            let xi = (i as f64 + 0.5) * step_r;
            let point = |k: usize| {
                let (eta, angle) = (
                    (k / ANGLES) as f64 * step_v + 0.5 * step_v,
                    std::f64::consts::PI * ((k % ANGLES) as f64 + 0.5) / ANGLES as f64,
                );
                (xi, eta * angle.cos(), eta * angle.sin())
            };
            let points: Vec<_> = (0..SPEEDS * ANGLES).map(point).collect();
            for ((xi, eta_r, eta_t), w) in points.iter().zip(w(&points)) {
                if w.abs() >= least {
                    let (r, v) = (xi + 0.5 * step_r, eta_r.hypot(*eta_t) + 0.5 * step_v);
                    // the angular momentum of the cell's centre: its corner would count an angle twice
                    extent = extent.joined(&Self {
                        radius: r,
                        speed: v,
                        energy: v * v + (0.5 * oscillator * r).powi(2),
                        momentum: r * v * (eta_t / eta_r.hypot(*eta_t)),
                    });
                }
            }
        }
        extent
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
