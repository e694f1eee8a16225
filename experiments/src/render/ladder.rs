//! The ladder: log value against log ε, error bars, the fitted line value = C ε^order, the claimed slope as a guide, and
//! the asymptote Cε² where C is known from an equation without ε.

use super::axis::Axis;
use super::colour::{GREY, INK, PALETTE};
use super::font;
use super::frame::{Frame, LABEL, Marker, PAGE, tick_room};
use super::legend::{self, Entry};
use super::number::{claimed_order, exact, order};
use super::svg::{Anchor, Stroke, Svg};
use super::words;
use crate::record::{ClaimRecord, Constant, Document, Rate, Row};

const COLUMNS: usize = 3;
/// Width of a figure with a single panel.
const NARROWEST: f64 = 230.0;
const PLOT_HEIGHT: f64 = 118.0;
const TOP: f64 = 30.0;
const GUTTER: f64 = 14.0;
/// Over the fitted line, which it should cover.
const ASYMPTOTE: Stroke = Stroke::dashed(INK, 0.6);

/// One panel: a trial and a quantity, with a series for every time.
struct Panel<'a> {
    trial: &'a str,
    quantity: &'a str,
    series: Vec<Series<'a>>,
    claimed: Option<f64>,
}

struct Series<'a> {
    rate: &'a Rate,
    rows: Vec<&'a Row>,
    /// C of the asymptote Cε².
    constant: Option<f64>,
}

/// The ladder of every (trial, quantity) of a document, a panel each.
pub fn ladder(stem: &str, document: &Document) -> String {
    let claim = document.claims.first();
    let panels = panels(document);
    // Four panels stand two by two; one panel alone is as wide as its heading needs.
    let columns = if panels.len() == 4 { 2 } else { panels.len().clamp(1, COLUMNS) };
    let third = (PAGE - GUTTER * (COLUMNS - 1) as f64) / COLUMNS as f64;
    let cell = if columns == 1 { NARROWEST } else { third };
    let width = columns as f64 * (cell + GUTTER) - GUTTER;
    let heights: Vec<f64> = panels.chunks(columns).map(|row| row_height(row, cell)).collect();
    let mut svg = Svg::new(width, TOP + heights.iter().sum::<f64>());
    let heading = heading(stem, claim);
    svg.text([4.0, 12.0], Anchor::Start, font::fitted(&heading, LABEL + 1.0, width - 8.0), INK, &heading);
    let mut top = TOP;
    for (row, height) in panels.chunks(columns).zip(&heights) {
        for (i, panel) in row.iter().enumerate() {
            draw(panel, &mut svg, [i as f64 * (cell + GUTTER), top], cell);
        }
        top += height;
    }
    svg.finish()
}

fn heading(stem: &str, claim: Option<&ClaimRecord>) -> String {
    claim.map_or(stem.into(), |c| {
        format!("{} ({}): {}", c.id, words::setting(c.setting), words::verdict(c.verdict))
    })
}

fn panels(document: &Document) -> Vec<Panel<'_>> {
    let mut panels: Vec<Panel<'_>> = Vec::new();
    for rate in &document.rates {
        let of_rate = |r: &&Row| {
            let shown = r.value > 0.0 && r.value.is_finite();
            shown && r.trial == rate.trial && r.quantity == rate.quantity && r.time == rate.time
        };
        let mut rows: Vec<&Row> = document.rows.iter().filter(of_rate).collect();
        if rows.is_empty() {
            continue;
        }
        rows.sort_by(|a, b| b.epsilon.total_cmp(&a.epsilon));
        let of_constant = |c: &&Constant| {
            c.trial == rate.trial && c.quantity == rate.quantity && c.time == rate.time && c.value > 0.0
        };
        let constant = document.constants.iter().find(of_constant).map(|c| c.value);
        let series = Series { rate, rows, constant };
        match panels.iter_mut().find(|p| p.trial == rate.trial && p.quantity == rate.quantity) {
            Some(panel) => panel.series.push(series),
            None => panels.push(Panel {
                trial: &rate.trial,
                quantity: &rate.quantity,
                series: vec![series],
                claimed: rate.claimed,
            }),
        }
    }
    // quantity by quantity, each in the order of its first appearance
    let quantities: Vec<&str> = panels.iter().map(|p| p.quantity).collect();
    panels.sort_by_key(|p| quantities.iter().position(|q| *q == p.quantity));
    panels
}

fn row_height(row: &[Panel], cell: f64) -> f64 {
    row.iter().map(|p| legend::height(&entries(p), cell - 8.0)).fold(0.0, f64::max) + PLOT_HEIGHT + 46.0
}

