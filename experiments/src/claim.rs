//! A claim: what is stated, what is supposed, and how it is measured and judged.

use estimators::Verdict;

use crate::facade::{ClaimSummary, LaboratoryError, NOT_MEASURED, Tier};
use crate::laboratory::Laboratory;
use crate::record::{Check, Constant, Control, Exhibit, Hypothesis, Lowest, Rate, Row, Setting};
use crate::render::number::claimed_order;

/// What a measurement found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Measured numbers.
    pub rows: Vec<Row>,
    /// Fitted orders of the trials inside the hypotheses; the first kind of evidence.
    pub rates: Vec<Rate>,
    /// Orders that are reported and not judged: trials outside the hypotheses, quantities beside the claim's own.
    pub beside: Vec<Rate>,
    /// Hypotheses along the ladder.
    pub hypotheses: Vec<Hypothesis>,
    /// Bounds, identities, limits; the second kind of evidence.
    pub checks: Vec<Check>,
    /// Constants of distances Cε² + O(ε⁴).
    pub constants: Vec<Constant>,
    /// Figures.
    pub exhibits: Vec<Exhibit>,
    /// What a search for the lowest order inside the hypotheses found.
    pub lowest: Option<Lowest>,
    /// What was measured beyond the claim, in words, each said with the verdict.
    pub notes: Vec<String>,
}

/// A measurement, done on a laboratory.
pub type Measurement = Box<dyn Fn(&Laboratory) -> Result<Findings, LaboratoryError> + Send + Sync>;

/// A negative control: a name, and the same check with one thing wrong.
pub struct ControlSpec {
    /// What is made wrong.
    pub name: String,
    /// What must be said of it: violated, or unresolved where the data decide nothing.
    pub wanted: Verdict,
    /// Whether the quick tier runs it: not where it leaves out what the control is about.
    pub quick: bool,
    /// The measurement with it.
    pub measure: Measurement,
}

/// One claim of the two talks.
pub struct Claim {
    /// Id, e.g. `G16.T1`.
    pub id: &'static str,
    /// The statement in one line.
    pub statement: &'static str,
    /// Where it is stated.
    pub source: &'static str,
    /// Own dimension or analogue.
    pub setting: Setting,
    /// Claimed exponent of ε, the largest where it differs from trial to trial ([`Rate::claimed`]); `None` for identities and
    /// inequalities.
    pub theta: Option<f64>,
    /// In words: hypotheses, measured quantities, trials, for `explain`.
    pub hypotheses: Vec<String>,
    /// What is measured, in words.
    pub measured: Vec<String>,
    /// Trials, by name.
    pub trials: Vec<String>,
    /// What the verdict does not say by itself, e.g. where an analogue parts from the theorem.
    pub remark: Option<&'static str>,
    /// How it is measured.
    pub measure: Measurement,
    /// What must fail.
    pub controls: Vec<ControlSpec>,
}

impl Claim {
    /// A step of the argument: an identity, a bound or a limit.
    pub fn step(id: &'static str, statement: &'static str, measure: Measurement) -> Self {
        Self {
            id,
            statement,
            source: source_of(id),
            setting: Setting::Analogue,
            theta: None,
            hypotheses: Vec::new(),
            measured: Vec::new(),
            trials: Vec::new(),
            remark: None,
            measure,
            controls: Vec::new(),
        }
    }

    /// Names what is measured.
    pub fn measuring(mut self, what: &[&str]) -> Self {
        self.measured.extend(what.iter().map(|w| w.to_string()));
        self
    }

    /// Names the trials.
    pub fn on(mut self, trials: &[impl ToString]) -> Self {
        self.trials.extend(trials.iter().map(ToString::to_string));
        self
    }

    /// Says what the verdict does not say by itself.
    pub fn remark(mut self, remark: &'static str) -> Self {
        self.remark = Some(remark);
        self
    }

    /// Adds a negative control, which must come out violated.
    pub fn control(mut self, name: &str, measure: Measurement) -> Self {
        self.controls.push(ControlSpec {
            name: name.to_owned(),
            wanted: Verdict::Violated,
            quick: true,
            measure,
        });
        self
    }

    /// Adds a negative control of which nothing can be said: it must come out unresolved.
    pub fn undecidable(mut self, name: &str, measure: Measurement) -> Self {
        self.controls.push(ControlSpec {
            name: name.to_owned(),
            wanted: Verdict::Unresolved,
            quick: true,
            measure,
        });
        self
    }

