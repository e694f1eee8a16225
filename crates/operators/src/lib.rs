//! # Operators
//!
//! Density operators, banded Hermitian matrices, commutators, Schatten norms and spectra.
//!
//! A density operator `$\omega$` on the line is a kernel `$\omega(x;y)$`, `$\omega(y;x) = \overline{\omega(x;y)}$`. On an
//! equispaced grid `$x_i$` of spacing `$h$` it acts as the matrix `$h \omega(x_i;x_j)$`, and
//!
//! ```math
//! \operatorname{tr}\omega = h\sum_i \omega(x_i;x_i) = N, \qquad
//!   \lVert\omega\rVert_{HS}^2 = h^2\sum_{ij}|\omega(x_i;x_j)|^2, \qquad
//!   \rho(x) = \tfrac1N \omega(x;x).
//! ```
//!
//! In `$\mathbb R^3$` a rotation-invariant operator is `$\bigoplus_\ell\omega_\ell\otimes1_{2\ell+1}$`, one such matrix
//! `$A_\ell=(h\,\omega_\ell(r_i,r_j))_{ij}$` for each angular momentum ([`radial::Channels`]), and with multiplicities
//!
//! ```math
//! \operatorname{tr}\omega = \sum_\ell(2\ell+1)\operatorname{tr}A_\ell = N, \qquad
//!   \operatorname{tr}|\omega| = \sum_\ell(2\ell+1)\operatorname{tr}|A_\ell|, \qquad
//!   \rho(r) = \sum_\ell(2\ell+1)\frac{\omega_\ell(r;r)}{4\pi r^2N}.
//! ```
//!
//! **Schatten norms** come from eigenvalues, `$\lVert A\rVert_p = (\sum|\lambda|^p)^{1/p}$`; the trace norm is
//! `$\operatorname{tr}|A| = \sum|\lambda|$`.
//!
//! **Commutators** are kept in Hermitian form, which has the same norms:
//!
//! ```math
//! i[f,\omega] (x;y) = i (f(x)-f(y)) \omega(x;y), \qquad
//!   [f,[f,\omega]] (x;y) = (f(x)-f(y))^2 \omega(x;y), \qquad
//!   [\varepsilon\nabla,\omega] (x;y) = \varepsilon(\partial_x+\partial_y) \omega(x;y).
//! ```
//!
//! **Bands.** `$\omega(x;y)$` decays in `$(x-y)/\varepsilon$`, so `$A_{ij} = h \omega(x_i;x_j)$` is a band matrix: `$A_{ij}=0$` for
//! `$|i-j|>b$`, with `$b$` independent of `$\varepsilon$`. Reflectors `$H = I - vv^\ast$`, `$\lVert v\rVert^2 = 2$`, bring it to
//! tridiagonal form in about `$3n^2b$` complex multiply-adds by
//!
//! ```math
//! D \mapsto HDH = D - wv^\ast - vw^\ast, \quad w = Dv - \tfrac12(v^\ast Dv) v, \qquad
//!   B \mapsto H'BH
//! ```
//!
//! on the blocks `$D$` on the diagonal and `$B$` below it, where `$H'$` clears the first column of `$BH$` and goes on to the next
//! block; the root-free QL iteration then gives the eigenvalues in `$O(n^2)$`. Dense matrices go to faer.
//!
//! **The diagonal of** `$|A|=(A^2)^{1/2}$`, which `$\rho_{|[x,\omega]|}$` is made of, needs no eigenvectors: poles `$is_k$` on the imaginary
//! axis and weights `$w_k$` with
//!
//! ```math
//! |A|_{jj} \approx \sum_k w_k \big(1 - s_k \operatorname{Im}(A-is_k)^{-1}_{jj}\big)
//! ```
//!
//! come from `$|x| = \tfrac2\pi\int_0^\infty \frac{x^2}{x^2+s^2}\,ds$`; each diagonal is a selected inversion of the band, about
//! `$3nb^2$` complex multiply-adds. The error falls like `$e^{-\pi\sqrt{2m}}$` in the number `$m$` of poles.
//!
//! **Exact spectra** to check against: the thermal Gaussian `$W = e^{-(x^2+v^2)/2\sigma^2}/(2\pi\sigma^2)$` quantises to
//! `$\lambda_k = N(1-q)q^k$`, `$q = (2\sigma^2-\varepsilon)/(2\sigma^2+\varepsilon)$`.
//!
//! In `$\mathbb R^3$`, with `$\sigma_x=\sigma_v=\sigma$`, channel `$\ell$` has `$N(1-q)^3q^{\ell+2k}$`, `$k=0,1,\dots$`; and
//! `$-\varepsilon^2\Delta-\lambda/|x|$`, as [`radial::RadialHamiltonian`], the levels `$-\lambda^2/(4\varepsilon^2n^2)$`, `$n=k+\ell+1$`.
//!
//! **Products** `$f(x)g(-i\varepsilon\nabla)$` have `$\lVert f(x)g(-i\varepsilon\nabla)\rVert_{HS} = (2\pi\varepsilon)^{-1/2}\lVert f\rVert\lVert g\rVert$`; P16.6 is the case of `$(1+x^2)^{-1}$` and `$(1+p^2)^{-1}$`.
//!
//! - [`BandHermitian`]: band matrices and their spectra.
//! - [`AbsoluteDiagonal`]: the diagonal of |A|.
//! - [`DensityOperator`]: kernels on a grid.
//! - [`schatten`]: norms from eigenvalues.
//! - [`low_rank_commutator`]: trace norms of commutators that live on a few singular vectors.
//! - [`mod@radial`]: rotation-invariant operators on R³ as channels of angular momentum: their norms, commutators, factors and flows.
//! - [`hermitian_eigenvalues`], [`hermitian_eigenvectors`]: dense spectra; this crate alone calls faer.
//! - [`product()`], [`product_with_adjoint`]: dense products.
//! - [`hilbert_schmidt_of_product`], [`weighted_resolvent`]: P16.6.
//!
//! Everything runs on the calling thread, with the same operations in the same order on every call: parallelism belongs
//! to the caller, over matrices.

mod absolute;
mod band;
mod dense;
mod density;
mod eigenvectors;
mod error;
mod lanes;
mod low_rank;
mod multiply;
mod product;
pub mod radial;
mod reduction;
pub mod schatten;
mod tridiagonal;

pub use absolute::AbsoluteDiagonal;
pub use band::BandHermitian;
pub use dense::hermitian_eigenvalues;
pub use density::DensityOperator;
pub use eigenvectors::{Eigenvectors, hermitian_eigenvectors, symmetric_eigenvectors};
pub use error::{BandError, KernelError, SpectrumError};
pub use low_rank::{LowRankTraceNorm, low_rank_commutator};
pub use multiply::{product, product_with_adjoint, real_product};
pub use product::{WEIGHTED_RESOLVENT_CONSTANT, hilbert_schmidt_of_product, weighted_resolvent};
