//! Hands the version of the compiler, the commit and whether the sources differ from it to the provenance of every
//! result. Without git, or outside the repository, commit and difference stay unknown.

use std::path::Path;
use std::process::{Command, Stdio};

/// What the binary is built from, in the root of the workspace.
const SOURCES: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "crates",
    "experiments/Cargo.toml",
    "experiments/build.rs",
    "experiments/src",
    "experiments/assets",
    "experiments/templates",
];

/// What git writes whenever HEAD names another commit; the first is enough, the others stand in for a missing reflog.
const HEAD: [&str; 3] = ["logs/HEAD", "HEAD", "packed-refs"];

fn main() {
    for source in SOURCES {
        println!("cargo::rerun-if-changed=../{source}");
    }
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    hand_over("COMPILER", said(Command::new(rustc).arg("--version")));
    // the sources may lie in a folder that belongs to the repository of something else
    if git(&["ls-files", "--error-unmatch", "experiments/build.rs"]).is_some() {
        watch_head();
        hand_over("COMMIT", git(&["rev-parse", "HEAD"]));
        let status = ["status", "--porcelain", "--untracked-files=no", "--"];
        let changes = git(&[status.as_slice(), &SOURCES].concat());
        hand_over("DIRTY", changes.map(|changes| (!changes.is_empty()).to_string()));
    }
}

fn hand_over(name: &str, value: Option<String>) {
    if let Some(value) = value {
        println!("cargo::rustc-env=SEMICLASSICAL_{name}={value}");
    }
}

fn watch_head() {
    for name in HEAD {
        let path = git(&["rev-parse", "--git-path", name]).map(|path| Path::new("..").join(path));
        // cargo takes a missing file for a changed one
        if let Some(path) = path.filter(|path| path.exists()) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

/// What git says in the root of the workspace; it takes no lock and refreshes no index.
fn git(arguments: &[&str]) -> Option<String> {
    said(Command::new("git").args(["--no-optional-locks", "-C", ".."]).args(arguments))
}

fn said(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = output.status.success().then(|| String::from_utf8(output.stdout).ok())??;
    Some(text.trim().to_owned())
}
