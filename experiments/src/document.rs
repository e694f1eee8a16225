//! Documents on disk: stored whole or not at all, read back, merged.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use crate::record::{Document, Provenance};

/// Where the document of a claim or scenario lies under the folder of the reports: `reports/data/<name>.json`.
pub fn path_in(reports: &Path, name: &str) -> PathBuf {
    reports.join("data").join(format!("{name}.json"))
}

/// Stores a document as readable JSON to full double precision; another program sees the old file or the new one,
/// never half of one. Returns the path.
///
/// # Errors
/// What the file system says.
pub fn store(document: &Document, reports: &Path, name: &str) -> io::Result<PathBuf> {
    let path = path_in(reports, name);
    let folder = reports.join("data");
    fs::create_dir_all(&folder)?;
    let mut file = NamedTempFile::new_in(&folder)?;
    file.write_all(to_json(document)?.as_bytes())?;
    file.as_file().sync_all()?;
    readable_by_all(&file)?;
    file.persist(&path)?;
    Ok(path)
}

/// Reads one stored document.
///
/// # Errors
/// What the file system says, or where the JSON breaks off or differs from the record.
pub fn load(path: &Path) -> io::Result<Document> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

/// The document as JSON with two spaces of indentation and a last line end.
///
/// # Errors
/// None that a document can cause: its numbers and strings have a JSON form.
pub fn to_json(document: &Document) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}

/// One document with the rows, rates, constants, claims and exhibits of all, in their order.
///
/// Trials that several claims share bring the same rows; each row, rate and exhibit appears once.
pub fn merge(documents: &[Document], provenance: Provenance) -> Document {
    let mut merged = Document { provenance, ..Document::default() };
    merged.rows = each_once(documents.iter().flat_map(|d| &d.rows));
    merged.rates = each_once(documents.iter().flat_map(|d| &d.rates));
    merged.constants = each_once(documents.iter().flat_map(|d| &d.constants));
    merged.exhibits = each_once(documents.iter().flat_map(|d| &d.exhibits));
    merged.claims = documents.iter().flat_map(|d| d.claims.iter().cloned()).collect();
    merged
}

/// Items are the same if they are stored in the same letters: so are two that lack the same number.
fn each_once<'a, T: Serialize + Clone + 'a>(items: impl Iterator<Item = &'a T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| serde_json::to_string(item).map_or(true, |json| seen.insert(json))).cloned().collect()
}

/// A temporary file is private to its owner; a report is for everybody.
#[cfg(unix)]
fn readable_by_all(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Row, Setting};

    fn row(value: f64) -> Row {
        let (trial, quantity) = ("two-bumps".to_owned(), "trace".to_owned());
        Row {
            trial,
            setting: Setting::Analogue,
            epsilon: 0.1,
            n: 10.0,
            time: 1.0,
            quantity,
            value,
            error: 1e-9,
            resolved: true,
        }
    }

    #[test]
    fn what_is_stored_is_read_back_to_the_last_bit() {
        let folder = tempfile::tempdir().unwrap();
        let values = [0.1 + 0.2, f64::MIN_POSITIVE, 1.0 / 3.0, 6.02214076e23];
        let document = Document { rows: values.map(row).to_vec(), ..Document::default() };
        let path = store(&document, folder.path(), "X.1").unwrap();
        assert_eq!(path, folder.path().join("data/X.1.json"));
        assert_eq!(load(&path).unwrap(), document);
        let left: Vec<_> = fs::read_dir(folder.path().join("data")).unwrap().collect();
        assert_eq!(left.len(), 1, "no temporary file is left behind");
    }

    #[test]
    fn a_shared_row_appears_once() {
        let one = Document { rows: vec![row(1.0), row(2.0)], ..Document::default() };
        let two = Document { rows: vec![row(2.0), row(3.0)], ..Document::default() };
        let merged = merge(&[one, two], Provenance::default());
        assert_eq!(merged.rows, [row(1.0), row(2.0), row(3.0)]);
        let unmeasured = Document { rows: vec![row(f64::NAN)], ..Document::default() };
        assert_eq!(merge(&[unmeasured.clone(), unmeasured], Provenance::default()).rows.len(), 1);
    }

    #[test]
    fn what_is_no_number_is_stored_as_null() {
        let folder = tempfile::tempdir().unwrap();
        let no_number = Row { error: f64::INFINITY, ..row(f64::NAN) };
        let endless = Row { error: f64::NAN, ..row(f64::NEG_INFINITY) };
        let document = Document { rows: vec![no_number, endless], ..Document::default() };
        let path = store(&document, folder.path(), "X.1").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap().matches("null").count(), 4 + 2);
        for row in load(&path).unwrap().rows {
            assert!(row.value.is_nan() && row.error == f64::INFINITY);
        }
    }

    #[test]
    fn the_claims_are_always_named() {
        let json = to_json(&Document::default()).unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).unwrap()["claims"],
            serde_json::json!([])
        );
    }
}