fn entries(panel: &Panel) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (k, series) in panel.series.iter().enumerate() {
        let (rate, colour) = (series.rate, PALETTE[k % PALETTE.len()]);
        let fitted = rate
            .order
            .map_or("no order".into(), |_| format!("order {}", order(rate.order, rate.ci_low, rate.ci_high)));
        let fitted = if rate.order.is_some() && !rate.settled { fitted + ", not settled" } else { fitted };
        entries.push(Entry {
            stroke: rate.order.map(|_| Stroke::solid(colour, 0.8)),
            marker: Some((Marker::of(k), colour, false)),
            text: format!("t = {}: {fitted}", exact(rate.time)),
        });
    }
    if let Some(slope) = panel.claimed {
        entries.push(Entry {
            stroke: Some(Stroke::dashed(GREY, 0.8)),
            marker: None,
            text: format!("claimed slope {}", claimed_order(slope)),
        });
    }
    if panel.series.iter().any(|s| s.constant.is_some()) {
        entries.push(Entry {
            stroke: Some(ASYMPTOTE),
            marker: None,
            text: "Cε², C from an equation without ε".into(),
        });
    }
    if panel.series.iter().any(|s| s.rows.iter().any(|r| !r.resolved)) {
        entries.push(Entry {
            stroke: None,
            marker: Some((Marker::Circle, GREY, true)),
            text: "not resolved".into(),
        });
    }
    entries
}

fn draw(panel: &Panel, svg: &mut Svg, corner: [f64; 2], cell: f64) {
    let epsilons: Vec<f64> = panel.series.iter().flat_map(|s| s.rows.iter().map(|r| r.epsilon)).collect();
    let guide = guide(panel, &epsilons);
    let values =
        panel.series.iter().flat_map(|s| s.rows.iter().map(|r| r.value)).chain(guide.iter().map(|p| p[1]));
    let x = Axis::ladder(&epsilons, "ε");
    let y = Axis::fit(values, true, words::quantity(panel.quantity));
    let left = tick_room(&y) + 15.0;
    let frame = Frame { corner: [corner[0] + left, corner[1]], size: [cell - left - 3.0, PLOT_HEIGHT], x, y };
    frame.draw(svg, true);
    frame.title(svg, panel.trial);
    svg.begin_clip(frame.corner, frame.size);
    let points: Vec<[f64; 2]> = guide.iter().map(|p| frame.at(p[0], p[1])).collect();
    if points.len() > 1 {
        svg.path(&points, Stroke::dashed(GREY, 0.8));
    }
    for (k, series) in panel.series.iter().enumerate() {
        draw_series(series, k, &frame, svg);
    }
    svg.end_clip();
    legend::draw(
        svg,
        [frame.corner[0] - left + 8.0, corner[1] + PLOT_HEIGHT + 24.0],
        cell - 8.0,
        &entries(panel),
    );
}

fn draw_series(series: &Series, k: usize, frame: &Frame, svg: &mut Svg) {
    let colour = PALETTE[k % PALETTE.len()];
    let resolved: Vec<&&Row> = series.rows.iter().filter(|r| r.resolved).collect();
    let order = series.rate.order.filter(|order| order.is_finite());
    if let (Some(order), Some(first), Some(last)) = (order, resolved.first(), resolved.last()) {
        // The fitted line passes through the mean of the points that entered the fit.
        let mean = resolved.iter().map(|r| (r.value / r.epsilon.powf(order)).ln()).sum::<f64>()
            / resolved.len() as f64;
        let line = |eps: f64| frame.at(eps, mean.exp() * eps.powf(order));
        svg.path(&[line(first.epsilon), line(last.epsilon)], Stroke::solid(colour, 0.8));
    }
    if let (Some(constant), Some(first), Some(last)) =
        (series.constant, series.rows.first(), series.rows.last())
    {
        let line = |eps: f64| frame.at(eps, constant * eps * eps);
        svg.path(&[line(first.epsilon), line(last.epsilon)], ASYMPTOTE);
    }
    for row in &series.rows {
        frame.error_bar(svg, [row.epsilon, row.value, row.error], colour);
        Marker::of(k).draw(svg, frame.at(row.epsilon, row.value), colour, !row.resolved);
    }
}

/// The claimed slope, drawn above the largest value at the coarsest ε.
fn guide(panel: &Panel, epsilons: &[f64]) -> Vec<[f64; 2]> {
    let (low, high) = epsilons.iter().fold((f64::INFINITY, 0.0_f64), |(l, h), &e| (l.min(e), h.max(e)));
    let rows = panel.series.iter().flat_map(|s| s.rows.iter());
    let top = rows.filter(|r| r.epsilon == high).map(|r| r.value).fold(0.0, f64::max);
    match panel.claimed {
        Some(slope) if top > 0.0 => [low, high].map(|e| [e, 1.6 * top * (e / high).powf(slope)]).to_vec(),
        _ => Vec::new(),
    }
}
