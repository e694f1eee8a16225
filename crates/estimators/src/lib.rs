//! # What is measured on a pair (ω, ω̃)
//!
//! Hartree's `$\omega_t$` and Vlasov's `$\tilde\omega_t$` start from one state; what is measured on them is
//!
//! ```math
//! \begin{gathered}
//! \tfrac1N\,\mathrm{tr}|\omega_t-\tilde\omega_t|, \qquad
//! \tfrac1{\sqrt N}\,\|\omega_t-\tilde\omega_t\|_{HS} = (2\pi)^{d/2}\,\|W_t-\tilde W_t\|_{L^2}, \\
//! \|W_t-\tilde W_t\|_{L^1}, \qquad \|\rho_t-\tilde\rho_t\|_{L^1}, \\
//! \sup_{p,q}\frac{|\mathrm{tr}\,e^{ip\cdot x+\varepsilon q\cdot\nabla}(\omega_t-\tilde\omega_t)|}{N(1+|p|+|q|)^2}.
//! \end{gathered}
//! ```
//!
//! Every number is an [`Estimate`] `{ value, error }`. The error comes from refinement: the whole difference
//! `$D=W-\tilde W$` is computed again with a longer step, a coarser grid and a smaller box, and
//! `$\big|\|D'\|-\|D\|\big|\le\|D'-D\|$` bounds what each of them costs in each norm; matrices add what they leave out.
//!
//! - [`rates`]: the order along a ladder of ε, with its interval.
//! - [`verdict`]: consistent, violated, unresolved; a computation says no more.
//! - [`mod@line`]: the pair for d = 1, its distances, observables, and the chain of the 2016 argument.
//! - [`mod@radial`]: the pair for rotation-invariant states in R³.

mod estimate;
pub mod line;
pub mod radial;
pub mod rates;
pub mod verdict;

pub use estimate::{Estimate, RESOLVED_FRACTION};
pub use verdict::Verdict;
