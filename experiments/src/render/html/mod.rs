//! `index.html`: the whole report in one file, which asks nothing of the network.
//!
//! | part | from | module |
//! |---|---|---|
//! | statements, hypotheses, remarks in MathML | the Unicode of the records | [`mathematics`] |
//! | tables, each measured number a link to its place in the data | [`super::tables`], rows | [`table`], [`ladder`] |
//! | W_t, W̃_t and W_t − W̃_t as time goes on | the film of a record | [`film`] |
//! | one section a claim | a document and its figures | [`section`] |
//! | layout, colours, behaviour | `templates/report.html`, `.css`, `.js` | here |
//!
//! The same records give the same bytes.

pub mod film;
pub mod ladder;
pub mod mathematics;
pub mod section;
pub mod table;

use std::path::{Component, Path};

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use super::{Figure, RenderError, Stored, words};
use crate::record::Verdict;
use film::FilmView;
use section::Section;

/// The parts of the template; `.html` is escaped, the others are static.
const TEMPLATES: [(&str, &str); 4] = [
    ("report.html", include_str!("../../../templates/report.html")),
    ("section.html", include_str!("../../../templates/section.html")),
    ("report.css", include_str!("../../../templates/report.css")),
    ("report.js", include_str!("../../../templates/report.js")),
];

/// What the claims of a group have in common, by the beginning of their ids, in the order of the ledger.
const GROUPS: [(&str, &str); 8] = [
    ("G16.T", "Theorems of 2016"),
    ("L19.T", "Theorems of 2019"),
    ("S.", "What both talks set out from"),
    ("P16.", "Steps of the argument of 2016"),
    ("P19.", "Steps of the argument of 2019"),
    ("R19.", "Remarks of 2019"),
    ("K.", "The literature"),
    ("O.", "Open questions"),
];

/// What the template is given; every text in it that is HTML already ends in `_html`.
#[derive(Serialize)]
struct Page {
    counts: Vec<(usize, &'static str)>,
    ledger_html: String,
    triangle_html: String,
    film: Option<FilmView>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: &'static str,
    sections: Vec<Section>,
}

/// The page. `base` leads from its folder to that of the reports: empty, or a path that ends with `/`.
///
/// # Errors
/// [`RenderError`]: a formula that cannot be read, a film whose frames do not have its size, a template that fails.
pub fn page(stored: &[Stored], figures: &[Figure], base: &str) -> Result<String, RenderError> {
    let mut sections = Vec::new();
    for entry in stored {
        for place in 0..entry.document.claims.len() {
            sections.push(section::of(entry, place, figures, base)?);
        }
    }
    let ledger_html = table::linked(&section::ledger(&sections), |row, column| {
        let section = &sections[row];
        match column {
            0 => Some(format!("#{}", section.slug)),
            _ => Some(section.data_href.clone()),
        }
    });
    let verdicts = [Verdict::Consistent, Verdict::Violated, Verdict::Unresolved].map(words::verdict);
    let ledger_html = verdicts.into_iter().fold(ledger_html, |html, verdict| {
        let badge = format!("<td><span class=\"verdict {verdict}\">{verdict}</span></td>");
        html.replace(&format!("<td>{verdict}</td>"), &badge)
    });
    let counts = verdicts.map(|v| (sections.iter().filter(|s| s.verdict == v).count(), v));
    let triangle = figures.iter().find(|f| f.stem == "triangle");
    let page = Page {
        counts: counts.into_iter().filter(|c| c.0 > 0).collect(),
        ledger_html,
        triangle_html: triangle.map(section::inline).unwrap_or_default(),
        film: film::of(stored, base)?,
        groups: grouped(sections),
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(environment.get_template(TEMPLATES[0].0)?.render(Serde(page))?)
}

/// The sections by group, in the order of the ledger; what belongs to none comes last.
fn grouped(sections: Vec<Section>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for section in sections {
        let known = GROUPS.iter().find(|(prefix, _)| section.slug.starts_with(prefix));
        let title = known.map_or("Others", |(_, title)| title);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.sections.push(section),
            None => groups.push(Group { title, sections: vec![section] }),
        }
    }
    groups
}

/// The way from the folder of a page to the folder of the reports, with `/` after every step; empty where they are one.
/// `None` if one of them does not exist.
pub fn way(page: &Path, reports: &Path) -> Option<String> {
    let folder = match page.parent()? {
        here if here.as_os_str().is_empty() => Path::new("."),
        folder => folder,
    };
    page.file_name()?;
    let (from, to) = (folder.canonicalize().ok()?, reports.canonicalize().ok()?);
    let (from, to): (Vec<Component>, Vec<Component>) =
        (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let down = to[shared..].iter().map(|step| encoded(&step.as_os_str().to_string_lossy()) + "/");
    Some(from[shared..].iter().map(|_| "../".to_owned()).chain(down).collect())
}

/// A step of a path as a link writes it.
fn encoded(step: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    step.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_way_leads_from_the_page_to_the_data() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        std::fs::create_dir_all(at("a/reports")).unwrap();
        std::fs::create_dir_all(at("b")).unwrap();
        std::fs::create_dir_all(at("b/my #1")).unwrap();
        assert_eq!(way(&at("a/reports/index.html"), &at("a/reports")).unwrap(), "");
        assert_eq!(way(&at("a/index.html"), &at("a/reports")).unwrap(), "reports/");
        assert_eq!(way(&at("b/page.html"), &at("a/reports")).unwrap(), "../a/reports/");
        assert_eq!(way(&at("a/page.html"), &at("b/my #1")).unwrap(), "../b/my%20%231/");
        assert_eq!(way(&at("c/page.html"), &at("a/reports")), None);
    }
}
