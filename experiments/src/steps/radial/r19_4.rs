//! R19.4. The motivating atom: −ε²Δ − 1/|x| + N^{−1}Σ1/|x_i−x_j|, in atomic units −½Δ − Z/|x| + Σ1/|x_i−x_j| with Z = N and two spins.
//!
//! Its mean-field limit is Thomas and Fermi's, E/Z^{7/3} → e_TF, and what follows is known (Lieb and Simon; Scott, Siedentop and Weikard,
//! Hughes; Schwinger, Fefferman and Seco):
//!
//! E = e_TF Z^{7/3} + ½Z² − 0.2699 Z^{5/3} + o(Z^{5/3}).
//!
//! ½Z² are the innermost electrons, which see the bare nucleus; of the last term −0.2208 is exchange. Closed shells alone: helium's family, the
//! alkaline earths, zinc.

mod release;

use std::sync::Arc;

use estimators::Estimate;
use estimators::radial::Problem;
use hartree::radial::closed_shells::{
    ClosedShells, Convergence, RadialFunctions, refined_energy, thomas_fermi,
};
use rayon::prelude::*;
use vlasov::radial::Flow;

use super::{own as in_own_setting, refused};
use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Memo, rates, row_in};
use crate::record::{Check, Row};

const TRIAL: &str = "neutral atom/closed shells";
const ENERGY: &str = "−E/Z^{7/3}";
const AWAY: &str = "|E/Z^{7/3} − e_TF|";
const REST: &str = "−(E − e_TF Z^{7/3} − ½Z²)/Z^{5/3}";

/// Of Z^{5/3}, and how far shells make an atom swing about it.
const SCHWINGER: f64 = 0.2699;
const SWING: f64 = 0.04;
/// Parts of the charge that ions leave unscreened.
const UNSCREENED: [f64; 2] = [1e-3, 2e-3];

/// Z, κ of the functions r^{ℓ+1}e^{−κr}·polynomial, their number, and the last ℓ, one more than is filled.
const ATOMS: [(usize, f64, usize, usize); 7] = [
    (4, 3.0, 24, 1),
    (10, 5.0, 24, 2),
    (12, 6.0, 30, 2),
    (18, 6.5, 28, 2),
    (20, 7.0, 36, 2),
    (30, 9.0, 36, 3),
    (36, 10.0, 36, 3),
];

/// The claim in its own setting.
pub fn own() -> Claim {
    let study = Arc::new(Memo::default());
    let (half, scott) = (study.clone(), study.clone());
    in_own_setting(
        "R19.4",
        "the neutral atom: E = e_TF Z^{7/3} + ½Z² − 0.27 Z^{5/3} + o(Z^{5/3}), Hartree–Fock against Thomas–Fermi",
        Box::new(move |lab| Ok(findings(lab, &study, &Wrong::default())?.merged(release::measure(lab)?))),
    )
    .measuring(&[ENERGY, AWAY, REST, release::FOCK, release::HARTREE, release::MOTION])
    .on(&[TRIAL, release::RELEASED, &format!("{} (not judged)", release::QUENCHED)])
    .control(
        "v²/2 for v² in Thomas–Fermi's kinetic energy",
        Box::new(move |lab| findings(lab, &half, &Wrong { kinetic: 0.5, ..Wrong::default() })),
    )
    .control(
        "no innermost electrons: without ½Z²",
        Box::new(move |lab| findings(lab, &scott, &Wrong { scott: 0.0, ..Wrong::default() })),
    )
    .control(
        "v for 2v in Vlasov, without the nucleus",
        Box::new(|_| release::followed_by(Flow { speed: 1.0, ..Flow::default() })),
    )
    .control(
        "the 2019 sign of the force, without the nucleus",
        Box::new(|_| release::followed_by(Flow { force: -1.0, ..Flow::default() })),
    )
    .control("another charge in Vlasov alone", Box::new(|_| release::about_another_nucleus()))
    .remark("S.1 has the control of exchange.")
}

/// Energies by the number of atoms, once for the claim and its controls.
type Study = Memo<usize, Vec<Estimate>>;

/// One thing wrong.
struct Wrong {
    /// Of Thomas–Fermi's kinetic energy.
    kinetic: f64,
    /// Of ½Z².
    scott: f64,
}

