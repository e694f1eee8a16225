//! Quantisation into channels: exact thermal spectra, the norm identities, the three-dimensional projection, controls.
#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use semiclassical_transforms::weyl::radial::{
    ChannelOptions, ChannelQuantisationError, GaussianTerm, GaussianVariables, NEGLIGIBLE,
    RadialWeylVariables, TableExtent, WeylTable, half_bandwidth, kernel, weyl_channels, weyl_channels_with,
};

fn term(weight: f64, sigma_x: f64, sigma_v: f64, chirp: f64) -> GaussianTerm {
    GaussianTerm { weight, sigma_x, sigma_v, chirp }
}

/// e^{−(x²+v²)/2σ²}/(2πσ²)³.
fn thermal(sigma: f64) -> GaussianVariables {
    GaussianVariables::new(vec![term(1.0, sigma, sigma, 0.0)]).unwrap()
}

/// Two widths, one chirp of its own each, not a state of any oscillator.
fn chirped() -> GaussianVariables {
    GaussianVariables::new(vec![term(0.6, 1.1, 1.2, 0.3), term(0.4, 0.8, 1.6, -0.2)]).unwrap()
}

/// W(x,v) of terms, for vectors.
fn wigner(terms: &[GaussianTerm], x: [f64; 3], v: [f64; 3]) -> f64 {
    let value = |t: &GaussianTerm| {
        let exponent: f64 = (0..3)
            .map(|i| 0.5 * (x[i] / t.sigma_x).powi(2) + 0.5 * ((v[i] - t.chirp * x[i]) / t.sigma_v).powi(2))
            .sum();
        t.weight * (-exponent).exp() / (TAU * t.sigma_x * t.sigma_v).powi(3)
    };
    terms.iter().map(value).sum()
}

fn quantised(
    variables: &impl RadialWeylVariables,
    eps: f64,
    radius: f64,
    v_max: f64,
    momenta: &AngularMomenta,
) -> Channels {
    let grid = RadialGrid::resolving(radius, eps, v_max).unwrap();
    weyl_channels(variables, &Scaling::new(3, eps).unwrap(), &grid, momenta).unwrap()
}

/// λ_m = N(1−q)³q^m, q = (2σ²−ε)/(2σ²+ε), in channel ℓ for m = ℓ, ℓ+2, …
fn thermal_level(eps: f64, sigma: f64, m: usize) -> f64 {
    let q = (2.0 * sigma * sigma - eps) / (2.0 * sigma * sigma + eps);
    ((1.0 - q) / eps).powi(3) * q.powi(m as i32)
}

#[test]
fn thermal_channels_have_their_exact_spectra_and_norms() {
    let sigma = 1.0;
    for eps in [0.5, 0.25, 0.125] {
        let l_max = (26.0 / eps) as usize;
        let momenta = AngularMomenta::sparse(eps, l_max).unwrap();
        let omega = quantised(&thermal(sigma), eps, 7.5, 7.5, &momenta);
        let n = Scaling::new(3, eps).unwrap().n();
        for (&l, block) in momenta.momenta().iter().zip(omega.blocks()) {
            let values = block.eigenvalues().unwrap();
            for (k, value) in values.iter().rev().enumerate() {
                let exact = thermal_level(eps, sigma, 2 * k + l);
                assert!((value - exact).abs() < 3e-12, "ε = {eps}, ℓ = {l}, k = {k}: {:e}", value - exact);
            }
        }
        let (trace, _) = omega.momenta().sum_with_error(&omega.traces());
        assert!((trace / n - 1.0).abs() < 1e-9, "ε = {eps}: tr ω/N − 1 = {:e}", trace / n - 1.0);
        let (low, high) = omega.spectrum_extent().unwrap();
        assert!(low > -1e-11 && high < 1.0, "{low:e} {high}");
        // N(2π)³‖W‖² = N/(8σ⁶)
        let square = omega.hilbert_schmidt().powi(2) / n;
        assert!((square * 8.0 - 1.0).abs() < 1e-9, "ε = {eps}: {:e}", square * 8.0 - 1.0);
    }
}

