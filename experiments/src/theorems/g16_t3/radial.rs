//! G16.T3 in its own setting d = 3, for rotation-invariant states: mixed ones inside the hypotheses, and closed shells, which are pure.
//!
//! Measured are p ∥ q, |p| ≤ 8 and |q| ≤ 16b/a with the scale b and the oscillator a of the comoving frame: of a rotation-invariant state an
//! observable is a function of |p|, |q| and p·q.
//! For closed shells of −ε²Δ + |x|², N = M(M+1)(M+2)/6, in closed form
//!
//! tr|[x_i,ω_N]| = tr|[ε∂_i,ω_N]| = (2ε)^{1/2} Σ_{j<M}(M−j)(j+1)^{1/2} = O(Nε),
//!
//! but ‖W_N‖_{W^{1,1}} grows: a hypothesis fails in R³ as well, more slowly in N than on the line.

use std::sync::Arc;

use estimators::Estimate;
use estimators::radial::{Preparation, Problem, Release};
use kernels::Gaussian;
use states::radial::CenteredMixture;
use vlasov::radial::Flow;

use super::{ID, STATEMENT};
use crate::claim::{Claim, Findings};
use crate::exhibits::pure_states::{GRADIENT, POSITION, W11, hypothesis, rows_of_norms, said};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Geometry, HypothesisKind, Laboratory, rate, rates, row_in};
use crate::record::{Rate, Row, Setting};
use crate::trial::radial::{self, RadialTrial};

/// sup over p ∥ q.
const OBSERVABLES: &str = "observables, p ∥ q";
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
/// Closed shells: the strength of V.
const PURE: [(&str, f64); 2] = [
    ("gaussian(+1)/closed shells of x², released", 1.0),
    ("gaussian(−1)/closed shells of x², released", -1.0),
];

/// The claim in its own setting, for rotation-invariant data.
pub fn own() -> Claim {
    let inside = INSIDE.iter().filter_map(|make| make().ok()).map(|trial| trial.name);
    let beyond = PURE.iter().map(|(name, _)| format!("{name} (outside the hypotheses, not judged)"));
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
        .remark("p ∥ q alone, of rotation-invariant states; tr|K| with |K|² = Σ_i|[x_i,ω]|² stands for tr|[x,ω]| of mixed states.")
        .control("closed shells: v for 2v in Vlasov", Box::new(|lab| control(lab, Flow { speed: 1.0, ..Flow::default() })))
        .control(
            "closed shells: the 2019 sign of the force",
            Box::new(|lab| control(lab, Flow { force: -1.0, ..Flow::default() })),
        )
}

const FOURIER: HypothesisKind = HypothesisKind::FourierWeight { power: 3 };

/// Rungs of mixed and of pure states.
fn rungs(tier: Tier) -> [&'static [usize]; 2] {
    match tier {
        Tier::Quick => [&MIXED_SHORT, &SHELLS[..4]],
        Tier::Standard => [&MIXED[..4], &SHELLS[..9]],
        Tier::Deep => [&MIXED, &SHELLS],
    }
}

fn findings(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let ([mixed, pure], quick) = (rungs(laboratory.tier()), laboratory.tier() == Tier::Quick);
    let times = if quick { &TIMES[..2] } else { &TIMES };
    let mut found = Findings::default();
    for make in &INSIDE[..if quick { 1 } else { INSIDE.len() }] {
        let trial = make()?;
        let release = of_trial(&trial)?;
        let rows = climb(laboratory, &trial.name, &release, mixed, times)?;
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
    for (name, strength) in &PURE[..if quick { 1 } else { PURE.len() }] {
        let release = closed_shells(*strength, Flow::default())?;
        let rows = climb(laboratory, name, &release, pure, times)?;
        let (orders, norms) = (rates(&rows), supposed(name, &release, pure)?);
        found.notes.push(said(name, &orders, &norms));
        found.beside.extend(orders);
        found.beside.extend(norms.iter().map(|rows| rate(&rows.iter().collect::<Vec<_>>())));
        found.rows.extend(rows.into_iter().chain(norms.into_iter().flatten()));
    }
    Ok(found)
}

/// Closed shells with something wrong in Vlasov: their order, which is judged.
fn control(laboratory: &Laboratory, flow: Flow) -> Result<Findings, LaboratoryError> {
    let (name, strength) = PURE[0];
    let rows = climb(laboratory, name, &closed_shells(strength, flow)?, &SHELLS[..SHORT], &TIMES[..1])?;
    Ok(Findings { rates: rates(&rows), rows, ..Findings::default() })
}

fn closed_shells(strength: f64, flow: Flow) -> Result<Release, LaboratoryError> {
    let v = Arc::new(Gaussian::new(strength, 1.0).map_err(refused)?);
    Ok(Release { flow, ..Release::new(v, Preparation::ClosedShells { s: TRAP }) })
}

fn of_trial(trial: &RadialTrial) -> Result<Release, LaboratoryError> {
    let problem = &trial.problem;
    let components = problem.initial.gaussians().unwrap_or_default().to_vec();
    let state = CenteredMixture::new(components).map_err(refused)?;
    Ok(Release::new(problem.interaction.clone(), Preparation::Mixture(state)))
}

/// Rung after rung; those that were finished, if the user asks to stop.
fn climb(
    laboratory: &Laboratory,
    name: &str,
    release: &Release,
    rungs: &[usize],
    times: &[f64],
) -> Result<Vec<Row>, LaboratoryError> {
    let progress = laboratory.progress();
    let begin = |eps: f64| {
        progress.message(&format!("{name}: N = {:.0}", eps.powi(-3)));
        !progress.cancelled()
    };
    let measured = release.climb(rungs, times, begin).map_err(refused)?;
    let rows = measured.iter().flat_map(|(eps, times)| times.iter().map(|at| (*eps, at)));
    Ok(rows.map(|(eps, at)| in_space(name, eps, at.time, OBSERVABLES, at.weighted_sup)).collect())
}

/// The three norms, each along the rungs.
fn supposed(name: &str, release: &Release, rungs: &[usize]) -> Result<[Vec<Row>; 3], LaboratoryError> {
    let norms =
        rungs.iter().map(|&rung| release.norms(rung)).collect::<Result<Vec<_>, _>>().map_err(refused)?;
    Ok(rows_of_norms(&norms, |eps, quantity, value| in_space(name, eps, 0.0, quantity, value)))
}

fn in_space(trial: &str, eps: f64, time: f64, quantity: &str, estimate: Estimate) -> Row {
    row_in::<Problem>(trial, eps, time, quantity, estimate)
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
