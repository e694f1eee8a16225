//! S.1. The mean-field scaling. In the ground state of N fermions in a trap of fixed size, unscaled,
//!
//! tr(−Δω) ~ N^{5/3},  Σ_{i<j}⟨V(x_i−x_j)⟩ ~ N²,
//!
//! so that with a coupling N^{−1/3} both matter alike. With ε = N^{−1/3} and V/N both energies are O(N), and E/N → E_TF, the minimum
//! of (3/5)(6π²)^{2/3}∫ρ^{5/3} + ∫V_extρ + ½∫(V∗ρ)ρ.
//!
//! Full shells of a harmonic trap, N = 20, 35, …: Hartree–Fock, and Hartree beside it. Exchange is −½V(0) to leading order, ε³ of the
//! mean field's energy.

use std::sync::Arc;

use estimators::Estimate;
use estimators::radial::Problem;
use hartree::radial::closed_shells::{
    ClosedShells, Convergence, Energy, RadialFunctions, ground_state, thomas_fermi,
};
use kernels::Gaussian;
use rayon::prelude::*;

use super::{own as in_own_setting, refused};
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Memo, rates, row_in};
use crate::record::{Check, Row};
use crate::steps::s_1::{
    EXCHANGE, FOCK, HARTREE, INTERACTION, KINETIC, energies_per_particle, magnitude, ordered, refined,
};

const REPULSIVE: &str = "gaussian(+1)/harmonic trap";
const ATTRACTIVE: &str = "gaussian(−1)/harmonic trap";
/// The exponents of N^{5/3} and N², in ε.
const EXPONENTS: [f64; 2] = [-5.0, -6.0];
/// An exponent is seen to this: corrections are of order ε².
const EXPONENT: f64 = 0.05;

/// The claim in its own setting.
pub fn own() -> Claim {
    let study = Arc::new(Study::default());
    let (line, half, wrong) = (study.clone(), study.clone(), study.clone());
    in_own_setting(
        "S.1",
        "in a trap: E_kin ~ N^{5/3}, E_int ~ N²; in the scaled units E/N → Thomas–Fermi",
        Box::new(move |lab| {
            let found = study.findings(lab, REPULSIVE, EXPONENTS, 0.0)?;
            Ok(found.merged(study.findings(lab, ATTRACTIVE, EXPONENTS, 0.0)?))
        }),
    )
    .measuring(&[KINETIC, INTERACTION, EXCHANGE, HARTREE, FOCK])
    .on(&[REPULSIVE, ATTRACTIVE])
    .control(
        "the line's exponents, N³ and N²",
        Box::new(move |lab| line.findings(lab, REPULSIVE, [-9.0, -6.0], 0.0)),
    )
    .control(
        "v²/2 for v² in Thomas–Fermi's kinetic energy",
        Box::new(move |lab| half.findings(lab, REPULSIVE, EXPONENTS, 0.5)),
    )
    .control(
        "exchange with the wrong sign",
        Box::new(move |lab| {
            let rung = &wrong.ladder(lab, REPULSIVE)?[0];
            let raised = estimate(&energies(REPULSIVE, rung.n, -1.0)?, Energy::total);
            Ok(Findings { checks: vec![lowered(rung.n, &raised, &rung.hartree)], ..Findings::default() })
        }),
    )
    .remark("Full shells alone, N = m(m+1)(m+2)/6, where the ground state is rotation-invariant.")
}

