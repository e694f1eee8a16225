//! The transform of the plane.

use num_complex::Complex64;

use super::ComplexTransform;

/// Columns of a strip: 16 complex numbers are four cache lines, enough to make a strided pass sequential.
const STRIP: usize = 16;
/// Side of a tile: four complex numbers are one cache line, so that a transposed tile reads and writes whole lines.
const TILE: usize = 4;

/// Two-dimensional complex transform of a row-major n_rows × n_columns array, in place: all rows, then the columns in
/// strips that are transposed to and fro.
pub struct PlaneTransform {
    rows: ComplexTransform,
    columns: ComplexTransform,
    strip: Vec<Complex64>,
}

impl PlaneTransform {
    /// Plans the transform of n_rows × n_columns.
    pub fn new(n_rows: usize, n_columns: usize) -> Self {
        Self {
            rows: ComplexTransform::new(n_columns),
            columns: ComplexTransform::new(n_rows),
            strip: vec![Complex64::ZERO; STRIP * pitch(n_rows)],
        }
    }

    /// F_{kl} = Σ f_{ij} e^(−2πi(ik/n_rows + jl/n_columns)).
    ///
    /// # Panics
    /// If the length is not n_rows · n_columns.
    pub fn forward(&mut self, f: &mut [Complex64]) {
        self.check(f);
        self.rows.forward(f);
        self.for_each_column(f, 1.0, |columns, column| columns.forward(column));
    }

    /// The inverse of [`PlaneTransform::forward`].
    ///
    /// # Panics
    /// If the length is not n_rows · n_columns.
    pub fn inverse(&mut self, f: &mut [Complex64]) {
        self.check(f);
        let scale = 1.0 / f.len() as f64;
        self.rows.unscaled_inverse(f);
        self.for_each_column(f, scale, |columns, column| columns.unscaled_inverse(column));
    }

    fn check(&self, f: &[Complex64]) {
        assert_eq!(f.len(), self.rows.len() * self.columns.len(), "a plane transform needs its own shape");
    }

    /// Scales and transforms every column.
    fn for_each_column(
        &mut self,
        f: &mut [Complex64],
        scale: f64,
        transform: impl Fn(&mut ComplexTransform, &mut [Complex64]),
    ) {
        let (n_columns, n_rows) = (self.rows.len(), self.columns.len());
        let pitch = pitch(n_rows);
        for first in (0..n_columns).step_by(STRIP) {
            let width = STRIP.min(n_columns - first);
            for i in (0..n_rows).step_by(TILE) {
                let height = TILE.min(n_rows - i);
                let rows = &f[i * n_columns + first..];
                transpose((rows, n_columns), (&mut self.strip[i..], pitch), (height, width), scale);
            }
            for column in self.strip.chunks_exact_mut(pitch).take(width) {
                transform(&mut self.columns, &mut column[..n_rows]);
            }
            for i in (0..n_rows).step_by(TILE) {
                let height = TILE.min(n_rows - i);
                let rows = &mut f[i * n_columns + first..];
                transpose((&self.strip[i..], pitch), (rows, n_columns), (width, height), 1.0);
            }
        }
    }
}

/// Distance of two columns of a strip: one line more than a column, else the columns of a power of two compete for the
/// same few lines of the cache.
fn pitch(n_rows: usize) -> usize {
    n_rows + TILE
}

/// target_{ji} = scale · source_{ij}, i < height, j < width, each array with the distance of its rows.
#[inline]
fn transpose(
    (source, from): (&[Complex64], usize),
    (target, to): (&mut [Complex64], usize),
    (height, width): (usize, usize),
    scale: f64,
) {
    for i in (0..height).step_by(TILE) {
        for j in (0..width).step_by(TILE) {
            if i + TILE <= height && j + TILE <= width {
                transpose_tile(&source[i * from + j..], from, &mut target[j * to + i..], to, scale);
            } else {
                for (i, j) in
                    (i..height.min(i + TILE)).flat_map(|i| (j..width.min(j + TILE)).map(move |j| (i, j)))
                {
                    target[j * to + i] = scale * source[i * from + j];
                }
            }
        }
    }
}

/// One whole tile, held in registers.
#[inline]
fn transpose_tile(source: &[Complex64], from: usize, target: &mut [Complex64], to: usize, scale: f64) {
    let mut tile = [[Complex64::ZERO; TILE]; TILE];
    for i in 0..TILE {
        let row = &source[i * from..][..TILE];
        for j in 0..TILE {
            tile[j][i] = scale * row[j];
        }
    }
    for (j, row) in tile.iter().enumerate() {
        target[j * to..][..TILE].copy_from_slice(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn naive(f: &[Complex64]) -> Vec<Complex64> {
        let n = f.len();
        (0..n)
            .map(|k| (0..n).map(|j| f[j] * Complex64::cis(-TAU * ((j * k) % n) as f64 / n as f64)).sum())
            .collect()
    }

    fn sample(n: usize) -> Vec<Complex64> {
        (0..n).map(|j| Complex64::new((1.3 * j as f64).sin(), (0.7 * j as f64 + 0.2).cos())).collect()
    }

    #[test]
    fn plane_transform_is_rows_then_columns() {
        // whole tiles, broken tiles on either side, several strips
        for (n, m) in [(6, 35), (8, 16), (35, 6), (4, 4), (1, 5), (5, 1), (12, 40)] {
            check_plane(n, m);
        }
    }

    fn check_plane(n: usize, m: usize) {
        let f = sample(n * m);
        let mut fast = f.clone();
        let mut plane = PlaneTransform::new(n, m);
        plane.forward(&mut fast);
        let rows: Vec<_> = (0..n).flat_map(|i| naive(&f[i * m..][..m])).collect();
        for l in 0..m {
            let column = naive(&(0..n).map(|i| rows[i * m + l]).collect::<Vec<_>>());
            for k in 0..n {
                assert!((fast[k * m + l] - column[k]).norm() < 1e-11);
            }
        }
        plane.inverse(&mut fast);
        assert!(fast.iter().zip(&f).all(|(a, b)| (a - b).norm() < 1e-13));
    }
}
