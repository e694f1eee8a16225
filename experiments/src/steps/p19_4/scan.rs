//! T(r,y) = tr|[χ_{(r,y)}, ω̃]|/(Nε) over r and y along a ladder of ε.

use estimators::Estimate;
use estimators::line::{LocalisedCommutator, RadiusLimits, Resolution, trajectory_budget, vlasov_reference};
use phase_space::line::WignerFunction;

use crate::facade::LaboratoryError;
use crate::trial::Trial;

/// W̃_t of a trial, with a bound of what is not known of tr|ω̃|/N.
pub struct State {
    pub trial: String,
    pub time: f64,
    w: WignerFunction,
    unknown: f64,
    limits: RadiusLimits,
    /// Indices of the y in the grid of W̃, the mean of ρ̃ first.
    centres: Vec<usize>,
}

/// Where W and its transform are cut off.
const TAIL: f64 = 1e-10;
/// The y lie within this many standard deviations of the mean of ρ̃.
const SPREAD: f64 = 1.5;
/// Largest r at which all y are measured; beyond, where T varies slowly with y, the mean and an end.
const ALL_CENTRES: f64 = 0.5;
/// ln(ε/r)/ln 2 at the smallest r.
const NARROWEST: i32 = 7;

impl State {
    fn new(trial: &Trial, time: f64, w: WignerFunction, unknown: f64) -> Self {
        let (x, rho) = (w.grid().x, w.density());
        let moment =
            |k: i32| -> f64 { (0..x.len()).map(|i| x.point(i).powi(k) * rho[i]).sum::<f64>() * x.spacing() };
        let (mean, width) = (moment(1), (moment(2) - moment(1).powi(2)).sqrt());
        let nearest = |y: f64| ((y - x.start()) / x.spacing()).round() as usize;
        let centres = [0, 3, 1, 2, -1, -2, -3].map(|k| nearest(mean + SPREAD * width * f64::from(k) / 3.0));
        let limits = RadiusLimits::of(&w);
        Self { trial: trial.name.clone(), time, w, unknown, limits, centres: centres.to_vec() }
    }

    /// W_N and, if asked for, W̃_1 of a trial.
    pub fn of(trial: &Trial, initial: bool, last: bool) -> Result<Vec<Self>, LaboratoryError> {
        const TIME: f64 = crate::laboratory::Plan::FINAL_TIME;
        let resolution = Resolution::for_problem(&trial.problem, &[TIME], TAIL)?;
        let mut states = Vec::new();
        if initial {
            states.push(Self::new(trial, 0.0, trial.problem.initial_on(&resolution.grid)?, 0.0));
        }
        if last {
            let reference = vlasov_reference(&trial.problem, resolution, &[TIME])?;
            let unknown = trajectory_budget(&reference, 0)?;
            states.push(Self::new(trial, TIME, reference.trajectory[0].clone(), unknown));
        }
        Ok(states)
    }

    /// T at r = ε2^p ≤ widest.
    pub fn scan(&self, eps: f64, widest: f64) -> Result<Scan, LaboratoryError> {
        let commutator = LocalisedCommutator::new(&self.w, eps, self.unknown)?;
        let radii: Vec<f64> =
            (-NARROWEST..).map(|p| eps * 2.0_f64.powi(p)).take_while(|&r| r <= widest).collect();
        let centres = |r: f64| if r <= ALL_CENTRES { &self.centres[..] } else { &self.centres[..2] };
        // the widest first: they cost most
        let points: Vec<(f64, f64)> = radii
            .iter()
            .rev()
            .flat_map(|&r| centres(r).iter().map(move |&i| (r, self.w.grid().x.point(i))))
            .collect();
        let values = commutator.at_all(&points)?;
        let sample = |&r: &f64| {
            let here = || points.iter().zip(&values).filter(|(p, _)| p.0 == r).map(|(_, e)| *e);
            let at_mean = here().next().unwrap_or_else(Estimate::unknown);
            Sample { r, largest: Estimate::worst(here()), at_mean }
        };
        Ok(Scan { eps, samples: radii.iter().map(sample).collect() })
    }

    /// lim T(ε/r)^{1/2} as r/ε → 0, lim T for ε ≪ r ≪ 1, lim Tr² as r → ∞, at the mean of ρ̃.
    pub fn limits(&self) -> [f64; 3] {
        let i = self.centres[0];
        [self.limits.narrow[i], self.limits.middle[i], self.limits.wide[i]]
    }

    /// ‖g‖_{L¹}^{1/6}‖g‖_{L^∞}^{5/6}, g = ∫|∂ᵥW̃|dv, the limit of ρ_{|[x,ω̃]|}/(Nε).
    pub fn gradient_norms(&self) -> f64 {
        let twice = &self.limits.middle;
        let l1 = 0.5 * twice.iter().sum::<f64>() * self.w.grid().x.spacing();
        let sup = 0.5 * twice.iter().copied().fold(0.0, f64::max);
        l1.powf(1.0 / 6.0) * sup.powf(5.0 / 6.0)
    }
}

