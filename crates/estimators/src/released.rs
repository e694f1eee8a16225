//! What is measured on a state that is released, in either geometry (G16.T3).

use crate::Estimate;

/// The observables at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReleasedAt {
    /// t.
    pub time: f64,
    /// sup (1+|p|+|q|)^{−2}|tr e^{ip·x+εq·∇}(ω_t−ω̃_t)|/N over the (p,q) that are taken.
    pub weighted_sup: Estimate,
    /// The (p, q) where it is taken.
    pub at: (f64, f64),
}

/// What G16.T3 supposes of ω_N.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReleasedNorms {
    /// tr|\[x,ω_N\]|/(Nε).
    pub position: Estimate,
    /// tr|\[ε∇,ω_N\]|/(Nε).
    pub gradient: Estimate,
    /// ‖W_N‖_{W^{1,1}} = ‖W‖_{L¹} + ‖∇ₓW‖_{L¹} + ‖∇ᵥW‖_{L¹}.
    pub w11: Estimate,
}
