//! What Hartree adds to Vlasov at order ε² for rotation-invariant data in R³: W_t − W̃_t = ε²D_t + O(ε⁴), an equation without ε.
//!
//! ∂ₜD + 2v·∇ₓD − ∇Ũ·∇ᵥD = S, D_0 = 0, with the force that D itself makes and the first term of Moyal's bracket,
//!
//! S = ∇(V∗ρ_D)·∇ᵥW̃ − (1/24)Σ_{ijk}∂_i∂_j∂_kŨ ∂_{v_i}∂_{v_j}∂_{v_k}W̃.
//!
//! For a radial Ũ = V∗ρ̃ with f = Ũ′/r, n = x/r and the Laplacian Δ_⊥ in the velocities across n,
//!
//! Σ_{ijk}… = Ũ‴∂_n³W̃ + 3(Ũ″/r − Ũ′/r²)∂_nΔ_⊥W̃ = (2f′ + rf″)∂_n³W̃ + 3f′∂_nΔ_⊥W̃,
//!
//! which has no singularity at 0. Along the characteristics, D_t(z) = ∫₀ᵗS_s(Φ_{s←t}z)ds: Gauss–Legendre in s. W̃_s is known at any point, so that its
//! derivatives are differences of characteristics that set out with velocities nearby. The unknown is the history of ρ_D alone.

use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use rayon::prelude::*;

use super::RadialVlasov;
use super::history::{ChebyshevNodes, Polynomial};
use super::measures::Snapshot;
use super::path::{Batch, LocalField, Path};
use super::settings::at_least;
use super::velocities::{Ellipsoid, VelocityRule};
use crate::{CorrectionSource, VlasovError};

/// How finely D is resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorrectionSettings {
    /// Chebyshev nodes of ρ_D on [0, T].
    pub nodes: usize,
    /// Nodes of ∫₀ᵗ…ds for t = T; three and a share of the others before.
    pub instants: usize,
    /// Nodes of the velocity integral of ρ_D along a ray.
    pub shells: usize,
    /// Rays.
    pub angles: usize,
    /// Step of the differences in v, as a fraction of the half-axes of the ellipsoid where W̃ > 10⁻¹⁴ sup W̃, eight widths of a Gaussian.
    pub step: f64,
    /// The iteration stops when no ρ_D changes by more than this fraction of the largest.
    pub tolerance: f64,
    /// Most sweeps.
    pub sweeps: usize,
}

impl Default for CorrectionSettings {
    fn default() -> Self {
        Self { nodes: 9, instants: 8, shells: 12, angles: 8, step: 1.0 / 160.0, tolerance: 1e-8, sweeps: 30 }
    }
}

/// Nodes of the shortest ∫₀ᵗ…ds.
const FEWEST: usize = 3;

/// D on [0, T] beside a solution W̃.
pub struct RadialCorrection<'a, W> {
    vlasov: &'a RadialVlasov<W>,
    settings: CorrectionSettings,
    source: CorrectionSource,
    nodes: ChebyshevNodes,
    /// (V∗ρ_D)′/r at the nodes, cell by cell.
    stiffness: Vec<Vec<Polynomial>>,
}

/// What S contributes to D along one characteristic at one instant: moyal + response·f_D(radius), f_D = (V∗ρ_D)′/r.
#[derive(Clone, Copy, Default)]
struct Contribution {
    radius: f64,
    response: f64,
    moyal: f64,
}

/// A node s of ∫₀ᵗ…ds.
struct Instant<'a, W> {
    time: f64,
    weight: f64,
    /// From the node before, or from t, back to s.
    carry: Path,
    /// W̃_s.
    snapshot: Snapshot<'a, W>,
    /// f = Ũ′/r.
    field: LocalField,
    /// Where there is anything in velocity, at each r_j.
    ellipsoids: Vec<Option<Ellipsoid>>,
}

