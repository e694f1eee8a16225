//! The film of a record as the page plays it: levels in base64, colours from the maps of the figures, every printed number
//! made here, so that the script of the page draws and rounds nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::table::linked;
use crate::record::{Exhibit, Film, FilmFrame, Plane};
use crate::render::axis::Axis;
use crate::render::colour::{diverging, sequential};
use crate::render::number::{measured, tick, time};
use crate::render::table::{Align::Right, Table};
use crate::render::{RenderError, Stored};

/// The three panels.
const PANELS: [(&str, &str); 3] =
    [("hartree", "W_t (Hartree)"), ("vlasov", "W̃_t (Vlasov)"), ("difference", "W_t − W̃_t")];

/// What the template needs of a film.
#[derive(Serialize)]
pub struct FilmView {
    title: String,
    /// Claim that measured it.
    slug: String,
    command: String,
    data_href: String,
    last: usize,
    times: Vec<String>,
    /// Supremum norms at every time.
    table_html: String,
    panels: Vec<PanelView>,
    /// What the script reads: JSON in which no tag can end.
    json: String,
}

#[derive(Serialize)]
struct PanelView {
    id: &'static str,
    label_html: String,
}

/// What the script of the page reads.
#[derive(Serialize)]
struct Reel<'a> {
    columns: usize,
    rows: usize,
    levels: u8,
    labels: [&'a str; 2],
    x: Scale,
    y: Scale,
    panels: [Panel; 3],
    times: Vec<String>,
    /// By time, then by panel.
    frames: Vec<[Picture<'a>; 3]>,
}

/// An axis: its ends and its ticks.
#[derive(Serialize)]
struct Scale {
    low: f64,
    high: f64,
    ticks: Vec<(f64, String)>,
}

#[derive(Serialize)]
struct Panel {
    name: &'static str,
    /// Colours of the levels, red, green, blue in base64.
    colours: String,
    /// The range of all frames.
    all: Scale,
}

#[derive(Serialize)]
struct Picture<'a> {
    sup: String,
    /// The range of this frame.
    own: Scale,
    levels: &'a str,
}

/// The first film of all records, if there is one.
///
/// # Errors
/// [`RenderError::Panel`] if a frame does not fill its rectangle.
pub fn of(stored: &[Stored], base: &str) -> Result<Option<FilmView>, RenderError> {
    for entry in stored {
        for (place, exhibit) in entry.document.exhibits.iter().enumerate() {
            if let Exhibit::Film(film) = exhibit
                && !film.frames.is_empty()
            {
                let data_href = format!("{base}data/{}.json#/exhibits/{place}", entry.stem);
                let command = entry.document.claims.first().map(|c| c.command.clone()).unwrap_or_default();
                return view(film, &entry.stem, command, data_href).map(Some);
            }
        }
    }
    Ok(None)
}

fn view(film: &Film, slug: &str, command: String, data_href: String) -> Result<FilmView, RenderError> {
    check(film)?;
    let times: Vec<String> = film.frames.iter().map(|f| time(f.time)).collect();
    let reel = Reel {
        columns: film.columns,
        rows: film.rows,
        levels: Plane::LEVELS,
        labels: [&film.x_label, &film.y_label],
        x: cells(film.x_range, film.columns),
        y: cells(film.y_range, film.rows),
        panels: [0, 1, 2].map(|k| panel(film, k)),
        times: times.clone(),
        frames: film.frames.iter().map(|f| planes(f).map(picture)).collect(),
    };
    // the label of a panel could otherwise end the script
    let json = serde_json::to_string(&reel).unwrap_or_default().replace('<', "\\u003c");
    Ok(FilmView {
        title: film.title.clone(),
        slug: slug.to_owned(),
        command,
        last: film.frames.len().saturating_sub(1),
        times,
        table_html: linked(&norms(film), |row, column| {
            (column > 0).then(|| format!("{data_href}/frames/{row}"))
        }),
        panels: PANELS.map(|(id, label)| PanelView { id, label_html: super::table::marked(label) }).into(),
        json,
        data_href,
    })
}

fn planes(frame: &FilmFrame) -> [&Plane; 3] {
    [&frame.hartree, &frame.vlasov, &frame.difference]
}

fn check(film: &Film) -> Result<(), RenderError> {
    for frame in &film.frames {
        for (plane, (_, label)) in planes(frame).into_iter().zip(PANELS) {
            let found = STANDARD.decode(&plane.levels).map_or(0, |levels| levels.len());
            if found != film.columns * film.rows || found == 0 {
                return Err(RenderError::Panel {
                    figure: film.name.clone(),
                    panel: format!("{label}, t = {}", frame.time),
                    found,
                    columns: film.columns,
                    rows: film.rows,
                });
            }
        }
    }
    Ok(())
}

/// An axis over whole cells: the range names the centres of the outermost ones.
fn cells([low, high]: [f64; 2], count: usize) -> Scale {
    let half = 0.5 * (high - low) / (count.max(2) - 1) as f64;
    scale(low - half, high + half)
}

fn scale(low: f64, high: f64) -> Scale {
    // a field that is 0 everywhere has one tick
    let nothing = || vec![(0.0, tick(0.0))];
    let ticks = if high > low { Axis::linear(low, high, "").ticks } else { nothing() };
    Scale { low, high, ticks }
}

/// The colours of a panel: those of W and W̃ reach equally far, at all times.
fn panel(film: &Film, k: usize) -> Panel {
    let alike: &[usize] = if k < 2 { &[0, 1] } else { &[2] };
    let shown = || film.frames.iter().flat_map(|f| alike.iter().map(|k| planes(f)[*k]));
    let low = shown().map(|p| p.low).fold(0.0, f64::min);
    let high = shown().map(|p| p.high).fold(0.0, f64::max);
    let positive = k < 2 && -low <= 0.01 * high;
    let reach = high.max(-low);
    let (map, all): (fn(f64) -> [u8; 3], Scale) = match positive {
        true => (sequential, scale(low, high)),
        false => (diverging, scale(-reach, reach)),
    };
    let last = f64::from(Plane::LEVELS);
    let colours: Vec<u8> = (0..=Plane::LEVELS).flat_map(|l| map(f64::from(l) / last)).collect();
    Panel { name: PANELS[k].1, colours: STANDARD.encode(colours), all }
}

fn picture(plane: &Plane) -> Picture<'_> {
    Picture {
        sup: measured(plane.sup, plane.error),
        own: scale(plane.low, plane.high),
        levels: &plane.levels,
    }
}

/// ‖·‖_∞ at every time: what the film shows, for those who do not see it.
fn norms(film: &Film) -> Table<4> {
    let mut table = Table::new(
        "Suprema at every time",
        [("t", Right), ("‖W_t‖_∞", Right), ("‖W̃_t‖_∞", Right), ("‖W_t−W̃_t‖_∞", Right)],
    );
    for frame in &film.frames {
        let [a, b, c] = planes(frame).map(|plane| measured(plane.sup, plane.error));
        table.push([time(frame.time), a, b, c]);
    }
    table
}
