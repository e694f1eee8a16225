//! Every check can fail: one thing made wrong changes the verdict, and the verdict says by what number.

#![allow(clippy::unwrap_used)]

use estimators::line::Alteration;
use estimators::{Estimate, Verdict};
use experiments::claim::{Claim, Findings};
use experiments::facade::Tier;
use experiments::laboratory::{Laboratory, Plan, rates, row};
use experiments::progress::Silent;
use experiments::record::{Check, Hypothesis, HypothesisValue, Relation};
use experiments::scenario::Quantity;
use experiments::trial::{self, Trial};
use vlasov::line::ForceSign;

/// The rates of the short ladder, without the second discretisations.
fn rates_of(trial: &Trial, quantity: Quantity) -> Findings {
    let silent = Silent::default();
    let plan = Plan { trace_down_to: 1.0 / 64.0, ..Plan::control() };
    let ladder = Laboratory::new(Tier::Quick, &silent).ladder_on(trial, &plan).unwrap();
    Findings { rates: rates(&ladder.rows(quantity)), ..Findings::default() }
}

/// Both dynamics against their second discretisations.
fn validated(trial: &Trial) -> Findings {
    let silent = Silent::default();
    let checks = Laboratory::new(Tier::Quick, &silent).validation(trial).unwrap().to_vec();
    Findings { checks, ..Findings::default() }
}

fn wrong(change: fn(&mut Alteration)) -> Trial {
    let mut alteration = Alteration::default();
    change(&mut alteration);
    trial::repulsive().unwrap().altered("wrong", alteration)
}

fn assert_fails(findings: &Findings, verdict: Verdict, words: &[&str]) {
    let (found, reason) = findings.judge(Some(1.0));
    println!("{}: {reason}", found.word());
    assert_eq!(found, verdict, "{reason}");
    assert!(words.iter().all(|w| reason.contains(w)), "{reason}");
}

#[test]
fn nothing_wrong_is_consistent() {
    let right = trial::repulsive().unwrap();
    for quantity in [Quantity::Trace, Quantity::HilbertSchmidt, Quantity::Observables] {
        assert_eq!(rates_of(&right, quantity).judge(Some(1.0)).0, Verdict::Consistent);
    }
    assert_eq!(validated(&right).judge(None).0, Verdict::Consistent);
}

#[test]
fn v_for_2v_in_one_dynamics_leaves_a_distance_of_order_one() {
    for trial in [wrong(|a| a.vlasov_speed = 1.0), wrong(|a| a.hartree_speed = 1.0)] {
        assert_fails(&rates_of(&trial, Quantity::HilbertSchmidt), Verdict::Violated, &["order", "against 1"]);
    }
}

#[test]
fn v_for_2v_in_both_is_seen_by_the_second_discretisations_alone() {
    let trial = wrong(|a| (a.vlasov_speed, a.hartree_speed) = (1.0, 1.0));
    assert_eq!(rates_of(&trial, Quantity::HilbertSchmidt).judge(Some(1.0)).0, Verdict::Consistent);
    assert_fails(&validated(&trial), Verdict::Violated, &["relative L² distance", "and 1 more"]);
}

#[test]
fn the_other_sign_of_the_force_leaves_a_distance_of_order_one() {
    let trial = wrong(|a| a.vlasov_force = ForceSign::Flipped);
    assert_fails(&rates_of(&trial, Quantity::HilbertSchmidt), Verdict::Violated, &["order", "against 1"]);
    assert_fails(&validated(&trial), Verdict::Violated, &["Vlasov against backward characteristics"]);
}

#[test]
fn periodic_images_in_the_weyl_matrix_leave_no_rung_resolved() {
    let trial = wrong(|a| a.masked = false);
    assert_fails(
        &rates_of(&trial, Quantity::Trace),
        Verdict::Unresolved,
        &["too few resolved rungs for trace"],
    );
}

#[test]
fn a_quadratic_interaction_gives_zero_and_no_rate() {
    let trial = trial::quadratic().unwrap();
    for quantity in [Quantity::Trace, Quantity::HilbertSchmidt, Quantity::Observables] {
        assert_fails(&rates_of(&trial, quantity), Verdict::Unresolved, &["too few resolved rungs"]);
    }
}

