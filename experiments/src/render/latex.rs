//! Unicode mathematics → LaTeX: `‖ω̃‖ ≤ C ε²` becomes `$\|\tilde{\omega}\| \le C \varepsilon^{2}$`.
//!
//! A text is split at its spaces. A word that holds mathematics is typeset as mathematics, neighbouring
//! mathematical words share one pair of dollars, every other word is escaped.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Prose(String),
    /// Mathematics, in Unicode.
    Mathematics(String),
}

/// A text with mathematics as LaTeX source.
pub fn text(unicode: &str) -> String {
    let parts = parts(unicode).into_iter().map(|part| match part {
        Part::Prose(words) => escaped(&words),
        Part::Mathematics(run) => {
            let (formula, tail) = formula(&run);
            format!("${formula}${tail}")
        }
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// Prose and mathematics in turn; a space stands between two parts.
pub fn parts(unicode: &str) -> Vec<Part> {
    let words: Vec<&str> = unicode.split(' ').collect();
    let sure: Vec<bool> = words.iter().map(|w| is_mathematics(w)).collect();
    let near = |i: usize| (i > 0 && sure[i - 1]) || sure.get(i + 1) == Some(&true);
    let chosen: Vec<bool> =
        (0..words.len()).map(|i| sure[i] || (may_be_mathematics(words[i]) && near(i))).collect();
    let mut parts = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let end = (start..words.len()).find(|&i| chosen[i] != chosen[start]).unwrap_or(words.len());
        let run = words[start..end].join(" ");
        parts.push(if chosen[start] { Part::Mathematics(run) } else { Part::Prose(run) });
        start = end;
    }
    parts
}

/// Words that are mathematics wherever they stand.
fn is_mathematics(word: &str) -> bool {
    let symbol = |c: char| macro_of(c).is_some() || script(c).is_some() || accent(c).is_some();
    let bytes = word.as_bytes();
    let index = bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && matches!(bytes[1], b'_' | b'^');
    let negative = word.starts_with('-') && word.parse::<f64>().is_ok();
    let scientific = word.contains('e') && word.parse::<f64>().is_ok();
    let bars = word.contains('|') || word.starts_with("exp(");
    word.chars().any(symbol)
        || index
        || negative
        || scientific
        || bars
        || word == "="
        || word == "<"
        || word == ">"
}

/// Words that join mathematics beside them: a number, a single letter other than the article.
fn may_be_mathematics(word: &str) -> bool {
    let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic() && b != b'a' && b != b'A');
    letter || word.parse::<f64>().is_ok() || matches!(word, "+" | "/")
}

/// A run of mathematics as LaTeX, and the punctuation that closes it.
pub fn formula(run: &str) -> (String, &str) {
    let body = run.trim_end_matches([',', ';', ':']);
    let tail = &run[body.len()..];
    let balanced = body.matches('{').count() == body.matches('}').count();
    let chars: Vec<char> = body.chars().collect();
    let mut out = String::new();
    let mut i = 0;
    while i < chars.len() {
        i += piece(&chars[i..], balanced, &mut out);
    }
    while out.contains("  ") {
        out = out.replace("  ", " ");
    }
    let out = out.replace(" ^", "^").replace(" _", "_").replace(" -", "-").replace(" /", "/");
    (out.trim_end().to_owned(), tail)
}

/// Writes the first piece of mathematics and returns how many characters it took.
fn piece(chars: &[char], balanced: bool, out: &mut String) -> usize {
    let c = chars[0];
    if let Some(command) = chars.get(1).and_then(|&next| accent(next)) {
        out.push_str(&format!("\\{command}{{{}}}", plain(c).trim_end()));
        return 2;
    }
    if let ('√', Some(&under)) = (c, chars.get(1)) {
        out.push_str(&format!("\\sqrt{{{}}}", plain(under).trim_end()));
        return 2;
    }
    if let Some((kind, _)) = script(c) {
        let run: String =
            chars.iter().map_while(|&c| script(c).filter(|s| s.0 == kind)).map(|s| s.1).collect();
        let taken = chars.iter().take_while(|&&c| script(c).is_some_and(|s| s.0 == kind)).count();
        let body: String = run.chars().map(plain).collect();
        out.push_str(&format!("{kind}{{{}}}", body.trim_end()));
        return taken;
    }
    if let ('_' | '^', Some('('), Some(end)) = (c, chars.get(1), chars.iter().position(|&c| c == ')')) {
        // ε^(−d) reads as ε^{−d}.
        let body: String = chars[2..end].iter().map(|&c| plain(c)).collect();
        out.push_str(&format!("{c}{{{}}}", body.trim_end()));
        return end + 1;
    }
    if c.is_ascii_digit() {
        return number(chars, out);
    }
    if c.is_ascii_alphabetic() {
        let word: String = chars.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
        let accented = chars.get(word.len()).is_some_and(|&next| accent(next).is_some());
        let taken = word.len() - usize::from(accented);
        match taken {
            1 => out.push(c),
            _ => out.push_str(&match &word[..taken] {
                name @ ("exp" | "log" | "ln" | "sup" | "inf" | "max" | "min") => format!("\\{name} "),
                name => format!("\\mathrm{{{name}}}"),
            }),
        }
        return taken;
    }
    match c {
        '{' | '}' if !balanced => out.push_str(&format!("\\{c}")),
        '{' | '}' | '_' | '^' => out.push(c),
        _ => out.push_str(&plain(c)),
    }
    1
}

/// A number, `3.1e-2` as 3.1·10⁻².
fn number(chars: &[char], out: &mut String) -> usize {
    let mut taken = chars.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let mantissa: String = chars[..taken].iter().collect();
    let point = mantissa.ends_with('.');
    taken -= usize::from(point);
    out.push_str(mantissa.trim_end_matches('.'));
    if chars.get(taken) == Some(&'e') {
        let sign = usize::from(matches!(chars.get(taken + 1), Some('-' | '+')));
        let digits: String = chars[taken + 1 + sign..].iter().take_while(|c| c.is_ascii_digit()).collect();
        if !digits.is_empty() {
            let minus = if chars[taken + 1] == '-' { "-" } else { "" };
            out.push_str(&format!(" \\times 10^{{{minus}{digits}}}"));
            return taken + 1 + sign + digits.len();
        }
    }
    taken
}

/// One character inside mathematics.
fn plain(c: char) -> String {
    match macro_of(c) {
        Some(m) if m.ends_with(|l: char| l.is_ascii_alphabetic()) => format!("{m} "),
        Some(m) => m.into(),
        None if matches!(c, '%' | '&' | '#' | '$') => format!("\\{c}"),
        None if c == '\\' => "\\backslash ".into(),
        None if c == '~' => "\\sim ".into(),
        None => c.to_string(),
    }
}

/// A word of prose with the characters that LaTeX reserves escaped.
fn escaped(prose: &str) -> String {
    let mut out = String::new();
    for c in prose.chars() {
        match c {
            '%' | '&' | '#' | '$' | '_' | '{' | '}' => out.push_str(&format!("\\{c}")),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '—' => out.push_str("---"),
            '–' => out.push_str("--"),
            '…' => out.push_str("\\ldots{}"),
            '’' => out.push('\''),
            '\u{202f}' => out.push_str("\\,"),
            _ => out.push(c),
        }
    }
    out
}

/// Combining accents that follow their letter.
fn accent(c: char) -> Option<&'static str> {
    match c {
        '\u{303}' => Some("tilde"),
        '\u{302}' => Some("hat"),
        '\u{304}' => Some("bar"),
        '\u{307}' => Some("dot"),
        _ => None,
    }
}

