//! The band matrix of Op(S)/N and a bound of what it leaves out.

use std::f64::consts::{PI, TAU};

use num_complex::Complex64;
use operators::BandHermitian;
use phase_space::Scaling;
use phase_space::line::{WignerFunction, friendly_length};

use super::diagonals::Diagonals;
use super::window::{Spread, Window, tails};
use crate::TransformError;
use crate::error::on_the_line;

/// The matrix A_ij = (h/N)·ω(x_i;x_j) = h·G((x_i+x_j)/2, (x_i−x_j)/ε) of a real symbol S, up to a unitary phase.
///
/// tr A = ∬S and ‖A‖_tr = tr|Op(S)|/N up to `left_out`.
#[derive(Clone, Debug, PartialEq)]
pub struct WeylBand {
    /// A.
    pub matrix: BandHermitian,
    /// x_j.
    pub points: Vec<f64>,
    /// h.
    pub spacing: f64,
    /// v_c: the matrix is that of e^{−iv_c x/ε} Op(S) e^{iv_c x/ε}.
    pub momentum: f64,
    /// Bound of |tr|Op(S)|/N − ‖A‖_tr|, the sum of the parts.
    pub left_out: f64,
    /// The parts of the bound.
    pub parts: LeftOut,
}

/// What the band matrix leaves out, each part in the units of tr|·|/N.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeftOut {
    /// √Area·(‖E_x‖_{L²} + 2‖E_v‖_{L²}): mass at positions and at momenta outside the window, Area that of the grid.
    pub window: f64,
    /// √n·(2Σ_{d>b}‖diag_d‖²)^{1/2}: diagonals beyond the band.
    pub band: f64,
    /// √n times the excess of |‖A‖_HS − (2π/N)^{1/2}‖S‖_{L²}| over what window and band explain.
    pub consistency: f64,
}

impl LeftOut {
    /// The sum.
    pub fn total(&self) -> f64 {
        self.window + self.band + self.consistency
    }
}

/// How the matrix is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeylOptions {
    /// Wanted `left_out` / ‖S‖_{L¹}, in (0, 1).
    pub tolerance: f64,
    /// Leave out the periodic images |x−y|/ε > π/Δv; `false` is the negative control that takes them in.
    pub mask: bool,
    /// Largest size of the matrix in bytes.
    pub memory_limit: usize,
}

impl WeylOptions {
    /// Masked, at most 1 GiB.
    pub fn new(tolerance: f64) -> Self {
        Self { tolerance, mask: true, memory_limit: 1 << 30 }
    }
}

/// 16·n·(b+1): bytes of a complex band matrix.
pub fn band_bytes(order: usize, half_bandwidth: usize) -> usize {
    order.saturating_mul(half_bandwidth.saturating_add(1)).saturating_mul(size_of::<Complex64>())
}

/// The band matrix of Op(S)/N for a state, a difference of states or the symbol of a commutator.
///
/// # Errors
/// As [`weyl_band_with`].
pub fn weyl_band(
    symbol: &WignerFunction,
    scaling: &Scaling,
    tolerance: f64,
) -> Result<WeylBand, TransformError> {
    weyl_band_with(symbol, scaling, &WeylOptions::new(tolerance))
}

/// [`weyl_band`] with options.
///
/// # Errors
/// [`TransformError`]: a scaling with d ≠ 1, a tolerance outside (0, 1), a matrix larger than the memory limit.
pub fn weyl_band_with(
    symbol: &WignerFunction,
    scaling: &Scaling,
    options: &WeylOptions,
) -> Result<WeylBand, TransformError> {
    on_the_line(scaling)?;
    if !(options.tolerance > 0.0 && options.tolerance < 1.0) {
        return Err(TransformError::Tolerance(options.tolerance));
    }
    let layout = Layout::of(symbol, scaling, options);
    let (n, b) = (layout.order, layout.half_bandwidth);
    let bytes = band_bytes(n, b);
    if bytes > options.memory_limit {
        let limit = options.memory_limit;
        return Err(TransformError::Memory { order: n, half_bandwidth: b, bytes, limit });
    }
    let mut diagonals = Diagonals::new(symbol, layout.momentum, layout.box_points);
    let mut rows = Vec::with_capacity(b + 1);
    for d in 0..=b {
        let g = &diagonals.diagonal(d, scaling.eps())[layout.first..][..n - d];
        // S is real, so G(x,0) is
        let entry = |g: &Complex64| layout.spacing * if d == 0 { g.re.into() } else { *g };
        rows.push(g.iter().map(entry).collect());
    }
    let matrix = BandHermitian::from_diagonals(n, rows)?;
    let parts = layout.left_out(symbol, scaling, &matrix);
    let start = symbol.grid().x.start();
    let points = (0..n).map(|j| start + (layout.first + j) as f64 * layout.spacing).collect();
    let (spacing, momentum) = (layout.spacing, layout.momentum);
    Ok(WeylBand { matrix, points, spacing, momentum, left_out: parts.total(), parts })
}

