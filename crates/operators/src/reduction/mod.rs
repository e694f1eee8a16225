//! Reduction of a Hermitian band matrix to tridiagonal form by unitary similarity, O(n²b).
//!
//! Sweep s clears column s below the first subdiagonal by a reflector H = I − vv*, ‖v‖² = 2, on the b rows below
//! the diagonal. Applied from both sides it leaves a bulge b rows farther down, of which the next reflector clears the
//! first column (the rest is in the place where the next sweep meets it), and so on to the end (Schwarz 1968; Murata and
//! Horikoshi 1975; Lang 1993). With R the rows of a reflector, D = A[R,R] and B = A[R+b,R]:
//!
//!   D ← HDH = D − wv* − vw*,   w = Dv − ½(v*Dv)v,
//!   B ← H′BH = B − (Bv)v* − v′(v′*B − (v′*Bv)v*),   H′ from the first column of BH.
//!
//! Sweeps are independent at distance two blocks: several run behind one another over the part of the band that is in the
//! cache, with the same operations on every entry in the same order as one after another.

mod kernels;

use crate::lanes::{self, Lanes, Portable};
use kernels::{Block, Split, adjoint_times, hermitian_times, subtract_hermitian, subtract_products, times};
use num_complex::Complex64;

/// The band in work: column j holds rows j−3 … j+2b+2 at `j·stride + 3 + i − j`; above the diagonal it is zero.
struct Work {
    n: usize,
    b: usize,
    stride: usize,
    re: Vec<f64>,
    im: Vec<f64>,
}

/// Places above the diagonal in a column.
const ABOVE: usize = 3;

/// Entries below this part of the largest one are taken for zero, which keeps squares away from underflow.
const NEGLIGIBLE: f64 = 1e-100;

impl Work {
    /// The lower band of A/scale, `entry(d, j) = A[j+d][j]`.
    fn new(n: usize, b: usize, scale: f64, complex: bool, entry: impl Fn(usize, usize) -> Complex64) -> Self {
        let stride = 2 * b + 2 * ABOVE;
        let size = (n + b + 5) * stride; // the last blocks are read as if they were full
        let mut work =
            Self { n, b, stride, re: vec![0.0; size], im: vec![0.0; if complex { size } else { 0 }] };
        let clean = |x: f64| if x.abs() < NEGLIGIBLE { 0.0 } else { x };
        for d in 0..=b {
            for j in 0..n - d {
                let (at, a) = (work.place(j + d, j), entry(d, j) / scale);
                work.re[at] = clean(a.re);
                if complex && d > 0 {
                    work.im[at] = clean(a.im);
                }
            }
        }
        work
    }

    /// Where A_ij lies.
    #[inline(always)]
    fn place(&self, i: usize, j: usize) -> usize {
        j * self.stride + ABOVE + i - j
    }

    /// A[row.., column..] as a block.
    #[inline(always)]
    fn block(&self, row: usize, column: usize) -> Block {
        Block { start: self.place(row, column), stride: self.stride - 1 }
    }
}

/// One sweep on its way: the reflector v of its present rows, and the row where they begin.
struct Sweep {
    row: usize,
    v: Split,
}

/// Vectors of a step.
struct Scratch {
    u: Split,
    y: Split,
    vc: Split,
    yc: Split,
    next: Split,
}

/// The tridiagonal form of A: diagonal (n) and moduli of the subdiagonal (n−1).
///
/// `entry(d, j) = A[j+d][j]`, d ≤ b, finite; `complex` false promises that all are real.
pub fn tridiagonal(
    n: usize,
    b: usize,
    complex: bool,
    entry: impl Fn(usize, usize) -> Complex64,
) -> (Vec<f64>, Vec<f64>) {
    let mut scale = 0.0_f64;
    for d in 0..=b {
        for j in 0..n - d {
            let a = entry(d, j);
            scale = scale.max(a.re.abs()).max(a.im.abs());
        }
    }
    if scale == 0.0 {
        return (vec![0.0; n], vec![0.0; n - 1]);
    }
    let mut work = Work::new(n, b, scale, complex, entry);
    if b > 1 {
        if complex { dispatch::<true>(&mut work) } else { dispatch::<false>(&mut work) }
    }
    let diagonal = (0..n).map(|j| scale * work.re[work.place(j, j)]).collect();
    let below = |j: usize| {
        let at = work.place(j + 1, j);
        scale * if complex { work.re[at].hypot(work.im[at]) } else { work.re[at].abs() }
    };
    let subdiagonal = if b == 0 { vec![0.0; n - 1] } else { (0..n - 1).map(below).collect() };
    (diagonal, subdiagonal)
}

/// The widest arithmetic the processor has.
fn dispatch<const COMPLEX: bool>(work: &mut Work) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
        // SAFETY: both features were detected in the line above.
        unsafe { reduce_avx2::<COMPLEX>(work) };
        return;
    }
    reduce::<Portable, COMPLEX>(work);
}

/// [`reduce`] compiled for AVX2 and FMA, the only place where `lanes::Avx2` is used.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn reduce_avx2<const COMPLEX: bool>(work: &mut Work) {
    reduce::<lanes::Avx2, COMPLEX>(work);
}

