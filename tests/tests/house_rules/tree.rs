//! The tree as data: every text file of the repository, and how a broken rule names its place.

use std::path::Path;

/// A text file: its path from the root of the repository, with `/`, and what it says.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Lines, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Lines that are no comment, counted from 1.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// `path:line: message`.
    pub fn at(&self, line: usize, message: &str) -> String {
        format!("{}:{line}: {message}", self.path)
    }

    /// Source of a library of the workspace, in `crates/*/src`.
    pub fn in_library(&self) -> bool {
        self.path.starts_with("crates/") && self.in_src()
    }

    /// Rust source in the `src` of a package.
    pub fn in_src(&self) -> bool {
        self.is_rust() && self.path.split('/').any(|folder| folder == "src")
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

/// Words of a line: maximal runs of letters and digits.
pub fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// Names of a line: maximal runs of letters, digits and `_`.
pub fn names(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty())
}

/// Every text file below `root`, by path; what is built and what git keeps are left out, what is not UTF-8 is no text.
pub fn read(root: &Path) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            if kind.is_dir() && !["target", ".git"].iter().any(|name| entry.file_name() == *name) {
                folders.push(path);
            } else if kind.is_file()
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let inside = path.strip_prefix(root).unwrap().to_str().unwrap();
                sources.push(Source { path: inside.replace('\\', "/"), text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

#[test]
fn words_end_at_underscores_and_names_do_not() {
    assert_eq!(words("is_so(2x)").collect::<Vec<_>>(), ["is", "so", "2x"]);
    assert_eq!(names("is_so(2x)").collect::<Vec<_>>(), ["is_so", "2x"]);
}

#[test]
fn comments_are_no_code_and_lines_count_from_one() {
    let source = Source::new("crates/a/src/lib.rs", "//! a\nfn b() {}\n    // c\n");
    assert_eq!(source.code().collect::<Vec<_>>(), [(2, "fn b() {}")]);
    assert_eq!(source.at(2, "b"), "crates/a/src/lib.rs:2: b");
    assert!(source.in_library() && !Source::new("tests/tests/a.rs", "").in_src());
}
