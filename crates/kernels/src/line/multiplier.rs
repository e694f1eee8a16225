//! The multipliers of the Weyl variables: the one thing in which Hartree and Vlasov differ.

use num_complex::Complex64;

use super::mean_field::MeanField;
use super::potential::{Potential, Series, polynomial_derivative};

/// Columns y_j synthesised before they are stored: 8 numbers are one cache line of the row-major result.
const STRIP: usize = 8;

/// 2 sin(ε k y_j/2)/ε at [j * n_k + k], kept from call to call: ε and y rarely change.
#[derive(Clone, Debug, Default)]
pub(super) struct SineTable {
    eps: f64,
    y: Vec<f64>,
    values: Vec<f64>,
}

impl SineTable {
    fn prepare(&mut self, eps: f64, y: &[f64], wave_numbers: impl Iterator<Item = f64> + Clone) {
        if self.eps == eps && self.y == y && !self.values.is_empty() {
            return;
        }
        self.eps = eps;
        self.y = y.to_vec();
        self.values.clear();
        for &y in y {
            self.values.extend(wave_numbers.clone().map(|k| 2.0 * (0.5 * eps * k * y).sin() / eps));
        }
    }
}

impl MeanField {
    /// The Hartree multiplier out[i * n_y + j] = [U(x_i + εy_j/2) − U(x_i − εy_j/2)]/ε.
    ///
    /// One inverse transform of Û(k)·2i sin(εky_j/2)/ε for each y_j; exact, U′(x)y, for a quadratic U.
    ///
    /// # Panics
    /// If `out` has not n_x · n_y entries.
    pub fn difference_quotient(&mut self, potential: &Potential, y: &[f64], eps: f64, out: &mut [f64]) {
        let (n_x, n_y) = (self.axis.len(), y.len());
        assert_eq!(out.len(), n_x * n_y, "a multiplier has one entry for each x and y");
        let Some(Series { box_, coefficients }) = &potential.series else {
            return self.gradient_times(potential, y, out);
        };
        assert_eq!(*box_, self.box_, "a potential lives on the box of its mean field");
        let (n_k, n_box) = (self.spectrum.len(), box_.len());
        self.sines.prepare(eps, y, (0..n_k).map(|k| box_.wave_number(k)));
        self.strip.resize(STRIP * n_box, 0.0);
        for first in (0..n_y).step_by(STRIP) {
            let width = STRIP.min(n_y - first);
            for (column, j) in self.strip.chunks_exact_mut(n_box).zip(first..first + width) {
                let sines = &self.sines.values[j * n_k..][..n_k];
                for ((s, c), sine) in self.spectrum.iter_mut().zip(coefficients).zip(sines) {
                    // i·sine·c
                    s.re = -sine * c.im;
                    s.im = sine * c.re;
                }
                // the mode k = ±n/2 is its own conjugate: an odd multiplier vanishes on it
                self.spectrum[n_k - 1] = Complex64::ZERO;
                self.transform.inverse(&mut self.spectrum, column);
            }
            for i in 0..n_x {
                // a quadratic part has the difference quotient U′(x)y
                let slope = polynomial_derivative(&potential.polynomial, 1, self.axis.point(i));
                let row = &mut out[i * n_y + first..][..width];
                for (c, value) in row.iter_mut().enumerate() {
                    *value = self.strip[c * n_box + i] + slope * y[first + c];
                }
            }
        }
    }

    /// The Vlasov multiplier out[i * n_y + j] = U′(x_i)·y_j.
    ///
    /// # Panics
    /// If `out` has not n_x · n_y entries.
    pub fn gradient_times(&mut self, potential: &Potential, y: &[f64], out: &mut [f64]) {
        let n_x = self.axis.len();
        assert_eq!(out.len(), n_x * y.len(), "a multiplier has one entry for each x and y");
        let mut gradient = std::mem::take(&mut self.strip);
        gradient.resize(gradient.len().max(n_x), 0.0);
        self.derivative_into(potential, 1, &mut gradient[..n_x]);
        for (row, slope) in out.chunks_exact_mut(y.len()).zip(&gradient) {
            for (value, y) in row.iter_mut().zip(y) {
                *value = slope * y;
            }
        }
        self.strip = gradient;
    }
}
