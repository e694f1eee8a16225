//! Hartree and Hartree–Fock on orbitals against exact solutions, a kernel on another grid, and a dense evolution of ω.

#![allow(clippy::unwrap_used)]

use kernels::{Gaussian, InversePower, NoInteraction, Quadratic};
use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid};
use phase_space::splitting::Splitting;
use semiclassical_hartree::line::{
    Exchange, External, KernelHartree, Model, OrbitalDynamics, OrbitalError, Orbitals, ground_state,
};

const S: f64 = 1.2;

fn scaling(n: usize) -> Scaling {
    Scaling::line(1.0 / n as f64).unwrap()
}

fn evolved(model: &Model, start: &Orbitals, splitting: Splitting, duration: f64, steps: usize) -> Orbitals {
    let mut dynamics = OrbitalDynamics::new(model, start.axis(), start.scaling(), splitting).unwrap();
    let mut orbitals = start.clone();
    dynamics.evolve(&mut orbitals, duration, steps).unwrap();
    orbitals
}

/// b^{−1/2}φ_n(x/b)e^{iḃx²/4bε}: the sea scaled by b, up to phases that ω does not see.
fn scaled_sea(axis: &Axis, scaling: Scaling, b: f64, b_dot: f64) -> Orbitals {
    // φ_n(·/b)/√b is the sea of s/b²
    let mut values = Orbitals::oscillator_sea(axis, scaling, S / (b * b)).unwrap().values().to_vec();
    for (k, z) in values.iter_mut().enumerate() {
        let x = axis.point(k % axis.len());
        *z *= Complex64::cis(b_dot * x * x / (4.0 * b * scaling.eps()));
    }
    Orbitals::new(axis, scaling, values).unwrap()
}

/// Free flight: b² = 1 + (2st)², since ẋ = 2v. One step, no error of the splitting.
#[test]
fn the_released_sea_scales() {
    let (axis, scaling, t) = (Axis::new(0.0, 24.0, 288).unwrap(), scaling(8), 0.7);
    let start = Orbitals::oscillator_sea(&axis, scaling, S).unwrap();
    let model = Model::hartree(NoInteraction, External::Harmonic { s: S }).released();
    let orbitals = evolved(&model, &start, Splitting::Strang, t, 1);
    let b = (1.0 + (2.0 * S * t).powi(2)).sqrt();
    let exact = scaled_sea(&axis, scaling, b, 4.0 * S * S * t / b);
    let error = orbitals.hilbert_schmidt_distance(&exact).unwrap();
    assert!(error < 1e-11, "{error:.1e}");
    // ẋ = v would give b² = 1 + (st)²
    let b = (1.0 + (S * t).powi(2)).sqrt();
    let wrong = scaled_sea(&axis, scaling, b, S * S * t / b);
    assert!(orbitals.hilbert_schmidt_distance(&wrong).unwrap() > 1.0);
}

/// V = κx²/2 keeps the sea a scaled sea: b̈ = 4s²/b³ − 2κb, b² = cos²Ωt + (2s/Ω)² sin²Ωt, Ω² = 2κ. Every order against it.
#[test]
fn a_quadratic_interaction_breathes_and_every_splitting_has_its_order() {
    let (axis, scaling, kappa, t) = (Axis::new(0.0, 14.0, 196).unwrap(), scaling(8), 1.0, 0.8);
    let start = Orbitals::oscillator_sea(&axis, scaling, S).unwrap();
    let model = Model::hartree(Quadratic::new(kappa).unwrap(), External::None);
    let omega = f64::sqrt(2.0 * kappa);
    let (sin, cos) = (omega * t).sin_cos();
    let q = 2.0 * S / omega;
    let b = (cos * cos + q * q * sin * sin).sqrt();
    let exact = scaled_sea(&axis, scaling, b, omega * (q * q - 1.0) * sin * cos / b);
    assert!(start.hilbert_schmidt_distance(&exact).unwrap() > 1.0);
    for (splitting, steps) in [(Splitting::Strang, 40), (Splitting::Order4, 8), (Splitting::Order6, 3)] {
        let error =
            |steps| evolved(&model, &start, splitting, t, steps).hilbert_schmidt_distance(&exact).unwrap();
        let (coarse, fine) = (error(steps), error(2 * steps));
        let order = (coarse / fine).log2();
        assert!((order - f64::from(splitting.order())).abs() < 0.2, "{splitting:?}: {order} {fine:.1e}");
        assert!(fine > 1e-11, "{splitting:?}: {fine:.1e} is round-off");
    }
}

