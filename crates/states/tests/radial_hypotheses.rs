//! What the theorems suppose of a state in R³: norms of derivatives, moments, the local sup condition.
#![allow(clippy::unwrap_used)]

use std::f64::consts::{PI, TAU};

use kernels::quadrature::integrate;
use semiclassical_states::line::local_sup::ForceWindow;
use semiclassical_states::radial::local_sup::{gradient_norms, local_sups_of_state};
use semiclassical_states::radial::{
    CenteredMixture, FAMILIES, L1Norms, Plummer, RadialState, weighted_sobolev,
};

/// W at a point of R⁶.
fn at(state: &dyn RadialState, z: [f64; 6]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let (x, v) = z.split_at(3);
    let r = dot(x, x).sqrt();
    let along = if r > 0.0 { dot(x, v) / r } else { 0.0 };
    state.wigner(r, along, (dot(v, v) - along * along).max(0.0).sqrt())
}

/// All multi-indices of order 2, as pairs i ≤ k, and the second differences.
fn second_differences(state: &dyn RadialState, z: [f64; 6], step: f64) -> Vec<((usize, usize), f64)> {
    let shifted = |i: usize, k: usize, a: f64, b: f64| {
        let mut z = z;
        z[i] += a * step;
        z[k] += b * step;
        at(state, z)
    };
    let pairs = (0..6).flat_map(|i| (i..6).map(move |k| (i, k)));
    let of = |(i, k): (usize, usize)| {
        let corners = shifted(i, k, 1.0, 1.0) + shifted(i, k, -1.0, -1.0)
            - shifted(i, k, 1.0, -1.0)
            - shifted(i, k, -1.0, 1.0);
        ((i, k), corners / (4.0 * step * step))
    };
    pairs.map(of).collect()
}

fn first_differences(state: &dyn RadialState, z: [f64; 6], step: f64) -> Vec<f64> {
    let shifted = |i: usize, a: f64| {
        let mut z = z;
        z[i] += a * step;
        at(state, z)
    };
    (0..6).map(|i| (shifted(i, 1.0) - shifted(i, -1.0)) / (2.0 * step)).collect()
}

/// 8π²∭f r²v_t dr dv_r dv_t at x = (r,0,0), v = (v_r,v_t,0), by the midpoint rule.
fn over_phase_space(step: f64, end: f64, f: impl Fn([f64; 6]) -> f64) -> f64 {
    let count = (end / step) as i32;
    let middle = |k: i32| (f64::from(k) + 0.5) * step;
    let mut sum = 0.0;
    for (i, j, k) in
        (0..count).flat_map(|i| (-count..count).flat_map(move |j| (0..count).map(move |k| (i, j, k))))
    {
        let (r, v_r, v_t) = (middle(i), middle(j), middle(k));
        sum += r * r * v_t * f([r, 0.0, 0.0, v_r, v_t, 0.0]);
    }
    8.0 * PI * PI * step.powi(3) * sum
}

fn square(v: f64) -> f64 {
    v * v
}

fn weight(z: [f64; 6]) -> f64 {
    (1.0 + z.into_iter().map(square).sum::<f64>()).powi(4)
}

/// Two steps and Richardson: v_t dv_t and r²dr leave the midpoint rule an error of order step².
fn extrapolated(steps: [f64; 2], f: impl Fn([f64; 6]) -> f64) -> f64 {
    let [coarse, fine] = steps.map(|step| over_phase_space(step, 9.0, &f));
    fine + (fine - coarse) / ((steps[0] / steps[1]).powi(2) - 1.0)
}

