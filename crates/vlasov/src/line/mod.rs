//! Vlasov on the line: in Weyl variables, along characteristics traced back, and pushed forward from a W₀ that is rough; its correction of order ε².

mod backward;
mod characteristics;
mod correction;
mod force;
mod pushed;
mod waves;
mod weyl;

pub use backward::BackwardFlow;
pub use characteristics::{CharacteristicVlasov, Settings};
pub use correction::VlasovCorrection;
pub use pushed::PushedForward;
pub use weyl::{ForceSign, VlasovMultiplier, WeylVlasov};
