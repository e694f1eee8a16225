//! The constants of the convention, written once and read by both dynamics.

/// Transport speed of Vlasov and of the free quantum flow: ẋ = 2v, because the symbol of −ε²Δ is |v|².
///
/// Both talks print v·∇ₓW; with the kinetic energy −ε²Δ it is 2v·∇ₓW.
pub const TRANSPORT_SPEED: f64 = 2.0;

/// Pauli's bound in phase space, (2π)^(−d): 0 ≤ ω ≤ 1 is, semiclassically, 0 ≤ W ≤ (2π)^(−d).
pub fn pauli_height(dimension: u32) -> f64 {
    std::f64::consts::TAU.powi(-(dimension as i32))
}
