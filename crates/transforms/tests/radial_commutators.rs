//! Commutators in R³ from channels: thermal states, whose commutators are tridiagonal in the oscillator's basis, limits, controls.
//!
//! ω = Λ(n) on the level n = 2k+ℓ of x² − ε²Δ, Λ(n) = N(1−q)³q^n, and x_i = (ε/2)^{1/2}(a_i + a_i*), so that
//! `[a_i,ω]` = (Λ(n) − Λ(n−1))a_i and all the commutators below have explicit matrices, with no radial grid and no harmonics.
#![allow(clippy::unwrap_used)]

use num_complex::Complex64;
use operators::hermitian_eigenvalues;
use operators::radial::{Channels, ComponentCommutator, VectorChannel, VectorCommutator, position_weights};
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use semiclassical_transforms::weyl::radial::{GaussianTerm, GaussianVariables, weyl_channels};

fn thermal(sigma: f64, chirp: f64) -> GaussianVariables {
    GaussianVariables::new(vec![GaussianTerm { weight: 1.0, sigma_x: sigma, sigma_v: sigma, chirp }]).unwrap()
}

fn quantised(
    variables: &GaussianVariables,
    eps: f64,
    [radius, v_max]: [f64; 2],
    momenta: &AngularMomenta,
) -> Channels {
    let grid = RadialGrid::resolving(radius, eps, v_max).unwrap();
    weyl_channels(variables, &Scaling::new(3, eps).unwrap(), &grid, momenta).unwrap()
}

/// Λ(n).
fn level(eps: f64, n: usize) -> f64 {
    let q = (2.0 - eps) / (2.0 + eps);
    ((1.0 - q) / eps).powi(3) * q.powi(n as i32)
}

/// Σ|eigenvalues|, or Σ of their square roots, of a real tridiagonal matrix.
fn tridiagonal(diagonal: &[f64], below: &[f64], f: fn(f64) -> f64) -> f64 {
    let entry = |i: usize, j: usize| {
        let a = if i == j {
            diagonal[i]
        } else if i == j + 1 {
            below[j]
        } else {
            0.0
        };
        Complex64::new(a, 0.0)
    };
    hermitian_eigenvalues(diagonal.len(), entry).unwrap().into_iter().map(f).sum()
}

/// Levels beyond this count for nothing.
fn levels(eps: f64) -> usize {
    let q: f64 = (2.0 - eps) / (2.0 + eps);
    (-32.0 / q.ln()) as usize
}

/// ⟨n+2,ℓ|Σ_i a_i*a_i*|n,ℓ⟩ = ((n−ℓ+2)(n+ℓ+3))^{1/2}.
fn pair_creation(n: usize, l: usize) -> f64 {
    (((n - l + 2) * (n + l + 3)) as f64).sqrt()
}

/// tr|K|_ℓ: K*K = (ε/2)[n(Λ(n)−Λ(n−1))² + (n+3)(Λ(n)−Λ(n+1))²] on the diagonal, and between n and n+2
/// (ε/2)(Λ(n)−Λ(n+1))(Λ(n+2)−Λ(n+1))⟨Σa*a*⟩.
fn exact_vector_channel(eps: f64, l: usize) -> f64 {
    let states: Vec<usize> = (l..l + levels(eps)).step_by(2).collect();
    let gap = |n: usize| level(eps, n) - level(eps, n + 1);
    let diagonal = |&n: &usize| {
        let down = if n > 0 { n as f64 * gap(n - 1).powi(2) } else { 0.0 };
        0.5 * eps * (down + (n + 3) as f64 * gap(n).powi(2))
    };
    let below = |&n: &usize| -0.5 * eps * gap(n) * gap(n + 1) * pair_creation(n, l);
    let (diagonal, below): (Vec<f64>, Vec<f64>) =
        (states.iter().map(diagonal).collect(), states.iter().map(below).collect());
    tridiagonal(&diagonal, &below, |x| x.max(0.0).sqrt())
}

