//! The norms of the hypotheses along Vlasov, and what drives them, each with the change on the coarser trajectories as error.

mod growth;

use estimators::Estimate;
use estimators::line::{Resolution, SetUpError, VlasovReference, vlasov_reference};
use kernels::Convolution;
use kernels::line::MeanField;
use phase_space::line::WignerFunction;
use rayon::prelude::*;
use states::line::weighted_sobolev::{Modes, WEIGHT, weighted_norms};

pub use growth::BOUNDED_ORDERS;
use growth::Rates;

use crate::facade::LaboratoryError;
use crate::trial::Trial;

/// ‖W̃_t‖_{H_4^k} is measured for k = 0, …, 6.
pub const ORDERS: u32 = 7;
/// Intervals of [0,1] on which the growth rates are integrated; a multiple of 4.
const INTERVALS: usize = 8;
/// Norms are measured at every second of their ends.
const STRIDE: usize = 2;
/// Where W̃ and its Fourier transform are cut off: the norms settle far above, and the error says how far.
const TAIL: f64 = 1e-10;
/// Points between which the suprema of the derivatives of U are looked for, a cell.
const BETWEEN: usize = 2;
/// ‖∂ᵏU‖_∞ is reported for k = 1, …, 4.
pub const POTENTIAL_ORDERS: usize = 4;

/// Everything measured on one trial.
#[derive(Debug)]
pub struct Regularity {
    /// Name of the trial.
    pub trial: String,
    /// At t = 0, 1/4, …, 1.
    pub nodes: Vec<Node>,
}

/// What is measured at one time.
#[derive(Clone, Debug)]
pub struct Node {
    /// t.
    pub time: f64,
    /// ‖W̃_t‖_{H_4^k}, k = 0, …, 6.
    pub sobolev: Vec<Estimate>,
    /// ‖∇W̃_t‖_{L²}.
    pub gradient: Estimate,
    /// H_2 and H_4.
    pub moments: [Estimate; 2],
    /// ‖∂ᵏU‖_∞, k = 1, …, 4, U = V∗ρ̃_t.
    pub potential: Vec<Estimate>,
    /// ‖∂ᵏU‖_∞ over |strength|(2/(1−α)‖∂ᵏρ̃_t‖_∞ + ‖∂ᵏρ̃_t‖_{L¹}), k = 1, …, 4; empty unless V is an inverse power.
    pub smoothing: Vec<Estimate>,
    /// ∫₀ᵗ(2κ + λ_k)ds, k = 0, …, 4.
    pub growth: Vec<Estimate>,
    /// ∫₀ᵗ½‖U″ − 2‖_∞ ds.
    pub stretch: Estimate,
    /// ∫₀ᵗ‖U′‖_∞ ds.
    pub impulse: Estimate,
    /// W̃_t.
    pub w: WignerFunction,
}

impl Node {
    /// All norms of the hypotheses at this time but the local suprema.
    pub fn norms(&self) -> impl Iterator<Item = Estimate> + '_ {
        self.sobolev.iter().chain(&self.moments).chain(&self.potential).copied()
    }
}

/// Measures a trial on [0, 1].
pub fn regularity(trial: &Trial) -> Result<Regularity, LaboratoryError> {
    let times: Vec<f64> = (1..=INTERVALS).map(|k| k as f64 / INTERVALS as f64).collect();
    let resolution = Resolution::for_problem(&trial.problem, &times, TAIL)?;
    let reference = vlasov_reference(&trial.problem, resolution, &times)?;
    let runs: Vec<Run> = trajectories(trial, &reference)?
        .par_iter()
        .map(|trajectory| Run::of(trial, trajectory))
        .collect::<Result<_, LaboratoryError>>()?;
    let nodes = (0..=INTERVALS).step_by(STRIDE).map(|at| node(&runs, at)).collect();
    Ok(Regularity { trial: trial.name.clone(), nodes })
}

/// W̃ at t = 0, 1/8, …, 1, first on the resolution, then on its coarser variants.
fn trajectories(trial: &Trial, reference: &VlasovReference) -> Result<Vec<Vec<WignerFunction>>, SetUpError> {
    let runs = std::iter::once(&reference.trajectory).chain(&reference.variants);
    runs.map(|later| {
        let start = trial.problem.initial_on(later[0].grid())?;
        Ok(std::iter::once(start).chain(later.iter().cloned()).collect())
    })
    .collect()
}

/// One trajectory: numbers without errors.
struct Run {
    /// At every time.
    rates: Vec<Rates>,
    /// At every second time.
    numbers: Vec<Numbers>,
    last: Vec<WignerFunction>,
}

/// In the order of [`Node`].
struct Numbers {
    sobolev: Vec<f64>,
    gradient: f64,
    moments: [f64; 2],
    smoothing: Vec<f64>,
}

impl Run {
    fn of(trial: &Trial, trajectory: &[WignerFunction]) -> Result<Self, LaboratoryError> {
        let mut field = MeanField::new(trial.problem.interaction.as_ref(), &trajectory[0].grid().x)
            .map_err(SetUpError::from)?;
        let mut rates = Vec::new();
        let mut numbers = Vec::new();
        for (at, w) in trajectory.iter().enumerate() {
            let potential = field.potential(&w.density());
            rates.push(Rates::of(&potential, &w.grid().x, BETWEEN));
            if at % STRIDE == 0 {
                let bounds = smooth_bounds(trial, w).into_iter().zip(&rates[at].potential);
                let smoothing = bounds.map(|(bound, sup)| sup.value / bound).collect();
                numbers.push(Numbers { smoothing, ..Numbers::of(w).map_err(SetUpError::from)? });
            }
        }
        Ok(Self { rates, numbers, last: trajectory.iter().step_by(STRIDE).cloned().collect() })
    }
}

