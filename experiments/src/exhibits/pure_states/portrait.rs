//! What a released sea looks like: its Wigner function and its density, before and after, by both dynamics.

use std::sync::Arc;

use estimators::line::{Cosine, DrivenSea, SeaPortrait};
use kernels::Gaussian;
use phase_space::line::WignerFunction;

use super::refused;
use crate::exhibits::four_digits;
use crate::facade::LaboratoryError;
use crate::record::{Curve, Exhibit, Panel};

/// N and t.
const PARTICLES: usize = 12;
const TIME: f64 = 0.5;
/// Points of a panel each way, the middle of so many of the box in x and in v.
const POINTS: usize = 96;
const BOX: [usize; 2] = [192, 120];

/// Figures of the oscillator sea of x², released into a Gaussian repulsion.
pub fn released_sea() -> Result<Vec<Exhibit>, LaboratoryError> {
    let v = Gaussian::new(1.0, 1.0).map_err(refused)?;
    let nothing = Cosine { height: 0.0, wave_number: 1.0, centre: 0.0 };
    let sea = DrivenSea::new(Arc::new(v), nothing);
    let portrait = sea.portrait(1.0 / PARTICLES as f64, TIME).map_err(refused)?;
    let title = format!("oscillator sea, released into gaussian(+1), N = {PARTICLES}, t = {TIME}");
    Ok(vec![wigner_figure(&title, &portrait)?, density_figure(&title, &portrait)])
}

fn wigner_figure(title: &str, portrait: &SeaPortrait) -> Result<Exhibit, LaboratoryError> {
    let SeaPortrait { start, hartree, vlasov } = portrait;
    let difference = hartree.minus(vlasov).map_err(refused)?;
    let first = BOX.map(|n| (n - POINTS) / 2);
    let panel = |label: &str, w: &WignerFunction| {
        let w = w.resampled(BOX[0], BOX[1]);
        // a row of the figure is one v
        let value = |at: usize| {
            let [i, j] = [at % POINTS, at / POINTS];
            four_digits(w.values()[(i + first[0]) * BOX[1] + j + first[1]])
        };
        let values = (0..POINTS * POINTS).map(value).collect();
        Panel { label: label.to_owned(), columns: POINTS, rows: POINTS, signed: true, values }
    };
    let shown = start.resampled(BOX[0], BOX[1]);
    let ends = |points: Vec<f64>, first: usize| [points[first], points[first + POINTS - 1]];
    Ok(Exhibit::Fields {
        name: "G16.T3-pure-phase-space".into(),
        title: title.to_owned(),
        x_label: "x".into(),
        y_label: "v".into(),
        x_range: ends(shown.grid().x.points(), first[0]),
        y_range: ends(shown.grid().v.points(), first[1]),
        panels: vec![
            panel("W_N", start),
            panel("W_t (Hartree)", hartree),
            panel("W̃_t (Vlasov)", vlasov),
            panel("W_t − W̃_t", &difference),
        ],
    })
}

fn density_figure(title: &str, portrait: &SeaPortrait) -> Exhibit {
    let curve = |label: &str, w: &WignerFunction, guide: bool| {
        let points = w.grid().x.points().into_iter().zip(w.density());
        let points = points.map(|(x, rho)| [four_digits(x), four_digits(rho), 0.0]).collect();
        Curve { label: label.to_owned(), points, guide }
    };
    Exhibit::Curves {
        name: "G16.T3-pure-density".into(),
        title: title.to_owned(),
        x_label: "x".into(),
        y_label: "ρ(x)".into(),
        log_x: false,
        log_y: false,
        curves: vec![
            curve("ρ_N", &portrait.start, false),
            curve("ρ_t (Hartree)", &portrait.hartree, false),
            curve("ρ̃_t (Vlasov)", &portrait.vlasov, true),
        ],
    }
}
