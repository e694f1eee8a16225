//! Formulas in doc comments have the form that Markdown leaves alone: a code span `` `$…$` ``, or a fence ```` ```math ````.

use super::tree::Source;

/// Doc lines with a `$` outside a code span, or inside a fence of language `math`.
pub fn bare_formulas(sources: &[Source]) -> Vec<String> {
    sources.iter().filter(|s| s.is_rust()).flat_map(bare_in).collect()
}

fn bare_in(source: &Source) -> Vec<String> {
    let mut broken = Vec::new();
    // The language of the fence around the line; the length of the run of backticks that opened the span around it, or 0.
    let (mut fence, mut span) = (None, 0);
    for (number, line) in source.lines() {
        let Some(doc) = doc_text(line) else {
            (fence, span) = (None, 0);
            continue;
        };
        if let Some(language) = doc.strip_prefix("```").filter(|rest| !rest.contains('`')) {
            fence = if fence.is_some() { None } else { Some(language) };
        } else if match fence {
            None => bare(doc, &mut span),
            Some(language) => language == "math" && doc.contains('$'),
        } {
            broken.push(source.at(
                number,
                "write a formula as `$…$` in backticks or in a fence of language math, without $",
            ));
        }
        if doc.is_empty() || fence.is_some() {
            span = 0;
        }
    }
    broken
}

/// The text of a doc line.
fn doc_text(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("//!")
        .or_else(|| line.strip_prefix("///").filter(|rest| !rest.starts_with('/')))
        .map(str::trim)
}

/// Whether a `$` stands outside the code spans of the line; a span may begin before it and end after it.
fn bare(doc: &str, span: &mut usize) -> bool {
    let mut bare = false;
    let mut rest = doc;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches('`').len();
        match *span {
            0 if run > 0 => *span = run,
            open if run == open && run > 0 => *span = 0,
            0 => bare |= c == '$',
            _ => {}
        }
        rest = &rest[run.max(c.len_utf8())..];
    }
    bare
}

#[test]
fn a_bare_formula_is_seen_and_the_safe_forms_are_not() {
    let lines = |text: &str| {
        let broken = bare_in(&Source::new("a.rs", text));
        broken.iter().map(|b| b.split(':').nth(1).unwrap().parse().unwrap()).collect::<Vec<usize>>()
    };
    assert_eq!(lines("//! $a$\n/// $$b$$\n// $c$\nfn d() { \"$\" }\n"), [1, 2]);
    assert_eq!(lines("//! `$a$` and `` `$b$` ``, then $c$\n//! `$a$` | `x`\n"), [1]);
    assert_eq!(lines("//! a span `$a +\n//! b$` over two lines\n//! $c$\n"), [3]);
    assert_eq!(lines("//! an open ` span\n//!\n//! ends with its paragraph: $c$\n"), [3]);
    assert_eq!(
        lines("//! ```math\n//! a\n//! $b$\n//! ```\n//! ```text\n//! $c\n//! ```\n//! $d$\n"),
        [3, 8]
    );
}
