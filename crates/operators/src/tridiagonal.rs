//! Eigenvalues of a real symmetric tridiagonal matrix by the root-free QL iteration of Pal, Walker and Kahan, as in
//! LAPACK's `dsterf` (Parlett, *The Symmetric Eigenvalue Problem*, §8.15), O(n²).

use crate::SpectrumError;

/// Sweeps allowed for an eigenvalue, on average.
const SWEEPS: usize = 30;

/// Ascending eigenvalues of the matrix with diagonal d (n) and subdiagonal e (n−1); finite entries.
///
/// # Errors
/// [`SpectrumError::NoConvergence`] after 30n sweeps.
pub fn eigenvalues(mut d: Vec<f64>, e: Vec<f64>) -> Result<Vec<f64>, SpectrumError> {
    let n = d.len();
    let largest = d.iter().chain(&e).fold(0.0_f64, |m, x| m.max(x.abs()));
    if n == 0 || largest == 0.0 {
        return Ok(d);
    }
    d.iter_mut().for_each(|x| *x /= largest);
    let mut squares: Vec<f64> = e.iter().map(|x| (x / largest) * (x / largest)).collect();
    let mut budget = SWEEPS * n;
    let mut first = 0;
    while first < n {
        let last = (first..n - 1).find(|&m| negligible(squares[m], d[m], d[m + 1])).unwrap_or(n - 1);
        let block = &mut d[first..=last];
        let couplings = &mut squares[first..last];
        // QL finds the eigenvalues at the top first: let the smaller end be there.
        if block[block.len() - 1].abs() < block[0].abs() {
            block.reverse();
            couplings.reverse();
        }
        unreduced(block, couplings, &mut budget).ok_or(SpectrumError::NoConvergence { n })?;
        first = last + 1;
    }
    d.iter_mut().for_each(|x| *x *= largest);
    d.sort_by(f64::total_cmp);
    Ok(d)
}

/// e² ≤ (u/2)²|d d′|, or so small beside the whole matrix (of size 1) that n of them are below rounding.
fn negligible(e_squared: f64, d: f64, d_next: f64) -> bool {
    const RELATIVE: f64 = 0.25 * f64::EPSILON * f64::EPSILON;
    const ABSOLUTE: f64 = 1e-8 * f64::EPSILON * f64::EPSILON;
    e_squared <= RELATIVE * (d * d_next).abs() || e_squared <= ABSOLUTE
}

/// The eigenvalues of a block into d; e holds squares of the couplings. None when the budget of sweeps is spent.
fn unreduced(d: &mut [f64], e: &mut [f64], budget: &mut usize) -> Option<()> {
    let n = d.len();
    let mut l = 0;
    while l < n {
        let m = (l..n - 1).find(|&m| negligible(e[m], d[m], d[m + 1])).unwrap_or(n - 1);
        if m < n - 1 {
            e[m] = 0.0;
        }
        if m == l {
            l += 1;
        } else if m == l + 1 {
            (d[l], d[m]) = pair(d[l], e[l], d[m]);
            e[l] = 0.0;
            l += 2;
        } else {
            *budget = budget.checked_sub(1)?;
            let root = e[l].sqrt();
            let sigma = (d[l + 1] - d[l]) / (2.0 * root);
            let shift = d[l] - root / (sigma + sigma.hypot(1.0).copysign(sigma));
            sweep(&mut d[l..=m], &mut e[l..m], shift);
        }
    }
    Some(())
}

/// One QL sweep with shift σ, from the bottom row to the top.
///
/// With c = cos², s = sin² of the rotation and p = γ²/c: c = p/(p + e²), s = e²/(p + e²),
/// γ ← c(d − σ) − sγ. Here γ = ν/r and p = ν²/(rp) with ν = p(d − σ) − e²γ, r = p + e², which puts the two divisions side by
/// side.
#[inline]
fn sweep(d: &mut [f64], e: &mut [f64], sigma: f64) {
    let n = d.len();
    let (mut c, mut s) = (1.0, 0.0);
    let mut gamma = d[n - 1] - sigma;
    let mut p = gamma * gamma;
    for i in (0..n - 1).rev() {
        let (alpha, ee) = (d[i], e[i]);
        let r = p + ee;
        if i + 1 < n - 1 {
            e[i + 1] = s * r;
        }
        let old_gamma = gamma;
        let product = r * p;
        if product > 1e-280 {
            let nu = p * (alpha - sigma) - ee * old_gamma;
            gamma = nu / r;
            c = p / r;
            p = nu * nu / product;
        } else {
            let old_c = c;
            c = if r > 0.0 { p / r } else { 1.0 };
            gamma = c * (alpha - sigma) - (1.0 - c) * old_gamma;
            p = if c > 0.0 { gamma * gamma / c } else { old_c * ee };
        }
        s = if r > 0.0 { ee / r } else { 0.0 };
        d[i + 1] = old_gamma + (alpha - gamma);
    }
    e[0] = s * p;
    d[0] = sigma + gamma;
}

/// The eigenvalues of [[a, b], [b, c]] from b²: half sum ± (¼(a − c)² + b²)^{1/2}, the smaller one from the determinant.
fn pair(a: f64, b_squared: f64, c: f64) -> (f64, f64) {
    let root = (0.25 * (a - c) * (a - c) + b_squared).sqrt();
    let half = 0.5 * (a + c);
    if half == 0.0 {
        return (root, -root);
    }
    let large = half + root.copysign(half);
    let (most, least) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    (large, (most / large) * least - b_squared / large)
}
