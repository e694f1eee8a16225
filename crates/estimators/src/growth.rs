//! Growth in time: is an error exp(c₀+Ct), or exp(c₀+C₁e^{C₂t})?
//!
//! Both are fitted to `$y_i = \ln e_i$` by least squares, the second as `$y = a + b\,(e^{C_2t}-1)/C_2$`, which is the first at
//! `$C_2=0$` and has `$C_1=b/C_2$`. With k parameters, the variance counted, and n points
//!
//! ```math
//! \mathrm{AICc} = n\ln\frac{R}{n} + 2k + \frac{2k(k+1)}{n-k-1}, \qquad R = \sum_i r_i^2 + \sum_i\delta_i^2,
//! ```
//!
//! r the residuals, δ the relative errors of the data.

use crate::Estimate;

/// Which growth the data prefer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// exp(c₀+Ct).
    Exponential,
    /// exp(c₀+C₁e^{C₂t}), C₁C₂ > 0, C₂ > 0.
    Faster,
    /// The same with C₂ < 0: the rate falls.
    Slower,
    /// The criterion does not decide, or no growth is seen.
    Undecided,
}

impl Growth {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Exponential => "like exp(Ct)",
            Self::Faster => "faster than exp(Ct)",
            Self::Slower => "more slowly than exp(Ct)",
            Self::Undecided => "undecided",
        }
    }
}

/// Both models, fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GrowthFit {
    /// (c₀, C) of c₀+Ct; the error of C is twice its standard error.
    pub linear: (f64, Estimate),
    /// (a, b, C₂) of a + b(e^{C₂t}−1)/C₂.
    pub doubly: (f64, f64, f64),
    /// AICc of the first less that of the second: positive where the second is preferred.
    pub preference: f64,
    /// The verdict.
    pub growth: Growth,
}

/// The second model is taken when its AICc is lower by this, and the first when it is lower by [`PARSIMONY`].
pub const DECISIVE: f64 = 10.0;
/// Half of what one more parameter costs at least.
pub const PARSIMONY: f64 = 1.0;
/// Fewest points: AICc needs n > k+1, and a curve more than two of each.
pub const FEWEST: usize = 8;
/// C₂ is sought up to this over the length of the interval.
const STEEPEST: f64 = 8.0;

/// Fits ln of the values against t; none with fewer than [`FEWEST`] resolved points.
pub fn fit_growth(points: &[(f64, Estimate)]) -> Option<GrowthFit> {
    let resolved: Vec<_> = points.iter().filter(|(_, e)| e.is_resolved() && e.value > 0.0).collect();
    if resolved.len() < FEWEST {
        return None;
    }
    let (t, y): (Vec<f64>, Vec<f64>) = resolved.iter().map(|(t, e)| (*t, e.value.ln())).unzip();
    let noise: f64 = resolved.iter().map(|(_, e)| e.relative_error().powi(2)).sum();
    let n = t.len() as f64;
    let span = t.iter().fold(f64::MIN, |m, t| m.max(*t)) - t.iter().fold(f64::MAX, |m, t| m.min(*t));
    let straight = regression(&t, &y);
    let bent = |c2: f64| regression(&t.iter().map(|t| basis(c2, *t)).collect::<Vec<_>>(), &y);
    let c2 = least(|c2| bent(c2).rss, STEEPEST / span);
    let curve = bent(c2);
    let aicc =
        |rss: f64, k: f64| n * ((rss + noise) / n).ln() + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0);
    let preference = aicc(straight.rss, 3.0) - aicc(curve.rss, 4.0);
    let variance = (straight.rss + noise) / (n - 2.0);
    let slope = Estimate::new(straight.slope, 2.0 * (variance / straight.spread).sqrt());
    let growth = if preference > DECISIVE && curve.slope > 0.0 {
        if c2 > 0.0 { Growth::Faster } else { Growth::Slower }
    } else if preference < -PARSIMONY && slope.value > 2.0 * slope.error {
        Growth::Exponential
    } else {
        Growth::Undecided
    };
    let doubly = (curve.intercept, curve.slope, c2);
    Some(GrowthFit { linear: (straight.intercept, slope), doubly, preference, growth })
}

/// (e^{ct}−1)/c, t at c = 0.
pub fn basis(c: f64, t: f64) -> f64 {
    if c.abs() < 1e-9 { t } else { (c * t).exp_m1() / c }
}

