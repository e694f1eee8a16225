//! Who may know whom, which package alone calls a library, and what every manifest takes from the workspace.

use cargo_metadata::{DependencyKind, Metadata};

use super::tree::Source;

/// A package sees the layers below its own.
pub const LAYERS: [&[&str]; 7] = [
    &["phase-space"],
    &["kernels", "operators"],
    &["transforms", "states"],
    &["hartree", "vlasov"],
    &["estimators"],
    &["experiments"],
    &["tests"],
];

/// Both dynamics are seen by these alone.
pub const SEE_BOTH_DYNAMICS: [&str; 3] = ["estimators", "experiments", "tests"];

/// Libraries that one package alone depends on.
pub const RESERVED: [(&str, &[&str]); 3] = [
    ("phase-space", &["rustfft", "realfft"]),
    ("operators", &["faer"]),
    (
        "experiments",
        &["krilla", "krilla-svg", "usvg", "png", "base64", "ttf-parser", "minijinja", "pulldown-latex"],
    ),
];

/// A dependency, by the folder of a member or by the name of a crate.
pub struct Edge {
    pub to: String,
    pub kind: DependencyKind,
}

/// A package of the workspace.
pub struct Member {
    /// The name without `semiclassical-`, which is the name of its folder.
    pub name: String,
    pub manifest: Source,
    pub edges: Vec<Edge>,
}

impl Member {
    /// The place in the manifest where `name` is first written at the head of a line.
    fn at(&self, name: &str, message: &str) -> String {
        let starts =
            |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
        let line = self.manifest.lines().find(|(_, line)| starts(line)).map_or(1, |(number, _)| number);
        self.manifest.at(line, message)
    }
}

fn short(name: &str) -> &str {
    name.strip_prefix("semiclassical-").unwrap_or(name)
}

/// The members that `cargo metadata` names, with their manifests.
pub fn members(metadata: &Metadata) -> Vec<Member> {
    let member = |package: &cargo_metadata::Package| {
        let path = package.manifest_path.strip_prefix(&metadata.workspace_root).unwrap();
        Member {
            name: short(&package.name).to_owned(),
            manifest: Source::new(path.as_str(), &std::fs::read_to_string(&package.manifest_path).unwrap()),
            edges: package
                .dependencies
                .iter()
                .map(|d| Edge { to: short(&d.name).to_owned(), kind: d.kind })
                .collect(),
        }
    };
    metadata.packages.iter().map(member).collect()
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&name))
}

/// Edges that do not descend. Normal edges go down at least one layer, so that there is no cycle; development
/// dependencies may stay in their layer, and none goes up.
pub fn climbing(members: &[Member]) -> Vec<String> {
    let mut broken = Vec::new();
    for member in members {
        let Some(from) = layer(&member.name) else {
            broken.push(member.at("name", &format!("{} has no layer; write it into LAYERS", member.name)));
            continue;
        };
        for edge in &member.edges {
            let Some(to) = layer(&edge.to) else { continue };
            let highest = if edge.kind == DependencyKind::Development { from + 1 } else { from };
            if to >= highest {
                broken.push(member.at(&edge.to, &format!("{} may not depend on {}", member.name, edge.to)));
            }
        }
    }
    broken
}

/// Hartree that knows Vlasov, Vlasov that knows Hartree, and whoever sees both without being meant to, in any kind of
/// dependency.
pub fn mixed_dynamics(members: &[Member]) -> Vec<String> {
    let knows = |member: &Member, name| member.name == name || member.edges.iter().any(|e| e.to == name);
    members
        .iter()
        .filter(|m| knows(m, "hartree") && knows(m, "vlasov"))
        .filter(|m| !SEE_BOTH_DYNAMICS.contains(&m.name.as_str()))
        .map(|m| m.at("vlasov", &format!("{} sees both hartree and vlasov", m.name)))
        .collect()
}