/// All sweeps, as many in flight as a cache of 512 KiB holds in its half: two blocks of columns to a sweep.
#[inline(always)]
fn reduce<L: Lanes, const COMPLEX: bool>(work: &mut Work) {
    let flight = (256 * 1024 / (2 * work.b * work.stride * 16)).clamp(1, 8);
    fly::<L, COMPLEX>(work, flight);
}

/// All sweeps, `flight` of them at a time, each two steps behind the one before it.
#[inline(always)]
fn fly<L: Lanes, const COMPLEX: bool>(work: &mut Work, flight: usize) {
    let (n, b) = (work.n, work.b);
    let chunks = b.div_ceil(4);
    let zeros = || Split::zeros(chunks);
    let mut scratch = Scratch { u: zeros(), y: zeros(), vc: zeros(), yc: zeros(), next: zeros() };
    let mut sweeps: Vec<Sweep> = (0..flight).map(|_| Sweep { row: 0, v: zeros() }).collect();
    let last = n.saturating_sub(2); // columns 0 … n−3 have something to clear
    for first in (0..last).step_by(flight) {
        let count = flight.min(last - first);
        let steps = (n - first).div_ceil(b) + 2 * count;
        for t in 0..steps {
            for (q, sweep) in sweeps[..count].iter_mut().enumerate() {
                if t < 2 * q {
                    continue;
                }
                if t == 2 * q {
                    begin::<L, COMPLEX>(work, sweep, first + q);
                }
                if sweep.row < n {
                    step::<L, COMPLEX>(work, sweep, &mut scratch);
                }
            }
        }
    }
}

/// The reflector that clears column s below its first subdiagonal entry.
#[inline(always)]
fn begin<L: Lanes, const COMPLEX: bool>(work: &mut Work, sweep: &mut Sweep, s: usize) {
    let rows = work.b.min(work.n - s - 1);
    sweep.row = s + 1;
    let at = work.place(s + 1, s);
    sweep.v.re.as_flattened_mut()[..rows].copy_from_slice(&work.re[at..at + rows]);
    if COMPLEX {
        sweep.v.im.as_flattened_mut()[..rows].copy_from_slice(&work.im[at..at + rows]);
    }
    sweep.v.cut(rows);
    let beta = reflect::<L, COMPLEX>(&mut sweep.v, rows);
    set_column::<COMPLEX>(work, at, rows, beta);
}

/// (β, 0, 0, …) into a column.
#[inline(always)]
fn set_column<const COMPLEX: bool>(work: &mut Work, at: usize, rows: usize, beta: Complex64) {
    work.re[at..at + rows].fill(0.0);
    work.re[at] = beta.re;
    if COMPLEX {
        work.im[at..at + rows].fill(0.0);
        work.im[at] = beta.im;
    }
}

/// x ← v with (I − vv*)x = βe₁, ‖v‖² = 2, or v = 0 where nothing is to be done.
#[inline(always)]
fn reflect<L: Lanes, const COMPLEX: bool>(x: &mut Split, rows: usize) -> Complex64 {
    let head = Complex64::new(x.re[0][0], if COMPLEX { x.im[0][0] } else { 0.0 });
    let square = inner::<L, COMPLEX>(x, x).re;
    if rows == 1 || square < 1e-250 {
        x.cut(0);
        return if rows == 1 { head } else { Complex64::new(0.0, 0.0) };
    }
    // v = (x + e^{iθ}‖x‖e₁)/(‖x‖(‖x‖ + |x₀|))^{1/2}, θ the phase of x₀.
    let norm = square.sqrt();
    let modulus = if COMPLEX { head.norm_sqr().sqrt() } else { head.re.abs() };
    let phase = if modulus < 1e-140 { Complex64::new(1.0, 0.0) } else { head / modulus };
    let scale = 1.0 / (norm * (norm + modulus)).sqrt();
    let factor = L::splat(scale);
    for (re, im) in x.re.iter_mut().zip(&mut x.im) {
        L::load(re).mul(factor).store(re);
        if COMPLEX {
            L::load(im).mul(factor).store(im);
        }
    }
    let first = (head + norm * phase) * scale;
    x.re[0][0] = first.re;
    x.im[0][0] = if COMPLEX { first.im } else { 0.0 };
    -norm * phase
}

/// v*u.
#[inline(always)]
fn inner<L: Lanes, const COMPLEX: bool>(v: &Split, u: &Split) -> Complex64 {
    let zero = L::splat(0.0);
    let (mut re, mut im) = (zero, zero);
    let (v, u) = (v.re.iter().zip(&v.im), u.re.iter().zip(&u.im));
    for ((a, c), (b, d)) in v.zip(u) {
        let (a, b) = (L::load(a), L::load(b));
        re = a.mul_add(b, re);
        if COMPLEX {
            let (c, d) = (L::load(c), L::load(d));
            re = c.mul_add(d, re);
            im = a.mul_add(d, im);
            im = c.mul_sub_from(b, im);
        }
    }
    let mut sums = [0.0; 4];
    L::sums([re, im, zero, zero]).store(&mut sums);
    Complex64::new(sums[0], sums[1])
}

