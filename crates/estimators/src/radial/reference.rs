//! Vlasov's solution and the tables of its Weyl variables, which do not depend on ε: made once a ladder.

use operators::radial::Channels;
use phase_space::Scaling;
use phase_space::radial::{AngularMomenta, ComovingFrame, RadialGrid};
use transforms::weyl::radial::{
    ChannelQuantisationError, RadialWeylVariables, TableExtent, WeylTable, half_bandwidth, weyl_channels,
};
use vlasov::radial::{Domain, RadialVlasov, Settings};

use super::initial::change;
use super::pair::norms_of_difference;
use super::{Extent, Problem, Resolution, SetUpError};

/// W(r, v_r, v_t).
pub(super) type Initial = Box<dyn Fn(f64, f64, f64) -> f64 + Send + Sync>;

/// A coarser table has points this much farther apart.
const COARSER: f64 = 1.25;
/// Points of a table up to the radius of the state, and in Y within 1/|η|_max.
const POINTS_R: f64 = 90.0;
const POINTS_Y: f64 = 1.7;
/// How much of this fineness the scout has.
const SCOUT: f64 = 0.4;
/// |Y| up to which the scout begins, over 1/|η|_max: a Gaussian has decayed at 50.
const SHORTEST: f64 = 58.0;
/// F is negligible below this fraction of the tail of W.
const NEGLIGIBLE: f64 = 0.03;
/// How often a table that is too short is lengthened, and by how much; how much farther than the scout's edge the table goes.
const LENGTHENED: usize = 6;
const LONGER: f64 = 1.3;
const BEYOND_SCOUT: f64 = 1.04;

/// W̃_t for all t, its tables in the comoving frame at the requested times, and what their errors cost.
pub struct Reference {
    pub(super) resolution: Resolution,
    pub(super) frame: ComovingFrame,
    pub(super) extent: Extent,
    /// W_N.
    pub(super) initial: WeylTable,
    /// What its table costs an eigenvalue and the kinetic energy of ω_N.
    pub(super) initial_error: [f64; 2],
    /// (tr|·|/N, ‖·‖_HS/√N, ‖ρ‖_{L¹}) of what a coarser table changes in ω_N.
    pub(super) initial_table_error: [f64; 3],
    pub(super) slices: Vec<Slice>,
    vlasov: RadialVlasov<Initial>,
}

/// W̃ at one time, in the frame.
pub(super) struct Slice {
    pub(super) time: f64,
    pub(super) table: WeylTable,
    /// (tr|·|/N, ‖·‖_HS/√N, ‖ρ‖_{L¹}) of what a coarser table changes in ω̃.
    pub(super) table_error: [f64; 3],
    /// The same for a coarser solution of Vlasov's equation.
    pub(super) vlasov_error: [f64; 3],
}

/// Solves Vlasov's equation and tabulates it at the times.
///
/// # Errors
/// [`SetUpError`]: times that do not increase, a state that is nothing, an interaction without a mean field, a solution or table that does
/// not converge.
pub fn settle(problem: &Problem, times: &[f64], resolution: &Resolution) -> Result<Reference, SetUpError> {
    let increasing = times.windows(2).all(|t| t[0] < t[1]);
    let Some(&last) = times.last().filter(|_| increasing && times[0] > 0.0) else {
        return Err(SetUpError::Times(times.to_vec()));
    };
    if !last.is_finite() {
        return Err(SetUpError::Times(times.to_vec()));
    }
    check_tail(problem, resolution.tail)?;
    let frame = problem.frame()?;
    let vlasov = solve(problem, resolution, last, resolution.vlasov_until(last))?;
    let coarse = solve(problem, resolution, last, resolution.coarse_vlasov_until(last))?;
    let extent = extent(problem, &vlasov, &frame, times, resolution.tail);
    let initial = table(&vlasov, &frame, 0.0, &extent, Mesh::fine(resolution))?;
    let coarser = table(&vlasov, &frame, 0.0, &extent, Mesh::coarse(resolution))?;
    let probe = resolution.probe;
    let [at_probe, coarser] = [&initial, &coarser].map(|table| quantised(table, &extent, &frame, probe));
    let (at_probe, coarser) = (at_probe?, coarser?);
    let initial_error = change(&at_probe, &coarser, &frame, probe)?;
    let initial_table_error = norms_of_difference(&at_probe, &coarser, &Scaling::new(3, probe)?)?;
    let slice = |&time: &f64| -> Result<Slice, SetUpError> {
        let fine = table(&vlasov, &frame, time, &extent, Mesh::fine(resolution))?;
        let fewer = table(&vlasov, &frame, time, &extent, Mesh::coarse(resolution))?;
        let varied = table(&coarse, &frame, time, &extent, Mesh::coarse(resolution))?;
        let at_probe = |table| quantised(table, &extent, &frame, probe);
        let (fewer, scaling) = (at_probe(&fewer)?, Scaling::new(3, probe)?);
        Ok(Slice {
            time,
            table_error: norms_of_difference(&at_probe(&fine)?, &fewer, &scaling)?,
            vlasov_error: norms_of_difference(&fewer, &at_probe(&varied)?, &scaling)?,
            table: fine,
        })
    };
    let slices = times.iter().map(slice).collect::<Result<_, _>>()?;
    Ok(Reference {
        resolution: *resolution,
        frame,
        extent,
        initial,
        initial_error,
        initial_table_error,
        slices,
        vlasov,
    })
}

