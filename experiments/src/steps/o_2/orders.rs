//! Which ladders of pure states have an order, and which have none yet.

use estimators::Estimate;
use estimators::rates::MINIMUM_RUNGS;

use crate::laboratory::rate;
use crate::record::{Rate, Row};

/// A distance has begun to fall when no two neighbouring rungs differ by a lower order.
const FALLS: f64 = 0.1;

/// The order over the rungs that have dephased, and none where the distance has not begun to fall or its local orders have not settled.
pub fn order(rows: &[Row], dephased: &[bool]) -> Rate {
    let admitted: Vec<&Row> = rows.iter().zip(dephased).filter(|(_, d)| **d).map(|(row, _)| row).collect();
    let all: Vec<&Row> = rows.iter().collect();
    let fitted = rate(if admitted.is_empty() { &all } else { &admitted });
    if admitted.len() < MINIMUM_RUNGS {
        let (some, all) = (admitted.len(), rows.len());
        none(&fitted, &format!("the long coherences have dephased on {some} of {all} rungs: no order yet"))
    } else if fitted.local_orders.iter().any(|p| *p < FALLS) {
        none(&fitted, "the distance has not begun to fall: no order yet")
    } else if fitted.order.is_some() && !fitted.settled {
        none(&fitted, "the local orders have not settled: no order yet")
    } else {
        fitted
    }
}

/// The same local orders, without a fit.
pub fn none(rate: &Rate, why: &str) -> Rate {
    Rate {
        order: None,
        ci_low: None,
        ci_high: None,
        order_without_coarsest: None,
        settled: false,
        note: Some(why.to_owned()),
        ..rate.clone()
    }
}

/// A fitted order, unknown where the local orders have not settled.
pub fn settled(rates: &[Rate], quantity: &str, time: f64) -> Estimate {
    let found = rates.iter().find(|r| r.quantity == quantity && r.time == time && r.settled);
    match found.and_then(|r| Some((r.order?, r.ci_low?, r.ci_high?))) {
        Some((order, low, high)) => Estimate::new(order, (high - order).max(order - low)),
        None => Estimate::unknown(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::laboratory::row;

    fn rows(exponent: f64) -> Vec<Row> {
        let at = |k: i32| {
            let eps = 0.5_f64.powi(k);
            row("x", eps, 0.375, "distance", Estimate::new(eps.powf(exponent), 1e-6))
        };
        (3..8).map(at).collect()
    }

    #[test]
    fn a_distance_that_falls_has_its_order() {
        let order = order(&rows(1.0 / 3.0), &[true; 5]);
        assert!(order.settled && (order.order.unwrap() - (1.0 / 3.0)).abs() < 1e-6);
    }

    #[test]
    fn no_order_before_dephasing_nor_of_what_grows_or_stays() {
        let early = [false, false, true, true, true];
        for (exponent, dephased) in [(1.0 / 3.0, early), (-0.48, [true; 5]), (0.05, [true; 5])] {
            let order = order(&rows(exponent), &dephased);
            assert!(order.order.is_none() && !order.settled && order.note.is_some(), "{exponent}");
            let check = settled(&[order], "distance", 0.375);
            assert!(check.value.is_nan() && check.error.is_infinite());
        }
    }
}