impl<'a, W: Fn(f64, f64, f64) -> f64 + Sync> RadialCorrection<'a, W> {
    /// Solves for ρ_D on the [0, T] of `vlasov`. A source other than the default is a negative control.
    ///
    /// # Errors
    /// Settings out of range; a ρ_D that has not settled after the last sweep.
    pub fn solve(
        vlasov: &'a RadialVlasov<W>,
        settings: CorrectionSettings,
        source: CorrectionSource,
    ) -> Result<Self, VlasovError> {
        check(&settings)?;
        let nodes = ChebyshevNodes::new(vlasov.duration(), settings.nodes);
        let points = vlasov.domain().points;
        let at_rest = vlasov.field_of(&vec![vec![0.0; points]; settings.nodes]);
        let mut correction = Self { vlasov, settings, source, nodes, stiffness: at_rest };
        let moments: Vec<Moments> = correction.nodes.times().iter().map(|t| correction.moments(*t)).collect();
        let mut densities = vec![vec![0.0; points]; settings.nodes];
        let mut change = f64::INFINITY;
        for _ in 0..settings.sweeps {
            let next: Vec<Vec<f64>> = moments.iter().map(|m| correction.density_of(m)).collect();
            let largest = next.iter().flatten().fold(0.0_f64, |m, rho| m.max(rho.abs()));
            let pairs = next.iter().flatten().zip(densities.iter().flatten());
            let moved = pairs.fold(0.0_f64, |m, (new, old)| m.max((new - old).abs()));
            change = if largest > 0.0 { moved / largest } else { 0.0 };
            if !source.self_consistent {
                return Ok(correction);
            }
            densities = next;
            correction.stiffness = vlasov.field_of(&densities);
            if change <= settings.tolerance {
                return Ok(correction);
            }
        }
        Err(VlasovError::NotConverged { sweeps: settings.sweeps, change, tolerance: settings.tolerance })
    }

