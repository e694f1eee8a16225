//! What a store holds: `store list`, `store verify`, `store gc`.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::Serialize;

use super::entry;

/// A temporary file that is younger may be another process's, which is about to name it.
const YOUNG: Duration = Duration::from_secs(3600);

/// A file of the store.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    /// What was measured, in words; empty if it cannot be read.
    pub subject: String,
    /// Whether it can be used.
    pub state: State,
    /// The hash of the program that made it; empty if it cannot be read.
    pub program: String,
    /// Bytes.
    pub bytes: u64,
    /// Where it lies.
    pub path: PathBuf,
}

/// What a file of the store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A result that has its checksum.
    Whole,
    /// A result that has not.
    Damaged,
    /// A damaged result that was set aside.
    SetAside,
    /// Left by a process that was killed.
    Unfinished,
}

/// Every file, each read and compared with its checksum, in the order of the subjects; nothing if there is no store.
///
/// # Errors
/// What the file system says.
pub fn list(folder: &Path) -> io::Result<Vec<Kept>> {
    let files = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        files => files?,
    };
    let mut kept = Vec::new();
    for file in files {
        let file = file?;
        let (path, bytes) = (file.path(), file.metadata()?.len());
        let (state, entry) = match path.extension().and_then(|e| e.to_str()) {
            Some("damaged") => (State::SetAside, None),
            Some("json") => match entry::entry_of(&path) {
                Ok(entry) => (State::Whole, Some(entry)),
                Err(_) => (State::Damaged, None),
            },
            _ => (State::Unfinished, None),
        };
        let (subject, program) = entry.map_or_else(Default::default, |entry| (entry.subject, entry.program));
        kept.push(Kept { subject, state, program, bytes, path });
    }
    kept.sort_by(|a, b| (&a.subject, &a.path).cmp(&(&b.subject, &b.path)));
    Ok(kept)
}

/// Removes what this program cannot use: results of others, damaged ones, and what was left unfinished an hour ago. Returns what is gone.
///
/// # Errors
/// What the file system says.
pub fn sweep(folder: &Path, program: &str) -> io::Result<Vec<Kept>> {
    let mut gone = Vec::new();
    for kept in list(folder)? {
        let useless = match kept.state {
            State::Whole => kept.program != program,
            State::Damaged | State::SetAside => true,
            State::Unfinished => old(&kept.path),
        };
        if useless {
            match fs::remove_file(&kept.path) {
                // another process was quicker
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                removed => removed?,
            }
            gone.push(kept);
        }
    }
    Ok(gone)
}

fn old(path: &Path) -> bool {
    let age = fs::metadata(path).and_then(|m| m.modified()).map(|at| SystemTime::now().duration_since(at));
    age.is_ok_and(|age| age.is_ok_and(|age| age > YOUNG))
}