/// h ω_ℓ from three-dimensional sums: ω(x;y) = N Σ_v W((x+y)/2, v)e^{iv·(x−y)/ε}Δv³ over a cube of velocities, then
/// 2πrr′∫P_ℓ(c)ω dc by the midpoint rule in the angle.
fn by_brute_force(terms: &[GaussianTerm], eps: f64, l: usize, r: f64, r_prime: f64) -> Complex64 {
    let (step, side) = (0.43, 24_i32);
    let omega = |angle: f64| {
        let y = [r_prime * angle.cos(), r_prime * angle.sin(), 0.0];
        let (middle, difference) =
            ([0.5 * (r + y[0]), 0.5 * y[1], 0.0], [(r - y[0]) / eps, -y[1] / eps, 0.0]);
        let mut sum = Complex64::ZERO;
        for a in -side..=side {
            for b in -side..=side {
                let at = |c: i32| wigner(terms, middle, [a, b, c].map(|k| f64::from(k) * step));
                let plane = at(0) + 2.0 * (1..=side).map(at).sum::<f64>();
                let phase = step * (f64::from(a) * difference[0] + f64::from(b) * difference[1]);
                sum += plane * Complex64::cis(phase);
            }
        }
        sum * step.powi(3) / eps.powi(3)
    };
    // P_ℓ by its textbook recurrence
    let legendre = |c: f64| {
        let (mut before, mut p) = (0.0, 1.0);
        for k in 0..l {
            let next = ((2 * k + 1) as f64 * c * p - k as f64 * before) / (k + 1) as f64;
            (before, p) = (p, next);
        }
        p
    };
    let count = 64;
    let angles = (0..count).map(|k| (f64::from(k) + 0.5) * PI / f64::from(count));
    let sum: Complex64 = angles.map(|a| omega(a) * legendre(a.cos()) * fejer(a, count)).sum();
    TAU * r * r_prime * sum
}

/// Weights of Fejér's rule for ∫_{−1}^1 f(c)dc at c = cos θ_k: spectral, unlike the plain midpoint rule with sin θ.
fn fejer(angle: f64, count: i32) -> f64 {
    let sum: f64 =
        (1..=count / 2).map(f64::from).map(|k| (2.0 * k * angle).cos() / (4.0 * k * k - 1.0)).sum();
    2.0 / f64::from(count) * (1.0 - 2.0 * sum)
}

#[test]
fn channels_are_the_projection_of_the_kernel_in_three_dimensions() {
    let (eps, variables) = (0.5, chirped());
    let momenta = AngularMomenta::full(5);
    let omega = quantised(&variables, eps, 6.0, 11.0, &momenta);
    let grid = omega.grid();
    for (l, i, j) in [(0, 12, 10), (1, 3, 5), (5, 12, 12), (2, 2, 2)] {
        let exact = by_brute_force(variables.terms(), eps, l, grid.point(i), grid.point(j));
        let value = omega.blocks()[l].entry(i, j) / grid.spacing();
        assert!(exact.norm() > 1e-3, "{exact}");
        assert!((value - exact).norm() < 1e-10 * exact.norm().max(1.0), "ℓ = {l}: {value} {exact}");
        assert!(i == j || value.im.abs() > 1e-3, "the chirps make it complex: {value}");
        // control: the normalisation of P_ℓ as an orthonormal function on [−1, 1]
        let wrong = value * ((2 * l + 1) as f64 / 2.0).sqrt();
        assert!((wrong - exact).norm() > 0.1 * exact.norm(), "ℓ = {l}");
    }
}

