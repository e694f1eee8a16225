//! Scaling, phase-space grids and the one Fourier convention of the semiclassical laboratory.
