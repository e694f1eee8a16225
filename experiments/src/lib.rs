//! # The claims, and the binary `semiclassical` that measures them
//!
//! A claim says `$Q(\varepsilon) \le C\,\varepsilon^{\theta}$` for a quantity `$Q$` of the pair
//! `$(\omega_t, \tilde\omega_t)$`, under hypotheses. Along a ladder of `$\varepsilon$` the laboratory measures `$Q$` with its
//! budget, every hypothesis, and the order `$p$` of
//!
//! ```math
//! \ln Q(\varepsilon) = \ln C + p\,\ln\varepsilon + \eta ,
//! ```
//!
//! and compares the 95% interval of `$p$` with `$\theta$`. An identity or a bound is compared with the errors of both sides.
//!
//! - [`theorems`]: the rates, one file each, to be read beside the paper.
//! - [`steps`]: the identities, bounds and limits of the argument, one file each.
//! - [`trial`]: the interactions and initial states they are measured on.
//! - [`claim`], [`theorem`]: what a claim is and how it is judged; every claim has controls that must fail.
//! - [`laboratory`]: ladders, hypotheses, second discretisations, each measured once.
//! - [`literature`]: what the papers say, for K.1.
//! - [`record`]: the stored form of a result; [`render`]: tables, figures and the ledger, from what is stored alone.
//! - [`store`]: what was measured is loaded, not measured again.
//! - [`scenario`], [`cli`], [`facade`]: the user's side.

pub mod check;
pub mod claim;
pub mod claims;
pub mod exhibits;
pub mod laboratory;
pub mod literature;
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
pub mod outlook;
pub mod progress;
pub mod provenance;
pub mod render;
pub mod scenario;
pub mod store;
