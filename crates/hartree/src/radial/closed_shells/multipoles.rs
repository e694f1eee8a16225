//! V(|x−y|) = Σ_k v_k(r,s) P_k(cos): the Legendre coefficients of V, as quadratures over r and s.
//!
//! M_k[i,j] with ∬f(r)v_k(r,s)g(s)drds = Σ_ij f(r_i)M_k[i,j]g(r_j).
//!
//! - V = strength/|x−y|: v_k = strength·r_<^k/r_>^{k+1}, whose kink at r = s costs nothing: the integrals below and above r are taken
//!   apart. f and g must vanish like r^{k/2+1} at 0, as products of two radial functions with ℓ+ℓ′ ≥ k do.
//! - V smooth: v_k = (2k+1)/2 ∫V((r²+s²−2rsc)^{1/2})P_k(c)dc by Gauss–Legendre, doubled until nothing changes.
//!
//! - V = strength/|x−y|^α, 0 < α < 1: by spherical waves up to the wave numbers of f and g, where those have an end.

use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;
use kernels::{Convolution, Interaction};
use rayon::prelude::*;

use super::error::GroundStateError;
use super::panels::{Panels, legendre};
use super::spherical_waves::inverse_power;

/// Accuracy of v_k as a fraction of the largest |V| that occurs.
const TOLERANCE: f64 = 1e-13;

/// Nodes of the finest rule in the angle.
const MOST_ANGLES: usize = 512;

/// Every so many points the rule in the angle is compared with its double.
const SAMPLED: usize = 7;

/// M_k, k = 0, …, last, symmetric: the lower triangles.
#[derive(Clone, Debug)]
pub(super) struct Multipoles {
    /// triangles[k][i(i+1)/2 + j], j ≤ i.
    triangles: Vec<Vec<f64>>,
    points: usize,
}

impl Multipoles {
    /// For k ≤ `last`, and f and g without wave numbers above `band`, where there is such a bound.
    pub(super) fn new(
        interaction: &dyn Interaction,
        panels: &Panels,
        last: usize,
        band: Option<f64>,
    ) -> Result<Self, GroundStateError> {
        let points = panels.len();
        let triangles = match interaction.convolution() {
            Convolution::Zero => vec![vec![0.0; points * (points + 1) / 2]; last + 1],
            Convolution::Power { strength, alpha: 1.0 } => {
                (0..=last).into_par_iter().map(|k| coulomb(strength, panels, k)).collect()
            }
            Convolution::Power { strength, alpha } => band
                .and_then(|end| inverse_power(strength, alpha, panels, end, last))
                .ok_or_else(|| unresolved(interaction, 0))?,
            Convolution::Multiplier | Convolution::Moments { .. } => smooth(interaction, panels, last)?,
        };
        if triangles.iter().flatten().any(|m| !m.is_finite()) {
            return Err(unresolved(interaction, 0));
        }
        Ok(Self { triangles, points })
    }

    /// The last k.
    pub(super) fn last(&self) -> usize {
        self.triangles.len() - 1
    }

    /// Row i of Σ_k c_k M_k, columns j ≤ i.
    pub(super) fn row(&self, i: usize, coefficients: &[f64], row: &mut [f64]) {
        row.fill(0.0);
        let begin = i * (i + 1) / 2;
        for (c, triangle) in coefficients.iter().zip(&self.triangles).filter(|(c, _)| **c != 0.0) {
            row.iter_mut().zip(&triangle[begin..=begin + i]).for_each(|(sum, m)| *sum += c * m);
        }
    }

    /// Σ_j M_0[i,j] g(r_j): ∫v_0 g times the weight of r_i.
    pub(super) fn spherical(&self, g: &[f64]) -> Vec<f64> {
        let triangle = &self.triangles[0];
        let at = |i: usize, j: usize| triangle[i.max(j) * (i.max(j) + 1) / 2 + i.min(j)];
        (0..self.points).map(|i| (0..self.points).map(|j| at(i, j) * g[j]).sum()).collect()
    }
}

