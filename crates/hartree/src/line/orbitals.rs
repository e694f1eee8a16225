//! ω = Σ_j f_j|φ_j⟩⟨φ_j|, 0 < f_j ≤ 1, on a periodic axis: the determinant of N orbitals, all f_j = 1, or a mixed state.
//!
//! ρ(x) = N⁻¹Σ_jf_j|φ_j(x)|²,  ω(x;y) = Σ_j f_jφ_j(x)φ̄_j(y),  tr ω = Σf_j = N,  ‖ω‖²_HS = Σf_j², and 2π∬W² = N⁻¹Σf_j².
//!
//! What is carried are the functions √f_j φ_j: h depends on ω alone, and every linear flow keeps the f_j.

use num_complex::Complex64;
use operators::{DensityOperator, product_with_adjoint};
use phase_space::Scaling;
use phase_space::fourier::{ComplexTransform, PlaneTransform};
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use rayon::prelude::*;

use super::orbital_error::OrbitalError;
use super::{direct, kernel};
use crate::HartreeError;

/// |⟨φ_j|φ_k⟩ − δ_jk| above it is no rounding.
const ROUNDING: f64 = 1e-10;

/// The part of ‖ω‖²_HS that a Wigner function may leave out.
const COHERENCE: f64 = 1e-16;

/// Points of the density that one thread adds up.
const SOME: usize = 256;

/// 1 − f_j below it is rounding.
const FULL: f64 = 1e-14;

/// |Σf_j − N|/N above it is no rounding.
const PARTICLES: f64 = 1e-10;

/// Orthonormal functions φ_j on the points of a periodic axis with occupation numbers f_j, Σf_j = N = 1/ε.
#[derive(Clone, Debug, PartialEq)]
pub struct Orbitals {
    axis: Axis,
    scaling: Scaling,
    n: usize,
    /// f_j ∈ (0, 1].
    occupations: Vec<f64>,
    /// values[j·n_x + i] = √f_j φ_j(x_i); Δx Σ_i φ̄_j(x_i)φ_k(x_i) = δ_jk.
    values: Vec<Complex64>,
}

