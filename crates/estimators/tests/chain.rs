//! The links of the chain against the operators themselves at ε = 1/8, and the identity behind it.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::OnceLock;

use common::{attractive, evolved, fixed, repulsive};
use kernels::line::{MeanField, Potential};
use num_complex::Complex64;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::line::WignerFunction;
use phase_space::splitting::Splitting;
use semiclassical_estimators::Estimate;
use semiclassical_estimators::line::{
    DuhamelLedger, Problem, Resolution, SourceTerm, conjugation_identity, duhamel_ledger,
};
use transforms::weyl::line::kernel;

const EPS: f64 = 0.125;
const TIME: f64 = 0.5;
const POINTS: usize = 480;

fn resolution() -> Resolution {
    fixed(108, 108)
}

/// The ledger at ε = 1/8, its last pair and what belongs to it, for ±V.
struct Bench {
    problem: Problem,
    ledger: DuhamelLedger,
    w: WignerFunction,
    w_tilde: WignerFunction,
    omega_tilde: DensityOperator,
}

impl Bench {
    fn new(problem: Problem) -> Self {
        let ledger = duhamel_ledger(&problem, resolution(), EPS, TIME).unwrap();
        let (w, w_tilde) = evolved(&problem, resolution(), EPS, TIME, ledger.links.len() - 1);
        let omega_tilde = kernel(&w_tilde, &Scaling::line(EPS).unwrap(), POINTS).unwrap();
        Self { problem, ledger, w, w_tilde, omega_tilde }
    }

    fn both() -> &'static [Self; 2] {
        static BENCHES: OnceLock<[Bench; 2]> = OnceLock::new();
        BENCHES.get_or_init(|| [Self::new(repulsive()), Self::new(attractive())])
    }

    /// V∗ρ and V∗ρ̃.
    fn potentials(&self) -> (Potential, Potential) {
        let mut field = MeanField::new(self.problem.interaction.as_ref(), &resolution().grid.x).unwrap();
        (field.potential(&self.w.density()), field.potential(&self.w_tilde.density()))
    }

    /// tr|i b(x_i, x_j) ω̃(x_i;x_j)|/(Nε) for a real antisymmetric b.
    fn dense(&self, b: impl Fn(usize, usize) -> f64) -> f64 {
        let n = self.omega_tilde.n();
        let entry = |k: usize| Complex64::new(0.0, b(k / n, k % n)) * self.omega_tilde.kernel()[k];
        let values = (0..n * n).map(entry).collect();
        let point = self.omega_tilde.point(0);
        let b = DensityOperator::new(point, self.omega_tilde.spacing(), n, values).unwrap();
        // 1/(Nε) = 1
        b.trace_norm().unwrap()
    }

    fn at_points(&self, f: impl Fn(f64) -> f64) -> Vec<f64> {
        self.omega_tilde.points().into_iter().map(f).collect()
    }
}

fn assert_near(measured: &Estimate, dense: f64, tolerance: f64) {
    println!("{measured:?} off {:.2e}", (measured.value - dense).abs());
    let off = (measured.value - dense).abs();
    assert!(off < tolerance * dense, "{measured:?} against {dense}");
    assert!(off <= measured.error + 1e-8 * dense, "{measured:?} against {dense}");
}

#[test]
fn the_mean_field_term_is_the_commutator_with_the_difference_of_the_fields() {
    for bench in Bench::both() {
        let (u, u_tilde) = bench.potentials();
        let difference = bench.at_points(|x| u.value_at(x) - u_tilde.value_at(x));
        let dense = bench.dense(|i, j| difference[i] - difference[j]);
        assert_near(&bench.ledger.links.last().unwrap().mean_field_term, dense, 1e-3);
    }
}

#[test]
fn the_error_term_is_b_entry_by_entry() {
    for bench in Bench::both() {
        let (_, u) = bench.potentials();
        let values = bench.at_points(|x| u.value_at(x));
        let x = bench.omega_tilde.points();
        let h = 0.5 * bench.omega_tilde.spacing();
        // U′ at (x_i + x_j)/2, by i + j
        let slope: Vec<f64> = (0..2 * x.len()).map(|k| u.derivative_at(x[0] + k as f64 * h)).collect();
        let dense = bench.dense(|i, j| values[i] - values[j] - slope[i + j] * (x[i] - x[j]));
        assert!(dense > 0.0);
        assert_near(&bench.ledger.links.last().unwrap().error_term, dense, 1e-3);
    }
}

