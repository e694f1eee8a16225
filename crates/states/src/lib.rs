//! Initial states: one file a family.
