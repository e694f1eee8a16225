//! Laws of states, transforms, operators and distances together, over random mixtures of Gaussians.

#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use estimators::line::trace_norm;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use proptest::prelude::*;
use states::{Component, GaussianMixture, InitialState};
use transforms::husimi::line::husimi;
use transforms::weyl::line::{kernel, weyl_band};
use transforms::wigner::line::wigner;

const LENGTH: f64 = 22.0;

/// Components stay within 8.2 deviations of a box of length 22 in x and in v, shifts by up to 1 included.
fn grid() -> PhaseGrid {
    let axis = |points| Axis::new(0.0, LENGTH, points).unwrap();
    PhaseGrid::new(axis(160), axis(160))
}

fn component() -> impl Strategy<Value = Component> {
    let place = -1.0..1.0_f64;
    (0.2..1.0_f64, place.clone(), place, 0.6..0.95_f64, 0.6..0.95_f64, -0.3..0.3_f64).prop_map(
        |(weight, x, v, sigma_x, sigma_v, chirp)| Component { weight, x, v, sigma_x, sigma_v, chirp },
    )
}

/// One to three components, σ_xσ_v ≥ 0.36.
fn mixture() -> impl Strategy<Value = GaussianMixture> {
    proptest::collection::vec(component(), 1..4).prop_map(|mut components| {
        let sum: f64 = components.iter().map(|c| c.weight).sum();
        components.iter_mut().for_each(|c| c.weight /= sum);
        GaussianMixture::new(components).unwrap()
    })
}

fn shifted(state: &GaussianMixture, x: f64, v: f64) -> GaussianMixture {
    let moved = |c: &Component| Component { x: c.x + x, v: c.v + v, ..*c };
    GaussianMixture::new(state.components().iter().map(moved).collect()).unwrap()
}

fn on_grid(state: &GaussianMixture) -> WignerFunction {
    grid().sample(|x, v| state.wigner(x, v)).unwrap()
}

fn scaling(inverse: f64) -> Scaling {
    Scaling::line(1.0 / inverse).unwrap()
}

/// πε/h > 11: every velocity of the grid.
fn operator(w: &WignerFunction, scaling: &Scaling) -> DensityOperator {
    kernel(w, scaling, (LENGTH * 11.2 / (PI * scaling.eps())).ceil() as usize).unwrap()
}

fn density_l1(d: &WignerFunction) -> f64 {
    d.density().iter().map(|r| r.abs()).sum::<f64>() * d.grid().x.spacing()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10) })]

    /// ∬W = 1, tr ω = N, ‖ω‖_HS = √(2πN)‖W‖, Wigner∘Weyl = 1, 0 ≤ ω (S.2 and Pauli's lower bound).
    #[test]
    fn a_state_and_its_operator(state in mixture(), inverse in 3.0..6.0_f64) {
        let (w, scaling) = (on_grid(&state), scaling(inverse));
        prop_assert!((w.mass() - 1.0).abs() < 1e-12, "{}", w.mass());
        let omega = operator(&w, &scaling);
        let n = scaling.n();
        prop_assert!((omega.trace() - n).abs() < 1e-11 * n);
        let norm = (TAU * n).sqrt() * w.l2();
        prop_assert!((omega.hilbert_schmidt() - norm).abs() < 1e-11 * norm);
        let back = wigner(&omega, &scaling, w.grid()).unwrap();
        prop_assert!(back.minus(&w).unwrap().sup() < 1e-11);
        let spectrum = omega.eigenvalues().unwrap();
        // σ_xσ_v ≥ 0.36 ≥ ε/2: every component is a thermal state
        prop_assert!(state.smallest_area() >= 0.5 * scaling.eps());
        prop_assert!(spectrum[0] > -1e-10, "{}", spectrum[0]);
        prop_assert!((spectrum.iter().sum::<f64>() - n).abs() < 1e-10 * n);
        let squares: f64 = spectrum.iter().map(|l| l * l).sum();
        prop_assert!((squares.sqrt() - norm).abs() < 1e-10 * norm);
    }

    /// 0 ≤ H ≤ largest eigenvalue/(2π), ∬H = 1.
    #[test]
    fn husimi_lies_between_the_bounds_of_the_operator(state in mixture(), inverse in 3.0..6.0_f64) {
        let (w, scaling) = (on_grid(&state), scaling(inverse));
        let h = husimi(&w, &scaling).unwrap();
        let least = h.values().iter().copied().fold(f64::INFINITY, f64::min);
        let spectrum = operator(&w, &scaling).eigenvalues().unwrap();
        prop_assert!(least > -1e-13 && (h.mass() - 1.0).abs() < 1e-12);
        prop_assert!(h.sup() <= spectrum[spectrum.len() - 1] / TAU + 1e-12);
    }

    /// tr|ω − ω̃| does not change when both move by the same (x, v), and bounds ‖ρ − ρ̃‖_{L¹} (P16.5); ω ↦ tr|ω| is a norm.
    #[test]
    fn trace_distances(
        a in mixture(), b in mixture(), c in mixture(), x in -1.0..1.0_f64, v in -1.0..1.0_f64, inverse in 4.0..16.0_f64,
    ) {
        let scaling = scaling(inverse);
        let difference = |a: &GaussianMixture, b: &GaussianMixture| on_grid(a).minus(&on_grid(b)).unwrap();
        let norm = |d: &WignerFunction| weyl_band(d, &scaling, 1e-9).unwrap().matrix.trace_norm().unwrap();
        let here = difference(&a, &b);
        let there = difference(&shifted(&a, x, v), &shifted(&b, x, v));
        let distance = norm(&here);
        prop_assert!((distance - norm(&there)).abs() < 1e-8, "{distance} {}", norm(&there));
        // the estimate at its own tolerance
        let (p, q) = (trace_norm(&here, scaling.eps(), 0.0, true).unwrap(), trace_norm(&there, scaling.eps(), 0.0, true).unwrap());
        prop_assert!((p.value - q.value).abs() <= p.error + q.error, "{p:?} {q:?}");
        prop_assert!((p.value - distance).abs() <= p.error + 1e-8, "{p:?} {distance}");
        prop_assert!(density_l1(&here) <= distance + 1e-8);
        prop_assert!(distance <= 2.0 + 1e-8);
        let (to_c, from_c) = (norm(&difference(&a, &c)), norm(&difference(&c, &b)));
        prop_assert!(distance <= to_c + from_c + 1e-8);
    }

    /// A symbol carried by the free flow for a time t has the trace norm it had before: the flow is unitary.
    #[test]
    fn the_free_flow_keeps_the_trace_norm(a in mixture(), b in mixture(), t in 0.1..0.6_f64) {
        let eps = 0.125;
        let initial = on_grid(&a).minus(&on_grid(&b)).unwrap();
        let before = trace_norm(&initial, eps, 0.0, true).unwrap();
        let after = trace_norm(&initial.sheared(t), eps, t, true).unwrap();
        prop_assert!((before.value - after.value).abs() < 1e-9, "{before:?} {after:?}");
    }
}
