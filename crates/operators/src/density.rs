//! Density operators on the line as kernels ω(x;y) on an equispaced grid.

use num_complex::Complex64;
use phase_space::fourier::ComplexTransform;

use crate::{BandHermitian, KernelError, SpectrumError, dense, schatten};

/// A Hermitian kernel on an equispaced grid: a density operator ω, the difference of two, or `i[f,ω]`.
///
/// Shape: `kernel[i·n + j] = ω(x_i; x_j)`, x_i = start + i·dx, i = 0…n−1. As an operator on ℓ² of the grid it is the
/// matrix dx·ω(x_i;x_j): its eigenvalues are those of ω, tr ω = Σ ω(x_i;x_i)dx = N for a state.
#[derive(Debug, Clone, PartialEq)]
pub struct DensityOperator {
    start: f64,
    spacing: f64,
    n: usize,
    kernel: Vec<Complex64>,
}

/// |ω(x;y) − conj ω(y;x)| up to this multiple of max|ω| counts as rounding and is averaged away.
const ROUNDING: f64 = 1e-10;

impl DensityOperator {
    /// ω from its kernel on the points `start + i·spacing`, i = 0…n−1.
    ///
    /// A defect of Hermiticity within rounding (10⁻¹⁰ of the largest value) is averaged away.
    ///
    /// # Errors
    /// [`KernelError`]: a grid without points or with a bad spacing, a wrong number of values, a value that is not
    /// finite, a kernel that is not Hermitian.
    pub fn new(start: f64, spacing: f64, n: usize, mut kernel: Vec<Complex64>) -> Result<Self, KernelError> {
        if !(start.is_finite() && spacing.is_finite() && spacing > 0.0) {
            return Err(KernelError::Grid { start, spacing });
        }
        if n == 0 || n.checked_mul(n) != Some(kernel.len()) {
            return Err(KernelError::Length { points: n, given: kernel.len() });
        }
        if let Some(k) = kernel.iter().position(|w| !w.is_finite()) {
            return Err(KernelError::NotFinite { row: k / n, column: k % n });
        }
        let largest = kernel.iter().fold(0.0_f64, |m, w| m.max(w.norm()));
        for i in 0..n {
            for j in 0..=i {
                let (below, above) = (kernel[i * n + j], kernel[j * n + i].conj());
                let defect = (below - above).norm();
                if defect > ROUNDING * largest {
                    return Err(KernelError::NotHermitian { row: i, column: j, defect });
                }
                let mean = 0.5 * (below + above);
                kernel[i * n + j] = mean;
                kernel[j * n + i] = mean.conj();
            }
        }
        Ok(Self { start, spacing, n, kernel })
    }

    /// Number of points n.
    pub fn n(&self) -> usize {
        self.n
    }

    /// dx.
    pub fn spacing(&self) -> f64 {
        self.spacing
    }

    /// x_i = start + i·dx.
    pub fn point(&self, i: usize) -> f64 {
        self.start + i as f64 * self.spacing
    }

    /// All points x_i.
    pub fn points(&self) -> Vec<f64> {
        (0..self.n).map(|i| self.point(i)).collect()
    }

    /// `[i·n + j] = ω(x_i; x_j)`.
    pub fn kernel(&self) -> &[Complex64] {
        &self.kernel
    }

    /// ω(x_i; x_j).
    pub fn value(&self, i: usize, j: usize) -> Complex64 {
        self.kernel[i * self.n + j]
    }

    /// tr ω = Σ_i ω(x_i;x_i) dx.
    pub fn trace(&self) -> f64 {
        (0..self.n).map(|i| self.value(i, i).re).sum::<f64>() * self.spacing
    }

    /// ‖ω‖_HS = (Σ_ij |ω(x_i;x_j)|² dx²)^{1/2}.
    pub fn hilbert_schmidt(&self) -> f64 {
        self.kernel.iter().map(Complex64::norm_sqr).sum::<f64>().sqrt() * self.spacing
    }

    /// The eigenvalues of ω, ascending: those of the matrix dx·ω(x_i;x_j), dense.
    ///
    /// # Errors
    /// [`SpectrumError`]: no convergence, or dx·ω overflows.
    pub fn eigenvalues(&self) -> Result<Vec<f64>, SpectrumError> {
        dense::hermitian_eigenvalues(self.n, |i, j| self.spacing * self.value(i, j))
    }

    /// tr|ω| = Σ|λ|.
    ///
    /// # Errors
    /// [`SpectrumError`] as in [`Self::eigenvalues`].
    pub fn trace_norm(&self) -> Result<f64, SpectrumError> {
        Ok(schatten::trace_norm(&self.eigenvalues()?))
    }

