//! Figures of the theorems' own setting: every α on one sheet, Hartree beside Vlasov, the cost of a rung.

use estimators::radial::{Densities, Portrait};

use super::four_digits;
use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::radial::{Ladder, MeasuredPair, Shown};
use crate::laboratory::{Laboratory, Plan};
use crate::record::{Curve, Exhibit, Panel};
use crate::render::number::epsilon;
use crate::scenario::Quantity;
use crate::theorems::{l19_t1, l19_t2};
use crate::trial::radial::{self, RadialTrial};

/// Makes a trial.
type Maker = fn() -> Result<RadialTrial, LaboratoryError>;

fn of(exhibits: Vec<Exhibit>) -> Findings {
    Findings { exhibits, ..Findings::default() }
}

/// tr|ω−ω̃|/N at the last time against ε, for the smooth V and for V = ±|x|^(−α), every α; two guides ε and ε². The quick tier
/// knows too few α, and draws nothing.
pub fn every_alpha(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let mut trials = vec![radial::repulsive()?, radial::attractive()?];
    for alpha in l19_t1::OWN_ALPHAS.into_iter().chain(l19_t2::OWN_ALPHAS.into_iter().rev()) {
        trials.extend([radial::power(1.0, alpha)?, radial::power(-1.0, alpha)?]);
    }
    let mut curves = Vec::new();
    for trial in &trials {
        let rows = laboratory.ladder(trial)?.rows(Quantity::Trace);
        let last = rows.iter().filter(|r| r.time == Plan::FINAL_TIME);
        let points: Vec<[f64; 3]> = last.map(|r| [r.epsilon, r.value, r.error]).collect();
        let label = trial.name.split('/').next().unwrap_or_default().to_owned();
        curves.push(Curve { label, points, guide: false });
    }
    let top = curves.iter().filter_map(|c| c.points.first()).map(|p| p[1]).fold(0.0, f64::max);
    let rungs: Vec<f64> = curves.first().map_or_else(Vec::new, |c| c.points.iter().map(|p| p[0]).collect());
    for (label, order) in [("slope 1", 1), ("slope 2", 2)] {
        let line = |eps: &f64| [*eps, 2.0 * top * (eps / rungs[0]).powi(order), 0.0];
        curves.push(Curve { label: label.to_owned(), points: rungs.iter().map(line).collect(), guide: true });
    }
    Ok(of(vec![Exhibit::Curves {
        name: "own-every-alpha".into(),
        title: format!("tr|ω−ω̃|/N at t = {}, two widths", Plan::FINAL_TIME),
        x_label: "ε".into(),
        y_label: "tr|ω−ω̃|/N".into(),
        log_x: true,
        log_y: true,
        curves,
    }]))
}

/// ρ_t and ρ̃_t, and the (r, v_r) plane of W_t and W̃_t at one angular momentum, at the last time.
pub fn side_by_side(laboratory: &Laboratory, id: &str, make: Maker) -> Result<Findings, LaboratoryError> {
    let trial = make()?;
    let ladder = laboratory.ladder(&trial)?;
    let Some(shown) = &ladder.shown else { return Ok(Findings::default()) };
    let title = format!("{}, ε = {}, t = {}", trial.name, epsilon(shown.eps), shown.time);
    Ok(of(vec![density_figure(id, &title, &shown.densities), portrait_figure(id, &title, shown)]))
}

fn density_figure(id: &str, title: &str, densities: &Densities) -> Exhibit {
    let curve = |label: &str, rho: &[f64], guide: bool| {
        let points = densities.radii.iter().zip(rho).map(|(r, rho)| [*r, four_digits(*rho), 0.0]).collect();
        Curve { label: label.to_owned(), points, guide }
    };
    Exhibit::Curves {
        name: format!("{id}-own-density"),
        title: title.to_owned(),
        x_label: "r".into(),
        y_label: "ρ_t(r)".into(),
        log_x: false,
        log_y: false,
        curves: vec![
            curve("ρ_t (Hartree)", &densities.hartree, false),
            curve("ρ̃_t (Vlasov)", &densities.vlasov, true),
        ],
    }
}

