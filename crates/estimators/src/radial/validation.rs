//! Both dynamics against their second, independent discretisations: one engine for both would hide an error common to both.

use hartree::radial::{ChannelHartree, DirectHartree, DirectSettings};
use num_complex::Complex64;
use operators::BandHermitian;
use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, ComovingFrame, RadialGrid};
use rayon::prelude::*;
use transforms::weyl::radial::{NEGLIGIBLE, TableExtent, WeylTable, weyl_channels};
use vlasov::radial::{ParticleSettings, ParticleVlasov, RadialVlasov};

use super::pair::{norms_of_difference, projected, settings};
use super::reference::{Initial, Mesh, extent, momenta, radii, solve, table};
use super::{Extent, Problem, Projection, Resolution, SetUpError};
use crate::Estimate;

/// Where the two are compared.
const TIME: f64 = 0.25;
/// W is nothing below this fraction of its sup.
const TAIL: f64 = 1e-12;
/// Degree of the oscillator functions times ε^{0.9}: 110 at ε = ½, 160 at ⅓, 200 at ¼.
const DEGREE: f64 = 60.0;
/// Particles in |x|, |v| and the angle between them.
const NODES: [usize; 3] = [34, 32, 36];
/// ẋ = ∂_v v²: written down again, so that the constant of both fast solvers is compared with something.
const SYMBOL_SPEED: f64 = 2.0;
/// Steps of Strang's composition before the extrapolation.
const STEPS: usize = 3;

/// A distance between two discretisations of one dynamics.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// What is compared.
    pub name: String,
    /// The distance and the error of the second discretisation.
    pub distance: Estimate,
}

/// tr|ω_t−ω_t′|/N of Hartree in the comoving frame against [`DirectHartree`], and max|ρ̃_t−ρ̃_t′|/max ρ̃_t of Vlasov along characteristics
/// traced back against particles, at t = ¼. The second discretisations are always the right ones.
///
/// # Errors
/// [`SetUpError`]: what the solvers refuse.
pub fn validate(problem: &Problem, eps: f64, resolution: &Resolution) -> Result<Vec<Agreement>, SetUpError> {
    let solution = solve(problem, resolution, TIME, resolution.vlasov_until(TIME))?;
    Ok(vec![hartree(problem, &solution, resolution, eps)?, vlasov(problem, &solution)?])
}

/// Σ(2ℓ+1)Σ_k|λ_k − λ_k′|/N of a thermal Gaussian, whose channels have the eigenvalues λ = N(1−q)³q^m, m = ℓ+2k, q = (2σ²−ε)/(2σ²+ε), as it is
/// projected, whatever the dynamics.
///
/// # Errors
/// [`SetUpError`]: what the quantisation refuses.
pub fn validate_quantisation(projection: Projection, eps: f64) -> Result<Agreement, SetUpError> {
    let scaling = Scaling::new(3, eps)?;
    let thermal = |r: f64, v_r: f64, v_t: f64| {
        (-0.5 * (r * r + v_r * v_r + v_t * v_t)).exp() / std::f64::consts::TAU.powi(3)
    };
    let many =
        |points: &[(f64, f64, f64)]| points.iter().map(|&(r, a, b)| thermal(r, a, b)).collect::<Vec<_>>();
    let extent = TableExtent {
        radius: 7.6,
        velocity: 7.6,
        reach: 7.6,
        negligible: NEGLIGIBLE,
        spacing_r: 0.08,
        spacing_y: 0.08,
    };
    let table = WeylTable::of_many(&extent, 0.0, many)?;
    let grid = RadialGrid::resolving(8.0 + 2.0 * eps.powf(2.0 / 3.0), eps, 8.0 + 2.0 * eps.powf(2.0 / 3.0))?;
    let momenta = AngularMomenta::sparse(eps, (26.0 / eps) as usize)?;
    let channels = projected(projection, &table, many, [7.6, 7.6], &scaling, &grid, &momenta)?;
    let q = (2.0 - eps) / (2.0 + eps);
    let miss = |(block, l): (&BandHermitian, &usize)| -> Result<f64, SetUpError> {
        let exact = |k: usize| scaling.n() * (1.0 - q).powi(3) * q.powi((l + 2 * k) as i32);
        let values = block.eigenvalues()?;
        Ok(values.iter().rev().enumerate().map(|(k, value)| (value - exact(k)).abs()).sum())
    };
    let misses: Vec<f64> =
        channels.blocks().par_iter().zip(momenta.momenta()).map(miss).collect::<Result<_, _>>()?;
    // no sum of a smooth function of ℓ: between the chosen ones the misses are taken as their neighbours'
    let total = momenta.sum(&misses).abs() / scaling.n();
    Ok(Agreement {
        name: format!(
            "channels of a thermal Gaussian against their exact spectra at ε = 1/{}",
            (1.0 / eps).round()
        ),
        distance: Estimate::new(total, 1e-12),
    })
}

