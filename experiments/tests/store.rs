//! A measurement may be killed at any moment, its results may be damaged, and two of them may run at once: the digits are the same.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

const TWO_BUMPS: &str = include_str!("scenarios/two-bumps.toml");
const LADDER: [&str; 2] = ["[0.125, 0.0625, 0.03125]", "[0.25, 0.2, 0.16, 0.125, 0.1, 0.08]"];
const RUNGS: usize = 6;
const KILLS: u32 = 20;

/// A folder with the scenario.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = LADDER;
    assert!(TWO_BUMPS.contains(from));
    fs::write(folder.path().join("short.toml"), TWO_BUMPS.replace(from, to)).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_semiclassical"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn measured(folder: &Path) -> (Value, String) {
    told(&command(folder, &["run", "short.toml", "--json"]).output().unwrap())
}

/// The rows, rates and hypotheses, and what was said on the way.
fn told(output: &Output) -> (Value, String) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut document: Value = serde_json::from_slice(&output.stdout).unwrap();
    document.as_object_mut().unwrap().remove("provenance");
    (document, String::from_utf8_lossy(&output.stderr).into_owned())
}

fn loaded(messages: &str) -> usize {
    messages.matches("from the store").count()
}

fn results(folder: &Path) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(folder.join("reports/store")) else { return Vec::new() };
    let files = files.map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|e| e == "json")).collect()
}

/// Numbers in [0, 1) that look drawn by lot and are the same each time (SplitMix64).
fn lots(mut state: u64) -> impl FnMut() -> f64 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[test]
fn a_measurement_that_is_killed_twenty_times_ends_with_the_same_digits() {
    let (undisturbed, disturbed) = (folder(), folder());
    let begun = Instant::now();
    let (expected, messages) = measured(undisturbed.path());
    let whole = begun.elapsed().as_secs_f64();
    assert_eq!((loaded(&messages), results(undisturbed.path()).len()), (0, RUNGS));
    let mut lot = lots(1);
    for _ in 0..KILLS {
        let mut child = command(disturbed.path(), &["run", "short.toml", "--json"]);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_secs_f64(lot() * whole));
        // SIGKILL on Unix: nothing is told to the process
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let kept = results(disturbed.path()).len();
    let (resumed, messages) = measured(disturbed.path());
    assert_eq!(resumed, expected);
    assert_eq!(loaded(&messages), kept, "what was finished is not measured again");
    let (again, messages) = measured(disturbed.path());
    assert_eq!((again, loaded(&messages)), (expected, RUNGS));
    assert!(!messages.contains("the resolution"), "{messages}");
}

#[test]
fn a_damaged_result_is_measured_again_and_said() {
    let folder = folder();
    let (expected, _) = measured(folder.path());
    let files = results(folder.path());
    fs::write(&files[0], &fs::read(&files[0]).unwrap()[..40]).unwrap();
    let verified = command(folder.path(), &["store", "verify"]).output().unwrap();
    assert_eq!(verified.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&verified.stdout).contains("5 results are whole, 1 are damaged"));
    let (again, messages) = measured(folder.path());
    assert_eq!((again, loaded(&messages)), (expected, RUNGS - 1));
    assert!(messages.contains("is damaged") && files[0].with_extension("damaged").exists(), "{messages}");
    let swept = command(folder.path(), &["store", "gc", "--json"]).output().unwrap();
    let swept: Value = serde_json::from_slice(&swept.stdout).unwrap();
    assert_eq!(swept.as_array().unwrap().len(), 1);
    assert_eq!(results(folder.path()).len(), RUNGS);
    assert_eq!(command(folder.path(), &["store", "verify"]).output().unwrap().status.code(), Some(0));
}

#[test]
fn two_processes_share_a_store() {
    let (shared, alone) = (folder(), folder());
    let start = || {
        let mut run = command(shared.path(), &["run", "short.toml", "--json"]);
        run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let both = [start(), start()].map(|child| told(&child.wait_with_output().unwrap()).0);
    let (expected, _) = measured(alone.path());
    assert_eq!(both, [expected.clone(), expected]);
    assert_eq!(results(shared.path()).len(), RUNGS);
}

/// A claim too; and `--fresh` measures what is kept.
#[test]
fn a_claim_is_measured_once() {
    let folder = folder();
    let verify = |more: &[&str]| {
        let arguments = [&["verify", "S.2", "--tier", "quick", "--json"], more].concat();
        told(&command(folder.path(), &arguments).output().unwrap())
    };
    let ((first, _), (second, messages)) = (verify(&[]), verify(&[]));
    assert_eq!((&first, loaded(&messages)), (&second, 1));
    assert_eq!(loaded(&verify(&["--fresh"]).1), 0);
}
