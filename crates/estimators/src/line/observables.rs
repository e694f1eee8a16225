//! tr e^{ip·x+εq·∇}(ω − ω̃)/N = ∬ e^{i(px+qv)} (W − W̃) dx dv: the symbol of x is x, that of −iε∇ is v (G16.T3).

use num_complex::Complex64;
use phase_space::line::WignerFunction;

use super::Pair;
use crate::Estimate;

/// |tr e^{ip·x+εq·∇}(ω − ω̃)|/N on a grid of (p, q); values at −(p, q) are the same.
#[derive(Clone, Debug, PartialEq)]
pub struct ObservableMap {
    /// p.
    pub p: Vec<f64>,
    /// q.
    pub q: Vec<f64>,
    /// modulus[b * p.len() + a] at (p_a, q_b).
    pub modulus: Vec<f64>,
    /// sup over the grid of modulus/(1+|p|+|q|)², the constant of G16.T3 times ε.
    pub weighted_sup: Estimate,
    /// Where the supremum is taken.
    pub at: (f64, f64),
}

/// Largest |p| and |q| of the grid.
const RANGE: f64 = 8.0;
const POINTS: usize = 33;

/// Measures all observables of a pair.
pub fn observable_map(pair: &Pair) -> ObservableMap {
    let axis: Vec<f64> = (0..POINTS).map(|a| RANGE * (2.0 * a as f64 / (POINTS - 1) as f64 - 1.0)).collect();
    let modulus = moduli(&pair.difference, &axis, &axis);
    let (value, at) = weighted_sup(&modulus, &axis, &axis);
    let error = pair.budget(|e| weighted_sup(&moduli(e, &axis, &axis), &axis, &axis).0);
    ObservableMap { p: axis.clone(), q: axis, modulus, weighted_sup: Estimate::new(value, error), at }
}

/// |D̂(p,q)| by direct sums, spectrally exact for every p and q.
fn moduli(d: &WignerFunction, p: &[f64], q: &[f64]) -> Vec<f64> {
    let grid = d.grid();
    let table = |points: &[f64], frequency: f64| -> Vec<Complex64> {
        points.iter().map(|x| Complex64::cis(frequency * x)).collect()
    };
    let (x, v) = (grid.x.points(), grid.v.points());
    let in_x: Vec<_> = p.iter().map(|&p| table(&x, p)).collect();
    let mut moduli = Vec::with_capacity(p.len() * q.len());
    for &q in q {
        let in_v = table(&v, q);
        let g: Vec<Complex64> = d
            .values()
            .chunks_exact(v.len())
            .map(|row| row.iter().zip(&in_v).map(|(w, e)| e * w).sum())
            .collect();
        for in_x in &in_x {
            let total: Complex64 = g.iter().zip(in_x).map(|(g, e)| g * e).sum();
            moduli.push(total.norm() * grid.cell());
        }
    }
    moduli
}

fn weighted_sup(moduli: &[f64], p: &[f64], q: &[f64]) -> (f64, (f64, f64)) {
    let mut best = (0.0, (0.0, 0.0));
    for (b, &q) in q.iter().enumerate() {
        for (a, &p) in p.iter().enumerate() {
            let weighted = moduli[b * POINTS + a] / (1.0 + p.abs() + q.abs()).powi(2);
            if weighted > best.0 {
                best = (weighted, (p, q));
            }
        }
    }
    best
}
