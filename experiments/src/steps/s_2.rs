//! S.2. Wigner∘Weyl = 1 and tr ω = N∬W, ‖ω‖²_HS = N(2π)^d‖W‖²_{L²}.

use estimators::Estimate;
use phase_space::Scaling;
use phase_space::line::PhaseGrid;
use transforms::weyl::line::{WeylOptions, kernel, weyl_band_with};
use transforms::wigner::line::wigner;

use crate::claim::{Claim, Findings};
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, row};
use crate::record::Check;
use crate::trial::{self, Trial};

/// The identities hold to this.
const ACCURACY: f64 = 1e-11;

/// The claim.
pub fn claim() -> Claim {
    Claim::step("S.2", "Wigner∘Weyl = 1; tr ω = N∬W; ‖ω‖²_HS = N(2π)^d‖W‖²_{L²}", Box::new(identities))
        .measuring(&["‖Wigner(Weyl(W)) − W‖_{L²}/‖W‖_{L²}", "|tr ω/N − ∬W|", "|‖ω‖²_HS/(2πN‖W‖²) − 1|"])
        .on(&["gaussian(+1)/two-bumps", "gaussian(+1)/fermi-dirac(1)"])
        .undecidable("the unmasked Weyl matrix", Box::new(unmasked))
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}

fn identities(_: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in [trial::repulsive as fn() -> _, trial::fermi_dirac] {
        let trial: Trial = make()?;
        let state = trial.problem.initial.as_ref();
        let grid: PhaseGrid = states::line::static_grid(state, 1e-14).map_err(refused)?;
        let w = trial.problem.initial_on(&grid)?;
        for eps in [0.125, 0.0625] {
            let scaling = Scaling::line(eps).map_err(refused)?;
            // the kernel carries the momenta v ± εk/2 of every v and k of the grid
            let fastest = grid.v.start().abs().max((grid.v.start() + grid.v.length()).abs())
                + 0.5 * eps * grid.x.nyquist();
            let points = (grid.x.length() * fastest / (std::f64::consts::PI * eps) * 1.1) as usize;
            let omega = kernel(&w, &scaling, phase_space::line::friendly_length(points)).map_err(refused)?;
            let back = wigner(&omega, &scaling, &grid).map_err(refused)?;
            let round_trip = back.minus(&w).map_err(refused)?.l2() / w.l2();
            let trace = (omega.trace() / scaling.n() - w.mass()).abs();
            let squared = scaling.hilbert_schmidt_factor().powi(2) * w.l2().powi(2);
            let norm = (omega.hilbert_schmidt().powi(2) / squared - 1.0).abs();
            for (name, value) in
                [("Wigner∘Weyl − 1", round_trip), ("tr ω/N − ∬W", trace), ("‖ω‖²_HS/(2πN‖W‖²) − 1", norm)]
            {
                found.rows.push(row(&trial.name, eps, 0.0, name, Estimate::residual(value)));
                found.checks.push(small(
                    &trial.name,
                    &format!("{name} at ε = 1/{}", (1.0 / eps).round()),
                    value,
                ));
            }
        }
    }
    Ok(found)
}

fn small(trial: &str, name: &str, value: f64) -> Check {
    Check::vanishing(name, trial, &Estimate::residual(value), ACCURACY)
}

/// Without the mask the periodic images of the grid enter, and the norm identity breaks.
fn unmasked(_: &Laboratory) -> Result<Findings, LaboratoryError> {
    let trial = trial::repulsive()?;
    let grid = states::line::static_grid(trial.problem.initial.as_ref(), 1e-14).map_err(refused)?;
    let w = trial.problem.initial_on(&grid)?;
    let scaling = Scaling::line(0.0625).map_err(refused)?;
    let options = WeylOptions { mask: false, ..WeylOptions::new(1e-10) };
    let band = weyl_band_with(&w, &scaling, &options).map_err(refused)?;
    let squared =
        (scaling.n() * band.matrix.hilbert_schmidt() / (scaling.hilbert_schmidt_factor() * w.l2())).powi(2);
    let check = small(&trial.name, "‖ω‖²_HS/(2πN‖W‖²) − 1", (squared - 1.0).abs());
    Ok(Findings { checks: vec![check], ..Findings::default() })
}
