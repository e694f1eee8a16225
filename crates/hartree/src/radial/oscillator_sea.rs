//! Closed shells of the isotropic oscillator: a pure state whose Wigner function is known.
//!
//! The shell of degree m of −ε²Δ + s²|x|², all states of energy εs(2m+3), has the Wigner function
//! (πε)^{−3}(−1)^m L_m^{(2)}(2ζ²)e^{−ζ²} with ζ² = (s|x|² + |v|²/s)/ε. With M shells filled N = M(M+1)(M+2)/6 and, at ε = N^{−1/3},
//!
//! W_N(x,v) = π^{−3} Σ_{m<M} (−1)^m L_m^{(2)}(2ζ²) e^{−ζ²}.

use std::f64::consts::PI;
use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use operators::radial::{ChannelError, Channels};
use phase_space::Scaling;
use phase_space::radial::RadialGrid;

use super::thermal_oscillator::filled_channels;
use crate::HartreeError;

/// Nodes of a panel, and panels a shell, of integrals over ζ of what oscillates with every shell.
const NODES: NonZeroUsize = NonZeroUsize::new(16).unwrap();
const PANELS: usize = 2;
/// Widths beyond the turning point in ζ up to which W_N is followed: there it is below 10⁻¹⁶.
const TAIL: f64 = 7.0;

/// M filled shells of −ε²Δ + s²|x|², ε = N^{−1/3}.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OscillatorSea {
    shells: usize,
    s: f64,
}

impl OscillatorSea {
    /// M ≥ 1 shells of the trap s²|x|².
    ///
    /// # Errors
    /// [`HartreeError::Sea`]: no shell, or s not positive and finite.
    pub fn new(shells: usize, s: f64) -> Result<Self, HartreeError> {
        if shells == 0 || !(s > 0.0 && s.is_finite()) {
            return Err(HartreeError::Sea { shells, s });
        }
        Ok(Self { shells, s })
    }

    /// s.
    pub fn s(&self) -> f64 {
        self.s
    }

    /// N = M(M+1)(M+2)/6.
    pub fn n(&self) -> f64 {
        (self.shells * (self.shells + 1) * (self.shells + 2)) as f64 / 6.0
    }

    /// ε = N^{−1/3}.
    pub fn eps(&self) -> f64 {
        self.n().cbrt().recip()
    }

    /// The highest filled level, εs(2M+1).
    pub fn fermi_energy(&self) -> f64 {
        self.eps() * self.s * (2 * self.shells + 1) as f64
    }

    /// The channels hω_ℓ(r_i;r_j) = hΣ_k u_kℓ(r_i)u_kℓ(r_j), 2k+ℓ < M: projections. The last, ℓ = M, is empty: commutators with x, which couples
    /// neighbours, end there.
    ///
    /// # Errors
    /// [`ChannelError`]: values that are not finite.
    pub fn channels(&self, grid: &RadialGrid) -> Result<Channels, ChannelError> {
        filled_channels(self.eps(), self.s, &vec![1.0; self.shells], grid)
    }

    /// W_N at ζ² = (s|x|² + |v|²/s)/ε.
    pub fn wigner(&self, zeta_squared: f64) -> f64 {
        self.series(zeta_squared).0 / PI.powi(3)
    }

    /// Σ(−1)^m L_m^{(2)}(2ζ²)e^{−ζ²} and its derivative by ζ², from L_m^{(2)}′ = −L_{m−1}^{(3)} = −Σ_{j<m} L_j^{(2)}.
    fn series(&self, zeta_squared: f64) -> (f64, f64) {
        let x = 2.0 * zeta_squared;
        let (mut before, mut l) = (0.0, (-zeta_squared).exp());
        let (mut sum, mut slope, mut lower, mut sign) = (0.0, 0.0, 0.0, 1.0);
        for m in 0..self.shells {
            sum += sign * l;
            slope += sign * (-2.0 * lower - l);
            lower += l;
            // (m+1)L_{m+1} = (2m+3−x)L_m − (m+2)L_{m−1}
            let k = m as f64;
            (before, l) = (l, ((2.0 * k + 3.0 - x) * l - (k + 2.0) * before) / (k + 1.0));
            sign = -sign;
        }
        (sum, slope)
    }

