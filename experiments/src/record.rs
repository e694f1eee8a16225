//! The stored form of every result: what `verify` and `run` write, what `report` reads.
//!
//! A record holds numbers and words, never a layout; tables and figures are made from it alone, so that
//! nothing in `reports/` is typed by hand. Conventions of the numbers: trace-like values are divided by N,
//! Hilbert–Schmidt values by √N; densities and Wigner norms are as defined.
//!
//! `null` in place of a number means "no number": the measurement gave none. It is read as NaN where a value stands and
//! as ∞ where an error stands; whatever is not finite is written as `null`.

mod film;
mod null;

pub use estimators::Verdict;
pub use film::{Film, FilmFrame, Plane};
use serde::{Deserialize, Serialize};

/// One JSON document: the answer of `verify --json` and `run --json`, and the content of `reports/data/*.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// One measured number each.
    pub rows: Vec<Row>,
    /// One fitted order per (trial, quantity, time).
    pub rates: Vec<Rate>,
    /// The judged claims; empty for `run`.
    #[serde(default)]
    pub claims: Vec<ClaimRecord>,
    /// What a scenario of a user satisfies; the hypotheses of a claim stand with the claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hypotheses: Vec<Hypothesis>,
    /// The constants C of distances Cε² + O(ε⁴).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
    /// What the figures show besides rows and rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<Exhibit>,
    /// Where the numbers come from.
    pub provenance: Provenance,
}

/// One measured number with its numerical error budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The trial (scenario) the number belongs to.
    pub trial: String,
    /// Own dimension or analogue; rows that do not say so are of the analogue.
    #[serde(default)]
    pub setting: Setting,
    /// ε.
    pub epsilon: f64,
    /// N = ε^(−d).
    pub n: f64,
    /// t.
    pub time: f64,
    /// Name of the quantity, e.g. `trace`, `hilbert-schmidt`, `wigner-l1`, `density-l1`, `observables`.
    pub quantity: String,
    /// The value.
    #[serde(with = "null::value")]
    pub value: f64,
    /// The numerical error budget, in the units of `value`.
    #[serde(with = "null::error")]
    pub error: f64,
    /// Whether the budget is at most a tenth of the value.
    pub resolved: bool,
}

/// The order fitted to the resolved rows of one (trial, quantity, time): value ≈ C ε^order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The trial.
    pub trial: String,
    /// Name of the quantity.
    pub quantity: String,
    /// t.
    pub time: f64,
    /// The claimed exponent that the order is judged against; `None` where it is reported beside a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<f64>,
    /// Fitted order; `None` where fewer than three rows are resolved.
    pub order: Option<f64>,
    /// Lower end of the 95% interval.
    pub ci_low: Option<f64>,
    /// Upper end of the 95% interval.
    pub ci_high: Option<f64>,
    /// Order without the coarsest rung, its sensitivity.
    pub order_without_coarsest: Option<f64>,
    /// Orders between neighbouring resolved rungs, coarse to fine.
    #[serde(with = "null::values")]
    pub local_orders: Vec<f64>,
    /// Whether the local orders have settled.
    pub settled: bool,
    /// Why there is no order, e.g. `only 3 of 5 rungs are resolved; an order needs 4`; printed in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The constant of one (trial, quantity, time) whose value is Cε² + O(ε⁴), from an equation without ε.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Constant {
    /// The trial.
    pub trial: String,
    /// Name of the quantity, as in its rows.
    pub quantity: String,
    /// t.
    pub time: f64,
    /// C.
    #[serde(with = "null::value")]
    pub value: f64,
    /// Its numerical error.
    #[serde(with = "null::error")]
    pub error: f64,
    /// The limit of value/ε² along the ladder; `None` where too few rungs are resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder: Option<HypothesisValue>,
}

/// Whether a trial lives in the theorem's own dimension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// d = 3.
    Own,
    /// d = 1.
    #[default]
    Analogue,
}

impl Setting {
    /// The file stem of a claim in this setting: `G16.T1` for the analogue, `G16.T1-own`.
    pub fn slug(self, id: &str) -> String {
        match self {
            Self::Own => format!("{id}-own"),
            Self::Analogue => id.to_owned(),
        }
    }
}

/// One claim as judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimRecord {
    /// Id, e.g. `G16.T1`.
    pub id: String,
    /// The statement in one line.
    pub statement: String,
    /// Own dimension or analogue.
    pub setting: Setting,
    /// The verdict.
    pub verdict: Verdict,
    /// Claimed exponent of ε, for the trial of `order` where it differs between trials; `None` for identities and inequalities.
    pub claimed: Option<f64>,
    /// The order whose interval reaches lowest, from the claimed exponent, over the claim's trials and times.
    pub order: Option<f64>,
    /// Lower end of its 95% interval.
    pub ci_low: Option<f64>,
    /// Upper end of its 95% interval.
    pub ci_high: Option<f64>,
    /// Lowest order found by a search inside the hypotheses; `None` if not searched.
    pub lowest: Option<Lowest>,
    /// Every hypothesis, measured along the ladder.
    pub hypotheses: Vec<Hypothesis>,
    /// Bounds, identities and limits that belong to the claim.
    pub checks: Vec<Check>,
    /// Negative controls: the same check with one thing wrong.
    pub controls: Vec<Control>,
    /// Names of the trials, in the rows and rates of the document.
    pub trials: Vec<String>,
    /// Why the verdict is what it is, in a sentence.
    pub reason: String,
    /// What the verdict does not say by itself, e.g. where an analogue parts from the theorem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Tier it was measured on.
    pub tier: String,
    /// The command that measures it again.
    pub command: String,
    /// Wall-clock seconds of the measurement.
    pub seconds: f64,
}

