//! ∬f dxdv = 4π∫r²∫f dv dr by points that follow the flow, and ∬|f| dxdv, where |f| has kinks that f has not.

use std::f64::consts::PI;

use super::RadialVlasov;
use super::velocities::{Ellipsoid, VelocityRule};

/// How many points phase space gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhasePoints {
    /// Distance of the radii, in spacings of the density.
    pub step: f64,
    /// Points on a ray of velocities.
    pub shells: usize,
    /// Rays, from v ∥ x to v ∥ −x.
    pub angles: usize,
    /// Up to this fraction of the half-axes of the ellipsoid where W̃ > 10⁻¹⁴ sup W̃, eight widths of a Gaussian.
    pub reach: f64,
}

/// Points (r, v_r, v_t) at which a smooth f, which is nothing where W̃_t is nothing, is to be known.
pub struct PhaseRule {
    rows: Vec<PhaseRow>,
    step: f64,
    rule: VelocityRule,
    /// The same ellipsoids with more points, to which f is interpolated.
    finer: VelocityRule,
    /// Along a diameter: to the finer shells from all shells of a ray and of the opposite one.
    along: Vec<f64>,
    /// From the rays to the finer ones.
    around: Vec<f64>,
}

/// The velocities at one radius.
#[derive(Clone, Debug)]
pub struct PhaseRow {
    radius: f64,
    ellipsoid: Ellipsoid,
    points: Vec<(f64, f64, f64)>,
}

/// An integral over the velocities at one radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseShell {
    /// r.
    pub radius: f64,
    /// 4πr²dr.
    pub volume: f64,
    /// ∫g dv.
    pub value: f64,
}

/// ∬|f|, ∬f² and ∫|∫f dv|dx.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseNorms {
    /// ‖f‖_{L¹}.
    pub l1: f64,
    /// ‖f‖_{L²}.
    pub l2: f64,
    /// ‖∫f dv‖_{L¹}.
    pub density: f64,
}

/// How much finer the mesh of |f| is.
const FINER: usize = 5;

impl PhaseRow {
    /// r.
    pub fn radius(&self) -> f64 {
        self.radius
    }

    /// (r, v_r, v_t), ray by ray, outwards along each.
    pub fn points(&self) -> &[(f64, f64, f64)] {
        &self.points
    }
}

impl<W: Fn(f64, f64, f64) -> f64 + Sync> RadialVlasov<W> {
    /// The points at time t.
    ///
    /// # Panics
    /// If t is not in [0, T].
    pub fn phase_rule(&self, t: f64, points: PhasePoints) -> PhaseRule {
        let domain = self.domain();
        let step = points.step * domain.spacing;
        let ellipsoids = self.ellipsoids(t);
        let radii = (0..(domain.radius() / step).ceil() as usize).map(|i| (i as f64 + 0.5) * step);
        let near = |r: f64| Some((r, (*ellipsoids.get((r / domain.spacing) as usize)?)?));
        let guesses: Vec<_> = radii.filter_map(near).collect();
        PhaseRule::new(step, points, guesses.iter().map(|g| g.0).zip(self.ellipsoids_near(t, &guesses)))
    }
}

impl PhaseRule {
    fn new(
        step: f64,
        points: PhasePoints,
        ellipsoids: impl Iterator<Item = (f64, Option<Ellipsoid>)>,
    ) -> Self {
        let rule = VelocityRule::new(points.shells, points.angles);
        let finer = VelocityRule::new(FINER * points.shells, FINER * points.angles);
        let row = |(radius, ellipsoid): (f64, Option<Ellipsoid>)| {
            let whole = ellipsoid?;
            let ellipsoid = Ellipsoid {
                radial: points.reach * whole.radial,
                tangential: points.reach * whole.tangential,
                ..whole
            };
            let points = rule.nodes(&ellipsoid).map(|(p, q, _)| (radius, p, q)).collect();
            Some(PhaseRow { radius, ellipsoid, points })
        };
        let rows = ellipsoids.filter_map(row).collect();
        let (along, around) = (diameters(points.shells), rays(&rule, &finer));
        Self { rows, step, rule, finer, along, around }
    }

