//! What a file may say: words, lengths, input and output, the speed 2, the dimension.

use super::tree::{Source, names, words};

/// What a computation does not do.
const WORDS: [&str; 3] = ["proved", "proven", "proves"];

/// Sentences that say so.
const ALLOWED: [&str; 2] = ["computation proves nothing", "computation proves no theorem"];

/// This file, which has to name the words.
const ITSELF: &str = "tests/tests/house_rules/text.rs";

/// Lines that say what no computation does.
pub fn forbidden_words(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|s| s.path != ITSELF) {
        for (number, line) in source.lines() {
            let rest = ALLOWED.iter().fold(line.to_lowercase(), |rest, phrase| rest.replace(phrase, ""));
            if let Some(word) = words(&rest).find(|w| WORDS.contains(w)) {
                broken.push(source.at(number, &format!("a computation has not \"{word}\" anything")));
            }
        }
    }
    broken
}

/// Rust files longer than `most` lines.
pub fn too_long(sources: &[Source], most: usize) -> Vec<String> {
    let long = |s: &&Source| s.is_rust() && s.text.lines().count() > most;
    sources.iter().filter(long).map(|s| s.at(most + 1, &format!("more than {most} lines"))).collect()
}

/// Files and prints outside `experiments`.
pub fn input_output(sources: &[Source]) -> Vec<String> {
    let quiet = |s: &&Source| s.in_src() && !s.path.starts_with("experiments/");
    let mut broken = Vec::new();
    for source in sources.iter().filter(quiet) {
        for (number, line) in source.code() {
            let macros = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
            let prints = macros.into_iter().find(|call| line.contains(call));
            if let Some(call) =
                prints.or_else(|| names(line).find(|n| ["fs", "stdout", "stderr"].contains(n)))
            {
                broken
                    .push(source.at(number, &format!("`{call}`: only experiments reads, writes or prints")));
            }
        }
    }
    broken
}

/// Libraries (`lib.rs` with an item in it) that do not open with a page of at least `least` lines and a formula.
pub fn formulas_missing(sources: &[Source], least: usize) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.iter().filter(|s| s.in_src() && s.path.ends_with("src/lib.rs")) {
        let page: Vec<&str> = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if source.code().all(|(_, line)| line.is_empty()) {
            continue;
        }
        if page.len() < least {
            broken.push(source.at(1, &format!("{} doc lines, and not {least}", page.len())));
        }
        if !page.iter().any(|line| line.contains("`$") || line.contains("```math")) {
            broken.push(source.at(1, "the page states no formula"));
        }
    }
    broken
}

/// The name of the speed 2.
const SPEED: &str = "TRANSPORT_SPEED";

/// Where it is written.
pub const SPEED_HOME: &str = "crates/phase-space/src/convention.rs";

/// The second discretisations. They check the speed, so they derive it from −ε²Δ themselves.
pub const SECOND_DISCRETISATIONS: [&str; 8] = [
    "crates/estimators/src/radial/validation.rs",
    "crates/hartree/src/line/direct.rs",
    "crates/hartree/src/line/kernel.rs",
    "crates/hartree/src/radial/direct.rs",
    "crates/hartree/src/radial/oscillator.rs",
    "crates/vlasov/src/line/characteristics.rs",
    "crates/vlasov/src/line/force.rs",
    "crates/vlasov/src/radial/particles.rs",
];

/// Second places where `TRANSPORT_SPEED` is defined, and second discretisations that read it, directly or in a flow.
pub fn speed_written_twice(sources: &[Source]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut homes = 0;
    for source in sources.iter().filter(|s| s.in_src()) {
        let second = SECOND_DISCRETISATIONS.contains(&source.path.as_str());
        for (number, line) in source.code() {
            let found: Vec<&str> = names(line).collect();
            let defines = |pair: &[&str]| ["const", "static", "let"].contains(&pair[0]) && pair[1] == SPEED;
            if found.windows(2).any(defines) {
                homes += 1;
                if source.path != SPEED_HOME || homes > 1 {
                    broken.push(source.at(number, &format!("the speed is written in {SPEED_HOME}, once")));
                }
            }
            if second && let Some(name) = found.iter().find(|n| [SPEED, "PhaseFlow", "SplitStep"].contains(n))
            {
                broken.push(source.at(number, &format!("the second discretisation reads {name}")));
            }
        }
    }
    if homes == 0 {
        broken.push(format!("{SPEED_HOME}:1: TRANSPORT_SPEED is missing"));
    }
    broken
}

