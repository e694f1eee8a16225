//! G16.T3 in its own setting d = 3, for rotation-invariant states: mixed ones inside the hypotheses, and closed shells, which are pure.
//!
//! Of a rotation-invariant state an observable is a function of |p|, |q| and p·q. Measured are p ∥ q with |p| ≤ 8 and |q| ≤ 16b/a, the scale b and the
//! oscillator a those of the comoving frame, and |p|, |q| ∈ {½, 1, 2, 4} at the angles π/4, π/2 and 3π/4.
//! For closed shells of −ε²Δ + |x|², N = M(M+1)(M+2)/6, in closed form
//!
//! tr|[x_i,ω_N]| = tr|[ε∂_i,ω_N]| = (2ε)^{1/2} Σ_{j<M}(M−j)(j+1)^{1/2} = O(Nε),
//!
//! but ‖W_N‖_{W^{1,1}} grows: a hypothesis fails in R³ as well, more slowly in N than on the line. Of Hartree–Fock ground states of |x|² and V, released
//! into V alone, the commutators are measured and ‖W_N‖_{W^{1,1}} is not.

use std::sync::Arc;

use estimators::radial::{Preparation, Problem, Release};
use kernels::Gaussian;
use states::radial::CenteredMixture;
use vlasov::radial::Flow;

use super::{ID, STATEMENT};
use crate::claim::{Claim, Findings};
use crate::exhibits::pure_states::radial::{climb, supposed};
use crate::exhibits::pure_states::{GRADIENT, OBSERVABLES, POSITION, W11, hypothesis, said};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Geometry, HypothesisKind, Laboratory, rate, rates};
use crate::record::{Rate, Setting};
use crate::trial::radial::{self, RadialTrial};

/// The quick tier, like its ladders, ends at ½; the controls are measured at the first alone.
const TIMES: [f64; 3] = [0.25, 0.5, 1.0];
/// 1/ε of mixed states, and how many of them are enough for norms that hardly move.
const MIXED: [usize; 5] = [2, 3, 4, 6, 8];
const MIXED_SHORT: [usize; 4] = [2, 3, 4, 5];
const NORMS: usize = 3;
/// Filled shells: N = 4, 10, 20, 56, 120, 286, 680, 2 024, 5 984, 17 296.
const SHELLS: [usize; 10] = [2, 3, 4, 6, 8, 11, 15, 22, 32, 46];
/// Rungs of the controls.
const SHORT: usize = 4;
/// s of the trap s²|x|².
const TRAP: f64 = 1.0;

/// Inside the hypotheses.
const INSIDE: [fn() -> Result<RadialTrial, LaboratoryError>; 2] = [radial::repulsive, radial::attractive];
/// Shells of interacting ground states: N = 10, 20, 35, 56, 120, 286, and 680.
const GROUND_STATES: [usize; 7] = [3, 4, 5, 6, 8, 11, 15];

/// Pure states: the strength of V, and how they are prepared.
struct Pure {
    name: &'static str,
    strength: f64,
    interacting: bool,
}

const PURE: [Pure; 4] = [
    Pure { name: "gaussian(+1)/closed shells of x², released", strength: 1.0, interacting: false },
    Pure { name: "gaussian(−1)/closed shells of x², released", strength: -1.0, interacting: false },
    Pure { name: "gaussian(+1)/ground state of x², released", strength: 1.0, interacting: true },
    Pure { name: "gaussian(−1)/ground state of x², released", strength: -1.0, interacting: true },
];

/// The claim in its own setting, for rotation-invariant data.
pub fn own() -> Claim {
    let inside = INSIDE.iter().filter_map(|make| make().ok()).map(|trial| trial.name);
    let beyond = PURE.iter().map(|pure| format!("{} (outside the hypotheses, not judged)", pure.name));
    let step = Claim::step(ID, STATEMENT, Box::new(findings));
    let claim = Claim {
        setting: Setting::Own,
        theta: Some(1.0),
        hypotheses: vec![Problem::name_of(&FOURIER), POSITION.into(), GRADIENT.into(), W11.into()],
        ..step
    };
    claim
        .measuring(&[OBSERVABLES])
        .on(&inside.chain(beyond).collect::<Vec<_>>())
        .remark("Rotation-invariant states alone; tr|K| with |K|² = Σ_i|[x_i,ω]|² stands for tr|[x,ω]| of mixed states.")
        .control("closed shells: v for 2v in Vlasov", Box::new(|lab| control(lab, Flow { speed: 1.0, ..Flow::default() })))
        .control(
            "closed shells: the 2019 sign of the force",
            Box::new(|lab| control(lab, Flow { force: -1.0, ..Flow::default() })),
        )
}