impl ClaimRecord {
    /// Its file stem: [`Setting::slug`].
    pub fn slug(&self) -> String {
        self.setting.slug(&self.id)
    }
}

/// The lowest order found inside the hypotheses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lowest {
    /// Fitted order.
    #[serde(with = "null::value")]
    pub order: f64,
    /// Lower end of the 95% interval.
    #[serde(with = "null::value")]
    pub ci_low: f64,
    /// Upper end of the 95% interval.
    #[serde(with = "null::value")]
    pub ci_high: f64,
    /// The family of data.
    pub family: String,
}

/// A hypothesis measured along the ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// Name, e.g. `‖W_N‖_{H⁵₄}`.
    pub name: String,
    /// Trial on which it was measured.
    pub trial: String,
    /// Its value at each rung.
    pub values: Vec<HypothesisValue>,
    /// Consistent: finite and bounded along the ladder.
    pub verdict: Verdict,
}

/// One measured value of a hypothesis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HypothesisValue {
    /// ε; `None` where the quantity does not depend on ε.
    pub epsilon: Option<f64>,
    /// Value.
    #[serde(with = "null::value")]
    pub value: f64,
    /// Numerical error.
    #[serde(with = "null::error")]
    pub error: f64,
}

/// A bound, identity or limit: `value` is compared with `target`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// What is checked, e.g. `tr|ω−ω̃| ≤ Duhamel bound`.
    pub name: String,
    /// Trial on which it was measured.
    pub trial: String,
    /// How `value` is compared with `target`.
    pub relation: Relation,
    /// The measured number (the worst along the ladder).
    #[serde(with = "null::value")]
    pub value: f64,
    /// Its numerical error.
    #[serde(with = "null::error")]
    pub error: f64,
    /// The number it is compared with.
    #[serde(with = "null::value")]
    pub target: f64,
    /// What follows.
    pub verdict: Verdict,
}

/// How a check compares its value with its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// value ≤ target.
    AtMost,
    /// value = target within the error.
    Equal,
    /// value ≥ target.
    AtLeast,
}

/// A negative control: it must come out violated, or unresolved where the data decide nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// What was made wrong, e.g. `v in place of 2v in Vlasov`.
    pub name: String,
    /// What the same check says of it.
    pub verdict: Verdict,
    /// `verdict` is the one that was wanted.
    pub failed_as_it_must: bool,
    /// The number that gave it away.
    pub reason: String,
}

/// What a figure shows besides the ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Exhibit {
    /// Curves over one abscissa.
    Curves {
        /// File stem of the figure, e.g. `duhamel-ledger`.
        name: String,
        /// Title.
        title: String,
        /// Abscissa.
        x_label: String,
        /// Ordinate.
        y_label: String,
        /// Logarithmic abscissa.
        log_x: bool,
        /// Logarithmic ordinate.
        log_y: bool,
        /// The curves.
        curves: Vec<Curve>,
    },
    /// One or more fields over the same rectangle, e.g. W_t, W̃_t and their difference in phase space, or the (p,q) map.
    Fields {
        /// File stem of the figure.
        name: String,
        /// Title.
        title: String,
        /// Abscissa.
        x_label: String,
        /// Ordinate.
        y_label: String,
        /// [min, max] of the abscissa (centres of the first and last cell).
        x_range: [f64; 2],
        /// [min, max] of the ordinate.
        y_range: [f64; 2],
        /// The panels, drawn side by side.
        panels: Vec<Panel>,
    },
    /// W_t and W̃_t as time goes on; the page shows it.
    Film(Film),
}

/// One curve of an exhibit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Legend.
    pub label: String,
    /// (x, y, error of y).
    #[serde(with = "null::points")]
    pub points: Vec<[f64; 3]>,
    /// A guide (claimed slope, bound) is drawn dashed and without markers.
    pub guide: bool,
}

/// One panel of a field exhibit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// Caption.
    pub label: String,
    /// Number of columns (abscissa).
    pub columns: usize,
    /// Number of rows (ordinate).
    pub rows: usize,
    /// Signed fields get a diverging colour map centred at 0.
    pub signed: bool,
    /// Values, `values[row * columns + column]`, ordinate upwards, rounded to four significant digits.
    #[serde(with = "null::values")]
    pub values: Vec<f64>,
}

/// Where the numbers come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Version of the laboratory.
    pub version: String,
    /// Commit of the sources that the binary was built from, if known.
    pub commit: Option<String>,
    /// Whether these sources differed from it when the binary was built.
    pub dirty: Option<bool>,
    /// Compiler.
    pub compiler: String,
    /// Processor.
    pub cpu: String,
    /// Threads used.
    pub threads: usize,
    /// Wall-clock seconds of the whole command.
    pub seconds: f64,
}
