//! Weyl quantisation on the line: ω(x;y) = N·G((x+y)/2, (x−y)/ε), N = 1/ε.

mod band;
mod diagonals;
mod kernel;
mod sampled;
mod window;

pub use band::{LeftOut, WeylBand, WeylOptions, band_bytes, weyl_band, weyl_band_with};
pub use kernel::kernel;
pub use sampled::sampled_band;
