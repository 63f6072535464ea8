//! Drawings: SVG, read into paths and written from them.

use usvg::{ImageHrefResolver, Options, Tree, WriteOptions, roxmltree::Document};

use super::PictureError;

/// The most elements.
const ELEMENTS: usize = 5_000;

/// What a written drawing may hold. Whatever else a file had is gone by then; this makes sure.
const ALLOWED: [&str; 10] =
    ["svg", "defs", "g", "path", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern"];

/// The drawing written anew, and its size.
pub(super) fn renew(text: &str) -> Result<(String, (f64, f64)), PictureError> {
    if text.contains("<!ENTITY") || text.contains("<!DOCTYPE") && text.contains('[') {
        return Err(PictureError::Entities);
    }
    if text.matches('<').count() > ELEMENTS * 2 {
        return Err(PictureError::TooComplex);
    }
    if text.contains("<text") {
        return Err(PictureError::Text);
    }
    if text.contains("<image") || text.contains("<feImage") {
        return Err(PictureError::PictureInside);
    }
    let resolver =
        ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = Options { image_href_resolver: resolver, ..Options::default() };
    let tree = Tree::from_str(text, &options).map_err(|_error| PictureError::Damaged)?;
    if tree.root().children().is_empty() {
        return Err(PictureError::Blank);
    }
    let size = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let written = tree.to_string(&WriteOptions::default());
    if is_harmless(&written) { Ok((written, size)) } else { Err(PictureError::TooComplex) }
}

/// Whether a written drawing holds shapes alone, and refers to nothing but itself.
fn is_harmless(text: &str) -> bool {
    let Ok(document) = Document::parse(text) else { return false };
    let mut elements = document.descendants().filter(usvg::roxmltree::Node::is_element);
    elements.all(|element| {
        let is_known = ALLOWED.contains(&element.tag_name().name());
        let is_inside = |value: &str| !value.contains("url(") || value.trim_start().starts_with("url(#");
        let mut attributes = element.attributes();
        is_known
            && attributes.all(|it| match it.name() {
                "href" => it.value().starts_with('#'),
                "style" => false,
                name => !name.starts_with("on") && is_inside(it.value()),
            })
    })
}