/// A box holds a state whose tail begins within so many widths; a Gaussian's does within 7.
const WIDEST: f64 = 60.0;

fn check_tail(problem: &Problem, tail: f64) -> Result<(), SetUpError> {
    let state = &problem.initial;
    let (reach, width) = (state.reach(0.0, tail), state.reach(0.0, (-0.5_f64).exp()));
    if reach <= WIDEST * width {
        return Ok(());
    }
    Err(SetUpError::Tail { state: state.name(), tail, reach, widths: reach / width })
}

impl Reference {
    /// The times.
    pub fn times(&self) -> Vec<f64> {
        self.slices.iter().map(|slice| slice.time).collect()
    }

    /// The comoving frame in which the channels are given.
    pub fn frame(&self) -> &ComovingFrame {
        &self.frame
    }

    /// Where the state lives in the frame.
    pub fn extent(&self) -> &Extent {
        &self.extent
    }

    /// Vlasov's solution.
    pub fn vlasov(&self) -> &RadialVlasov<Initial> {
        &self.vlasov
    }
}

pub(super) fn solve(
    problem: &Problem,
    resolution: &Resolution,
    duration: f64,
    settings: Settings,
) -> Result<RadialVlasov<Initial>, SetUpError> {
    let state = problem.initial.clone();
    let radius = state.reach(0.0, resolution.tail).max(state.reach(duration, resolution.tail));
    let width = state.reach(0.0, (-0.5_f64).exp());
    let domain = Domain::covering(radius, state.speed(1e-14), resolution.spacing * width);
    let initial: Initial = Box::new(move |r, v_r, v_t| state.wigner(r, v_r, v_t));
    Ok(RadialVlasov::solve_with(
        initial,
        problem.interaction.as_ref(),
        &domain,
        duration,
        settings,
        problem.flow(),
    )?)
}

/// W̃_t at points of the frame.
pub(super) fn in_frame<'a>(
    vlasov: &'a RadialVlasov<Initial>,
    frame: &'a ComovingFrame,
    t: f64,
) -> impl Fn(&[(f64, f64, f64)]) -> Vec<f64> + Sync + 'a {
    let snapshot = vlasov.at(t);
    move |points| {
        let laboratory = |&(xi, eta_r, eta_t): &(f64, f64, f64)| {
            let [r, v_r, v_t] = frame.to_laboratory(t, [xi, eta_r, eta_t]);
            (r, v_r, v_t)
        };
        snapshot.wigner_many(&points.iter().map(laboratory).collect::<Vec<_>>())
    }
}

/// Where W exceeds the tail at the times, at 0 and half-way to each of them.
pub(super) fn extent(
    problem: &Problem,
    vlasov: &RadialVlasov<Initial>,
    frame: &ComovingFrame,
    times: &[f64],
    tail: f64,
) -> Extent {
    let (state, least) = (&problem.initial, tail * problem.initial.sup());
    let between = times.iter().flat_map(|&t| [0.5 * t, t]);
    let at = |t: f64| {
        let (b, expansion) = frame.scale(t);
        let radius = state.reach(0.0, tail).max(state.reach(t, tail) / b);
        let speed = state.speed(tail).max(b * state.speed(tail)) + 0.5 * expansion.abs() * radius;
        // a first look from far away, a second one nearer
        let far =
            Extent::scan(frame.oscillator(), [1.3 * radius, 1.3 * speed], least, in_frame(vlasov, frame, t));
        let near = [1.1 * far.radius, 1.1 * far.speed];
        Extent::scan(frame.oscillator(), near, least, in_frame(vlasov, frame, t))
    };
    std::iter::once(0.0).chain(between).map(at).fold(Extent::default(), |a, b| a.joined(&b))
}

