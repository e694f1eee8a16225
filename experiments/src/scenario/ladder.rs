//! The ladder of a scenario: its name, d, ε, t and the quantities.

use std::ops::Range;

use estimators::radial::Release;

use super::error::ScenarioError;
use super::section::{Located, Section};
use crate::nearest::did_you_mean;

/// What is measured on the pair (ω_t, ω̃_t).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// `trace`: tr|ω_t − ω̃_t| / N.
    Trace,
    /// `hilbert-schmidt`: ‖ω_t − ω̃_t‖_HS / √N.
    HilbertSchmidt,
    /// `wigner-l1`: ‖W_t − W̃_t‖_{L¹}.
    WignerL1,
    /// `density-l1`: ‖ρ_t − ρ̃_t‖_{L¹}.
    DensityL1,
    /// `observables`: max over (p,q) of |tr e^{ip·x+εq·∇}(ω_t − ω̃_t)| / (N(1+|p|+|q|)²).
    Observables,
}

impl Quantity {
    /// Every quantity, in the order of the tables.
    pub const ALL: [Self; 5] =
        [Self::Trace, Self::HilbertSchmidt, Self::WignerL1, Self::DensityL1, Self::Observables];

    /// The name in scenario files and in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trace => "trace",
            Self::HilbertSchmidt => "hilbert-schmidt",
            Self::WignerL1 => "wigner-l1",
            Self::DensityL1 => "density-l1",
            Self::Observables => "observables",
        }
    }

    /// The quantity of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quantity| quantity.name() == name)
    }
}

const LONGEST_NAME: usize = 64;

/// A name that is a file name on every system.
pub(super) fn name(root: &Section<'_>) -> Result<String, ScenarioError> {
    let name = root.word("name")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let starts_well = name.value.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts_well && name.value.chars().all(plain) && name.value.len() <= LONGEST_NAME {
        return Ok(name.value);
    }
    let allowed = format!(
        "allowed: letters a–z, A–Z, digits, `.`, `_` and `-`, the first a letter or a digit, at most {LONGEST_NAME}"
    );
    Err(root.refuse(&name, "the name cannot be the name of a file", allowed))
}

/// d ∈ {1, 3}.
pub(super) fn dimension(root: &Section<'_>) -> Result<u32, ScenarioError> {
    let dimension = root.whole("dimension")?;
    match dimension.value {
        d @ (1 | 3) => Ok(d),
        d => Err(root.refuse(
            &dimension,
            format!("there is no dimension {d} here"),
            "allowed: 1 (the line), 3 (rotation-invariant)",
        )),
    }
}

/// 1 ≥ ε₀ > ε₁ > … > 0, with the places of the values.
pub(super) fn epsilon(root: &Section<'_>) -> Result<(Vec<f64>, Vec<Range<usize>>), ScenarioError> {
    let list = root.numbers("epsilon")?;
    let allowed = "allowed: strictly decreasing numbers in (0, 1]";
    for eps in &list {
        if eps.value <= 0.0 || eps.value > 1.0 {
            return Err(root.refuse(eps, format!("ε = {} is not in (0, 1]", eps.value), allowed));
        }
    }
    ordered(root, &list, "ε must decrease along the ladder", allowed, |before, after| before > after)?;
    Ok(list.into_iter().map(|eps| (eps.value, eps.span)).unzip())
}

/// 0 < t₀ < t₁ < ….
pub(super) fn times(root: &Section<'_>) -> Result<Vec<f64>, ScenarioError> {
    let list = root.numbers("times")?;
    let allowed = "allowed: strictly increasing numbers > 0";
    for time in &list {
        if time.value <= 0.0 {
            return Err(root.refuse(time, format!("t = {} is not positive", time.value), allowed));
        }
    }
    ordered(root, &list, "the times must increase", allowed, |before, after| before < after)?;
    Ok(list.into_iter().map(|time| time.value).collect())
}

/// The quantities, each once.
pub(super) fn quantities(root: &Section<'_>) -> Result<Vec<Quantity>, ScenarioError> {
    let mut quantities = Vec::new();
    let names = Quantity::ALL.map(Quantity::name);
    let allowed = format!("allowed: {}", names.join(", "));
    for word in root.words("quantities")? {
        let Some(quantity) = Quantity::named(&word.value) else {
            let hint = did_you_mean(&word.value, names.iter().copied());
            return Err(root.refuse(&word, format!("unknown quantity `{}`{hint}", word.value), allowed));
        };
        if quantities.contains(&quantity) {
            return Err(root.refuse(&word, format!("`{}` is listed twice", word.value), allowed));
        }
        quantities.push(quantity);
    }
    Ok(quantities)
}

/// What a determinant asks for: observables alone, and ε = 1/N on the line, ε = N^{−1/3} with closed shells in R³.
pub(super) fn of_determinants(root: &Section<'_>, dimension: u32) -> Result<(), ScenarioError> {
    let allowed = "allowed with `trap-ground-state`: observables";
    for word in root.words("quantities")? {
        if word.value != Quantity::Observables.name() {
            let problem = format!("`{}` is not measured on pure states", word.value);
            return Err(root.refuse(&word, problem, allowed));
        }
    }
    for eps in root.numbers("epsilon")? {
        if dimension == 3 {
            closes_shells(root, &eps)?;
            continue;
        }
        let n = 1.0 / eps.value;
        if (n - n.round()).abs() > 1e-9 * n {
            let problem = format!("1/ε = {n} is no number of particles");
            let nearest = format!("allowed with `trap-ground-state`: 1/N, for example {}", 1.0 / n.round());
            return Err(root.refuse(&eps, problem, nearest));
        }
    }
    Ok(())
}

/// ε^{−3} = M(M+1)(M+2)/6.
fn closes_shells(root: &Section<'_>, eps: &Located<f64>) -> Result<(), ScenarioError> {
    if Release::shells(eps.value).is_some() {
        return Ok(());
    }
    let problem = format!("1/ε³ = {:.6} closes no shells", eps.value.powi(-3));
    let of = |m: usize| (m * (m + 1) * (m + 2) / 6) as f64;
    let m = (1..).find(|&m| of(m) >= eps.value.powi(-3).min(1e6)).unwrap_or(1);
    let allowed = format!(
        "allowed with `trap-ground-state`: N^(−1/3) with N = M(M+1)(M+2)/6 = 1, 4, 10, 20, 35, 56, …, for example {} (N = {})",
        of(m).cbrt().recip(),
        of(m)
    );
    Err(root.refuse(eps, problem, allowed))
}

fn ordered(
    root: &Section<'_>,
    list: &[Located<f64>],
    rule: &str,
    allowed: &str,
    holds: impl Fn(f64, f64) -> bool,
) -> Result<(), ScenarioError> {
    let broken = list.windows(2).find(|pair| !holds(pair[0].value, pair[1].value));
    let Some([before, after]) = broken else { return Ok(()) };
    Err(root.refuse(after, format!("{rule}: {} stands after {}", after.value, before.value), allowed))
}
