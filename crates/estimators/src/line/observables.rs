//! tr e^{ip·x+εq·∇}(ω − ω̃)/N = ∬ e^{i(px+qv)} (W − W̃) dx dv: the symbol of x is x, that of −iε∇ is v (G16.T3).

use num_complex::Complex64;
use phase_space::line::WignerFunction;

use super::Pair;
use crate::Estimate;

/// |tr e^{ip·x+εq·∇}(ω − ω̃)|/N on a grid of (p, q), and its weighted supremum; values at −(p, q) are the same.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservableMap {
    /// p.
    pub p: Vec<f64>,
    /// q.
    pub q: Vec<f64>,
    /// modulus[b * p.len() + a] at (p_a, q_b).
    pub modulus: Vec<f64>,
    /// sup over |p|, |q| ≤ 8 of modulus/(1+|p|+|q|)², the constant of G16.T3 times ε, searched from the highest points of
    /// the grid; the error holds the budget of the pair and what the last step of the search leaves.
    pub weighted_sup: Estimate,
    /// Where the supremum is taken.
    pub at: (f64, f64),
}

/// Largest |p| and |q|.
const RANGE: f64 = 8.0;
/// Points in each direction.
const POINTS: usize = 65;
/// Grid maxima from which the search starts.
const STARTS: usize = 6;
/// Halvings of the grid step in the search.
const HALVINGS: i32 = 9;

/// Measures all observables of a pair.
pub fn observable_map(pair: &Pair) -> ObservableMap {
    let d = &pair.difference;
    let axis: Vec<f64> = (0..POINTS).map(|a| RANGE * (2.0 * a as f64 / (POINTS - 1) as f64 - 1.0)).collect();
    let modulus = moduli(d, &axis, &axis);
    let transform = Transform::of(d);
    let starts = highest_maxima(&modulus, &axis);
    let mut best = (0.0, (0.0, 0.0));
    for start in starts {
        let found = climb(&transform, start);
        if found.0 > best.0 {
            best = found;
        }
    }
    let budget = pair.budget(|e| weighted_sup(&moduli(e, &axis, &axis), &axis));
    let error = budget + last_step(d);
    ObservableMap {
        p: axis.clone(),
        q: axis,
        modulus,
        weighted_sup: Estimate::new(best.0, error),
        at: best.1,
    }
}

/// (1+|p|+|q|)^(−2).
fn weight(p: f64, q: f64) -> f64 {
    (1.0 + p.abs() + q.abs()).powi(-2)
}

/// D̂(p,q) at any point, by direct sums, spectrally exact.
struct Transform<'a> {
    d: &'a WignerFunction,
    x: Vec<f64>,
    v: Vec<f64>,
}

impl<'a> Transform<'a> {
    fn of(d: &'a WignerFunction) -> Self {
        Self { d, x: d.grid().x.points(), v: d.grid().v.points() }
    }

    fn weighted(&self, p: f64, q: f64) -> f64 {
        let waves: Vec<Complex64> = self.v.iter().map(|v| Complex64::cis(q * v)).collect();
        let rows = self.d.values().chunks_exact(self.v.len()).zip(&self.x);
        let total: Complex64 = rows.map(|(row, x)| against(row, &waves) * Complex64::cis(p * x)).sum();
        total.norm() * self.d.grid().cell() * weight(p, q)
    }
}

/// Pattern search for the maximum of the weighted modulus: eight directions, so that a slanted ridge is no trap, at steps
/// halved down to 2^(−HALVINGS) of the grid's whenever none of them climbs.
fn climb(transform: &Transform, start: (f64, f64)) -> (f64, (f64, f64)) {
    let mut at = start;
    let mut best = transform.weighted(at.0, at.1);
    let mut step = RANGE * 2.0 / (POINTS - 1) as f64;
    for _ in 0..HALVINGS {
        step *= 0.5;
        loop {
            let before = best;
            for (dp, dq) in DIRECTIONS {
                let (p, q) = (at.0 + step * dp, at.1 + step * dq);
                if p.abs() > RANGE || q.abs() > RANGE {
                    continue;
                }
                let value = transform.weighted(p, q);
                if value > best {
                    (best, at) = (value, (p, q));
                }
            }
            if best <= before {
                break;
            }
        }
    }
    (best, at)
}

