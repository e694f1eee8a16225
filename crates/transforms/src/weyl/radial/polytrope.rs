//! The Weyl variables of a power of the energy, Plummer's sphere among them, in closed form.

use num_complex::Complex64;

use super::{ChannelQuantisationError, RadialWeylVariables};

/// W(x,v) ∝ (Ψ(r) − v²)₊^{7/2} at every x, with density ρ(r): F = ρ(R)Λ(√Ψ(R)|Y|), Λ(z) = 5!(2/z)⁵J₅(z).
///
/// W is not smooth where v² = Ψ, and |F| falls like |Y|^{−11/2} alone: it is cut off at the reach, and what that costs is seen by
/// a longer one.
#[derive(Clone, Debug)]
pub struct PolytropicVariables<D, P> {
    density: D,
    depth: P,
    reach: f64,
}

impl<D: Fn(f64) -> f64 + Sync, P: Fn(f64) -> f64 + Sync> PolytropicVariables<D, P> {
    /// ρ = `density`, Ψ = `depth`; F is nothing for |Y| beyond the reach.
    ///
    /// # Errors
    /// [`ChannelQuantisationError::Reach`]: a reach that is not positive and finite.
    pub fn new(density: D, depth: P, reach: f64) -> Result<Self, ChannelQuantisationError> {
        if !(reach.is_finite() && reach > 0.0) {
            return Err(ChannelQuantisationError::Reach(reach));
        }
        Ok(Self { density, depth, reach })
    }
}

impl<D: Fn(f64) -> f64 + Sync, P: Fn(f64) -> f64 + Sync> RadialWeylVariables for PolytropicVariables<D, P> {
    fn value(&self, r: f64, y_parallel: f64, y_perpendicular: f64) -> Complex64 {
        let y = y_parallel.hypot(y_perpendicular);
        if y > self.reach {
            return Complex64::ZERO;
        }
        ((self.density)(r) * ball((self.depth)(r).max(0.0).sqrt() * y)).into()
    }

    fn reach(&self) -> f64 {
        self.reach
    }
}

/// Λ(z) = 5!(2/z)⁵J₅(z) = Σ_k (−z²/4)^k 5!/(k!(k+5)!), the transform of (1 − v²)₊^{7/2} over the unit ball, Λ(0) = 1.
fn ball(z: f64) -> f64 {
    if z > 0.5 {
        return 3840.0 * libm::jn(5, z) / z.powi(5);
    }
    let q = -0.25 * z * z;
    let term = |term: f64, k: f64| term * q / (k * (k + 5.0));
    let first = term(1.0, 1.0);
    let second = term(first, 2.0);
    let third = term(second, 3.0);
    1.0 + first + second + third + term(third, 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ∫(1−v²)^{7/2} sin(zv)/(zv) v²dv over the same without the wave, by the midpoint rule.
    #[test]
    fn the_transform_of_the_ball_is_its_integral() {
        let integral = |z: f64| {
            let n = 4000;
            let at = |k: usize| {
                let v = (k as f64 + 0.5) / f64::from(n as u32);
                let wave = if z == 0.0 { 1.0 } else { (z * v).sin() / (z * v) };
                (1.0 - v * v).powf(3.5) * wave * v * v
            };
            (0..n).map(at).sum::<f64>()
        };
        for z in [0.0, 1e-3, 0.49, 0.51, 2.0, 9.0, 40.0] {
            let exact = integral(z) / integral(0.0);
            assert!((ball(z) - exact).abs() < 1e-7, "{z}: {} {exact}", ball(z));
        }
        assert!(ball(9.0).abs() > 1e-4);
    }

    #[test]
    fn a_reach_that_is_none_is_refused() {
        assert!(PolytropicVariables::new(|_| 1.0, |_| 1.0, f64::NAN).is_err());
    }
}
