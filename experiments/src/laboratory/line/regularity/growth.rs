//! The rates at which the norms can grow along ∂ₜW + 2v∂ₓW − U′(x)∂ᵥW = 0.
//!
//! With D = ∂ₜ + 2v∂ₓ − U′∂ᵥ, a field without divergence, and w_ij = ∂ₓ^i∂ᵥ^jW, differentiating the equation gives
//!
//! D w_ij = −2j w_{i+1,j−1} + Σ_{m=1}^i (m out of i) U^{(m+1)} w_{i−m,j+1},
//!
//! and the weight q = 1 + x² + v² obeys |Dq| = |2v(2x − U′)| ≤ κq, κ = sup_x |2x − U′|/√(1+x²), since 2|v|√(1+x²) ≤ q. Hence
//!
//! d/dt ½‖W‖²_{H_4^k} = ∬½D(q⁴)|w|² + q⁴ w·Dw ≤ (2κ + λ_k)‖W‖²_{H_4^k},
//!
//! λ_k = sup_x of the largest row sum of |½(M + Mᵀ)|, M the matrix above on i + j ≤ k (Gershgorin). The row sum of k = 1 is ½|U″ − 2|,
//! which is exact: ‖∇W̃_t‖ grows at most by exp ∫½‖U″ − 2‖_∞, in L² and at every point.

use estimators::Estimate;
use kernels::line::Potential;
use phase_space::convention::TRANSPORT_SPEED;
use phase_space::line::Axis;
use phase_space::vertex;

/// k = 0, …, 4: beyond, the row sums grow so fast that the bound says nothing.
pub const BOUNDED_ORDERS: u32 = 5;
/// ‖∂ᵏU‖_∞, k = 1, …, 5, enter them.
const DERIVATIVES: u32 = BOUNDED_ORDERS;

/// The rates at one time, suprema over x.
#[derive(Clone, Debug)]
pub struct Rates {
    /// 2κ + λ_k, k = 0, …, 4.
    pub growth: Vec<Estimate>,
    /// ½‖U″ − 2‖_∞.
    pub stretch: Estimate,
    /// ‖∂ᵏU‖_∞, k = 1, …, 5.
    pub potential: Vec<Estimate>,
}

impl Rates {
    /// The suprema over the axis, from `between` points a cell (even); the change against half as many is the error.
    pub fn of(potential: &Potential, axis: &Axis, between: usize) -> Self {
        let points = axis.with_points(between * axis.len()).points();
        let derivatives =
            |x: f64| (1..=DERIVATIVES).map(|k| potential.derivative_of_order_at(k, x)).collect();
        let at: Vec<(f64, Vec<f64>)> = points.into_iter().map(|x| (x, derivatives(x))).collect();
        let sup = |f: &dyn Fn(f64, &[f64]) -> f64| {
            let over = |stride: usize| {
                supremum(&at.iter().step_by(stride).map(|(x, u)| f(*x, u)).collect::<Vec<_>>())
            };
            let value = over(1);
            Estimate::new(value, value - over(2))
        };
        let weight = sup(&|x, u| (TRANSPORT_SPEED * x - u[0]).abs() / (1.0 + x * x).sqrt());
        let rows = |k: u32| sup(&|_, u| largest_row(k, u));
        Self {
            growth: (0..BOUNDED_ORDERS).map(|k| weight.scaled(2.0).plus(&rows(k))).collect(),
            stretch: sup(&|_, u| 0.5 * (u[1] - TRANSPORT_SPEED).abs()),
            potential: (0..DERIVATIVES as usize).map(|k| sup(&|_, u| u[k].abs())).collect(),
        }
    }
}

/// The supremum of a function sampled at equidistant points: the highest vertex of the parabolas through its local maxima and
/// their neighbours.
fn supremum(samples: &[f64]) -> f64 {
    let ends = samples.iter().copied().fold(0.0, f64::max);
    samples.windows(3).map(|three| vertex([three[0], three[1], three[2]])).fold(ends, f64::max)
}

/// The largest row sum of |½(M + Mᵀ)| on i + j ≤ k, `u[m]` = U^{(m+1)}(x).
fn largest_row(k: u32, u: &[f64]) -> f64 {
    let n = k as usize + 1;
    let mut rows = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..n - i {
            // the pair (i,j), (i−1,j+1) is coupled from both sides: i U″ and −2(j+1)
            for m in 1..=i {
                let back = if m == 1 { TRANSPORT_SPEED * (j as f64 + 1.0) } else { 0.0 };
                if i - m + j + 1 < n {
                    let coupling = 0.5 * (binomial(i, m) * u[m] - back).abs();
                    rows[i * n + j] += coupling;
                    rows[(i - m) * n + j + 1] += coupling;
                }
            }
        }
    }
    rows.into_iter().fold(0.0, f64::max)
}

/// n over m.
fn binomial(n: usize, m: usize) -> f64 {
    (0..m).map(|i| (n - i) as f64 / (i + 1) as f64).product()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_sums_of_small_orders() {
        let u = [0.3, 5.0, -1.5, 0.7, 0.0];
        assert_eq!(largest_row(0, &u), 0.0);
        assert!((largest_row(1, &u) - 1.5).abs() < 1e-15);
        // (2,0)–(1,1): ½|2U″ − 2|, (1,1)–(0,2): ½|U″ − 4|, (2,0)–(0,1): ½|U‴|, (1,0)–(0,1): ½|U″ − 2|
        assert!((largest_row(2, &u) - (4.0_f64 + 0.75).max(4.0 + 0.5)).abs() < 1e-15);
    }

    /// D w_11 = −2w_20 + U″w_02 for a cubic U and W = x³v², by hand.
    #[test]
    fn the_coupling_is_that_of_the_equation() {
        // U = u₁x + u₂x²/2 + u₃x³/6: (2v∂ₓ − U′∂ᵥ)W = 6x²v³ − 2U′x³v, differentiated once in x and once in v
        let (x, v, u1, u2, u3) = (0.7_f64, -0.4_f64, 0.3, 1.1, -0.8);
        let (du, ddu) = (u1 + u2 * x + 0.5 * u3 * x * x, u2 + u3 * x);
        let right: f64 = 36.0 * x * v * v - 2.0 * (ddu * x.powi(3) + du * 3.0 * x * x);
        // (2v∂ₓ − U′∂ᵥ)w_11 and the terms of M with the opposite sign: w_11 = 6x²v, w_20 = 6xv², w_02 = 2x³
        let transported = 2.0 * v * 12.0 * x * v - du * 6.0 * x * x;
        let coupled = -2.0 * 6.0 * x * v * v + ddu * 2.0 * x.powi(3);
        assert!((transported - coupled - right).abs() < 1e-13);
    }
}
