//! A periodic uniform axis and its dual.

use std::f64::consts::{PI, TAU};

use thiserror::Error;

/// Points x_j = start + jΔ, j = 0..n, of a periodic box of length L = nΔ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    center: f64,
    length: f64,
    points: usize,
}

/// Why an axis was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum AxisError {
    /// Length not positive, or centre not finite.
    #[error(
        "an axis needs a finite centre and a positive finite length, not centre {center}, length {length}"
    )]
    Extent {
        /// Centre as given.
        center: f64,
        /// Length as given.
        length: f64,
    },
    /// Odd or too few points.
    #[error("an axis needs an even number of at least 4 points, not {0}")]
    Points(usize),
}

impl Axis {
    /// The box [center − length/2, center + length/2) with an even number of points.
    pub fn new(center: f64, length: f64, points: usize) -> Result<Self, AxisError> {
        if !(center.is_finite() && length.is_finite() && length > 0.0) {
            return Err(AxisError::Extent { center, length });
        }
        if points < 4 || points % 2 == 1 {
            return Err(AxisError::Points(points));
        }
        Ok(Self { center, length, points })
    }

    /// Number of points n.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.points
    }

    /// L.
    pub fn length(&self) -> f64 {
        self.length
    }

    /// Centre of the box.
    pub fn center(&self) -> f64 {
        self.center
    }

    /// Δ = L/n.
    pub fn spacing(&self) -> f64 {
        self.length / self.points as f64
    }

    /// First point, center − L/2.
    pub fn start(&self) -> f64 {
        self.center - 0.5 * self.length
    }

    /// x_j.
    pub fn point(&self, j: usize) -> f64 {
        self.start() + j as f64 * self.spacing()
    }

    /// All points.
    pub fn points(&self) -> Vec<f64> {
        (0..self.points).map(|j| self.point(j)).collect()
    }

    /// Dual variable 2πk/L.
    pub fn wave_number(&self, k: usize) -> f64 {
        TAU * k as f64 / self.length
    }

    /// Largest dual variable π/Δ.
    pub fn nyquist(&self) -> f64 {
        PI / self.spacing()
    }

    /// Number of non-negative dual points, n/2 + 1.
    pub fn dual_len(&self) -> usize {
        self.points / 2 + 1
    }

    /// The same box with another number of points (rounded up to an even one).
    pub fn with_points(&self, points: usize) -> Self {
        Self { points: (points + points % 2).max(4), ..*self }
    }

    /// The box shrunk by `margin` points at each end: same spacing, same points inside.
    pub fn cropped(&self, margin: usize) -> Self {
        let points = self.points.saturating_sub(2 * margin).max(4);
        Self { points, length: points as f64 * self.spacing(), ..*self }
    }
}

/// The smallest even 2^a·3^b·5^c ≥ n, a length at which FFTs are fast.
pub fn friendly_length(n: usize) -> usize {
    let smooth = |mut m: usize| {
        for p in [2, 3, 5] {
            while m.is_multiple_of(p) {
                m /= p;
            }
        }
        m == 1
    };
    let mut m = n.max(4) + n % 2;
    while !smooth(m) {
        m += 2;
    }
    m
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_dual() {
        let axis = Axis::new(1.0, 8.0, 16).unwrap();
        assert_eq!((axis.start(), axis.spacing(), axis.point(8)), (-3.0, 0.5, 1.0));
        assert_eq!(axis.wave_number(8), axis.nyquist());
        let cropped = axis.cropped(3);
        assert_eq!((cropped.len(), cropped.point(0)), (10, axis.point(3)));
        assert!(Axis::new(0.0, f64::NAN, 8).is_err() && Axis::new(0.0, 1.0, 7).is_err());
    }

    #[test]
    fn friendly_lengths() {
        for (n, m) in [(0, 4), (7, 8), (97, 100), (241, 250), (257, 270)] {
            assert_eq!(friendly_length(n), m);
        }
    }
}
