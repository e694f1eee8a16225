//! Weyl and Wigner transforms as direct sums: slow and obvious, independent of every fast one.

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;
use phase_space::Scaling;
use phase_space::line::{Axis, GridError, PhaseGrid, WignerFunction};

/// ω(x_i;x_j) = N Δv Σ_l W((x_i+x_j)/2, v_l) e^{iv_l(x_i−x_j)/ε} for |x_i−x_j| ≤ επ/Δv, else 0.
pub(super) fn weyl(w: &WignerFunction, axis: &Axis, scaling: Scaling) -> Vec<Complex64> {
    let (n, n_v, h) = (axis.len(), w.grid().v.len(), axis.spacing());
    let v = w.grid().v.points();
    let band = ((scaling.eps() * w.grid().v.nyquist() / h) as usize).min(n - 1);
    let waves: Vec<Vec<Complex64>> = (0..=band)
        .map(|d| v.iter().map(|v| Complex64::cis(v * d as f64 * h / scaling.eps())).collect())
        .collect();
    let scale = scaling.n() * w.grid().v.spacing();
    let mut row = vec![0.0; n_v];
    let mut omega = vec![Complex64::ZERO; n * n];
    for sum in 0..2 * n - 1 {
        // all pairs i + j = sum share the midpoint
        interpolate(w, axis.start() + 0.5 * sum as f64 * h, &mut row);
        for (d, wave) in waves.iter().enumerate().skip(sum % 2).step_by(2) {
            if sum < d || (sum + d) / 2 >= n {
                continue;
            }
            let (i, j) = ((sum + d) / 2, (sum - d) / 2);
            let value = scale * row.iter().zip(wave).map(|(w, e)| w * e).sum::<Complex64>();
            omega[i * n + j] = value;
            omega[j * n + i] = value.conj();
        }
    }
    omega
}

/// row[l] = W(x, v_l) = Σ_i W(x_i, v_l) D(x − x_i), D(r) = sin(πr/Δ)/(n tan(πr/L)) (even n); 0 outside the box.
fn interpolate(w: &WignerFunction, x: f64, row: &mut [f64]) {
    let axis = w.grid().x;
    row.fill(0.0);
    if x < axis.start() || x > axis.start() + axis.length() {
        return;
    }
    for (i, source) in w.values().chunks_exact(row.len()).enumerate() {
        let r = x - axis.point(i);
        let turns = r / axis.length();
        let weight = if (turns - turns.round()).abs() < 1e-14 {
            1.0
        } else {
            (PI * r / axis.spacing()).sin() / (axis.len() as f64 * (PI * turns).tan())
        };
        for (value, source) in row.iter_mut().zip(source) {
            *value += weight * source;
        }
    }
}

/// From ω(x;y) = Σ_{k,l} ω̂(k,l) e^{i(kx+ly)}, with K = k + l and the mask |y_j| ≤ π/Δv:
///
/// G(x,y) = N⁻¹ Σ_K e^{iKx} Σ_{k+l=K} ω̂(k,l) e^{i(k−l)εy/2},  W(x,v) = (1/2π) Δy Σ_j G(x,y_j) e^{−ivy_j}.
///
/// `spectrum` is the unnormalised transform over the points, which start at the first point of the box.
pub(super) fn wigner(
    spectrum: &[Complex64],
    axis: &Axis,
    grid: &PhaseGrid,
    scaling: Scaling,
) -> Result<WignerFunction, GridError> {
    let (n, y) = (axis.len(), grid.y_points());
    let half = (n / 2) as isize;
    let unit = TAU / axis.length();
    // waves[j * 2n + k − l + n] = e^{i(k−l)εy_j/2}
    let waves: Vec<Complex64> = y
        .iter()
        .flat_map(|y| {
            (0..2 * n).map(move |p| Complex64::cis((p as f64 - n as f64) * unit * scaling.eps() * y / 2.0))
        })
        .collect();
    let scale = 1.0 / ((n * n) as f64 * scaling.n());
    let mut g = vec![Complex64::ZERO; grid.x.len() * y.len()];
    let mut diagonal = Vec::with_capacity(n);
    for sum in -2 * half..=2 * half - 2 {
        // the antidiagonal k + l = K, each index in −n/2..n/2
        let (first, last) = ((sum - half + 1).max(-half), (sum + half).min(half - 1));
        diagonal.clear();
        let index = |k: isize| k.rem_euclid(n as isize) as usize;
        diagonal.extend((first..=last).map(|k| spectrum[index(k) * n + index(sum - k)]));
        let big_k = unit * sum as f64;
        let e_x: Vec<_> =
            grid.x.points().iter().map(|x| Complex64::cis(big_k * (x - axis.start())) * scale).collect();
        let offset = (2 * first - sum + n as isize) as usize;
        let along = |row: &[Complex64]| -> Complex64 {
            diagonal.iter().zip(row[offset..].iter().step_by(2)).map(|(a, b)| a * b).sum()
        };
        let inner: Vec<_> = waves.chunks_exact(2 * n).map(along).collect();
        for (g, e) in g.chunks_exact_mut(y.len()).zip(&e_x) {
            g.iter_mut().zip(&inner).for_each(|(g, inner)| *g += e * inner);
        }
    }
    sum_over_y(&g, grid)
}

/// W(x_i,v_l) = (Δy/2π) [G(x_i,0) + 2 Re Σ_{0<j<n_v/2} G(x_i,y_j) e^{−iv_l y_j}], G(x,−y) being the conjugate.
fn sum_over_y(g: &[Complex64], grid: &PhaseGrid) -> Result<WignerFunction, GridError> {
    let (y, v) = (grid.y_points(), grid.v.points());
    let mut waves = Vec::with_capacity(v.len() * y.len());
    for v in &v {
        for (j, y) in y.iter().enumerate() {
            // the last y stands for ±π/Δv together
            let weight = if j == 0 || j + 1 == grid.n_y() { 1.0 } else { 2.0 };
            waves.push(Complex64::cis(-v * y) * weight / grid.v.length());
        }
    }
    let mut values = Vec::with_capacity(grid.len());
    for row in g.chunks_exact(y.len()) {
        for wave in waves.chunks_exact(y.len()) {
            values.push(row.iter().zip(wave).map(|(g, e)| g.re * e.re - g.im * e.im).sum());
        }
    }
    WignerFunction::new(*grid, values)
}