/// ‖W‖² of a mixture: the integral over v of two Gaussians around κ_ax and κ_bx is one in (κ_a−κ_b)x.
fn square_of_mixture(terms: &[GaussianTerm]) -> f64 {
    let pair = |a: &GaussianTerm, b: &GaussianTerm| {
        let spread = a.sigma_v.powi(2) + b.sigma_v.powi(2);
        let curvature = a.sigma_x.powi(-2) + b.sigma_x.powi(-2) + (a.chirp - b.chirp).powi(2) / spread;
        let heights = TAU * spread * (TAU * a.sigma_x * b.sigma_x).powi(2) * curvature / TAU;
        a.weight * b.weight * heights.powf(-1.5)
    };
    terms.iter().flat_map(|a| terms.iter().map(move |b| pair(a, b))).sum()
}

/// tr ω = N∬W, ‖ω‖²_HS = N(2π)³‖W‖², ρ(r) = F(r,0,0), and the kernel back from the channels.
#[test]
fn a_chirped_mixture_obeys_the_norm_identities() {
    let (eps, variables) = (0.25, chirped());
    let momenta = AngularMomenta::sparse(eps, 120).unwrap();
    let omega = quantised(&variables, eps, 7.5, 14.0, &momenta);
    let n = eps.powi(-3);
    assert!((omega.trace() / n - 1.0).abs() < 1e-8, "{:e}", omega.trace() / n - 1.0);
    let (low, high) = omega.spectrum_extent().unwrap();
    assert!(low > -1e-10 && high < 1.0 && high > 0.05, "{low:e} {high}");
    let integral = TAU.powi(3) * square_of_mixture(variables.terms());
    let square = omega.hilbert_schmidt().powi(2) / n;
    assert!((square / integral - 1.0).abs() < 1e-8, "{square} {integral}");
    for (j, (rho, error)) in omega.density(n).iter().enumerate() {
        let exact = variables.value(omega.grid().point(j), 0.0, 0.0).re;
        assert!((rho - exact).abs() < 1e-8, "r = {}: {:e} {error:e}", omega.grid().point(j), rho - exact);
    }
}

#[test]
fn the_kernel_comes_back_from_all_channels() {
    let (eps, variables) = (0.5, chirped());
    let omega = quantised(&variables, eps, 6.0, 11.0, &AngularMomenta::full(70));
    let grid = omega.grid();
    for (i, j, theta) in [(7, 7, 0.0), (9, 8, 0.3), (12, 14, 0.2), (1, 2, 2.9_f64)] {
        let (r, r_prime) = (grid.point(i), grid.point(j));
        let square = 0.25 * (r * r + r_prime * r_prime + 2.0 * r * r_prime * theta.cos());
        let scalar = (r * r - r_prime * r_prime) / (2.0 * eps);
        let distance = (r * r + r_prime * r_prime - 2.0 * r * r_prime * theta.cos()) / (eps * eps);
        let (capital, along) = (square.sqrt(), scalar / square.sqrt());
        let across = (distance - along * along).max(0.0).sqrt();
        let f = variables.value(capital, along, across) * Complex64::cis(variables.chirp() * scalar);
        let value = kernel(&omega, i, j, theta) * eps.powi(3);
        assert!((value - f).norm() < 1e-9 && f.norm() > 1e-4, "{i} {j} {theta}: {value} {f}");
    }
}

#[test]
fn the_quadrature_and_the_window_are_converged_and_seen_when_they_are_not() {
    let eps = 0.25;
    let (scaling, momenta) = (Scaling::new(3, eps).unwrap(), AngularMomenta::full(100));
    let grid = RadialGrid::resolving(6.0, eps, 7.5).unwrap();
    let at = |refinement: f64| {
        let options = ChannelOptions::refined(refinement);
        weyl_channels_with(&chirped(), &scaling, &grid, &momenta, &options).unwrap()
    };
    let distance = |a: &Channels, b: &Channels| a.minus(b).unwrap().hilbert_schmidt() / b.hilbert_schmidt();
    let finest = at(2.0);
    assert!(distance(&at(1.0), &finest) < 1e-13, "{:e}", distance(&at(1.0), &finest));
    assert!(distance(&at(0.2), &finest) > 1e-9, "too few panels must show");
}

