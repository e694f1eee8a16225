//! Ground states, whose Wigner function is known through their channels alone.

use std::f64::consts::{PI, TAU};
use std::num::NonZeroUsize;
use std::sync::Arc;

use gauss_quad::GaussLegendre;
use hartree::radial::closed_shells::{
    ClosedShells, Convergence, External, GroundState, RadialFunctions, ground_state as minimum,
};
use kernels::Interaction;
use operators::radial::Channels;
use phase_space::radial::RadialGrid;
use transforms::wigner::radial::{RadialSlice, SliceExtent, weyl_variables};

use super::{AIRY_TAIL, COARSER, Fineness, particles};
use crate::Estimate;
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

/// The rule in (r, v∥, v⊥) that resolves W_N and what stands beside it.
///
/// ω_N(x;y) is nothing for |x| > r_max: W_N has waves |Y| ≤ 2r_max/ε in v and 2v_max/ε in r, what stands beside it few, and rules that resolve both
/// are spectral: midpoints in r, the rectangle rule in v∥, Gauss–Legendre in v⊥.
struct Rule {
    eps: f64,
    /// s of the trap.
    s: f64,
    radius: f64,
    speed: f64,
    /// r, and their distance.
    radii: Vec<f64>,
    spacing: f64,
    /// v∥, and their distance.
    along: Vec<f64>,
    step: f64,
    /// v⊥ and their weights.
    across: Vec<(f64, f64)>,
    /// The state on a grid in r.
    channels: Channels,
}

impl Rule {
    /// `finer`: the number of points in each direction over those that the waves ask for.
    fn new(state: &GroundState, gained: f64, share: f64, finer: f64) -> Result<Self, SetUpError> {
        let eps = state.problem().eps();
        let External::Trap { stiffness: s } = state.problem().external() else {
            return Err(SetUpError::NotTrapped);
        };
        let tail = share * AIRY_TAIL * eps.powf(2.0 / 3.0);
        let speed = oscillator_energy(state, gained).sqrt() + tail;
        let radius = speed / s;
        let grid = RadialGrid::resolving(radius, eps, ROOM * speed)?;
        let count =
            |length: f64, waves: f64| (finer * share * (length * (waves + SMOOTH) / TAU + MORE)).ceil();
        let reach = 2.0 * radius / eps;
        let (shells, steps) = (count(radius, 2.0 * speed / eps), count(2.0 * speed, reach));
        let (spacing, step) = (radius / shells, 2.0 * speed / steps);
        let nodes = NonZeroUsize::MIN.saturating_add(count(PI * speed, reach) as usize);
        let across = GaussLegendre::new(nodes);
        Ok(Self {
            eps,
            s,
            radius,
            speed,
            radii: (0..shells as usize).map(|j| (j as f64 + 0.5) * spacing).collect(),
            spacing,
            along: (0..steps as usize).map(|i| (i as f64 + 0.5) * step - speed).collect(),
            step,
            across: across.iter().map(|(x, w)| (0.5 * speed * (1.0 + x), 0.5 * speed * w)).collect(),
            channels: state.channels(&grid)?,
        })
    }

    /// W_N at each r, `[a·n_v⊥ + k]` at (v_a, v_k), of the points shifted by (δr, δv∥, δv⊥).
    fn wigner(&self, [by_r, by_along, by_across]: [f64; 3]) -> Vec<Vec<f64>> {
        let slice = RadialSlice::new(
            SliceExtent { reach: 2.0 * self.radius / self.eps, speed: self.speed },
            &self.along.iter().map(|v| v + by_along).collect::<Vec<_>>(),
            &self.across.iter().map(|(v, _)| v + by_across).collect::<Vec<_>>(),
        );
        let places = slice.nodes();
        let radii = self.radii.iter().map(|r| r + by_r);
        let at: Vec<_> = radii.flat_map(|r| places.iter().map(move |&(a, b)| (r, a, b))).collect();
        slice.wigner_at_radii(self.radii.len(), &weyl_variables(&self.channels, self.eps, &at))
    }