fn exact_vector(eps: f64) -> f64 {
    (0..levels(eps)).map(|l| (2 * l + 1) as f64 * exact_vector_channel(eps, l)).sum()
}

/// tr|`[x²,ω]`| : (ε/2)⟨Σa*a*⟩(Λ(n) − Λ(n+2)) between n and n+2.
fn exact_square(eps: f64) -> f64 {
    let channel = |l: usize| {
        let states: Vec<usize> = (l..l + levels(eps)).step_by(2).collect();
        let below = |&n: &usize| 0.5 * eps * pair_creation(n, l) * (level(eps, n) - level(eps, n + 2));
        let below: Vec<f64> = states.iter().map(below).collect();
        tridiagonal(&vec![0.0; states.len()], &below, f64::abs)
    };
    (0..levels(eps)).map(|l| (2 * l + 1) as f64 * channel(l)).sum()
}

/// tr|`[x₃,ω]`| = tr|`[x,ω₁]`|(tr ω₁)², ω₁ of one axis with the levels λ_k = (1−q)q^k/ε.
fn exact_component(eps: f64) -> f64 {
    let q = (2.0 - eps) / (2.0 + eps);
    let lambda = |k: usize| (1.0 - q) / eps * q.powi(k as i32);
    let below: Vec<f64> =
        (0..levels(eps)).map(|k| (0.5 * eps * (k + 1) as f64).sqrt() * (lambda(k) - lambda(k + 1))).collect();
    tridiagonal(&vec![0.0; below.len()], &below, f64::abs) / (eps * eps)
}

#[test]
fn the_vector_commutator_of_a_thermal_state_is_exact() {
    for eps in [0.5, 0.25, 1.0 / 6.0] {
        let momenta = AngularMomenta::sparse(eps, (24.0 / eps) as usize).unwrap();
        let omega = quantised(&thermal(1.0, 0.0), eps, [7.0, 7.0], &momenta);
        let k = VectorCommutator::new(&omega, 1e-9).unwrap();
        let scale = eps.powi(-2);
        let (value, error) = k.trace_norm();
        let exact = exact_vector(eps);
        let miss = (value - exact).abs();
        println!(
            "ε = {eps}: tr|K|/(Nε) = {} ± {:.1e}, off by {:.1e}",
            value / scale,
            error / scale,
            miss / scale
        );
        assert!(miss <= error && error < 1e-4 * scale && exact > scale, "{miss:e} {error:e}");
        assert!(miss < 1e-7 * scale, "{miss:e}");
        // ∫ρ_{|K|} is the trace norm again
        let (l1, l1_error) = k.density_norm(1.0);
        assert!((l1 - exact).abs() < l1_error.min(1e-5 * scale), "{l1} {exact} {l1_error:e}");
    }
}

/// |K| from singular values and from the band, for real channels and complex ones.
#[test]
fn singular_values_and_the_dilation_agree() {
    for (eps, chirp, lowest) in [(0.5, 0.0, 0), (0.25, 0.0, 7), (0.5, 0.7, 3)] {
        let omega = quantised(&thermal(1.0, chirp), eps, [6.0, 9.0], &AngularMomenta::full(lowest + 2));
        let weights = position_weights(lowest);
        let full = VectorChannel::by_singular_values(&omega, lowest, weights).unwrap();
        for tolerance in [1e-5, 1e-9] {
            let band = VectorChannel::by_dilation(&omega, lowest, weights, tolerance).unwrap();
            assert!((full.trace_norm / band.trace_norm - 1.0).abs() < 1e-12 && full.trace_norm > 0.1);
            assert_eq!(full.interpolation, band.interpolation);
            let off =
                full.diagonal.iter().zip(&band.diagonal).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()));
            assert!(off <= full.modulus + band.modulus && full.modulus < 1e-12 * full.trace_norm, "{off:e}");
        }
        assert!(VectorChannel::new(&omega, lowest, weights, 1.0).is_err());
    }
}

