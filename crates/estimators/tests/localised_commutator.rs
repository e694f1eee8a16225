//! tr|[χ_{(r,y)}, ω]| against dense matrices on fine grids, against its limits, and across the seam of the two regimes.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::Instant;

use common::{bare, free, repulsive, resolution};
use kernels::fefferman_de_la_llave::gaussian;
use phase_space::Scaling;
use phase_space::line::WignerFunction;
use semiclassical_estimators::line::{LocalisedCommutator, RadiusLimits};
use transforms::weyl::line::kernel;

const EPS: f64 = 0.125;

fn initial() -> WignerFunction {
    let problem = repulsive();
    problem.initial_on(&resolution(&problem, 1.0).grid).unwrap()
}

/// The full matrix on n points of the whole box.
fn dense(w: &WignerFunction, n: usize, r: f64, y: f64) -> f64 {
    let omega = kernel(w, &Scaling::line(EPS).unwrap(), n).unwrap();
    let chi: Vec<f64> = omega.points().iter().map(|x| gaussian(x - y, r)).collect();
    omega.commutator_with(&chi).unwrap().trace_norm().unwrap()
}

#[test]
fn probe() {
    let w = initial();
    println!("grid {:?}", w.grid());
    let problem = repulsive();
    let w1 = bare(&problem, resolution(&problem, 1.0), EPS, 1.0).vlasov;
    for (w, t) in [(&w, 0), (&w1, 1)] {
        for k in [3, 5, 6] {
            let eps = 0.5_f64.powi(k);
            let start = Instant::now();
            let t0 = LocalisedCommutator::new(w, eps, 0.0).unwrap();
            println!("t {t} eps {eps} setup {:?} {}", start.elapsed(), t0.describe());
            let limits = RadiusLimits::of(w);
            let i = w.grid().x.len() / 2 + 10;
            let y = w.grid().x.point(i);
            for p in -7..10 {
                let r = eps * 2f64.powi(p);
                let start = Instant::now();
                let e = t0.at(r, y).unwrap();
                let time = start.elapsed();
                println!(
                    "  r/eps {:9.4} T {:.9e} ± {:.1e}  narrow {:.4} middle {:.4} wide {:.4}  {time:?}",
                    r / eps, e.value, e.error,
                    e.value / limits.narrow[i] * (eps / r).sqrt(),
                    e.value / limits.middle[i],
                    e.value / limits.wide[i] * r * r,
                );
            }
        }
    }
}