/// How fine a table is, and how far it goes.
#[derive(Clone, Copy)]
pub(super) struct Mesh {
    tail: f64,
    fineness: f64,
}

impl Mesh {
    pub(super) fn fine(resolution: &Resolution) -> Self {
        Self { tail: resolution.tail, fineness: resolution.table }
    }

    fn coarse(resolution: &Resolution) -> Self {
        Self { fineness: resolution.table / COARSER, ..Self::fine(resolution) }
    }
}

/// The Weyl variables of W̃_t in the frame. A scout with wide meshes finds how far they reach.
pub(super) fn table(
    vlasov: &RadialVlasov<Initial>,
    frame: &ComovingFrame,
    t: f64,
    extent: &Extent,
    Mesh { tail, fineness }: Mesh,
) -> Result<WeylTable, SetUpError> {
    let negligible = NEGLIGIBLE * tail;
    // a Gaussian that has fallen to the tail at the edge of the box has fallen to what is negligible there
    let wider = (negligible.ln() / tail.ln()).sqrt();
    // beyond the energies of the state there is nothing to trace back
    let highest = wider * wider * extent.energy;
    let inside = |(xi, eta_r, eta_t): &(f64, f64, f64)| {
        eta_r * eta_r + eta_t * eta_t + (0.5 * frame.oscillator() * xi).powi(2) <= highest
    };
    let traced = in_frame(vlasov, frame, t);
    let w = |points: &[(f64, f64, f64)]| -> Vec<f64> {
        let kept: Vec<_> = points.iter().copied().filter(inside).collect();
        let mut values = traced(&kept).into_iter();
        points.iter().map(|p| if inside(p) { values.next().unwrap_or(0.0) } else { 0.0 }).collect()
    };
    let box_of = |fineness: f64, reach: f64| TableExtent {
        radius: 1.02 * extent.radius,
        velocity: wider * extent.speed,
        reach,
        negligible,
        spacing_r: extent.radius / (POINTS_R * fineness),
        spacing_y: 1.0 / (POINTS_Y * extent.speed * fineness),
    };
    let mut reach = SHORTEST / extent.speed;
    for _ in 0..LENGTHENED {
        match WeylTable::of_many(&box_of(SCOUT, reach), 0.0, w) {
            Err(ChannelQuantisationError::Truncated { .. }) => reach *= LONGER,
            scout => {
                reach = BEYOND_SCOUT * scout?.reach();
                break;
            }
        }
    }
    match WeylTable::of_many(&box_of(fineness, reach), 0.0, w) {
        Err(ChannelQuantisationError::Truncated { .. }) => {
            Ok(WeylTable::of_many(&box_of(fineness, LONGER * reach), 0.0, w)?)
        }
        table => Ok(table?),
    }
}

/// The radii that carry the frame's oscillator states up to an energy: turning points 2√E/a and √E, and the tails beyond them, of length ε^{2/3}.
pub(super) fn radii(extent: &Extent, frame: &ComovingFrame, eps: f64) -> Result<RadialGrid, SetUpError> {
    let (speed, tail) = (extent.energy.sqrt(), 2.0 * eps.powf(2.0 / 3.0));
    let scale = (0.5 * frame.oscillator()).sqrt();
    let radius = speed / (scale * scale) + tail / scale;
    Ok(RadialGrid::resolving(radius, eps, speed + tail * scale)?)
}

/// ℓ_max: |x×v|/ε, and a little more.
pub(super) fn momenta(extent: &Extent, eps: f64) -> Result<AngularMomenta, SetUpError> {
    Ok(AngularMomenta::sparse(eps, (extent.momentum / eps).ceil() as usize + 2)?)
}

/// The channels of a table on the radii and angular momenta of ε.
pub(super) fn quantised(
    table: &WeylTable,
    extent: &Extent,
    frame: &ComovingFrame,
    eps: f64,
) -> Result<Channels, SetUpError> {
    let (grid, momenta) = (radii(extent, frame, eps)?, momenta(extent, eps)?);
    Ok(weyl_channels(table, &Scaling::new(3, eps)?, &grid, &momenta)?)
}

/// The common half-bandwidth of every table.
pub(super) fn bandwidth(reference: &Reference, eps: f64, grid: &RadialGrid) -> usize {
    let of = |table: &WeylTable| half_bandwidth(table, eps, grid);
    reference.slices.iter().map(|slice| of(&slice.table)).fold(of(&reference.initial), usize::max)
}

/// The largest |Y| of any table.
pub(super) fn reach(reference: &Reference) -> f64 {
    reference.slices.iter().map(|s| s.table.reach()).fold(reference.initial.reach(), f64::max)
}