    /// Its id with its setting, unlike that of any other claim: [`Setting::slug`].
    pub fn slug(&self) -> String {
        self.setting.slug(self.id)
    }

    /// Whether a user who asks for `id` means this claim: by its id in every setting, or by its own slug.
    pub fn answers_to(&self, id: &str) -> bool {
        self.id == id || self.slug() == id
    }

    /// What `list` and `explain` print.
    pub fn summary(&self) -> ClaimSummary {
        ClaimSummary {
            id: self.id.to_owned(),
            statement: self.statement.to_owned(),
            source: self.source.to_owned(),
            setting: self.setting,
            tiers: vec![Tier::Quick, Tier::Standard, Tier::Deep],
            hypotheses: self.hypotheses.clone(),
            measured: self.measured.clone(),
            controls: self.controls.iter().map(|c| c.name.clone()).collect(),
            trials: self.trials.clone(),
            remark: self.remark.map(str::to_owned),
        }
    }

    /// Runs every control through the same judgement; one that could not be measured has not failed as it must.
    ///
    /// # Errors
    /// [`LaboratoryError::Cancelled`] alone.
    pub fn run_controls(&self, laboratory: &Laboratory) -> Result<Vec<Control>, LaboratoryError> {
        self.controls
            .iter()
            .filter(|control| control.quick || laboratory.tier() != Tier::Quick)
            .map(|control| {
                let findings = match (control.measure)(laboratory) {
                    Err(LaboratoryError::Cancelled) => return Err(LaboratoryError::Cancelled),
                    Err(error) => {
                        return Ok(Control {
                            name: control.name.clone(),
                            verdict: Verdict::Unresolved,
                            failed_as_it_must: false,
                            reason: format!("{NOT_MEASURED}: {error}"),
                        });
                    }
                    Ok(findings) => findings,
                };
                // checks alone are judged alone: an order that nobody asked for must not make the control fail
                let (verdict, reason) = findings.judge(self.theta.filter(|_| !findings.has_checks_alone()));
                // a wrong thing that is merely not resolved has not been seen to be wrong
                let failed_as_it_must = verdict == control.wanted;
                Ok(Control { name: control.name.clone(), verdict, failed_as_it_must, reason })
            })
            .collect()
    }
}

pub(crate) fn source_of(id: &str) -> &'static str {
    match id.get(..3) {
        Some("L19") | Some("P19") | Some("R19") => "C. Saffirio, talk at CIRM Luminy, 23 October 2019 (L19)",
        Some("G16") | Some("P16") => "C. Saffirio, talk at Grenoble, 2 February 2016 (G16)",
        _ => "C. Saffirio, talks of 2016 (G16) and 2019 (L19)",
    }
}

impl Findings {
    /// Puts two measurements together.
    pub fn merged(mut self, other: Findings) -> Self {
        self.rows.extend(other.rows);
        self.rates.extend(other.rates);
        self.beside.extend(other.beside);
        self.hypotheses.extend(other.hypotheses);
        self.checks.extend(other.checks);
        self.constants.extend(other.constants);
        self.exhibits.extend(other.exhibits);
        self.lowest = self.lowest.into_iter().chain(other.lowest).min_by(|a, b| a.order.total_cmp(&b.order));
        self.notes.extend(other.notes);
        self
    }

    /// No row, no hypothesis: only checks.
    fn has_checks_alone(&self) -> bool {
        self.rows.is_empty() && self.hypotheses.is_empty() && !self.checks.is_empty()
    }

    /// The rate that decides: its interval reaches lowest, measured from its claimed exponent.
    pub fn lowest_rate(&self) -> Option<&Rate> {
        let above = |r: &Rate| r.ci_low.map_or(f64::NEG_INFINITY, |low| low - r.claimed.unwrap_or(0.0));
        self.rates.iter().min_by(|a, b| above(a).total_cmp(&above(b)))
    }

    /// `not below 1`, or `none below its own claimed exponent, 0.692 to 0.867`.
    fn compared_with(&self, theta: f64) -> String {
        let claimed = || self.rates.iter().map(|r| r.claimed.unwrap_or(theta));
        let (low, high) = (claimed().fold(theta, f64::min), claimed().fold(theta, f64::max));
        if low == high {
            return format!("not below {}", claimed_order(theta));
        }
        format!("none below its own claimed exponent, {low:.3} to {high:.3}")
    }

