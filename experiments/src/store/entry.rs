//! One result on disk.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tempfile::NamedTempFile;

use super::Work;

/// What a result depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// In words; no part of the name.
    pub(super) subject: String,
    /// The hash of the program.
    pub(super) program: String,
    processor: String,
    input: String,
}

/// The file: the entry, the checksum of the value's letters, and the value.
#[derive(Serialize, Deserialize)]
struct File {
    entry: Entry,
    checksum: String,
    value: Box<RawValue>,
}

impl Entry {
    pub(super) fn new(work: &Work, program: &str, processor: &str) -> Self {
        Self {
            subject: work.subject.clone(),
            program: program.to_owned(),
            processor: processor.to_owned(),
            input: work.input.clone(),
        }
    }

    /// `<folder>/<hash>.json`.
    pub(super) fn path_in(&self, folder: &Path) -> PathBuf {
        let mut hasher = blake3::Hasher::new();
        for part in [&self.program, &self.processor, &self.input] {
            // with its length: no two lists of parts run together
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        folder.join(format!("{}.json", hasher.finalize().to_hex()))
    }

    /// The value, if there is one; why it cannot be used, if it is damaged.
    pub(super) fn load<T: DeserializeOwned>(&self, path: &Path) -> Result<Option<T>, String> {
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|error| error.to_string())?,
        };
        let file = checked(path, &text)?;
        serde_json::from_str(file.value.get()).map(Some).map_err(|error| error.to_string())
    }

    /// Writes the value beside its checksum: on the disk before it has its name.
    pub(super) fn keep<T: Serialize>(&self, path: &Path, value: &T) -> io::Result<()> {
        let value = serde_json::value::to_raw_value(value)?;
        let checksum = blake3::hash(value.get().as_bytes()).to_hex().to_string();
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut file, &File { entry: self.clone(), checksum, value })?;
        file.flush()?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }
}

/// The entry of a file, if the file is whole.
pub(super) fn entry_of(path: &Path) -> Result<Entry, String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    Ok(checked(path, &text)?.entry)
}

/// A file whose value has its checksum, and whose entry has its name.
fn checked(path: &Path, text: &str) -> Result<File, String> {
    let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if blake3::hash(file.value.get().as_bytes()).to_hex().as_str() != file.checksum {
        return Err("its checksum is another".to_owned());
    }
    if file.entry.path_in(path.parent().unwrap_or(Path::new("."))) != path {
        return Err("its name is that of another result".to_owned());
    }
    Ok(file)
}

/// Renames a damaged file; where it is now.
pub(super) fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let aside = path.with_extension("damaged");
    fs::rename(path, &aside)?;
    Ok(aside)
}