/// Library code outside files and folders named `line` or `radial` that reaches into one of them.
///
/// The dimension is approximated by the paths `line::` and `radial::`. An `error.rs` may hold the errors of its geometries.
pub fn knows_dimension(sources: &[Source]) -> Vec<String> {
    let specific = |part: &str| ["line", "line.rs", "radial", "radial.rs", "error.rs"].contains(&part);
    let mut broken = Vec::new();
    for source in sources.iter().filter(|s| s.in_library() && !s.path.split('/').any(specific)) {
        for (number, line) in source.code() {
            let ends = |name: &str, path: &str| path.ends_with(name) && names(path).last() == Some(name);
            let paths: Vec<&str> = line.split("::").collect();
            let before = &paths[..paths.len() - 1];
            if before.iter().any(|path| ends("line", path) || ends("radial", path)) {
                broken.push(source.at(number, "only files under `line` or `radial` know the dimension"));
            }
        }
    }
    broken
}

#[cfg(test)]
fn one(path: &str, text: &str) -> [Source; 1] {
    [Source::new(path, text)]
}

#[test]
fn a_forbidden_word_is_seen_and_its_denial_is_not() {
    let said = "A computation proves nothing.\nIt is Proved.\nimproved\nis_proven\n";
    let place = "reports/report.md:2: a computation has not \"proved\" anything";
    assert_eq!(forbidden_words(&one("reports/report.md", said))[0], place);
    assert_eq!(forbidden_words(&one("reports/report.md", said)).len(), 2);
}

#[test]
fn a_long_file_is_seen() {
    assert_eq!(too_long(&one("a.rs", "1\n2\n3\n"), 2), ["a.rs:3: more than 2 lines"]);
    assert!(
        too_long(&one("a.rs", "1\n2\n"), 2).is_empty() && too_long(&one("a.md", "1\n2\n3\n"), 2).is_empty()
    );
}

#[test]
fn a_print_in_a_library_is_seen() {
    for line in ["use std::fs;", "use std::{fs, io};", "println!(\"1\");", "dbg!(x);", "io::stderr();"] {
        assert_eq!(input_output(&one("crates/a/src/b.rs", line)).len(), 1, "{line}");
        assert!(input_output(&one("experiments/src/b.rs", line)).is_empty());
        assert!(input_output(&one("crates/a/tests/b.rs", line)).is_empty());
    }
    assert!(input_output(&one("crates/a/src/b.rs", "// println!\nlet diffs = 1;")).is_empty());
}

#[test]
fn a_library_without_a_formula_is_seen() {
    let broken = |text| formulas_missing(&one("crates/a/src/lib.rs", text), 2).len();
    assert_eq!(broken("//! a\nmod b;\n"), 2);
    assert_eq!(broken("//! a\n//! b\nmod b;\n"), 1);
    assert_eq!(broken("//! a\n//! `$b$`\nmod b;\n"), 0);
    assert_eq!(broken("//! nothing but tests\n"), 0);
}

#[test]
fn a_second_speed_and_a_reader_are_seen() {
    let home = || Source::new(SPEED_HOME, "pub const TRANSPORT_SPEED: f64 = 2.0;");
    assert!(speed_written_twice(&[home()]).is_empty());
    assert_eq!(speed_written_twice(&[]).len(), 1);
    let elsewhere = Source::new("crates/a/src/b.rs", "const TRANSPORT_SPEED: f64 = 1.0;");
    assert_eq!(speed_written_twice(&[home(), elsewhere]).len(), 1);
    for (path, line) in
        SECOND_DISCRETISATIONS.iter().zip(["PhaseFlow::new()", "x * TRANSPORT_SPEED"].iter().cycle())
    {
        assert_eq!(speed_written_twice(&[home(), Source::new(path, line)]).len(), 1, "{path}");
    }
}

#[test]
fn the_line_outside_its_folder_is_seen() {
    let line = "use phase_space::line::Axis;";
    assert_eq!(knows_dimension(&one("crates/a/src/b.rs", line)).len(), 1);
    assert_eq!(knows_dimension(&one("crates/a/src/b.rs", "let axis = line::Axis::new();")).len(), 1);
    assert!(
        knows_dimension(&one("crates/a/src/b.rs", "let a = Scaling::line(eps); outline::b()")).is_empty()
    );
    for path in [
        "crates/a/src/line/b.rs",
        "crates/a/src/line.rs",
        "crates/a/src/radial/b.rs",
        "crates/a/src/error.rs",
    ] {
        assert!(knows_dimension(&one(path, line)).is_empty(), "{path}");
    }
}
