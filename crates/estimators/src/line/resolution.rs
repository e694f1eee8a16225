//! Grid, box and step, and how each is varied for the error budget.

use phase_space::line::{Axis, PhaseGrid, friendly_length};
use phase_space::splitting::Splitting;

use super::{Problem, SetUpError};

/// A discretisation of both dynamics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {
    /// Phase-space grid, the same for every ε.
    pub grid: PhaseGrid,
    /// Composition of drift and kick.
    pub splitting: Splitting,
    /// Largest time step.
    pub step: f64,
    /// Whether every interval is crossed in a third fewer steps, to measure the error of the step.
    pub fewer_steps: bool,
}

/// What is varied to measure the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knob {
    /// The time step: a third fewer steps in every interval, never the same number.
    Step,
    /// The grid, three quarters of the points in x and in v.
    Grid,
    /// The box, 0.85 of the length in x and in v at the same spacing.
    Box,
}

impl Knob {
    /// All knobs.
    pub const ALL: [Knob; 3] = [Knob::Step, Knob::Grid, Knob::Box];
}

const COARSE_GRID: f64 = 0.75;
const SMALL_BOX: f64 = 0.85;

/// Largest step: order 6 at τ = 1/8 leaves about 1e-10 for forces of gradient 1.
const STEP: f64 = 0.125;
/// A step is refined by this factor.
const FINER_STEP: f64 = 1.5;

impl Resolution {
    /// Fields of working space on the grid: plans, refinements, Weyl variables.
    pub const FIELDS: usize = 40;

    /// A resolution from the initial state, the interaction and the times: W and its Fourier transform are cut off at
    /// `tail` relative to their maxima. A first guess; [`super::pair()`] measures how good it is.
    pub fn for_problem(problem: &Problem, times: &[f64], tail: f64) -> Result<Self, SetUpError> {
        super::reference::check_times(times)?;
        let final_time = times[times.len() - 1];
        let grid =
            states::line::grid_for(problem.initial.as_ref(), problem.interaction.as_ref(), final_time, tail)?;
        Ok(Self { grid, splitting: Splitting::Order6, step: STEP, fewer_steps: false })
    }

    /// The coarser variant whose distance from this one is the error of the knob.
    pub fn coarsened(&self, knob: Knob) -> Self {
        match knob {
            Knob::Step => Self { fewer_steps: true, ..*self },
            Knob::Grid => Self { grid: self.grid.coarsened(COARSE_GRID), ..*self },
            Knob::Box => Self { grid: self.grid.shrunk(SMALL_BOX), ..*self },
        }
    }

    /// A finer variant, where the budget asks for it.
    pub fn refined(&self, knob: Knob) -> Result<Self, SetUpError> {
        let axis = |a: &Axis, length: f64, points: f64| {
            Axis::new(
                a.center(),
                a.length() * length,
                friendly_length((a.len() as f64 * points).ceil() as usize),
            )
        };
        let both = |length: f64, points: f64| -> Result<PhaseGrid, SetUpError> {
            Ok(PhaseGrid::new(axis(&self.grid.x, length, points)?, axis(&self.grid.v, length, points)?))
        };
        Ok(match knob {
            Knob::Step => Self { step: self.step / FINER_STEP, ..*self },
            Knob::Grid => Self { grid: both(1.0, 1.3)?, ..*self },
            Knob::Box => Self { grid: both(1.2, 1.2)?, ..*self },
        })
    }

    /// Number of equal steps over a duration.
    pub fn steps(&self, duration: f64) -> usize {
        ((duration / self.step - 1e-9).ceil() as usize).max(1)
    }

    /// The same for a trajectory whose error is measured: at least two, so that a third fewer is another number.
    pub fn varied_steps(&self, duration: f64) -> usize {
        let steps = self.steps(duration).max(2);
        if self.fewer_steps { 2 * steps / 3 } else { steps }
    }

    /// GiB that a pair of trajectories with all variants needs on this grid.
    pub fn memory_gib(&self, times: usize) -> f64 {
        let fields = 8 * times + Self::FIELDS;
        (self.grid.len() * fields * 8) as f64 / (1u64 << 30) as f64
    }
}
