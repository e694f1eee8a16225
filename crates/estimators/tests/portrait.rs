//! Portraits of a release: the free flow in closed form, both solvers in Weyl variables, marginals, and what is refused.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use hartree::line::{External, Orbitals, WeylHartree};
use kernels::{Gaussian, Interaction, NoInteraction};
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use phase_space::splitting::Splitting;
use semiclassical_estimators::line::{Preparation, Release, ReleasePortrait};
use vlasov::line::WeylVlasov;

const TIME: f64 = 0.5;

fn release(v: impl Interaction + 'static) -> Release {
    Release::new(Arc::new(v), Preparation::OscillatorSea { s: 1.0 })
}

fn farthest(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).fold(0.0, |m: f64, (a, b)| m.max((a - b).abs()))
}

/// `[row·n_x + column]` of f at the pixels.
fn at_pixels(portrait: &ReleasePortrait, f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let row = |v: &f64| portrait.columns.iter().map(|x| f(*x, *v)).collect::<Vec<_>>();
    portrait.rows.iter().flat_map(row).collect()
}

#[test]
fn without_interaction_both_are_the_sheared_sea() {
    let (n, portrait) = (16.0, release(NoInteraction).portrait(1.0 / 16.0, TIME, 64).unwrap());
    let full = [1.0; 16];
    let w = Orbitals::oscillator_wigner_at(Scaling::line(1.0 / n).unwrap(), 1.0, &full).unwrap();
    let exact = at_pixels(&portrait, |x, v| w(x - 2.0 * v * TIME, v));
    assert!(farthest(&portrait.vlasov, &exact) < 1e-12);
    assert!(farthest(&portrait.hartree, &exact) < 1e-8, "{:e}", farthest(&portrait.hartree, &exact));
    assert!(farthest(&portrait.initial, &at_pixels(&portrait, &w)) < 1e-14);
    assert!(farthest(&portrait.hartree_density, &portrait.vlasov_density) < 1e-8);
    assert!(farthest(&portrait.initial, &exact) > 0.1);
}

/// W on a rectangle that holds it and of which the pixels are points, by a solver in Weyl variables.
fn in_weyl_variables(
    portrait: &ReleasePortrait,
    eps: f64,
    evolve: impl Fn(&PhaseGrid, &mut WignerFunction),
) -> Vec<f64> {
    let pixels = portrait.columns.len();
    // points at half the distance of the pixels, centred as they are
    let axis = |centres: &[f64]| {
        let spacing = 0.5 * (centres[1] - centres[0]);
        Axis::new(0.0, 4.0 * pixels as f64 * spacing, 4 * pixels).unwrap()
    };
    let grid = PhaseGrid::new(axis(&portrait.columns), axis(&portrait.rows));
    let mut w = Orbitals::oscillator_sea_wigner(&grid, Scaling::line(eps).unwrap(), 1.0).unwrap();
    evolve(&grid, &mut w);
    let at = |pixel: usize| pixels + 1 + 2 * pixel;
    let value = |p: usize| w.values()[at(p % pixels) * 4 * pixels + at(p / pixels)];
    (0..pixels * pixels).map(value).collect()
}

#[test]
fn both_are_those_of_the_solvers_in_weyl_variables() {
    let (eps, v) = (0.125, Gaussian::new(1.0, 1.0).unwrap());
    let portrait = release(v).portrait(eps, TIME, 96).unwrap();
    let vlasov = in_weyl_variables(&portrait, eps, |grid, w| {
        WeylVlasov::new(grid, &v, Splitting::Order6).unwrap().evolve(w, TIME, 16);
    });
    let hartree = in_weyl_variables(&portrait, eps, |grid, w| {
        let scaling = Scaling::line(eps).unwrap();
        WeylHartree::new(grid, &v, scaling, Splitting::Order6).unwrap().evolve(w, TIME, 16);
    });
    let (of_vlasov, of_hartree) =
        (farthest(&portrait.vlasov, &vlasov), farthest(&portrait.hartree, &hartree));
    assert!(of_vlasov < 1e-5 && of_hartree < 1e-5, "{of_vlasov:e} {of_hartree:e}");
    // and the two are not the same
    assert!(farthest(&portrait.hartree, &portrait.vlasov) > 1e-3);
    let slow = Release { vlasov_speed: 1.0, ..release(v) }.portrait(eps, TIME, 96).unwrap();
    assert_eq!(slow.columns, portrait.columns);
    assert!(farthest(&slow.vlasov, &vlasov) > 0.1, "v for 2v is seen");
}

#[test]
fn densities_are_the_marginals() {
    let portrait = release(Gaussian::new(1.0, 1.0).unwrap()).portrait(1.0 / 16.0, TIME, 96).unwrap();
    let (pixels, h) = (portrait.columns.len(), portrait.rows[1] - portrait.rows[0]);
    let marginal = |w: &[f64]| -> Vec<f64> {
        (0..pixels).map(|c| w[c..].iter().step_by(pixels).sum::<f64>() * h).collect()
    };
    // the middle one of the three points of a pixel is its centre
    let middle = |rho: &[f64]| rho.iter().skip(1).step_by(3).copied().collect::<Vec<_>>();
    assert!(farthest(&middle(&portrait.x), &portrait.columns) < 1e-12);
    for (w, rho) in [
        (&portrait.initial, &portrait.initial_density),
        (&portrait.hartree, &portrait.hartree_density),
        (&portrait.vlasov, &portrait.vlasov_density),
    ] {
        assert!(farthest(&marginal(w), &middle(rho)) < 2e-3, "{:e}", farthest(&marginal(w), &middle(rho)));
        let mass = rho.iter().sum::<f64>() * (portrait.x[1] - portrait.x[0]);
        assert!((mass - 1.0).abs() < 1e-3, "{mass}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let sea = release(Gaussian::new(1.0, 1.0).unwrap());
    assert!(sea.portrait(1.0 / 16.0, TIME, 63).is_err(), "an odd number of pixels");
    assert!(sea.portrait(1.0 / 64.0, TIME, 32).is_err(), "too few pixels for the coherences");
    assert!(sea.portrait(0.3, TIME, 64).is_err(), "1/ε is no number of particles");
    let trap = External::Harmonic { s: 1.0 };
    let trapped = Release { preparation: Preparation::GroundState { trap }, ..sea };
    assert!(trapped.portrait(0.125, TIME, 64).is_err());
}
