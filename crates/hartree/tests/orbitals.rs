//! Determinants by themselves: the oscillator sea, whose density, levels, Wigner function and commutators are known.

#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, NoInteraction};
use num_complex::Complex64;
use operators::schatten;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid};
use semiclassical_hartree::line::{External, Model, OrbitalError, Orbitals};

const S: f64 = 1.3;

fn scaling(n: usize) -> Scaling {
    Scaling::line(1.0 / n as f64).unwrap()
}

fn sea(n: usize, axis: &Axis) -> Orbitals {
    Orbitals::oscillator_sea(axis, scaling(n), S).unwrap()
}

fn axis(points: usize) -> Axis {
    Axis::new(0.0, 9.0, points).unwrap()
}

#[test]
fn a_determinant_has_trace_n_and_is_a_projector() {
    let orbitals = sea(8, &axis(120));
    assert!((orbitals.trace() - 8.0).abs() < 1e-12);
    assert!(orbitals.orthonormality_defect() < 1e-13);
    let omega = orbitals.density_operator().unwrap();
    assert!((omega.hilbert_schmidt().powi(2) - 8.0).abs() < 1e-12);
    let values = omega.eigenvalues().unwrap();
    assert!(values.iter().rev().take(8).all(|l| (l - 1.0).abs() < 1e-12));
    assert!(values.iter().rev().skip(8).all(|l| l.abs() < 1e-12));
    let difference = omega.density(8.0).into_iter().zip(orbitals.density()).map(|(a, b)| (a - b).abs());
    assert!(difference.fold(0.0, f64::max) < 1e-13);
}

/// tr(−ε²Δ)ω = tr V_ext ω = ½Σεs(2n+1) = ½εsN² = sN/2, by the virial theorem.
#[test]
fn the_sea_has_the_energy_of_its_levels() {
    let model = Model::hartree(NoInteraction, External::Harmonic { s: S });
    let energy = sea(8, &axis(120)).energy(&model).unwrap();
    assert!((energy.kinetic - 0.5 * S * 8.0).abs() < 1e-11, "{energy:?}");
    assert!((energy.external - 0.5 * S * 8.0).abs() < 1e-11, "{energy:?}");
    assert_eq!((energy.direct, energy.exchange), (0.0, 0.0));
}

/// The density of N fermions in a harmonic trap by the Christoffel–Darboux formula at y = x, which no orbital but two enters:
/// Nρ = √(s/ε)[N h_{N−1}² − √(N(N−1)) h_N h_{N−2}].
#[test]
fn the_density_is_that_of_christoffel_and_darboux() {
    let (n, axis) = (8, axis(120));
    let rho = sea(n, &axis).density();
    let scale = (S * n as f64).sqrt();
    for (x, rho) in axis.points().iter().zip(rho) {
        let xi = x * scale;
        let hermite = |k: usize| {
            let (mut before, mut now) = (0.0, 1.0);
            for j in 0..k {
                (before, now) = (now, 2.0 * xi * now - 2.0 * j as f64 * before);
            }
            let norm = (1..=k).fold(std::f64::consts::PI.sqrt(), |p, j| p * 2.0 * j as f64);
            now / norm.sqrt() * (-0.5 * xi * xi).exp()
        };
        let m = n as f64;
        let exact = scale * (hermite(n - 1).powi(2) - ((m - 1.0) / m).sqrt() * hermite(n) * hermite(n - 2));
        assert!((rho - exact).abs() < 1e-12, "x = {x}: {rho} {exact}");
    }
}

#[test]
fn only_the_highest_level_couples_in_the_commutators() {
    for n in [1, 8, 32] {
        // √ε is the width of one orbital, so that N = 1 takes the longest box
        let orbitals = sea(
            n,
            &Axis::new(0.0, if n == 1 { 16.0 } else { 9.0 }, if n == 32 { 300 } else { 120 }).unwrap(),
        );
        let position = orbitals.position_commutator().unwrap();
        assert!((position - (2.0 / S).sqrt()).abs() < 1e-11, "N = {n}: {position}");
        let momentum = orbitals.momentum_commutator().unwrap();
        assert!((momentum - (2.0 * S).sqrt()).abs() < 1e-11, "N = {n}: {momentum}");
    }
}

/// Orbitals of no symmetry: the rank-N formula against the eigenvalues of the whole kernel of i[x,ω] and [ε∇,ω].
#[test]
fn commutators_are_those_of_the_kernel() {
    let axis = Axis::new(0.2, 11.0, 110).unwrap();
    let orbitals = mixed(&axis, 4, [0.3, -0.7, 0.9, 0.2]);
    let omega = orbitals.density_operator().unwrap();
    let slow = |kernel: operators::DensityOperator| schatten::trace_norm(&kernel.eigenvalues().unwrap());
    let position = slow(omega.commutator_with(&axis.points()).unwrap());
    let fast = orbitals.position_commutator().unwrap();
    assert!(position > 1.0 && (position - fast).abs() < 1e-11, "{position} {fast}");
    let momentum = slow(omega.momentum_commutator(0.25).unwrap());
    let fast = orbitals.momentum_commutator().unwrap();
    assert!(momentum > 1.0 && (momentum - fast).abs() < 1e-11, "{momentum} {fast}");
}

