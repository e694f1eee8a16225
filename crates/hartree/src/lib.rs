//! # Hartree dynamics
//!
//! The density operator `$\omega$` of `$N=\varepsilon^{-d}$` fermions obeys
//!
//! ```math
//! i\varepsilon\,\partial_t\omega=[-\varepsilon^2\Delta+V*\rho,\;\omega],\qquad \rho(x)=\frac1N\,\omega(x;x),
//! ```
//!
//! and the line, `$d=1$`, has two discretisations that share neither grid, transform nor constant, so that neither can
//! hide an error of the other:
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
//! to the order of the splitting. In `$\mathbb R^3$`, [`radial::DirectHartree`] carries `$\omega=\bigoplus_\ell\omega_\ell\otimes1_{2\ell+1}$` by
//! the functions of `$-\varepsilon^2\Delta+s^2|x|^2$`, in which kinetic energy and barrier are exact, with `$U$` from integrals over shells.
//!
//! A quadratic `$V$` makes the kick Vlasov's own: `$\omega=\tilde\omega$`.

mod error;
pub mod line;
pub mod radial;

pub use error::HartreeError;