/// y ← y − c·x.
#[inline(always)]
fn subtract<L: Lanes, const COMPLEX: bool>(y: &mut Split, c: Complex64, x: &Split) {
    let (re, im) = (L::splat(c.re), L::splat(c.im));
    let (y, x) = (y.re.iter_mut().zip(&mut y.im), x.re.iter().zip(&x.im));
    for ((yre, yim), (xre, xim)) in y.zip(x) {
        let (a, b) = (L::load(xre), L::load(xim));
        let mut p = re.mul_sub_from(a, L::load(yre));
        if COMPLEX {
            p = im.mul_add(b, p);
            let q = re.mul_sub_from(b, L::load(yim));
            im.mul_sub_from(a, q).store(yim);
        }
        p.store(yre);
    }
}

/// y ← conjugate of x.
#[inline(always)]
fn conjugate<L: Lanes, const COMPLEX: bool>(x: &Split, y: &mut Split) {
    let (minus, zero) = (L::splat(-1.0), L::splat(0.0));
    let (y, x) = (y.re.iter_mut().zip(&mut y.im), x.re.iter().zip(&x.im));
    for ((yre, yim), (xre, xim)) in y.zip(x) {
        L::load(xre).store(yre);
        if COMPLEX {
            L::load(xim).mul_add(minus, zero).store(yim);
        }
    }
}

/// D ← HDH, then B ← H′BH, and on to the rows of H′.
#[inline(always)]
fn step<L: Lanes, const COMPLEX: bool>(work: &mut Work, sweep: &mut Sweep, scratch: &mut Scratch) {
    let (n, b, row) = (work.n, work.b, sweep.row);
    let rows = b.min(n - row);
    let Scratch { u, y, vc, yc, next } = scratch;
    let v = &mut sweep.v;
    conjugate::<L, COMPLEX>(v, vc);

    let block = work.block(row, row);
    hermitian_times::<L, COMPLEX>((&work.re, &work.im), block, v, y);
    y.cut(rows);
    let half = 0.5 * inner::<L, COMPLEX>(v, y).re;
    subtract::<L, COMPLEX>(y, Complex64::new(half, 0.0), v);
    conjugate::<L, COMPLEX>(y, yc);
    subtract_hermitian::<L, COMPLEX>((&mut work.re, &mut work.im), block, (y, vc), (v, yc));

    sweep.row += b;
    if sweep.row >= n {
        return;
    }
    let rows = b.min(n - sweep.row);
    let block = work.block(sweep.row, row);
    times::<L, COMPLEX>((&work.re, &work.im), block, v, u);
    u.cut(rows);
    // The first column of BH, x = B₀ − u·conj(v₀), and its reflector.
    let at = block.start;
    next.re.as_flattened_mut()[..rows].copy_from_slice(&work.re[at..at + rows]);
    if COMPLEX {
        next.im.as_flattened_mut()[..rows].copy_from_slice(&work.im[at..at + rows]);
    }
    next.cut(rows);
    subtract::<L, COMPLEX>(next, Complex64::new(v.re[0][0], -v.im[0][0]), u);
    let beta = reflect::<L, COMPLEX>(next, rows);
    adjoint_times::<L, COMPLEX>((&work.re, &work.im), block, next, y);
    let kappa = inner::<L, COMPLEX>(next, u);
    subtract::<L, COMPLEX>(y, kappa, vc);
    y.cut(b);
    subtract_products::<L, COMPLEX>((&mut work.re, &mut work.im), block, (u, vc), (next, y));
    set_column::<COMPLEX>(work, at, rows, beta);
    std::mem::swap(v, next);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tridiagonal::eigenvalues;

    /// The portable arithmetic and the processor's own, and sweeps one after another against sweeps in flight.
    #[test]
    fn every_arithmetic_and_every_flight_gives_the_same_spectrum() {
        let (n, b) = (150, 9);
        let entry = |d: usize, j: usize| {
            Complex64::new(
                (1.0 + (3 * j + 7 * d) as f64).sin(),
                if d == 0 { 0.0 } else { (j * d) as f64 }.cos(),
            )
        };
        let spectrum = |work: &Work| {
            let below = |j: usize| {
                let at = work.place(j + 1, j);
                work.re[at].hypot(work.im[at])
            };
            let d = (0..n).map(|j| work.re[work.place(j, j)]).collect();
            eigenvalues(d, (0..n - 1).map(below).collect()).unwrap()
        };
        let fresh = || Work::new(n, b, 1.0, true, entry);
        let (mut wide, mut portable, mut single) = (fresh(), fresh(), fresh());
        dispatch::<true>(&mut wide);
        reduce::<Portable, true>(&mut portable);
        fly::<Portable, true>(&mut single, 1);
        assert!(portable.re == single.re && portable.im == single.im, "the same bits");
        for (a, b) in spectrum(&wide).iter().zip(spectrum(&portable)) {
            assert!((a - b).abs() < 1e-12);
        }
    }
}
