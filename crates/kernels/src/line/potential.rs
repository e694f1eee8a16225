//! U = V∗ρ as data.

use num_complex::Complex64;
use phase_space::line::Axis;

/// The mean-field potential of one density, a function on the whole line: a polynomial plus a Fourier series,
///
/// U(x) = a₀ + a₁x + a₂x² + m⁻¹ Σ_k c_k e^{ik(x − origin)}.
///
/// It is cheap to keep (half a spectrum), to subtract and to combine; [`super::MeanField`] turns it into values.
#[derive(Clone, Debug, PartialEq)]
pub struct Potential {
    /// a₀, a₁, a₂.
    pub(super) polynomial: [f64; 3],
    pub(super) series: Option<Series>,
}

/// m⁻¹ Σ_k c_k e^{ik(x − origin)}, real, over the m points of a periodic box; c_k is kept for k ≥ 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    pub(super) box_: Axis,
    pub(super) coefficients: Vec<Complex64>,
}

impl Potential {
    /// U = 0.
    pub fn zero() -> Self {
        Self { polynomial: [0.0; 3], series: None }
    }

    /// U(x) at any x of the line, by the direct sum over the series: slow, and independent of every FFT.
    pub fn value_at(&self, x: f64) -> f64 {
        self.derivative_of_order_at(0, x)
    }

    /// U′(x) at any x of the line, by the direct sum over the series.
    pub fn derivative_at(&self, x: f64) -> f64 {
        self.derivative_of_order_at(1, x)
    }

    /// ∂ₓ^order U(x) at any x of the line, by the direct sum over the series.
    pub fn derivative_of_order_at(&self, order: u32, x: f64) -> f64 {
        let smooth = polynomial_derivative(&self.polynomial, order, x);
        smooth + self.series.as_ref().map_or(0.0, |series| series.derivative_at(order, x))
    }

    /// (2π)^{−1}∫|Û(p)||p|^s dp = m⁻¹ Σ_k |c_k||k|^s over the series: the weight in tr|B| ≤ ¼(2π)^{−1}∫|Û||p|²dp·tr|[x,[x,ω̃]]|
    /// (P16.7). A quadratic part adds nothing: it has no B.
    pub fn fourier_moment(&self, s: u32) -> f64 {
        let Some(Series { box_, coefficients }) = &self.series else { return 0.0 };
        let weight = |k: usize| {
            let shared = if k == 0 || 2 * k == box_.len() { 1.0 } else { 2.0 };
            shared * box_.wave_number(k).powi(s as i32)
        };
        let total: f64 = coefficients.iter().enumerate().map(|(k, c)| weight(k) * c.norm()).sum();
        total / box_.len() as f64
    }

    /// U − other, e.g. V∗(ρ − ρ̃) of P16.2.
    ///
    /// # Panics
    /// If the two series live on different boxes.
    pub fn minus(&self, other: &Self) -> Self {
        Self::combination(&[(1.0, self), (-1.0, other)])
    }

    /// Σ_i a_i U_i, e.g. an interpolation in time between stored potentials.
    ///
    /// # Panics
    /// If the series live on different boxes.
    pub fn combination(terms: &[(f64, &Self)]) -> Self {
        let mut sum = Self::zero();
        for &(factor, term) in terms {
            for (a, b) in sum.polynomial.iter_mut().zip(term.polynomial) {
                *a += factor * b;
            }
            match (&mut sum.series, &term.series) {
                (_, None) => {}
                (series @ None, Some(other)) => *series = Some(other.times(factor)),
                (Some(series), Some(other)) => series.add_scaled(factor, other),
            }
        }
        sum
    }
}

impl Series {
    /// m⁻¹ Re[c₀δ_{order,0} + 2 Σ_{0<k<m/2} (ik)^order c_k e^{ik(x − origin)}] and the shared mode k = ±m/2.
    fn derivative_at(&self, order: u32, x: f64) -> f64 {
        let (box_, c) = (&self.box_, &self.coefficients);
        let nyquist = box_.len() / 2;
        // e^{ikx} by rotation from mode to mode: one sine and cosine instead of one a mode.
        let rotation = Complex64::cis(box_.wave_number(1) * (x - box_.start()));
        let mut wave = Complex64::ONE;
        let mut sum = if order == 0 { 0.5 * c[0].re } else { 0.0 };
        for (k, c) in c.iter().enumerate().take(nyquist).skip(1) {
            wave *= rotation;
            sum += (derivative_symbol(box_.wave_number(k), order) * c * wave).re;
        }
        if order.is_multiple_of(2) {
            let k = box_.wave_number(nyquist);
            sum += 0.5 * derivative_symbol(k, order).re * c[nyquist].re * (k * (x - box_.start())).cos();
        }
        2.0 * sum / box_.len() as f64
    }

    fn times(&self, factor: f64) -> Self {
        Self { box_: self.box_, coefficients: self.coefficients.iter().map(|c| c * factor).collect() }
    }

    fn add_scaled(&mut self, factor: f64, other: &Self) {
        assert_eq!(self.box_, other.box_, "potentials on different boxes cannot be combined");
        for (a, b) in self.coefficients.iter_mut().zip(&other.coefficients) {
            *a += b * factor;
        }
    }
}

/// (ik)^order.
pub(super) fn derivative_symbol(k: f64, order: u32) -> Complex64 {
    Complex64::new(0.0, k).powu(order)
}

/// ∂ₓ^order (a₀ + a₁x + a₂x²).
pub(super) fn polynomial_derivative(a: &[f64; 3], order: u32, x: f64) -> f64 {
    match order {
        0 => a[0] + x * (a[1] + x * a[2]),
        1 => a[1] + 2.0 * a[2] * x,
        2 => 2.0 * a[2],
        _ => 0.0,
    }
}
