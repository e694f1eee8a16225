//! W(x,v) = Σ_i w_i(2πσ_xσ_v)^{−3}·exp(−|x|²/(2σ_x²) − |v − c_i x|²/(2σ_v²)), Σ_i w_i = 1.
//!
//! Here |v − cx|² = (v_r − cr)² + v_t². A component is a thermal Gaussian in each direction: its Weyl quantisation is ≥ 0
//! exactly when σ_xσ_v ≥ ε/2, and W ≤ (2π)^{−3} for a single one exactly when σ_xσ_v ≥ 1.

use std::f64::consts::TAU;

use super::RadialState;
use crate::error::{finite, positive};
use crate::{Measured, StateError};

const FAMILY: &str = "gaussian-mixture";

/// One Gaussian about the origin: v ~ chirp·x + σ_v ξ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CenteredComponent {
    /// Weight w_i > 0.
    pub weight: f64,
    /// Standard deviation of each coordinate of x.
    pub sigma_x: f64,
    /// Standard deviation of each coordinate of v at a given x.
    pub sigma_v: f64,
    /// The mean velocity at x is chirp·x.
    pub chirp: f64,
}

impl CenteredComponent {
    fn check(&self) -> Result<(), StateError> {
        positive(FAMILY, "weight", self.weight)?;
        positive(FAMILY, "sigma_x", self.sigma_x)?;
        positive(FAMILY, "sigma_v", self.sigma_v)?;
        finite(FAMILY, "chirp", self.chirp)?;
        Ok(())
    }

    /// w(2πσ_xσ_v)^{−3}, the height.
    pub(super) fn height(&self) -> f64 {
        self.weight / (TAU * self.sigma_x * self.sigma_v).powi(3)
    }

    fn value(&self, r: f64, v_r: f64, v_t: f64) -> f64 {
        let (p, q) = (r / self.sigma_x, (v_r - self.chirp * r) / self.sigma_v);
        let t = v_t / self.sigma_v;
        self.height() * (-0.5 * (p * p + q * q + t * t)).exp()
    }

    /// Standard deviation of a coordinate of ax + bv: √(σ_x²(a + bc)² + σ_v²b²).
    fn deviation(&self, [a, b]: [f64; 2]) -> f64 {
        (self.sigma_x * (a + b * self.chirp)).hypot(self.sigma_v * b)
    }
}

/// A mixture of Gaussians about the origin, weights > 0 with sum 1.
#[derive(Clone, Debug, PartialEq)]
pub struct CenteredMixture {
    components: Vec<CenteredComponent>,
}

impl CenteredMixture {
    /// # Errors
    /// No components, a parameter that is not finite or has the wrong sign, weights that do not sum to 1 within 1e-12.
    pub fn new(components: Vec<CenteredComponent>) -> Result<Self, StateError> {
        if components.is_empty() {
            return Err(StateError::NoComponents);
        }
        for component in &components {
            component.check()?;
        }
        let sum: f64 = components.iter().map(|c| c.weight).sum();
        if (sum - 1.0).abs() > 1e-12 {
            return Err(StateError::Weights { sum });
        }
        Ok(Self { components })
    }

    /// One Gaussian.
    ///
    /// # Errors
    /// Widths that are not finite and positive, a chirp that is not finite.
    pub fn single(sigma_x: f64, sigma_v: f64, chirp: f64) -> Result<Self, StateError> {
        Self::new(vec![CenteredComponent { weight: 1.0, sigma_x, sigma_v, chirp }])
    }

    /// Two widths, one of them with a chirp, out of equilibrium; (2π)³ sup W = 0.80.
    ///
    /// # Errors
    /// None; the type is that of [`CenteredMixture::new`].
    pub fn two_widths() -> Result<Self, StateError> {
        Self::new(vec![
            CenteredComponent { weight: 0.6, sigma_x: 1.0, sigma_v: 1.0, chirp: 0.0 },
            CenteredComponent { weight: 0.4, sigma_x: 1.4, sigma_v: 0.9, chirp: -0.3 },
        ])
    }