/// T at one r.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub r: f64,
    /// Over the y.
    pub largest: Estimate,
    /// At the mean of ρ̃.
    pub at_mean: Estimate,
}

/// T at one ε, r ascending by factors 2.
#[derive(Clone, Debug)]
pub struct Scan {
    pub eps: f64,
    pub samples: Vec<Sample>,
}

impl Scan {
    /// max T/bound(r) over the y and least ≤ r ≤ most.
    pub fn constant(&self, [least, most]: [f64; 2], bound: impl Fn(f64) -> f64) -> Estimate {
        let inside = self.samples.iter().filter(|s| least <= s.r && s.r <= most);
        Estimate::worst(inside.map(|s| s.largest.scaled(1.0 / bound(s.r))))
    }

    /// The sample at r.
    pub fn at(&self, r: f64) -> Option<&Sample> {
        self.samples.iter().find(|s| (s.r / r - 1.0).abs() < 1e-9)
    }

    /// d ln T/d ln r between r and 2r, at the mean of ρ̃.
    pub fn slope(&self, r: f64) -> Estimate {
        let (Some(a), Some(b)) = (self.at(r), self.at(2.0 * r)) else { return Estimate::unknown() };
        let (a, b) = (a.at_mean, b.at_mean);
        let value = (b.value / a.value).log2();
        Estimate::new(value, (a.relative_error() + b.relative_error()) / std::f64::consts::LN_2)
    }

    /// ∫_a^b r^{−1−α} max_y T dr between neighbours a < b, T a power of r in between.
    pub fn octaves(&self, alpha: f64) -> Vec<Estimate> {
        let octave = |pair: &[Sample]| {
            let (a, b) = (pair[0], pair[1]);
            let ratio = b.r / a.r;
            let s = (b.largest.value / a.largest.value).ln() / ratio.ln() - alpha;
            let weight = if s == 0.0 { ratio.ln() } else { (ratio.powf(s) - 1.0) / s };
            let value = a.largest.value * a.r.powf(-alpha) * weight;
            Estimate::new(value, value * (a.largest.relative_error() + b.largest.relative_error()))
        };
        self.samples.windows(2).map(octave).collect()
    }

    /// ∫₀^∞ r^{−1−α} max_y T dr for α < ½; beyond the samples T is continued by its slopes ½ and −2.
    ///
    /// The error holds what the rule makes of every second sample, and the last slopes for ½ and −2.
    pub fn integral(&self, alpha: f64) -> Estimate {
        let half = Self { samples: self.samples.iter().copied().step_by(2).collect(), ..self.clone() };
        let [all, rare] = [self, &half].map(|scan| {
            let zero = Estimate::default();
            scan.octaves(alpha).iter().fold(zero, |sum, e| sum.plus(e)).plus(&scan.tails(alpha))
        });
        Estimate::new(all.value, all.error + (all.value - rare.value).abs())
    }

    /// ∫₀^most r^{−1−α} max_y T dr for α < ½ from every `stride`-th sample; below the first T is continued by its slope ½.
    pub fn narrow_integral(&self, alpha: f64, most: f64, stride: usize) -> Estimate {
        let inside = self.samples.iter().copied().filter(|s| s.r <= 1.01 * most);
        let rare = Self { samples: inside.step_by(stride).collect(), ..self.clone() };
        let Some(first) = rare.samples.first() else { return Estimate::unknown() };
        let tail = first.largest.scaled(first.r.powf(-alpha) / (0.5 - alpha));
        rare.octaves(alpha).iter().fold(tail, |sum, octave| sum.plus(octave))
    }

    fn tails(&self, alpha: f64) -> Estimate {
        let (Some(first), Some(last)) = (self.samples.first(), self.samples.last()) else {
            return Estimate::unknown();
        };
        let tail = |s: &Sample, slope: f64| s.largest.scaled(s.r.powf(-alpha) / (slope - alpha).abs());
        let slope = |r: f64| self.slope(r).value;
        let (narrow, wide) = (tail(first, 0.5), tail(last, -2.0));
        let narrow_off = tail(first, slope(first.r)).value - narrow.value;
        let wide_off = tail(last, slope(0.5 * last.r)).value - wide.value;
        let sum = narrow.plus(&wide);
        let off = if narrow_off.is_finite() && wide_off.is_finite() {
            narrow_off.abs() + wide_off.abs()
        } else {
            0.05 * sum.value
        };
        Estimate::new(sum.value, sum.error + off)
    }
}
