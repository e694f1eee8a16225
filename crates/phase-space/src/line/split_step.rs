//! i∂ₜG = −2∂ₓ∂_yG + m\[ρ\](x,y)G by composition of drift and kick.

use super::{PhaseFlow, PhaseGrid, WignerFunction};
use crate::splitting::{Splitting, Stage};

/// What tells Hartree from Vlasov: the multiplier m\[ρ\](x,y) of the kick.
pub trait Multiplier {
    /// Fills m[i * n_y + j] = m(x_i, y_j) for the density ρ(x_i), at y_j = 2πj/L_v ≥ 0.
    fn evaluate(&mut self, rho: &[f64], m: &mut [f64]);
}

/// The split-step solver; its multiplier is the only thing that differs between the two dynamics.
pub struct SplitStep<M> {
    flow: PhaseFlow,
    multiplier: M,
    splitting: Splitting,
    m: Vec<f64>,
}

impl<M: Multiplier> SplitStep<M> {
    /// A solver on a grid.
    pub fn new(grid: &PhaseGrid, multiplier: M, splitting: Splitting) -> Self {
        Self::with_flow(PhaseFlow::new(grid), multiplier, splitting)
    }

    /// A solver with a given flow (negative controls change its transport speed).
    pub fn with_flow(flow: PhaseFlow, multiplier: M, splitting: Splitting) -> Self {
        let m = vec![0.0; flow.grid().x.len() * flow.grid().n_y()];
        Self { flow, multiplier, splitting, m }
    }

    /// The grid.
    pub fn grid(&self) -> &PhaseGrid {
        self.flow.grid()
    }

    /// Evolves W over `duration` in `steps` equal steps.
    pub fn evolve(&mut self, w: &mut WignerFunction, duration: f64, steps: usize) {
        self.evolve_with(w, &mut [], duration, steps);
    }

    /// Evolves W, and carries the passengers along in the field of W: the linear flow ω ↦ U(t,s) ω U(t,s)* (P16.1).
    pub fn evolve_with(
        &mut self,
        w: &mut WignerFunction,
        passengers: &mut [WignerFunction],
        duration: f64,
        steps: usize,
    ) {
        let tau = duration / steps as f64;
        for stage in self.splitting.composed(steps) {
            match stage {
                Stage::Drift(a) => {
                    self.flow.drift(w, a * tau);
                    for passenger in passengers.iter_mut() {
                        self.flow.drift(passenger, a * tau);
                    }
                }
                Stage::Kick(b) => {
                    self.multiplier.evaluate(&w.density(), &mut self.m);
                    self.flow.kick(w, b * tau, &self.m);
                    for passenger in passengers.iter_mut() {
                        self.flow.kick(passenger, b * tau, &self.m);
                    }
                }
            }
        }
    }

    /// m\[ρ\](x,y) for the present density, e.g. for the commutators of P16.1.
    pub fn multiplier_of(&mut self, w: &WignerFunction) -> &[f64] {
        self.multiplier.evaluate(&w.density(), &mut self.m);
        &self.m
    }

    /// The multiplier.
    pub fn multiplier(&mut self) -> &mut M {
        &mut self.multiplier
    }
}
