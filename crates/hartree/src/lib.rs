//! # Hartree dynamics
//!
//! The density operator `$\omega$` of `$N=\varepsilon^{-d}$` fermions obeys
//!
//! ```math
//! i\varepsilon\,\partial_t\omega=[-\varepsilon^2\Delta+V*\rho,\;\omega],\qquad \rho(x)=\frac1N\,\omega(x;x),
//! ```
//!
//! and each geometry has two discretisations that share neither grid, transform nor constant, so that neither can
//! hide an error of the other. On the line, `$d=1$`:
//!
//! | | [`line::WeylHartree`] | [`line::KernelHartree`] |
//! |---|---|---|
//! | unknown | `$W(x,v)$`, a real grid free of `$\varepsilon$` | `$\omega(x;y)$`, a complex `$n\times n$` grid, `$n\propto1/\varepsilon$` |
//! | free part | `$W(x,v)\mapsto W(x-2v\tau,v)$` | `$\hat\omega(k,l)\mapsto e^{-i\tau\varepsilon(k^2-l^2)}\,\hat\omega(k,l)$` |
//! | kick | `$G\mapsto e^{-i\tau m}G$`, `$m=\frac{U(x+\varepsilon y/2)-U(x-\varepsilon y/2)}{\varepsilon}$` | `$\omega(x;y)\mapsto e^{-i\tau(U(x)-U(y))/\varepsilon}\,\omega(x;y)$` |
//! | `$U=V*\rho$` | multiplication by `$\hat V(k)$` | direct sum of `$V(x-x')\rho(x')$` |
//!
//! Both compose the two exact parts by a symmetric splitting of order 2, 4 or 6, conserve the mass `$\iint W=1$` and the
//! Hilbert–Schmidt norm to round-off, and the energy a particle
//!
//! ```math
//! \frac EN=\iint v^2\,W\,dx\,dv+\frac12\int(V*\rho)\,\rho\,dx
//! ```
//!
//! to the order of the splitting. Determinants, `$\omega=\sum_{j=1}^N|\varphi_j\rangle\langle\varphi_j|$`, are carried by their orbitals
//! ([`line::Orbitals`]), in a trap or released from it, with the exchange term of Hartree–Fock or without:
//!
//! ```math
//! i\varepsilon\,\partial_t\varphi_j=h\varphi_j,\qquad
//! h=-\varepsilon^2\Delta+V_{ext}+V*\rho-X,\qquad X(x;y)=\tfrac1N\,V(x-y)\,\omega(x;y),
//! ```
//!
//! ```math
//! E=\operatorname{tr}(-\varepsilon^2\Delta+V_{ext})\omega+\frac N2\int(V*\rho)\,\rho\,dx-\frac1{2N}\iint V(x-y)\,|\omega(x;y)|^2\,dx\,dy .
//! ```
//!
//! [`line::ground_state`] finds `$[h,\omega]=0$` with the lowest levels filled, [`line::OrbitalDynamics`] evolves. Kick and exchange
//! keep `$\rho$` and commute, so that the composition has two parts; order 6 is lost with exchange, which is no function of
//! positions. In `$\mathbb R^3$`, for rotation-invariant `$\omega=\bigoplus_\ell\omega_\ell\otimes1_{2\ell+1}$`:
//!
//! | | [`radial::ChannelHartree`] | [`radial::DirectHartree`] |
//! |---|---|---|
//! | unknown | eigenvectors of `$\omega_\ell$` on radii, `$\ell$` sparse | its factors in the functions of `$-\varepsilon^2\Delta+s^2\lvert x\rvert^2$`, every `$\ell$` |
//! | frame | comoving, `$x=b\,\xi$`, clock `$d\sigma=dt/b^2$` | the laboratory |
//! | free part | `$e^{-i\tau k_\ell/\varepsilon}$`, `$k_\ell=\varepsilon^2(-\partial_\xi^2+\tfrac{\ell(\ell+1)}{\xi^2})+\tfrac14a^2\xi^2$`, by eigenvectors | `$e^{-i\tau s(2m+3)}$`, `$m=\ell+2k$` the degree |
//! | kick | `$e^{-i\tau Q/\varepsilon}$`, `$Q=b^2U(b\xi)-\tfrac14c\,b^4\xi^2$` | `$e^{-i\tau(U-s^2r^2)/\varepsilon}$`, projected back |
//! | in time | Runge–Kutta–Nyström splitting of order 2, 4 or 6 | Strang, extrapolated from three runs |
//! | `$U=V*\rho$` | spherical waves, `$\hat V(k)\,\hat\rho(k)\,j_0(kr)$` | integrals over shells |
//!
//! [`radial::ChannelHartree::with_exchange`] adds `$-X$`, at each pair of radii a Legendre synthesis, a product with `$V$` and an
//! analysis; [`radial::closed_shells::HartreeFock`] evolves matrices of the `$\omega_\ell$` with exact multipoles, a second discretisation for a few shells.
//!
//! Negative controls: another transport speed and the barrier `$(\ell+\tfrac12)^2$` ([`radial::Barrier`]).
//!
//! A quadratic `$V$` makes the kick Vlasov's own: `$\omega=\tilde\omega$`.
//!
//! **Ground states** ([`radial::closed_shells`]) of full shells in a trap, around a nucleus or under their own attraction solve
//!
//! ```math
//! [h,\omega]=0,\quad \omega^2=\omega,\qquad h=-\varepsilon^2\Delta+V_{ext}+V*\rho-X,\qquad X(x;y)=\frac1NV(x-y)\,\omega(x;y),
//! ```
//!
//! channel by channel, and tend to the minimiser of Thomas and Fermi, `$v_F^2=(6\pi^2\rho)^{2/3}=(\mu-V_{ext}-V*\rho)_+$` (S.1).

mod error;
mod extrapolation;
mod fermi_dirac;
pub mod line;
pub mod radial;

pub use error::HartreeError;
pub use fermi_dirac::{FermiDirac, FillingError};
