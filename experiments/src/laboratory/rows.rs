//! From measurements to the rows and rates of a document.

use estimators::Estimate;
use estimators::rates::{Rung, fit, local_orders};

use super::Geometry;
use crate::record::{Rate, Row};

/// One row of a geometry.
pub fn row_in<P: Geometry>(trial: &str, eps: f64, time: f64, quantity: &str, estimate: Estimate) -> Row {
    Row {
        trial: trial.to_owned(),
        setting: P::SETTING,
        epsilon: eps,
        n: P::n(eps),
        time,
        quantity: quantity.to_owned(),
        value: estimate.value,
        error: estimate.error,
        resolved: estimate.is_resolved(),
    }
}

/// One rate for each (trial, quantity, time) of the rows, in the order of their first appearance.
pub fn rates(rows: &[Row]) -> Vec<Rate> {
    let key = |r: &Row| (r.trial.clone(), r.quantity.clone(), r.time.to_bits());
    let mut keys: Vec<_> = Vec::new();
    for row in rows {
        if !keys.contains(&key(row)) {
            keys.push(key(row));
        }
    }
    keys.iter().map(|k| rate(&rows.iter().filter(|r| key(r) == *k).collect::<Vec<_>>())).collect()
}

/// The order of rows that share trial, quantity and time.
pub fn rate(rows: &[&Row]) -> Rate {
    let rungs: Vec<Rung> =
        rows.iter().map(|r| Rung { eps: r.epsilon, estimate: Estimate::new(r.value, r.error) }).collect();
    let (trial, quantity, time) =
        rows.first().map_or_else(Default::default, |r| (r.trial.clone(), r.quantity.clone(), r.time));
    let mut resolved: Vec<Rung> = rungs.iter().copied().filter(|r| r.estimate.is_resolved()).collect();
    resolved.sort_by(|a, b| b.eps.total_cmp(&a.eps));
    let (fit, note) = match fit(&rungs) {
        Ok(fit) => (Some(fit), None),
        Err(unfit) => (None, Some(unfit.to_string())),
    };
    Rate {
        trial,
        quantity,
        time,
        order: fit.as_ref().map(|f| f.order),
        ci_low: fit.as_ref().map(|f| f.ci_low),
        ci_high: fit.as_ref().map(|f| f.ci_high),
        order_without_coarsest: fit.as_ref().map(|f| f.without_coarsest),
        local_orders: local_orders(&resolved).iter().map(|l| l.value).collect(),
        claimed: None,
        settled: fit.as_ref().is_some_and(|f| f.settled),
        note,
    }
}
