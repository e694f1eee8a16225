//! Vlasov in R³ by itself: exact solutions, conservation, orders, a steady state.

#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use kernels::{Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use phase_space::splitting::Splitting;
use semiclassical_vlasov::VlasovError;
use semiclassical_vlasov::radial::{Domain, Flow, RadialVlasov, Settings};
use states::radial::{CenteredMixture, Plummer, RadialState};

fn mixture() -> CenteredMixture {
    CenteredMixture::two_widths().unwrap()
}

/// A solution for the mixture of two widths, on a domain that holds its free flow.
fn solve(
    interaction: &dyn Interaction,
    duration: f64,
    settings: Settings,
    flow: Flow,
) -> RadialVlasov<impl Fn(f64, f64, f64) -> f64 + Sync + use<>> {
    let state = mixture();
    let domain = Domain::covering(state.reach(duration, 1e-12), state.speed(1e-14), 0.35);
    let initial = move |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
    RadialVlasov::solve_with(initial, interaction, &domain, duration, settings, flow).unwrap()
}

/// Cheap: the velocity integral to about 1e-9.
fn quick() -> Settings {
    Settings { nodes: 9, steps: 4, shells: 16, angles: 10, tolerance: 1e-11, ..Settings::default() }
}

/// max|ρ − exact|/max ρ.
fn error(rho: &[f64], domain: &Domain, exact: impl Fn(f64) -> f64) -> f64 {
    let largest = rho.iter().fold(0.0_f64, |m, rho| m.max(rho.abs()));
    let worst = rho.iter().enumerate().map(|(j, rho)| (rho - exact(domain.point(j))).abs());
    worst.fold(0.0, f64::max) / largest
}

/// ρ(r) after a linear flow x(t) = a x + b v: each coordinate is normal of deviation √(σ_x²(a + bc)² + σ_v²b²).
fn linear_flow(a: f64, b: f64) -> impl Fn(f64) -> f64 {
    let state = mixture();
    move |r| {
        let normal =
            |deviation: f64| (-0.5 * (r / deviation).powi(2)).exp() / ((2.0 * PI).sqrt() * deviation).powi(3);
        let deviation =
            |c: &states::radial::CenteredComponent| (c.sigma_x * (a + b * c.chirp)).hypot(c.sigma_v * b);
        state.components().iter().map(|c| c.weight * normal(deviation(c))).sum()
    }
}

#[test]
fn free_flow_is_exact_and_v_for_2v_is_not() {
    let settings = Settings { nodes: 2, steps: 1, shells: 20, angles: 14, ..quick() };
    let (right, wrong) = (Flow::default(), Flow { speed: 1.0, ..Flow::default() });
    let [right, wrong] = [right, wrong].map(|flow| solve(&NoInteraction, 1.0, settings, flow));
    for t in [0.0, 0.4, 1.0] {
        let exact = linear_flow(1.0, 2.0 * t);
        let (good, bad) = (
            error(&right.density(t), right.domain(), &exact),
            error(&wrong.density(t), wrong.domain(), &exact),
        );
        assert!(good < 1e-11, "{t}: {good:.1e}");
        assert!(bad > 0.1 || t == 0.0, "{t}: {bad:.1e}");
    }
    // W(x,v,t) = W₀(x − 2tv, v) at x = (1.2, 0, 0), v = (0.3, −0.5, 0), t = 0.4, where x − 2tv = (0.96, 0.4, 0)
    let r = 0.96_f64.hypot(0.4);
    let exact = mixture().wigner(r, (0.96 * 0.3 - 0.4 * 0.5) / r, (0.96 * 0.5 + 0.4 * 0.3) / r);
    let value = right.at(0.4).wigner(1.2, 0.3, 0.5);
    assert!((value / exact - 1.0).abs() < 1e-13, "{value} {exact}");
}

/// At late times W(r,·) is a small ellipsoid about v = x/2t, far from where it began: the search must find it.
#[test]
fn the_velocities_are_found_at_late_times() {
    let state = mixture();
    let domain = Domain::covering(state.reach(4.0, 1e-12), state.speed(1e-14), 0.7);
    let settings = Settings { nodes: 9, steps: 1, shells: 20, angles: 20, ..quick() };
    let initial = |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
    let solution = RadialVlasov::solve(initial, &NoInteraction, &domain, 4.0, settings).unwrap();
    for t in [1.3, 4.0] {
        let error = error(&solution.density(t), &domain, linear_flow(1.0, 2.0 * t));
        assert!(error < 1e-11, "{t}: {error:.1e}");
    }
    assert!(solution.residuals().mass < 1e-9, "{:?}", solution.residuals());
}

