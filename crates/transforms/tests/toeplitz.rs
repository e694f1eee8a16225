//! Superpositions of coherent states: the symbol calculus against the sum over the states themselves.
#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction};
use semiclassical_transforms::TransformError;
use semiclassical_transforms::husimi::line::husimi;
use semiclassical_transforms::toeplitz::line::{superposition, toeplitz};
use semiclassical_transforms::weyl::line::kernel;

/// A mixture without any symmetry, ∬M = 1.
fn symbol() -> WignerFunction {
    let grid = PhaseGrid::new(Axis::new(0.0, 15.0, 60).unwrap(), Axis::new(0.2, 14.0, 64).unwrap());
    let bump = |x: f64, v: f64, s: f64| (-0.5 * (x * x + v * v) / s).exp() / (TAU * s);
    grid.sample(|x, v| 0.7 * bump(x - 0.6, v + 0.3, 0.7) + 0.3 * bump(x + 0.8, v - 1.1, 0.6)).unwrap()
}

#[test]
fn the_smoothed_symbol_is_the_sum_over_the_coherent_states() {
    // the sum over r has to resolve g(x−r)
    let (m, fine) = (symbol(), symbol().refined(2));
    for (eps, width) in [(0.25, 0.5), (0.25, 0.3), (0.4, 0.9)] {
        let scaling = Scaling::line(eps).unwrap();
        let n = (15.0 * 8.5 / (PI * eps)) as usize;
        let w = toeplitz(&m, &scaling, width).unwrap();
        let (fast, slow) =
            (kernel(&w, &scaling, n).unwrap(), superposition(&fine, &scaling, width, n).unwrap());
        let off = fast.minus(&slow).unwrap().hilbert_schmidt() / slow.hilbert_schmidt();
        println!("ε = {eps}, σ = {width}: {off:.2e}");
        assert!(off < 1e-9, "{off:e}");
        assert!((slow.trace() - scaling.n()).abs() < 1e-10 * scaling.n(), "tr ω = {}", slow.trace());
        // M(−p, r): the states e^{−ipx/ε}g(x−r)
        let mirrored = m.grid().sample(|x, v| {
            let bump = |x: f64, v: f64, s: f64| (-0.5 * (x * x + v * v) / s).exp() / (TAU * s);
            0.7 * bump(x - 0.6, -v + 0.3, 0.7) + 0.3 * bump(x + 0.8, -v - 1.1, 0.6)
        });
        let other = superposition(&mirrored.unwrap(), &scaling, width, n).unwrap();
        assert!(other.minus(&slow).unwrap().hilbert_schmidt() > 0.1 * slow.hilbert_schmidt());
    }
}

#[test]
fn the_width_of_the_vacuum_is_the_husimi_transform() {
    let (m, scaling) = (symbol(), Scaling::line(0.3).unwrap());
    let (w, h) = (toeplitz(&m, &scaling, 0.3_f64.sqrt()).unwrap(), husimi(&m, &scaling).unwrap());
    assert!(m.sup() > 0.05 && w.minus(&h).unwrap().sup() < 1e-15);
    assert!(w.minus(&m).unwrap().sup() > 1e-2);
}

#[test]
fn widths_and_points_are_refused() {
    let (m, scaling) = (symbol(), Scaling::line(0.3).unwrap());
    assert_eq!(toeplitz(&m, &scaling, 0.0).unwrap_err(), TransformError::Width(0.0));
    assert!(toeplitz(&m, &scaling, f64::NAN).is_err() && superposition(&m, &scaling, -1.0, 9).is_err());
    assert_eq!(superposition(&m, &scaling, 1.0, 1).unwrap_err(), TransformError::Points(1));
    let radial = Scaling::new(3, 0.5).unwrap();
    assert_eq!(toeplitz(&m, &radial, 1.0).unwrap_err(), TransformError::Dimension(3));
}