    /// (weight of the point in ∬…dxdv, (r, v∥, v⊥)) in the order of [`Self::wigner`]; beyond the largest energy there is nothing.
    fn points(&self) -> impl Iterator<Item = Vec<Option<(f64, [f64; 3])>>> + '_ {
        self.radii.iter().map(|&r| {
            let volume = 8.0 * PI * PI * r * r * self.spacing * self.step;
            let all =
                self.along.iter().flat_map(|&v| self.across.iter().map(move |&(w, weight)| (v, w, weight)));
            let point = |(v, w, weight): (f64, f64, f64)| {
                let inside = (self.s * r).powi(2) + v * v + w * w <= self.speed * self.speed;
                inside.then_some((volume * weight * w, [r, v, w]))
            };
            all.map(point).collect()
        })
    }
}

/// Points of W_N, and the largest r and |v|.
pub(super) fn points(
    state: &GroundState,
    gained: f64,
    fineness: Fineness,
) -> Result<(Points, [f64; 2]), SetUpError> {
    let rule = Rule::new(state, gained, fineness.share, 1.0)?;
    let values = rule.wigner([0.0; 3]);
    let mut points = Vec::new();
    for (places, w) in rule.points().zip(&values) {
        let known = places.into_iter().zip(w).filter_map(|(place, w)| Some((place?, w)));
        points.extend(known.map(|((weight, at), w)| (weight * w, at)));
    }
    Ok((points, [rule.radius, rule.speed]))
}

/// How ‖·‖_{L¹} of the derivatives is taken.
struct OfModuli {
    /// Of the tails.
    share: f64,
    /// Points of ∬|·|, whose integrand has kinks, over those of ∬.
    finer: f64,
    /// Step of the differences, in ε/r_max and ε/v_max: the waves of W_N are twice that.
    step: f64,
}

const MODULI: OfModuli = OfModuli { share: 1.0, finer: 1.5, step: 0.004 };
/// Coarser in everything, for the error: two, since the sums of a kinked integrand may agree by chance.
const COARSER_MODULI: [OfModuli; 2] = [
    OfModuli { share: COARSER, finer: 1.35, step: 0.008 },
    OfModuli { share: COARSER, finer: 1.15, step: 0.008 },
];

/// ‖W_N‖_{W^{1,1}} = ∬(|W| + |∇ₓW| + |∇ᵥW|)dxdv.
///
/// W depends on r, v∥ and v⊥ alone: |∇ᵥW|² = (∂_{v∥}W)² + (∂_{v⊥}W)², and |∇ₓW|² = (∂_rW)² + r^{−2}(v⊥∂_{v∥}W − v∥∂_{v⊥}W)², since turning x is
/// turning v back. What two sums over a state with fewer functions, on fewer nodes, with shorter tails and longer differences, are apart from it and from each other is the error.
pub(super) fn w11([fine, coarse]: [&GroundState; 2], gained: f64) -> Result<Estimate, SetUpError> {
    let of = |state: &GroundState, with: &OfModuli| -> Result<f64, SetUpError> {
        let rule = Rule::new(state, gained, with.share, with.finer)?;
        let (in_r, in_v) = (with.step * rule.eps / rule.speed, with.step * rule.eps / rule.radius);
        let slope = |k: usize, h: f64| {
            let at = |h: f64| rule.wigner(std::array::from_fn(|i| if i == k { h } else { 0.0 }));
            let (above, below) = (at(h), at(-h));
            above
                .into_iter()
                .zip(below)
                .map(|(a, b)| a.iter().zip(b).map(|(a, b)| (a - b) / (2.0 * h)).collect::<Vec<f64>>())
                .collect::<Vec<_>>()
        };
        let w = rule.wigner([0.0; 3]);
        let [by_r, by_along, by_across] = [slope(0, in_r), slope(1, in_v), slope(2, in_v)];
        let mut sum = 0.0;
        for (j, places) in rule.points().enumerate() {
            for (at, place) in places.into_iter().enumerate() {
                let Some((weight, [r, v, w_t])) = place else { continue };
                let (a, b) = (by_along[j][at], by_across[j][at]);
                let turned = (w_t * a - v * b) / r;
                sum += weight * (w[j][at].abs() + by_r[j][at].hypot(turned) + a.hypot(b));
            }
        }
        Ok(sum)
    };
    let value = of(fine, &MODULI)?;
    let [a, b] = COARSER_MODULI.each_ref().map(|with| of(coarse, with));
    let (a, b) = (a?, b?);
    Ok(Estimate::new(value, (value - a).abs() + (a - b).abs()))
}