impl Default for Wrong {
    fn default() -> Self {
        Self { kinetic: 1.0, scott: 1.0 }
    }
}

fn findings(laboratory: &Laboratory, study: &Study, wrong: &Wrong) -> Result<Findings, LaboratoryError> {
    let atoms = match laboratory.tier() {
        Tier::Quick => &ATOMS[..4],
        Tier::Standard | Tier::Deep => &ATOMS[..],
    };
    let energies = study.get(atoms.len(), || {
        // the largest first: they cost most
        let energy = |&(z, kappa, functions, last): &(usize, f64, usize, usize)| {
            let atom = ClosedShells::atom(z as f64, z).map_err(refused)?;
            let functions = RadialFunctions::sturmian(kappa, functions, last).map_err(refused)?;
            let energy = refined_energy(&atom, &functions, &Convergence::default()).map_err(refused)?;
            Ok::<_, LaboratoryError>(Estimate::new(energy.value, energy.error))
        };
        let mut energies: Vec<Estimate> =
            atoms.par_iter().rev().with_max_len(1).map(energy).collect::<Result<_, _>>()?;
        energies.reverse();
        Ok(energies)
    })?;
    let limit = limit(wrong.kinetic)?;
    let rows = |quantity: &str, of: &dyn Fn(f64, &Estimate) -> Estimate| -> Vec<Row> {
        let at = |(atom, energy): (&(usize, f64, usize, usize), &Estimate)| {
            let z = atom.0 as f64;
            row_in::<Problem>(TRIAL, z.cbrt().recip(), 0.0, quantity, of(z, energy))
        };
        atoms.iter().zip(energies.iter()).map(at).collect()
    };
    let away = |z: f64, e: &Estimate| {
        let unit = z.powf(-7.0 / 3.0);
        Estimate::new((e.value * unit - limit.value).abs(), e.error * unit + limit.error)
    };
    let rest = |z: f64, e: &Estimate| {
        let known = limit.value * z.powf(7.0 / 3.0) + 0.5 * wrong.scott * z * z;
        let unit = z.powf(-5.0 / 3.0);
        Estimate::new((known - e.value) * unit, e.error * unit + limit.error * z.powf(2.0 / 3.0))
    };
    let (away, rest) = (rows(AWAY, &away), rows(REST, &rest));
    let mut found = Findings { beside: rates(&away), ..Findings::default() };
    for (pair, z) in away.windows(2).zip(atoms[1..].iter().map(|atom| atom.0)) {
        let [before, now] = [0, 1].map(|i| Estimate::new(pair[i].value, pair[i].error));
        found.checks.push(Check::at_most(
            format!("{AWAY} at Z = {z} ≤ at the atom before"),
            TRIAL,
            &now,
            &before,
        ));
    }
    for (row, (z, ..)) in rest.iter().zip(atoms) {
        let value = Estimate::new(row.value, row.error);
        found.checks.push(Check::near(format!("{REST}, Z = {z}"), TRIAL, &value, SCHWINGER, SWING));
    }
    found.rows.extend(rows(ENERGY, &|z, e| e.scaled(-z.powf(-7.0 / 3.0))));
    found.rows.extend(away.into_iter().chain(rest));
    Ok(found)
}

/// e_TF, with this part of its kinetic energy, from ions that lack little: E/Z^{7/3} moves by δ^{7/3} where a part δ of the charge is not
/// screened, and the cloud of an ion ends.
fn limit(kinetic: f64) -> Result<Estimate, LaboratoryError> {
    const ELECTRONS: usize = 10;
    let of = |unscreened: f64| {
        let n = ELECTRONS as f64;
        let charge = n / (1.0 - unscreened);
        let limit =
            thomas_fermi(&ClosedShells::atom(charge, ELECTRONS).map_err(refused)?).map_err(refused)?;
        let unit = n * charge.powf(-7.0 / 3.0);
        let energy = limit.energy.value - (1.0 - kinetic) * limit.parts.kinetic;
        Ok::<_, LaboratoryError>(Estimate::new(energy * unit, limit.energy.error * unit))
    };
    let [ion, further] = UNSCREENED.map(of);
    let (ion, further) = (ion?, further?);
    Ok(Estimate::new(ion.value, ion.error + (ion.value - further.value).abs()))
}
