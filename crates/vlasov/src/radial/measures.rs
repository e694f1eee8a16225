//! What a solution says of W, of what is conserved, and of its own errors.

use super::path::{Batch, Path};

/// What the equation conserves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Invariants {
    /// ∬W = 1.
    pub mass: f64,
    /// ∬v²W + ½∫(V∗ρ)ρ.
    pub energy: f64,
    /// ∬W², a Casimir.
    pub casimir: f64,
}

/// What is left of each approximation, relative to the largest density (mass: absolute).
///
/// The steps are not among them: the composition conserves the volume, and with it the mass, at any step. Their error is seen by
/// the energy, or by a solution with twice as many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residuals {
    /// Sweeps of Picard's iteration made.
    pub sweeps: usize,
    /// max|ρ_new − ρ_old|/max ρ at the last sweep.
    pub change: f64,
    /// The largest |∫ρ − ∫ρ₀| over the nodes in time: quadrature in v, spacing in r, a domain too small.
    pub mass: f64,
    /// The largest ρ̂(k), k ≈ π/h, as a fraction of ρ̂(0): spacing in r.
    pub spectrum: f64,
    /// The last Chebyshev coefficients of ρ: nodes in time.
    pub nodes: f64,
}

/// W(·,·,t) at one time.
pub struct Snapshot<'a, W> {
    initial: &'a W,
    path: Path,
}

impl<'a, W: Fn(f64, f64, f64) -> f64> Snapshot<'a, W> {
    pub(super) fn new(initial: &'a W, path: Path) -> Self {
        Self { initial, path }
    }

    /// W(r, v_r, v_t).
    pub fn wigner(&self, r: f64, v_r: f64, v_t: f64) -> f64 {
        self.wigner_many(&[(r, v_r, v_t)])[0]
    }

    /// W at many points (r, v_r, v_t): several times faster than one by one.
    pub fn wigner_many(&self, points: &[(f64, f64, f64)]) -> Vec<f64> {
        let mut batch = Batch::default();
        for &(r, v_r, v_t) in points {
            batch.push(r, v_r, v_t);
        }
        self.path.back(&mut batch);
        let value = |i| {
            let (r, v_r, v_t) = batch.invariants(i);
            (self.initial)(r, v_r, v_t)
        };
        (0..points.len()).map(value).collect()
    }
}
