//! Channels of angular momentum against the whole operator on R³ at tiny N, without any angular momentum.
//!
//! The Weyl quantisation of Gaussians factorises over the axes; in products of three Hermite functions of total degree at most M
//!
//! ⟨abc|ω|a′b′c′⟩ = N Σ_i w_i A_i(a,a′)A_i(b,b′)A_i(c,c′),  A(a,a′) = ∬h_a(x)k(x;y)h_a′(y)dx dy,
//!
//! k(x;y) = (2π)^{−1/2}σ_x^{−1} exp(−(x+y)²/8σ_x² − σ_v²(x−y)²/2ε² + iκ(x²−y²)/2ε).
#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;
use operators::hermitian_eigenvalues;
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use semiclassical_transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};

const EPS: f64 = 0.5;

/// M: 1330 products.
const DEGREE: usize = 18;

/// ω₁ − ω₂, widths and chirps that do not commute: N = 8, eigenvalues of both signs.
fn difference() -> Vec<GaussianTerm> {
    vec![
        GaussianTerm { weight: 1.0, sigma_x: 0.55, sigma_v: 0.62, chirp: 0.0 },
        GaussianTerm { weight: -0.7, sigma_x: 0.62, sigma_v: 0.55, chirp: 0.2 },
        GaussianTerm { weight: -0.3, sigma_x: 0.5, sigma_v: 0.6, chirp: -0.1 },
    ]
}

/// h_0 … h_M at x, of −ε²∂² + x²: h_n(x) = ε^{−1/4}H_n(x/√ε)e^{−x²/2ε}/(2ⁿn!√π)^{1/2}.
fn hermite(x: f64) -> Vec<f64> {
    let u = x / EPS.sqrt();
    let mut h = vec![(PI * EPS).powf(-0.25) * (-0.5 * u * u).exp()];
    for n in 0..DEGREE {
        let before = if n == 0 { 0.0 } else { h[n - 1] };
        let (next, last) = ((2.0 / (n + 1) as f64).sqrt(), (n as f64 / (n + 1) as f64).sqrt());
        h.push(next * u * h[n] - last * before);
    }
    h
}

/// `[a][a′]` = A(a,a′) by the trapezoid rule.
fn along_an_axis(t: &GaussianTerm) -> Vec<Vec<Complex64>> {
    let (step, side) = (0.11, 75);
    let points: Vec<f64> = (-side..=side).map(|i| f64::from(i) * step).collect();
    let functions: Vec<Vec<f64>> = points.iter().map(|x| hermite(*x)).collect();
    let kernel = |x: f64, y: f64| {
        let (s, d) = ((x + y) / t.sigma_x, (x - y) * t.sigma_v / EPS);
        let modulus = (-0.125 * s * s - 0.5 * d * d).exp() / (TAU.sqrt() * t.sigma_x);
        modulus * Complex64::cis(0.5 * t.chirp * (x * x - y * y) / EPS)
    };
    let mut a = vec![vec![Complex64::ZERO; DEGREE + 1]; DEGREE + 1];
    for (x, h) in points.iter().zip(&functions) {
        let mut row = vec![Complex64::ZERO; DEGREE + 1];
        for (y, g) in points.iter().zip(&functions) {
            let k = kernel(*x, *y) * step * step;
            row.iter_mut().zip(g).for_each(|(sum, g)| *sum += k * g);
        }
        for (line, h) in a.iter_mut().zip(h) {
            line.iter_mut().zip(&row).for_each(|(a, k)| *a += k * h);
        }
    }
    a
}

/// The products, and ω on them.
struct Whole {
    products: Vec<[usize; 3]>,
    axes: Vec<(f64, Vec<Vec<Complex64>>)>,
}

impl Whole {
    fn new(terms: &[GaussianTerm]) -> Self {
        let n = DEGREE + 1;
        let all = (0..n * n * n).map(|at| [at / (n * n), at / n % n, at % n]);
        let axes = terms.iter().map(|t| (t.weight * EPS.powi(-3), along_an_axis(t)));
        Self { products: all.filter(|p| p.iter().sum::<usize>() <= DEGREE).collect(), axes: axes.collect() }
    }

    fn entry(&self, i: usize, j: usize) -> Complex64 {
        let (p, q) = (self.products[i], self.products[j]);
        self.axes.iter().map(|(weight, a)| *weight * a[p[0]][q[0]] * a[p[1]][q[1]] * a[p[2]][q[2]]).sum()
    }

    /// Descending.
    fn eigenvalues(&self) -> Vec<f64> {
        let mut values = hermitian_eigenvalues(self.products.len(), |i, j| self.entry(i, j)).unwrap();
        values.reverse();
        values
    }

