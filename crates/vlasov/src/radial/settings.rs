//! What a solution along characteristics needs to be told.

use phase_space::convention::TRANSPORT_SPEED;
use phase_space::splitting::Splitting;

use crate::VlasovError;

/// Where the solution lives for all times of [0, T].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Domain {
    /// h: the density is kept at r_j = (j+½)h.
    pub spacing: f64,
    /// n: the density vanishes beyond nh.
    pub points: usize,
    /// A speed |v| beyond which W₀ is nothing at any r: where the search for W(r,·) begins. The field may accelerate beyond it.
    pub speed: f64,
}

impl Domain {
    /// The domain of radius nh ≥ `radius` for a state that is nothing beyond `radius` and `speed`.
    pub fn covering(radius: f64, speed: f64, spacing: f64) -> Self {
        Self { spacing, points: (radius / spacing).ceil().max(1.0) as usize, speed }
    }

    /// r_j = (j+½)h.
    pub fn point(&self, j: usize) -> f64 {
        (j as f64 + 0.5) * self.spacing
    }

    /// nh.
    pub fn radius(&self) -> f64 {
        self.points as f64 * self.spacing
    }
}

/// How finely the characteristics are resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Chebyshev nodes of the field on [0, T].
    pub nodes: usize,
    /// Steps of the composition from T back to 0.
    pub steps: usize,
    /// The symmetric composition.
    pub splitting: Splitting,
    /// Nodes of the velocity integral along a ray.
    pub shells: usize,
    /// Rays of the velocity integral, from v ∥ x to v ∥ −x.
    pub angles: usize,
    /// The iteration stops when no density changes by more than this fraction of the largest.
    pub tolerance: f64,
    /// Most sweeps.
    pub sweeps: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            nodes: 19,
            steps: 6,
            splitting: Splitting::Aba1064,
            shells: 20,
            angles: 20,
            tolerance: 1e-12,
            sweeps: 60,
        }
    }
}

/// ẋ = speed·v, v̇ = −force·∇U. Vlasov is speed 2 and force 1; anything else is a negative control.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// 2, because the symbol of −ε²Δ is v²; both talks print 1.
    pub speed: f64,
    /// 1; −1 is the sign that the 2019 talk prints.
    pub force: f64,
}

impl Default for Flow {
    fn default() -> Self {
        Self { speed: TRANSPORT_SPEED, force: 1.0 }
    }
}

/// Checks what the types do not.
pub(super) fn check(domain: &Domain, duration: f64, settings: &Settings) -> Result<(), VlasovError> {
    let refuse = |setting, value, needs| Err(VlasovError::Setting { setting, value, needs });
    for (setting, value) in [("duration", duration), ("spacing", domain.spacing), ("speed", domain.speed)] {
        if !(value > 0.0 && value.is_finite()) {
            return refuse(setting, value, "a positive finite number");
        }
    }
    at_least(&[
        ("nodes", settings.nodes, 2, "at least 2 nodes in time"),
        ("points", domain.points, 1, "at least 1"),
        ("steps", settings.steps, 1, "at least 1"),
        ("shells", settings.shells, 4, "at least 4"),
        ("angles", settings.angles, 1, "at least 1"),
        ("sweeps", settings.sweeps, 1, "at least 1"),
    ])
}

/// (name, value, least, what is needed): refuses the first that has less than the least.
pub(super) fn at_least(settings: &[(&'static str, usize, usize, &'static str)]) -> Result<(), VlasovError> {
    match settings.iter().find(|(_, value, least, _)| value < least) {
        Some(&(setting, value, _, needs)) => {
            Err(VlasovError::Setting { setting, value: value as f64, needs })
        }
        None => Ok(()),
    }
}
