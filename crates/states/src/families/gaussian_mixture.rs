//! W(x,v) = Σ_i w_i/(2πσ_xσ_v)·exp(−(x − x_i)²/(2σ_x²) − (v − v_i − c_i(x − x_i))²/(2σ_v²)), Σ_i w_i = 1.
//!
//! A component is a thermal Gaussian: its Weyl quantisation is ≥ 0 exactly when σ_xσ_v ≥ ε/2, the chirp c_i being a
//! metaplectic unitary. Its covariance is Σ = [[σ_x², cσ_x²], [cσ_x², σ_v² + c²σ_x²]], and
//! |Ŵ_i(k,y)| = w_i exp(−½(k,y)Σ(k,y)ᵀ).

use std::f64::consts::TAU;

use crate::error::{finite, positive};
use crate::{InitialState, StateError};

const FAMILY: &str = "gaussian-mixture";

/// One Gaussian of a mixture: v ~ v₀ + chirp·(x − x₀) + σ_v ξ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Weight w_i > 0.
    pub weight: f64,
    /// Mean position x₀.
    pub x: f64,
    /// Mean velocity v₀.
    pub v: f64,
    /// Standard deviation of x.
    pub sigma_x: f64,
    /// Standard deviation of v at a given x.
    pub sigma_v: f64,
    /// Slope of the mean velocity in x.
    pub chirp: f64,
}

impl Component {
    fn check(&self) -> Result<(), StateError> {
        positive(FAMILY, "weight", self.weight)?;
        finite(FAMILY, "x", self.x)?;
        finite(FAMILY, "v", self.v)?;
        positive(FAMILY, "sigma_x", self.sigma_x)?;
        positive(FAMILY, "sigma_v", self.sigma_v)?;
        finite(FAMILY, "chirp", self.chirp)?;
        Ok(())
    }

    /// σ_xσ_v, the area of the component; ≥ ε/2 exactly when its Weyl quantisation is ≥ 0.
    pub fn area(&self) -> f64 {
        self.sigma_x * self.sigma_v
    }

    /// w/(2πσ_xσ_v), the height.
    fn height(&self) -> f64 {
        self.weight / (TAU * self.area())
    }

    fn value(&self, x: f64, v: f64) -> f64 {
        let p = (x - self.x) / self.sigma_x;
        let q = (v - self.v - self.chirp * (x - self.x)) / self.sigma_v;
        self.height() * (-0.5 * (p * p + q * q)).exp()
    }

    /// √(dΣdᵀ) = √(σ_x²(a + bc)² + σ_v²b²) for d = (a, b).
    fn deviation(&self, [a, b]: [f64; 2]) -> f64 {
        (self.sigma_x * (a + b * self.chirp)).hypot(self.sigma_v * b)
    }

    /// √(dΣ⁻¹dᵀ) = √(a²/σ_x² + (b − ac)²/σ_v²) for d = (a, b).
    fn inverse_deviation(&self, [a, b]: [f64; 2]) -> f64 {
        (a / self.sigma_x).hypot((b - a * self.chirp) / self.sigma_v)
    }

    /// Σ⁻¹ = [[1/σ_x² + c²/σ_v², −c/σ_v²], [·, 1/σ_v²]] as (xx, xv, vv).
    fn precision(&self) -> (f64, f64, f64) {
        let (inverse_x, inverse_v) = (self.sigma_x.powi(-2), self.sigma_v.powi(-2));
        (inverse_x + self.chirp * self.chirp * inverse_v, -self.chirp * inverse_v, inverse_v)
    }
}

/// A mixture of Gaussians, weights > 0 with sum 1.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianMixture {
    components: Vec<Component>,
    sup: f64,
}

impl GaussianMixture {
    /// # Errors
    /// No components, a parameter that is not finite or has the wrong sign, weights that do not sum to 1 within 1e-12.
    pub fn new(components: Vec<Component>) -> Result<Self, StateError> {
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
        let sup = highest_mode(&components);
        Ok(Self { components, sup })
    }

    /// One Gaussian at the origin.
    ///
    /// # Errors
    /// Widths that are not finite and positive.
    pub fn single(sigma_x: f64, sigma_v: f64) -> Result<Self, StateError> {
        Self::new(vec![Component { weight: 1.0, x: 0.0, v: 0.0, sigma_x, sigma_v, chirp: 0.0 }])
    }

