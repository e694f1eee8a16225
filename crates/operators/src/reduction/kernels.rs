//! The four products of a chase step on blocks of the band, by columns, four rows at a time.
//!
//! Real and imaginary parts lie in two arrays. Rows and columns are rounded up to multiples of four: the extra rows of
//! a vector are zero, so that the extra entries of the matrix are read and left as they are. With COMPLEX = false the
//! imaginary parts are neither read nor written.

use crate::lanes::Lanes;

/// Real and imaginary parts of a vector, four rows to a chunk.
#[derive(Clone, Debug)]
pub struct Split {
    pub re: Vec<[f64; 4]>,
    pub im: Vec<[f64; 4]>,
}

impl Split {
    pub fn zeros(chunks: usize) -> Self {
        Self { re: vec![[0.0; 4]; chunks], im: vec![[0.0; 4]; chunks] }
    }

    /// Zero from row `rows` on.
    #[inline(always)]
    pub fn cut(&mut self, rows: usize) {
        for k in rows / 4..self.re.len() {
            for lane in 0..4 {
                if 4 * k + lane >= rows {
                    self.re[k][lane] = 0.0;
                    self.im[k][lane] = 0.0;
                }
            }
        }
    }
}

/// A rectangle of the band: entry (i, c) lies at `start + c·stride + i`.
#[derive(Clone, Copy)]
pub struct Block {
    pub start: usize,
    pub stride: usize,
}

/// Rows 4k, 4k+1, … of one column of a part, `chunks` of them.
#[inline(always)]
fn column(part: &[f64], at: usize, chunks: usize) -> &[[f64; 4]] {
    part[at..at + 4 * chunks].as_chunks().0
}

#[inline(always)]
fn column_mut(part: &mut [f64], at: usize, chunks: usize) -> &mut [[f64; 4]] {
    part[at..at + 4 * chunks].as_chunks_mut().0
}

/// u = B x on `chunks`·4 rows and as many columns as x has.
#[inline(always)]
pub fn times<L: Lanes, const COMPLEX: bool>(
    (re, im): (&[f64], &[f64]),
    block: Block,
    x: &Split,
    u: &mut Split,
) {
    let chunks = u.re.len();
    let mut k = 0;
    while k + 4 <= chunks {
        times_tile::<L, COMPLEX, 4>((re, im), block, x, u, k);
        k += 4;
    }
    if k + 2 <= chunks {
        times_tile::<L, COMPLEX, 2>((re, im), block, x, u, k);
        k += 2;
    }
    if k < chunks {
        times_tile::<L, COMPLEX, 1>((re, im), block, x, u, k);
    }
}

/// Chunks k…k+T−1 of u = B x, held in registers over all columns.
#[inline(always)]
fn times_tile<L: Lanes, const COMPLEX: bool, const T: usize>(
    (re, im): (&[f64], &[f64]),
    block: Block,
    x: &Split,
    u: &mut Split,
    k: usize,
) {
    let zero = L::splat(0.0);
    let (mut ure, mut uim) = ([zero; T], [zero; T]);
    let mut at = block.start + 4 * k;
    for (xre, xim) in x.re.as_flattened().iter().zip(x.im.as_flattened()) {
        let (xre, xim) = (L::splat(*xre), L::splat(*xim));
        let are = column(re, at, T);
        let aim = if COMPLEX { column(im, at, T) } else { are };
        for t in 0..T {
            let a = L::load(&are[t]);
            ure[t] = a.mul_add(xre, ure[t]);
            if COMPLEX {
                let b = L::load(&aim[t]);
                uim[t] = a.mul_add(xim, uim[t]);
                ure[t] = b.mul_sub_from(xim, ure[t]);
                uim[t] = b.mul_add(xre, uim[t]);
            }
        }
        at += block.stride;
    }
    for t in 0..T {
        ure[t].store(&mut u.re[k + t]);
        if COMPLEX {
            uim[t].store(&mut u.im[k + t]);
        }
    }
}

