//! ω = Σ_j |φ_j⟩⟨φ_j|, j = 0..N, on a periodic axis.
//!
//! ρ(x) = N⁻¹Σ_j|φ_j(x)|²,  ω(x;y) = Σ_j φ_j(x)φ̄_j(y),  tr ω = N,  ω² = ω, so that ‖ω‖²_HS = N and 2π∬W² = 1.

use num_complex::Complex64;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::fourier::PlaneTransform;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};

use super::orbital_error::OrbitalError;
use super::{direct, kernel};
use crate::HartreeError;

/// |⟨φ_j|φ_k⟩ − δ_jk| above it is no rounding.
const ROUNDING: f64 = 1e-10;

/// The part of ‖ω‖²_HS that a Wigner function may leave out.
const COHERENCE: f64 = 1e-16;

/// N orthonormal functions on the points of a periodic axis, ε = 1/N.
#[derive(Clone, Debug, PartialEq)]
pub struct Orbitals {
    axis: Axis,
    scaling: Scaling,
    n: usize,
    /// values[j·n_x + i] = φ_j(x_i); Δx Σ_i φ̄_j(x_i)φ_k(x_i) = δ_jk.
    values: Vec<Complex64>,
}

impl Orbitals {
    /// Orbitals from their values, `values[j·n_x + i] = φ_j(x_i)`.
    ///
    /// # Errors
    /// A scaling with d ≠ 1 or 1/ε no integer N, another number of values than N·n_x, a value that is not finite, or
    /// |⟨φ_j|φ_k⟩ − δ_jk| > 10⁻¹⁰.
    pub fn new(axis: &Axis, scaling: Scaling, values: Vec<Complex64>) -> Result<Self, OrbitalError> {
        let (n, points) = (particles(scaling)?, axis.len());
        if !values.len().is_multiple_of(points) {
            return Err(OrbitalError::Shape { n, points, given: values.len() });
        }
        if values.len() != n * points {
            return Err(OrbitalError::Count { eps: scaling.eps(), given: values.len() / points });
        }
        if let Some(k) = values.iter().position(|z| !z.is_finite()) {
            return Err(OrbitalError::NotFinite { orbital: k / points, x: axis.point(k % points) });
        }
        let orbitals = Self { axis: *axis, scaling, n, values };
        let gram = orbitals.gram();
        for (at, overlap) in gram.iter().enumerate() {
            let (j, k) = (at / n, at % n);
            let defect = (overlap - if j == k { 1.0 } else { 0.0 }).norm();
            if defect > ROUNDING {
                return Err(OrbitalError::NotOrthonormal { j, k, defect });
            }
        }
        Ok(orbitals)
    }

    /// N.
    pub fn n(&self) -> usize {
        self.n
    }

    /// The axis.
    pub fn axis(&self) -> &Axis {
        &self.axis
    }

    /// ε and N.
    pub fn scaling(&self) -> Scaling {
        self.scaling
    }

    /// φ_j(x_i), i = 0..n_x.
    pub fn orbital(&self, j: usize) -> &[Complex64] {
        &self.values[j * self.axis.len()..][..self.axis.len()]
    }

    /// `[j·n_x + i] = φ_j(x_i)`.
    pub fn values(&self) -> &[Complex64] {
        &self.values
    }

    /// The values, for a flow that keeps them orthonormal.
    pub(super) fn values_mut(&mut self) -> &mut [Complex64] {
        &mut self.values
    }

    /// ρ(x_i) = N⁻¹ Σ_j |φ_j(x_i)|².
    pub fn density(&self) -> Vec<f64> {
        let mut rho = vec![0.0; self.axis.len()];
        for phi in self.values.chunks_exact(self.axis.len()) {
            rho.iter_mut().zip(phi).for_each(|(rho, z)| *rho += z.norm_sqr() / self.n as f64);
        }
        rho
    }

    /// tr ω = Δx Σ_ij |φ_j(x_i)|² = N.
    pub fn trace(&self) -> f64 {
        self.axis.spacing() * self.values.iter().map(Complex64::norm_sqr).sum::<f64>()
    }

    /// `[j·N + k] = ⟨φ_j|φ_k⟩ = Δx Σ_i φ̄_j(x_i)φ_k(x_i)`, δ_jk for orthonormal orbitals.
    pub fn gram(&self) -> Vec<Complex64> {
        let entry = |at: usize| inner(&self.axis, self.orbital(at / self.n), self.orbital(at % self.n));
        (0..self.n * self.n).map(entry).collect()
    }

    /// max|⟨φ_j|φ_k⟩ − δ_jk|.
    pub fn orthonormality_defect(&self) -> f64 {
        let delta = |at: usize| if at / self.n == at % self.n { 1.0 } else { 0.0 };
        self.gram().iter().enumerate().fold(0.0, |most, (at, g)| (g - delta(at)).norm().max(most))
    }

