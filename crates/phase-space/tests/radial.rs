//! The radial grid, its transforms, −∂_r², and sparse sums over angular momenta against full ones.
#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use semiclassical_phase_space::radial::{
    AngularMomenta, AngularMomentaError, Parity, ParityTransform, RadialGrid, RadialGridError, SparseRule,
};

const PARITIES: [Parity; 2] = [Parity::Even, Parity::Odd];

fn apply(matrix: &[f64], u: &[f64]) -> Vec<f64> {
    matrix.chunks_exact(u.len()).map(|row| row.iter().zip(u).map(|(a, u)| a * u).sum()).collect()
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |m, (a, b)| m.max((a - b).abs()))
}

#[test]
fn grids_are_checked_and_half_integer() {
    let grid = RadialGrid::new(6.0, 12).unwrap();
    assert_eq!((grid.spacing(), grid.point(0), grid.point(11), grid.points().len()), (0.5, 0.25, 5.75, 12));
    assert_eq!(RadialGrid::resolving(PI, 0.125, 5.0).unwrap().len(), 40);
    assert!(matches!(RadialGrid::new(f64::NAN, 12), Err(RadialGridError::Radius(_))));
    assert!(matches!(RadialGrid::new(1.0, 1), Err(RadialGridError::Points(1))));
    assert!(RadialGrid::resolving(1.0, 0.0, 5.0).is_err());
}

#[test]
fn parity_alternates_with_l() {
    assert_eq!([0, 1, 2, 3].map(Parity::of), [Parity::Odd, Parity::Even, Parity::Odd, Parity::Even]);
}

/// ∫e^{−r²}d³x = π^{3/2}: spectral accuracy of the plain sum.
#[test]
fn volumes_are_integrated_spectrally() {
    let grid = RadialGrid::new(7.0, 24).unwrap();
    let values: Vec<f64> = grid.points().iter().map(|r| (-r * r).exp()).collect();
    assert!((grid.volume_integral(&values) - PI.powf(1.5)).abs() < 1e-13);
    assert!((grid.integral(&values) - 0.5 * PI.sqrt()).abs() < 1e-14);
}

#[test]
fn transforms_are_orthonormal_and_diagonalise_the_second_derivative() {
    for n in [2, 7, 20] {
        let grid = RadialGrid::new(3.0, n).unwrap();
        for parity in PARITIES {
            let transform = ParityTransform::new(&grid, parity);
            let derivative = grid.minus_second_derivative(parity);
            for m in 0..n {
                let mut unit = vec![0.0; n];
                unit[m] = 1.0;
                let u = transform.inverse(&unit);
                assert!(distance(&transform.forward(&u), &unit) < 1e-14 * n as f64);
                let k2 = transform.wave_number(m).powi(2);
                let scaled: Vec<f64> = u.iter().map(|u| k2 * u).collect();
                let largest = grid.wave_number(parity, n).powi(2);
                assert!(distance(&apply(&derivative, &u), &scaled) < 1e-14 * largest, "{parity:?} {n} {m}");
                assert!((0..n).all(|j| (transform.evaluate(&unit, grid.point(j)) - u[j]).abs() < 1e-13));
            }
            let symmetric = |i: usize, j: usize| derivative[i * n + j] == derivative[j * n + i];
            assert!((0..n * n).all(|at| symmetric(at / n, at % n)));
        }
    }
}

/// u = r^{ℓ+1}e^{−r²/2}: −u″ = (2ℓ+3 − r² − ℓ(ℓ+1)/r²)u. The other parity puts a kink at r = 0 and misses.
#[test]
fn reduced_functions_are_resolved_in_their_parity_alone() {
    let grid = RadialGrid::new(9.0, 48).unwrap();
    for l in 0..4_usize {
        let u: Vec<f64> = grid.points().iter().map(|r| r.powi(l as i32 + 1) * (-0.5 * r * r).exp()).collect();
        let exact: Vec<f64> = (0..48)
            .map(|j| {
                let r2 = grid.point(j).powi(2);
                ((2 * l + 3) as f64 - r2 - (l * (l + 1)) as f64 / r2) * u[j]
            })
            .collect();
        let error = |parity| distance(&apply(&grid.minus_second_derivative(parity), &u), &exact);
        let right = Parity::of(l);
        let wrong = Parity::of(l + 1);
        assert!(error(right) < 3e-12, "ℓ = {l}: {}", error(right));
        assert!(error(wrong) > 1e6 * error(right), "ℓ = {l}: {}", error(wrong));
        let transform = ParityTransform::new(&grid, right);
        let modes = transform.forward(&u);
        for r in [0.0, 0.03, 1.234, 5.0_f64] {
            let value = r.powi(l as i32 + 1) * (-0.5 * r * r).exp();
            assert!((transform.evaluate(&modes, r) - value).abs() < 1e-12, "ℓ = {l}, r = {r}");
        }
    }
}