    /// Two overlapping bumps that approach each other: x = ∓1, v = ±½, σ_x = 1.2, σ_v = 0.9.
    ///
    /// # Errors
    /// None; the type is that of [`GaussianMixture::new`].
    pub fn two_bumps() -> Result<Self, StateError> {
        let bump = |x: f64, v: f64| Component { weight: 0.5, x, v, sigma_x: 1.2, sigma_v: 0.9, chirp: 0.0 };
        Self::new(vec![bump(-1.0, 0.5), bump(1.0, -0.5)])
    }

    /// The components.
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The smallest σ_xσ_v: at least ε/2 means ω ≥ 0 exactly, as a sum of operators ≥ 0.
    pub fn smallest_area(&self) -> f64 {
        self.components.iter().map(Component::area).fold(f64::INFINITY, f64::min)
    }

    /// √(2 ln(n·share/tolerance)): so many deviations out, n components together stay below the tolerance.
    fn deviations(&self, share: f64, tolerance: f64) -> f64 {
        (2.0 * (self.components.len() as f64 * share / tolerance).max(1.0).ln()).sqrt()
    }
}

impl InitialState for GaussianMixture {
    fn name(&self) -> String {
        let describe = |c: &Component| {
            format!(
                "{} at ({}, {}), widths ({}, {}), chirp {}",
                c.weight, c.x, c.v, c.sigma_x, c.sigma_v, c.chirp
            )
        };
        let list: Vec<_> = self.components.iter().map(describe).collect();
        format!("gaussian-mixture({})", list.join("; "))
    }

    fn wigner(&self, x: f64, v: f64) -> f64 {
        self.components.iter().map(|c| c.value(x, v)).sum()
    }

    /// The highest mode, found by the fixed-point iteration z ← (Σp_iΣ_i⁻¹)⁻¹Σp_iΣ_i⁻¹z_i, p_i ∝ W_i(z).
    fn sup(&self) -> f64 {
        self.sup
    }

    fn spread(&self, direction: [f64; 2], tolerance: f64) -> (f64, f64) {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for c in &self.components {
            let center = direction[0] * c.x + direction[1] * c.v;
            let reach = self.deviations(c.height() / self.sup, tolerance) * c.deviation(direction);
            low = low.min(center - reach);
            high = high.max(center + reach);
        }
        (low, high)
    }

    fn frequency_spread(&self, direction: [f64; 2], tolerance: f64) -> f64 {
        let reach = |c: &Component| self.deviations(c.weight, tolerance) * c.inverse_deviation(direction);
        self.components.iter().map(reach).fold(0.0, f64::max)
    }
}

/// sup W: the fixed-point iteration climbs monotonically; it starts at every centre and every midpoint of two centres.
fn highest_mode(components: &[Component]) -> f64 {
    let value = |[x, v]: [f64; 2]| components.iter().map(|c| c.value(x, v)).sum::<f64>();
    let mut highest = 0.0_f64;
    for (i, a) in components.iter().enumerate() {
        for b in &components[i..] {
            let mut z = [0.5 * (a.x + b.x), 0.5 * (a.v + b.v)];
            for _ in 0..500 {
                z = climb(components, z);
            }
            highest = highest.max(value(z));
        }
    }
    highest
}

/// One step of the fixed-point iteration.
fn climb(components: &[Component], [x, v]: [f64; 2]) -> [f64; 2] {
    let (mut xx, mut xv, mut vv, mut right) = (0.0, 0.0, 0.0, [0.0; 2]);
    for c in components {
        let share = c.value(x, v);
        let (p, q, r) = c.precision();
        xx += share * p;
        xv += share * q;
        vv += share * r;
        right[0] += share * (p * c.x + q * c.v);
        right[1] += share * (q * c.x + r * c.v);
    }
    let determinant = xx * vv - xv * xv;
    if determinant > 0.0 {
        [(vv * right[0] - xv * right[1]) / determinant, (xx * right[1] - xv * right[0]) / determinant]
    } else {
        [x, v]
    }
}
