//! The lowest order inside the hypotheses of G16.T2: a smooth state and an oscillation of frequency y = κε^{−θ} in v,
//!
//! W_N = B + c y^{−s}e^{−(x²+v²)/2w²}cos(yv)/2π,
//!
//! whose norm in H^s_4 is bounded along the ladder. Its part of ‖ω_t−ω̃_t‖_HS/√N is y^{−s}·min(1, ε²y³t) up to constants: order sθ + (2−3θ)₊, least for θ = ⅔,
//! where it is 2s/3. Nothing is said here of other data.

mod figures;

use estimators::line::{Carriage, TwoScale, TwoScaleAt};
use estimators::{Estimate, verdict};
use phase_space::convention::TRANSPORT_SPEED;
use states::GaussianMixture;
use states::line::weighted_sobolev::{WEIGHT, sobolev_norms};

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{HypothesisKind, Laboratory, rates, row};
use crate::record::{Check, Hypothesis, HypothesisValue, Lowest, Rate, Row};
use crate::render::number;
use crate::scenario::Quantity;
use crate::trial;

/// The theorem's H²: s < 2 is outside.
const REGULAR: f64 = 2.0;
/// s.
const REGULARITIES: [f64; 5] = [1.0, 1.5, 2.0, 2.5, 3.0];
/// (θ, κ, its name); ⅔ first, 1 last.
const CARRIERS: [(f64, f64, &str); 4] =
    [(STEEPEST, 2.0, "2/3"), (0.5, 2.0, "1/2"), (5.0 / 6.0, 2.0, "5/6"), (1.0, 1.0, "1")];
/// Beyond this θ an oscillation is late by more and more, and the ladders end too soon: reported, not judged.
const STEEPEST: f64 = 2.0 / 3.0;
/// w.
const WIDTH: f64 = 0.7;
/// c: B's own distance, of order 2, is soon nothing beside that of the oscillation.
const AMPLITUDE: f64 = 4.0;
const TIMES: [f64; 3] = [0.25, 0.5, 1.0];
/// ε = 2^{−k}.
const QUICK: [i32; 4] = [8, 10, 12, 14];
const STANDARD: [i32; 7] = [6, 7, 8, 9, 10, 11, 12];
const DEEP: [i32; 9] = [6, 7, 8, 9, 10, 11, 12, 13, 14];
/// A ladder that shows a plateau alone.
const CUT: [i32; 4] = [5, 6, 7, 8];
/// |order − 2s/3|.
const WITHIN: f64 = 5e-3;
/// Of the limit of large y, and the y from which and the εy up to which it is compared.
const COLLAPSE: f64 = 0.02;
const LIMIT: (f64, f64) = (32.0, 1.0);
/// ε, y and c y^{−s} where both scales stand on one grid, and how near they are.
const WHOLE: (f64, f64, f64) = (0.125, 12.0, 0.01);
const ALIKE: f64 = 1e-3;
/// ‖T−T̃‖/‖T‖ ≤ 2: where it grows with a larger power of 1/ε, the ladder has not come to its end.
const GROWTH: f64 = 0.02;

/// One θ along a ladder.
struct Carrier {
    theta: f64,
    name: &'static str,
    rungs: Vec<Rung>,
}

struct Rung {
    eps: f64,
    frequency: f64,
    /// At each time.
    at: Vec<TwoScaleAt>,
}

/// The families, for `explain` and the ledger.
pub fn trials() -> Vec<String> {
    let of = |&(theta, _, name): &(f64, f64, &'static str)| {
        let carrier = Carrier { theta, name, rungs: Vec::new() };
        REGULARITIES.map(|s| match () {
            () if s < REGULAR => format!("{} (outside the hypotheses, not judged)", carrier.family(s)),
            () if theta > STEEPEST => format!("{} (not judged)", carrier.family(s)),
            () => carrier.family(s),
        })
    };
    CARRIERS.iter().flat_map(of).collect()
}

