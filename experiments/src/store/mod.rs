//! What was measured is kept: a result is loaded where the same program has had the same input before, and made otherwise.
//!
//! A result is known by the BLAKE3 hash of what it depends on: the program to the last bit, the processor, and the input. It is written whole or not at
//! all, so that a process may be killed at any moment and two of them may share a folder; it carries a checksum of its own, and one that does not agree
//! is set aside, never used. The unit is what is measured in one piece: a claim on its tier, a rung of a scenario.
//!
//! What the program borrows from the system, its library of sines and exponentials, is no part of the hash: after a new one, `--fresh`.

mod entry;
mod shelf;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::progress::Progress;
use crate::provenance;
use entry::Entry;
pub use shelf::{Kept, State, list, sweep};

/// The folder of the store under that of the reports.
pub const FOLDER: &str = "store";

/// What a result depends on besides the program.
#[derive(Clone, Debug)]
pub struct Work {
    /// In words, e.g. `two-bumps at ε = 1/8`.
    pub subject: String,
    /// Everything that the result depends on, to the last digit.
    pub input: String,
}

/// A folder of results, or none.
#[derive(Debug)]
pub struct Store {
    folder: Option<PathBuf>,
    /// What is kept is not read, only written.
    fresh: bool,
    program: OnceLock<String>,
}

impl Store {
    /// The store of a folder of reports; a fresh one makes everything anew.
    pub fn of(reports: &Path, fresh: bool) -> Self {
        Self { folder: Some(reports.join(FOLDER)), fresh, program: OnceLock::new() }
    }

    /// Keeps nothing.
    pub fn none() -> Self {
        Self { folder: None, fresh: true, program: OnceLock::new() }
    }

