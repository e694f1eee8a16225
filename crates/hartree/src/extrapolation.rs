//! Anderson's and Pulay's extrapolation of x ↦ F(x) to e(x) = 0.
//!
//! Of the last pairs (x_j, e_j) the affine combination Σc_j x_j, Σc_j = 1, with the least ‖Σc_j e_j‖. With differences from the newest pair,
//!
//! x − Σ_j ⟨q_j, e⟩ p_j,  q_j orthonormal in the span of the e_j − e, p_j the same combinations of the x_j − x,
//!
//! so that no ill-conditioned system of Gram is formed.

/// A direction that its predecessors reproduce up to this fraction is left out.
const DEPENDENT: f64 = 1e-8;

/// The last pairs (x, e).
#[derive(Clone, Debug)]
pub(crate) struct Extrapolation {
    depth: usize,
    pairs: Vec<(Vec<f64>, Vec<f64>)>,
}

impl Extrapolation {
    /// Of at most `depth` pairs.
    pub(crate) fn new(depth: usize) -> Self {
        Self { depth, pairs: Vec::new() }
    }

    /// (Σc_j x_j, Σc_j e_j) after the new pair.
    pub(crate) fn next(&mut self, x: Vec<f64>, e: Vec<f64>) -> (Vec<f64>, Vec<f64>) {
        if self.pairs.len() == self.depth {
            self.pairs.remove(0);
        }
        let (mut best, mut least) = (x.clone(), e.clone());
        let mut directions: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for (other, residual) in self.pairs.iter().rev() {
            let (mut p, mut q) = (minus(other, &x), minus(residual, &e));
            let size = dot(&q, &q).sqrt();
            // twice is enough
            for (p_j, q_j) in directions.iter().chain(directions.iter()) {
                let overlap = dot(q_j, &q);
                add(&mut q, -overlap, q_j);
                add(&mut p, -overlap, p_j);
            }
            let rest = dot(&q, &q).sqrt();
            if rest.is_nan() || rest <= DEPENDENT * size {
                continue;
            }
            p.iter_mut().chain(q.iter_mut()).for_each(|value| *value /= rest);
            directions.push((p, q));
        }
        for (p, q) in &directions {
            let overlap = dot(q, &least);
            add(&mut best, -overlap, p);
            add(&mut least, -overlap, q);
        }
        self.pairs.push((x, e));
        (best, least)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(a: &mut [f64], c: f64, b: &[f64]) {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += c * b);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// e(x) = b − Ax with eigenvalues of A between 0.1 and 4, where x + e diverges.
    fn residual(x: &[f64]) -> Vec<f64> {
        let n = x.len();
        let a = |i: usize| 0.1 + 3.9 * i as f64 / (n - 1) as f64;
        (0..n).map(|i| 1.0 - a(i) * x[i] - 0.05 * x[(i + 1) % n] - 0.05 * x[(i + n - 1) % n]).collect()
    }

    #[test]
    fn a_linear_equation_is_solved_in_as_many_steps_as_unknowns() {
        let after = |depth: usize| {
            let mut extrapolation = Extrapolation::new(depth);
            let mut x = vec![0.0; 6];
            for _ in 0..8 {
                let (best, least) = extrapolation.next(x.clone(), residual(&x));
                x = best.iter().zip(&least).map(|(x, e)| x + e).collect();
            }
            let e = residual(&x);
            dot(&e, &e).sqrt()
        };
        assert!(after(8) < 1e-9, "{:.1e}", after(8));
        assert!(after(1) > 1.0, "{:.1e}", after(1));
    }
}
