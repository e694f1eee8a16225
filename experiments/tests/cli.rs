//! The commands as a user meets them: messages, exit statuses, and what goes to which stream.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use miette::{GraphicalReportHandler, GraphicalTheme};
use semiclassical_experiments::facade;
use semiclassical_experiments::record::Setting;
use semiclassical_experiments::scenario::{Scenario, ScenarioError};
use tempfile::TempDir;

const TWO_BUMPS: &str = include_str!("scenarios/two-bumps.toml");

/// One thing wrong each: name of the snapshot, what is replaced in two-bumps.toml, by what.
const WRONG: [(&str, &str, &str); 46] = [
    ("not-toml", "dimension = 1", "dimension = = 1"),
    ("duplicate-key", "dimension = 1", "dimension = 1\ndimension = 1"),
    ("unknown-key", "epsilon =", "epsilom ="),
    ("unknown-key-in-table", "width = 1.0", "width = 1.0\nrange = 2.0"),
    ("unknown-table", "[initial]", "[solver]\nstep = 0.1\n[initial]"),
    ("missing-key", "dimension = 1\n", ""),
    ("missing-table", "[interaction]\nkind = \"gaussian\"\nstrength = 1.0\nwidth = 1.0\n", ""),
    ("missing-key-in-table", "width = 1.0\n", ""),
    ("missing-key-in-component", "x = -1.0, ", ""),
    ("missing-kind", "kind = \"gaussian\"\n", ""),
    ("wrong-type-number", "strength = 1.0", "strength = \"strong\""),
    ("wrong-type-list", "times = [0.25, 0.5, 1.0]", "times = 1.0"),
    ("wrong-type-element", "times = [0.25, 0.5, 1.0]", "times = [0.25, true]"),
    ("wrong-type-whole", "dimension = 1", "dimension = 1.0"),
    ("wrong-type-word", "name = \"two-bumps\"", "name = 7"),
    (
        "wrong-type-table",
        "[interaction]\nkind = \"gaussian\"\nstrength = 1.0\nwidth = 1.0\n",
        "interaction = \"gaussian\"\n",
    ),
    ("name-not-a-file", "\"two-bumps\"", "\"../two bumps\""),
    ("name-empty", "\"two-bumps\"", "\"\""),
    ("dimension-three", "dimension = 1", "dimension = 3"),
    ("dimension-two", "dimension = 1", "dimension = 2"),
    ("epsilon-zero", "0.03125]", "0.0]"),
    ("epsilon-negative", "[0.125, 0.0625", "[0.125, -0.0625"),
    ("epsilon-above-one", "[0.125,", "[1.25,"),
    ("epsilon-not-decreasing", "0.0625, 0.03125", "0.03125, 0.0625"),
    ("epsilon-repeated", "0.0625, 0.03125", "0.0625, 0.0625"),
    ("epsilon-nan", "0.03125]", "nan]"),
    ("epsilon-empty", "[0.125, 0.0625, 0.03125]", "[]"),
    ("times-zero", "[0.25, 0.5, 1.0]", "[0, 0.5, 1.0]"),
    ("times-not-increasing", "[0.25, 0.5, 1.0]", "[0.5, 0.25, 1.0]"),
    ("times-infinite", "[0.25, 0.5, 1.0]", "[0.25, inf]"),
    ("quantities-empty", "[\"trace\", \"hilbert-schmidt\", \"wigner-l1\", \"density-l1\"]", "[]"),
    ("quantity-unknown", "\"hilbert-schmidt\"", "\"hilbert-schmid\""),
    ("quantity-twice", "\"wigner-l1\"", "\"trace\""),
    ("interaction-unknown", "kind = \"gaussian\"\n", "kind = \"gausian\"\n"),
    (
        "power-not-integrable",
        "kind = \"gaussian\"\nstrength = 1.0\nwidth = 1.0\n",
        "kind = \"power\"\nstrength = 1.0\nalpha = 1.0\n",
    ),
    (
        "power-negative",
        "kind = \"gaussian\"\nstrength = 1.0\nwidth = 1.0\n",
        "kind = \"power\"\nstrength = 1.0\nalpha = -0.5\n",
    ),
    ("width-zero", "width = 1.0", "width = 0.0"),
    ("strength-infinite", "strength = 1.0", "strength = -inf"),
    ("initial-unknown", "kind = \"gaussian-mixture\"", "kind = \"thermal\""),
    ("initial-off-centre", "dimension = 1", "dimension = 3"),
    ("plummer-on-the-line", "kind = \"gaussian-mixture\"", "kind = \"plummer\""),
    ("weights", "weight = 0.5, x = 1.0", "weight = 0.4, x = 1.0"),
    ("weight-negative", "weight = 0.5, x = -1.0", "weight = -0.5, x = -1.0"),
    ("sigma-zero", "sigma_x = 1.2, sigma_v = 0.9 }", "sigma_x = 0, sigma_v = 0.9 }"),
    ("component-nan", "x = -1.0", "x = nan"),
    ("fermi-dirac", "kind = \"gaussian-mixture\"\n", "kind = \"fermi-dirac\"\ntemperature = -1.0\n"),
];

