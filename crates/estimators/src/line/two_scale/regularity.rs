//! Weighted Sobolev norms of Re(a e^{iyv}).

use std::f64::consts::TAU;

/// Points in a width, and half the box in widths.
const DENSITY: usize = 8;
const REACH: usize = 9;

/// Σ_{i+j≤k}∬(1+x²+v²)^a ½|∂ₓ^i(∂ᵥ+iy)^j a|² for k = 0, …, `orders`: |Re z|² is ½|z|² where z oscillates. a = e^{−(x²+v²)/2w²}/2π; by the rectangle rule,
/// to round-off.
pub(super) fn squares(width: f64, frequency: f64, orders: usize, weight: i32) -> Vec<f64> {
    let spacing = width / DENSITY as f64;
    let last = (REACH * DENSITY) as i32;
    let derivatives: Vec<(f64, Vec<f64>)> = (-last..=last)
        .map(|k| (f64::from(k) * spacing, gaussian_derivatives(f64::from(k) * spacing, width, orders)))
        .collect();
    let mut squares = vec![0.0; orders + 1];
    for (v, along_v) in &derivatives {
        let carried: Vec<f64> = (0..=orders).map(|j| carried_square(along_v, frequency, j)).collect();
        for (x, along_x) in &derivatives {
            let cell = 0.5 * (1.0 + x * x + v * v).powi(weight) * (spacing / TAU).powi(2);
            for (k, square) in squares.iter_mut().enumerate() {
                for i in 0..=k {
                    *square += cell * along_x[i].powi(2) * carried[k - i];
                }
            }
        }
    }
    squares
        .iter()
        .scan(0.0, |sum, square| {
            *sum += square;
            Some(*sum)
        })
        .collect()
}

/// |(∂ᵥ+iy)^j f|² from the derivatives of f.
fn carried_square(derivatives: &[f64], y: f64, j: usize) -> f64 {
    let (mut real, mut imaginary, mut choose) = (0.0, 0.0, 1.0);
    for m in 0..=j {
        // (j over m)(iy)^m ∂^{j−m}
        let term = choose * y.powi(m as i32) * derivatives[j - m];
        match m % 4 {
            0 => real += term,
            1 => imaginary += term,
            2 => real -= term,
            _ => imaginary -= term,
        }
        choose *= (j - m) as f64 / (m + 1) as f64;
    }
    real * real + imaginary * imaginary
}

/// f, f′, …: f⁽ᵐ⁺¹⁾ = −(u f⁽ᵐ⁾ + m f⁽ᵐ⁻¹⁾)/w² of f = e^{−u²/2w²}.
fn gaussian_derivatives(u: f64, width: f64, orders: usize) -> Vec<f64> {
    let mut f = vec![(-0.5 * (u / width).powi(2)).exp()];
    for m in 0..orders {
        let before = if m == 0 { 0.0 } else { m as f64 * f[m - 1] };
        f.push(-(u * f[m] + before) / (width * width));
    }
    f
}

#[cfg(test)]
mod tests {
    use super::*;

    /// w = 1, a = 0: ½∬|a|² = 1/8π, and the first order adds 2·½·(1/8π) + y²/8π.
    #[test]
    fn without_a_weight_the_norms_are_known() {
        let y = 7.0;
        let s = squares(1.0, y, 1, 0);
        let unit = 1.0 / (4.0 * TAU);
        assert!((s[0] / unit - 1.0).abs() < 1e-12, "{}", s[0] / unit);
        assert!((s[1] / unit - (2.0 + y * y)).abs() < 1e-10, "{}", s[1] / unit);
    }
}
