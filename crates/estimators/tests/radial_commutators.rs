//! tr|K|/(Nε) → ‖∇ᵥW‖_{L¹} in R³ for a state of no oscillator: channels against a sixfold integral.
#![allow(clippy::unwrap_used)]

use operators::radial::VectorCommutator;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use states::radial::{CenteredMixture, L1Norms};
use transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};

#[test]
fn the_vector_commutator_of_a_mixture_tends_to_the_norm_of_its_gradient() {
    let state = CenteredMixture::two_widths().unwrap();
    let limit = L1Norms::of_state(&state).d_v;
    let term = |c: &states::radial::CenteredComponent| GaussianTerm {
        weight: c.weight,
        sigma_x: c.sigma_x,
        sigma_v: c.sigma_v,
        chirp: c.chirp,
    };
    let variables = GaussianVariables::new(state.components().iter().map(term).collect()).unwrap();
    let off = |eps: f64| {
        let grid = RadialGrid::resolving(9.0, eps, 8.0).unwrap();
        let momenta = AngularMomenta::sparse(eps, (28.0 / eps) as usize).unwrap();
        let omega = weyl_channels(&variables, &Scaling::new(3, eps).unwrap(), &grid, &momenta).unwrap();
        let (value, error) = VectorCommutator::new(&omega, 1e-8).unwrap().trace_norm();
        assert!(error < 1e-4 * value, "{value} ± {error}");
        value * eps * eps - limit.value
    };
    let misses = [0.5, 0.25].map(off);
    let extrapolated = (4.0 * misses[1] - misses[0]) / 3.0;
    println!("{limit:?}: {misses:?}, extrapolated {extrapolated:e}");
    let order = (misses[0] / misses[1]).log2();
    assert!((order - 2.0).abs() < 0.2 && misses[1] > 1e-3, "{misses:?} {order}");
    assert!(extrapolated.abs() < limit.error, "{extrapolated:e} {limit:?}");
}
