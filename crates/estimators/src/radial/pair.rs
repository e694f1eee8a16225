//! ω_t, ω̃_t and their difference at one ε, with what every approximation costs.

use hartree::radial::{ChannelHartree, Settings};
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, RadialGrid};
use phase_space::splitting::Splitting;
use rayon::prelude::*;
use transforms::weyl::radial::{WeylTable, half_line_channels, weyl_channels};

use super::density::density_l1;
use super::distances::{Distances, distances};
use super::initial::{InitialChannels, initial_channels};
use super::reference::{Slice, bandwidth, in_frame, momenta, radii, reach};
use super::{Extent, Problem, Projection, Reference, Resolution, SetUpError};

/// GiB that the channels of one ε may take.
const ALLOWED: f64 = 14.0;
/// From this ε on the step and the basis are varied one by one, below it together.
const ONE_BY_ONE: f64 = 1.0 / 4.0;
/// A composition with an error several times that of the state's own, at the same steps.
const COARSER: Splitting = Splitting::Aba864;
/// The energies that a smaller basis keeps.
const SMALLER_BASIS: f64 = 0.94;

/// The two density operators at one time and one ε, as channels in the comoving frame.
#[derive(Clone, Debug)]
pub struct Pair {
    /// ε, N.
    pub scaling: Scaling,
    /// t.
    pub time: f64,
    /// r = bξ.
    pub scale: f64,
    /// ω_t, Hartree.
    pub hartree: Channels,
    /// ω̃_t, Vlasov.
    pub vlasov: Channels,
    /// ω_t − ω̃_t.
    pub difference: Channels,
}

/// One source of error, as it bounds tr|ω−ω̃|/N, ‖ω−ω̃‖_HS/√N and ‖ρ−ρ̃‖_{L¹}.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// What is approximated.
    pub name: &'static str,
    /// In tr|·|/N.
    pub trace: f64,
    /// In ‖·‖_HS/√N.
    pub hilbert_schmidt: f64,
    /// In ‖ρ‖_{L¹}, at most that of tr|·|/N.
    pub density: f64,
}

/// All that is measured at one time.
#[derive(Clone, Debug)]
pub struct At {
    /// t.
    pub time: f64,
    /// The distances with their errors.
    pub distances: Distances,
    /// Where the errors come from.
    pub budget: Vec<Source>,
    /// The operators.
    pub pair: Pair,
}

/// One rung: ω_N, and the pair at every time.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What the channels of ω_N say.
    pub initial: InitialChannels,
    /// The pair at the times of the reference.
    pub times: Vec<At>,
}

/// Evolves Hartree at ε through the times of the reference, and measures its distances from Vlasov.
///
/// # Errors
/// [`SetUpError`]: channels that do not fit into the memory, spectra that do not converge.
pub fn measure(problem: &Problem, reference: &Reference, eps: f64) -> Result<Measured, SetUpError> {
    let scaling = Scaling::new(3, eps)?;
    let grid = radii(&reference.extent, &reference.frame, eps)?;
    let momenta = momenta(&reference.extent, eps)?;
    let band = bandwidth(reference, eps, &grid);
    check_memory(eps, &grid, &momenta, band)?;
    let initial = weyl_channels(&reference.initial, &scaling, &grid, &momenta)?;
    let settings = settings(problem, &reference.extent, &reference.resolution);
    let state =
        ChannelHartree::new(&initial, problem.interaction.clone(), &scaling, reference.frame, &settings)?;
    let left_out = state.left_out();
    let smaller = || state.in_smaller_basis(SMALLER_BASIS * settings.cutoff);
    let run = |state: ChannelHartree| trajectory(reference, state, band);
    let variants: Vec<(&'static str, Vec<Channels>)> = if eps >= ONE_BY_ONE {
        vec![("time step", run(state.clone().composed_by(COARSER))?.0), ("radial basis", run(smaller())?.0)]
    } else {
        vec![("time step and radial basis", run(smaller().composed_by(COARSER))?.0)]
    };
    let (fine, beyond) = run(state)?;
    // what the angular momenta and the box leave out of ω_N
    let missing = (1.0 - initial.trace() / scaling.n()).abs();
    // what lies beyond ℓ_max is smaller than the last channel: ‖R‖_HS ≤ (‖R‖ tr R)^{1/2}
    let smallest = initial.blocks().last().map_or(Ok((0.0, 1.0)), |block| block.spectrum_extent())?.1.abs();
    let mut times = Vec::new();
    for (k, (hartree, slice)) in fine.into_iter().zip(&reference.slices).enumerate() {
        let vlasov = quantise(problem, reference, slice, &scaling, &grid, &momenta)?;
        let mut budget = vec![
            // once themselves, and once for the field that they would add to
            Source::new(
                "eigenvalues left out",
                [2.0 * left_out, 2.0 * (settings.threshold * left_out).sqrt(), 2.0 * left_out],
            ),
            Source::new("angular momenta left out", [missing, (smallest * missing).sqrt(), missing]),
            // the diagonal, and with it the density, lies inside every band
            Source::new("entries of ω beyond the band", [beyond[k][0], beyond[k][1], 0.0]),
            Source::new("table of W_N", reference.initial_table_error),
            Source::new("table of W̃", slice.table_error),
            Source::new("Vlasov", slice.vlasov_error),
        ];
        for (name, varied) in &variants {
            budget.push(Source::new(name, norms_of_difference(&varied[k], &hartree, &scaling)?));
        }
        let difference = hartree.minus(&vlasov)?;
        let scale = reference.frame.scale(slice.time).0;
        let pair = Pair { scaling, time: slice.time, scale, hartree, vlasov, difference };
        let distances = distances(&pair, &mut budget)?;
        times.push(At { time: slice.time, distances, budget, pair });
    }
    let initial = initial_channels(&initial, &reference.frame, eps, reference.initial_error)?;
    Ok(Measured { initial, times })
}

