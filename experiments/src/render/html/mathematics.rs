//! Unicode mathematics → MathML, by way of LaTeX, for texts that mix it with prose.

use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

use crate::render::RenderError;
use crate::render::latex::{Part, formula, parts};

/// Letters side by side that are a product, a differential or an operator, and no word.
const LETTERS: [(&str, &str); 15] = [
    ("CN", "C N"),
    ("Ct", "C t"),
    ("ip", "i p"),
    ("yv", "y v"),
    ("pr", "p r"),
    ("pM", "p M"),
    ("rM", "r M"),
    ("dp", "\\,d p"),
    ("dr", "\\,d r"),
    ("ds", "\\,d s"),
    ("dt", "\\,d t"),
    ("dv", "\\,d v"),
    ("dx", "\\,d x"),
    ("dy", "\\,d y"),
    ("tr", "\\operatorname{tr}"),
];

/// A formula shorter than this is not broken before a relation.
const SHORT: usize = 14;

/// The thin space before an operator.
const SPACE: &str = "<mspace width=\"0.1667em\" />";

/// Relations before which a line may break.
const RELATIONS: [&str; 10] = ["≤", "≥", "=", "≲", "<", ">", "~", "→", "≈", "∈"];

/// A text with its mathematics in MathML; prose is escaped.
///
/// # Errors
/// [`RenderError::Formula`] for a formula that no LaTeX parser reads.
pub fn text(unicode: &str) -> Result<String, RenderError> {
    let mut out: Vec<String> = Vec::new();
    for part in joined(parts(unicode)) {
        match part {
            Part::Prose(words) => out.push(escaped(&words)),
            Part::Mathematics(run) => {
                for line in breakable(&run) {
                    // the adjoint; a convolution has its own sign
                    let line = line.replace('*', "^{∗}");
                    let (latex, tail) = formula(&line);
                    let formula = mathml(&latex, &line)?;
                    out.push(match tail {
                        "" => formula,
                        _ => format!("<span class=\"clause\">{formula}{}</span>", escaped(tail)),
                    });
                }
            }
        }
    }
    Ok(out.join(" "))
}

/// The same parts, with words beside mathematics that only a table in LaTeX may leave outside it: `1/2;`, `tr`, `m(m+1)`.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for part in parts {
        match (out.last_mut(), part) {
            (Some(Part::Mathematics(run)), Part::Prose(prose)) => {
                let mut words: Vec<&str> = prose.split(' ').collect();
                while let Some(word) = words.first().filter(|word| continues(run, word)) {
                    run.push(' ');
                    run.push_str(word);
                    words.remove(0);
                }
                if !words.is_empty() {
                    out.push(Part::Prose(words.join(" ")));
                }
            }
            (Some(Part::Prose(prose)), Part::Mathematics(run)) => {
                let before = prose.rsplit(' ').next().filter(|word| leads(word)).map(str::to_owned);
                let Some(word) = before else {
                    out.push(Part::Mathematics(run));
                    continue;
                };
                prose.truncate(prose.len() - word.len());
                prose.truncate(prose.trim_end().len());
                if prose.is_empty() {
                    out.pop();
                }
                out.push(Part::Mathematics(format!("{word} {run}")));
            }
            (_, part) => out.push(part),
        }
    }
    // a formula that took in all the prose between it and the next goes on in it
    out.into_iter().fold(Vec::new(), |mut out, part| {
        match (out.last_mut(), part) {
            (Some(Part::Mathematics(run)), Part::Mathematics(more)) => *run = format!("{run} {more}"),
            (_, part) => out.push(part),
        }
        out
    })
}

/// Whether a word of prose is an operator that stands before its argument: `tr`, `sup_z`.
fn leads(word: &str) -> bool {
    matches!(word, "tr" | "sup") || word.starts_with("sup_")
}

/// Whether a word of prose goes on with the formula before it: digits, brackets and single letters alone after a relation or an
/// integral, or a differential.
fn continues(run: &str, word: &str) -> bool {
    let goes_on = |last: &str| RELATIONS.contains(&last) || last == "+" || last.contains('∫');
    let open = run.split(' ').next_back().is_some_and(goes_on);
    let letters = word.split(|c: char| !c.is_ascii_alphabetic()).all(|letters| letters.len() < 2);
    let plain = |c: char| c.is_ascii_alphanumeric() || "()+-/.,;^{}".contains(c);
    // h.o.t. is prose
    let letters = letters && !(word.contains('.') && word.contains(|c: char| c.is_ascii_alphabetic()));
    let bare = word.trim_end_matches([',', ';']);
    let differential = bare.len() == 2 && LETTERS.iter().any(|(d, to)| *d == bare && to.starts_with("\\,"));
    differential || open && letters && !word.is_empty() && word.chars().all(plain)
}

