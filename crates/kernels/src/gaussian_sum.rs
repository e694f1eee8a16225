//! |s|^(−α) ≈ Σ_j w_j e^{−s²/r_j²} on r_min ≤ |s| ≤ r_max, with a bound of its relative error.
//!
//! With r = e^x the representation of P19.2 is |s|^{−α} = ∫f, f(x) = C_α e^{−αx} exp(−s²e^{−2x}), and
//! ∫f(x)e^{−iωx}dx = |s|^{−α−iω} Γ((α+iω)/2)/Γ(α/2). By Poisson's summation the trapezoid rule h Σ_{j∈ℤ} f(x₀+jh) errs,
//! relative to |s|^{−α} and whatever x₀ and s, by at most
//!
//! aliasing = 2 Σ_{k≥1} |Γ(α/2 + iπk/h)|/Γ(α/2).
//!
//! The terms r_j < r₀ are left out: with u = |s|/r they add C_α h Σ u^α e^{−u²}, which decreases in |s| (narrow). The
//! terms r_j ≥ R form a geometric measure in t = r^{−2} ≤ R^{−2}, against which e^{−s²t} is integrated by the Gauss rule with
//! M nodes instead, π_M the monic orthogonal polynomial: the error is at most s^{4M}‖π_M‖²/(2M)! (wide). R and M make the
//! number of terms the smallest.

mod reduction;

use std::f64::consts::{PI, TAU};

use crate::error::{positive, within};
use crate::{FeffermanDeLaLlave, KernelError};
use reduction::WideGaussians;

const FAMILY: &str = "sum of Gaussians";

/// The shares of the tolerance: the step follows from the first, and depends on it only through its logarithm.
const ALIASING_SHARE: f64 = 0.9;
const NARROW_SHARE: f64 = 0.04;
const WIDE_SHARE: f64 = 0.04;

/// Round-off of weights, radii and exponentials, relative to the sum.
const ROUND_OFF: f64 = 64.0 * f64::EPSILON;

/// w e^{−s²/r²}.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianTerm {
    /// w.
    pub weight: f64,
    /// r.
    pub radius: f64,
}

/// What the bound of the relative error consists of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certificate {
    /// 2 Σ_{k≥1} |Γ(α/2 + iπk/h)|/Γ(α/2).
    pub aliasing: f64,
    /// The Gaussians left out below the smallest radius.
    pub narrow: f64,
    /// The Gauss rule in place of the widest Gaussians.
    pub wide: f64,
    /// Round-off.
    pub round_off: f64,
}

/// |s|^(−α) ≈ Σ_j w_j e^{−s²/r_j²} on [r_min, r_max], radii increasing.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianSum {
    alpha: f64,
    range: [f64; 2],
    step: f64,
    /// The narrowest Gaussian of the trapezoid rule that is kept.
    narrowest: GaussianTerm,
    terms: Vec<GaussianTerm>,
    trapezoid_len: usize,
    certificate: Certificate,
}

impl GaussianSum {
    /// The shortest sum found whose relative error on `range` = [r_min, r_max] is at most `tolerance`.
    ///
    /// # Errors
    /// α outside (0, 1], a range that is not positive and increasing, a tolerance outside [1e-13, 0.1].
    pub fn new(alpha: f64, range: [f64; 2], tolerance: f64) -> Result<Self, KernelError> {
        let constant =
            FeffermanDeLaLlave::new(within(FAMILY, "alpha", alpha, [f64::MIN_POSITIVE, 1.0])?)?.constant();
        let [least, most] = range;
        within(FAMILY, "r_max", most, [positive(FAMILY, "r_min", least)?, f64::MAX])?;
        let budget = within(FAMILY, "tolerance", tolerance, [1e-13, 0.1])? - ROUND_OFF;
        let step = largest_step(alpha, ALIASING_SHARE * budget);
        let cut = smallest_cut(alpha, constant * step, step, NARROW_SHARE * budget);
        let term = |j: usize| {
            let radius = least / cut * ((j + 1) as f64 * step).exp();
            GaussianTerm { weight: constant * step * radius.powf(-alpha), radius }
        };
        let share = WIDE_SHARE * budget;
        let (kept, wide) = shortest(alpha, step, most, share, term);
        let mut terms: Vec<_> = (0..kept).map(term).collect();
        terms.extend(wide.terms());
        let certificate = Certificate {
            aliasing: aliasing(alpha, step),
            narrow: narrow(alpha, constant * step, step, cut),
            wide: wide.error,
            round_off: ROUND_OFF,
        };
        // C_α h u^α/(1 − e^{−αh}) = share at the first of the wide Gaussians that the bare rule could leave out
        let lowest = (share * -(-alpha * step).exp_m1() / (constant * step)).ln() / alpha;
        let trapezoid_len = (((most * cut / least).ln() - lowest) / step).ceil() as usize;
        Ok(Self { alpha, range, step, narrowest: term(0), terms, trapezoid_len, certificate })
    }