const COULOMB: &str = include_str!("../../scenarios/coulomb.toml");
const CLOSED_SHELLS: &str = include_str!("../../scenarios/closed-shells.toml");
const PLUMMER: &str = include_str!("scenarios/gravity-plummer.toml");

/// The same in dimension 3: name of the snapshot, the scenario, what is replaced in it, by what.
const WRONG_IN_SPACE: [(&str, &str, &str, &str); 11] = [
    ("space-quantity-unknown", COULOMB, "\"density-l1\"", "\"density-l2\""),
    ("space-power-above-coulomb", COULOMB, "alpha = 1.0 ", "alpha = 1.5 "),
    ("space-power-zero", COULOMB, "alpha = 1.0 ", "alpha = 0.0 "),
    ("space-component-off-centre", COULOMB, "{ weight = 0.6,", "{ weight = 0.6, x = 0.5,"),
    ("space-component-moving", COULOMB, "{ weight = 0.6,", "{ weight = 0.6, v = -1,"),
    ("space-fermi-dirac", PLUMMER, "kind = \"plummer\"", "kind = \"fermi-dirac\""),
    ("space-radial-bump", PLUMMER, "kind = \"plummer\"", "kind = \"radial-bump\""),
    ("space-open-shells", CLOSED_SHELLS, "0.261379", "0.25"),
    ("space-trapped-trace", CLOSED_SHELLS, "quantities = [\"observables\"]", "quantities = [\"trace\"]"),
    ("space-plummer-repelled", PLUMMER, "strength = -15.0", "strength = 15.0"),
    ("space-plummer-not-gravity", PLUMMER, "alpha = 1.0", "alpha = 0.75"),
];

#[test]
fn every_wrong_scenario_in_space_is_refused_with_file_line_and_key() {
    for (name, scenario, from, to) in WRONG_IN_SPACE {
        Scenario::parse(scenario, "space.toml").unwrap();
        assert_eq!(scenario.matches(from).count(), 1, "{name}: `{from}` must stand once in the file");
        let refusal = Scenario::parse(&scenario.replace(from, to), "space.toml").expect_err(name);
        insta::assert_snapshot!(name, rendered(&refusal));
    }
}

fn refusal(text: &str) -> ScenarioError {
    Scenario::parse(text, "two-bumps.toml").expect_err("the scenario must be refused")
}

fn rendered(error: &ScenarioError) -> String {
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::none()).with_width(100);
    handler.render_report(&mut text, error).unwrap();
    text
}

#[test]
fn every_wrong_scenario_is_refused_with_file_line_and_key() {
    for (name, from, to) in WRONG {
        assert_eq!(TWO_BUMPS.matches(from).count(), 1, "{name}: `{from}` must stand once in the file");
        let text = TWO_BUMPS.replace(from, to);
        insta::assert_snapshot!(name, rendered(&refusal(&text)));
    }
}

#[test]
fn values_of_the_other_initial_states_are_checked() {
    let (head, _) = TWO_BUMPS.split_once("[initial]").unwrap();
    for (name, initial) in [
        ("temperature", "kind = \"fermi-dirac\"\ntemperature = 0.0\n"),
        ("beta", "kind = \"radial-bump\"\nbeta = -1\n"),
        ("components-empty", "kind = \"gaussian-mixture\"\ncomponents = []\n"),
        ("components-not-tables", "kind = \"gaussian-mixture\"\ncomponents = [1.0]\n"),
    ] {
        insta::assert_snapshot!(name, rendered(&refusal(&format!("{head}[initial]\n{initial}"))));
    }
}

