//! Wigner, Weyl and Husimi transforms between operators and phase space.
