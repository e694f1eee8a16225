//! One thing wrong in a trial in channels of angular momentum.

use estimators::radial::{Alteration, Barrier, Problem, Projection};

use crate::facade::LaboratoryError;
use crate::theorem::{Theorem, altered};
use crate::trial::radial::RadialTrial;

/// What is made wrong.
#[derive(Clone, Copy, Debug)]
pub enum Wrong {
    /// v·∇ₓW in Vlasov, as both talks print it.
    SpeedInVlasov,
    /// The same mistake in both dynamics: only the second discretisations can see it.
    SpeedInBoth,
    /// The sign of the force as the 2019 talk prints it.
    FlippedForce,
    /// (ℓ+½)² for ℓ(ℓ+1): right in the limit, wrong by ε².
    Langer,
    /// The Weyl transform of each fibre on the half-line: right in the limit, wrong by ε².
    HalfLine,
    /// P_ℓ of norm 1 in L²(−1,1).
    Unnormalised,
}

impl Wrong {
    fn name(self) -> &'static str {
        match self {
            Self::SpeedInVlasov => "v for 2v in Vlasov",
            Self::SpeedInBoth => "v for 2v in both dynamics",
            Self::FlippedForce => "the 2019 sign of the force",
            Self::Langer => "(ℓ+½)² for ℓ(ℓ+1) in the barrier",
            Self::HalfLine => "half-line Weyl for the Legendre projection",
            Self::Unnormalised => "P_ℓ of norm 1 for P_ℓ(1) = 1",
        }
    }

    fn change(self) -> fn(&mut Alteration) {
        match self {
            Self::SpeedInVlasov => |a| a.vlasov_speed = 1.0,
            Self::SpeedInBoth => |a| (a.vlasov_speed, a.hartree_speed) = (1.0, 1.0),
            Self::FlippedForce => |a| a.vlasov_force = -1.0,
            Self::Langer => |a| a.barrier = Barrier::Langer,
            Self::HalfLine => |a| a.projection = Projection::HalfLine,
            Self::Unnormalised => |a| a.projection = Projection::Unnormalised,
        }
    }
}

/// The theorem with one thing after another made wrong on this trial. Those that leave Vlasov as it is, one after another, share its solution.
pub fn made(
    theorem: Theorem<Problem>,
    wrong: &[Wrong],
    right: fn() -> Result<RadialTrial, LaboratoryError>,
) -> Theorem<Problem> {
    wrong.iter().fold(theorem, |theorem, &wrong| {
        theorem.control(wrong.name(), move || altered(right, wrong.name(), wrong.change()))
    })
}
