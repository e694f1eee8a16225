//! Claims, trials and reports of the laboratory.

pub mod record;