impl Orbitals {
    /// The determinant of N orbitals from their values, `values[j·n_x + i] = φ_j(x_i)`.
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
        Self::mixed(axis, scaling, vec![1.0; n], values)
    }

    /// ω = Σ_j f_j|φ_j⟩⟨φ_j| from `values[j·n_x + i] = φ_j(x_i)`; orbitals with f_j = 0 are left out.
    ///
    /// # Errors
    /// A scaling with d ≠ 1 or 1/ε no integer N, another number of values than f_j's times n_x, a value that is not finite, an f_j
    /// outside \[0, 1\], Σf_j ≠ N by more than 10⁻¹⁰N, or |⟨φ_j|φ_k⟩ − δ_jk| > 10⁻¹⁰.
    pub fn mixed(
        axis: &Axis,
        scaling: Scaling,
        occupations: Vec<f64>,
        mut values: Vec<Complex64>,
    ) -> Result<Self, OrbitalError> {
        let (n, points) = (particles(scaling)?, axis.len());
        if values.len() != occupations.len() * points {
            return Err(OrbitalError::Shape { n: occupations.len(), points, given: values.len() });
        }
        if let Some(k) = values.iter().position(|z| !z.is_finite()) {
            return Err(OrbitalError::NotFinite { orbital: k / points, x: axis.point(k % points) });
        }
        let admissible = |f: &f64| *f >= 0.0 && *f <= 1.0 + ROUNDING;
        if let Some(orbital) = occupations.iter().position(|f| !admissible(f)) {
            return Err(OrbitalError::Occupation { orbital, value: occupations[orbital] });
        }
        let sum: f64 = occupations.iter().sum();
        if (sum - n as f64).abs() > PARTICLES * n as f64 {
            return Err(OrbitalError::Particles { n, sum });
        }
        orthonormal(axis, &values)?;
        for (phi, f) in values.chunks_exact_mut(points).zip(&occupations) {
            phi.iter_mut().for_each(|z| *z *= f.sqrt());
        }
        let filled = |j: &usize| occupations[*j] > 0.0;
        let kept: Vec<usize> = (0..occupations.len()).filter(filled).collect();
        let values = kept.iter().flat_map(|j| values[j * points..][..points].iter().copied()).collect();
        let occupations = kept.iter().map(|j| occupations[*j]).collect();
        Ok(Self { axis: *axis, scaling, n, occupations, values })
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

    /// The number of orbitals, N for a determinant.
    pub fn rank(&self) -> usize {
        self.occupations.len()
    }

    /// f_j.
    pub fn occupations(&self) -> &[f64] {
        &self.occupations
    }

    /// Whether ω² = ω: all f_j = 1, but for round-off.
    pub fn is_determinant(&self) -> bool {
        self.occupations.iter().all(|f| (f - 1.0).abs() < FULL)
    }

    /// √f_j φ_j(x_i), i = 0..n_x.
    pub fn orbital(&self, j: usize) -> &[Complex64] {
        &self.values[j * self.axis.len()..][..self.axis.len()]
    }

    /// `[j·n_x + i] = √f_j φ_j(x_i)`.
    pub fn values(&self) -> &[Complex64] {
        &self.values
    }

    /// The values, for a flow that keeps them orthonormal.
    pub(super) fn values_mut(&mut self) -> &mut [Complex64] {
        &mut self.values
    }

    /// ρ(x_i) = N⁻¹ Σ_j f_j|φ_j(x_i)|².
    pub fn density(&self) -> Vec<f64> {
        let (points, scale) = (self.axis.len(), 1.0 / self.n as f64);
        let mut rho = vec![0.0; points];
        // each thread has some of the points, and adds the orbitals in their order
        rho.par_chunks_mut(SOME).enumerate().for_each(|(at, rho)| {
            for phi in self.values.chunks_exact(points) {
                let phi = &phi[at * SOME..][..rho.len()];
                rho.iter_mut().zip(phi).for_each(|(rho, z)| *rho += scale * z.norm_sqr());
            }
        });
        rho
    }

    /// ρ on `factor` times the points, i = 0 that of the axis, from the orbitals' trigonometric interpolation. ρ has twice the wave numbers of the
    /// orbitals: on their own points it may be known no better than at these.
    pub fn refined_density(&self, factor: usize) -> Vec<f64> {
        let (n, fine) = (self.axis.len(), factor * self.axis.len());
        let (mut forward, mut inverse) = (ComplexTransform::new(n), ComplexTransform::new(fine));
        let mut rho = vec![0.0; fine];
        let scale = (factor * factor) as f64 / self.n as f64;
        for phi in self.values.chunks_exact(n) {
            let mut modes = phi.to_vec();
            forward.forward(&mut modes);
            let mut values = vec![Complex64::ZERO; fine];
            values[..n.div_ceil(2)].copy_from_slice(&modes[..n.div_ceil(2)]);
            values[fine - n / 2..].copy_from_slice(&modes[n - n / 2..]);
            inverse.inverse(&mut values);
            rho.iter_mut().zip(&values).for_each(|(rho, z)| *rho += scale * z.norm_sqr());
        }
        rho
    }

    /// tr ω = Δx Σ_ij f_j|φ_j(x_i)|² = N.
    pub fn trace(&self) -> f64 {
        self.axis.spacing() * self.values.iter().map(Complex64::norm_sqr).sum::<f64>()
    }

    /// `[j·r + k] = ⟨φ_j|φ_k⟩ = Δx Σ_i φ̄_j(x_i)φ_k(x_i)`, δ_jk for orthonormal orbitals, r of them.
    pub fn gram(&self) -> Vec<Complex64> {
        let (rank, f) = (self.rank(), &self.occupations);
        let entry = |at: usize| {
            let (j, k) = (at / rank, at % rank);
            inner(&self.axis, self.orbital(j), self.orbital(k)) / (f[j] * f[k]).sqrt()
        };
        (0..rank * rank).map(entry).collect()
    }

    /// max|⟨φ_j|φ_k⟩ − δ_jk|.
    pub fn orthonormality_defect(&self) -> f64 {
        let rank = self.rank();
        let delta = |at: usize| if at / rank == at % rank { 1.0 } else { 0.0 };
        self.gram().iter().enumerate().fold(0.0, |most, (at, g)| (g - delta(at)).norm().max(most))
    }

    /// ω(x_i;x_j) = Σ_k f_kφ_k(x_i)φ̄_k(x_j), as an operator on the grid.
    ///
    /// # Errors
    /// None for finite orbitals.
    pub fn density_operator(&self) -> Result<DensityOperator, OrbitalError> {
        let (n, h) = (self.axis.len(), self.axis.spacing());
        Ok(DensityOperator::new(self.axis.start(), h, n, self.kernel())?)
    }

    /// `[i·n_x + j] = ω(x_i;x_j)`.
    pub(super) fn kernel(&self) -> Vec<Complex64> {
        let (points, rank) = (self.axis.len(), self.rank());
        let at = |k: usize| self.values[(k % rank) * points + k / rank];
        let columns: Vec<_> = (0..points * rank).map(at).collect();
        let mut kernel = vec![Complex64::ZERO; points * points];
        product_with_adjoint(&columns, &columns, rank, &mut kernel);
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

    /// ‖ω‖_HS^{−2}∬_{|x−y|>reach}|ω(x;y)|²dx dy, the part of ‖ω‖²_HS = Σf_j² beyond a distance.
    fn beyond(&self, kernel: &[Complex64], reach: f64) -> f64 {
        let (points, h) = (self.axis.len(), self.axis.spacing());
        let far = |at: &usize| (at / points).abs_diff(at % points) as f64 * h > reach;
        let sum: f64 = (0..points * points).filter(far).map(|at| kernel[at].norm_sqr()).sum();
        sum * h * h / self.occupations.iter().map(|f| f * f).sum::<f64>()
    }

    /// ‖ω − ω̃‖_HS: of two determinants from their overlaps, ‖ω − ω̃‖²_HS = 2(N − Σ_jk|⟨φ_j|φ̃_k⟩|²), of mixed states from the kernels.
    ///
    /// The difference is written 2Σ_k‖(1−ω)φ̃_k‖², so that nothing cancels.
    ///
    /// # Errors
    /// Orbitals on another axis or of another ε.
    pub fn hilbert_schmidt_distance(&self, other: &Self) -> Result<f64, OrbitalError> {
        if self.axis != other.axis || self.scaling != other.scaling {
            return Err(OrbitalError::Mismatch);
        }
        if !(self.is_determinant() && other.is_determinant()) {
            return Ok(self.density_operator()?.minus(&other.density_operator()?)?.hilbert_schmidt());
        }
        let norm = |k: usize| {
            let mut rest = other.orbital(k).to_vec();
            self.project_out(&mut rest);
            inner(&self.axis, &rest, &rest).re
        };
        Ok((2.0 * (0..self.n).map(norm).sum::<f64>()).sqrt())
    }

    /// f ↦ (1 − ω)f of a determinant, twice, so that the rest is orthogonal to the orbitals to round-off.
    pub(super) fn project_out(&self, f: &mut [Complex64]) {
        for phi in self.values.chunks_exact(self.axis.len()).chain(self.values.chunks_exact(self.axis.len()))
        {
            let c = inner(&self.axis, phi, f);
            f.iter_mut().zip(phi).for_each(|(f, p)| *f -= c * p);
        }
    }
}

/// |⟨φ_j|φ_k⟩ − δ_jk| ≤ 10⁻¹⁰.
fn orthonormal(axis: &Axis, values: &[Complex64]) -> Result<(), OrbitalError> {
    let rank = values.len() / axis.len();
    let mut gram = vec![Complex64::ZERO; rank * rank];
    product_with_adjoint(values, values, axis.len(), &mut gram);
    for (at, overlap) in gram.iter().enumerate() {
        let (j, k) = (at / rank, at % rank);
        let defect = (axis.spacing() * overlap - if j == k { 1.0 } else { 0.0 }).norm();
        if defect > ROUNDING {
            return Err(OrbitalError::NotOrthonormal { j, k, defect });
        }
    }
    Ok(())
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

/// ẋ = 2v of the orbitals, the group speed of the symbol v² that `kinetic_symbol` writes. It does not read the convention: were that wrong,
/// a box made with it would not hold the orbitals, and nothing could be compared.
pub const GROUP_SPEED: f64 = 2.0;

/// ε²k² of the modes of a complex transform, k = 2πa/L for a < n/2 and 2π(a−n)/L from there on.
pub(super) fn kinetic_symbol(axis: &Axis, eps: f64) -> Vec<f64> {
    let n = axis.len();
    (0..n).map(|a| (eps * axis.wave_number(a.min(n - a))).powi(2)).collect()
}
