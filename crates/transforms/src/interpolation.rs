//! Trigonometric interpolation of periodic complex sequences.

use std::f64::consts::TAU;

use num_complex::Complex64;
use phase_space::fourier::ComplexTransform;

/// The interpolant through n samples of period L, evaluated at m shifted points.
///
/// f(x_0 + jL/m + sL) = Σ_k c_k e^{2πik(j/m + s)}, |k| ≤ n/2, the mode n/2 shared by ±n/2; for m < n the modes fold,
/// which is what evaluation at fewer points means.
pub(crate) struct Interpolation {
    forward: ComplexTransform,
    inverse: ComplexTransform,
}

impl Interpolation {
    /// From n samples to m points.
    pub fn new(n: usize, m: usize) -> Self {
        Self { forward: ComplexTransform::new(n), inverse: ComplexTransform::new(m) }
    }

    /// Values at the points shifted by the fraction `shift` of the period; `samples` becomes working space.
    pub fn shifted(&mut self, samples: &mut [Complex64], shift: f64, target: &mut [Complex64]) {
        let (n, m) = (self.forward.len(), self.inverse.len());
        self.forward.forward(samples);
        target.fill(Complex64::ZERO);
        let scale = m as f64 / n as f64;
        for (index, &mode) in samples.iter().enumerate() {
            let mut add = |k: isize, weight: f64| {
                let phase = Complex64::cis(TAU * (k as f64 * shift).fract());
                target[k.rem_euclid(m as isize) as usize] += weight * mode * phase;
            };
            let k = index as isize;
            if 2 * index == n {
                add(k, 0.5 * scale);
                add(-k, 0.5 * scale);
            } else {
                add(if 2 * index < n { k } else { k - n as isize }, scale);
            }
        }
        self.inverse.inverse(target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trigonometric_polynomials_are_exact_on_more_and_on_fewer_points() {
        let f = |t: f64| {
            Complex64::new(1.0, 0.5) + Complex64::cis(3.0 * TAU * t) * 2.0 + Complex64::cis(-5.0 * TAU * t)
        };
        let n = 14;
        for m in [6, 14, 45] {
            let mut interpolation = Interpolation::new(n, m);
            for shift in [0.0, 0.013, -0.4, 7.25] {
                let mut samples: Vec<_> = (0..n).map(|i| f(i as f64 / n as f64)).collect();
                let mut target = vec![Complex64::ZERO; m];
                interpolation.shifted(&mut samples, shift, &mut target);
                for (j, value) in target.iter().enumerate() {
                    assert!((value - f(j as f64 / m as f64 + shift)).norm() < 1e-13);
                }
            }
        }
    }
}
