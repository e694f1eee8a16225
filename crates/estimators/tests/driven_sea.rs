//! A pure state in one external potential: what vanishes, what is conserved, what bounds what, and what is wrong is seen.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use hartree::line::External;
use kernels::{Gaussian, NoInteraction};
use phase_space::line::{Axis, PhaseGrid};
use semiclassical_estimators::line::{Cosine, DrivenSea, Preparation, SeaDistances};

const TIMES: [f64; 2] = [0.25, 0.375];

fn washboard() -> Cosine {
    Cosine { height: 0.5, wave_number: 2.0, centre: 0.3 }
}

fn sea() -> DrivenSea {
    DrivenSea::new(Arc::new(Gaussian::new(1.0, 0.5).unwrap()), washboard())
}

fn ground_state() -> Preparation {
    Preparation::GroundState { trap: External::Harmonic { s: 1.0 } }
}

fn measured(sea: &DrivenSea, n: usize) -> Vec<SeaDistances> {
    sea.measure(1.0 / n as f64, &TIMES).unwrap()
}

#[test]
fn vlasov_conserves_trace_and_norm() {
    for at in measured(&sea(), 12) {
        assert!(at.trace_defect < 1e-10 && at.norm_defect < 1e-6, "{at:?}");
        assert!(at.hilbert_schmidt.value > 0.1 && at.hilbert_schmidt.is_resolved());
    }
}

#[test]
fn without_forces_both_dynamics_are_the_free_flow() {
    // a constant: room in the box, and no force
    let free = DrivenSea::new(Arc::new(NoInteraction), Cosine { wave_number: 0.0, ..washboard() });
    for at in measured(&free, 8) {
        // what is left is what the mask leaves out, and the error says so
        let (hs, trace) = (at.hilbert_schmidt, at.trace);
        assert!(hs.value <= hs.error + 1e-12 && trace.value <= trace.error + 1e-12, "{at:?}");
        assert!(hs.error < 5e-5 && at.dephased.value < 1e-8 && at.beyond_pauli.value < 1e-6);
    }
}

/// ‖ρ−ρ̃‖_{L¹} ≤ tr|ω−ω̃|/N (P16.5), ‖·‖²_HS ≤ ‖·‖ tr|·| with ‖ω−ω̃‖ ≤ 1 + ‖ω̃‖, and H^{−2} below H^{−1} below L¹/√2.
#[test]
fn the_norms_are_in_their_order() {
    for at in measured(&sea(), 16) {
        assert!(at.density_l1.value < at.trace.value);
        let most = 2.0 + at.beyond_pauli.value;
        assert!(at.hilbert_schmidt.value.powi(2) < most * at.trace.value);
        let [one, two] = at.density_negative.map(|e| e.value);
        assert!(0.0 < two && two < one && one < at.density_l1.value / 2.0_f64.sqrt());
    }
}

#[test]
fn orbitals_and_weyl_variables_agree() {
    let off = sea().second_discretisation(1.0 / 8.0, &TIMES).unwrap();
    assert!(off < 1e-5, "{off:.1e}");
}

/// The distance of the finer rung falls, unless the transport is wrong.
#[test]
fn another_transport_speed_is_seen() {
    let wrong = DrivenSea { vlasov_speed: 1.0, ..sea() };
    let [coarse, fine] = [12, 24].map(|n| measured(&wrong, n)[1].hilbert_schmidt.value);
    assert!(fine > 0.5 && (coarse / fine).log2().abs() < 0.1, "{coarse} {fine}");
    let [coarse, fine] = [12, 24].map(|n| measured(&sea(), n)[1].hilbert_schmidt.value);
    assert!((coarse / fine).log2() > 0.15, "{coarse} {fine}");
}

/// Coherences dephase where the force is strong, and not where it is weak: there the distance grows with N.
#[test]
fn a_weak_force_has_not_begun() {
    let weak = DrivenSea { external: Cosine { height: 0.0, ..washboard() }, ..sea() };
    let [coarse, fine] = [12, 24].map(|n| measured(&weak, n)[1]);
    assert!(fine.dephased.value < 0.05 && fine.hilbert_schmidt.value > coarse.hilbert_schmidt.value);
    assert!(measured(&sea(), 24)[1].dephased.value > 0.5);
}

/// Without V the ground state of x² is the sea of x², found by diagonalisation and known in closed form.
#[test]
fn the_ground_state_without_an_interaction_is_the_sea() {
    let sea = DrivenSea::new(Arc::new(NoInteraction), washboard());
    let found = DrivenSea { preparation: ground_state(), ..sea.clone() };
    for (a, b) in measured(&sea, 12).iter().zip(measured(&found, 12)) {
        let off = [a.hilbert_schmidt.value - b.hilbert_schmidt.value, a.trace.value - b.trace.value];
        assert!(off.iter().all(|d| d.abs() < 1e-6) && a.trace.value > 0.1, "{a:?} {b:?}");
        assert!((a.density_l1.value - b.density_l1.value).abs() < 1e-5 && b.dephased.value > 0.5);
    }
}

#[test]
fn the_distance_of_an_interacting_ground_state_falls_unless_the_transport_is_wrong() {
    let right = DrivenSea { preparation: ground_state(), ..sea() };
    let wrong = DrivenSea { vlasov_speed: 1.0, ..right.clone() };
    let order = |sea: &DrivenSea| {
        let [coarse, fine] = [12, 24].map(|n| measured(sea, n)[1].hilbert_schmidt);
        assert!(coarse.is_resolved() && fine.is_resolved());
        (coarse.value / fine.value).log2()
    };
    let (right_order, wrong_order) = (order(&right), order(&wrong));
    assert!(right_order > 0.15 && wrong_order < 0.1, "{right_order} {wrong_order}");
    let off = right.second_discretisation(1.0 / 8.0, &TIMES).unwrap();
    assert!(off < 1e-5, "{off:.1e}");
}

#[test]
fn mixed_data_have_order_two() {
    let grid = PhaseGrid::new(Axis::new(0.0, 24.0, 216).unwrap(), Axis::new(0.0, 16.0, 216).unwrap());
    let thermal = |x: f64, v: f64| (-0.5 * (x * x + v * v)).exp() / std::f64::consts::TAU;
    let at = |n: f64| sea().measure_mixed(thermal, &grid, 1.0 / n, &TIMES).unwrap()[1];
    let (coarse, fine) = (at(16.0), at(32.0));
    let order = (coarse.value / fine.value).log2();
    assert!((order - 2.0).abs() < 0.1 && fine.is_resolved(), "{order} {coarse:?} {fine:?}");
}

#[test]
fn what_makes_no_sense_is_refused() {
    assert!(sea().measure(0.3, &TIMES).is_err());
    assert!(sea().measure(0.125, &[0.5, 0.25]).is_err());
    assert!(sea().measure(0.125, &[]).is_err());
}
