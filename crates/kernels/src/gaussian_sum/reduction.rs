//! The wide Gaussians of the trapezoid rule by a Gauss rule in t = r^{−2}.
//!
//! Σ_{m≥0} w e^{−αhm} e^{−s²T q^m} = ∫e^{−s²Tτ}dμ(τ), μ = Σ_m w q^{αm/2} δ(τ − q^m), q = e^{−2h}, T = R^{−2}. The atoms below
//! e^{−44} are moved to τ = 0. The Jacobi matrix of μ follows from Lanczos' recurrence, reorthogonalised; its eigenvalues are
//! the nodes, and (2M)!^{−1}(s²T)^{2M}‖π_M‖² bounds the error, since no derivative of e^{−s²Tτ} exceeds its value at 0.

use super::GaussianTerm;

/// −ln of the size of what is moved to τ = 0.
const NEGLIGIBLE: f64 = 44.0;

/// More nodes than any shortest sum has.
const MOST_NODES: usize = 40;

/// The Gauss rule in place of all trapezoid terms from radius R on.
#[derive(Clone, Debug)]
pub(super) struct WideGaussians {
    /// R.
    radius: f64,
    /// ∫dμ.
    mass: f64,
    /// Diagonal and squared off-diagonal of the Jacobi matrix.
    diagonal: Vec<f64>,
    off_squared: Vec<f64>,
    /// Bound of the error relative to |s|^{−α}, |s| ≤ r_max.
    pub error: f64,
}

impl WideGaussians {
    /// The shortest rule with a relative error of at most `share` for |s| ≤ `most`.
    pub(super) fn reduced(alpha: f64, step: f64, first: GaussianTerm, most: f64, share: f64) -> Option<Self> {
        let theta = (most / first.radius).powi(2);
        let (points, masses) = measure(alpha, step, first.weight);
        // s²T ∫τ dμ over what is moved
        let moved = theta * first.weight * (-NEGLIGIBLE).exp() / -(-(alpha + 2.0) * step).exp_m1();
        let mass: f64 = masses.iter().rev().sum();
        let mut lanczos = Lanczos::new(&points, &masses, mass);
        // (s²T)^{2M}‖π_M‖²/(2M)!, ‖π_M‖² = mass·β₁²…β_M²
        let mut bound = mass;
        while lanczos.diagonal.len() < MOST_NODES {
            let off = lanczos.extend();
            let m = lanczos.diagonal.len() as f64;
            bound *= theta * theta * off / ((2.0 * m - 1.0) * (2.0 * m));
            let error = most.powf(alpha) * (bound + moved);
            if error <= share {
                lanczos.off_squared.pop();
                let (diagonal, off_squared) = (lanczos.diagonal, lanczos.off_squared);
                return Some(Self { radius: first.radius, mass, diagonal, off_squared, error });
            }
        }
        None
    }

    pub(super) fn len(&self) -> usize {
        self.diagonal.len()
    }

    /// The Gaussians of the rule, the narrowest first.
    pub(super) fn terms(&self) -> Vec<GaussianTerm> {
        let mut rule = gauss_rule(&self.diagonal, &self.off_squared);
        rule.sort_by(|a, b| b.0.total_cmp(&a.0));
        let term = |(node, share): (f64, f64)| {
            // far below the round-off of s²Tτ, and positive
            let radius = self.radius / node.max(1e-40).sqrt();
            GaussianTerm { weight: self.mass * share, radius }
        };
        rule.into_iter().map(term).collect()
    }
}

