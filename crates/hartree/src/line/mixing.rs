//! Means of Hamiltonians h_i = h[ω_i] that bring [h,ω] to 0.
//!
//! - Damped: h̄ ↦ (1−a)h̄ + a h_i; slow and plain.
//! - DIIS (Pulay): h̄ = Σc_ih_i, Σc_i = 1, with the least ‖Σc_ie_i‖, e_i = [h_i,ω_i], over the last few iterations. With
//!   B_ij = ⟨e_i,e_j⟩ the minimum is c ∝ B⁻¹1; B is taken between unit vectors e_i/‖e_i‖, which shrink by many orders.

use std::collections::VecDeque;

use operators::symmetric_eigenvectors;

use super::orbital_error::OrbitalError;

/// How the Hamiltonian of the next iteration follows from those before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mixing {
    /// Pulay's direct inversion in the iterative subspace.
    Diis {
        /// Iterations remembered, 2 to 16.
        history: usize,
    },
    /// h̄ ↦ (1−a)h̄ + a h.
    Damped {
        /// a ∈ (0, 1].
        fraction: f64,
    },
}

/// Directions of B weaker than this, relative to the strongest, are rounding.
const RANK: f64 = 1e-13;

/// The memory of a mixing.
pub(super) struct Mixer {
    mixing: Mixing,
    /// (h_i, e_i), oldest first.
    past: VecDeque<(Vec<f64>, Vec<f64>)>,
}

impl Mixer {
    pub(super) fn new(mixing: Mixing) -> Result<Self, OrbitalError> {
        match mixing {
            Mixing::Diis { history } if !(2..=16).contains(&history) => Err(OrbitalError::Setting {
                name: "history",
                value: history as f64,
                wanted: "2 to 16 iterations",
            }),
            Mixing::Damped { fraction } if !(fraction > 0.0 && fraction <= 1.0) => {
                Err(OrbitalError::Setting { name: "fraction", value: fraction, wanted: "in (0, 1]" })
            }
            _ => Ok(Self { mixing, past: VecDeque::new() }),
        }
    }

    /// h̄ after one more pair h, e = \[h,ω\].
    pub(super) fn mixed(&mut self, h: Vec<f64>, e: Vec<f64>) -> Result<Vec<f64>, OrbitalError> {
        match self.mixing {
            Mixing::Damped { fraction } => {
                let mut mean = h;
                if let Some((before, _)) = self.past.pop_front() {
                    mean.iter_mut().zip(&before).for_each(|(m, b)| *m = fraction * *m + (1.0 - fraction) * b);
                }
                self.past.push_back((mean.clone(), e));
                Ok(mean)
            }
            Mixing::Diis { history } => {
                if self.past.len() == history {
                    self.past.pop_front();
                }
                self.past.push_back((h, e));
                let mut mean = vec![0.0; self.past[0].0.len()];
                for (c, (h, _)) in self.coefficients()?.iter().zip(&self.past) {
                    mean.iter_mut().zip(h).for_each(|(m, h)| *m += c * h);
                }
                Ok(mean)
            }
        }
    }

    /// c_i = ĉ_i/‖e_i‖ up to their sum, B̂ĉ = (1/‖e_i‖)_i, B̂_ij = ⟨e_i,e_j⟩/(‖e_i‖‖e_j‖).
    fn coefficients(&self) -> Result<Vec<f64>, OrbitalError> {
        let m = self.past.len();
        let product = |i: usize, j: usize| -> f64 {
            self.past[i].1.iter().zip(&self.past[j].1).map(|(a, b)| a * b).sum()
        };
        let norms: Vec<f64> = (0..m).map(|i| product(i, i).sqrt()).collect();
        let pairs = symmetric_eigenvectors(m, |i, j| product(i, j) / (norms[i] * norms[j]))?;
        let largest = pairs.values()[m - 1];
        let mut c = vec![0.0; m];
        for (k, value) in pairs.values().iter().enumerate().filter(|(_, v)| **v > RANK * largest) {
            let q = pairs.vector(k);
            let overlap: f64 = q.iter().zip(&norms).map(|(q, norm)| q / norm).sum::<f64>() / value;
            c.iter_mut().zip(q).for_each(|(c, q)| *c += overlap * q);
        }
        c.iter_mut().zip(&norms).for_each(|(c, norm)| *c /= norm);
        let sum: f64 = c.iter().sum();
        Ok(c.iter().map(|c| c / sum).collect())
    }
}
