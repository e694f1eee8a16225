//! What an axis leaves out of orbitals and of their interaction energy.
//!
//! E_int = (1/2N)∬V(x−y)[N²ρ(x)ρ(y) − f|ω(x;y)|²]dx dy = (1/2N)(2π)⁻¹∫V̂(q)[S_dir(q) − f S_x(q)]dq with the spectra of pairs
//!
//! S_dir(q) = N²|ρ̂(q)|² ≥ 0,  S_x(q) = Σ_jk|∫φ̄_jφ_k e^{−iqx}dx|² ≥ 0.
//!
//! Pairs have twice the wave numbers of the orbitals. What the points may miss is estimated by
//! - |V̂(q)|S(q) in the highest quarter of |q| ≤ π/Δx, which stands for the wave numbers beyond;
//! - |V̂(2π/Δx−|q|)|S(q), the first alias of V(mΔx); none for an inverse power, whose weights are corrected.
//!
//! A smooth V lets both vanish long before the pairs are resolved; an inverse power needs the pairs.

use kernels::{Convolution, Interaction};
use num_complex::Complex64;
use phase_space::fourier::ComplexTransform;
use phase_space::line::Axis;

use super::fock::{Fock, OrbitalEnergy};
use super::orbital_error::OrbitalError;
use super::orbitals::Orbitals;

/// ρ(ends)/max ρ and the part of tr ω in the highest quarter of |k|, above which orbitals are refused.
const NEGLIGIBLE: f64 = 1e-8;

/// The part of the interaction energy that may be missed, above which a ground state is refused.
const ALIASED: f64 = 1e-4;

/// How well an axis holds orbitals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrbitalResolution {
    /// ρ at the ends of the box over max ρ.
    pub edge: f64,
    /// The part of tr ω in the highest quarter of the wave numbers.
    pub tail: f64,
    /// An estimate of the error of E_int from wave numbers of pairs that the points do not tell apart.
    pub aliasing: f64,
}

impl OrbitalResolution {
    /// Neither the ends of the box nor the highest wave numbers are reached.
    pub(super) fn holds(&self) -> Result<(), OrbitalError> {
        let (edge, tail) = (self.edge, self.tail);
        if exceeds(edge, NEGLIGIBLE) {
            return Err(OrbitalError::Box { edge });
        }
        if exceeds(tail, NEGLIGIBLE) {
            return Err(OrbitalError::Resolution { tail });
        }
        Ok(())
    }

    /// And the interaction energy has digits.
    pub(super) fn resolves(&self, energy: &OrbitalEnergy) -> Result<(), OrbitalError> {
        self.holds()?;
        let (aliasing, interaction) = (self.aliasing, energy.direct.abs() + energy.exchange.abs());
        if exceeds(aliasing, ALIASED * interaction) {
            return Err(OrbitalError::Aliasing { aliasing, interaction });
        }
        Ok(())
    }
}

/// NaN included.
fn exceeds(value: f64, most: f64) -> bool {
    value.is_nan() || value > most
}

impl Fock {
    /// The resolution of orbitals of this axis.
    pub(super) fn resolution(&self, orbitals: &Orbitals) -> OrbitalResolution {
        OrbitalResolution {
            edge: edge(&orbitals.density()),
            tail: tail(orbitals),
            aliasing: self.aliasing(orbitals),
        }
    }

    /// (1/2N)(1/2L) Σ_q a(q)[S_dir(q) + |f|S_x(q)], q = πa/L, |q| ≤ π/Δx.
    fn aliasing(&self, orbitals: &Orbitals) -> f64 {
        let n = self.axis.len();
        if self.missed.iter().all(|a| *a == 0.0) {
            return 0.0;
        }
        let mut spectrum = self.pair_correlation(orbitals);
        // real and even: the transform is the cosine sum
        ComplexTransform::new(2 * n).forward(&mut spectrum);
        let terms = (0..2 * n).map(|a| self.missed[a.min(2 * n - a)] * spectrum[a].re.abs());
        terms.sum::<f64>() * self.axis.spacing().powi(2) / (4.0 * self.n as f64 * self.axis.length())
    }

    /// c_m = Σ_i [N²ρ(x_i)ρ(x_{i+m}) + |f||ω(x_i;x_{i+m})|²], |m| < n_x, in the order of a transform of 2n_x points.
    fn pair_correlation(&self, orbitals: &Orbitals) -> Vec<Complex64> {
        let (n, rho, factor) = (self.axis.len(), orbitals.density(), self.exchange.abs());
        let kernel = if factor > 0.0 { orbitals.kernel() } else { Vec::new() };
        let square = (self.n as f64).powi(2);
        let mut c = vec![Complex64::ZERO; 2 * n];
        for i in 0..n {
            for j in 0..n {
                let exchanged = kernel.get(i * n + j).map_or(0.0, Complex64::norm_sqr);
                c[(2 * n + j - i) % (2 * n)] += square * rho[i] * rho[j] + factor * exchanged;
            }
        }
        c
    }
}

/// a(q) at q = πa/L, a = 0..=n_x: |V̂(q)| in the highest quarter, and |V̂(2π/Δx−q)| where V is sampled as it is.
///
/// A V without V̂ is a polynomial, which a sum over the points integrates as well as the pairs themselves.
pub(super) fn missed(interaction: &dyn Interaction, axis: &Axis) -> Vec<f64> {
    let n = axis.len();
    let sampled = !matches!(interaction.convolution(), Convolution::Power { .. });
    let symbol = |a: usize| interaction.fourier(0.5 * axis.wave_number(a)).map_or(0.0, f64::abs);
    let at = |a: usize| {
        let high = if 4 * a >= 3 * n { symbol(a) } else { 0.0 };
        high + if sampled { symbol(2 * n - a) } else { 0.0 }
    };
    (0..=n).map(at).collect()
}

/// max(ρ_0, ρ_{n−1})/max ρ.
fn edge(rho: &[f64]) -> f64 {
    let most = rho.iter().fold(0.0_f64, |most, r| most.max(*r));
    rho[0].max(rho[rho.len() - 1]) / most
}

/// N⁻¹ Σ_j Σ_{|k| ≥ 3k_max/4} |φ̂_j(k)|²Δx/n_x.
fn tail(orbitals: &Orbitals) -> f64 {
    let n = orbitals.axis().len();
    let mut spectra = orbitals.values().to_vec();
    ComplexTransform::new(n).forward(&mut spectra);
    let high = |a: &usize| 8 * *a.min(&(n - *a)) >= 3 * n;
    let modes = spectra.chunks_exact(n).flat_map(|f| f.iter().enumerate()).filter(|(a, _)| high(a));
    modes.map(|(_, f)| f.norm_sqr()).sum::<f64>() * orbitals.axis().spacing() / (n * orbitals.n()) as f64
}
