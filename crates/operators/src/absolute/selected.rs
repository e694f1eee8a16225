//! The diagonal of (K − is)^(−1) for a Hermitian band matrix K and four poles is at once, one to a lane.
//!
//! K − is = LDU without pivoting: i(K − is) has the Hermitian part s > 0, every Schur complement inherits it, so no pivot is
//! smaller than s. Takahashi's recurrences then give the inverse Z inside the band from the last row up,
//!
//!   Z_jk = −Σ_m U_jm Z_mk,   Z_kj = −Σ_m Z_km L_mj   (k > j),   Z_jj = 1/D_j − Σ_m U_jm Z_mj,
//!
//! sums over m = j+1…j+b: about 3nb² complex multiply-adds in all.

use num_complex::Complex64;

use crate::lanes::{Lanes, Portable};

/// A complex number in four lanes: real parts, imaginary parts.
type Quad = [[f64; 4]; 2];

const ZERO: Quad = [[0.0; 4]; 2];

/// Im (K − is_p)^(−1)_jj at `[j][p]`; `entry(i, j) = K_ij` is read inside the band.
pub fn imaginary_diagonals(
    n: usize,
    b: usize,
    entry: impl Fn(usize, usize) -> Complex64,
    s: [f64; 4],
) -> Vec<[f64; 4]> {
    let mut work = Work::new(n, b, entry, s);
    let mut diagonals = vec![[0.0; 4]; n];
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
        // SAFETY: both features were detected in the line above.
        unsafe { invert_avx2(&mut work, &mut diagonals) };
        return diagonals;
    }
    invert::<Portable>(&mut work, &mut diagonals);
    diagonals
}

/// [`invert`] compiled for AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn invert_avx2(work: &mut Work, diagonals: &mut [[f64; 4]]) {
    invert::<crate::lanes::Avx2>(work, diagonals);
}

#[inline(always)]
fn invert<L: Lanes>(work: &mut Work, diagonals: &mut [[f64; 4]]) {
    factorise::<L>(work);
    recur::<L>(work, diagonals);
}

/// The band by rows: row i holds columns i−b…i+b; K − is first, then L below the diagonal, D on it, DU above it.
struct Work {
    n: usize,
    b: usize,
    rows: Vec<Quad>,
}

impl Work {
    fn new(n: usize, b: usize, entry: impl Fn(usize, usize) -> Complex64, s: [f64; 4]) -> Self {
        let mut work = Self { n, b, rows: vec![ZERO; n * (2 * b + 1)] };
        for i in 0..n {
            for j in i.saturating_sub(b)..(i + b + 1).min(n) {
                let (at, k) = (work.place(i, j), entry(i, j));
                work.rows[at] = [[k.re; 4], [k.im; 4]];
            }
            let at = work.place(i, i);
            work.rows[at][1] = s.map(|s| -s);
        }
        work
    }

    /// Where the entry (i, j) lies.
    #[inline(always)]
    fn place(&self, i: usize, j: usize) -> usize {
        i * (2 * self.b + 1) + self.b + j - i
    }
}

/// Row i ← row i − L_ij · row j for i = j+1…j+b, with L_ij = M_ij/D_j left in the place of M_ij.
#[inline(always)]
fn factorise<L: Lanes>(work: &mut Work) {
    let (n, b) = (work.n, work.b);
    for j in 0..n {
        let last = (j + b).min(n - 1);
        let pivot = reciprocal(&work.rows[work.place(j, j)]);
        for i in j + 1..=last {
            let (from, to) = (work.place(j, j + 1), work.place(i, j));
            let (above, below) = work.rows.split_at_mut(to);
            let factor = product(&below[0], &pivot);
            below[0] = factor;
            subtract::<L>(&mut below[1..=last - j], &factor, &above[from..from + last - j]);
        }
    }
}

/// The recurrences, from the last row up. The window Z_km, k, m = j+1…j+b, lies at (k mod b, m mod b).
#[inline(always)]
fn recur<L: Lanes>(work: &Work, diagonals: &mut [[f64; 4]]) {
    let (n, b) = (work.n, work.b);
    let mut window = vec![ZERO; b * b];
    let (mut lower, mut upper) = (vec![ZERO; b], vec![ZERO; b]);
    let (mut row, mut column) = (vec![ZERO; b], vec![ZERO; b]);
    for j in (0..n).rev() {
        let pivot = reciprocal(&work.rows[work.place(j, j)]);
        for k in j + 1..(j + b + 1).min(n) {
            lower[k % b] = work.rows[work.place(k, j)];
            upper[k % b] = product(&work.rows[work.place(j, k)], &pivot);
        }
        row.fill(ZERO);
        for (m, z) in window.chunks_exact(b.max(1)).enumerate() {
            column[m] = pass::<L>(z, &upper[m], &lower, &mut row);
        }
        let mut corner = pivot;
        for (u, c) in upper.iter().zip(&column) {
            // the column holds +Σ Z_km L_mj, the negative of Z_kj
            let uc = product(u, c);
            for p in 0..4 {
                corner[0][p] += uc[0][p];
                corner[1][p] += uc[1][p];
            }
        }
        diagonals[j] = corner[1];
        if b > 0 {
            place_cross(&mut window, b, j % b, &row, &column);
            window[(j % b) * (b + 1)] = corner;
        }
    }
}