#[test]
fn what_does_not_fit_points_at_what_asks_for_it() {
    let scenario = Scenario::parse(TWO_BUMPS, "two-bumps.toml").unwrap();
    for (name, error) in [
        ("matrix-too-large", scenario.matrix_too_large(2, 1.0001, 1.0)),
        ("channels-too-large", scenario.channels_too_large(2, 20.0, 14.0)),
        ("too-wide", scenario.too_wide(1e-9, 570.4, 648.2)),
        ("grid-too-large", scenario.grid_too_large(23.004, 22.7)),
        ("grid-too-fine", scenario.grid_too_fine(1_000_000_000, 4096, 1 << 24)),
    ] {
        insta::assert_snapshot!(name, rendered(&error));
    }
    // the memory of a machine may be unknown, and a need may have no bound
    let endless = rendered(&scenario.grid_too_large(f64::INFINITY, f64::NAN));
    assert!(endless.contains("more than 10⁶ GiB") && endless.contains("an unknown amount"), "{endless}");
}

#[test]
fn a_state_no_grid_resolves_is_refused_in_points() {
    let folder = TempDir::new().unwrap();
    for narrow in ["sigma_x = 1e-9", "sigma_x = 1e-3"] {
        written(&folder, &SMALL.replace("sigma_x = 1.2", narrow));
        let output = semiclassical(&["run", "scenario.toml"], folder.path());
        let message = stderr(&output).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains("`initial`") && message.contains("points ("), "{message}");
        assert!(!message.contains("GiB"), "{message}");
    }
}

