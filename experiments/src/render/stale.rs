//! Two generated texts compared at three significant digits, so that another processor does not make a report stale.
//!
//! Words must be equal. Two numbers a, b agree if |a − b| is at most one unit in the third significant digit of the
//! larger, or one unit in the last place printed, or if both lie below 10⁻⁹. Exempt are numbers followed by
//! [`SECONDS`], lines that end in [`VARIES`] or `% varies`, and the JSON lines of the provenance.

use thiserror::Error;

/// Unit of wall-clock seconds, with a narrow no-break space before it: a number followed by it is not compared.
pub const SECONDS: &str = "\u{202f}s";

/// A Markdown line that ends in this mark is not compared.
pub const VARIES: &str = "<!-- varies -->";

/// The same mark in LaTeX.
pub const VARIES_LATEX: &str = "% varies";

/// Below this, numbers are noise: a null test that gives 3·10⁻¹⁵ here gives 5·10⁻¹⁵ elsewhere.
pub const NOISE: f64 = 1e-9;

/// Keys of JSON lines that name the machine and the moment, not the mathematics.
const PROVENANCE: [&str; 7] = ["version", "commit", "dirty", "compiler", "cpu", "threads", "seconds"];

/// The first place where two texts differ.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: `{committed}` was committed, `{fresh}` is what comes out now")]
pub struct Difference {
    /// Line of the committed text, from 1.
    pub line: usize,
    /// The token there.
    pub committed: String,
    /// The token that should stand there.
    pub fresh: String,
}

/// Whether `fresh` says the same as `committed` to three significant digits.
///
/// # Errors
/// The first [`Difference`].
pub fn same_to_three_digits(committed: &str, fresh: &str) -> Result<(), Difference> {
    let mut old = tokens(committed);
    let mut new = tokens(fresh);
    loop {
        match (old.next(), new.next()) {
            (None, None) => return Ok(()),
            (Some((_, a)), Some((_, b))) if agree(a, b) => {}
            (a, b) => {
                let end = ("", "end of text");
                let at = a.as_ref().map_or(committed.lines().count(), |a| a.0);
                return Err(Difference {
                    line: at,
                    committed: a.map_or(end.1, |a| a.1).into(),
                    fresh: b.map_or(end.1, |b| b.1).into(),
                });
            }
        }
    }
}

/// The tokens of a text with their line numbers, exempt lines left out.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !exempt(line));
    lines.flat_map(|(i, line)| split(line).into_iter().map(move |token| (i + 1, token)))
}

fn exempt(line: &str) -> bool {
    let line = line.trim();
    let key = line.strip_prefix('"').and_then(|l| l.split_once("\":")).map(|(key, _)| key);
    line.ends_with(VARIES) || line.ends_with(VARIES_LATEX) || key.is_some_and(|k| PROVENANCE.contains(&k))
}

/// Numbers (`-1.5e-3`), words with digits inside (`G16`), single other characters. Spaces and rules are layout.
fn split(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let taken = match number(rest) {
            Some(n) if rest[n..].starts_with(SECONDS) => {
                rest = &rest[n + SECONDS.len()..];
                continue;
            }
            Some(n) => n,
            None => word(rest).unwrap_or(c.len_utf8()),
        };
        let token = &rest[..taken];
        let layout = token.trim().is_empty()
            || (token == "-" && rest.starts_with("--"))
            || (token == "-" && out.last() == Some(&"-"));
        if !layout && token != "─" {
            out.push(token);
        }
        rest = &rest[taken..];
    }
    out
}

/// Length of the word at the start: letters, then letters, digits and what joins them in names.
fn word(text: &str) -> Option<usize> {
    text.chars().next().filter(|c| c.is_alphabetic())?;
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    Some(text.find(|c| !joins(c)).unwrap_or(text.len()))
}

/// Length of the number at the start.
fn number(text: &str) -> Option<usize> {
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(text.starts_with(['-', '+']));
    let whole = digits(sign);
    if whole == 0 {
        return None;
    }
    let mut end = sign + whole;
    if text[end..].starts_with('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let exponent = end + 1 + usize::from(text[end + 1..].starts_with(['-', '+']));
        if digits(exponent) > 0 {
            end = exponent + digits(exponent);
        }
    }
    Some(end)
}

fn agree(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (Some(x), Some(y)) = (value(a), value(b)) else { return false };
    let whole = |t: &str| !t.contains(['.', 'e', 'E']);
    if x.abs() < NOISE && y.abs() < NOISE {
        return true;
    }
    if whole(a) && whole(b) {
        return false;
    }
    let third = 10f64.powf(x.abs().max(y.abs()).log10().floor() - 2.0);
    (x - y).abs() <= third.max(last_place(a)).max(last_place(b)) * (1.0 + 1e-6)
}

fn value(token: &str) -> Option<f64> {
    token.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+').then(|| token.parse().ok())?
}

/// One unit in the last place printed; 0 for a whole number, which is exact.
fn last_place(token: &str) -> f64 {
    let (mantissa, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let decimals = mantissa.split_once('.').map_or(0, |(_, d)| d.len());
    if decimals == 0 && !token.contains(['e', 'E']) {
        return 0.0;
    }
    10f64.powi(exponent.parse::<i32>().unwrap_or(0) - i32::try_from(decimals).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::same_to_three_digits as compare;

    #[test]
    fn numbers_may_differ_in_the_third_digit() {
        for (a, b) in [
            ("x = 0.12345", "x = 0.12399"),
            ("| 9.99e-3 |", "| 0.0100 |"),
            ("2.003 ± 0.012", "2.003 ± 0.013"),
            ("1.2e-14 and 0", "-3e-15 and 0"),
            ("-1.234", "-1.235"),
            ("|-----:|", "|--------:|"),
            ("| a   |", "| a |"),
            ("took 12.3\u{202f}s here", "took 99\u{202f}s here"),
            ("cpu A <!-- varies -->\nb", "cpu B <!-- varies -->\nb"),
            ("  \"seconds\": 1.5,", "  \"seconds\": 2.5,"),
        ] {
            assert_eq!(compare(a, b), Ok(()), "{a} against {b}");
        }
    }

    #[test]
    fn everything_else_must_be_equal() {
        for (a, b) in [
            ("x = 0.123", "x = 0.126"),
            ("consistent", "violated"),
            ("G16.T1", "G16.T2"),
            ("3 of 3", "2 of 3"),
            ("1.0", "-1.0"),
            ("1.5 a", "1.5"),
            ("1.00e-3", "1.00e-4"),
            ("1e-8", "3e-8"),
            ("", "a"),
            ("ε¹", "ε²"),
        ] {
            assert!(compare(a, b).is_err(), "{a} against {b}");
        }
    }

    #[test]
    fn says_where() {
        let difference = compare("a\nb 1.00\nc", "a\nb 2.00\nc").unwrap_err();
        assert_eq!(
            (difference.line, difference.committed.as_str(), difference.fresh.as_str()),
            (2, "1.00", "2.00")
        );
    }
}
