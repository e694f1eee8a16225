//! Laws of every listed initial state.
#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use kernels::{Bump, Convolution, Gaussian, Interaction, InversePower, NoInteraction, Quadratic};
use phase_space::line::PhaseGrid;
use proptest::prelude::*;
use semiclassical_states::line::weighted_sobolev::{L1Norms, Modes, WEIGHT, sobolev_norms};
use semiclassical_states::line::{grid_for, pauli_ratio, static_grid};
use semiclassical_states::{
    Component, FAMILIES, FermiDirac, GaussianMixture, InitialState, RadialBump, StateError,
};

/// The largest |Ŵ| on the outer frame of the spectrum, relative to Ŵ(0), in a band of one tenth of each axis.
fn spectral_tail(w: &phase_space::line::WignerFunction) -> f64 {
    let (n_x, n_v) = (w.grid().x.len(), w.grid().v.len());
    let mut modes: Vec<_> = w.values().iter().map(|&w| num_complex::Complex64::from(w)).collect();
    phase_space::fourier::PlaneTransform::new(n_x, n_v).forward(&mut modes);
    let outside = |m: usize, n: usize| 20 * m.min(n - m) > 9 * n;
    let mut tail = 0.0_f64;
    for i in 0..n_x {
        for j in 0..n_v {
            if outside(i, n_x) || outside(j, n_v) {
                tail = tail.max(modes[i * n_v + j].norm());
            }
        }
    }
    tail / modes[0].norm()
}

/// The largest |W| on the edge of the box, relative to sup|W|.
fn edge(w: &phase_space::line::WignerFunction) -> f64 {
    let (n_x, n_v) = (w.grid().x.len(), w.grid().v.len());
    let at = |i: usize, j: usize| w.values()[i * n_v + j].abs();
    let top = (0..n_v).map(|j| at(0, j)).chain((0..n_x).map(|i| at(i, 0))).fold(0.0, f64::max);
    top / w.sup()
}

fn sample(state: &dyn InitialState, grid: &PhaseGrid) -> phase_space::line::WignerFunction {
    grid.sample(|x, v| state.wigner(x, v)).unwrap()
}

#[test]
fn every_state_is_normalised_positive_and_where_it_says() {
    for family in FAMILIES {
        let state = (family.example)().unwrap();
        assert!(state.name().starts_with(family.kind));
        let smooth = family.kind != "radial-bump";
        let w = sample(&*state, &static_grid(&*state, 1e-15).unwrap());
        let error = if smooth { 1e-13 } else { 1e-7 };
        assert!((w.mass() - 1.0).abs() < error, "{} {}", family.kind, w.mass() - 1.0);
        assert!(w.values().iter().all(|&w| w >= 0.0));
        assert!(edge(&w) < 1e-15 && w.sup() <= state.sup() * (1.0 + 1e-14));
        assert!(w.sup() > 0.97 * state.sup());
        assert!(
            spectral_tail(&w) < if smooth { 3e-14 } else { 3e-7 },
            "{} {}",
            family.kind,
            spectral_tail(&w)
        );
    }
}

#[test]
fn extents_hold_in_every_direction() {
    let chirped = GaussianMixture::new(vec![
        Component { weight: 0.3, x: -0.5, v: 0.2, sigma_x: 0.7, sigma_v: 1.1, chirp: 0.8 },
        Component { weight: 0.7, x: 0.9, v: -0.4, sigma_x: 1.3, sigma_v: 0.5, chirp: -0.6 },
    ])
    .unwrap();
    let states: [Box<dyn InitialState>; 3] =
        [Box::new(chirped), Box::new(FermiDirac::new(0.3).unwrap()), Box::new(RadialBump::new(2.0).unwrap())];
    for state in &states {
        for tolerance in [1e-3, 1e-9] {
            let grid = static_grid(&**state, 1e-12).unwrap();
            for direction in [[1.0, 0.0], [0.0, 1.0], [1.0, 2.0], [-0.7, 0.4]] {
                let (low, high) = state.spread(direction, tolerance);
                let mut beyond = 0.0_f64;
                let mut reached = f64::NEG_INFINITY;
                for x in grid.x.points() {
                    for v in grid.v.points() {
                        let s = direction[0] * x + direction[1] * v;
                        let w = state.wigner(x, v) / state.sup();
                        if s < low || s > high {
                            beyond = beyond.max(w);
                        }
                        if w > tolerance {
                            reached = reached.max(s);
                        }
                    }
                }
                assert!(beyond <= tolerance * (1.0 + 1e-12), "{} {direction:?} {beyond}", state.name());
                assert!(reached > 0.6 * high, "{}: the extent is far too large", state.name());
            }
        }
    }
}

