//! The release of the atom: its nucleus is taken away, or takes another charge, at t = 0.
//!
//! Hartree–Fock, and Hartree, against Vlasov from the Hartree–Fock ground state, through tr e^{ip·x}ω/N with |p| = κZ^{1/3}, κ = ½, …, 4; times in units
//! of Z^{−1}. Judged are two things.
//!
//! Without the nucleus what drives the dynamics is smooth, and Vlasov is held to follow Hartree, whose mean field it shares, to a part of the motion that
//! is less than what that field does: 6 … 10% of the motion. Hartree–Fock is not judged: the exchange of so few electrons is as large as half of the field.
//!
//! About a nucleus the innermost shells never become classical, and W_N of a ground state does not stand still. But two derivatives by t of an
//! observable e^{ip·x} are the same in both dynamics: about its own nucleus nothing of Hartree's ground state moves like t², and what does moves like t³,
//! since the Coulomb field is singular.

use estimators::Estimate;
use estimators::radial::{ChargeQuench, Problem, QuenchedAt};
use vlasov::radial::Flow;

use super::refused;
use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, row_in};
use crate::record::{Check, Row};
use crate::render::number;

pub const RELEASED: &str = "neutral atom, its nucleus taken away";
pub const QUENCHED: &str = "neutral atom, its nucleus of charge 5/4";
const KEPT: &str = "neutral atom about its nucleus, Hartree";
pub const FOCK: &str = "sup|tr e^{ip·x}(ω_t−ω̃_t)|/N, Hartree–Fock";
pub const HARTREE: &str = "sup|tr e^{ip·x}(ω_t−ω̃_t)|/N, Hartree";
pub const MOTION: &str = "sup|tr e^{ip·x}(ω_t−ω_0)|/N, Hartree–Fock";

/// Hartree's distance is at most this part of its motion; the mean field moves the electrons by more.
const FOLLOWED: f64 = 0.04;
/// n in tⁿ, between the 2 of a wrong field and 3.
const EXPONENT: f64 = 2.5;
/// t of the exponent, in units of Z^{−2}, the time of the innermost shell.
const FIRST: f64 = 0.25;
/// f of the other charge.
const FACTOR: f64 = 1.25;
/// t.
const TIMES: [f64; 2] = [0.125, 0.25];
/// Z, and the functions of the atom: κ, their number, the last ℓ. What is released has wave numbers p near the nucleus, p² = 2κn/r − κ² at most.
const ATOMS: [(usize, (f64, usize, usize)); 3] =
    [(4, (8.0, 52, 1)), (10, (12.0, 56, 2)), (18, (16.0, 64, 2))];
/// Functions of the shortest run.
const FEW: (f64, usize, usize) = (6.0, 36, 1);

/// All dynamics along the atoms.
pub fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let short = laboratory.tier() == Tier::Quick;
    let mut found = Findings::default();
    for (charge, functions) in &ATOMS[..if short { 1 } else { ATOMS.len() }] {
        laboratory.progress().message(&format!("{RELEASED}: Z = {charge}"));
        let (functions, times) = if short { (FEW, &TIMES[..1]) } else { (*functions, &TIMES[..]) };
        let quench = ChargeQuench { charge: *charge, factor: 0.0, functions, flow: Flow::default() };
        let released = quench.measure(times).map_err(refused)?;
        found.checks.extend(released.iter().map(|at| followed(*charge, at)));
        found.rows.extend(rows(RELEASED, *charge, &released));
        found.checks.push(unrest(&ChargeQuench { factor: 1.0, ..quench })?);
        if !short {
            laboratory.progress().message(&format!("{QUENCHED}: Z = {charge}"));
            let quenched = ChargeQuench { factor: FACTOR, ..quench }.measure(times).map_err(refused)?;
            found.notes.extend(quenched.last().map(|at| said(*charge, at)));
            found.rows.extend(rows(QUENCHED, *charge, &quenched));
        }
    }
    Ok(found)
}

/// Without the nucleus, with something wrong in Vlasov.
pub fn followed_by(flow: Flow) -> Result<Findings, LaboratoryError> {
    let quench = ChargeQuench { charge: ATOMS[0].0, factor: 0.0, functions: FEW, flow };
    let released = quench.measure(&TIMES[..1]).map_err(refused)?;
    let checks = released.iter().map(|at| followed(quench.charge, at)).collect();
    Ok(Findings { checks, rows: rows(RELEASED, quench.charge, &released), ..Findings::default() })
}

/// With the other charge in Vlasov alone.
pub fn about_another_nucleus() -> Result<Findings, LaboratoryError> {
    let charge = ATOMS[0].0;
    let check = unrest(&ChargeQuench { charge, factor: FACTOR, functions: FEW, flow: Flow::default() })?;
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

fn followed(charge: usize, at: &QuenchedAt) -> Check {
    let name = format!("distance of Hartree and Vlasov / motion, Z = {charge}, t = {}", at.time);
    let part = at.hartree.distance.over(&at.hartree.motion);
    Check::at_most(name, RELEASED, &part, &Estimate::new(FOLLOWED, 0.0))
}

fn unrest(quench: &ChargeQuench) -> Result<Check, LaboratoryError> {
    let exponent = quench.unrest(FIRST / quench.charge as f64).map_err(refused)?;
    let name = format!("n in tⁿ of what Vlasov moves, Z = {}", quench.charge);
    Ok(Check::at_least(name, KEPT, &exponent, EXPONENT))
}

fn said(charge: usize, at: &QuenchedAt) -> String {
    let [distance, motion] = [at.fock.distance, at.fock.motion].map(|e| number::measured(e.value, e.error));
    format!(
        "not judged, {QUENCHED}, Z = {charge}: at t = {} Hartree–Fock and Vlasov are {distance} apart where the atom moves by {motion}",
        at.time
    )
}

fn rows(trial: &str, charge: usize, measured: &[QuenchedAt]) -> Vec<Row> {
    let eps = (charge as f64).cbrt().recip();
    let row =
        |quantity: &str, time: f64, value: Estimate| row_in::<Problem>(trial, eps, time, quantity, value);
    let of = |at: &QuenchedAt| {
        let seen = [(FOCK, at.fock.distance), (HARTREE, at.hartree.distance), (MOTION, at.fock.motion)];
        seen.map(|(quantity, value)| row(quantity, at.time, value))
    };
    measured.iter().flat_map(of).collect()
}
