//! The committed reports are what their data give: a report that was edited or forgotten is stale.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use experiments::render::{same_to_three_digits, write_page, write_report};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Renders the committed data into a fresh folder with a copy of the README beside it.
fn fresh() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("reports/data");
    fs::create_dir_all(&data).unwrap();
    for file in files(&root().join("reports/data")) {
        fs::copy(&file, data.join(file.file_name().unwrap())).unwrap();
    }
    fs::copy(root().join("README.md"), folder.path().join("README.md")).unwrap();
    write_report(&folder.path().join("reports")).unwrap();
    folder
}

#[test]
fn every_committed_text_is_what_its_data_give() {
    let fresh = fresh();
    let mut compared = 0;
    for folder in ["reports", "reports/tables", "reports/figures", "."] {
        for committed in files(&root().join(folder)) {
            let name = committed.file_name().unwrap();
            let text = ["md", "tex", "svg"].iter().any(|e| committed.extension().is_some_and(|c| c == *e));
            if !committed.is_file() || !text || (folder == "." && name != "README.md") {
                continue;
            }
            let (old, new) = (fs::read_to_string(&committed).unwrap(), fresh.path().join(folder).join(name));
            let new = fs::read_to_string(&new)
                .unwrap_or_else(|_| panic!("{} is no longer made", committed.display()));
            if let Err(difference) = same_to_three_digits(&old, &new) {
                panic!("{} is stale: {difference}; run `just report`", committed.display());
            }
            compared += 1;
        }
    }
    assert!(compared > 30, "only {compared} files were compared");
}

#[test]
fn every_file_that_the_data_give_is_committed() {
    let fresh = fresh();
    for folder in ["reports/tables", "reports/figures"] {
        for made in files(&fresh.path().join(folder)) {
            let committed = root().join(folder).join(made.file_name().unwrap());
            assert!(committed.exists(), "{} is missing; run `just report`", committed.display());
        }
    }
}

#[test]
fn every_claim_has_its_data_and_no_data_is_left_over() {
    let mut stems: Vec<String> = files(&root().join("reports/data"))
        .iter()
        .map(|f| f.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    stems.sort();
    let mut slugs: Vec<String> = experiments::claims::all().iter().map(|claim| claim.slug()).collect();
    slugs.sort();
    assert_eq!(stems, slugs, "run `just verify-theorems`");
}

/// The page is not committed: it is made from what is.
#[test]
fn the_page_of_the_committed_data_holds_every_claim_and_is_small() {
    let fresh = fresh();
    let path = fresh.path().join("reports/index.html");
    write_page(&fresh.path().join("reports"), &path).unwrap();
    let page = fs::read_to_string(path).unwrap();
    assert!(page.len() < 5 << 20, "{} bytes", page.len());
    for claim in experiments::claims::all() {
        let section = format!("<section class=\"claim\" id=\"{}\"", claim.slug());
        let (_, section) = page.split_once(&section).unwrap_or_else(|| panic!("{} is missing", claim.slug()));
        let (_, statement) = section.split_once("<p class=\"statement\">").unwrap();
        let statement = statement.split("</p>").next().unwrap();
        // S.4 is said in words
        let mathematics = claim.statement.contains(['≤', '≲', '=', '|', 'ε', '~']);
        assert_eq!(statement.contains("<math"), mathematics, "{}: {statement}", claim.slug());
        assert!(!statement.contains("<merror"), "{}", claim.slug());
    }
    for address in ["http:", "https:"] {
        assert!(!page.contains(address), "{address}");
    }
}
