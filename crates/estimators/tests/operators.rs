//! Distances and observables against the operators themselves: dense kernels ω(x;y) at ε = 1/8.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::{Arc, OnceLock};

use common::{attractive, bare, fixed, repulsive};
use num_complex::Complex64;
use operators::DensityOperator;
use phase_space::Scaling;
use phase_space::line::WignerFunction;
use semiclassical_estimators::line::{
    Alteration, Pair, Problem, Resolution, distances, observable_map, trace_norm,
};
use states::{FermiDirac, InitialState};
use transforms::weyl::line::kernel;

const EPS: f64 = 0.125;

/// The box has length 24: εq is a whole number of points for every q ∈ ½ℤ at 32 points a unit.
const FINE: usize = 24 * 32;
/// Enough for |v| ≤ 7.5.
const POINTS: usize = 480;

fn dense(w: &WignerFunction, points: usize) -> DensityOperator {
    kernel(w, &Scaling::line(EPS).unwrap(), points).unwrap()
}

fn at_half(problem: &Problem) -> Pair {
    bare(problem, fixed(108, 108), EPS, 0.5)
}

fn pair() -> &'static Pair {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    PAIR.get_or_init(|| at_half(&repulsive()))
}

#[test]
fn trace_and_hilbert_schmidt_distance_are_those_of_the_dense_kernels() {
    for pair in [pair(), &at_half(&attractive())] {
        let d = distances(pair, true, true).unwrap();
        let difference = dense(&pair.hartree, POINTS).minus(&dense(&pair.vlasov, POINTS)).unwrap();
        let n = 1.0 / EPS;
        let trace = d.trace.unwrap();
        let off = (trace.value - difference.trace_norm().unwrap() / n).abs();
        println!("{trace:?} off {off:.2e}");
        assert!(off < 1e-3 * trace.value && off <= trace.error, "{trace:?}, off {off}");
        let off = (d.hilbert_schmidt.value - difference.hilbert_schmidt() / n.sqrt()).abs();
        println!("{:?} off {off:.2e}", d.hilbert_schmidt);
        assert!(off < 1e-8 * d.hilbert_schmidt.value, "{:?}, off {off}", d.hilbert_schmidt);
    }
}

#[test]
fn the_trace_distance_of_the_ladders_is_dense_at_the_last_time_whatever_is_made_wrong() {
    let slow = Alteration { vlasov_speed: 1.0, ..Alteration::default() };
    let both = Alteration { hartree_speed: 1.0, ..slow };
    let fermi: Arc<dyn InitialState> = Arc::new(FermiDirac::new(1.0).unwrap());
    let fermi = Problem { initial: fermi, ..repulsive() };
    for problem in [repulsive(), attractive(), fermi, repulsive().altered(slow), repulsive().altered(both)] {
        let r = Resolution::for_problem(&problem, &[0.25, 0.5, 1.0], 1e-10).unwrap();
        let pair = bare(&problem, r, EPS, 1.0);
        let (x, v) = (r.grid.x, r.grid.v);
        let points = (1.02 * x.length() * 0.5 * v.length() / (std::f64::consts::PI * EPS)).ceil() as usize;
        let dense = dense(&pair.difference, points).trace_norm().unwrap() * EPS;
        let trace = trace_norm(&pair.difference, EPS, 1.0, true).unwrap();
        println!("{trace:?} off {:.2e}", (trace.value - dense).abs());
        let off = (trace.value - dense).abs();
        assert!(off < 1e-3 * dense && off <= trace.error, "{problem:?}: {trace:?} against {dense}");
    }
}

#[test]
fn a_state_has_trace_norm_one() {
    for w in [&pair().hartree, &pair().vlasov] {
        let norm = trace_norm(w, EPS, 0.5, true).unwrap();
        assert!(
            (norm.value - 1.0).abs() < 1e-3 && (norm.value - 1.0).abs() <= norm.error + 1e-12,
            "{norm:?}"
        );
    }
}

/// tr e^{ip·x+εq·∇}ω/N: the operator acts as f ↦ e^{ip(x+εq/2)} f(x+εq), so that its trace against ω is
/// ∫e^{ip(x+εq/2)} ω(x+εq;x) dx.
fn observable(omega: &DensityOperator, p: f64, q: f64) -> Complex64 {
    let (n, h) = (omega.n() as i64, omega.spacing());
    let shift = (EPS * q / h).round() as i64;
    assert!((EPS * q - shift as f64 * h).abs() < 1e-12);
    let term = |j: i64| {
        let (i, x) = (j + shift, omega.point(j as usize));
        let inside = (0..n).contains(&i);
        if inside {
            Complex64::cis(p * (x + 0.5 * EPS * q)) * omega.value(i as usize, j as usize)
        } else {
            Complex64::ZERO
        }
    };
    (0..n).map(term).sum::<Complex64>() * h * EPS
}

/// ∬e^{i(px+qv)}W dx dv.
fn characteristic(w: &WignerFunction, p: f64, q: f64) -> Complex64 {
    let (re, im) = (w.expectation(|x, v| (p * x + q * v).cos()), w.expectation(|x, v| (p * x + q * v).sin()));
    Complex64::new(re, im)
}

#[test]
fn observables_have_the_sign_and_the_phase_of_the_weyl_operators() {
    // an asymmetric state: every wrong sign shows
    let w = pair().vlasov.grid().sample(|x, v| {
        let bump = |x: f64, v: f64| {
            (-0.5 * (x * x / 0.8 + v * v / 0.6)).exp() / (std::f64::consts::TAU * 0.48_f64.sqrt())
        };
        0.7 * bump(x - 0.9, v + 0.4) + 0.3 * bump(x + 0.6, v - 1.1 - 0.5 * x)
    });
    let w = w.unwrap();
    let omega = dense(&w, FINE);
    for (p, q) in [(0.0, 0.5), (0.5, 0.0), (1.0, 1.5), (-1.5, 1.0), (2.0, -0.5), (0.5, 2.5)] {
        let (operator, symbol) = (observable(&omega, p, q), characteristic(&w, p, q));
        assert!(operator.norm() > 1e-3 && operator.im.abs() > 1e-4, "{p}, {q}: {operator}");
        assert!((operator - symbol).norm() < 1e-12, "{p}, {q}: {operator} against {symbol}");
    }
}

#[test]
fn the_map_is_that_of_the_difference_of_the_operators() {
    let map = observable_map(pair());
    let difference = dense(&pair().hartree, FINE).minus(&dense(&pair().vlasov, FINE)).unwrap();
    let largest = map.modulus.iter().fold(0.0_f64, |m, v| m.max(*v));
    for (b, &q) in map.q.iter().enumerate().step_by(3) {
        for (a, &p) in map.p.iter().enumerate().step_by(5) {
            let off = (map.modulus[b * map.p.len() + a] - observable(&difference, p, q).norm()).abs();
            assert!(off < 1e-9 * largest, "{p}, {q}: off {off} of {largest}");
        }
    }
    let weighted =
        |(p, q): (f64, f64)| observable(&difference, p, q).norm() / (1.0 + p.abs() + q.abs()).powi(2);
    let best = (0..map.p.len()).flat_map(|a| (0..map.q.len()).map(move |b| (a, b)));
    let best = best.map(|(a, b)| weighted((map.p[a], map.q[b]))).fold(0.0, f64::max);
    // the supremum is searched between the points of the grid, too
    let sup = map.weighted_sup;
    assert!(sup.value >= best * (1.0 - 1e-9) && sup.value < 1.2 * best, "{sup:?} against {best} on the grid");
}