/// Sub- and superscripts as (`_` or `^`, the character at full size).
fn script(c: char) -> Option<(char, char)> {
    const UP: (&str, &str) = ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵗⁿˢᵈᵃⁱᵏᵐᵖ", "0123456789+-()tnsdaikmp");
    const DOWN: (&str, &str) = ("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₜₓᵥₐₚₙᵢⱼₖₗₘₛₕ", "0123456789+-()txvapnijklmsh");
    for (kind, (from, to)) in [('^', UP), ('_', DOWN)] {
        if let Some(i) = from.chars().position(|f| f == c) {
            return to.chars().nth(i).map(|t| (kind, t));
        }
    }
    None
}

/// The macro of a mathematical character.
fn macro_of(c: char) -> Option<&'static str> {
    MACROS.iter().find(|(from, _)| *from == c).map(|(_, to)| *to)
}

const MACROS: &[(char, &str)] = &[
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('δ', "\\delta"),
    ('ε', "\\varepsilon"),
    ('ζ', "\\zeta"),
    ('η', "\\eta"),
    ('θ', "\\theta"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('ν', "\\nu"),
    ('ξ', "\\xi"),
    ('π', "\\pi"),
    ('ρ', "\\rho"),
    ('σ', "\\sigma"),
    ('τ', "\\tau"),
    ('φ', "\\varphi"),
    ('χ', "\\chi"),
    ('ψ', "\\psi"),
    ('ω', "\\omega"),
    ('Γ', "\\Gamma"),
    ('Δ', "\\Delta"),
    ('Θ', "\\Theta"),
    ('Λ', "\\Lambda"),
    ('Σ', "\\sum"),
    ('Φ', "\\Phi"),
    ('Ψ', "\\Psi"),
    ('Ω', "\\Omega"),
    ('ℓ', "\\ell"),
    ('ℏ', "\\hbar"),
    ('∂', "\\partial"),
    ('∇', "\\nabla"),
    ('∫', "\\int"),
    ('∬', "\\iint"),
    ('√', "\\surd"),
    ('∞', "\\infty"),
    ('‖', "\\|"),
    ('⟨', "\\langle"),
    ('⟩', "\\rangle"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≠', "\\ne"),
    ('≈', "\\approx"),
    ('≲', "\\lesssim"),
    ('≪', "\\ll"),
    ('∼', "\\sim"),
    ('∈', "\\in"),
    ('→', "\\to"),
    ('↔', "\\leftrightarrow"),
    ('↦', "\\mapsto"),
    ('±', "\\pm"),
    ('−', "-"),
    ('×', "\\times"),
    ('·', "\\cdot"),
    ('∗', "*"),
    ('∘', "\\circ"),
    ('⊕', "\\oplus"),
    ('′', "'"),
    ('ℝ', "\\mathbb{R}"),
];

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn typesets_mathematics() {
        for (from, to) in [
            ("ε", "$\\varepsilon$"),
            ("ω̃", "$\\tilde{\\omega}$"),
            ("tr|ω−ω̃| ≤ C N ε", "$\\mathrm{tr}|\\omega-\\tilde{\\omega}| \\le C N \\varepsilon$"),
            ("‖W_N‖_{H⁵₄} < C", "$\\|W_N\\|_{H^{5}_{4}} < C$"),
            ("∂ₜW", "$\\partial_{t}W$"),
            ("3.120e-2 ± 4.5e-4", "$3.120 \\times 10^{-2} \\pm 4.5 \\times 10^{-4}$"),
            ("2.003 ± 0.012", "$2.003 \\pm 0.012$"),
            ("-0.5", "$-0.5$"),
            ("2.003", "2.003"),
            ("∫|V̂(p)|(1+|p|²)dp", "$\\int |\\hat{V}(p)|(1+|p|^{2})\\mathrm{dp}$"),
            ("ε^{11/12 − α/2}", "$\\varepsilon^{11/12- \\alpha/2}$"),
            ("√N ε", "$\\sqrt{N} \\varepsilon$"),
            ("ε^(−d) exp(C|t|)", "$\\varepsilon^{-d} \\exp (C|t|)$"),
            ("10⁻¹²", "$10^{-12}$"),
        ] {
            assert_eq!(text(from), to, "{from}");
        }
    }

    #[test]
    fn escapes_prose() {
        assert_eq!(text("gaussian_mixture & 5% #1 {x}"), "gaussian\\_mixture \\& 5\\% \\#1 \\{x\\}");
        assert_eq!(text("a bound — not ε alone"), "a bound --- not $\\varepsilon$ alone");
        assert_eq!(text("as ε, or"), "as $\\varepsilon$, or");
    }

    #[test]
    fn dollars_and_braces_balance() {
        for from in ["{ε", "ε} x", "‖W‖ $ ε", "e^{Ct} (ε", "sup_z tr|[V(z−·),ω̃]|"] {
            let to = text(from).replace("\\$", "").replace("\\{", "").replace("\\}", "");
            assert_eq!(to.matches('$').count() % 2, 0, "{to}");
            assert_eq!(to.matches('{').count(), to.matches('}').count(), "{to}");
        }
    }
}
