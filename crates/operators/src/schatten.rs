//! Schatten norms of a Hermitian operator from its eigenvalues: ‖A‖_p = (Σ|λ|^p)^{1/p}.

/// ‖A‖_tr = Σ|λ|.
pub fn trace_norm(eigenvalues: &[f64]) -> f64 {
    eigenvalues.iter().map(|l| l.abs()).sum()
}

/// ‖A‖_HS = (Σλ²)^{1/2}.
pub fn hilbert_schmidt(eigenvalues: &[f64]) -> f64 {
    eigenvalues.iter().map(|l| l * l).sum::<f64>().sqrt()
}

/// ‖A‖_op = max|λ|.
pub fn operator_norm(eigenvalues: &[f64]) -> f64 {
    eigenvalues.iter().fold(0.0, |m, l| m.max(l.abs()))
}

/// ‖A‖_p = (Σ|λ|^p)^{1/p}, 1 ≤ p < ∞, scaled by max|λ| so that no power overflows.
pub fn norm(eigenvalues: &[f64], p: f64) -> f64 {
    let largest = operator_norm(eigenvalues);
    if largest == 0.0 {
        return 0.0;
    }
    largest * eigenvalues.iter().map(|l| (l.abs() / largest).powf(p)).sum::<f64>().powf(1.0 / p)
}
