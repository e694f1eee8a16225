//! A search for the lowest order inside H⁶₄: the oscillations of G16.T2 with s = 6 under |x|^(−α).
//!
//! Their part of the distance is y^{−6}min(1, ε²y³t), of order 6θ + (2−3θ)₊ ≥ 2 for every θ: no frequency, amplitude or α is expected to bring the order below that of the
//! smooth state they stand on. Hilbert–Schmidt distances, since the ladder of both scales has no others; reported.

use crate::claim::Findings;
use crate::facade::{LaboratoryError, Tier};
use crate::laboratory::Laboratory;
use crate::record::Rate;
use crate::render::number;
use crate::theorems::g16_t2::extremal;
use crate::trial;

use super::theta;

/// The theorem's H⁶.
const REGULAR: f64 = 6.0;
/// Its ends and its middle.
const ALPHAS: [f64; 3] = [0.1, 0.25, 0.45];

/// The lowest of all orders, and how far it is from 11/12 − α/2.
pub fn lowest(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    if laboratory.tier() == Tier::Quick {
        return Ok(Findings::default());
    }
    let mut found = Findings::default();
    let mut rates: Vec<(f64, Rate)> = Vec::new();
    for alpha in ALPHAS {
        let (rows, more) = extremal::orders_on(laboratory, &trial::power(1.0, alpha)?, REGULAR)?;
        found.rows.extend(rows);
        found.beside.extend(more.iter().cloned());
        rates.extend(more.into_iter().map(|rate| (alpha, rate)));
    }
    found.notes.extend(said(&rates));
    Ok(found)
}

fn said(rates: &[(f64, Rate)]) -> Option<String> {
    let settled = rates.iter().filter(|(_, rate)| rate.settled && rate.order.is_some());
    let (alpha, rate) = settled
        .min_by(|(_, a), (_, b)| a.order.partial_cmp(&b.order).unwrap_or(std::cmp::Ordering::Equal))?;
    let order = rate.order?;
    Some(format!(
        "not judged, 4y^(−6)cos(yv) on two-bumps, {} families of y and α: the lowest order of ‖ω−ω̃‖_HS is {} ({}), {:.2} above 11/12 − α/2",
        rates.len(),
        number::order(rate.order, rate.ci_low, rate.ci_high),
        rate.trial,
        order - theta(*alpha)
    ))
}