    /// ω(x_i;x_j) = Σ_k φ_k(x_i)φ̄_k(x_j), as an operator on the grid.
    ///
    /// # Errors
    /// None for finite orbitals.
    pub fn density_operator(&self) -> Result<DensityOperator, OrbitalError> {
        let (n, h) = (self.axis.len(), self.axis.spacing());
        Ok(DensityOperator::new(self.axis.start(), h, n, self.kernel())?)
    }

    /// `[i·n_x + j] = ω(x_i;x_j)`.
    pub(super) fn kernel(&self) -> Vec<Complex64> {
        let n = self.axis.len();
        let mut kernel = vec![Complex64::ZERO; n * n];
        for phi in self.values.chunks_exact(n) {
            for (row, a) in kernel.chunks_exact_mut(n).zip(phi) {
                row.iter_mut().zip(phi).for_each(|(w, b)| *w += a * b.conj());
            }
        }
        kernel
    }

    /// W(x,v) = (ε/2π)∫ω(x+εy/2; x−εy/2)e^{−ivy}dy, by direct sums, masked to |y| ≤ π/Δv.
    ///
    /// A determinant is coherent over its whole width D: Δv ≤ πε/D leaves nothing out.
    ///
    /// # Errors
    /// A grid whose mask reaches beyond half the box, επ/Δv > L/2, or whose velocities the points do not carry; a mask that leaves
    /// out more than 10⁻¹⁶ of ‖ω‖²_HS, that is 10⁻⁸ of W in L².
    pub fn wigner(&self, grid: &PhaseGrid) -> Result<WignerFunction, OrbitalError> {
        kernel::admissible(&self.axis, grid, self.scaling.eps())?;
        let mut spectrum = self.kernel();
        let reach = self.scaling.eps() * grid.v.nyquist();
        let lost = self.beyond(&spectrum, reach);
        if lost > COHERENCE {
            return Err(OrbitalError::Coherence { reach, lost });
        }
        PlaneTransform::new(self.axis.len(), self.axis.len()).forward(&mut spectrum);
        Ok(direct::wigner(&spectrum, &self.axis, grid, self.scaling).map_err(HartreeError::from)?)
    }

    /// N⁻¹∬_{|x−y|>reach}|ω(x;y)|²dx dy, the part of ‖ω‖²_HS = N beyond a distance.
    fn beyond(&self, kernel: &[Complex64], reach: f64) -> f64 {
        let (points, h) = (self.axis.len(), self.axis.spacing());
        let far = |at: &usize| (at / points).abs_diff(at % points) as f64 * h > reach;
        let sum: f64 = (0..points * points).filter(far).map(|at| kernel[at].norm_sqr()).sum();
        sum * h * h / self.n as f64
    }

    /// ‖ω − ω̃‖_HS of two projectors of rank N, from their overlaps: ‖ω − ω̃‖²_HS = 2(N − Σ_jk|⟨φ_j|φ̃_k⟩|²).
    ///
    /// The difference is written 2Σ_k‖(1−ω)φ̃_k‖², so that nothing cancels.
    ///
    /// # Errors
    /// Orbitals on another axis or of another ε.
    pub fn hilbert_schmidt_distance(&self, other: &Self) -> Result<f64, OrbitalError> {
        if self.axis != other.axis || self.scaling != other.scaling {
            return Err(OrbitalError::Mismatch);
        }
        let norm = |k: usize| {
            let mut rest = other.orbital(k).to_vec();
            self.project_out(&mut rest);
            inner(&self.axis, &rest, &rest).re
        };
        Ok((2.0 * (0..self.n).map(norm).sum::<f64>()).sqrt())
    }

    /// f ↦ (1 − ω)f, twice, so that the rest is orthogonal to the orbitals to round-off.
    pub(super) fn project_out(&self, f: &mut [Complex64]) {
        for phi in self.values.chunks_exact(self.axis.len()).chain(self.values.chunks_exact(self.axis.len()))
        {
            let c = inner(&self.axis, phi, f);
            f.iter_mut().zip(phi).for_each(|(f, p)| *f -= c * p);
        }
    }
}

/// ⟨f|g⟩ = Δx Σ_i f̄(x_i)g(x_i).
pub(super) fn inner(axis: &Axis, f: &[Complex64], g: &[Complex64]) -> Complex64 {
    axis.spacing() * f.iter().zip(g).map(|(f, g)| f.conj() * g).sum::<Complex64>()
}

/// N = 1/ε, an integer.
pub(super) fn particles(scaling: Scaling) -> Result<usize, OrbitalError> {
    if scaling.dimension() != 1 {
        return Err(OrbitalError::Dimension(scaling.dimension()));
    }
    let n = scaling.n().round();
    if (scaling.n() - n).abs() > 1e-9 * n {
        return Err(OrbitalError::Fraction(scaling.eps()));
    }
    Ok(n as usize)
}

/// ε²k² of the modes of a complex transform, k = 2πa/L for a < n/2 and 2π(a−n)/L from there on.
pub(super) fn kinetic_symbol(axis: &Axis, eps: f64) -> Vec<f64> {
    let n = axis.len();
    (0..n).map(|a| (eps * axis.wave_number(a.min(n - a))).powi(2)).collect()
}
