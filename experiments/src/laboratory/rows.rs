//! From measurements to the rows and rates of a document.

use estimators::Estimate;
use estimators::rates::{Rung, fit, local_orders};

use super::Ladder;
use crate::record::{Rate, Row};
use crate::scenario::Quantity;

/// One row.
pub fn row(trial: &str, eps: f64, time: f64, quantity: &str, estimate: Estimate) -> Row {
    Row {
        trial: trial.to_owned(),
        epsilon: eps,
        n: 1.0 / eps,
        time,
        quantity: quantity.to_owned(),
        value: estimate.value,
        error: estimate.error,
        resolved: estimate.is_resolved(),
    }
}

impl Ladder {
    /// The rows of a quantity, coarse to fine.
    pub fn rows(&self, quantity: Quantity) -> Vec<Row> {
        let mut rows = Vec::new();
        for rung in &self.rungs {
            for at in &rung.times {
                let d = &at.distances;
                let estimate = match quantity {
                    Quantity::Trace => d.trace,
                    Quantity::HilbertSchmidt => Some(d.hilbert_schmidt),
                    Quantity::WignerL1 => Some(d.wigner_l1),
                    Quantity::DensityL1 => Some(d.density_l1),
                    Quantity::Observables => at.observables.as_ref().map(|map| map.weighted_sup),
                };
                rows.extend(estimate.map(|e| row(&self.trial, rung.eps, at.time, quantity.name(), e)));
            }
        }
        rows
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
