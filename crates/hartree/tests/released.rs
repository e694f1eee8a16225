//! Ground states as initial data of the dynamics, which shares neither basis nor mean field with them.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernels::{Interaction, InversePower};
use phase_space::radial::{ComovingFrame, RadialGrid};
use semiclassical_hartree::radial::closed_shells::{
    ClosedShells, Convergence, GroundState, GroundStateError, RadialFunctions, ground_state,
};
use semiclassical_hartree::radial::{ChannelHartree, Settings};

fn gravity() -> Arc<dyn Interaction> {
    Arc::new(InversePower::in_space(-6.0, 1.0).unwrap())
}

/// Ten fermions held by their own gravity.
fn star(exchange: f64, functions: &RadialFunctions) -> GroundState {
    let problem = ClosedShells::free(10, gravity()).unwrap().with_exchange(exchange);
    ground_state(&problem, functions, &Convergence::default()).unwrap()
}

fn sturmian() -> RadialFunctions {
    RadialFunctions::sturmian(3.0, 28, 3).unwrap()
}

#[test]
fn a_star_is_the_same_in_every_basis_and_obeys_the_virial_theorem() {
    let eps = 10.0_f64.powf(-1.0 / 3.0);
    for exchange in [0.0, 1.0] {
        let star = self::star(exchange, &sturmian());
        let e = star.energy();
        assert!((e.total() / e.kinetic + 1.0).abs() < 1e-8 && e.kinetic > 1.0, "{e:?}");
        let others = [
            RadialFunctions::oscillator(eps, 0.6, 24, 3).unwrap(),
            RadialFunctions::sturmian(2.0, 28, 3).unwrap(),
        ];
        for functions in others {
            let other = self::star(exchange, &functions).energy().total();
            assert!((other - e.total()).abs() < 1e-7, "{functions:?}: {other} {e:?}");
        }
    }
}

#[test]
fn a_star_stands_still_and_with_half_its_gravity_it_does_not() {
    let star = self::star(0.0, &sturmian());
    let scaling = star.problem().scaling().unwrap();
    let grid = RadialGrid::resolving(10.0, scaling.eps(), 12.0).unwrap();
    let initial = star.channels(&grid).unwrap();
    // b = 1 at all times
    let frame = ComovingFrame::new(1.5, 0.0, 1.5 * 1.5).unwrap();
    let moved = |v: Arc<dyn Interaction>, steps: usize| {
        let settings = Settings::up_to(140.0);
        let mut state = ChannelHartree::new(&initial, v, &scaling, frame, &settings).unwrap();
        let (before, energy) = (state.density(), state.invariants().unwrap().energy);
        state.evolve_to(0.5, steps).unwrap();
        let largest = before.iter().fold(0.0_f64, |m, x| m.max(*x));
        let change = before.iter().zip(state.density()).map(|(a, b)| (a - b).abs()).fold(0.0_f64, f64::max);
        (energy, change / largest)
    };
    let (energy, change) = moved(gravity(), 16);
    // no basis, no mean field and no kinetic energy in common
    assert!((energy - star.energy().total() / 10.0).abs() < 1e-7, "{energy} {:?}", star.energy());
    assert!(change < 1e-5, "{change:.1e}");
    let (_, change) = moved(Arc::new(InversePower::in_space(-3.0, 1.0).unwrap()), 4);
    assert!(change > 0.1, "{change:.1e}");
}

#[test]
fn what_loses_particles_is_refused() {
    let star = self::star(0.0, &sturmian());
    let refused = star.channels(&RadialGrid::new(1.0, 40).unwrap());
    assert!(matches!(refused, Err(GroundStateError::Released { .. })));
    // repulsion holds nothing together
    let problem = ClosedShells::free(4, Arc::new(InversePower::in_space(1.0, 1.0).unwrap())).unwrap();
    let refused = ground_state(&problem, &sturmian(), &Convergence::default()).map(|s| s.energy());
    assert!(matches!(refused, Err(GroundStateError::Unbound { .. })), "{refused:?}");
}