/// ẋ = 2v, v̇ = −κx: a rotation by Ωt, Ω = √(2κ), x(t) = x cos Ωt + (2/Ω)v sin Ωt.
#[test]
fn a_harmonic_field_rotates_and_misprints_do_not() {
    let (kappa, t) = (0.9_f64, 0.8);
    let omega = (2.0 * kappa).sqrt();
    let exact = linear_flow((omega * t).cos(), 2.0 / omega * (omega * t).sin());
    let miss = |flow| {
        // this kick is no perturbation: it turns the whole flow
        let settings = Settings { splitting: Splitting::Order6, ..quick() };
        let solution = solve(&Quadratic::new(kappa).unwrap(), t, settings, flow);
        error(&solution.density(t), solution.domain(), &exact)
    };
    let right = miss(Flow::default());
    assert!(right < 1e-9, "{right:.1e}");
    let (slow, flipped) =
        (miss(Flow { speed: 1.0, ..Flow::default() }), miss(Flow { force: -1.0, ..Flow::default() }));
    assert!(slow > 0.01 && flipped > 0.01, "{slow:.1e} {flipped:.1e}");
}

#[test]
fn mass_energy_and_casimir_are_conserved_for_coulomb_gravity_and_a_gaussian() {
    let settings = Settings { nodes: 9, steps: 3, shells: 18, angles: 14, ..Settings::default() };
    let interactions: [Box<dyn Interaction>; 3] = [
        Box::new(InversePower::in_space(2.0, 1.0).unwrap()),
        Box::new(InversePower::in_space(-2.0, 1.0).unwrap()),
        Box::new(Gaussian::new(3.0, 1.0).unwrap()),
    ];
    for interaction in interactions {
        let solution = solve(&*interaction, 0.4, settings, Flow::default());
        let (first, last) = (solution.invariants(0.0), solution.invariants(0.4));
        let name = interaction.name();
        assert!((first.mass - 1.0).abs() < 1e-9 && (last.mass - 1.0).abs() < 1e-9, "{name}: {last:?}");
        assert!((last.energy / first.energy - 1.0).abs() < 1e-9, "{name}: {first:?} {last:?}");
        assert!((last.casimir / first.casimir - 1.0).abs() < 1e-7, "{name}: {first:?} {last:?}");
        // what is conserved is not what stands still
        let moved = error(&solution.density(0.4), solution.domain(), |r| mixture().density(r));
        assert!(moved > 0.1 && first.energy.abs() > 1.0, "{name}: {moved}");
    }
}

/// For V = 0 the flipped force and the right one conserve the same; with a force, only the right one conserves the energy.
#[test]
fn misprints_do_not_conserve_the_energy() {
    let coulomb = InversePower::in_space(2.0, 1.0).unwrap();
    for flow in [Flow { speed: 1.0, ..Flow::default() }, Flow { force: -1.0, ..Flow::default() }] {
        let solution = solve(&coulomb, 0.5, quick(), flow);
        let (first, last) = (solution.invariants(0.0), solution.invariants(0.5));
        assert!((last.energy / first.energy - 1.0).abs() > 1e-3, "{flow:?}");
        // the mass is conserved by any flow without divergence, wrong ones as well
        assert!((last.mass / first.mass - 1.0).abs() < 1e-6, "{flow:?}");
    }
}

#[test]
fn picards_iteration_settles_on_one_solution() {
    let coulomb = InversePower::in_space(-4.0, 1.0).unwrap();
    let run = |tolerance| {
        let settings = Settings { shells: 12, angles: 6, tolerance, ..quick() };
        solve(&coulomb, 0.5, settings, Flow::default())
    };
    let (coarse, middle, fine) = (run(1e-2), run(1e-5), run(1e-11));
    assert!(fine.residuals().change <= 1e-11 && fine.residuals().sweeps > 4, "{:?}", fine.residuals());
    let rho = fine.density(0.5);
    let change = |other: &RadialVlasov<_>| {
        let other = other.density(0.5);
        let worst = rho.iter().zip(&other).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()));
        worst / rho[0]
    };
    let (coarse, middle) = (change(&coarse), change(&middle));
    assert!(coarse > 1e-9 && coarse < 1e-2, "{coarse:.1e}");
    assert!(middle > 1e-13 && middle < 1e-5 && middle < 0.1 * coarse, "{middle:.1e}");
}

