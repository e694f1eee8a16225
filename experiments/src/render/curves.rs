//! Curves over one abscissa, with guides dashed and error bars where an error is known.

use super::axis::Axis;
use super::colour::{GREY, INK, PALETTE};
use super::font;
use super::frame::{Frame, LABEL, Marker, tick_room};
use super::legend::{self, Entry};
use super::svg::{Anchor, Stroke, Svg};
use crate::record::{Curve, Exhibit};

/// Width of a figure with one panel.
const WIDTH: f64 = 300.0;
const PLOT_HEIGHT: f64 = 180.0;
const TOP: f64 = 22.0;

/// Above this many points a curve has no markers.
const MOST_MARKERS: usize = 24;

/// Dashes of the guides, told apart by pattern, not by colour.
const GUIDES: [&str; 3] = ["3 2", "1 1.6", "6 2 1.2 2"];

/// The figure of an [`Exhibit::Curves`]; empty for any other exhibit.
pub fn curves(exhibit: &Exhibit) -> String {
    let Exhibit::Curves { title, x_label, y_label, log_x, log_y, curves, .. } = exhibit else {
        return String::new();
    };
    let points = || curves.iter().flat_map(|c| c.points.iter());
    let shown = |p: &&[f64; 3]| (!*log_x || p[0] > 0.0) && (!*log_y || p[1] > 0.0);
    let x = Axis::fit(points().filter(shown).map(|p| p[0]), *log_x, x_label);
    let y = Axis::fit(points().filter(shown).map(|p| p[1]), *log_y, y_label);
    let left = tick_room(&y) + 15.0;
    let frame = Frame { corner: [left, TOP], size: [WIDTH - left - 8.0, PLOT_HEIGHT], x, y };
    let entries: Vec<Entry> = styles(curves).map(|(curve, style)| style.entry(curve)).collect();
    let mut svg = Svg::new(WIDTH, TOP + PLOT_HEIGHT + 26.0 + legend::height(&entries, WIDTH - 16.0) + 4.0);
    svg.text([0.5 * WIDTH, 12.0], Anchor::Middle, font::fitted(title, LABEL + 0.5, WIDTH - 8.0), INK, title);
    frame.draw(&mut svg, true);
    svg.begin_clip(frame.corner, frame.size);
    for (curve, style) in styles(curves) {
        style.draw(curve, &frame, *log_y, &mut svg);
    }
    svg.end_clip();
    legend::draw(&mut svg, [10.0, TOP + PLOT_HEIGHT + 25.0], WIDTH - 16.0, &entries);
    svg.finish()
}

struct Style {
    stroke: Stroke,
    marker: Option<Marker>,
}

/// Measured curves take the palette in order, guides take grey dashes in order.
fn styles(curves: &[Curve]) -> impl Iterator<Item = (&Curve, Style)> {
    let (mut measured, mut guides) = (0, 0);
    curves.iter().map(move |curve| {
        let style = if curve.guide {
            guides += 1;
            Style {
                stroke: Stroke { colour: GREY, width: 0.9, dash: GUIDES[(guides - 1) % GUIDES.len()] },
                marker: None,
            }
        } else {
            measured += 1;
            let marker = (curve.points.len() <= MOST_MARKERS).then(|| Marker::of(measured - 1));
            Style { stroke: Stroke::solid(PALETTE[(measured - 1) % PALETTE.len()], 1.0), marker }
        };
        (curve, style)
    })
}

impl Style {
    fn entry(&self, curve: &Curve) -> Entry {
        let marker = self.marker.map(|m| (m, self.stroke.colour, false));
        Entry { stroke: Some(self.stroke), marker, text: curve.label.clone() }
    }

    fn draw(&self, curve: &Curve, frame: &Frame, log_y: bool, svg: &mut Svg) {
        // A zero on a logarithmic axis would be a plunge to the edge: it is left out.
        // So is a point without a number.
        let shown = |p: &&[f64; 3]| p[0].is_finite() && p[1].is_finite() && (!log_y || p[1] > 0.0);
        let shown: Vec<&[f64; 3]> = curve.points.iter().filter(shown).collect();
        let path: Vec<[f64; 2]> = shown.iter().map(|p| frame.at(p[0], p[1])).collect();
        if path.len() > 1 {
            svg.path(&path, self.stroke);
        }
        for point in shown.iter().filter(|p| p[2] > 0.0 && !curve.guide) {
            frame.error_bar(svg, **point, self.stroke.colour);
        }
        if let Some(marker) = self.marker {
            for &at in &path {
                marker.draw(svg, at, self.stroke.colour, false);
            }
        }
    }
}