fn hartree(
    problem: &Problem,
    solution: &RadialVlasov<Initial>,
    resolution: &Resolution,
    eps: f64,
) -> Result<Agreement, SetUpError> {
    let (scaling, frame) = (Scaling::new(3, eps)?, problem.frame()?);
    let extent = extent(problem, solution, &frame, &[TIME], resolution.tail);
    let symbol =
        |frame: &ComovingFrame, extent: &Extent| table(solution, frame, 0.0, extent, Mesh::fine(resolution));
    let (grid, sparse) = (radii(&extent, &frame, eps)?, momenta(&extent, eps)?);
    let initial = weyl_channels(&symbol(&frame, &extent)?, &scaling, &grid, &sparse)?;
    let settings = settings(problem, &extent, resolution);
    let mut fast = ChannelHartree::new(&initial, problem.interaction.clone(), &scaling, frame, &settings)?;
    fast.evolve_to(TIME, resolution.steps(frame.oscillator(), frame.clock(TIME)))?;
    // at t = 0 the laboratory's own symbol, chirp and all, which reaches farther
    let rest = ComovingFrame::at_rest(frame.oscillator())?;
    let at_rest = self::extent(problem, solution, &rest, &[], resolution.tail).joined(&extent);
    let full = AngularMomenta::full(sparse.last());
    let start = weyl_channels(&symbol(&rest, &at_rest)?, &scaling, &radii(&at_rest, &rest, eps)?, &full)?;
    let degree = (DEGREE / eps.powf(0.9)).ceil() as usize;
    let direct = DirectSettings::new(degree, 0.5 * frame.oscillator());
    let direct = DirectHartree::new(&start, problem.interaction.as_ref(), scaling, direct)?;
    let (b, expansion) = frame.scale(TIME);
    let laboratory = RadialGrid::new(b * grid.radius(), grid.len())?;
    let slow = direct.extrapolated(TIME, STEPS, &laboratory)?;
    // ψ(r) ∝ e^{iḃr²/4εb}φ(r/b)
    let phase = |j: usize| Complex64::cis(-0.25 * expansion * b * grid.point(j).powi(2) / eps);
    // every diagonal: no band is asked of two discretisations
    let band = grid.len() - 1;
    let seen = in_frame(&slow.channels, &grid, &sparse, band, phase)?;
    let [distance, ..] = norms_of_difference(&fast.channels(band)?, &seen, &scaling)?;
    let name = format!(
        "Hartree in the comoving frame against oscillator functions at ε = 1/{}",
        (1.0 / eps).round()
    );
    Ok(Agreement { name, distance: Estimate::new(distance, direct.truncation().abs() + slow.change) })
}

/// The chosen ℓ of a full set, with the phases of the frame, as bands.
fn in_frame(
    omega: &Channels,
    grid: &RadialGrid,
    momenta: &AngularMomenta,
    band: usize,
    phase: impl Fn(usize) -> Complex64,
) -> Result<Channels, SetUpError> {
    let blocks = momenta.momenta().iter().map(|&l| {
        let block = &omega.blocks()[l];
        let entry = |i: usize, j: usize| {
            let turned = phase(i) * phase(j).conj() * block.entry(i, j);
            if i == j { turned.re.into() } else { turned }
        };
        let diagonal = |d: usize| (0..grid.len() - d).map(|j| entry(j + d, j)).collect();
        BandHermitian::from_diagonals(grid.len(), (0..=band).map(diagonal).collect())
    });
    let blocks = blocks.collect::<Result<Vec<_>, _>>()?;
    Ok(Channels::new(*grid, momenta.clone(), blocks)?)
}

fn vlasov(problem: &Problem, solution: &RadialVlasov<Initial>) -> Result<Agreement, SetUpError> {
    let state = &problem.initial;
    let domain = solution.domain();
    let (radius, velocity) = (state.reach(0.0, TAIL), state.speed(TAIL));
    // as many points as the radius of the solution, a little beyond it
    let waves = domain.points + 6;
    let settings = ParticleSettings {
        radius,
        velocity,
        nodes: NODES,
        reach: waves as f64 * domain.spacing,
        waves,
        speed: SYMBOL_SPEED,
        force: 1.0,
    };
    let particles =
        ParticleVlasov::new(|r, v_r, v_t| state.wigner(r, v_r, v_t), problem.interaction.as_ref(), settings)?;
    let slow = particles.extrapolated(TIME, 2 * STEPS)?;
    let fast = solution.density(TIME);
    let largest = fast.iter().fold(0.0_f64, |m, rho| m.max(rho.abs()));
    let apart =
        |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs())) / largest;
    Ok(Agreement {
        name: "Vlasov traced back against particles: density".into(),
        distance: Estimate::new(apart(&fast, &slow.density), apart(&slow.density, &slow.coarser)),
    })
}
