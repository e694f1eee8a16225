//! The source of D in W_t − W̃_t = ε²D_t + O(ε⁴), on the line and in R³.

/// The two terms of (V∗ρ_D)′∂ᵥW̃ − moyal·Ũ‴∂ᵥ³W̃. Anything but the default is a negative control, never the equation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorrectionSource {
    /// The coefficient of Ũ‴∂ᵥ³W̃: 1/24.
    pub moyal: f64,
    /// Whether D acts on itself through V∗ρ_D.
    pub self_consistent: bool,
}

impl Default for CorrectionSource {
    fn default() -> Self {
        Self { moyal: 1.0 / 24.0, self_consistent: true }
    }
}
