//! Where an operator lives in position and in momentum, read off its symbol in the Hilbert–Schmidt norm.

use num_complex::Complex64;
use phase_space::fourier::RealTransform;
use phase_space::line::{WeylVariables, WignerFunction};

/// Bins of the distribution of the mass over an extended axis.
const BINS: usize = 8192;

/// An interval and the L² norm of the part of the symbol whose operator lives outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub from: f64,
    pub to: f64,
    pub outside: f64,
}

/// Mass of a kernel over its two arguments c ± r.
///
/// ω(x;x′) with x, x′ = c ± r lies inside [a,b] × [a,b] if c + r ≤ b and c − r ≥ a.
pub(crate) struct Spread {
    from: f64,
    to: f64,
    /// Mass by the bin of c + r, and by that of c − r.
    upper: Vec<f64>,
    lower: Vec<f64>,
}

impl Spread {
    fn new(from: f64, to: f64) -> Self {
        Self { from, to, upper: vec![0.0; BINS], lower: vec![0.0; BINS] }
    }

    fn bin(&self, at: f64) -> usize {
        let fraction = (at - self.from) / (self.to - self.from);
        ((fraction * BINS as f64) as usize).min(BINS - 1)
    }

    fn add(&mut self, c: f64, r: f64, mass: f64) {
        let (upper, lower) = (self.bin(c + r), self.bin(c - r));
        self.upper[upper] += mass;
        self.lower[lower] += mass;
    }

    /// Positions: |G(x,y)|² at the arguments x ± εy/2; the masses sum to ‖S‖²_{L²}.
    pub fn of_position(weyl: &WeylVariables, eps: f64) -> Self {
        let grid = weyl.grid();
        let (x, y) = (grid.x, grid.y_points());
        let reach = 0.5 * eps * grid.v.nyquist();
        let mut spread = Self::new(x.start() - reach, x.start() + x.length() + reach);
        let unit = x.spacing() / grid.v.length();
        for (i, row) in weyl.values().chunks_exact(y.len()).enumerate() {
            for (k, g) in row.iter().enumerate() {
                spread.add(x.point(i), 0.5 * eps * y[k], unit * both_signs(k, y.len()) * g.norm_sqr());
            }
        }
        spread
    }

    /// Momenta: |Ŝ(k,v)|² at the arguments v ± εk/2; the masses sum to ‖S‖²_{L²}.
    pub fn of_momentum(symbol: &WignerFunction, eps: f64) -> Self {
        let grid = symbol.grid();
        let (x, v) = (grid.x, grid.v);
        let reach = 0.5 * eps * x.nyquist();
        let mut spread = Self::new(v.start() - reach, v.start() + v.length() + reach);
        let unit = x.spacing() * v.spacing() / x.len() as f64;
        let mut transform = RealTransform::new(x.len());
        let mut spectrum = vec![Complex64::ZERO; transform.spectrum_len()];
        let mut column = vec![0.0; x.len()];
        for l in 0..v.len() {
            for (c, row) in column.iter_mut().zip(symbol.values().chunks_exact(v.len())) {
                *c = row[l];
            }
            transform.forward(&mut column, &mut spectrum);
            for (k, s) in spectrum.iter().enumerate() {
                let mass = unit * both_signs(k, spectrum.len()) * s.norm_sqr();
                spread.add(v.point(l), 0.5 * eps * x.wave_number(k), mass);
            }
        }
        spread
    }

    /// The smallest interval, in whole bins and inside [from, to], with at most `norm` outside in L² if there is one.
    pub fn window(&self, norm: f64, from: f64, to: f64) -> Window {
        let most = 0.5 * norm * norm;
        let width = (self.to - self.from) / BINS as f64;
        let (mut first, mut end) = (0, BINS);
        let mut above = 0.0;
        while end > 1 && above + self.upper[end - 1] <= most {
            end -= 1;
            above += self.upper[end];
        }
        let mut below = 0.0;
        while first + 1 < end && below + self.lower[first] <= most {
            below += self.lower[first];
            first += 1;
        }
        let mut window = Window {
            from: (self.from + first as f64 * width).clamp(from, to),
            to: (self.from + end as f64 * width).clamp(from, to),
            outside: 0.0,
        };
        // what the limits of the box cut off counts as well, whole bins at a time
        let (first, last) = (self.bin(window.from + 0.5 * width), self.bin(window.to - 0.5 * width));
        let (below, above): (f64, f64) =
            (self.lower[..first].iter().sum(), self.upper[last + 1..].iter().sum());
        window.outside = (below + above).sqrt();
        window
    }

    /// The whole extended axis.
    pub fn extent(&self) -> (f64, f64) {
        (self.from, self.to)
    }
}

/// 2 for a mode that stands for itself and its conjugate.
pub(crate) fn both_signs(k: usize, len: usize) -> f64 {
    if k == 0 || k + 1 == len { 1.0 } else { 2.0 }
}

/// ∫_{y ≥ y_k}∫|G|² dx dy on the grid of the Weyl variables, `[k]`, k = 0..=n_y, last 0.
pub(crate) fn tails(weyl: &WeylVariables) -> Vec<f64> {
    let grid = weyl.grid();
    let n_y = grid.n_y();
    let unit = grid.x.spacing() * grid.v.wave_number(1);
    let mut tails = vec![0.0; n_y + 1];
    for row in weyl.values().chunks_exact(n_y) {
        for (t, g) in tails.iter_mut().zip(row) {
            *t += unit * g.norm_sqr();
        }
    }
    for k in (0..n_y).rev() {
        tails[k] += tails[k + 1];
    }
    tails
}
