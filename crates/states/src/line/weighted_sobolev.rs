//! ‖W‖²_{H^s_a} = Σ_{|β|≤s} ∬(1 + x² + v²)^a |∇^βW|² dx dv, and L¹ norms of derivatives, by spectral differentiation.
//!
//! Differentiation multiplies round-off by k^s, and the weight is largest where W is smallest: modes below 1e-14 of the
//! largest are dropped before anything is differentiated. ∬|f| has kinks at the zeros of f, which leave the rectangle
//! rule with an error of order h²: the trigonometric interpolant is refined first, twice, and the change is the error.

use num_complex::Complex64;
use phase_space::fourier::PlaneTransform;
use phase_space::line::{Axis, GridError, PhaseGrid, WignerFunction};

use crate::line::static_grid;
use crate::{InitialState, Measured, StateError};

/// Modes below this fraction of the largest are round-off.
const NOISE: f64 = 1e-14;

/// Resolution of the norms of a state.
const TOLERANCE: f64 = 1e-16;

/// The order a of the weight in every theorem, (1 + x² + v²)^4.
pub const WEIGHT: i32 = 4;

/// Number of points up to which a function is refined for its L¹ norm.
const REFINED_POINTS: usize = 1 << 22;

/// The Fourier modes of a function on phase space, without round-off.
pub struct Modes {
    grid: PhaseGrid,
    modes: Vec<Complex64>,
    plane: PlaneTransform,
}

impl Modes {
    /// The modes of W, those below 1e-14 of the largest dropped.
    pub fn of(w: &WignerFunction) -> Self {
        let grid = *w.grid();
        let mut plane = PlaneTransform::new(grid.x.len(), grid.v.len());
        let mut modes: Vec<Complex64> = w.values().iter().map(|&w| w.into()).collect();
        plane.forward(&mut modes);
        let largest = modes.iter().map(|m| m.norm_sqr()).fold(0.0, f64::max).sqrt();
        for mode in &mut modes {
            if mode.norm_sqr() < (NOISE * largest).powi(2) {
                *mode = Complex64::ZERO;
            }
        }
        Self { grid, modes, plane }
    }

    /// f + ig for f = ∂ₓ^i∂ᵥ^jW, (i, j) = `first`, and g the same for `second`, or 0.
    fn two_derivatives(&mut self, first: (u32, u32), second: Option<(u32, u32)>) -> Vec<Complex64> {
        let along = |(i, j): (u32, u32)| (symbols(&self.grid.x, i), symbols(&self.grid.v, j));
        let f = along(first);
        let g = second.map(along);
        let mut product = self.modes.clone();
        for (i, row) in product.chunks_exact_mut(f.1.len()).enumerate() {
            for (j, mode) in row.iter_mut().enumerate() {
                let second = g.as_ref().map_or(Complex64::ZERO, |(x, v)| Complex64::I * x[i] * v[j]);
                *mode *= f.0[i] * f.1[j] + second;
            }
        }
        self.plane.inverse(&mut product);
        product
    }

    /// ∂ₓ^i∂ᵥ^j W, the modes multiplied by (ik)^i(iy)^j.
    ///
    /// # Errors
    /// A derivative that overflows.
    pub fn derivative(&mut self, i: u32, j: u32) -> Result<WignerFunction, GridError> {
        let (along_x, along_v) = (symbols(&self.grid.x, i), symbols(&self.grid.v, j));
        let mut product = self.modes.clone();
        for (row, x) in product.chunks_exact_mut(along_v.len()).zip(&along_x) {
            for (mode, v) in row.iter_mut().zip(&along_v) {
                *mode *= x * v;
            }
        }
        self.plane.inverse(&mut product);
        WignerFunction::new(self.grid, product.iter().map(|w| w.re).collect())
    }
}

/// (ik)^order at the wave numbers of a full transform; the unpaired one is dropped in odd orders.
fn symbols(axis: &Axis, order: u32) -> Vec<Complex64> {
    let n = axis.len();
    let symbol = |m: usize| {
        let k = if 2 * m <= n { axis.wave_number(m) } else { -axis.wave_number(n - m) };
        let unpaired = 2 * m == n && !order.is_multiple_of(2);
        if unpaired { Complex64::ZERO } else { Complex64::new(0.0, k).powu(order) }
    };
    (0..n).map(symbol).collect()
}

/// `norms[s]` = ‖W‖_{H^s_a}, s = 0..=max_order, of a function on its own grid.
///
/// Derivatives are real: two of one order, f and g, come out of one inverse transform as f + ig, and |f + ig|² = f² + g² is what
/// the norm asks for.
///
/// # Errors
/// A derivative that overflows.
pub fn weighted_norms(w: &WignerFunction, max_order: u32, a: i32) -> Result<Vec<f64>, GridError> {
    let mut modes = Modes::of(w);
    let weights = weights(w.grid(), a);
    let mut sum = 0.0;
    let mut norms = Vec::new();
    for s in 0..=max_order {
        for i in (0..=s).step_by(2) {
            let second = (i < s).then(|| (i + 1, s - i - 1));
            let pair = modes.two_derivatives((i, s - i), second);
            sum += pair.iter().zip(&weights).map(|(z, weight)| weight * z.norm_sqr()).sum::<f64>();
        }
        if !sum.is_finite() {
            return Err(GridError::NotFinite { x: w.grid().x.start(), v: w.grid().v.start() });
        }
        norms.push((sum * w.grid().cell()).sqrt());
    }
    Ok(norms)
}