#[test]
fn the_commutators_with_x_are_the_dense_ones() {
    for bench in Bench::both() {
        let link = bench.ledger.links.last().unwrap();
        let x = bench.omega_tilde.points();
        let single = bench.omega_tilde.commutator_with(&x).unwrap().trace_norm().unwrap();
        assert_near(&link.x_commutator, single, 1e-3);
        let double = bench.omega_tilde.double_commutator(&x).unwrap().trace_norm().unwrap() / EPS;
        assert_near(&link.double_commutator, double, 1e-3);
    }
}

#[test]
fn the_supremum_over_z_is_a_dense_commutator_and_no_other_is_larger() {
    let bench = &Bench::both()[0];
    let sup = bench.ledger.links.last().unwrap().sup_commutator;
    // the state is symmetric under (x, v) → −(x, v): the grid of z is symmetric as well
    let at = |z: f64| {
        let v = bench.at_points(|x| bench.problem.interaction.value(z - x));
        bench.dense(|i, j| v[i] - v[j])
    };
    let rho = bench.w_tilde.density();
    let axis = resolution().grid.x;
    let second: f64 = axis.points().iter().zip(&rho).map(|(x, r)| x * x * r).sum::<f64>() * axis.spacing();
    let dense = (0..5).map(|c| at(0.5 * second.sqrt() * f64::from(c))).fold(0.0, f64::max);
    assert_near(&sup, dense, 1e-3);
}

#[test]
fn the_chain_of_inequalities_holds_at_every_link() {
    for bench in Bench::both() {
        let ledger = &bench.ledger;
        assert_eq!(ledger.links[0].distance.value, 0.0);
        for link in &ledger.links[1..] {
            let (field, k) = (link.mean_field_term, link.sup_commutator);
            // P16.3 with the supremum over the grid of z, P16.5
            assert!(field.value <= link.density_l1.value * k.value * 1.01 + field.error, "{link:?}");
            assert!(link.density_l1.value <= link.distance.value + link.distance.error, "{link:?}");
            // P16.7
            let b = link.curvature * link.double_commutator.value * link.eps;
            assert!(link.error_term.value <= b, "{} {b}", link.error_term.value);
        }
        for ((time, bound), (_, gronwall)) in ledger.bound.iter().zip(&ledger.gronwall).skip(1) {
            let link = ledger.links.iter().find(|l| (l.time - time).abs() < 1e-12).unwrap();
            assert!(
                link.distance.value <= bound.value + bound.error,
                "{time}: {:?} {bound:?}",
                link.distance
            );
            assert!(bound.value <= gronwall.value, "{time}: {bound:?} {gronwall:?}");
        }
        let (_, last) = ledger.bound.last().unwrap();
        assert!(last.is_resolved() && last.error < 0.02 * last.value, "{last:?}");
    }
}

#[test]
fn the_identity_holds_and_without_the_distance_it_does_not() {
    for problem in [repulsive(), attractive()] {
        let identity = |term| conjugation_identity(&problem, resolution(), EPS, TIME, term).unwrap();
        let right = identity(SourceTerm::Correct);
        println!("{right:?}");
        assert!(right.size > 1e-6, "{right:?}");
        assert!(right.residual.value < 1e-6 && right.residual.error < 1e-6, "{right:?}");
        let wrong = identity(SourceTerm::WithoutDistance);
        println!("{wrong:?}");
        assert!(wrong.residual.value > 1.0 && wrong.residual.error < 0.1 * wrong.residual.value, "{wrong:?}");
    }
}

#[test]
fn the_residual_of_the_identity_has_the_order_of_the_splitting() {
    // at time 1 the Gauss nodes are up to 0.0673 apart: one, two and four steps between the farthest
    let residual = |count: f64| {
        let r = Resolution { step: 0.0674 / count, splitting: Splitting::Strang, ..resolution() };
        conjugation_identity(&repulsive(), r, EPS, 1.0, SourceTerm::Correct).unwrap().residual.value
    };
    let [one, two, four] = [1.0, 2.0, 4.0].map(residual);
    println!("{one:.2e} {two:.2e} {four:.2e}");
    assert!((one / two).log2() > 1.7 && (two / four).log2() > 1.7, "{one:.2e} {two:.2e} {four:.2e}");
}
