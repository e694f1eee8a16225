//! The steps of the argument, one file each.

mod chain;
mod k_1;
mod o_2;
mod p16_1;
mod p16_2;
mod p16_3;
mod p16_4;
mod p16_5;
mod p16_6;
mod p16_7;
mod p16_8;
mod p19_1;
mod p19_2;
mod p19_3;
mod p19_4;
mod p19_5;
mod r19_1;
mod r19_2;
mod radial;
mod s_1;
mod s_2;
mod s_3;
mod s_4;
mod s_5;

use crate::claim::Claim;

/// Every step, in the order of the ledger.
pub fn all() -> Vec<Claim> {
    vec![
        s_1::claim(),
        radial::s_1::own(),
        s_2::claim(),
        s_3::claim(),
        radial::s_3::own(),
        s_4::claim(),
        s_5::claim(),
        radial::s_5::own(),
        p16_1::claim(),
        p16_2::claim(),
        p16_3::claim(),
        p16_4::claim(),
        p16_5::claim(),
        radial::p16_5::own(),
        p16_6::claim(),
        radial::p16_6::own(),
        p16_7::claim(),
        p16_8::claim(),
        p19_1::claim(),
        p19_2::claim(),
        p19_3::claim(),
        radial::p19_3::own(),
        p19_4::claim(),
        radial::p19_4::own(),
        p19_5::claim(),
        r19_1::claim(),
        r19_2::claim(),
        radial::r19_3::own(),
        radial::r19_4::own(),
        k_1::claim(),
        radial::k_1::own(),
        radial::o_1::own(),
        o_2::claim(),
    ]
}
