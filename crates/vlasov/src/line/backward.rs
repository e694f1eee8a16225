//! The flow traced back in the field that points pushed forward have made: W̃_t(x,v) = W₀(X(0),V(0)) with (X,V)(t) = (x,v).
//!
//! Drifts and kicks of the composition are undone one by one, the last one first, so that a point that was pushed forward comes back to
//! its foot, to round-off, and the map is that of a composition of the same order. Nothing is interpolated: where W₀ is known at every
//! point, so is W̃_t, however fast it oscillates.

use num_complex::Complex64;
use rayon::prelude::*;

use super::waves::Waves;

/// x ↦ τU′(x) = Re Σ_{m≥1} c_m e^{ikmx}.
#[derive(Clone, Debug)]
pub(super) struct Impulse {
    /// k = 2π/L.
    pub(super) wave_number: f64,
    /// `[m−1] = c_m`.
    pub(super) modes: Vec<Complex64>,
}

impl Impulse {
    /// At several points.
    pub(super) fn at<const L: usize>(&self, x: [f64; L]) -> [f64; L] {
        let turn = x.map(|x| Complex64::cis(self.wave_number * x));
        let (mut waves, mut sums) = (Waves::new(turn, turn), [0.0; L]);
        for mode in &self.modes {
            waves.real_part_of(*mode, &mut sums);
            waves.turn();
        }
        sums
    }
}

/// A stage that was made.
#[derive(Clone, Debug)]
pub(super) enum Leg {
    /// x += c·v.
    Drift(f64),
    /// v −= τU′(x).
    Kick(Impulse),
}

/// (x,v) at the end of an evolution ↦ (x,v) at its beginning.
///
/// The field repeats itself beyond the circle that it was made for. That does no harm: the map is one to one, and what has its foot in the
/// support of W₀ stayed inside.
#[derive(Clone, Debug)]
pub struct BackwardFlow {
    legs: Vec<Leg>,
}

impl BackwardFlow {
    /// Of the stages in the order in which they were made.
    pub(super) fn of(legs: Vec<Leg>) -> Self {
        Self { legs }
    }

    /// (X,V)(0) for (X,V)(t) = (x,v).
    pub fn foot(&self, mut x: f64, mut v: f64) -> (f64, f64) {
        for leg in self.legs.iter().rev() {
            match leg {
                Leg::Drift(rate) => x -= rate * v,
                Leg::Kick(impulse) => v += impulse.at([x])[0],
            }
        }
        (x, v)
    }

    /// `[b·n_x + a] = W₀(X(0),V(0))` for (X,V)(t) = (x_a,v_b): W̃_t on the points of a rectangle.
    pub fn transported(&self, initial: impl Fn(f64, f64) -> f64 + Sync, x: &[f64], v: &[f64]) -> Vec<f64> {
        let at = |p: usize| {
            let (x, v) = self.foot(x[p % x.len()], v[p / x.len()]);
            initial(x, v)
        };
        (0..x.len() * v.len()).into_par_iter().map(at).collect()
    }
}
