//! S.1. The mean-field scaling: in the ground state of N fermions in a trap of fixed size E_kin ~ N^{5/3} and E_int ~ N² for d = 3, so
//! that with a coupling N^{−1/3}, or in units with ε = N^{−1/3} and V/N, both are O(N), and E/N → Thomas–Fermi.
//!
//! Read in the analogue d = 1: N fermions fill wave numbers up to ~N, and
//!
//! tr(−Δω) ~ N³,  Σ_{i<j}⟨V(x_i−x_j)⟩ ~ N²;  with ε = 1/N and V/N both energies are O(N), and E/N → E_TF,
//!
//! E_TF = (π²/3)∫ρ³ + ∫V_extρ + ½∫(V∗ρ)ρ at its minimum. Exchange, −½NV(0) in the units of Σ_{i<j}V to leading order, is smaller by
//! one power of N: for smooth data |E/N − E_TF| is O(ε²) for Hartree and O(ε) for Hartree–Fock.

use std::f64::consts::PI;

use estimators::Estimate;
use hartree::line::{Exchange, External, GroundState, Model, ThomasFermi, ground_state};
use kernels::Gaussian;
use phase_space::Scaling;
use phase_space::line::{Axis, friendly_length};
use rayon::prelude::*;

use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, rates, row};
use crate::record::{Check, Curve, Exhibit, Rate, Row};

pub const KINETIC: &str = "tr(−Δω)";
pub const INTERACTION: &str = "½N²∬V(x−y)ρ(x)ρ(y)";
pub const EXCHANGE: &str = "|exchange|/|direct|";
pub const HARTREE: &str = "|E/N − E_TF|, Hartree";
pub const FOCK: &str = "|E/N − E_TF|, Hartree–Fock";

/// An exponent is seen to this.
const EXPONENT: f64 = 0.01;
/// Of sums over some hundred points and orbitals, relative.
const ROUND_OFF: f64 = 1e-12;
/// What vanishes does so at least like this power of ε.
const TENDS: f64 = 0.5;
/// Chebyshev nodes of Thomas–Fermi, and fewer of them.
const NODES: [usize; 2] = [64, 48];

/// A trap and an interaction.
struct Trapped {
    name: &'static str,
    external: External,
    strength: f64,
}

fn trials() -> [Trapped; 2] {
    [
        Trapped {
            name: "gaussian(+1)/harmonic trap",
            external: External::Harmonic { s: 1.0 },
            strength: 1.0,
        },
        Trapped {
            name: "gaussian(−1)/quartic trap", external: External::Quartic { g: 1.0 }, strength: -1.0
        },
    ]
}

/// The claim.
pub fn claim() -> Claim {
    let [first, second] = trials().map(|trial| trial.name);
    Claim::step(
        "S.1",
        "in a trap, on the line: E_kin ~ N³, E_int ~ N²; in the scaled units E/N → Thomas–Fermi",
        Box::new(|lab| {
            trials().iter().try_fold(Findings::default(), |found, trial| {
                Ok(found.merged(Ladder::climb(trial, lab)?.findings(trial, 0.0)))
            })
        }),
    )
    .measuring(&[KINETIC, INTERACTION, EXCHANGE, HARTREE, FOCK])
    .on(&[first, second])
    .control(
        "v²/2 for v² in Thomas–Fermi's kinetic energy",
        Box::new(|lab| {
            let [trial, _] = trials();
            let ladder = Ladder::climb(&trial, lab)?;
            let missed = 0.5 * ladder.limit.kinetic;
            Ok(ladder.findings(&trial, missed))
        }),
    )
    .control(
        "exchange with the wrong sign",
        Box::new(|lab| {
            let [trial, _] = trials();
            let (n, limit) = (ladder(lab.tier())[0], trial.limit()?);
            let [wrong, hartree] = [Exchange::WrongSign, Exchange::Neglected]
                .map(|exchange| on_two_axes(&trial, &limit, n, exchange));
            Ok(Findings { checks: vec![variational(&trial, n, &wrong?, &hartree?)?], ..Findings::default() })
        }),
    )
    .remark("The exponents 3 and 2 are those of d = 1; the printed 5/3 and 2 belong to d = 3.")
}

/// N.
fn ladder(tier: Tier) -> &'static [usize] {
    const ALL: [usize; 7] = [8, 12, 16, 24, 32, 48, 64];
    match tier {
        Tier::Quick => &ALL[..5],
        Tier::Standard | Tier::Deep => &ALL,
    }
}

impl Trapped {
    fn interaction(&self) -> Result<Gaussian, LaboratoryError> {
        Gaussian::new(self.strength, 1.0).map_err(refused)
    }

    /// Hartree, or Hartree–Fock.
    fn model(&self, exchange: Exchange) -> Result<Model, LaboratoryError> {
        Ok(Model::hartree(self.interaction()?, self.external.clone()).with_exchange(exchange))
    }

