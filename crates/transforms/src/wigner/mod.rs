//! The Wigner transform, W(x,v) = (ε/2π)^d ∫ ω(x+εy/2; x−εy/2) e^{−iv·y} dy.

pub mod line;
pub mod radial;