    /// D at many points (r, v_r, v_t) at time t.
    ///
    /// # Panics
    /// If t is not in [0, T].
    pub fn at(&self, t: f64) -> impl Fn(&[(f64, f64, f64)]) -> Vec<f64> + Sync + '_ {
        let instants = self.instants(t);
        let fields: Vec<LocalField> = instants.iter().map(|instant| self.response(instant.time)).collect();
        move |points| {
            let mut d = vec![0.0; points.len()];
            for (along, field) in self.contributions(&instants, points).iter().zip(&fields) {
                d.iter_mut().zip(along).for_each(|(d, c)| *d += c.moyal + c.response * field.at(c.radius));
            }
            d
        }
    }

    /// (V∗ρ_D)′/r at time s.
    fn response(&self, s: f64) -> LocalField {
        self.vlasov.field_at(&self.nodes, &self.stiffness, s)
    }

    /// The nodes of ∫₀ᵗ…ds, from the last to the first.
    fn instants(&self, t: f64) -> Vec<Instant<'a, W>> {
        let mut from = t;
        let share = t / self.vlasov.duration();
        let others = self.settings.instants.saturating_sub(FEWEST) as f64;
        let count = self.settings.instants.min(FEWEST + (share * others).ceil() as usize);
        let count = NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN);
        let mut rule: Vec<(f64, f64)> = GaussLegendre::new(count).iter().map(|(s, w)| (*s, *w)).collect();
        rule.sort_by(|a, b| b.0.total_cmp(&a.0));
        let instant = |(node, weight): &(f64, f64)| {
            let time = 0.5 * t * (1.0 + node);
            let carry = self.vlasov.path_between(from, time);
            from = time;
            Instant {
                time,
                weight: 0.5 * t * weight,
                carry,
                snapshot: self.vlasov.at(time),
                field: self.vlasov.stiffness(time, 1.0),
                ellipsoids: self.vlasov.ellipsoids(time),
            }
        };
        rule.iter().map(instant).collect()
    }

    /// What S contributes to D at the points, instant by instant.
    fn contributions(&self, instants: &[Instant<W>], points: &[(f64, f64, f64)]) -> Vec<Vec<Contribution>> {
        let mut batch = Batch::default();
        points.iter().for_each(|&(r, v_r, v_t)| batch.push(r, v_r, v_t));
        let mut along = Vec::with_capacity(instants.len());
        for instant in instants {
            instant.carry.back(&mut batch);
            let there: Vec<_> = (0..points.len()).map(|i| batch.invariants(i)).collect();
            along.push(self.at_instant(instant, &there));
        }
        along
    }

    fn at_instant(&self, instant: &Instant<W>, points: &[(f64, f64, f64)]) -> Vec<Contribution> {
        let spacing = self.vlasov.domain().spacing;
        let steps = |r: f64| {
            let last = instant.ellipsoids.len() - 1;
            let ellipsoid = instant.ellipsoids[((r / spacing) as usize).min(last)].as_ref();
            ellipsoid.map(|e| [self.settings.step * e.radial, self.settings.step * e.tangential])
        };
        let inside: Vec<(usize, [f64; 2])> =
            points.iter().enumerate().filter_map(|(i, p)| Some((i, steps(p.0)?))).collect();
        let displaced: Vec<_> =
            inside.iter().flat_map(|&(i, steps)| displacements(points[i], steps)).collect();
        let values = instant.snapshot.wigner_many(&displaced);
        let mut found = vec![Contribution::default(); points.len()];
        for (&(i, steps), w) in inside.iter().zip(values.chunks_exact(DISPLACED)) {
            let radius = points[i].0;
            let [_, first, second] = instant.field.with_derivatives(radius);
            let Derivatives { along, cubed, across } = derivatives(w, steps);
            let tensor = (2.0 * first + radius * second) * cubed + 3.0 * first * across;
            found[i] = Contribution {
                radius,
                response: instant.weight * radius * along,
                moyal: -instant.weight * self.source.moyal * tensor,
            };
        }
        found
    }

    /// All that ρ_D(·,t) is made of.
    fn moments(&self, t: f64) -> Moments {
        let rule = VelocityRule::new(self.settings.shells, self.settings.angles);
        let instants = self.instants(t);
        let at = |(j, ellipsoid): (usize, Option<Ellipsoid>)| {
            let Some(ellipsoid) = ellipsoid else { return Vec::new() };
            let r = self.vlasov.domain().point(j);
            let (points, weights): (Vec<_>, Vec<f64>) =
                rule.nodes(&ellipsoid).map(|(v_r, v_t, w)| ((r, v_r, v_t), w)).unzip();
            let mut along = self.contributions(&instants, &points);
            for (c, w) in along.iter_mut().flat_map(|instant| instant.iter_mut().zip(&weights)) {
                (c.moyal, c.response) = (w * c.moyal, w * c.response);
            }
            along
        };
        let ellipsoids: Vec<_> = self.vlasov.ellipsoids(t).into_iter().enumerate().collect();
        Moments {
            times: instants.iter().map(|instant| instant.time).collect(),
            along: ellipsoids.into_par_iter().map(at).collect(),
        }
    }

    /// ρ_D(r_j) from the field of the last sweep.
    fn density_of(&self, moments: &Moments) -> Vec<f64> {
        let fields: Vec<LocalField> = moments.times.iter().map(|s| self.response(*s)).collect();
        let one = |c: &Contribution, field: &LocalField| c.moyal + c.response * field.at(c.radius);
        let integral = |along: &Vec<Vec<Contribution>>| {
            let instants = along.iter().zip(&fields);
            instants.map(|(along, field)| along.iter().map(|c| one(c, field)).sum::<f64>()).sum()
        };
        moments.along.iter().map(integral).collect()
    }
}

/// The contributions to ρ_D(·,t), weighted: `along[j][k]` those of the velocities at r_j, at the k-th instant.
struct Moments {
    times: Vec<f64>,
    along: Vec<Vec<Vec<Contribution>>>,
}

/// ∂_nW̃, ∂_n³W̃, ∂_nΔ_⊥W̃.
struct Derivatives {
    along: f64,
    cubed: f64,
    across: f64,
}

/// Velocities at multiples −3 … 3 without 0 of each of four directions.
const DISPLACED: usize = 24;
const MULTIPLES: [f64; 6] = [-3.0, -2.0, -1.0, 1.0, 2.0, 3.0];

/// Along a = h_n n, a + c, a − c and a + b, where c = h_⊥c₀ is across n in the plane of x and v and b across both.
fn displacements((r, v_r, v_t): (f64, f64, f64), [along, across]: [f64; 2]) -> [(f64, f64, f64); DISPLACED] {
    std::array::from_fn(|i| {
        let k = MULTIPLES[i % 6];
        let (p, q) = (v_r + k * along, k * across);
        match i / 6 {
            0 => (r, p, v_t),
            1 => (r, p, v_t + q),
            2 => (r, p, v_t - q),
            _ => (r, p, v_t.hypot(q)),
        }
    })
}

