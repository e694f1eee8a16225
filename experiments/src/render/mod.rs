//! Records → tables, figures and the ledger. Nothing here computes: every function takes what is stored
//! ([`crate::record`]) and returns text or bytes; [`write_report`] and [`write_page`]
//! alone touch files.
//!
//! | file | from | module |
//! |---|---|---|
//! | `tables/<claim>.md`, `.tex` | rates, constants, rows, hypotheses, checks, controls | [`tables`], [`table`] |
//! | `figures/<claim>-ladder.svg`, `.pdf` | rows and rates | [`ladder`] |
//! | `figures/<exhibit>.svg`, `.pdf` | exhibits | [`curves`], [`fields`] |
//! | `figures/triangle.svg`, `.pdf` | all claims | [`triangle`] |
//! | `verdicts.md` | all claims | [`verdicts`] |
//! | the table in the `README.md` beside the folder, if it has one | all claims | [`readme`] |
//! | `index.html`, where it is asked for ([`write_page`]) | all of it | [`html`] |
//!
//! Numbers are printed by [`number`] with the digits that their errors grant. The same records give the same bytes.

mod axis;
mod colour;
pub mod curves;
pub mod fields;
mod font;
mod frame;
pub mod html;
pub mod ladder;
pub mod latex;
mod legend;
pub mod number;
pub mod pdf;
pub mod readme;
pub mod stale;
mod svg;
pub mod table;
pub mod tables;
pub mod terminal;
pub mod triangle;
pub mod verdicts;
pub mod words;

use std::path::{Path, PathBuf};

use thiserror::Error;

pub use stale::{Difference, same_to_three_digits};

use crate::record::{Document, Exhibit};
use table::Format;

/// Why a report could not be rendered.
#[derive(Debug, Error)]
pub enum RenderError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A stored result is not a document.
    #[error("{}: not a stored result: {source}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// Where it fails.
        source: serde_json::Error,
    },
    /// A field exhibit whose values do not fill its panels.
    #[error("figure `{figure}`, panel `{panel}`: {found} values for {columns} columns and {rows} rows")]
    Panel {
        /// The exhibit.
        figure: String,
        /// The panel.
        panel: String,
        /// Number of values found.
        found: usize,
        /// Columns announced.
        columns: usize,
        /// Rows announced.
        rows: usize,
    },
    /// A field could not be written as an image.
    #[error("image: {0}")]
    Image(#[from] png::EncodingError),
    /// A formula of a record is none that LaTeX can read.
    #[error("formula `{formula}`, in LaTeX `{latex}`: {reason}")]
    Formula {
        /// As it is stored.
        formula: String,
        /// What was made of it.
        latex: String,
        /// What the parser said.
        reason: String,
    },
    /// The template of the page failed.
    #[error("page: {0}")]
    Template(#[from] minijinja::Error),
    /// The page has no folder from which its links could lead to the data.
    #[error("{}: the page must be a file in a folder that exists", .0.display())]
    Place(PathBuf),
    /// A figure could not be turned into PDF.
    #[error("figure `{figure}` as PDF: {reason}")]
    Pdf {
        /// The figure.
        figure: String,
        /// What the converter said.
        reason: String,
    },
}

/// A figure: its file stem and its SVG source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// File stem, e.g. `G16.T1-ladder`.
    pub stem: String,
    /// SVG source.
    pub svg: String,
}

/// One document of `reports/data` with the stems of the files made from it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// File stem of the data and the tables.
    pub stem: String,
    /// The document.
    pub document: Document,
    /// File stems of its figures.
    pub figures: Vec<String>,
}

/// Reads `data/*.json` under `reports` and writes tables, figures and `verdicts.md` beside it; returns what it wrote.
///
/// # Errors
/// [`RenderError`]; files that were already written stay.
pub fn write_report(reports: &Path) -> Result<Vec<PathBuf>, RenderError> {
    let (stored, figures) = gather(reports)?;
    let mut written = Vec::new();
    for entry in &stored {
        for (format, ending) in [(Format::Markdown, "md"), (Format::Latex, "tex")] {
            let path = reports.join("tables").join(format!("{}.{ending}", entry.stem));
            write(path, tables::document(&entry.document, format).as_bytes(), &mut written)?;
        }
    }
    for figure in &figures {
        let path = |ending: &str| reports.join("figures").join(format!("{}.{ending}", figure.stem));
        write(path("svg"), figure.svg.as_bytes(), &mut written)?;
        write(path("pdf"), &pdf::from_svg(figure)?, &mut written)?;
    }
    write(reports.join("verdicts.md"), verdicts::ledger(&stored).as_bytes(), &mut written)?;
    let readme = reports.join("..").join("README.md");
    // most folders of reports have no README beside them
    let renewed = std::fs::read_to_string(&readme).ok().and_then(|text| readme::renewed(&text, &stored));
    if let Some(text) = renewed {
        write(readme, text.as_bytes(), &mut written)?;
    }
    Ok(written)
}

