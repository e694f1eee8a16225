//! What is to be minimised: the Hartree–Fock energy of closed shells.
//!
//! E = tr(−ε²Δ + V_ext)ω + (N/2)∫(V∗ρ)ρ − (x/2N) ∬V(x−y) Σ_σ|ω_σ(x;y)|²dxdy,  ω = Σ_σ ω_σ, 0 ≤ ω_σ ≤ 1, tr ω = N,
//!
//! over the g spins σ. x = 1 is Hartree–Fock, x = 0 Hartree with its self-interaction, x = −1 a negative control.

use std::fmt::Debug;
use std::sync::Arc;

use kernels::{Interaction, InversePower};
use phase_space::Scaling;

use super::error::{GroundStateError, positive};

/// V_ext(|x|).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum External {
    /// Nothing: the particles hold themselves together.
    None,
    /// s²r².
    Trap {
        /// s.
        stiffness: f64,
    },
    /// −Z/r.
    Nucleus {
        /// Z.
        charge: f64,
    },
}

impl External {
    /// V_ext(r).
    pub fn value(&self, r: f64) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Trap { stiffness } => (stiffness * r).powi(2),
            Self::Nucleus { charge } => -charge / r,
        }
    }
}

/// N particles in full shells.
#[derive(Clone, Debug)]
pub struct ClosedShells {
    eps: f64,
    external: External,
    interaction: Arc<dyn Interaction>,
    particles: usize,
    spins: usize,
    exchange: f64,
}

impl ClosedShells {
    /// Fermions without spin in the trap s²|x|², ε = N^{−1/3}.
    ///
    /// # Errors
    /// No particle, or s not positive and finite.
    pub fn trapped(
        particles: usize,
        stiffness: f64,
        interaction: Arc<dyn Interaction>,
    ) -> Result<Self, GroundStateError> {
        let eps = positive("N", particles as f64)?.powf(-1.0 / 3.0);
        let external = External::Trap { stiffness: positive("the stiffness", stiffness)? };
        Ok(Self { eps, external, interaction, particles, spins: 1, exchange: 1.0 })
    }

    /// Fermions without spin that nothing but their attraction holds, ε = N^{−1/3}.
    ///
    /// # Errors
    /// No particle.
    pub fn free(particles: usize, interaction: Arc<dyn Interaction>) -> Result<Self, GroundStateError> {
        Ok(Self { external: External::None, ..Self::trapped(particles, 1.0, interaction)? })
    }

    /// N electrons of two spins around a nucleus, in hartree and bohr: −½Δ − Z/|x| + Σ_{i<j}1/|x_i−x_j|, so that ε² = ½ and V = N/|x|.
    ///
    /// # Errors
    /// No electron, or Z not positive and finite.
    pub fn atom(charge: f64, electrons: usize) -> Result<Self, GroundStateError> {
        let n = positive("N", electrons as f64)?;
        let external = External::Nucleus { charge: positive("Z", charge)? };
        let interaction = Arc::new(InversePower::in_space(n, 1.0)?);
        Ok(Self { eps: 0.5_f64.sqrt(), external, interaction, particles: electrons, spins: 2, exchange: 1.0 })
    }

    /// The same particles without trap or nucleus: what they do when it is taken away.
    #[must_use]
    pub fn released(self) -> Self {
        Self { external: External::None, ..self }
    }

    /// The same particles with g spins.
    ///
    /// # Errors
    /// No spin.
    pub fn with_spins(self, spins: usize) -> Result<Self, GroundStateError> {
        positive("g", spins as f64)?;
        Ok(Self { spins, ..self })
    }

    /// The same with x times the exchange.
    #[must_use]
    pub fn with_exchange(self, x: f64) -> Self {
        Self { exchange: x, ..self }
    }

    /// ε.
    pub fn eps(&self) -> f64 {
        self.eps
    }

    /// ε and N = ε^{−3}, where they belong together.
    pub fn scaling(&self) -> Option<Scaling> {
        let scaling = Scaling::new(3, self.eps).ok()?;
        ((scaling.n() - self.n()).abs() < 1e-9 * self.n()).then_some(scaling)
    }

    /// N.
    pub fn particles(&self) -> usize {
        self.particles
    }

    pub(super) fn n(&self) -> f64 {
        self.particles as f64
    }

    /// g.
    pub fn spins(&self) -> usize {
        self.spins
    }

    /// V_ext.
    pub fn external(&self) -> External {
        self.external
    }

    /// V.
    pub fn interaction(&self) -> &dyn Interaction {
        self.interaction.as_ref()
    }

    /// x.
    pub fn exchange(&self) -> f64 {
        self.exchange
    }

    /// g(2ℓ+1): the particles of one shell.
    pub fn multiplicity(&self, l: usize) -> f64 {
        (self.spins * (2 * l + 1)) as f64
    }
}
