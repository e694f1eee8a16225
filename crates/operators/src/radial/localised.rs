//! P19.4 at y = 0: tr|\[χ_{(r,0)},ω\]|, χ_{(r,0)}(x) = e^{−|x|²/r²}, in channel ℓ the matrix (χ(r_i) − χ(r_j))A_ij.
//!
//! - r ≪ ε: χω ≈ |χ⟩⟨ω(·;0)|, of rank one, tr|·| ≈ 2(π/2)^{3/4}r^{3/2}(ω²)(0;0)^{1/2} ∝ N(εr)^{3/2};
//! - ε ≪ r: tr|·| ≈ Nε∬|∇χ·∇ᵥW|, and for ε ≪ r ≪ 1 that is 4πr²Nε∫|∂_{v₁}W(0,v)|dv.
//!
//! χ is nothing beyond 6r. Of k points inside and the others outside, i\[χ,ω\] = \[X Y; Y\* 0\]; with Y\* = VΣU\* its trace norm is that of
//! \[X UΣ; ΣU\* 0\], of order 2k, however many points there are outside.
//!
//! For y ≠ 0 the operator is not rotation-invariant, and no channel has it.

use num_complex::Complex64;

use crate::radial::Channels;
use crate::{BandHermitian, SpectrumError, dense, schatten};

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
    /// The number of points r_j ≤ 6r of a grid of this spacing: where i and j are not among them, (χ(r_i) − χ(r_j))A_ij is nothing.
    pub fn innermost(spacing: f64, r: f64) -> usize {
        (CUT * r / spacing) as usize + 1
    }

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
        let inside = Self::innermost(spacing, r);
        let (mut value, mut error) = (0.0, 0.0);
        for l in 0..=omega.momenta().last() {
            let (channel, defect) = omega.channel(l);
            let multiplicity = (2 * l + 1) as f64;
            value += multiplicity * trace_norm(&channel, &chi, inside)?;
            if let Some(defect) = defect {
                error += multiplicity * trace_norm(&defect, &chi, inside)?;
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

/// ‖\[χ,A\]‖_tr, χ nothing beyond the points `inside`.
fn trace_norm(a: &BandHermitian, chi: &[f64], inside: usize) -> Result<f64, SpectrumError> {
    // beyond the reach of the band both χ are nothing
    let order = (inside + a.half_bandwidth()).min(a.n());
    if 4 * inside <= order { compressed(a, chi, inside, order) } else { full(a, chi, order) }
}

/// ‖\[χ,A\]‖_tr from the matrix of this order.
fn full(a: &BandHermitian, chi: &[f64], order: usize) -> Result<f64, SpectrumError> {
    BandHermitian::from_entries(order, a.half_bandwidth().min(order - 1), |i, j| entry(a, chi, i, j))
        .trace_norm()
}

/// ‖\[χ,A\]‖_tr from \[X UΣ; ΣU\* 0\].
fn compressed(a: &BandHermitian, chi: &[f64], inside: usize, order: usize) -> Result<f64, SpectrumError> {
    let k = inside;
    let (sigma, u) = dense::right_singular_values(order - k, k, |i, j| entry(a, chi, k + i, j))?;
    let block = |i: usize, j: usize| match (i < k, j < k) {
        (true, true) => entry(a, chi, i, j),
        (false, true) => sigma[i - k] * u[(i - k) * k + j].conj(),
        (true, false) => sigma[j - k] * u[(j - k) * k + i],
        (false, false) => Complex64::ZERO,
    };
    Ok(schatten::trace_norm(&dense::hermitian_eigenvalues(2 * k, block)?))
}

/// i(χ_i − χ_j)A_ij.
fn entry(a: &BandHermitian, chi: &[f64], i: usize, j: usize) -> Complex64 {
    Complex64::i() * (chi[i] - chi[j]) * a.entry(i, j)
}

/// [`LocalisedCommutator::new`] for every r.
///
/// # Errors
/// As there.
pub fn localised_scan(omega: &Channels, radii: &[f64]) -> Result<Vec<LocalisedCommutator>, LocalisedError> {
    radii.iter().map(|&r| LocalisedCommutator::new(omega, r)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_window_needs_its_own_points_alone() {
        let (n, b) = (70, 40);
        let a = BandHermitian::from_entries(n, b, |i, j| {
            let (x, y) = ((i + j) as f64 / 20.0, (i - j) as f64 / 9.0);
            Complex64::from_polar((-0.1 * x * x - y * y).exp(), 0.4 * x * y)
        });
        for inside in [1, 3, 12] {
            let width = (inside - 1) as f64 / CUT + 0.15;
            let chi: Vec<f64> = (0..n).map(|j| (-((j as f64 + 0.5) / width).powi(2)).exp()).collect();
            let order = inside + b;
            let (fast, slow) = (compressed(&a, &chi, inside, order), full(&a, &chi, n));
            let (Ok(fast), Ok(slow)) = (fast, slow) else { panic!("no convergence") };
            assert!((fast / slow - 1.0).abs() < 1e-12 && slow > 1e-6, "{inside}: {fast} {slow}");
        }
    }
}
