//! Claims, trials and reports of the laboratory.

pub mod record;

pub mod nearest;
pub mod scenario;
