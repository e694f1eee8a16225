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
//! `$D$`, `$W-\tilde W$` on the line and `$\omega-\tilde\omega$` in `$\mathbb R^3$`, is computed again with less of each discretisation, and
//! `$\big|\|D'\|-\|D\|\big|\le\|D'-D\|$` bounds what each of them costs in each norm; what is left out is added.
//!
//! | | [`mod@line`], d = 1 | [`mod@radial`], rotation-invariant d = 3 |
//! |---|---|---|
//! | `$\operatorname{tr}\lvert\omega-\tilde\omega\rvert$` | a band matrix of `$W-\tilde W$`, free flow taken out | `$\sum_\ell(2\ell+1)\operatorname{tr}\lvert\omega_\ell-\tilde\omega_\ell\rvert$` over every `$\ell$`, in a comoving frame |
//! | `$\lVert\omega-\tilde\omega\rVert_{HS}$` | `$L^2$` norm on the grid | `$\big(\sum_\ell(2\ell+1)\lVert\omega_\ell-\tilde\omega_\ell\rVert_{HS}^2\big)^{1/2}$` |
//! | `$\lVert\rho-\tilde\rho\rVert_{L^1}$` | yes | yes, both by the same sums over `$\ell$` |
//! | observables | all p, q | lattices of p, q and their angle ([`radial::weighted_observables`], [`radial::Release`]) |
//! | `$\lVert W-\tilde W\rVert_{L^1}$` | yes | from the channels of the difference ([`radial::wigner_l1`]) |
//! | the chain of the 2016 argument | yes | no |
//! | varied for the error | step, grid, box, what a matrix leaves out | step, basis, table of `$\tilde W$`, Vlasov's solution; eigenvalues and `$\ell$` left out |
//! | against both dynamics being wrong alike | the kernel ω(x;y), backward characteristics | [`radial::validate`]: oscillator functions, particles, exact spectra |
//!
//! In `$\mathbb R^3$` [`radial::settle`] solves Vlasov's equation once and tabulates its Weyl variables, which do not depend on ε;
//! [`radial::measure`] evolves Hartree at one ε and takes the distances.
//!
//! For smooth data the first four are ε² times a constant, up to O(ε⁴): [`line::sharp_constants`] finds it from an equation without ε,
//! [`leading_constant`] from a ladder.
//!
//! - [`rates`]: the order along a ladder of ε, with its interval.
//! - [`growth`]: like exp(Ct) or like exp(C₁e^{C₂t}), by an information criterion.
//! - [`verdict`]: consistent, violated, unresolved; a computation says no more.
//! - [`mod@line`], [`mod@radial`]: the pair in each geometry, its distances and what they cost.

mod estimate;
mod exchange;
pub mod growth;
pub mod line;
pub mod radial;
pub mod rates;
mod released;
mod sharp;
pub mod verdict;

pub use estimate::{Estimate, RESOLVED_FRACTION};
pub use exchange::ExchangeAt;
pub use released::{ReleasedAt, ReleasedNorms};
pub use sharp::{SharpConstants, leading_constant};
pub use verdict::Verdict;