// ---- what a judgement may say ----

/// ε^order at t = 1 on 1/8 … 1/128, to a thousandth.
fn powers(order: f64) -> Findings {
    let value = |eps: f64| Estimate::new(eps.powf(order), 1e-3 * eps.powf(order));
    let rows: Vec<_> =
        (3..=7).map(|k| 0.5_f64.powi(k)).map(|eps| row("powers", eps, 1.0, "trace", value(eps))).collect();
    Findings { rates: rates(&rows), ..Findings::default() }
}

fn supposing(verdict: Verdict) -> Findings {
    let values = vec![HypothesisValue { epsilon: None, value: 1.0, error: 0.0 }];
    let hypothesis = Hypothesis { name: "‖W_N‖".into(), trial: "powers".into(), values, verdict };
    Findings { hypotheses: vec![hypothesis], ..Findings::default() }
}

fn checked(verdict: Verdict) -> Findings {
    let (name, trial, relation) = ("residual".to_owned(), "powers".to_owned(), Relation::AtMost);
    let check = Check { name, trial, relation, value: 2.0, error: 0.1, target: 1.0, verdict };
    Findings { checks: vec![check], ..Findings::default() }
}

#[test]
fn an_order_is_judged_against_the_claimed_one() {
    assert_eq!(powers(2.0).judge(Some(1.0)).0, Verdict::Consistent);
    assert_eq!(powers(0.5).judge(Some(1.0)).0, Verdict::Violated);
    let both = powers(2.0).merged(powers(0.5));
    assert_eq!(both.judge(Some(1.0)).0, Verdict::Violated);
    assert!((both.lowest_rate().unwrap().order.unwrap() - 0.5).abs() < 1e-9);
}

#[test]
fn a_failed_hypothesis_makes_a_violation_unresolved_and_is_named() {
    for verdict in [Verdict::Violated, Verdict::Unresolved] {
        for found in [powers(0.5), powers(2.0), checked(Verdict::Violated)] {
            let (judged, reason) = found.merged(supposing(verdict)).judge(Some(1.0));
            assert_eq!(judged, Verdict::Unresolved);
            assert!(reason.contains("the hypothesis ‖W_N‖ is") && reason.contains("powers"), "{reason}");
        }
    }
    let (judged, reason) = powers(0.5).merged(supposing(Verdict::Consistent)).judge(Some(1.0));
    assert_eq!(judged, Verdict::Violated, "{reason}");
}

#[test]
fn one_failed_check_decides_and_says_its_numbers() {
    let (judged, reason) = powers(2.0).merged(checked(Verdict::Violated)).judge(Some(1.0));
    assert_eq!(judged, Verdict::Violated);
    assert!(reason.contains("residual: 2.000e0 ± 1.0e-1, wanted ≤ 1.000e0"), "{reason}");
    assert_eq!(powers(2.0).merged(checked(Verdict::Unresolved)).judge(Some(1.0)).0, Verdict::Unresolved);
    assert_eq!(powers(2.0).merged(checked(Verdict::Consistent)).judge(Some(1.0)).0, Verdict::Consistent);
}

#[test]
fn beside_is_reported_and_not_judged_and_nothing_measured_decides_nothing() {
    let beside = Findings { beside: powers(0.5).rates, ..Findings::default() };
    assert_eq!(powers(2.0).merged(beside).judge(Some(1.0)).0, Verdict::Consistent);
    assert_eq!(Findings::default().judge(Some(1.0)).0, Verdict::Unresolved);
}

#[test]
fn a_control_that_passes_is_told() {
    let measure = |order: f64| Box::new(move |_: &Laboratory| Ok(powers(order)));
    let claim = Claim { theta: Some(1.0), ..Claim::step("G16.T1", "a bound", measure(2.0)) }
        .control("passes", measure(2.0))
        .control("fails", measure(0.5));
    let silent = Silent::default();
    let controls = claim.run_controls(&Laboratory::new(Tier::Quick, &silent)).unwrap();
    assert_eq!(controls.iter().map(|c| c.failed_as_it_must).collect::<Vec<_>>(), [false, true]);
    assert!(controls.iter().all(|c| c.reason.contains("order") || c.reason.contains("orders")));
}
