//! Every claim that the laboratory measures: the theorems, then the steps of their argument.

use crate::claim::Claim;
use crate::{steps, theorems};

/// All claims, in the order of the ledger.
pub fn all() -> Vec<Claim> {
    theorems::all().into_iter().chain(steps::all()).collect()
}
