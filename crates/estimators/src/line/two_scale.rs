//! W_N = B + c y^{−s} Re T,  T = a e^{iyv},  a = e^{−(x²+v²)/2w²}/2π: a smooth state and an oscillation of any frequency y, on grids that know nothing of y.
//!
//! ρ of the oscillation is a Fourier transform at the frequency y, and nothing for large y: it is carried by the field U = V∗ρ of B. Vlasov's flow Φ
//! takes T to a∘Φ_{−t}·e^{iyφ}, φ = v∘Φ_{−t}, and Hartree's to A e^{iyφ} with an envelope A that obeys, exactly,
//!
//! i(∂ₜ + 2v∂ₓ − Ũ′∂ᵥ)A = −e^{−iyφ} r(x, −i∂ᵥ) e^{iyφ} A,  r(x,y) = \[U(x+εy/2) − U(x−εy/2)\]/ε − Ũ′(x)y,
//!
//! U Hartree's field and Ũ Vlasov's. In Lagrange's coordinates z = Φ_{−t}(x,v) the left side is i∂ₜα, α = A∘Φ_t, and ∂ᵥ is the vector field
//! L = (∂x₀/∂v)∂_{x₀} + (∂v₀/∂v)∂_{v₀}. With g = y ∂v₀/∂v the right side is −Σ_p r⁽ᵖ⁾(g)/p!·Q_p α,
//!
//! Q₀ = 1, Q₁ = −iL, Q₂ = −L² − i(Lg), Q₃ = iL³ − 3(Lg)L − (L²g), Q₄ = L⁴ + 6i(Lg)L² + 4i(L²g)L + i(L³g) − 3(Lg)²:
//!
//! r⁽ᵖ⁾ = O(ε²y^{3−p}) for p ≤ 3 and O(ε⁴y) for p = 4, so that the sum ends by itself. Both envelopes keep their norm, and
//! ‖T_t − T̃_t‖ = ‖α_t − a‖: no oscillation is left in what is computed. For εy → 0 it tends to ‖(e^{iXψ} − 1)a‖ with X = ε²y³ and
//! 24ψ = ∫Ũ‴(x_s)(∂v₀/∂v)³ds ([`TwoScaleAt::eikonal`]): the error of T is min(1, X t) up to constants.

mod envelope;
mod field;
mod regularity;

use std::f64::consts::PI;
use std::sync::Arc;

use kernels::Interaction;
use phase_space::convention::TRANSPORT_SPEED;
use rayon::prelude::*;
use states::{Cat, GaussianMixture};

use super::{Problem, SetUpError};
use crate::Estimate;
use envelope::Envelope;
use field::FieldHistory;

/// What an oscillation is laid over.
#[derive(Clone, Debug)]
pub struct TwoScale {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// B.
    pub smooth: GaussianMixture,
    /// w.
    pub width: f64,
    /// Nothing but the default, unless this is a negative control.
    pub carriage: Carriage,
}

/// How the oscillation is carried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carriage {
    /// ẋ = speed·v; 2 is right.
    pub speed: f64,
    /// What stands before r in the equation of A; −1 is right, since y is i∂ᵥ on W.
    pub symbol: f64,
}

impl Default for Carriage {
    fn default() -> Self {
        Self { speed: TRANSPORT_SPEED, symbol: -1.0 }
    }
}

/// What is measured at one ε, one y and one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoScaleAt {
    /// t.
    pub time: f64,
    /// √(2π)‖B_t − B̃_t‖_{L²}.
    pub smooth: Estimate,
    /// ‖T_t − T̃_t‖/‖T‖ in L², at most 2.
    pub carried: Estimate,
    /// ∫₀ᵗ‖(m − m̃)T̃_s‖ds/‖T‖ with the multipliers m of both dynamics: Duhamel's bound of it (P16.2).
    pub duhamel: Estimate,
    /// ‖(e^{iXψ} − 1)a‖/‖a‖, X = ε²y³: its limit for εy → 0, y → ∞.
    pub eikonal: Estimate,
    /// X‖ψa‖/‖a‖, the phase by which the oscillation is late.
    pub phase: Estimate,
    /// sup|V′∗ρ| of the oscillation for c y^{−s} = 1, which is left out.
    pub own_field: f64,
}

/// How finely.
#[derive(Clone, Copy, Debug)]
struct Fineness {
    /// Points of the envelope in each direction for X = 0, and for each unit of X.
    points: (f64, f64),
    /// Steps in a unit of time.
    steps: usize,
    /// The last p.
    last: usize,
    /// Of W_N and its transform for the grid of B.
    tail: f64,
    /// Largest spacing of the points between which U is interpolated.
    spacing: f64,
}

