//! W(x,v) = \[B(x,v) + a e^{−(x²+v²)/2w²}cos(yv)/2π\]/M: a smooth state B and a coherence at distance εy.
//!
//! With a = c y^{−s} and y = κε^{−θ} its norm in H^s is bounded along a ladder, and its distances are the largest that are known inside H^s (docs/theory.md,
//! *The lowest order of G16.T2*). M = 1 + aw²e^{−w²y²/2} keeps ∬W = 1. W ≥ 0 where B is larger than the oscillation.

use std::f64::consts::{PI, TAU};

use crate::error::{finite, positive};
use crate::{GaussianMixture, InitialState, StateError};

const FAMILY: &str = "cat";

/// A mixture of Gaussians and an oscillation in v.
#[derive(Clone, Debug, PartialEq)]
pub struct Cat {
    smooth: GaussianMixture,
    width: f64,
    amplitude: f64,
    frequency: f64,
    mass: f64,
    sup: f64,
}

impl Cat {
    /// B, w, a and y.
    ///
    /// # Errors
    /// w or y not finite and positive, a not finite, or an oscillation that leaves no mass.
    pub fn new(
        smooth: GaussianMixture,
        width: f64,
        amplitude: f64,
        frequency: f64,
    ) -> Result<Self, StateError> {
        let (width, frequency) =
            (positive(FAMILY, "width", width)?, positive(FAMILY, "frequency", frequency)?);
        let amplitude = finite(FAMILY, "amplitude", amplitude)?;
        let mass = 1.0 + amplitude * width * width * (-0.5 * (width * frequency).powi(2)).exp();
        positive(FAMILY, "mass", mass)?;
        let mut cat = Self { smooth, width, amplitude, frequency, mass, sup: 1.0 };
        cat.sup = cat.highest();
        Ok(cat)
    }

    /// a e^{−(x²+v²)/2w²}/2π, without the mass.
    fn envelope(&self, x: f64, v: f64) -> f64 {
        self.amplitude * (-0.5 * (x * x + v * v) / self.width.powi(2)).exp() / TAU
    }

    /// sup W from above, within a hundredth or so: no scan finds more than is there, and none that is as fine as this much less. An oscillation
    /// with dozens of periods under its envelope is the envelope.
    fn highest(&self) -> f64 {
        const WITHIN: f64 = 1.01;
        const PERIODS: f64 = 40.0;
        let reach = 4.0 * self.width;
        let dense = self.frequency * self.width > PERIODS;
        let value = |x: f64, v: f64| {
            if dense {
                (self.smooth.wigner(x, v) + self.envelope(x, v).abs()) / self.mass
            } else {
                self.wigner(x, v)
            }
        };
        let step_x = self.width / 20.0;
        let step_v = if dense { step_x } else { step_x.min(PI / (16.0 * self.frequency)) };
        let many = |step: f64| (reach / step).ceil() as i32;
        let mut highest = self.smooth.sup() / self.mass;
        for i in -many(step_x)..=many(step_x) {
            for j in -many(step_v)..=many(step_v) {
                highest = highest.max(value(f64::from(i) * step_x, f64::from(j) * step_v));
            }
        }
        (WITHIN * highest).min((self.smooth.sup() + self.amplitude.abs() / TAU) / self.mass)
    }
}

impl InitialState for Cat {
    fn name(&self) -> String {
        format!(
            "cat({}; {}·cos({}v), width {})",
            self.smooth.name(),
            self.amplitude,
            self.frequency,
            self.width
        )
    }

    fn wigner(&self, x: f64, v: f64) -> f64 {
        (self.smooth.wigner(x, v) + self.envelope(x, v) * (self.frequency * v).cos()) / self.mass
    }

    fn sup(&self) -> f64 {
        self.sup
    }

    /// Where either of the two exceeds half of the tolerance.
    fn spread(&self, direction: [f64; 2], tolerance: f64) -> (f64, f64) {
        let half = 0.5 * tolerance;
        let (low, high) = self.smooth.spread(direction, half * self.mass * self.sup / self.smooth.sup());
        let share = self.amplitude.abs() / (TAU * half * self.mass * self.sup);
        let reach = self.width * direction[0].hypot(direction[1]) * (2.0 * share.max(1.0).ln()).sqrt();
        (low.min(-reach), high.max(reach))
    }

    /// |Ŵ| ≤ |B̂| + (a w²/2)Σ_±e^{−w²|(k, y±y₀)|²/2}, over M.
    fn frequency_spread(&self, direction: [f64; 2], tolerance: f64) -> f64 {
        let half = 0.5 * tolerance * self.mass;
        let share = self.amplitude.abs() * self.width.powi(2) / half;
        let envelope = direction[0].hypot(direction[1]) / self.width * (2.0 * share.max(1.0).ln()).sqrt();
        let carried = if share > 1.0 { self.frequency * direction[1].abs() + envelope } else { 0.0 };
        self.smooth.frequency_spread(direction, half).max(carried)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// sup W is what a fine scan along the axis of the coherence finds, whether its periods are resolved or taken for their envelope, and costs the
    /// same for any frequency.
    #[test]
    fn the_supremum_is_that_of_a_fine_scan() {
        let smooth = || GaussianMixture::single(1.2, 0.9).unwrap();
        for (frequency, amplitude) in [(3.0, 0.4), (30.0, -0.4), (90.0, 0.4), (90.0, -0.4)] {
            let cat = Cat::new(smooth(), 0.7, amplitude, frequency).unwrap();
            let scan = (-40_000..=40_000).map(|j| cat.wigner(0.0, f64::from(j) * 1e-4));
            let highest = scan.fold(0.0, f64::max);
            assert!((1.0..1.02).contains(&(cat.sup() / highest)), "{frequency}: {} {highest}", cat.sup());
        }
        assert!(Cat::new(smooth(), 0.7, 0.4, 1e12).unwrap().sup() < 0.4);
    }
}
