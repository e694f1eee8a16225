//! i∂ₜG = −2∂ₓ∂_yG + m G,  m(x,y) = [U(x+εy/2) − U(x−εy/2)]/ε,  U = V_ext + V∗ρ,  ρ(x) = G(x,0).

use kernels::Interaction;
use kernels::line::MeanField;
use phase_space::Scaling;
use phase_space::line::{Multiplier, PhaseFlow, PhaseGrid, SplitStep, WignerFunction};
use phase_space::splitting::Splitting;

use crate::HartreeError;

/// m(x,y) = [U(x+εy/2) − U(x−εy/2)]/ε, U = V∗ρ: all that makes the split flow Hartree's.
pub struct HartreeMultiplier {
    mean_field: MeanField,
    y: Vec<f64>,
    eps: f64,
    /// [V_ext(x_i+εy_j/2) − V_ext(x_i−εy_j/2)]/ε at `[i·n_y + j]`, or nothing.
    external: Vec<f64>,
}

impl HartreeMultiplier {
    /// The multiplier of an interaction on the line, without periodic images.
    ///
    /// # Errors
    /// A scaling with d ≠ 1; a box that is shorter than the reach of V.
    pub fn new(
        interaction: &dyn Interaction,
        grid: &PhaseGrid,
        scaling: Scaling,
    ) -> Result<Self, HartreeError> {
        Self::of(MeanField::new(interaction, &grid.x)?, grid, scaling)
    }

    /// The multiplier of a given mean field, e.g. a periodic one.
    ///
    /// # Errors
    /// A scaling with d ≠ 1; a mean field on another x-axis.
    pub fn of(mean_field: MeanField, grid: &PhaseGrid, scaling: Scaling) -> Result<Self, HartreeError> {
        if scaling.dimension() != 1 {
            return Err(HartreeError::Dimension(scaling.dimension()));
        }
        if mean_field.axis() != &grid.x {
            return Err(HartreeError::Axis);
        }
        Ok(Self { mean_field, y: grid.y_points(), eps: scaling.eps(), external: Vec::new() })
    }

    /// The same in an external potential, U = V_ext + V∗ρ.
    pub fn with_external(mut self, potential: impl Fn(f64) -> f64) -> Self {
        let (x, half) = (self.mean_field.axis().points(), 0.5 * self.eps);
        let quotient = |x: f64, y: f64| (potential(x + half * y) - potential(x - half * y)) / self.eps;
        self.external = x.iter().flat_map(|x| self.y.iter().map(|y| quotient(*x, *y))).collect();
        self
    }

    /// The mean field ρ ↦ V∗ρ.
    pub fn mean_field(&mut self) -> &mut MeanField {
        &mut self.mean_field
    }

    /// ε.
    pub fn eps(&self) -> f64 {
        self.eps
    }
}

impl Multiplier for HartreeMultiplier {
    fn evaluate(&mut self, rho: &[f64], m: &mut [f64]) {
        let potential = self.mean_field.potential(rho);
        self.mean_field.difference_quotient(&potential, &self.y, self.eps, m);
        m.iter_mut().zip(&self.external).for_each(|(m, external)| *m += external);
    }
}

/// Hartree in Weyl variables: drift and kick solved exactly in turn, spectral in x and v on a grid free of ε.
pub struct WeylHartree {
    solver: SplitStep<HartreeMultiplier>,
}

impl WeylHartree {
    /// iε∂ₜω = [−ε²Δ + V∗ρ, ω] on a grid of its Wigner function.
    ///
    /// # Errors
    /// A scaling with d ≠ 1; a box that is shorter than the reach of V.
    pub fn new(
        grid: &PhaseGrid,
        interaction: &dyn Interaction,
        scaling: Scaling,
        splitting: Splitting,
    ) -> Result<Self, HartreeError> {
        Self::with_flow(PhaseFlow::new(grid), interaction, scaling, splitting)
    }

    /// The same with a given flow: negative controls change its transport speed.
    ///
    /// # Errors
    /// As for [`WeylHartree::new`].
    pub fn with_flow(
        flow: PhaseFlow,
        interaction: &dyn Interaction,
        scaling: Scaling,
        splitting: Splitting,
    ) -> Result<Self, HartreeError> {
        let multiplier = HartreeMultiplier::new(interaction, flow.grid(), scaling)?;
        Ok(Self::from_parts(flow, multiplier, splitting))
    }

    /// A solver from its parts: any flow, any mean field.
    pub fn from_parts(flow: PhaseFlow, multiplier: HartreeMultiplier, splitting: Splitting) -> Self {
        Self { solver: SplitStep::with_flow(flow, multiplier, splitting) }
    }

    /// The grid.
    pub fn grid(&self) -> &PhaseGrid {
        self.solver.grid()
    }

    /// W_0 ↦ W_duration in `steps` equal steps; a negative duration goes back in time.
    pub fn evolve(&mut self, w: &mut WignerFunction, duration: f64, steps: usize) {
        self.solver.evolve(w, duration, steps);
    }

    /// E/N = ∬v²W dx dv + ½∫(V∗ρ)ρ dx, conserved by the exact flow without V_ext.
    pub fn energy(&mut self, w: &WignerFunction) -> f64 {
        let kinetic = w.expectation(|_, v| v * v);
        kinetic + self.solver.multiplier().mean_field.energy(&w.density())
    }

    /// The split flow, for its passengers and its multiplier.
    pub fn solver(&mut self) -> &mut SplitStep<HartreeMultiplier> {
        &mut self.solver
    }
}
