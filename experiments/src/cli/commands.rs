//! One function a command; each returns the exit status.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::Options;
use super::failure::Failure;
use super::output::{colour, print, print_json};
use super::text;
use crate::document;
use crate::facade::{self, ClaimSummary, Tier};
use crate::interrupt::{self, INTERRUPTED};
use crate::nearest::did_you_mean;
use crate::progress::{PlainLines, Progress, TerminalBar};
use crate::provenance::provenance;
use crate::record::{Document, Verdict};
use crate::render;
use crate::scenario::Scenario;
use crate::store::Store;

const DONE: u8 = 0;
const NOT_CONSISTENT: u8 = 1;

/// `list`.
pub fn list(options: &Options) -> Result<u8, Failure> {
    let claims = facade::claims();
    if options.json {
        print_json(&claims)?
    } else {
        print(&text::list(&claims))?
    }
    Ok(DONE)
}

/// `explain ID`: the claim in every setting in which it is measured; as JSON a list with one object a setting.
pub fn explain(id: &str, options: &Options) -> Result<u8, Failure> {
    let claims = facade::claims();
    let meant: Vec<&ClaimSummary> = claims.iter().filter(|claim| claim.answers_to(id)).collect();
    if meant.is_empty() {
        return Err(unknown(id, &claims));
    }
    if options.json {
        print_json(&meant)?
    } else {
        print(&meant.into_iter().map(text::explanation).collect::<Vec<_>>().join("\n"))?
    }
    Ok(DONE)
}

/// `verify [ID …]`: measures, judges, stores each finished claim, prints the verdict table.
pub fn verify(ids: &[String], tier: Tier, fresh: bool, options: &Options) -> Result<u8, Failure> {
    let claims = facade::claims();
    for id in ids {
        claims.iter().find(|claim| claim.answers_to(id)).ok_or_else(|| unknown(id, &claims))?;
    }
    let data = options.reports.join("data");
    fs::create_dir_all(&data).map_err(Failure::file("create", &data))?;
    let (begun, progress) = (Instant::now(), progress());
    let mut documents = Vec::new();
    let kept = Store::of(&options.reports, fresh);
    facade::verify(ids, tier, &kept, progress.as_ref(), |document| {
        store(&document, options)?;
        documents.push(document);
        Ok::<_, Failure>(())
    })?;
    let provenance = provenance(begun.elapsed());
    let merged = document::merge(&documents, provenance);
    if options.json {
        print_json(&merged)?
    } else {
        print(&render::terminal::verdict_table(&merged, colour()))?
    }
    let wanted = |claim: &&ClaimSummary| ids.is_empty() || ids.iter().any(|id| claim.answers_to(id));
    let asked = claims.iter().filter(wanted).count();
    if progress.cancelled() && documents.len() < asked {
        let finished = documents.len();
        eprintln!("interrupted: {finished} of {asked} claims were finished and are in {}", data.display());
        return Ok(INTERRUPTED);
    }
    Ok(if consistent(&merged) { DONE } else { NOT_CONSISTENT })
}

/// `run SCENARIO.toml`: measures the scenario and prints its rows and rates.
pub fn run(path: &Path, fresh: bool, options: &Options) -> Result<u8, Failure> {
    let scenario = read(path)?;
    let (begun, progress) = (Instant::now(), progress());
    let mut document = facade::run(&scenario, &Store::of(&options.reports, fresh), progress.as_ref())?;
    document.provenance = provenance(begun.elapsed());
    if options.json {
        print_json(&document)?;
    } else {
        let (rows, rates) = (render::terminal::row_table(&document), render::terminal::rate_table(&document));
        print(&format!("{rows}\n{rates}"))?;
    }
    if progress.cancelled() {
        let rungs =
            scenario.epsilon.iter().filter(|eps| document.rows.iter().any(|row| row.epsilon == **eps));
        eprintln!("interrupted: {} of {} rungs were finished", rungs.count(), scenario.epsilon.len());
        return Ok(INTERRUPTED);
    }
    Ok(DONE)
}

/// `new NAME`: writes a commented scenario that runs as it is; no file is overwritten.
pub fn new(name: &str, options: &Options) -> Result<u8, Failure> {
    let text = include_str!("new.toml").replace("{name}", name);
    let path = PathBuf::from(format!("{name}.toml"));
    Scenario::parse(&text, &path.to_string_lossy())?;
    let written = File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(Failure::file("create", &path))?;
    if options.json {
        print_json(&serde_json::json!({ "scenario": path }))?;
    } else {
        eprintln!("{} is written; `semiclassical run {}` measures it", path.display(), path.display());
    }
    Ok(DONE)
}

/// `check SCENARIO.toml`: measures nothing but what is known at once.
pub fn check(path: &Path, options: &Options) -> Result<u8, Failure> {
    let outlook = facade::check(&read(path)?)?;
    if options.json {
        print_json(&outlook)?
    } else {
        print(&outlook.text())?
    }
    Ok(DONE)
}

fn read(path: &Path) -> Result<Scenario, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file("read", path))?;
    Ok(Scenario::parse(&text, &path.to_string_lossy())?)
}

/// `completions SHELL`.
pub fn completions(shell: clap_complete::Shell, command: &mut clap::Command) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "semiclassical", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(DONE)
}

/// `report`: renders what is stored; with `--html` as one page too, by default beside the tables.
pub fn report(html: Option<Option<PathBuf>>, options: &Options) -> Result<u8, Failure> {
    let folder = &options.reports;
    let refused = |error: render::RenderError| Failure::Report(error.to_string());
    render::write_report(folder).map_err(refused)?;
    let page = html.map(|path| path.unwrap_or_else(|| folder.join("index.html")));
    if let Some(page) = &page {
        render::write_page(folder, page).map_err(refused)?;
    }
    if options.json {
        print_json(&serde_json::json!({ "reports": folder, "page": page }))?;
    } else {
        eprintln!("the report is in {}", folder.display());
        page.iter().for_each(|page| eprintln!("the page is {}", page.display()));
    }
    Ok(DONE)
}

/// Every claim consistent and every control failed, as it must.
fn consistent(document: &Document) -> bool {
    document.claims.iter().all(|claim| {
        claim.verdict == Verdict::Consistent && claim.controls.iter().all(|control| control.failed_as_it_must)
    })
}

fn store(document: &Document, options: &Options) -> Result<(), Failure> {
    for claim in &document.claims {
        let slug = claim.slug();
        let path = document::path_in(&options.reports, &slug);
        document::store(document, &options.reports, &slug).map_err(Failure::file("write", &path))?;
    }
    Ok(())
}

fn unknown(id: &str, claims: &[ClaimSummary]) -> Failure {
    let mut ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    // one id for both settings
    ids.dedup();
    let hint = did_you_mean(id, ids.iter().copied());
    Failure::UnknownClaim { id: id.to_owned(), hint, allowed: format!("the claims are: {}", ids.join(", ")) }
}

/// A bar on a terminal, plain lines otherwise; both stop at Ctrl-C.
fn progress() -> Box<dyn Progress> {
    let cancelled: Arc<AtomicBool> = interrupt::listen().unwrap_or_default();
    if io::stderr().is_terminal() {
        Box::new(TerminalBar::new(cancelled))
    } else {
        Box::new(PlainLines::new(cancelled))
    }
}
