//! U = V∗ρ of the smooth state by both dynamics, with derivatives, at every half step.

use std::sync::Arc;

use hartree::line::HartreeMultiplier;
use kernels::line::MeanField;
use phase_space::eight_points;
use phase_space::line::{Axis, Multiplier, PhaseGrid, SplitStep, WignerFunction, friendly_length};
use phase_space::splitting::Splitting;

use super::{Fineness, TwoScale};
use crate::line::{Problem, SetUpError};

/// Derivatives of Hartree's U: U, …, U⁗.
pub(super) const HARTREE: usize = 5;
/// Derivatives of Vlasov's Ũ that are known: Ũ′, Ũ″, Ũ‴.
pub(super) const VLASOV: usize = 3;

/// Both fields along \[0, T\], and ‖B−B̃‖ at the times.
pub(super) struct FieldHistory {
    start: f64,
    spacing: f64,
    len: usize,
    /// Steps in a unit of time.
    pub(super) steps: usize,
    /// `[half step][order·len + i]`.
    hartree: Vec<Vec<f64>>,
    vlasov: Vec<Vec<f64>>,
    smooth: Vec<f64>,
}

/// Weights of an interpolation at one place.
pub(super) struct Stencil {
    first: usize,
    weights: [f64; 8],
}

impl FieldHistory {
    pub(super) fn new(
        problem: &TwoScale,
        eps: f64,
        times: &[f64],
        fineness: Fineness,
    ) -> Result<Self, SetUpError> {
        let pair = Problem::new(problem.interaction.clone(), Arc::new(problem.smooth.clone()));
        let end = times.last().copied().unwrap_or(0.0);
        let grid = states::line::grid_for(&problem.smooth, problem.interaction.as_ref(), end, fineness.tail)?;
        let points = friendly_length((grid.x.length() / fineness.spacing).ceil() as usize);
        let grid = PhaseGrid::new(grid.x.with_points(points), grid.v);
        let half = 0.5 / fineness.steps as f64;
        let count = (end / half).round() as usize;
        let orders: [Vec<u32>; 2] = [(0..HARTREE as u32).collect(), (1..=VLASOV as u32).collect()];
        let (hartree, quantum) = history(
            pair.hartree(&grid, eps, Splitting::Order4)?,
            HartreeMultiplier::mean_field,
            pair.initial_on(&grid)?,
            (half, count),
            &orders[0],
        );
        let (vlasov, classical) = history(
            pair.vlasov(&grid, Splitting::Order4)?,
            vlasov::line::VlasovMultiplier::mean_field,
            pair.initial_on(&grid)?,
            (half, count),
            &orders[1],
        );
        let at = |time: &f64| (time / half).round() as usize;
        let distance = |k: usize| -> Result<f64, SetUpError> {
            Ok(std::f64::consts::TAU.sqrt() * quantum[k].minus(&classical[k])?.l2())
        };
        let axis: Axis = grid.x;
        Ok(Self {
            start: axis.start(),
            spacing: axis.spacing(),
            len: axis.len(),
            steps: fineness.steps,
            hartree,
            vlasov,
            smooth: times.iter().map(|t| distance(at(t))).collect::<Result<_, _>>()?,
        })
    }

    /// √(2π)‖B−B̃‖_{L²} at the times.
    pub(super) fn smooth(&self) -> &[f64] {
        &self.smooth
    }

    /// Beyond the box the field is that at its end: nothing is there.
    pub(super) fn stencil(&self, x: f64) -> Stencil {
        let place = ((x - self.start) / self.spacing).clamp(4.0, self.len as f64 - 6.0);
        let (first, weights) = eight_points(place);
        Stencil { first: first - 4, weights }
    }

    /// ∂^order U of Hartree.
    pub(super) fn hartree(&self, half_step: usize, order: usize, at: &Stencil) -> f64 {
        at.value(&self.hartree[half_step][order * self.len..])
    }

    /// ∂^order Ũ of Vlasov, order ≥ 1.
    pub(super) fn vlasov(&self, half_step: usize, order: usize, at: &Stencil) -> f64 {
        at.value(&self.vlasov[half_step][(order - 1) * self.len..])
    }
}

impl Stencil {
    fn value(&self, table: &[f64]) -> f64 {
        self.weights.iter().zip(&table[self.first..]).map(|(w, u)| w * u).sum()
    }
}

type History = (Vec<Vec<f64>>, Vec<WignerFunction>);

/// The derivatives of the field, and W, at every half step.
fn history<M: Multiplier>(
    mut solver: SplitStep<M>,
    mean_field: fn(&mut M) -> &mut MeanField,
    mut w: WignerFunction,
    (half, count): (f64, usize),
    orders: &[u32],
) -> History {
    let (mut fields, mut states) = (Vec::with_capacity(count + 1), Vec::with_capacity(count + 1));
    for k in 0..=count {
        if k > 0 {
            solver.evolve(&mut w, half, 1);
        }
        let field = mean_field(solver.multiplier());
        let potential = field.potential(&w.density());
        fields.push(orders.iter().flat_map(|&order| field.derivative(&potential, order)).collect());
        states.push(w.clone());
    }
    (fields, states)
}
