//! W_t, W̃_t and W_t − W̃_t from t = 0 to 1 at ε = 1/16, in eight bits: the film of the page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use estimators::line::{Knob, Resolution, VlasovReference, pair, vlasov_reference};
use phase_space::line::WignerFunction;

use super::{PIXELS, four_digits, samples, support};
use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, Plan};
use crate::record::{Exhibit, Film, FilmFrame, Plane};
use crate::trial;

const EPS: f64 = 0.0625;
/// Frames after t = 0.
const FRAMES: i32 = 8;
/// Where W and its Fourier transform are cut off.
const TAIL: f64 = 1e-7;
/// Round-off of W, relative to ‖W‖_∞.
const ROUND_OFF: f64 = 1e-13;

/// The film of the smooth, repulsive trial; not in the quick tier.
pub fn film(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let trial = trial::repulsive()?;
    laboratory.progress().message(&format!("{}: the film of the page", trial.name));
    let times: Vec<f64> = (1..=FRAMES).map(|k| Plan::FINAL_TIME * f64::from(k) / f64::from(FRAMES)).collect();
    let resolution = Resolution::for_problem(&trial.problem, &times, TAIL)?;
    let reference = vlasov_reference(&trial.problem, resolution, &times)?;
    let pairs = pair(&trial.problem, &reference, EPS)?;

    let initial = trial.problem.initial_on(&resolution.grid)?;
    let shown = pairs.iter().flat_map(|p| [&p.hartree, &p.vlasov]).chain([&initial]);
    let extent = shown.map(support).reduce(around).unwrap_or_default();
    let plane = |w: &WignerFunction, error: f64| Plane {
        error: four_digits(error.max(ROUND_OFF * w.sup())),
        ..quantised(w, extent)
    };

    let mut coarser = Vec::new();
    for knob in Knob::ALL {
        coarser.push(trial.problem.initial_on(&resolution.coarsened(knob).grid)?);
    }
    let at_first = plane(&initial, moved(&initial, coarser.iter()));
    let nothing = plane(&WignerFunction::zeros(&resolution.grid), 0.0);
    let mut frames =
        vec![FilmFrame { time: 0.0, hartree: at_first.clone(), vlasov: at_first, difference: nothing }];
    for (k, pair) in pairs.iter().enumerate() {
        let of_vlasov = moved(&pair.vlasov, variants(&reference, k));
        // |‖W'‖ − ‖W‖| ≤ |‖W̃'‖ − ‖W̃‖| + ‖D' − D‖ + …: the errors of both parts of W = W̃ + D
        let of_difference = pair.budget(WignerFunction::sup);
        frames.push(FilmFrame {
            time: pair.time,
            hartree: plane(&pair.hartree, of_vlasov + of_difference),
            vlasov: plane(&pair.vlasov, of_vlasov),
            difference: plane(&pair.difference, of_difference),
        });
    }
    let film = Film {
        name: "phase-space-film".into(),
        title: format!("{}, ε = 1/{}", trial.name, 1.0 / EPS),
        x_label: "x".into(),
        y_label: "v".into(),
        x_range: [extent.0, extent.1].map(four_digits),
        y_range: [extent.2, extent.3].map(four_digits),
        columns: PIXELS,
        rows: PIXELS,
        frames,
    };
    Ok(Findings { exhibits: vec![Exhibit::Film(film)], ..Findings::default() })
}

/// W̃ at the k-th time on each coarser variant.
fn variants(reference: &VlasovReference, k: usize) -> impl Iterator<Item = &WignerFunction> {
    reference.variants.iter().filter_map(move |trajectory| trajectory.get(k))
}

/// Σ |‖W'‖_∞ − ‖W‖_∞| over coarser variants W'.
fn moved<'a>(w: &WignerFunction, variants: impl Iterator<Item = &'a WignerFunction>) -> f64 {
    variants.map(|varied| (varied.sup() - w.sup()).abs()).sum()
}

/// The smallest rectangle around two.
fn around(a: (f64, f64, f64, f64), b: (f64, f64, f64, f64)) -> (f64, f64, f64, f64) {
    (a.0.min(b.0), a.1.max(b.1), a.2.min(b.2), a.3.max(b.3))
}

/// A field in eight bits: from −s to s if it has both signs in earnest, otherwise from its least to its largest value.
fn quantised(w: &WignerFunction, extent: (f64, f64, f64, f64)) -> Plane {
    let values = samples(w, extent);
    let high = values.iter().copied().fold(0.0, f64::max);
    let low = values.iter().copied().fold(0.0, f64::min);
    let signed = -low > 0.01 * high;
    let (low, high) = if signed { (low.min(-high), high.max(-low)) } else { (low, high) };
    let last = f64::from(Plane::LEVELS);
    let level = |value: f64| match (value - low) / (high - low) {
        part if part.is_finite() => (last * part).round() as u8,
        // a field that is 0 everywhere
        _ => Plane::LEVELS / 2,
    };
    let levels: Vec<u8> = values.into_iter().map(level).collect();
    let (low, high) = (four_digits(low), four_digits(high));
    Plane { sup: w.sup(), error: 0.0, low, high, levels: STANDARD.encode(levels) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use phase_space::line::{Axis, PhaseGrid};

    use super::*;

    fn field(w: impl Fn(f64, f64) -> f64) -> (Plane, Vec<u8>) {
        let axis = || Axis::new(0.0, 8.0, 64).unwrap();
        let w = WignerFunction::sample(&PhaseGrid::new(axis(), axis()), w).unwrap();
        let plane = quantised(&w, (-2.0, 2.0, -2.0, 2.0));
        let levels = STANDARD.decode(&plane.levels).unwrap();
        (plane, levels)
    }

    #[test]
    fn a_level_gives_its_value_back_to_half_a_step() {
        for signed in [0.0, 1.0] {
            let value = |x: f64, v: f64| (1.0 - signed * (x + v)) * (-x * x - v * v).exp();
            let (plane, levels) = field(value);
            let step = (plane.high - plane.low) / f64::from(Plane::LEVELS);
            let middle = PIXELS / 2 * PIXELS + PIXELS / 2;
            let at = 4.0 * (PIXELS / 2) as f64 / (PIXELS - 1) as f64 - 2.0;
            let read = plane.low + step * f64::from(levels[middle]);
            // bilinear samples of a grid of spacing 1/8
            assert!((read - value(at, at)).abs() < 0.5 * step + 0.02, "{read} for {}", value(at, at));
            assert_eq!(plane.low == -plane.high, signed > 0.0);
        }
    }

    #[test]
    fn nothing_is_the_level_of_zero() {
        let (plane, levels) = field(|_, _| 0.0);
        assert_eq!((plane.sup, plane.low, plane.high), (0.0, 0.0, 0.0));
        assert!(levels.iter().all(|l| *l == Plane::LEVELS / 2));
    }
}