/// A kernel with other points, started from the Wigner function of the same determinant.
#[test]
fn hartree_is_that_of_the_kernel() {
    let (scaling, t) = (scaling(8), 0.3);
    let start = Orbitals::oscillator_sea(&Axis::new(0.0, 16.0, 192).unwrap(), scaling, S).unwrap();
    let v = Gaussian::new(-3.0, 0.7).unwrap();
    let orbitals = evolved(&Model::hartree(v, External::None), &start, Splitting::Order6, t, 12);
    let grid = PhaseGrid::new(Axis::new(0.0, 16.0, 240).unwrap(), Axis::new(0.0, 8.0, 160).unwrap());
    let axis = Axis::new(0.1, 16.3, 210).unwrap();
    let w = start.wigner(&grid).unwrap();
    let mut kernel = KernelHartree::from_wigner(&w, &axis, &v, scaling, Splitting::Order6).unwrap();
    kernel.evolve(t, 12);
    let factor = scaling.hilbert_schmidt_factor();
    let distance = |orbitals: &Orbitals, kernel: &mut KernelHartree| {
        factor * orbitals.wigner(&grid).unwrap().minus(&kernel.wigner(&grid).unwrap()).unwrap().l2()
    };
    let error = distance(&orbitals, &mut kernel);
    assert!(error < 1e-11, "{error:.1e}");
    let moved = distance(&start, &mut kernel);
    assert!(moved > 0.5, "{moved}");
    let per_particle = kernel.energy() * 8.0;
    let energy = orbitals.energy(&Model::hartree(v, External::None)).unwrap().total();
    assert!((energy - per_particle).abs() < 1e-10, "{energy} {per_particle}");
}

/// Order, energy and orthonormality with exchange.
#[test]
fn hartree_fock_keeps_its_laws_and_orders() {
    let axis = Axis::new(0.0, 12.0, 120).unwrap();
    let start = Orbitals::oscillator_sea(&axis, scaling(4), S).unwrap();
    let model = Model::hartree_fock(Gaussian::new(4.0, 0.5).unwrap(), External::Quartic { g: 0.2 });
    let energy = start.energy(&model).unwrap().total();
    let run = |splitting, steps| evolved(&model, &start, splitting, 0.5, steps);
    let fine = run(Splitting::Order4, 96);
    let drifted = (fine.energy(&model).unwrap().total() - energy).abs();
    assert!(drifted < 1e-10, "{drifted:.1e}");
    assert!(fine.orthonormality_defect() < 1e-11, "{:.1e}", fine.orthonormality_defect());
    assert!(fine.hilbert_schmidt_distance(&start).unwrap() > 0.3);
    for (splitting, steps) in [(Splitting::Strang, 16), (Splitting::Order4, 12)] {
        let [coarse, half] = [steps, 2 * steps].map(|steps| run(splitting, steps));
        let error = |o: &Orbitals| o.hilbert_schmidt_distance(&fine).unwrap();
        let order = (error(&coarse) / error(&half)).log2();
        assert!((order - f64::from(splitting.order())).abs() < 0.2, "{splitting:?}: {order}");
        let lost = |o: &Orbitals| (o.energy(&model).unwrap().total() - energy).abs();
        assert!(lost(&coarse) > 2.0 * lost(&half), "{:.1e} {:.1e}", lost(&coarse), lost(&half));
    }
    let back = evolved(&model, &run(Splitting::Order4, 24), Splitting::Order4, -0.5, 24);
    assert!(back.hilbert_schmidt_distance(&start).unwrap() < 1e-10);
}

/// iε ω̇ = [h[ω],ω] as n × n matrices, by the classical Runge–Kutta method, every sum written out.
struct Dense<'a> {
    axis: &'a Axis,
    n: f64,
    exchange: f64,
    external: Vec<f64>,
    /// n_x⁻¹ Σ_k ε²k² cos k(x_i−x_j).
    kinetic: Vec<f64>,
    v: Box<dyn Fn(f64) -> f64>,
}