    /// ω(x;x)/N.
    fn density(&self, x: [f64; 3]) -> f64 {
        let h = x.map(hermite);
        let value = |p: &[usize; 3]| h[0][p[0]] * h[1][p[1]] * h[2][p[2]];
        let values: Vec<f64> = self.products.iter().map(value).collect();
        let row = |i: usize| {
            let sum: Complex64 = (0..values.len()).map(|j| self.entry(i, j) * values[j]).sum();
            values[i] * sum.re
        };
        (0..values.len()).map(row).sum::<f64>() * EPS.powi(3)
    }
}

fn channels(terms: Vec<GaussianTerm>) -> Channels {
    let grid = RadialGrid::resolving(5.0, EPS, 5.0).unwrap();
    let variables = GaussianVariables::new(terms).unwrap();
    weyl_channels(&variables, &Scaling::new(3, EPS).unwrap(), &grid, &AngularMomenta::full(20)).unwrap()
}

/// λ of channel ℓ, `multiplicity(ℓ)` times each, descending.
fn repeated(omega: &Channels, multiplicity: fn(usize) -> usize) -> Vec<f64> {
    let mut all = Vec::new();
    for (l, block) in omega.blocks().iter().enumerate() {
        for value in block.eigenvalues().unwrap() {
            all.extend(std::iter::repeat_n(value, multiplicity(l)));
        }
    }
    all.sort_by(|a, b| b.total_cmp(a));
    all
}

/// The largest distance of two spectra, descending, zeros in the middle of the shorter one left out.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    let positive = |list: &[f64]| list.iter().copied().filter(|v| *v > 0.0).collect::<Vec<f64>>();
    let negative = |list: &[f64]| list.iter().rev().map(|v| -v).filter(|v| *v > 0.0).collect::<Vec<f64>>();
    let side = |a: Vec<f64>, b: Vec<f64>| {
        let at = |list: &[f64], i: usize| list.get(i).copied().unwrap_or(0.0);
        (0..a.len().max(b.len())).map(|i| (at(&a, i) - at(&b, i)).abs()).fold(0.0, f64::max)
    };
    side(positive(a), positive(b)).max(side(negative(a), negative(b)))
}

#[test]
fn the_spectrum_of_the_whole_operator_is_that_of_the_channels_2l_plus_1_times() {
    let (omega, whole) = (channels(difference()), Whole::new(&difference()));
    let (full, n) = (whole.eigenvalues(), EPS.powi(-3));
    let sum = |f: fn(f64) -> f64| full.iter().map(|v| f(*v)).sum::<f64>();
    let (trace_norm, error) = omega.trace_norm().unwrap();
    // every ℓ is there; the error is that of rows that are nothing
    assert!(error < 1e-11 * n && trace_norm / n > 0.1, "{trace_norm} {error:.1e}");
    assert!((trace_norm - sum(f64::abs)).abs() < 2e-9 * n, "{trace_norm} {}", sum(f64::abs));
    assert!((omega.hilbert_schmidt() - sum(|v| v * v).sqrt()).abs() < 1e-11);
    assert!((omega.trace() - sum(|v| v)).abs() < 2e-9 * n, "{} {}", omega.trace(), sum(|v| v));
    // one by one, both signs, each with its multiplicity
    let by = apart(&full, &repeated(&omega, |l| 2 * l + 1));
    assert!(by < 1e-10 && full[0] > 0.05 && full[full.len() - 1] < -0.05, "{by:.1e}");
    // controls: other multiplicities, the spectrum of something else
    for wrong in [(|l| 2 * l + 2) as fn(usize) -> usize, |l| 2 * l.max(1) - 1, |_| 1] {
        assert!(apart(&full, &repeated(&omega, wrong)) > 1e-3);
    }
    let mut other = difference();
    other[1].chirp = -0.2;
    assert!(apart(&full, &repeated(&channels(other), |l| 2 * l + 1)) > 1e-3);
}

#[test]
fn the_density_of_the_whole_operator_is_that_of_the_channels() {
    let (omega, whole) = (channels(difference()), Whole::new(&difference()));
    let density = omega.density(EPS.powi(-3));
    for j in [0, 2, 4] {
        let r = omega.grid().point(j);
        let rho = whole.density([r / 3.0, -2.0 * r / 3.0, 2.0 * r / 3.0]);
        assert!((rho - density[j].0).abs() < 1e-9 && rho.abs() > 1e-4, "{r}: {rho} {}", density[j].0);
    }
}