/// The threefold convolution against differences and a sum over (r, v_r, v_t).
#[test]
fn sobolev_norms_are_those_of_differences() {
    let state = CenteredMixture::two_widths().unwrap();
    let zero = extrapolated([0.4, 0.3], |z| weight(z) * square(at(&state, z)));
    let gradient = |z: [f64; 6]| first_differences(&state, z, 1e-4).into_iter().map(square).sum::<f64>();
    let one = zero + extrapolated([0.4, 0.3], |z| weight(z) * gradient(z));
    // Σ_{i≤k}(∂ᵢ∂ₖW)² is not invariant under rotations: its mean over them, a polynomial of degree 4, by a product rule
    let node = 0.6_f64.sqrt();
    let rule = [(-node, 5.0 / 18.0), (0.0, 8.0 / 18.0), (node, 5.0 / 18.0)];
    let second = |z: [f64; 6]| {
        let mut mean = 0.0;
        for (a, c, (cosine, share)) in
            (0..5).flat_map(|a| (0..5).flat_map(move |c| rule.map(|node| (a, c, node))))
        {
            let (alpha, gamma) = (f64::from(a) * TAU / 5.0, f64::from(c) * TAU / 5.0);
            let turned = rotated(z, alpha, cosine, gamma);
            let squares = second_differences(&state, turned, 2e-3).into_iter().map(|(_, d)| square(d));
            mean += share / 25.0 * squares.sum::<f64>();
        }
        mean
    };
    let two = one + extrapolated([0.75, 0.6], |z| weight(z) * second(z));
    for (s, (sum, accuracy)) in [(zero, 3e-4), (one, 3e-4), (two, 1e-3)].into_iter().enumerate() {
        let norm = weighted_sobolev(&state, s as u32).unwrap();
        let miss = (norm.value / sum.sqrt() - 1.0).abs();
        println!("s = {s}: {norm:?}, by differences {}", sum.sqrt());
        assert!(miss < accuracy && norm.error < 1e-11 * norm.value && norm.value > 0.01, "s = {s}: {miss:e}");
    }
}

/// x and v turned by the Euler angles (α, β, γ).
fn rotated(z: [f64; 6], alpha: f64, cos_beta: f64, gamma: f64) -> [f64; 6] {
    let sin_beta = (1.0 - cos_beta * cos_beta).sqrt();
    let about_z = |[x, y, z]: [f64; 3], angle: f64| {
        let (sin, cos) = angle.sin_cos();
        [cos * x - sin * y, sin * x + cos * y, z]
    };
    let turn = |u: [f64; 3]| {
        let [x, y, z] = about_z(u, gamma);
        about_z([cos_beta * x + sin_beta * z, y, cos_beta * z - sin_beta * x], alpha)
    };
    let ([a, b, c], [d, e, f]) = (turn([z[0], z[1], z[2]]), turn([z[3], z[4], z[5]]));
    [a, b, c, d, e, f]
}

/// ∬(1+z²)⁴e^{−z²}dz = 685π³ in R⁶; norms grow with s.
#[test]
fn a_single_gaussian_has_its_exact_norm() {
    let state = CenteredMixture::single(1.0, 1.0, 0.0).unwrap();
    let norm = weighted_sobolev(&state, 0).unwrap();
    let exact = (685.0 * PI.powi(3)).sqrt() / TAU.powi(3);
    assert!((norm.value / exact - 1.0).abs() < 1e-13, "{norm:?} {exact}");
    let norms: Vec<f64> = (0..=6).map(|s| weighted_sobolev(&state, s).unwrap().value).collect();
    assert!(norms.windows(2).all(|n| n[1] > 1.5 * n[0]), "{norms:?}");
    for s in 0..=6 {
        let norm = weighted_sobolev(&CenteredMixture::two_widths().unwrap(), s).unwrap();
        assert!(norm.error < 1e-10 * norm.value, "s = {s}: {norm:?}");
    }
}

/// Control: Plummer's sphere satisfies none of the weighted norms, and its fourth derivatives are unbounded.
#[test]
fn plummers_sphere_is_outside() {
    let plummer = Plummer::new(15.0, 1.53).unwrap();
    let window = ForceWindow { force: 1.0, time: 0.0 };
    for (s, sup) in (0..).zip(local_sups_of_state(&plummer, 6, window)) {
        assert!(weighted_sobolev(&plummer, s).is_none());
        assert!(if s < 4 { sup.unwrap().error.is_infinite() } else { sup.is_none() }, "l = {s}");
    }
    // ∬(1+x²+v²)⁴W² grows like R^{5/2} with the radius
    let inside = |radius: f64| {
        let shell = |r: f64| {
            let fastest = (-plummer.potential(r)).sqrt();
            let ball =
                |v: f64| 4.0 * PI * v * v * (1.0 + r * r + v * v).powi(4) * plummer.wigner(r, v, 0.0).powi(2);
            let points = (0..200).map(|k| ball(fastest * (f64::from(k) + 0.5) / 200.0) * fastest / 200.0);
            4.0 * PI * r * r * points.sum::<f64>()
        };
        (0..2000).map(|k| shell(radius * (f64::from(k) + 0.5) / 2000.0) * radius / 2000.0).sum::<f64>()
    };
    let slope = (inside(800.0) / inside(400.0)).log2();
    assert!((slope - 2.5).abs() < 0.05, "{slope}");
}