#[test]
fn sparse_sets_begin_with_all_and_end_with_the_last() {
    for eps in [1.0, 0.5, 0.125, 1.0 / 32.0] {
        for l_max in [0, 3, 10, 11, 57, 192, 704] {
            let set = AngularMomenta::sparse(eps, l_max).unwrap();
            let momenta = set.momenta();
            assert_eq!(set.last(), l_max);
            assert!((0..=l_max.min(10)).all(|l| momenta[l] == l));
            let widest = |pair: &[usize]| (pair[0] as f64 / 12.0).min(0.8 / eps).max(1.0);
            assert!(
                momenta
                    .windows(2)
                    .all(|pair| pair[0] < pair[1] && (pair[1] - pair[0]) as f64 <= widest(pair))
            );
        }
    }
    let counts = [(0.125, 192), (1.0 / 32.0, 704)].map(|(e, l)| AngularMomenta::sparse(e, l).unwrap().len());
    assert!(counts[0] < 70 && counts[1] < 85, "{counts:?}");
}

/// The law of the weights: e^{−γεℓ} times a polynomial of degree below 10 is summed exactly.
#[test]
fn weights_are_exact_on_polynomials_times_the_decay() {
    let (eps, l_max) = (0.125, 192);
    let (sparse, full) = (AngularMomenta::sparse(eps, l_max).unwrap(), AngularMomenta::full(l_max));
    let relative = |degree: i32| {
        let g = |l: &usize| (*l as f64 / 50.0 - 1.0).powi(degree) * (-0.7 * eps * *l as f64).exp();
        let value = |set: &AngularMomenta| set.sum(&set.momenta().iter().map(g).collect::<Vec<_>>());
        let size = full.sum(&full.momenta().iter().map(|l| g(l).abs()).collect::<Vec<_>>());
        (value(&sparse) - value(&full)).abs() / size
    };
    assert!((0..10).all(|degree| relative(degree) < 1e-12));
    assert!(relative(10) > 1e-11, "degree 10 is beyond the rule: {}", relative(10));
}

/// g(ℓ) = Σ_k λ_{2k+ℓ} of the thermal oscillator state, N(1−q)³q^ℓ/(1−q²); Σ(2ℓ+1)g = N.
fn thermal(sigma2: f64, eps: f64) -> impl Fn(&usize) -> f64 {
    let q = (2.0 * sigma2 - eps) / (2.0 * sigma2 + eps);
    move |l| (1.0 - q).powi(2) / (1.0 + q) * q.powi(*l as i32)
}

#[test]
fn sparse_sums_of_thermal_traces_are_full_sums() {
    for (sigma2, tolerance) in [(0.8, 2e-10), (1.0, 2e-12), (1.3, 1e-14)] {
        for eps in [0.25, 0.125, 1.0 / 16.0, 1.0 / 32.0] {
            let l_max = (28.0 * sigma2 / eps) as usize;
            let g = thermal(sigma2, eps);
            let values = |set: &AngularMomenta| set.momenta().iter().map(&g).collect::<Vec<_>>();
            let full = AngularMomenta::full(l_max);
            let exact = full.sum(&values(&full));
            assert!((exact - 1.0).abs() < 2e-10, "Σ(2ℓ+1)g = 1: {exact}");
            let sparse = AngularMomenta::sparse(eps, l_max).unwrap();
            let (value, error) = sparse.sum_with_error(&values(&sparse));
            assert!((value - exact).abs() < tolerance, "σ² = {sigma2}, ε = {eps}: {:e}", value - exact);
            assert!((value - exact).abs() <= error + 1e-14 && error < 1e-8, "ε = {eps}: error {error:e}");
        }
    }
}

