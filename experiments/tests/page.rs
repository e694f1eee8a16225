//! The page of `report --html`, on sample documents: what it holds, and what a browser makes of it.

#![allow(clippy::unwrap_used)]

#[path = "page/browser.rs"]
mod browser;
#[allow(dead_code)]
mod sample;

use std::path::Path;

use sample::*;
use semiclassical_experiments::document;
use semiclassical_experiments::record::{Document, Exhibit, Setting};
use semiclassical_experiments::render::{self, RenderError};

const IDS: [&str; 3] = ["G16.T1", "G16.T2-own", "P16.1"];

/// Stores three claims under `reports`, the first with `exhibits`, and returns the page.
fn page_with(reports: &Path, exhibits: Vec<Exhibit>) -> Result<String, RenderError> {
    let mut first = Document { exhibits, ..sample_document("G16.T1") };
    first.claims[0].reason = "a < b & c; sample".into();
    let mut second = sample_document("G16.T2");
    second.claims[0].setting = Setting::Own;
    let third = Document {
        claims: vec![sample_claim("P16.1", 0.0)],
        provenance: sample_provenance(),
        ..Document::default()
    };
    for (stem, document) in IDS.iter().zip([first, second, third]) {
        document::store(&document, reports, stem).unwrap();
    }
    render::write_report(reports)?;
    let page = reports.join("index.html");
    render::write_page(reports, &page)?;
    Ok(std::fs::read_to_string(page).unwrap())
}

fn page(reports: &Path) -> String {
    page_with(reports, vec![sample_curves(), sample_fields(), sample_film()]).unwrap()
}

/// What stands in the attribute `name` of all tags.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_page_holds_every_claim_with_all_that_belongs_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(folder.path());
    for id in IDS {
        let (_, section) = page.split_once(&format!("<section class=\"claim\" id=\"{id}\"")).unwrap();
        let section = section.split("</section>").next().unwrap();
        assert!(section.contains("<p class=\"statement\"><math"), "{id} has no statement in MathML");
        for part in ["Hypotheses", "Controls (2)", "Checks (1)", "semiclassical verify", "<math"] {
            assert!(section.contains(part), "{id}: {part}");
        }
        assert!(section.contains(&format!("data/{id}.json#/claims/0/checks/0")), "{id}");
        assert_eq!(section.contains("Ladder (96)"), id != "P16.1", "{id}");
        assert_eq!(section.contains("<svg role=\"img\""), id != "P16.1", "{id}");
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id} is not in the contents");
    }
    assert!(page.contains("<li>a &lt; b &amp; c</li>"), "text is not escaped");
}

#[test]
fn the_page_is_the_same_twice_and_small() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = page(one.path());
    assert!(first == page(two.path()), "two pages of the same records differ");
    assert!(first.len() < 5 << 20, "{} bytes", first.len());
}

/// Beside it, `the_guard_of_requests_sees_one` in the browser shows that a request would be seen.
#[test]
fn nothing_is_loaded_from_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(folder.path());
    for address in ["http:", "https:", "//cdn", "@import", "url(http", "<link", "<iframe", " srcset="] {
        assert!(!page.contains(address), "{address}");
    }
    assert!(attributes(&page, "src").is_empty());
    let policy = attributes(&page, "content").into_iter().find(|c| c.contains("default-src")).unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
}

#[test]
fn every_link_leads_somewhere_and_every_anchor_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(folder.path());
    let ids = attributes(&page, "id");
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "an id stands twice");
    let (inside, outside): (Vec<&str>, Vec<&str>) = attributes(&page, "href")
        .into_iter()
        .filter(|to| !to.starts_with("data:"))
        .partition(|to| to.starts_with('#'));
    assert!(inside.len() > 5 && outside.len() > 200);
    for anchor in inside {
        assert!(ids.contains(&&anchor[1..]), "{anchor}");
    }
    for link in outside {
        let link = link.replace("&#x2f;", "/");
        let (file, pointer) = link.split_once('#').unwrap_or((&link, ""));
        let text = std::fs::read(folder.path().join(file)).unwrap_or_else(|_| panic!("{link}"));
        if !pointer.is_empty() {
            let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
            assert!(json.pointer(pointer).is_some(), "{link} leads nowhere in the data");
        }
    }
}

#[test]
fn the_links_lead_from_wherever_the_page_lies() {
    let folder = tempfile::tempdir().unwrap();
    page(&folder.path().join("reports"));
    let elsewhere = folder.path().join("page.html");
    render::write_page(&folder.path().join("reports"), &elsewhere).unwrap();
    assert!(std::fs::read_to_string(elsewhere).unwrap().contains("href=\"reports/data/G16.T1.json\""));
    let nowhere = render::write_page(&folder.path().join("reports"), &folder.path().join("none/page.html"));
    assert!(matches!(nowhere, Err(RenderError::Place(_))));
}

#[test]
fn the_command_writes_the_page_where_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let made = page(&folder.path().join("reports"));
    std::fs::remove_file(folder.path().join("reports/index.html")).unwrap();
    for (arguments, path) in
        [(vec!["--html"], "reports/index.html"), (vec!["--html", "page.html"], "page.html")]
    {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_semiclassical"));
        let output = command.arg("report").args(arguments).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let text = std::fs::read_to_string(folder.path().join(path)).unwrap();
        assert!(text.len() >= made.len(), "{path}");
    }
}

#[test]
fn without_frames_the_page_says_how_to_get_them() {
    let folder = tempfile::tempdir().unwrap();
    let page = page_with(folder.path(), vec![sample_curves()]).unwrap();
    assert!(page.contains("id=\"no-film\"") && page.contains("semiclassical verify G16.T2 --tier standard"));
    assert!(!page.contains("id=\"reel\"") && !page.contains("<canvas"));
}

#[test]
fn a_film_whose_frames_lack_cells_is_refused() {
    let mut exhibit = sample_film();
    if let Exhibit::Film(film) = &mut exhibit {
        film.rows += 1;
    }
    let folder = tempfile::tempdir().unwrap();
    let refused = page_with(folder.path(), vec![exhibit]);
    assert!(matches!(refused, Err(RenderError::Panel { found: 96, .. })), "{refused:?}");
}
