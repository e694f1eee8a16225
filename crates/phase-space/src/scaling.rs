//! ε = N^(−1/d).

use thiserror::Error;

/// The semiclassical mean-field scaling: N = ε^(−d) particles in dimension d.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    dimension: u32,
    eps: f64,
}

/// Why a scaling was refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ScalingError {
    /// ε outside (0, 1].
    #[error("ε = {0} is not in (0, 1]: ε = N^(−1/d) with N ≥ 1")]
    Epsilon(f64),
    /// A dimension that no geometry implements.
    #[error("dimension {0} is not implemented: choose 1 (line) or 3 (rotation-invariant)")]
    Dimension(u32),
}

impl Scaling {
    /// Checks ε ∈ (0, 1] and d ∈ {1, 3}.
    pub fn new(dimension: u32, eps: f64) -> Result<Self, ScalingError> {
        if !(eps > 0.0 && eps <= 1.0) {
            return Err(ScalingError::Epsilon(eps));
        }
        if dimension != 1 && dimension != 3 {
            return Err(ScalingError::Dimension(dimension));
        }
        Ok(Self { dimension, eps })
    }

    /// The line, d = 1: N = 1/ε.
    pub fn line(eps: f64) -> Result<Self, ScalingError> {
        Self::new(1, eps)
    }

    /// ε.
    pub fn eps(&self) -> f64 {
        self.eps
    }

    /// N = ε^(−d), a real number: the scaling does not need an integer.
    pub fn n(&self) -> f64 {
        self.eps.powi(-(self.dimension as i32))
    }

    /// d.
    pub fn dimension(&self) -> u32 {
        self.dimension
    }

    /// ‖ω‖_HS / ‖W‖_{L²} = √N (2π)^{d/2} (S.2).
    pub fn hilbert_schmidt_factor(&self) -> f64 {
        (self.n() * std::f64::consts::TAU.powi(self.dimension as i32)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n_is_the_inverse_power_of_eps() {
        assert_eq!(Scaling::line(0.125).unwrap().n(), 8.0);
        assert_eq!(Scaling::new(3, 0.25).unwrap().n(), 64.0);
    }

    #[test]
    fn refuses_what_is_no_scaling() {
        assert!(matches!(Scaling::line(0.0), Err(ScalingError::Epsilon(_))));
        assert!(matches!(Scaling::line(f64::NAN), Err(ScalingError::Epsilon(_))));
        assert!(matches!(Scaling::new(2, 0.5), Err(ScalingError::Dimension(2))));
    }
}