const DIRECTIONS: [(f64, f64); 8] =
    [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0)];

/// ½Mδ² for both directions, δ the last step and M = ∬((|x|+|v|)² + 4(|x|+|v|) + 6)|D| a bound of the second derivatives of
/// the weighted modulus, which is stationary at a smooth maximum.
fn last_step(d: &WignerFunction) -> f64 {
    let grid = d.grid();
    let (n_v, mut bound) = (grid.v.len(), 0.0);
    for (i, row) in d.values().chunks_exact(n_v).enumerate() {
        for (j, w) in row.iter().enumerate() {
            let size = grid.x.point(i).abs() + grid.v.point(j).abs();
            bound += (size * size + 4.0 * size + 6.0) * w.abs();
        }
    }
    let step = RANGE * 2.0 / (POINTS - 1) as f64 * 0.5_f64.powi(HALVINGS);
    bound * grid.cell() * step * step
}

/// The highest local maxima of the weighted modulus on the half q ≥ 0 of the grid.
fn highest_maxima(moduli: &[f64], axis: &[f64]) -> Vec<(f64, f64)> {
    let n = axis.len();
    let value = |a: usize, b: usize| moduli[b * n + a] * weight(axis[a], axis[b]);
    let mut maxima = Vec::new();
    for b in n / 2..n {
        for a in 0..n {
            let near = |i: usize| i.saturating_sub(1)..=(i + 1).min(n - 1);
            if near(b).all(|bb| near(a).all(|aa| value(aa, bb) <= value(a, b))) {
                maxima.push((value(a, b), (axis[a], axis[b])));
            }
        }
    }
    maxima.sort_by(|a, b| b.0.total_cmp(&a.0));
    maxima.into_iter().take(STARTS).map(|m| m.1).collect()
}

/// |D̂(p,q)| on the grid; q < 0 by symmetry.
fn moduli(d: &WignerFunction, p: &[f64], q: &[f64]) -> Vec<f64> {
    let grid = d.grid();
    let table = |points: &[f64], frequency: f64| -> Vec<Complex64> {
        points.iter().map(|x| Complex64::cis(frequency * x)).collect()
    };
    let (x, v) = (grid.x.points(), grid.v.points());
    let in_x: Vec<_> = p.iter().map(|&p| table(&x, p)).collect();
    let (n, middle) = (p.len(), q.len() / 2);
    let mut moduli = vec![0.0; n * q.len()];
    for b in middle..q.len() {
        let in_v = table(&v, q[b]);
        let g: Vec<Complex64> = d.values().chunks_exact(v.len()).map(|row| against(row, &in_v)).collect();
        for (a, in_x) in in_x.iter().enumerate() {
            let total: Complex64 = g.iter().zip(in_x).map(|(g, e)| g * e).sum();
            let modulus = total.norm() * grid.cell();
            moduli[b * n + a] = modulus;
            moduli[(q.len() - 1 - b) * n + (n - 1 - a)] = modulus;
        }
    }
    moduli
}

/// Σ_j w_je_j, in four sums side by side.
fn against(row: &[f64], waves: &[Complex64]) -> Complex64 {
    let mut sums = [Complex64::ZERO; 4];
    let (rows, waves) = (row.chunks_exact(4), waves.chunks_exact(4));
    let rest = rows.remainder().iter().zip(waves.remainder());
    let last: Complex64 = rest.map(|(w, e)| e * w).sum();
    for (w, e) in rows.zip(waves) {
        for k in 0..4 {
            sums[k] += e[k] * w[k];
        }
    }
    last + (sums[0] + sums[1]) + (sums[2] + sums[3])
}

/// The largest weighted modulus on the grid.
fn weighted_sup(moduli: &[f64], axis: &[f64]) -> f64 {
    let n = axis.len();
    let weighted = (0..moduli.len()).map(|at| moduli[at] * weight(axis[at % n], axis[at / n]));
    weighted.fold(0.0, |sup: f64, w| if w.is_nan() { f64::NAN } else { sup.max(w) })
}
