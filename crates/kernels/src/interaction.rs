//! The interaction as data: V, its derivatives, its Fourier transform and the norms the theorems ask for.

use std::f64::consts::PI;
use std::fmt::Debug;

use crate::Measured;
use crate::quadrature::integrate;

/// Accuracy of ∫|V| over [0, 1].
const LOCAL_TOLERANCE: f64 = 1e-9;

/// How V∗ρ is evaluated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Convolution {
    /// V∗ρ = 0.
    Zero,
    /// V̂ is a function: (V∗ρ)^(k) = V̂(k) ρ̂(k) with [`Interaction::fourier`].
    Multiplier,
    /// V(x) = strength·x²/2: V∗ρ follows from the first three moments of ρ.
    Moments {
        /// The strength.
        strength: f64,
    },
    /// V(x) = strength·|x|^(−α): V∗ρ follows from V on the distances that occur, and from moments of ρ.
    Power {
        /// The strength.
        strength: f64,
        /// α.
        alpha: f64,
    },
}

/// A two-body interaction V(x − x′), even, as data without any grid.
///
/// Norms are `None` where they are infinite; no method can fail, since every family checks its parameters in `new`.
pub trait Interaction: Debug + Send + Sync {
    /// Family and parameters, e.g. `gaussian(strength = 1, width = 1)`.
    fn name(&self) -> String;

    /// V(r) at the signed distance r on a line; V is even.
    fn value(&self, r: f64) -> f64;

    /// V′(r), odd.
    fn derivative(&self, r: f64) -> f64;

    /// ‖V‖_∞.
    fn sup(&self) -> Option<f64>;

    /// ‖V′‖_∞.
    fn derivative_sup(&self) -> Option<f64>;

    /// ‖V″‖_∞.
    fn second_derivative_sup(&self) -> Option<f64>;

    /// ‖V‖_{W^{2,∞}} = ‖V‖_∞ + ‖V′‖_∞ + ‖V″‖_∞, the hypothesis of G16.T1.
    ///
    /// The same number for V(|x|) on R³ with the operator norm of ∇²V: its eigenvalues are V″(r) and V′(r)/r, and
    /// |V′(r)/r| ≤ ‖V″‖_∞, since V′(0) = 0.
    fn w2_infinity(&self) -> Option<f64> {
        Some(self.sup()? + self.derivative_sup()? + self.second_derivative_sup()?)
    }

    /// ∫_{−1}^1|V(r)|dr with its error, on a line; `None` where it diverges, and no mean field exists.
    fn local_l1(&self) -> Option<Measured> {
        let half = integrate(|r| self.value(r).abs(), 0.0, 1.0, LOCAL_TOLERANCE).ok()?;
        Some(Measured { value: 2.0 * half.value, error: 2.0 * half.error })
    }

    /// ∫_{|x|<1}|V|dx = 4π∫₀¹|V(r)|r²dr with its error, in R³; `None` where it diverges.
    fn local_l1_in_space(&self) -> Option<Measured> {
        let ball = integrate(|r| 4.0 * PI * r * r * self.value(r).abs(), 0.0, 1.0, LOCAL_TOLERANCE).ok()?;
        Some(Measured { value: ball.value, error: ball.error })
    }

    /// V̂(k) = ∫V(x)e^{−ikx}dx on a line; `None` where V̂ is no function, or infinite.
    fn fourier(&self, k: f64) -> Option<f64>;

    /// V̂(k) = ∫V(x)e^{−ik·x}dx in R³, |k| = `k`, where it is known in closed form.
    fn fourier_in_space(&self, _k: f64) -> Option<f64> {
        None
    }

    /// (2π)^{−1}∫|V̂(p)||p|^s dp with its error; finite for s = 0 and 2 in G16.T2, for s = 0 and 3 in G16.T3.
    fn fourier_moment(&self, s: u32) -> Option<Measured>;

    /// (2π)^{−3}∫|V̂(p)||p|^s dp in R³, V̂ the transform of V(|x|), with its error: what [`Self::fourier_moment`] is on a line.
    ///
    /// A family that says nothing has an infinite error, which decides nothing.
    fn fourier_moment_in_space(&self, _s: u32) -> Option<Measured> {
        Some(Measured { value: 0.0, error: f64::INFINITY })
    }

    /// The distance beyond which |V| ≤ tolerance·sup|V|; ∞ where V grows.
    fn reach(&self, tolerance: f64) -> f64;

    /// How V∗ρ is evaluated.
    fn convolution(&self) -> Convolution {
        Convolution::Multiplier
    }
}
