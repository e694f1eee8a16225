//! ρ_{|[x,ω]|} against dense eigenvectors, an exact case, tr|[x,ω]|, a finer matrix, and its limit ∫|∂ᵥW|dv.
#![allow(clippy::unwrap_used)]

use std::f64::consts::PI;

use num_complex::Complex64;
use operators::BandHermitian;
use phase_space::Scaling;
use phase_space::line::WignerFunction;
use semiclassical_estimators::line::{CommutatorDensity, commutator_density, trace_norm};
use states::{FermiDirac, GaussianMixture, InitialState};
use transforms::weyl::line::{kernel, weyl_band};

fn sampled(state: &dyn InitialState) -> WignerFunction {
    states::line::static_grid(state, 1e-14).unwrap().sample(|x, v| state.wigner(x, v)).unwrap()
}

fn examples() -> [WignerFunction; 2] {
    [sampled(&GaussianMixture::two_bumps().unwrap()), sampled(&FermiDirac::new(0.5).unwrap())]
}

fn at(w: &WignerFunction, eps: f64) -> CommutatorDensity {
    commutator_density(w, eps).unwrap()
}

/// (h Σ ρ^p)^{1/p} for p = 1, 2, 4, and the largest value.
fn rectangle(rho: &[f64], h: f64) -> [f64; 4] {
    let norm = |p: i32| (h * rho.iter().map(|r| r.powi(p)).sum::<f64>()).powf(1.0 / f64::from(p));
    [norm(1), norm(2), norm(4), rho.iter().fold(0.0_f64, |m, r| m.max(*r))]
}

/// A coherent state, ω = N|φ⟩⟨φ| with variance ε/2: i[x,ω]/N = i(|xφ⟩⟨φ| − |φ⟩⟨xφ|) has the modulus ‖xφ‖(|φ⟩⟨φ| + |ψ⟩⟨ψ|),
/// ψ = xφ/‖xφ‖, so that |[x,ω]|(x;x)/(Nε) = (2ε)^(−1/2)(1 + 2x²/ε)φ(x)².
#[test]
fn a_coherent_state_has_its_exact_density() {
    for eps in [0.5_f64, 0.125] {
        let sigma = (0.5 * eps).sqrt();
        let d = at(&sampled(&GaussianMixture::single(sigma, sigma).unwrap()), eps);
        let exact = |x: f64| {
            (2.0 * eps).powf(-0.5) * (1.0 + 2.0 * x * x / eps) * (-x * x / eps).exp() / (PI * eps).sqrt()
        };
        let off = d.points.iter().zip(&d.values).fold(0.0_f64, |m, (&x, v)| m.max((v - exact(x)).abs()));
        println!("ε = {eps}: off {off:.2e}, error {:.2e}, {:?}", d.error, d.sup_over_n_eps);
        assert!(off <= d.error && d.error < 1e-4 * exact(0.0), "{off:e}");
        // tr|[x,ω]|/(Nε) = 2‖xφ‖/ε; the maximum lies at x² = ε/2
        let (l1, sup) = (2.0 * sigma / eps, exact(sigma));
        assert!((d.l1_over_n_eps.value - l1).abs() <= d.l1_over_n_eps.error);
        assert!((d.sup_over_n_eps.value - sup).abs() <= d.sup_over_n_eps.error);
    }
}

