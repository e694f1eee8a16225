//! W(x,v) = (2π)^{−1}/(1 + exp((x² + v² − μ)/T)), ∬W = (T/2) ln(1 + e^{μ/T}) = 1.
//!
//! Hence μ = T ln(e^{2/T} − 1) = 2 + T ln(1 − e^{−2/T}). W respects Pauli's bound, W < (2π)^{−1}. Its poles in |z|² lie at
//! μ ± iπT(2m+1), so that its Fourier transform decays like exp(−|κ| Im√(μ + iπT)).

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;

use crate::error::positive;
use crate::{InitialState, StateError};

const FAMILY: &str = "fermi-dirac";

/// The lowest temperature whose profile a grid of ordinary size resolves.
const LOWEST: f64 = 1e-3;

/// The Fermi–Dirac distribution of the harmonic energy x² + v².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FermiDirac {
    temperature: f64,
    chemical_potential: f64,
}

impl FermiDirac {
    /// # Errors
    /// A temperature that is not finite and positive, or below 1e-3.
    pub fn new(temperature: f64) -> Result<Self, StateError> {
        let temperature = positive(FAMILY, "temperature", temperature)?;
        if temperature < LOWEST {
            return Err(StateError::TooCold { temperature, lowest: LOWEST });
        }
        let chemical_potential = 2.0 + temperature * (-(-2.0 / temperature).exp_m1()).ln();
        Ok(Self { temperature, chemical_potential })
    }

    /// μ, fixed by ∬W = 1.
    pub fn chemical_potential(&self) -> f64 {
        self.chemical_potential
    }

    /// W as a function of |z|² = x² + v².
    fn profile(&self, square: f64) -> f64 {
        1.0 / (TAU * (1.0 + ((square - self.chemical_potential) / self.temperature).exp()))
    }

    /// |z| beyond which W ≤ tolerance·sup W: 1 + e^{(|z|²−μ)/T} = (1 + e^{−μ/T})/tolerance.
    fn radius(&self, tolerance: f64) -> f64 {
        let (t, mu) = (self.temperature, self.chemical_potential);
        // (1 + e^{−μ/T})/tolerance − 1, in logarithms so that no exponential overflows
        let log_sum = libm::log1p((-(mu / t).abs()).exp()) + (-mu / t).max(0.0);
        let log_ratio = log_sum - tolerance.ln();
        let log_difference = log_ratio + libm::log1p(-(-log_ratio).exp());
        (mu + t * log_difference).max(0.0).sqrt()
    }

    /// |κ| beyond which |Ŵ(κ)| ≤ tolerance, from the nearest pole z₀ = √(μ + iπT) with residue −T in |z|²:
    /// |Ŵ(κ)| ≲ 2πT·(κ|z₀|)^{−1/2}·exp(−κ Im z₀), solved by one substitution.
    fn frequency(&self, tolerance: f64) -> f64 {
        let pole = Complex64::new(self.chemical_potential, PI * self.temperature).sqrt();
        let height = TAU * self.temperature / tolerance;
        let first = height.ln().max(1.0) / pole.im;
        (height / (first * pole.norm()).sqrt().max(1.0)).ln().max(1.0) / pole.im
    }
}

impl InitialState for FermiDirac {
    fn name(&self) -> String {
        format!("{FAMILY}(temperature = {})", self.temperature)
    }

    fn wigner(&self, x: f64, v: f64) -> f64 {
        self.profile(x * x + v * v)
    }

    /// Attained at the origin.
    fn sup(&self) -> f64 {
        self.profile(0.0)
    }

    fn spread(&self, direction: [f64; 2], tolerance: f64) -> (f64, f64) {
        let reach = direction[0].hypot(direction[1]) * self.radius(tolerance);
        (-reach, reach)
    }

    fn frequency_spread(&self, direction: [f64; 2], tolerance: f64) -> f64 {
        direction[0].hypot(direction[1]) * self.frequency(tolerance)
    }
}
