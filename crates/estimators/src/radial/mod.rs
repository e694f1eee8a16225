//! The pair (ω_t, ω̃_t) of rotation-invariant states in R³, the theorems' own dimension.

mod density;
mod distances;
mod error;
mod extent;
mod pair;
mod problem;
mod reference;
mod resolution;
mod validation;

pub use distances::Distances;
pub use error::SetUpError;
pub use extent::Extent;
pub use pair::{At, Pair, Source, measure};
pub use problem::{Alteration, Problem, Projection};
pub use reference::{Reference, settle};
pub use resolution::Resolution;
pub use validation::{Agreement, validate};
