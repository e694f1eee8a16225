#![allow(clippy::unwrap_used, missing_docs)]
use kernels::*;
use phase_space::splitting::Splitting;
use semiclassical_vlasov::radial::*;
use states::radial::*;
use std::time::Instant;
fn main() {
    let state = Plummer::new(15.0, 1.53).unwrap();
    let t = 5.0 * state.crossing_time();
    let v = InversePower::in_space(-15.0, 1.0).unwrap();
    for (radius, h, shells, angles, steps, nodes, splitting) in [
        (30.0, 0.25, 28, 8, 40, 5, Splitting::Order6),
        (30.0, 0.25, 28, 8, 40, 3, Splitting::Order6),
        (30.0, 0.2, 28, 8, 40, 3, Splitting::Order6),
        (30.0, 0.2, 32, 12, 50, 5, Splitting::Order6),
        (24.0, 0.25, 28, 4, 40, 3, Splitting::Order6),
    ] {
        let domain = Domain::covering(radius, state.speed(1e-14), h);
        let w = |r: f64, p: f64, q: f64| state.wigner(r, p, q);
        for flow in [Flow::default()] {
            let clock = Instant::now();
            let s = RadialVlasov::solve_with(
                w,
                &v,
                &domain,
                t,
                Settings {
                    shells,
                    angles,
                    steps,
                    nodes,
                    splitting,
                    tolerance: 1e-7,
                    sweeps: 12,
                    ..Settings::default()
                },
                flow,
            );
            let Ok(s) = s else {
                println!("{:?} {:.2}s", s.err(), clock.elapsed().as_secs_f64());
                continue;
            };
            let rho = s.density(t);
            let err = (0..domain.points)
                .map(|j| (rho[j] - state.density(domain.point(j))).abs())
                .fold(0.0, f64::max)
                / state.density(0.0);
            let rho = s.density(0.);
            let err0 = (0..domain.points)
                .map(|j| (rho[j] - state.density(domain.point(j))).abs())
                .fold(0.0, f64::max)
                / state.density(0.0);
            println!(
                "R {radius} h {h} {shells}x{angles} steps {steps} nodes {nodes} n {}: {:.2}s {:?}\n   err {err:.2e} {err0:.2e}",
                domain.points,
                clock.elapsed().as_secs_f64(),
                s.residuals()
            );
        }
    }
}
