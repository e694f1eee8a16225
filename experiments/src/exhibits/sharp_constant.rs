//! The constant, not only the rate: on smooth data each distance is Cε² + O(ε⁴), and C is known from an equation without ε.
//!
//! W_t − W̃_t = ε²D_t + O(ε⁴), where D solves the linearised Vlasov equation with the first term of Moyal's bracket as its source. A ladder,
//! divided by ε² and extrapolated to ε = 0, must meet the norm of D_t at every time: an oracle in which neither Hartree nor a trace of a matrix
//! enters.

use estimators::rates::Rung;
use estimators::{Estimate, SharpConstants, leading_constant};
use vlasov::CorrectionSource;

use crate::claim::Findings;
use crate::facade::LaboratoryError;
use crate::laboratory::{Geometry, Laboratory, Rungs};
use crate::record::{Check, Constant, HypothesisValue, Row};
use crate::scenario::Quantity;
use crate::trial::Trial;

/// The distances that have a constant.
const QUANTITIES: [Quantity; 4] =
    [Quantity::Trace, Quantity::WignerL1, Quantity::HilbertSchmidt, Quantity::DensityL1];

/// What a negative control makes wrong in the equation of D.
pub const WRONG: [(&str, CorrectionSource); 2] = [
    (
        "1/12 for 1/24 in the equation of the constant",
        CorrectionSource { moyal: 1.0 / 12.0, self_consistent: true },
    ),
    (
        "the equation of the constant without the field of D",
        CorrectionSource { moyal: 1.0 / 24.0, self_consistent: false },
    ),
];

/// The times at which a source is tried: a wrong one shows at the last.
pub fn of_source(times: &[f64], source: CorrectionSource) -> &[f64] {
    let all = source == CorrectionSource::default() || times.is_empty();
    if all { times } else { &times[times.len() - 1..] }
}

/// Every constant of a trial beside the limit of its ladder, and a check of each of the quantities at its worst time.
pub fn against_ladder<P: Geometry>(
    laboratory: &Laboratory,
    trial: &Trial<P>,
    quantities: &[Quantity],
    source: CorrectionSource,
) -> Result<Findings, LaboratoryError> {
    let constants = P::sharp_constants(laboratory, trial, source)?;
    let ladder = laboratory.ladder(trial)?;
    let mut found = Findings::default();
    for quantity in QUANTITIES {
        let rows = ladder.rows(quantity);
        let judged = quantities.contains(&quantity);
        // a quantity that is to be judged and was not measured is not passed over
        if rows.is_empty() && !judged {
            continue;
        }
        let mut off = Vec::new();
        for at in constants.iter() {
            let (constant, limit) = (of(at, quantity), limit(&rows, at.time));
            let ratio = limit.over(&constant);
            off.push(Estimate::new((ratio.value - 1.0).abs(), ratio.error));
            let value = HypothesisValue { epsilon: None, value: limit.value, error: limit.error };
            found.constants.push(Constant {
                trial: trial.name.clone(),
                quantity: quantity.name().to_owned(),
                time: at.time,
                value: constant.value,
                error: constant.error,
                ladder: limit.value.is_finite().then_some(value),
            });
        }
        if judged && !off.is_empty() {
            let name = format!("|lim ε^(−2){}/C − 1|", crate::render::words::quantity(quantity.name()));
            found.checks.push(Check::vanishing(
                name,
                &trial.name,
                &Estimate::worst(off),
                P::agreement(quantity),
            ));
        }
    }
    Ok(found)
}

fn of(constants: &SharpConstants, quantity: Quantity) -> Estimate {
    match quantity {
        Quantity::Trace | Quantity::WignerL1 => constants.trace,
        Quantity::HilbertSchmidt => constants.hilbert_schmidt,
        Quantity::DensityL1 => constants.density_l1,
        Quantity::Observables => Estimate::unknown(),
    }
}

/// lim Q/ε² of the rows at a time.
fn limit(rows: &[Row], time: f64) -> Estimate {
    let at = rows.iter().filter(|r| r.time == time);
    let rungs: Vec<Rung> =
        at.map(|r| Rung { eps: r.epsilon, estimate: Estimate::new(r.value, r.error) }).collect();
    leading_constant(&rungs)
}