/// By differences of fourth order (sixth for ∂_n), and the polarisation
///
/// 6∂_a∂_c² = ∂_{a+c}³ + ∂_{a−c}³ − 2∂_a³, 6∂_a∂_b² = 2∂_{a+b}³ − 2∂_a³,
///
/// where a + b and a − b see the same by reflection.
fn derivatives(w: &[f64], [along, across]: [f64; 2]) -> Derivatives {
    let cube = |w: &[f64]| (w[0] - w[5] - 8.0 * (w[1] - w[4]) + 13.0 * (w[2] - w[3])) / 8.0;
    let [a, plus, minus, out] = [0, 1, 2, 3].map(|direction| cube(&w[6 * direction..6 * direction + 6]));
    Derivatives {
        along: (45.0 * (w[3] - w[2]) - 9.0 * (w[4] - w[1]) + (w[5] - w[0])) / (60.0 * along),
        cubed: a / along.powi(3),
        across: (plus + minus + 2.0 * out - 4.0 * a) / (6.0 * along * across * across),
    }
}

fn check(settings: &CorrectionSettings) -> Result<(), VlasovError> {
    if !(settings.step > 0.0 && settings.step < 0.1) {
        let needs = "a small fraction of the velocities there are, 0 < step < 0.1";
        return Err(VlasovError::Setting { setting: "step", value: settings.step, needs });
    }
    at_least(&[
        ("nodes", settings.nodes, 2, "at least 2 nodes in time"),
        ("instants", settings.instants, 1, "at least 1"),
        ("shells", settings.shells, 4, "at least 4"),
        ("angles", settings.angles, 1, "at least 1"),
        ("sweeps", settings.sweeps, 1, "at least 1"),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A function of v with all third derivatives, seen from the axes n = e₁, c₀ = e₂, b₀ = e₃ at v = (0.4, 0.7, 0); even in v₃.
    fn f(v: [f64; 3]) -> f64 {
        (0.3 * v[0] - 0.8 * v[1]).sin() * (1.0 + v[0] * v[0]) + v[0] * (0.5 * v[2] * v[2]).cos()
    }

    /// The slow version: central differences of the definition in three dimensions.
    #[test]
    fn polarised_cubes_are_the_derivatives() {
        let (v, steps) = ([0.4, 0.7, 0.0], [0.02, 0.03]);
        let value = |(_, p, q): (f64, f64, f64)| {
            // beyond the plane: |v_⊥| = q with v₂ as before
            f([p, q, 0.0])
        };
        let w: Vec<f64> = displacements((1.0, v[0], v[1]), steps)
            .into_iter()
            .enumerate()
            .map(|(i, point)| match i / 6 {
                3 => f([point.1, v[1], (point.2 * point.2 - v[1] * v[1]).max(0.0).sqrt()]),
                _ => value(point),
            })
            .collect();
        let found = derivatives(&w, steps);
        let h = 1e-3;
        let n = |g: &dyn Fn([f64; 3]) -> f64, v: [f64; 3]| {
            (g([v[0] + h, v[1], v[2]]) - g([v[0] - h, v[1], v[2]])) / (2.0 * h)
        };
        let second = |g: &dyn Fn([f64; 3]) -> f64, v: [f64; 3], axis: usize| {
            let at = |k: f64| {
                let mut v = v;
                v[axis] += k * h;
                g(v)
            };
            (at(1.0) - 2.0 * at(0.0) + at(-1.0)) / (h * h)
        };
        let laplacian = |v: [f64; 3]| second(&f, v, 1) + second(&f, v, 2);
        let along = |v: [f64; 3]| second(&f, v, 0);
        assert!((found.along - n(&f, v)).abs() < 1e-5);
        assert!((found.cubed - n(&along, v)).abs() < 1e-4, "{} {}", found.cubed, n(&along, v));
        assert!((found.across - n(&laplacian, v)).abs() < 1e-4, "{} {}", found.across, n(&laplacian, v));
    }
}
