//! A small SVG writer. Lengths are points (1/72 inch), printed with two decimals: the same drawing gives the same bytes.

use base64::Engine as _;

use super::font::{self, Level};

/// Points on screen per point on paper, so that a figure is readable in a browser too.
const ZOOM: f64 = 1.6;

/// A pen.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// Colour, `#rrggbb`.
    pub colour: &'static str,
    /// Width.
    pub width: f64,
    /// Lengths of dashes and gaps; empty for a solid line.
    pub dash: &'static str,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dash: "" }
    }

    /// A dashed line.
    pub const fn dashed(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dash: "3 2" }
    }

    fn attributes(&self) -> String {
        let dash =
            if self.dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", self.dash) };
        format!("stroke=\"{}\" stroke-width=\"{}\"{dash}", self.colour, decimal(self.width))
    }
}

/// Which point of a text its position names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A drawing of fixed size.
#[derive(Clone, Debug)]
pub struct Svg {
    width: f64,
    height: f64,
    clips: usize,
    body: String,
}

impl Svg {
    /// An empty white drawing.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, clips: 0, body: String::new() }
    }

    /// A straight line.
    pub fn line(&mut self, from: [f64; 2], to: [f64; 2], stroke: Stroke) {
        self.path(&[from, to], stroke);
    }

    /// An open polygon.
    pub fn path(&mut self, points: &[[f64; 2]], stroke: Stroke) {
        let steps: Vec<String> =
            points.iter().map(|p| format!("{} {}", decimal(p[0]), decimal(p[1]))).collect();
        self.push(&format!("<path d=\"M{}\" fill=\"none\" {}/>", steps.join("L"), stroke.attributes()));
    }

    /// A closed polygon.
    pub fn polygon(&mut self, points: &[[f64; 2]], fill: &str, stroke: Stroke) {
        let steps: Vec<String> =
            points.iter().map(|p| format!("{} {}", decimal(p[0]), decimal(p[1]))).collect();
        self.push(&format!("<path d=\"M{}Z\" fill=\"{fill}\" {}/>", steps.join("L"), stroke.attributes()));
    }

    /// A circle.
    pub fn circle(&mut self, centre: [f64; 2], radius: f64, fill: &str, stroke: Stroke) {
        let [x, y] = centre.map(decimal);
        self.push(&format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{fill}\" {}/>",
            decimal(radius),
            stroke.attributes()
        ));
    }

    /// A rectangle with rounded corners.
    pub fn rect(&mut self, corner: [f64; 2], size: [f64; 2], radius: f64, fill: &str, stroke: Stroke) {
        let ([x, y], [w, h]) = (corner.map(decimal), size.map(decimal));
        self.push(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{}\" fill=\"{fill}\" {}/>",
            decimal(radius),
            stroke.attributes()
        ));
    }

    /// A line of text with its baseline at `at`.
    pub fn text(&mut self, at: [f64; 2], anchor: Anchor, size: f64, colour: &str, text: &str) {
        let [x, y] = at.map(decimal);
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let text = marked(text, size);
        self.push(&format!(
            "<text x=\"{x}\" y=\"{y}\"{anchor} font-size=\"{}\" fill=\"{colour}\">{text}</text>",
            decimal(size)
        ));
    }

    /// A line of text that reads upwards, its middle at `at`.
    pub fn upright(&mut self, at: [f64; 2], size: f64, colour: &str, text: &str) {
        let [x, y] = at.map(decimal);
        self.push(&format!(
            "<text transform=\"translate({x} {y}) rotate(-90)\" text-anchor=\"middle\" font-size=\"{}\" fill=\"{colour}\">{}</text>",
            decimal(size),
            marked(text, size)
        ));
    }

    /// A PNG image stretched over a rectangle, its pixels sharp.
    pub fn image(&mut self, corner: [f64; 2], size: [f64; 2], png: &[u8]) {
        let ([x, y], [w, h]) = (corner.map(decimal), size.map(decimal));
        let data = base64::engine::general_purpose::STANDARD.encode(png);
        self.push(&format!(
            "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" \
             style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{data}\"/>"
        ));
    }

    /// Begins a group that is cut off outside a rectangle; [`Svg::end_clip`] ends it.
    pub fn begin_clip(&mut self, corner: [f64; 2], size: [f64; 2]) {
        let ([x, y], [w, h]) = (corner.map(decimal), size.map(decimal));
        let id = self.clips;
        self.clips += 1;
        self.push(&format!(
            "<clipPath id=\"clip{id}\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/></clipPath><g clip-path=\"url(#clip{id})\">"
        ));
    }

    /// Ends the group begun last.
    pub fn end_clip(&mut self) {
        self.push("</g>");
    }

    /// The SVG source.
    pub fn finish(self) -> String {
        let (w, h) = (decimal(self.width), decimal(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {w} {h}\" \
             font-family=\"'{}', Verdana, sans-serif\" stroke-linejoin=\"round\">\n<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            decimal(ZOOM * self.width),
            decimal(ZOOM * self.height),
            font::FAMILY,
            self.body
        )
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

/// Two decimals, without trailing zeros; never −0.
fn decimal(x: f64) -> String {
    let text = format!("{x:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// Escaped text with its sub- and superscripts as small shifted spans.
fn marked(text: &str, size: f64) -> String {
    let mut stands = 0.0;
    let mut out = String::new();
    for (level, run) in font::runs(text) {
        let (lowered, scale) = match level {
            Level::Base => (0.0, 1.0),
            Level::Sub => (0.22 * size, font::SCRIPT),
            Level::Super => (-0.36 * size, font::SCRIPT),
        };
        let small =
            if scale == 1.0 { String::new() } else { format!(" font-size=\"{}\"", decimal(scale * size)) };
        let run = escaped(&run);
        if lowered == stands {
            out.push_str(&run);
        } else {
            out.push_str(&format!("<tspan dy=\"{}\"{small}>{run}</tspan>", decimal(lowered - stands)));
        }
        stands = lowered;
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_leave_the_line_and_return_to_it() {
        assert_eq!(marked("a < b", 10.0), "a &lt; b");
        let set = marked("‖W_t‖_{L¹}/N", 10.0);
        let t = "<tspan dy=\"2.2\" font-size=\"7.2\">t</tspan><tspan dy=\"-2.2\">‖</tspan>";
        let l1 = "<tspan dy=\"2.2\" font-size=\"7.2\">L¹</tspan><tspan dy=\"-2.2\">/N</tspan>";
        assert_eq!(set, format!("‖W{t}{l1}"));
    }

    #[test]
    fn numbers_have_at_most_two_decimals() {
        assert_eq!([1.0, -0.001, 12.345_6, 1.5].map(decimal), ["1", "0", "12.35", "1.5"]);
    }

    #[test]
    fn text_is_escaped() {
        let mut svg = Svg::new(10.0, 10.0);
        svg.text([0.0, 0.0], Anchor::Start, 7.0, "#000000", "a < b & c");
        assert!(svg.finish().contains("a &lt; b &amp; c"));
    }
}
