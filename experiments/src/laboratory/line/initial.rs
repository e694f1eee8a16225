//! What the hypotheses ask of the initial state alone.

use estimators::Estimate;
use estimators::line::trace_norm;
use kernels::Measured;
use phase_space::Scaling;
use phase_space::line::WignerFunction;
use states::InitialState;
use states::line::local_sup::{ForceWindow, local_sup_of_state};
use states::line::weighted_sobolev::{L1Norms, WEIGHT, sobolev_norms};
use transforms::weyl::line::{WeylBand, weyl_band};

use crate::facade::LaboratoryError;
use crate::laboratory::Values;

/// Smallest ε at which spectra of the initial state are computed for a hypothesis.
const SPECTRA_DOWN_TO: f64 = 1.0 / 128.0;
/// The same for 0 ≤ ω ≤ 1.
const PAULI_DOWN_TO: f64 = 1.0 / 32.0;
/// What the matrices of ω_N may leave out.
const MATRIX_ACCURACY: f64 = 1e-10;
/// Where W_N is cut off.
const TAIL: f64 = 1e-14;
/// A grid finer and longer, for the error of an integral over the first.
const FINER_TAIL: f64 = 1e-16;

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

/// W_N on a grid of its own, cut off where it is below round-off.
fn sampled(state: &dyn InitialState, tail: f64) -> Result<WignerFunction, LaboratoryError> {
    let grid = states::line::static_grid(state, tail).map_err(refused)?;
    WignerFunction::sample(&grid, |x, v| state.wigner(x, v)).map_err(refused)
}

/// ‖W_N‖_{H_4^s}.
pub fn weighted_sobolev(state: &dyn InitialState, s: u32) -> Result<Option<Measured>, LaboratoryError> {
    Ok(sobolev_norms(state, s, WEIGHT).map_err(refused)?.last().copied())
}

/// ‖W_N‖_{W^{1,1}}.
pub fn w11(state: &dyn InitialState) -> Result<Measured, LaboratoryError> {
    Ok(L1Norms::of_state(state).map_err(refused)?.w11())
}

/// S_l(R,T) of W_N.
pub fn local_sup(
    state: &dyn InitialState,
    order: u32,
    window: ForceWindow,
) -> Result<Measured, LaboratoryError> {
    local_sup_of_state(state, order, window).map_err(refused)
}

/// ∬|v|^m W_N dx dv; the change on a longer and finer grid is the error.
pub fn velocity_moment(state: &dyn InitialState, m: u32) -> Result<Measured, LaboratoryError> {
    let moment = |tail: f64| {
        Ok::<_, LaboratoryError>(sampled(state, tail)?.expectation(|_, v| v.abs().powi(m as i32)))
    };
    let (coarse, value) = (moment(TAIL)?, moment(FINER_TAIL)?);
    // the sum of some 10⁵ numbers carries a relative round-off near 1e-14
    Ok(Measured { value, error: (value - coarse).abs() + 1e-14 * value })
}

/// tr|Op(S)|/N of a symbol of the initial state: [x,ω]/ε and [ε∇,ω]/ε have the symbols i∂ᵥW and ∂ₓW.
pub fn trace_norms(
    state: &dyn InitialState,
    epsilon: &[f64],
    symbol: fn(&WignerFunction) -> WignerFunction,
) -> Result<Values, LaboratoryError> {
    let s = symbol(&sampled(state, TAIL)?);
    epsilon
        .iter()
        .filter(|&&eps| eps >= SPECTRA_DOWN_TO)
        .map(|&eps| Ok((Some(eps), trace_norm(&s, eps, 0.0, true)?)))
        .collect()
}

/// max(0, −λ_min, λ_max − 1) of ω_N.
pub fn pauli(state: &dyn InitialState, epsilon: &[f64]) -> Result<Values, LaboratoryError> {
    let w = sampled(state, TAIL)?;
    // the coarsest ε always, the finer ones as far as the matrices stay small
    let affordable = |(rung, eps): &(usize, &f64)| *rung == 0 || **eps >= PAULI_DOWN_TO;
    let rungs = epsilon.iter().enumerate().filter(affordable).map(|(_, eps)| *eps);
    rungs
        .map(|eps| {
            let scaling = Scaling::line(eps).map_err(refused)?;
            let band = weyl_band(&w, &scaling, MATRIX_ACCURACY).map_err(refused)?;
            let (low, high) = band.matrix.spectrum_extent().map_err(refused)?;
            let n = scaling.n();
            let distance = (-n * low).max(n * high - 1.0).max(0.0);
            Ok((Some(eps), Estimate::new(distance, n * band.left_out)))
        })
        .collect()
}

