//! A ground state as initial data: the channels ω_ℓ(r;s) = Σ_n u_nℓ(r)u_nℓ(s) of one spin on equispaced radii.

use num_complex::Complex64;
use operators::BandHermitian;
use operators::radial::Channels;
use phase_space::radial::{AngularMomenta, RadialGrid};

use super::error::GroundStateError;
use super::ground_state::GroundState;

/// Particles that the radii may miss, as a share.
const MISSED: f64 = 1e-6;

impl GroundState {
    /// `blocks[ℓ][(i,j)]` = hω_ℓ(r_i;r_j), n_r × n_r, tr ω = N/g: a projection, so a pure state. The last is empty: commutators with x, which
    /// couples neighbours, end there.
    ///
    /// # Errors
    /// [`GroundStateError::Released`]: radii that end too early or are too far apart to hold N/g particles.
    pub fn channels(&self, grid: &RadialGrid) -> Result<Channels, GroundStateError> {
        let last = self.configuration().last() + 1;
        let blocks = (0..=last).map(|l| self.block(l, grid)).collect::<Result<Vec<_>, _>>()?;
        let channels = Channels::new(*grid, AngularMomenta::full(last), blocks)?;
        let traces: Vec<f64> = channels.blocks().iter().map(BandHermitian::trace).collect();
        let (trace, wanted) =
            (channels.momenta().sum(&traces), self.problem().n() / self.problem().spins() as f64);
        if (trace - wanted).abs() <= MISSED * wanted {
            Ok(channels)
        } else {
            Err(GroundStateError::Released { trace, wanted })
        }
    }

    /// All n_r diagonals of one channel.
    fn block(&self, l: usize, grid: &RadialGrid) -> Result<BandHermitian, GroundStateError> {
        let shells: Vec<_> = self.shells().into_iter().filter(|s| s.l == l).collect();
        let orbitals: Vec<Vec<f64>> = shells
            .iter()
            .map(|shell| grid.points().into_iter().map(|r| self.orbital(shell, r)).collect())
            .collect();
        let entry = |i: usize, j: usize| {
            let sum: f64 = orbitals.iter().map(|u| u[i] * u[j]).sum();
            Complex64::from(grid.spacing() * sum)
        };
        let diagonals = (0..grid.len()).map(|d| (d..grid.len()).map(|i| entry(i, i - d)).collect()).collect();
        Ok(BandHermitian::from_diagonals(grid.len(), diagonals)?)
    }
}
