//! Hartree against Vlasov from a Fermi–Dirac state of the trap s²x² at a temperature, released: between determinants and smooth mixed states.
//!
//! ‖ω_t − ω̃_t‖_HS/√N = √(2π)‖W_t − W̃_t‖_{L²}, both in Weyl variables. At T = τε about τ levels are filled in part: W oscillates on the scale ε
//! with coherences over distances of order 1/τ, and the distance need not fall as ε → 0, while for a fixed T it is smooth uniformly in ε.

use std::f64::consts::PI;
use std::sync::Arc;

use hartree::line::{Orbitals, WeylHartree, oscillator_levels};
use kernels::Interaction;
use kernels::line::minimal_length;
use phase_space::Scaling;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;
use vlasov::line::WeylVlasov;

use super::SetUpError;
use crate::Estimate;

/// A Fermi–Dirac state of the trap, and V.
#[derive(Clone, Debug)]
pub struct ThermalRelease {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// The trap is s²x².
    pub s: f64,
}

/// Levels that are filled less are left out, from both dynamics alike.
const NEGLIGIBLE: f64 = 1e-5;
/// Widths ε^{2/3} of Airy's tail beyond which W is nothing.
const TAIL: f64 = 5.0;
/// Points over what the largest speed and distance ask for.
const ROOM: f64 = 1.1;
/// Steps in a unit of time, and the share of them, and of points, that a coarser run has.
const STEPS: f64 = 8.0;
const FEWER: f64 = 0.5;
const COARSER: f64 = 0.9;

impl ThermalRelease {
    /// ‖ω_t − ω̃_t‖_HS/√N from the state at temperature T ≥ 0 (0: the oscillator sea), with what a coarser grid, a smaller box and fewer steps change.
    ///
    /// # Errors
    /// [`SetUpError`]: an ε that is not 1/N, T negative, a V whose mean field has no modes.
    pub fn hilbert_schmidt(&self, eps: f64, temperature: f64, time: f64) -> Result<Estimate, SetUpError> {
        let fine = self.distance(eps, temperature, time, 1.0, 1.0)?;
        let coarse = self.distance(eps, temperature, time, FEWER, COARSER)?;
        Ok(Estimate::new(fine, (fine - coarse).abs() + 1e-12))
    }

    fn distance(
        &self,
        eps: f64,
        temperature: f64,
        time: f64,
        share: f64,
        points: f64,
    ) -> Result<f64, SetUpError> {
        let scaling = Scaling::line(eps)?;
        let occupations = if temperature == 0.0 {
            vec![1.0; scaling.n().round() as usize]
        } else {
            oscillator_levels(scaling, self.s, temperature, NEGLIGIBLE)?.occupations
        };
        let grid = self.grid(eps, occupations.len(), time, points)?;
        let start = Orbitals::oscillator_wigner(&grid, scaling, self.s, &occupations)?;
        let v = self.interaction.as_ref();
        let steps = ((STEPS * time * share).round() as usize).max(1);
        let (mut w, mut w_tilde): (WignerFunction, WignerFunction) = (start.clone(), start);
        WeylHartree::new(&grid, v, scaling, Splitting::Order6)?.evolve(&mut w, time, steps);
        WeylVlasov::new(&grid, v, Splitting::Order6)?.evolve(&mut w_tilde, time, steps);
        Ok((2.0 * PI).sqrt() * w.minus(&w_tilde)?.l2())
    }

    /// Two distances or speeds of the highest level fit into 2πε each way, until `time`.
    fn grid(&self, eps: f64, levels: usize, time: f64, points: f64) -> Result<PhaseGrid, SetUpError> {
        let highest = 2.0 * eps * self.s * levels as f64;
        let tail = points * TAIL * eps.powf(2.0 / 3.0);
        let gained = self.interaction.sup().unwrap_or(2.0 * self.interaction.value(1.0).abs());
        let (speed, spread) = ((highest + gained).sqrt(), TRANSPORT_SPEED * time);
        let radius = (highest.sqrt() / self.s).hypot(spread * speed) + tail * 1.0_f64.hypot(spread);
        let (length, width) =
            ((2.0 * radius).max(minimal_length(self.interaction.as_ref(), 0.0)), speed + tail);
        let many = |length: f64, other: f64| {
            friendly_length((ROOM * points * 2.0 * length * other / (PI * eps)).ceil() as usize)
        };
        let x = Axis::new(0.0, length, many(length, width))?;
        Ok(PhaseGrid::new(x, Axis::new(0.0, 2.0 * width, many(2.0 * width, radius))?))
    }
}