    /// The result of some work, loaded or made; none where `make` was interrupted, which is not kept.
    ///
    /// A result that cannot be kept is returned all the same, with a message.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn produce<T: Serialize + DeserializeOwned, E>(
        &self,
        work: &Work,
        progress: &dyn Progress,
        make: impl FnOnce() -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        self.produce_if(work, progress, |_| true, make)
    }

    /// The same, kept only if it is `worth` it.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn produce_if<T: Serialize + DeserializeOwned, E>(
        &self,
        work: &Work,
        progress: &dyn Progress,
        worth: impl FnOnce(&T) -> bool,
        make: impl FnOnce() -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let folder = match &self.folder {
            Some(folder) if !self.program().is_empty() => folder,
            _ => return make(),
        };
        let entry = Entry::new(work, self.program(), &provenance::processor());
        let path = entry.path_in(folder);
        if !self.fresh {
            match entry.load(&path) {
                Ok(Some(value)) => {
                    progress.message(&format!("{}: from the store", work.subject));
                    return Ok(Some(value));
                }
                Ok(None) => {}
                Err(reason) => {
                    let aside = entry::set_aside(&path);
                    let where_to = aside.map_or("could not be set aside".to_owned(), |path| {
                        format!("is now {}", path.display())
                    });
                    progress.message(&format!(
                        "{}: the stored result is damaged ({reason}), {where_to}, and is measured again",
                        work.subject
                    ));
                }
            }
        }
        let made = make()?;
        if let Some(value) = made.as_ref().filter(|value| worth(value))
            && let Err(error) = entry.keep(&path, value)
        {
            progress.message(&format!(
                "{}: measured, but not kept in {}: {error}",
                work.subject,
                folder.display()
            ));
        }
        Ok(made)
    }

    /// The hash of the running program; empty if it cannot be read: then nothing can be told from what an older one has left.
    pub fn program(&self) -> &str {
        let hashed = || -> io::Result<String> {
            let file = File::open(std::env::current_exe()?)?;
            Ok(blake3::Hasher::new().update_reader(file)?.finalize().to_hex().to_string())
        };
        self.program.get_or_init(|| hashed().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::cell::Cell;
    use std::fs;

    use super::*;
    use crate::progress::Silent;

    fn work() -> Work {
        Work { subject: "a third".into(), input: "1/3".into() }
    }

    /// How often it is made, and what comes out.
    fn produced(store: &Store, made: &Cell<u32>) -> Option<Vec<f64>> {
        let make = || {
            made.set(made.get() + 1);
            Ok::<_, ()>(Some(vec![1.0 / 3.0, 6.02214076e23]))
        };
        store.produce(&work(), &Silent::default(), make).unwrap()
    }

    fn only_file(folder: &Path) -> PathBuf {
        let files: Vec<_> =
            list(folder).unwrap().into_iter().filter(|kept| kept.state != State::SetAside).collect();
        assert_eq!(files.len(), 1);
        files[0].path.clone()
    }

    #[test]
    fn what_was_made_once_is_loaded_with_the_same_bits() {
        let (reports, made) = (tempfile::tempdir().unwrap(), Cell::new(0));
        let first = produced(&Store::of(reports.path(), false), &made);
        let second = produced(&Store::of(reports.path(), false), &made);
        assert_eq!((made.get(), first), (1, second));
        assert!(produced(&Store::of(reports.path(), true), &made).is_some());
        assert!(produced(&Store::none(), &made).is_some());
        assert_eq!(made.get(), 3);
    }

    #[test]
    fn another_input_is_another_result() {
        let reports = tempfile::tempdir().unwrap();
        let store = Store::of(reports.path(), false);
        let of = |input: &str| {
            let work = Work { input: input.into(), ..work() };
            store.produce(&work, &Silent::default(), || Ok::<_, ()>(Some(input.to_owned()))).unwrap()
        };
        assert_eq!((of("a"), of("b"), of("a")), (Some("a".into()), Some("b".into()), Some("a".into())));
    }

    #[test]
    fn what_was_interrupted_is_not_kept() {
        let (reports, made) = (tempfile::tempdir().unwrap(), Cell::new(0));
        let store = Store::of(reports.path(), false);
        assert!(
            store.produce(&work(), &Silent::default(), || Ok::<Option<f64>, ()>(None)).unwrap().is_none()
        );
        assert_eq!(store.produce(&work(), &Silent::default(), || Err::<Option<f64>, _>("no")), Err("no"));
        let refused = store.produce_if(&work(), &Silent::default(), |_| false, || Ok::<_, ()>(Some(0.0)));
        assert_eq!(refused, Ok(Some(0.0)));
        produced(&store, &made);
        assert_eq!(made.get(), 1);
    }

    /// Cut short, a digit changed, another's content under its name: each is set aside and made again.
    #[test]
    fn a_damaged_result_is_set_aside_and_made_again() {
        let (reports, made) = (tempfile::tempdir().unwrap(), Cell::new(0));
        let store = Store::of(reports.path(), false);
        let folder = reports.path().join(FOLDER);
        let right = produced(&store, &made);
        let damages: [fn(String) -> String; 4] = [
            |text| text[..text.len() / 2].to_owned(),
            |text| text.replacen("0.333", "0.334", 1),
            |text| text.replacen("1/3", "2/3", 1),
            |_| String::new(),
        ];
        for (k, damage) in damages.into_iter().enumerate() {
            let path = only_file(&folder);
            let whole = fs::read_to_string(&path).unwrap();
            let damaged = damage(whole.clone());
            assert_ne!(damaged, whole);
            fs::write(&path, damaged).unwrap();
            assert_eq!(list(&folder).unwrap().iter().filter(|kept| kept.state == State::Damaged).count(), 1);
            assert_eq!(produced(&store, &made), right);
            assert_eq!(made.get(), k as u32 + 2);
            assert_eq!(fs::read_to_string(only_file(&folder)).unwrap(), whole);
        }
    }

    /// No permission is needed to measure.
    #[test]
    fn what_cannot_be_kept_is_returned() {
        let (reports, made) = (tempfile::tempdir().unwrap(), Cell::new(0));
        fs::write(reports.path().join(FOLDER), "a file, no folder").unwrap();
        assert!(produced(&Store::of(reports.path(), false), &made).is_some());
    }

    #[test]
    fn what_other_programs_have_left_is_swept_away() {
        let (reports, made) = (tempfile::tempdir().unwrap(), Cell::new(0));
        let store = Store::of(reports.path(), false);
        let folder = reports.path().join(FOLDER);
        produced(&store, &made);
        let older = Entry::new(&work(), "an older program", "another processor");
        older.keep(&older.path_in(&folder), &vec![0.0]).unwrap();
        assert_eq!(list(&folder).unwrap().len(), 2);
        assert_eq!(sweep(&folder, store.program()).unwrap().len(), 1);
        produced(&store, &made);
        assert_eq!(made.get(), 1);
    }
}
