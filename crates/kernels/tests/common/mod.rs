//! The closed form of |x|^(−α)∗ρ for a normal density ρ.

use std::f64::consts::PI;

/// The normal density of deviation σ about 0.
pub fn normal(x: f64, sigma: f64) -> f64 {
    (-0.5 * (x / sigma).powi(2)).exp() / (sigma * (2.0 * PI).sqrt())
}

/// e^{−z}₁F₁(b−a; b; z) = ₁F₁(a; b; −z), 0 < a < b, z ≥ 0: a sum of positive terms.
fn kummer(a: f64, b: f64, z: f64) -> f64 {
    let (mut term, mut sum) = ((-z).exp(), (-z).exp());
    for n in 0..2000 {
        let n = f64::from(n);
        term *= (b - a + n) / (b + n) * z / (n + 1.0);
        sum += term;
    }
    sum
}

/// (U, U′) of |x|^(−α) and a normal density: E|X|^{−α} = (2σ²)^{−α/2}Γ((1−α)/2)/√π · ₁F₁(α/2; 1/2; −x²/(2σ²)).
pub fn exact_field(alpha: f64, sigma: f64, x: f64) -> (f64, f64) {
    let z = 0.5 * (x / sigma).powi(2);
    let scale = (2.0 * sigma * sigma).powf(-0.5 * alpha) * libm::tgamma(0.5 * (1.0 - alpha)) / PI.sqrt();
    let a = 0.5 * alpha;
    (scale * kummer(a, 0.5, z), -scale * 2.0 * a * kummer(a + 1.0, 1.5, z) * x / (sigma * sigma))
}