/// N orthonormal combinations of shifted, moving Gaussians.
fn mixed(axis: &Axis, n: usize, c: [f64; 4]) -> Orbitals {
    let mut values: Vec<Complex64> = Vec::new();
    for j in 0..n {
        let (r, p) = (c[j % 4] + 0.8 * j as f64 - 1.2, c[(j + 1) % 4] * n as f64);
        let mut phi: Vec<_> = axis
            .points()
            .iter()
            .map(|x| Complex64::cis(p * x) * (-(2.0 + c[(j + 2) % 4]) * (x - r) * (x - r)).exp())
            .collect();
        for before in values.chunks_exact(axis.len()).chain(values.chunks_exact(axis.len())) {
            let overlap: Complex64 =
                before.iter().zip(&phi).map(|(a, b)| a.conj() * b).sum::<Complex64>() * axis.spacing();
            phi.iter_mut().zip(before).for_each(|(f, b)| *f -= overlap * b);
        }
        let norm = (phi.iter().map(Complex64::norm_sqr).sum::<f64>() * axis.spacing()).sqrt();
        values.extend(phi.iter().map(|f| f / norm));
    }
    Orbitals::new(axis, scaling(n), values).unwrap()
}

/// ∬W = 1 and 2π∬W² = 1, since ‖ω‖²_HS = N; and the same function as by `transforms`, which interpolates diagonals.
#[test]
fn the_wigner_function_of_a_projector() {
    // points for products of two orbitals: a diagonal of the kernel, interpolated, has twice their wave numbers
    let box_ = Axis::new(0.0, 14.0, 220).unwrap();
    let orbitals = sea(8, &box_);
    let grid = PhaseGrid::new(Axis::new(0.0, 14.0, 224).unwrap(), Axis::new(0.0, 8.0, 140).unwrap());
    let w = orbitals.wigner(&grid).unwrap();
    let mass = w.values().iter().sum::<f64>() * grid.cell();
    assert!((mass - 1.0).abs() < 1e-10, "{mass}");
    assert!((std::f64::consts::TAU * w.l2().powi(2) - 1.0).abs() < 1e-10, "{}", w.l2());
    let omega = orbitals.density_operator().unwrap();
    let other = transforms::wigner::line::wigner(&omega, &scaling(8), &grid).unwrap();
    let error = w.minus(&other).unwrap().l2();
    assert!(error < 1e-10, "{error:.1e}");
    // Δv three times as large cuts coherences off
    let coarse = PhaseGrid::new(grid.x, grid.v.with_points(46));
    assert!(matches!(orbitals.wigner(&coarse), Err(OrbitalError::Coherence { .. })));
    // W(0,0) = π⁻¹Σ_n(−1)^n: 1/π for odd N
    let centre = sea(9, &box_).wigner(&grid).unwrap();
    let at = 112 * 140 + 70;
    assert!((centre.values()[at] - 1.0 / std::f64::consts::PI).abs() < 1e-10, "{}", centre.values()[at]);
}

#[test]
fn the_energy_is_the_double_sum() {
    let (axis, v) = (Axis::new(0.2, 11.0, 220).unwrap(), Gaussian::new(1.7, 0.6).unwrap());
    let orbitals = mixed(&axis, 3, [0.1, 0.5, -0.4, 0.7]);
    let model = Model::hartree_fock(v, External::Quartic { g: 0.3 });
    let energy = orbitals.energy(&model).unwrap();
    let omega = orbitals.density_operator().unwrap();
    let (mut direct, mut exchange, mut external) = (0.0, 0.0, 0.0);
    let h = axis.spacing();
    for (i, x) in axis.points().iter().enumerate() {
        external += h * 0.3 * x.powi(4) * omega.value(i, i).re;
        for (j, y) in axis.points().iter().enumerate() {
            let v = 1.7 * (-0.5 * (x - y).powi(2) / 0.36).exp() * h * h / 6.0;
            direct += v * omega.value(i, i).re * omega.value(j, j).re;
            exchange -= v * omega.value(i, j).norm_sqr();
        }
    }
    for (fast, slow) in [(energy.direct, direct), (energy.exchange, exchange), (energy.external, external)] {
        assert!(slow.abs() > 0.05 && (fast - slow).abs() < 1e-12 * slow.abs().max(1.0), "{fast} {slow}");
    }
    // Σ_j ‖εφ_j′‖² from differences of the kernel on a grid refined by the formula itself
    let kinetic = kinetic_by_differences(&orbitals);
    assert!((energy.kinetic / kinetic - 1.0).abs() < 1e-3, "{} {kinetic}", energy.kinetic);
}