/// y_c = Σ_i conj(v_i)B_ic, four columns at once.
#[inline(always)]
pub fn adjoint_times<L: Lanes, const COMPLEX: bool>(
    (re, im): (&[f64], &[f64]),
    block: Block,
    v: &Split,
    y: &mut Split,
) {
    let chunks = v.re.len();
    let zero = L::splat(0.0);
    for group in 0..y.re.len() {
        let (mut yre, mut yim) = ([zero; 4], [zero; 4]);
        let at = |c: usize| block.start + (4 * group + c) * block.stride;
        let are: [&[[f64; 4]]; 4] = std::array::from_fn(|c| column(re, at(c), chunks));
        let aim: [&[[f64; 4]]; 4] =
            if COMPLEX { std::array::from_fn(|c| column(im, at(c), chunks)) } else { are };
        for k in 0..chunks {
            let vre = L::load(&v.re[k]);
            let vim = L::load(&v.im[k]);
            for c in 0..4 {
                let a = L::load(&are[c][k]);
                yre[c] = a.mul_add(vre, yre[c]);
                if COMPLEX {
                    let b = L::load(&aim[c][k]);
                    yim[c] = a.mul_sub_from(vim, yim[c]);
                    yre[c] = b.mul_add(vim, yre[c]);
                    yim[c] = b.mul_add(vre, yim[c]);
                }
            }
        }
        L::sums(yre).store(&mut y.re[group]);
        if COMPLEX {
            L::sums(yim).store(&mut y.im[group]);
        }
    }
}

/// B_ic ← B_ic − u_i p_c − v_i q_c on columns `columns` and the chunks of rows from `first` on.
#[inline(always)]
pub fn subtract_products<L: Lanes, const COMPLEX: bool>(
    (re, im): (&mut [f64], &mut [f64]),
    block: Block,
    (u, p): (&Split, &Split),
    (v, q): (&Split, &Split),
) {
    let chunks = u.re.len();
    for c in 0..4 * p.re.len() {
        let at = block.start + c * block.stride;
        subtract_column::<L, COMPLEX>((re, im), at, (u, p), (v, q), c, 0..chunks);
    }
}

/// The c-th column of [`subtract_products`], chunks `range`; `at` is the place of row 0.
#[inline(always)]
fn subtract_column<L: Lanes, const COMPLEX: bool>(
    (re, im): (&mut [f64], &mut [f64]),
    at: usize,
    (u, p): (&Split, &Split),
    (v, q): (&Split, &Split),
    c: usize,
    range: std::ops::Range<usize>,
) {
    let pre = L::splat(p.re.as_flattened()[c]);
    let pim = L::splat(p.im.as_flattened()[c]);
    let qre = L::splat(q.re.as_flattened()[c]);
    let qim = L::splat(q.im.as_flattened()[c]);
    let count = range.len();
    let are = column_mut(re, at + 4 * range.start, count);
    let aim = if COMPLEX { column_mut(im, at + 4 * range.start, count) } else { &mut [] };
    let (ure, uim) = (&u.re[range.clone()], &u.im[range.clone()]);
    let (vre, vim) = (&v.re[range.clone()], &v.im[range]);
    for k in 0..count {
        let (ur, vr) = (L::load(&ure[k]), L::load(&vre[k]));
        let mut a = L::load(&are[k]);
        a = ur.mul_sub_from(pre, a);
        a = vr.mul_sub_from(qre, a);
        if COMPLEX {
            let (ui, vi) = (L::load(&uim[k]), L::load(&vim[k]));
            let mut b = L::load(&aim[k]);
            a = ui.mul_add(pim, a);
            b = ur.mul_sub_from(pim, b);
            a = vi.mul_add(qim, a);
            b = vr.mul_sub_from(qim, b);
            b = ui.mul_sub_from(pre, b);
            b = vi.mul_sub_from(qre, b);
            b.store(&mut aim[k]);
        }
        a.store(&mut are[k]);
    }
}

/// Lanes ≥ c, and lanes > c.
const FROM: [[f64; 4]; 4] =
    [[1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0]];
const BELOW: [[f64; 4]; 4] =
    [[0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0], [0.0, 0.0, 0.0, 0.0]];

