//! Density operators, banded Hermitian matrices, commutators, Schatten norms and spectra.
