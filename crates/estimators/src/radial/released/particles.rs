//! W_N as particles, for Vlasov to push forward.

use std::f64::consts::PI;

use hartree::radial::OscillatorSea;
use phase_space::convention::TRANSPORT_SPEED;
use states::radial::RadialState;
use vlasov::radial::{ParticleSettings, ParticleVlasov, isotropic_points};

use super::{Fineness, Prepared, Release, determinant};
use crate::radial::SetUpError;

/// Nodes of the particles: in |z|, in the angle between x- and v-parts, in the angle of x and v.
const PURE_NODES: [usize; 3] = [32, 32, 36];
const MIXED_NODES: [usize; 3] = [42, 38, 34];
/// Wave numbers of the density up to this.
const WAVE: f64 = 11.0;

impl Release {
    /// Vlasov at t = 0, with room until `last`.
    pub(super) fn particles(
        &self,
        prepared: &Prepared<'_>,
        last: f64,
        fineness: Fineness,
    ) -> Result<ParticleVlasov, SetUpError> {
        let gained = self.interaction.sup().unwrap_or(0.0);
        let reach = |r: f64, v: f64| r.hypot(TRANSPORT_SPEED * last * (v * v + gained).sqrt());
        let waves = |reach: f64| (fineness.share * WAVE * reach / PI).ceil() as usize;
        let nodes = |all: [usize; 3]| all.map(|n| (fineness.share * n as f64).ceil() as usize);
        let v = self.interaction.as_ref();
        Ok(match prepared {
            Prepared::GroundState(state) => {
                let (points, [radius, velocity]) = determinant::points(state, gained, fineness)?;
                let reach = reach(radius, velocity);
                ParticleVlasov::of_points(&points, v, reach, waves(reach), self.flow)?
            }
            Prepared::Sea(sea) => {
                let (end, eps) = (sea.extent(), sea.eps());
                let units = [(eps / sea.s()).sqrt(), (eps * sea.s()).sqrt()];
                let reach = reach(units[0] * end, units[1] * end);
                let [n_zeta, n_theta, n_mu] = nodes(PURE_NODES);
                let points = isotropic_points(&interpolatory(sea, n_zeta), units, [n_theta, n_mu]);
                ParticleVlasov::of_points(&points, v, reach, waves(reach), self.flow)?
            }
            Prepared::Mixture { state, .. } => {
                let (radius, velocity) = (state.reach(0.0, fineness.tail), state.speed(fineness.tail));
                let reach = state.reach(last, fineness.tail).max(reach(radius, velocity));
                let settings = ParticleSettings {
                    radius,
                    velocity,
                    nodes: nodes(MIXED_NODES),
                    reach,
                    waves: waves(reach),
                    speed: self.flow.speed,
                    force: self.flow.force,
                };
                ParticleVlasov::new(|r, v_r, v_t| state.wigner(r, v_r, v_t), v, settings)?
            }
        })
    }
}

/// Nodes ζ_j and weights ∫W_N ζ⁵ℓ_j dζ.
///
/// What is integrated beside W_N varies slowly with ζ²: it is interpolated from Chebyshev nodes y_j of 2(ζ/ζ_end)² − 1, and the weight of a node is the
/// integral of W_N with its Lagrange polynomial ℓ_j, where alone the oscillations of W_N are resolved.
fn interpolatory(sea: &OscillatorSea, count: usize) -> Vec<(f64, f64)> {
    let angle = |j: usize| PI * (j as f64 + 0.5) / count as f64;
    let nodes: Vec<f64> = (0..count).map(|j| angle(j).cos()).collect();
    // ℓ_j(y) ∝ (−1)^j sin((j+½)π/n)/(y − y_j)
    let barycentric = |j: usize| if j.is_multiple_of(2) { angle(j).sin() } else { -angle(j).sin() };
    let mut weights = vec![0.0; count];
    for (zeta, weight) in sea.nodes() {
        let y = 2.0 * (zeta / sea.extent()).powi(2) - 1.0;
        let terms: Vec<f64> = (0..count).map(|j| barycentric(j) / (y - nodes[j])).collect();
        let total = weight * sea.wigner(zeta * zeta) * zeta.powi(5) / terms.iter().sum::<f64>();
        weights.iter_mut().zip(terms).for_each(|(sum, term)| *sum += total * term);
    }
    let zeta = |y: f64| sea.extent() * (0.5 * (y + 1.0)).sqrt();
    nodes.into_iter().map(zeta).zip(weights).collect()
}
