//! Commutators of ω with functions of |x| and with x itself, without leaving the channels.
//!
//! A function f(|x|) commutes with rotations, and `[f,ω]` has the channels (f(r) − f(r′))ω_ℓ(r;r′). The components of x do not: x maps
//! channel ℓ to ℓ±1. What is a scalar again is Σ_i|\[x_i,ω\]|² = |K|² ([`VectorCommutator`]); one component alone keeps m
//! ([`ComponentCommutator`]).

mod component;
mod vector;

use crate::BandHermitian;
use crate::radial::{ChannelError, Channels};

pub use component::ComponentCommutator;
pub use vector::{VectorChannel, VectorCommutator, position_weights};

impl Channels {
    /// `i[f(|x|),ω]`, in channel ℓ the matrix i(f(r_i) − f(r_j))A_ij; `f` holds f at the radii. Its trace norm is
    /// [`Self::trace_norm`], over every ℓ.
    ///
    /// P16.7 with f = |x|², P19.4 with f = e^{−|x|²/r²}.
    ///
    /// # Errors
    /// [`ChannelError::Mismatch`]: another number of values than radii, or values that are not finite.
    pub fn commutator_with(&self, f: &[f64]) -> Result<Self, ChannelError> {
        let blocks: Result<Vec<_>, _> = self.blocks().iter().map(|block| block.commutator_with(f)).collect();
        Self::new(*self.grid(), self.momenta().clone(), blocks.map_err(|_| ChannelError::Mismatch)?)
    }

    /// ω_ℓ for any ℓ, and a bound of ‖E r‖_tr, E its error of interpolation: Σ_j r_j‖E e_j‖, since the trace norm is at most the sum
    /// of the lengths of the columns. Beyond ℓ_max the last channel stands for ω_ℓ, and is its own error.
    fn neighbour(&self, l: usize) -> (BandHermitian, f64) {
        if l > self.momenta().last() {
            let (last, _) = self.channel(self.momenta().last());
            let error = self.columns(&last);
            return (last, error);
        }
        let (channel, defect) = self.channel(l);
        let error = defect.map_or(0.0, |defect| self.columns(&defect));
        (channel, error)
    }

    /// Σ_j r_j‖A e_j‖.
    fn columns(&self, a: &BandHermitian) -> f64 {
        let (n, b) = (a.n(), a.half_bandwidth());
        let length = |j: usize| {
            (j.saturating_sub(b)..=(j + b).min(n - 1)).map(|i| a.entry(i, j).norm_sqr()).sum::<f64>().sqrt()
        };
        (0..n).map(|j| self.grid().point(j) * length(j)).sum()
    }
}