/// Parts of a formula between which a line may break: after what closes a clause, and before a relation; never inside brackets.
fn breakable(run: &str) -> Vec<String> {
    let (mut lines, mut depth): (Vec<String>, i32) = (Vec::new(), 0);
    let mut closed = false;
    for word in run.split(' ') {
        let related = RELATIONS.contains(&word);
        match lines.last_mut() {
            Some(line) if depth > 0 || !(closed || related && line.chars().count() >= SHORT) => {
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
    let latex = LETTERS.iter().fold(latex.to_owned(), |latex, (letters, product)| {
        let word = format!("\\mathrm{{{letters}}}");
        // a script takes them all
        let latex = latex.replace(&format!("_{word}"), &format!("_{{{product}}}"));
        latex.replace(&format!("^{word}"), &format!("^{{{product}}}")).replace(&word, product)
    });
    // a word is one, for a reader who hears the page
    let latex = latex.replace("\\mathrm{", "\\text{");
    let refused =
        |reason: String| RenderError::Formula { formula: source.to_owned(), latex: latex.clone(), reason };
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(&latex, &storage) {
        events.push(Ok::<_, std::fmt::Error>(event.map_err(|error| refused(error.to_string()))?));
    }
    let mut out = String::new();
    push_mathml(&mut out, events.into_iter(), RenderConfig::default())
        .map_err(|error| refused(error.to_string()))?;
    // pulldown-latex puts the space before an operator into its script, which then has a part too many
    for script in ["msub", "msup", "msubsup", "munder", "munderover"] {
        out = out.replace(&format!("<{script}>{SPACE}"), &format!("{SPACE}<{script}>"));
    }
    Ok(out)
}

/// Text that HTML leaves alone.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn mathematics_is_mathml_and_prose_is_escaped() {
        let html = text("as a<b & ‖ω̃‖_HS ≤ C√N ε, or").unwrap();
        assert!(html.starts_with("as a&lt;b &amp; <span class=\"clause\"><math"), "{html}");
        assert!(html.ends_with("</math>,</span> or"), "{html}");
        for part in ["<mi>ω</mi>", "<msqrt>", "≤"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_formula_takes_in_what_belongs_to_it() {
        for (from, formulas) in [
            ("0 < α < 1/2", 1),
            ("Wigner∘Weyl = 1; tr ω = N∬W; so", 2),
            ("α = 1 is a wall, ω", 2),
            ("ε^{α/2} + h.o.t., V = ε", 2),
            ("E = Z² + o(Z^{5/3}), by", 1),
            ("≤ ∫₀ᵗ b(s) exp(∫ₛᵗK)ds with sup_z tr|ω| dy dr, or", 2),
        ] {
            let html = text(from).unwrap();
            assert_eq!(html.matches("<math").count(), formulas, "{html}");
        }
        assert!(text("U*ωU").unwrap().contains("<msup>"));
        assert!(text("tr ω, is").unwrap().ends_with("</math>,</span> is"));
    }

    #[test]
    fn a_script_has_no_space_in_it() {
        let html = text("≤ ‖ρ‖_{L¹} sup_z tr|ω|").unwrap();
        assert!(html.contains("<msub><mi>sup</mi><mi>z</mi></msub>"), "{html}");
        let html = text("∬M|f_pr⟩").unwrap();
        assert!(html.contains("<msub><mi>f</mi><mrow><mi>p</mi><mi>r</mi></mrow></msub>"), "{html}");
    }

    #[test]
    fn products_are_no_words() {
        let html = text("tr|ω| ≤ CNε ∫|V̂(p)|dp").unwrap();
        assert!(!html.contains("CN") && !html.contains("dp") && html.contains("tr"), "{html}");
    }

    #[test]
    fn lines_break_before_a_relation_and_never_in_brackets() {
        let lines = breakable("tr|[x,ω̃_t]| + tr|ω| ≤ C exp(a = b c) [1 + 2] , t = 0");
        assert_eq!(lines, ["tr|[x,ω̃_t]| + tr|ω|", "≤ C exp(a = b c) [1 + 2] ,", "t = 0"]);
        assert_eq!(breakable("0 < α < 1"), ["0 < α < 1"]);
    }

    #[test]
    fn an_unreadable_formula_is_an_error_that_names_it() {
        let error = mathml("\\frac{1", "1/…").unwrap_err().to_string();
        assert!(error.contains("1/…"), "{error}");
    }
}