/// tr(−ε²Δ)ω_N/N along the ladder, from the matrix of ω_N; its distance from ∬v²W_N, which it equals exactly, adds to the error.
pub fn kinetic_energy(state: &dyn InitialState, epsilon: &[f64]) -> Result<Values, LaboratoryError> {
    let w = sampled(state, TAIL)?;
    let symbol = w.expectation(|_, v| v * v);
    let rungs = epsilon.iter().enumerate().filter(|(rung, eps)| *rung == 0 || **eps >= SPECTRA_DOWN_TO);
    rungs
        .map(|(_, &eps)| {
            let scaling = Scaling::line(eps).map_err(refused)?;
            let band = weyl_band(&w, &scaling, MATRIX_ACCURACY).map_err(refused)?;
            let kinetic = kinetic_of(&band, eps);
            Ok((Some(eps), Estimate::new(kinetic.value, kinetic.error + (kinetic.value - symbol).abs())))
        })
        .collect()
}

/// tr(−ε²Δ)ω/N from A_ij = hω(x_i;x_j)/N in the basis of sinc functions, where −iε∇ and −ε²Δ have the matrices
///
/// P_jk = −iε(−1)^{j−k}/(h(j−k)),  P_jj = 0;  T_jk = 2ε²(−1)^{j−k}/(h²(j−k)²),  T_jj = π²ε²/(3h²).
///
/// The matrix is that of e^{−iv_cx/ε} ω e^{iv_cx/ε}/N, so that the trace is tr(P + v_c)²A = tr TA + 2v_c tr PA + v_c² tr A.
/// ‖(P + v_c)²‖ = (πε/h + |v_c|)² times what the matrix leaves out is the error.
fn kinetic_of(band: &WeylBand, eps: f64) -> Estimate {
    let step = eps / band.spacing;
    let (mut square, mut linear) = (0.0, 0.0);
    for d in 1..=band.matrix.half_bandwidth() {
        let sign = if d % 2 == 0 { 1.0 } else { -1.0 };
        let along: num_complex::Complex64 = band.matrix.diagonal(d).iter().sum();
        square += 4.0 * sign * (step / d as f64).powi(2) * along.re;
        linear -= 2.0 * sign * step / d as f64 * along.im;
    }
    let (trace, v_c) = (band.matrix.trace(), band.momentum);
    square += (std::f64::consts::PI * step).powi(2) / 3.0 * trace;
    let largest = (std::f64::consts::PI * step + v_c.abs()).powi(2);
    Estimate::new(square + 2.0 * v_c * linear + v_c * v_c * trace, largest * band.left_out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use states::{Component, FermiDirac, GaussianMixture};

    use super::*;

    /// tr(−ε²Δ)ω = N∬v²W exactly, at every ε.
    #[test]
    fn the_kinetic_energy_is_that_of_the_symbol() {
        let moving = Component { weight: 1.0, x: 0.3, v: 1.7, sigma_x: 0.8, sigma_v: 0.9, chirp: 0.6 };
        let states: [(Box<dyn InitialState>, Option<f64>); 3] = [
            (Box::new(GaussianMixture::two_bumps().unwrap()), Some(0.81 + 0.25)),
            (
                Box::new(GaussianMixture::new(vec![moving]).unwrap()),
                Some(1.7_f64.powi(2) + 0.81 + 0.36 * 0.64),
            ),
            (Box::new(FermiDirac::new(1.0).unwrap()), None),
        ];
        for (state, exact) in &states {
            let symbol = velocity_moment(state.as_ref(), 2).unwrap();
            if let Some(exact) = exact {
                assert!((symbol.value - exact).abs() < 1e-12 * exact);
            }
            let w = sampled(state.as_ref(), TAIL).unwrap();
            for eps in [0.125, 1.0 / 32.0] {
                let scaling = Scaling::line(eps).unwrap();
                let kinetic = kinetic_of(&weyl_band(&w, &scaling, MATRIX_ACCURACY).unwrap(), eps);
                let off = (kinetic.value - symbol.value).abs();
                println!("{} {eps:?}: {kinetic:?}, off by {off:.1e}", state.name());
                assert!(off <= kinetic.error + symbol.error && kinetic.error < 1e-6, "{off:e} {kinetic:?}");
            }
        }
    }

    #[test]
    fn the_moments_of_a_gaussian_are_exact() {
        let state = GaussianMixture::single(1.2, 0.9).unwrap();
        for (m, exact) in [(0, 1.0), (2, 0.81), (4, 3.0 * 0.81_f64.powi(2)), (6, 15.0 * 0.81_f64.powi(3))] {
            let moment = velocity_moment(&state, m).unwrap();
            assert!((moment.value - exact).abs() <= moment.error.max(1e-13), "{m}: {moment:?} {exact}");
        }
    }

    /// s = 6, where differentiation multiplies round-off by k⁶ and the weight by (1+z²)⁴.
    #[test]
    fn six_derivatives_are_resolved() {
        for state in [
            Box::new(GaussianMixture::two_bumps().unwrap()) as Box<dyn InitialState>,
            Box::new(FermiDirac::new(1.0).unwrap()),
        ] {
            let norm = weighted_sobolev(state.as_ref(), 6).unwrap().unwrap();
            println!("{}: {norm:?}", state.name());
            assert!(norm.value > 1e2 && norm.error < 1e-4 * norm.value, "{}: {norm:?}", state.name());
        }
    }
}
