//! Unicode mathematics → MathML, by way of LaTeX, for texts that mix it with prose.

use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

use crate::render::RenderError;
use crate::render::latex::{Part, formula, parts};

/// Relations before which a line may break.
const RELATIONS: [&str; 10] = ["≤", "≥", "=", "≲", "<", ">", "~", "→", "≈", "∈"];

/// A text with its mathematics in MathML; prose is escaped.
///
/// # Errors
/// [`RenderError::Formula`] for a formula that no LaTeX parser reads.
pub fn text(unicode: &str) -> Result<String, RenderError> {
    let mut out: Vec<String> = Vec::new();
    for part in parts(unicode) {
        match part {
            Part::Prose(words) => out.push(escaped(&words)),
            Part::Mathematics(run) => {
                for line in breakable(&run) {
                    let (latex, tail) = formula(&line);
                    out.push(format!("{}{}", mathml(&latex, &line)?, escaped(tail)));
                }
            }
        }
    }
    Ok(out.join(" "))
}

/// Parts of a formula between which a line may break: after what closes a clause, and before a relation; never inside brackets.
fn breakable(run: &str) -> Vec<String> {
    let (mut lines, mut depth): (Vec<String>, i32) = (Vec::new(), 0);
    let mut closed = false;
    for word in run.split(' ') {
        let related = RELATIONS.contains(&word);
        match lines.last_mut() {
            Some(line) if depth > 0 || !(related || closed) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        for c in word.chars() {
            depth += i32::from(matches!(c, '(' | '[' | '{')) - i32::from(matches!(c, ')' | ']' | '}'));
        }
        closed = word.ends_with([',', ';', ':']);
    }
    lines
}

/// One formula in MathML; an error names its `source`.
fn mathml(latex: &str, source: &str) -> Result<String, RenderError> {
    let refused =
        |reason: String| RenderError::Formula { formula: source.to_owned(), latex: latex.to_owned(), reason };
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(latex, &storage) {
        events.push(Ok::<_, std::fmt::Error>(event.map_err(|error| refused(error.to_string()))?));
    }
    let mut out = String::new();
    push_mathml(&mut out, events.into_iter(), RenderConfig::default())
        .map_err(|error| refused(error.to_string()))?;
    Ok(out)
}

/// Text that HTML leaves alone.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
