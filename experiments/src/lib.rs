//! Claims, trials and reports of the laboratory.

pub mod claim;
pub mod claims;
pub mod exhibits;
pub mod laboratory;
pub mod record;
pub mod steps;
pub mod theorem;
pub mod theorems;
pub mod trial;

pub mod cli;
pub mod document;
pub mod facade;
pub mod interrupt;
pub mod nearest;
pub mod progress;
pub mod provenance;
pub mod render;
pub mod scenario;
