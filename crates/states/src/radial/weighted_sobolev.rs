//! ‖W‖²_{H^s_4} = Σ_{|β|≤s} ∬(1 + x² + v²)⁴|∇^βW|² dx dv in R⁶, for sums of Gaussians about the origin.
//!
//! Each Gaussian is a product over the three axes, and (1 + Σ_j z_j²)⁴ = Σ_p 4!/(p₀!p₁!p₂!p₃!) Π_j z_j^{2p_j}, z_j² = x_j² + v_j². With
//!
//! J_{o,p} = Σ_{i+k=o} ∬ (x²+v²)^p/p!·∂ₓ^i∂ᵥ^k g·∂ₓ^i∂ᵥ^k g′ dx dv
//!
//! of one axis, a pair of Gaussians of heights h, h′ contributes hh′ Σ_{o₁+o₂+o₃≤s} Σ_p (4!/p₀!) Π_j J_{o_j,p_j}. The integrands of J are
//! polynomials of degree 2s + 8 times Gaussians, for which the trapezoidal rule is exact to round-off.

use super::derivatives::{Axis, MOST_DERIVATIVES, factorial, threefold};
use super::{CenteredComponent, RadialState, UNKNOWN};
use crate::Measured;

/// The order of the weight in every theorem, (1 + x² + v²)⁴.
const WEIGHT: usize = 4;

/// Steps of the trapezoidal rule in units of the Gaussian's width, for the error and for the value.
const STEPS: [f64; 2] = [0.5, 0.4];

/// Where the rule ends: y^{20}e^{−y²/2} is 10^{−19} of its largest value there.
const END: f64 = 12.0;

/// J_{o,p}: `[o][p]`.
type AxisIntegrals = [[f64; WEIGHT + 1]; MOST_DERIVATIVES + 1];

/// ‖W‖_{H^s_4} with its error; `None` where it is infinite, an infinite error where nothing is known.
///
/// # Panics
/// If s > 6, more than any theorem asks.
pub fn weighted_sobolev(state: &dyn RadialState, s: u32) -> Option<Measured> {
    assert!(s as usize <= MOST_DERIVATIVES, "no theorem asks for more than six derivatives");
    if state.roughness().weighted_sobolev.is_some_and(|first| s >= first) {
        return None;
    }
    let Some(gaussians) = state.gaussians() else { return Some(UNKNOWN) };
    let [coarse, value] = STEPS.map(|step| square(gaussians, s as usize, step).sqrt());
    // pairs of Gaussians may cancel: the sum is never far below its terms, which round-off counts
    Some(Measured { value, error: (value - coarse).abs() + 1e-13 * value })
}

/// ‖W‖²_{H^s_4}.
fn square(gaussians: &[CenteredComponent], s: usize, step: f64) -> f64 {
    let pairs = gaussians.iter().enumerate().flat_map(|(i, g)| gaussians[i..].iter().map(move |h| (g, h)));
    let of = |(g, h): (&CenteredComponent, &CenteredComponent)| {
        let twice = if std::ptr::eq(g, h) { 1.0 } else { 2.0 };
        twice * g.height() * h.height() * pair(&axis_integrals(Axis::of(g), Axis::of(h), s, step), s)
    };
    pairs.map(of).sum()
}

/// Σ_{o₁+o₂+o₃≤s} Σ_p (4!/p₀!) Π_j J_{o_j,p_j}, p₀ = 4 − p₁ − p₂ − p₃.
fn pair(j: &AxisIntegrals, s: usize) -> f64 {
    let orders = |o: usize| (0..=o).flat_map(move |o1| (0..=o - o1).map(move |o2| [o1, o2, o - o1 - o2]));
    let product = |[o1, o2, o3]: [usize; 3]| -> f64 {
        let weight = |p: usize| factorial(WEIGHT) / factorial(WEIGHT - p);
        (0..=WEIGHT).map(|p| weight(p) * threefold(&j[o1], &j[o2], &j[o3], p)).sum()
    };
    (0..=s).flat_map(orders).map(product).sum()
}

/// J for two Gaussians of one axis: z = L^{−T}y with LLᵀ the sum of their matrices turns the product into e^{−y²/2}.
fn axis_integrals(g: Axis, h: Axis, s: usize, step: f64) -> AxisIntegrals {
    let (a, b, c) = (g.a + h.a, g.b + h.b, g.c + h.c);
    let l11 = a.sqrt();
    let (l21, l22) = (b / l11, (c - b * b / a).sqrt());
    let cell = step * step / (l11 * l22);
    let count = (END / step) as i32;
    let mut integrals = AxisIntegrals::default();
    for (m, n) in (-count..=count).flat_map(|m| (-count..=count).map(move |n| (m, n))) {
        let v = f64::from(n) * step / l22;
        let x = (f64::from(m) * step - l21 * v) / l11;
        let (first, second) = (g.derivatives(x, v, s), h.derivatives(x, v, s));
        for (o, row) in integrals.iter_mut().enumerate().take(s + 1) {
            let products: f64 = (0..=o).map(|i| first[i][o - i] * second[i][o - i]).sum();
            let mut power = cell * products;
            for (p, integral) in row.iter_mut().enumerate() {
                *integral += power;
                power *= (x * x + v * v) / (p + 1) as f64;
            }
        }
    }
    integrals
}
