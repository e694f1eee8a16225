//! One file an entry, one line in an explicit list: the two agree.

use experiments::claim::Claim;

use super::tree::Source;

/// Files of a family that are no entry: what the entries share.
pub const SHARED: [&str; 2] = ["experiments/src/theorems/wrong.rs", "experiments/src/steps/chain.rs"];

/// Stems of the entries of a folder: its Rust files but `mod.rs` and [`SHARED`].
pub fn entries<'a>(sources: &'a [Source], folder: &str) -> Vec<&'a str> {
    let stem = |path: &'a str| path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".rs");
    sources
        .iter()
        .filter(|source| !SHARED.contains(&source.path.as_str()))
        .filter_map(|source| stem(&source.path))
        .filter(|stem| !stem.contains('/') && *stem != "mod")
        .collect()
}

/// Files that the list misses, entries without a file of their name, entries listed twice.
pub fn unlisted(folder: &str, files: &[&str], list: &str, listed: &[String]) -> Vec<String> {
    let missing = |f: &&&str| !listed.iter().any(|l| l == **f);
    let forgotten =
        files.iter().filter(missing).map(|f| format!("{folder}/{f}.rs:1: {list} misses this file"));
    let fileless = listed.iter().filter(|l| !files.contains(&l.as_str()));
    let twice = listed.iter().enumerate().filter(|(i, l)| listed[..*i].contains(l)).map(|(_, l)| l);
    forgotten
        .chain(fileless.map(|l| format!("{list}:1: the entry {l} has no file {folder}/{l}.rs")))
        .chain(twice.map(|l| format!("{list}:1: the entry {l} is listed twice")))
        .collect()
}

/// The stem of the file of a kind or claim: `gaussian-mixture` → `gaussian_mixture`, `G16.T1` → `g16_t1`.
pub fn stem(name: &str) -> String {
    name.to_lowercase().replace(['-', '.'], "_")
}

/// Claims that nothing is known to make fail.
pub fn uncontrolled(claims: &[Claim]) -> Vec<String> {
    let bare = claims.iter().filter(|claim| claim.controls.is_empty());
    bare.map(|claim| format!("{}: the claim {} has no negative control", stem(claim.id), claim.id)).collect()
}

#[test]
fn a_file_outside_the_list_and_an_entry_without_a_file_are_seen() {
    let tree = [
        "a/families/one.rs",
        "a/families/two.rs",
        "a/families/mod.rs",
        "a/families/deep/x.rs",
        "a/families.rs",
    ];
    let sources = tree.map(|path| Source::new(path, ""));
    let files = entries(&sources, "a/families");
    assert_eq!(files, ["one", "two"]);
    assert!(unlisted("a/families", &files, "a/families.rs", &["two", "one"].map(stem)).is_empty());
    assert_eq!(
        unlisted("a/families", &files, "a/families.rs", &["one", "three", "one"].map(stem)),
        [
            "a/families/two.rs:1: a/families.rs misses this file",
            "a/families.rs:1: the entry three has no file a/families/three.rs",
            "a/families.rs:1: the entry one is listed twice",
        ]
    );
}

#[test]
fn what_the_entries_share_is_no_entry() {
    let sources = SHARED.map(|path| Source::new(path, ""));
    assert!(entries(&sources, "experiments/src/theorems").is_empty());
    assert!(entries(&sources, "experiments/src/steps").is_empty());
}

#[test]
fn a_claim_without_a_control_is_seen() {
    let claim = || Claim::step("P16.0", "0 = 0", Box::new(|_| Ok(Default::default())));
    let controlled = claim().control("0 = 1", Box::new(|_| Ok(Default::default())));
    assert_eq!(uncontrolled(&[claim(), controlled]), ["p16_0: the claim P16.0 has no negative control"]);
}
