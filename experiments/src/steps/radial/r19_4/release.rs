//! The release of the atom: its nucleus is taken away, or takes another charge, at t = 0.
//!
//! Hartree–Fock against Vlasov from the Hartree–Fock ground state, through tr e^{ip·x}ω/N with |p| = κZ^{1/3}, κ = ½, …, 4; times in units of Z^{−1}.
//! Without the nucleus what drives both dynamics is smooth, and Vlasov is held to follow: the distance is at most a part of what moves. About a
//! nucleus the innermost shells never become classical, W_N of a ground state does not stand still, and what is seen is said and not judged.

use estimators::Estimate;
use estimators::radial::{ChargeQuench, Problem, QuenchedAt};
use vlasov::radial::Flow;

use super::refused;
use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, row_in};
use crate::record::{Check, Row};

pub const RELEASED: &str = "neutral atom, its nucleus taken away";
pub const QUENCHED: &str = "neutral atom, its nucleus of charge 5/4";
pub const DISTANCE: &str = "sup|tr e^{ip·x}(ω_t−ω̃_t)|/N";
pub const MOTION: &str = "sup|tr e^{ip·x}(ω_t−ω_0)|/N";

/// The distance is at most this part of the motion.
const FOLLOWED: f64 = 0.15;
/// f of the other charge.
const FACTOR: f64 = 1.25;
/// t.
const TIMES: [f64; 2] = [0.125, 0.25];
/// Z, and the functions of the atom: κ, their number, the last ℓ.
const ATOMS: [(usize, (f64, usize, usize)); 3] = [(4, (3.0, 32, 1)), (10, (5.0, 32, 2)), (18, (6.5, 32, 2))];
/// Functions of the shortest run.
const FEW: usize = 24;

/// The distances and the motion, and whether the one is a small part of the other.
pub fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let short = laboratory.tier() == Tier::Quick;
    let mut found = Findings::default();
    for (charge, functions) in &ATOMS[..if short { 1 } else { ATOMS.len() }] {
        laboratory.progress().message(&format!("{RELEASED}: Z = {charge}"));
        let (functions, times) =
            if short { (few(*functions), &TIMES[..1]) } else { (*functions, &TIMES[..]) };
        let quench =
            ChargeQuench { charge: *charge, factor: 0.0, functions, exchange: 1.0, flow: Flow::default() };
        let released = quench.measure(times).map_err(refused)?;
        found.checks.extend(released.iter().map(|at| followed(*charge, at)));
        found.rows.extend(rows(RELEASED, *charge, &released));
        if !short {
            laboratory.progress().message(&format!("{QUENCHED}: Z = {charge}"));
            let quenched = ChargeQuench { factor: FACTOR, ..quench }.measure(times).map_err(refused)?;
            found.notes.extend(quenched.last().map(|at| said(*charge, at)));
            found.rows.extend(rows(QUENCHED, *charge, &quenched));
        }
    }
    Ok(found)
}

/// With v for 2v in Vlasov, without the nucleus.
pub fn too_slow() -> Result<Findings, LaboratoryError> {
    let (charge, functions) = ATOMS[0];
    let flow = Flow { speed: 1.0, ..Flow::default() };
    let quench = ChargeQuench { charge, factor: 0.0, functions: few(functions), exchange: 1.0, flow };
    let released = quench.measure(&TIMES[..1]).map_err(refused)?;
    let checks = released.iter().map(|at| followed(charge, at)).collect();
    Ok(Findings { checks, rows: rows(RELEASED, charge, &released), ..Findings::default() })
}

fn few((kappa, _, last): (f64, usize, usize)) -> (f64, usize, usize) {
    (kappa, FEW, last)
}

fn followed(charge: usize, at: &QuenchedAt) -> Check {
    let name = format!("distance of both dynamics / motion, Z = {charge}, t = {}", at.time);
    Check::at_most(name, RELEASED, &at.distance.over(&at.motion), &Estimate::new(FOLLOWED, 0.0))
}

fn said(charge: usize, at: &QuenchedAt) -> String {
    format!(
        "not judged, {QUENCHED}, Z = {charge}: at t = {} the two dynamics are {:.3} apart where the atom moves by {:.3}",
        at.time, at.distance.value, at.motion.value
    )
}

fn rows(trial: &str, charge: usize, measured: &[QuenchedAt]) -> Vec<Row> {
    let eps = (charge as f64).cbrt().recip();
    let row =
        |quantity: &str, time: f64, value: Estimate| row_in::<Problem>(trial, eps, time, quantity, value);
    let of = |at: &QuenchedAt| [row(DISTANCE, at.time, at.distance), row(MOTION, at.time, at.motion)];
    measured.iter().flat_map(of).collect()
}
