//! Hartree by oscillator functions: linear flows in closed form, what is conserved, orders, controls.
#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use semiclassical_hartree::radial::{DirectError, DirectHartree, DirectSettings};
use transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};

/// Two widths, one of them with a chirp.
fn mixture() -> Vec<GaussianTerm> {
    vec![
        GaussianTerm { weight: 0.6, sigma_x: 1.0, sigma_v: 1.0, chirp: 0.0 },
        GaussianTerm { weight: 0.4, sigma_x: 1.2, sigma_v: 0.9, chirp: -0.3 },
    ]
}

/// The Gaussians after x(t) = ax + bv, v(t) = cx + dv, ad − bc = 1.
fn moved(terms: &[GaussianTerm], [a, b, c, d]: [f64; 4]) -> Vec<GaussianTerm> {
    let term = |t: &GaussianTerm| {
        let sigma_x = (t.sigma_x * (a + b * t.chirp)).hypot(b * t.sigma_v);
        let covariance =
            (a + b * t.chirp) * (c + d * t.chirp) * t.sigma_x * t.sigma_x + b * d * t.sigma_v * t.sigma_v;
        let chirp = covariance / (sigma_x * sigma_x);
        GaussianTerm { weight: t.weight, sigma_x, sigma_v: t.sigma_x * t.sigma_v / sigma_x, chirp }
    };
    terms.iter().map(term).collect()
}

fn grid(eps: f64) -> RadialGrid {
    RadialGrid::resolving(9.0, eps, 9.0).unwrap()
}

fn quantised(terms: Vec<GaussianTerm>, eps: f64, degree: usize) -> Channels {
    let variables = GaussianVariables::new(terms).unwrap();
    let scaling = Scaling::new(3, eps).unwrap();
    weyl_channels(&variables, &scaling, &grid(eps), &AngularMomenta::full(degree)).unwrap()
}

fn start(terms: Vec<GaussianTerm>, v: &dyn Interaction, eps: f64, settings: DirectSettings) -> DirectHartree {
    let initial = quantised(terms, eps, settings.degree);
    DirectHartree::new(&initial, v, Scaling::new(3, eps).unwrap(), settings).unwrap()
}

/// tr|ω − ω′|/N.
fn distance(a: &Channels, b: &Channels, eps: f64) -> f64 {
    a.minus(b).unwrap().trace_norm().unwrap().0 * eps.powi(3)
}

#[test]
fn the_basis_holds_the_state() {
    for (eps, degree) in [(0.5, 80), (0.4, 100)] {
        let state = start(mixture(), &NoInteraction, eps, DirectSettings::new(degree, 1.0));
        assert!(state.truncation().abs() < 1e-9, "ε = {eps}: {:.1e}", state.truncation());
        let lost = distance(&state.channels(&grid(eps)).unwrap(), &quantised(mixture(), eps, degree), eps);
        assert!(lost < 2e-9, "ε = {eps}: {lost:.1e}");
    }
    let small = start(mixture(), &NoInteraction, 0.5, DirectSettings::new(20, 1.0));
    assert!(small.truncation() > 1e-3, "{:.1e}", small.truncation());
}

#[test]
fn free_flow_is_exact_and_v_for_2v_is_not() {
    for (eps, degree) in [(0.5, 90), (1.0 / 3.0, 130)] {
        let t = 0.25;
        let exact = quantised(moved(&mixture(), [1.0, 2.0 * t, 0.0, 1.0]), eps, degree);
        let run = |speed: f64, steps: usize| {
            let settings = DirectSettings { speed, ..DirectSettings::new(degree, 1.0) };
            start(mixture(), &NoInteraction, eps, settings).extrapolated(t, steps, &grid(eps)).unwrap()
        };
        let (right, wrong) = (run(2.0, 6), run(1.0, 2));
        let by = distance(&right.channels, &exact, eps);
        assert!(by < 1e-8, "ε = {eps}: {by:.1e}, change {:.1e}", right.change);
        assert!((right.density[0] - wrong.density[0]).abs() > 0.01 * right.density[0]);
        for ((rho, (exact, _)), r) in
            right.density.iter().zip(exact.density(eps.powi(-3))).zip(grid(eps).points())
        {
            assert!((rho - exact).abs() < 1e-9, "ε = {eps}, r = {r}: {:.1e}", rho - exact);
        }
    }
}

/// V = κ|x|²/2: ẋ = 2v, v̇ = −κx. The thermal state of v² + κx²/2 stays, another turns.
#[test]
fn a_harmonic_field_is_exact() {
    let (eps, degree, t, kappa) = (0.5, 90, 0.25, 1.4_f64);
    let v = Quadratic::new(kappa).unwrap();
    let settings = DirectSettings::new(degree, 1.0);
    let still = vec![GaussianTerm { weight: 1.0, sigma_x: 1.0, sigma_v: (0.5 * kappa).sqrt(), chirp: 0.0 }];
    let omega = (2.0 * kappa).sqrt();
    let (sin, cos) = (omega * t).sin_cos();
    let flow = [cos, 2.0 / omega * sin, -0.5 * omega * sin, cos];
    for (terms, moves) in [(still, false), (mixture(), true)] {
        let first = quantised(terms.clone(), eps, degree);
        let exact = quantised(moved(&terms, flow), eps, degree);
        let solution = start(terms, &v, eps, settings).extrapolated(t, 8, &grid(eps)).unwrap();
        let (error, change) = (distance(&solution.channels, &exact, eps), distance(&exact, &first, eps));
        assert!(error < 1e-8, "{error:.1e}");
        assert_eq!(change > 0.1, moves, "{change:.1e}");
    }
}