/// Differences of order 4; their error at this spacing is below 10⁻³.
fn kinetic_by_differences(orbitals: &Orbitals) -> f64 {
    let (n, h, eps) = (orbitals.axis().len(), orbitals.axis().spacing(), orbitals.scaling().eps());
    let slope = |phi: &[Complex64], i: usize| {
        let at = |k: usize| phi[(i + n + k - 4) % n];
        (at(5) - at(3)) * (8.0 / 12.0) - (at(6) - at(2)) / 12.0
    };
    let squares = |phi: &[Complex64]| (0..n).map(|i| slope(phi, i).norm_sqr()).sum::<f64>();
    (0..orbitals.n()).map(|j| squares(orbitals.orbital(j))).sum::<f64>() * eps * eps / h
}

/// The exchange of one particle is its own direct energy, for a V that is singular too.
#[test]
fn one_particle_does_not_feel_itself() {
    let axis = Axis::new(0.0, 14.0, 100).unwrap();
    let one = Orbitals::oscillator_sea(&axis, scaling(1), S).unwrap();
    for v in [kernels::InversePower::new(0.8, 0.5).unwrap(), kernels::InversePower::new(-2.0, 0.3).unwrap()] {
        let energy = one.energy(&Model::hartree_fock(v, External::None)).unwrap();
        assert!(energy.direct.abs() > 0.1 && (energy.direct + energy.exchange).abs() < 1e-13, "{energy:?}");
    }
}

#[test]
fn what_is_no_determinant_is_refused() {
    let axis = axis(120);
    let values = sea(4, &axis).values().to_vec();
    let refused = |values: Vec<Complex64>, eps: f64| {
        Orbitals::new(&axis, Scaling::line(eps).unwrap(), values).unwrap_err()
    };
    assert!(matches!(refused(values.clone(), 0.2), OrbitalError::Count { given: 4, .. }));
    assert!(matches!(refused(values.clone(), 0.3), OrbitalError::Fraction(_)));
    assert!(matches!(refused(values[1..].to_vec(), 0.25), OrbitalError::Shape { .. }));
    let mut wrong = values.clone();
    wrong[200].re = f64::NAN;
    assert!(matches!(refused(wrong, 0.25), OrbitalError::NotFinite { orbital: 1, .. }));
    let twice = [&values[..360], &values[..120]].concat();
    assert!(matches!(refused(twice, 0.25), OrbitalError::NotOrthonormal { j: 0, k: 3, .. }));
    assert!(matches!(
        Orbitals::oscillator_sea(&Axis::new(0.0, 2.0, 60).unwrap(), scaling(8), S),
        Err(OrbitalError::NotOrthonormal { .. })
    ));
    assert!(matches!(
        Orbitals::oscillator_sea(&axis, Scaling::new(3, 0.5).unwrap(), S),
        Err(OrbitalError::Dimension(3))
    ));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(12))]

    /// ω² = ω, tr ω = N, and the distance of two projectors by overlaps is that of their kernels.
    #[test]
    fn every_determinant_is_a_projector(
        a in proptest::array::uniform4(-0.8..0.8_f64), b in proptest::array::uniform4(-0.8..0.8_f64), n in 1_usize..5
    ) {
        let axis = Axis::new(0.0, 11.0, 90).unwrap();
        let (one, other) = (mixed(&axis, n, a), mixed(&axis, n, b));
        proptest::prop_assert!((one.trace() - n as f64).abs() < 1e-12);
        let (omega, h) = (one.density_operator().unwrap(), axis.spacing());
        for i in (0..90).step_by(7) {
            for j in (0..90).step_by(11) {
                let square: Complex64 = (0..90).map(|k| omega.value(i, k) * omega.value(k, j) * h).sum();
                proptest::prop_assert!((square - omega.value(i, j)).norm() < 1e-11);
            }
        }
        let slow = omega.minus(&other.density_operator().unwrap()).unwrap().hilbert_schmidt();
        let fast = one.hilbert_schmidt_distance(&other).unwrap();
        proptest::prop_assert!((slow - fast).abs() < 1e-10, "{slow} {fast}");
    }
}

/// On points that carry the orbitals and not their products, ρ is known between them all the same.
#[test]
fn the_density_is_known_between_the_points() {
    let (coarse, fine) = (sea(8, &axis(90)), sea(8, &axis(360)));
    let difference = coarse.refined_density(4).into_iter().zip(fine.density()).map(|(a, b)| (a - b).abs());
    let most = difference.fold(0.0, f64::max);
    assert!(most < 1e-9, "{most:.1e}");
    assert_eq!(coarse.refined_density(1).len(), 90);
}
