//! Weyl quantisation, ω(x;y) = N ∫ W((x+y)/2, v) e^{iv·(x−y)/ε} dv.

pub mod line;
pub mod radial;
