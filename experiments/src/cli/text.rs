//! Claims in words, for people.

use std::fmt::Write;

use crate::facade::ClaimSummary;
use crate::record::Setting;

/// One line a claim: id, setting, tiers, statement.
pub fn list(claims: &[ClaimSummary]) -> String {
    let lines = claims.iter().map(|claim| {
        [claim.id.clone(), setting(claim.setting).to_owned(), tiers(claim), claim.statement.clone()]
    });
    aligned(&lines.collect::<Vec<_>>())
}

/// All that is known about a claim before it is measured.
pub fn explanation(claim: &ClaimSummary) -> String {
    let mut text = format!("{}  ({}; tiers: {})\n\n", claim.id, setting(claim.setting), tiers(claim));
    section(&mut text, "statement", std::slice::from_ref(&claim.statement));
    section(&mut text, "source", std::slice::from_ref(&claim.source));
    section(&mut text, "hypotheses", &claim.hypotheses);
    section(&mut text, "measured", &claim.measured);
    section(&mut text, "controls", &claim.controls);
    section(&mut text, "trials", &claim.trials);
    if let Some(remark) = &claim.remark {
        section(&mut text, "remark", std::slice::from_ref(remark));
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    let _ = writeln!(text, "{title}");
    let none = ["none".to_owned()];
    for line in if lines.is_empty() { &none } else { lines } {
        let _ = writeln!(text, "  {line}");
    }
    text.push('\n');
}

fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::Own => "own",
        Setting::Analogue => "analogue",
    }
}

fn tiers(claim: &ClaimSummary) -> String {
    claim.tiers.iter().map(|tier| tier.name()).collect::<Vec<_>>().join(" ")
}

/// Columns as wide as their widest cell, two spaces between them; the last column is not filled up.
fn aligned<const K: usize>(lines: &[[String; K]]) -> String {
    let width = |k: usize| lines.iter().map(|line| line[k].chars().count()).max().unwrap_or(0);
    let widths: [usize; K] = std::array::from_fn(width);
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facade::Tier;

    fn claim(id: &str) -> ClaimSummary {
        ClaimSummary {
            id: id.to_owned(),
            statement: "tr|ω_t−ω̃_t| ≤ C N ε".to_owned(),
            source: "a talk".to_owned(),
            setting: Setting::Analogue,
            tiers: vec![Tier::Quick, Tier::Standard],
            hypotheses: vec!["V ∈ W^{2,∞}".to_owned()],
            measured: vec!["trace".to_owned()],
            controls: Vec::new(),
            trials: vec!["two bumps, Gaussian V".to_owned()],
            remark: Some("nothing more".to_owned()),
        }
    }

    #[test]
    fn the_list_is_aligned_by_letters_not_bytes() {
        let text = list(&[claim("S.2"), claim("G16.T1")]);
        let columns: Vec<_> = text.lines().map(|line| line.find("analogue")).collect();
        assert_eq!(columns, [Some(8), Some(8)]);
    }

    #[test]
    fn an_explanation_has_every_section() {
        let text = explanation(&claim("G16.T1"));
        for title in ["statement", "source", "hypotheses", "measured", "controls\n  none", "trials", "remark"]
        {
            assert!(text.contains(title), "{title} is missing in\n{text}");
        }
    }
}