/// The same bits on one thread and on three.
#[test]
fn threads_do_not_change_a_bit() {
    let momenta = AngularMomenta::sparse(0.5, 40).unwrap();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| quantised(&chirped(), 0.5, 6.0, 11.0, &momenta))
    };
    assert_eq!(on(1), on(3));
}

/// W of the mixture as a function of (r, v_r, v_t).
fn in_polar(terms: &[GaussianTerm], r: f64, v_r: f64, v_t: f64) -> f64 {
    wigner(terms, [r, 0.0, 0.0], [v_r, v_t, 0.0])
}

fn table_of(terms: &[GaussianTerm], spacing: f64) -> WeylTable {
    let extent = TableExtent {
        radius: 8.5,
        velocity: 11.0,
        reach: 7.0,
        negligible: NEGLIGIBLE,
        spacing_r: spacing,
        spacing_y: spacing,
    };
    WeylTable::new(&extent, 0.0, |r, v_r, v_t| in_polar(terms, r, v_r, v_t)).unwrap()
}

#[test]
fn tables_converge_with_order_eight() {
    let terms = vec![term(0.6, 1.1, 1.5, 0.2), term(0.4, 0.9, 1.3, 0.0)];
    let exact = GaussianVariables::new(terms.clone()).unwrap();
    let worst = |spacing: f64| {
        let table = table_of(&terms, spacing);
        let mut worst = 0.0_f64;
        // the middle of the cells, where the interpolation is worst
        let middle = |k: i32| (f64::from(k) + 0.5) * spacing;
        let count = (2.5 / spacing) as i32;
        for (a, b, c) in (0..count).flat_map(|a| (-count..count).map(move |b| (a, b, (a + b).abs() % 9))) {
            let (r, along, across) = (middle(a), middle(b), middle(c));
            let full = exact.value(r, along, across) * Complex64::cis(exact.chirp() * r * along);
            worst = worst.max((table.value(r, along, across) - full).norm());
        }
        worst
    };
    let errors = [0.24, 0.12].map(worst);
    let order = (errors[0] / errors[1]).log2();
    assert!((order - 8.0).abs() < 0.8 && errors[1] < 1e-8, "order {order}: {errors:?}");
}

#[test]
fn a_table_serves_every_eps_as_the_closed_form_does() {
    let terms = vec![term(0.7, 1.0, 1.2, 0.0), term(0.3, 0.9, 1.5, 0.0)];
    let exact = GaussianVariables::new(terms.clone()).unwrap();
    let table = table_of(&terms, 0.08);
    assert!((table.reach() - exact.reach()).abs() < 0.3, "{} {}", table.reach(), exact.reach());
    // where W falls off, F is negligible sooner, and the table says where
    for (r, angle) in [(0.0, 0.1_f64), (1.0, 0.8), (2.0, 1.5), (4.0, 0.8), (6.0, 0.3)] {
        let reach = table.reach_beyond(r);
        let beyond = exact.value(r, reach * angle.cos(), reach * angle.sin()).norm();
        assert!(beyond <= NEGLIGIBLE * exact.value(0.0, 0.0, 0.0).norm(), "R = {r}: {beyond:e}");
    }
    assert!(table.reach_beyond(5.0) < 0.8 * table.reach());
    for eps in [0.5, 0.25] {
        let momenta = AngularMomenta::sparse(eps, (22.0 / eps) as usize).unwrap();
        let [by_table, closed] =
            [quantised(&table, eps, 6.5, 8.0, &momenta), quantised(&exact, eps, 6.5, 8.0, &momenta)];
        let n = eps.powi(-3);
        // the reaches differ, hence perhaps the bands: rows and columns match all the same
        let (norm, _) = by_table.minus(&closed).unwrap().trace_norm().unwrap();
        assert!(norm / n < 1e-8, "ε = {eps}: tr|difference|/N = {:e}", norm / n);
    }
}

