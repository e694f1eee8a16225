//! What is measured of exchange, in either geometry (S.5).

use crate::Estimate;

/// Hartree–Fock against Hartree at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExchangeAt {
    /// t.
    pub time: f64,
    /// tr|ω^HF − ω^H|/N.
    pub trace: Estimate,
    /// ‖ω^HF − ω^H‖_HS/√N.
    pub hilbert_schmidt: Estimate,
    /// ‖ρ^HF − ρ^H‖_{L¹}.
    pub density: Estimate,
}
