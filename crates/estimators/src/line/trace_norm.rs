//! tr|Op(S)|/N with its error.

use phase_space::Scaling;
use phase_space::line::WignerFunction;
use transforms::weyl::line::{WeylOptions, weyl_band_with};

use super::SetUpError;
use crate::Estimate;

/// Accuracy asked of the Weyl matrix, relative to ‖S‖_{L¹}.
const TOLERANCE: f64 = 1e-4;

/// tr|Op(S)|/N for a real symbol S at time t. The symbol is first un-sheared by the free flow, a unitary equivalence after
/// which matrix and band are as small as at t = 0. The error is what the matrix leaves out (window, band, consistency
/// with ‖Op(S)‖_HS).
pub fn trace_norm(s: &WignerFunction, eps: f64, time: f64, masked: bool) -> Result<Estimate, SetUpError> {
    if s.sup() == 0.0 {
        return Ok(Estimate::new(0.0, 0.0));
    }
    let options = WeylOptions { mask: masked, ..WeylOptions::new(TOLERANCE) };
    let band = weyl_band_with(&s.sheared(-time), &Scaling::line(eps)?, &options)?;
    Ok(Estimate::new(band.matrix.trace_norm()?, band.left_out))
}
