//! Sums of products.

/// Σ_l a_l b_l in four interleaved partial sums.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (chunks_a, chunks_b) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = chunks_a.remainder().iter().zip(chunks_b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in chunks_a.zip(chunks_b) {
        for c in 0..4 {
            sums[c] += a[c] * b[c];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
