//! Determinants in a trap: how they are prepared, how large they are, and their values on any axis.

use std::f64::consts::PI;
use std::sync::Arc;

use hartree::line::{Exchange, External, Model, Orbitals, ThomasFermi, ground_state};
use kernels::Interaction;
use phase_space::Scaling;
use phase_space::line::{Axis, PhaseGrid, WignerFunction, friendly_length};

use super::SetUpError;

/// How the determinant is prepared.
#[derive(Clone, Debug)]
pub enum Preparation {
    /// The N lowest orbitals of V_ext = s²x² alone.
    OscillatorSea {
        /// s.
        s: f64,
    },
    /// The Hartree–Fock ground state of V in a trap.
    GroundState {
        /// V_ext.
        trap: External,
    },
}

/// Nodes of Thomas–Fermi, for the size of the state.
const NODES: usize = 48;
/// Widths ε^{2/3} of Airy's tail beyond which an orbital of a ground state is nothing, and points over what its largest speed asks for.
const TAIL: f64 = 7.0;
const ROOM: f64 = 1.4;

impl Preparation {
    /// Classical turning point and largest speed: those of the trap alone, or Thomas–Fermi's.
    pub(super) fn size(&self, interaction: &dyn Interaction) -> Result<[f64; 2], SetUpError> {
        let limit = match self {
            Self::OscillatorSea { s } => return Ok([(2.0 / s).sqrt(), (2.0 * s).sqrt()]),
            Self::GroundState { trap } => ThomasFermi::solve(interaction, |x| trap.value(x), NODES)?,
        };
        let fastest = limit.density().iter().map(|(_, rho)| PI * rho).fold(0.0, f64::max);
        Ok([limit.radius(), fastest])
    }

    /// The determinant of N = 1/ε orbitals and of this size; a ground state is sought on `points` times the points that it needs.
    pub(super) fn prepared(
        &self,
        interaction: &Arc<dyn Interaction>,
        [radius, fastest]: [f64; 2],
        scaling: Scaling,
        points: f64,
    ) -> Result<Prepared, SetUpError> {
        let trap = match self {
            Self::OscillatorSea { s } => return Ok(Prepared::Sea { s: *s, scaling }),
            Self::GroundState { trap } => trap.clone(),
        };
        let (eps, tail) = (scaling.eps(), TAIL * scaling.eps().powf(2.0 / 3.0));
        let (half, speed) = (radius + tail, fastest + tail);
        let count = friendly_length((points * ROOM * 2.0 * half * speed / (PI * eps)).ceil() as usize);
        let model = Model { interaction: interaction.clone(), external: trap, exchange: Exchange::Fock };
        let state = ground_state(&model, &Axis::new(0.0, 2.0 * half, count)?, scaling)?;
        Ok(Prepared::Trapped(Box::new(state.orbitals)))
    }
}

/// A determinant that is known everywhere.
pub(super) enum Prepared {
    /// In closed form.
    Sea { s: f64, scaling: Scaling },
    /// On an axis of its own.
    Trapped(Box<Orbitals>),
}

impl Prepared {
    /// Its orbitals on an axis.
    pub(super) fn on(&self, axis: &Axis) -> Result<Orbitals, SetUpError> {
        Ok(match self {
            Self::Sea { s, scaling } => Orbitals::oscillator_sea(axis, *scaling, *s)?,
            Self::Trapped(orbitals) => orbitals.on(axis)?,
        })
    }

    /// Its Wigner function on a grid.
    pub(super) fn wigner(&self, grid: &PhaseGrid) -> Result<WignerFunction, SetUpError> {
        let orbitals = match self {
            Self::Sea { s, scaling } => return Ok(Orbitals::oscillator_sea_wigner(grid, *scaling, *s)?),
            Self::Trapped(orbitals) => orbitals,
        };
        Ok(orbitals.on(&coherent_axis(grid, orbitals.scaling().eps())?)?.wigner(grid)?)
    }
}

/// A circle of twice the longest coherence |x−y| = επ/Δv, or of the grid's length, with the speeds of the grid.
pub(super) fn coherent_axis(grid: &PhaseGrid, eps: f64) -> Result<Axis, SetUpError> {
    let length = 2.0 * (eps * grid.v.nyquist()).max(0.5 * grid.x.length());
    let points = friendly_length((1.01 * length * 0.5 * grid.v.length() / (PI * eps)).ceil() as usize);
    Ok(Axis::new(0.0, length, points)?)
}
