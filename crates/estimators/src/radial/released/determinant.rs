//! Ground states, whose Wigner function is known through their channels alone.

use std::f64::consts::{PI, TAU};
use std::num::NonZeroUsize;
use std::sync::Arc;

use gauss_quad::GaussLegendre;
use hartree::radial::closed_shells::{
    ClosedShells, Convergence, External, GroundState, RadialFunctions, ground_state as minimum,
};
use kernels::Interaction;
use phase_space::radial::RadialGrid;
use transforms::wigner::radial::{RadialSlice, SliceExtent, weyl_variables};

use super::{AIRY_TAIL, Fineness, particles};
use crate::radial::SetUpError;

/// Waves of what stands beside W_N in an observable: |Y| of e^{i(p·X_t+q·V_t)} in both of its variables.
const SMOOTH: f64 = 20.0;
/// Nodes beyond those that the waves ask for.
const MORE: f64 = 8.0;
/// Points beyond what the largest speed asks for.
const ROOM: f64 = 1.15;

/// The ground state of M(M+1)(M+2)/6 particles.
pub(super) fn ground_state(
    shells: usize,
    s: f64,
    interaction: Arc<dyn Interaction>,
    fineness: Fineness,
) -> Result<GroundState, SetUpError> {
    let problem = ClosedShells::trapped(particles(shells), s, interaction)?;
    let count = shells / 2 + fineness.functions;
    let functions = RadialFunctions::oscillator(problem.eps(), s, count, shells + 1)?;
    Ok(minimum(&problem, &functions, &Convergence::default())?)
}

/// The largest |v|² + s²|x|² of the orbitals: that of their levels, and what V takes from it.
pub(super) fn oscillator_energy(state: &GroundState, gained: f64) -> f64 {
    state.gap().0.max(0.0) + gained
}

/// (mass, (r, v_r, v_t)) of each.
pub(super) type Points = Vec<(f64, [f64; 3])>;

/// Points of W_N, and the largest r and |v|.
///
/// ω_N(x;y) is nothing for |x| > r_max: W_N has waves |Y| ≤ 2r_max/ε in v and 2v_max/ε in r, what stands beside it few, and rules that resolve both
/// are spectral: midpoints in r, the rectangle rule in v∥, Gauss–Legendre in v⊥.
pub(super) fn points(
    state: &GroundState,
    gained: f64,
    fineness: Fineness,
) -> Result<(Points, [f64; 2]), SetUpError> {
    let eps = state.problem().eps();
    let External::Trap { stiffness: s } = state.problem().external() else {
        return Err(SetUpError::NotTrapped);
    };
    let tail = fineness.share * AIRY_TAIL * eps.powf(2.0 / 3.0);
    let speed = oscillator_energy(state, gained).sqrt() + tail;
    let radius = speed / s;
    let grid = RadialGrid::resolving(radius, eps, ROOM * speed)?;
    let channels = state.channels(&grid)?;
    let reach = 2.0 * radius / eps;
    let count = |length: f64, waves: f64| (fineness.share * (length * (waves + SMOOTH) / TAU + MORE)).ceil();
    let shells = count(radius, 2.0 * speed / eps);
    let spacing = radius / shells;
    let steps = count(2.0 * speed, reach);
    let step = 2.0 * speed / steps;
    let along: Vec<f64> = (0..steps as usize).map(|i| (i as f64 + 0.5) * step - speed).collect();
    let nodes = NonZeroUsize::MIN.saturating_add(count(PI * speed, reach) as usize);
    let across: Vec<(f64, f64)> =
        GaussLegendre::new(nodes).iter().map(|(x, w)| (0.5 * speed * (1.0 + x), 0.5 * speed * w)).collect();
    let slice = RadialSlice::new(
        SliceExtent { reach, speed },
        &along,
        &across.iter().map(|(v, _)| *v).collect::<Vec<_>>(),
    );
    let radii: Vec<f64> = (0..shells as usize).map(|j| (j as f64 + 0.5) * spacing).collect();
    let places = slice.nodes();
    let at: Vec<_> = radii.iter().flat_map(|&r| places.iter().map(move |&(a, b)| (r, a, b))).collect();
    let slices = slice.wigner_at_radii(radii.len(), &weyl_variables(&channels, eps, &at));
    let mut points = Vec::new();
    for (r, w) in radii.iter().zip(&slices) {
        let volume = 8.0 * PI * PI * r * r * spacing * step;
        for (at, w) in w.iter().enumerate() {
            let (v, (w_t, weight)) = (along[at / across.len()], across[at % across.len()]);
            // beyond this energy there is nothing
            if (s * r).powi(2) + v * v + w_t * w_t <= speed * speed {
                points.push((volume * weight * w_t * w, [*r, v, w_t]));
            }
        }
    }
    Ok((points, [radius, speed]))
}