/// Dependencies of any kind on a library that is reserved for another package.
pub fn trespassing(members: &[Member]) -> Vec<String> {
    let mut broken = Vec::new();
    for (owner, libraries) in RESERVED {
        for member in members.iter().filter(|m| m.name != owner) {
            for edge in member.edges.iter().filter(|e| libraries.contains(&e.to.as_str())) {
                broken.push(member.at(&edge.to, &format!("only {owner} may depend on {}", edge.to)));
            }
        }
    }
    broken
}

/// What a manifest does not take from the workspace: edition, licence, Rust version, lints.
pub fn not_inherited(members: &[Member]) -> Vec<String> {
    let mut broken = Vec::new();
    for member in members {
        let mut table = "";
        let mut found = Vec::new();
        for (_, line) in member.manifest.lines() {
            if line.starts_with('[') {
                table = line.trim();
            }
            found.push((table, line.trim()));
        }
        let wanted =
            ["edition", "license", "rust-version"].map(|k| ("[package]", format!("{k}.workspace = true")));
        for (table, line) in wanted.into_iter().chain([("[lints]", "workspace = true".to_owned())]) {
            if !found.contains(&(table, line.as_str())) {
                let field = line.split('.').next().unwrap_or_default();
                broken.push(member.at(field, &format!("`{line}` is missing in {table}")));
            }
        }
    }
    broken
}

/// A member with these dependencies, one a line from line 2 of its manifest.
#[cfg(test)]
fn member(name: &str, edges: &[(&str, DependencyKind)]) -> Member {
    let lines: String = edges.iter().map(|(to, _)| format!("{to}.workspace = true\n")).collect();
    Member {
        name: name.to_owned(),
        manifest: Source::new(&format!("{name}/Cargo.toml"), &format!("[dependencies]\n{lines}")),
        edges: edges.iter().map(|(to, kind)| Edge { to: to.to_string(), kind: *kind }).collect(),
    }
}

#[test]
fn an_edge_that_climbs_is_named_with_its_line() {
    use DependencyKind::{Development, Normal};
    let broken = |name, to, kind| climbing(&[member(name, &[("thiserror", Normal), (to, kind)])]);
    assert_eq!(
        broken("kernels", "states", Normal),
        ["kernels/Cargo.toml:3: kernels may not depend on states"]
    );
    assert_eq!(broken("kernels", "operators", Normal).len(), 1);
    assert_eq!(broken("kernels", "states", Development).len(), 1);
    assert_eq!(broken("kernels", "operators", Development).len(), 0);
    assert_eq!(broken("kernels", "phase-space", Normal).len(), 0);
    assert_eq!(broken("quantum-chemistry", "phase-space", Normal).len(), 1);
}

#[test]
fn two_dynamics_that_know_each_other_are_seen() {
    use DependencyKind::{Development, Normal};
    let both = [("hartree", Normal), ("vlasov", Development)];
    assert_eq!(mixed_dynamics(&[member("states", &both)]).len(), 1);
    assert_eq!(mixed_dynamics(&[member("hartree", &[("vlasov", Development)])]).len(), 1);
    assert_eq!(mixed_dynamics(&[member("estimators", &both), member("states", &both[..1])]).len(), 0);
}

#[test]
fn a_reserved_library_is_seen_in_any_kind_of_dependency() {
    use DependencyKind::{Build, Development, Normal};
    for (library, kind) in [("rustfft", Development), ("faer", Normal), ("usvg", Build)] {
        assert_eq!(trespassing(&[member("kernels", &[(library, kind)])]).len(), 1, "{library}");
    }
    assert_eq!(trespassing(&[member("operators", &[("faer", Normal)])]).len(), 0);
}

#[test]
fn a_manifest_with_an_edition_of_its_own_is_seen() {
    let manifest =
        "[package]\nedition = \"2021\"\nlicense.workspace = true\nrust-version.workspace = true\n[lints]\n";
    let own = Member { manifest: Source::new("a/Cargo.toml", manifest), ..member("a", &[]) };
    let missing =
        ["`edition.workspace = true` is missing in [package]", "`workspace = true` is missing in [lints]"];
    assert_eq!(
        not_inherited(&[own]),
        [format!("a/Cargo.toml:2: {}", missing[0]), format!("a/Cargo.toml:1: {}", missing[1])]
    );
}
