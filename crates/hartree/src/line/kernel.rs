//! Hartree on the kernel ω(x;y) itself: a second discretisation, that shares no formula with the Weyl variables.
//!
//! iε∂ₜω = [−ε²Δ + U, ω] splits into
//! - the free part: −ε²Δ acts on e^{ikx} as ε²k², so that iε∂ₜω̂ = ε²(k² − l²)ω̂ for ω(x;y) = Σ ω̂(k,l)e^{i(kx+ly)}, and
//!   ω̂(k,l) ↦ e^{−iτε(k²−l²)} ω̂(k,l);
//! - the kick: ω(x;y) ↦ e^{−iτ(U(x)−U(y))/ε} ω(x;y), during which ρ(x) = ω(x;x)/N stands still.
//!
//! The mean field is the direct sum U(x_i) = Δx Σ_j V(x_i−x_j)ρ(x_j), which is spectral for a smooth V; where V″ jumps
//! (the bump) it leaves an error of order Δx³, and where V is an inverse power the rule is corrected at x_j = x_i
//! ([`DirectPotential`]). Wigner and Weyl transforms are direct sums too.

use std::f64::consts::{PI, TAU};

use kernels::Interaction;
use kernels::line::DirectPotential;
use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::fourier::PlaneTransform;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::{Splitting, Stage};

use super::direct;
use crate::HartreeError;

/// ω(x_i; x_j) on n × n points of a periodic box, n ≥ L·v_max/(πε), and its evolution.
pub struct KernelHartree {
    axis: Axis,
    scaling: Scaling,
    splitting: Splitting,
    mean_field: DirectPotential,
    /// omega[i * n + j] = ω(x_i; x_j); tr ω = Σ_i omega[i * n + i] Δx = N.
    omega: Vec<Complex64>,
    plane: PlaneTransform,
}

impl KernelHartree {
    /// ω = Op(W): ω(x;y) = N∫W((x+y)/2,v)e^{iv(x−y)/ε}dv, masked to |x−y| ≤ επ/Δv; W is 0 outside its box.
    ///
    /// # Errors
    /// A scaling with d ≠ 1; a box too short for the mask; fewer points than |v| ≤ επ/Δx needs; a V that is not finite
    /// there and no inverse power.
    pub fn from_wigner(
        w: &WignerFunction,
        axis: &Axis,
        interaction: &dyn Interaction,
        scaling: Scaling,
        splitting: Splitting,
    ) -> Result<Self, HartreeError> {
        if scaling.dimension() != 1 {
            return Err(HartreeError::Dimension(scaling.dimension()));
        }
        admissible(axis, w.grid(), scaling.eps())?;
        let n = axis.len();
        Ok(Self {
            axis: *axis,
            scaling,
            splitting,
            mean_field: DirectPotential::new(interaction, axis)?,
            omega: direct::weyl(w, axis, scaling),
            plane: PlaneTransform::new(n, n),
        })
    }

    /// W(x,v) on a grid, by direct sums, masked to |y| ≤ π/Δv.
    ///
    /// # Errors
    /// A grid whose mask reaches beyond half the box of the kernel, or whose velocities the kernel does not carry.
    pub fn wigner(&mut self, grid: &PhaseGrid) -> Result<WignerFunction, HartreeError> {
        admissible(&self.axis, grid, self.scaling.eps())?;
        let mut spectrum = self.omega.clone();
        self.plane.forward(&mut spectrum);
        Ok(direct::wigner(&spectrum, &self.axis, grid, self.scaling)?)
    }

    /// Evolves ω over `duration` in `steps` equal steps; a negative duration goes back in time.
    pub fn evolve(&mut self, duration: f64, steps: usize) {
        let tau = duration / steps as f64;
        for stage in self.splitting.composed(steps) {
            match stage {
                Stage::Drift(a) => self.drift(a * tau),
                Stage::Kick(b) => self.kick(b * tau),
            }
        }
    }

