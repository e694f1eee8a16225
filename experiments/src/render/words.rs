//! The words of a verdict, a relation, a setting, as every table prints them.

use crate::record::{ClaimRecord, Relation, Setting, Verdict};

/// `consistent`, `violated`, `unresolved`.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Consistent => "consistent",
        Verdict::Violated => "violated",
        Verdict::Unresolved => "unresolved",
    }
}

/// `own` (d = 3) or `analogue` (d = 1).
pub fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::Own => "own",
        Setting::Analogue => "analogue",
    }
}

/// `G16.T1` in the analogue, `G16.T1 (own)` in the theorem's own setting.
pub fn title(claim: &ClaimRecord) -> String {
    match claim.setting {
        Setting::Own => format!("{} ({})", claim.id, setting(claim.setting)),
        Setting::Analogue => claim.id.clone(),
    }
}

/// `≤`, `=`, `≥`.
pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::AtMost => "≤",
        Relation::Equal => "=",
        Relation::AtLeast => "≥",
    }
}

/// `yes` or `no`.
pub fn yes(condition: bool) -> String {
    if condition { "yes".into() } else { "no".into() }
}

/// `4 of 5`, or `—` where there is nothing to count.
pub fn count(part: usize, whole: usize) -> String {
    if whole == 0 { "—".into() } else { format!("{part} of {whole}") }
}

/// How many hypotheses were found to hold.
pub fn hypotheses_hold(claim: &ClaimRecord) -> String {
    count(
        claim.hypotheses.iter().filter(|h| h.verdict == Verdict::Consistent).count(),
        claim.hypotheses.len(),
    )
}

/// How many checks agree.
pub fn checks_agree(claim: &ClaimRecord) -> String {
    count(claim.checks.iter().filter(|c| c.verdict == Verdict::Consistent).count(), claim.checks.len())
}

/// How many controls failed as they must.
pub fn controls_failed(claim: &ClaimRecord) -> String {
    count(claim.controls.iter().filter(|c| c.failed_as_it_must).count(), claim.controls.len())
}

/// How a quantity is written in a figure or table.
pub fn quantity(name: &str) -> &str {
    match name {
        "trace" => "tr|ω−ω̃|/N",
        "hilbert-schmidt" => "‖ω−ω̃‖_HS/√N",
        "wigner-l1" => "‖W−W̃‖_{L¹}",
        "wigner-l2" => "‖W−W̃‖_{L²}",
        "density-l1" => "‖ρ−ρ̃‖_{L¹}",
        other => other,
    }
}