/// Every family, the lowest order among those with s ≥ 2, and how it comes about.
pub fn search(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let problem = problem()?;
    let (ladder, which, times) = match laboratory.tier() {
        Tier::Quick => (&QUICK[..], &CARRIERS[..1], &TIMES[1..]),
        Tier::Standard => (&STANDARD[..], &CARRIERS[..], &TIMES[..]),
        Tier::Deep => (&DEEP[..], &CARRIERS[..], &TIMES[..]),
    };
    let carriers = carriers(laboratory, &problem, which, ladder, times)?;
    let last = times.len() - 1;
    let mut found = Findings::default();
    for carrier in &carriers {
        for s in REGULARITIES {
            if s < REGULAR || carrier.theta > STEEPEST {
                found.rows.extend(carrier.rows(&problem, s, last));
                found.beside.extend(carrier.rate(&problem, s, last));
                continue;
            }
            found.hypotheses.extend(carrier.hypotheses(laboratory, &problem, s)?);
            for k in 0..times.len() {
                found.rows.extend(carrier.rows(&problem, s, k));
                let rates = carrier.rate(&problem, s, k).into_iter();
                found.rates.extend(rates.map(|rate| Rate { claimed: Some(1.0), ..rate }));
            }
        }
    }
    found.lowest = lowest(&found.rates);
    found.checks.extend(carriers.first().into_iter().flat_map(|c| orders(c, &problem, last)));
    found.checks.push(collapse(&carriers));
    found.checks.push(alike(laboratory, &problem)?);
    if laboratory.tier() != Tier::Quick {
        found.notes.extend(carriers.iter().map(|c| said(c, &problem, last)));
        found.exhibits = figures::all(&carriers, &problem, last);
    }
    Ok(found)
}

/// The lowest of the orders that have settled.
fn lowest(rates: &[Rate]) -> Option<Lowest> {
    let of = |rate: &Rate| {
        let family = format!("{}, t = {}", rate.trial, rate.time);
        Some(Lowest { order: rate.order?, ci_low: rate.ci_low?, ci_high: rate.ci_high?, family })
    };
    let settled = rates.iter().filter(|rate| rate.settled);
    settled.filter_map(of).min_by(|a, b| a.order.total_cmp(&b.order))
}

/// Negative controls: the oscillation carried with v for 2v, or with the other sign of its symbol.
pub fn carried_wrongly(laboratory: &Laboratory, carriage: Carriage) -> Result<Findings, LaboratoryError> {
    let check = alike(laboratory, &TwoScale { carriage, ..problem()? })?;
    Ok(Findings { checks: vec![check], ..Findings::default() })
}

/// v for 2v.
pub const SLOW: Carriage = Carriage { speed: 1.0, symbol: -1.0 };
/// As if y were −i∂ᵥ on W.
pub const REVERSED: Carriage = Carriage { speed: TRANSPORT_SPEED, symbol: 1.0 };

/// Negative control: s = 1, whose order ⅔ says nothing against the theorem.
pub fn outside(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    judged(laboratory, CARRIERS[0], 1.0, &QUICK)
}

/// Negative control: θ = 1 on a short ladder, where the order looks like 1.
pub fn cut(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    judged(laboratory, CARRIERS[CARRIERS.len() - 1], REGULAR, &CUT)
}

