//! The first release before and after: densities, and Wigner functions in phase space.

use estimators::line::ReleasePortrait;

use super::super::four_digits;
use super::{Released, refused, trials};
use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::Laboratory;
use crate::record::{Curve, Exhibit, Panel};

const ID: &str = "G16.T3";
const N: usize = 16;
const TIME: f64 = 0.5;
/// In each direction; W_t oscillates about 38 times in v.
const PIXELS: usize = 96;
/// |W| below this is drawn as 0.
const NOTHING: f64 = 1e-5;

/// Both figures. The quick tier draws nothing.
pub fn portrait(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let [Released { name, release, .. }, ..] = trials()?;
    let portrait = release.portrait(1.0 / N as f64, TIME, PIXELS).map_err(refused)?;
    let title = format!("{name}, N = {N}, t = {}", portrait.time);
    let exhibits = vec![densities(&title, &portrait), phase_space(&title, &portrait)];
    Ok(Findings { exhibits, ..Findings::default() })
}

fn densities(title: &str, portrait: &ReleasePortrait) -> Exhibit {
    let curve = |label: &str, rho: &[f64], guide: bool| {
        let point = |(x, rho): (&f64, &f64)| [four_digits(*x), four_digits(*rho), 0.0];
        Curve { label: label.into(), points: portrait.x.iter().zip(rho).map(point).collect(), guide }
    };
    Exhibit::Curves {
        name: format!("{ID}-pure-density"),
        title: title.into(),
        x_label: "x".into(),
        y_label: "ρ(x)".into(),
        log_x: false,
        log_y: false,
        curves: vec![
            curve("ρ, t = 0", &portrait.initial_density, false),
            curve("ρ_t (Hartree)", &portrait.hartree_density, false),
            curve("ρ̃_t (Vlasov)", &portrait.vlasov_density, true),
        ],
    }
}

fn phase_space(title: &str, portrait: &ReleasePortrait) -> Exhibit {
    let all = [&portrait.initial, &portrait.hartree, &portrait.vlasov];
    // the Wigner function of a determinant may be negative: then all three are drawn with their signs
    let negative = all.into_iter().flatten().any(|w| *w <= -NOTHING);
    let panel = |label: &str, signed: bool, values: Vec<f64>| Panel {
        label: label.into(),
        columns: portrait.columns.len(),
        rows: portrait.rows.len(),
        signed,
        values: values.into_iter().map(|w| if w.abs() < NOTHING { 0.0 } else { four_digits(w) }).collect(),
    };
    let difference = portrait.hartree.iter().zip(&portrait.vlasov).map(|(w, w_tilde)| w - w_tilde).collect();
    let ends = |at: &[f64]| [at[0], at[at.len() - 1]];
    Exhibit::Fields {
        name: format!("{ID}-pure-phase-space"),
        title: title.into(),
        x_label: "x".into(),
        y_label: "v".into(),
        x_range: ends(&portrait.columns),
        y_range: ends(&portrait.rows),
        panels: vec![
            panel("W_N, t = 0", negative, portrait.initial.clone()),
            panel("W_t (Hartree)", negative, portrait.hartree.clone()),
            panel("W̃_t (Vlasov)", negative, portrait.vlasov.clone()),
            panel("W_t − W̃_t", true, difference),
        ],
    }
}