/// Σ(2ℓ+1)g² = Σ(2ℓ+1)c²q^{2ℓ} = c²(1+q²)/(1−q²)², g of a thermal trace.
#[test]
fn sparse_sums_of_squares_take_out_twice_the_decay() {
    for eps in [0.25, 0.125, 1.0 / 16.0] {
        let g = thermal(1.0, eps);
        let (c, q2) = (g(&0), ((2.0 - eps) / (2.0 + eps)).powi(2));
        let sparse = AngularMomenta::sparse(eps, (26.0 / eps) as usize).unwrap();
        let values: Vec<f64> = sparse.momenta().iter().map(&g).collect();
        let exact = c * c * (1.0 + q2) / (1.0 - q2).powi(2);
        let by_sum = sparse.sum(&values.iter().map(|g| g * g).collect::<Vec<_>>());
        let miss = |sum: f64| (sum / exact - 1.0).abs();
        let squares = miss(sparse.sum_of_squares(&values));
        assert!(
            squares < 1e-11 && miss(by_sum) > 100.0 * squares,
            "ε = {eps}: {squares:e} {:e}",
            miss(by_sum)
        );
    }
}

/// Control: Σ_k|λ_{2k+ℓ} − μ_{2k+ℓ}| of two thermal states alternates with ℓ below the sign change, by about ε²: its sparse sum
/// misses by far more than the error that holds for smooth summands.
#[test]
fn norms_of_differences_are_no_smooth_summands() {
    let eps = 1.0 / 24.0;
    let level = |sigma2: f64, m: usize| {
        let q: f64 = (2.0 * sigma2 - eps) / (2.0 * sigma2 + eps);
        (1.0 - q).powi(3) * q.powi(m as i32)
    };
    let sum_over_k =
        |l: &usize| (0..700).map(|k| (level(1.0, 2 * k + l) - level(0.81, 2 * k + l)).abs()).sum();
    let miss = |set: &AngularMomenta, full: &AngularMomenta| {
        let values = |set: &AngularMomenta| set.momenta().iter().map(sum_over_k).collect::<Vec<f64>>();
        let (value, error) = set.sum_with_error(&values(set));
        ((value - full.sum(&values(full))).abs(), error)
    };
    let full = AngularMomenta::full(670);
    let (miss, stated) = miss(&AngularMomenta::sparse(eps, 670).unwrap(), &full);
    assert!(miss > 1e-6 && miss > 10.0 * stated, "{miss:e} {stated:e}");
}

/// Gaussians in L, as of a density at one radius: width r σ.
#[test]
fn sparse_sums_of_gaussians_in_l_come_with_their_error() {
    let eps = 1.0 / 16.0;
    let (full, sparse) = (AngularMomenta::full(400), AngularMomenta::sparse(eps, 400).unwrap());
    for width in [0.2, 0.7, 1.5, 3.0] {
        let g = |l: &usize| (-0.5 * (eps * (*l as f64 + 0.5) / width).powi(2)).exp() * eps * eps;
        let values = |set: &AngularMomenta| set.momenta().iter().map(g).collect::<Vec<_>>();
        let exact = full.sum(&values(&full));
        let (value, error) = sparse.sum_with_error(&values(&sparse));
        assert!(
            (value - exact).abs() <= error && error < 1e-3 * exact,
            "{width}: {:e} {error:e}",
            value - exact
        );
    }
}

/// Without the factor e^{γεℓ} the same points give a hundred times the error.
#[test]
fn the_decay_must_be_taken_out() {
    let (eps, l_max) = (0.125, 192);
    let g = thermal(1.0, eps);
    let full = AngularMomenta::full(l_max);
    let exact = full.sum(&full.momenta().iter().map(&g).collect::<Vec<_>>());
    let miss = |decay: f64| {
        let rule = SparseRule { decay, ..SparseRule::default() };
        let set = AngularMomenta::sparse_with(eps, l_max, &rule).unwrap();
        (set.sum(&set.momenta().iter().map(&g).collect::<Vec<_>>()) - exact).abs()
    };
    assert!(miss(0.0) > 1e-10 && miss(0.0) > 100.0 * miss(0.7), "{:e} {:e}", miss(0.0), miss(0.7));
}

#[test]
fn rules_out_of_range_are_refused() {
    assert!(matches!(AngularMomenta::sparse(0.0, 5), Err(AngularMomentaError::Epsilon(_))));
    let rule = SparseRule { points: 7, ..SparseRule::default() };
    assert!(matches!(AngularMomenta::sparse_with(0.5, 5, &rule), Err(AngularMomentaError::Rule(_))));
    let full = AngularMomenta::full(4);
    assert_eq!(full.sum_with_error(&[1.0; 5]), (25.0, 0.0));
}
