//! The initial state as data: its Wigner function and where it lives.

use std::fmt::Debug;

/// A box of phase space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Smallest x.
    pub x_min: f64,
    /// Largest x.
    pub x_max: f64,
    /// Smallest v.
    pub v_min: f64,
    /// Largest v.
    pub v_max: f64,
}

/// A Wigner function W_N(x,v), ∬W_N = 1, as data without any grid.
///
/// No method can fail, since every family checks its parameters in `new`.
pub trait InitialState: Debug + Send + Sync {
    /// Family and parameters, e.g. `fermi-dirac(temperature = 0.5)`.
    fn name(&self) -> String;

    /// W_N(x,v).
    fn wigner(&self, x: f64, v: f64) -> f64;

    /// sup W_N; Pauli's bound is sup W_N ≤ (2π)^{−d}.
    fn sup(&self) -> f64;

    /// The range of a·x + b·v, (a, b) = `direction`, outside of which W ≤ tolerance·sup W.
    fn spread(&self, direction: [f64; 2], tolerance: f64) -> (f64, f64);

    /// The largest |a·k + b·y|, (a, b) = `direction`, at which |∬W e^{−i(kx+yv)}dx dv| > tolerance.
    ///
    /// For data of finite smoothness an honest cap, documented with the family.
    fn frequency_spread(&self, direction: [f64; 2], tolerance: f64) -> f64;

    /// The s up to which W ∈ H^s, s excluded; `None` for smooth data. Beyond it the norms of the hypotheses are infinite, which
    /// no grid can tell from large.
    fn sobolev_index(&self) -> Option<f64> {
        None
    }

    /// The box outside of which W ≤ tolerance·sup W.
    fn extent(&self, tolerance: f64) -> Extent {
        let (x_min, x_max) = self.spread([1.0, 0.0], tolerance);
        let (v_min, v_max) = self.spread([0.0, 1.0], tolerance);
        Extent { x_min, x_max, v_min, v_max }
    }

    /// (k_max, y_max): beyond them the Fourier transform of W is at most `tolerance`, relative to its value 1 at 0.
    fn bandwidth(&self, tolerance: f64) -> (f64, f64) {
        (self.frequency_spread([1.0, 0.0], tolerance), self.frequency_spread([0.0, 1.0], tolerance))
    }
}
