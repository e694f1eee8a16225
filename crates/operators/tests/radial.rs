//! Channels against exact spectra, and h_ℓ against the oscillator and hydrogen.
#![allow(clippy::unwrap_used)]

use num_complex::Complex64;
use phase_space::radial::{AngularMomenta, Parity, RadialGrid};
use semiclassical_operators::radial::{ChannelError, Channels, HamiltonianError, RadialHamiltonian};
use semiclassical_operators::{BandHermitian, hermitian_eigenvectors, symmetric_eigenvectors};

fn sampled(grid: &RadialGrid, f: impl Fn(f64) -> f64) -> Vec<f64> {
    grid.points().into_iter().map(f).collect()
}

fn levels(grid: &RadialGrid, eps: f64, l: usize, u: impl Fn(f64) -> f64) -> Vec<f64> {
    RadialHamiltonian::new(grid, eps, l, &sampled(grid, u)).unwrap().eigenvalues().unwrap()
}

/// −ε²Δ + x²: ε(2(2k+ℓ)+3).
#[test]
fn the_oscillator_has_its_levels() {
    for eps in [0.5, 0.125] {
        let grid = RadialGrid::resolving(5.5, eps, 5.5).unwrap();
        for l in [0, 1, 2, 5, 8] {
            for (k, level) in levels(&grid, eps, l, |r| r * r).iter().enumerate().take(3) {
                let exact = eps * (2 * (2 * k + l) + 3) as f64;
                assert!((level - exact).abs() < 1e-9, "ε = {eps}, ℓ = {l}, k = {k}: {:e}", level - exact);
            }
        }
    }
}

/// −ε²Δ − 1/|x|: −1/(4ε²n²), from −Δ − Z/|x| ↔ −Z²/(4n²) with Z = ε^(−2), times ε².
fn hydrogen_errors(l: usize, corrected: bool, points: [usize; 2]) -> [f64; 2] {
    let eps: f64 = 0.5;
    points.map(|n| {
        let grid = RadialGrid::new(10.0 * (l + 2) as f64, n).unwrap();
        let u = if corrected {
            RadialHamiltonian::point_charge(&grid, 1.0, l)
        } else {
            sampled(&grid, |r| -1.0 / r)
        };
        let level = RadialHamiltonian::new(&grid, eps, l, &u).unwrap().eigenvalues().unwrap()[0];
        (level + 1.0 / (4.0 * eps * eps * ((l + 1) as f64).powi(2))).abs()
    })
}

/// A point charge is not smooth in r²: finite orders, higher for larger ℓ.
#[test]
fn hydrogen_has_its_levels_and_its_orders() {
    for (l, corrected, order, finest) in
        [(0, false, 2.0, 4e-3), (0, true, 2.85, 1e-4), (1, true, 3.85, 3e-7), (2, true, 5.65, 3e-9)]
    {
        let errors = hydrogen_errors(l, corrected, if l == 2 { [100, 200] } else { [200, 400] });
        let measured = (errors[0] / errors[1]).log2();
        assert!((measured - order).abs() < 0.45, "ℓ = {l}, {corrected}: order {measured} {errors:?}");
        assert!(errors[1] < finest && errors[1] > 1e-12, "ℓ = {l}: {errors:?}");
    }
}

#[test]
fn the_levels_depend_on_eps_and_charge_as_they_should() {
    let (eps, charge, l) = (0.25, 0.6, 2);
    let grid = RadialGrid::new(16.0, 400).unwrap();
    let u = RadialHamiltonian::point_charge(&grid, charge, l);
    let levels = RadialHamiltonian::new(&grid, eps, l, &u).unwrap().eigenvalues().unwrap();
    for (k, level) in levels.iter().take(2).enumerate() {
        let exact = -(charge / (2.0 * eps * (k + l + 1) as f64)).powi(2);
        assert!((level / exact - 1.0).abs() < 1e-7, "{k}: {level} {exact}");
    }
}

