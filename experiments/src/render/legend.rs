//! Legends stand below their panel, in columns as wide as their longest entry: they never cover a curve.

use super::colour::INK;
use super::font;
use super::frame::{Marker, SMALL};
use super::svg::{Anchor, Stroke, Svg};

const SWATCH: f64 = 16.0;
const GAP: f64 = 10.0;
const LINE: f64 = 10.5;

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The line of the swatch; `None` where only the marker is shown.
    pub stroke: Option<Stroke>,
    /// Its marker: shape, colour, hollow.
    pub marker: Option<(Marker, &'static str, bool)>,
    /// What it says.
    pub text: String,
}

/// Height of a legend laid over `width`.
pub fn height(entries: &[Entry], width: f64) -> f64 {
    entries.len().div_ceil(columns(entries, width)) as f64 * LINE
}

/// Draws the legend with its upper left corner at `corner`.
pub fn draw(svg: &mut Svg, corner: [f64; 2], width: f64, entries: &[Entry]) {
    let size = (SMALL * (width - SWATCH) / (widest(entries) - SWATCH).max(1e-9)).min(SMALL);
    let lines = entries.len().div_ceil(columns(entries, width)).max(1);
    for (i, entry) in entries.iter().enumerate() {
        let x = corner[0] + (i / lines) as f64 * (widest(entries) + GAP);
        let y = corner[1] + (i % lines) as f64 * LINE + 0.5 * LINE;
        if let Some(stroke) = entry.stroke {
            svg.line([x, y], [x + SWATCH - 4.0, y], stroke);
        }
        if let Some((marker, colour, hollow)) = entry.marker {
            marker.draw(svg, [x + 0.5 * (SWATCH - 4.0), y], colour, hollow);
        }
        svg.text([x + SWATCH, y + 2.5], Anchor::Start, size, INK, &entry.text);
    }
}

fn widest(entries: &[Entry]) -> f64 {
    SWATCH + entries.iter().map(|e| font::width(&e.text, SMALL)).fold(0.0, f64::max)
}

fn columns(entries: &[Entry], width: f64) -> usize {
    (((width + GAP) / (widest(entries) + GAP)).floor() as usize).clamp(1, entries.len().max(1))
}
