//! The Husimi transform, the Wigner function seen through coherent states.

pub mod line;