/// Control: c = ½ for both neighbours.
#[test]
fn equal_weights_miss() {
    let eps = 0.25;
    let omega = quantised(&thermal(1.0, 0.0), eps, [7.0, 7.0], &AngularMomenta::full(6));
    for (l, at_least) in [(0, 3e-3), (1, 1e-2), (5, 5e-3)] {
        let at = |weights: [f64; 2]| VectorChannel::new(&omega, l, weights, 1e-9).unwrap().trace_norm;
        let (exact, halves) = (exact_vector_channel(eps, l), at([0.5, 0.5]));
        let miss = |value: f64| (value / exact - 1.0).abs();
        println!("ℓ = {l}: {} {halves} {exact}", at(position_weights(l)));
        assert!(
            l == 6 || miss(at(position_weights(l))) < 1e-9,
            "ℓ = {l}: {:e}",
            miss(at(position_weights(l)))
        );
        assert!(miss(halves) > at_least, "ℓ = {l}: {:e}", miss(halves));
    }
}

/// tr|K|/(Nε) → ‖∇ᵥW‖_{L¹} = (8/π)^{1/2} and tr|`[x²,ω]`|/(Nε) → 2E|x·v| = 8/π, with errors O(ε²).
#[test]
fn the_limits_are_met_with_order_two() {
    let limit = (8.0 / std::f64::consts::PI).sqrt();
    let errors = [1.0 / 3.0, 1.0 / 6.0, 1.0 / 12.0].map(|eps| exact_vector(eps) * eps * eps / limit - 1.0);
    let order = (errors[1] / errors[2]).log2();
    println!("{errors:?}, order {order}");
    assert!((order - 2.0).abs() < 0.1 && errors[2].abs() > 1e-6, "{errors:?} {order}");
    // ‖{x²,W}‖ = 2∬|x·∇ᵥW| = 2E|x·v| = 2E|x|·E|v₁| = 2·(8/π)^{1/2}(2/π)^{1/2} = 8/π
    let limit = 8.0 / std::f64::consts::PI;
    let errors = [1.0 / 3.0, 1.0 / 6.0, 1.0 / 12.0].map(|eps| exact_square(eps) * eps * eps / limit - 1.0);
    let order = (errors[1] / errors[2]).log2();
    println!("{errors:?}, order {order}");
    assert!((order - 2.0).abs() < 0.1 && errors[2].abs() > 1e-6, "{errors:?} {order}");
}

/// P16.7's function |x|², by every ℓ.
#[test]
fn the_commutator_with_the_square_is_exact() {
    for eps in [0.5, 0.25] {
        let momenta = AngularMomenta::sparse(eps, (24.0 / eps) as usize).unwrap();
        let omega = quantised(&thermal(1.0, 0.0), eps, [7.0, 7.0], &momenta);
        let square: Vec<f64> = omega.grid().points().iter().map(|r| r * r).collect();
        let (value, error) = omega.commutator_with(&square).unwrap().trace_norm().unwrap();
        let (exact, scale) = (exact_square(eps), eps.powi(-2));
        println!(
            "ε = {eps}: {} ± {:.1e}, off by {:.1e}",
            value / scale,
            error / scale,
            (value - exact) / scale
        );
        assert!((value - exact).abs() < 1e-7 * scale && exact > scale, "{value} {exact}");
    }
    let omega = quantised(&thermal(1.0, 0.0), 0.5, [6.0, 6.0], &AngularMomenta::full(3));
    assert!(omega.commutator_with(&[1.0]).is_err());
}