const FOURIER: HypothesisKind = HypothesisKind::FourierWeight { power: 3 };

/// Rungs of mixed states, of closed shells, and of interacting ground states.
fn rungs(tier: Tier) -> [&'static [usize]; 3] {
    match tier {
        Tier::Quick => [&MIXED_SHORT, &SHELLS[..4], &[]],
        Tier::Standard => [&MIXED[..4], &SHELLS[..9], &GROUND_STATES[..5]],
        Tier::Deep => [&MIXED, &SHELLS, &GROUND_STATES],
    }
}

fn findings(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let ([mixed, shells, ground_states], quick) =
        (rungs(laboratory.tier()), laboratory.tier() == Tier::Quick);
    let times = if quick { &TIMES[..2] } else { &TIMES };
    let (mut found, progress) = (Findings::default(), laboratory.progress());
    for make in &INSIDE[..if quick { 1 } else { INSIDE.len() }] {
        let trial = make()?;
        let release = of_trial(&trial)?;
        let rows = climb(progress, &trial.name, OBSERVABLES, &release, mixed, times)?;
        found.rates.extend(rates(&rows).into_iter().map(|rate| Rate { claimed: Some(1.0), ..rate }));
        let norms =
            supposed(&trial.state, &release, &mixed[..mixed.len().min(if quick { 2 } else { NORMS })])?;
        found.hypotheses.push(FOURIER.measure(&trial, laboratory)?);
        for rows in &norms {
            let known =
                found.hypotheses.iter().any(|h| (&h.name, &h.trial) == (&rows[0].quantity, &rows[0].trial));
            if !known {
                found.hypotheses.push(hypothesis(rows));
            }
        }
        found.rows.extend(rows);
        found.checks.extend(laboratory.validation(&trial)?.iter().cloned());
    }
    for Pure { name, strength, interacting } in &PURE[..if quick { 1 } else { PURE.len() }] {
        let release = of_trap(*strength, *interacting, Flow::default())?;
        let rungs = if *interacting { ground_states } else { shells };
        let rows = climb(progress, name, OBSERVABLES, &release, rungs, times)?;
        let (orders, norms) = (rates(&rows), supposed(name, &release, rungs)?);
        found.notes.push(said(name, &orders, &norms));
        found.beside.extend(orders);
        found.beside.extend(norms.iter().map(|rows| rate(&rows.iter().collect::<Vec<_>>())));
        found.rows.extend(rows.into_iter().chain(norms.into_iter().flatten()));
    }
    Ok(found)
}

/// Closed shells with something wrong in Vlasov: their order, which is judged.
fn control(laboratory: &Laboratory, flow: Flow) -> Result<Findings, LaboratoryError> {
    let Pure { name, strength, interacting } = PURE[0];
    let release = of_trap(strength, interacting, flow)?;
    let rows = climb(laboratory.progress(), name, OBSERVABLES, &release, &SHELLS[..SHORT], &TIMES[..1])?;
    Ok(Findings { rates: rates(&rows), rows, ..Findings::default() })
}

/// Closed shells of the trap alone, or of the trap and V.
fn of_trap(strength: f64, interacting: bool, flow: Flow) -> Result<Release, LaboratoryError> {
    let v = Arc::new(Gaussian::new(strength, 1.0).map_err(refused)?);
    let preparation = match interacting {
        false => Preparation::ClosedShells { s: TRAP },
        true => Preparation::GroundState { s: TRAP },
    };
    Ok(Release { flow, ..Release::new(v, preparation) })
}

fn of_trial(trial: &RadialTrial) -> Result<Release, LaboratoryError> {
    let problem = &trial.problem;
    let components = problem.initial.gaussians().unwrap_or_default().to_vec();
    let state = CenteredMixture::new(components).map_err(refused)?;
    Ok(Release::new(problem.interaction.clone(), Preparation::Mixture(state)))
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