    fn limit(&self) -> Result<Limit, LaboratoryError> {
        let interaction = self.interaction()?;
        let [fine, coarse] = NODES.map(|nodes| {
            ThomasFermi::solve(&interaction, |x| self.external.value(x), nodes).map_err(refused)
        });
        let (fine, coarse) = (fine?, coarse?);
        Ok(Limit {
            energy: Estimate::new(fine.energy(), (fine.energy() - coarse.energy()).abs() + 1e-13),
            kinetic: fine.kinetic,
            radius: fine.radius(),
            fastest: fine.density().iter().map(|(_, rho)| PI * rho).fold(0.0, f64::max),
        })
    }
}

/// Thomas–Fermi.
struct Limit {
    /// E_TF with what fewer nodes change.
    energy: Estimate,
    /// Its kinetic part.
    kinetic: f64,
    /// a: ρ vanishes beyond.
    radius: f64,
    /// The largest speed πρ.
    fastest: f64,
}

/// Ground states along a ladder.
struct Ladder {
    limit: Limit,
    rungs: Vec<Rung>,
}

/// Energies of N particles with what a coarser axis changes, in the scaled units.
struct Rung {
    n: usize,
    kinetic: Estimate,
    direct: Estimate,
    exchange: Estimate,
    /// E/N of Hartree.
    hartree: Estimate,
    /// E/N of Hartree–Fock.
    fock: Estimate,
    variational: Check,
}

impl Ladder {
    fn climb(trial: &Trapped, laboratory: &Laboratory) -> Result<Self, LaboratoryError> {
        let limit = trial.limit()?;
        // the largest first: they cost most
        let sizes: Vec<usize> = ladder(laboratory.tier()).iter().rev().copied().collect();
        let mut rungs: Vec<Rung> = sizes
            .par_iter()
            .with_max_len(1)
            .map(|&n| Rung::new(trial, &limit, n))
            .collect::<Result<_, _>>()?;
        rungs.reverse();
        Ok(Self { limit, rungs })
    }

    /// With E_TF too small by `missed`.
    fn findings(&self, trial: &Trapped, missed: f64) -> Findings {
        let limit = Estimate::new(self.limit.energy.value - missed, self.limit.energy.error);
        let rows = |quantity: &str, of: &dyn Fn(&Rung) -> Estimate| -> Vec<Row> {
            let at = |rung: &Rung| row(trial.name, 1.0 / rung.n as f64, 0.0, quantity, of(rung));
            self.rungs.iter().map(at).collect()
        };
        let away =
            |energy: &Estimate| Estimate::new((energy.value - limit.value).abs(), energy.error + limit.error);
        // −Δ = ε^{−2}(−ε²Δ), and the interaction is divided by N in the scaled units
        let measured = [
            (rows(KINETIC, &|r| r.kinetic.scaled((r.n as f64).powi(2))), Some(-3.0)),
            (rows(INTERACTION, &|r| r.direct.scaled(r.n as f64)), Some(-2.0)),
            (rows(EXCHANGE, &|r| magnitude(&r.exchange.over(&r.direct))), None),
            (rows(HARTREE, &|r| away(&r.hartree)), None),
            (rows(FOCK, &|r| away(&r.fock)), None),
        ];
        let mut found = Findings::default();
        for (rows, exponent) in measured {
            for rate in rates(&rows) {
                found.checks.push(ordered(&rate, exponent, EXPONENT));
                found.beside.push(rate);
            }
            found.rows.extend(rows);
        }
        found.checks.extend(self.rungs.iter().map(|rung| rung.variational.clone()));
        let of = |energy: fn(&Rung) -> Estimate| {
            self.rungs.iter().map(|rung| (rung.n, energy(rung))).collect::<Vec<_>>()
        };
        found.exhibits.push(energies_per_particle(
            "S.1",
            trial.name,
            &of(|r| r.hartree),
            &of(|r| r.fock),
            &limit,
        ));
        found
    }
}

impl Rung {
    fn new(trial: &Trapped, limit: &Limit, n: usize) -> Result<Self, LaboratoryError> {
        let fock = on_two_axes(trial, limit, n, Exchange::Fock)?;
        let hartree = on_two_axes(trial, limit, n, Exchange::Neglected)?;
        let of = |pair: &[GroundState; 2], part: &dyn Fn(&GroundState) -> f64| {
            let [fine, coarse] = [0, 1].map(|k| part(&pair[k]));
            refined(fine, coarse).plus(&Estimate::new(0.0, pair[0].resolution.aliasing))
        };
        let per_particle = 1.0 / n as f64;
        Ok(Self {
            n,
            kinetic: of(&fock, &|s| s.energy.kinetic),
            direct: of(&fock, &|s| s.energy.direct),
            exchange: of(&fock, &|s| s.energy.exchange),
            hartree: of(&hartree, &|s| s.energy.total()).scaled(per_particle),
            fock: of(&fock, &|s| s.energy.total()).scaled(per_particle),
            variational: variational(trial, n, &fock, &hartree)?,
        })
    }
}