/// y = D x for a Hermitian diagonal block of which the lower triangle is stored, with zeros in the up to three places
/// above the diagonal and a real diagonal. Each entry serves both triangles.
#[inline(always)]
pub fn hermitian_times<L: Lanes, const COMPLEX: bool>(
    (re, im): (&[f64], &[f64]),
    block: Block,
    x: &Split,
    y: &mut Split,
) {
    let chunks = x.re.len();
    let zero = L::splat(0.0);
    for k in 0..chunks {
        zero.store(&mut y.re[k]);
        zero.store(&mut y.im[k]);
    }
    for group in 0..chunks {
        let count = chunks - group;
        let at = |c: usize| block.start + (4 * group + c) * block.stride + 4 * group;
        let are: [&[[f64; 4]]; 4] = std::array::from_fn(|c| column(re, at(c), count));
        let aim: [&[[f64; 4]]; 4] =
            if COMPLEX { std::array::from_fn(|c| column(im, at(c), count)) } else { are };
        let (xre, xim) = (&x.re[group..], &x.im[group..]);
        let (yre, yim) = (&mut y.re[group..], &mut y.im[group..]);
        let (sre, sim) = (xre[0].map(L::splat), xim[0].map(L::splat));
        // Columns down from their own row (sums `dot`), rows to the left (the chunk of y).
        let (mut dre, mut dim) = ([zero; 4], [zero; 4]);
        for k in 0..count {
            let (xr, xi) = (L::load(&xre[k]), L::load(&xim[k]));
            let (mut yr, mut yi) = (L::load(&yre[k]), L::load(&yim[k]));
            for c in 0..4 {
                let a = L::load(&are[c][k]);
                let down = if k == 0 { a.mul(L::load(&BELOW[c])) } else { a };
                yr = a.mul_add(sre[c], yr);
                dre[c] = down.mul_add(xr, dre[c]);
                if COMPLEX {
                    let b = L::load(&aim[c][k]);
                    yi = a.mul_add(sim[c], yi);
                    yr = b.mul_sub_from(sim[c], yr);
                    yi = b.mul_add(sre[c], yi);
                    dim[c] = down.mul_add(xi, dim[c]);
                    dre[c] = b.mul_add(xi, dre[c]);
                    dim[c] = b.mul_sub_from(xr, dim[c]);
                }
            }
            yr.store(&mut yre[k]);
            if COMPLEX {
                yi.store(&mut yim[k]);
            }
        }
        let one = L::splat(1.0);
        one.mul_add(L::load(&yre[0]), L::sums(dre)).store(&mut yre[0]);
        if COMPLEX {
            one.mul_add(L::load(&yim[0]), L::sums(dim)).store(&mut yim[0]);
        }
    }
}

/// D ← D − w v* − v w*, lower triangle; the places above the diagonal stay zero, the diagonal stays real.
/// `wc` and `vc` are the conjugates of w and v.
#[inline(always)]
pub fn subtract_hermitian<L: Lanes, const COMPLEX: bool>(
    (re, im): (&mut [f64], &mut [f64]),
    block: Block,
    (w, vc): (&Split, &Split),
    (v, wc): (&Split, &Split),
) {
    let chunks = w.re.len();
    for c in 0..4 * chunks {
        let (group, lane) = (c / 4, c % 4);
        let at = block.start + c * block.stride;
        // The chunk on the diagonal: only rows ≥ c change, and no imaginary part in row c.
        let top = at + 4 * group;
        let mask = L::load(&FROM[lane]);
        let (p, q) = (vc.re[group][lane], wc.re[group][lane]);
        let (pi, qi) = (vc.im[group][lane], wc.im[group][lane]);
        let (pre, qre) = (L::splat(p), L::splat(q));
        let (pim, qim) = (L::splat(pi), L::splat(qi));
        let (wr, vr) = (L::load(&w.re[group]), L::load(&v.re[group]));
        let (wi, vi) = (L::load(&w.im[group]), L::load(&v.im[group]));
        let mut change = wr.mul(pre);
        change = vr.mul_add(qre, change);
        if COMPLEX {
            change = wi.mul_sub_from(pim, change);
            change = vi.mul_sub_from(qim, change);
            let mut turn = wr.mul(pim);
            turn = vr.mul_add(qim, turn);
            turn = wi.mul_add(pre, turn);
            turn = vi.mul_add(qre, turn);
            let entry = &mut column_mut(im, top, 1)[0];
            turn.mul_sub_from(L::load(&BELOW[lane]), L::load(entry)).store(entry);
        }
        let entry = &mut column_mut(re, top, 1)[0];
        change.mul_sub_from(mask, L::load(entry)).store(entry);
        subtract_column::<L, COMPLEX>((re, im), at, (w, vc), (v, wc), c, group + 1..chunks);
    }
}