/// The ladders, once for the claim and its controls.
#[derive(Default)]
struct Study(Memo<(&'static str, usize), Vec<Rung>>);

/// Energies of N particles, with what a smaller basis changes.
struct Rung {
    n: usize,
    eps: f64,
    kinetic: Estimate,
    direct: Estimate,
    exchange: Estimate,
    fock: Estimate,
    hartree: Estimate,
}

/// N.
fn sizes(tier: Tier) -> &'static [usize] {
    const ALL: [usize; 7] = [20, 35, 56, 84, 120, 165, 220];
    match tier {
        Tier::Quick => &ALL[..4],
        Tier::Standard | Tier::Deep => &ALL,
    }
}

fn problem(trial: &str, n: usize, exchange: f64) -> Result<ClosedShells, LaboratoryError> {
    let strength = if trial == REPULSIVE { 1.0 } else { -1.0 };
    let v = Gaussian::new(strength, 1.0).map_err(refused)?;
    Ok(ClosedShells::trapped(n, 1.0, Arc::new(v)).map_err(refused)?.with_exchange(exchange))
}

/// The parts of E with x times the exchange, in a basis and in a smaller one.
fn energies(trial: &str, n: usize, exchange: f64) -> Result<[Energy; 2], LaboratoryError> {
    let problem = problem(trial, n, exchange)?;
    let last = (6.0 * n as f64).cbrt() as usize;
    let of = |more: usize| {
        let functions =
            RadialFunctions::oscillator(problem.eps(), 1.0, last / 2 + more, last).map_err(refused)?;
        let state = ground_state(&problem, &functions, &Convergence::default()).map_err(refused)?;
        Ok::<_, LaboratoryError>(state.energy())
    };
    Ok([of(8)?, of(6)?])
}

/// A part of E, with what the smaller basis changes.
fn estimate([fine, coarse]: &[Energy; 2], part: fn(&Energy) -> f64) -> Estimate {
    refined(part(fine), part(coarse))
}

/// E_HF ≤ E_H: for V ≥ 0 exchange, −(1/2N)∬V|ω|², is negative at Hartree's own orbitals, and Hartree–Fock minimises.
fn lowered(n: usize, fock: &Estimate, hartree: &Estimate) -> Check {
    let particle = 1.0 / n as f64;
    let name = format!("E/N of Hartree–Fock ≤ that of Hartree, N = {n}");
    Check::at_most(name, REPULSIVE, &fock.scaled(particle), &hartree.scaled(particle))
}

impl Rung {
    fn new(trial: &str, n: usize) -> Result<Self, LaboratoryError> {
        let (fock, hartree) = (energies(trial, n, 1.0)?, energies(trial, n, 0.0)?);
        Ok(Self {
            n,
            eps: problem(trial, n, 1.0)?.eps(),
            kinetic: estimate(&fock, |e| e.kinetic),
            direct: estimate(&fock, |e| e.direct),
            exchange: estimate(&fock, |e| e.exchange),
            fock: estimate(&fock, Energy::total),
            hartree: estimate(&hartree, Energy::total),
        })
    }
}

impl Study {
    fn ladder(
        &self,
        laboratory: &Laboratory,
        trial: &'static str,
    ) -> Result<Arc<Vec<Rung>>, LaboratoryError> {
        let sizes = sizes(laboratory.tier());
        self.0.get((trial, sizes.len()), || {
            // the largest first: they cost most
            let largest: Vec<usize> = sizes.iter().rev().copied().collect();
            let mut rungs: Vec<Rung> =
                largest.par_iter().with_max_len(1).map(|&n| Rung::new(trial, n)).collect::<Result<_, _>>()?;
            rungs.reverse();
            Ok(rungs)
        })
    }

    /// With `missed` times its kinetic part missing in E_TF.
    fn findings(
        &self,
        laboratory: &Laboratory,
        trial: &'static str,
        exponents: [f64; 2],
        missed: f64,
    ) -> Result<Findings, LaboratoryError> {
        let rungs = self.ladder(laboratory, trial)?;
        let limit = thomas_fermi(&problem(trial, sizes(laboratory.tier())[0], 1.0)?).map_err(refused)?;
        let limit = Estimate::new(limit.energy.value - missed * limit.parts.kinetic, limit.energy.error);
        let rows = |quantity: &str, of: &dyn Fn(&Rung) -> Estimate| -> Vec<Row> {
            rungs.iter().map(|rung| row_in::<Problem>(trial, rung.eps, 0.0, quantity, of(rung))).collect()
        };
        let away = |rung: &Rung, energy: &Estimate| {
            let particle = energy.scaled(1.0 / rung.n as f64);
            Estimate::new((particle.value - limit.value).abs(), particle.error + limit.error)
        };
        let mut found = Findings::default();
        for (rows, exponent) in [
            (rows(KINETIC, &|r| r.kinetic.scaled(r.eps.powi(-2))), Some(exponents[0])),
            (rows(INTERACTION, &|r| r.direct.scaled(r.n as f64)), Some(exponents[1])),
            (rows(EXCHANGE, &|r| magnitude(&r.exchange.over(&r.direct))), None),
            (rows(HARTREE, &|r| away(r, &r.hartree)), None),
            (rows(FOCK, &|r| away(r, &r.fock)), None),
        ] {
            for rate in rates(&rows) {
                found.checks.push(ordered(&rate, exponent, EXPONENT));
                found.beside.push(rate);
            }
            found.rows.extend(rows);
        }
        let of = |energy: fn(&Rung) -> Estimate| {
            rungs.iter().map(|r| (r.n, energy(r).scaled(1.0 / r.n as f64))).collect::<Vec<_>>()
        };
        let (hartree, fock) = (of(|r| r.hartree), of(|r| r.fock));
        found.exhibits.push(energies_per_particle("S.1-own", trial, &hartree, &fock, &limit));
        if trial == REPULSIVE {
            found.checks.extend(rungs.iter().map(|rung| lowered(rung.n, &rung.fock, &rung.hartree)));
        }
        Ok(found)
    }
}