    /// The components.
    pub fn components(&self) -> &[CenteredComponent] {
        &self.components
    }

    /// The smallest σ_xσ_v: at least ε/2 means ω ≥ 0 exactly, as a sum of operators ≥ 0.
    pub fn smallest_area(&self) -> f64 {
        self.components.iter().map(|c| c.sigma_x * c.sigma_v).fold(f64::INFINITY, f64::min)
    }

    /// The largest |ax + bv| at which a component exceeds its share of tolerance·sup W.
    fn spread(&self, direction: [f64; 2], tolerance: f64) -> f64 {
        let (count, sup) = (self.components.len() as f64, self.sup());
        let reach = |c: &CenteredComponent| {
            let deviations = (2.0 * (count * c.height() / (sup * tolerance)).max(1.0).ln()).sqrt();
            deviations * c.deviation(direction)
        };
        self.components.iter().map(reach).fold(0.0, f64::max)
    }
}

impl RadialState for CenteredMixture {
    fn name(&self) -> String {
        let describe = |c: &CenteredComponent| {
            format!("{}, widths ({}, {}), chirp {}", c.weight, c.sigma_x, c.sigma_v, c.chirp)
        };
        let list: Vec<_> = self.components.iter().map(describe).collect();
        format!("gaussian-mixture({})", list.join("; "))
    }

    fn wigner(&self, r: f64, v_r: f64, v_t: f64) -> f64 {
        self.components.iter().map(|c| c.value(r, v_r, v_t)).sum()
    }

    fn density(&self, r: f64) -> f64 {
        let normal = |c: &CenteredComponent| {
            let u = r / c.sigma_x;
            c.weight * (-0.5 * u * u).exp() / (TAU.sqrt() * c.sigma_x).powi(3)
        };
        self.components.iter().map(normal).sum()
    }

    /// 3Σw_i(σ_v² + c²σ_x²).
    fn kinetic_energy(&self) -> f64 {
        self.components.iter().map(|c| 3.0 * c.weight * c.deviation([0.0, 1.0]).powi(2)).sum()
    }

    /// All components are highest at 0.
    fn sup(&self) -> f64 {
        self.components.iter().map(CenteredComponent::height).sum()
    }

    /// The free flow of the Gaussian with the same second moments stands still.
    fn comoving(&self) -> [f64; 3] {
        let mean = |f: &dyn Fn(&CenteredComponent) -> f64| -> f64 {
            self.components.iter().map(|c| c.weight * f(c)).sum()
        };
        let (square, mixed) = (mean(&|c| c.sigma_x.powi(2)), mean(&|c| c.chirp * c.sigma_x.powi(2)));
        let chirp = mixed / square;
        let sigma_v = mean(&|c| c.deviation([0.0, 1.0]).powi(2)) - chirp * mixed;
        [2.0 * (sigma_v / square).sqrt(), 2.0 * chirp, 0.0]
    }

    /// Where the free flow arrives at x, the data were x + 2tv.
    fn reach(&self, t: f64, tolerance: f64) -> f64 {
        self.spread([1.0, 2.0 * t], tolerance)
    }

    fn speed(&self, tolerance: f64) -> f64 {
        self.spread([0.0, 1.0], tolerance)
    }

    /// Σw_i s_i^m·2^{m/2}Γ((m+3)/2)/Γ(3/2), s_i² = σ_v² + c²σ_x².
    fn velocity_moment(&self, m: u32) -> Option<Measured> {
        let m = f64::from(m);
        let normal = 2.0_f64.powf(0.5 * m) * libm::tgamma(0.5 * (m + 3.0)) / libm::tgamma(1.5);
        let moment = |c: &CenteredComponent| c.weight * c.deviation([0.0, 1.0]).powf(m) * normal;
        let value = self.components.iter().map(moment).sum();
        Some(Measured { value, error: 32.0 * f64::EPSILON * value })
    }

    fn gaussians(&self) -> Option<&[CenteredComponent]> {
        Some(&self.components)
    }
}
