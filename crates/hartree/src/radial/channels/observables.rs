//! tr e^{ip·x+εq·∇}ω/N for p ∥ q, by turning phase space.
//!
//! In the frame p·x + q·v = κe·(cos φ ξ + (2/a) sin φ η) for a unit vector e. The oscillator k_ℓ of the frame turns ξ into just that in the time φ/a
//! of its clock, so that
//!
//! tr e^{iκe·(cos φ ξ + (2/a) sin φ η)} ω = tr e^{iκe·ξ} U ω U*,  U = e^{−iφk/(aε)}:
//!
//! the Fourier transform of the density of the turned state, exactly, and real for a state that commutes with rotations.

use std::f64::consts::PI;

use phase_space::SincSums;
use rayon::prelude::*;

use super::{Channel, ChannelHartree};

impl ChannelHartree {
    /// U ω U*, phase space turned by φ: what ξ is to it is cos φ ξ + (2/a) sin φ η to ω.
    pub fn turned(&self, phi: f64) -> Self {
        let mut turned = self.clone();
        let theta = phi / (self.frame.oscillator() * self.eps);
        turned.channels.par_iter_mut().for_each(|channel| channel.flow.evolve(&mut channel.factors, theta));
        turned
    }

    /// `[m·J + j−1]`: the observable at φ_m = πm/`directions` and κ_j = j·`step`, j = 1, …, J = `count`.
    pub fn observables(&self, directions: usize, step: f64, count: usize) -> Vec<f64> {
        let theta = PI / (directions as f64 * self.frame.oscillator() * self.eps);
        let turned = |channel: &Channel| {
            let mut factors = channel.factors.clone();
            let mut diagonals = factors.diagonal();
            for _ in 1..directions {
                channel.flow.evolve(&mut factors, theta);
                diagonals.extend(factors.diagonal());
            }
            diagonals
        };
        let diagonals: Vec<Vec<f64>> = self.channels.par_iter().map(turned).collect();
        let sums = self.summed(&diagonals);
        let transform = |diagonal: &[f64]| {
            let mut sums = SincSums::new(count);
            for (j, d) in diagonal.iter().enumerate() {
                sums.add(step * self.grid.point(j), d / self.n_particles);
            }
            sums.values()
        };
        sums.chunks_exact(self.grid.len()).flat_map(transform).collect()
    }
}
