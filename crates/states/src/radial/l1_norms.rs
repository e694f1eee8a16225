//! ‖∇ₓW‖_{L¹}, ‖∇ᵥW‖_{L¹} and ‖∂_{v₁}W‖_{L¹} in R⁶, for sums of Gaussians about the origin.
//!
//! At x = (r,0,0), v = (v_r,v_t,0) the lengths of the gradients are functions of r, v_r, v_t, integrated with 8π²r²v_t. By rotations the mean of
//! |∂_{v₁}W| over directions is |∇ᵥW|/2, so that ‖∂_{v₁}W‖_{L¹} = ½‖∇ᵥW‖_{L¹}.

use std::f64::consts::PI;

use rayon::prelude::*;

use super::derivatives::{Axis, Derivatives};
use super::{CenteredComponent, RadialState, UNKNOWN};
use crate::Measured;

/// Midpoints to the extent of W, in r and v_t, coarse and fine; twice as many in v_r.
const POINTS: [usize; 2] = [24, 36];

/// W is below this part of its supremum beyond the box.
const TAIL: f64 = 1e-12;

/// The L¹ norms that G16.T3, S.3 and P16.4 ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L1Norms {
    /// ‖∇ₓW‖_{L¹}.
    pub d_x: Measured,
    /// ‖∇ᵥW‖_{L¹}, the limit of tr|K|/(Nε), |K|² = Σ_i|\[x_i,ω\]|².
    pub d_v: Measured,
}

impl L1Norms {
    /// The norms of a state that is a sum of Gaussians; of others nothing is known.
    pub fn of_state(state: &dyn RadialState) -> Self {
        let Some(gaussians) = state.gaussians() else { return Self { d_x: UNKNOWN, d_v: UNKNOWN } };
        let ends = [state.reach(0.0, TAIL), state.speed(TAIL)];
        let [coarse, fine] = POINTS.map(|points| integrals(gaussians, ends, points));
        // v_t dv_t costs the midpoint rule an error of order 2: extrapolated, and the whole step is the error
        let ratio = (POINTS[1] as f64 / POINTS[0] as f64).powi(2) - 1.0;
        let measured = |k: usize| {
            let step = (fine[k] - coarse[k]) / ratio;
            Measured { value: fine[k] + step, error: step.abs() + 1e-12 * fine[k] }
        };
        Self { d_x: measured(0), d_v: measured(1) }
    }

    /// ‖∂_{v₁}W‖_{L¹} = ½‖∇ᵥW‖_{L¹}, the limit of tr|\[x₁,ω\]|/(Nε).
    pub fn d_v1(&self) -> Measured {
        Measured { value: 0.5 * self.d_v.value, error: 0.5 * self.d_v.error }
    }

    /// ‖W‖_{W^{1,1}} = 1 + ‖∇ₓW‖_{L¹} + ‖∇ᵥW‖_{L¹}, the hypothesis of G16.T3, for W ≥ 0.
    pub fn w11(&self) -> Measured {
        Measured { value: 1.0 + self.d_x.value + self.d_v.value, error: self.d_x.error + self.d_v.error }
    }
}

/// 8π²∭(|∇ₓW|, |∇ᵥW|)r²v_t dr dv_r dv_t by the midpoint rule.
fn integrals(gaussians: &[CenteredComponent], [radius, speed]: [f64; 2], points: usize) -> [f64; 2] {
    let (h_r, h_v) = (radius / points as f64, speed / points as f64);
    let middle = |k: usize, h: f64| (k as f64 + 0.5) * h;
    // the derivatives along the two axes are factors
    let across: Vec<Vec<Derivatives>> = (0..points).map(|k| along(gaussians, 0.0, middle(k, h_v))).collect();
    let at_radius = |i: usize| {
        let r = middle(i, h_r);
        let mut sums = [0.0; 2];
        for j in 0..2 * points {
            let first = along(gaussians, r, middle(j, h_v) - speed);
            for (k, second) in across.iter().enumerate() {
                let lengths = gradients(gaussians, &first, second);
                sums.iter_mut().zip(lengths).for_each(|(sum, length)| *sum += middle(k, h_v) * length);
            }
        }
        sums.map(|sum| r * r * sum)
    };
    let shells: Vec<[f64; 2]> = (0..points).into_par_iter().map(at_radius).collect();
    let sum = |k: usize| shells.iter().map(|shell| shell[k]).sum::<f64>();
    [0, 1].map(|k| 8.0 * PI * PI * h_r * h_v * h_v * sum(k))
}

/// The derivatives of each Gaussian along one axis, at x and v.
fn along(gaussians: &[CenteredComponent], x: f64, v: f64) -> Vec<Derivatives> {
    gaussians.iter().map(|gaussian| Axis::of(gaussian).derivatives(x, v, 1)).collect()
}

/// (|∇ₓW|, |∇ᵥW|) from the derivatives along the first two axes, where x = (r,0,0), v = (v_r,v_t,0); the third components vanish.
fn gradients(gaussians: &[CenteredComponent], first: &[Derivatives], second: &[Derivatives]) -> [f64; 2] {
    let (mut d_x, mut d_v) = ([0.0; 2], [0.0; 2]);
    for ((gaussian, first), second) in gaussians.iter().zip(first).zip(second) {
        let height = gaussian.height();
        d_x[0] += height * first[1][0] * second[0][0];
        d_x[1] += height * first[0][0] * second[1][0];
        d_v[0] += height * first[0][1] * second[0][0];
        d_v[1] += height * first[0][0] * second[0][1];
    }
    [d_x, d_v].map(|[a, b]| (a * a + b * b).sqrt())
}