/// tr|ω₁ − ω₂| of two thermal states, Σ_m (m+1)(m+2)/2 |λ_m − μ_m|: the number that the theorems are about.
#[test]
fn the_difference_of_thermal_states_has_its_trace_norm() {
    for eps in [0.25, 0.125] {
        let momenta = AngularMomenta::sparse(eps, (28.0 / eps) as usize).unwrap();
        let grid = RadialGrid::resolving(7.5, eps, 7.5).unwrap();
        let scaling = Scaling::new(3, eps).unwrap();
        let symbol =
            GaussianVariables::new(vec![term(1.0, 1.0, 1.0, 0.0), term(-1.0, 0.9, 0.9, 0.0)]).unwrap();
        let difference = weyl_channels(&symbol, &scaling, &grid, &momenta).unwrap();
        let (norm, error) = difference.trace_norm().unwrap();
        let exact: f64 = (0..4000)
            .map(|m| {
                let multiplicity = ((m + 1) * (m + 2) / 2) as f64;
                multiplicity * (thermal_level(eps, 1.0, m) - thermal_level(eps, 0.9, m)).abs()
            })
            .sum();
        let miss = (norm - exact).abs() / scaling.n();
        assert!(exact > 0.1 * scaling.n() && miss < 1e-10, "ε = {eps}: {miss:e}");
        assert!((norm - exact).abs() < error && error < 1e-6 * scaling.n(), "ε = {eps}: {error:e}");
    }
}

/// Variables with a window that is too short, or too long.
struct Windowed(GaussianVariables, f64);

impl RadialWeylVariables for Windowed {
    fn value(&self, r: f64, y_parallel: f64, y_perpendicular: f64) -> Complex64 {
        self.0.value(r, y_parallel, y_perpendicular)
    }

    fn reach(&self) -> f64 {
        self.1 * self.0.reach()
    }
}

/// Control: 20% off the window fakes negative eigenvalues; 20% more changes nothing.
#[test]
fn a_window_too_short_is_seen_in_the_spectrum() {
    let eps = 0.25;
    let momenta = AngularMomenta::sparse(eps, 110).unwrap();
    let at = |factor: f64| quantised(&Windowed(thermal(1.0), factor), eps, 7.5, 7.5, &momenta);
    let lowest = |factor: f64| at(factor).spectrum_extent().unwrap().0;
    assert!(lowest(1.0) > -1e-12 && lowest(0.8) < -1e-9, "{:e} {:e}", lowest(1.0), lowest(0.8));
    assert!((at(1.2).trace() - at(1.0).trace()).abs() < 1e-10);
}

/// Control: the Weyl transform on the half-line of the fibre W(r, p, L/r), L = ε(ℓ+½), whose kernel is
/// (2πε)^{−1}∫(2π)³W((r+r′)/2, p, 2L/(r+r′))e^{ipδ}dp, is not the channel: its traces are off by parts of order ε².
#[test]
fn the_half_line_transform_of_the_fibre_misses() {
    for eps in [0.5, 0.25] {
        let omega = quantised(&thermal(1.0), eps, 7.5, 7.5, &AngularMomenta::full(6));
        let fibre = |l: usize, r: f64| {
            let square = r * r + (eps * (l as f64 + 0.5) / r).powi(2);
            TAU.powi(3) / (TAU * eps) * (-0.5 * square).exp() / TAU.powi(3) * TAU.sqrt()
        };
        for (l, block) in omega.blocks().iter().enumerate() {
            let half: f64 = omega.grid().points().iter().map(|r| omega.grid().spacing() * fibre(l, *r)).sum();
            let exact: f64 = (0..400).map(|k| thermal_level(eps, 1.0, 2 * k + l)).sum();
            assert!((block.trace() / exact - 1.0).abs() < 1e-10, "ℓ = {l}");
            assert!((half / exact - 1.0).abs() > 4e-4, "ε = {eps}, ℓ = {l}: {}", half / exact - 1.0);
        }
    }
}

