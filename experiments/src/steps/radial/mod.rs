//! The steps of the argument in the theorems' own setting d = 3, for rotation-invariant states.

pub mod k_1;
pub mod o_1;
pub mod p16_5;
pub mod p16_6;
pub mod p19_3;
pub mod p19_4;
pub mod r19_3;
pub mod r19_4;
pub mod s_1;
pub mod s_3;
pub mod s_5;

use estimators::Estimate;
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use rayon::prelude::*;
use transforms::weyl::radial::{GaussianTerm, GaussianVariables, RadialWeylVariables, weyl_channels};

use crate::claim::{Claim, Measurement};
use crate::facade::{LaboratoryError, Tier};
use crate::record::Setting;

/// A step in its own setting.
fn own(id: &'static str, statement: &'static str, measure: Measurement) -> Claim {
    Claim { setting: Setting::Own, ..Claim::step(id, statement, measure) }
}

/// ε at which operators that cost more than a distance are measured.
fn rungs(tier: Tier) -> &'static [f64] {
    const RUNGS: [f64; 5] = [1.0 / 2.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 6.0, 1.0 / 8.0];
    match tier {
        Tier::Quick => &RUNGS[..3],
        Tier::Standard => &RUNGS[..4],
        Tier::Deep => &RUNGS,
    }
}

/// e^{−(x²+v²)/2}/(2π)³: its channels and its integrals are known in closed form.
const THERMAL: &str = "thermal";

fn thermal() -> Result<GaussianVariables, LaboratoryError> {
    let term = GaussianTerm { weight: 1.0, sigma_x: 1.0, sigma_v: 1.0, chirp: 0.0 };
    GaussianVariables::new(vec![term]).map_err(refused)
}

/// The thermal ω on the radii and the ℓ that carry it to 10⁻⁹; a `larger` box and larger momenta show what they cost.
fn thermal_channels(eps: f64, larger: f64, full: bool) -> Result<Channels, LaboratoryError> {
    let extent = Extent { radius: 6.8 * larger, speed: 7.5 * larger, momentum: 22.0 * larger };
    quantised(&thermal()?, eps, extent, full)
}

/// Beyond which radius, speed and |x×v| a state is left out.
#[derive(Clone, Copy, Debug)]
struct Extent {
    radius: f64,
    speed: f64,
    momentum: f64,
}

/// ω within the extent, with every ℓ ≤ |x×v|/ε or a sparse set of them.
fn quantised(
    variables: &impl RadialWeylVariables,
    eps: f64,
    extent: Extent,
    full: bool,
) -> Result<Channels, LaboratoryError> {
    let grid = RadialGrid::resolving(extent.radius, eps, extent.speed).map_err(refused)?;
    let last = (extent.momentum / eps).ceil() as usize;
    let momenta =
        if full { AngularMomenta::full(last) } else { AngularMomenta::sparse(eps, last).map_err(refused)? };
    weyl_channels(variables, &Scaling::new(3, eps).map_err(refused)?, &grid, &momenta).map_err(refused)
}

/// tr|[f(|x|),ω]| over every ℓ, f at the radii of ω.
fn commutator_norm(omega: &Channels, f: &[f64]) -> Result<Estimate, LaboratoryError> {
    let commutator = omega.commutator_with(f).map_err(refused)?;
    let channel = |l: usize| commutator.channel_trace_norm(l).map_err(refused);
    let norms: Vec<(f64, f64)> =
        (0..=omega.momenta().last()).into_par_iter().map(channel).collect::<Result<_, _>>()?;
    let weighted = |of: fn(&(f64, f64)) -> f64| -> f64 {
        norms.iter().enumerate().map(|(l, norm)| (2 * l + 1) as f64 * of(norm)).sum()
    };
    Ok(Estimate::new(weighted(|n| n.0), weighted(|n| n.1)))
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
