//! P16.2. Duhamel: tr|ω_t−ω̃_t| ≤ tr|ω_0−ω̃_0| + ε^(−1)∫tr|[V∗(ρ_s−ρ̃_s),ω̃_s]|ds + ε^(−1)∫tr|B_s|ds; the data agree at time 0.

use estimators::line::{DuhamelLedger, Link};
use estimators::{Estimate, line::Alteration};

use super::chain;
use crate::claim::{Claim, Findings};
use crate::exhibits::ledger_rungs;
use crate::facade::LaboratoryError;
use crate::laboratory::{Laboratory, row};
use crate::record::{Curve, Exhibit};
use crate::trial::{self, Trial};

/// The claim.
pub fn claim() -> Claim {
    let names = chain::trial_names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Claim::step(
        "P16.2",
        "tr|ω_t−ω̃_t| ≤ tr|ω_0−ω̃_0| + ε^(−1)∫tr|[V∗(ρ_s−ρ̃_s),ω̃_s]|ds + ε^(−1)∫tr|B_s|ds",
        Box::new(measure),
    )
    .measuring(&["both terms along the trajectory, their integral against the distance"])
    .on(&names)
    .control(
        "v for 2v in Vlasov: the distance leaves the bound",
        Box::new(|lab| {
            let slow = |a: &mut Alteration| a.vlasov_speed = 1.0;
            let (trial, ledger) = chain::altered_ledger(lab, "v for 2v in Vlasov", slow)?;
            Ok(against_bound(&trial, &ledger, |l| l.bound.clone(), "distance / Duhamel bound"))
        }),
    )
    .control(
        "the bound without B",
        Box::new(|lab| {
            let trial = trial::repulsive()?;
            let ledger = lab.ledger(&trial, ledger_rungs(lab.tier())[0])?;
            let name = "distance / ∫ of the first term alone";
            Ok(against_bound(&trial, &ledger, |l| l.mean_field_bound.clone(), name))
        }),
    )
}

fn measure(laboratory: &Laboratory) -> Result<Findings, LaboratoryError> {
    let mut found = Findings::default();
    for make in chain::TRIALS {
        let trial = make()?;
        for ledger in chain::ledgers(laboratory, &trial)? {
            found =
                found.merged(against_bound(&trial, &ledger, |l| l.bound.clone(), "distance / Duhamel bound"));
        }
    }
    let trial = chain::TRIALS[0]()?;
    if let Some(ledger) = chain::ledgers(laboratory, &trial)?.last() {
        found.exhibits.push(figure("duhamel-ledger", &trial, ledger));
    }
    Ok(found)
}

/// tr|ω−ω̃| over a bound at the even nodes, ≤ 1.
pub fn against_bound(
    trial: &Trial,
    ledger: &DuhamelLedger,
    bound: impl Fn(&DuhamelLedger) -> Vec<(f64, Estimate)>,
    name: &str,
) -> Findings {
    let mut found = Findings::default();
    let mut ratios = Vec::new();
    for (time, bound) in bound(ledger).into_iter().skip(1) {
        let Some(link) = ledger.links.iter().find(|l| (l.time - time).abs() < 1e-12) else { continue };
        let ratio = link.distance.over(&bound);
        found.rows.push(row(&trial.name, ledger.eps, time, name, ratio));
        ratios.push(ratio);
    }
    let place = format!("{}, ε = 1/{}", trial.name, (1.0 / ledger.eps).round());
    found.checks.push(chain::at_most_one(&place, name, ratios));
    found
}

/// Both terms, the distance, and what bounds it.
pub fn figure(name: &str, trial: &Trial, ledger: &DuhamelLedger) -> Exhibit {
    let curve = |label: &str, value: &dyn Fn(&Link) -> Estimate| Curve {
        label: label.to_owned(),
        points: ledger.links.iter().map(|l| [l.time, value(l).value, value(l).error]).collect(),
        guide: false,
    };
    let integral = |label: &str, values: &[(f64, Estimate)]| Curve {
        label: label.to_owned(),
        points: values.iter().map(|(t, e)| [*t, e.value, e.error]).collect(),
        guide: true,
    };
    let mut curves = vec![
        curve("tr|ω−ω̃|", &|l| l.distance),
        curve("ε⁻¹ tr|[V∗(ρ−ρ̃), ω̃]|", &|l| l.mean_field_term),
        curve("ε⁻¹ tr|B|", &|l| l.error_term),
        integral("Duhamel bound", &ledger.bound),
    ];
    // a singular V has no Grönwall bound of this kind
    if ledger.gronwall.iter().all(|(_, e)| e.value.is_finite()) {
        curves.push(integral("Grönwall bound", &ledger.gronwall));
    }
    Exhibit::Curves {
        name: name.to_owned(),
        title: format!("{}, ε = 1/{}", trial.name, (1.0 / ledger.eps).round()),
        x_label: "t".into(),
        y_label: "divided by N".into(),
        log_x: false,
        log_y: false,
        curves,
    }
}