    /// The radii with their velocities.
    pub fn rows(&self) -> &[PhaseRow] {
        &self.rows
    }

    /// ∬g dxdv, spectral for a smooth g; `values` those of each row.
    pub fn integral(&self, values: &[Vec<f64>]) -> f64 {
        self.density(values).iter().map(|shell| shell.volume * shell.value).sum()
    }

    /// ∫g dv at each of the radii.
    pub fn density(&self, values: &[Vec<f64>]) -> Vec<PhaseShell> {
        let shell = |(row, g): (&PhaseRow, &Vec<f64>)| PhaseShell {
            radius: row.radius,
            volume: self.shell(row.radius),
            value: self.over_velocities(row, g),
        };
        self.rows.iter().zip(values).map(shell).collect()
    }

    /// The norms of f, `values` those of each row: |f| on a mesh five times finer, to which f is interpolated in the velocities, ∫f dv in r.
    pub fn norms(&self, values: &[Vec<f64>]) -> PhaseNorms {
        let (mut l1, mut square, mut density) = (0.0, 0.0, Vec::new());
        for (row, f) in self.rows.iter().zip(values) {
            let shell = self.shell(row.radius);
            l1 += shell * self.modulus(row, f);
            square += shell * self.over_velocities(row, &f.iter().map(|f| f * f).collect::<Vec<_>>());
            density.push((row.radius, self.over_velocities(row, f)));
        }
        PhaseNorms { l1, l2: square.sqrt(), density: self.density_l1(&density) }
    }

    /// 4πr²dr.
    fn shell(&self, r: f64) -> f64 {
        4.0 * PI * r * r * self.step
    }

    fn over_velocities(&self, row: &PhaseRow, f: &[f64]) -> f64 {
        self.rule.nodes(&row.ellipsoid).zip(f).map(|((_, _, w), f)| w * f).sum()
    }

    /// ∫|f|dv.
    fn modulus(&self, row: &PhaseRow, f: &[f64]) -> f64 {
        let (shells, angles) = self.rule.counts();
        let (finer, rays) = self.finer.counts();
        // f(s, μ) = f(−s, −μ): the opposite ray continues a ray through the centre
        let mut radial = vec![0.0; angles * finer];
        for (angle, out) in radial.chunks_exact_mut(finer).enumerate() {
            let (ray, opposite) =
                (&f[angle * shells..][..shells], &f[(angles - 1 - angle) * shells..][..shells]);
            for (out, weights) in out.iter_mut().zip(self.along.chunks_exact(2 * shells)) {
                let line = opposite.iter().rev().chain(ray);
                *out = line.zip(weights).map(|(f, w)| f * w).sum();
            }
        }
        let at = |ray: usize, shell: usize| -> f64 {
            let weights = &self.around[ray * angles..][..angles];
            weights.iter().enumerate().map(|(angle, w)| w * radial[angle * finer + shell]).sum()
        };
        let mesh = (0..rays).flat_map(|ray| (0..finer).map(move |shell| (ray, shell)));
        self.finer
            .nodes(&row.ellipsoid)
            .zip(mesh)
            .map(|((_, _, w), (ray, shell))| w * at(ray, shell).abs())
            .sum()
    }

    /// 4π∫r²|ρ|dr from (r_j, ρ(r_j)): ρ = Σ_jρ_j[sinc((r−r_j)/h) + sinc((r+r_j)/h)] on the finer mesh.
    fn density_l1(&self, density: &[(f64, f64)]) -> f64 {
        let sinc = |z: f64| if z.abs() < 1e-9 { 1.0 } else { (PI * z).sin() / (PI * z) };
        let end = density.iter().fold(0.0_f64, |m, (r, _)| m.max(*r)) + 0.5 * self.step;
        let fine = self.step / FINER as f64;
        let at = |r: f64| -> f64 {
            let wave = |s: f64| sinc((r - s) / self.step) + sinc((r + s) / self.step);
            density.iter().map(|(s, rho)| rho * wave(*s)).sum()
        };
        let points = (0..(end / fine).round() as usize).map(|i| (i as f64 + 0.5) * fine);
        points.map(|r| 4.0 * PI * r * r * fine * at(r).abs()).sum()
    }
}

