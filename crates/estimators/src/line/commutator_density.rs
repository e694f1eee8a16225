//! ρ_{|[x,ω]|}(x) = |[x,ω]|(x;x)/N and its L^p norms: hypothesis (iv) of L19.T2.
//!
//! i[x,ω]/(Nε) is the Weyl quantisation of −∂ᵥW; its band matrix A, A_ij = (h/Nε)·i[x,ω](x_i;x_j), has
//!
//!   |A|_jj = (h/Nε)·|[x,ω]|(x_j;x_j),   tr|A| = tr|[x,ω]|/(Nε),   |A|_jj/h → ∫|∂ᵥW(x_j,v)|dv as ε → 0.
//!
//! Unlike tr|·|, the density does not survive the free flow: nothing is un-sheared here.

use std::f64::consts::TAU;

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::fourier::RealTransform;
use phase_space::line::{WignerFunction, friendly_length};
use transforms::weyl::line::{WeylBand, weyl_band};

use super::SetUpError;
use crate::Estimate;

/// Accuracy asked of the Weyl matrix, relative to ‖∂ᵥW‖_{L¹}.
const TOLERANCE: f64 = 1e-6;
/// Accuracy asked of |x| on the spectrum, relative to ‖A‖.
const MODULUS_TOLERANCE: f64 = 1e-8;
/// Points of the interpolated density to a point of the matrix.
const REFINEMENT: usize = 8;

/// The density of |\[x,ω\]| at the points of the Weyl matrix, in units of Nε, and its norms.
#[derive(Clone, Debug, PartialEq)]
pub struct CommutatorDensity {
    /// ε.
    pub eps: f64,
    /// x_j, equidistant; outside of them the density is below the budget.
    pub points: Vec<f64>,
    /// `[j]` = |\[x,ω\]|(x_j;x_j)/(Nε).
    pub values: Vec<f64>,
    /// Bound of what matrix and modulus cost every value.
    pub error: f64,
    /// ‖ρ_{|\[x,ω\]|}‖_{L¹}/(Nε) = tr|\[x,ω\]|/(Nε), ρ(x) = |\[x,ω\]|(x;x) here and below.
    pub l1_over_n_eps: Estimate,
    /// ‖ρ_{|\[x,ω\]|}‖_{L²}/(Nε).
    pub l2_over_n_eps: Estimate,
    /// ‖ρ_{|\[x,ω\]|}‖_{L⁴}/(Nε).
    pub l4_over_n_eps: Estimate,
    /// ‖ρ_{|\[x,ω\]|}‖_{L^∞}/(Nε).
    pub sup_over_n_eps: Estimate,
}

impl CommutatorDensity {
    /// The norms by name, p = 1, 2, 4, ∞.
    pub fn norms(&self) -> [(&'static str, Estimate); 4] {
        [
            ("‖ρ_{|[x,ω]|}‖_{L¹}/(Nε)", self.l1_over_n_eps),
            ("‖ρ_{|[x,ω]|}‖_{L²}/(Nε)", self.l2_over_n_eps),
            ("‖ρ_{|[x,ω]|}‖_{L⁴}/(Nε)", self.l4_over_n_eps),
            ("‖ρ_{|[x,ω]|}‖_{L^∞}/(Nε)", self.sup_over_n_eps),
        ]
    }
}

/// The density of |\[x,ω\]| for a state W.
///
/// What matrix and modulus cost: ‖|A|−|B|‖_HS ≤ ‖A−B‖_HS for Hermitian matrices, so that a part E left out costs the diagonal at
/// most ‖E‖_HS in ℓ², and no entry more. What the points cost: half of them give the same norms up to the error.
///
/// # Errors
/// [`SetUpError`]: ε outside (0, 1], a matrix larger than the memory limit.
pub fn commutator_density(w: &WignerFunction, eps: f64) -> Result<CommutatorDensity, SetUpError> {
    let symbol = w.d_v(1);
    let band = weyl_band(&symbol, &Scaling::line(eps)?, TOLERANCE)?;
    let (n, h) = (band.points.len() as f64, band.spacing);
    let modulus = band.matrix.absolute_diagonal(MODULUS_TOLERANCE)?;
    let values: Vec<f64> = modulus.values.iter().map(|a| a / h).collect();
    let left_out = left_out_in_hilbert_schmidt(&band, w, eps);
    // the error of the density in L² and in L^∞; that in L⁴ lies between them
    let in_l2 = (left_out + n.sqrt() * modulus.error) / h.sqrt();
    let in_sup = (left_out + modulus.error) / h;
    let (all, half) = (Norms::of(&values, h), Norms::of_every_second(&values, h));
    let estimate = |norm: fn(&Norms) -> f64, budget: f64| {
        Estimate::new(norm(&all), (norm(&all) - norm(&half)).abs() + budget)
    };
    let trace = modulus.values.iter().sum();
    Ok(CommutatorDensity {
        eps,
        points: band.points,
        error: in_sup,
        l1_over_n_eps: Estimate::new(trace, band.left_out + n * modulus.error),
        l2_over_n_eps: estimate(|n| n.l2, in_l2),
        l4_over_n_eps: estimate(|n| n.l4, (in_l2 * in_sup).sqrt()),
        sup_over_n_eps: estimate(|n| n.sup, in_sup),
        values,
    })
}

/// The parts of `left_out`, which bounds a trace norm, back in the Hilbert–Schmidt norm they come from.
fn left_out_in_hilbert_schmidt(band: &WeylBand, w: &WignerFunction, eps: f64) -> f64 {
    let grid = w.grid();
    let area = grid.x.length() * grid.v.length();
    (TAU * eps / area).sqrt() * band.parts.window
        + (band.parts.band + band.parts.consistency) / (band.points.len() as f64).sqrt()
}

/// Norms of the trigonometric interpolant.
struct Norms {
    l2: f64,
    l4: f64,
    sup: f64,
}

impl Norms {
    /// Of values at spacing h that are negligible at both ends.
    fn of(values: &[f64], h: f64) -> Self {
        let fine = interpolated(values);
        let h = h / REFINEMENT as f64;
        let sum = |p: i32| h * fine.iter().map(|rho| rho.abs().powi(p)).sum::<f64>();
        let sup = fine.iter().fold(0.0_f64, |sup, rho| sup.max(rho.abs()));
        Self { l2: sum(2).sqrt(), l4: sum(4).powf(0.25), sup }
    }

    /// From every second value.
    fn of_every_second(values: &[f64], h: f64) -> Self {
        let half: Vec<f64> = values.iter().step_by(2).copied().collect();
        Self::of(&half, 2.0 * h)
    }
}

/// Values continued by 0 to a length that transforms fast, at `REFINEMENT` times as many points.
fn interpolated(values: &[f64]) -> Vec<f64> {
    let n = friendly_length(values.len());
    let mut padded = values.to_vec();
    padded.resize(n, 0.0);
    let (mut coarse, mut fine) = (RealTransform::new(n), RealTransform::new(REFINEMENT * n));
    let mut modes = vec![Complex64::ZERO; fine.spectrum_len()];
    coarse.forward(&mut padded, &mut modes[..n / 2 + 1]);
    modes.iter_mut().for_each(|mode| *mode *= REFINEMENT as f64);
    // n is even: its highest mode is shared by ±n/2
    modes[n / 2] *= 0.5;
    let mut result = vec![0.0; REFINEMENT * n];
    fine.inverse(&mut modes, &mut result);
    result
}