#[test]
fn what_cannot_be_quantised_is_refused() {
    let grid = RadialGrid::new(6.0, 20).unwrap();
    let momenta = AngularMomenta::full(2);
    let line = weyl_channels(&thermal(1.0), &Scaling::line(0.5).unwrap(), &grid, &momenta);
    assert_eq!(line.unwrap_err(), ChannelQuantisationError::Dimension(1));
    let scaling = Scaling::new(3, 0.5).unwrap();
    let wrong = Windowed(thermal(1.0), f64::NAN);
    assert!(matches!(
        weyl_channels(&wrong, &scaling, &grid, &momenta),
        Err(ChannelQuantisationError::Reach(_))
    ));
    let none = &ChannelOptions::refined(0.0);
    let panels = weyl_channels_with(&thermal(1.0), &scaling, &grid, &momenta, none);
    assert_eq!(panels.unwrap_err(), ChannelQuantisationError::Refinement(0.0));
    assert_eq!(half_bandwidth(&thermal(1.0), 0.5, &grid), 12);
    assert_eq!(GaussianVariables::new(vec![]).unwrap_err(), ChannelQuantisationError::Empty);
    let flat = GaussianVariables::new(vec![term(1.0, 0.0, 1.0, 0.0)]);
    assert_eq!(flat.unwrap_err(), ChannelQuantisationError::Gaussian);
    let extent = TableExtent {
        radius: 6.0,
        velocity: 7.0,
        reach: 4.0,
        negligible: NEGLIGIBLE,
        spacing_r: 0.3,
        spacing_y: 0.3,
    };
    let w = |r: f64, v_r: f64, v_t: f64| (-0.5 * (r * r + v_r * v_r + v_t * v_t)).exp();
    let truncated = WeylTable::new(&extent, 0.0, w);
    assert!(matches!(truncated, Err(ChannelQuantisationError::Truncated { .. })));
    let nan = WeylTable::new(&extent, 0.0, |r, _, _| if r > 1.0 { f64::NAN } else { 0.0 });
    assert!(matches!(nan, Err(ChannelQuantisationError::NotFinite(_))));
    let extent = TableExtent { spacing_y: -1.0, ..extent };
    assert_eq!(WeylTable::new(&extent, 0.0, w).unwrap_err(), ChannelQuantisationError::Extent);
}

/// A chirp kept out of the table is put in exactly.
#[test]
fn the_chirp_of_a_table_is_a_phase_of_the_channels() {
    let plain = vec![term(1.0, 1.0, 1.3, 0.0)];
    let extent = TableExtent {
        radius: 8.5,
        velocity: 9.5,
        reach: 6.5,
        negligible: NEGLIGIBLE,
        spacing_r: 0.1,
        spacing_y: 0.1,
    };
    let table = WeylTable::new(&extent, 0.4, |r, v_r, v_t| in_polar(&plain, r, v_r, v_t)).unwrap();
    let exact = GaussianVariables::new(vec![term(1.0, 1.0, 1.3, 0.4)]).unwrap();
    let (eps, momenta) = (0.5, AngularMomenta::full(4));
    let [a, b] = [quantised(&table, eps, 6.0, 11.0, &momenta), quantised(&exact, eps, 6.0, 11.0, &momenta)];
    for l in 0..=4 {
        let (one, two) = (a.blocks()[l].entry(9, 5), b.blocks()[l].entry(9, 5));
        assert!((one - two).norm() < 1e-9 && two.im.abs() > 1e-4, "ℓ = {l}: {one} {two}");
    }
}
