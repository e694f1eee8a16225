//! The mean field U = V∗ρ on the line.

mod direct_sum;
mod mean_field;
mod multiplier;
mod potential;
mod restricted;

pub use direct_sum::{DirectForce, DirectPotential};
pub use mean_field::{MeanField, minimal_length};
pub use potential::Potential;

/// Images at this fraction of sup|V| are below round-off.
const NEGLIGIBLE: f64 = 1e-16;
