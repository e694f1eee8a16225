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

/// Width of `text` at font size `size`, in the same unit.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| advance(c).unwrap_or(0.6)).sum::<f64>() * size
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
    fn accents_take_no_room() {
        assert_eq!(width("ω̃", 10.0), width("ω", 10.0));
        assert!(width("mm", 10.0) > 2.0 * width("i", 10.0));
    }
}