#[test]
fn velocity_moments_are_those_of_the_state() {
    for family in FAMILIES {
        let state = (family.example)().unwrap();
        let moment = |m: u32| state.velocity_moment(m).unwrap();
        assert!((moment(0).value - 1.0).abs() < 1e-13, "{}: {:?}", state.name(), moment(0));
        assert!((moment(2).value / state.kinetic_energy() - 1.0).abs() < 1e-13, "{}", state.name());
        for m in [1, 3, 4] {
            // r = tan u, |v| = s: angles do not matter to |v|^m, but W may depend on them
            let shell = |u: f64| {
                let (r, fastest) = (u.tan(), state.speed(1e-18));
                let speeds = |s: f64| {
                    let angle = |k: i32| {
                        let mu = (2.0 * f64::from(k) + 1.0) / 48.0 - 1.0;
                        state.wigner(r, s * mu, s * (1.0 - mu * mu).sqrt()) / 24.0
                    };
                    2.0 * TAU * s.powi(m + 2) * (0..48).map(angle).sum::<f64>() / 2.0
                };
                let count = 400;
                let h = fastest / f64::from(count);
                let inner: f64 = (0..count).map(|k| speeds((f64::from(k) + 0.5) * h) * h).sum();
                4.0 * PI * r * r * inner / u.cos().powi(2)
            };
            let sum: f64 =
                (0..300).map(|k| shell(0.5 * PI * (f64::from(k) + 0.5) / 300.0) * 0.5 * PI / 300.0).sum();
            let exact = moment(m as u32);
            assert!(
                (sum / exact.value - 1.0).abs() < 2e-3 && exact.value > 0.1,
                "{} {m}: {sum} {exact:?}",
                state.name()
            );
        }
    }
}

/// |∇^lW|² = Σ (l!/β!)(∂^βW)²: first and second derivatives by differences.
#[test]
fn tensors_have_the_norms_of_differences() {
    let state = CenteredMixture::two_widths().unwrap();
    let gaussians = state.gaussians().unwrap();
    let (r, s, theta) = (0.9, 1.3, 2.1_f64);
    let z = [r, 0.0, 0.0, s * theta.cos(), s * theta.sin(), 0.0];
    let first: f64 = first_differences(&state, z, 1e-4).iter().map(|d| d * d).sum();
    let second = second_differences(&state, z, 1e-3);
    let second: f64 = second.iter().map(|((i, k), d)| if i == k { d * d } else { 2.0 * d * d }).sum();
    let norms = gradient_norms(gaussians, 2, r, s, theta);
    assert!((norms[0] / at(&state, z) - 1.0).abs() < 1e-13);
    for (order, by_differences) in [(1, first.sqrt()), (2, second.sqrt())] {
        let norm = norms[order];
        assert!(
            (norm / by_differences - 1.0).abs() < 1e-5 && norm > 1e-5,
            "l = {order}: {norm} {by_differences}"
        );
    }
}

