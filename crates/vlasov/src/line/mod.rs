//! Vlasov on the line: in Weyl variables, and along characteristics; Thomas–Fermi, its steady state in a trap.

mod characteristics;
mod force;
mod thomas_fermi;
mod weyl;

pub use characteristics::{CharacteristicVlasov, Settings};
pub use thomas_fermi::{ThomasFermi, ThomasFermiError};
pub use weyl::{ForceSign, VlasovMultiplier, WeylVlasov};