impl Source {
    pub(super) fn new(name: &'static str, [trace, hilbert_schmidt, density]: [f64; 3]) -> Self {
        Self { name, trace, hilbert_schmidt, density }
    }
}

pub(super) fn settings(problem: &Problem, extent: &Extent, resolution: &Resolution) -> Settings {
    Settings {
        threshold: resolution.threshold,
        speed: problem.alteration.hartree_speed,
        barrier: problem.alteration.barrier,
        ..Settings::up_to(resolution.cutoff * extent.energy)
    }
}

/// ω at the times of the reference, and (tr|·|/N, ‖·‖_HS/√N) of what its band leaves out.
fn trajectory(
    reference: &Reference,
    mut state: ChannelHartree,
    band: usize,
) -> Result<(Vec<Channels>, Vec<[f64; 2]>), SetUpError> {
    let (frame, resolution) = (reference.frame, &reference.resolution);
    let (mut channels, mut beyond) = (Vec::new(), Vec::new());
    for slice in &reference.slices {
        let clock = frame.clock(slice.time) - frame.clock(state.time());
        state.evolve_to(slice.time, resolution.steps(frame.oscillator(), clock))?;
        channels.push(state.channels(band)?);
        beyond.push(state.beyond_band(band));
    }
    Ok((channels, beyond))
}

/// ω̃ from the table of W̃, by the right projection or, in a control, by a wrong one.
fn quantise(
    problem: &Problem,
    reference: &Reference,
    slice: &Slice,
    scaling: &Scaling,
    grid: &RadialGrid,
    momenta: &AngularMomenta,
) -> Result<Channels, SetUpError> {
    let w = in_frame(reference.vlasov(), &reference.frame, slice.time);
    let bounds = [reach(reference), reference.extent.speed];
    projected(problem.alteration.projection, &slice.table, w, bounds, scaling, grid, momenta)
}

/// Channels of a symbol, from its table or, where a control asks for another projection, from its values.
pub(super) fn projected(
    projection: Projection,
    table: &WeylTable,
    wigner: impl Fn(&[(f64, f64, f64)]) -> Vec<f64> + Sync,
    bounds: [f64; 2],
    scaling: &Scaling,
    grid: &RadialGrid,
    momenta: &AngularMomenta,
) -> Result<Channels, SetUpError> {
    Ok(match projection {
        Projection::Legendre => weyl_channels(table, scaling, grid, momenta)?,
        Projection::Unnormalised => {
            weyl_channels(table, scaling, grid, momenta)?.scaled_by(|l| (l as f64 + 0.5).sqrt())
        }
        Projection::HalfLine => half_line_channels(wigner, bounds, scaling, grid, momenta)?,
    })
}

/// (tr|A−B|/N, ‖A−B‖_HS/√N, ‖ρ_A−ρ_B‖_{L¹}) by the chosen channels alone: what is compared is small, and only its size matters.
pub(super) fn norms_of_difference(
    a: &Channels,
    b: &Channels,
    scaling: &Scaling,
) -> Result<[f64; 3], SetUpError> {
    let difference = a.minus(b)?;
    let norms: Vec<f64> =
        difference.blocks().par_iter().map(|block| block.trace_norm()).collect::<Result<_, _>>()?;
    let n = scaling.n();
    let trace = difference.momenta().sum(&norms).abs() / n;
    Ok([trace, difference.hilbert_schmidt() / n.sqrt(), density_l1(&difference, n).value])
}

/// Eigenvectors of ω_ℓ and of k_ℓ, and four sets of bands.
fn check_memory(
    eps: f64,
    grid: &RadialGrid,
    momenta: &AngularMomenta,
    band: usize,
) -> Result<(), SetUpError> {
    let (n, channels) = (grid.len() as f64, momenta.len() as f64);
    // a variant stands beside the state: twice two vectors of doubles for each of 0.75n eigenvectors, and twice as many states of k_ℓ
    let numbers = channels * (2.0 * 0.75 * n * 3.0 * n + 12.0 * n * (band + 1) as f64);
    let needed = 8.0 * numbers / (1u64 << 30) as f64;
    if needed <= ALLOWED {
        return Ok(());
    }
    let (points, channels, all) = (grid.len(), momenta.len(), momenta.last() + 1);
    Err(SetUpError::TooLarge { eps, points, channels, all, needed, allowed: ALLOWED })
}
