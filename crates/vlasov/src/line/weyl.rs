//! i∂ₜG = −2∂ₓ∂_yG + m G,  m(x,y) = U′(x)·y,  U = V_ext + V∗ρ,  ρ(x) = G(x,0): that is ∂ₜW + 2v∂ₓW = U′∂ᵥW.

use kernels::Interaction;
use kernels::line::MeanField;
use phase_space::line::{Multiplier, PhaseFlow, PhaseGrid, SplitStep, WignerFunction};
use phase_space::splitting::Splitting;

use crate::VlasovError;

/// The sign of the force v̇ = ∓U′(x).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForceSign {
    /// v̇ = −U′(x), the sign that follows from the Hartree equation.
    #[default]
    Convention,
    /// v̇ = +U′(x), as one talk prints it: a negative control, never the dynamics.
    Flipped,
}

impl ForceSign {
    fn factor(self) -> f64 {
        match self {
            ForceSign::Convention => 1.0,
            ForceSign::Flipped => -1.0,
        }
    }
}

/// m(x,y) = U′(x)·y, U = V∗ρ: all that makes the split flow Vlasov's.
pub struct VlasovMultiplier {
    mean_field: MeanField,
    /// ±y_j, the sign of the force folded in.
    y: Vec<f64>,
    /// V_ext′(x_i), or nothing.
    external: Vec<f64>,
}

impl VlasovMultiplier {
    /// The multiplier of an interaction on the line, without periodic images.
    ///
    /// # Errors
    /// A box that is shorter than the reach of V.
    pub fn new(interaction: &dyn Interaction, grid: &PhaseGrid) -> Result<Self, VlasovError> {
        Self::of(MeanField::new(interaction, &grid.x)?, grid)
    }

    /// The multiplier of a given mean field, e.g. a periodic one.
    ///
    /// # Errors
    /// A mean field on another x-axis.
    pub fn of(mean_field: MeanField, grid: &PhaseGrid) -> Result<Self, VlasovError> {
        if mean_field.axis() != &grid.x {
            return Err(VlasovError::Axis);
        }
        Ok(Self { mean_field, y: grid.y_points(), external: Vec::new() })
    }

    /// The same in an external potential: m(x,y) = [V_ext′(x) + (V∗ρ)′(x)]·y, given V_ext′.
    pub fn with_external(mut self, slope: impl Fn(f64) -> f64) -> Self {
        self.external = self.mean_field.axis().points().into_iter().map(slope).collect();
        self
    }

    /// The same with a sign of the force, that of V_ext included (negative controls).
    pub fn with_force_sign(mut self, sign: ForceSign) -> Self {
        for y in &mut self.y {
            *y = y.abs() * sign.factor();
        }
        self
    }

    /// The mean field ρ ↦ V∗ρ.
    pub fn mean_field(&mut self) -> &mut MeanField {
        &mut self.mean_field
    }
}

impl Multiplier for VlasovMultiplier {
    fn evaluate(&mut self, rho: &[f64], m: &mut [f64]) {
        let potential = self.mean_field.potential(rho);
        self.mean_field.gradient_times(&potential, &self.y, m);
        for (row, slope) in m.chunks_exact_mut(self.y.len()).zip(&self.external) {
            row.iter_mut().zip(&self.y).for_each(|(m, y)| *m += slope * y);
        }
    }
}

/// Vlasov in Weyl variables: drift and kick solved exactly in turn, spectral in x and v.
pub struct WeylVlasov {
    solver: SplitStep<VlasovMultiplier>,
}

impl WeylVlasov {
    /// ∂ₜW + 2v∂ₓW = (V∗ρ)′∂ᵥW on a grid.
    ///
    /// # Errors
    /// A box that is shorter than the reach of V.
    pub fn new(
        grid: &PhaseGrid,
        interaction: &dyn Interaction,
        splitting: Splitting,
    ) -> Result<Self, VlasovError> {
        Self::with_flow(PhaseFlow::new(grid), interaction, splitting)
    }

    /// The same with a given flow: negative controls change its transport speed.
    ///
    /// # Errors
    /// As for [`WeylVlasov::new`].
    pub fn with_flow(
        flow: PhaseFlow,
        interaction: &dyn Interaction,
        splitting: Splitting,
    ) -> Result<Self, VlasovError> {
        let multiplier = VlasovMultiplier::new(interaction, flow.grid())?;
        Ok(Self::from_parts(flow, multiplier, splitting))
    }

    /// The same with a sign of the force: [`ForceSign::Flipped`] is a negative control.
    ///
    /// # Errors
    /// As for [`WeylVlasov::new`].
    pub fn with_force_sign(
        grid: &PhaseGrid,
        interaction: &dyn Interaction,
        sign: ForceSign,
        splitting: Splitting,
    ) -> Result<Self, VlasovError> {
        let multiplier = VlasovMultiplier::new(interaction, grid)?.with_force_sign(sign);
        Ok(Self::from_parts(PhaseFlow::new(grid), multiplier, splitting))
    }

    /// A solver from its parts: any flow, any mean field, any sign.
    pub fn from_parts(flow: PhaseFlow, multiplier: VlasovMultiplier, splitting: Splitting) -> Self {
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
    pub fn solver(&mut self) -> &mut SplitStep<VlasovMultiplier> {
        &mut self.solver
    }
}