    /// ρ(x_i) = ω(x_i;x_i)/N.
    pub fn density(&self) -> Vec<f64> {
        let n = self.axis.len();
        (0..n).map(|i| self.omega[i * n + i].re / self.scaling.n()).collect()
    }

    /// tr ω = Δx Σ_i ω(x_i;x_i) = N.
    pub fn trace(&self) -> f64 {
        self.density().iter().sum::<f64>() * self.axis.spacing() * self.scaling.n()
    }

    /// ‖ω‖²_HS = ∬|ω(x;y)|²dx dy.
    pub fn hilbert_schmidt(&self) -> f64 {
        self.axis.spacing() * self.omega.iter().map(Complex64::norm_sqr).sum::<f64>().sqrt()
    }

    /// E/N = tr(−ε²Δω)/N + ½∫(V∗ρ)ρ dx; tr(−ε²Δω) = L Σ_k ε²k² ω̂(k,−k).
    pub fn energy(&mut self) -> f64 {
        let (n, eps) = (self.axis.len(), self.scaling.eps());
        let mut spectrum = self.omega.clone();
        self.plane.forward(&mut spectrum);
        let mut kinetic = 0.0;
        for a in 0..n {
            let k = wave_number(&self.axis, a);
            kinetic += eps * eps * k * k * spectrum[a * n + (n - a) % n].re;
        }
        kinetic *= self.axis.length() / (n * n) as f64 / self.scaling.n();
        let rho = self.density();
        let potential = self.mean_field.values(&rho);
        kinetic + 0.5 * self.axis.spacing() * potential.iter().zip(&rho).map(|(u, r)| u * r).sum::<f64>()
    }

    /// ω̂(k,l) ↦ e^{−iτε(k²−l²)} ω̂(k,l).
    fn drift(&mut self, tau: f64) {
        let n = self.axis.len();
        let phase = |a: usize| {
            let k = wave_number(&self.axis, a);
            Complex64::cis(-tau * self.scaling.eps() * k * k)
        };
        let phases: Vec<_> = (0..n).map(phase).collect();
        self.plane.forward(&mut self.omega);
        conjugate_by(&phases, &mut self.omega);
        self.plane.inverse(&mut self.omega);
    }

    /// ω(x;y) ↦ e^{−iτ(U(x)−U(y))/ε} ω(x;y).
    fn kick(&mut self, tau: f64) {
        let potential = self.mean_field.values(&self.density());
        let phases: Vec<_> =
            potential.iter().map(|u| Complex64::cis(-tau * u / self.scaling.eps())).collect();
        conjugate_by(&phases, &mut self.omega);
    }
}

/// a_{ij} ↦ p_i a_{ij} p̄_j.
fn conjugate_by(phases: &[Complex64], a: &mut [Complex64]) {
    for (row, p) in a.chunks_exact_mut(phases.len()).zip(phases) {
        for (value, q) in row.iter_mut().zip(phases) {
            *value *= p * q.conj();
        }
    }
}

/// The wave number of the a-th mode of a complex transform, 2πa/L for a < n/2 and 2π(a−n)/L from there on.
fn wave_number(axis: &Axis, a: usize) -> f64 {
    let n = axis.len();
    let signed = if a < n / 2 { a as f64 } else { a as f64 - n as f64 };
    TAU * signed / axis.length()
}

/// No image of the diagonal inside the mask, επ/Δv ≤ L/2, and every velocity below επ/Δx.
pub(super) fn admissible(axis: &Axis, grid: &PhaseGrid, eps: f64) -> Result<(), HartreeError> {
    let (reach, length) = (eps * grid.v.nyquist(), axis.length());
    if reach > 0.5 * length {
        return Err(HartreeError::Mask { reach, length });
    }
    let spacing = axis.spacing();
    let (carried, wanted) = (eps * PI / spacing, grid.v.center().abs() + 0.5 * grid.v.length());
    if carried < wanted {
        let points = (wanted * length / (PI * eps)).ceil() as usize;
        return Err(HartreeError::Velocity { spacing, carried, wanted, points });
    }
    Ok(())
}