/// Row and column `at` of the window ← the negatives of `row` and `column`.
#[inline(always)]
fn place_cross(window: &mut [Quad], b: usize, at: usize, row: &[Quad], column: &[Quad]) {
    let minus = |z: &Quad| z.map(|part| part.map(|x| -x));
    for k in 0..b {
        window[at * b + k] = minus(&row[k]);
        window[k * b + at] = minus(&column[k]);
    }
}

/// row ← row + u·z, and Σ_k z_k l_k.
#[inline(always)]
fn pass<L: Lanes>(z: &[Quad], u: &Quad, l: &[Quad], row: &mut [Quad]) -> Quad {
    let (u_re, u_im) = (L::load(&u[0]), L::load(&u[1]));
    let (mut sum_re, mut sum_im) = (L::splat(0.0), L::splat(0.0));
    for ((z, l), r) in z.iter().zip(l).zip(row) {
        let (z_re, z_im) = (L::load(&z[0]), L::load(&z[1]));
        let (l_re, l_im) = (L::load(&l[0]), L::load(&l[1]));
        sum_re = z_im.mul_sub_from(l_im, z_re.mul_add(l_re, sum_re));
        sum_im = z_im.mul_add(l_re, z_re.mul_add(l_im, sum_im));
        u_im.mul_sub_from(z_im, u_re.mul_add(z_re, L::load(&r[0]))).store(&mut r[0]);
        u_im.mul_add(z_re, u_re.mul_add(z_im, L::load(&r[1]))).store(&mut r[1]);
    }
    let mut sum = ZERO;
    sum_re.store(&mut sum[0]);
    sum_im.store(&mut sum[1]);
    sum
}

/// y ← y − c·x.
#[inline(always)]
fn subtract<L: Lanes>(y: &mut [Quad], c: &Quad, x: &[Quad]) {
    let (c_re, c_im) = (L::load(&c[0]), L::load(&c[1]));
    for (y, x) in y.iter_mut().zip(x) {
        let (x_re, x_im) = (L::load(&x[0]), L::load(&x[1]));
        c_im.mul_add(x_im, c_re.mul_sub_from(x_re, L::load(&y[0]))).store(&mut y[0]);
        c_im.mul_sub_from(x_re, c_re.mul_sub_from(x_im, L::load(&y[1]))).store(&mut y[1]);
    }
}

/// ab in every lane.
#[inline(always)]
fn product(a: &Quad, b: &Quad) -> Quad {
    let z = |p: usize| Complex64::new(a[0][p], a[1][p]) * Complex64::new(b[0][p], b[1][p]);
    let z: [Complex64; 4] = std::array::from_fn(z);
    [z.map(|z| z.re), z.map(|z| z.im)]
}

/// 1/a in every lane.
#[inline(always)]
fn reciprocal(a: &Quad) -> Quad {
    let z: [Complex64; 4] = std::array::from_fn(|p| Complex64::new(a[0][p], a[1][p]).inv());
    [z.map(|z| z.re), z.map(|z| z.im)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (K − is)^(−1) of a 2×2 matrix by hand, and the portable arithmetic against the processor's own.
    #[test]
    fn small_inverses_and_every_arithmetic_agree() {
        let c = Complex64::new(0.3, -0.4);
        let small = |i: usize, j: usize| match (i, j) {
            (1, 0) => c,
            (0, 1) => c.conj(),
            (k, _) => Complex64::new(k as f64 - 0.25, 0.0),
        };
        let poles = [1e-3, 0.1, 1.0, 7.0];
        let z = imaginary_diagonals(2, 1, small, poles);
        for (p, s) in poles.into_iter().enumerate() {
            let (a, d) = (Complex64::new(-0.25, -s), Complex64::new(0.75, -s));
            let determinant = a * d - c.norm_sqr();
            assert!((z[0][p] - (d / determinant).im).abs() < 1e-12 / s && z[0][p] > 0.0);
            assert!((z[1][p] - (a / determinant).im).abs() < 1e-12 / s && z[1][p] > 0.0);
        }
        let (n, b) = (60, 7);
        let lower = |d: usize, j: usize| Complex64::new((3 * j + 7 * d) as f64, (j * d) as f64).sin() * 1e-3;
        let entry = |i: usize, j: usize| match i.cmp(&j) {
            std::cmp::Ordering::Less => lower(j - i, i).conj() / (1.0 + lower(j - i, i).norm()),
            std::cmp::Ordering::Equal => Complex64::new((i as f64).sin(), 0.0),
            std::cmp::Ordering::Greater => lower(i - j, j) / (1.0 + lower(i - j, j).norm()),
        };
        let mut portable = vec![[0.0; 4]; n];
        invert::<Portable>(&mut Work::new(n, b, entry, poles), &mut portable);
        for (a, b) in
            imaginary_diagonals(n, b, entry, poles).as_flattened().iter().zip(portable.as_flattened())
        {
            assert!((a - b).abs() < 1e-9 * b.abs(), "{a} {b}");
        }
    }
}