    /// The verdict, and why. A failed hypothesis makes a violation unresolved: the claim says nothing there.
    pub fn judge(&self, theta: Option<f64>) -> (Verdict, String) {
        let mut parts: Vec<(Verdict, String)> = Vec::new();
        for h in self.hypotheses.iter().filter(|h| h.verdict != Verdict::Consistent) {
            parts.push((
                Verdict::Unresolved,
                format!("the hypothesis {} is {} on {}", h.name, word(h), h.trial),
            ));
        }
        let supposed = parts.is_empty();
        if let Some(theta) = theta {
            parts.extend(self.rates.iter().map(|rate| judge_rate(rate, rate.claimed.unwrap_or(theta))));
            if self.rates.is_empty() {
                parts.push((Verdict::Unresolved, "no order was measured".to_owned()));
            }
        }
        parts.extend(self.checks.iter().map(judge_check));
        if !supposed {
            parts.iter_mut().filter(|p| p.0 == Verdict::Violated).for_each(|p| p.0 = Verdict::Unresolved);
        }
        let worst = Verdict::all(parts.iter().map(|p| p.0));
        let notes: String = self.notes.iter().map(|note| format!("; {note}")).collect();
        if worst == Verdict::Consistent {
            return (worst, self.evidence(theta) + &notes);
        }
        let mut reasons = parts.into_iter().filter(|p| p.0 == worst).map(|p| p.1);
        let first = reasons.next().unwrap_or_else(|| "nothing was measured".to_owned());
        let more = reasons.count();
        let rest = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        (worst, first + &rest + &notes)
    }

    fn evidence(&self, theta: Option<f64>) -> String {
        let hypotheses = self.hypotheses.len();
        let mut said = Vec::new();
        if let (Some(theta), Some(rate)) = (theta, self.lowest_rate()) {
            let interval = outward(rate.ci_low.unwrap_or(f64::NAN), rate.ci_high.unwrap_or(f64::NAN));
            said.push(format!(
                "the lowest interval of {} fitted orders is {interval}, {}",
                self.rates.len(),
                self.compared_with(theta)
            ));
        }
        if !self.checks.is_empty() {
            said.push(format!("{} of {} checks hold", self.checks.len(), self.checks.len()));
        }
        if hypotheses > 0 {
            said.push(format!("{hypotheses} measured hypotheses stay bounded"));
        }
        said.join("; ")
    }
}

fn word(h: &Hypothesis) -> &'static str {
    match h.verdict {
        Verdict::Violated => "not satisfied",
        Verdict::Unresolved => "unresolved",
        Verdict::Consistent => "satisfied",
    }
}

fn judge_rate(rate: &Rate, theta: f64) -> (Verdict, String) {
    let place = format!("{} at t = {} on {}", rate.quantity, rate.time, rate.trial);
    let (Some(order), Some(low), Some(high)) = (rate.order, rate.ci_low, rate.ci_high) else {
        return (Verdict::Unresolved, format!("too few resolved rungs for {place}"));
    };
    let said =
        format!("order {order:.3} in {} against {} for {place}", outward(low, high), claimed_order(theta));
    if !rate.settled {
        (Verdict::Unresolved, format!("local orders have not settled: {said}"))
    } else if low >= theta {
        (Verdict::Consistent, said)
    } else if high < theta {
        (Verdict::Violated, said)
    } else {
        (Verdict::Unresolved, said)
    }
}

/// [low, high] to three decimals, rounded outwards.
fn outward(low: f64, high: f64) -> String {
    format!("[{:.3}, {:.3}]", (1e3 * low).floor() / 1e3, (1e3 * high).ceil() / 1e3)
}

fn judge_check(check: &Check) -> (Verdict, String) {
    let relation = match check.relation {
        crate::record::Relation::AtMost => "≤",
        crate::record::Relation::Equal => "=",
        crate::record::Relation::AtLeast => "≥",
    };
    let said = format!(
        "{}: {:.3e} ± {:.1e}, wanted {relation} {:.3e}, on {}",
        check.name, check.value, check.error, check.target, check.trial
    );
    (check.verdict, said)
}