#[test]
fn every_splitting_has_its_order_in_a_field_that_moves() {
    let attraction = Gaussian::new(-20.0, 1.0).unwrap();
    let points: Vec<_> = (0..120)
        .map(|i| (0.1 + 0.4 * f64::from(i % 6), f64::from(i / 6 % 5) - 2.0, 0.6 * f64::from(i / 30)))
        .collect();
    let state = mixture();
    let domain = Domain::covering(state.reach(0.8, 1e-9), state.speed(1e-14), 0.6);
    // spacing, velocities and the field between the nodes are part of the problem, the same for every run
    let run = |splitting, steps| {
        let settings =
            Settings { splitting, steps, nodes: 4, shells: 10, angles: 5, tolerance: 1e-12, ..quick() };
        let initial = |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
        let solution = RadialVlasov::solve(initial, &attraction, &domain, 0.8, settings).unwrap();
        solution.at(0.8).wigner_many(&points)
    };
    let fine = run(Splitting::Order6, 40);
    let runs = [
        (Splitting::Strang, 16),
        (Splitting::Order4, 24),
        (Splitting::Order6, 12),
        (Splitting::Aba864, 32),
        (Splitting::Aba1064, 32),
    ];
    for (splitting, steps) in runs {
        let errors = [steps, 2 * steps].map(|n| {
            let w = run(splitting, n);
            w.iter().zip(&fine).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()))
        });
        let order = (errors[0] / errors[1]).log2();
        let claimed = f64::from(splitting.order());
        assert!((order / claimed - 1.0).abs() < 0.05, "{splitting:?}: order {order:.3}, errors {errors:?}");
    }
}

/// R19.3: Plummer's sphere for five crossing times, at the accuracy of a fast test: 1e-6 of the central density.
#[test]
fn plummers_sphere_stays_still() {
    let plummer = Plummer::new(15.0, 1.53).unwrap();
    let duration = 5.0 * plummer.crossing_time();
    let gravity = InversePower::in_space(-15.0, 1.0).unwrap();
    let domain = Domain::covering(30.0, plummer.speed(1e-14), 0.2);
    let settings =
        Settings { nodes: 5, steps: 40, shells: 28, angles: 6, tolerance: 2e-7, ..Settings::default() };
    let initial = |r: f64, v_r: f64, v_t: f64| plummer.wigner(r, v_r, v_t);
    let solution = RadialVlasov::solve(initial, &gravity, &domain, duration, settings).unwrap();
    // the end, the middle, and a time that is no node
    for part in [0.41, 0.5, 1.0] {
        let moved = error(&solution.density(part * duration), &domain, |r| plummer.density(r));
        assert!(moved < 1e-6, "{part}: {moved:.1e}");
    }
}

/// The same sphere under the two misprints leaves its place within half a crossing time.
#[test]
fn plummers_sphere_does_not_stand_misprints() {
    let plummer = Plummer::new(15.0, 1.53).unwrap();
    let gravity = InversePower::in_space(-15.0, 1.0).unwrap();
    let duration = 0.5 * plummer.crossing_time();
    let settings =
        Settings { nodes: 5, steps: 4, shells: 12, angles: 6, tolerance: 1e-6, ..Settings::default() };
    let domain = Domain::covering(12.0, plummer.speed(1e-14), 0.4);
    let moved = |flow| {
        let initial = |r: f64, v_r: f64, v_t: f64| plummer.wigner(r, v_r, v_t);
        let solution =
            RadialVlasov::solve_with(initial, &gravity, &domain, duration, settings, flow).unwrap();
        error(&solution.density(duration), &domain, |r| plummer.density(r))
    };
    assert!(moved(Flow::default()) < 1e-3);
    for flow in [Flow { speed: 1.0, ..Flow::default() }, Flow { force: -1.0, ..Flow::default() }] {
        assert!(moved(flow) > 0.03, "{flow:?}: {}", moved(flow));
    }
}

