//! Between pure and mixed: the order of ‖ω_t−ω̃_t‖_HS/√N for Fermi–Dirac states of a trap at T = τε, released, against τ.
//!
//! At a fixed T > 0 ω_N is the quantisation of a smooth W, and the order is 2. At T = 0 it is a determinant, whose distance to Vlasov falls slowly if it falls
//! at all. At T = τε about τ levels are filled in part, whatever ε. None of these is inside the hypotheses of G16.T2 uniformly in ε.

use std::sync::Arc;

use estimators::line::ThermalRelease;
use kernels::Gaussian;
use rayon::prelude::*;

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::{Laboratory, rate, row};
use crate::record::{Curve, Exhibit, Rate, Row};

const DISTANCE: &str = "‖ω−ω̃‖_HS/√N";
const STRENGTH: f64 = 1.0;
const TRAP: f64 = 1.0;
const TIME: f64 = 0.5;
const LADDER: [usize; 4] = [8, 16, 32, 64];
/// τ = T/ε.
const RATIOS: [f64; 7] = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];
/// T, fixed.
const FIXED: f64 = 0.5;

/// Distances along the ladder at T = 0, T = τε and T fixed; the orders between neighbouring rungs against τ. The quick tier has no time for it.
pub fn order_against_temperature(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let pure = ladder("gaussian(+1)/oscillator sea, released", |_| 0.0)?;
    let fixed = ladder(&format!("gaussian(+1)/fermi-dirac({FIXED}), released"), |_| FIXED)?;
    let mut found = Findings::default();
    let mut measured: Vec<(f64, Rate)> = Vec::new();
    for tau in RATIOS {
        if laboratory.progress().cancelled() {
            break;
        }
        laboratory.progress().message(&format!("T = {tau}ε"));
        let rows = ladder(&format!("gaussian(+1)/fermi-dirac({tau}ε), released"), |eps| tau * eps)?;
        measured.push((tau, order(&rows)));
        found.rows.extend(rows);
    }
    let [cold, warm] = [&pure, &fixed].map(|rows| order(rows));
    found.notes.push(said(&cold, &measured, &warm));
    found.exhibits.push(figure(&cold, &measured, &warm));
    found.beside.extend(measured.into_iter().map(|(_, rate)| rate).chain([cold, warm]));
    found.rows.extend(pure.into_iter().chain(fixed));
    Ok(found)
}

fn order(rows: &[Row]) -> Rate {
    rate(&rows.iter().collect::<Vec<_>>())
}

/// The distance at t = `TIME` along the ladder, T a function of ε.
fn ladder(name: &str, temperature: impl Fn(f64) -> f64 + Sync) -> Result<Vec<Row>, LaboratoryError> {
    let refused = |error: &dyn std::fmt::Display| LaboratoryError::Refused(error.to_string());
    let interaction = Arc::new(Gaussian::new(STRENGTH, 1.0).map_err(|e| refused(&e))?);
    let release = ThermalRelease { interaction, s: TRAP };
    let at = |n: &usize| {
        let eps = 1.0 / *n as f64;
        let value = release.hilbert_schmidt(eps, temperature(eps), TIME).map_err(|e| refused(&e))?;
        Ok(row(name, eps, TIME, DISTANCE, value))
    };
    LADDER.par_iter().map(at).collect()
}

/// The order between the last two rungs, if both are resolved.
fn last(rate: &Rate) -> Option<f64> {
    rate.local_orders.last().copied()
}

fn said(cold: &Rate, measured: &[(f64, Rate)], warm: &Rate) -> String {
    let local = |rate: &Rate| last(rate).map_or("unresolved".to_owned(), |order| format!("{order:.2}"));
    let list: Vec<String> =
        measured.iter().map(|(tau, rate)| format!("{} at T = {tau}ε", local(rate))).collect();
    let [.., a, b] = LADDER;
    format!(
        "not judged, Fermi–Dirac states of the trap x², released: the orders of {DISTANCE} from N = {a} to {b} are {} at T = 0, {}, and {} at T = {FIXED}",
        local(cold),
        list.join(", "),
        local(warm)
    )
}

fn figure(cold: &Rate, measured: &[(f64, Rate)], warm: &Rate) -> Exhibit {
    let ends = [RATIOS[0], RATIOS[RATIOS.len() - 1]];
    let between = |k: usize| Curve {
        label: format!("N = {} to {}", LADDER[k], LADDER[k + 1]),
        points: measured
            .iter()
            .filter_map(|(tau, rate)| Some([*tau, *rate.local_orders.get(k)?, 0.0]))
            .collect(),
        guide: false,
    };
    let level = |label: String, order: Option<f64>| Curve {
        label,
        points: order.map_or_else(Vec::new, |order| ends.map(|tau| [tau, order, 0.0]).to_vec()),
        guide: true,
    };
    Exhibit::Curves {
        name: "order-against-temperature".into(),
        title: format!("order of {DISTANCE} at t = {TIME}, gaussian(+1), states of the trap at T"),
        x_label: "T/ε".into(),
        y_label: "order".into(),
        log_x: true,
        log_y: false,
        curves: (0..LADDER.len() - 1)
            .map(between)
            .chain([
                level("T = 0, the last two".into(), last(cold)),
                level(format!("T = {FIXED}, the last two"), last(warm)),
            ])
            .collect(),
    }
}
