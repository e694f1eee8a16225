//! ‖ω_t−ω̃_t‖ for W_N = (β+1)/2π·(1−|z|²/2)₊^β, which no grid resolves: Ŵ_N ~ |κ|^{−β−3/2}.
//!
//! W_N is cut off at |κ| = Y by its exact transform, and the rest R is kept in the books. Both dynamics conserve ‖·‖_HS, so that R costs at most
//! 2‖R‖; its waves are far above those on which the distance lives, and late by more than a period, so that squares add:
//!
//! ‖ω_t−ω̃_t‖²_HS/N = 2π(‖D_Y‖² + q‖R‖²), 0 ≤ q ≤ 4, and q = 2 where all phases occur alike.
//!
//! With Y = cε^{−2/3} the cut is the same on every rung in units of the frequency on which the distance lives, and does not bend the order.

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use kernels::Interaction;
use num_complex::Complex64;
use phase_space::fourier::PlaneTransform;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;
use states::RadialBump;

use super::{Problem, SetUpError, trace_norm};
use crate::Estimate;

/// A bump released into its own field.
#[derive(Clone, Debug)]
pub struct RoughRelease {
    /// V.
    pub interaction: Arc<dyn Interaction>,
    /// W_N; β = ½ or an integer.
    pub bump: RadialBump,
    /// c: Y = cε^{−2/3}.
    pub cut: f64,
}

/// At one ε and one time.
#[derive(Clone, Copy, Debug)]
pub struct RoughAt {
    /// ‖ω_t−ω̃_t‖_HS/√N.
    pub hilbert_schmidt: Estimate,
    /// tr|ω_t−ω̃_t|/N of what is below the cut; the rest has no bound in this norm, and the change with the cut is the error.
    pub trace: Estimate,
}

/// What the numbers depend on, besides ε and t.
#[derive(Clone, Copy)]
struct Discretisation {
    /// Y/(cε^{−2/3}).
    cut: f64,
    /// Room in the box for what the force adds to speeds.
    room: f64,
    /// Wave numbers to which the field carries those below Y, in x and in y, over those of free flow.
    carried: f64,
    /// Steps in a unit of time.
    steps: f64,
}

const FINE: Discretisation = Discretisation { cut: 1.0, room: 0.9, carried: 1.25, steps: 10.0 };
/// Another in everything, for the error: a lower cut and fewer steps, but a larger box and a wider margin.
const OTHER: Discretisation = Discretisation { cut: 0.75, room: 1.5, carried: 1.75, steps: 7.0 };

impl RoughRelease {
    /// # Errors
    /// [`SetUpError`]: a β without a transform, or what a problem on the line refuses.
    pub fn measure(&self, eps: f64, time: f64) -> Result<RoughAt, SetUpError> {
        let (fine, other) = rayon::join(|| self.below(eps, time, &FINE), || self.below(eps, time, &OTHER));
        let (fine, other) = (fine?, other?);
        Ok(RoughAt {
            hilbert_schmidt: Estimate::new(
                fine.with_rest(2.0),
                (fine.with_rest(4.0) - fine.with_rest(2.0)).max(fine.with_rest(2.0) - fine.with_rest(0.0))
                    + (fine.with_rest(2.0) - other.with_rest(2.0)).abs(),
            ),
            trace: Estimate::new(
                fine.trace.value,
                fine.trace.error + (fine.trace.value - other.trace.value).abs(),
            ),
        })
    }

    fn below(&self, eps: f64, time: f64, with: &Discretisation) -> Result<Below, SetUpError> {
        let cut = with.cut * self.cut * eps.powf(-2.0 / 3.0);
        let grid = grid(time, cut, with)?;
        let initial = self.cut_off(&grid, cut)?;
        let rest = (self.bump.l2().powi(2) - initial.l2().powi(2)).max(0.0).sqrt();
        let problem = Problem::new(self.interaction.clone(), Arc::new(self.bump));
        let count = (with.steps * time).ceil() as usize;
        let (mut w, mut w_tilde) = (initial.clone(), initial);
        problem.hartree(&grid, eps, Splitting::Order6)?.evolve(&mut w, time, count);
        problem.vlasov(&grid, Splitting::Order6)?.evolve(&mut w_tilde, time, count);
        let difference = w.minus(&w_tilde)?;
        Ok(Below { difference: difference.l2(), rest, trace: trace_norm(&difference, eps, time, true)? })
    }

