//! P19.4 at y = 0: tr|\[χ_{(r,0)},ω\]|, χ_{(r,0)}(x) = e^{−|x|²/r²}, in channel ℓ the matrix (χ(r_i) − χ(r_j))A_ij.
//!
//! - r ≪ ε: χω ≈ |χ⟩⟨ω(·;0)|, of rank one, tr|·| ≈ 2(π/2)^{3/4}r^{3/2}(ω²)(0;0)^{1/2} ∝ N(εr)^{3/2};
//! - ε ≪ r: tr|·| ≈ Nε∬|∇χ·∇ᵥW|, and for ε ≪ r ≪ 1 that is 4πr²Nε∫|∂_{v₁}W(0,v)|dv.
//!
//! For y ≠ 0 the operator is not rotation-invariant, and no channel has it.

use num_complex::Complex64;

use crate::radial::Channels;
use crate::{BandHermitian, SpectrumError};

/// χ is cut off at this many r: e^{−36} = 2·10^{−16}.
const CUT: f64 = 6.0;

/// Steps of the grid in r from which products with χ are integrated to round-off: e^{−π²r²/h²}.
const LEAST_STEPS: f64 = 2.0;

/// tr|\[χ_{(r,0)},ω\]| for one r.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalisedCommutator {
    /// r.
    pub r: f64,
    /// tr|\[χ_{(r,0)},ω\]|.
    pub value: f64,
    /// What the interpolation of channels costs it.
    pub error: f64,
}

/// Why an r was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LocalisedError {
    /// χ falls between the points, or r is not finite.
    #[error("χ of radius {r} needs radial points of spacing r/2 at most, not {spacing}")]
    Unresolved {
        /// r.
        r: f64,
        /// h.
        spacing: f64,
    },
    /// No convergence.
    #[error(transparent)]
    Spectrum(#[from] SpectrumError),
}

impl LocalisedCommutator {
    /// tr|\[χ_{(r,0)},ω\]| over every ℓ ≤ ℓ_max of ω. Points beyond 6r and the reach of ω_ℓ(r;r′) in r−r′ do not enter: the grid of ω may end
    /// there.
    ///
    /// # Errors
    /// [`LocalisedError`]: r below two steps of the grid, or not finite; no convergence.
    pub fn new(omega: &Channels, r: f64) -> Result<Self, LocalisedError> {
        let spacing = omega.grid().spacing();
        if !(r.is_finite() && r >= LEAST_STEPS * spacing) {
            return Err(LocalisedError::Unresolved { r, spacing });
        }
        let chi: Vec<f64> = omega.grid().points().iter().map(|s| (-(s / r).powi(2)).exp()).collect();
        let (mut value, mut error) = (0.0, 0.0);
        for l in 0..=omega.momenta().last() {
            let (channel, defect) = omega.channel(l);
            let multiplicity = (2 * l + 1) as f64;
            value += multiplicity * near(&channel, &chi, CUT * r / spacing).trace_norm()?;
            if let Some(defect) = defect {
                error += multiplicity * near(&defect, &chi, CUT * r / spacing).trace_norm()?;
            }
        }
        Ok(Self { r, value, error })
    }

    /// tr|\[χ_{(r,0)},ω\]|/(√r Nε): the constant of the first printed bound at this r.
    pub fn first_constant(&self, n_eps: f64) -> f64 {
        self.value / (self.r.sqrt() * n_eps)
    }

    /// tr|\[χ_{(r,0)},ω\]|/(r^{3/2−δ}‖ρ_{|K|}‖_{L¹}^{1/6+δ}‖ρ_{|K|}‖_{L^∞}^{5/6−δ}): the constant of the second printed bound, with |K| for the
    /// sum over `[x_i,ω]`. ρ_{|K|} ≥ ρ_{|\[x_i,ω\]|}, so that the printed constant is at least a third of this one.
    pub fn second_constant(&self, delta: f64, l1: f64, sup: f64) -> f64 {
        self.value / (self.r.powf(1.5 - delta) * l1.powf(1.0 / 6.0 + delta) * sup.powf(5.0 / 6.0 - delta))
    }
}

/// (χ_i − χ_j)·iA_ij for the points up to `cut` and their neighbours in the band; beyond, both χ are nothing.
fn near(a: &BandHermitian, chi: &[f64], cut: f64) -> BandHermitian {
    let order = (cut as usize + 1 + a.half_bandwidth()).min(a.n());
    let entry = |i: usize, j: usize| Complex64::i() * (chi[i] - chi[j]) * a.entry(i, j);
    BandHermitian::from_entries(order, a.half_bandwidth().min(order - 1), entry)
}

/// [`LocalisedCommutator::new`] for every r.
///
/// # Errors
/// As there.
pub fn localised_scan(omega: &Channels, radii: &[f64]) -> Result<Vec<LocalisedCommutator>, LocalisedError> {
    radii.iter().map(|&r| LocalisedCommutator::new(omega, r)).collect()
}