/// h·i(x_i − x_j)ω(x_i;x_j) by full eigenvectors: neither ∂ᵥW nor the band.
#[test]
fn norms_are_those_of_the_dense_commutator() {
    let eps = 0.25;
    for w in examples() {
        let grid = w.grid();
        let n = (grid.x.length() * grid.v.length() * 0.55 / (PI * eps)) as usize;
        let omega = kernel(&w, &Scaling::line(eps).unwrap(), n).unwrap();
        let h = omega.spacing();
        let entry = |i: usize, j: usize| h * Complex64::i() * (i - j) as f64 * h * omega.value(i, j);
        let diagonals = (0..n).map(|d| (0..n - d).map(|j| entry(j + d, j)).collect()).collect();
        let dense = BandHermitian::from_diagonals(n, diagonals).unwrap().dense_absolute_diagonal().unwrap();
        // |[x,ω]|(x;x)/(Nε) = |[x,ω]|(x;x) for d = 1
        let rho: Vec<f64> = dense.values.iter().map(|a| a / h).collect();
        let d = at(&w, eps);
        for ((name, e), exact) in d.norms().into_iter().zip(rectangle(&rho, h)).take(3) {
            println!("{name} {:.9} ± {:.1e}, off {:.1e}", e.value, e.error, (e.value - exact).abs());
            assert!((e.value - exact).abs() <= e.error && e.error < 1e-3 * exact, "{name} {e:?} {exact}");
        }
    }
}

#[test]
fn a_finer_matrix_stays_inside_the_error() {
    for w in examples() {
        for eps in [0.125, 1.0 / 32.0] {
            let d = at(&w, eps);
            let fine = weyl_band(&w.d_v(1), &Scaling::line(eps).unwrap(), 1e-9).unwrap();
            let rho: Vec<f64> = fine
                .matrix
                .absolute_diagonal(1e-10)
                .unwrap()
                .values
                .iter()
                .map(|a| a / fine.spacing)
                .collect();
            assert!(fine.spacing < 0.9 * (d.points[1] - d.points[0]), "another grid");
            for ((name, e), finer) in d.norms().into_iter().zip(rectangle(&rho, fine.spacing)) {
                let off = (e.value - finer).abs();
                // the largest value of a grid lies below the supremum
                let between = if name.contains('∞') { 1e-4 * finer } else { 0.0 };
                assert!(off <= e.error + between && off > 0.0, "{name} at {eps}: {e:?}, finer {finer}");
            }
        }
    }
}

#[test]
fn the_norm_in_l1_is_the_trace_norm_of_the_commutator() {
    for w in examples() {
        for eps in [0.25, 1.0 / 16.0] {
            let (l1, trace) = (at(&w, eps).l1_over_n_eps, trace_norm(&w.d_v(1), eps, 0.0, true).unwrap());
            assert!(
                trace.value > 0.5 && (l1.value - trace.value).abs() <= l1.error + trace.error,
                "{l1:?} {trace:?}"
            );
        }
    }
}

#[test]
fn the_norms_tend_to_those_of_the_classical_density_at_order_two() {
    let [w, _] = examples();
    let fine = w.d_v(1).resampled(8 * w.grid().x.len(), 32 * w.grid().v.len());
    let (h, dv) = (fine.grid().x.spacing(), fine.grid().v.spacing());
    let rho: Vec<f64> = fine
        .values()
        .chunks_exact(fine.grid().v.len())
        .map(|row| dv * row.iter().map(|s| s.abs()).sum::<f64>())
        .collect();
    let limits = rectangle(&rho, h);
    let off = |eps: f64| -> Vec<f64> {
        at(&w, eps).norms().iter().zip(limits).map(|((_, e), limit)| (e.value - limit).abs()).collect()
    };
    let (coarse, middle) = (off(0.25), off(0.125));
    for k in 0..4 {
        let order = (coarse[k] / middle[k]).log2();
        println!("p #{k}: {:.3e} {:.3e}, order {order:.3}", coarse[k], middle[k]);
        assert!((order - 2.0).abs() < 0.1, "order {order}");
    }
}

/// Un-sheared by the free flow, tr|[x,ω]| of the symbol stays and the density does not.
#[test]
fn the_density_of_a_sheared_symbol_is_another_one() {
    let [w, _] = examples();
    let (here, there) = (at(&w, 0.125), at(&w.sheared(0.25), 0.125));
    assert!((here.l2_over_n_eps.value - there.l2_over_n_eps.value).abs() > 1e-2);
}
