//! The points r_j = (j+½)h and the two parities.

use std::f64::consts::PI;

use thiserror::Error;

/// Points r_j = (j+½)h, j = 0..n, of (0, R), R = nh; quadrature weight h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RadialGrid {
    radius: f64,
    points: usize,
}

/// Why a radial grid was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum RadialGridError {
    /// R not positive and finite.
    #[error("a radial grid needs a positive finite radius, not {0}")]
    Radius(f64),
    /// No room for a basis.
    #[error("a radial grid needs at least 2 points, not {0}")]
    Points(usize),
}

/// The parity (−1)^{ℓ+1} with which u_ℓ is continued to r < 0, and again beyond R.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// ℓ odd: cosines k_m = πm/R, m = 0..n−1.
    Even,
    /// ℓ even: sines k_m = πm/R, m = 1..n.
    Odd,
}

impl Parity {
    /// (−1)^{ℓ+1}.
    pub fn of(l: usize) -> Self {
        if l.is_multiple_of(2) { Self::Odd } else { Self::Even }
    }

    /// ±1.
    pub fn sign(self) -> f64 {
        match self {
            Self::Even => 1.0,
            Self::Odd => -1.0,
        }
    }
}

impl RadialGrid {
    /// n points on (0, radius).
    ///
    /// # Errors
    /// [`RadialGridError`]: a radius that is not positive and finite, fewer than two points.
    pub fn new(radius: f64, points: usize) -> Result<Self, RadialGridError> {
        if !(radius.is_finite() && radius > 0.0) {
            return Err(RadialGridError::Radius(radius));
        }
        if points < 2 {
            return Err(RadialGridError::Points(points));
        }
        Ok(Self { radius, points })
    }

    /// The fewest points on (0, radius) that resolve the momenta |v| ≤ v_max: h ≤ πε/v_max.
    ///
    /// # Errors
    /// [`RadialGridError`] as in [`Self::new`]; ε/v_max that is not positive gives no points.
    pub fn resolving(radius: f64, eps: f64, v_max: f64) -> Result<Self, RadialGridError> {
        let wanted = (radius * v_max / (PI * eps)).ceil();
        Self::new(radius, if wanted.is_finite() && wanted > 0.0 { wanted as usize } else { 0 })
    }

    /// n.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.points
    }

    /// R = nh.
    pub fn radius(&self) -> f64 {
        self.radius
    }

    /// h = R/n.
    pub fn spacing(&self) -> f64 {
        self.radius / self.points as f64
    }

    /// r_j = (j+½)h.
    pub fn point(&self, j: usize) -> f64 {
        (j as f64 + 0.5) * self.spacing()
    }

    /// All points.
    pub fn points(&self) -> Vec<f64> {
        (0..self.points).map(|j| self.point(j)).collect()
    }

    /// ∫₀^R f dr ≈ h Σ_j f(r_j): spectrally accurate when f continues to an even smooth function that vanishes at R.
    pub fn integral(&self, values: &[f64]) -> f64 {
        self.spacing() * values.iter().sum::<f64>()
    }

    /// ∫f d³x = 4πh Σ_j r_j² f(r_j) of a rotation-invariant function.
    pub fn volume_integral(&self, values: &[f64]) -> f64 {
        let shells = values.iter().enumerate().map(|(j, f)| self.point(j).powi(2) * f);
        4.0 * PI * self.spacing() * shells.sum::<f64>()
    }

    /// The wave number of basis function m = 0..n: π(m+1)/R for sines, πm/R for cosines.
    pub fn wave_number(&self, parity: Parity, m: usize) -> f64 {
        let order = match parity {
            Parity::Even => m,
            Parity::Odd => m + 1,
        };
        PI * order as f64 / self.radius
    }
}