/// Reads `data/*.json` under `reports` and writes the whole report as one page; its links lead from where it lies to the files
/// of [`write_report`].
///
/// # Errors
/// [`RenderError`]; [`RenderError::Place`] where the folder of the page or that of the reports does not exist.
pub fn write_page(reports: &Path, page: &Path) -> Result<(), RenderError> {
    let (stored, figures) = gather(reports)?;
    let base = html::way(page, reports).ok_or_else(|| RenderError::Place(page.to_path_buf()))?;
    let text = html::page(&stored, &figures, &base)?;
    write(page.to_path_buf(), text.as_bytes(), &mut Vec::new())
}

/// The stored documents and all their figures.
fn gather(reports: &Path) -> Result<(Vec<Stored>, Vec<Figure>), RenderError> {
    let mut stored = read_data(&reports.join("data"))?;
    let mut figures: Vec<Figure> = Vec::new();
    for entry in &mut stored {
        for mut figure in document_figures(&entry.stem, &entry.document)? {
            // Exhibits choose their own stems; a second one of the same name is told apart by its claim.
            if figures.iter().any(|f| f.stem == figure.stem) {
                figure.stem = format!("{}-{}", entry.stem, figure.stem);
            }
            entry.figures.push(figure.stem.clone());
            figures.push(figure);
        }
    }
    figures.push(Figure { stem: "triangle".into(), svg: triangle::triangle(&stored) });
    Ok((stored, figures))
}

/// The figures of one document: its ladder, if it has rates, and its exhibits.
///
/// # Errors
/// A field exhibit whose values do not fill its panels.
pub fn document_figures(stem: &str, document: &Document) -> Result<Vec<Figure>, RenderError> {
    let mut figures = Vec::new();
    if !document.rates.is_empty() && !document.rows.is_empty() {
        figures.push(Figure { stem: format!("{stem}-ladder"), svg: ladder::ladder(stem, document) });
    }
    for exhibit in &document.exhibits {
        let (name, svg) = match exhibit {
            Exhibit::Curves { name, .. } => (name, curves::curves(exhibit)),
            Exhibit::Fields { name, .. } => (name, fields::fields(exhibit)?),
            // paper does not move
            Exhibit::Film(_) => continue,
        };
        figures.push(Figure { stem: name.clone(), svg });
    }
    Ok(figures)
}

fn read_data(folder: &Path) -> Result<Vec<Stored>, RenderError> {
    let file = |path: &Path| {
        let path = path.to_path_buf();
        move |source| RenderError::File { path, source }
    };
    let mut stored = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(file(folder))? {
        let path = entry.map_err(file(folder))?.path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(file(&path))?;
        let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let document = serde_json::from_str(&text).map_err(|source| RenderError::Record { path, source })?;
        stored.push(Stored { stem, document, figures: Vec::new() });
    }
    stored.sort_by_key(|s| claim_order(&s.stem));
    Ok(stored)
}

/// The order of the claims in the ledger: theorems, then steps, remarks, outlook; numbers by value.
fn claim_order(stem: &str) -> (usize, Vec<u64>, String) {
    const KINDS: [&str; 8] = ["G16.T", "L19.T", "S.", "P16.", "P19.", "R19.", "K.", "O."];
    let kind = KINDS.iter().position(|k| stem.starts_with(k)).unwrap_or(KINDS.len());
    let numbers = stem.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    (kind, numbers, stem.into())
}

fn write(path: PathBuf, bytes: &[u8], written: &mut Vec<PathBuf>) -> Result<(), RenderError> {
    let result =
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, bytes));
    match result {
        Ok(()) => {
            written.push(path);
            Ok(())
        }
        Err(source) => Err(RenderError::File { path, source }),
    }
}
