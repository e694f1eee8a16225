//! Hartree in R³ by itself: exact flows, conservation, orders, frames, sparse against full sums, threads.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;
use std::sync::Arc;

use kernels::{Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, ComovingFrame, RadialGrid};
use phase_space::splitting::Splitting;
use semiclassical_hartree::radial::{Barrier, ChannelHartree, Settings};
use transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};

/// Two widths, one with a chirp, seen in a frame with ḃ(0) = β.
fn mixture(beta: f64) -> Vec<GaussianTerm> {
    vec![
        GaussianTerm { weight: 0.6, sigma_x: 1.0, sigma_v: 1.0, chirp: -0.5 * beta },
        GaussianTerm { weight: 0.4, sigma_x: 1.4, sigma_v: 0.9, chirp: -0.3 - 0.5 * beta },
    ]
}

fn channels(terms: Vec<GaussianTerm>, scaling: &Scaling, box_size: [f64; 2], momenta: &AngularMomenta) -> Channels {
    let grid = RadialGrid::resolving(box_size[0], scaling.eps(), box_size[1]).unwrap();
    weyl_channels(&GaussianVariables::new(terms).unwrap(), scaling, &grid, momenta).unwrap()
}

fn start(
    v: &Arc<dyn Interaction>,
    frame: ComovingFrame,
    eps: f64,
    momenta: &AngularMomenta,
    change: impl Fn(&mut Settings),
) -> ChannelHartree {
    let scaling = Scaling::new(3, eps).unwrap();
    let initial = channels(mixture(frame.expansion()), &scaling, [10.0, 8.0], momenta);
    let mut settings = Settings::up_to(64.0);
    change(&mut settings);
    ChannelHartree::new(&initial, v.clone(), &scaling, frame, &settings).unwrap()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    let size = b.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    a.iter().zip(b).fold(0.0_f64, |m, (x, y)| m.max((x - y).abs())) / size
}

#[test]
#[ignore]
fn cost() {
    for inverse in [4.0, 8.0, 16.0] {
        let eps = 1.0 / inverse;
        let v: Arc<dyn Interaction> = Arc::new(InversePower::in_space(1.0, 1.0).unwrap());
        let momenta = AngularMomenta::sparse(eps, (26.0 / eps) as usize).unwrap();
        let clock = std::time::Instant::now();
        let frame = ComovingFrame::new(1.7, -0.15, -0.3).unwrap();
        let mut state = start(&v, frame, eps, &momenta, |_| ());
        println!("ε = 1/{inverse}: n_ℓ {} n {} set up {:?}", momenta.len(), state.density().len(), clock.elapsed());
        println!("{:?}", state.ranks().iter().step_by(8).collect::<Vec<_>>());
        println!("left out {:.1e}, {:?}", state.left_out(), state.invariants().unwrap());
        let clock = std::time::Instant::now();
        state.evolve_to(1.0, 8).unwrap();
        println!("8 steps {:?} {:?}", clock.elapsed(), state.invariants().unwrap());
        let clock = std::time::Instant::now();
        let c = state.channels(50).unwrap();
        println!("bands {:?}", clock.elapsed());
        let _ = c;
    }
}

#[test]
#[ignore]
fn steps() {
    for (alpha, sign, c) in [(1.0, 1.0, -0.3), (1.0, -1.0, 0.3), (0.25, 1.0, -0.1), (1.0, -1.0, 0.0)] {
        let eps = 0.25;
        let v: Arc<dyn Interaction> = Arc::new(InversePower::in_space(sign, alpha).unwrap());
        let momenta = AngularMomenta::sparse(eps, (28.0 / eps) as usize).unwrap();
        let frame = ComovingFrame::new(1.7, -0.15, c).unwrap();
        let at = |steps: usize, change: &dyn Fn(&mut Settings)| {
            let mut state = start(&v, frame, eps, &momenta, change);
            state.evolve_to(1.0, steps).unwrap();
            let e = state.invariants().unwrap();
            (state.channels(60).unwrap(), state.density(), e, state.left_out())
        };
        let best = at(24, &|_| ());
        println!("α {alpha} sign {sign} c {c}: {:?}", best.2);
        for (name, other) in [
            ("12", at(12, &|_| ())),
            ("8", at(8, &|_| ())),
            ("6", at(6, &|_| ())),
            ("4", at(4, &|_| ())),
            ("3", at(3, &|_| ())),
            ("2", at(2, &|_| ())),
            ("12 o4", at(12, &|s| s.splitting = Splitting::Order4)),
            ("6 o4", at(6, &|s| s.splitting = Splitting::Order4)),
            ("6, threshold 1e-10", at(6, &|s| s.threshold = 1e-10)),
            ("6, threshold 1e-9", at(6, &|s| s.threshold = 1e-9)),
            ("6, cutoff 80", at(6, &|s| s.cutoff = 80.0)),
            ("6, cutoff 50", at(6, &|s| s.cutoff = 50.0)),
        ] {
            let d = best.0.minus(&other.0).unwrap().trace_norm().unwrap().0 * eps.powi(3);
            println!("{name}: tr {d:.1e} ρ {:.1e} mass {:.1e} left out {:.1e}", distance(&other.1, &best.1), 1.0 - other.2.mass, other.3);
        }
    }
}