/// One component couples m-sectors of all ℓ: exact, and between a third of tr|K| and tr|K|.
#[test]
fn one_component_is_exact_and_bounds_the_vector() {
    let eps = 0.5;
    let omega = quantised(&thermal(1.0, 0.0), eps, [5.6, 5.6], &AngularMomenta::full(34));
    let component = ComponentCommutator::new(&omega);
    let (value, error) = component.trace_norm().unwrap();
    let (exact, scale) = (exact_component(eps), eps.powi(-2));
    println!(
        "tr|[x₃,ω]|/(Nε) = {} ± {:.1e}, off by {:.1e}",
        value / scale,
        error / scale,
        (value - exact) / scale
    );
    assert!((value - exact).abs() < 1e-5 * scale && exact > 0.5 * scale, "{value} {exact}");
    let vector = VectorCommutator::new(&omega, 1e-9).unwrap();
    let (k, _) = vector.trace_norm();
    assert!(1.1 * value < k && k < 0.9 * 3.0 * value, "{value} {k}");
    // the density integrates to the trace norm and lies below ρ_{|K|}
    let density = component.density(1e-9).unwrap();
    let integral = omega.grid().volume_integral(&density);
    assert!((integral - value).abs() < 1e-6 * scale, "{integral} {value}");
    for (rho, (bound, slack)) in density.iter().zip(vector.density()) {
        assert!(*rho < bound + slack + 1e-5 && (*rho > 0.3 * bound || bound < 1e-3 * scale), "{rho} {bound}");
    }
    // the limits: E|v₃| and E|v|, whose ratio is 2
    assert!((exact_vector(0.125) / exact_component(0.125) - 2.0).abs() < 4e-3);
}

/// ρ_{|K|}(r)/(Nε) → ∫|∇ᵥW(r,v)|dv = (8/π)^{1/2}ρ(r), and its norms.
#[test]
fn the_density_of_the_vector_commutator_tends_to_its_limit() {
    let limit = (8.0 / std::f64::consts::PI).sqrt();
    let rho = |r: f64| limit * (-0.5 * r * r).exp() / std::f64::consts::TAU.powf(1.5);
    let norm = |p: f64| limit * (std::f64::consts::TAU / p).powf(1.5 / p) / std::f64::consts::TAU.powf(1.5);
    let mut worst = Vec::new();
    for eps in [0.5, 0.25, 0.125] {
        let momenta = AngularMomenta::sparse(eps, (22.0 / eps) as usize).unwrap();
        let omega = quantised(&thermal(1.0, 0.0), eps, [6.5, 6.5], &momenta);
        let k = VectorCommutator::new(&omega, 1e-10).unwrap();
        let scale = eps.powi(-2);
        let density = k.density();
        let off = |j: usize| (density[j].0 / scale - rho(omega.grid().point(j))).abs();
        let norms = [2.0, 4.0, f64::INFINITY].map(|p| k.density_norm(p));
        println!("ε = {eps}: {:?}", norms.map(|(v, e)| (v / scale, e / scale)));
        assert!(norms.iter().all(|(value, error)| *error < 1e-2 * value), "{norms:?}");
        let sup = (norms[2].0 / scale - rho(0.0)).abs();
        for (p, (value, _)) in [(2.0, norms[0]), (4.0, norms[1])] {
            assert!(
                (value / scale / norm(p) - 1.0).abs() < 0.5 * eps * eps,
                "p = {p}: {} {}",
                value / scale,
                norm(p)
            );
        }
        worst.push((0..omega.grid().len()).map(off).fold(sup, f64::max));
    }
    let orders: Vec<f64> = worst.windows(2).map(|w| (w[0] / w[1]).log2()).collect();
    println!("{worst:?}, orders {orders:?}");
    assert!(orders.iter().all(|o| (o - 2.0).abs() < 0.3) && worst[2] > 1e-5, "{worst:?} {orders:?}");
}

/// A chirp is a unitary e^{iκx²/2ε}, which commutes with x: nothing but phases changes, and complex channels are treated right.
#[test]
fn a_chirp_changes_no_position_commutator() {
    let eps = 0.5;
    let at = |chirp: f64| {
        let omega = quantised(&thermal(1.0, chirp), eps, [6.0, 9.0], &AngularMomenta::full(40));
        (VectorCommutator::new(&omega, 1e-9).unwrap().trace_norm().0, omega.blocks()[1].entry(6, 3).im)
    };
    let (plain, chirped) = (at(0.0), at(0.7));
    assert!((plain.0 - chirped.0).abs() < 1e-8 * plain.0 && chirped.1.abs() > 1e-4, "{plain:?} {chirped:?}");
    assert!(plain.1 == 0.0);
}