/// The smallest value on \[−reach, reach\]: the best of a grid, then by golden sections beside it.
fn least(f: impl Fn(f64) -> f64, reach: f64) -> f64 {
    const CELLS: i32 = 200;
    let at = |k: i32| reach * f64::from(k) / f64::from(CELLS);
    let best = (-CELLS..=CELLS).min_by(|a, b| f(at(*a)).total_cmp(&f(at(*b)))).unwrap_or(0);
    let (mut low, mut high) = (at((best - 1).max(-CELLS)), at((best + 1).min(CELLS)));
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    for _ in 0..60 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if f(a) < f(b) { high = b } else { low = a }
    }
    0.5 * (low + high)
}

struct Regression {
    intercept: f64,
    slope: f64,
    rss: f64,
    /// Σ(x−x̄)².
    spread: f64,
}

fn regression(x: &[f64], y: &[f64]) -> Regression {
    let n = x.len() as f64;
    let mean = |z: &[f64]| z.iter().sum::<f64>() / n;
    let (mx, my) = (mean(x), mean(y));
    let spread: f64 = x.iter().map(|x| (x - mx).powi(2)).sum();
    let slope = x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>() / spread;
    let intercept = my - slope * mx;
    let rss = x.iter().zip(y).map(|(x, y)| (y - intercept - slope * x).powi(2)).sum();
    Regression { intercept, slope, rss, spread }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A fixed sequence of numbers in \[−1,1\] that looks random.
    fn scatter(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        }
    }

    fn data(y: impl Fn(f64) -> f64, noise: f64, seed: u64) -> Vec<(f64, Estimate)> {
        let mut scatter = scatter(seed);
        let times = (2..=16).map(|k| 0.25 * f64::from(k));
        times
            .map(|t| {
                let value = (y(t) + noise * scatter()).exp();
                (t, Estimate::new(value, 0.5 * noise * value))
            })
            .collect()
    }

    fn found(y: impl Fn(f64) -> f64 + Copy, noise: f64) -> Vec<Growth> {
        (1..=40).map(|seed| fit_growth(&data(y, noise, seed)).unwrap().growth).collect()
    }

    fn count(all: &[Growth], one: Growth) -> usize {
        all.iter().filter(|g| **g == one).count()
    }

    #[test]
    fn each_model_is_found_again() {
        let straight = found(|t| -3.0 + 0.8 * t, 1e-2);
        assert!(count(&straight, Growth::Exponential) >= 30, "{straight:?}");
        assert_eq!(count(&straight, Growth::Faster) + count(&straight, Growth::Slower), 0);
        let faster = found(|t| -3.0 + 0.2 * (0.7 * t).exp(), 1e-2);
        assert_eq!(count(&faster, Growth::Faster), 40);
        let slower = found(|t| -3.0 - 2.0 * (-0.7 * t).exp(), 1e-2);
        assert_eq!(count(&slower, Growth::Slower), 40);
    }

    #[test]
    fn parameters_are_recovered() {
        let fit = fit_growth(&data(|t| -3.0 + 0.2 * (0.7 * t).exp(), 1e-6, 1)).unwrap();
        let (a, b, c2) = fit.doubly;
        assert!((c2 - 0.7).abs() < 1e-4 && (b / c2 - 0.2).abs() < 1e-4 && (a - b / c2 + 3.0).abs() < 1e-4);
        let fit = fit_growth(&data(|t| -3.0 + 0.8 * t, 1e-3, 1)).unwrap();
        assert!((fit.linear.1.value - 0.8).abs() < fit.linear.1.error && fit.linear.1.error < 1e-2);
    }

    #[test]
    fn noise_decides_nothing() {
        for (y, noise) in [(0.0, 0.05), (0.02, 0.1), (0.0, 0.15)] {
            let all = found(|t| -3.0 + y * t, noise);
            assert!(count(&all, Growth::Undecided) >= 38, "{all:?}");
            assert_eq!(count(&all, Growth::Faster), 0);
        }
    }

    #[test]
    fn too_few_or_unresolved_points_have_no_fit() {
        let mut points = data(|t| t, 1e-3, 1);
        assert!(fit_growth(&points[..FEWEST - 1]).is_none());
        points.iter_mut().for_each(|p| p.1.error = p.1.value);
        assert!(fit_growth(&points).is_none());
    }
}
