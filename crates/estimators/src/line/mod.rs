//! The pair (ω_t, ω̃_t) on the line.

mod commutator_density;
mod correction;
mod distances;
mod driven_sea;
mod duhamel;
mod exchange;
mod identity;
mod localised_commutator;
mod observables;
mod pair;
mod preparation;
mod problem;
mod reference;
mod released;
mod resolution;
mod sea_distances;
mod thermal_release;
mod trace_norm;

pub use commutator_density::{CommutatorDensity, commutator_density};
pub use correction::sharp_constants;
pub use distances::{Distances, distances};
pub use driven_sea::{Cosine, DrivenSea};
pub use duhamel::{DuhamelLedger, Link, duhamel_ledger};
pub use exchange::ExchangePair;
pub use identity::{IdentityResidual, SourceTerm, conjugation_identity};
pub use localised_commutator::{LocalisedCommutator, RadiusLimits, trajectory_budget};
pub use observables::{ObservableMap, observable_map};
pub use pair::{Pair, pair};
pub use preparation::Preparation;
pub use problem::{Alteration, Problem, SetUpError};
pub use reference::{VlasovReference, vlasov_reference};
pub use released::{LATTICE, Release, ReleasePortrait};
pub use resolution::{Knob, Resolution};
pub use sea_distances::SeaDistances;
pub use thermal_release::ThermalRelease;
pub use trace_norm::trace_norm;
