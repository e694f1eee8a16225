//! Hartree on the line: in Weyl variables, and on the kernel itself.

mod direct;
mod kernel;
mod weyl;

pub use kernel::KernelHartree;
pub use weyl::{HartreeMultiplier, WeylHartree};