fn semiclassical(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_semiclassical"));
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn written(folder: &TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("scenario.toml");
    std::fs::write(&path, text).unwrap();
    path
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn is_one_json_document(output: &Output) {
    serde_json::from_slice::<serde_json::Value>(&output.stdout)
        .expect("one JSON document on standard output");
}

#[test]
fn bad_input_ends_with_status_2_and_an_empty_standard_output() {
    let folder = TempDir::new().unwrap();
    written(&folder, &TWO_BUMPS.replace("epsilon = [0.125,", "epsilon = [nan,"));
    let calls: [&[&str]; 7] = [
        &["run", "scenario.toml"],
        &["run", "scenario.toml", "--json"],
        &["run", "absent.toml"],
        &["run"],
        &["verify", "--tier", "endless"],
        &["list", "--threads", "0"],
        &["publish"],
    ];
    for call in calls {
        let output = semiclassical(call, folder.path());
        assert_eq!(output.status.code(), Some(2), "{call:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{call:?} wrote to standard output");
        assert!(!output.stderr.is_empty(), "{call:?} said nothing");
    }
    let message = stderr(&semiclassical(&["run", "scenario.toml"], folder.path()));
    for part in ["scenario.toml, line 3", "`epsilon[0]`", "not a finite number"] {
        assert!(message.contains(part), "`{part}` is missing in\n{message}");
    }
}

#[test]
fn an_unknown_claim_is_refused_before_anything_is_written() {
    let folder = TempDir::new().unwrap();
    for call in [&["explain", "G99.T9"], &["verify", "G99.T9"]] {
        let output = semiclassical(call, folder.path());
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let message = stderr(&output);
        assert!(message.contains("there is no claim `G99.T9`"), "{message}");
        assert!(message.contains("the claims are:"), "{message}");
    }
    assert!(!folder.path().join("reports").exists());
}

#[test]
fn list_and_explain_speak_of_every_claim() {
    let folder = TempDir::new().unwrap();
    let list = semiclassical(&["list"], folder.path());
    assert_eq!(list.status.code(), Some(0));
    let text = String::from_utf8(list.stdout).unwrap();
    for claim in facade::claims() {
        assert!(text.contains(&claim.id) && text.contains(&claim.statement), "{} is not listed", claim.id);
        let output = semiclassical(&["explain", &claim.id], folder.path());
        assert_eq!(output.status.code(), Some(0));
        let explanation = String::from_utf8(output.stdout).unwrap();
        assert!(explanation.contains(&claim.statement) && explanation.contains(&claim.source));
        is_one_json_document(&semiclassical(&["explain", &claim.id, "--json"], folder.path()));
    }
}

#[test]
fn a_claim_in_both_settings_is_explained_in_both() {
    let folder = TempDir::new().unwrap();
    let explained = |id: &str| -> Vec<facade::ClaimSummary> {
        let output = semiclassical(&["explain", id, "--json"], folder.path());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let settings: Vec<_> = explained("G16.T1").iter().map(|claim| claim.setting).collect();
    assert_eq!(settings, [Setting::Analogue, Setting::Own]);
    let own = explained("G16.T1-own");
    assert_eq!((own.len(), own[0].id.as_str(), own[0].setting), (1, "G16.T1", Setting::Own));
    assert_eq!(explained("P16.1").len(), 1);
}

#[test]
fn json_is_all_there_is_on_standard_output() {
    let folder = TempDir::new().unwrap();
    let list = semiclassical(&["list", "--json"], folder.path());
    is_one_json_document(&list);
    let claims: Vec<facade::ClaimSummary> = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(claims, facade::claims());

    written(&folder, SMALL);
    let run = semiclassical(&["run", "scenario.toml", "--json"], folder.path());
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let document: semiclassical_experiments::record::Document = serde_json::from_slice(&run.stdout).unwrap();
    assert!(document.claims.is_empty());
    assert_eq!(document.provenance.version, env!("CARGO_PKG_VERSION"));
    assert!(document.rows.iter().all(|row| row.trial == "small"));
}

/// Two rungs, one time: fast enough for a test.
const SMALL: &str = r#"
name = "small"
dimension = 1
epsilon = [0.25, 0.125]
times = [0.25]
quantities = ["hilbert-schmidt"]
[interaction]
kind = "gaussian"
strength = 1.0
width = 1.0
[initial]
kind = "gaussian-mixture"
components = [{ weight = 1.0, x = 0.0, v = 0.0, sigma_x = 1.2, sigma_v = 0.9 }]
"#;

#[test]
fn the_number_of_threads_does_not_change_a_bit() {
    let folder = TempDir::new().unwrap();
    written(&folder, SMALL);
    let rows = |threads: &str| {
        let run = semiclassical(
            &["run", "scenario.toml", "--fresh", "--json", "--threads", threads],
            folder.path(),
        );
        let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(document["provenance"]["threads"].to_string(), threads);
        (document["rows"].to_string(), document["rates"].to_string())
    };
    assert_eq!(rows("1"), rows("3"));
}

#[test]
fn help_and_version_are_results() {
    let folder = TempDir::new().unwrap();
    for call in ["--help", "--version"] {
        let output = semiclassical(&[call], folder.path());
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty());
    }
    for call in [&["--help"][..], &["verify", "--help"], &["run", "--help"]] {
        let help = String::from_utf8(semiclassical(call, folder.path()).stdout).unwrap();
        assert!(help.contains("Exit status:") && help.contains("130  interrupted"), "{help}");
    }
}

#[test]
fn the_commit_is_that_of_the_build_wherever_the_program_runs() {
    let folder = TempDir::new().unwrap();
    written(&folder, SMALL);
    let mut command = Command::new(env!("CARGO_BIN_EXE_semiclassical"));
    let output = command.args(["run", "scenario.toml", "--json"]).current_dir(folder.path()).env("PATH", "");
    let document: semiclassical_experiments::record::Document =
        serde_json::from_slice(&output.output().unwrap().stdout).unwrap();
    let provenance = document.provenance;
    assert_eq!(provenance.compiler, env!("SEMICLASSICAL_COMPILER"));
    assert_eq!(provenance.commit.as_deref(), option_env!("SEMICLASSICAL_COMMIT"));
    let dirty = provenance.dirty.map(|dirty| dirty.to_string());
    assert_eq!(dirty.as_deref(), option_env!("SEMICLASSICAL_DIRTY"));
}

#[test]
fn a_new_scenario_runs_as_it_is_and_overwrites_nothing() {
    let folder = TempDir::new().unwrap();
    let new = |name: &str| semiclassical(&["new", name], folder.path());
    assert!(new("mine").status.success());
    let text = std::fs::read_to_string(folder.path().join("mine.toml")).unwrap();
    assert_eq!(Scenario::parse(&text, "mine.toml").unwrap().name, "mine");
    let again = new("mine");
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("cannot create mine.toml"), "{}", stderr(&again));
    assert_eq!(new("not a name").status.code(), Some(2));
}

#[test]
fn shells_get_completions_of_every_command() {
    let folder = TempDir::new().unwrap();
    let script = semiclassical(&["completions", "bash"], folder.path());
    let script = String::from_utf8(script.stdout).unwrap();
    assert!(["verify", "explain", "new", "--jobs"].iter().all(|word| script.contains(word)));
}

#[test]
fn what_a_scenario_will_take_is_said_before_it_runs() {
    let folder = TempDir::new().unwrap();
    written(&folder, TWO_BUMPS);
    let checked = semiclassical(&["check", "scenario.toml"], folder.path());
    let text = String::from_utf8(checked.stdout).unwrap();
    for said in ["ε = 1/8, N = 8", "‖V‖_{W^{2,∞}}: holds", "GiB", "on two cores"] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    is_one_json_document(&semiclassical(&["check", "scenario.toml", "--json"], folder.path()));
    written(&folder, &TWO_BUMPS.replace("width = 1.0", "width = 0.0"));
    assert_eq!(semiclassical(&["check", "scenario.toml"], folder.path()).status.code(), Some(2));
}