/// Trigonometric interpolation on (−1, 1) from the midpoints ±(i+½)/n, increasing, to the midpoints of (0, 1) with FINER·n: one row each.
fn diameters(shells: usize) -> Vec<f64> {
    let many = 2 * shells;
    let kernel = |z: f64| {
        // D(z) = sin(πmz/2)/(m tan(πz/2)) for an even number m of points of distance 2/m
        let half = 0.5 * PI * z;
        if half.sin().abs() < 1e-12 { 1.0 } else { (many as f64 * half).sin() / (many as f64 * half.tan()) }
    };
    let node = |i: usize| (i as f64 + 0.5) / shells as f64 - 1.0;
    let fine = (0..FINER * shells).map(|i| (i as f64 + 0.5) / (FINER * shells) as f64);
    fine.flat_map(|s| (0..many).map(move |i| kernel(s - node(i)))).collect()
}

/// The Lagrange polynomials of the cosines μ of the rays at those of the finer rays: one row each.
fn rays(rule: &VelocityRule, finer: &VelocityRule) -> Vec<f64> {
    let nodes: Vec<f64> = rule.cosines().collect();
    let lagrange = |mu: f64, i: usize| -> f64 {
        let others = nodes.iter().enumerate().filter(|(j, _)| *j != i);
        others.map(|(_, other)| (mu - other) / (nodes[i] - other)).product()
    };
    finer.cosines().flat_map(|mu| (0..nodes.len()).map(|i| lagrange(mu, i)).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A difference of Gaussians in the velocities with an ellipsoid that is not centred: its modulus against a mesh so fine that kinks do not matter.
    #[test]
    fn the_modulus_is_that_of_a_fine_mesh() {
        let f = |p: f64, q: f64| {
            let gaussian = |c: f64, s: f64| (-0.5 * ((p - c).powi(2) + q * q) / (s * s)).exp() / s.powi(3);
            gaussian(0.3, 1.0) - gaussian(0.1, 0.8)
        };
        let ellipsoid = Ellipsoid { center: 0.2, radial: 6.0, tangential: 6.5 };
        let points = PhasePoints { step: 1.0, shells: 16, angles: 10, reach: 1.0 };
        let rule = PhaseRule::new(0.3, points, std::iter::once((1.0, Some(ellipsoid))));
        let values: Vec<f64> = rule.rows[0].points.iter().map(|(_, p, q)| f(*p, *q)).collect();
        let (found, plain) = (
            rule.modulus(&rule.rows[0], &values),
            rule.over_velocities(&rule.rows[0], &values.iter().map(|f| f.abs()).collect::<Vec<_>>()),
        );
        let finest = VelocityRule::new(400, 300);
        let exact: f64 = finest.nodes(&ellipsoid).map(|(p, q, w)| w * f(p, q).abs()).sum();
        assert!(
            (found / exact - 1.0).abs() < 3e-4 && (plain / exact - 1.0).abs() > 3e-4,
            "{found} {plain} {exact}"
        );
    }

    #[test]
    fn the_norm_of_a_density_sees_its_zeros() {
        let points = PhasePoints { step: 1.0, shells: 4, angles: 2, reach: 1.0 };
        let rule = PhaseRule::new(0.25, points, std::iter::empty());
        let rho = |r: f64| (1.0 - r * r) * (-0.5 * r * r).exp();
        let density: Vec<_> = (0..40).map(|j| 0.25 * (j as f64 + 0.5)).map(|r| (r, rho(r))).collect();
        let fine = 1e-3;
        let midpoint = |i: usize| (i as f64 + 0.5) * fine;
        let exact: f64 = (0..10_000).map(midpoint).map(|r| 4.0 * PI * r * r * fine * rho(r).abs()).sum();
        assert!((rule.density_l1(&density) / exact - 1.0).abs() < 1e-3);
    }
}