    /// Σ_{|κ|≤Y}Ŵ(κ)e^{iκ·z}/(L_xL_v).
    fn cut_off(&self, grid: &PhaseGrid, cut: f64) -> Result<WignerFunction, SetUpError> {
        let (n_x, n_v) = (grid.x.len(), grid.v.len());
        let scale = 1.0 / grid.cell();
        let mut modes = Vec::with_capacity(n_x * n_v);
        for a in 0..n_x {
            let k = signed(&grid.x, a);
            for b in 0..n_v {
                let y = signed(&grid.v, b);
                let kappa = k.hypot(y);
                let value = if kappa <= cut { self.bump.fourier(kappa) } else { Some(0.0) };
                let value = value.ok_or(SetUpError::NoTransform { beta: self.bump.beta() })?;
                modes.push(Complex64::from_polar(scale * value, k * grid.x.start() + y * grid.v.start()));
            }
        }
        PlaneTransform::new(n_x, n_v).inverse(&mut modes);
        Ok(WignerFunction::new(*grid, modes.iter().map(|w| w.re).collect())?)
    }
}

/// The disc of radius √2 after free flow, and wave numbers |k|, |y − 2tk| of those below the cut.
fn grid(time: f64, cut: f64, with: &Discretisation) -> Result<PhaseGrid, SetUpError> {
    let speed = 2.0_f64.sqrt() + with.room;
    let reach = 2.0_f64.sqrt() + 2.0 * time * speed;
    let axis = |half: f64, highest: f64| {
        Axis::new(0.0, 2.0 * half, friendly_length((2.0 * half * highest / PI).ceil() as usize))
    };
    let along_v = with.carried * cut * (1.0 + 4.0 * time * time).sqrt();
    Ok(PhaseGrid::new(axis(reach + 0.6, with.carried * cut)?, axis(speed + 0.3, along_v)?))
}

/// 2πk/L for k < n/2, and 2π(k−n)/L beyond.
fn signed(axis: &Axis, k: usize) -> f64 {
    if 2 * k < axis.len() { axis.wave_number(k) } else { -axis.wave_number(axis.len() - k) }
}

/// What is below the cut, and the norm of what is above.
struct Below {
    difference: f64,
    rest: f64,
    trace: Estimate,
}

impl Below {
    /// √(2π(‖D_Y‖² + q‖R‖²)).
    fn with_rest(&self, q: f64) -> f64 {
        (TAU * (self.difference.powi(2) + q * self.rest.powi(2))).sqrt()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use kernels::Gaussian;

    use super::*;

    fn release(beta: f64) -> RoughRelease {
        let interaction = Arc::new(Gaussian::new(4.0, 1.0).unwrap());
        RoughRelease { interaction, bump: RadialBump::new(beta).unwrap(), cut: 16.0 }
    }

    /// The cut-off function is the bump itself up to what is above the cut, in L².
    #[test]
    fn what_is_cut_off_is_what_is_missing() {
        for beta in [0.0, 0.5, 1.0, 3.0] {
            let release = release(beta);
            let grid = grid(0.5, 60.0, &FINE).unwrap();
            let (grid, few) = (grid.coarsened(1.0), release.cut_off(&grid, 60.0).unwrap());
            let exact = grid.sample(|x, v| states::InitialState::wigner(&release.bump, x, v)).unwrap();
            let rest = (release.bump.l2().powi(2) - few.l2().powi(2)).max(0.0).sqrt();
            let missing = exact.minus(&few).unwrap().l2();
            assert!((few.mass() - 1.0).abs() < 1e-12, "{beta}: {}", few.mass());
            // the samples of a jump have the measure of their cells for an error
            assert!((missing / rest - 1.0).abs() < 0.2 || rest < 1e-4, "{beta}: {missing:.2e} {rest:.2e}");
        }
    }

    /// What a lower cut leaves out is within its error.
    #[test]
    fn the_rest_is_in_the_books() {
        for beta in [0.0, 1.0] {
            let high = release(beta).measure(0.125, 0.5).unwrap().hilbert_schmidt;
            let low = RoughRelease { cut: 8.0, ..release(beta) }.measure(0.125, 0.5).unwrap().hilbert_schmidt;
            assert!((high.value - low.value).abs() < low.error && high.error < low.error, "{high:?} {low:?}");
        }
    }
}