/// Eigenvalues of a Jacobi matrix, each with the squared first component of its eigenvector (Golub and Welsch), by
/// implicit QL steps.
fn gauss_rule(diagonal: &[f64], off_squared: &[f64]) -> Vec<(f64, f64)> {
    const MOST_STEPS: usize = 60;
    let n = diagonal.len();
    let mut d = diagonal.to_vec();
    let mut e: Vec<f64> = off_squared.iter().map(|b| b.sqrt()).chain([0.0]).collect();
    let mut z: Vec<f64> = (0..n).map(|i| if i == 0 { 1.0 } else { 0.0 }).collect();
    for l in 0..n {
        for _ in 0..MOST_STEPS {
            let small = |m: usize| e[m].abs() <= f64::EPSILON * (d[m].abs() + d[m + 1].abs());
            let m = (l..n - 1).find(|&m| small(m)).unwrap_or(n - 1);
            if m == l {
                break;
            }
            ql_step(&mut d, &mut e, &mut z, l, m);
        }
    }
    d.into_iter().zip(z).map(|(node, z)| (node, z * z)).collect()
}

/// One implicit QL step with Wilkinson's shift on the rows l..=m; z is the first row of the eigenvectors.
fn ql_step(d: &mut [f64], e: &mut [f64], z: &mut [f64], l: usize, m: usize) {
    let half = (d[l + 1] - d[l]) / (2.0 * e[l]);
    let mut g = d[m] - d[l] + e[l] / (half + half.hypot(1.0).copysign(half));
    let (mut sin, mut cos, mut p) = (1.0, 1.0, 0.0);
    for i in (l..m).rev() {
        let (f, b) = (sin * e[i], cos * e[i]);
        let r = f.hypot(g);
        e[i + 1] = r;
        if r == 0.0 {
            d[i + 1] -= p;
            e[m] = 0.0;
            return;
        }
        (sin, cos) = (f / r, g / r);
        let shifted = d[i + 1] - p;
        let turned = (d[i] - shifted) * sin + 2.0 * cos * b;
        p = sin * turned;
        d[i + 1] = shifted + p;
        g = cos * turned - b;
        (z[i + 1], z[i]) = (sin * z[i] + cos * z[i + 1], cos * z[i] - sin * z[i + 1]);
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0.0;
}

/// The atoms q^m of μ and their masses; the last is the one at τ = 0.
fn measure(alpha: f64, step: f64, weight: f64) -> (Vec<f64>, Vec<f64>) {
    let atoms = (NEGLIGIBLE / ((alpha + 2.0) * step)).ceil() as usize;
    let at = |rate: f64| move |m: usize| (-rate * step * m as f64).exp();
    let (point, mass) = (at(2.0), at(alpha));
    let rest = mass(atoms) / -(-alpha * step).exp_m1();
    let points = (0..atoms).map(point).chain([0.0]).collect();
    (points, (0..atoms).map(mass).chain([rest]).map(|m| weight * m).collect())
}

/// The Jacobi matrix of a discrete measure, row after row.
struct Lanczos<'a> {
    points: &'a [f64],
    /// √(mass of the atom)·p_k(atom), orthonormal.
    basis: Vec<Vec<f64>>,
    diagonal: Vec<f64>,
    off_squared: Vec<f64>,
}

impl<'a> Lanczos<'a> {
    fn new(points: &'a [f64], masses: &[f64], mass: f64) -> Self {
        let first = masses.iter().map(|m| (m / mass).sqrt()).collect();
        Self { points, basis: vec![first], diagonal: Vec::new(), off_squared: Vec::new() }
    }

    /// Adds one row and returns the squared entry beside its diagonal.
    fn extend(&mut self) -> f64 {
        let last = &self.basis[self.basis.len() - 1];
        let mut next: Vec<f64> = self.points.iter().zip(last).map(|(t, p)| t * p).collect();
        self.diagonal.push(dot(&next, last));
        for _ in 0..2 {
            for p in &self.basis {
                let along = dot(&next, p);
                next.iter_mut().zip(p).for_each(|(next, p)| *next -= along * p);
            }
        }
        let off = dot(&next, &next);
        next.iter_mut().for_each(|p| *p /= off.sqrt().max(f64::MIN_POSITIVE));
        self.basis.push(next);
        self.off_squared.push(off);
        off
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
