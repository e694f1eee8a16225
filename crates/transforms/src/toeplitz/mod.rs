//! Superpositions of coherent states: Toeplitz (anti-Wick) quantisation.

pub mod line;
