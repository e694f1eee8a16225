//! The triangle many-body → Hartree → Vlasov: every edge with its claims, claimed and measured orders.

use super::colour::{GREY, INK, PALETTE};
use super::font;
use super::frame::{LABEL, SMALL};
use super::number::{claimed_order, order};
use super::svg::{Anchor, Stroke, Svg};
use super::{Stored, words};
use crate::record::{ClaimRecord, Verdict};

const WIDTH: f64 = 504.0;
const LINE: f64 = 10.5;
const WIDEST: f64 = 120.0;
/// The box of Hartree says what it leaves out.
const HARTREE: f64 = 168.0;
const BOX_HEIGHT: f64 = 30.0;
const APEX: [f64; 2] = [252.0, 26.0];

/// An edge: the ids of claims that belong to it begin so.
struct Edge {
    ids: &'static [&'static str],
    role: &'static str,
}

const MEAN_FIELD: Edge = Edge { ids: &["S.6", "O.3"], role: "mean field, N → ∞ at fixed ε" };
const SEMICLASSICAL: Edge =
    Edge { ids: &["G16.T", "L19.T", "S.5", "O.1", "O.2"], role: "semiclassical, εᵈ = 1/N → 0" };
const DIRECT: Edge = Edge { ids: &["D."], role: "both at once, εᵈ = 1/N" };

/// The triangle of all stored claims.
pub fn triangle(stored: &[Stored]) -> String {
    let claims: Vec<&ClaimRecord> = stored.iter().flat_map(|s| s.document.claims.iter()).collect();
    let below = lines(&SEMICLASSICAL, &claims);
    let base = 152.0;
    let (left, right) = ([86.0, base], [WIDTH - 86.0, base]);
    let height = base + 26.0 + LINE * (below.len() as f64 + 1.0) + 6.0;
    let mut svg = Svg::new(WIDTH, height);
    arrow(&mut svg, APEX, left, &MEAN_FIELD, &claims);
    arrow(&mut svg, APEX, right, &DIRECT, &claims);
    arrow(&mut svg, left, right, &SEMICLASSICAL, &claims);
    node(&mut svg, APEX, WIDEST, "many-body", "iε ∂ₜΨ = HΨ");
    node(&mut svg, left, HARTREE, "Hartree, iε ∂ₜω = [h, ω]", "no exchange; Hartree–Fock beside it: S.5");
    node(&mut svg, right, WIDEST, "Vlasov", "∂ₜW + 2v·∇ₓW = ∇U·∇ᵥW");
    label(&mut svg, [0.5 * (APEX[0] + left[0]) - 14.0, 76.0], Anchor::End, &lines(&MEAN_FIELD, &claims));
    label(&mut svg, [0.5 * (APEX[0] + right[0]) + 14.0, 76.0], Anchor::Start, &lines(&DIRECT, &claims));
    label(&mut svg, [0.5 * WIDTH, base + 26.0], Anchor::Middle, &below);
    svg.finish()
}

/// The lines beside an edge: its role, then a line a claim, or that it was not measured.
fn lines(edge: &Edge, claims: &[&ClaimRecord]) -> Vec<String> {
    let mut out = vec![edge.role.to_string()];
    out.extend(on_edge(edge, claims).map(|c| {
        let claimed = c.claimed.map_or(String::new(), |s| format!("claimed {}, ", claimed_order(s)));
        let measured = match c.order {
            Some(_) => format!("measured {}", order(c.order, c.ci_low, c.ci_high)),
            None => "no order".into(),
        };
        format!(
            "{}: {claimed}{measured} ({}, {})",
            c.id,
            words::setting(c.setting),
            words::verdict(c.verdict)
        )
    }));
    if out.len() == 1 && edge.ids == DIRECT.ids {
        // No claim speaks of the third side itself: it is the sum of the other two.
        out.push("not measured here".into());
    } else if out.len() == 1 {
        out.push(format!("not measured here ({})", edge.ids.join(", ")));
    }
    out
}

fn node(svg: &mut Svg, centre: [f64; 2], width: f64, name: &str, below: &str) {
    let corner = [centre[0] - 0.5 * width, centre[1] - 0.5 * BOX_HEIGHT];
    svg.rect(corner, [width, BOX_HEIGHT], 3.0, "#ffffff", Stroke::solid(INK, 0.8));
    svg.text([centre[0], centre[1] - 2.5], Anchor::Middle, LABEL + 1.0, INK, name);
    svg.text(
        [centre[0], centre[1] + 9.0],
        Anchor::Middle,
        font::fitted(below, SMALL, width - 6.0),
        GREY,
        below,
    );
}

/// A text block above or below an edge; its first line, the role, in grey.
fn label(svg: &mut Svg, at: [f64; 2], anchor: Anchor, lines: &[String]) {
    for (i, line) in lines.iter().enumerate() {
        let colour = if i == 0 { GREY } else { INK };
        svg.text([at[0], at[1] + i as f64 * LINE], anchor, SMALL, colour, line);
    }
}

/// An arrow from box to box: solid where every claim on it is consistent, dashed grey where none was measured.
fn arrow(svg: &mut Svg, from: [f64; 2], to: [f64; 2], edge: &Edge, claims: &[&ClaimRecord]) {
    let verdicts: Vec<Verdict> = on_edge(edge, claims).map(|c| c.verdict).collect();
    let stroke = if verdicts.is_empty() {
        Stroke::dashed(GREY, 0.9)
    } else if verdicts.contains(&Verdict::Violated) {
        Stroke::solid(PALETTE[1], 1.2)
    } else if verdicts.contains(&Verdict::Unresolved) {
        Stroke::solid(PALETTE[4], 1.2)
    } else {
        Stroke::solid(PALETTE[0], 1.2)
    };
    // From one box to the other along the line of their centres; the boxes are drawn over the ends.
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = dx.hypot(dy);
    let half = if dy == 0.0 { 0.5 * WIDEST } else { 0.5 * BOX_HEIGHT * length / dy.abs() };
    let tip = [to[0] - dx / length * (half + 2.0), to[1] - dy / length * (half + 2.0)];
    svg.line(from, [tip[0] - 4.0 * dx / length, tip[1] - 4.0 * dy / length], stroke);
    let (ux, uy) = (6.0 * dx / length, 6.0 * dy / length);
    let barb = |side: f64| [tip[0] - ux - side * 0.4 * uy, tip[1] - uy + side * 0.4 * ux];
    svg.polygon(&[tip, barb(1.0), barb(-1.0)], stroke.colour, Stroke::solid(stroke.colour, 0.3));
}

fn on_edge<'a>(edge: &Edge, claims: &[&'a ClaimRecord]) -> impl Iterator<Item = &'a ClaimRecord> {
    claims.iter().copied().filter(|c| edge.ids.iter().any(|id| c.id.starts_with(id)))
}