/// Control: (ℓ+½)² for ℓ(ℓ+1) raises the levels by about ε²/(4⟨r²⟩).
#[test]
fn the_barrier_of_langer_misses() {
    let eps = 0.25;
    let grid = RadialGrid::resolving(6.0, eps, 7.0).unwrap();
    let u = sampled(&grid, |r| r * r);
    for l in [1_usize, 2, 5] {
        let barrier = (l as f64 + 0.5).powi(2);
        let wrong = RadialHamiltonian::with_barrier(&grid, eps, Parity::of(l), barrier, &u).unwrap();
        let shift = wrong.eigenvalues().unwrap()[0] - eps * (2 * l + 3) as f64;
        // −ε²Δ + r² with barrier ν(ν+1) has the level ε(2ν+3), here ν(ν+1) = (ℓ+½)²
        let nu = (barrier + 0.25).sqrt() - 0.5;
        let expected = 2.0 * eps * (nu - l as f64);
        assert!(shift > 0.01 && (shift / expected - 1.0).abs() < 0.02, "ℓ = {l}: {shift} {expected}");
    }
    let other = RadialHamiltonian::with_barrier(&grid, eps, Parity::Even, 6.0, &u).unwrap();
    assert!((other.eigenvalues().unwrap()[0] - eps * 7.0).abs() > 1e-6, "the wrong parity must miss");
}

#[test]
fn hamiltonians_are_checked() {
    let grid = RadialGrid::new(3.0, 8).unwrap();
    let short = RadialHamiltonian::new(&grid, 0.5, 0, &[0.0; 7]);
    assert_eq!(short.unwrap_err(), HamiltonianError::Length { points: 8, given: 7 });
    assert!(RadialHamiltonian::new(&grid, f64::NAN, 0, &[0.0; 8]).is_err());
}

/// q = (2σ²−ε)/(2σ²+ε): λ_m = N(1−q)³q^m of multiplicity (m+1)(m+2)/2, N = ε^(−3).
fn thermal_value(eps: f64, sigma2: f64, m: usize) -> f64 {
    let q = (2.0 * sigma2 - eps) / (2.0 * sigma2 + eps);
    ((1.0 - q) / eps).powi(3) * q.powi(m as i32)
}

/// ω = f(−ε²Δ + x²) with the exact λ_{2k+ℓ} on the functions of h_ℓ.
fn thermal(grid: &RadialGrid, momenta: &AngularMomenta, eps: f64, sigma2: f64) -> Channels {
    let (n, u) = (grid.len(), sampled(grid, |r| r * r));
    let block = |&l: &usize| {
        let states = RadialHamiltonian::new(grid, eps, l, &u).unwrap().eigenvectors().unwrap();
        let entry = |i: usize, j: usize| -> f64 {
            (0..n)
                .map(|k| thermal_value(eps, sigma2, 2 * k + l) * states.vector(k)[i] * states.vector(k)[j])
                .sum()
        };
        let diagonals = (0..n).map(|d| (0..n - d).map(|j| entry(j + d, j).into()).collect()).collect();
        BandHermitian::from_diagonals(n, diagonals).unwrap()
    };
    Channels::new(*grid, momenta.clone(), momenta.momenta().iter().map(block).collect()).unwrap()
}

#[test]
fn channels_of_thermal_states_have_their_norms_and_density() {
    let (eps, sigma2) = (0.5_f64, 0.5_f64);
    let grid = RadialGrid::resolving(5.5, eps, 5.5).unwrap();
    let l_max = 48;
    let omega = thermal(&grid, &AngularMomenta::full(l_max), eps, sigma2);
    let n = eps.powi(-3);
    assert!((omega.trace() / n - 1.0).abs() < 1e-9, "{}", omega.trace());
    let multiplicity = |m: usize| ((m + 1) * (m + 2) / 2) as f64;
    let square: f64 = (0..200).map(|m| multiplicity(m) * thermal_value(eps, sigma2, m).powi(2)).sum();
    assert!((omega.hilbert_schmidt() / square.sqrt() - 1.0).abs() < 1e-11);
    let (low, high) = omega.spectrum_extent().unwrap();
    assert!(low > -1e-14 && (high - thermal_value(eps, sigma2, 0)).abs() < 1e-13, "{low} {high}");
    for (j, (rho, error)) in omega.density(n).iter().enumerate() {
        let r = grid.point(j);
        let exact = (-0.5 * r * r / sigma2).exp() / (2.0 * std::f64::consts::PI * sigma2).powf(1.5);
        assert!((rho - exact).abs() < 1e-9 && *error == 0.0, "r = {r}: {:e}", rho - exact);
    }
    let second = omega.expectation(&sampled(&grid, |r| r * r)).unwrap();
    assert!((second / n - 3.0 * sigma2).abs() < 1e-7, "tr x²ω = 3σ²N: {second}");
}