#[test]
fn the_composition_has_order_two_and_its_extrapolation_order_six() {
    let (eps, degree, t) = (0.5, 80, 0.25);
    let gravity = InversePower::in_space(-3.0, 1.0).unwrap();
    let initial = start(mixture(), &gravity, eps, DirectSettings::new(degree, 1.0));
    let r = grid(eps);
    let exact = initial.extrapolated(t, 24, &r).unwrap().density;
    let miss = |density: &[f64]| density.iter().zip(&exact).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()));
    let plain = |steps| {
        let mut state = initial.clone();
        state.evolve(t, steps);
        miss(&state.channels(&r).unwrap().density(eps.powi(-3)).iter().map(|d| d.0).collect::<Vec<_>>())
    };
    let sixth = |steps| miss(&initial.extrapolated(t, steps, &r).unwrap().density);
    let (a, b) = (plain(16), plain(32));
    assert!(((a / b).log2() - 2.0).abs() < 0.05, "{a:.1e} {b:.1e}");
    let (c, d) = (sixth(2), sixth(4));
    assert!(((c / d).log2() - 6.0).abs() < 0.5 && d > 1e-11, "{c:.1e} {d:.1e}");
}

/// tr ω and E are conserved, and ∂ₜ²⟨x²⟩ = 4(2E_kin + E_pot) for V = ±λ/|x| by the virial theorem.
#[test]
fn coulomb_and_gravity_conserve_what_they_should() {
    let (eps, degree) = (0.5, 90);
    let r = grid(eps);
    for strength in [2.0, -2.0] {
        let v = InversePower::in_space(strength, 1.0).unwrap();
        let initial = start(mixture(), &v, eps, DirectSettings::new(degree, 1.0));
        let free = start(mixture(), &NoInteraction, eps, DirectSettings::new(degree, 1.0));
        let later = initial.extrapolated(0.25, 8, &r).unwrap();
        let (energy, kinetic) = (initial.energy(), free.energy());
        assert!((later.energy / energy - 1.0).abs() < 1e-8, "{} {energy}", later.energy);
        assert!((later.trace / initial.trace() - 1.0).abs() < 1e-9, "{}", later.trace);
        assert!((energy - kinetic).abs() > 0.1, "the field must be seen");
        let squares: Vec<f64> = r.points().iter().map(|r| r * r).collect();
        let moment = |t: f64| {
            let at = initial.extrapolated(t, 1, &r).unwrap().channels;
            at.expectation(&squares).unwrap() * eps.powi(3)
        };
        let tau = 0.01;
        let second = (moment(tau) - 2.0 * moment(0.0) + moment(-tau)) / (tau * tau);
        let virial = 4.0 * (2.0 * kinetic + (energy - kinetic));
        assert!((second / virial - 1.0).abs() < 1e-4, "{second} {virial}");
    }
}

/// What the degree leaves, for a Gaussian V. Under ε²(ℓ+½)²/r² the function of ℓ = 0 vanishes like r^{1.2}: ρ(0) goes.
#[test]
fn degrees_agree_and_the_barrier_of_langer_is_seen() {
    let (eps, t) = (0.5, 0.25);
    let v = Gaussian::new(1.0, 1.0).unwrap();
    let run = |degree: usize, barrier: f64| {
        let settings = DirectSettings { barrier, ..DirectSettings::new(degree, 1.0) };
        start(mixture(), &v, eps, settings).extrapolated(t, 6, &grid(eps)).unwrap().density
    };
    let (fine, coarse, langer) = (run(90, 0.0), run(75, 0.0), run(75, 0.25));
    let miss =
        |other: &[f64]| fine.iter().zip(other).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / fine[0];
    assert!(miss(&coarse) < 1e-8, "{:.1e}", miss(&coarse));
    assert!(miss(&langer) > 1e-4, "{:.1e}", miss(&langer));
}

#[test]
fn refuses_what_it_cannot_solve() {
    let scaling = Scaling::new(3, 0.5).unwrap();
    let initial = quantised(mixture(), 0.5, 8);
    let attempt = |settings| DirectHartree::new(&initial, &NoInteraction, scaling, settings).map(|_| ());
    assert!(attempt(DirectSettings::new(8, 1.0)).is_ok());
    assert!(matches!(attempt(DirectSettings::new(8, 0.0)), Err(DirectError::Settings(_))));
    let line = DirectHartree::new(
        &initial,
        &NoInteraction,
        Scaling::line(0.5).unwrap(),
        DirectSettings::new(8, 1.0),
    );
    assert!(matches!(line.map(|_| ()), Err(DirectError::Dimension(1))));
    let momenta = AngularMomenta::sparse(0.125, 40).unwrap();
    let variables = GaussianVariables::new(mixture()).unwrap();
    let sparse = weyl_channels(&variables, &scaling, &grid(0.5), &momenta).unwrap();
    let sparse = DirectHartree::new(&sparse, &NoInteraction, scaling, DirectSettings::new(8, 1.0));
    assert!(matches!(sparse.map(|_| ()), Err(DirectError::Sparse)));
    let state = DirectHartree::new(&initial, &NoInteraction, scaling, DirectSettings::new(8, 1.0)).unwrap();
    assert!(matches!(state.extrapolated(0.1, 0, &grid(0.5)), Err(DirectError::Steps)));
}

#[test]
fn the_same_bits_whatever_the_number_of_threads() {
    let v = Gaussian::new(1.0, 1.0).unwrap();
    let initial = start(mixture(), &v, 0.5, DirectSettings::new(30, 1.0));
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| initial.extrapolated(0.2, 2, &grid(0.5)).unwrap())
    };
    let (one, three) = (run(1), run(3));
    assert_eq!((one.channels, one.density, one.energy), (three.channels, three.density, three.energy));
}
