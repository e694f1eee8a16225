//! Plummer's sphere, a steady state of gravity V = −λ/|x| with H = v² + U, ẋ = 2v (R19.3):
//!
//! W = C(−H)₊^{7/2},  U(r) = −λ/√(r²+a²),  ρ(r) = 3/(4πa³)·(1 + r²/a²)^{−5/2},  C = 96a²/(7π³λ⁵).
//!
//! With Ψ = −U, ρ = 4πC∫₀^{√Ψ}(Ψ−v²)^{7/2}v²dv = 4πCΨ⁵·½B(3/2, 9/2) = (7π²/128)CΨ⁵, and U = V∗ρ by Newton's theorem. W is
//! (2π)^{−3} at most exactly when λa ≥ (768/7)^{2/3} ≈ 22.92: λ = 15, a = 1.53.

use std::f64::consts::PI;

use super::{RadialState, Roughness};
use crate::error::positive;
use crate::{Measured, StateError};

/// Plummer's sphere of scale a, steady for V = −strength/|x|.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plummer {
    strength: f64,
    scale: f64,
}

impl Plummer {
    /// λ = `strength` > 0, a = `scale` > 0.
    ///
    /// # Errors
    /// A strength or a scale that is not finite and positive.
    pub fn new(strength: f64, scale: f64) -> Result<Self, StateError> {
        let family = "plummer";
        Ok(Self {
            strength: positive(family, "strength", strength)?,
            scale: positive(family, "scale", scale)?,
        })
    }

    /// λ: the interaction is −λ/|x|.
    pub fn strength(&self) -> f64 {
        self.strength
    }

    /// a.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// U(r) = −λ/√(r²+a²).
    pub fn potential(&self, r: f64) -> f64 {
        -self.strength / r.hypot(self.scale)
    }

    /// ½∫Uρ = −3πλ/(32a) = −2⟨v²⟩, the potential energy a particle.
    pub fn potential_energy(&self) -> f64 {
        -3.0 * PI * self.strength / (32.0 * self.scale)
    }

    /// 2a/⟨|ẋ|²⟩^{1/2} = a/⟨v²⟩^{1/2}.
    pub fn crossing_time(&self) -> f64 {
        self.scale / self.kinetic_energy().sqrt()
    }

    /// C = 96a²/(7π³λ⁵).
    fn constant(&self) -> f64 {
        96.0 * self.scale * self.scale / (7.0 * PI.powi(3) * self.strength.powi(5))
    }
}

impl RadialState for Plummer {
    fn name(&self) -> String {
        format!("plummer(strength = {}, scale = {})", self.strength, self.scale)
    }

    fn wigner(&self, r: f64, v_r: f64, v_t: f64) -> f64 {
        let bound = -self.potential(r) - v_r * v_r - v_t * v_t;
        if bound > 0.0 { self.constant() * bound.powi(3) * bound.sqrt() } else { 0.0 }
    }

    fn density(&self, r: f64) -> f64 {
        let u = r / self.scale;
        let square = 1.0 + u * u;
        3.0 / (4.0 * PI * self.scale.powi(3) * square * square * square.sqrt())
    }

    /// 3πλ/(64a), by the virial theorem.
    fn kinetic_energy(&self) -> f64 {
        3.0 * PI * self.strength / (64.0 * self.scale)
    }

    /// C(λ/a)^{7/2}.
    fn sup(&self) -> f64 {
        self.wigner(0.0, 0.0, 0.0)
    }

    /// At rest, about the oscillator of the centre: U ≈ −λ/a + λr²/(2a³).
    fn comoving(&self) -> [f64; 3] {
        let square = 2.0 * self.strength / self.scale.powi(3);
        [square.sqrt(), 0.0, square]
    }

    /// W ≤ tolerance·sup W where Ψ(r) ≤ tolerance^{2/7}Ψ(0): r ≤ a√(tolerance^{−4/7} − 1), and nothing is faster than at 0.
    fn reach(&self, t: f64, tolerance: f64) -> f64 {
        let still = self.scale * (tolerance.min(1.0).powf(-4.0 / 7.0) - 1.0).sqrt();
        still + 2.0 * t.abs() * self.speed(tolerance)
    }

    /// √(Ψ(0)(1 − tolerance^{2/7})).
    fn speed(&self, tolerance: f64) -> f64 {
        (-self.potential(0.0) * (1.0 - tolerance.min(1.0).powf(2.0 / 7.0))).sqrt()
    }

    /// ½B((m+3)/2, 9/2)·4πC·4πλ^{5+m/2}·½B(3/2, 1+m/4)a^{−2−m/2}: ρ⟨|v|^m⟩ = 4πC·½B((m+3)/2, 9/2)Ψ^{5+m/2}.
    fn velocity_moment(&self, m: u32) -> Option<Measured> {
        let m = f64::from(m);
        let beta = |p: f64, q: f64| libm::tgamma(p) * libm::tgamma(q) / libm::tgamma(p + q);
        let speeds = 4.0 * PI * self.constant() * 0.5 * beta(0.5 * (m + 3.0), 4.5);
        let radii = 4.0 * PI * 0.5 * beta(1.5, 1.0 + 0.25 * m) * self.scale.powf(-2.0 - 0.5 * m);
        let value = speeds * radii * self.strength.powf(5.0 + 0.5 * m);
        Some(Measured { value, error: 64.0 * f64::EPSILON * value })
    }

    /// (−H)₊^{7/2} is in H^s near the surface H = 0 for s < 4 alone, and its fourth derivatives are unbounded there. The weight asks
    /// for more: at |x| = r → ∞, W² ≤ C²(λ/r)⁷ on a ball of velocities of volume ∝ r^{−3/2}, so that
    /// ∬(1+x²+v²)⁴W² ~ ∫r^{2+8−7−3/2}dr = ∞, and no ‖W‖_{H^s_4} is finite, s = 0 included.
    fn roughness(&self) -> Roughness {
        Roughness { weighted_sobolev: Some(0), bounded_derivatives: Some(4) }
    }
}
