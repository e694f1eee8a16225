//! Fields over a rectangle, side by side: viridis for a positive field, blue–white–red about 0 for a signed one; cells
//! without a number are grey.

use super::RenderError;
use super::axis::Axis;
use super::colour::{INK, LEVELS, NO_NUMBER, diverging, sequential};
use super::font;
use super::frame::{Frame, LABEL, PAGE, SMALL, tick_room};
use super::svg::{Anchor, Stroke, Svg};
use crate::record::{Exhibit, Panel};

const COLUMNS: usize = 3;
const TOP: f64 = 34.0;
const BAR: f64 = 5.0;
/// Room for the colour bar and its labels.
const BAR_ROOM: f64 = 40.0;
/// A panel of the page shows no more cells than this in a direction.
const MOST_CELLS: usize = 256;

/// The figure of an [`Exhibit::Fields`]; empty for any other exhibit.
///
/// # Errors
/// A panel whose number of values is not columns × rows.
pub fn fields(exhibit: &Exhibit) -> Result<String, RenderError> {
    let Exhibit::Fields { name, title, x_label, y_label, x_range, y_range, panels } = exhibit else {
        return Ok(String::new());
    };
    for panel in panels {
        if panel.columns == 0 || panel.rows == 0 || panel.values.len() != panel.columns * panel.rows {
            return Err(RenderError::Panel {
                figure: name.clone(),
                panel: panel.label.clone(),
                found: panel.values.len(),
                columns: panel.columns,
                rows: panel.rows,
            });
        }
    }
    // four stand two by two
    let columns = if panels.len() == 4 { 2 } else { panels.len().clamp(1, COLUMNS) };
    let left =
        panels.first().map_or(0.0, |p| tick_room(&axes(p, *x_range, *y_range, x_label, y_label).1)) + 14.0;
    let side = ((PAGE - left) / columns as f64 - BAR_ROOM).min(200.0);
    let row = side + 46.0;
    let width = left + columns as f64 * (side + BAR_ROOM);
    let mut svg = Svg::new(width, TOP - 12.0 + row * panels.len().div_ceil(columns) as f64);
    svg.text([4.0, 12.0], Anchor::Start, font::fitted(title, LABEL + 0.5, width - 8.0), INK, title);
    for (i, panel) in panels.iter().enumerate() {
        let (column, line) = (i % columns, i / columns);
        let corner = [left + column as f64 * (side + BAR_ROOM), TOP + line as f64 * row];
        let (x, y) = axes(panel, *x_range, *y_range, x_label, y_label);
        let frame = Frame { corner, size: [side, side], x, y };
        draw(panel, limit(panel, panels), &frame, column == 0, &mut svg)?;
    }
    Ok(svg.finish())
}

/// Axes over whole cells: the ranges name the centres of the outermost cells.
fn axes(panel: &Panel, x: [f64; 2], y: [f64; 2], x_label: &str, y_label: &str) -> (Axis, Axis) {
    let axis = |[low, high]: [f64; 2], cells: usize, label: &str| {
        let half = 0.5 * (high - low) / (cells.max(2) - 1) as f64;
        Axis::linear(low - half, high + half, label)
    };
    (axis(x, panel.columns, x_label), axis(y, panel.rows, y_label))
}

/// Largest |value| that the colours of a panel reach; positive panels of like size share it.
fn limit(panel: &Panel, panels: &[Panel]) -> f64 {
    let largest = |p: &Panel| p.values.iter().filter(|v| v.is_finite()).fold(0.0_f64, |m, v| m.max(v.abs()));
    let own = largest(panel);
    let alike = panels.iter().filter(|p| p.signed == panel.signed && !panel.signed).map(largest);
    let shared = alike.filter(|m| *m < 2.0 * own && own < 2.0 * *m).fold(own, f64::max);
    if shared > 0.0 { shared } else { 1.0 }
}