/// Which points and which diagonals.
struct Layout {
    position: Window,
    velocity: Window,
    momentum: f64,
    /// Points of the whole x-box; the matrix takes `order` of them from `first` on.
    box_points: usize,
    spacing: f64,
    first: usize,
    order: usize,
    half_bandwidth: usize,
    /// 2Σ_{d>b}‖diag_d‖² ≤ 2ε∫_{y>y_b}∫|G|².
    beyond: f64,
}

impl Layout {
    fn of(symbol: &WignerFunction, scaling: &Scaling, options: &WeylOptions) -> Self {
        let (grid, eps) = (symbol.grid(), scaling.eps());
        let weyl = symbol.weyl();
        // a third of the tolerance, shared by the window in x and the one in v, which counts twice
        let third = options.tolerance / 3.0 * symbol.l1();
        let norm = third / (grid.x.length() * grid.v.length()).sqrt();
        let spread = Spread::of_position(&weyl, eps);
        let position = spread.window(0.5 * norm, grid.x.start(), grid.x.start() + grid.x.length());
        let spread = Spread::of_momentum(symbol, eps);
        let (lowest, highest) = spread.extent();
        let velocity = spread.window(0.25 * norm, lowest, highest);
        // h ≤ πε/v_half
        let momentum = 0.5 * (velocity.from + velocity.to);
        let finest = TAU * eps / (velocity.to - velocity.from);
        let box_points = friendly_length((grid.x.length() / finest).ceil() as usize);
        let spacing = grid.x.length() / box_points as f64;
        // the points in [x_a, x_b], at least two
        let place = |x: f64| (x - grid.x.start()) / spacing;
        let first = (place(position.from).ceil() as usize).min(box_points - 2);
        let last = (place(position.to).floor() as usize).clamp(first + 1, box_points - 1);
        let order = last + 1 - first;
        let mut layout = Self {
            position,
            velocity,
            momentum,
            box_points,
            spacing,
            first,
            order,
            half_bandwidth: 0,
            beyond: 0.0,
        };
        layout.choose_band(&tails(&weyl), symbol, eps, third, options.mask);
        layout
    }

    /// The smallest b with √n·(2ε∫_{y>y_b}∫|G|²)^{1/2} ≤ a third of the tolerance.
    ///
    /// y_d = dh/ε; the cell that contains y_b counts as outside.
    fn choose_band(&mut self, tails: &[f64], symbol: &WignerFunction, eps: f64, third: f64, mask: bool) {
        let v = symbol.grid().v;
        let (step, cell) = (self.spacing / eps, v.wave_number(1));
        let beyond = |b: usize| {
            let k = (b as f64 * step / cell) as usize;
            2.0 * eps * tails[k.min(tails.len() - 1)]
        };
        let reach = if mask { PI / v.spacing() } else { 2.5 * TAU / v.spacing() };
        let most = ((reach / step) as usize).min(self.order - 1);
        let enough = |b: usize| (self.order as f64 * beyond(b)).sqrt() <= third;
        let chosen = if mask { (0..most).find(|&b| enough(b)) } else { None };
        self.half_bandwidth = chosen.unwrap_or(most);
        self.beyond = beyond(self.half_bandwidth);
    }

    fn left_out(&self, symbol: &WignerFunction, scaling: &Scaling, matrix: &BandHermitian) -> LeftOut {
        let grid = symbol.grid();
        let area = grid.x.length() * grid.v.length();
        let root_n = (self.order as f64).sqrt();
        let outside = self.position.outside + 2.0 * self.velocity.outside;
        // ‖A‖_HS = (2π/N)^{1/2}‖S‖_{L²}
        let factor = (TAU / scaling.n()).sqrt();
        let explained = factor * outside + self.beyond.sqrt();
        let deviation = (matrix.hilbert_schmidt() - factor * symbol.l2()).abs();
        LeftOut {
            window: area.sqrt() * outside,
            band: root_n * self.beyond.sqrt(),
            consistency: root_n * (deviation - explained).max(0.0),
        }
    }
}
