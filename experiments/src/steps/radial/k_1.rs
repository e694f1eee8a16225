//! K.1. The exponents of the literature beside the measured ones, in R³: Coulomb and gravity.
//!
//! The ladder is short in every tier, 1/ε = 2, 3, 4, 6 and t = ½: longer ones are those of the theorems G16.T1 to L19.T2.

use crate::claim::{Claim, Findings};
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, radial::Plan};
use crate::literature::{self, Paper};
use crate::record::Setting;
use crate::scenario::Quantity::{self, HilbertSchmidt, Trace};
use crate::steps::k_1::{ID, SOURCE, STATEMENT, TOO_MUCH, judged, label};
use crate::theorem::altered;
use crate::theorems::l19_t1;
use crate::trial::radial::{self, RadialTrial};

/// What a theorem says of one distance on V = strength·|x|^(−α).
struct Line {
    paper: Paper,
    quantity: Quantity,
    power: (f64, f64),
    theta: f64,
}

/// θ of Lafleche and Saffirio is every number below this.
const BELOW: f64 = 0.75;

/// α = 1 is Coulomb's.
const ALPHA: f64 = 0.25;

/// Gravity is measured in the standard tier.
fn lines(tier: Tier) -> Vec<Line> {
    let line = |paper, quantity, power, theta| Line { paper, quantity, power, theta };
    let of = |strength| {
        [
            line(literature::COULOMB, Trace, (strength, 1.0), 1.0),
            line(literature::SCHATTEN, HilbertSchmidt, (strength, 1.0), BELOW),
            line(literature::SQUARE_ROOTS, HilbertSchmidt, (strength, 1.0), 1.0),
        ]
    };
    let mut lines = Vec::from(of(1.0));
    lines.push(line(literature::INVERSE_POWER, Trace, (1.0, ALPHA), l19_t1::theta(ALPHA)));
    if tier != Tier::Quick {
        lines.extend(of(-1.0));
    }
    lines
}

/// The claim in the theorems' own setting, for rotation-invariant data.
pub fn own() -> Claim {
    let name = |l: &Line| Some(label(&l.paper, &radial::power(l.power.0, l.power.1).ok()?.name));
    let trials: Vec<String> = lines(Tier::Standard).iter().filter_map(name).collect();
    let step = Claim::step(ID, STATEMENT, Box::new(|laboratory| measured(laboratory, 0.0)))
        .measuring(&["order of the distance of each theorem"])
        .on(&trials)
        .remark("One line a theorem and a distance, on a ladder that is short in every tier. Papers: docs/literature.md.")
        .control("v for 2v in Vlasov", Box::new(too_slow))
        .control("every θ raised by 3/2", Box::new(|laboratory| measured(laboratory, TOO_MUCH)));
    Claim { setting: Setting::Own, theta: Some(1.0), source: SOURCE, ..step }
}

fn measured(laboratory: &Laboratory, more: f64) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for line in lines(laboratory.tier()) {
        let trial = radial::power(line.power.0, line.power.1)?;
        let ladder = laboratory.radial_ladder_on(&trial, &Plan::of(Tier::Quick))?;
        judged(&mut found, &line.paper, ladder.rows(line.quantity), Some(line.theta + more));
    }
    Ok(found)
}

/// W̃ with half of its speed tends to no ω: order 0.
fn too_slow(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let trial: RadialTrial =
        altered(|| radial::power(1.0, 1.0), "v for 2v in Vlasov", |a| a.vlasov_speed = 1.0)?;
    let ladder = laboratory.radial_ladder_on(&trial, &Plan::control())?;
    let mut found = Findings::default();
    for (paper, quantity) in [(literature::COULOMB, Trace), (literature::SQUARE_ROOTS, HilbertSchmidt)] {
        judged(&mut found, &paper, ladder.rows(quantity), Some(1.0));
    }
    Ok(found)
}
