//! The order of a quantity along a ladder of ε.
//!
//! Model: `$\ln Q_i = \ln C + p \ln\varepsilon_i + \eta_i$` with weights `$w_i = 1/(\delta_i^2 + s^2)$`, where
//! `$\delta_i$` is the relative error budget of the rung and `$s$` the scatter of the unweighted fit: the budget alone
//! would trust the coarse rungs, whose higher-order terms are no noise. The 95% interval is
//! `$p \pm t_{0.975,\,n-2}\,(\sum w_i (x_i-\bar x)^2)^{-1/2}$` (Student), widened to contain the order without the
//! coarsest rung.

use statrs::distribution::{ContinuousCDF, StudentsT};
use thiserror::Error;

use crate::Estimate;

/// One rung of a ladder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rung {
    /// ε.
    pub eps: f64,
    /// The measured quantity.
    pub estimate: Estimate,
}

/// A fitted order.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// p in Q ≈ C ε^p.
    pub order: f64,
    /// Lower end of the 95% interval.
    pub ci_low: f64,
    /// Upper end of the 95% interval.
    pub ci_high: f64,
    /// C.
    pub prefactor: f64,
    /// p without the coarsest rung.
    pub without_coarsest: f64,
    /// Orders between neighbouring resolved rungs, coarse to fine.
    pub local_orders: Vec<f64>,
    /// Whether the last local orders agree within [`SETTLED_SPREAD`], their errors included.
    pub settled: bool,
    /// Number of resolved rungs.
    pub rungs: usize,
}

/// Why no order was fitted.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Unfit {
    /// Too few resolved rungs.
    #[error(
        "only {resolved} of {all} rungs are resolved; an order needs {MINIMUM_RUNGS}: extend the ladder or tighten the budget"
    )]
    TooFew {
        /// Resolved rungs.
        resolved: usize,
        /// All rungs.
        all: usize,
    },
}

/// Fewest resolved rungs for a fit whose interval means something.
pub const MINIMUM_RUNGS: usize = 4;

/// Local orders have settled when the last three, with their errors, spread by no more than this.
pub const SETTLED_SPREAD: f64 = 0.2;

/// Fits the order to the resolved rungs, given in any sequence.
pub fn fit(rungs: &[Rung]) -> Result<Fit, Unfit> {
    let mut resolved: Vec<Rung> = rungs.iter().copied().filter(|r| r.estimate.is_resolved()).collect();
    if resolved.len() < MINIMUM_RUNGS {
        return Err(Unfit::TooFew { resolved: resolved.len(), all: rungs.len() });
    }
    resolved.sort_by(|a, b| b.eps.total_cmp(&a.eps));
    let line = weighted_line(&resolved);
    let without = weighted_line(&resolved[1..]).slope;
    let half = (student_quantile(resolved.len() - 2) * line.slope_error).max((line.slope - without).abs());
    let locals = local_orders(&resolved);
    Ok(Fit {
        order: line.slope,
        ci_low: line.slope - half,
        ci_high: line.slope + half,
        prefactor: line.intercept.exp(),
        without_coarsest: without,
        settled: settled(&locals),
        local_orders: locals.iter().map(|l| l.value).collect(),
        rungs: resolved.len(),
    })
}

/// p_i = ln(Q_i/Q_{i+1}) / ln(ε_i/ε_{i+1}), errors from the budgets.
pub fn local_orders(rungs: &[Rung]) -> Vec<Estimate> {
    rungs
        .windows(2)
        .map(|pair| {
            let distance = (pair[0].eps / pair[1].eps).ln();
            let (a, b) = (pair[0].estimate, pair[1].estimate);
            let order = (a.value.abs() / b.value.abs()).ln() / distance;
            Estimate::new(order, (a.relative_error() + b.relative_error()) / distance.abs())
        })
        .collect()
}

fn settled(locals: &[Estimate]) -> bool {
    let last = &locals[locals.len().saturating_sub(3)..];
    let high = last.iter().map(|l| l.value + l.error).fold(f64::NEG_INFINITY, f64::max);
    let low = last.iter().map(|l| l.value - l.error).fold(f64::INFINITY, f64::min);
    high - low <= SETTLED_SPREAD
}

/// t_{0.975, dof}.
fn student_quantile(dof: usize) -> f64 {
    StudentsT::new(0.0, 1.0, dof as f64).map_or(f64::INFINITY, |t| t.inverse_cdf(0.975))
}

