//! The Vlasov trajectory, which does not depend on ε, with its coarser variants: computed once a ladder.

use phase_space::line::{Multiplier, SplitStep, WignerFunction};
use rayon::prelude::*;

use super::{Knob, Problem, Resolution, SetUpError};

/// W̃_t at the requested times, on the resolution and on each coarser variant.
#[derive(Clone, Debug)]
pub struct VlasovReference {
    /// The resolution.
    pub resolution: Resolution,
    /// The times.
    pub times: Vec<f64>,
    /// W̃_t.
    pub trajectory: Vec<WignerFunction>,
    /// W̃_t on the coarser variant of each knob, in the order of [`Knob::ALL`].
    pub variants: Vec<Vec<WignerFunction>>,
}

/// Evolves Vlasov through `times` on the resolution and on its variants.
pub fn vlasov_reference(
    problem: &Problem,
    resolution: Resolution,
    times: &[f64],
) -> Result<VlasovReference, SetUpError> {
    check_times(times)?;
    let run = |r: &Resolution| {
        let w = problem.initial_on(&r.grid)?;
        Ok::<_, SetUpError>(trajectory(problem.vlasov(&r.grid, r.splitting)?, w, r, times))
    };
    let (trajectory, variants) = with_variants(&resolution, run)?;
    Ok(VlasovReference { resolution, times: times.to_vec(), trajectory, variants })
}

/// `run` on the resolution itself, and on each coarser variant in the order of [`Knob::ALL`], on all cores.
pub(super) fn with_variants<T: Send>(
    resolution: &Resolution,
    run: impl Fn(&Resolution) -> Result<T, SetUpError> + Sync,
) -> Result<(T, Vec<T>), SetUpError> {
    let varied = |knob: &Knob| run(&resolution.coarsened(*knob));
    let (fine, variants) = rayon::join(
        || run(resolution),
        || Knob::ALL.par_iter().with_max_len(1).map(varied).collect::<Result<_, _>>(),
    );
    Ok((fine?, variants?))
}

/// W at each of the times.
pub(super) fn trajectory<M: Multiplier>(
    mut solver: SplitStep<M>,
    mut w: WignerFunction,
    resolution: &Resolution,
    times: &[f64],
) -> Vec<WignerFunction> {
    let mut now = 0.0;
    times
        .iter()
        .map(|&t| {
            solver.evolve(&mut w, t - now, resolution.varied_steps(t - now));
            now = t;
            w.clone()
        })
        .collect()
}

pub(super) fn check_times(times: &[f64]) -> Result<(), SetUpError> {
    let positive = times.first().is_some_and(|&t| t > 0.0);
    if positive && times.iter().all(|t| t.is_finite()) && times.windows(2).all(|t| t[0] < t[1]) {
        Ok(())
    } else {
        Err(SetUpError::Times(times.to_vec()))
    }
}
