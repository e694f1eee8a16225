//! The theorems, one file each.

mod g16_t1;
mod g16_t2;
mod g16_t3;
pub mod l19_t1;
pub mod l19_t2;
pub mod wrong;

use crate::claim::Claim;

/// Every theorem in every setting in which it is measured, in the order of the ledger.
pub fn all() -> Vec<Claim> {
    vec![
        g16_t1::claim(),
        g16_t1::own(),
        g16_t2::claim(),
        g16_t2::own(),
        g16_t3::claim(),
        g16_t3::own(),
        l19_t1::claim(),
        l19_t1::own(),
        l19_t2::claim(),
        l19_t2::own(),
    ]
}
