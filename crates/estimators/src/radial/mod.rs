//! The pair (ω_t, ω̃_t) of rotation-invariant states in R³, the theorems' own dimension.

mod commutators;
mod correction;
mod density;
mod distances;
mod error;
mod exchange;
mod extent;
mod initial;
mod observables;
mod pair;
mod portrait;
mod problem;
mod quench;
mod reference;
mod released;
mod resolution;
mod validation;
mod wigner_l1;

pub use commutators::{CommutatorNorms, EXPONENTS, commutator_norms};
pub use correction::sharp_constants;
pub use distances::Distances;
pub use error::SetUpError;
pub use exchange::{AgainstMatrices, ExchangePair};
pub use extent::Extent;
pub use hartree::radial::{Barrier, ExchangeTerm};
pub use initial::InitialChannels;
pub use observables::{PhaseVector, phase_lattice, weighted_observables};
pub use pair::{At, Measured, Pair, Source, measure};
pub use portrait::{Densities, Portrait, densities, portrait};
pub use problem::{Alteration, Problem, Projection};
pub use quench::{ChargeQuench, QuenchedAt, Seen};
pub use reference::{Reference, settle};
pub use released::{Preparation, Release};
pub use resolution::Resolution;
pub use validation::{Agreement, validate, validate_quantisation};
pub use wigner_l1::wigner_l1;