    /// ζ beyond which W_N is nothing.
    pub fn extent(&self) -> f64 {
        ((2 * self.shells + 1) as f64).sqrt() + TAIL / ((2 * self.shells + 1) as f64).powf(1.0 / 6.0)
    }

    /// Nodes ζ and weights of ∫₀^∞dζ that resolve W_N.
    pub fn nodes(&self) -> Vec<(f64, f64)> {
        self.panels(PANELS * self.shells + 8)
    }

    fn panels(&self, panels: usize) -> Vec<(f64, f64)> {
        let rule = GaussLegendre::new(NODES);
        let half = 0.5 * self.extent() / panels as f64;
        let place = |panel: usize, x: f64| half * ((2 * panel + 1) as f64 + x);
        (0..panels).flat_map(|panel| rule.iter().map(move |(x, w)| (place(panel, *x), half * w))).collect()
    }

    /// tr|\[x_i,ω\]|/(Nε), any i. x_i = (ε/2s)^{1/2}(a_i + a_i*) couples the highest shell to the next alone, with the singular
    /// values (ε/2s)^{1/2}(n_i+1)^{1/2}, each twice; n_i = j in M−j of its states:
    ///
    /// tr|\[x_i,ω\]| = 2(ε/2s)^{1/2} Σ_{j<M} (M−j)(j+1)^{1/2}.
    pub fn position_commutator(&self) -> f64 {
        let states = (0..self.shells).map(|j| (self.shells - j) as f64 * ((j + 1) as f64).sqrt());
        2.0 * (0.5 * self.eps() / self.s).sqrt() * states.sum::<f64>() / (self.n() * self.eps())
    }

    /// tr|\[ε∂_i,ω\]|/(Nε), s times that of x_i.
    pub fn gradient_commutator(&self) -> f64 {
        self.s * self.position_commutator()
    }

    /// ‖W‖_{W^{1,1}} = ‖W‖_{L¹} + ‖∇ₓW‖_{L¹} + ‖∇ᵥW‖_{L¹}, and what half as many panels change: kinks of |·| leave an error.
    ///
    /// With dx dv = ε³π³ζ⁵dζ and the mean 32/(15π) of |x|, in units of (ε/s)^{1/2}ζ, over the sphere of R⁶
    ///
    /// ‖∇ₓW‖_{L¹} = ε³π³(s/ε)^{1/2}(64/(15π))∫|dW/dζ²|ζ⁶dζ,  ‖∇ᵥW‖_{L¹} the same with (1/(sε))^{1/2}.
    pub fn w11(&self) -> (f64, f64) {
        let eps = self.eps();
        let gradients = ((self.s / eps).sqrt() + (self.s * eps).sqrt().recip()) * 64.0 / (15.0 * PI);
        let of = |panels: usize| {
            let at = |(zeta, weight): (f64, f64)| {
                let (w, slope) = self.series(zeta * zeta);
                weight * zeta.powi(5) * (w.abs() + gradients * slope.abs() * zeta)
            };
            eps.powi(3) * self.panels(panels).into_iter().map(at).sum::<f64>()
        };
        let (fine, coarse) = (of(16 * self.shells + 64), of(8 * self.shells + 32));
        (fine, (fine - coarse).abs())
    }

    /// ε, N and d = 3.
    ///
    /// # Errors
    /// [`phase_space::ScalingError`]: one particle alone has ε = 1, which is in range.
    pub fn scaling(&self) -> Result<Scaling, phase_space::ScalingError> {
        Scaling::new(3, self.eps())
    }
}