impl Dense<'_> {
    /// −(i/ε)(hP − Ph), P_ij = Δx ω(x_i;x_j), ε = 1/N.
    fn slope(&self, p: &[Complex64]) -> Vec<Complex64> {
        let (m, x) = (self.axis.len(), self.axis.points());
        let mut h = vec![Complex64::ZERO; m * m];
        for i in 0..m {
            for j in 0..m {
                let field: f64 = (0..m).map(|l| (self.v)(x[i] - x[l]) * p[l * m + l].re).sum();
                let diagonal = if i == j { self.external[i] + field / self.n } else { 0.0 };
                h[i * m + j] = Complex64::from(self.kinetic[i * m + j] + diagonal)
                    - p[i * m + j] * (self.exchange * (self.v)(x[i] - x[j]) / self.n);
            }
        }
        let product = |a: &[Complex64], b: &[Complex64], i: usize, j: usize| -> Complex64 {
            (0..m).map(|l| a[i * m + l] * b[l * m + j]).sum()
        };
        let entry = |at: usize| {
            let (i, j) = (at / m, at % m);
            Complex64::new(0.0, -self.n) * (product(&h, p, i, j) - product(p, &h, i, j))
        };
        (0..m * m).map(entry).collect()
    }

    fn evolve(&self, p: &mut [Complex64], duration: f64, steps: usize) {
        let tau = duration / steps as f64;
        let plus = |p: &[Complex64], k: &[Complex64], c: f64| -> Vec<Complex64> {
            p.iter().zip(k).map(|(p, k)| p + k * c).collect()
        };
        for _ in 0..steps {
            let k1 = self.slope(p);
            let k2 = self.slope(&plus(p, &k1, 0.5 * tau));
            let k3 = self.slope(&plus(p, &k2, 0.5 * tau));
            let k4 = self.slope(&plus(p, &k3, tau));
            for (i, p) in p.iter_mut().enumerate() {
                *p += (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]) * (tau / 6.0);
            }
        }
    }
}

/// n_x⁻¹ Σ_k ε²k² cos k(x_i−x_j).
fn kinetic_matrix(axis: &Axis, eps: f64) -> Vec<f64> {
    let (m, x) = (axis.len(), axis.points());
    let entry = |i: usize, j: usize| -> f64 {
        let wave = |a: usize| axis.wave_number(a.min(m - a));
        (0..m).map(|a| (eps * wave(a)).powi(2) * (wave(a) * (x[i] - x[j])).cos()).sum::<f64>() / m as f64
    };
    (0..m * m).map(|at| entry(at / m, at % m)).collect()
}

#[test]
fn hartree_fock_is_the_dense_evolution_of_the_density_operator() {
    let (axis, n) = (Axis::new(0.0, 7.0, 48).unwrap(), 4);
    let start = Orbitals::oscillator_sea(&Axis::new(0.0, 7.0, 48).unwrap(), scaling(n), 1.5).unwrap();
    // a tilt, so that nothing is even
    let external = External::function(|x| 0.5 * x.sin());
    let model = Model::hartree_fock(Gaussian::new(3.0, 0.5).unwrap(), external);
    let h = axis.spacing();
    let matrix = |o: &Orbitals| o.density_operator().unwrap().kernel().iter().map(|w| w * h).collect();
    let distance = |a: &[Complex64], b: &[Complex64]| {
        a.iter().zip(b).map(|(a, b)| (a - b).norm_sqr()).sum::<f64>().sqrt()
    };
    let mut dense: Vec<Complex64> = matrix(&start);
    let solver = Dense {
        axis: &axis,
        n: n as f64,
        exchange: 1.0,
        external: axis.points().iter().map(|x| 0.5 * x.sin()).collect(),
        kinetic: kinetic_matrix(&axis, 0.25),
        v: Box::new(|r| 3.0 * (-2.0 * r * r).exp()),
    };
    solver.evolve(&mut dense, 0.2, 200);
    let evolve =
        |model: &Model| -> Vec<Complex64> { matrix(&evolved(model, &start, Splitting::Order4, 0.2, 60)) };
    let error = distance(&evolve(&model), &dense);
    assert!(error < 1e-8, "{error:.1e}");
    // without exchange, with its wrong sign, or standing still it is another operator
    for exchange in [Exchange::Neglected, Exchange::WrongSign] {
        let other = distance(&evolve(&model.with_exchange(exchange)), &dense);
        assert!(other > 1e-2, "{exchange:?}: {other:.1e}");
    }
    assert!(distance(&matrix(&start), &dense) > 0.1);
}

