//! Growth in time up to t = 4: ln(‖ω−ω̃‖_HS/(√N ε²)) fitted by c₀+Ct and by c₀+C₁e^{C₂t}, beside ‖∂ₓ²(V∗ρ̃)‖_∞ and ‖∂ₓ³(V∗ρ̃)‖_∞.
//!
//! The theorem allows exp(C exp(C|t|)). Nothing is judged: what one ε and four trials do is said in a note.

use std::f64::consts::TAU;

use estimators::Estimate;
use estimators::growth::{GrowthFit, basis, fit_growth};
use estimators::line::{Resolution, pair, vlasov_reference};
use phase_space::line::WignerFunction;

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, field_norms};
use crate::record::{Curve, Exhibit};
use crate::render::number;
use crate::trial::{self, Trial};

/// Times from ½ on: at first the distance grows like t.
const QUARTERS: std::ops::RangeInclusive<i32> = 2..=16;
/// α of the singular V.
const ALPHA: f64 = 0.25;

/// Which growth smooth and singular, repulsive and attractive V show; not in the quick tier.
pub fn growth_models(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let trials =
        [trial::repulsive()?, trial::attractive()?, trial::power(1.0, ALPHA)?, trial::power(-1.0, ALPHA)?];
    let (mut said, mut curves) = (Vec::new(), Vec::new());
    for trial in trials {
        let (points, field) = measured(laboratory, &trial)?;
        let fit = fit_growth(&points);
        said.push(words(&trial, fit.as_ref(), field));
        let points = points.iter().map(|(t, e)| [*t, e.value, e.error]).collect();
        curves.push(Curve { label: trial.name.clone(), points, guide: false });
        curves.extend(fit.map(|fit| guide(&trial, &fit)));
    }
    let name = "growth-models";
    Ok(Findings {
        notes: vec![format!(
            "‖ω−ω̃‖_HS/(√N ε²) from t = ½ to 4 at ε = 1/{} grows on {}",
            1.0 / EPS,
            said.join("; on ")
        )],
        exhibits: vec![Exhibit::Curves {
            name: name.into(),
            title: format!("growth in time and the fit that is preferred, ε = 1/{}", 1.0 / EPS),
            x_label: "t".into(),
            y_label: "‖ω−ω̃‖_HS/(√N ε²)".into(),
            log_x: false,
            log_y: true,
            curves,
        }],
        ..Findings::default()
    })
}

const EPS: f64 = 0.125;
/// Where W and its Fourier transform are cut off.
const TAIL: f64 = 1e-7;

type Points = Vec<(f64, Estimate)>;

fn measured(laboratory: &Laboratory, trial: &Trial) -> Result<(Points, [Estimate; 2]), LaboratoryError> {
    let times: Vec<f64> = QUARTERS.map(|k| 0.25 * f64::from(k)).collect();
    laboratory.progress().message(&format!("{}: growth up to t = {}", trial.name, times[times.len() - 1]));
    // what this resolution leaves is in the errors, and small at so large an ε
    let resolution = Resolution::for_problem(&trial.problem, &times, TAIL)?;
    let reference = vlasov_reference(&trial.problem, resolution, &times)?;
    let size = |w: &WignerFunction| TAU.sqrt() * w.l2() / EPS.powi(2);
    let pairs = pair(&trial.problem, &reference, EPS)?;
    let points = pairs.iter().map(|p| (p.time, Estimate::new(size(&p.difference), p.budget(size)))).collect();
    Ok((points, field_norms(trial, &reference)?))
}

fn words(trial: &Trial, fit: Option<&GrowthFit>, [second, third]: [Estimate; 2]) -> String {
    let said = |e: Estimate| number::measured(e.value, e.error);
    let field = format!("largest ‖∂ₓ²(V∗ρ̃)‖_∞ = {}, ‖∂ₓ³(V∗ρ̃)‖_∞ = {}", said(second), said(third));
    let Some(fit) = fit else { return format!("{}: too few resolved times ({field})", trial.name) };
    format!(
        "{} {} (C = {}, ΔAICc = {:.0}; {field})",
        trial.name,
        fit.growth.words(),
        said(fit.linear.1),
        fit.preference
    )
}

/// The model that the criterion prefers, as a curve.
fn guide(trial: &Trial, fit: &GrowthFit) -> Curve {
    let ((c0, c), (a, b, c2)) = (fit.linear, fit.doubly);
    let bent = fit.preference > 0.0;
    let value = |t: f64| if bent { a + b * basis(c2, t) } else { c0 + c.value * t };
    let points = (10..=80).map(|k| 0.05 * f64::from(k)).map(|t| [t, value(t).exp(), 0.0]).collect();
    let name = if bent { "exp(c₀+C₁e^{C₂t})" } else { "exp(c₀+Ct)" };
    Curve { label: format!("{name}, {}", trial.name), points, guide: true }
}
