//! SVG → PDF, with the embedded font and no other: text that the font cannot set is an error, not a hole.

use std::sync::Arc;

use krilla::geom::Size;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

use super::{Figure, RenderError, font};

/// One page as large as the drawing, in points.
///
/// # Errors
/// [`RenderError::Pdf`] if a character has no glyph, or the converter refuses the drawing.
pub fn from_svg(figure: &Figure) -> Result<Vec<u8>, RenderError> {
    let fail = |reason: String| RenderError::Pdf { figure: figure.stem.clone(), reason };
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(font::BYTES.to_vec());
    if !fonts.faces().any(|f| f.families.iter().any(|(name, _)| name == font::FAMILY)) {
        return Err(fail(format!("the embedded font does not carry the family {}", font::FAMILY)));
    }
    let options =
        usvg::Options { fontdb: Arc::new(fonts), font_family: font::FAMILY.into(), ..Default::default() };
    let tree = usvg::Tree::from_str(&figure.svg, &options).map_err(|e| fail(e.to_string()))?;
    if let Some(missing) = missing_glyph(&figure.svg) {
        return Err(fail(format!("the font has no glyph for {missing:?}")));
    }
    let (width, height) = view_box(&figure.svg).unwrap_or((tree.size().width(), tree.size().height()));
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| fail("the page has no size".into()))?;
    let size = Size::from_wh(width, height).ok_or_else(|| fail("the page has no size".into()))?;
    let mut document = krilla::Document::new();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| fail("the drawing is refused".into()))?;
    document.finish().map_err(|e| fail(format!("{e:?}")))
}

/// Width and height of the view box: the size on paper; `width` and `height` are those on screen.
fn view_box(svg: &str) -> Option<(f32, f32)> {
    let (_, rest) = svg.split_once("viewBox=\"0 0 ")?;
    let (width, height) = rest.split_once('"')?.0.split_once(' ')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

/// The first character of the drawing that the font cannot set.
fn missing_glyph(svg: &str) -> Option<char> {
    svg.chars().find(|&c| c != '\n' && font::advance(c).is_none())
}