/// N = 1: exchange cancels the field of the particle itself, singular or not, and what is left is free flight.
#[test]
fn one_particle_flies_freely() {
    let (axis, scaling, t) = (Axis::new(0.0, 36.0, 240).unwrap(), scaling(1), 0.5);
    let start = Orbitals::oscillator_sea(&axis, scaling, S).unwrap();
    let b = (1.0 + (2.0 * S * t).powi(2)).sqrt();
    let exact = scaled_sea(&axis, scaling, b, 4.0 * S * S * t / b);
    for model in [
        Model::hartree_fock(InversePower::new(1.5, 0.6).unwrap(), External::None),
        Model::hartree_fock(Gaussian::new(-3.0, 0.8).unwrap(), External::None),
    ] {
        let distance = |model: &Model| {
            let orbital = evolved(model, &start, Splitting::Strang, t, 10);
            orbital.hilbert_schmidt_distance(&exact).unwrap()
        };
        let (alone, with_itself) = (distance(&model), distance(&model.with_exchange(Exchange::Neglected)));
        assert!(alone < 1e-10 && with_itself > 0.1, "{alone:.1e} {with_itself:.1e}");
    }
}

/// [h,ω] = 0: in its trap a ground state stands still; released, it does not.
#[test]
fn a_ground_state_stands_still_until_the_trap_is_released() {
    let axis = Axis::new(0.0, 10.0, 128).unwrap();
    let trap = External::Harmonic { s: 1.0 };
    for model in [
        Model::hartree_fock(Gaussian::new(2.0, 0.5).unwrap(), trap.clone()),
        Model::hartree_fock(InversePower::new(0.5, 0.4).unwrap(), trap.clone()),
        Model::hartree(Gaussian::new(2.0, 0.5).unwrap(), trap),
    ] {
        let start = ground_state(&model, &axis, scaling(6)).unwrap().orbitals;
        let stays = |model: &Model| {
            let after = evolved(model, &start, Splitting::Order4, 0.3, 24);
            after.hilbert_schmidt_distance(&start).unwrap()
        };
        let (still, moved) = (stays(&model), stays(&model.released()));
        assert!(still < 1e-9 && moved > 0.1, "{model:?}: {still:.1e} {moved:.1e}");
        if model.exchange == Exchange::Fock {
            let other = stays(&model.with_exchange(Exchange::Neglected));
            assert!(other > 1e3 * still, "{model:?}: {still:.1e} {other:.1e}");
        }
    }
}

#[test]
fn the_bits_do_not_depend_on_the_number_of_threads() {
    let axis = Axis::new(0.0, 9.0, 64).unwrap();
    let start = Orbitals::oscillator_sea(&axis, scaling(4), S).unwrap();
    let model = Model::hartree_fock(Gaussian::new(2.0, 0.5).unwrap(), External::None);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| evolved(&model, &start, Splitting::Strang, 0.1, 3))
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn what_does_not_fit_is_refused() {
    let axis = Axis::new(0.0, 9.0, 64).unwrap();
    let start = Orbitals::oscillator_sea(&axis, scaling(4), S).unwrap();
    let model = Model::hartree_fock(Gaussian::new(2.0, 0.5).unwrap(), External::None);
    let build = |axis: &Axis, splitting| OrbitalDynamics::new(&model, axis, scaling(4), splitting);
    assert!(matches!(build(&axis, Splitting::Order6), Err(OrbitalError::OrderWithExchange)));
    let mut other = build(&Axis::new(0.0, 9.5, 64).unwrap(), Splitting::Strang).unwrap();
    assert!(matches!(other.evolve(&mut start.clone(), 0.1, 1), Err(OrbitalError::Mismatch)));
    let mut dynamics = build(&axis, Splitting::Strang).unwrap();
    let escaped = dynamics.evolve(&mut start.clone(), 3.0, 40);
    assert!(matches!(escaped, Err(OrbitalError::Box { .. })), "{escaped:?}");
    assert!(matches!(dynamics.evolve(&mut start.clone(), 0.1, 0), Err(OrbitalError::Setting { .. })));
}
