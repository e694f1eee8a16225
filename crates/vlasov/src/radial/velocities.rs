//! ∫f(v)dv = 2π∬f v_t dv_t dv_r at one point, on an ellipsoid that follows the flow.
//!
//! With v_r = c + a s μ, v_t = b s√(1−μ²), 0 ≤ s ≤ 1, |μ| ≤ 1,
//!
//! ∫f dv = 2πab²∫₀¹s²∫_{−1}^1 f dμ ds,
//!
//! where f continues evenly to s < 0 and is nothing at s = 1: the midpoint rule in s, spectral for a smooth f, and
//! Gauss–Legendre in μ.

use std::f64::consts::PI;
use std::num::NonZeroUsize;

use gauss_quad::GaussLegendre;

/// The ellipsoid ((v_r−c)/a)² + (v_t/b)² ≤ 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ellipsoid {
    pub center: f64,
    pub radial: f64,
    pub tangential: f64,
}

impl Ellipsoid {
    /// |v| ≤ speed.
    pub(super) fn ball(speed: f64) -> Self {
        Self { center: 0.0, radial: speed, tangential: speed }
    }
}

/// How an ellipsoid fits what was found on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fit {
    /// Nothing outside, and less than a quarter of it empty.
    Good,
    /// Nothing inside.
    Empty,
    /// Take this one.
    Change(Ellipsoid),
}

/// The rule on the unit ball.
pub(super) struct VelocityRule {
    /// s > 0, increasing, with the weight of ∫₀¹s²ds.
    shells: Vec<(f64, f64)>,
    /// (μ, √(1−μ²), weight).
    angles: Vec<(f64, f64, f64)>,
}

impl VelocityRule {
    /// `shells` nodes in s, `angles` in μ.
    pub(super) fn new(shells: usize, angles: usize) -> Self {
        let width = 1.0 / shells as f64;
        let shells = (0..shells).map(|i| (i as f64 + 0.5) * width).map(|s| (s, width * s * s)).collect();
        let legendre = GaussLegendre::new(NonZeroUsize::new(angles).unwrap_or(NonZeroUsize::MIN));
        let angles = legendre.iter().map(|(mu, w)| (*mu, ((1.0 - mu) * (1.0 + mu)).sqrt(), *w)).collect();
        Self { shells, angles }
    }

    /// How many shells and angles.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.shells.len(), self.angles.len())
    }

    /// μ of the rays.
    pub(super) fn cosines(&self) -> impl Iterator<Item = f64> + '_ {
        self.angles.iter().map(|(mu, _, _)| *mu)
    }

    /// (v_r, v_t, weight), angle by angle, outwards along each.
    pub(super) fn nodes<'a>(&'a self, e: &'a Ellipsoid) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
        let volume = 2.0 * PI * e.radial * e.tangential * e.tangential;
        self.angles.iter().flat_map(move |(mu, sine, w)| {
            self.shells.iter().map(move |(s, shell)| {
                (e.center + e.radial * s * mu, e.tangential * s * sine, volume * shell * w)
            })
        })
    }

    /// The ellipsoid of the shape of the second moments of f that contains all nodes with |f| > `negligible`, given the
    /// values of f at the nodes.
    pub(super) fn fit(&self, e: &Ellipsoid, f: &[f64], negligible: f64) -> Fit {
        let Some(shape) = self.shape(e, f) else { return Fit::Empty };
        let (mut farthest, mut leaks) = (0.0_f64, false);
        for (i, (v_r, v_t, _)) in self.nodes(e).enumerate().filter(|(i, _)| f[*i].abs() > negligible) {
            // f ends before the next node outwards
            let shell = i % self.shells.len();
            let outermost = shell + 1 == self.shells.len();
            leaks |= outermost;
            let stretch = if outermost { 1.3 } else { self.shells[shell + 1].0 / self.shells[shell].0 };
            let p = (e.center + stretch * (v_r - e.center) - shape.center) / shape.radial;
            farthest = farthest.max(p.hypot(stretch * v_t / shape.tangential));
        }
        if farthest == 0.0 {
            return Fit::Empty;
        }
        let scale = 1.02 * farthest;
        let fitted =
            Ellipsoid { radial: scale * shape.radial, tangential: scale * shape.tangential, ..shape };
        let volume = |e: &Ellipsoid| e.radial * e.tangential * e.tangential;
        if leaks || volume(&fitted) < 0.75 * volume(e) { Fit::Change(fitted) } else { Fit::Good }
    }

    /// Centre and standard deviations of |f|; none of them less than a thirtieth of what the nodes span.
    fn shape(&self, e: &Ellipsoid, f: &[f64]) -> Option<Ellipsoid> {
        let (mut mass, mut first, mut radial, mut tangential) = (0.0, 0.0, 0.0, 0.0);
        for ((v_r, v_t, w), f) in self.nodes(e).zip(f) {
            let (share, p) = (w * f.abs(), v_r - e.center);
            mass += share;
            first += share * p;
            radial += share * p * p;
            tangential += 0.5 * share * v_t * v_t;
        }
        if mass <= f64::MIN_POSITIVE {
            return None;
        }
        let mean = first / mass;
        let radial = (radial / mass - mean * mean).max(0.0).sqrt().max(e.radial / 30.0);
        let tangential = (tangential / mass).sqrt().max(e.tangential / 30.0);
        Some(Ellipsoid { center: e.center + mean, radial, tangential })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Gaussian of width (0.3, 0.5) about v_r = 1.7.
    fn gaussian(v_r: f64, v_t: f64) -> f64 {
        let (p, q) = ((v_r - 1.7) / 0.3, v_t / 0.5);
        (-0.5 * (p * p + q * q)).exp()
    }

    #[test]
    fn an_ellipsoid_finds_a_gaussian_and_integrates_it() {
        let rule = VelocityRule::new(20, 20);
        let mut e = Ellipsoid::ball(9.0);
        let exact = (2.0 * PI).powf(1.5) * 0.3 * 0.25;
        let mut errors = Vec::new();
        for _ in 0..12 {
            let f: Vec<f64> = rule.nodes(&e).map(|(p, q, _)| gaussian(p, q)).collect();
            let integral: f64 = rule.nodes(&e).zip(&f).map(|((_, _, w), f)| w * f).sum();
            errors.push((integral / exact - 1.0).abs());
            match rule.fit(&e, &f, 1e-14) {
                Fit::Good | Fit::Empty => break,
                Fit::Change(better) => e = better,
            }
        }
        assert!(errors[0] > 1e-5 && errors[errors.len() - 1] < 1e-12, "{errors:?}");
        assert!((e.center - 1.7).abs() < 1e-6 && (e.radial / e.tangential - 0.6).abs() < 1e-6, "{e:?}");
        assert!(errors.len() < 8, "{errors:?}");
    }

    #[test]
    fn an_ellipsoid_that_cuts_grows() {
        let rule = VelocityRule::new(12, 12);
        let e = Ellipsoid { center: 1.2, radial: 0.6, tangential: 0.6 };
        let f: Vec<f64> = rule.nodes(&e).map(|(p, q, _)| gaussian(p, q)).collect();
        let Fit::Change(better) = rule.fit(&e, &f, 1e-14) else { unreachable!("it cuts") };
        assert!(better.radial > 0.7 && better.center > 1.3);
        assert_eq!(rule.fit(&e, &vec![0.0; f.len()], 1e-14), Fit::Empty);
    }
}