#[test]
fn pauli_bound_is_reported_honestly() {
    assert!(pauli_ratio(&FermiDirac::new(0.5).unwrap()) < 1.0);
    assert!((pauli_ratio(&RadialBump::new(3.0).unwrap()) - 4.0).abs() < 1e-15);
    let single = GaussianMixture::single(1.2, 0.9).unwrap();
    assert!((pauli_ratio(&single) - 1.0 / 1.08).abs() < 1e-14);
    // two far Gaussians: the higher one; two on one spot: the sum
    let far = |x: f64| {
        let c = |weight: f64, x: f64| Component { weight, x, v: 0.0, sigma_x: 1.0, sigma_v: 1.0, chirp: 0.0 };
        GaussianMixture::new(vec![c(0.4, -x), c(0.6, x)]).unwrap().sup()
    };
    assert!((far(20.0) - 0.6 / TAU).abs() < 1e-15 && (far(0.0) - 1.0 / TAU).abs() < 1e-15);
    assert_eq!(GaussianMixture::two_bumps().unwrap().smallest_area(), 1.2 * 0.9);
}

/// ‖W‖_{H^s_a} of a centred Gaussian: ∫(∂^m g)² and its moments for a Gaussian g, from the recurrence of Hermite polynomials as polynomials.
fn exact_gaussian_norm(sigma_x: f64, sigma_v: f64, s: u32, a: i32) -> f64 {
    // ∂^m g = p_m g with p_{m+1} = p_m′ − (x/σ²) p_m; then ∫x^{2q} p_m² g² by moments of a Gaussian of variance σ²/2
    let squares = |sigma: f64, m: u32, q: u32| {
        let mut p = vec![1.0];
        for _ in 0..m {
            let mut next = vec![0.0; p.len() + 1];
            for (d, c) in p.iter().enumerate() {
                next[d + 1] -= c / (sigma * sigma);
                if d > 0 {
                    next[d - 1] += d as f64 * c;
                }
            }
            p = next;
        }
        let moment = |n: usize| {
            // E ξ^n of variance σ²/2
            if n % 2 == 1 { 0.0 } else { (1..n).step_by(2).map(|i| i as f64 * 0.5 * sigma * sigma).product() }
        };
        let mut sum = 0.0;
        for (i, a) in p.iter().enumerate() {
            for (j, b) in p.iter().enumerate() {
                sum += a * b * moment(i + j + 2 * q as usize);
            }
        }
        // g² = 1/(2πσ²) e^{−x²/σ²}, ∫ = 1/(2σ√π)
        sum / (2.0 * sigma * PI.sqrt())
    };
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    let mut sum = 0.0;
    let a = a as u32;
    for i in 0..=s {
        for j in 0..=s - i {
            for p in 0..=a {
                for q in 0..=a - p {
                    let multinomial = factorial(a) / (factorial(p) * factorial(q) * factorial(a - p - q));
                    sum += multinomial * squares(sigma_x, i, p) * squares(sigma_v, j, q);
                }
            }
        }
    }
    sum.sqrt()
}

#[test]
fn weighted_sobolev_norms_of_a_gaussian_are_exact() {
    for (sigma_x, sigma_v) in [(1.2, 0.9), (0.6, 1.5)] {
        let state = GaussianMixture::single(sigma_x, sigma_v).unwrap();
        let norms = sobolev_norms(&state, 6, WEIGHT).unwrap();
        for (s, norm) in norms.iter().enumerate() {
            let exact = exact_gaussian_norm(sigma_x, sigma_v, s as u32, WEIGHT);
            let relative = (norm.value / exact - 1.0).abs();
            assert!(relative < 1e-10, "s = {s}: {relative:.1e}");
            assert!((norm.value - exact).abs() <= 10.0 * norm.error, "s = {s}: {norm:?} {exact}");
        }
    }
}

