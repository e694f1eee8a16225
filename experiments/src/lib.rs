//! Claims, trials and reports of the laboratory.

pub mod record;

pub mod cli;
pub mod document;
pub mod facade;
pub mod interrupt;
pub mod nearest;
pub mod progress;
pub mod provenance;
pub mod scenario;