/// Without a window the bound is the quantity itself: ∫|∇^lW|dv, by quadrature for a thermal state, where |∇W| = |z|W.
#[test]
fn without_a_window_the_local_sup_is_an_integral() {
    let state = CenteredMixture::single(1.0, 1.0, 0.0).unwrap();
    let still = ForceWindow { force: 0.0, time: 0.0 };
    let [density, first] = local_sups_of_state(&state, 1, still)[..] else { panic!("two are asked for") };
    let (density, first) = (density.unwrap(), first.unwrap());
    assert!((density.value / state.density(0.0) - 1.0).abs() < 1e-6, "{density:?} {}", state.density(0.0));
    assert!((density.value - state.density(0.0)).abs() <= density.error);
    let at_radius = |r: f64| {
        let shell = |s: f64| 4.0 * PI * s * s * (r * r + s * s).sqrt() * state.wigner(r, s, 0.0);
        integrate(shell, 0.0, 12.0, 1e-12).unwrap().value
    };
    let exact = (0..200).map(|k| at_radius(0.01 * f64::from(k))).fold(0.0, f64::max);
    assert!((first.value - exact).abs() <= first.error && first.error < 2e-3 * exact, "{first:?} {exact}");
}

/// S_0 bounds the density along any flow whose force is at most R; larger windows, larger suprema.
#[test]
fn the_local_sup_bounds_the_densities() {
    let state = CenteredMixture::single(1.2, 0.9, -0.6).unwrap();
    let free = |t: f64| (TAU * (1.44 * (1.0 - 1.2 * t).powi(2) + 4.0 * t * t * 0.81)).powf(-1.5);
    let highest = (0..=100).map(|k| free(0.01 * f64::from(k))).fold(0.0, f64::max);
    assert!(highest > 1.3 * free(0.0), "the chirp focuses: {highest} {}", free(0.0));
    let bounds = [0.0, 0.5, 2.0]
        .map(|force| local_sups_of_state(&state, 0, ForceWindow { force, time: 1.0 })[0].unwrap());
    println!("{highest} {bounds:?}");
    assert!(
        bounds[0].value + bounds[0].error > highest && bounds[0].value < 8.0 * highest,
        "{bounds:?} {highest}"
    );
    assert!(bounds.windows(2).all(|b| b[1].value > 1.2 * b[0].value), "{bounds:?}");
    let window = ForceWindow { force: 2.0, time: 1.0 };
    for (order, sup) in
        local_sups_of_state(&CenteredMixture::two_widths().unwrap(), 5, window).into_iter().enumerate()
    {
        let sup = sup.unwrap();
        println!("l = {order}: {sup:?}");
        assert!(sup.error < 0.1 * sup.value && sup.value > 0.0, "l = {order}: {sup:?}");
    }
}

/// ‖∇ᵥW‖ = E|v|/σ_v² = (8/π)^{1/2}/σ_v, with a chirp as without; ‖∇ₓW‖ the same with 1/σ_x² and the chirp.
#[test]
fn gradients_of_a_gaussian_have_exact_norms() {
    for (sigma_x, sigma_v, chirp) in [(1.0, 1.0, 0.0), (1.3, 0.8, 0.5)] {
        let norms = L1Norms::of_state(&CenteredMixture::single(sigma_x, sigma_v, chirp).unwrap());
        let root = (8.0 / PI).sqrt();
        // ∇ₓW = −(x/σ_x² − κ(v−κx)/σ_v²)W: a Gaussian vector of variance 1/σ_x² + κ²/σ_v²
        let exact = [root * (sigma_x.powi(-2) + (chirp / sigma_v).powi(2)).sqrt(), root / sigma_v];
        for (norm, exact) in [norms.d_x, norms.d_v].iter().zip(exact) {
            println!("{norm:?} {exact}");
            assert!((norm.value - exact).abs() < norm.error.min(1e-4 * exact) && norm.error < 1e-2 * exact);
        }
        assert!((norms.d_v1().value / (2.0 / PI).sqrt() * sigma_v - 1.0).abs() < 1e-4);
        assert!((norms.w11().value - 1.0 - exact[0] - exact[1]).abs() < 1e-3);
    }
    let two = L1Norms::of_state(&CenteredMixture::two_widths().unwrap());
    println!("{two:?}");
    assert!(two.d_v.error < 1e-2 * two.d_v.value && two.d_v.value < (8.0_f64 / PI).sqrt() / 0.9);
    assert!(L1Norms::of_state(&Plummer::new(15.0, 1.53).unwrap()).d_v.error.is_infinite());
}
