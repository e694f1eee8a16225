//! W_t, W̃_t, their difference, and how much the difference moves when the discretisation is coarsened.

use phase_space::line::{PhaseGrid, WignerFunction};

use super::reference::{trajectory, with_variants};
use super::{Knob, Problem, SetUpError, VlasovReference};

/// The two Wigner functions at one time and one ε.
#[derive(Clone, Debug)]
pub struct Pair {
    /// ε.
    pub eps: f64,
    /// t.
    pub time: f64,
    /// W_t, Hartree.
    pub hartree: WignerFunction,
    /// W̃_t, Vlasov.
    pub vlasov: WignerFunction,
    /// D = W_t − W̃_t.
    pub difference: WignerFunction,
    /// D' − D for each coarser variant, on the grid of D, in the order of [`Knob::ALL`]. A norm of these bounds the
    /// error of the same norm of D: | ‖D'‖ − ‖D‖ | ≤ ‖D' − D‖.
    pub perturbations: Vec<WignerFunction>,
}

/// Evolves Hartree at ε through the times of the Vlasov reference, on the resolution and on its variants.
pub fn pair(problem: &Problem, reference: &VlasovReference, eps: f64) -> Result<Vec<Pair>, SetUpError> {
    let resolution = reference.resolution;
    let run = |r: &super::Resolution| {
        let w = problem.initial_on(&r.grid)?;
        Ok::<_, SetUpError>(trajectory(problem.hartree(&r.grid, eps, r.splitting)?, w, r, &reference.times))
    };
    let (hartree, varied) = with_variants(&resolution, run)?;
    let mut pairs: Vec<Pair> = hartree
        .into_iter()
        .zip(&reference.trajectory)
        .zip(&reference.times)
        .map(|((hartree, vlasov), &time)| {
            let difference = hartree.minus(vlasov)?;
            Ok(Pair { eps, time, hartree, vlasov: vlasov.clone(), difference, perturbations: Vec::new() })
        })
        .collect::<Result<_, SetUpError>>()?;
    for ((&knob, varied), vlasov) in Knob::ALL.iter().zip(&varied).zip(&reference.variants) {
        for ((pair, w), w_tilde) in pairs.iter_mut().zip(varied).zip(vlasov) {
            let varied = on_grid(knob, &w.minus(w_tilde)?, &resolution.grid)?;
            pair.perturbations.push(varied.minus(&pair.difference)?);
        }
    }
    Ok(pairs)
}

/// A function of a variant, on the grid of the resolution itself.
pub(super) fn on_grid(
    knob: Knob,
    d: &WignerFunction,
    grid: &PhaseGrid,
) -> Result<WignerFunction, SetUpError> {
    Ok(match knob {
        Knob::Step => d.clone(),
        Knob::Grid => d.resampled(grid.x.len(), grid.v.len()),
        Knob::Box => d.embedded(grid)?,
    })
}

impl Pair {
    /// Σ over the knobs of a (semi)norm of D' − D.
    pub fn budget(&self, norm: impl Fn(&WignerFunction) -> f64) -> f64 {
        self.perturbations.iter().map(norm).sum()
    }

    /// ‖D' − D‖/‖D‖ in L² for each knob; 0 where D' − D is at round-off of W.
    pub fn relative_budget(&self) -> Vec<f64> {
        let (size, floor) = (self.difference.l2(), 1e-13 * self.vlasov.l2());
        self.perturbations.iter().map(|e| if e.l2() <= floor { 0.0 } else { e.l2() / size }).collect()
    }
}
