//! The rules of the house, as functions of `cargo metadata` and of the tree.
//!
//! | rule | why |
//! |---|---|
//! | dependencies descend; hartree and vlasov do not know each other | what is compared is computed apart |
//! | only phase-space calls an FFT, only operators an eigensolver | signs and normalisations are written once |
//! | libraries neither read, write nor print | a number depends on its arguments alone |
//! | every file of a family is listed, every claim has a control | nothing is left out in silence, and every check can fail |
//! | the speed 2 is written once, and not read by what checks it | one wrong constant cannot agree with itself |
//! | only `line` and `radial` know the dimension | everything above them speaks of both |
//! | pages state their formulas in the form KaTeX reads | code and paper stand side by side |
//!
//! A rule returns `file:line: what is wrong`; beside each rule stands an input that breaks it.

#![allow(clippy::unwrap_used)]

#[path = "house_rules/formulas.rs"]
mod formulas;
#[path = "house_rules/lists.rs"]
mod lists;
#[path = "house_rules/packages.rs"]
mod packages;
#[path = "house_rules/text.rs"]
mod text;
#[path = "house_rules/tree.rs"]
mod tree;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use experiments::claim::Claim;
use experiments::record::Setting;
use lists::{entries, stem, unlisted};
use packages::Member;
use tree::Source;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| tree::read(root()))
}

fn members() -> Vec<Member> {
    let mut command = cargo_metadata::MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml")).no_deps().other_options(["--offline".to_owned()]);
    packages::members(&command.exec().unwrap())
}

fn assert_kept(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

fn exists(path: &str) -> bool {
    sources().iter().any(|s| s.path == path)
}

#[test]
fn the_tree_and_the_packages_are_read() {
    let members = members();
    assert_eq!(members.len(), packages::LAYERS.concat().len());
    assert!(members.iter().all(|m| exists(&m.manifest.path)));
    assert!(lists::SHARED.iter().chain(&text::SECOND_DISCRETISATIONS).all(|path| exists(path)));
    for (owner, libraries) in packages::RESERVED {
        let owner = members.iter().find(|m| m.name == owner).unwrap();
        assert!(libraries.iter().all(|l| owner.edges.iter().any(|e| e.to == *l)), "{}", owner.name);
    }
}

#[test]
fn dependencies_descend() {
    assert_kept(packages::climbing(&members()));
}

#[test]
fn hartree_and_vlasov_do_not_know_each_other() {
    assert_kept(packages::mixed_dynamics(&members()));
}

#[test]
fn transforms_eigensolvers_and_figures_have_one_caller() {
    assert_kept(packages::trespassing(&members()));
}

#[test]
fn manifests_inherit_from_the_workspace() {
    assert_kept(packages::not_inherited(&members()));
}

#[test]
fn libraries_neither_read_write_nor_print() {
    assert_kept(text::input_output(sources()));
}

#[test]
fn every_family_is_listed() {
    let kernels: Vec<String> = kernels::FAMILIES.iter().map(|f| stem(f.kind)).collect();
    let states: Vec<String> = states::FAMILIES.iter().map(|f| stem(f.kind)).collect();
    for (package, listed) in [("kernels", kernels), ("states", states)] {
        let folder = format!("crates/{package}/src/families");
        let files = entries(sources(), &folder);
        assert!(!files.is_empty(), "{folder} is empty");
        assert_kept(unlisted(&folder, &files, &format!("{folder}.rs"), &listed));
    }
}

#[test]
fn every_claim_is_listed() {
    let slugs: BTreeSet<String> = experiments::claims::all().iter().map(|claim| claim.slug()).collect();
    assert_eq!(slugs.len(), experiments::claims::all().len(), "a claim is listed twice in one setting");
    let agree = |folder: &str, list: &str, claims: Vec<Claim>| {
        let mut listed: Vec<String> = claims.iter().map(|claim| stem(claim.id)).collect();
        // a theorem has one file for both settings, which stand one after the other
        listed.dedup();
        let files = entries(sources(), folder);
        assert!(!files.is_empty(), "{folder} is empty");
        assert_kept(unlisted(folder, &files, list, &listed));
    };
    agree("experiments/src/theorems", "experiments/src/theorems/mod.rs", experiments::theorems::all());
    let (own, analogue): (Vec<_>, Vec<_>) =
        experiments::steps::all().into_iter().partition(|claim| claim.setting == Setting::Own);
    agree("experiments/src/steps", "experiments/src/steps/mod.rs", analogue);
    agree("experiments/src/steps/radial", "experiments/src/steps/mod.rs", own);
}

#[test]
fn every_claim_has_a_control() {
    assert_kept(lists::uncontrolled(&experiments::claims::all()));
}

#[test]
fn no_computation_claims_what_only_an_argument_gives() {
    assert_kept(text::forbidden_words(sources()));
}

#[test]
fn files_are_short() {
    assert_kept(text::too_long(sources(), 400));
}

#[test]
fn libraries_open_with_their_formulas() {
    assert_kept(text::formulas_missing(sources(), 10));
}

#[test]
fn formulas_have_the_form_markdown_leaves_alone() {
    assert_kept(formulas::bare_formulas(sources()));
}

#[test]
fn the_transport_speed_is_written_once() {
    assert_kept(text::speed_written_twice(sources()));
}

#[test]
fn only_line_and_radial_know_the_dimension() {
    assert_kept(text::knows_dimension(sources()));
}