fn judged(
    laboratory: &Laboratory,
    which: (f64, f64, &'static str),
    s: f64,
    ladder: &[i32],
) -> Result<Findings, LaboratoryError> {
    let problem = problem()?;
    let mut found = Findings::default();
    for carrier in carriers(laboratory, &problem, &[which], ladder, &TIMES[1..])? {
        found.rows.extend(carrier.rows(&problem, s, 1));
        found.rates.extend(carrier.rate(&problem, s, 1));
        found.hypotheses.extend(carrier.hypotheses(laboratory, &problem, s)?);
    }
    Ok(found)
}

/// V = exp(−x²/2) and B.
pub fn problem() -> Result<TwoScale, LaboratoryError> {
    let smooth = GaussianMixture::two_bumps().map_err(refused)?;
    let interaction = trial::repulsive()?.problem.interaction;
    Ok(TwoScale { interaction, smooth, width: WIDTH, carriage: Carriage::default() })
}

/// y, c y^{−s} and the name of the family at ε, θ = ⅔ and s = 2.
pub fn steepest(eps: f64) -> (f64, f64, String) {
    let (theta, kappa, name) = CARRIERS[0];
    let frequency = kappa * eps.powf(-theta);
    let carrier = Carrier { theta, name, rungs: Vec::new() };
    (frequency, amplitude(frequency, REGULAR), carrier.family(REGULAR))
}

/// Every θ at every ε.
fn carriers(
    laboratory: &Laboratory,
    problem: &TwoScale,
    which: &[(f64, f64, &'static str)],
    ladder: &[i32],
    times: &[f64],
) -> Result<Vec<Carrier>, LaboratoryError> {
    let mut carriers: Vec<Carrier> =
        which.iter().map(|&(theta, _, name)| Carrier { theta, name, rungs: Vec::new() }).collect();
    for &k in ladder {
        let eps = 0.5_f64.powi(k);
        let frequencies: Vec<f64> = which.iter().map(|(theta, kappa, _)| kappa * eps.powf(-theta)).collect();
        let measured = laboratory.oscillations(problem, eps, &frequencies, times)?;
        for ((carrier, frequency), at) in carriers.iter_mut().zip(frequencies).zip(measured.iter()) {
            carrier.rungs.push(Rung { eps, frequency, at: at.clone() });
        }
    }
    Ok(carriers)
}

impl Carrier {
    fn family(&self, s: f64) -> String {
        format!("gaussian(+1)/two-bumps + 4y^(−{s})cos(yv), y ~ ε^(−{})", self.name)
    }

    /// ‖ω_t−ω̃_t‖_HS/√N at the k-th time.
    fn rows(&self, problem: &TwoScale, s: f64, k: usize) -> Vec<Row> {
        let row = |Rung { eps, frequency, at }: &Rung| {
            let distance = problem.hilbert_schmidt(amplitude(*frequency, s), *frequency, &at[k]);
            row(&self.family(s), *eps, at[k].time, Quantity::HilbertSchmidt.name(), distance)
        };
        self.rungs.iter().map(row).collect()
    }

    /// Its order, which has settled only where ‖T−T̃‖/‖T‖ no longer grows.
    fn rate(&self, problem: &TwoScale, s: f64, k: usize) -> Option<Rate> {
        let rate = rates(&self.rows(problem, s, k)).into_iter().next()?;
        Some(Rate { settled: rate.settled && !self.grows(k), ..rate })
    }

    fn grows(&self, k: usize) -> bool {
        let last = &self.rungs[self.rungs.len().saturating_sub(3)..];
        last.windows(2).any(|pair| {
            let ratio = pair[1].at[k].carried.value / pair[0].at[k].carried.value;
            ratio.ln() / (pair[0].eps / pair[1].eps).ln() > GROWTH
        })
    }

    /// What the theorem supposes, of V and along the ladder.
    fn hypotheses(
        &self,
        laboratory: &Laboratory,
        problem: &TwoScale,
        s: f64,
    ) -> Result<[Hypothesis; 2], LaboratoryError> {
        let weight = HypothesisKind::FourierWeight { power: 2 }.measure(&trial::repulsive()?, laboratory)?;
        Ok([Hypothesis { trial: self.family(s), ..weight }, self.regularity(problem, s)?])
    }

    /// ‖W_N‖_{H_4²} along the ladder, the oscillation beside B.
    fn regularity(&self, problem: &TwoScale, s: f64) -> Result<Hypothesis, LaboratoryError> {
        let orders = REGULAR as usize;
        let smooth = sobolev_norms(&problem.smooth, orders as u32, WEIGHT).map_err(refused)?;
        let smooth = smooth.last().map_or_else(Estimate::unknown, |m| Estimate::new(m.value, m.error));
        let norm = |rung: &Rung| {
            let unit = problem.weighted_sobolev_squares(rung.frequency, orders, WEIGHT)[orders].sqrt();
            Estimate::new(smooth.value.hypot(unit * amplitude(rung.frequency, s)), smooth.error)
        };
        let norms: Vec<Estimate> = self.rungs.iter().map(norm).collect();
        let value = |(rung, e): (&Rung, &Estimate)| HypothesisValue {
            epsilon: Some(rung.eps),
            value: e.value,
            error: e.error,
        };
        Ok(Hypothesis {
            name: HypothesisKind::WeightedSobolev { s: 2 }.name(),
            trial: self.family(s),
            values: self.rungs.iter().zip(&norms).map(value).collect(),
            verdict: verdict::bounded(&norms),
        })
    }
}

/// The order 2s/3 of θ = ⅔ for s = 3/2 and s = 2.
fn orders(carrier: &Carrier, problem: &TwoScale, k: usize) -> Vec<Check> {
    let check = |s: f64| {
        let rate = carrier.rate(problem, s, k)?;
        let order = Estimate::new(rate.order?, 0.5 * (rate.ci_high? - rate.ci_low?));
        let name = format!("order of HS for y ~ ε^(−2/3), s = {s}: 2s/3");
        Some(Check::near(name, &carrier.family(s), &order, 2.0 * s / 3.0, WITHIN))
    };
    [1.5, REGULAR].into_iter().filter_map(check).collect()
}

/// The largest distance from the limit of large y, for all θ, ε and t.
fn collapse(carriers: &[Carrier]) -> Check {
    let inside = |rung: &&Rung| rung.frequency >= LIMIT.0 && rung.eps * rung.frequency <= LIMIT.1;
    let distance = |at: &TwoScaleAt| {
        let ratio = at.carried.over(&at.eikonal);
        Estimate::new((ratio.value - 1.0).abs(), ratio.error)
    };
    let rungs = carriers.iter().flat_map(|c| &c.rungs).filter(inside);
    let worst = Estimate::worst(rungs.flat_map(|rung| rung.at.iter().map(distance)));
    let name = "|‖T−T̃‖/‖(e^(iXψ)−1)a‖ − 1|, X = ε²y³, for all θ, ε, t";
    Check::at_most(name, "gaussian(+1)/two-bumps + oscillation", &worst, &Estimate::exact(COLLAPSE))
}

/// ‖ω−ω̃‖_HS of both scales against that of the whole state on one grid: what the check of the collapse cannot see, v for 2v or a sign.
fn alike(laboratory: &Laboratory, problem: &TwoScale) -> Result<Check, LaboratoryError> {
    let ((eps, frequency, amplitude), time) = (WHOLE, TIMES[TIMES.len() - 1]);
    let measured = laboratory.oscillations(problem, eps, &[frequency], &[time])?;
    let two = problem.hilbert_schmidt(amplitude, frequency, &measured[0][0]);
    let ratio = two.over(laboratory.whole_state(problem, WHOLE, time)?.as_ref());
    let off = Estimate::new((ratio.value - 1.0).abs(), ratio.error);
    let name = format!("HS of both scales against one grid, ε = 1/8, y = {frequency}: relative difference");
    Ok(Check::vanishing(name, "gaussian(+1)/two-bumps + 0.01cos(12v)", &off, ALIKE))
}

/// Where the proof loses: Duhamel's integral of ‖B‖ beside the distance, s = 2.
fn said(carrier: &Carrier, problem: &TwoScale, k: usize) -> String {
    let order =
        |rate: Option<&Rate>| rate.map_or("—".to_owned(), |r| number::order(r.order, r.ci_low, r.ci_high));
    let bound = |Rung { eps, frequency, at }: &Rung| {
        let value = at[k].duhamel.scaled(problem.size(amplitude(*frequency, REGULAR)));
        row(&carrier.family(REGULAR), *eps, at[k].time, "ε^(−1)∫‖B‖_HS/√N of the oscillation", value)
    };
    let bound = rates(&carrier.rungs.iter().map(bound).collect::<Vec<_>>()).into_iter().next();
    let measured = carrier.rate(problem, REGULAR, k);
    let settled = measured.as_ref().is_some_and(|r| r.settled);
    format!(
        "s = 2, y ~ ε^(−{}): order {}{} where sθ + (2−3θ)₊ = {:.3}; ε^(−1)∫‖B‖_HS has order {}",
        carrier.name,
        order(measured.as_ref()),
        if settled { "" } else { ", not settled," },
        REGULAR * carrier.theta + (2.0 - 3.0 * carrier.theta).max(0.0),
        order(bound.as_ref())
    )
}

/// c y^{−s}.
fn amplitude(frequency: f64, s: f64) -> f64 {
    AMPLITUDE * frequency.powf(-s)
}

fn refused(error: impl std::fmt::Display) -> LaboratoryError {
    LaboratoryError::Refused(error.to_string())
}