    /// α.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// [r_min, r_max].
    pub fn range(&self) -> [f64; 2] {
        self.range
    }

    /// h, the spacing of the ln r_j before the reduction.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// The Gaussians, the narrowest first.
    pub fn terms(&self) -> &[GaussianTerm] {
        &self.terms
    }

    /// The number of Gaussians of the bare trapezoid rule for the same tolerance, without the reduction.
    pub fn trapezoid_len(&self) -> usize {
        self.trapezoid_len
    }

    /// The parts of [`Self::error_bound`].
    pub fn certificate(&self) -> Certificate {
        self.certificate
    }

    /// Bound of |Σ_j w_j e^{−s²/r_j²} − |s|^{−α}|/|s|^{−α} for r_min ≤ |s| ≤ r_max.
    pub fn error_bound(&self) -> f64 {
        let Certificate { aliasing, narrow, wide, round_off } = self.certificate;
        aliasing + narrow + wide + round_off
    }

    /// Σ_j w_j e^{−s²/r_j²}.
    pub fn value(&self, s: f64) -> f64 {
        self.terms.iter().map(|t| t.weight * (-(s / t.radius) * (s / t.radius)).exp()).sum()
    }

    /// d/ds Σ_j w_j e^{−s²/r_j²}.
    pub fn derivative(&self, s: f64) -> f64 {
        let slope = |t: &GaussianTerm| {
            let u = s / t.radius;
            -2.0 * t.weight * u / t.radius * (-u * u).exp()
        };
        self.terms.iter().map(slope).sum()
    }

    /// The Gaussians of the trapezoid rule left out below r₀, the widest first, without end.
    pub fn narrower(&self) -> impl Iterator<Item = GaussianTerm> + use<> {
        let (first, alpha, step) = (self.narrowest, self.alpha, self.step);
        (1..).map(move |j: u32| {
            let x = -step * f64::from(j);
            GaussianTerm { weight: first.weight * (-alpha * x).exp(), radius: first.radius * x.exp() }
        })
    }
}

/// 2 Σ_{k≥1} |Γ(a + iπk/h)|/Γ(a), a = α/2 ≤ 1/2, by |Γ(z)| ≤ √(2π)|z|^{Re z − 1/2} e^{−π|Im z|/2} e^{1/(6|z|)}: each
/// term is at most e^{−π²/(2h)} times the one before.
fn aliasing(alpha: f64, step: f64) -> f64 {
    let (a, y) = (0.5 * alpha, PI / step);
    let z = a.hypot(y);
    let first = TAU.sqrt() * z.powf(a - 0.5) * (-0.5 * PI * y + 1.0 / (6.0 * z)).exp() / libm::tgamma(a);
    2.0 * first / -(-0.5 * PI * y).exp_m1()
}

/// The largest h whose aliasing is at most `share`.
fn largest_step(alpha: f64, share: f64) -> f64 {
    bisect(0.05, 10.0, |step| aliasing(alpha, step) <= share)
}

/// C_α h Σ_{m≥0} u_m^α e^{−u_m²}, u_m = u e^{mh}: what the Gaussians with |s|/r ≥ u add; decreasing for u ≥ 1 > √(α/2).
fn narrow(alpha: f64, scale: f64, step: f64, u: f64) -> f64 {
    let term = |m: i32| {
        let u = u * (step * f64::from(m)).exp();
        u.powf(alpha) * (-u * u).exp()
    };
    scale * (0..).map(term).take_while(|term| *term > 0.0).sum::<f64>()
}

/// The smallest u = |s|/r from which on the narrow Gaussians may be left out.
fn smallest_cut(alpha: f64, scale: f64, step: f64, share: f64) -> f64 {
    -bisect(-10.0, -1.0, |u| narrow(alpha, scale, step, -u) <= share)
}

/// The largest x in [low, high] at which `holds`, which it does at `low` and up to some point.
fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

/// How many terms of the trapezoid rule to keep, and the rule for the rest, so that the sum is the shortest.
fn shortest(
    alpha: f64,
    step: f64,
    most: f64,
    share: f64,
    term: impl Fn(usize) -> GaussianTerm,
) -> (usize, WideGaussians) {
    let mut best: Option<(usize, WideGaussians)> = None;
    for kept in 0.. {
        // radii below r_max/10 would need a longer rule than they are
        if term(kept).radius < 0.1 * most {
            continue;
        }
        if let Some(wide) = WideGaussians::reduced(alpha, step, term(kept), most, share) {
            let total = kept + wide.len();
            match &best {
                Some((kept, wide)) if kept + wide.len() <= total => {}
                _ => best = Some((kept, wide)),
            }
        }
        // a rule has at least one node
        if let Some(best) = best.take_if(|(other, wide)| *other + wide.len() <= kept + 1) {
            return best;
        }
    }
    unreachable!("wide enough Gaussians have a rule with one node")
}