/// tr|ω₁ − ω₂| = Σ_m (m+1)(m+2)/2 |λ_m − μ_m|, by all ℓ and by a sparse set.
#[test]
fn the_difference_of_thermal_states_has_its_trace_norm() {
    let eps = 0.5;
    let grid = RadialGrid::resolving(5.5, eps, 5.5).unwrap();
    let exact: f64 = (0..400)
        .map(|m| {
            let multiplicity = ((m + 1) * (m + 2) / 2) as f64;
            multiplicity * (thermal_value(eps, 0.5, m) - thermal_value(eps, 0.4, m)).abs()
        })
        .sum();
    for momenta in [AngularMomenta::full(48), AngularMomenta::sparse(eps, 48).unwrap()] {
        let states = [0.5, 0.4].map(|sigma2| thermal(&grid, &momenta, eps, sigma2));
        let (norm, error) = states[0].minus(&states[1]).unwrap().trace_norm().unwrap();
        assert!(exact > 0.1 && (norm - exact).abs() < 1e-7, "{norm} {exact} {error:e}");
        // what is nothing is cut off at one height, whatever the factor
        let (halved, cut) = states[0].minus(&states[1]).unwrap().scaled(-0.5).trace_norm().unwrap();
        let by = (halved - 0.5 * norm).abs();
        assert!(by < 1e-13 + cut + 0.5 * error, "{by:.1e} {cut:.1e} {error:.1e}");
    }
}

#[test]
fn low_rank_factors_rebuild_the_channel() {
    let eps = 0.5;
    let grid = RadialGrid::resolving(5.5, eps, 5.5).unwrap();
    let omega = thermal(&grid, &AngularMomenta::full(1), eps, 0.5);
    let factors = omega.low_rank(1, 1e-9).unwrap();
    assert!(factors.rank() > 3 && factors.rank() < grid.len(), "rank {}", factors.rank());
    for (i, j) in [(0, 0), (3, 1), (7, 7), (12, 9)] {
        let rebuilt: Complex64 = (0..factors.rank())
            .map(|k| factors.values()[k] * factors.vector(k)[i] * factors.vector(k)[j].conj())
            .sum();
        assert!((rebuilt - omega.blocks()[1].entry(i, j)).norm() < 1e-9);
    }
}

#[test]
fn channels_that_do_not_match_are_refused() {
    let grid = RadialGrid::new(3.0, 4).unwrap();
    let block = |n: usize| BandHermitian::from_diagonals(n, vec![vec![1.0.into(); n]]).unwrap();
    let two = AngularMomenta::full(1);
    let count = Channels::new(grid, two.clone(), vec![block(4)]).unwrap_err();
    assert_eq!(count, ChannelError::Count { wanted: 2, given: 1 });
    let order = Channels::new(grid, two.clone(), vec![block(4), block(5)]).unwrap_err();
    assert_eq!(order, ChannelError::Order { l: 1, order: 5, points: 4 });
    let one = Channels::new(grid, two, vec![block(4), block(4)]).unwrap();
    let other = Channels::new(grid, AngularMomenta::full(0), vec![block(4)]).unwrap();
    assert_eq!(one.minus(&other).unwrap_err(), ChannelError::Mismatch);
    assert!(one.expectation(&[1.0; 3]).is_err());
    assert_eq!(one.trace(), 16.0);
}

#[test]
fn eigenvectors_are_orthonormal_and_rebuild_the_matrix() {
    let n = 9;
    let entry = |i: usize, j: usize| {
        let (i, j) = (i as f64, j as f64);
        let z = Complex64::new((i * j).cos(), (i - j) * 0.3);
        if i == j { Complex64::new(z.re, 0.0) } else { z }
    };
    let complex = hermitian_eigenvectors(n, entry).unwrap();
    let real = symmetric_eigenvectors(n, |i, j| entry(i, j).re).unwrap();
    assert!(complex.values().windows(2).all(|pair| pair[0] <= pair[1]));
    for (i, j) in (0..n * n).map(|at| (at / n, at % n)) {
        let rebuilt: Complex64 =
            (0..n).map(|k| complex.values()[k] * complex.vector(k)[i] * complex.vector(k)[j].conj()).sum();
        assert!((rebuilt - entry(i, j)).norm() < 1e-13);
        let rebuilt: f64 = (0..n).map(|k| real.values()[k] * real.vector(k)[i] * real.vector(k)[j]).sum();
        assert!((rebuilt - entry(i, j).re).abs() < 1e-13);
        let product: Complex64 =
            complex.vector(i).iter().zip(complex.vector(j)).map(|(a, b)| a.conj() * b).sum();
        assert!((product - if i == j { 1.0 } else { 0.0 }).norm() < 1e-13);
    }
    assert!(symmetric_eigenvectors(2, |_, _| f64::NAN).is_err());
}