fn unresolved(interaction: &dyn Interaction, angles: usize) -> GroundStateError {
    GroundStateError::Multipoles { interaction: interaction.name(), angles }
}

/// [i(i+1)/2 + j] for j ≤ i.
fn triangle(points: usize, entry: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    (0..points).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| entry(i, j)).collect()
}

/// w_i [∫₀^{r_i} (s^k/r_i^{k+1}) g + ∫_{r_i}^∞ (r_i^k/s^{k+1}) g], symmetrised.
fn coulomb(strength: f64, panels: &Panels, k: usize) -> Vec<f64> {
    let (r, w) = (panels.radii(), panels.weights());
    let power = i32::try_from(k).unwrap_or(i32::MAX);
    let one = |i: usize, j: usize| {
        let below = panels.below(i, j);
        let (inner, outer) = ((r[j] / r[i]).powi(power) / r[i], (r[i] / r[j]).powi(power) / r[j]);
        // 0·∞ where a panel lies on one side
        let part = |share: f64, v: f64| if share == 0.0 { 0.0 } else { share * v };
        w[i] * (part(below, inner) + part(w[j] - below, outer))
    };
    triangle(panels.len(), |i, j| 0.5 * strength * (one(i, j) + one(j, i)))
}

fn smooth(
    interaction: &dyn Interaction,
    panels: &Panels,
    last: usize,
) -> Result<Vec<Vec<f64>>, GroundStateError> {
    let rule = angles(interaction, panels, last)?;
    let (r, w) = (panels.radii(), panels.weights());
    let rows: Vec<Vec<Vec<f64>>> = (0..panels.len())
        .into_par_iter()
        .map(|i| (0..=i).map(|j| rule.coefficients(interaction, r[i], r[j])).collect())
        .collect();
    Ok((0..=last).map(|k| triangle(panels.len(), |i, j| w[i] * w[j] * rows[i][j][k])).collect())
}

/// The first rule that the rule of twice the nodes confirms.
fn angles(interaction: &dyn Interaction, panels: &Panels, last: usize) -> Result<Angles, GroundStateError> {
    let r = panels.radii();
    let sampled = || {
        let columns = |i: usize| (0..=i).rev().step_by(SAMPLED).map(move |j| (i, j));
        (0..r.len()).rev().step_by(SAMPLED).flat_map(columns)
    };
    let size = sampled()
        .map(|(i, j)| interaction.value(r[i] - r[j]).abs().max(interaction.value(r[i] + r[j]).abs()));
    let size = size.fold(0.0_f64, f64::max);
    let mut rule = Angles::new(last + 16, last);
    while 2 * rule.nodes.len() <= MOST_ANGLES {
        let double = Angles::new(2 * rule.nodes.len(), last);
        let change = |(i, j): (usize, usize)| {
            let pair = [&rule, &double].map(|rule| rule.coefficients(interaction, r[i], r[j]));
            pair[0].iter().zip(&pair[1]).map(|(a, b)| (a - b).abs()).fold(0.0_f64, f64::max)
        };
        // NaN compares false, and is refused
        if sampled().all(|pair| change(pair) <= TOLERANCE * size * (2 * last + 1) as f64) {
            return Ok(rule);
        }
        rule = double;
    }
    Err(unresolved(interaction, rule.nodes.len()))
}

/// (c, (2k+1)/2·w P_k(c)).
struct Angles {
    nodes: Vec<f64>,
    projections: Vec<Vec<f64>>,
}