#[test]
fn the_error_tells_a_finite_norm_from_an_infinite_one() {
    let norms = sobolev_norms(&RadialBump::new(3.0).unwrap(), 5, WEIGHT).unwrap();
    assert!(norms[2].error < 1e-3 * norms[2].value, "H²: {:?}", norms[2]);
    assert!(norms[3].value.is_finite() && norms[4].value == f64::INFINITY && norms[5].error == f64::INFINITY);
    // near s = β + ½ two grids give nearly the same number for a norm that is infinite
    for (beta, s) in [(0.5, 1), (1.2, 2), (1.5, 2), (4.5, 5)] {
        let norms = sobolev_norms(&RadialBump::new(beta).unwrap(), 5, WEIGHT).unwrap();
        assert_eq!(norms[s].value, f64::INFINITY, "β = {beta}, s = {s}");
    }
    let smooth = sobolev_norms(&FermiDirac::new(0.5).unwrap(), 5, WEIGHT).unwrap();
    assert!(smooth.iter().all(|norm| norm.error < 1e-8 * norm.value), "{smooth:?}");
}

#[test]
fn l1_norms_of_a_gaussian_are_exact() {
    let (sigma_x, sigma_v) = (1.2_f64, 0.9_f64);
    let norms = L1Norms::of_state(&GaussianMixture::single(sigma_x, sigma_v).unwrap()).unwrap();
    let exact = [
        (norms.value, 1.0),
        (norms.d_x, (2.0 / PI).sqrt() / sigma_x),
        (norms.d_v, (2.0 / PI).sqrt() / sigma_v),
        // ∫|ξ² − 1| = 4φ(1) for a normal ξ
        (norms.d_vv, 4.0 * (-0.5_f64).exp() / TAU.sqrt() / (sigma_v * sigma_v)),
    ];
    for (measured, exact) in exact {
        assert!((measured.value - exact).abs() <= measured.error.max(1e-13), "{measured:?} {exact}");
        assert!(measured.error < 2e-3 * exact);
    }
    let round = L1Norms::of_state(&GaussianMixture::single(1.0, 1.0).unwrap()).unwrap();
    // |∇W| = |z|W: E|z| = √(π/2)
    assert!((round.gradient.value - (PI / 2.0).sqrt()).abs() < round.gradient.error.max(1e-9));
    assert!(round.w11().value > 1.0 + 2.0 * 0.79);
}

/// The grid resolves W_t: evolved by Vlasov, which shears and folds it, neither edge nor spectral tail grow.
#[test]
fn grids_stay_resolved_up_to_the_final_time() {
    use phase_space::line::{Multiplier, SplitStep};
    use phase_space::splitting::Splitting;
    struct Vlasov(kernels::line::MeanField, Vec<f64>);
    impl Multiplier for Vlasov {
        fn evaluate(&mut self, rho: &[f64], m: &mut [f64]) {
            let potential = self.0.potential(rho);
            self.0.gradient_times(&potential, &self.1, m);
        }
    }
    let interactions: [Box<dyn Interaction>; 8] = [
        Box::new(Gaussian::new(1.0, 1.0).unwrap()),
        Box::new(Gaussian::new(-1.0, 1.0).unwrap()),
        Box::new(Bump::new(1.0, 2.0).unwrap()),
        Box::new(Quadratic::new(1.0).unwrap()),
        Box::new(InversePower::new(1.0, 0.25).unwrap()),
        Box::new(InversePower::new(-1.0, 0.5).unwrap()),
        // nearly a contact interaction: an attractive one of strength 1 would not be resolved
        Box::new(InversePower::new(0.1, 0.9).unwrap()),
        Box::new(InversePower::new(-0.1, 0.9).unwrap()),
    ];
    let states: [Box<dyn InitialState>; 2] =
        [Box::new(GaussianMixture::two_bumps().unwrap()), Box::new(FermiDirac::new(0.5).unwrap())];
    for state in &states {
        for interaction in &interactions {
            let grid = grid_for(&**state, &**interaction, 1.0, 1e-15).unwrap();
            assert!(grid.len() < 1 << 19, "{} x {}", grid.x.len(), grid.v.len());
            let field = kernels::line::MeanField::new(&**interaction, &grid.x).unwrap();
            let mut solver = SplitStep::new(&grid, Vlasov(field, grid.y_points()), Splitting::Strang);
            let mut w = sample(&**state, &grid);
            solver.evolve(&mut w, 1.0, 20);
            // of inverse powers the pilot foresees a little less
            let power = matches!(interaction.convolution(), Convolution::Power { .. });
            let limit = if power { 1e-10 } else { 1e-11 };
            assert!(
                edge(&w) < limit && spectral_tail(&w) < limit,
                "{}: {}",
                state.name(),
                interaction.name()
            );
        }
    }
}