struct Line {
    slope: f64,
    intercept: f64,
    slope_error: f64,
}

fn weighted_line(rungs: &[Rung]) -> Line {
    let x: Vec<f64> = rungs.iter().map(|r| r.eps.ln()).collect();
    let y: Vec<f64> = rungs.iter().map(|r| r.estimate.value.abs().ln()).collect();
    let delta2: Vec<f64> = rungs.iter().map(|r| r.estimate.relative_error().powi(2)).collect();
    let unweighted = regression(&x, &y, &vec![1.0; x.len()]);
    let dof = (x.len() as f64 - 2.0).max(1.0);
    let scatter2 =
        x.iter().zip(&y).map(|(x, y)| (y - unweighted.intercept - unweighted.slope * x).powi(2)).sum::<f64>()
            / dof;
    let floor = f64::EPSILON.powi(2);
    let weights: Vec<f64> = delta2.iter().map(|d| 1.0 / (d + scatter2 + floor)).collect();
    regression(&x, &y, &weights)
}

/// Weighted least squares; slope_error = (Σw(x−x̄)²)^(−1/2).
fn regression(x: &[f64], y: &[f64], w: &[f64]) -> Line {
    let total: f64 = w.iter().sum();
    let mean = |z: &[f64]| z.iter().zip(w).map(|(z, w)| z * w).sum::<f64>() / total;
    let (mean_x, mean_y) = (mean(x), mean(y));
    let (mut sxx, mut sxy) = (0.0, 0.0);
    for ((x, y), w) in x.iter().zip(y).zip(w) {
        sxx += w * (x - mean_x).powi(2);
        sxy += w * (x - mean_x) * (y - mean_y);
    }
    let slope = sxy / sxx;
    Line { slope, intercept: mean_y - slope * mean_x, slope_error: sxx.sqrt().recip() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ladder(n: i32, q: impl Fn(f64) -> f64, relative: f64) -> Vec<Rung> {
        (3..3 + n)
            .map(|k| {
                let eps = 0.5_f64.powi(k);
                Rung { eps, estimate: Estimate::new(q(eps), relative * q(eps)) }
            })
            .collect()
    }

    #[test]
    fn student_quantiles() {
        assert!((student_quantile(5) - 2.570_581_835_636_314).abs() < 1e-9);
        assert!((student_quantile(1) - 12.706_204_736_432_095).abs() < 1e-8);
    }

    #[test]
    fn curvature_widens_the_interval() {
        let straight = fit(&ladder(6, |e| 3.0 * e * e, 1e-6)).unwrap();
        let curved = fit(&ladder(6, |e| 3.0 * e * e * (1.0 + 8.0 * e), 1e-6)).unwrap();
        assert!((straight.order - 2.0).abs() < 1e-12 && straight.ci_high - straight.ci_low < 1e-5);
        assert!(curved.ci_high - curved.ci_low > 0.1 && curved.without_coarsest < curved.order);
    }

    #[test]
    fn unresolved_rungs_never_enter() {
        let mut rungs = ladder(8, |e| e, 1e-3);
        for rung in &mut rungs[5..] {
            rung.estimate = Estimate::new(7.0, 1.0);
        }
        let fit = fit(&rungs).unwrap();
        assert_eq!(fit.rungs, 5);
        assert!((fit.order - 1.0).abs() < 1e-12);
        rungs.iter_mut().for_each(|r| r.estimate.error = r.estimate.value);
        assert_eq!(super::fit(&rungs), Err(Unfit::TooFew { resolved: 0, all: 8 }));
    }

    #[test]
    fn a_turning_ladder_has_not_settled() {
        let turning = fit(&ladder(5, |e| e / (1.0 + 0.01 / e), 1e-4)).unwrap();
        assert!(!turning.settled);
    }

    proptest! {
        #[test]
        fn exact_powers_are_recovered(p in -1.0..3.0_f64, c in 1e-3..1e3_f64, n in 4..9_i32) {
            let fit = fit(&ladder(n, |e| c * e.powf(p), 1e-4)).unwrap();
            prop_assert!((fit.order - p).abs() < 1e-9);
            prop_assert!((fit.prefactor / c - 1.0).abs() < 1e-8);
            prop_assert!(fit.ci_low <= p + 1e-9 && p - 1e-9 <= fit.ci_high && fit.settled);
        }
    }
}