const FINE: Fineness = Fineness { points: (72.0, 0.06), steps: 16, last: 4, tail: 1e-11, spacing: 0.1 };
const COARSE: Fineness = Fineness { points: (60.0, 0.05), steps: 12, last: 3, tail: 1e-9, spacing: 0.125 };
/// Most points in each direction.
const MOST_POINTS: usize = 512;

impl TwoScale {
    /// The same state on one grid, which must know y: c y^{−s} = `amplitude`.
    ///
    /// # Errors
    /// As [`Cat::new`].
    pub fn whole(&self, amplitude: f64, frequency: f64) -> Result<Problem, SetUpError> {
        let state = Cat::new(self.smooth.clone(), self.width, amplitude, frequency)?;
        Ok(Problem::new(self.interaction.clone(), Arc::new(state)))
    }

    /// ‖Re T‖_HS/√N times `amplitude`, c y^{−s}: √(2π)‖a‖_{L²}/√2 = w/2.
    pub fn size(&self, amplitude: f64) -> f64 {
        0.5 * self.width * amplitude
    }

    /// ‖ω_t−ω̃_t‖_HS/√N with `amplitude` = c y^{−s}: B and T have no frequencies in common, nor have T and its conjugate. What the oscillation's own
    /// field could do to its phase is counted as error.
    pub fn hilbert_schmidt(&self, amplitude: f64, frequency: f64, at: &TwoScaleAt) -> Estimate {
        let (smooth, size) = (at.smooth, self.size(amplitude));
        let value = smooth.value.hypot(size * at.carried.value);
        let own = frequency * amplitude * at.own_field * at.time;
        Estimate::new(value, smooth.error + size * (at.carried.error + own))
    }

    /// ‖c y^{−s}Re T‖²_{H_a^k}, k = 0, …, `orders`, for c y^{−s} = 1.
    pub fn weighted_sobolev_squares(&self, frequency: f64, orders: usize, weight: i32) -> Vec<f64> {
        regularity::squares(self.width, frequency, orders, weight)
    }

    /// At every frequency and every time; times are multiples of ⅛.
    ///
    /// # Errors
    /// [`SetUpError`]: times that do not increase from 0, a scaling or an interaction without a field on the line.
    pub fn measure(
        &self,
        eps: f64,
        frequencies: &[f64],
        times: &[f64],
    ) -> Result<Vec<Vec<TwoScaleAt>>, SetUpError> {
        super::reference::check_times(times)?;
        let field = |fineness: Fineness| FieldHistory::new(self, eps, times, fineness);
        let (fine, coarse) = rayon::join(|| field(FINE), || field(COARSE));
        let fields = [(fine?, FINE), (coarse?, COARSE)];
        let measured = |&y: &f64| {
            let carried = |(field, fineness): &(FieldHistory, Fineness)| {
                Envelope::new(self, eps, y, *fineness).carried(field, times)
            };
            let (fine, coarse) = rayon::join(|| carried(&fields[0]), || carried(&fields[1]));
            (0..times.len())
                .map(|k| {
                    let between = |of: fn(&Carried) -> f64| {
                        let (a, b) = (of(&fine[k]), of(&coarse[k]));
                        Estimate::new(a, (a - b).abs())
                    };
                    let (a, b) = (fields[0].0.smooth()[k], fields[1].0.smooth()[k]);
                    TwoScaleAt {
                        time: times[k],
                        smooth: Estimate::new(a, (a - b).abs()),
                        carried: between(|c| c.relative),
                        duhamel: between(|c| c.duhamel),
                        eikonal: between(|c| c.eikonal),
                        phase: between(|c| c.phase),
                        own_field: fine[k].own_field(self),
                    }
                })
                .collect()
        };
        Ok(frequencies.par_iter().map(measured).collect())
    }
}

/// Of one envelope at one time.
struct Carried {
    relative: f64,
    duhamel: f64,
    eikonal: f64,
    phase: f64,
    /// (x_t, a cos(y v₀)dz) of every point.
    points: Vec<(f64, f64)>,
}

impl Carried {
    /// sup_x|∬V′(x − x_t(z)) a(z) cos(y v₀) dz|; a Fourier transform at y, at most that at the frequency that the grid of z carries.
    fn own_field(&self, problem: &TwoScale) -> f64 {
        let place = |k: i32| 0.5 * f64::from(k);
        let at = |x: f64| {
            let force = |(at, w): &(f64, f64)| w * problem.interaction.derivative(x - at);
            self.points.iter().map(force).filter(|f| f.is_finite()).sum::<f64>().abs()
        };
        (-4..=4).map(|k| at(place(k))).fold(0.0, f64::max)
    }
}

/// ‖a‖²_{L²} = w²/4π.
fn envelope_square(width: f64) -> f64 {
    width * width / (4.0 * PI)
}
