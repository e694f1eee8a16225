//! h = −ε²Δ + V_ext + V∗ρ − X: what is chosen in it, without any grid.

use std::fmt;
use std::sync::Arc;

use kernels::Interaction;

/// V_ext(x).
#[derive(Clone)]
pub enum External {
    /// V_ext = 0: the trap is switched off.
    None,
    /// V_ext(x) = s²x²: the levels of −ε²Δ + V_ext are εs(2n+1).
    Harmonic {
        /// s.
        s: f64,
    },
    /// V_ext(x) = g x⁴.
    Quartic {
        /// g.
        g: f64,
    },
    /// Any function, sampled at the points of the axis.
    Function(Arc<dyn Fn(f64) -> f64 + Send + Sync>),
}

impl External {
    /// Any function of x.
    pub fn function(value: impl Fn(f64) -> f64 + Send + Sync + 'static) -> Self {
        Self::Function(Arc::new(value))
    }

    /// V_ext(x).
    pub fn value(&self, x: f64) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Harmonic { s } => s * s * x * x,
            Self::Quartic { g } => g * x.powi(4),
            Self::Function(value) => value(x),
        }
    }
}

impl fmt::Debug for External {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(f, "None"),
            Self::Harmonic { s } => write!(f, "Harmonic {{ s: {s} }}"),
            Self::Quartic { g } => write!(f, "Quartic {{ g: {g} }}"),
            Self::Function(_) => write!(f, "Function(..)"),
        }
    }
}

/// The exchange term −X, X(x;y) = V(x−y)ω(x;y)/N.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// Hartree: no exchange.
    Neglected,
    /// Hartree–Fock: −X.
    Fock,
    /// +X: wrong, for negative controls only.
    WrongSign,
}

impl Exchange {
    /// The factor f of h = −ε²Δ + V_ext + V∗ρ − fX.
    pub fn factor(self) -> f64 {
        match self {
            Self::Neglected => 0.0,
            Self::Fock => 1.0,
            Self::WrongSign => -1.0,
        }
    }
}

/// The physics of orbitals on the line: V, V_ext, and exchange or none.
#[derive(Clone, Debug)]
pub struct Model {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// V_ext.
    pub external: External,
    /// −X, nothing, or +X.
    pub exchange: Exchange,
}

impl Model {
    /// h = −ε²Δ + V_ext + V∗ρ.
    pub fn hartree(interaction: impl Interaction + 'static, external: External) -> Self {
        Self { interaction: Arc::new(interaction), external, exchange: Exchange::Neglected }
    }

    /// h = −ε²Δ + V_ext + V∗ρ − X.
    pub fn hartree_fock(interaction: impl Interaction + 'static, external: External) -> Self {
        Self { interaction: Arc::new(interaction), external, exchange: Exchange::Fock }
    }

    /// The same model with another exchange term.
    pub fn with_exchange(&self, exchange: Exchange) -> Self {
        Self { exchange, ..self.clone() }
    }

    /// The same model with V_ext = 0.
    pub fn released(&self) -> Self {
        Self { external: External::None, ..self.clone() }
    }
}
