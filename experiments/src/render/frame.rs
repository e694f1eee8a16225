//! A frame: a rectangle with two axes, and what is drawn inside it.

use super::axis::Axis;
use super::colour::{GREY, INK};
use super::font;
use super::svg::{Anchor, Stroke, Svg};

/// Room of a title beyond its panel.
const BESIDE: f64 = 12.0;

/// Width of a figure over both columns of a journal, in points (178 mm).
pub const PAGE: f64 = 504.0;
/// Font size of titles and axis labels.
pub const LABEL: f64 = 8.0;
/// Font size of ticks and legends.
pub const SMALL: f64 = 7.0;

/// Shapes of markers, so that colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
}

impl Marker {
    /// The marker of the k-th series.
    pub fn of(k: usize) -> Self {
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond][k % 4]
    }

    /// Draws the marker, hollow where the point is not resolved.
    pub fn draw(self, svg: &mut Svg, at: [f64; 2], colour: &'static str, hollow: bool) {
        let (fill, pen) = (if hollow { "#ffffff" } else { colour }, Stroke::solid(colour, 0.8));
        let [x, y] = at;
        match self {
            Self::Circle => svg.circle(at, 1.9, fill, pen),
            Self::Square => svg.rect([x - 1.7, y - 1.7], [3.4, 3.4], 0.0, fill, pen),
            Self::Triangle => svg.polygon(&[[x, y - 2.3], [x + 2.1, y + 1.5], [x - 2.1, y + 1.5]], fill, pen),
            Self::Diamond => {
                svg.polygon(&[[x, y - 2.5], [x + 2.5, y], [x, y + 2.5], [x - 2.5, y]], fill, pen)
            }
        }
    }
}

/// A rectangle on the paper with its axes.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Upper left corner.
    pub corner: [f64; 2],
    /// Width and height.
    pub size: [f64; 2],
    /// Abscissa.
    pub x: Axis,
    /// Ordinate.
    pub y: Axis,
}

impl Frame {
    /// The point of the paper that shows (x, y).
    pub fn at(&self, x: f64, y: f64) -> [f64; 2] {
        [
            self.corner[0] + self.size[0] * self.x.fraction(x).clamp(-2.0, 3.0),
            self.corner[1] + self.size[1] * (1.0 - self.y.fraction(y).clamp(-2.0, 3.0)),
        ]
    }

    /// Draws the rectangle, ticks, tick labels and axis labels; `names` says whether the ordinate is labelled.
    pub fn draw(&self, svg: &mut Svg, names: bool) {
        let ([x0, y0], [w, h]) = (self.corner, self.size);
        let pen = Stroke::solid(INK, 0.6);
        svg.rect(self.corner, self.size, 0.0, "none", pen);
        for (length, values) in [(3.0, tick_values(&self.x)), (1.6, self.x.minor.clone())] {
            for px in values.iter().map(|&v| x0 + w * self.x.fraction(v)) {
                svg.line([px, y0 + h], [px, y0 + h - length], pen);
            }
        }
        for (length, values) in [(3.0, tick_values(&self.y)), (1.6, self.y.minor.clone())] {
            for py in values.iter().map(|&v| y0 + h * (1.0 - self.y.fraction(v))) {
                svg.line([x0, py], [x0 + length, py], pen);
            }
        }
        for (value, name) in &self.x.ticks {
            svg.text([x0 + w * self.x.fraction(*value), y0 + h + 9.0], Anchor::Middle, SMALL, INK, name);
        }
        svg.text(
            [x0 + 0.5 * w, y0 + h + 19.5],
            Anchor::Middle,
            font::fitted(&self.x.label, LABEL, w),
            INK,
            &self.x.label,
        );
        if names {
            for (value, name) in &self.y.ticks {
                svg.text(
                    [x0 - 3.0, y0 + h * (1.0 - self.y.fraction(*value)) + 2.5],
                    Anchor::End,
                    SMALL,
                    INK,
                    name,
                );
            }
            svg.upright(
                [x0 - tick_room(&self.y) - 6.0, y0 + 0.5 * h],
                font::fitted(&self.y.label, LABEL, h + 16.0),
                INK,
                &self.y.label,
            );
        }
    }

    /// A title centred above, smaller where it would reach the next panel.
    pub fn title(&self, svg: &mut Svg, title: &str) {
        svg.text(
            [self.corner[0] + 0.5 * self.size[0], self.corner[1] - 4.0],
            Anchor::Middle,
            font::fitted(title, SMALL, self.size[0] + BESIDE),
            GREY,
            title,
        );
    }

    /// The bar from y − error to y + error with its caps; none where the error is no number.
    pub fn error_bar(&self, svg: &mut Svg, point: [f64; 3], colour: &'static str) {
        let [x, y, error] = point;
        if !error.is_finite() {
            return;
        }
        let (top, bottom) = (self.at(x, y + error), self.at(x, y - error));
        // A bar shorter than its marker would only blot it.
        if bottom[1] - top[1] < 2.0 {
            return;
        }
        let pen = Stroke::solid(colour, 0.7);
        svg.line(top, bottom, pen);
        for end in [top, bottom] {
            svg.line([end[0] - 1.6, end[1]], [end[0] + 1.6, end[1]], pen);
        }
    }
}

/// Room that the tick labels of an ordinate take to its left.
pub fn tick_room(axis: &Axis) -> f64 {
    axis.ticks.iter().map(|(_, name)| font::width(name, SMALL)).fold(0.0, f64::max) + 3.0
}

fn tick_values(axis: &Axis) -> Vec<f64> {
    axis.ticks.iter().map(|t| t.0).collect()
}
