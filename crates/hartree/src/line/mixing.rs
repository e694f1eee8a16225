//! Means of Hamiltonians h_i = h[ω_i] that bring [h,ω] to 0.
//!
//! - Damped: h̄ ↦ (1−a)h̄ + a h_i; slow and plain.
//! - DIIS (Pulay): h̄ = Σc_ih_i, Σc_i = 1, with the least ‖Σc_ie_i‖, e_i = [h_i,ω_i], over the last few iterations (`extrapolation`).

use super::orbital_error::OrbitalError;
use crate::extrapolation::Extrapolation;

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

/// The memory of a mixing.
pub(super) enum Mixer {
    /// The last pairs (h_i, e_i).
    Diis(Extrapolation),
    /// a, and h̄.
    Damped(f64, Option<Vec<f64>>),
}

impl Mixer {
    pub(super) fn new(mixing: Mixing) -> Result<Self, OrbitalError> {
        match mixing {
            Mixing::Diis { history } if (2..=16).contains(&history) => {
                Ok(Self::Diis(Extrapolation::new(history)))
            }
            Mixing::Diis { history } => Err(OrbitalError::Setting {
                name: "history",
                value: history as f64,
                wanted: "2 to 16 iterations",
            }),
            Mixing::Damped { fraction } if fraction > 0.0 && fraction <= 1.0 => {
                Ok(Self::Damped(fraction, None))
            }
            Mixing::Damped { fraction } => {
                Err(OrbitalError::Setting { name: "fraction", value: fraction, wanted: "in (0, 1]" })
            }
        }
    }

    /// h̄ after one more pair h, e = \[h,ω\].
    pub(super) fn mixed(&mut self, mut h: Vec<f64>, e: Vec<f64>) -> Vec<f64> {
        match self {
            Self::Diis(past) => past.next(h, e).0,
            Self::Damped(fraction, mean) => {
                if let Some(before) = mean {
                    let a = *fraction;
                    h.iter_mut().zip(before).for_each(|(h, b)| *h = a * *h + (1.0 - a) * *b);
                }
                *mean = Some(h.clone());
                h
            }
        }
    }
}
