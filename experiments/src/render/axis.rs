//! Axes: a range, its major ticks with labels, its minor ticks.

use super::number::{superscript, tick};

/// How a coordinate is laid on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Linear,
    Log,
}

/// One axis.
#[derive(Clone, Debug)]
pub struct Axis {
    scale: Scale,
    low: f64,
    high: f64,
    /// Major ticks with their labels.
    pub ticks: Vec<(f64, String)>,
    /// Minor ticks.
    pub minor: Vec<f64>,
    /// What the axis shows.
    pub label: String,
}

impl Axis {
    /// An axis that holds `values` with a margin; logarithmic axes ignore what is not positive.
    pub fn fit(values: impl IntoIterator<Item = f64>, logarithmic: bool, label: &str) -> Self {
        let shown = values.into_iter().filter(|v| v.is_finite() && (!logarithmic || *v > 0.0));
        let (low, high) = shown.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        match (low <= high, logarithmic) {
            (false, true) => Self::log(0.1, 1.0, label),
            (false, false) => Self::linear(0.0, 1.0, label),
            (true, true) => {
                let margin = (0.06 * (high / low).ln()).max(0.25).exp();
                Self::log(low / margin, high * margin, label)
            }
            (true, false) => {
                let margin = 0.04 * if high > low { high - low } else { high.abs().max(1.0) };
                Self::linear(low - margin, high + margin, label)
            }
        }
    }

    /// A linear axis over exactly [low, high].
    pub fn linear(low: f64, high: f64, label: &str) -> Self {
        let raw = (high - low) / 4.0;
        let decade = 10f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .map(|m| m * decade)
            .into_iter()
            .find(|s| *s >= raw * 0.999)
            .unwrap_or(raw);
        let multiples = |step: f64| {
            let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
            (first..=last).map(move |i| i as f64 * step)
        };
        let ticks = multiples(step).map(|v| (v, tick(rounded(v, step)))).collect();
        Self {
            scale: Scale::Linear,
            low,
            high,
            ticks,
            minor: multiples(step / 2.0).collect(),
            label: label.into(),
        }
    }

    /// A logarithmic axis over exactly [low, high]: decades, or 1–2–5 where there are too few of them.
    pub fn log(low: f64, high: f64, label: &str) -> Self {
        let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
        let inside = |v: &f64| *v >= low * (1.0 - 1e-9) && *v <= high * (1.0 + 1e-9);
        let powers = |mantissas: &[f64]| -> Vec<f64> {
            let all = (first..=last).flat_map(|n| mantissas.iter().map(move |m| m * 10f64.powi(n)));
            all.filter(inside).collect()
        };
        let decades = powers(&[1.0]).len();
        let (major, minor) = match decades {
            0 | 1 if powers(&[1.0, 2.0, 5.0]).len() < 2 => {
                (powers(&[1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0]), Vec::new())
            }
            0..=2 => (powers(&[1.0, 2.0, 5.0]), powers(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0])),
            3..=7 => (powers(&[1.0]), powers(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0])),
            _ => {
                let stride = i32::try_from(decades.div_ceil(6)).unwrap_or(1);
                let kept =
                    powers(&[1.0]).into_iter().filter(|v| (v.log10().round() as i32).rem_euclid(stride) == 0);
                (kept.collect(), powers(&[1.0]))
            }
        };
        let uniform = decades >= 3;
        let name = |v: f64| if uniform { decade_name(v) } else { tick(v) };
        let ticks = major.into_iter().map(|v| (v, name(v))).collect();
        Self { scale: Scale::Log, low, high, ticks, minor, label: label.into() }
    }

    /// A logarithmic axis for a ladder of ε: ticks at the rungs where these are powers of two.
    pub fn ladder(epsilons: &[f64], label: &str) -> Self {
        let mut axis = Self::fit(epsilons.iter().copied(), true, label);
        let exponent = |e: f64| e.log2().round() as i32;
        if epsilons.iter().all(|e| (e.log2() - e.log2().round()).abs() < 1e-9) {
            let mut exponents: Vec<i32> = epsilons.iter().map(|&e| exponent(e)).collect();
            exponents.sort_unstable();
            exponents.dedup();
            let stride = exponents.len().div_ceil(5);
            axis.minor = exponents.iter().map(|&n| 2f64.powi(n)).collect();
            axis.ticks = exponents
                .iter()
                .rev()
                .step_by(stride)
                .map(|&n| (2f64.powi(n), format!("2{}", superscript(n))))
                .collect();
        }
        axis
    }

    /// Position of `value` between the ends of the axis: 0 at the lower, 1 at the upper.
    pub fn fraction(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => (value - self.low) / (self.high - self.low),
            // What is not positive lies below every logarithmic axis.
            Scale::Log if value <= 0.0 => -1.0,
            Scale::Log => (value / self.low).ln() / (self.high / self.low).ln(),
        }
    }
}

/// 10ⁿ always as a power, so that the labels of one axis look alike.
fn decade_name(v: f64) -> String {
    format!("10{}", superscript(v.log10().round() as i32))
}

/// `v` without the rounding of i·step.
fn rounded(v: f64, step: f64) -> f64 {
    let unit = 10f64.powf(step.log10().floor() - 2.0);
    let digits = (v / unit).round();
    if unit < 1.0 { digits / (1.0 / unit).round() } else { digits * unit.round() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|t| t.1.as_str()).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(labels(&Axis::linear(-0.02, 1.02, "t")), ["0", "0.5", "1"]);
        assert_eq!(labels(&Axis::linear(-8.0, 8.0, "x")), ["−5", "0", "5"]);
        assert_eq!(labels(&Axis::log(2e-5, 3e-1, "v")), ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹"]);
        assert_eq!(labels(&Axis::log(0.15, 0.6, "v")), ["0.2", "0.5"]);
        assert_eq!(labels(&Axis::ladder(&[0.125, 0.0625, 0.03125], "ε")), ["2⁻³", "2⁻⁴", "2⁻⁵"]);
    }

    #[test]
    fn every_axis_has_a_tick_and_holds_its_values() {
        for k in 0..60 {
            let high = 1.37f64.powi(k) * 1e-6;
            for values in [[0.9 * high, high], [1e-3 * high, high], [high, high]] {
                for logarithmic in [false, true] {
                    let axis = Axis::fit(values, logarithmic, "");
                    assert!(!axis.ticks.is_empty(), "{values:?} {logarithmic}");
                    assert!(values.iter().all(|&v| (0.0..=1.0).contains(&axis.fraction(v))));
                }
            }
        }
    }
}
