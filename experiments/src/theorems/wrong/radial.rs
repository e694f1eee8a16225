//! One thing wrong in a trial in channels of angular momentum.

use estimators::radial::{Alteration, Barrier, Problem, Projection};

use crate::facade::LaboratoryError;
use crate::theorem::{Theorem, altered};
use crate::trial::radial::RadialTrial;

/// What is made wrong, in words, and how.
type Wrong = (&'static str, fn(&mut Alteration));

/// Makes the right trial.
type Maker = fn() -> Result<RadialTrial, LaboratoryError>;

/// In the equations. Those that leave Vlasov as it is follow each other: its solution then serves them all.
const DYNAMICS: [Wrong; 4] = [
    ("v for 2v in Vlasov", |a| a.vlasov_speed = 1.0),
    ("v for 2v in both dynamics", |a| (a.vlasov_speed, a.hartree_speed) = (1.0, 1.0)),
    ("the 2019 sign of the force", |a| a.vlasov_force = -1.0),
    ("(ℓ+½)² for ℓ(ℓ+1) in the barrier", |a| a.barrier = Barrier::Langer),
];

/// In ω̃ alone.
const QUANTISATION: [Wrong; 2] = [
    ("half-line Weyl for the Legendre projection", |a| a.projection = Projection::HalfLine),
    ("P_ℓ of norm 1 for P_ℓ(1) = 1", |a| a.projection = Projection::Unnormalised),
];

/// The theorem with the equations made wrong, one thing at a time, on this trial.
pub fn in_the_dynamics(theorem: Theorem<Problem>, theta: f64, right: Maker) -> Theorem<Problem> {
    with(theorem, theta, right, &DYNAMICS)
}

/// The theorem with the projection onto channels made wrong, on this trial.
pub fn in_the_quantisation(theorem: Theorem<Problem>, theta: f64, right: Maker) -> Theorem<Problem> {
    with(theorem, theta, right, &QUANTISATION)
}

fn with(theorem: Theorem<Problem>, theta: f64, right: Maker, wrong: &'static [Wrong]) -> Theorem<Problem> {
    wrong.iter().fold(theorem, |theorem, &(what, change)| {
        theorem.control_to(theta, what, move || altered(right, what, change))
    })
}
