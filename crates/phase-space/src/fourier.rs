//! The one Fourier convention, and the only calls of an FFT library.
//!
//! Discrete transforms are unnormalised forwards with `$e^{-2\pi i jk/n}$` and carry `$1/n$` backwards:
//!
//! ```math
//! F_k = \sum_{j=0}^{n-1} f_j\, e^{-2\pi i jk/n}, \qquad f_j = \frac1n \sum_{k=0}^{n-1} F_k\, e^{2\pi i jk/n}.
//! ```
//!
//! The Weyl variables need `$e^{+iv\cdot y}$`; for the real functions of phase space that is the complex conjugate.

mod plane;

use std::sync::Arc;

use num_complex::Complex64;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftPlanner};

pub use plane::PlaneTransform;

/// Transform of real sequences: half spectrum k = 0..=n/2.
pub struct RealTransform {
    forward: Arc<dyn RealToComplex<f64>>,
    inverse: Arc<dyn ComplexToReal<f64>>,
    scratch: Vec<Complex64>,
}

impl RealTransform {
    /// Plans the transform of length n.
    pub fn new(n: usize) -> Self {
        let mut planner = RealFftPlanner::new();
        let forward = planner.plan_fft_forward(n);
        let inverse = planner.plan_fft_inverse(n);
        let scratch = vec![Complex64::ZERO; forward.get_scratch_len().max(inverse.get_scratch_len())];
        Self { forward, inverse, scratch }
    }

    /// Length n of the real sequence.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.forward.len()
    }

    /// Length n/2 + 1 of the half spectrum.
    pub fn spectrum_len(&self) -> usize {
        self.forward.len() / 2 + 1
    }

    /// F_k = Σ_j f_j e^(−2πijk/n), k = 0..=n/2; `f` is used as working space.
    ///
    /// # Panics
    /// If the lengths are not n and n/2 + 1.
    pub fn forward(&mut self, f: &mut [f64], spectrum: &mut [Complex64]) {
        assert_eq!(f.len(), self.len(), "a real transform needs its own length");
        assert_eq!(spectrum.len(), self.spectrum_len(), "a real transform needs its own length");
        let need = self.forward.get_scratch_len();
        // the lengths are right, which is all that the library checks
        let _ = self.forward.process_with_scratch(f, spectrum, &mut self.scratch[..need]);
    }

    /// f_j = (1/n) Σ_k F_k e^(2πijk/n); `spectrum` is used as working space. Imaginary parts of F_0 and, for even n,
    /// of F_{n/2} are dropped: the sequence is real.
    ///
    /// # Panics
    /// If the lengths are not n/2 + 1 and n.
    pub fn inverse(&mut self, spectrum: &mut [Complex64], f: &mut [f64]) {
        let n = self.len();
        assert_eq!(f.len(), n, "a real transform needs its own length");
        assert_eq!(spectrum.len(), self.spectrum_len(), "a real transform needs its own length");
        let scale = 1.0 / n as f64;
        spectrum[0].im = 0.0;
        if n.is_multiple_of(2) {
            spectrum[n / 2].im = 0.0;
        }
        let need = self.inverse.get_scratch_len();
        // the lengths are right and the end modes real, which is all that the library checks
        let _ = self.inverse.process_with_scratch(spectrum, f, &mut self.scratch[..need]);
        for value in f {
            *value *= scale;
        }
    }
}

/// Transform of complex sequences, in place.
#[derive(Clone)]
pub struct ComplexTransform {
    forward: Arc<dyn Fft<f64>>,
    inverse: Arc<dyn Fft<f64>>,
    scratch: Vec<Complex64>,
}

impl ComplexTransform {
    /// Plans the transform of length n.
    pub fn new(n: usize) -> Self {
        let mut planner = FftPlanner::new();
        let forward = planner.plan_fft_forward(n);
        let inverse = planner.plan_fft_inverse(n);
        let scratch =
            vec![Complex64::ZERO; forward.get_inplace_scratch_len().max(inverse.get_inplace_scratch_len())];
        Self { forward, inverse, scratch }
    }

    /// Length n.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.forward.len()
    }

    /// F_k = Σ_j f_j e^(−2πijk/n); a longer slice is a batch of sequences.
    ///
    /// # Panics
    /// If the length is no multiple of n.
    pub fn forward(&mut self, f: &mut [Complex64]) {
        self.forward.process_with_scratch(f, &mut self.scratch);
    }

    /// f_j = (1/n) Σ_k F_k e^(2πijk/n); a longer slice is a batch of sequences.
    ///
    /// # Panics
    /// If the length is no multiple of n.
    pub fn inverse(&mut self, f: &mut [Complex64]) {
        self.unscaled_inverse(f);
        let scale = 1.0 / self.len() as f64;
        for value in f {
            *value *= scale;
        }
    }

    /// Σ_k F_k e^(2πijk/n), without 1/n.
    fn unscaled_inverse(&mut self, f: &mut [Complex64]) {
        self.inverse.process_with_scratch(f, &mut self.scratch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn naive(f: &[Complex64], sign: f64) -> Vec<Complex64> {
        let n = f.len();
        (0..n)
            .map(|k| {
                (0..n).map(|j| f[j] * Complex64::cis(sign * TAU * ((j * k) % n) as f64 / n as f64)).sum()
            })
            .collect()
    }

    fn sample(n: usize) -> Vec<Complex64> {
        (0..n).map(|j| Complex64::new((1.3 * j as f64).sin(), (0.7 * j as f64 + 0.2).cos())).collect()
    }

    #[test]
    fn complex_transform_is_the_naive_sum() {
        for n in [1, 2, 7, 30] {
            let f = sample(n);
            let mut fast = f.clone();
            let mut transform = ComplexTransform::new(n);
            transform.forward(&mut fast);
            for (a, b) in fast.iter().zip(naive(&f, -1.0)) {
                assert!((a - b).norm() < 1e-12);
            }
            transform.inverse(&mut fast);
            assert!(fast.iter().zip(&f).all(|(a, b)| (a - b).norm() < 1e-13));
        }
    }

    #[test]
    fn real_transform_is_half_of_the_complex_one() {
        for n in [6, 16, 45] {
            let f: Vec<f64> = sample(n).iter().map(|z| z.re).collect();
            let full = naive(&f.iter().map(|&x| x.into()).collect::<Vec<_>>(), -1.0);
            let mut transform = RealTransform::new(n);
            let mut spectrum = vec![Complex64::ZERO; transform.spectrum_len()];
            transform.forward(&mut f.clone(), &mut spectrum);
            assert!(spectrum.iter().zip(&full).all(|(a, b)| (a - b).norm() < 1e-12));
            let mut back = vec![0.0; n];
            transform.inverse(&mut spectrum, &mut back);
            assert!(back.iter().zip(&f).all(|(a, b)| (a - b).abs() < 1e-14));
        }
    }
}
