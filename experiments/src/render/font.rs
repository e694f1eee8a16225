//! The one font of all figures, a subset of DejaVu Sans, embedded in the binary.

use std::sync::OnceLock;

use ttf_parser::Face;

/// The font file; its licence lies beside it.
pub const BYTES: &[u8] = include_bytes!("../../assets/DejaVuSans-subset.ttf");

/// Its family name, asserted by a test: a converter drops text silently when it does not find the family.
pub const FAMILY: &str = "DejaVu Sans";

fn face() -> Option<&'static Face<'static>> {
    static FACE: OnceLock<Option<Face<'static>>> = OnceLock::new();
    FACE.get_or_init(|| Face::parse(BYTES, 0).ok()).as_ref()
}

/// Size of a sub- or superscript against the text it belongs to.
pub const SCRIPT: f64 = 0.72;

/// Where a run of a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// On the line.
    Base,
    /// Below it.
    Sub,
    /// Above it.
    Super,
}

/// Width of `text`, sub- and superscripts small, at font size `size` and in the same unit.
pub fn width(text: &str, size: f64) -> f64 {
    let of_run = |(level, run): &(Level, String)| {
        let scale = if *level == Level::Base { 1.0 } else { SCRIPT };
        run.chars().map(|c| advance(c).unwrap_or(0.6)).sum::<f64>() * size * scale
    };
    runs(text).iter().map(of_run).sum()
}

/// The largest size, at most `size`, at which `text` takes no more than `room`.
pub fn fitted(text: &str, size: f64, room: f64) -> f64 {
    size.min(size * room / width(text, size).max(1e-9))
}

/// `e^{Ct}`, `ω_t`, `‖·‖_HS` as runs on, above and below the line; the `_` of a name like `two_bumps` stays.
pub fn runs(text: &str) -> Vec<(Level, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut runs = vec![(Level::Base, String::new())];
    let mut i = 0;
    while i < chars.len() {
        let script = script_at(&chars, i);
        match script {
            Some((level, body, taken)) => {
                runs.push((level, body));
                runs.push((Level::Base, String::new()));
                i += taken;
            }
            None => {
                if let Some(last) = runs.last_mut() {
                    last.1.push(chars[i]);
                }
                i += 1;
            }
        }
    }
    runs.retain(|r| !r.1.is_empty());
    runs
}

/// The script that begins at `chars[i]`: its level, its text, how many characters it takes with its mark.
fn script_at(chars: &[char], i: usize) -> Option<(Level, String, usize)> {
    let level = match chars[i] {
        '_' => Level::Sub,
        '^' => Level::Super,
        _ => return None,
    };
    let word = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let in_name = i >= 2 && word(chars.get(i - 1)) && word(chars.get(i - 2));
    let rest = &chars[i + 1..];
    if rest.first() == Some(&'{') {
        let mut depth = 0;
        let end = rest.iter().position(|c| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0
        })?;
        let body = rest[1..end].iter().filter(|c| !matches!(c, '{' | '}' | '_' | '^')).collect();
        return Some((level, body, end + 2));
    }
    let body: String = rest.iter().take_while(|c| c.is_alphanumeric()).collect();
    (i > 0 && !in_name && !body.is_empty()).then(|| (level, body.clone(), body.chars().count() + 1))
}

/// Advance of one character in em; `None` if the font has no glyph for it.
pub fn advance(c: char) -> Option<f64> {
    let face = face()?;
    let glyph = face.glyph_index(c)?;
    if ('\u{300}'..='\u{36f}').contains(&c) {
        return Some(0.0);
    }
    Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn font_has_every_symbol_of_the_figures() {
        let symbols = "εωρψθαβγδλμσφκτℓ∂‖∇≤≥⁻¹²³⁴⁵⁶⁷⁸⁹⁰₀₁₂₃₄ₜ·×±−∞∫Σ∗≈→√\u{303}\u{302}₊ₓᵥ∈ℝ…⟨⟩′ᵢ⊕Δ≲–—∘≪";
        let missing: String = symbols.chars().filter(|&c| advance(c).is_none()).collect();
        assert_eq!(missing, "");
    }

    #[test]
    fn font_carries_the_family_name_that_the_figures_ask_for() {
        let names = face().unwrap().names();
        let families: Vec<String> = (0..names.len())
            .filter_map(|i| names.get(i))
            .filter(|n| n.name_id == ttf_parser::name_id::FAMILY)
            .filter_map(|n| n.to_string())
            .collect();
        assert!(families.iter().any(|f| f == FAMILY), "{families:?}");
    }

    #[test]
    fn scripts_are_told_from_names() {
        use Level::{Base, Sub, Super};
        let of = runs;
        assert_eq!(of("two_bumps"), [(Base, "two_bumps".into())]);
        assert_eq!(of("tr|ω_t|"), [(Base, "tr|ω".into()), (Sub, "t".into()), (Base, "|".into())]);
        assert_eq!(of("C e^{Ct}"), [(Base, "C e".into()), (Super, "Ct".into())]);
        assert_eq!(of("‖W‖_{H_4}"), [(Base, "‖W‖".into()), (Sub, "H4".into())]);
        assert_eq!(of("open_{brace"), [(Base, "open_{brace".into())]);
    }

    #[test]
    fn accents_take_no_room() {
        assert_eq!(width("ω̃", 10.0), width("ω", 10.0));
        assert!(width("mm", 10.0) > 2.0 * width("i", 10.0));
    }
}
