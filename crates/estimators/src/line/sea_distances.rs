//! Norms of ω_t − ω̃_t for a pure state, on the kernel itself, which is rough: no band, no window, every eigenvalue.

use std::f64::consts::TAU;

use hartree::line::Orbitals;
use num_complex::Complex64;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::fourier::{ComplexTransform, RealTransform};
use phase_space::line::{Axis, WignerFunction};
use rayon::prelude::*;
use transforms::weyl::line::kernel;

use super::SetUpError;
use crate::Estimate;

/// One time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeaDistances {
    /// t.
    pub time: f64,
    /// ‖ω_t − ω̃_t‖_HS/√N.
    pub hilbert_schmidt: Estimate,
    /// tr|ω_t − ω̃_t|/N.
    pub trace: Estimate,
    /// ‖ρ_t − ρ̃_t‖_{L¹}.
    pub density_l1: Estimate,
    /// ‖ρ_t − ρ̃_t‖_{H^{−s}}, s = 1, 2: ‖f‖²_{H^{−s}} = (2π)⁻¹∫|f̂(k)|²(1+k²)^{−s}dk.
    pub density_negative: [Estimate; 2],
    /// The part of the coherences over more than the radius R of the state that is lost:
    /// ∬_{|x−y|>R}|ω−ω̃|² / ∬_{|x−y|>R}(|ω|²+|ω̃|²); 0 while both agree, 1 where they know nothing of each other, and somewhat more
    /// where their phases are still opposite.
    pub dephased: Estimate,
    /// Distance of the spectrum of ω̃_t from \[0,1\].
    pub beyond_pauli: Estimate,
    /// |tr ω̃_t/N − 1|.
    pub trace_defect: f64,
    /// |‖ω̃_t‖_HS/√N − 1|.
    pub norm_defect: f64,
}

/// The same with less of every discretisation.
pub(super) struct Variants<'a> {
    /// W̃' − W̃: fewer points and steps, a smaller box.
    pub vlasov: [WignerFunction; 2],
    /// Orbitals after fewer steps.
    pub hartree: &'a Orbitals,
}

/// Refinement of ρ − ρ̃ for its L¹ norm, and of its box for its Fourier transform.
pub(super) const FINER: usize = 8;

impl SeaDistances {
    pub(super) fn new(
        time: f64,
        radius: f64,
        orbitals: &Orbitals,
        vlasov: &WignerFunction,
        variants: &Variants,
    ) -> Result<Self, SetUpError> {
        let scaling = orbitals.scaling();
        let root_n = scaling.n().sqrt();
        let pair = Kernels::new(scaling, orbitals, vlasov)?;
        let vlasov_error: f64 = variants.vlasov.iter().map(|e| TAU.sqrt() * e.l2()).sum();
        let hartree_error = orbitals.hilbert_schmidt_distance(variants.hartree)? / root_n;
        // ‖ω‖_HS = √N and ‖ω̃‖_HS = √(2πN)‖W̃‖ on the points, and what of ω lies beyond the mask of ω̃
        let points = (pair.hartree.hilbert_schmidt() / root_n - 1.0).abs()
            + (pair.vlasov.hilbert_schmidt() / root_n - TAU.sqrt() * vlasov.l2()).abs();
        let mask = scaling.eps() * vlasov.grid().v.nyquist();
        // twice: it is missing where it belongs, and folded back to where it does not
        let matrix = points + 2.0 * (beyond(&pair.hartree, mask).sqrt() / root_n + left_out(orbitals));
        let budget = vlasov_error + hartree_error + matrix;
        let d = pair.hartree.minus(&pair.vlasov)?;
        let rank = d.n() as f64;
        let rho = difference(&orbitals.density(), &vlasov.density());
        let errors = [
            variants.vlasov[0].density(),
            variants.vlasov[1].density(),
            difference(&orbitals.density(), &variants.hartree.density()),
        ];
        let axis = orbitals.axis();
        let negative = |s: i32| {
            let error = errors.iter().map(|e| negative_norm(e, axis, s)).sum();
            Estimate::new(negative_norm(&rho, axis, s), error)
        };
        let [fine, kinks] = l1(&rho, axis);
        let changed: f64 = errors.iter().map(|e| l1(e, axis)[0]).sum();
        Ok(Self {
            time,
            hilbert_schmidt: Estimate::new(d.hilbert_schmidt() / root_n, budget),
            // tr|E| ≤ √rank ‖E‖_HS
            trace: Estimate::new(d.trace_norm()? / scaling.n(), (rank / scaling.n()).sqrt() * budget),
            density_l1: Estimate::new(fine, kinks + changed),
            density_negative: [negative(1), negative(2)],
            dephased: pair.dephased(&d, radius, budget * root_n),
            beyond_pauli: Estimate::new(beyond_pauli(&pair.vlasov.eigenvalues()?), budget * root_n),
            trace_defect: (vlasov.mass() - 1.0).abs(),
            norm_defect: (TAU.sqrt() * vlasov.l2() - 1.0).abs(),
        })
    }
}

/// √(2π)‖D‖_{L²} of smooth data, and what variants of D change.
pub(super) fn mixed_distance(d: &WignerFunction, varied: &[WignerFunction]) -> Result<Estimate, SetUpError> {
    let mut error = 0.0;
    for other in varied {
        error += TAU.sqrt() * other.minus(d)?.l2();
    }
    Ok(Estimate::new(TAU.sqrt() * d.l2(), error))
}