    /// ρ(x_i) = N⁻¹ω(x_i;x_i).
    pub fn density(&self, n_particles: f64) -> Vec<f64> {
        (0..self.n).map(|i| self.value(i, i).re / n_particles).collect()
    }

    /// `i[f,ω](x;y) = i(f(x) − f(y))ω(x;y)`: Hermitian, with the norms of `[f,ω]`; `f` holds f at the points.
    ///
    /// # Errors
    /// [`KernelError`]: another number of values than points, a result that is not finite.
    pub fn commutator_with(&self, f: &[f64]) -> Result<Self, KernelError> {
        self.multiplied(f, |difference| Complex64::new(0.0, difference))
    }

    /// `[f,[f,ω]](x;y) = (f(x) − f(y))²ω(x;y)`.
    ///
    /// # Errors
    /// [`KernelError`] as in [`Self::commutator_with`].
    pub fn double_commutator(&self, f: &[f64]) -> Result<Self, KernelError> {
        self.multiplied(f, |difference| Complex64::new(difference * difference, 0.0))
    }

    /// m(f(x) − f(y))ω(x;y).
    fn multiplied(&self, f: &[f64], m: impl Fn(f64) -> Complex64) -> Result<Self, KernelError> {
        if f.len() != self.n {
            return Err(KernelError::Grids { left: self.n, right: f.len() });
        }
        let value = |k: usize| m(f[k / self.n] - f[k % self.n]) * self.kernel[k];
        self.with_kernel((0..self.n * self.n).map(value).collect())
    }

    /// `[ε∇,ω](x;y) = ε(∂_x + ∂_y)ω(x;y)`, Hermitian itself; spectral derivative on the periodic box of length n·dx.
    ///
    /// ∂_xω(x;y) is the conjugate of ∂₂ω(y;x), so the transforms of the rows give both terms. The mode of the Nyquist
    /// frequency is left out.
    ///
    /// # Errors
    /// [`KernelError::NotFinite`] when a derivative overflows.
    pub fn momentum_commutator(&self, eps: f64) -> Result<Self, KernelError> {
        let n = self.n;
        let step = 2.0 * std::f64::consts::PI / (n as f64 * self.spacing);
        let wave_number = |k: usize| match (2 * k).cmp(&n) {
            std::cmp::Ordering::Less => step * k as f64,
            std::cmp::Ordering::Equal => 0.0,
            std::cmp::Ordering::Greater => -step * (n - k) as f64,
        };
        let mut transform = ComplexTransform::new(n);
        let mut derivative = self.kernel.clone();
        for row in derivative.chunks_exact_mut(n) {
            transform.forward(row);
            row.iter_mut().enumerate().for_each(|(k, w)| *w *= Complex64::new(0.0, eps * wave_number(k)));
            transform.inverse(row);
        }
        let value = |k: usize| derivative[k] + derivative[(k % n) * n + k / n].conj();
        self.with_kernel((0..n * n).map(value).collect())
    }

    /// ω − ω̃ on the same grid.
    ///
    /// # Errors
    /// [`KernelError::Grids`] when the grids differ.
    pub fn minus(&self, other: &Self) -> Result<Self, KernelError> {
        if (self.n, self.start, self.spacing) != (other.n, other.start, other.spacing) {
            return Err(KernelError::Grids { left: self.n, right: other.n });
        }
        self.with_kernel(self.kernel.iter().zip(&other.kernel).map(|(a, b)| a - b).collect())
    }

    /// cω.
    pub fn scaled(&self, c: f64) -> Self {
        Self { kernel: self.kernel.iter().map(|w| c * w).collect(), ..*self }
    }

    /// The band matrix dx·ω(x_i;x_j), |i − j| ≤ b: its eigenvalues are those of ω when ω is negligible farther out.
    ///
    /// b is cut down to n − 1.
    pub fn band(&self, half_bandwidth: usize) -> BandHermitian {
        let b = half_bandwidth.min(self.n - 1);
        BandHermitian::from_entries(self.n, b, |i, j| self.spacing * self.value(i, j))
    }

    /// The largest |ω(x_i;x_j)| with |i − j| > b: what [`Self::band`] leaves out.
    pub fn outside_band(&self, half_bandwidth: usize) -> f64 {
        let pairs = (0..self.n).flat_map(|i| (0..i.saturating_sub(half_bandwidth)).map(move |j| (i, j)));
        pairs.fold(0.0, |m, (i, j)| m.max(self.value(i, j).norm()))
    }

    /// Another kernel on the same grid, checked.
    fn with_kernel(&self, kernel: Vec<Complex64>) -> Result<Self, KernelError> {
        Self::new(self.start, self.spacing, self.n, kernel)
    }
}
