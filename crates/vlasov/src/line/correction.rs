//! What Hartree adds to Vlasov at order ε²: W_t − W̃_t = ε²D_t + O(ε⁴), an equation without ε.
//!
//! In Weyl variables, `i∂ₜG = −2∂ₓ∂_yG + mG` with Vlasov's m = U′(x)y and, for a smooth U = V∗ρ, Hartree's
//!
//! m = \[U(x+εy/2) − U(x−εy/2)\]/ε = U′y + (ε²/24)U‴y³ + O(ε⁴).
//!
//! The derivative of Hartree's equation by ε² at ε = 0 is therefore, with G̃ Vlasov's solution and ρ_D = G_D(·,0),
//!
//! i∂ₜG_D = −2∂ₓ∂_yG_D + Ũ′y G_D + c G̃,  c = (V∗ρ_D)′y + (1/24)Ũ‴y³,  G_D(0) = 0:
//!
//! the force that D itself makes, and what the difference quotient differs by. Since −iyG is ∂ᵥW, and −iy³G is −∂ᵥ³W,
//!
//! ∂ₜD + 2v∂ₓD = Ũ′∂ᵥD + (V∗ρ_D)′∂ᵥW̃ − (1/24)Ũ‴∂ᵥ³W̃,
//!
//! the linearised Vlasov equation with the first term of Moyal's bracket as its source. ∬D = 0, and D = 0 for a quadratic Ũ.
//!
//! Both parts of the splitting have exact derivatives: a drift moves D as it moves W, a kick leaves y = 0, hence ρ̃ and ρ_D, alone, so that
//! G_D ↦ e^{−iτŨ′y}(G_D − iτ c G̃). What is computed is the derivative by ε² of the split Hartree flow on the same grid.

use kernels::Interaction;
use kernels::line::MeanField;
use phase_space::line::{PhaseFlow, PhaseGrid, WignerFunction};
use phase_space::splitting::{Splitting, Stage};

use crate::{CorrectionSource, VlasovError};

/// The pair (W̃, D) on one grid: Vlasov and its correction of order ε².
pub struct VlasovCorrection {
    flow: PhaseFlow,
    mean_field: MeanField,
    splitting: Splitting,
    source: CorrectionSource,
    y: Vec<f64>,
    /// V_ext′(x_i) and V_ext‴(x_i), or nothing.
    external: [Vec<f64>; 2],
    /// m and c at `[i·n_y + j]`.
    multipliers: [Vec<f64>; 2],
}

impl VlasovCorrection {
    /// ∂ₜD + 2v∂ₓD = Ũ′∂ᵥD + (V∗ρ_D)′∂ᵥW̃ − (1/24)Ũ‴∂ᵥ³W̃ beside ∂ₜW̃ + 2v∂ₓW̃ = Ũ′∂ᵥW̃.
    ///
    /// # Errors
    /// A box that is shorter than the reach of V.
    pub fn new(
        grid: &PhaseGrid,
        interaction: &dyn Interaction,
        splitting: Splitting,
    ) -> Result<Self, VlasovError> {
        let multiplier = vec![0.0; grid.x.len() * grid.n_y()];
        Ok(Self {
            flow: PhaseFlow::new(grid),
            mean_field: MeanField::new(interaction, &grid.x)?,
            splitting,
            source: CorrectionSource::default(),
            y: grid.y_points(),
            external: [Vec::new(), Vec::new()],
            multipliers: [multiplier.clone(), multiplier],
        })
    }

    /// The same with another source (negative controls).
    pub fn with_source(mut self, source: CorrectionSource) -> Self {
        self.source = source;
        self
    }

    /// The same in an external potential, Ũ = V_ext + V∗ρ̃, given V_ext′ and V_ext‴.
    pub fn with_external(mut self, first: impl Fn(f64) -> f64, third: impl Fn(f64) -> f64) -> Self {
        let x = self.flow.grid().x.points();
        self.external = [x.iter().map(|x| first(*x)).collect(), x.iter().map(|x| third(*x)).collect()];
        self
    }

    /// (W̃, D) ↦ the same a duration later, in `steps` equal steps.
    ///
    /// # Panics
    /// If W̃ or D lives on another grid.
    pub fn evolve(&mut self, w: &mut WignerFunction, d: &mut WignerFunction, duration: f64, steps: usize) {
        let tau = duration / steps as f64;
        for stage in self.splitting.composed(steps) {
            match stage {
                Stage::Drift(a) => {
                    self.flow.drift(w, a * tau);
                    self.flow.drift(d, a * tau);
                }
                Stage::Kick(b) => {
                    self.fill(&w.density(), &d.density());
                    let [m, c] = &self.multipliers;
                    self.flow.kick_with_tangent([&mut *w, &mut *d], b * tau, [m, c]);
                }
            }
        }
    }

    /// m = Ũ′y and c = (V∗ρ_D)′y + Ũ‴y³/24 for the present densities.
    fn fill(&mut self, rho: &[f64], rho_d: &[f64]) {
        let potential = self.mean_field.potential(rho);
        let (mut first, mut third) =
            (self.mean_field.gradient(&potential), self.mean_field.derivative(&potential, 3));
        for (values, external) in [&mut first, &mut third].into_iter().zip(&self.external) {
            values.iter_mut().zip(external).for_each(|(value, external)| *value += external);
        }
        let response = if self.source.self_consistent {
            let potential = self.mean_field.potential(rho_d);
            self.mean_field.gradient(&potential)
        } else {
            vec![0.0; rho_d.len()]
        };
        let n_y = self.y.len();
        let [m, c] = &mut self.multipliers;
        let rows = m.chunks_exact_mut(n_y).zip(c.chunks_exact_mut(n_y));
        for (i, (m, c)) in rows.enumerate() {
            for ((m, c), y) in m.iter_mut().zip(c).zip(&self.y) {
                *m = first[i] * y;
                *c = (response[i] + self.source.moyal * third[i] * y * y) * y;
            }
        }
    }
}