/// A value with what a coarser discretisation changes, and the round-off of a self-consistent field: two of them may agree by chance.
pub fn refined(fine: f64, coarse: f64) -> Estimate {
    Estimate::new(fine, (fine - coarse).abs() + ROUND_OFF * fine.abs())
}

/// |a|.
pub fn magnitude(a: &Estimate) -> Estimate {
    Estimate::new(a.value.abs(), a.error)
}

/// A level reaches so many times beyond the smallest and the largest N.
const BEYOND: f64 = 1.25;

/// E/N against N, beside Thomas–Fermi's.
pub fn energies_per_particle(
    id: &str,
    trial: &str,
    hartree: &[(usize, Estimate)],
    fock: &[(usize, Estimate)],
    limit: &Estimate,
) -> Exhibit {
    let curve = |label: &str, energies: &[(usize, Estimate)]| {
        let point = |(n, e): &(usize, Estimate)| [*n as f64, e.value, e.error];
        Curve { label: label.to_owned(), points: energies.iter().map(point).collect(), guide: false }
    };
    // beyond the ladder, so that it is seen where Hartree lies on it
    let ends =
        [hartree.first().map(|(n, _)| *n as f64 / BEYOND), hartree.last().map(|(n, _)| *n as f64 * BEYOND)];
    let level = ends.into_iter().flatten().map(|n| [n, limit.value, 0.0]).collect();
    let sign = if trial.contains("(+") { "repulsive" } else { "attractive" };
    Exhibit::Curves {
        name: format!("{id}-energy-per-particle-{sign}"),
        title: format!("{trial}, ground states"),
        x_label: "N".into(),
        y_label: "E/N".into(),
        log_x: true,
        log_y: false,
        curves: vec![
            curve("Hartree", hartree),
            curve("Hartree–Fock", fock),
            Curve { label: "Thomas–Fermi".into(), points: level, guide: true },
        ],
    }
}

/// The order in ε against an exponent, or that what is measured vanishes.
pub fn ordered(rate: &Rate, exponent: Option<f64>, within: f64) -> Check {
    let order = match (rate.order, rate.ci_low, rate.ci_high) {
        (Some(order), Some(low), Some(high)) => Estimate::new(order, 0.5 * (high - low)),
        _ => Estimate::unknown(),
    };
    let name = format!("order in ε of {}", rate.quantity);
    match exponent {
        Some(exponent) => Check::near(name, &rate.trial, &order, exponent, within),
        None => Check::at_least(name, &rate.trial, &order, TENDS),
    }
}

/// E[ω] ≤ E[ω′] of Hartree–Fock's functional, ω on two axes and ω′ Hartree's orbitals on the same.
fn variational(
    trial: &Trapped,
    n: usize,
    state: &[GroundState; 2],
    hartree: &[GroundState; 2],
) -> Result<Check, LaboratoryError> {
    let fock = trial.model(Exchange::Fock)?;
    let energy = |pair: &[GroundState; 2]| {
        let of = |state: &GroundState| state.orbitals.energy(&fock).map_err(refused);
        let [fine, coarse] = [of(&pair[0])?.total(), of(&pair[1])?.total()].map(|e| e / n as f64);
        Ok::<_, LaboratoryError>(refined(fine, coarse))
    };
    let name = format!("E/N of the Hartree–Fock ground state ≤ that of Hartree's orbitals, N = {n}");
    Ok(Check::at_most(name, trial.name, &energy(state)?, &energy(hartree)?))
}

/// The ground state on an axis, and on one with fewer points in a smaller box.
fn on_two_axes(
    trial: &Trapped,
    limit: &Limit,
    n: usize,
    exchange: Exchange,
) -> Result<[GroundState; 2], LaboratoryError> {
    let eps = 1.0 / n as f64;
    let scaling = Scaling::line(eps).map_err(refused)?;
    let model = trial.model(exchange)?;
    let on = |share: f64| {
        // beyond the classical turning points and speeds there are tails of Airy's length ε^{2/3}
        let tails = 6.0 * share * eps.powf(2.0 / 3.0);
        let half = 1.05 * limit.radius + tails;
        let points = 2.0 * half * (1.05 * limit.fastest + tails) * 2.0 * share / (PI * eps);
        let axis = Axis::new(0.0, 2.0 * half, friendly_length(points.ceil() as usize)).map_err(refused)?;
        ground_state(&model, &axis, scaling).map_err(refused)
    };
    Ok([on(1.0)?, on(0.85)?])
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
