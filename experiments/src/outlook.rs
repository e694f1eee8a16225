//! What can be said of a scenario before it is measured.

use std::fmt::Write;

use serde::Serialize;

use crate::record::{Hypothesis, Verdict};
use crate::render::number;

/// A scenario that was read, what is known of it at once, and what measuring it will take.
#[derive(Clone, Debug, Serialize)]
pub struct Outlook {
    /// Name of the scenario.
    pub scenario: String,
    /// d.
    pub dimension: u32,
    /// The rungs.
    pub rungs: Vec<RungOutlook>,
    /// Hypotheses of the theorems that need no dynamics; spectra at the coarsest ε alone.
    pub hypotheses: Vec<Hypothesis>,
    /// The largest discretisation, in words.
    pub discretisation: String,
    /// Memory in GiB, as `run` asks for it; none where the states are few orbitals.
    pub memory_gib: Option<f64>,
    /// Seconds on two cores, within a factor of three or so; none where no model of the work is at hand.
    pub seconds: Option<f64>,
}

/// One rung.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RungOutlook {
    /// ε.
    pub epsilon: f64,
    /// N = ε^{−d}.
    pub n: f64,
}

/// The rungs of a ladder.
pub fn rungs(dimension: u32, epsilon: &[f64]) -> Vec<RungOutlook> {
    epsilon.iter().map(|&epsilon| RungOutlook { epsilon, n: epsilon.powi(-(dimension as i32)) }).collect()
}

impl Outlook {
    /// The same for people.
    pub fn text(&self) -> String {
        let mut text = format!("{}: a scenario in dimension {}\n\nrungs\n", self.scenario, self.dimension);
        for rung in &self.rungs {
            let _ = writeln!(text, "  ε = {}, N = {:.0}", number::epsilon(rung.epsilon), rung.n);
        }
        text += "\nhypotheses that are known at once\n";
        for h in &self.hypotheses {
            let values: Vec<String> = h.values.iter().map(|v| number::measured(v.value, v.error)).collect();
            let word = match h.verdict {
                Verdict::Consistent => "holds",
                Verdict::Violated => "fails",
                Verdict::Unresolved => "not decided",
            };
            let _ = writeln!(text, "  {}: {word} ({})", h.name, values.join(", "));
        }
        if self.hypotheses.is_empty() {
            text += "  none\n";
        }
        let memory = self.memory_gib.map_or("little".to_owned(), |gib| format!("{gib:.2} GiB"));
        let seconds = self.seconds.map_or("not estimated".to_owned(), |s| {
            format!("about {s:.0} s on two cores, within a factor of three")
        });
        let _ = writeln!(text, "\nwork\n  {}\n  memory: {memory}\n  time: {seconds}", self.discretisation);
        text
    }
}
