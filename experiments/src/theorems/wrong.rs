//! The printed formulas and the traps that must not pass: one thing wrong in the repulsive trial.

use vlasov::line::ForceSign;

use crate::facade::LaboratoryError;
use crate::theorem::altered;
use crate::trial::{Trial, repulsive};

/// Both talks print v·∇ₓW in Vlasov; it is 2v·∇ₓW.
pub fn speed_in_vlasov() -> Result<Trial, LaboratoryError> {
    altered(repulsive, "v for 2v in Vlasov", |a| a.vlasov_speed = 1.0)
}

/// The same mistake in both dynamics: only the second discretisations can see it.
pub fn speed_in_both() -> Result<Trial, LaboratoryError> {
    altered(repulsive, "v for 2v in both", |a| (a.vlasov_speed, a.hartree_speed) = (1.0, 1.0))
}

/// The sign of the force as the 2019 talk prints it.
pub fn flipped_force() -> Result<Trial, LaboratoryError> {
    altered(repulsive, "flipped force in Vlasov", |a| a.vlasov_force = ForceSign::Flipped)
}

/// A Weyl matrix with the periodic images of the grid.
pub fn unmasked() -> Result<Trial, LaboratoryError> {
    altered(repulsive, "unmasked Weyl matrix", |a| a.masked = false)
}