/// ω and ω̃ on every second point of the axis: W has twice the wave numbers of the orbitals.
struct Kernels {
    hartree: DensityOperator,
    vlasov: DensityOperator,
}

impl Kernels {
    fn new(scaling: Scaling, orbitals: &Orbitals, vlasov: &WignerFunction) -> Result<Self, SetUpError> {
        let points = orbitals.axis().len() / 2;
        let vlasov = kernel(vlasov, &scaling, points)?;
        let every = |j: usize| -> Vec<Complex64> { orbitals.orbital(j).iter().copied().step_by(2).collect() };
        let sampled: Vec<Vec<Complex64>> = (0..orbitals.n()).map(every).collect();
        let row = |i: usize| {
            let mut row = vec![Complex64::ZERO; points];
            for phi in &sampled {
                row.iter_mut().zip(phi).for_each(|(w, b)| *w += phi[i] * b.conj());
            }
            row
        };
        let rows: Vec<Vec<Complex64>> = (0..points).into_par_iter().map(row).collect();
        let hartree = DensityOperator::new(vlasov.point(0), vlasov.spacing(), points, rows.concat())?;
        Ok(Self { hartree, vlasov })
    }

    /// With the error that a change of ω − ω̃ by `budget` in the HS norm makes.
    fn dephased(&self, d: &DensityOperator, radius: f64, budget: f64) -> Estimate {
        let part = |a: &DensityOperator| beyond(a, radius);
        let (lost, all) = (part(d), part(&self.hartree) + part(&self.vlasov));
        Estimate::new(lost / all, (2.0 * lost.sqrt() + budget) * budget / all)
    }
}

/// The square roots of the parts of tr ω/N that are in the outer hundredth of the box at either end, where ω is periodic and ω̃ is not,
/// and beyond the wave numbers of every second point.
fn left_out(orbitals: &Orbitals) -> f64 {
    let n = orbitals.axis().len();
    let margin = n.div_ceil(100);
    let rho = orbitals.density();
    let ends: f64 = rho[..margin].iter().chain(&rho[n - margin..]).sum();
    let mut spectra = orbitals.values().to_vec();
    ComplexTransform::new(n).forward(&mut spectra);
    let high = |a: &usize| 4 * a.min(&(n - a)) >= n;
    let modes = spectra.chunks_exact(n).flat_map(|f| f.iter().enumerate().filter(|(a, _)| high(a)));
    let share = modes.map(|(_, f)| f.norm_sqr()).sum::<f64>() / (n * orbitals.n()) as f64;
    ((ends + share) * orbitals.axis().spacing()).sqrt()
}

/// ∬_{|x−y|>reach}|ω(x;y)|²dx dy.
fn beyond(omega: &DensityOperator, reach: f64) -> f64 {
    let (n, h) = (omega.n(), omega.spacing());
    let far = |at: &usize| (at / n).abs_diff(at % n) as f64 * h > reach;
    let sum: f64 = (0..n * n).filter(far).map(|at| omega.kernel()[at].norm_sqr()).sum();
    sum * h * h
}

/// max(−λ_min, λ_max − 1, 0).
fn beyond_pauli(eigenvalues: &[f64]) -> f64 {
    eigenvalues.iter().fold(0.0, |most: f64, l| most.max(-l).max(l - 1.0))
}

pub(super) fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// ‖f‖_{L¹} on eight times the points, and a bound of what the kinks of |f| cost: h(|a|+|b|)/6 where f changes sign from a to b.
fn l1(f: &[f64], axis: &Axis) -> [f64; 2] {
    let n = f.len();
    let (mut forward, mut inverse) = (RealTransform::new(n), RealTransform::new(FINER * n));
    let mut spectrum = vec![Complex64::ZERO; FINER * n / 2 + 1];
    forward.forward(&mut f.to_vec(), &mut spectrum[..n / 2 + 1]);
    spectrum.iter_mut().for_each(|z| *z *= FINER as f64);
    // shared by ±n/2
    spectrum[n / 2] *= 0.5;
    let mut fine = vec![0.0; FINER * n];
    inverse.inverse(&mut spectrum, &mut fine);
    l1_with_kinks(&fine, axis.spacing() / FINER as f64)
}

/// h Σ|f_i| and h Σ(|a|+|b|)/6 over the neighbours a, b between which f changes sign.
pub(super) fn l1_with_kinks(fine: &[f64], h: f64) -> [f64; 2] {
    let kinks: f64 =
        fine.windows(2).filter(|ab| ab[0] * ab[1] < 0.0).map(|ab| ab[0].abs() + ab[1].abs()).sum();
    [h * fine.iter().map(|f| f.abs()).sum::<f64>(), h * kinks / 6.0]
}

/// ‖f‖_{H^{−s}}, f continued by 0 to eight times the box: the images are e^{−7L} away.
pub(super) fn negative_norm(f: &[f64], axis: &Axis, s: i32) -> f64 {
    let n = FINER * f.len();
    let mut wide = f.to_vec();
    wide.resize(n, 0.0);
    let mut spectrum = vec![Complex64::ZERO; n / 2 + 1];
    RealTransform::new(n).forward(&mut wide, &mut spectrum);
    let unit = TAU / (FINER as f64 * axis.length());
    let weight = |k: usize| {
        let shared = if k == 0 || 2 * k == n { 1.0 } else { 2.0 };
        shared * (1.0 + (unit * k as f64).powi(2)).powi(-s)
    };
    let sum: f64 = spectrum.iter().enumerate().map(|(k, z)| weight(k) * z.norm_sqr()).sum();
    axis.spacing() * (sum * unit / TAU).sqrt()
}