impl Angles {
    fn new(count: usize, last: usize) -> Self {
        let rule = GaussLegendre::new(NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN));
        let mut pairs: Vec<(f64, f64)> = rule.iter().map(|(c, w)| (*c, *w)).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let project = |(c, w): &(f64, f64)| {
            legendre(*c, last).iter().enumerate().map(|(k, p)| 0.5 * (2 * k + 1) as f64 * w * p).collect()
        };
        Self {
            nodes: pairs.iter().map(|(c, _)| *c).collect(),
            projections: pairs.iter().map(project).collect(),
        }
    }

    /// v_k(r,s), k = 0, …, last.
    fn coefficients(&self, interaction: &dyn Interaction, r: f64, s: f64) -> Vec<f64> {
        let mut v = vec![0.0; self.projections[0].len()];
        for (c, projection) in self.nodes.iter().zip(&self.projections) {
            // |x−y|² = (r−s)² + 2rs(1−c), without cancellation
            let value = interaction.value(((r - s).powi(2) + 2.0 * r * s * (1.0 - c)).sqrt());
            v.iter_mut().zip(projection).for_each(|(v, p)| *v += value * p);
        }
        v
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::functions::RadialFunctions;
    use super::*;
    use kernels::{Bump, Gaussian, InversePower, Quadratic};

    /// ∬f v_k g.
    fn integral(m: &Multipoles, k: usize, f: &[f64], g: &[f64]) -> f64 {
        let mut coefficients = vec![0.0; k + 1];
        coefficients[k] = 1.0;
        let mut sum = 0.0;
        for i in 0..f.len() {
            let mut row = vec![0.0; i + 1];
            m.row(i, &coefficients, &mut row);
            for (j, m) in row.iter().enumerate() {
                sum += m * if i == j { f[i] * g[i] } else { f[i] * g[j] + f[j] * g[i] };
            }
        }
        sum
    }

    /// 2Z^{3/2} r e^{−Zr}, and so on: Condon and Shortley's table of integrals of hydrogen's functions.
    #[test]
    fn slater_integrals_of_hydrogen() {
        let z: f64 = 1.7;
        let functions = RadialFunctions::sturmian(z, 14, 1).unwrap();
        let panels = Panels::new(&functions, 1.0);
        let on =
            |u: &dyn Fn(f64) -> f64| panels.radii().iter().map(|r| u(z * r) * z.sqrt()).collect::<Vec<f64>>();
        let s1 = on(&|x| 2.0 * x * (-x).exp());
        let s2 = on(&|x| x * (1.0 - 0.5 * x) * (-0.5 * x).exp() / 2.0_f64.sqrt());
        let p2 = on(&|x| x * x * (-0.5 * x).exp() / 24.0_f64.sqrt());
        let times = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).collect::<Vec<f64>>();
        let m = Multipoles::new(&InversePower::in_space(1.0, 1.0).unwrap(), &panels, 2, None).unwrap();
        let direct = |k, a: &[f64], b: &[f64]| integral(&m, k, &times(a, a), &times(b, b)) / z;
        let exchange = |k, a: &[f64], b: &[f64]| integral(&m, k, &times(a, b), &times(a, b)) / z;
        for (name, value, exact) in [
            ("F0(1s,1s)", direct(0, &s1, &s1), 5.0 / 8.0),
            ("F0(1s,2s)", direct(0, &s1, &s2), 17.0 / 81.0),
            ("F0(1s,2p)", direct(0, &s1, &p2), 59.0 / 243.0),
            ("F0(2s,2s)", direct(0, &s2, &s2), 77.0 / 512.0),
            ("F0(2s,2p)", direct(0, &s2, &p2), 83.0 / 512.0),
            ("F0(2p,2p)", direct(0, &p2, &p2), 93.0 / 512.0),
            ("F2(2p,2p)", direct(2, &p2, &p2), 45.0 / 512.0),
            ("G0(1s,2s)", exchange(0, &s1, &s2), 16.0 / 729.0),
            ("G1(1s,2p)", exchange(1, &s1, &p2), 112.0 / 2187.0),
            ("G1(2s,2p)", exchange(1, &s2, &p2), 45.0 / 512.0),
        ] {
            assert!((value - exact).abs() < 1e-12, "{name}: {value} {exact} {:.1e}", value - exact);
        }
    }

    #[test]
    fn coefficients_of_smooth_interactions() {
        let panels = Panels::mapped(4.0, 3, |t| (t, 1.0));
        let width: f64 = 0.9;
        let gauss = Gaussian::new(1.0, width).unwrap();
        let rule = angles(&gauss, &panels, 12).unwrap();
        for (r, s) in [(0.3_f64, 3.0), (2.0, 2.1), (3.9, 3.9)] {
            let v = rule.coefficients(&gauss, r, s);
            // v_0 = w²[e^{−(r−s)²/2w²} − e^{−(r+s)²/2w²}]/(2rs), and Σ v_k = V(r−s)
            let part = |t: f64| (-0.5 * (t / width).powi(2)).exp();
            let exact = width * width * (part(r - s) - part(r + s)) / (2.0 * r * s);
            assert!((v[0] - exact).abs() < 1e-14, "{r} {s}: {} {exact}", v[0]);
            for c in [-0.8, 0.1, 0.9] {
                let p = legendre(c, 40);
                let all = angles(&gauss, &panels, 40).unwrap().coefficients(&gauss, r, s);
                let sum: f64 = all.iter().zip(&p).map(|(v, p)| v * p).sum();
                assert!((sum - part((r * r + s * s - 2.0 * r * s * c).sqrt())).abs() < 1e-11, "{r} {s} {c}");
            }
        }
        // κ(r² + s²)/2 − κrs P_1
        let quadratic = Quadratic::new(0.6).unwrap();
        let v = angles(&quadratic, &panels, 3).unwrap().coefficients(&quadratic, 1.5, 0.4);
        assert!((v[0] - 0.3 * (2.25 + 0.16)).abs() < 1e-14 && (v[1] + 0.36).abs() < 1e-14);
        assert!(v[2].abs() < 1e-14 && v[3].abs() < 1e-14);
    }

    #[test]
    fn what_has_no_smooth_coefficients_is_refused() {
        let panels = Panels::mapped(4.0, 2, |t| (t, 1.0));
        let refused = |v: &dyn Interaction| Multipoles::new(v, &panels, 2, None).is_err();
        assert!(refused(&InversePower::in_space(1.0, 0.5).unwrap()));
        assert!(refused(&Bump::new(1.0, 1.0).unwrap()));
        assert!(!refused(&Gaussian::new(1.0, 1.0).unwrap()));
    }

    /// Newton's quadrature and spherical waves share nothing.
    #[test]
    fn two_roads_to_coulomb() {
        let functions = RadialFunctions::oscillator(0.3, 1.0, 8, 3).unwrap();
        let panels = Panels::new(&functions, 2.0);
        let newton = Multipoles::new(&InversePower::in_space(1.0, 1.0).unwrap(), &panels, 6, None).unwrap();
        let end = 2.0 * functions.band().unwrap();
        let triangles = inverse_power(1.0, 1.0, &panels, end, 6).unwrap();
        let waves = Multipoles { triangles, points: panels.len() };
        let u = |l: usize, k: usize| -> Vec<f64> {
            panels.radii().iter().map(|r| functions.at(l, *r)[k][0]).collect()
        };
        let times = |a: Vec<f64>, b: Vec<f64>| a.iter().zip(&b).map(|(a, b)| a * b).collect::<Vec<f64>>();
        let (f, g) = (times(u(3, 1), u(3, 4)), times(u(3, 0), u(3, 2)));
        for k in [0, 2, 4, 6] {
            let [a, b] = [&newton, &waves].map(|m| integral(m, k, &f, &g));
            assert!((a - b).abs() < 1e-10 && a.abs() > 1e-4, "{k}: {a} {b} {:.1e}", a - b);
        }
    }
}
