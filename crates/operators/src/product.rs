//! Hilbert–Schmidt norms of products f(x)g(−iε∇) from their discretised kernels.

/// ‖f(x)g(−iε∇)‖_HS measured as the norm of the matrix dx·f(x_i)κ(x_i − x_j):
/// (Σ_ij |f(x_i)κ(x_i − x_j)|² dx²)^{1/2}.
///
/// `f` holds f at equispaced points, `kernel` is κ, the kernel of g(−iε∇): κ(z) = (2πε)⁻¹∫g(p)e^{ipz/ε}dp. The limit
/// is (2πε)^{−1/2}‖f‖_{L²}‖g‖_{L²}. The order of the factors does not matter. O(n²), no storage.
pub fn hilbert_schmidt_of_product(f: &[f64], spacing: f64, kernel: impl Fn(f64) -> f64) -> f64 {
    let n = f.len();
    let squares = |f: &[f64]| f.iter().map(|a| a * a).sum::<f64>();
    let mut sum = squares(f) * kernel(0.0).powi(2);
    for d in 1..n {
        let z = d as f64 * spacing;
        let (right, left) = (kernel(z).powi(2), kernel(-z).powi(2));
        if right != 0.0 || left != 0.0 {
            sum += squares(&f[d..]) * right + squares(&f[..n - d]) * left;
        }
    }
    sum.sqrt() * spacing
}

/// P16.6: ‖(1 − ε²Δ)⁻¹(1 + x²)⁻¹‖_HS on n points of [−L, L], from the kernel e^{−|x−y|/ε}/(2ε)·(1 + y²)⁻¹.
///
/// The limit is C√N with N = 1/ε and C = (π/2)/√(2π) ([`WEIGHTED_RESOLVENT_CONSTANT`]). The kernel has a kink, so the
/// matrix is off by the factor ((h/ε)coth(h/ε))^{1/2} = 1 + (h/ε)²/6 + …, h = 2L/(n−1), and by the tails
/// of (1 + x²)⁻² beyond L: refine both.
pub fn weighted_resolvent(eps: f64, half_length: f64, points: usize) -> f64 {
    let spacing = 2.0 * half_length / (points.max(2) - 1) as f64;
    let weight = |i: usize| {
        let x = -half_length + i as f64 * spacing;
        1.0 / (1.0 + x * x)
    };
    let f: Vec<f64> = (0..points).map(weight).collect();
    hilbert_schmidt_of_product(&f, spacing, |z| (-z.abs() / eps).exp() / (2.0 * eps))
}

/// C = (π/2)/√(2π): ‖(1 + p²)⁻¹‖_{L²} = ‖(1 + x²)⁻¹‖_{L²} = (π/2)^{1/2}.
pub const WEIGHTED_RESOLVENT_CONSTANT: f64 = 0.626_657_068_657_750_2;