/// (1 + x² + v²)^a at every point.
fn weights(grid: &PhaseGrid, a: i32) -> Vec<f64> {
    let v = grid.v.points();
    let row = |x: f64| v.iter().map(move |v| (1.0 + x * x + v * v).powi(a));
    grid.x.points().into_iter().flat_map(row).collect()
}

/// `norms[s]` = ‖W_N‖_{H^s_a} of an initial state, s = 0..=max_order, with the change under refinement as error.
///
/// Where the state says that the norm is infinite ([`InitialState::sobolev_index`]), value and error are ∞: a grid would
/// give a finite number that looks settled.
///
/// # Errors
/// A state that needs too large a grid.
pub fn sobolev_norms(state: &dyn InitialState, max_order: u32, a: i32) -> Result<Vec<Measured>, StateError> {
    let grid = static_grid(state, TOLERANCE)?;
    let sampled = |grid: &PhaseGrid| grid.sample(|x, v| state.wigner(x, v));
    let coarse = weighted_norms(&sampled(&grid)?, max_order, a)?;
    let fine = weighted_norms(&sampled(&refined(&grid)?)?, max_order, a)?;
    let infinite = |s: usize| state.sobolev_index().is_some_and(|index| s as f64 >= index);
    let measured = |(s, (coarse, &value)): (usize, (&f64, &f64))| {
        if infinite(s) {
            return Measured { value: f64::INFINITY, error: f64::INFINITY };
        }
        Measured { value, error: (value - coarse).abs() + 1e-14 * value.abs() }
    };
    Ok(coarse.iter().zip(&fine).enumerate().map(measured).collect())
}

/// A box longer by a sixth with spacings finer by a fifth: both errors of the grid change.
fn refined(grid: &PhaseGrid) -> Result<PhaseGrid, StateError> {
    let refine = |axis: &Axis| {
        let points = phase_space::line::friendly_length((axis.len() as f64 * 1.4).ceil() as usize);
        Axis::new(axis.center(), axis.length() * 7.0 / 6.0, points)
    };
    Ok(PhaseGrid::new(refine(&grid.x)?, refine(&grid.v)?))
}

/// The L¹ norms that the theorems and the steps of the proofs ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L1Norms {
    /// ‖W‖_{L¹}.
    pub value: Measured,
    /// ‖∂ₓW‖_{L¹}.
    pub d_x: Measured,
    /// ‖∂ᵥW‖_{L¹}, the limit of `tr|[x,ω]|/(Nε)` (P16.4).
    pub d_v: Measured,
    /// ‖∇W‖_{L¹}, |∇W| = √((∂ₓW)² + (∂ᵥW)²).
    pub gradient: Measured,
    /// ‖∂ᵥ²W‖_{L¹}, the limit of `tr|[x,[x,ω]]|/(Nε²)` (P16.7).
    pub d_vv: Measured,
}

impl L1Norms {
    /// ‖W‖_{W^{1,1}} = ‖W‖_{L¹} + ‖∂ₓW‖_{L¹} + ‖∂ᵥW‖_{L¹}, the hypothesis of G16.T3.
    pub fn w11(&self) -> Measured {
        Measured {
            value: self.value.value + self.d_x.value + self.d_v.value,
            error: self.value.error + self.d_x.error + self.d_v.error,
        }
    }

    /// The norms of a function on its own grid.
    ///
    /// # Errors
    /// A derivative that overflows.
    pub fn of(w: &WignerFunction) -> Result<Self, GridError> {
        let mut modes = Modes::of(w);
        let (d_x, d_v, d_vv) = (modes.derivative(1, 0)?, modes.derivative(0, 1)?, modes.derivative(0, 2)?);
        let lengths = |[x, v]: [f64; 2]| [x.abs(), v.abs(), (x * x + v * v).sqrt()];
        let [along_x, along_v, gradient] = integrals([&d_x, &d_v], lengths);
        Ok(Self { value: l1(w), d_x: along_x, d_v: along_v, gradient, d_vv: l1(&d_vv) })
    }

    /// The norms of an initial state.
    ///
    /// # Errors
    /// A state that needs too large a grid.
    pub fn of_state(state: &dyn InitialState) -> Result<Self, StateError> {
        let w = static_grid(state, TOLERANCE)?.sample(|x, v| state.wigner(x, v))?;
        Ok(Self::of(&w)?)
    }
}

/// ∬|f| dx dv of a smooth function with sign changes, with its error from two refinements.
pub fn l1(f: &WignerFunction) -> Measured {
    let [norm] = integrals([f], |[f]| [f.abs()]);
    norm
}

/// ∬of(f_1, …) dx dv of several functions at once, the trigonometric interpolants of the f_i refined by m and 2m, m ≤ 4 as the memory
/// allows.
fn integrals<const F: usize, const K: usize>(
    components: [&WignerFunction; F],
    of: impl Fn([f64; F]) -> [f64; K] + Sync,
) -> [Measured; K] {
    let mut factor = 4;
    while factor > 1 && components[0].grid().len() * 4 * factor * factor > REFINED_POINTS {
        factor -= 1;
    }
    let at = |factor: usize| {
        let refined = components.map(|f| f.refined(factor));
        let mut sums = [0.0; K];
        for p in 0..refined[0].values().len() {
            let values = of(std::array::from_fn(|i| refined[i].values()[p]));
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        }
        sums.map(|sum| sum * refined[0].grid().cell())
    };
    let (coarse, fine) = rayon::join(|| at(factor), || at(2 * factor));
    std::array::from_fn(|k| {
        let value = fine[k];
        // the sum of some 10⁶ numbers carries a relative round-off near 1e-13
        Measured { value, error: (value - coarse[k]).abs() + 1e-12 * value.abs() }
    })
}
