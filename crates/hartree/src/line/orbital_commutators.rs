//! tr|[A,ω]| = 2‖(1−ω)Aω‖_tr for a projector ω and A* = ±A: G16.T3's hypotheses for a determinant; of mixed states by the eigenvalues of
//! the kernel.
//!
//! [A,ω] = (1−ω)Aω − ωA(1−ω) maps the range of ω to its complement and back, so that its singular values are those of the N
//! functions r_j = (1−ω)Aφ_j, each twice. With R = QB, Q*Q = 1, they are those of the N × N matrix B, and
//! the eigenvalues of [[0,B*],[B,0]] are ± the singular values, to round-off of the largest. The trace distance of two projectors is
//! of the same kind, tr|ω−ω̃| = 2‖(1−ω)ω̃‖_tr.

use num_complex::Complex64;
use operators::{hermitian_eigenvalues, schatten};
use phase_space::fourier::ComplexTransform;

use super::orbital_error::OrbitalError;
use super::orbitals::{Orbitals, inner};

impl Orbitals {
    /// tr|\[x,ω\]|; ≤ CNε in G16.T3.
    ///
    /// # Errors
    /// Eigenvalues that do not converge.
    pub fn position_commutator(&self) -> Result<f64, OrbitalError> {
        let x = self.axis().points();
        if !self.is_determinant() {
            return Ok(self.density_operator()?.commutator_with(&x)?.trace_norm()?);
        }
        self.commutator(|phi| phi.iter_mut().zip(&x).for_each(|(p, x)| *p *= x))
    }

    /// tr|\[ε∇,ω\]|, spectral derivative without the mode ±n/2; ≤ CNε in G16.T3.
    ///
    /// # Errors
    /// As [`Self::position_commutator`].
    pub fn momentum_commutator(&self) -> Result<f64, OrbitalError> {
        if !self.is_determinant() {
            return Ok(self.density_operator()?.momentum_commutator(self.scaling().eps())?.trace_norm()?);
        }
        let (axis, n) = (self.axis(), self.axis().len());
        let wave = |a: usize| match (2 * a).cmp(&n) {
            std::cmp::Ordering::Less => axis.wave_number(a),
            std::cmp::Ordering::Equal => 0.0,
            std::cmp::Ordering::Greater => -axis.wave_number(n - a),
        };
        let symbol: Vec<_> = (0..n).map(|a| Complex64::new(0.0, self.scaling().eps() * wave(a))).collect();
        let mut transform = ComplexTransform::new(n);
        self.commutator(|phi| {
            transform.forward(phi);
            phi.iter_mut().zip(&symbol).for_each(|(p, s)| *p *= s);
            transform.inverse(phi);
        })
    }

    /// tr|\[A,ω\]| = 2‖(1−ω)Aω‖_tr of a determinant.
    fn commutator(&self, mut a: impl FnMut(&mut [Complex64])) -> Result<f64, OrbitalError> {
        let n = self.n();
        let rest = |j: usize| {
            let mut r = self.orbital(j).to_vec();
            a(&mut r);
            self.project_out(&mut r);
            r
        };
        self.twice_trace_norm((0..n).map(rest).collect())
    }

    /// tr|ω − ω̃|: of two determinants twice the sum of the sines of the angles between their ranges, the singular values
    /// of (1−ω)ω̃; of mixed states from the eigenvalues of the kernel.
    ///
    /// # Errors
    /// Orbitals on another axis or of another ε; eigenvalues that do not converge.
    pub fn trace_distance(&self, other: &Self) -> Result<f64, OrbitalError> {
        if self.axis() != other.axis() || self.scaling() != other.scaling() {
            return Err(OrbitalError::Mismatch);
        }
        if !(self.is_determinant() && other.is_determinant()) {
            return Ok(self.density_operator()?.minus(&other.density_operator()?)?.trace_norm()?);
        }
        let rest = |k: usize| {
            let mut r = other.orbital(k).to_vec();
            self.project_out(&mut r);
            r
        };
        self.twice_trace_norm((0..self.n()).map(rest).collect())
    }

    /// Twice the sum of the singular values of N functions.
    fn twice_trace_norm(&self, functions: Vec<Vec<Complex64>>) -> Result<f64, OrbitalError> {
        let n = functions.len();
        let b = self.triangle(functions);
        let entry = |i: usize, j: usize| match (i < n, j < n) {
            (false, true) => b[(i - n) * n + j],
            _ => Complex64::ZERO,
        };
        // each singular value stands twice in [[0,B*],[B,0]]
        Ok(schatten::trace_norm(&hermitian_eigenvalues(2 * n, entry)?))
    }

    /// B of R = QB, `[i·N + j]`, by Gram and Schmidt, each projection made twice.
    fn triangle(&self, mut r: Vec<Vec<Complex64>>) -> Vec<Complex64> {
        let n = r.len();
        let mut b = vec![Complex64::ZERO; n * n];
        let largest = r.iter().map(|r| inner(self.axis(), r, r).re).fold(0.0, f64::max).sqrt();
        for j in 0..n {
            let (done, rest) = r.split_at_mut(j);
            let column = &mut rest[0];
            for i in (0..j).chain(0..j) {
                let c = inner(self.axis(), &done[i], column);
                column.iter_mut().zip(&done[i]).for_each(|(f, q)| *f -= c * q);
                b[i * n + j] += c;
            }
            let norm = inner(self.axis(), column, column).re.sqrt();
            // what remains of a dependent function is rounding, and no direction of its own
            if norm > f64::EPSILON * largest {
                b[j * n + j] = Complex64::from(norm);
                column.iter_mut().for_each(|f| *f /= norm);
            } else {
                column.fill(Complex64::ZERO);
            }
        }
        b
    }
}