#[test]
fn grids_that_cannot_fit_are_refused() {
    let cold = FermiDirac::new(1.5e-3).unwrap();
    assert!(matches!(grid_for(&cold, &NoInteraction, 1.0, 1e-15), Err(StateError::GridTooLarge { .. })));
    let narrow = GaussianMixture::single(1e-4, 1e4).unwrap();
    assert!(matches!(grid_for(&narrow, &NoInteraction, 1.0, 1e-15), Err(StateError::GridTooLarge { .. })));
}

#[test]
fn bad_parameters_stop_at_the_door() {
    let component = Component { weight: 0.5, x: 0.0, v: 0.0, sigma_x: 1.0, sigma_v: 1.0, chirp: 0.0 };
    assert_eq!(GaussianMixture::new(vec![component]), Err(StateError::Weights { sum: 0.5 }));
    assert_eq!(GaussianMixture::new(vec![]), Err(StateError::NoComponents));
    let bad = Component { sigma_v: f64::NAN, ..component };
    assert!(matches!(
        GaussianMixture::new(vec![component, bad]),
        Err(StateError::NotFinite { parameter: "sigma_v", .. })
    ));
    let negative = [Component { weight: 1.5, ..component }, Component { weight: -0.5, ..component }];
    assert!(matches!(GaussianMixture::new(negative.to_vec()), Err(StateError::NotPositive { .. })));
    assert!(matches!(FermiDirac::new(0.0), Err(StateError::NotPositive { .. })));
    assert!(matches!(FermiDirac::new(1e-5), Err(StateError::TooCold { .. })));
    assert!(matches!(RadialBump::new(-1.0), Err(StateError::NotPositive { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn mixtures_of_any_shape_are_normalised(
        weight in 0.05..0.95_f64, x in -2.0..2.0_f64, v in -2.0..2.0_f64,
        sigma_x in 0.4..2.0_f64, sigma_v in 0.4..2.0_f64, chirp in -0.8..0.8_f64,
    ) {
        let one = Component { weight, x, v, sigma_x, sigma_v, chirp };
        let two = Component { weight: 1.0 - weight, x: -x, v: 0.3, sigma_x: 1.0, sigma_v: 0.7, chirp: 0.0 };
        let state = GaussianMixture::new(vec![one, two]).unwrap();
        let w = sample(&state, &static_grid(&state, 1e-14).unwrap());
        prop_assert!((w.mass() - 1.0).abs() < 1e-12);
        prop_assert!(w.sup() <= state.sup() * (1.0 + 1e-12));
        prop_assert!(spectral_tail(&w) < 3e-13);
    }

    #[test]
    fn fermi_dirac_is_normalised_at_any_temperature(temperature in 0.1..8.0_f64) {
        let state = FermiDirac::new(temperature).unwrap();
        let w = sample(&state, &static_grid(&state, 1e-14).unwrap());
        prop_assert!((w.mass() - 1.0).abs() < 1e-12);
        prop_assert!(spectral_tail(&w) < 1e-12);
        prop_assert!(pauli_ratio(&state) < 1.0);
    }

    /// ∬W = 1 in polar coordinates, for every exponent.
    #[test]
    fn radial_bump_is_normalised(beta in 0.2..8.0_f64) {
        let state = RadialBump::new(beta).unwrap();
        let radial = |s: f64| PI * state.wigner(s.sqrt(), 0.0);
        let mass = kernels::quadrature::integrate(radial, 0.0, 2.0, 1e-9).unwrap();
        prop_assert!((mass.value - 1.0).abs() < 1e-9);
    }
}

#[test]
fn modes_are_differentiated_exactly() {
    let state = GaussianMixture::single(1.0, 0.8).unwrap();
    let w = sample(&state, &static_grid(&state, 1e-15).unwrap());
    let mixed = Modes::of(&w).derivative(1, 2).unwrap();
    let (x, v) = (w.grid().x.point(40), w.grid().v.point(37));
    let n_v = w.grid().v.len();
    let exact = -x * (v * v / 0.8_f64.powi(4) - 0.8_f64.powi(-2)) * state.wigner(x, v);
    assert!((mixed.values()[40 * n_v + 37] - exact).abs() < 1e-11);
}