fn draw(panel: &Panel, limit: f64, frame: &Frame, first: bool, svg: &mut Svg) -> Result<(), RenderError> {
    let low = if panel.signed { -limit } else { 0.0 };
    let level = |v: f64| match (v - low) / (limit - low) {
        s if s.is_finite() => (f64::from(LEVELS) * s.clamp(0.0, 1.0)).round() as u8,
        _ => LEVELS + 1,
    };
    let (stride_x, stride_y) = (panel.columns.div_ceil(MOST_CELLS), panel.rows.div_ceil(MOST_CELLS));
    let (columns, rows) = (panel.columns.div_ceil(stride_x), panel.rows.div_ceil(stride_y));
    // Images run downwards, ordinates upwards.
    let value = |row: usize, column: usize| {
        panel.values[(rows - 1 - row) * stride_y * panel.columns + column * stride_x]
    };
    let pixels: Vec<u8> = (0..rows * columns).map(|i| level(value(i / columns, i % columns))).collect();
    svg.image(frame.corner, frame.size, &image(columns, rows, &pixels, panel.signed)?);
    frame.draw(svg, first);
    frame.title(svg, &panel.label);

    let corner = [frame.corner[0] + frame.size[0] + 5.0, frame.corner[1]];
    let bar: Vec<u8> = (0..=LEVELS).rev().collect();
    svg.image(corner, [BAR, frame.size[1]], &image(1, bar.len(), &bar, panel.signed)?);
    svg.rect(corner, [BAR, frame.size[1]], 0.0, "none", Stroke::solid(INK, 0.5));
    let scale = Axis::linear(low, limit, "");
    for (value, name) in thinned(&scale.ticks) {
        let y = corner[1] + frame.size[1] * (1.0 - scale.fraction(*value));
        svg.line([corner[0] + BAR, y], [corner[0] + BAR - 1.8, y], Stroke::solid(INK, 0.5));
        svg.text([corner[0] + BAR + 2.0, y + 2.2], Anchor::Start, SMALL - 1.0, INK, name);
    }
    Ok(())
}

/// At most five ticks of a colour bar.
fn thinned(ticks: &[(f64, String)]) -> impl Iterator<Item = &(f64, String)> {
    ticks.iter().step_by(ticks.len().div_ceil(6).max(1))
}

/// An eight-bit PNG whose palette is the colour map.
fn image(columns: usize, rows: usize, levels: &[u8], signed: bool) -> Result<Vec<u8>, RenderError> {
    let map = if signed { diverging } else { sequential };
    let colours = (0..=LEVELS).map(|l| map(f64::from(l) / f64::from(LEVELS)));
    let palette: Vec<u8> = colours.chain([NO_NUMBER]).flatten().collect();
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size(columns), size(rows));
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(levels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::number::tick;
    use super::*;

    #[test]
    fn labels_of_a_colour_bar_fit_beside_it() {
        for k in -12..6 {
            let axis = Axis::linear(-3.37 * 10f64.powi(k), 3.37 * 10f64.powi(k), "");
            for (v, name) in &axis.ticks {
                let width = font::width(name, SMALL - 1.0);
                assert!(width < BAR_ROOM - BAR - 8.0, "{v}: {name} takes {width}");
            }
        }
        assert_eq!(tick(-2e-7), "−2·10⁻⁷");
    }

    #[test]
    fn a_panel_with_missing_values_is_refused() {
        let panel = Panel { label: "W".into(), columns: 3, rows: 2, signed: false, values: vec![0.0; 5] };
        let exhibit = Exhibit::Fields {
            name: "f".into(),
            title: String::new(),
            x_label: "x".into(),
            y_label: "v".into(),
            x_range: [0.0, 1.0],
            y_range: [0.0, 1.0],
            panels: vec![panel],
        };
        assert!(matches!(fields(&exhibit), Err(RenderError::Panel { found: 5, .. })));
    }
}