/// ρ(r,t) at one point by a plain rule over a box of velocities, Gauss–Legendre in v_t², that knows of no ellipsoid.
#[test]
fn the_velocity_integral_is_that_over_a_box() {
    let solution = solve(&Gaussian::new(-4.0, 1.0).unwrap(), 0.5, quick(), Flow::default());
    let (rho, snapshot) = (solution.density(0.5), solution.at(0.5));
    let squares = gauss_quad::GaussLegendre::new(48.try_into().unwrap());
    for j in [0, 4, 11] {
        let mut sum = 0.0;
        for i in 0..200 {
            let v_r = -10.0 + 0.1 * (f64::from(i) + 0.5);
            let points: Vec<_> = squares
                .iter()
                .map(|(x, _)| (solution.domain().point(j), v_r, (40.0 * (1.0 + x)).sqrt()))
                .collect();
            let w = snapshot.wigner_many(&points);
            // 2π v_t dv_t = π d(v_t²) = 40π dx
            sum += squares.iter().zip(&w).map(|((_, weight), w)| 40.0 * PI * 0.1 * weight * w).sum::<f64>();
        }
        assert!((rho[j] - sum).abs() < 1e-9 * rho[0] && sum > 1e-4, "{j}: {} {sum}", rho[j]);
    }
}

#[test]
fn the_same_bits_whatever_the_number_of_threads() {
    let coulomb = InversePower::in_space(1.0, 1.0).unwrap();
    let settings = Settings { nodes: 5, steps: 1, shells: 8, angles: 4, tolerance: 1e-4, ..quick() };
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let solution = solve(&coulomb, 0.5, settings, Flow::default());
            (solution.density(0.5), solution.residuals(), solution.at(0.3).wigner(1.0, 0.2, 0.3))
        })
    };
    assert_eq!(run(1), run(3));
}

/// A density that the spacing, the nodes in time or the velocities do not resolve is told from one that they do.
#[test]
fn the_residuals_say_what_is_not_resolved() {
    let gravity = InversePower::in_space(-4.0, 1.0).unwrap();
    let state = mixture();
    let run = |spacing: f64, settings: Settings| {
        let domain = Domain::covering(state.reach(0.5, 1e-12), state.speed(1e-14), spacing);
        let initial = |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
        RadialVlasov::solve(initial, &gravity, &domain, 0.5, settings).unwrap().residuals()
    };
    let good = run(0.35, quick());
    assert!(good.spectrum < 1e-6 && good.mass < 1e-6 && good.nodes < 1e-4, "{good:?}");
    assert!(run(1.2, quick()).spectrum > 1e-3);
    assert!(run(0.35, Settings { nodes: 4, ..quick() }).nodes > 1e-3);
    assert!(run(0.35, Settings { shells: 6, ..quick() }).mass > 1e-5);
}

#[test]
fn refuses_what_cannot_be_solved() {
    let gravity = InversePower::in_space(-1.0, 1.0).unwrap();
    let domain = Domain { spacing: 0.5, points: 16, speed: 6.0 };
    let state = mixture();
    let attempt = |duration: f64, domain: Domain, settings: Settings| {
        let initial = |r: f64, v_r: f64, v_t: f64| state.wigner(r, v_r, v_t);
        RadialVlasov::solve(initial, &gravity, &domain, duration, settings).map(|_| ())
    };
    let few = Settings { sweeps: 2, nodes: 5, steps: 1, shells: 8, angles: 4, ..Settings::default() };
    assert!(matches!(attempt(0.5, domain, few), Err(VlasovError::NotConverged { sweeps: 2, .. })));
    assert!(matches!(attempt(-1.0, domain, few), Err(VlasovError::Setting { setting: "duration", .. })));
    let still = Domain { speed: f64::NAN, ..domain };
    assert!(matches!(attempt(0.5, still, few), Err(VlasovError::Setting { setting: "speed", .. })));
    let none = Settings { nodes: 1, ..few };
    assert!(matches!(attempt(0.5, domain, none), Err(VlasovError::Setting { setting: "nodes", .. })));
}
