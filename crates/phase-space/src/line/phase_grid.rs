//! The product of a position axis and a velocity axis.

use thiserror::Error;

use super::{Axis, AxisError, WignerFunction};

/// Grid of phase space: x_i and v_j, with y dual to v.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseGrid {
    /// Positions.
    pub x: Axis,
    /// Velocities; their dual is y_j = 2πj/L_v, |y| ≤ π/Δv.
    pub v: Axis,
}

/// Why a phase-space grid, or a function on it, was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum GridError {
    /// One of the axes.
    #[error(transparent)]
    Axis(#[from] AxisError),
    /// A wrong number of values.
    #[error("a Wigner function on {n_x} × {n_v} points needs {} values, not {given}", n_x * n_v)]
    Shape {
        /// Points in x.
        n_x: usize,
        /// Points in v.
        n_v: usize,
        /// Number of values given.
        given: usize,
    },
    /// NaN or infinity among the values.
    #[error("a Wigner function has a value that is not finite at x = {x}, v = {v}")]
    NotFinite {
        /// Position of the first offending value.
        x: f64,
        /// Its velocity.
        v: f64,
    },
    /// Two functions on different grids.
    #[error("the two Wigner functions live on different grids")]
    Mismatch,
}

impl PhaseGrid {
    /// The product grid.
    pub fn new(x: Axis, v: Axis) -> Self {
        Self { x, v }
    }

    /// Number of points n_x · n_v.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.x.len() * self.v.len()
    }

    /// Area of a cell, Δx Δv.
    pub fn cell(&self) -> f64 {
        self.x.spacing() * self.v.spacing()
    }

    /// Number of non-negative y, n_v/2 + 1.
    pub fn n_y(&self) -> usize {
        self.v.dual_len()
    }

    /// y_j = 2πj/L_v ≥ 0.
    pub fn y_points(&self) -> Vec<f64> {
        (0..self.n_y()).map(|j| self.v.wave_number(j)).collect()
    }

    /// The same boxes with a fraction of the points, for the error of the grid.
    pub fn coarsened(&self, fraction: f64) -> Self {
        let coarse = |axis: &Axis| {
            let wanted = (axis.len() as f64 * fraction).ceil() as usize;
            axis.with_points(super::friendly_length(wanted).min(axis.len()))
        };
        Self { x: coarse(&self.x), v: coarse(&self.v) }
    }

    /// Both boxes shrunk to about `fraction` of their lengths at the same spacing, for the error of the box.
    pub fn shrunk(&self, fraction: f64) -> Self {
        let shrink = |axis: &Axis| {
            let wanted = (axis.len() as f64 * fraction) as usize;
            let points = super::friendly_length(wanted).min(axis.len());
            axis.cropped((axis.len() - points) / 2)
        };
        Self { x: shrink(&self.x), v: shrink(&self.v) }
    }

    /// W(x_i, v_j) sampled from a formula.
    pub fn sample(&self, w: impl Fn(f64, f64) -> f64) -> Result<WignerFunction, GridError> {
        WignerFunction::sample(self, w)
    }
}
