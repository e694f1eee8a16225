//! Hartree dynamics of rotation-invariant states in R³.

mod channels;

pub use channels::{Barrier, ChannelHartree, Invariants, Settings};