fn portrait_figure(id: &str, title: &str, shown: &Shown) -> Exhibit {
    let portrait: &Portrait = &shown.portrait;
    let panel = |label: &str, signed: bool, values: Vec<f64>| Panel {
        label: label.to_owned(),
        columns: portrait.columns,
        rows: portrait.rows,
        signed,
        values: values.into_iter().map(four_digits).collect(),
    };
    let difference = portrait.hartree.iter().zip(&portrait.vlasov).map(|(w, w_tilde)| w - w_tilde).collect();
    Exhibit::Fields {
        name: format!("{id}-own-phase-space"),
        title: format!("{title}, |x×v| = {:.3}", portrait.angular_momentum),
        x_label: "r".into(),
        y_label: "v_r".into(),
        x_range: portrait.radii,
        y_range: portrait.velocities,
        panels: vec![
            panel("W_t (Hartree)", false, portrait.hartree.clone()),
            panel("W̃_t (Vlasov)", false, portrait.vlasov.clone()),
            panel("W_t − W̃_t", true, difference),
        ],
    }
}

/// Seconds a rung against N, with the fitted power of 1/ε: a picture of one machine on one day, compared with nothing.
pub fn cost(laboratory: &Laboratory, id: &str, make: Maker) -> Result<Findings, LaboratoryError> {
    let trial = make()?;
    let ladder = laboratory.ladder(&trial)?;
    let Some((power, constant)) = fitted_cost(&ladder) else { return Ok(Findings::default()) };
    let points = ladder.rungs.iter().map(|r| [1.0 / r.eps, four_digits(r.seconds), 0.0]).collect();
    let fitted = ladder.rungs.iter().map(|r| [1.0 / r.eps, constant * r.eps.powf(-power), 0.0]).collect();
    Ok(of(vec![Exhibit::Curves {
        name: format!("{id}-own-cost"),
        title: format!("{}: seconds a rung, ε^(−{power:.1})", trial.name),
        x_label: "1/ε".into(),
        y_label: "seconds".into(),
        log_x: true,
        log_y: true,
        curves: vec![
            Curve { label: "measured, Vlasov's solution not counted".into(), points, guide: false },
            Curve { label: format!("C ε^(−{power:.1}), the finer half"), points: fitted, guide: true },
        ],
    }]))
}

/// tr|ω−ω̃|/N at the last time against ε, and what each source adds to its error.
pub fn budget(laboratory: &Laboratory, id: &str, make: Maker) -> Result<Findings, LaboratoryError> {
    let trial = make()?;
    let ladder = laboratory.ladder(&trial)?;
    let last: Vec<(f64, &MeasuredPair)> =
        ladder.rungs.iter().filter_map(|rung| Some((rung.eps, rung.times.last()?))).collect();
    let Some((_, at)) = last.first() else { return Ok(Findings::default()) };
    let distance = last.iter().map(|(eps, at)| [*eps, at.distances.trace.value, at.distances.trace.error]);
    let mut curves =
        vec![Curve { label: "tr|ω−ω̃|/N".into(), points: distance.collect(), guide: false }];
    let mut names: Vec<&str> = Vec::new();
    for source in last.iter().flat_map(|(_, at)| &at.budget) {
        if !names.contains(&source.name) {
            names.push(source.name);
        }
    }
    for name in names {
        let of = |(eps, at): &(f64, &MeasuredPair)| {
            let source = at.budget.iter().find(|source| source.name == name)?;
            (source.trace > 0.0).then(|| [*eps, four_digits(source.trace), 0.0])
        };
        let points: Vec<_> = last.iter().filter_map(of).collect();
        if !points.is_empty() {
            curves.push(Curve { label: name.to_owned(), points, guide: false });
        }
    }
    Ok(of(vec![Exhibit::Curves {
        name: format!("{id}-own-budget"),
        title: format!("{}, t = {}: what each approximation costs", trial.name, at.time),
        x_label: "ε".into(),
        y_label: "in tr|·|/N".into(),
        log_x: true,
        log_y: true,
        curves,
    }]))
}

/// (p, C) in seconds ≈ C ε^(−p), by least squares over the finer half of the rungs, where the constant part has faded.
fn fitted_cost(ladder: &Ladder) -> Option<(f64, f64)> {
    let finer = &ladder.rungs[ladder.rungs.len() / 2..];
    let points: Vec<(f64, f64)> =
        finer.iter().filter(|r| r.seconds > 0.0).map(|r| (-r.eps.ln(), r.seconds.ln())).collect();
    let count = points.len() as f64;
    let mean = |f: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(f).sum::<f64>() / count;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let (xx, xy) = (mean(&|p| (p.0 - x).powi(2)), mean(&|p| (p.0 - x) * (p.1 - y)));
    (points.len() >= 2 && xx > 0.0).then(|| (xy / xx, (y - xy / xx * x).exp()))
}