impl Numbers {
    fn of(w: &WignerFunction) -> Result<Self, phase_space::line::GridError> {
        let mut modes = Modes::of(w);
        let gradient = modes.derivative(1, 0)?.l2().hypot(modes.derivative(0, 1)?.l2());
        let moment = |m: i32| w.expectation(|_, v| v.powi(m));
        let sobolev = weighted_norms(w, ORDERS - 1, WEIGHT)?;
        Ok(Self { sobolev, gradient, moments: [moment(2), moment(4)], smoothing: Vec::new() })
    }
}

/// |strength|(2/(1−α)‖∂ᵏρ‖_∞ + ‖∂ᵏρ‖_{L¹}), k = 1, …, 4: ∂ᵏ(V∗ρ) = V∗∂ᵏρ, with |x|^(−α) integrated over |x| < 1 and at most 1
/// beyond.
fn smooth_bounds(trial: &Trial, w: &WignerFunction) -> Vec<f64> {
    let Convolution::Power { strength, alpha } = trial.problem.interaction.convolution() else {
        return Vec::new();
    };
    let derivative = |k: u32| w.d_x(k).density();
    let bound = |k: usize| {
        let rho = derivative(k as u32);
        let sup = rho.iter().fold(0.0_f64, |sup, r| sup.max(r.abs()));
        let l1 = rho.iter().map(|r| r.abs()).sum::<f64>() * w.grid().x.spacing();
        strength.abs() * (2.0 / (1.0 - alpha) * sup + l1)
    };
    (1..=POTENTIAL_ORDERS).map(bound).collect()
}

/// The first run, with the changes on the others as error.
fn node(runs: &[Run], at: usize) -> Node {
    let of = |number: &dyn Fn(&Numbers) -> f64| {
        varied(runs.iter().map(|run| Estimate::exact(number(&run.numbers[at / STRIDE]))))
    };
    let rate = |rate: &dyn Fn(&Rates) -> Estimate| varied(runs.iter().map(|run| rate(&run.rates[at])));
    let integral = |rate: &dyn Fn(&Rates) -> Estimate| {
        varied(runs.iter().map(|run| {
            let rates: Vec<Estimate> = run.rates[..=at].iter().map(rate).collect();
            integrated(&rates, 1.0 / INTERVALS as f64)
        }))
    };
    let smoothings = runs[0].numbers[at / STRIDE].smoothing.len();
    Node {
        time: at as f64 / INTERVALS as f64,
        sobolev: (0..ORDERS as usize).map(|k| of(&|n| n.sobolev[k])).collect(),
        gradient: of(&|n| n.gradient),
        moments: [of(&|n| n.moments[0]), of(&|n| n.moments[1])],
        potential: (0..POTENTIAL_ORDERS).map(|k| rate(&|r| r.potential[k])).collect(),
        smoothing: (0..smoothings).map(|k| of(&|n| n.smoothing[k])).collect(),
        growth: (0..BOUNDED_ORDERS as usize).map(|k| integral(&|r| r.growth[k])).collect(),
        stretch: integral(&|r| r.stretch),
        impulse: integral(&|r| r.potential[0]),
        w: runs[0].last[at / STRIDE].clone(),
    }
}

/// The first of several estimates of one number; the distances of the others add to its error.
fn varied(mut estimates: impl Iterator<Item = Estimate>) -> Estimate {
    let first = estimates.next().unwrap_or_else(Estimate::unknown);
    let change: f64 = estimates.map(|other| (other.value - first.value).abs()).sum();
    Estimate::new(first.value, first.error + change)
}

/// ∫f by the trapezoidal rule with spacing h; the change against spacing 2h, and the errors of f, are the error.
fn integrated(f: &[Estimate], h: f64) -> Estimate {
    let trapezoid = |stride: usize| {
        let ends: Vec<f64> = f.iter().step_by(stride).map(|e| e.value).collect();
        stride as f64 * h * ends.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).sum::<f64>()
    };
    let budget: f64 = h * f.iter().map(|e| e.error).sum::<f64>();
    Estimate::new(trapezoid(1), (trapezoid(1) - trapezoid(2)).abs() + budget)
}

/// max over the times of a reference of ‖∂ₓ^kU‖_∞, k = 2 and 3, U = V∗ρ̃_t; what the points between and the coarser trajectories change is the error.
///
/// # Errors
/// An axis that V∗ρ̃ does not fit.
pub fn field_norms(trial: &Trial, reference: &VlasovReference) -> Result<[Estimate; 2], LaboratoryError> {
    let interaction = trial.problem.interaction.as_ref();
    let largest = |trajectory: &[WignerFunction]| -> Result<[Estimate; 2], LaboratoryError> {
        let Some(first) = trajectory.first() else { return Ok([Estimate::unknown(); 2]) };
        let axis = first.grid().x;
        let mut field = MeanField::new(interaction, &axis).map_err(SetUpError::from)?;
        let rates: Vec<Rates> =
            trajectory.iter().map(|w| Rates::of(&field.potential(&w.density()), &axis, BETWEEN)).collect();
        Ok([1, 2].map(|k| Estimate::worst(rates.iter().map(|r| r.potential[k]))))
    };
    let mut norms = largest(&reference.trajectory)?;
    for variant in &reference.variants {
        for (norm, varied) in norms.iter_mut().zip(largest(variant)?) {
            norm.error += (varied.value - norm.value).abs();
        }
    }
    Ok(norms)
}
