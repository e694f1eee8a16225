//! Vlasov on the line: in Weyl variables, and along characteristics.

mod characteristics;
mod force;
mod weyl;

pub use characteristics::{CharacteristicVlasov, Settings};
pub use weyl::{ForceSign, VlasovMultiplier, WeylVlasov};
