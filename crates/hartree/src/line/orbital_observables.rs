//! tr e^{ip·x+εq·∇}ω/N, the observables of G16.T3, from the overlaps of the orbitals' wave numbers.
//!
//! e^{ip·x+εq·∇} multiplies by e^{ip(x+εq/2)} and shifts by εq: with φ_j = Σ_k c_j(k)e^{ikx} on the circle of length L,
//!
//! tr e^{ip·x+εq·∇}ω = L Σ_k e^{iεq(k+p/2)} Σ_j c_j(k)c̄_j(k+p),  p = 2πa/L,
//!
//! which is N∬W e^{i(px+qv)} dx dv.

use num_complex::Complex64;
use phase_space::fourier::ComplexTransform;

use super::orbitals::Orbitals;

impl Orbitals {
    /// tr e^{ip·x+εq·∇}ω/N for p = 0, Δ, …, (n−1)Δ, Δ = `stride`·2π/L, and any q: `[b·n + a]` at (aΔ, q_b).
    pub fn observables(&self, stride: usize, n: usize, q: &[f64]) -> Vec<Complex64> {
        let (axis, points) = (self.axis(), self.axis().len());
        let mut spectra = self.values().to_vec();
        ComplexTransform::new(points).forward(&mut spectra);
        // in the order of k = −n_x/2 … n_x/2−1
        spectra.chunks_exact_mut(points).for_each(|f| f.rotate_right(points / 2));
        let scale = axis.length() / (self.n() as f64 * (points as f64).powi(2));
        let mut values = vec![Complex64::ZERO; n * q.len()];
        for a in 0..n {
            let shift = a * stride;
            let p = axis.wave_number(shift);
            let overlaps = overlaps(&spectra, points, shift);
            let about = scale * Complex64::cis(p * axis.start());
            for (b, q) in q.iter().enumerate() {
                let step = self.scaling().eps() * q;
                let wave = |at: usize| axis.wave_number(1) * (at as f64 - (points / 2) as f64) + 0.5 * p;
                let terms = overlaps.iter().enumerate();
                let sum: Complex64 = terms.map(|(at, c)| c * Complex64::cis(step * wave(at))).sum();
                values[b * n + a] = about * sum;
            }
        }
        values
    }
}

/// Σ_j c_j(k)c̄_j(k+p) for all k with both on the axis.
fn overlaps(spectra: &[Complex64], points: usize, shift: usize) -> Vec<Complex64> {
    let mut sums = vec![Complex64::ZERO; points.saturating_sub(shift)];
    for spectrum in spectra.chunks_exact(points) {
        for (sum, (c, d)) in sums.iter_mut().zip(spectrum.iter().zip(&spectrum[shift.min(points)..])) {
            *sum += c * d.conj();
        }
    }
    sums
}
